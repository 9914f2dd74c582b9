//! `vmw:qualifiers`: properties that vSphere fills from a network.
//!
//! `Ip("VM Network")` wants an address of that network, `Netmask("VM Network")` its mask. VMware writes
//! single and double quotes. The network must be one of the NetworkSection.

use std::borrow::Cow;
use std::fmt;

use super::qualifier::QualifierError;
use super::scan::{Gap, Scan};
use crate::value::is_blank;

/// One entry of `vmw:qualifiers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkQualifier<'a> {
    /// What is asked of the network.
    pub function: Function,
    /// The name of the network; `None` for `VimIp` and a bare `Ip`, and where it is missing.
    pub network: Option<Cow<'a, str>>,
}

/// What a property gets from a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// An address, by the policy of the deployment.
    Ip,
    /// An address out of an IP pool, always.
    AutoIp,
    /// The address of the vCenter Server; needs no network.
    VimIp,
    /// The subnet mask.
    Netmask,
    /// The length of the subnet prefix.
    HostPrefix,
    /// The address of the subnet.
    Subnet,
    /// The gateway.
    Gateway,
    /// The DNS servers.
    Dns,
    /// The DNS domain.
    DomainName,
    /// The DNS search path.
    SearchPath,
    /// The HTTP proxy.
    HttpProxy,
    /// The name of the network it is mapped to.
    Net,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 12] = [
        Self::Ip,
        Self::AutoIp,
        Self::VimIp,
        Self::Netmask,
        Self::HostPrefix,
        Self::Subnet,
        Self::Gateway,
        Self::Dns,
        Self::DomainName,
        Self::SearchPath,
        Self::HttpProxy,
        Self::Net,
    ];

    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ip => "Ip",
            Self::AutoIp => "AutoIp",
            Self::VimIp => "VimIp",
            Self::Netmask => "Netmask",
            Self::HostPrefix => "HostPrefix",
            Self::Subnet => "Subnet",
            Self::Gateway => "Gateway",
            Self::Dns => "Dns",
            Self::DomainName => "DomainName",
            Self::SearchPath => "SearchPath",
            Self::HttpProxy => "HttpProxy",
            Self::Net => "Net",
        }
    }

    /// Whether the name of a network belongs behind it.
    #[must_use]
    pub const fn needs_network(self) -> bool {
        !matches!(self, Self::Ip | Self::VimIp)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a list of network qualifiers, parted by commas or blanks. Names count in any letter case.
///
/// ```
/// use ovf::value::property::network::{Function, parse};
///
/// let list = parse("Ip('VM Network')").unwrap();
/// assert_eq!(list[0].function, Function::Ip);
/// assert_eq!(list[0].network.as_deref(), Some("VM Network"));
/// ```
///
/// # Errors
/// [`QualifierError`], the first fault of the text.
pub fn parse(text: &str) -> Result<Vec<NetworkQualifier<'_>>, QualifierError<'_>> {
    let mut scan = Scan { rest: text };
    let mut list = Vec::new();
    scan.blanks();
    while !scan.rest.is_empty() {
        let before = scan.rest;
        let word =
            scan.until(|c| is_blank(c) || matches!(c, ',' | '(' | ')' | '{' | '}' | '"' | '\''));
        if word.is_empty() {
            let comma = before.starts_with(',');
            return Err(if comma {
                QualifierError::MissingEntry
            } else {
                QualifierError::Unexpected(before)
            });
        }
        let function =
            Function::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(word));
        let function = function.ok_or(QualifierError::Unknown(word))?;
        let network = if scan.eat('(') { argument(&mut scan, word)? } else { None };
        list.push(NetworkQualifier { function, network });
        if scan.gap() == Gap::Comma && scan.rest.is_empty() {
            return Err(QualifierError::MissingEntry);
        }
    }
    Ok(list)
}

/// The name in brackets, behind the `(`; in quotes or bare.
fn argument<'a>(
    scan: &mut Scan<'a>,
    word: &'a str,
) -> Result<Option<Cow<'a, str>>, QualifierError<'a>> {
    scan.blanks();
    let name = match scan.quoted() {
        Some(None) => return Err(QualifierError::Unclosed(word)),
        Some(Some(quoted)) => quoted.text,
        None => Cow::Borrowed(scan.until(|c| c == ')').trim_end_matches(is_blank)),
    };
    scan.blanks();
    if !scan.eat(')') {
        return Err(QualifierError::Unclosed(word));
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists() {
        use Function::{Dns, Ip, Net, Netmask, VimIp};
        for (text, want) in [
            ("", &[][..]),
            ("Ip", &[(Ip, None)]),
            ("VimIp", &[(VimIp, None)]),
            ("Ip()", &[(Ip, None)]),
            ("Ip(\"VM Network\")", &[(Ip, Some("VM Network"))]),
            ("Ip('Network 1')", &[(Ip, Some("Network 1"))]),
            ("Netmask( 'Network 1' )", &[(Netmask, Some("Network 1"))]),
            ("Net(\"it's\")", &[(Net, Some("it's"))]),
            ("Net(\"a)b,\\\"c\\\"\")", &[(Net, Some("a)b,\"c\""))]),
            ("Dns(lan 1)", &[(Dns, Some("lan 1"))]),
            ("dns('虚拟')", &[(Dns, Some("虚拟"))]),
            ("Ip('a'), Netmask('a')", &[(Ip, Some("a")), (Netmask, Some("a"))]),
            ("Ip('a') Netmask('a')", &[(Ip, Some("a")), (Netmask, Some("a"))]),
        ] {
            let read: Vec<_> = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let read: Vec<_> =
                read.iter().map(|one| (one.function, one.network.as_deref())).collect();
            assert_eq!(read, want, "{text}");
        }
        for function in Function::ALL {
            let text = format!("{function}('n')");
            assert_eq!(parse(&text).unwrap()[0].function, function);
        }
        assert!(Function::Gateway.needs_network() && !VimIp.needs_network());
    }

    #[test]
    fn faulty_lists() {
        use QualifierError::{MissingEntry, Unclosed, Unexpected, Unknown};
        for (text, want) in [
            ("Ipv4('n')", Unknown("Ipv4")),
            ("Ip('n'", Unclosed("Ip")),
            ("Ip('n", Unclosed("Ip")),
            ("Ip('n' 'm')", Unclosed("Ip")),
            ("Ip(n", Unclosed("Ip")),
            ("('n')", Unexpected("('n')")),
            ("Ip,", MissingEntry),
            (",Ip", MissingEntry),
        ] {
            assert_eq!(parse(text), Err(want), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_network_comes_back(name in "[a-c()\"'\\\\ ,é]{1,8}") {
            let text = format!("Ip(\"{}\")", name.replace('\\', "\\\\").replace('"', "\\\""));
            let read = parse(&text).unwrap();
            prop_assert_eq!(read[0].network.as_deref(), Some(name.as_str()));
        }

        #[test]
        fn takes_anything(text in "(Ip|Net|[()\"'\\\\, é]){0,16}") {
            let _ = parse(&text);
        }
    }
}

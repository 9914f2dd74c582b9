//! `vmw:qualifiers`: properties that vSphere fills from a network.
//!
//! `Ip("VM Network")` wants an address of that network, `Netmask("VM Network")` its mask. VMware writes
//! single and double quotes. The network must be one of the NetworkSection.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::qualifier::QualifierError;
use super::scan::Scan;
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

    /// The command that asks for it inside `${command:network}`: its name with a small first letter
    /// (`VAppPropertyInfo.type` of vim25, `expression`).
    #[must_use]
    pub fn command(self) -> String {
        let mut name = self.as_str().chars();
        let first = name.next().map(|c| c.to_ascii_lowercase());
        first.into_iter().chain(name).collect()
    }

    /// The function of a [`command`](Self::command).
    #[must_use]
    pub fn of_command(command: &str) -> Option<Self> {
        let same = |function: &Self| {
            let mut pairs = function.as_str().chars().zip(command.chars());
            let first = pairs.next().is_some_and(|(name, c)| name.to_ascii_lowercase() == c);
            function.as_str().len() == command.len() && first && pairs.all(|(name, c)| name == c)
        };
        Self::ALL.into_iter().find(same)
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
    Ok(entries(text)?.into_iter().map(|(qualifier, _)| qualifier).collect())
}

/// Gives networks other names: the ranges of the text to replace, in bytes, each with what stands there
/// afterwards. `new_name` gives the new name of a network, `None` for one that keeps its own.
///
/// ```
/// use ovf::value::property::network::rename;
///
/// let changes = rename("Ip('lan')", |name| (name == "lan").then_some("dmz")).unwrap();
/// assert_eq!(changes, [(4..7, "dmz".to_owned())]);
/// ```
///
/// # Errors
/// [`QualifierError`], the first fault of the text.
pub fn rename<'n>(
    text: &str,
    new_name: impl Fn(&str) -> Option<&'n str>,
) -> Result<Vec<(Range<usize>, String)>, QualifierError<'_>> {
    let mut changes = Vec::new();
    for (qualifier, place) in entries(text)? {
        let Some(new) = qualifier.network.as_deref().and_then(&new_name) else { continue };
        if qualifier.network.as_deref() == Some(new) {
            continue;
        }
        let escaped = || new.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'");
        let written = text.get(place.clone()).unwrap_or_default();
        if written.starts_with(['"', '\'']) {
            let inside = place.start.saturating_add(1)..place.end.saturating_sub(1);
            changes.push((inside, escaped()));
        } else if new.contains([')', '"', '\'']) || new.trim_matches(is_blank) != new {
            changes.push((place, format!("'{}'", escaped())));
        } else {
            changes.push((place, new.to_owned()));
        }
    }
    Ok(changes)
}

/// The entries, each with where the name of its network stands, quotes among it.
fn entries(text: &str) -> Result<Vec<(NetworkQualifier<'_>, Range<usize>)>, QualifierError<'_>> {
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
        let at = |rest: &str| text.len().saturating_sub(rest.len());
        let (network, place) = if scan.eat('(') {
            let (network, [from, to]) = argument(&mut scan, word)?;
            (network, at(from)..at(to))
        } else {
            (None, 0..0)
        };
        list.push((NetworkQualifier { function, network }, place));
        if scan.comma() && scan.rest.is_empty() {
            return Err(QualifierError::MissingEntry);
        }
    }
    Ok(list)
}

/// The name in brackets, behind the `(`; in quotes or bare. Also what follows where it begins, and
/// where it ends.
fn argument<'a>(
    scan: &mut Scan<'a>,
    word: &'a str,
) -> Result<(Option<Cow<'a, str>>, [&'a str; 2]), QualifierError<'a>> {
    scan.blanks();
    let from = scan.rest;
    let mut to = None;
    let name = match scan.quoted() {
        Some(None) => return Err(QualifierError::Unclosed(word)),
        Some(Some(quoted)) => quoted.text,
        None => {
            let name = scan.until(|c| c == ')').trim_end_matches(is_blank);
            to = from.get(name.len()..);
            Cow::Borrowed(name)
        }
    };
    let to = to.unwrap_or(scan.rest);
    scan.blanks();
    if !scan.eat(')') {
        return Err(QualifierError::Unclosed(word));
    }
    Ok((Some(name).filter(|name| !name.is_empty()), [from, to]))
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
    fn names_are_replaced_where_they_stand() {
        let new = |name: &str| (name != "kept").then_some("n)'");
        for (text, want) in [
            ("Ip(\"a\"), Netmask('kept')", "Ip(\"n)\\'\"), Netmask('kept')"),
            ("Net( 'it\\'s' )", "Net( 'n)\\'' )"),
            ("Dns(lan 1 )", "Dns('n)\\'' )"),
            ("Ip VimIp Ip()", "Ip VimIp Ip()"),
        ] {
            let mut written = text.to_owned();
            for (place, name) in rename(text, new).unwrap().into_iter().rev() {
                written.replace_range(place, &name);
            }
            assert_eq!(written, want);
        }
    }

    #[test]
    fn a_new_name_has_quotes_where_it_needs_them() {
        for (new, want) in [
            ("dmz", "Net(dmz)"),
            ("dmz 2", "Net(dmz 2)"),
            (" dmz", "Net(' dmz')"),
            ("dmz\t", "Net('dmz\t')"),
            ("d)z", "Net('d)z')"),
            ("d\"z", "Net('d\\\"z')"),
            ("d'z", "Net('d\\'z')"),
        ] {
            let [(place, name)] = rename("Net(lan)", |_| Some(new)).unwrap().try_into().unwrap();
            let mut written = "Net(lan)".to_owned();
            written.replace_range(place, &name);
            assert_eq!(written, want);
            assert_eq!(parse(&written).unwrap()[0].network.as_deref(), Some(new));
        }
        assert_eq!(rename("Net(lan)", |_| Some("lan")), Ok(Vec::new()));
    }

    #[test]
    fn commands() {
        for function in Function::ALL {
            let command = function.command();
            assert_eq!(Function::of_command(&command), Some(function));
            for other in [
                function.as_str(),
                &command[1..],
                &format!("{command}s"),
                &format!("x{}", &command[1..]),
            ] {
                assert_eq!(Function::of_command(other), None, "{other}");
            }
            assert_eq!(Function::of_command(&command[..command.len() - 1]), None);
        }
        assert_eq!(Function::of_command(""), None);
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

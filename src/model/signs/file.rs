//! The signs of Files.

use super::{Signs, plain};
use crate::model::{AttributeName, File};

impl Signs {
    pub(in crate::model) fn of_file(file: File<'_, '_>) -> Self {
        let element = file.element();
        let (mut has_id, mut has_href) = (false, false);
        for (name, attribute) in element.named_attributes() {
            let is_ovf = element.envelope().class(attribute.namespace_id()).is_ovf();
            let Some(value) = plain(attribute).filter(|_| is_ovf) else {
                return Self::ODD_FILE;
            };
            let is_plain = match name {
                // A second one, of another version of OVF.
                AttributeName::Id if has_id => false,
                AttributeName::Href if has_href => false,
                AttributeName::Id => {
                    has_id = true;
                    !value.is_empty()
                }
                AttributeName::Href => {
                    has_href = true;
                    is_plain_name(value)
                }
                AttributeName::Size => is_plain_count(value),
                _ => false,
            };
            if !is_plain {
                return Self::ODD_FILE;
            }
        }
        Self::ODD_FILE.when(!has_id || !has_href)
    }
}

/// Whether a text is more than zero in so few digits that it is small.
pub(super) fn is_plain_count(text: &[u8]) -> bool {
    (1..=15).contains(&text.len())
        && text.first() != Some(&b'0')
        && text.iter().all(u8::is_ascii_digit)
}

/// Whether a text is the name of a file that no platform takes for something else.
fn is_plain_name(name: &[u8]) -> bool {
    /// Devices are called so on some platforms, whatever follows.
    const DEVICES: [&[u8]; 7] = [b"con", b"prn", b"aux", b"nul", b"com", b"lpt", b"clo"];
    /// Far below the least that a file system takes.
    const LENGTH: usize = 100;
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
    let is_device = || {
        name.get(..3).is_some_and(|start| DEVICES.iter().any(|it| it.eq_ignore_ascii_case(start)))
    };
    name.len() <= LENGTH
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        && !name.windows(2).any(|pair| pair == b"..")
        && !is_device()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::href::{Href, Target};

    #[test]
    fn what_is_plain_is_safe() {
        for name in ["disk.vmdk", "a", "system-1-disk1.vmdk", "A_b-c.2.iso", "x.con"] {
            assert!(is_plain_name(name.as_bytes()), "{name}");
            let href = Href::parse(name).unwrap();
            assert!(matches!(href.target, Target::Path(_)));
            assert!(href.deviations.is_empty(), "{name}");
            assert!(href.safe_relative_path().is_ok(), "{name}");
        }
        for name in
            ["", ".", "..", "a..b", "a.", ".a", "con.txt", "NUL", "lpt1", "a b", "a/b", "é", "a:b"]
        {
            assert!(!is_plain_name(name.as_bytes()), "{name}");
        }
        assert!(is_plain_count(b"1") && is_plain_count(b"999999999999999"));
        assert!(!is_plain_count(b"0") && !is_plain_count(b"") && !is_plain_count(b"+1"));
    }
}

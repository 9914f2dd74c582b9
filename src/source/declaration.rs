//! The encoding that the XML declaration names.

use super::charset::Charset;
use super::format::is_blank;
use crate::span::Span;

/// How much of the text is looked at. Real declarations have up to 60 bytes.
const HEAD: usize = 1 << 10;

/// The encoding name in the XML declaration (XML 1.0 productions 23 and 80), if there is one.
///
/// What is malformed is none: the XML layer says so.
pub(super) fn encoding(text: &str) -> Option<(Span, &str)> {
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    let mut at = head.starts_with(b"<?xml").then_some(5)?;
    let end = memchr::memmem::find(head, b"?>")?;
    loop {
        let blanks = head.get(at..end)?.iter().take_while(|&&byte| is_blank(byte)).count();
        let name_start = at.checked_add(blanks).filter(|_| blanks > 0)?;
        let equals = name_start.checked_add(memchr::memchr(b'=', head.get(name_start..end)?)?)?;
        let name = head.get(name_start..equals)?.trim_ascii_end();
        let after = head.get(equals.checked_add(1)?..end)?;
        let blanks = after.iter().take_while(|&&byte| is_blank(byte)).count();
        let quote = *after.get(blanks).filter(|&&byte| matches!(byte, b'"' | b'\''))?;
        let start = equals.checked_add(blanks)?.checked_add(2)?;
        let stop = start.checked_add(memchr::memchr(quote, head.get(start..end)?)?)?;
        if name == b"encoding" {
            let span = Span::new(u32::try_from(start).ok()?, u32::try_from(stop).ok()?);
            return Some((span, text.get(start..stop)?));
        }
        at = stop.checked_add(1)?;
    }
}

/// Whether a text of this encoding may be declared by this name (XML 1.0 4.3.3).
pub(super) fn is_true(declared: &str, charset: Charset, text: &str) -> bool {
    let is = |name: &str| declared.eq_ignore_ascii_case(name);
    match charset {
        // The mark says UTF-8, whatever the characters are.
        Charset::Utf8Bom => is("UTF-8"),
        Charset::Utf8 => is("UTF-8") || (extends_ascii(declared) && text.is_ascii()),
        Charset::Utf16Le => is("UTF-16") || is("UTF-16LE"),
        Charset::Utf16Be => is("UTF-16") || is("UTF-16BE"),
    }
}

/// Whether ASCII text reads the same in the encoding of this name.
fn extends_ascii(name: &str) -> bool {
    let prefixed = |prefix: &str| {
        name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && name
                .get(prefix.len()..)
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    name.eq_ignore_ascii_case("US-ASCII")
        || name.eq_ignore_ascii_case("ASCII")
        || prefixed("ISO-8859-")
        || prefixed("windows-125")
}

#[cfg(test)]
mod tests {
    use super::encoding;

    #[test]
    fn finds_the_name_where_xml_allows_it() {
        for (text, expected) in [
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", Some("UTF-8")),
            ("<?xml version='1.0' encoding = 'x'  standalone='yes'?>", Some("x")),
            ("<?xml\tversion\r\n= '1.0'\nencoding='x'?>", Some("x")),
            ("<?xml encoding='text declaration'?>", Some("text declaration")),
            ("<?xml version='1.0'?>", None),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("<?xml version='1.0' encoding=x?>", None),
            ("<?xml version='1.0' encoding='x?>", None),
            ("<?xml version='encoding=\"x\"'?>", None),
            ("<?xml version='1.0'encoding='x'?>", None),
            ("<?xmlish encoding='x'?>", None),
            ("<a encoding='x'/>", None),
            (" <?xml version='1.0' encoding='x'?>", None),
            ("", None),
        ] {
            let found = encoding(text);
            assert_eq!(found.map(|(_, name)| name), expected, "{text}");
            if let Some((span, name)) = found {
                assert_eq!(&text[span.range()], name);
            }
        }
    }

    #[test]
    fn looks_no_further_than_a_declaration_reaches() {
        let far = format!("<?xml version='1.0' {} encoding='x'?>", " ".repeat(2_000));
        assert_eq!(encoding(&far), None);
    }
}

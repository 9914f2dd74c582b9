//! The XML declaration (XML 1.0 2.8 [23]).

use super::builder::{Builder, Step, span};
use super::scan;
use crate::diagnostic::{Code, quoted};

/// What may stand in the declaration, in this order.
const PARTS: [&str; 3] = ["version", "encoding", "standalone"];

impl Builder<'_, '_> {
    /// Skips a byte order mark and the declaration, if there is one.
    pub(super) fn start_of_text(&mut self) -> Step {
        let mark = '\u{FEFF}';
        let at = if self.text.starts_with(mark) { mark.len_utf8() } else { 0 };
        let rest = self.bytes.get(at..).unwrap_or_default();
        let is_declared = rest.starts_with(b"<?xml")
            && rest.get(5).is_some_and(|&byte| scan::is_blank(byte) || byte == b'?');
        if is_declared { self.xml_declaration(at) } else { Ok(at) }
    }

    fn xml_declaration(&mut self, at: usize) -> Step {
        let Some(len) = memchr::memmem::find(self.bytes.get(at..).unwrap_or_default(), b"?>")
        else {
            return Err(self.unclosed(at, "the XML declaration"));
        };
        let end = at + len;
        if let Err(fault) = self.declaration_parts(at + "<?xml".len(), end) {
            self.faults
                .add(
                    Code::BAD_DECLARATION,
                    span(fault.start, fault.end),
                    format_args!("{}", fault.what),
                )
                .help(format_args!("write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`"))
                .done();
            self.check_faults(at)?;
        }
        Ok(end + 2)
    }

    /// The first thing that is wrong between `<?xml` and `?>`.
    fn declaration_parts(&self, start: usize, end: usize) -> Result<(), Fault> {
        let mut at = start;
        let mut allowed = PARTS.as_slice();
        let mut has_version = false;
        loop {
            let part = scan::skip_blanks(self.bytes, at).min(end);
            if part == end {
                break;
            }
            let name_end = scan::name_end(self.bytes, part).min(end);
            let name = self.text.get(part..name_end).unwrap_or_default();
            let Some(place) = allowed.iter().position(|&known| known == name) else {
                let end = name_end.max(part + 1);
                let is_known = PARTS.contains(&name);
                let what = if is_known {
                    "stands twice or in the wrong order in"
                } else {
                    "does not belong in"
                };
                return Err(self.part_fault(part, end, what));
            };
            if part == at {
                return Err(self.part_fault(part, name_end, "lacks white space before it in"));
            }
            allowed = allowed.get(place + 1..).unwrap_or_default();
            has_version |= name == "version";
            if !has_version {
                return Err(Fault {
                    start: part,
                    end: name_end,
                    what: "the XML declaration does not begin with a version".into(),
                });
            }
            let equals = scan::skip_blanks(self.bytes, name_end);
            let open = scan::skip_blanks(self.bytes, equals + 1);
            let quote = self.byte(open).filter(|quote| matches!(quote, b'"' | b'\''));
            let (Some(b'='), Some(quote)) = (self.byte(equals), quote) else {
                return Err(self.part_fault(part, name_end, "has no value in quotes in"));
            };
            let rest = self.bytes.get(open + 1..end).unwrap_or_default();
            let Some(len) = memchr::memchr(quote, rest) else {
                return Err(self.part_fault(part, name_end, "has no closing quote in"));
            };
            let close = open + 1 + len;
            let value = self.text.get(open + 1..close).unwrap_or_default();
            if !is_valid(name, value) {
                let what = format!("{} is no {name} an XML declaration can have", quoted(value));
                return Err(Fault { start: open + 1, end: close, what });
            }
            at = close + 1;
        }
        if has_version {
            return Ok(());
        }
        Err(Fault {
            start: start.saturating_sub(5),
            end,
            what: "the XML declaration has no version".into(),
        })
    }

    fn part_fault(&self, start: usize, end: usize, what: &str) -> Fault {
        let part = quoted(self.text.get(start..end).unwrap_or_default());
        Fault { start, end, what: format!("{part} {what} the XML declaration") }
    }
}

/// What is wrong with the declaration, and where.
struct Fault {
    start: usize,
    end: usize,
    what: String,
}

/// XML 1.0 [26] `VersionNum`, [81] `EncName`, [32] `SDDecl`. Any version 1.x is read as 1.0 (2.8).
fn is_valid(part: &str, value: &str) -> bool {
    match part {
        "version" => value
            .strip_prefix("1.")
            .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit())),
        "encoding" => {
            value.starts_with(|c: char| c.is_ascii_alphabetic())
                && value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        }
        _ => matches!(value, "yes" | "no"),
    }
}

//! Little pure parsers for what stands in the attributes and leaves of a descriptor.
//!
//! Text in, typed value or typed error out. Nothing here knows where a value stood or how bad a fault
//! is; that is for the rules. What breaks a grammar but can mean one thing only is read, and the
//! reading says so (`deviation`); what could mean two things is an error.
//!
//! Errors are written to be the end of a sentence. Those of [`number`], [`path`], [`href`],
//! [`property`], [`mac`], [`language`], [`host_resource`] and [`vm_name`] have the value as their
//! subject ("is no whole number"); those of [`mod@unit`] and [`property::qualifier`] name the part that is
//! wrong ("`MegaByte` is no unit of DSP0004"). None shows the value itself, which may be secret.
//!
//! Every parser takes time linear in its input and constant stack.

pub mod cim;
pub mod host_resource;
pub mod href;
pub mod language;
pub mod list;
pub mod mac;
pub mod macros;
pub(crate) mod map;
pub mod number;
pub mod path;
pub mod property;
pub mod unit;
pub mod vcloud_name;
pub mod vm_name;

use std::fmt;

/// A part of a value between backticks, cut short and escaped, for the errors of this module.
struct Part<'a>(&'a str);

/// Longest part shown in full, in characters.
const PART_CHARS: usize = 60;

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        for (at, c) in self.0.chars().enumerate() {
            if at >= PART_CHARS {
                f.write_str("…")?;
                break;
            }
            match c {
                '"' | '\'' | '\\' => write!(f, "{c}")?,
                c => write!(f, "{}", c.escape_debug())?,
            }
        }
        f.write_str("`")
    }
}

/// White space of XML 1.0 (production 3), which is also what XML Schema collapses.
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The value of a hexadecimal digit.
const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(byte.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(byte.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn parts_are_cut_and_cannot_steer_a_terminal() {
        assert_eq!(Part("a\"b'c\\").to_string(), "`a\"b'c\\`");
        assert_eq!(Part("\x1b[2J\u{202e}\n").to_string(), "`\\u{1b}[2J\\u{202e}\\n`");
        assert_eq!(Part(&"é".repeat(99)).to_string(), format!("`{}…`", "é".repeat(60)));
    }
}

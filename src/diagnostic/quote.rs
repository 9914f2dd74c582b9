//! Values from outside, made fit to stand in a message.

use std::fmt;

/// Longest value shown in full, in characters. The place of the finding leads to the rest.
const SHOWN: usize = 100;

/// A value between backticks, cut to a length a person reads, with everything escaped that could
/// steer a terminal or turn the text around.
pub(crate) const fn quoted(text: &str) -> Quoted<'_> {
    Quoted(text)
}

/// See [`quoted`].
pub(crate) struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        for (at, c) in self.0.chars().enumerate() {
            if at >= SHOWN {
                f.write_str("…")?;
                break;
            }
            match c {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if is_unsafe(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        f.write_str("`")
    }
}

/// Control characters, line and paragraph separators, and the marks that change the direction of text.
pub(super) const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn plain_text_is_left_alone() {
        assert_eq!(quoted("Größe 虚拟机.vmdk").to_string(), "`Größe 虚拟机.vmdk`");
    }

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(
            quoted("a\x1b[2J\u{202E}b\r\n\t").to_string(),
            "`a\\u{1b}[2J\\u{202e}b\\r\\n\\t`"
        );
    }

    #[test]
    fn long_values_are_cut_by_characters() {
        assert_eq!(quoted(&"é".repeat(500)).to_string(), format!("`{}…`", "é".repeat(100)));
    }
}

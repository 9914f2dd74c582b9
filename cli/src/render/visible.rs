//! Text from outside made fit for a terminal.

use std::fmt::Write as _;

/// Appends a character so that it can be seen and steers nothing: control characters become their
/// pictures, marks that are invisible or turn the text around become `\u{…}`.
pub fn push(text: &mut String, c: char) {
    match c {
        '\t' => text.push_str("    "),
        '\0'..='\x1F' => {
            text.push(char::from_u32(0x2400_u32.saturating_add(c.into())).unwrap_or('\u{FFFD}'))
        }
        '\x7F' => text.push('␡'),
        c if is_unsafe(c) => {
            let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
        }
        c => text.push(c),
    }
}

/// The whole text made visible.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut shown, c));
    shown
}

/// C1 controls, invisible characters, and the marks that change the direction of text.
const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\x1b[31m\u{202E}b\t\r\u{7f}\u{9b}"), "a␛[31m\\u{202e}b    ␍␡\\u{9b}");
    }

    #[test]
    fn plain_text_is_left_alone() {
        assert_eq!(visible("Größe 虚拟机 🖥"), "Größe 虚拟机 🖥");
    }
}

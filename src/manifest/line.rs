//! One line of a manifest, taken apart.

use crate::span::Span;

/// What the dialects put between the parts of a line.
const BLANKS: [char; 2] = [' ', '\t'];

/// A piece of the manifest's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) start: u32,
}

impl<'t> Piece<'t> {
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end())
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "a manifest is cut at u32::MAX bytes before it is read"
    )]
    const fn end(self) -> u32 {
        self.start.saturating_add(self.text.len() as u32)
    }

    /// Cuts in two; in front of everything when no character begins there.
    pub(super) fn split(self, at: usize) -> (Self, Self) {
        let (left, right) = self.text.split_at_checked(at).unwrap_or(("", self.text));
        let left = Self { text: left, start: self.start };
        (left, Self { text: right, start: left.end() })
    }

    /// Blanks, and what follows them.
    fn leading_blanks(self) -> (Self, Self) {
        let rest = self.text.trim_start_matches(BLANKS).len();
        self.split(self.text.len().saturating_sub(rest))
    }

    /// What stands in front of blanks, and the blanks.
    fn trailing_blanks(self) -> (Self, Self) {
        self.split(self.text.trim_end_matches(BLANKS).len())
    }

    /// Without its first byte, which is an ASCII character.
    fn after_first(self) -> Self {
        self.split(1).1
    }
}

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// Nothing, or blanks.
    Empty,
    /// Begins with `#`.
    Comment,
    /// Has the parts of an entry.
    Entry(Parts<'t>),
    /// Has not; the sentence says what is missing.
    Unreadable(&'static str),
}

/// `‹leading›SHA256‹›(disk.vmdk)‹›=‹›5891b5…‹trailing›`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    pub(super) leading: Piece<'t>,
    pub(super) algorithm: Piece<'t>,
    pub(super) before_parenthesis: Piece<'t>,
    pub(super) name: Piece<'t>,
    pub(super) before_equals: Piece<'t>,
    pub(super) after_equals: Piece<'t>,
    pub(super) digest: Piece<'t>,
    pub(super) trailing: Piece<'t>,
}

/// Takes a line apart (DSP0243 5.1).
///
/// The algorithm ends at the first `(`. The name may contain anything, parentheses and equals signs
/// among it: it ends at the last `)` which an equals sign follows, with or without blanks in between.
pub(super) fn read(line: Piece<'_>) -> Line<'_> {
    let (leading, rest) = line.leading_blanks();
    let (rest, trailing) = rest.trailing_blanks();
    if rest.text.is_empty() {
        return Line::Empty;
    }
    if rest.text.starts_with('#') {
        return Line::Comment;
    }
    let Some(open) = rest.text.find('(') else { return Line::Unreadable("there is no `(`") };
    let (algorithm, rest) = rest.split(open);
    let (algorithm, before_parenthesis) = algorithm.trailing_blanks();
    if algorithm.text.is_empty() {
        return Line::Unreadable("there is no algorithm in front of `(`");
    }
    let rest = rest.after_first();
    let Some(close) = end_of_name(rest.text) else {
        return Line::Unreadable("no `)` is followed by `=`");
    };
    let (name, rest) = rest.split(close);
    let (before_equals, rest) = rest.after_first().leading_blanks();
    let (after_equals, digest) = rest.after_first().leading_blanks();
    Line::Entry(Parts {
        leading,
        algorithm,
        before_parenthesis,
        name,
        before_equals,
        after_equals,
        digest,
        trailing,
    })
}

/// Offset of the last `)` that blanks and an equals sign follow.
fn end_of_name(text: &str) -> Option<usize> {
    // Whether the characters behind the one looked at are blanks and an equals sign.
    let mut before_equals = false;
    for (at, c) in text.char_indices().rev() {
        match c {
            '=' => before_equals = true,
            ')' if before_equals => return Some(at),
            c if BLANKS.contains(&c) => {}
            _ => before_equals = false,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Line, Piece, read};

    fn parts(line: &str) -> [&str; 8] {
        match read(Piece { text: line, start: 0 }) {
            Line::Entry(p) => {
                let parts = [
                    p.leading,
                    p.algorithm,
                    p.before_parenthesis,
                    p.name,
                    p.before_equals,
                    p.after_equals,
                    p.digest,
                    p.trailing,
                ];
                for part in parts {
                    assert_eq!(&line[part.span().range()], part.text);
                }
                parts.map(|part| part.text)
            }
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn parts_are_told_apart() {
        assert_eq!(parts("SHA1(a)= 0f"), ["", "SHA1", "", "a", "", " ", "0f", ""]);
        assert_eq!(parts("SHA256 (a) = 0f"), ["", "SHA256", " ", "a", " ", " ", "0f", ""]);
        assert_eq!(
            parts("\t SHA1\t(a) \t=\t0f \t"),
            ["\t ", "SHA1", "\t", "a", " \t", "\t", "0f", " \t"]
        );
        assert_eq!(parts("SHA1(a)=0f"), ["", "SHA1", "", "a", "", "", "0f", ""]);
        assert_eq!(parts("SHA1(a)="), ["", "SHA1", "", "a", "", "", "", ""]);
        assert_eq!(parts("SHA1(a)= "), ["", "SHA1", "", "a", "", "", "", " "]);
    }

    #[test]
    fn names_run_to_the_last_parenthesis_before_an_equals_sign() {
        for (line, name) in [
            ("SHA1(disk (1).vmdk)= 0f", "disk (1).vmdk"),
            ("SHA1(a)= b)= 0f", "a)= b"),
            ("SHA1(a) = b) = 0f", "a) = b"),
            ("SHA1(a))= 0f", "a)"),
            ("SHA1(a)b)= 0f", "a)b"),
            ("SHA1()= 0f", ""),
            ("SHA1( a )= 0f", " a "),
            ("SHA1(Größe)= 0f", "Größe"),
        ] {
            assert_eq!(parts(line)[3], name, "{line}");
        }
        // The equals signs of base64 belong to the digest.
        assert_eq!(parts("SHA1(a)= 2jmj/YBwk==")[6], "2jmj/YBwk==");
        assert_eq!(parts("SHA1(a)== 0f")[6], "= 0f");
    }

    #[test]
    fn what_is_no_entry_is_told_apart() {
        let kind = |line| read(Piece { text: line, start: 0 });
        assert_eq!(kind(""), Line::Empty);
        assert_eq!(kind(" \t "), Line::Empty);
        assert_eq!(kind(" # SHA1(a)= 0f"), Line::Comment);
        assert_eq!(kind("0f  a"), Line::Unreadable("there is no `(`"));
        assert_eq!(kind(" (a)= 0f"), Line::Unreadable("there is no algorithm in front of `(`"));
        assert_eq!(kind("SHA1(a= 0f"), Line::Unreadable("no `)` is followed by `=`"));
        assert_eq!(kind("SHA1(a) 0f"), Line::Unreadable("no `)` is followed by `=`"));
        assert_eq!(kind("SHA1(a) x= 0f"), Line::Unreadable("no `)` is followed by `=`"));
    }
}

//! A cursor over a list of qualifiers.

use std::borrow::Cow;

use crate::value::is_blank;

/// The rest of a text, eaten from the front.
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
}

/// A text in quotes.
pub(super) struct Quoted<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) mark: char,
}

impl<'a> Scan<'a> {
    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }

    /// Eats `c` if it comes next.
    pub(super) fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Eats blanks with at most one comma among them, as stand between two qualifiers or two entries.
    pub(super) fn comma(&mut self) -> bool {
        self.blanks();
        let met = self.eat(',');
        self.blanks();
        met
    }

    /// Everything up to the first character that `ends` a word.
    pub(super) fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let at = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        word
    }

    /// A text in single or double quotes, in which `\` stands before a quote or another `\`; before
    /// anything else it is itself, so that `C:\temp` is read as it was meant. `None` when the text does
    /// not begin with a quote, `Some(None)` when nothing closes it.
    pub(super) fn quoted(&mut self) -> Option<Option<Quoted<'a>>> {
        let mark = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inside = self.rest.strip_prefix(mark)?;
        let mut unescaped = None::<String>;
        let mut chars = inside.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == mark {
                let text = match unescaped {
                    Some(text) => Cow::Owned(text),
                    None => Cow::Borrowed(inside.get(..at).unwrap_or_default()),
                };
                self.rest = chars.as_str();
                return Some(Some(Quoted { text, mark }));
            }
            let escaped = chars.clone().next().map(|(_, next)| next);
            match escaped.filter(|next| c == '\\' && matches!(next, '"' | '\'' | '\\')) {
                Some(next) => {
                    chars.next();
                    unescaped
                        .get_or_insert_with(|| inside.get(..at).unwrap_or_default().to_owned())
                        .push(next);
                }
                None => {
                    if let Some(text) = &mut unescaped {
                        text.push(c);
                    }
                }
            }
        }
        Some(None)
    }
}

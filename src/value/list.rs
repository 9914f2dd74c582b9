//! Lists in one attribute or element.
//!
//! `ovf:configuration` is a blank-separated list (DSP0243 9.8). `VirtualSystemType` (8.1),
//! `ResourceSubType` (8.3) and `transport` (8.1, 11.2) are blank-separated in the text, comma-separated
//! in older schemas, and both in real packages. So one reader splits at both and says which it met.

use super::is_blank;

/// The items of a list, and how they were parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List<'a> {
    /// The items in order; none is empty.
    pub items: Vec<Item<'a>>,
    /// Whether a comma parted items or stood at an end.
    pub comma: bool,
    /// Whether there was more than one blank between two items, a blank other than a space, or a blank
    /// at an end.
    pub loose_blanks: bool,
}

/// One item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// The item, without blanks.
    pub text: &'a str,
    /// Where it begins in the list, in bytes.
    pub offset: usize,
}

impl<'a> List<'a> {
    /// Splits a list at blanks and commas. An empty text is an empty list.
    ///
    /// A rule for a blank-separated list looks at [`comma`](Self::comma); a name that holds a comma
    /// itself is to be looked for with the whole text first.
    ///
    /// ```
    /// use ovf::value::list::List;
    ///
    /// let list = List::parse("small, large");
    /// assert!(list.names().eq(["small", "large"]));
    /// assert!(list.comma);
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        let mut list = Self { comma: text.contains(','), ..Self::default() };
        let mut blanks = 0_usize;
        let mut begin = None;
        for (at, c) in text.char_indices() {
            if is_blank(c) || c == ',' {
                if let Some(offset) = begin.take() {
                    list.push(text, offset, at);
                    blanks = 0;
                }
                if c != ',' {
                    blanks = blanks.saturating_add(1);
                    list.loose_blanks |= c != ' ';
                }
            } else if begin.is_none() {
                let first = list.items.is_empty();
                list.loose_blanks |= blanks > usize::from(!first);
                begin = Some(at);
            }
        }
        match begin {
            Some(offset) => list.push(text, offset, text.len()),
            None => list.loose_blanks |= blanks > 0,
        }
        list
    }

    /// The items as texts.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.items.iter().map(|item| item.text)
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn push(&mut self, text: &'a str, offset: usize, end: usize) {
        if let Some(text) = text.get(offset..end) {
            self.items.push(Item { text, offset });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms() {
        for (text, names, comma, loose) in [
            ("", &[][..], false, false),
            ("small", &["small"], false, false),
            ("small large", &["small", "large"], false, false),
            ("small,large", &["small", "large"], true, false),
            ("someother, lsilogic", &["someother", "lsilogic"], true, false),
            ("small  large", &["small", "large"], false, true),
            (" small", &["small"], false, true),
            ("small ", &["small"], false, true),
            ("small\tlarge", &["small", "large"], false, true),
            ("a,,b", &["a", "b"], true, false),
            (",", &[], true, false),
            ("  ", &[], false, true),
            ("vmx-07 größer", &["vmx-07", "größer"], false, false),
            ("a\u{a0}b", &["a\u{a0}b"], false, false),
        ] {
            let list = List::parse(text);
            assert_eq!(list.names().collect::<Vec<_>>(), names, "{text:?}");
            assert_eq!((list.comma, list.loose_blanks), (comma, loose), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn items_stand_where_they_say(text in "[a-cé, \t]{0,30}") {
            let list = List::parse(&text);
            for item in &list.items {
                prop_assert!(!item.text.is_empty());
                prop_assert_eq!(text.get(item.offset..).map(|rest| rest.starts_with(item.text)), Some(true));
            }
            let want: Vec<&str> = text.split([' ', '\t', ',']).filter(|item| !item.is_empty()).collect();
            prop_assert_eq!(list.names().collect::<Vec<_>>(), want);
        }
    }
}

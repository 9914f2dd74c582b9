//! Writing XML: escaping, and documents of our own.
//!
//! A quarter of a page of code does not justify a dependency for every user of the library, so this is
//! ours; what it writes is read back in the tests.

use std::borrow::Cow;

/// The text of an element, escaped so that it can stand between tags and is read back unchanged
/// (XML 1.0 2.4). Characters that XML cannot hold at all become U+FFFD.
///
/// ```
/// assert_eq!(ovf::xml::escape_text("a < b & c"), "a &lt; b &amp; c");
/// ```
#[must_use]
pub fn escape_text(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"), // `]]>` may not stand in a text
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// The value of an attribute, escaped so that it can stand in quotes of either kind and is read back
/// unchanged: white space that a reader would normalise is written as references (XML 1.0 3.3.3).
///
/// ```
/// assert_eq!(ovf::xml::escape_attribute("say \"a\"\n"), "say &quot;a&quot;&#10;");
/// ```
#[must_use]
pub fn escape_attribute(value: &str) -> Cow<'_, str> {
    escape(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

fn escape(text: &str, reference: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let replacement = |c: char| match reference(c) {
        None if !is_char(c) => Some("\u{fffd}"),
        found => found,
    };
    let Some(first) = text.find(|c| replacement(c).is_some()) else { return Cow::Borrowed(text) };
    let (clean, rest) = text.split_at_checked(first).unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len().saturating_add(16));
    out.push_str(clean);
    for c in rest.chars() {
        match replacement(c) {
            Some(replacement) => out.push_str(replacement),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// `Char` of XML 1.0 2.2.
pub(crate) const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Writes a document, indented by two blanks a level. An element has either text or elements in it. Names
/// are the caller's and are written as they are; values are escaped.
///
/// ```
/// use ovf::xml::Writer;
///
/// let mut xml = Writer::new();
/// xml.open("Environment").attribute("xmlns", "urn:example");
/// xml.open("Property").attribute("key", "a&b");
/// xml.close();
/// xml.open("Kind").text("<none>");
/// xml.close();
/// xml.close();
/// assert_eq!(xml.finish(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
/// <Environment xmlns=\"urn:example\">
///   <Property key=\"a&amp;b\"/>
///   <Kind>&lt;none&gt;</Kind>
/// </Environment>
/// ");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    xml: String,
    open: Vec<String>,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A start tag still waits for attributes or its end.
    InTag,
    /// The element has text, so white space would be part of it.
    AfterText,
    #[default]
    BetweenTags,
}

impl Writer {
    /// Begins a document with the XML declaration.
    #[must_use]
    pub fn new() -> Self {
        Self { xml: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), ..Self::default() }
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str) -> &mut Self {
        self.end_tag_head();
        self.indent();
        self.xml.push('<');
        self.xml.push_str(name);
        self.open.push(name.to_owned());
        self.state = State::InTag;
        self
    }

    /// Adds an attribute to the element just opened; without effect once it has content.
    pub fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        if self.state == State::InTag {
            for part in [" ", name, "=\"", &escape_attribute(value), "\""] {
                self.xml.push_str(part);
            }
        }
        self
    }

    /// Adds text to the element that is open.
    pub fn text(&mut self, text: &str) -> &mut Self {
        if !text.is_empty() {
            if self.state == State::InTag {
                self.xml.push('>');
            }
            self.xml.push_str(&escape_text(text));
            self.state = State::AfterText;
        }
        self
    }

    /// Ends the element opened last; without effect when none is open.
    pub fn close(&mut self) -> &mut Self {
        let Some(name) = self.open.pop() else { return self };
        match self.state {
            State::InTag => self.xml.push_str("/>"),
            state => {
                if state == State::BetweenTags {
                    self.indent();
                }
                self.xml.push_str("</");
                self.xml.push_str(&name);
                self.xml.push('>');
            }
        }
        self.xml.push('\n');
        self.state = State::BetweenTags;
        self
    }

    /// An element with text and nothing else.
    pub fn leaf(&mut self, name: &str, text: &str) -> &mut Self {
        self.open(name).text(text).close()
    }

    /// Ends what is open and gives the document.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.xml
    }

    fn end_tag_head(&mut self) {
        if self.state == State::InTag {
            self.xml.push_str(">\n");
        }
        self.state = State::BetweenTags;
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.xml.push_str("  ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_read_back() {
        let hostile = "a<b>&amp;\"'\t\r\n]]>\u{1F600}";
        let xml = format!(
            "<r a=\"{}\" b='{}'>{}</r>",
            escape_attribute(hostile),
            escape_attribute(hostile),
            escape_text(hostile)
        );
        let parsed = crate::xml::parse(&xml, &crate::limits::Limits::default());
        let root = parsed.tree.root().unwrap();
        assert_eq!(root.attribute("", "a").unwrap().value(), hostile);
        assert_eq!(root.attribute("", "b").unwrap().value(), hostile);
        assert_eq!(root.text(), hostile);
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(escape_text("a\u{0}b\u{ffff}"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn nothing_to_escape_costs_nothing() {
        assert!(matches!(escape_text("plain"), Cow::Borrowed("plain")));
    }
}

//! What to do about a faulty start tag: report it, and go on where that is safe.

use super::builder::{Builder, Name, Step, Stop, span};
use super::scan;
use crate::diagnostic::{Code, quoted};
use crate::span::Span;

impl Builder<'_, '_> {
    /// A tag runs into the next one. It is taken as ended there.
    #[cold]
    pub(super) fn unclosed_tag(&mut self, tag: usize, at: usize) -> Result<(), Stop> {
        self.faults
            .add(
                Code::UNCLOSED_MARKUP,
                span(tag, tag + 1),
                format_args!("the tag that begins here has no `>`"),
            )
            .label(span(at, at + 1), format_args!("the next markup begins here"))
            .help(format_args!("close the tag with `>`"))
            .done();
        self.check_faults(at)
    }

    /// Two attributes without white space between.
    #[cold]
    pub(super) fn missing_space(&mut self, attribute: Name) -> Result<(), Stop> {
        let written = self.text.get(attribute.start..attribute.end).unwrap_or_default();
        self.faults
            .add(
                Code::MISSING_SPACE,
                span(attribute.start, attribute.end),
                format_args!("there is no white space before {}", quoted(written)),
            )
            .help(format_args!("put a blank before it"))
            .done();
        self.check_faults(attribute.start)
    }

    /// A name in a tag without `=`. It is skipped.
    #[cold]
    pub(super) fn without_value(&mut self, attribute: Name) -> Step {
        let written = self.text.get(attribute.start..attribute.end).unwrap_or_default();
        self.faults
            .add(
                Code::BAD_ATTRIBUTE,
                span(attribute.start, attribute.end),
                format_args!("the attribute {} has no value", quoted(written)),
            )
            .help(format_args!("write it as `name=\"value\"`"))
            .done();
        self.check_faults(attribute.start)?;
        self.skip_quoted(scan::skip_blanks(self.bytes, attribute.end)).map_or(Ok(attribute.end), Ok)
    }

    /// An attribute whose value does not begin with a quote. It is skipped.
    #[cold]
    pub(super) fn without_quotes(&mut self, attribute: Name, value: usize) -> Step {
        let written = self.text.get(attribute.start..attribute.end).unwrap_or_default();
        let end = self.skip_word(value);
        self.faults
            .add(
                Code::BAD_ATTRIBUTE,
                span(attribute.start, end),
                format_args!("the value of the attribute {} is not in quotes", quoted(written)),
            )
            .help(format_args!("put the value between `\"`"))
            .done();
        self.check_faults(value)?;
        Ok(end)
    }

    /// Something in a tag that is neither a name nor the end of the tag. It is skipped.
    #[cold]
    pub(super) fn not_an_attribute(&mut self, at: usize) -> Step {
        let end = self.skip_quoted(at).unwrap_or_else(|| self.skip_word(at).max(at + 1));
        let written = self.text.get(at..end).unwrap_or_default();
        self.faults
            .add(
                Code::BAD_ATTRIBUTE,
                span(at, end),
                format_args!("{} in a tag is not an attribute", quoted(written)),
            )
            .help(format_args!("remove it; attributes are written as `name=\"value\"`"))
            .done();
        self.check_faults(at)?;
        Ok(end)
    }

    /// Past the quoted string at an offset, when there is one and it has no `<` in it.
    fn skip_quoted(&self, at: usize) -> Option<usize> {
        let quote = self.byte(at).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let rest = self.bytes.get(at + 1..)?;
        let end = at + 1 + memchr::memchr2(quote, b'<', rest)?;
        (self.byte(end) == Some(quote)).then_some(end + 1)
    }

    /// The next white space, `/`, `<` or `>`, or the end.
    fn skip_word(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let ends = |&byte: &u8| scan::is_blank(byte) || matches!(byte, b'/' | b'<' | b'>');
        rest.iter().position(ends).map_or(self.bytes.len(), |found| at + found)
    }

    /// Namespaces 1.0 5 [NSC: Prefix Declared]. The name stays as it is written, in no namespace. Each
    /// prefix is reported once: a declaration that is missing at the root is missing for all.
    #[cold]
    pub(super) fn unbound_prefix(&mut self, at: usize, len: usize) -> Result<(), Stop> {
        let prefix = self.text.get(at..at + len).unwrap_or_default();
        if !self.unbound.insert(prefix) {
            return Ok(());
        }
        if prefix == "xmlns" {
            self.faults
                .add(
                    Code::RESERVED_NAMESPACE,
                    span(at, at + len),
                    format_args!("an element cannot have the prefix `xmlns`"),
                )
                .help(format_args!("choose another prefix; `xmlns` only declares prefixes"))
                .done();
            return self.check_faults(at);
        }
        let draft = self.faults.add(
            Code::UNBOUND_PREFIX,
            span(at, at + prefix.len()),
            format_args!("the prefix {} is not declared", quoted(prefix)),
        );
        let draft = match self.nodes.first() {
            Some(root) => {
                draft.label(root.name_span(self.text), format_args!("it could be declared here"))
            }
            None => draft,
        };
        match super::known_namespace(prefix) {
            Some(uri) => draft
                .help(format_args!("declare it on the root element: `xmlns:{prefix}=\"{uri}\"`")),
            None => draft.help(format_args!(
                "declare it on this element or one around it: `xmlns:{prefix}=\"…\"`"
            )),
        }
        .done();
        self.check_faults(at)
    }

    /// An attribute that is there twice.
    #[cold]
    pub(super) fn duplicate(&mut self, again: Span, first: Span) -> Result<(), Stop> {
        let written = self.text.get(again.range()).unwrap_or_default();
        self.faults
            .add(
                Code::DUPLICATE_ATTRIBUTE,
                again,
                format_args!("the attribute {} is given twice", quoted(written)),
            )
            .label(first, format_args!("it is given here first"))
            .help(format_args!("remove one of the two"))
            .done();
        self.check_faults(again.start as usize)
    }
}

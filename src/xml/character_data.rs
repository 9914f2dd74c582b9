//! Character data and the references in it.

use super::builder::{Builder, Step, Stop, span};
use super::markup::{self, Markup};
use super::scan;
use super::text::{self, Reference};
use super::tree::NO_NODE;
use crate::diagnostic::{Code, quoted};

impl Builder<'_, '_> {
    /// Reads character data that does not begin with white space, up to the next markup.
    pub(super) fn character_data(&mut self, start: usize) -> Step {
        let mut at = start;
        loop {
            at = scan::data_end(self.bytes, at);
            at = match self.byte(at) {
                None => break,
                Some(b'<') if markup::at(self.bytes, at) != Markup::Stray => break,
                Some(b'<') => self.stray_less_than(at)?,
                Some(_) => self.reference(at)?,
            };
        }
        if self.current == NO_NODE && start < at {
            self.fault(
                Code::TEXT_OUTSIDE_ROOT,
                start,
                at,
                format_args!("text stands outside the root element"),
            )?;
        }
        if self.survey.has_cdata_end {
            self.cdata_ends(start, at)?;
        }
        Ok(at)
    }

    /// Checks the length of a run of character data, comment, instruction or CDATA section.
    pub(super) fn check_run_len(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let most = self.limits.run_bytes;
        if end - start > most {
            return Err(self.limit(
                "run_bytes",
                most,
                start,
                end,
                "a run of text has more bytes than",
            ));
        }
        Ok(())
    }

    fn stray_less_than(&mut self, at: usize) -> Step {
        if at + 1 == self.bytes.len() {
            return Err(self.unclosed(at, "a tag"));
        }
        self.faults
            .add(Code::STRAY_LESS_THAN, span(at, at + 1), format_args!("`<` begins no markup"))
            .help(format_args!("write `&lt;` for the character `<`"))
            .done();
        self.check_faults(at)?;
        Ok(at + 1)
    }

    /// Checks the reference at an offset (XML 1.0 4.1).
    pub(super) fn reference(&mut self, at: usize) -> Step {
        let (reference, len) = text::reference(self.bytes.get(at..).unwrap_or_default());
        let end = at + len;
        let written = self.text.get(at..end).unwrap_or_default();
        match reference {
            Reference::Character(_) => return Ok(end),
            Reference::Unknown => self
                .faults
                .add(
                    Code::UNKNOWN_ENTITY,
                    span(at, end),
                    format_args!("the entity {} is not predefined", quoted(written)),
                )
                .help(format_args!("XML knows `&lt;`, `&gt;`, `&amp;`, `&apos;` and `&quot;`; write other characters as they are"))
                .done(),
            Reference::Illegal => self
                .faults
                .add(
                    Code::ILLEGAL_CHARACTER_REFERENCE,
                    span(at, end),
                    format_args!("{} refers to no character that XML allows", quoted(written)),
                )
                .help(format_args!("remove the reference"))
                .done(),
            Reference::Malformed => self
                .faults
                .add(Code::BAD_REFERENCE, span(at, end), format_args!("{} is not a reference", quoted(written)))
                .help(format_args!("write `&amp;` for the character `&`"))
                .done(),
        }
        self.check_faults(at)?;
        Ok(end)
    }

    /// Reports each `]]>` in character data (XML 1.0 2.4).
    fn cdata_ends(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let run = self.bytes.get(start..end).unwrap_or_default();
        for found in memchr::memmem::find_iter(run, markup::CDATA_END) {
            let at = start + found;
            self.faults
                .add(
                    Code::CDATA_END_IN_TEXT,
                    span(at, at + 3),
                    format_args!("`]]>` stands in text outside a CDATA section"),
                )
                .help(format_args!("write `]]&gt;`"))
                .done();
            self.check_faults(at)?;
        }
        Ok(())
    }
}

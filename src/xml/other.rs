//! Comments, CDATA sections, processing instructions, the document type declaration.

use super::builder::{Builder, Step, Stop, span};
use super::markup::{self, CDATA, COMMENT, Markup};
use super::tree::NO_NODE;
use super::{name, scan};
use crate::diagnostic::{Code, quoted};

impl Builder<'_, '_> {
    /// Reads markup that is not a tag.
    pub(super) fn other_markup(&mut self, at: usize, markup: Markup) -> Step {
        let end = markup::end(self.bytes, markup, at);
        match (markup, end) {
            (Markup::Doctype, _) => self.doctype(at, end),
            (_, None) => Err(self.unclosed(at, called(markup))),
            (Markup::Comment, Some(end)) => self.comment(at, end),
            (Markup::Cdata, Some(end)) => self.cdata(at, end),
            (Markup::Instruction, Some(end)) => self.instruction(at, end),
            (_, Some(end)) => self.unknown_markup(at, end),
        }
    }

    /// XML 1.0 2.5: `--` does not stand in a comment.
    fn comment(&mut self, at: usize, end: usize) -> Step {
        let inside = at + COMMENT.len();
        // `<!-->` and `<!--->` have their end inside their beginning and are no comments yet: the end
        // that was found is a later one.
        self.check_run_len(inside, end - 3)?;
        let searched = self.bytes.get(inside..end).unwrap_or_default();
        if let Some(found) =
            memchr::memmem::find(searched, b"--").filter(|found| inside + found < end - 3)
        {
            let at = inside + found;
            self.faults
                .add(Code::BAD_COMMENT, span(at, at + 2), format_args!("`--` stands in a comment"))
                .help(format_args!(
                    "remove one of the hyphens; a comment ends with `-->` and has no other `--`"
                ))
                .done();
            self.check_faults(at)?;
        }
        Ok(end)
    }

    fn cdata(&mut self, at: usize, end: usize) -> Step {
        self.mark_text();
        self.check_run_len(at + CDATA.len(), end - 3)?;
        if self.current == NO_NODE {
            self.fault(
                Code::TEXT_OUTSIDE_ROOT,
                at,
                end,
                format_args!("a CDATA section stands outside the root element"),
            )?;
        }
        Ok(end)
    }

    /// XML 1.0 [16] `PI`; Namespaces 1.0 7: no colon in the target.
    fn instruction(&mut self, at: usize, end: usize) -> Step {
        let start = at + 2;
        self.check_run_len(start, end - 2)?;
        let target_end = scan::name_end(self.bytes, start);
        self.check_name_len(start, target_end)?;
        let target = self.text.get(start..target_end).unwrap_or_default();
        if target == "xml" {
            self.misplaced_declaration(at, end)?;
        } else if target.eq_ignore_ascii_case("xml") {
            self.faults
                .add(
                    Code::RESERVED_TARGET,
                    span(start, target_end),
                    format_args!("an instruction cannot be called {}", quoted(target)),
                )
                .help(format_args!(
                    "write `xml` in lower case for the XML declaration, or another name"
                ))
                .done();
            self.check_faults(at)?;
        } else if let Err(fault) = name::unqualified(target) {
            self.bad_name(start, target_end, fault)?;
        } else if target_end < end - 2 && !self.byte(target_end).is_some_and(scan::is_blank) {
            self.fault(
                Code::MISSING_SPACE,
                target_end,
                target_end,
                format_args!("there is no white space after the target {}", quoted(target)),
            )?;
        }
        Ok(end)
    }

    /// XML 1.0 2.8 [22] `prolog`: the declaration is the very first thing.
    fn misplaced_declaration(&mut self, at: usize, end: usize) -> Result<(), Stop> {
        self.faults
            .add(
                Code::MISPLACED_DECLARATION,
                span(at, end),
                format_args!("the XML declaration does not stand at the start of the text"),
            )
            .help(format_args!(
                "move it to the very start; no blank and no comment may stand before it"
            ))
            .done();
        self.check_faults(at)
    }

    /// A document type declaration is skipped whole: what it would declare can make a text of 600
    /// bytes grow to gigabytes and have files read that the text only names.
    fn doctype(&mut self, at: usize, end: Option<usize>) -> Step {
        self.faults
            .add(
                Code::DOCTYPE,
                span(at, at + "<!DOCTYPE".len()),
                format_args!("the text has a document type declaration"),
            )
            .help(format_args!("remove it; a descriptor needs none, and nothing in it is read"))
            .done();
        self.check_faults(at)?;
        end.ok_or_else(|| self.stop(at))
    }

    fn unknown_markup(&mut self, at: usize, end: usize) -> Step {
        let written = self.text.get(at..end).unwrap_or_default();
        self.faults
            .add(Code::UNKNOWN_MARKUP, span(at, end), format_args!("{} is no markup of a document", quoted(written)))
            .help(format_args!("a comment begins with `<!--`, a CDATA section with `<![CDATA[`; write `&lt;` for the character `<`"))
            .done();
        self.check_faults(at)?;
        Ok(end)
    }
}

/// What markup is called in a message.
const fn called(markup: Markup) -> &'static str {
    match markup {
        Markup::Comment => "a comment",
        Markup::Cdata => "a CDATA section",
        Markup::Instruction => "a processing instruction",
        _ => "markup",
    }
}

//! Deviations from the form of the standard that a writer makes on every line.

use std::fmt;

use super::name;
use crate::diagnostic::{Code, Findings, quoted};
use crate::digest::Algorithm;
use crate::span::Span;

/// What is said of each, and what is to be done.
const TEXTS: &[(Code, &str, &str)] = &[
    (
        Code::MANIFEST_BYTE_ORDER_MARK,
        "byte order mark in front of the manifest",
        "save it without the mark",
    ),
    (Code::MANIFEST_CRLF, "line of the manifest ends in CR LF", "end lines with LF"),
    (Code::MANIFEST_BARE_CR, "line of the manifest ends in CR alone", "end lines with LF"),
    (Code::MANIFEST_NO_FINAL_NEWLINE, "last line of the manifest has no end", "end it with LF"),
    (Code::MANIFEST_EMPTY_LINE, "empty line in the manifest", "remove it"),
    (Code::MANIFEST_BLANK_BEFORE_PARENTHESIS, "blank between algorithm and `(`", "remove it"),
    (Code::MANIFEST_BLANK_BEFORE_EQUALS, "blank between `)` and `=`", "remove it"),
    (Code::MANIFEST_BLANK_AFTER_EQUALS, "not exactly one blank after `=`", "put one blank there"),
    (Code::MANIFEST_LEADING_BLANK, "blank in front of the algorithm", "remove it"),
    (Code::MANIFEST_TRAILING_BLANK, "blank behind the digest", "remove it"),
    (Code::MANIFEST_UPPER_CASE_DIGEST, "digest in upper-case hex digits", "write it in lower case"),
    (Code::MANIFEST_NOT_UTF_8, "bytes of the manifest are not UTF-8", "save it as UTF-8"),
];

/// Deviations by code: the first place of each is told, the rest are counted, so that a dialect takes
/// a line of the report and not the whole of it.
#[derive(Debug, Default)]
pub(super) struct Habits<'t>(Vec<Habit<'t>>);

#[derive(Debug)]
struct Habit<'t> {
    code: Code,
    /// Where it is met first.
    span: Span,
    /// What is written there, where that helps.
    value: &'t str,
    times: usize,
}

impl<'t> Habits<'t> {
    /// Notes one occurrence. The list is as long as there are such codes.
    pub(super) fn note(&mut self, code: Code, span: Span, value: &'t str) {
        match self.0.iter_mut().find(|habit| habit.code == code) {
            Some(habit) => habit.times = habit.times.saturating_add(1),
            None => self.0.push(Habit { code, span, value, times: 1 }),
        }
    }

    /// Tells them all.
    pub(super) fn tell(&self, out: &mut Findings) {
        self.0.iter().for_each(|habit| habit.tell(out));
    }
}

impl Habit<'_> {
    fn tell(&self, out: &mut Findings) {
        let value = quoted(self.value);
        let more = More(self.times.saturating_sub(1));
        let mut tell = |message: fmt::Arguments<'_>, help: fmt::Arguments<'_>| {
            out.add(self.code, self.span, format_args!("{message}{more}")).help(help).done();
        };
        match self.code {
            Code::MANIFEST_ALGORITHM_ALIAS => {
                let name = Algorithm::from_name(self.value).map_or("SHA256", Algorithm::name);
                tell(
                    format_args!("{value} is not what manifests call the algorithm"),
                    format_args!("write `{name}`"),
                );
            }
            Code::MANIFEST_DOT_NAME => {
                let path = quoted(name::matching(self.value));
                tell(
                    format_args!("file name {value} begins with `./`"),
                    format_args!("write {path}"),
                );
            }
            code => {
                for (_, message, help) in TEXTS.iter().filter(|(known, ..)| *known == code) {
                    tell(format_args!("{message}"), format_args!("{help}"));
                }
            }
        }
    }
}

/// How many times besides the first.
struct More(usize);

impl fmt::Display for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str(", and once more"),
            n => write!(f, ", and {n} times more"),
        }
    }
}

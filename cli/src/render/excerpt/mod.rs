//! The few lines of a source that a finding is about, cut to what can be read.
//!
//! A renderer of snippets is handed only these lines, never the source, so that a thousand findings
//! in one line of 64 MB cost a thousand excerpts and not a thousand copies.

mod page;
mod pieces;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use ovf::{Source, Span};

use self::page::Page;
use self::pieces::{ceil, floor};

/// Lines of a span over several lines that are shown at its start; two more at its end.
const HEAD_LINES: u32 = 4;
/// Most lines from the first to the last of one excerpt; those between are left empty. Places
/// farther apart get excerpts of their own.
const REACH: u32 = 1_000;

/// A place to be pointed out.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Where, in bytes of the decoded text.
    pub span: Span,
    /// Whether it is the place of the finding itself.
    pub primary: bool,
    /// What to write beside it.
    pub label: &'a str,
}

/// Some lines of a source, as they are shown.
#[derive(Debug)]
pub struct Excerpt {
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// Number of the last.
    pub last_line: u32,
    /// The lines, without line end after the last. Lines nobody looks at are empty.
    pub text: String,
    /// The places in `text`, in bytes, and which mark each is.
    pub marks: Vec<(Range<usize>, usize)>,
    /// Whether a line is so long that its columns say little.
    pub long: bool,
}

impl Excerpt {
    /// Digits of the greatest line number.
    pub fn digits(&self) -> usize {
        self.last_line.to_string().len()
    }

    /// The place it is named after: that of its first primary mark, else of its first.
    pub fn place(&self, marks: &[Mark<'_>]) -> Span {
        let mine = || self.marks.iter().filter_map(|&(_, mark)| marks.get(mark));
        mine()
            .find(|mark| mark.primary)
            .or_else(|| mine().next())
            .map_or(Span::at(0), |mark| mark.span)
    }
}

/// Places whose text must not be shown, sorted.
#[derive(Debug, Default)]
pub struct Secrets(Vec<Span>);

impl Secrets {
    /// Takes the places in any order.
    pub fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        // Where one lies in another the ends must still rise for the search.
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    fn covers(&self, offset: usize) -> bool {
        let after = self.0.partition_point(|span| span.range().end <= offset);
        self.0.get(after).is_some_and(|span| span.range().contains(&offset))
    }
}

/// The excerpts that show all marks, the one with the first primary mark first. `width` is the
/// number of columns a line may take.
pub fn excerpts(
    source: &Source<'_>,
    marks: &[Mark<'_>],
    secrets: &Secrets,
    width: usize,
) -> Vec<Excerpt> {
    let text = source.text();
    let places: Vec<Place> = marks.iter().map(|mark| Place::of(source, text, mark.span)).collect();
    let mut rows: BTreeMap<u32, Vec<Range<usize>>> = BTreeMap::new();
    for place in &places {
        for line in place.shown_lines() {
            rows.entry(line).or_default().extend(place.on_line(source, line));
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (line, spans) in rows {
        match blocks.last_mut() {
            Some(block) if line.saturating_sub(block.last_line()) <= REACH => {
                block.rows.push((line, spans))
            }
            _ => blocks.push(Block { rows: vec![(line, spans)] }),
        }
    }
    let mut shown: Vec<Excerpt> =
        blocks.iter().map(|block| block.show(source, text, &places, secrets, width)).collect();
    let first = |excerpt: &Excerpt| {
        !excerpt.marks.iter().any(|&(_, mark)| marks.get(mark).is_some_and(|mark| mark.primary))
    };
    shown.sort_by_key(first);
    shown
}

/// A mark's span, clamped to the text, and the lines it is on.
struct Place {
    span: Range<usize>,
    first: u32,
    last: u32,
}

impl Place {
    fn of(source: &Source<'_>, text: &str, span: Span) -> Self {
        let start = floor(text, span.range().start);
        let mut end = ceil(text, span.range().end).max(start);
        let line_of =
            |offset: usize| source.line_col(u32::try_from(offset).unwrap_or(u32::MAX)).line;
        let first = line_of(start);
        let mut last =
            if end > start { line_of(floor(text, end.saturating_sub(1))) } else { first };
        if last.saturating_sub(first) > REACH {
            last = first;
            end = line_range(source, first).end.max(start);
        }
        Self { span: start..end, first, last }
    }

    /// The lines to show of it: all of a short one, start and end of a long one.
    fn shown_lines(&self) -> impl Iterator<Item = u32> + use<> {
        let head = self.last.min(self.first.saturating_add(HEAD_LINES));
        let tail = self.last.saturating_sub(1).max(head.saturating_add(1));
        (self.first..=head).chain(tail..=self.last)
    }

    /// The part of a line that must be seen.
    fn on_line(&self, source: &Source<'_>, line: u32) -> Option<Range<usize>> {
        let range = line_range(source, line);
        let at = |offset: usize| offset.clamp(range.start, range.end);
        Some(match (line == self.first, line == self.last) {
            (true, true) => at(self.span.start)..at(self.span.end),
            (true, false) => at(self.span.start)..at(self.span.start),
            (false, true) => at(self.span.end)..at(self.span.end),
            (false, false) => range.start..range.start,
        })
    }
}

/// An offset of the source that a mark begins or ends at, to be found again in what is shown.
#[derive(Clone, Copy)]
struct Wanted {
    offset: usize,
    mark: usize,
    end: bool,
}

/// Lines that are shown together.
struct Block {
    rows: Vec<(u32, Vec<Range<usize>>)>,
}

impl Block {
    fn last_line(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.0)
    }

    fn show(
        &self,
        source: &Source<'_>,
        text: &str,
        places: &[Place],
        secrets: &Secrets,
        width: usize,
    ) -> Excerpt {
        let first_line = self.rows.first().map_or(1, |row| row.0);
        let mut page = Page::default();
        let mut wanted = Vec::new();
        let mine = |place: &Place| place.first >= first_line && place.first <= self.last_line();
        for (mark, place) in places.iter().enumerate().filter(|(_, place)| mine(place)) {
            wanted.push(Wanted { offset: place.span.start, mark, end: false });
            wanted.push(Wanted { offset: place.span.end, mark, end: true });
        }
        wanted.sort_unstable_by_key(|want| (want.offset, want.mark, want.end));
        let mut next_line = first_line;
        for (line, spans) in &self.rows {
            while next_line < *line {
                // A single line between two shown ones is printed too.
                if next_line.saturating_add(1) == *line && self.shows(next_line.saturating_sub(1)) {
                    let range = line_range(source, next_line);
                    let start = range.start..range.start;
                    page.line(
                        text,
                        &range,
                        std::slice::from_ref(&start),
                        &mut wanted,
                        secrets,
                        width,
                    );
                }
                page.end_line();
                next_line = next_line.saturating_add(1);
            }
            page.line(text, &line_range(source, *line), spans, &mut wanted, secrets, width);
            if *line != self.last_line() {
                page.end_line();
            }
            next_line = line.saturating_add(1);
        }
        page.excerpt(first_line, self.last_line())
    }

    fn shows(&self, line: u32) -> bool {
        self.rows.binary_search_by_key(&line, |row| row.0).is_ok()
    }
}

fn line_range(source: &Source<'_>, line: u32) -> Range<usize> {
    source.line_span(line).map_or_else(|| source.text().len()..source.text().len(), Span::range)
}

//! Lines as they are shown: cut, masked, made visible, with the places in them found again.

use std::ops::Range;

use super::pieces::pieces;
use super::{Excerpt, Secrets, Wanted};
use crate::render::visible;

/// Bytes of a line from which on its columns say little.
const LONG: usize = 500;

/// An excerpt being written.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    /// Where the marks begin and end in `text`.
    starts: Vec<(usize, usize)>,
    ends: Vec<(usize, usize)>,
    long: bool,
}

impl Page {
    /// Writes a line, or the pieces of it around the spans when it is long. `wanted` are the offsets
    /// to be found again, in order; those passed are taken out.
    pub(super) fn line(
        &mut self,
        text: &str,
        line: &Range<usize>,
        spans: &[Range<usize>],
        wanted: &mut Vec<Wanted>,
        secrets: &Secrets,
        width: usize,
    ) {
        let passed = wanted.partition_point(|want| want.offset <= line.end);
        let mut due: Vec<Wanted> = wanted.drain(..passed).rev().collect();
        self.long |= line.len() > LONG;
        let pieces = pieces(text, line, spans, width);
        let mut shown_to = line.start;
        for piece in &pieces {
            if piece.start > shown_to {
                self.gap(shown_to > line.start);
            }
            for (at, c) in text.get(piece.clone()).unwrap_or_default().char_indices() {
                let offset = piece.start.saturating_add(at);
                self.reach(offset, &mut due);
                if secrets.covers(offset) {
                    self.text.push('*');
                } else {
                    visible::push(&mut self.text, c);
                }
            }
            self.reach(piece.end, &mut due);
            shown_to = piece.end;
        }
        if shown_to < line.end {
            self.gap(false);
        }
        self.reach(usize::MAX, &mut due);
    }

    /// Ends a line.
    pub(super) fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// Notes where in the shown text an offset of the source has come to lie.
    fn reach(&mut self, offset: usize, due: &mut Vec<Wanted>) {
        while let Some(want) = due.pop_if(|want| want.offset <= offset) {
            if want.end { &mut self.ends } else { &mut self.starts }
                .push((want.mark, self.text.len()));
        }
    }

    fn gap(&mut self, between: bool) {
        self.text.push_str(if between { " … " } else { "…" });
    }

    pub(super) fn excerpt(self, first_line: u32, last_line: u32) -> Excerpt {
        let end_of = |mark: usize| self.ends.iter().find(|end| end.0 == mark).map(|end| end.1);
        let marks = self
            .starts
            .iter()
            .map(|&(mark, start)| (start..end_of(mark).unwrap_or(start).max(start), mark))
            .collect();
        Excerpt { first_line, last_line, text: self.text, marks, long: self.long }
    }
}

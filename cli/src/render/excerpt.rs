//! The few lines of a source that a finding is about, cut to what can be read.
//!
//! A renderer of snippets is handed only these lines, never the source, so that a thousand findings
//! in one line of 64 MB cost a thousand excerpts and not a thousand copies.

use std::collections::BTreeMap;
use std::ops::Range;

use ovf::{Source, Span};

use super::visible;

/// Lines of a span over several lines that are shown at its start; two more at its end.
const HEAD_LINES: u32 = 4;
/// Most lines from the first to the last of one excerpt; those between are left empty. Places
/// farther apart get excerpts of their own.
const REACH: u32 = 1_000;
/// Bytes looked through beside a span for the `<` or `>` to cut at.
const TAG: usize = 60;

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
    /// Whether a line was cut.
    pub cut: bool,
}

impl Excerpt {
    /// Digits of the greatest line number.
    pub fn digits(&self) -> usize {
        self.last_line.checked_ilog10().map_or(1, |digits| digits as usize + 1)
    }

    /// The place it is named after: that of its first primary mark, else of its first.
    pub fn place(&self, marks: &[Mark<'_>]) -> Span {
        let mine = || self.marks.iter().filter_map(|&(_, mark)| marks.get(mark));
        mine().find(|mark| mark.primary).or_else(|| mine().next()).map_or(Span::at(0), |mark| mark.span)
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
pub fn excerpts(source: &Source<'_>, marks: &[Mark<'_>], secrets: &Secrets, width: usize) -> Vec<Excerpt> {
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
            Some(block) if line - block.last_line() <= REACH => block.rows.push((line, spans)),
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
        let line_of = |offset: usize| source.line_col(u32::try_from(offset).unwrap_or(u32::MAX)).line;
        let first = line_of(start);
        let mut last = if end > start { line_of(floor(text, end - 1)) } else { first };
        if last - first > REACH {
            last = first;
            end = line_range(source, first).end.max(start);
        }
        Self { span: start..end, first, last }
    }

    /// The lines to show of it: all of a short one, start and end of a long one.
    fn shown_lines(&self) -> impl Iterator<Item = u32> + use<> {
        let head = self.last.min(self.first + HEAD_LINES);
        let tail = self.last.saturating_sub(1).max(head + 1);
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

/// Lines that are shown together.
struct Block {
    rows: Vec<(u32, Vec<Range<usize>>)>,
}

impl Block {
    fn last_line(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.0)
    }

    fn show(&self, source: &Source<'_>, text: &str, places: &[Place], secrets: &Secrets, width: usize) -> Excerpt {
        let first_line = self.rows.first().map_or(1, |row| row.0);
        let mut page = Page { text: String::new(), starts: Vec::new(), ends: Vec::new(), cut: false };
        let mut wanted: Vec<(usize, usize, bool)> = Vec::new();
        let mine = |place: &Place| place.first >= first_line && place.first <= self.last_line();
        for (mark, place) in places.iter().enumerate().filter(|(_, place)| mine(place)) {
            wanted.push((place.span.start, mark, false));
            wanted.push((place.span.end, mark, true));
        }
        wanted.sort_unstable();
        let mut next_line = first_line;
        for (line, spans) in &self.rows {
            while next_line < *line {
                // A single line between two shown ones is printed too.
                if next_line + 1 == *line && self.shows(next_line.wrapping_sub(1)) {
                    let range = line_range(source, next_line);
                    let start = range.start..range.start;
                    page.line(text, &range, std::slice::from_ref(&start), &mut wanted, secrets, width);
                }
                page.text.push('\n');
                next_line += 1;
            }
            page.line(text, &line_range(source, *line), spans, &mut wanted, secrets, width);
            if *line != self.last_line() {
                page.text.push('\n');
            }
            next_line = line + 1;
        }
        page.excerpt(first_line, self.last_line())
    }

    fn shows(&self, line: u32) -> bool {
        self.rows.binary_search_by_key(&line, |row| row.0).is_ok()
    }
}

/// An excerpt being written.
struct Page {
    text: String,
    /// Where the marks begin and end in `text`.
    starts: Vec<(usize, usize)>,
    ends: Vec<(usize, usize)>,
    cut: bool,
}

impl Page {
    /// Writes a line, or the pieces of it around the spans when it is long. `wanted` are the offsets
    /// to be found again, in order; those passed are taken out.
    fn line(
        &mut self,
        text: &str,
        line: &Range<usize>,
        spans: &[Range<usize>],
        wanted: &mut Vec<(usize, usize, bool)>,
        secrets: &Secrets,
        width: usize,
    ) {
        let mut due = wanted.iter().take_while(|want| want.0 <= line.end).copied().collect::<Vec<_>>();
        wanted.drain(..due.len());
        due.reverse();
        let pieces = pieces(text, line, spans, width);
        let mut shown_to = line.start;
        for piece in &pieces {
            if piece.start > shown_to {
                self.gap(shown_to > line.start);
            }
            for (at, c) in text.get(piece.clone()).unwrap_or_default().char_indices() {
                let offset = piece.start + at;
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

    /// Notes where in the shown text an offset of the source has come to lie.
    fn reach(&mut self, offset: usize, due: &mut Vec<(usize, usize, bool)>) {
        while let Some((_, mark, end)) = due.pop_if(|want| want.0 <= offset) {
            if end { &mut self.ends } else { &mut self.starts }.push((mark, self.text.len()));
        }
    }

    fn gap(&mut self, between: bool) {
        self.text.push_str(if between { " … " } else { "…" });
        self.cut = true;
    }

    fn excerpt(self, first_line: u32, last_line: u32) -> Excerpt {
        let end_of = |mark: usize| self.ends.iter().find(|end| end.0 == mark).map(|end| end.1);
        let marks = self
            .starts
            .iter()
            .map(|&(mark, start)| (start..end_of(mark).unwrap_or(start).max(start), mark))
            .collect();
        Excerpt { first_line, last_line, text: self.text, marks, cut: self.cut }
    }
}

/// The pieces of a line to show: all of it when it fits, else what is around the spans.
fn pieces(text: &str, line: &Range<usize>, spans: &[Range<usize>], width: usize) -> Vec<Range<usize>> {
    if line.len() <= width {
        return vec![line.clone()];
    }
    let mut spans = spans.to_vec();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let share = width / spans.len().max(1);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut add = |piece: Range<usize>| match pieces.last_mut() {
        // Three bytes are not worth a mark that they were left out.
        Some(last) if piece.start <= last.end + 3 => last.end = last.end.max(piece.end),
        _ => pieces.push(piece),
    };
    for span in &spans {
        let room = share.saturating_sub(span.len()).max(20) / 2;
        let start = back_to_tag(text, line, span.start, room);
        let end = on_to_tag(text, line, span.end, room);
        let long = share.max(40);
        if span.len() > long {
            // The middle of a long span says less than its ends.
            add(start..floor(text, span.start + long * 2 / 3));
            add(ceil(text, span.end - long / 4)..end);
        } else {
            add(start..end);
        }
    }
    pieces
}

/// Where to begin showing before `at`: at the tag it is in if that is near, else `room` bytes before.
fn back_to_tag(text: &str, line: &Range<usize>, at: usize, room: usize) -> usize {
    let near = floor(text, at.saturating_sub(TAG.max(room)).max(line.start));
    match text.get(near..at).and_then(|before| before.rfind('<')) {
        Some(tag) => near + tag,
        None => floor(text, at.saturating_sub(room).max(line.start)),
    }
}

/// Where to stop showing after `at`: at the end of the tag if that is near, else `room` bytes on.
fn on_to_tag(text: &str, line: &Range<usize>, at: usize, room: usize) -> usize {
    let near = ceil(text, at.saturating_add(TAG.max(room)).min(line.end));
    match text.get(at..near).and_then(|after| after.find('>')) {
        Some(tag) => at + tag + 1,
        None => ceil(text, at.saturating_add(room).min(line.end)),
    }
}

/// The start of the character an offset lies in.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The same, or the start of the next when the offset lies inside.
fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

fn line_range(source: &Source<'_>, line: u32) -> Range<usize> {
    source.line_span(line).map_or_else(|| source.text().len()..source.text().len(), Span::range)
}

#[cfg(test)]
mod tests {
    use ovf::{Source, Span};

    use super::{Excerpt, Mark, Secrets, excerpts};

    const WIDTH: usize = 100;

    /// The excerpts for the first `[…]` as the finding and every `(…)` as a label. Brackets belong to the places.
    fn show(text: &str) -> Vec<Excerpt> {
        show_without(text, "nothing secret")
    }

    fn show_without(text: &str, secret: &str) -> Vec<Excerpt> {
        let source = Source::decode(text.as_bytes()).unwrap();
        let span = |open: char, close: char, from: usize| {
            let start = from + text[from..].find(open)?;
            let end = start + text[start..].find(close)? + 1;
            Some(Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap()))
        };
        let mut marks = vec![Mark { span: span('[', ']', 0).unwrap(), primary: true, label: "" }];
        let mut from = 0;
        while let Some(span) = span('(', ')', from) {
            marks.push(Mark { span, primary: false, label: "label" });
            from = span.range().end;
        }
        let secrets = text.match_indices(secret).map(|(at, secret)| {
            Span::new(u32::try_from(at).unwrap(), u32::try_from(at + secret.len()).unwrap())
        });
        excerpts(&source, &marks, &Secrets::new(secrets.collect()), WIDTH)
    }

    /// What the marks of an excerpt point at.
    fn pointed(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|(range, _)| &excerpt.text[range.clone()]).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let shown = show("<a>\n  <b [c]/>\n</a>");
        assert_eq!((shown.len(), shown[0].first_line, shown[0].last_line, shown[0].cut), (1, 2, 2, false));
        assert_eq!(shown[0].text, "  <b [c]/>");
        assert_eq!(pointed(&shown[0]), ["[c]"]);
    }

    #[test]
    fn a_carriage_return_is_no_part_of_the_line() {
        assert_eq!(show("<a>\r\n<b [c]/>\r\n</a>\r\n")[0].text, "<b [c]/>");
    }

    #[test]
    fn tabs_wide_and_unsafe_characters_move_the_mark_with_them() {
        let shown = show("<a>\t虚拟机\u{1b}[c\u{202E}]</a>");
        assert_eq!(shown[0].text, "<a>    虚拟机␛[c\\u{202e}]</a>");
        assert_eq!(pointed(&shown[0]), ["[c\\u{202e}]"]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_places() {
        let many = "<x y='z'/>".repeat(50_000);
        let shown = show(&format!("<a>{many}<b (one)/>{many}<c [two]/>{many}</a>"));
        assert_eq!(shown[0].text, "…<b (one)/> … <c [two]/>…");
        assert_eq!(pointed(&shown[0]), ["(one)", "[two]"]);
        assert!(shown[0].cut);
    }

    #[test]
    fn a_long_line_without_tags_is_cut_between_characters() {
        let many = "虚é".repeat(100_000);
        let shown = show(&format!("<{many}[two]{many}"));
        assert!(shown[0].text.len() < 3 * WIDTH, "{}", shown[0].text);
        assert!(shown[0].text.starts_with('…') && shown[0].text.ends_with('…'));
        assert_eq!(pointed(&shown[0]), ["[two]"]);
    }

    #[test]
    fn a_long_place_keeps_its_ends() {
        let shown = show(&format!("<a>[begin{}end]</a>", "-".repeat(100_000)));
        assert!(shown[0].text.len() < 3 * WIDTH);
        let place = pointed(&shown[0])[0];
        assert!(place.starts_with("[begin-") && place.contains(" … ") && place.ends_with("-end]"), "{place}");
    }

    #[test]
    fn lines_between_near_places_are_left_empty() {
        let shown = show("<a>\n(one)\nx\ny\nz\n[two]\n</a>");
        assert_eq!(shown[0].text, "(one)\n\n\n\n[two]");
        assert_eq!(pointed(&shown[0]), ["(one)", "[two]"]);
    }

    #[test]
    fn a_single_line_between_places_is_shown() {
        assert_eq!(show("<a>\n(one)\nx\n[two]\n</a>")[0].text, "(one)\nx\n[two]");
    }

    #[test]
    fn far_places_have_excerpts_of_their_own_the_finding_first() {
        let shown = show(&format!("<(one)>{}[two]", "\n".repeat(100_000)));
        let lines: Vec<_> = shown.iter().map(|excerpt| (excerpt.first_line, excerpt.text.as_str())).collect();
        assert_eq!(lines, [(100_001, "[two]"), (1, "<(one)>")]);
        assert_eq!((pointed(&shown[0]), pointed(&shown[1])), (vec!["[two]"], vec!["(one)"]));
    }

    #[test]
    fn of_a_place_over_many_lines_only_the_ends_are_shown() {
        let shown = show("<a>\n[1\n2\n3\n4\n5\n6\n7\n8\n9]\n</a>");
        assert_eq!(shown[0].text, "[1\n2\n3\n4\n5\n\n\n8\n9]");
        assert_eq!(pointed(&shown[0]), ["[1\n2\n3\n4\n5\n\n\n8\n9]"]);
    }

    #[test]
    fn a_place_over_thousands_of_lines_is_shown_by_its_first() {
        let shown = show(&format!("<a>\n[1{}9]", "\n".repeat(100_000)));
        assert_eq!((shown[0].text.as_str(), shown[0].first_line), ("[1", 2));
    }

    #[test]
    fn secrets_are_masked_wherever_they_show() {
        let shown = show_without("<a [b]='Größe42' c='Größe42'/>", "Größe42");
        assert_eq!(shown[0].text, "<a [b]='*******' c='*******'/>");
        let shown = show_without("<a>\n[Größe42]\n</a>", "Größe42");
        assert_eq!(shown[0].text, "[*******]");
    }

    #[test]
    fn secrets_are_masked_where_a_long_line_is_cut() {
        let secret = "geheim".repeat(1_000);
        let shown = show_without(&format!("<{secret} [b] {secret}/>"), &secret);
        assert!(!shown[0].text.contains("geheim") && shown[0].text.contains("**"), "{}", shown[0].text);
    }

    #[test]
    fn overlapping_secrets_in_any_order_are_masked() {
        let secrets = Secrets::new(vec![Span::new(20, 30), Span::new(0, 10), Span::new(2, 4), Span::new(8, 12)]);
        let masked: Vec<usize> = (0..40).filter(|&at| secrets.covers(at)).collect();
        assert_eq!(masked, (0..12).chain(20..30).collect::<Vec<_>>());
    }

    #[test]
    fn places_outside_the_text_or_inside_characters_do_no_harm() {
        let text = "<é/>\n";
        let source = Source::decode(text.as_bytes()).unwrap();
        for span in [Span::at(6), Span::new(2, 2), Span::new(2, 1), Span::new(3, u32::MAX), Span::at(u32::MAX)] {
            let marks = [Mark { span, primary: true, label: "" }];
            let shown = excerpts(&source, &marks, &Secrets::default(), WIDTH);
            assert_eq!((shown.len(), shown[0].marks.len()), (1, 1), "{span:?}");
            pointed(&shown[0]);
        }
    }

    /// What a renderer is handed for a finding does not grow with the source.
    #[test]
    fn a_thousand_findings_in_one_giant_line_copy_little() {
        let text = format!("<a>{}</a>", "<b c='d'/>".repeat(1_000_000));
        let source = Source::decode(text.as_bytes()).unwrap();
        let mut copied = 0;
        for at in 0..1_000 {
            let start = 3 + at * 10_000;
            let marks = [
                Mark { span: Span::new(start, start + 10), primary: true, label: "" },
                Mark { span: Span::new(0, u32::MAX), primary: false, label: "all" },
            ];
            let shown = excerpts(&source, &marks, &Secrets::default(), WIDTH);
            copied += shown.iter().map(|excerpt| excerpt.text.len()).sum::<usize>();
        }
        assert!(copied < 1_000 * 5 * WIDTH, "{copied} bytes");
    }
}

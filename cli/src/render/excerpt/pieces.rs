//! Where to cut a long line.

use std::ops::Range;

/// Bytes looked through beside a span for the `<` or `>` to cut at.
const TAG: usize = 60;
/// Longest indentation that is shown.
const INDENT: usize = 40;
/// Bytes that are not worth a mark that they were left out.
const WORTHLESS: usize = 3;

/// The pieces of a line to show: all of it when it fits, else what is around the spans.
pub(super) fn pieces(
    text: &str,
    line: &Range<usize>,
    spans: &[Range<usize>],
    width: usize,
) -> Vec<Range<usize>> {
    if line.len() <= width {
        return vec![line.clone()];
    }
    let mut spans = spans.to_vec();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let share = width.checked_div(spans.len()).unwrap_or(width);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut add = |piece: Range<usize>| match pieces.last_mut() {
        Some(last) if piece.start <= last.end.saturating_add(WORTHLESS) => {
            last.end = last.end.max(piece.end)
        }
        _ => pieces.push(piece),
    };
    for span in &spans {
        let room = share.saturating_sub(span.len()).max(20) / 2;
        let start = back_to_tag(text, line, span.start, room);
        let end = on_to_tag(text, line, span.end, room);
        let long = share.max(40);
        if span.len() > long {
            // The middle of a long span says less than its ends.
            add(start..floor(text, span.start.saturating_add(long / 2)));
            add(ceil(text, span.end.saturating_sub(long / 4))..end);
        } else {
            add(start..end);
        }
    }
    fill(text, line, &mut pieces, width);
    pieces
}

/// Gives the room that is left to whole tags beside the pieces, after them first.
fn fill(text: &str, line: &Range<usize>, pieces: &mut Vec<Range<usize>>, width: usize) {
    let shown: usize = pieces.iter().map(Range::len).sum();
    let room = width.saturating_sub(shown).checked_div(pieces.len()).unwrap_or(0);
    let mut behind = line.start;
    let starts: Vec<usize> =
        pieces.iter().skip(1).map(|piece| piece.start).chain([line.end]).collect();
    for (piece, before) in pieces.iter_mut().zip(starts) {
        let reach = floor(text, piece.end.saturating_add(room).min(before));
        let after = text.get(piece.end..reach).unwrap_or_default();
        let taken = after.rfind('>').map_or(0, |at| at.saturating_add(1));
        piece.end = piece.end.saturating_add(taken);
        let reach = ceil(text, piece.start.saturating_sub(room.saturating_sub(taken)).max(behind));
        let ahead = text.get(reach..piece.start).unwrap_or_default();
        if let Some(at) = ahead.find('<') {
            piece.start = reach.saturating_add(at);
        }
        behind = piece.end;
    }
    pieces.dedup_by(|next, piece| {
        let touches = next.start <= piece.end.saturating_add(WORTHLESS);
        if touches {
            piece.end = piece.end.max(next.end);
        }
        touches
    });
    if let Some(first) = pieces.first_mut() {
        let before = first.start.saturating_sub(line.start);
        let blank = |text: &str| text.trim_start().is_empty();
        let indented = before <= INDENT && text.get(line.start..first.start).is_some_and(blank);
        if before <= WORTHLESS || indented {
            first.start = line.start;
        }
    }
    if let Some(last) =
        pieces.last_mut().filter(|last| last.end.saturating_add(WORTHLESS) >= line.end)
    {
        last.end = line.end;
    }
}

/// Where to begin showing before `at`: at the tag it is in if that is near, else `room` bytes before.
fn back_to_tag(text: &str, line: &Range<usize>, at: usize, room: usize) -> usize {
    let near = floor(text, at.saturating_sub(TAG.max(room)).max(line.start));
    match text.get(near..at).and_then(|before| before.rfind('<')) {
        Some(tag) => near.saturating_add(tag),
        None => floor(text, at.saturating_sub(room).max(line.start)),
    }
}

/// Where to stop showing after `at`: at the end of the tag if that is near, else `room` bytes on.
fn on_to_tag(text: &str, line: &Range<usize>, at: usize, room: usize) -> usize {
    let near = ceil(text, at.saturating_add(TAG.max(room)).min(line.end));
    match text.get(at..near).and_then(|after| after.find('>')) {
        Some(tag) => at.saturating_add(tag).saturating_add(1),
        None => ceil(text, at.saturating_add(room).min(line.end)),
    }
}

/// The start of the character an offset lies in.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset = offset.saturating_sub(1);
    }
    offset
}

/// The same, or the start of the next when the offset lies inside.
pub(super) fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset = offset.saturating_add(1);
    }
    offset
}

//! Where to cut a long line.

use std::ops::Range;

/// Bytes looked through beside a span for the `<` or `>` to cut at.
const TAG: usize = 60;

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
        // Three bytes are not worth a mark that they were left out.
        Some(last) if piece.start <= last.end.saturating_add(3) => {
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
    pieces
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

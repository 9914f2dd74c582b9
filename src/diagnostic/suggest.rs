//! "Did you mean": the nearest of some known names.

/// Names longer than this are not compared: the table is quadratic in their length.
const NAME_CHARS: usize = 64;
/// Candidates looked at. More than any real descriptor declares of one kind.
const CANDIDATES: usize = 256;

/// The candidate that is close enough to `name` to have been meant, the first of the closest.
///
/// Close is one slip in a short name and up to a third of the characters in a long one, where letter
/// case counts for nothing.
pub(crate) fn closest<T: AsRef<str>>(
    name: &str,
    candidates: impl IntoIterator<Item = T>,
) -> Option<T> {
    let name: Vec<char> = name.chars().take(NAME_CHARS.saturating_add(1)).collect();
    if name.is_empty() || name.len() > NAME_CHARS {
        return None;
    }
    let allowed = (name.len() / 3).clamp(1, 4);
    let mut best: Option<(usize, T)> = None;
    for candidate in candidates.into_iter().take(CANDIDATES) {
        if let Some(distance) = distance(&name, candidate.as_ref(), allowed)
            && best.as_ref().is_none_or(|(least, _)| distance < *least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Edit distance without regard to ASCII case, where two neighbours exchanged count as one slip;
/// `None` when it is more than `allowed`.
fn distance(name: &[char], candidate: &str, allowed: usize) -> Option<usize> {
    let other: Vec<char> = candidate.chars().take(NAME_CHARS.saturating_add(1)).collect();
    if other.is_empty() || name.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, &a) in name.iter().enumerate() {
        let mut line = Vec::with_capacity(above.len());
        line.push(row.saturating_add(1));
        let mut left_char = None;
        for (column, &b) in other.iter().enumerate() {
            let get = |cells: &[usize], at: usize| cells.get(at).copied().unwrap_or(usize::MAX);
            let same = a.eq_ignore_ascii_case(&b);
            let mut cell = get(&above, column)
                .saturating_add(usize::from(!same))
                .min(get(&above, column.saturating_add(1)).saturating_add(1))
                .min(get(&line, column).saturating_add(1));
            let swapped = previous.is_some_and(|p: char| p.eq_ignore_ascii_case(&b))
                && left_char.is_some_and(|l: char| l.eq_ignore_ascii_case(&a));
            if swapped && let Some(two_back) = column.checked_sub(1) {
                cell = cell.min(get(&before, two_back).saturating_add(1));
            }
            line.push(cell);
            left_char = Some(b);
        }
        before = std::mem::replace(&mut above, line);
        previous = Some(a);
    }
    above.last().copied().filter(|&distance| distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["file1", "disk-image", "VM Network"];
        assert_eq!(closest("file2", known), Some("file1"));
        assert_eq!(closest("fiel1", known), Some("file1"));
        assert_eq!(closest("vm network", known), Some("VM Network"));
        assert_eq!(closest("diskimage", known), Some("disk-image"));
        assert_eq!(closest("nothing like it", known), None);
        assert_eq!(closest("", known), None);
    }

    #[test]
    fn does_not_compare_giants() {
        let giant = "a".repeat(100_000);
        assert_eq!(closest(&giant, [giant.as_str()]), None);
        assert_eq!(closest("a", [giant.as_str()]), None);
    }
}

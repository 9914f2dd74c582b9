//! Columns of text, and texts cut and counted for them.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::visible;
use crate::output::Output;

/// Rows of cells, each column as wide as its widest cell.
#[derive(Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Adds a row. Cells must be fit for a terminal.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints the rows behind an indent, cut at the width there is.
    pub fn print(&self, out: &mut Output, indent: usize) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (at, cell) in row.iter().enumerate() {
                let width = cell.chars().count();
                match widths.get_mut(at) {
                    Some(known) => *known = width.max(*known),
                    None => widths.push(width),
                }
            }
        }
        let most = out.width().saturating_sub(indent);
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _infallible = write!(line, "{cell:<width$}  ");
            }
            let indent = " ".repeat(indent);
            writeln!(out, "{indent}{}", cut(line.trim_end(), most))?;
        }
        Ok(())
    }
}

/// A text on one line, fit for a terminal, with no more than so many characters.
pub fn clipped(text: &str, most: usize) -> String {
    // What is thrown away is not made visible first: a text may have megabytes.
    let words: String = text.chars().take(most.saturating_mul(2)).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let longer = text.chars().nth(most.saturating_mul(2)).is_some();
    let shown = visible(&words);
    if longer { cut(&format!("{shown}…"), most) } else { cut(&shown, most) }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Bytes in the greatest unit that leaves at most one decimal: `16 GiB`, `1.5 GiB`, `302 B`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let mut shown = format!("{bytes} B");
    for (exponent, unit) in (1_u32..).zip(UNITS) {
        let one = 1_u128 << exponent.saturating_mul(10);
        let tenths = u128::from(bytes)
            .saturating_mul(10)
            .saturating_add(one >> 1)
            .checked_div(one)
            .unwrap_or_default();
        let (whole, tenth) = (tenths / 10, tenths % 10);
        if u128::from(bytes) < one {
            break;
        }
        shown =
            if tenth == 0 { format!("{whole} {unit}") } else { format!("{whole}.{tenth} {unit}") };
    }
    shown
}

/// A number with its noun: `1 error`, `2 errors`.
pub fn number_of(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::{bytes, clipped};

    #[test]
    fn bytes_are_rounded_to_a_tenth() {
        for (count, want) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1536, "1.5 KiB"),
            (734_003_200, "700 MiB"),
            (17_179_869_184, "16 GiB"),
            (u64::MAX, "16 EiB"),
        ] {
            assert_eq!(bytes(count), want);
        }
    }

    #[test]
    fn texts_are_cut_to_one_harmless_line() {
        assert_eq!(clipped("one\n  two", 20), "one two");
        assert_eq!(clipped("a\u{1b}[31mb", 20), "a␛[31mb");
        assert_eq!(clipped(&"x".repeat(1_000_000), 5), "xxxx…");
        assert_eq!(clipped("12345", 5), "12345");
    }
}

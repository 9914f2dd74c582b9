//! Markers: what a fixture says must be found in it.

use ovf::{Code, Policy, Strictness, Target};

/// What must be found.
#[derive(Debug)]
pub(crate) struct Marker {
    /// One-based.
    pub(crate) line: u32,
    /// One-based, when it is pinned.
    pub(crate) column: Option<u32>,
    pub(crate) code: Code,
    /// Words the message has to hold.
    pub(crate) words: String,
}

/// The markers in the comments of a document.
pub(crate) fn markers(text: &str) -> Result<Vec<Marker>, String> {
    let mut found = Vec::new();
    for (line, row) in (1..).zip(text.split('\n')) {
        for part in row.split("<!--~").skip(1) {
            let body = part.split("-->").next().unwrap_or_default();
            if body.trim_start().starts_with("with") {
                continue;
            }
            let up = body.chars().take_while(|c| *c == '^').count();
            let line = u32::try_from(up).ok().and_then(|up| u32::checked_sub(line, up));
            let line = line.ok_or_else(|| format!("`{body}` points above the first line"))?;
            found.push(marker(line, body.trim_start_matches('^').trim())?);
        }
    }
    Ok(found)
}

/// The markers of an `.expect` file: `LINE CODE words` on each line.
pub(crate) fn expect_file(text: &str) -> Result<Vec<Marker>, String> {
    text.lines()
        .filter(|row| !row.trim().is_empty() && !row.starts_with("with"))
        .map(|row| {
            let (line, rest) =
                row.split_once(' ').ok_or_else(|| format!("`{row}` is no expectation"))?;
            marker(line.parse().map_err(|_| format!("`{line}` is no line number"))?, rest)
        })
        .collect()
}

fn marker(line: u32, body: &str) -> Result<Marker, String> {
    let (code, words) = body.split_once(' ').unwrap_or((body, ""));
    let (code, column) = match code.split_once('@') {
        Some((code, column)) => {
            (code, Some(column.parse().map_err(|_| format!("`{column}` is no column"))?))
        }
        None => (code, None),
    };
    let code = code.parse().map_err(|_| format!("`{code}` is no code"))?;
    Ok(Marker { line, column, code, words: words.trim().to_owned() })
}

/// The policy a document asks for in a line `<!--~ with strict target=vsphere -->`.
pub(crate) fn policy(text: &str) -> Result<Policy, String> {
    let mut policy = Policy::new();
    for word in options(text) {
        policy = match word {
            _ if word.starts_with("machine=") => policy,
            "strict" => policy.strictness(Strictness::Strict),
            "target=vsphere" => policy.target(Target::VSphere),
            "target=vcloud" => policy.target(Target::VCloud),
            _ => return Err(format!("`{word}` is no option")),
        };
    }
    Ok(policy)
}

/// The machine of the descriptor beside it that an environment document asks to be compared with, in a
/// line `<!--~ with machine=web -->`.
pub(crate) fn machine(text: &str) -> Option<&str> {
    options(text).find_map(|word| word.strip_prefix("machine="))
}

fn options(text: &str) -> impl Iterator<Item = &str> {
    let with = text.split_once("<!--~ with ").map_or("", |(_, with)| with);
    with.split("-->").next().unwrap_or_default().split_whitespace()
}

//! Codes as people type them.

use ovf::Code;

/// The code an identifier or name stands for, or a sentence that says there is none and which is near.
pub fn parse(text: &str) -> Result<Code, String> {
    text.parse::<Code>().map_err(|_| match closest(text) {
        Some(code) => {
            format!("there is no code `{text}`; did you mean {} `{}`?", code.id(), code.name())
        }
        None => format!("there is no code `{text}`; `ovf rules` lists them all"),
    })
}

/// The code whose name or identifier is a slip away from `text`, else the first whose name contains it.
fn closest(text: &str) -> Option<Code> {
    // Longer than every name by far; the comparison is quadratic.
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    let lower = text.to_lowercase().replace('_', "-");
    let upper = text.to_uppercase();
    let slips = |code: &Code| {
        let by_name = strsim::damerau_levenshtein(&lower, code.name());
        let by_id = strsim::damerau_levenshtein(&upper, code.id());
        // Identifiers differ in little, so only the nearest is a slip.
        if by_id <= 1 { by_id } else { by_name }
    };
    let nearest = Code::all().min_by_key(slips)?;
    let allowed = (lower.chars().count() / 3).max(1);
    if slips(&nearest) <= allowed {
        return Some(nearest);
    }
    Code::all().find(|code| lower.len() > 3 && code.name().contains(&lower))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn identifiers_numbers_and_names_are_codes() {
        for text in ["OVF2001", "ovf2001", "2001", "not-an-envelope"] {
            assert_eq!(parse(text).map(|code| code.id()), Ok("OVF2001"), "{text}");
        }
    }

    #[test]
    fn slips_are_answered_with_what_was_meant() {
        for text in ["not-an-envlope", "NOT_AN_ENVELOPE", "an-envelope"] {
            let answer = parse(text).unwrap_err();
            assert!(answer.contains("did you mean OVF2001 `not-an-envelope`?"), "{answer}");
        }
        let answer = parse("OVF200l").unwrap_err();
        assert!(answer.contains("did you mean OVF200"), "{answer}");
    }

    #[test]
    fn far_off_names_are_answered_with_the_way_to_the_list() {
        for text in ["", "zzzzzz", "OVF", &"x".repeat(10_000)] {
            assert!(parse(text).unwrap_err().contains("`ovf rules` lists them all"));
        }
    }
}

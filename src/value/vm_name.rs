//! Names of virtual machines as vSphere takes them.
//!
//! Source: vSphere Web Services API, `VirtualMachineConfigSpec.name` and `ManagedEntity.name`: at most 80
//! characters, in which `%`, `/` and `\` are kept as `%25`, `%2f` and `%5c`.

use std::borrow::Cow;

/// Most characters of a name, after [`escape`].
pub const VM_NAME_CHARS: usize = 80;

/// Why vSphere would not take a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VmNameError {
    /// Nothing, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// A control character.
    #[error("holds the control character U+{:04X}", u32::from(*.0))]
    Control(char),
    /// More characters than [`VM_NAME_CHARS`], counted as vSphere keeps the name.
    #[error("has {characters} characters, {} are allowed", VM_NAME_CHARS)]
    TooLong {
        /// Characters of the escaped name.
        characters: usize,
    },
}

/// Whether vSphere takes the name, once it is [escaped](escape).
///
/// # Errors
/// [`VmNameError`], the first that applies.
pub fn check(name: &str) -> Result<(), VmNameError> {
    if name.trim().is_empty() {
        return Err(VmNameError::Empty);
    }
    if let Some(control) = name.chars().find(|c| c.is_control()) {
        return Err(VmNameError::Control(control));
    }
    let characters = name.chars().map(|c| if escaped(c).is_some() { 3 } else { 1 }).sum();
    if characters > VM_NAME_CHARS { Err(VmNameError::TooLong { characters }) } else { Ok(()) }
}

/// The name as vSphere keeps it.
///
/// ```
/// assert_eq!(ovf::value::vm_name::escape("web/db 50%"), "web%2fdb 50%25");
/// ```
#[must_use]
pub fn escape(name: &str) -> Cow<'_, str> {
    if !name.chars().any(|c| escaped(c).is_some()) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len().saturating_add(16));
    for c in name.chars() {
        match escaped(c) {
            Some(escape) => out.push_str(escape),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

const fn escaped(c: char) -> Option<&'static str> {
    match c {
        '%' => Some("%25"),
        '/' => Some("%2f"),
        '\\' => Some("%5c"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names() {
        for (name, want) in [
            ("web server".to_owned(), Ok(())),
            ("é".repeat(80), Ok(())),
            ("a".repeat(81), Err(VmNameError::TooLong { characters: 81 })),
            ("%".repeat(27), Err(VmNameError::TooLong { characters: 81 })),
            (String::new(), Err(VmNameError::Empty)),
            ("  ".to_owned(), Err(VmNameError::Empty)),
            ("a\u{7}b".to_owned(), Err(VmNameError::Control('\u{7}'))),
        ] {
            assert_eq!(check(&name), want, "{name:?}");
        }
        assert_eq!(escape("a\\b"), "a%5cb");
        assert!(matches!(escape("plain"), Cow::Borrowed("plain")));
        assert_eq!(VmNameError::Control('\u{7}').to_string(), "holds the control character U+0007");
        assert_eq!(
            VmNameError::TooLong { characters: 81 }.to_string(),
            "has 81 characters, 80 are allowed"
        );
    }

    proptest! {
        #[test]
        fn escaped_names_hold_no_separator(name: String) {
            let kept = escape(&name);
            prop_assert!(!kept.contains(['/', '\\']));
            prop_assert_eq!(kept.replace("%2f", "/").replace("%5c", "\\").replace("%25", "%"), name.clone());
            let _ = check(&name);
        }
    }
}

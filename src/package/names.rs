//! Names of members: which are safe as a path, and which stand for one file.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Bytes of one component of a path that every file system in use can hold.
const COMPONENT_BYTES: usize = 255;

/// Why a name is not safe to use as a path below a folder, on Unix or Windows; `None` when it is.
pub(super) fn danger(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.chars().any(steers) {
        return Some("it has control characters or marks that turn text around");
    }
    if name.contains('\\') {
        return Some("it has a backslash, which separates folders on Windows");
    }
    if name.starts_with('/') {
        return Some("it is an absolute path");
    }
    if name.contains(':') {
        return Some("it has a colon, which names a drive, a stream or a URL scheme");
    }
    if let Some(decoded) = percent_decoded(name)
        && (decoded.split(|&b| b == b'/').count() != name.split('/').count()
            || decoded.contains(&b'\\')
            || decoded.contains(&0)
            || decoded.split(|&b| b == b'/').any(|part| part == b".." || part == b"."))
    {
        return Some("percent-decoded it leads elsewhere");
    }
    if !name.is_ascii() && !is_nfc(name) {
        return Some("it is not in Unicode normal form C, so that its bytes depend on the system");
    }
    name.split('/').find_map(component_danger)
}

fn component_danger(part: &str) -> Option<&'static str> {
    if part.is_empty() {
        return Some("a component of it is empty");
    }
    if part == ".." {
        return Some("it leaves the folder by `..`");
    }
    if part == "." {
        return Some("it has a component `.`, which gives one file several names");
    }
    if part.len() > COMPONENT_BYTES {
        return Some("a component of it is longer than 255 bytes");
    }
    if part.starts_with(' ') || part.ends_with([' ', '.']) {
        return Some(
            "a component begins with a blank, or ends in a blank or full stop, which Windows drops",
        );
    }
    if is_device(part) {
        return Some("it is the name of a device on Windows");
    }
    None
}

/// A key that is equal for names which stand for one file on some system: without regard to case,
/// normalisation, `.` and empty components.
pub(super) fn fold_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for part in name.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if !key.is_empty() {
            key.push('/');
        }
        if part.is_ascii() {
            key.push_str(&part.to_ascii_lowercase());
            continue;
        }
        // Upper case first: `ß` and `ẞ`, `ſ` and `s` fold together only that way.
        key.extend(part.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    }
    if key.is_ascii() { key } else { key.nfc().collect() }
}

/// The bytes a percent-encoded name stands for; `None` when nothing in it is encoded. A `%` that two
/// hexadecimal digits do not follow is left as it is.
pub(super) fn percent_decoded(name: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    let mut found = false;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%'
            && let [high, low, after @ ..] = rest
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push((high << 4) | low);
            rest = after;
            found = true;
        } else {
            decoded.push(byte);
        }
    }
    found.then_some(decoded)
}

/// The member a `href` may name: without `./` before it.
pub(super) fn without_dot(href: &str) -> &str {
    let mut name = href;
    while let Some(rest) = name.strip_prefix("./") {
        name = rest;
    }
    name
}

/// Whether a `href` has a URI scheme (RFC 3986 3.1), so that it names no member.
pub(super) fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// `CON`, `aux.vmdk`, `COM1.txt`: names Windows gives to devices, with any extension.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let numbered = |prefix: &str| {
        stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && matches!(
                stem.get(3..),
                Some("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
            )
    };
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{danger, fold_key, has_scheme, percent_decoded};

    #[test]
    fn safe_names() {
        for name in [
            "vm.ovf",
            "disk 1.vmdk",
            "disks/a.vmdk",
            "a..b",
            "...a",
            "Größe.vmdk",
            "虚拟机.ovf",
            "100%",
            "a%2",
            "console",
            "com10.vmdk",
            "disk(1).vmdk",
            ".DS_Store",
            "url%24name",
        ] {
            assert_eq!(danger(name), None, "{name}");
        }
    }

    #[test]
    fn unsafe_names() {
        let long = "a".repeat(256);
        for name in [
            "",
            "..",
            ".",
            "../a",
            "a/../b",
            "a/..",
            "/etc/passwd",
            "//a",
            "a//b",
            "a/",
            "C:\\a",
            "C:a",
            "a\\b",
            "\\\\host\\a",
            "%2e%2e%2fa",
            "a%2fb",
            "a/b%2Fc",
            "a/%2e%2e/b",
            "a%5cb",
            "a%00",
            "a\0b",
            "a\nb",
            "a\x1b[2J",
            "a\u{85}b",
            "a\u{202e}b",
            "a\u{2066}b",
            " a",
            "a ",
            "a.",
            "a./b",
            "CON",
            "aux.vmdk",
            "nul",
            "Com1.vmdk",
            "LPT9",
            "COM²",
            "a:b",
            "http://h/a",
            "file:///a",
            "e\u{301}.vmdk",
            &long,
        ] {
            assert!(danger(name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn names_of_one_file_have_one_key() {
        for (a, b) in [
            ("a.vmdk", "./a.vmdk"),
            ("a.vmdk", "A.VMDK"),
            ("a/b", "a//b"),
            ("a/b", "a/./b/"),
            ("é", "e\u{301}"),
            ("STRASSE", "straße"),
            ("\u{212a}", "k"),
        ] {
            assert_eq!(fold_key(a), fold_key(b), "{a:?} {b:?}");
        }
        assert_ne!(fold_key("a/b"), fold_key("ab"));
        assert_ne!(fold_key("a"), fold_key("b"));
    }

    #[test]
    fn decoding_keeps_stray_percent_signs() {
        assert_eq!(percent_decoded("url%24a%a.ovf").as_deref(), Some(b"url$a%a.ovf".as_slice()));
        assert_eq!(percent_decoded("100%"), None);
    }

    #[test]
    fn schemes() {
        assert!(has_scheme("http://host/a") && has_scheme("file:a") && has_scheme("C:\\a"));
        assert!(!has_scheme("a.vmdk") && !has_scheme("1:a") && !has_scheme("a b:c"));
    }
}

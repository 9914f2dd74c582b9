//! File names as URI references.

use std::fmt::Write as _;

/// A file name as URI reference (RFC 3986): an absolute one gets the scheme `file`, and a relative one
/// whose first segment has a colon a `./` before it, as that would be read as a scheme.
pub(super) fn uri(file: &str) -> String {
    let mut uri = String::new();
    let drive = file.as_bytes().get(1) == Some(&b':')
        && file.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let slashes = drive || file.starts_with("\\\\");
    if file.starts_with('/') {
        uri.push_str("file://");
    } else if drive {
        uri.push_str("file:///");
    } else if file.split('/').next().is_some_and(|segment| segment.contains(':')) {
        uri.push_str("./");
    }
    for byte in file.bytes() {
        match byte {
            b'\\' if slashes => uri.push('/'),
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b':'
            | b'@'
            | b'+'
            | b',' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn file_names_become_uris() {
        for (file, expected) in [
            ("vm.ovf", "vm.ovf"),
            ("my vm#1 50%.ovf", "my%20vm%231%2050%25.ovf"),
            ("größe.ovf", "gr%C3%B6%C3%9Fe.ovf"),
            ("/srv/vm.ovf", "file:///srv/vm.ovf"),
            ("a:b/vm.ovf", "file:///a:b/vm.ovf"),
            ("ab:c/vm.ovf", "./ab:c/vm.ovf"),
            ("C:\\vms\\vm.ovf", "file:///C:/vms/vm.ovf"),
            ("-", "-"),
        ] {
            assert_eq!(uri(file), expected);
        }
    }
}

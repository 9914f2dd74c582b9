//! What extension headers carry: pax records and GNU long names.

use crate::diagnostic::{Code, quoted};
use crate::package::finding::{Fault, Field};

/// Keys that concern only what a file is like once it is unpacked: ignored.
const HARMLESS: &[&str] = &["mtime", "atime", "ctime", "uid", "gid", "uname", "gname"];
/// Beginnings of the keys of libarchive, star and others for the same: ignored, and said.
const IGNORED: &[&str] = &[
    "comment",
    "LIBARCHIVE.creationtime",
    "LIBARCHIVE.xattr.",
    "SCHILY.acl.",
    "SCHILY.dev",
    "SCHILY.fflags",
    "SCHILY.ino",
    "SCHILY.nlink",
    "SCHILY.xattr.",
    "RHT.security.selinux",
    "MSWINDOWS.",
];

/// What the records of a pax header say about the member after it.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) path: Option<String>,
    pub(super) size: Option<u64>,
    /// The first key that was ignored, for a finding.
    pub(super) ignored: Option<String>,
}

/// Reads the records of a pax extended header (POSIX.1 pax, "pax Extended Header").
pub(super) fn records(bytes: &[u8]) -> Result<Records, Fault<'static>> {
    let mut records = Records::default();
    let mut seen = std::collections::BTreeSet::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (key, value, after) = record(rest).ok_or_else(|| {
            let start = rest.get(..rest.len().min(40)).unwrap_or_default();
            malformed(format_args!(
                "a pax record is not of the form `length key=value`: {}",
                quoted(&String::from_utf8_lossy(start))
            ))
        })?;
        rest = after;
        // Readers stop at a NUL, or begin the next record at a line feed.
        if key.is_empty() || value.contains(['\0', '\n']) || key.contains(['\0', '\n']) {
            return Err(malformed(format_args!(
                "the pax record {} has a NUL or a line feed inside",
                quoted(key)
            )));
        }
        if !seen.insert(key) {
            return Err(Fault::new(
                Code::DUPLICATE_PAX_KEY,
                format_args!("the pax key {} is given twice", quoted(key)),
            )
            .field(Field::Extension));
        }
        match key {
            "path" => records.path = Some(path(value)?),
            "size" => records.size = Some(size(value)?),
            "linkpath" => {
                return Err(Fault::new(
                    Code::LINK_MEMBER,
                    format_args!("a pax header gives the target of a link"),
                )
                .field(Field::Extension)
                .help("put regular files only into the archive"));
            }
            _ if key.starts_with("GNU.sparse.")
                || matches!(key, "SCHILY.realsize" | "SCHILY.offset") =>
            {
                return Err(Fault::new(
                    Code::SPARSE_MEMBER,
                    format_args!("the pax key {} makes the member sparse", quoted(key)),
                )
                .field(Field::Extension)
                .help("build the archive without `--sparse`"));
            }
            _ if HARMLESS.contains(&key) => {}
            _ if IGNORED.iter().any(|start| key.starts_with(start)) => {
                records.ignored = records.ignored.or_else(|| Some(key.to_owned()))
            }
            _ => {
                return Err(Fault::new(
                    Code::UNKNOWN_PAX_KEY,
                    format_args!("the pax key {} may change what the member is", quoted(key)),
                )
                .field(Field::Extension)
                .help("build the archive in the ustar format: `tar --format=ustar`"));
            }
        }
    }
    Ok(records)
}

/// The first record: key, value, and what follows it.
fn record(bytes: &[u8]) -> Option<(&str, &str, &[u8])> {
    let blank = bytes.iter().take(8).position(|&byte| byte == b' ')?;
    let digits = bytes.get(..blank)?;
    let length = usize::try_from(decimal(std::str::from_utf8(digits).ok()?)?).ok()?;
    let (record, after) = bytes.split_at_checked(length)?;
    let text = record.get(blank.checked_add(1)?..)?.strip_suffix(b"\n")?;
    let (key, value) = std::str::from_utf8(text).ok()?.split_once('=')?;
    Some((key, value, after))
}

/// A decimal number as one writes it: no sign, no blank, no zero before it.
fn decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    (canonical && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn path(value: &str) -> Result<String, Fault<'static>> {
    // An empty value takes the record back, for readers that know that.
    if value.is_empty() {
        return Err(malformed(format_args!("the pax record `path` is empty")));
    }
    Ok(value.to_owned())
}

fn size(value: &str) -> Result<u64, Fault<'static>> {
    decimal(value).filter(|size| i64::try_from(*size).is_ok()).ok_or_else(|| {
        Fault::new(
            Code::TAR_SIZE_ILLEGAL,
            format_args!("the pax record `size` is {}, not a number of bytes", quoted(value)),
        )
        .field(Field::Extension)
    })
}

/// Reads a GNU long name: text and the NUL that ends it.
pub(super) fn long_name(bytes: &[u8]) -> Result<Vec<u8>, Fault<'static>> {
    let name = bytes.strip_suffix(&[0]).unwrap_or(bytes);
    let why = if name.is_empty() {
        "is empty"
    } else if name.contains(&0) {
        "goes on after its NUL"
    } else {
        return Ok(name.to_vec());
    };
    Err(Fault::new(Code::MALFORMED_LONG_NAME, format_args!("the GNU long name {why}"))
        .field(Field::Extension))
}

fn malformed(message: std::fmt::Arguments<'_>) -> Fault<'static> {
    Fault::new(Code::MALFORMED_PAX_HEADER, message)
        .field(Field::Extension)
        .help("build the archive in the ustar format: `tar --format=ustar`")
}

#[cfg(test)]
mod tests {
    use super::{long_name, records};

    #[test]
    fn records_are_read() {
        let read =
            records(b"18 path=disk.vmdk\n19 size=9000000000\n22 mtime=1700000000.5\n").unwrap();
        assert_eq!((read.path.as_deref(), read.size), (Some("disk.vmdk"), Some(9_000_000_000)));
        assert!(records(b"").unwrap().path.is_none());
    }

    #[test]
    fn a_length_must_be_that_of_the_record() {
        for bad in [
            &b"17 path=disk.vmdk\n"[..],
            b"19 path=disk.vmdk\n",
            b"018 path=disk.vmd\n",
            b"+18 path=disk.vmd\n",
            b"0 a=b\n",
            b"6 a=b\n\0",
            b"6 a=bc",
            b"5 ab\n",
            b" 6 a=b\n",
            b"99999999999999999999 a=b\n",
            b"9 path=\xff\n",
        ] {
            assert!(records(bad).is_err(), "{:?}", String::from_utf8_lossy(bad));
        }
    }

    #[test]
    fn long_names_end_at_their_nul() {
        assert_eq!(long_name(b"name\0").unwrap(), b"name");
        assert_eq!(long_name(b"name").unwrap(), b"name");
        assert!(
            long_name(b"").is_err() && long_name(b"\0").is_err() && long_name(b"a\0b\0").is_err()
        );
    }
}

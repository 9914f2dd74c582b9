//! `rasd:HostResource`: which disk or file backs a device (DSP0243 8.3, table 5).

use super::number::collapse;

/// What a device is backed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostResource<'a> {
    /// Whether the id is that of a Disk or of a File.
    pub kind: Kind,
    /// The id: everything behind the second slash, so it may hold blanks and slashes.
    pub id: &'a str,
    /// How the reference departs from `ovf:/disk/ID` and `ovf:/file/ID`.
    pub deviation: Option<Deviation>,
}

/// What a [`HostResource`] refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `disk`: a Disk of the DiskSection.
    Disk,
    /// `file`: a File of References.
    File,
}

impl Kind {
    /// `disk` or `file`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::File => "file",
        }
    }
}

/// A spelling that is not the standard's but can mean one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// `/disk/ID`, the form of OVF 0.9.
    NoScheme,
    /// `ovf://disk/ID`, as if `disk` were a host.
    DoubleSlash,
}

/// Why a text names no Disk and no File.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostResourceError {
    /// Nothing, or nothing but white space: a device without backing.
    #[error("is empty")]
    Empty,
    /// `ovf:/disk/` with nothing behind it.
    #[error("names no id")]
    NoId,
    /// `ovf:/` with something other than `disk` or `file`.
    #[error("refers to neither a disk nor a file")]
    UnknownKind,
    /// No reference at all: a path, a name.
    #[error("is no reference of the form `ovf:/disk/ID` or `ovf:/file/ID`")]
    Raw,
}

impl<'a> HostResource<'a> {
    /// Reads `ovf:/disk/ID` and `ovf:/file/ID`, and the [deviations](Deviation) from it. White space
    /// around the whole is left out.
    ///
    /// ```
    /// use ovf::value::host_resource::{HostResource, Kind};
    ///
    /// let backing = HostResource::parse("ovf:/disk/system disk")?;
    /// assert_eq!((backing.kind, backing.id), (Kind::Disk, "system disk"));
    /// # Ok::<(), ovf::value::host_resource::HostResourceError>(())
    /// ```
    ///
    /// # Errors
    /// [`HostResourceError`], when the text refers to nothing.
    pub fn parse(text: &'a str) -> Result<Self, HostResourceError> {
        let text = collapse(text);
        if text.is_empty() {
            return Err(HostResourceError::Empty);
        }
        let (rest, deviation) = if let Some(rest) = text.strip_prefix("ovf://") {
            (rest, Some(Deviation::DoubleSlash))
        } else if let Some(rest) = text.strip_prefix("ovf:/") {
            (rest, None)
        } else if let Some(rest) = text.strip_prefix('/') {
            (rest, Some(Deviation::NoScheme))
        } else {
            return Err(HostResourceError::Raw);
        };
        let (kind, id) = rest.split_once('/').unwrap_or((rest, ""));
        let kind = match kind {
            "disk" => Kind::Disk,
            "file" => Kind::File,
            _ if deviation == Some(Deviation::NoScheme) => return Err(HostResourceError::Raw),
            _ => return Err(HostResourceError::UnknownKind),
        };
        if id.is_empty() { Err(HostResourceError::NoId) } else { Ok(Self { kind, id, deviation }) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms() {
        use HostResourceError::{Empty, NoId, Raw, UnknownKind};
        let read = |kind, id, deviation| Ok(HostResource { kind, id, deviation });
        for (text, want) in [
            ("ovf:/disk/vmdisk1", read(Kind::Disk, "vmdisk1", None)),
            ("ovf:/file/iso 1", read(Kind::File, "iso 1", None)),
            ("\n  ovf:/disk/a/b\n", read(Kind::Disk, "a/b", None)),
            ("/disk/vmdisk1", read(Kind::Disk, "vmdisk1", Some(Deviation::NoScheme))),
            ("/file/cd", read(Kind::File, "cd", Some(Deviation::NoScheme))),
            ("ovf://disk/vmdisk1", read(Kind::Disk, "vmdisk1", Some(Deviation::DoubleSlash))),
            ("ovf:/disk/../file/x", read(Kind::Disk, "../file/x", None)),
            ("ovf:/disk//x", read(Kind::Disk, "/x", None)),
            ("", Err(Empty)),
            (" \n ", Err(Empty)),
            ("ovf:/disk/", Err(NoId)),
            ("ovf:/disk", Err(NoId)),
            ("/disk/", Err(NoId)),
            ("ovf:/disc/x", Err(UnknownKind)),
            ("ovf:/", Err(UnknownKind)),
            ("ovf:///disk/x", Err(UnknownKind)),
            ("ovf:disk/x", Err(Raw)),
            ("disk/x", Err(Raw)),
            ("/vm/disk.vmdk", Err(Raw)),
            ("nonexistent.vmdk", Err(Raw)),
        ] {
            assert_eq!(HostResource::parse(text), want, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_id_comes_back(id in "[^ \t\r\n][^\t\r\n]{0,20}[^ \t\r\n]") {
            let text = format!("ovf:/file/{id}");
            prop_assert_eq!(HostResource::parse(&text).map(|read| read.id), Ok(id.as_str()));
        }

        #[test]
        fn takes_anything(text in "(ovf)?[:/a-z ]{0,12}") {
            let _ = HostResource::parse(&text);
        }
    }
}

//! Findings about an archive and its members, which have a place in a file but no line.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::{Code, Counts, Judged, Kept, Levels, Severity, one_line};
use crate::limits::Limits;
use crate::policy::Policy;

/// A finding about an archive, or about a member of a package as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of fault.
    pub code: Code,
    /// How much it matters, after policy and overrides.
    pub severity: Severity,
    /// One line, lower case, no full stop, at most 512 bytes, free of control characters.
    pub message: String,
    /// The member it is about; none when it is about the archive.
    ///
    /// A safe name stands here as it is in the archive. In others everything that could steer a
    /// terminal is replaced, and what is over 512 bytes is cut.
    pub member: Option<String>,
    /// Where in the archive, in bytes from its start: the first byte of the header, or of what is
    /// wrong outside a header.
    pub offset: Option<u64>,
    /// The field of the header.
    pub field: Option<Field>,
    /// What to do about it, in the imperative.
    pub help: Option<String>,
}

/// A field of a tar header (POSIX.1 ustar).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// Bytes 0 to 99.
    Name,
    /// Bytes 100 to 107.
    Mode,
    /// Bytes 108 to 115.
    Uid,
    /// Bytes 116 to 123.
    Gid,
    /// Bytes 124 to 135.
    Size,
    /// Bytes 136 to 147.
    Mtime,
    /// Bytes 148 to 155.
    Checksum,
    /// Byte 156.
    TypeFlag,
    /// Bytes 257 to 264: magic and version.
    Magic,
    /// Bytes 345 to 499.
    Prefix,
    /// A record of a pax header, or the text of a GNU long name.
    Extension,
}

impl Field {
    /// The name POSIX.1 gives the field.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Mode => "mode",
            Self::Uid => "uid",
            Self::Gid => "gid",
            Self::Size => "size",
            Self::Mtime => "mtime",
            Self::Checksum => "chksum",
            Self::TypeFlag => "typeflag",
            Self::Magic => "magic",
            Self::Prefix => "prefix",
            Self::Extension => "extended header",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Gathers findings about a package: gives them their severity, counts them, keeps as many as
/// [`Limits::diagnostics`] allows.
#[derive(Clone, Debug)]
pub struct Findings {
    kept: Kept<Finding>,
    counts: Counts,
    complete: bool,
    levels: Levels,
}

impl Judged for Finding {
    fn severity(&self) -> Severity {
        self.severity
    }
}

impl Default for Findings {
    fn default() -> Self {
        Self::new(Policy::new(), &Limits::default())
    }
}

impl Findings {
    /// None yet, to be judged by a policy.
    #[must_use]
    pub fn new(policy: Policy, limits: &Limits) -> Self {
        let mut levels = Levels::default();
        levels.set_strictness(policy.strictness);
        Self::with_levels(levels, limits.diagnostics)
    }

    /// None yet, to be judged as a validator judges.
    pub(super) const fn with_levels(levels: Levels, room: usize) -> Self {
        Self { kept: Kept::new(room), counts: Counts::none(), complete: true, levels }
    }

    /// The same with another severity for a code; `None` silences it.
    #[must_use]
    pub fn level(mut self, code: Code, severity: Option<Severity>) -> Self {
        self.levels.set(code, severity);
        self
    }

    /// What was found, in the order of finding: that of the archive.
    #[must_use]
    pub fn list(&self) -> &[Finding] {
        self.kept.as_slice()
    }

    /// How many there are of each severity, those not kept among them.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether no ceiling cut the work short.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Adds a finding; nothing when the code is silenced.
    pub(super) fn add(&mut self, fault: Fault<'_>) {
        if fault.code == Code::LIMIT_REACHED {
            self.complete = false;
        }
        let Some(severity) = self.levels.severity(fault.code) else { return };
        self.counts.add(severity);
        if self.kept.is_full() {
            self.complete = false;
        }
        if !self.kept.make_room(severity) {
            return;
        }
        self.kept.push(Finding {
            code: fault.code,
            severity,
            message: one_line(format_args!("{}", fault.message)),
            member: fault.member.map(|name| one_line(format_args!("{name}"))),
            offset: fault.offset,
            field: fault.field,
            help: fault.help.map(|help| one_line(format_args!("{help}"))),
        });
    }
}

/// What is wrong, before it has a severity.
#[derive(Debug)]
pub(super) struct Fault<'m> {
    code: Code,
    message: String,
    member: Option<Cow<'m, str>>,
    offset: Option<u64>,
    field: Option<Field>,
    help: Option<String>,
}

impl<'m> Fault<'m> {
    pub(super) fn new(code: Code, message: fmt::Arguments<'_>) -> Self {
        Self {
            code,
            message: message.to_string(),
            member: None,
            offset: None,
            field: None,
            help: None,
        }
    }

    pub(super) fn member<'n>(self, name: &'n str) -> Fault<'n>
    where
        'm: 'n,
    {
        Fault { member: Some(Cow::Borrowed(name)), ..self }
    }

    pub(super) fn owned_member(mut self, name: String) -> Self {
        self.member = Some(Cow::Owned(name));
        self
    }

    pub(super) fn at(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    pub(super) fn field(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    pub(super) const fn code(&self) -> Code {
        self.code
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

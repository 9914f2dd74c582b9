//! What is said of members that can be read: their format, their size, their names.

use std::collections::{BTreeMap, BTreeSet};

use super::header::{HeaderFormat, USTAR_SIZE_MAX};
use super::{Member, MemberKind};
use crate::diagnostic::{Code, quoted};
use crate::package::finding::{Fault, Field, Findings};
use crate::package::names;

/// Judges members one after the other.
#[derive(Debug)]
pub(super) struct Judge {
    /// Every name by what it is on the least picky file system.
    names: BTreeMap<String, String>,
    /// Codes of what concerns the tool that made the archive: said once, not for every member.
    said: BTreeSet<Code>,
}

impl Judge {
    pub(super) const fn new() -> Self {
        Self { names: BTreeMap::new(), said: BTreeSet::new() }
    }

    /// Adds a finding unless its code was said before.
    pub(super) fn once(&mut self, fault: Fault<'_>, out: &mut Findings) {
        if self.said.insert(fault.code()) {
            out.add(fault);
        }
    }

    /// DSP0243 5.3: USTAR, with what USTAR has room for.
    pub(super) fn format(&mut self, member: &Member, out: &mut Findings) {
        let fault = |code, field, message: std::fmt::Arguments<'_>, help: &str| {
            Fault::new(code, message)
                .at(member.header_offset)
                .field(field)
                .help(help)
                .member(&member.name)
        };
        if member.format != HeaderFormat::Ustar {
            let message =
                format_args!("the headers are in the {} format, not ustar", member.format.as_str());
            let help = "build the archive in the ustar format: `tar --format=ustar`";
            self.once(fault(Code::TAR_NOT_USTAR, Field::Magic, message, help), out);
        }
        if member.size > USTAR_SIZE_MAX {
            let message = format_args!(
                "the member has {} bytes, and ustar has room for {USTAR_SIZE_MAX}",
                member.size
            );
            let help = "split the file into pieces by `ovf:chunkSize`";
            out.add(fault(Code::MEMBER_OVER_8_GIB, Field::Size, message, help));
        }
        let why = if !member.name.is_ascii() {
            "has letters outside ASCII"
        } else if !fits_ustar(&member.name) {
            "is too long for ustar"
        } else {
            return;
        };
        let message = format_args!("the member name {} {why}", quoted(&member.name));
        let help = "give the file a short name of ASCII letters, digits, `.`, `-` and `_`";
        self.once(fault(Code::MEMBER_NAME_NOT_USTAR, Field::Name, message, help), out);
    }

    /// DSP0243 5.3: a name occurs once; and it is safe to use as a path.
    pub(super) fn name(&mut self, member: &Member, is_utf8: bool, out: &mut Findings) {
        let name = &member.name;
        let fault = |code, message: std::fmt::Arguments<'_>, help: &str| {
            Fault::new(code, message)
                .at(member.header_offset)
                .field(Field::Name)
                .help(help)
                .member(name)
        };
        let is_directory = member.kind == MemberKind::Directory;
        // `tar -C folder .` writes the folder itself as `./`.
        let is_root = is_directory && matches!(name.as_str(), "." | "./");
        let plain = names::without_dot(name);
        let plain = if is_directory { plain.strip_suffix('/').unwrap_or(plain) } else { plain };
        let danger = if is_utf8 { names::danger(plain) } else { Some("is not UTF-8".to_owned()) };
        if let Some(why) = danger.filter(|_| !is_root) {
            let message = format_args!("the member name {} is not safe: it {why}", quoted(name));
            let help = "name the member like a file beside the descriptor";
            out.add(fault(Code::UNSAFE_MEMBER_NAME, message, help));
        } else if name.starts_with("./") && !is_root {
            let message = format_args!("the member name {} begins with `./`", quoted(name));
            let help = "name the files to `tar` instead of the folder `.`";
            self.once(fault(Code::DOTTED_MEMBER_NAME, message, help), out);
        }
        let key = names::fold_key(name);
        match self.names.get(&key) {
            None => {
                self.names.insert(key, name.clone());
            }
            Some(first) if first == name => {
                let message = format_args!("the member name {} occurs twice", quoted(name));
                let help = "build the archive anew instead of appending to it";
                out.add(fault(Code::DUPLICATE_MEMBER, message, help));
            }
            Some(first) => {
                let message = format_args!(
                    "the member names {} and {} stand for one file on some systems",
                    quoted(first),
                    quoted(name)
                );
                out.add(fault(Code::ALIAS_MEMBER, message, "give the two different names"));
            }
        }
    }
}

/// Whether a name can be written as at most 155 bytes of folders, `/` and at most 100 bytes (POSIX.1 ustar).
fn fits_ustar(name: &str) -> bool {
    name.len() <= 100
        || name
            .match_indices('/')
            .any(|(at, _)| at <= 155 && name.len().saturating_sub(at).saturating_sub(1) <= 100)
}

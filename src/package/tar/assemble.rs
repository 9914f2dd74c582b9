//! A member from its header and what an extension header said about it.

use super::header::{BLOCK, Header, HeaderFormat, Role, USTAR_SIZE_MAX};
use super::{Member, MemberKind, pax};
use crate::diagnostic::{Code, quoted};
use crate::limits::Limits;
use crate::package::finding::{Fault, Field};

/// What an extension header said, until the header it belongs to comes.
#[derive(Debug)]
pub(super) struct Extension {
    /// Offset of the extension header.
    pub(super) at: u64,
    format: HeaderFormat,
    pub(super) name: Option<Vec<u8>>,
    size: Option<u64>,
    ignored: Option<String>,
}

impl Extension {
    /// Reads what an extension header at an offset carries.
    pub(super) fn read(role: Role, bytes: &[u8], at: u64) -> Result<Self, Fault<'static>> {
        if role == Role::LongName {
            let name = Some(pax::long_name(bytes).map_err(|fault| fault.at(at))?);
            return Ok(Self { at, format: HeaderFormat::Gnu, name, size: None, ignored: None });
        }
        let records = pax::records(bytes).map_err(|fault| fault.at(at))?;
        Ok(Self {
            at,
            format: HeaderFormat::Pax,
            name: records.path.map(String::into_bytes),
            size: records.size,
            ignored: records.ignored,
        })
    }

    /// What of it has no meaning here.
    pub(super) fn oddity(&self) -> Option<Fault<'static>> {
        let key = self.ignored.as_ref()?;
        let message = format_args!("the pax key {} is ignored", quoted(key));
        Some(Fault::new(Code::PAX_KEY_IGNORED, message).at(self.at).field(Field::Extension))
    }
}

/// The member whose header stands at an offset, and whether its name is UTF-8.
pub(super) fn member(
    header: Header,
    extension: Option<Extension>,
    at: u64,
    limits: &Limits,
) -> Result<(Member, bool), Fault<'static>> {
    let (header_offset, format, name, record) = match extension {
        Some(Extension { at, format, name, size, .. }) => (at, format, name, size),
        None => (at, header.format, None, None),
    };
    let name = name.unwrap_or(header.name);
    if name.len() > limits.member_name_bytes {
        let (length, most) = (name.len(), limits.member_name_bytes);
        let what = format_args!(
            "the name of a member has {length} bytes, more than the {most} that the limit `member_name_bytes` allows; reading ends here"
        );
        let fault = Fault::new(Code::LIMIT_REACHED, what).at(header_offset);
        return Err(fault.help("raise the limit `member_name_bytes` if the archive is honest"));
    }
    let (text, is_utf8) = match String::from_utf8(name) {
        Ok(text) => (text, true),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
    };
    let fault = |code, text: &str, message: std::fmt::Arguments<'_>, help| {
        let fault = Fault::new(code, message).at(at).field(Field::Size).help(help);
        Err(fault.owned_member(text.to_owned()))
    };
    let size = record.unwrap_or(header.size);
    if !is_one_size(size, header.size) {
        let message = format_args!("the pax record says {size} bytes, the header {}", header.size);
        let help = "build the archive with a tool that writes one size";
        return fault(Code::TAR_SIZE_CONFLICT, &text, message, help);
    }
    // Version 7 had no type for directories; a name with `/` at its end made one.
    let is_directory = header.role == Role::Directory || text.ends_with('/');
    if is_directory && size > 0 {
        let message = format_args!("the directory has a size of {size} bytes");
        return fault(Code::DIRECTORY_WITH_DATA, &text, message, "add the files alone");
    }
    let data_offset = at.saturating_add(BLOCK as u64);
    let end = data_offset.checked_add(size).and_then(|end| end.checked_add(BLOCK as u64));
    if end.is_none() {
        let message = format_args!("a member of {size} bytes would end beyond 16 EiB");
        return fault(Code::TAR_SIZE_ILLEGAL, &text, message, "build the archive again");
    }
    let kind = if is_directory { MemberKind::Directory } else { MemberKind::File };
    Ok((Member { name: text, size, kind, header_offset, data_offset, format }, is_utf8))
}

/// Whether the sizes of pax record and header stand for one number.
///
/// Writers leave zero or the biggest number in a header that has no room for the size.
const fn is_one_size(record: u64, header: u64) -> bool {
    record == header || record > USTAR_SIZE_MAX && matches!(header, 0 | USTAR_SIZE_MAX)
}

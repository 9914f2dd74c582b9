//! One pass over the bytes before parsing: what has to be looked for, and how much there will be.

use super::faults::Faults;
use super::markup::CDATA_END;
use super::{builder, text};
use crate::diagnostic::Code;

/// What one pass over the bytes told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    /// `<` that do not begin an end tag, comment, instruction or declaration: at least as many as elements.
    pub(super) start_tags: usize,
    /// `=`: at least as many as attributes.
    pub(super) equals_signs: usize,
    /// Whether `]]>` appears at all.
    pub(super) has_cdata_end: bool,
}

impl Survey {
    /// Looks at each byte once. Characters that XML forbids are reported here, so that nothing after
    /// has to look for them.
    pub(super) fn of(text: &str, faults: &mut Faults<'_>) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Self {
            has_cdata_end: memchr::memmem::find(bytes, CDATA_END).is_some(),
            ..Self::default()
        };
        let mut previous = 0;
        for &byte in bytes {
            survey.start_tags +=
                usize::from(previous == b'<' && !matches!(byte, b'/' | b'!' | b'?'));
            survey.equals_signs += usize::from(byte == b'=');
            previous = byte;
        }
        let mut illegal = text.char_indices().filter(|&(_, c)| !text::is_legal(c));
        while let Some((at, c)) = illegal.next() {
            if faults.are_too_many() {
                break;
            }
            faults
                .add(
                    Code::ILLEGAL_CHARACTER,
                    builder::span(at, at + c.len_utf8()),
                    format_args!("the character U+{:04X} is not allowed in XML", u32::from(c)),
                )
                .help(format_args!("remove it"))
                .done();
        }
        survey
    }
}

//! Bytes to text.

use std::borrow::Cow;

use crate::limits::Limits;
use crate::span::LineCol;

/// The text of a descriptor.
#[derive(Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
}

/// The bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Not UTF-8.
    #[error("the input is not UTF-8")]
    NotUtf8,
}

impl<'a> Source<'a> {
    /// Decodes with the default limits.
    ///
    /// # Errors
    ///
    /// When the bytes are no text.
    pub fn decode(input: &'a [u8]) -> Result<Self, DecodeError> {
        Self::decode_with(input, &Limits::default())
    }

    /// Decodes with other limits.
    ///
    /// # Errors
    ///
    /// When the bytes are no text.
    pub fn decode_with(input: &'a [u8], _limits: &Limits) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(input).map_err(|_| DecodeError::NotUtf8)?;
        Ok(Self { text: Cow::Borrowed(text) })
    }

    /// The decoded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset.
    #[must_use]
    pub fn line_col(&self, offset: u32) -> LineCol {
        let before = self.text.get(..offset as usize).unwrap_or(&self.text);
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count());
        LineCol {
            line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1),
            column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
        }
    }
}

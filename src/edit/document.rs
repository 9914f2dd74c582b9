//! An edit, and the document it makes.

use std::fmt;

use super::changes::{Changes, Overlap};
use super::fragment::FragmentError;
use super::tree::TreeError;
use crate::diagnostic::{Diagnostic, Severity, quoted};
use crate::model::Envelope;
use crate::report::Validator;
use crate::source::{Charset, DecodeError, Source};
use crate::span::Span;
use crate::value::property::qualifier::Breach;
use crate::value::property::{PropertyType, ValueError};

/// What an edit changes in a descriptor, and in words what that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    changes: Changes,
    steps: Vec<Step>,
}

/// One thing an edit does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The one-based line of the descriptor before the edit.
    pub line: u32,
    /// What is done there, without the values of properties: ``rename `a` to `b` ``.
    pub what: String,
}

impl Edit {
    /// An edit that changes nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { changes: Changes::new(), steps: Vec::new() }
    }

    /// What is replaced.
    #[must_use]
    pub const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What is done, in words, in the order it was computed.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether nothing changes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds another edit of the same descriptor.
    pub fn append(&mut self, other: Self) {
        self.changes.append(other.changes);
        self.steps.extend(other.steps);
    }

    /// Makes the edited document and checks it.
    ///
    /// The text is UTF-8, whatever the descriptor was: the encoding declaration of UTF-16 is changed with
    /// it, and base64 of gzip is not packed again. A byte order mark of UTF-8 stays.
    ///
    /// # Errors
    ///
    /// [`EditError::Overlap`] when edits that were put together change the same bytes, and
    /// [`EditError::Text`] when the text becomes longer than offsets can address. That the edit breaks the
    /// descriptor is no error here: see [`Edited::diagnostics`].
    pub fn apply(
        &self,
        envelope: &Envelope<'_>,
        validator: &Validator,
    ) -> Result<Edited, EditError> {
        let source = envelope.source();
        let mut changes = self.changes.clone();
        let mark = match source.charset() {
            Charset::Utf8 => false,
            Charset::Utf8Bom => true,
            Charset::Utf16Le | Charset::Utf16Be => {
                if let Some(span) = source.declared_encoding() {
                    changes.replace(span, Charset::Utf8.as_str());
                }
                false
            }
        };
        let text = changes.apply(source.text())?.into_owned();
        let source = Source::from_text(text)?;
        let diagnostics: Vec<_> = {
            let report = validator.check(&source);
            let found = report.diagnostics().iter();
            found.filter(|found| found.severity == Severity::Error).cloned().collect()
        };
        Ok(Edited { source, mark, diagnostics })
    }

    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.changes.replace(span, text);
    }

    /// Says what is done at a place of the descriptor.
    pub(super) fn step(&mut self, envelope: &Envelope<'_>, at: u32, what: fmt::Arguments<'_>) {
        let line = envelope.source().line_col(at).line;
        self.steps.push(Step { line, what: what.to_string() });
    }
}

/// A descriptor after an edit.
#[derive(Debug)]
pub struct Edited {
    source: Source<'static>,
    mark: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Edited {
    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The text as a source, to check or edit it further.
    #[must_use]
    pub const fn source(&self) -> &Source<'static> {
        &self.source
    }

    /// The bytes of the file: UTF-8, with a byte order mark if there was one of UTF-8 before.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mark: &[u8] = if self.mark { b"\xEF\xBB\xBF" } else { b"" };
        [mark, self.text().as_bytes()].concat()
    }

    /// The errors found in the edited document, by the validator it was checked with.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether no error was found in the edited document.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// What a name in an [`EditError`] is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Named {
    /// A virtual system or a collection.
    Entity,
    /// A property, by its full key.
    Property,
    /// A deployment option.
    Option,
    /// A network.
    Network,
    /// A file of `References`, by its id.
    File,
    /// A disk of the `DiskSection`, by its id.
    Disk,
    /// A placement group, by its id.
    PlacementGroup,
    /// A group of VMware's for placing by tags, by its id.
    TagPlacementGroup,
    /// A storage group of VMware's, by its id.
    StorageGroup,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entity => "entity",
            Self::Property => "property",
            Self::Option => "deployment option",
            Self::Network => "network",
            Self::File => "file",
            Self::Disk => "disk",
            Self::PlacementGroup => "placement group",
            Self::TagPlacementGroup => "group for placing by tags",
            Self::StorageGroup => "storage group",
        })
    }
}

/// Why an edit is not made. No message shows the value of a property.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// Nothing has the name.
    #[error("there is no {what} {}", quoted(name))]
    Unknown {
        /// What was looked for.
        what: Named,
        /// The name.
        name: String,
    },
    /// The new name is empty, or has a character that cannot stand there.
    #[error("the {what} cannot be named {}", quoted(name))]
    Unfit {
        /// What was to be named.
        what: Named,
        /// The name.
        name: String,
    },
    /// Another one has the name already.
    #[error("the {what} in line {line} has the name {} already", quoted(name))]
    Taken {
        /// What was to be named.
        what: Named,
        /// The name.
        name: String,
        /// The one-based line of the other.
        line: u32,
    },
    /// A `chunkSize` that is zero or more than an `xs:long` holds (DSP0243 7.1).
    #[error("no file is in pieces of {size} bytes")]
    ChunkSize {
        /// In bytes.
        size: u64,
    },
    /// Two new names, or two new values, for one thing.
    #[error("there are two wishes for the {what} {}", quoted(name))]
    Twice {
        /// What it is.
        what: Named,
        /// Its name.
        name: String,
    },
    /// The value is not of the type of the property.
    #[error("the value for {} is no `{kind}`: it {error}", quoted(key))]
    NotOfType {
        /// The full key of the property.
        key: String,
        /// Its type.
        kind: PropertyType,
        /// What is wrong.
        error: ValueError,
    },
    /// The value breaks a qualifier of the property.
    #[error("the value for {} {breach}", quoted(key))]
    Breach {
        /// The full key of the property.
        key: String,
        /// What is wrong.
        breach: Breach,
    },
    /// Users may not configure the property (DSP0243 9.5.1).
    #[error("the property {} is not configurable by users", quoted(key))]
    NotConfigurable {
        /// The full key of the property.
        key: String,
    },
    /// A section that cannot be put in.
    #[error(transparent)]
    Fragment(#[from] FragmentError),
    /// A section tree that cannot be put back.
    #[error(transparent)]
    Tree(Box<TreeError>),
    /// Edits that were put together change the same bytes.
    #[error(transparent)]
    Overlap(#[from] Overlap),
    /// The edited text is too long.
    #[error(transparent)]
    Text(#[from] DecodeError),
}

impl EditError {
    pub(super) fn unknown(what: Named, name: &str) -> Self {
        Self::Unknown { what, name: name.to_owned() }
    }
}

/// Whether a text can stand in XML 1.0 at all.
pub(super) fn is_writable(text: &str) -> bool {
    text.chars().all(
        |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..),
    )
}

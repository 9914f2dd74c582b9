//! What is wrong with choices, or noteworthy about them.

use std::fmt::{self, Write as _};

use crate::diagnostic::{closest, quoted};

/// What is wrong with a choice, or noteworthy about it: category `INPUT` of the vAPI.
///
/// No message ever holds the value of a password property.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// What it is about, for programs.
    pub kind: IssueKind,
    /// Which choice: `property:web.port`, `network:VM Network`, `option`.
    pub name: String,
    /// What was chosen; `None` when nothing was, or when it must not be shown.
    pub value: Option<String>,
    /// One line, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What an [`Issue`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IssueKind {
    /// A property has no value, and the empty text is none for it.
    MissingValue,
    /// A network that machines are connected to is not mapped.
    UnmappedNetwork,
    /// A licence is not accepted.
    EulaNotAccepted,
    /// The package wants to be registered as an extension of vCenter, and that is not accepted.
    ExtensionNotAccepted,
    /// The deployment option is none of the descriptor's.
    UnknownOption,
    /// No property has the key.
    UnknownProperty,
    /// The property does not exist under the deployment option.
    InactiveProperty,
    /// Nobody may set the property.
    NotConfigurable,
    /// The value is not of the type.
    WrongType,
    /// The value is of the type, but spelt in a way others do not take.
    LooseValue,
    /// The value breaks a qualifier.
    BrokenQualifier,
    /// The value is no address of IP.
    NotAnAddress,
    /// The address is of the version of IP that was not chosen.
    WrongProtocol,
    /// The value has a character that no XML document can hold.
    IllegalCharacter,
    /// The value refers to a property that is not there.
    UnknownReference,
    /// The value leads back to itself.
    CircularReference,
    /// The value grows beyond all measure by what it refers to.
    TooLong,
    /// The default of the descriptor does not obey its own rules.
    InvalidDefault,
    /// Several entities have a property of the full key.
    DuplicateProperty,
    /// No network has the name.
    UnknownNetwork,
    /// Nothing stands where the name of a target belongs.
    EmptyTarget,
    /// No disk and no storage group has the id.
    UnknownStorage,
    /// No scale-out section has the id.
    UnknownScaleOut,
    /// A scale-out section does not allow the number.
    InstanceCount,
    /// The guest does not support the way of giving addresses.
    UnsupportedIpPolicy,
    /// The guest does not support the version of IP.
    UnsupportedIpProtocol,
    /// No setting has the key.
    UnknownExtraConfig,
    /// Settings to take over and settings to leave out are both given.
    ExtraConfigConflict,
    /// vSphere does not take the name.
    InvalidName,
    /// There are no texts in the language.
    UnknownLocale,
    /// A section is required and nobody knows it.
    UnknownSection,
    /// A class of parameters is not known.
    UnknownParameters,
    /// A parameter has a value that is not known.
    UnknownValue,
    /// A parameter is not used here.
    UnusedParameter,
}

impl IssueKind {
    /// The name, in words with hyphens: `unknown-property`.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }

    /// Whether it says that something is still to be chosen.
    #[must_use]
    pub const fn is_missing(self) -> bool {
        matches!(
            self,
            Self::MissingValue
                | Self::UnmappedNetwork
                | Self::EulaNotAccepted
                | Self::ExtensionNotAccepted
        )
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl Issue {
    pub(crate) fn new(
        kind: IssueKind,
        name: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { kind, name: name.into(), value: None, message: message.into(), help: None }
    }

    pub(crate) fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Names looked at for advice: more than any real descriptor has of one kind.
const NAMES: usize = 256;
/// Choices that get such advice: each costs a comparison with all names, and whoever has more wrong has
/// another descriptor in mind.
const ADVISED: usize = 64;

/// The first names of a list.
pub(super) struct Names<'n, T>(pub(super) &'n [T]);

impl<T: AsRef<str>> fmt::Display for Names<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a line holds.
        const SHOWN: usize = 8;
        let mut line = String::new();
        for (at, name) in self.0.iter().take(SHOWN).enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(line, "{comma}{}", quoted(name.as_ref()))?;
        }
        f.write_str(&line)?;
        match self.0.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => write!(f, " and {more} more"),
            _ => Ok(()),
        }
    }
}

/// Issues being gathered.
#[derive(Debug, Default)]
pub(super) struct Issues {
    pub(super) errors: Vec<Issue>,
    pub(super) warnings: Vec<Issue>,
    pub(super) information: Vec<Issue>,
    /// Whether what is missing is an error.
    pub(super) must_be_ready: bool,
    /// Choices that names were looked for that are near to theirs.
    advised: usize,
}

impl Issues {
    pub(super) fn new(must_be_ready: bool) -> Self {
        Self { must_be_ready, ..Self::default() }
    }

    /// The issue with advice on a name of nothing: "did you mean", or the names there are.
    pub(super) fn suggest<T: AsRef<str>>(
        &mut self,
        issue: Issue,
        name: &str,
        known: impl IntoIterator<Item = T>,
        what: &str,
    ) -> Issue {
        self.advised = self.advised.saturating_add(1);
        if self.advised > ADVISED {
            return issue;
        }
        let known: Vec<T> = known.into_iter().take(NAMES).collect();
        if let Some(near) = closest(name, known.iter().map(AsRef::as_ref)) {
            return issue.help(format!("did you mean {}?", quoted(near)));
        }
        if known.is_empty() {
            return issue.help(format!("the descriptor has no {what}"));
        }
        issue.help(format!("there are {}", Names(&known)))
    }

    pub(super) fn error(&mut self, issue: Issue) {
        self.errors.push(issue);
    }

    pub(super) fn warn(&mut self, issue: Issue) {
        self.warnings.push(issue);
    }

    pub(super) fn inform(&mut self, issue: Issue) {
        self.information.push(issue);
    }

    /// Something that is still to be chosen.
    pub(super) fn missing(&mut self, issue: Issue) {
        if self.must_be_ready { self.errors.push(issue) } else { self.information.push(issue) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_with_hyphens() {
        assert_eq!(IssueKind::UnknownProperty.name(), "unknown-property");
        assert_eq!(IssueKind::NotAnAddress.name(), "not-an-address");
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..10).map(|at| at.to_string()).collect();
        assert_eq!(Names(&names[..2]).to_string(), "`0`, `1`");
        assert!(Names(&names).to_string().ends_with("`7` and 2 more"));
        assert!(Names(&names[..9]).to_string().ends_with("`7` and 1 more"));
        assert!(Names(&names[..8]).to_string().ends_with("`6`, `7`"));
    }

    #[test]
    fn so_many_get_advice() {
        let mut issues = Issues::new(false);
        for at in 1..=ADVISED + 2 {
            let issue = Issue::new(IssueKind::UnknownNetwork, "network:lann", "there is no such");
            let issue = issues.suggest(issue, "lann", ["lan", "wan"], "networks");
            let want = (at <= ADVISED).then_some("did you mean `lan`?");
            assert_eq!(issue.help.as_deref(), want, "{at}");
        }
    }
}

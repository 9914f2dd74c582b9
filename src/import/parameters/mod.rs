//! Instantiation parameters: what can be chosen, what is chosen, and what is wrong with it.
//!
//! The probe and try-instantiate of vCenter's import sessions, as pure functions. Every call is given
//! all choices and remembers none: the same input gives the same output, whatever was asked before.

mod issue;
mod networks;
mod overview;
mod properties;
mod scale_out;
mod settings;
mod storage;
mod value;

use self::issue::Issues;
pub use self::issue::{Issue, IssueKind};
pub use self::networks::{IpAllocation, IpScheme, NetworkParameter};
pub use self::overview::{DeploymentOption, Extension, UnknownSection};
pub use self::properties::PropertyParameter;
pub use self::scale_out::ScaleOutGroup;
pub use self::settings::ExtraConfig;
pub use self::storage::StorageGroup;
use super::choices::Choices;
use super::deployment::Deployment;
use super::files::{Files, Sizes};
use crate::model::Envelope;
use crate::report::Valid;

/// Everything that can be chosen for a deployment, with what is chosen, and what is wrong with that.
///
/// Values of password properties are not in it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Parameters {
    /// The name of the machine or vApp: the one chosen, else that of the product, else `Name`, else the
    /// id.
    pub name: Option<String>,
    /// Its annotation: the one chosen, else that of the `AnnotationSection`.
    pub annotation: Option<String>,
    /// The licences, in document order (DSP0243 9.6).
    pub eulas: Vec<String>,
    /// Whether they are accepted; true when there is none.
    pub eulas_accepted: bool,
    /// The deployment options, in document order (DSP0243 9.8).
    pub deployment_options: Vec<DeploymentOption>,
    /// The option chosen, else the one the descriptor marks as default.
    pub selected_option: Option<String>,
    /// The option everything here is told for: the one selected, else the first.
    pub effective_option: Option<String>,
    /// The properties that exist under the option, in document order (DSP0243 9.5.1).
    pub properties: Vec<PropertyParameter>,
    /// The networks, in document order (DSP0243 9.2).
    pub networks: Vec<NetworkParameter>,
    /// How addresses are given out (`vmw:IpAssignmentSection`).
    pub ip_allocation: IpAllocation,
    /// Sizes under the option. What exists several times is counted once.
    pub sizes: Sizes,
    /// The settings of `vmw:ExtraConfig`, in document order.
    pub extra_config: Vec<ExtraConfig>,
    /// What exists several times (DSP0243 2.1 9.14).
    pub scale_out: Vec<ScaleOutGroup>,
    /// The storage groups, in document order (`vmw:StorageGroupSection`).
    pub storage_groups: Vec<StorageGroup>,
    /// Sections nobody knows and nobody has to.
    pub unknown_sections: Vec<UnknownSection>,
    /// Whether the package is registered as an extension of vCenter.
    pub extension: Extension,
    /// What keeps the package from being deployed.
    pub errors: Vec<Issue>,
    /// What is doubtful.
    pub warnings: Vec<Issue>,
    /// What is worth knowing, and, unless it is among the errors, what is still to be chosen.
    pub information: Vec<Issue>,
}

impl Parameters {
    /// Whether nothing is wrong, and nothing left to be chosen.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.errors.is_empty() && self.missing().next().is_none()
    }

    /// What is still to be chosen.
    pub fn missing(&self) -> impl Iterator<Item = &Issue> {
        self.errors.iter().chain(&self.information).filter(|issue| issue.kind.is_missing())
    }
}

/// What follows from choices so far: the step of a wizard. What is still to be chosen is information.
///
/// ```
/// use ovf::import::Choices;
/// use ovf::import::parameters::{IssueKind, try_instantiate};
/// use ovf::{Source, Validator};
///
/// # let text = include_str!("../../../testdata/deploy/wizard.ovf");
/// let source = Source::decode(text.as_bytes())?;
/// let valid = Validator::new().check(&source).into_valid().unwrap();
/// let mut choices = Choices::new();
/// choices.deployment_option = Some("larg".to_owned());
/// let parameters = try_instantiate(&valid, &choices);
/// assert_eq!(parameters.errors[0].kind, IssueKind::UnknownOption);
/// assert_eq!(parameters.errors[0].help.as_deref(), Some("did you mean `large`?"));
/// # Ok::<(), ovf::DecodeError>(())
/// ```
#[must_use]
pub fn try_instantiate(envelope: &Valid<Envelope<'_>>, choices: &Choices) -> Parameters {
    parameters(envelope, choices, false)
}

/// Whether the choices are all that deploying needs: the same as [`try_instantiate`], but what is still
/// to be chosen is an error.
#[must_use]
pub fn check_choices(envelope: &Valid<Envelope<'_>>, choices: &Choices) -> Parameters {
    parameters(envelope, choices, true)
}

fn parameters(envelope: &Envelope<'_>, choices: &Choices, must_be_ready: bool) -> Parameters {
    let deployment = Deployment::new(envelope, choices);
    let mut issues = Issues { must_be_ready, ..Issues::default() };
    let (selected_option, deployment_options) = overview::options(&deployment, &mut issues);
    let (name, annotation) = overview::names(&deployment, &mut issues);
    let eulas = overview::eulas(&deployment, &mut issues);
    let ip_allocation = networks::ip_allocation(&deployment, &mut issues);
    let properties = properties::properties(&deployment, &ip_allocation, &mut issues);
    let networks = networks::networks(&deployment, &mut issues);
    let scale_out = scale_out::groups(&deployment, &mut issues);
    let storage_groups = storage::groups(&deployment, &mut issues);
    let extra_config = settings::extra_config(&deployment, &mut issues);
    let unknown_sections = overview::unknown_sections(&deployment, &mut issues);
    let extension = overview::extension(&deployment, &mut issues);
    overview::locale(&deployment, &mut issues);
    Parameters {
        name,
        annotation,
        eulas_accepted: eulas.is_empty() || choices.eulas == super::choices::EulaAcceptance::All,
        eulas,
        deployment_options,
        selected_option,
        effective_option: deployment.option().map(str::to_owned),
        properties,
        networks,
        ip_allocation,
        sizes: Files::new(&deployment).sizes(),
        extra_config,
        scale_out,
        storage_groups,
        unknown_sections,
        extension,
        errors: issues.errors,
        warnings: issues.warnings,
        information: issues.information,
    }
}

//! The package as a whole: its names, licences, options, unknown sections.

use super::issue::{Issue, IssueKind, Issues};
use crate::diagnostic::quoted;
use crate::import::choices::EulaAcceptance;
use crate::import::deployment::Deployment;
use crate::model::{OstNode, OstSection, SectionKind};
use crate::namespace::Namespace;
use crate::value::{number, vm_name};

/// A deployment option (DSP0243 9.8).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeploymentOption {
    /// Its id.
    pub id: String,
    /// `Label`, localised.
    pub label: String,
    /// `Description`, localised.
    pub description: String,
    /// Whether the descriptor marks it as default.
    pub is_default: bool,
}

/// A section nobody knows and nobody has to (DSP0243 7.3).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownSection {
    /// `{namespace}name`.
    pub tag: String,
    /// Its `Info`, localised; empty when it has none.
    pub info: String,
}

/// Whether a package is registered as an extension of vCenter, with all rights over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extension {
    /// Whether the package asks for it.
    pub required: bool,
    /// Whether it is accepted.
    pub accepted: bool,
}

/// The option selected, and all of them.
pub(super) fn options(
    deployment: &Deployment<'_, '_>,
    issues: &mut Issues,
) -> (Option<String>, Vec<DeploymentOption>) {
    let envelope = deployment.envelope();
    let texts = deployment.texts();
    let options: Vec<DeploymentOption> = envelope
        .configurations()
        .filter_map(|option| {
            let is_default = option
                .default()
                .is_some_and(|default| number::boolean(&default.value()).unwrap_or(false));
            Some(DeploymentOption {
                id: option.id()?.value().into_owned(),
                label: texts.of_some(option.element().child("Label")).unwrap_or_default(),
                description: texts
                    .of_some(option.element().child("Description"))
                    .unwrap_or_default(),
                is_default,
            })
        })
        .collect();
    let by_default = || options.iter().find(|option| option.is_default);
    let mut selected = by_default().map(|option| option.id.clone());
    if let Some(chosen) = deployment.choices().deployment_option.as_deref() {
        if envelope.configuration(chosen).is_some() {
            selected = Some(chosen.to_owned());
        } else {
            let ids = options.iter().map(|option| option.id.as_str());
            let issue = Issue::new(
                IssueKind::UnknownOption,
                "option",
                format!("{} is no deployment option", quoted(chosen)),
            )
            .value(chosen);
            let issue = issues.suggest(issue, chosen, ids, "deployment options");
            issues.error(issue);
        }
    }
    (selected, options)
}

/// Name and annotation.
pub(super) fn names(
    deployment: &Deployment<'_, '_>,
    issues: &mut Issues,
) -> (Option<String>, Option<String>) {
    let choices = deployment.choices();
    if let Some(name) = choices.name.as_deref()
        && let Err(error) = vm_name::check(name)
    {
        issues.error(
            Issue::new(
                IssueKind::InvalidName,
                "name",
                format!("the name {} {error}", quoted(name)),
            )
            .value(name)
            .help("choose a name that vSphere takes"),
        );
    }
    let content = deployment.content();
    let name = choices.name.clone().or_else(|| content.and_then(|node| own_name(deployment, node)));
    let annotation = choices.annotation.clone().or_else(|| {
        let section = first_section(content?, SectionKind::Annotation)?;
        deployment.texts().of_some(section.element().child("Annotation"))
    });
    (name, annotation)
}

fn own_name(deployment: &Deployment<'_, '_>, node: OstNode<'_, '_>) -> Option<String> {
    let texts = deployment.texts();
    let product = first_section(node, SectionKind::Product)
        .and_then(|section| texts.of_some(section.element().child("Product")));
    [product, texts.of_some(node.name()), Some(node.id().into_owned())]
        .into_iter()
        .flatten()
        .find(|name| !name.is_empty())
}

fn first_section<'e, 's>(node: OstNode<'e, 's>, kind: SectionKind) -> Option<OstSection<'e, 's>> {
    node.sections().find(|section| section.kind() == kind)
}

/// The licences.
pub(super) fn eulas(deployment: &Deployment<'_, '_>, issues: &mut Issues) -> Vec<String> {
    let eulas: Vec<String> = deployment
        .envelope()
        .sections(SectionKind::Eula)
        .flat_map(|(_, section)| section.element().children_named("License"))
        .map(|licence| deployment.texts().of(licence))
        .collect();
    if !eulas.is_empty() && deployment.choices().eulas != EulaAcceptance::All {
        let what = if eulas.len() == 1 {
            "the licence is not accepted".to_owned()
        } else {
            format!("the {} licences are not accepted", eulas.len())
        };
        issues.missing(
            Issue::new(IssueKind::EulaNotAccepted, "eula", what).help("read and accept them"),
        );
    }
    eulas
}

/// Sections nobody knows.
pub(super) fn unknown_sections(
    deployment: &Deployment<'_, '_>,
    issues: &mut Issues,
) -> Vec<UnknownSection> {
    let mut unknown = Vec::new();
    for section in deployment.envelope().ost_nodes().flat_map(|node| node.sections()) {
        if section.kind().is_known() {
            continue;
        }
        let tag = format!("{{{}}}{}", section.namespace(), section.name());
        if is_required(section) {
            issues.error(
                Issue::new(
                    IssueKind::UnknownSection,
                    "section",
                    format!("the required section {} is not known", quoted(section.name())),
                )
                .value(tag),
            );
            continue;
        }
        let info = deployment.texts().of_some(section.info()).unwrap_or_default();
        unknown.push(UnknownSection { tag, info });
    }
    unknown
}

/// DSP0243 7.3: a section is required unless it says that it is not.
fn is_required(section: OstSection<'_, '_>) -> bool {
    section
        .element()
        .attribute("required")
        .is_none_or(|required| number::boolean(&required.value()).unwrap_or(true))
}

/// Whether the package wants to be an extension of vCenter: a service it depends on is of a type that
/// says so, as `com.vmware.vim.vsm:extension_vservice` does.
pub(super) fn extension(deployment: &Deployment<'_, '_>, issues: &mut Issues) -> Extension {
    let required = deployment.envelope().service_dependencies().any(|(_, service)| {
        service.service().is_some_and(|kind| kind.text().to_ascii_lowercase().contains("extension"))
    });
    let accepted = deployment.choices().accept_extensions;
    if required && !accepted {
        issues.missing(
            Issue::new(
                IssueKind::ExtensionNotAccepted,
                "extension",
                "the package registers itself as an extension of vCenter, and that is not accepted",
            )
            .help("accept it only if the maker is trusted: it gets all rights over vCenter"),
        );
    }
    Extension { required, accepted }
}

/// Whether there are texts in the language that is wanted.
pub(super) fn locale(deployment: &Deployment<'_, '_>, issues: &mut Issues) {
    let choices = deployment.choices();
    let Some(wanted) = choices.locale.as_deref() else { return };
    let main = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let fits = |tag: &str| main(tag) == main(wanted);
    let envelope = deployment.envelope();
    let own = envelope.root().attribute_in(Namespace::Xml, "lang");
    let own_fits = own.map_or(fits("en"), |tag| fits(&tag.value()));
    let has_bundle = envelope
        .message_bundles()
        .any(|bundle| bundle.language().map_or(own_fits, |tag| fits(&tag.value())))
        || choices.bundles.iter().any(|bundle| bundle.language.as_deref().is_none_or(fits));
    if !own_fits && !has_bundle {
        issues.inform(
            Issue::new(
                IssueKind::UnknownLocale,
                "locale",
                format!(
                    "there are no texts in {}, those of the descriptor are shown",
                    quoted(wanted)
                ),
            )
            .value(wanted),
        );
    }
}

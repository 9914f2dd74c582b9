//! What is inside a package, under the choices of a deployment: `OvfManager.parseDescriptor` of vSphere, and
//! more.

mod fault;
mod machine;
mod product;
mod room;
mod system;

use std::collections::HashSet;

pub use self::fault::{Fault, FaultValue};
pub use self::machine::{
    Allocation, Controller, Cpu, Drive, Guest, HardDisk, Machine, Memory, Nic, OtherDevice,
    UsbController, VideoCard,
};
pub use self::product::{ProductInfo, PropertyInfo};
use self::room::{Room, bytes};
pub use self::system::SystemInfo;
use super::choices::{Choices, IpProtocol};
use super::deployment::Deployment;
use super::files::{Files, Sizes};
use crate::diagnostic::{Counts, Severity};
use crate::model::{Element, Envelope, OstNodeType, SectionKind};
use crate::namespace::{Namespace, Version};
use crate::report::Report;
use crate::span::Span;
use crate::value::list::List;

/// What is inside a package under the choices of a deployment, in the language chosen.
///
/// It is made of any report: of a broken descriptor it has what could be read, with the findings.
/// Values of passwords are never in it.
///
/// ```
/// use ovf::import::{Choices, Inspection};
/// use ovf::{Source, Validator};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = std::fs::read("testdata/deploy/nested.ovf")?;
/// let source = Source::decode(&bytes)?;
/// let report = Validator::new().check(&source);
/// let mut choices = Choices::new();
/// choices.locale = Some("de".to_owned());
/// let inspection = Inspection::new(&report, &choices);
/// assert_eq!(inspection.name, "Obstgarten");
/// assert_eq!(inspection.default_option.as_deref(), Some("small"));
/// for system in &inspection.systems {
///     println!("{} {}", system.path, system.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Inspection<'e, 's> {
    /// The descriptor; none when what was checked is none.
    pub envelope: Option<&'e Envelope<'s>>,
    /// The version of OVF it is written in.
    pub version: Option<Version>,
    /// What it would be called: the product, else the name, else the id of the content.
    pub name: String,
    /// Whether it is a collection, which becomes a vApp, and no machine.
    pub is_vapp: bool,
    /// The deployment option all this is for.
    pub option: Option<String>,
    /// The deployment option taken when nobody chooses.
    pub default_option: Option<String>,
    /// The deployment options, in document order (DSP0243 9.8).
    pub options: Vec<OptionInfo>,
    /// The products, in document order (DSP0243 9.5).
    pub products: Vec<ProductInfo>,
    /// The properties there are under the deployment option, in document order (DSP0243 9.5.1).
    pub properties: Vec<PropertyInfo>,
    /// The networks, in document order (DSP0243 9.2).
    pub networks: Vec<NetworkInfo>,
    /// `vmw:IpAssignmentSection`: `dhcp`, `ovfenv`.
    pub ip_schemes: Vec<&'static str>,
    /// The versions of IP it can do.
    pub ip_protocols: Vec<IpProtocol>,
    /// The annotation of the content, else of the envelope; may be empty (DSP0243 9.4).
    pub annotation: String,
    /// The licences, in document order (DSP0243 9.6).
    pub licences: Vec<LicenceInfo>,
    /// The groups of disks and machines under one storage policy, in document order.
    pub storage_groups: Vec<StorageGroupInfo>,
    /// The machines and collections, in document order.
    pub systems: Vec<SystemInfo>,
    /// Files and disks; none without a descriptor.
    pub files: Option<Files<'e, 's>>,
    /// What it takes on the way and at its destination.
    pub sizes: Sizes,
    /// What makes an import fail, in the order of the report.
    pub errors: Vec<Fault>,
    /// What is worth a warning, in the order of the report.
    pub warnings: Vec<Fault>,
    /// How many findings there are, those among them that are not kept.
    pub counts: Counts,
    /// Where the values of passwords stand in the descriptor, sorted.
    pub secrets: Vec<Span>,
    /// Whether this is all there is: the report is complete, and no ceiling was hit here.
    pub is_complete: bool,
}

/// A deployment option (DSP0243 9.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptionInfo {
    /// `id`.
    pub id: String,
    /// `Label`.
    pub label: String,
    /// `Description`.
    pub description: String,
}

/// A network (DSP0243 9.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NetworkInfo {
    /// `name`.
    pub name: String,
    /// `Description`.
    pub description: String,
}

/// A licence (DSP0243 9.6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LicenceInfo {
    /// The path of the system it is for; empty for the envelope.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A `vmw:StorageGroupSection`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StorageGroupInfo {
    /// `id`, by which machines and disks join it.
    pub id: String,
    /// `name` for people.
    pub name: String,
    /// `Description`.
    pub description: Option<String>,
}

impl<'e, 's> Inspection<'e, 's> {
    /// Looks into what was checked.
    #[must_use]
    pub fn new(report: &'e Report<'s>, choices: &'e Choices) -> Self {
        let is_complete = report.is_complete();
        let mut inspection = Self { counts: report.counts(), is_complete, ..Self::default() };
        let secrets = report.secrets();
        for found in report.diagnostics() {
            match found.severity {
                Severity::Error => {
                    inspection.errors.push(Fault::new(
                        report.source(),
                        report.tree(),
                        found,
                        &secrets,
                    ));
                }
                Severity::Warning => {
                    let fault = Fault::new(report.source(), report.tree(), found, &secrets);
                    inspection.warnings.push(fault);
                }
                Severity::Info => {}
            }
        }
        inspection.secrets = secrets;
        if let Some(envelope) = report.envelope() {
            inspection.read(&Deployment::new(envelope, choices));
        }
        inspection
    }

    fn read(&mut self, deployment: &Deployment<'e, 's>) {
        let envelope = deployment.envelope();
        let content = deployment.content();
        let files = Files::new(deployment);
        let mut room = Room::new();
        self.envelope = Some(envelope);
        self.version = Some(envelope.version());
        self.is_vapp =
            content.is_some_and(|node| node.node_type() == OstNodeType::VirtualSystemCollection);
        self.option = deployment.option().map(str::to_owned);
        self.default_option = default_option(deployment);
        self.options = options(deployment, &mut room);
        self.products = product::products(deployment, &mut room);
        self.properties = product::properties(deployment, &mut room);
        self.networks = networks(deployment, &mut room);
        (self.ip_schemes, self.ip_protocols) = ip_assignment(envelope);
        self.annotation = annotation(deployment).unwrap_or_default();
        self.licences = licences(deployment, &mut room);
        self.storage_groups = storage_groups(deployment, &mut room);
        self.systems = system::systems(deployment, &files, &mut room);
        self.sizes = files.sizes();
        self.files = Some(files);
        self.name = self.default_name(deployment);
        self.is_complete &= !room.is_full();
    }

    fn default_name(&self, deployment: &Deployment<'e, 's>) -> String {
        let Some(content) = deployment.content() else { return String::new() };
        let product = self.product().map(|product| product.name.clone());
        [product, deployment.texts().of_some(content.name())]
            .into_iter()
            .flatten()
            .find(|name| !name.is_empty())
            .unwrap_or_else(|| content.id().into_owned())
    }

    /// The product that describes the package as a whole: the first of the content of the envelope.
    #[must_use]
    pub fn product(&self) -> Option<&ProductInfo> {
        let path = &self.systems.first()?.path;
        self.products.iter().find(|product| product.path == *path)
    }

    /// Display names of the machines and collections below the content of the envelope, with their paths
    /// from below it: `tier/db`.
    pub fn entity_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let skipped = self.systems.first().map_or(0, |root| root.path.len().saturating_add(1));
        self.systems.iter().skip(1).map(move |system| {
            (system.display_name(), system.path.get(skipped..).unwrap_or_default())
        })
    }

    /// The machines, in document order.
    pub fn machines(&self) -> impl Iterator<Item = (&SystemInfo, &Machine)> {
        self.systems.iter().filter_map(|system| Some((system, system.machine.as_ref()?)))
    }
}

fn text(deployment: &Deployment<'_, '_>, element: Option<Element<'_, '_>>) -> String {
    deployment.texts().of_some(element).unwrap_or_default()
}

fn default_option(deployment: &Deployment<'_, '_>) -> Option<String> {
    let nothing = Choices::new();
    Deployment::new(deployment.envelope(), &nothing).option().map(str::to_owned)
}

fn options(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<OptionInfo> {
    let option = |option: crate::model::Configuration<'_, '_>| {
        let element = option.element();
        Some(OptionInfo {
            id: option.id()?.value().into_owned(),
            label: text(deployment, element.child("Label")),
            description: text(deployment, element.child("Description")),
        })
    };
    room.keep(deployment.envelope().configurations().filter_map(option), |it| {
        bytes(&[&it.id, &it.label, &it.description])
    })
}

fn networks(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<NetworkInfo> {
    let network = |network: crate::model::Network<'_, '_>| {
        let description = network.element().child("Description");
        Some(NetworkInfo {
            name: network.name()?.value().into_owned(),
            description: text(deployment, description),
        })
    };
    room.keep(deployment.envelope().networks().filter_map(network), |it| {
        bytes(&[&it.name, &it.description])
    })
}

/// The first section counts. Without `protocols` it is IPv4.
fn ip_assignment(envelope: &Envelope<'_>) -> (Vec<&'static str>, Vec<IpProtocol>) {
    let Some(section) = envelope.ip_assignments().next() else { return Default::default() };
    let schemes = section.schemes().map(|list| list.value()).unwrap_or_default();
    let schemes = List::parse(&schemes);
    let known = ["dhcp", "ovfenv"]
        .into_iter()
        .filter(|known| schemes.names().any(|name| name.eq_ignore_ascii_case(known)));
    let protocols = section.protocols().map(|list| list.value()).unwrap_or_default();
    let named: HashSet<IpProtocol> =
        List::parse(&protocols).names().filter_map(IpProtocol::named).collect();
    let protocols = IpProtocol::ALL
        .iter()
        .copied()
        .filter(|protocol| match named.is_empty() {
            true => *protocol == IpProtocol::V4,
            false => named.contains(protocol),
        })
        .collect();
    (known.collect(), protocols)
}

fn annotation(deployment: &Deployment<'_, '_>) -> Option<String> {
    if let Some(chosen) = &deployment.choices().annotation {
        return Some(chosen.clone());
    }
    [deployment.content(), Some(deployment.envelope().ost())].into_iter().flatten().find_map(
        |node| {
            let section =
                node.sections().find(|section| section.kind() == SectionKind::Annotation)?;
            Some(text(deployment, section.element().child("Annotation")))
        },
    )
}

fn licences(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<LicenceInfo> {
    let licences = deployment.envelope().sections(SectionKind::Eula).flat_map(|(node, section)| {
        section.element().children_named("License").map(move |licence| LicenceInfo {
            path: Deployment::path(node),
            text: deployment.texts().of(licence),
        })
    });
    room.keep(licences, |it| bytes(&[&it.path, &it.text]))
}

fn storage_groups(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<StorageGroupInfo> {
    let group = |group: crate::model::StorageGroup<'_, '_>| {
        let id = group.id()?.value().into_owned();
        let description = group.element().child_in(Namespace::Vmw, "Description");
        Some(StorageGroupInfo {
            name: group.name().map_or_else(|| id.clone(), |name| name.value().into_owned()),
            id,
            description: deployment.texts().of_some(description).filter(|text| !text.is_empty()),
        })
    };
    room.keep(deployment.envelope().storage_groups().filter_map(group), |it| {
        bytes(&[&it.id, &it.name, it.description.as_deref().unwrap_or_default()])
    })
}

#[cfg(test)]
mod tests;

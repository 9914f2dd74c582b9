//! What a machine or collection is as software to be set up: products, properties, licences, sections.

use super::devices::line;
use super::fault::{Fault, FaultKind};
use super::faults::{Faults, is_required};
use super::machine::Operation;
use super::vapp::{
    IpAssignmentInfo, OvfSectionInfo, OvfSectionSpec, ProductInfo, ProductSpec, PropertyInfo,
    PropertySpec, VappConfigSpec, VmVappConfig,
};
use super::xml_budget::XmlBudget;
use crate::import::choices::IpProtocol;
use crate::import::deployment::Deployment;
use crate::import::property_type::{network_expression, property_type};
use crate::model::{Element, OstNode, OstNodeType, OstSection, Product, Property, SectionKind};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::number;
use crate::xml::Attribute;

/// What a machine is as part of a vApp; empty when the descriptor says nothing of it.
pub(super) fn vapp_config<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    budget: &mut XmlBudget,
    faults: &mut Faults,
) -> VmVappConfig {
    let mut config = VmVappConfig::default();
    products(deployment, node, &mut config);
    let is_content = node.parent().is_some_and(|node| node.node_type() == OstNodeType::Envelope);
    config.ip_assignment = ip_assignment(deployment, node, is_content);
    let licences = |section: OstSection<'e, 's>| section.element().children_named("License");
    config.eula = node
        .sections()
        .filter(|section| section.kind() == SectionKind::Eula)
        .flat_map(licences)
        .map(|licence| deployment.texts().of(licence))
        .collect();
    // What stands on the envelope goes with what is in it.
    let around = node.parent().filter(|_| is_content);
    sections(around, deployment, &mut config.ovf_section, budget, faults);
    sections(Some(node), deployment, &mut config.ovf_section, budget, faults);
    if let Some(hardware) = node.hardware().find(|hardware| !hardware.is_allocation()) {
        let hardware = deployment.hardware(node).map_or(hardware, |found| found.hardware());
        let transport = hardware.transport().map(|list| list.value()).unwrap_or_default();
        config.ovf_environment_transport =
            List::parse(&transport).names().map(str::to_owned).collect();
    }
    if let Some(install) = node.install() {
        let delay = install
            .initial_boot_stop_delay()
            .and_then(|delay| number::unsigned_int(&delay.value()).ok())
            .and_then(|delay| i32::try_from(delay).ok());
        config.install_boot_required = Some(true);
        config.install_boot_stop_delay = Some(delay.unwrap_or(0));
    }
    config
}

impl From<VmVappConfig> for VappConfigSpec {
    fn from(config: VmVappConfig) -> Self {
        let VmVappConfig {
            product,
            property,
            ip_assignment,
            eula,
            ovf_section,
            ovf_environment_transport,
            install_boot_required,
            install_boot_stop_delay,
        } = config;
        Self {
            product,
            property,
            ip_assignment,
            eula,
            ovf_section,
            ovf_environment_transport,
            install_boot_required,
            install_boot_stop_delay,
            annotation: None,
        }
    }
}

/// The annotation of a machine or collection (DSP0243 9.4), else that of the envelope for what is in it.
pub(super) fn annotation(deployment: &Deployment<'_, '_>, node: OstNode<'_, '_>) -> Option<String> {
    let content = deployment.content();
    let is_content =
        content.is_some_and(|content| content.element().node().id() == node.element().node().id());
    if is_content && let Some(chosen) = &deployment.choices().annotation {
        return Some(chosen.clone());
    }
    let around = node.parent().filter(|_| is_content);
    [Some(node), around].into_iter().flatten().find_map(|node| {
        let section = node.sections().find(|section| section.kind() == SectionKind::Annotation)?;
        let text = deployment.texts().of_some(section.element().child("Annotation"))?;
        (!text.is_empty()).then_some(text)
    })
}

fn products<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    config: &mut VmVappConfig,
) {
    for product in node.products() {
        let text = |element: Option<Element<'_, '_>>| {
            deployment.texts().of_some(element).unwrap_or_default()
        };
        let info = ProductInfo {
            key: number_of(&config.product),
            class_id: value(product.class()),
            instance_id: value(product.instance()),
            name: text(product.name()),
            vendor: text(product.vendor()),
            version: text(product.version()),
            full_version: text(product.full_version()),
            vendor_url: text(product.vendor_url()),
            product_url: text(product.product_url()),
            app_url: text(product.app_url()),
        };
        config.product.push(ProductSpec { operation: Operation::Add, info });
        for property in product.properties().filter(|found| deployment.has_property(*found)) {
            let key = number_of(&config.property);
            if let Some(info) = property_info(deployment, node, product, property, key) {
                config.property.push(PropertySpec { operation: Operation::Add, info });
            }
        }
    }
}

fn property_info<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    product: Product<'e, 's>,
    property: Property<'e, 's>,
    key: i32,
) -> Option<PropertyInfo> {
    let full_key = property.full_key()?;
    let text =
        |element: Option<Element<'_, '_>>| deployment.texts().of_some(element).unwrap_or_default();
    let default = property.value_in(deployment.option()).map(|value| value.value().into_owned());
    Some(PropertyInfo {
        key,
        class_id: value(product.class()),
        instance_id: value(product.instance()),
        id: value(property.key()),
        category: text(property.category().map(|category| category.element())),
        label: text(property.label()),
        type_name: property_type(property),
        user_configurable: property.is_user_configurable().unwrap_or(false),
        default_value: network_expression(property).or(default).unwrap_or_default(),
        value: deployment.chosen_value(node, &full_key).map(str::to_owned),
        description: text(property.description()),
        is_secret: property.is_secret(),
    })
}

/// How addresses are given out: what the software can take, and what was chosen. What stands on the
/// envelope counts for what is in it.
fn ip_assignment(
    deployment: &Deployment<'_, '_>,
    node: OstNode<'_, '_>,
    is_content: bool,
) -> Option<IpAssignmentInfo> {
    let around = node.parent().filter(|_| is_content);
    let section = node.ip_assignments().next().or_else(|| around?.ip_assignments().next());
    let choices = deployment.choices();
    let mut info = IpAssignmentInfo::default();
    if let Some(section) = section {
        let schemes = section.schemes().map(|list| list.value()).unwrap_or_default();
        info.supported_allocation_scheme = List::parse(&schemes)
            .names()
            .filter_map(|name| {
                ["dhcp", "ovfenv"].into_iter().find(|known| known.eq_ignore_ascii_case(name))
            })
            .map(str::to_owned)
            .collect();
        let protocols = section.protocols().map(|list| list.value()).unwrap_or_default();
        info.supported_ip_protocol = List::parse(&protocols)
            .names()
            .filter_map(IpProtocol::named)
            .map(|protocol| protocol.vim().to_owned())
            .collect();
        if info.supported_ip_protocol.is_empty() {
            info.supported_ip_protocol.push(IpProtocol::V4.vim().to_owned());
        }
    }
    if section.is_some() || is_content {
        info.ip_allocation_policy =
            choices.ip_allocation_policy.map(|policy| policy.vim().to_owned());
        info.ip_protocol = choices.ip_protocol.map(|protocol| protocol.vim().to_owned());
    }
    (info != IpAssignmentInfo::default()).then_some(info)
}

/// Whether the spec says what the section says.
fn is_consumed(section: OstSection<'_, '_>) -> bool {
    match section.kind() {
        SectionKind::Annotation
        | SectionKind::DeploymentOption
        | SectionKind::Disk
        | SectionKind::Eula
        | SectionKind::Install
        | SectionKind::Network
        | SectionKind::OperatingSystem
        | SectionKind::Product
        | SectionKind::ResourceAllocation
        | SectionKind::ScaleOut
        | SectionKind::SharedDisk
        | SectionKind::Startup
        | SectionKind::VirtualHardware => true,
        SectionKind::Vendor(known) => {
            known.namespace == Namespace::Vmw
                && matches!(
                    known.name,
                    "BootOrderSection" | "CpuCompatibilitySection" | "IpAssignmentSection"
                )
        }
        _ => false,
    }
}

/// The sections of a node that nothing was made of. One that nobody knows has to be understood unless it
/// says otherwise (DSP0243 7.3), so it is an error.
fn sections(
    node: Option<OstNode<'_, '_>>,
    deployment: &Deployment<'_, '_>,
    kept: &mut Vec<OvfSectionSpec>,
    budget: &mut XmlBudget,
    faults: &mut Faults,
) {
    let Some(node) = node else { return };
    for section in node.sections().filter(|section| !is_consumed(*section)) {
        if !section.kind().is_known() && is_required(section.element()) {
            let kind = FaultKind::UnsupportedSection {
                name: section.name().to_owned(),
                info: deployment.texts().of_some(section.info()).unwrap_or_default(),
            };
            faults.errors.push(Fault { line: line(section.element()), kind });
            continue;
        }
        let Some(contents) = budget.xml(section) else { continue };
        let info = OvfSectionInfo {
            key: number_of(kept),
            namespace: section.namespace().to_owned(),
            section_type: section.name().to_owned(),
            at_envelope_level: node.node_type() == OstNodeType::Envelope,
            contents,
        };
        kept.push(OvfSectionSpec { operation: Operation::Add, info });
    }
}

/// The number of the next of a list.
fn number_of<T>(list: &[T]) -> i32 {
    i32::try_from(list.len()).unwrap_or(i32::MAX)
}

fn value(attribute: Option<Attribute<'_, '_>>) -> String {
    attribute.map(|attribute| attribute.value().into_owned()).unwrap_or_default()
}

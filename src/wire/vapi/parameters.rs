//! Parameters of a deployment in the shapes of vCenter's `com.vmware.vcenter.ovf` API.
//!
//! [`OvfValidationResult`] is what try-instantiate of an import session answers, [`OvfSummary`] what the
//! `filter` of a library item does. [`given`] has the way back: from what a client sends to choices.

pub mod given;

use serde::Serialize;

use crate::import::parameters::{Issue, Parameters, PropertyParameter};
use crate::import::{Choices, ExtraConfigFilter};
#[cfg(feature = "cert")]
use crate::manifest::certificate::SignatureReport;
use crate::manifest::{Warning, WarningBehavior};
use crate::wire::vsphere::{LocalizableMessage, OvfInfo, OvfMessage, ResultInfo};

/// `OvfValidationResult`: what can be chosen, and what is wrong with what is chosen.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfValidationResult {
    /// The parameters, one object for each aspect there is something to choose or to know of.
    pub parameters: Vec<OvfParams>,
    /// What keeps the package from being deployed.
    pub errors: Vec<OvfMessage>,
    /// What is doubtful.
    pub warnings: Vec<OvfMessage>,
    /// What is worth knowing, and what is still to be chosen.
    pub information: Vec<OvfInfo>,
}

/// `LibraryItem.OvfSummary`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfSummary {
    /// The name by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The annotation by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// The licences.
    #[serde(rename = "EULAs")]
    pub eulas: Vec<String>,
    /// Names of networks: keys of `network_mappings`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<String>,
    /// Ids of storage groups: keys of `storage_mappings`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage_groups: Vec<String>,
    /// The parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub additional_params: Vec<OvfParams>,
}

/// Declares `OvfParams`: classes with their names on the wire, which each also has in `type`.
macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident($shape:ident) = $name:literal, $kind:literal;)+) => {
        /// `OvfParams`: one aspect of a deployment; which one `@class` and `type` say.
        #[derive(Clone, Debug, Serialize)]
        #[serde(tag = "@class")]
        #[non_exhaustive]
        pub enum OvfParams {
            $($(#[$doc])* #[serde(rename = $name)] $class($shape),)+
        }

        impl OvfParams {
            /// The name of the class: `com.vmware.vcenter.ovf.property_params`.
            #[must_use]
            pub const fn class(&self) -> &'static str {
                match self { $(Self::$class(_) => $name,)+ }
            }
        }

        $(impl $shape {
            const TYPE: &'static str = $kind;
        })+
    };
}

classes! {
    /// Who signed.
    Certificate(CertificateParams) = "com.vmware.vcenter.ovf.certificate_params", "CertificateParams";
    /// Deployment options.
    DeploymentOption(DeploymentOptionParams) =
        "com.vmware.vcenter.ovf.deployment_option_params", "DeploymentOptionParams";
    /// Settings of `vmw:ExtraConfig`.
    ExtraConfig(ExtraConfigParams) = "com.vmware.vcenter.ovf.extra_config_params", "ExtraConfigParams";
    /// How addresses are given out.
    IpAllocation(IpAllocationParams) = "com.vmware.vcenter.ovf.ip_allocation_params", "IpAllocationParams";
    /// Properties.
    Property(PropertyParams) = "com.vmware.vcenter.ovf.property_params", "PropertyParams";
    /// What exists several times.
    ScaleOut(ScaleOutParams) = "com.vmware.vcenter.ovf.scale_out_params", "ScaleOutParams";
    /// Sizes.
    Size(SizeParams) = "com.vmware.vcenter.ovf.size_params", "SizeParams";
    /// Sections nobody knows.
    UnknownSection(UnknownSectionParams) =
        "com.vmware.vcenter.ovf.unknown_section_params", "UnknownSectionParams";
    /// Registering as an extension.
    VcenterExtension(VcenterExtensionParams) =
        "com.vmware.vcenter.ovf.vcenter_extension_params", "VcenterExtensionParams";
}

/// Declares the shapes, each public with public fields.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Serialize)]
            #[non_exhaustive]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $kind,)*
            }
        )+
    };
}

shapes! {
    /// `CertificateParams`: who signed the package. There is one only when it is signed.
    CertificateParams {
        /// Who issued the certificate, by RFC 4514.
        issuer: String,
        /// Whom it was issued to.
        subject: String,
        /// Whether the signature is good, and the certificate leads to one that is trusted.
        is_valid: bool,
        /// Whether it is signed by its own key.
        is_self_signed: bool,
        /// The certificate in PEM.
        x509: String,
        /// What is doubtful about it; absent when nothing is.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        warnings: Vec<WarningInfo>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `WarningInfo`.
    WarningInfo {
        /// `SELF_SIGNED_CERTIFICATE` and so on.
        #[serde(rename = "type")]
        kind: &'static str,
        /// What exactly.
        message: LocalizableMessage,
        /// Whether the caller accepts it.
        ignored: bool,
    }
    /// `DeploymentOptionParams`.
    DeploymentOptionParams {
        /// The options.
        deployment_options: Vec<DeploymentOption>,
        /// The one chosen, else the one marked as default; absent when neither is.
        #[serde(skip_serializing_if = "Option::is_none")]
        selected_key: Option<String>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `DeploymentOption`.
    DeploymentOption {
        /// Its id.
        key: String,
        /// `Label`.
        label: String,
        /// `Description`.
        description: String,
        /// Whether the descriptor marks it as default; absent when not.
        #[serde(skip_serializing_if = "Option::is_none")]
        default_choice: Option<bool>,
    }
    /// `ExtraConfigParams`.
    ExtraConfigParams {
        /// All settings, also those that are left out.
        extra_configs: Vec<ExtraConfig>,
        /// Keys to leave out.
        #[serde(skip_serializing_if = "Option::is_none")]
        exclude_keys: Option<Vec<String>>,
        /// Keys to take over, and no other. Never beside `exclude_keys`.
        #[serde(skip_serializing_if = "Option::is_none")]
        include_keys: Option<Vec<String>>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `ExtraConfig`.
    ExtraConfig {
        /// Its key.
        key: String,
        /// Its value.
        value: String,
        /// The id of the machine it is for.
        virtual_system_id: String,
    }
    /// `IpAllocationParams`.
    IpAllocationParams {
        /// `DHCP`, `OVF_ENVIRONMENT`.
        supported_allocation_scheme: Vec<&'static str>,
        /// `DHCP`, `TRANSIENT_IPPOOL`, `STATIC_MANUAL`, `STATIC_IPPOOL`.
        supported_ip_allocation_policy: Vec<&'static str>,
        /// The policy in force.
        #[serde(skip_serializing_if = "Option::is_none")]
        ip_allocation_policy: Option<&'static str>,
        /// `IPV4`, `IPV6`.
        supported_ip_protocol: Vec<&'static str>,
        /// The version in force.
        #[serde(skip_serializing_if = "Option::is_none")]
        ip_protocol: Option<&'static str>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `PropertyParams`: the properties people may set. Those that share their full key are left out.
    PropertyParams {
        /// The properties.
        properties: Vec<Property>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `Property`.
    Property {
        /// `class` of its product.
        class_id: String,
        /// Its key.
        id: String,
        /// `instance` of its product.
        instance_id: String,
        /// The heading; on the first property under it only.
        #[serde(skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        /// Whether what is under the heading may be hidden.
        #[serde(skip_serializing_if = "Option::is_none")]
        ui_optional: Option<bool>,
        /// Its name for people.
        label: String,
        /// What it is; absent when the descriptor does not say.
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// Its type: `string(1..8)`, `int(0..255)`, `ip:VM Network`.
        #[serde(rename = "type")]
        kind: String,
        /// Its value; empty when it has none, and always when it is a password.
        value: String,
    }
    /// `ScaleOutParams`.
    ScaleOutParams {
        /// The members that exist several times.
        groups: Vec<ScaleOutGroup>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `ScaleOutGroup`.
    ScaleOutGroup {
        /// The id of the member.
        id: String,
        /// What it is.
        description: String,
        /// How often it exists.
        instance_count: u32,
        /// The least number.
        minimum_instance_count: u32,
        /// The greatest; absent when there is no limit.
        #[serde(skip_serializing_if = "Option::is_none")]
        maximum_instance_count: Option<u32>,
    }
    /// `SizeParams`, in bytes.
    SizeParams {
        /// Bytes to transfer.
        #[serde(skip_serializing_if = "Option::is_none")]
        approximate_download_size: Option<u64>,
        /// Bytes of the disks at full size.
        #[serde(skip_serializing_if = "Option::is_none")]
        approximate_flat_deployment_size: Option<u64>,
        /// Bytes of the data on the disks.
        #[serde(skip_serializing_if = "Option::is_none")]
        approximate_sparse_deployment_size: Option<u64>,
        /// Whether a capacity follows from a property; absent when not.
        #[serde(skip_serializing_if = "Option::is_none")]
        variable_disk_size: Option<bool>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `UnknownSectionParams`.
    UnknownSectionParams {
        /// The sections.
        unknown_sections: Vec<UnknownSection>,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
    /// `UnknownSection`.
    UnknownSection {
        /// `{namespace}name`.
        tag: String,
        /// What it says of itself.
        info: String,
    }
    /// `VcenterExtensionParams`.
    VcenterExtensionParams {
        /// Whether the package asks for it.
        required: bool,
        /// Whether it is accepted.
        registration_accepted: bool,
        /// The class again.
        #[serde(rename = "type")]
        kind: &'static str,
    }
}

impl OvfValidationResult {
    /// What is known and what is wrong, for the choices it was told for.
    #[must_use]
    pub fn new(parameters: &Parameters, choices: &Choices) -> Self {
        let messages = |issues: &[Issue]| issues.iter().map(message).collect();
        let information: Vec<_> = parameters.information.iter().map(localizable).collect();
        Self {
            parameters: OvfParams::all(parameters, choices),
            errors: messages(&parameters.errors),
            warnings: messages(&parameters.warnings),
            information: if information.is_empty() {
                Vec::new()
            } else {
                vec![OvfInfo { messages: information }]
            },
        }
    }

    /// That of a descriptor with errors: there is nothing to choose.
    #[must_use]
    pub fn refused(info: ResultInfo) -> Self {
        let ResultInfo { errors, warnings, information } = info;
        Self { parameters: Vec::new(), errors, warnings, information }
    }
}

impl OvfSummary {
    /// The summary, for the choices it was told for.
    #[must_use]
    pub fn new(parameters: &Parameters, choices: &Choices) -> Self {
        Self {
            name: parameters.name.clone(),
            annotation: parameters.annotation.clone(),
            eulas: parameters.eulas.clone(),
            networks: parameters.networks.iter().map(|network| network.name.clone()).collect(),
            storage_groups: parameters
                .storage_groups
                .iter()
                .map(|group| group.id.clone())
                .collect(),
            additional_params: OvfParams::all(parameters, choices),
        }
    }
}

impl OvfParams {
    /// All aspects there is something to choose or to know of. That of the certificate is made with
    /// [`CertificateParams::of`], for descriptors do not know who signed them.
    #[must_use]
    pub fn all(parameters: &Parameters, choices: &Choices) -> Vec<Self> {
        let mut all = Vec::new();
        if !parameters.deployment_options.is_empty() {
            all.push(Self::DeploymentOption(DeploymentOptionParams::of(parameters)));
        }
        if !parameters.extra_config.is_empty() {
            all.push(Self::ExtraConfig(ExtraConfigParams::of(parameters, choices)));
        }
        if parameters.ip_allocation.is_declared {
            all.push(Self::IpAllocation(IpAllocationParams::of(parameters)));
        }
        let properties: Vec<_> = Property::list(&parameters.properties);
        if !properties.is_empty() {
            let kind = PropertyParams::TYPE;
            all.push(Self::Property(PropertyParams { properties, kind }));
        }
        if !parameters.scale_out.is_empty() {
            all.push(Self::ScaleOut(ScaleOutParams::of(parameters)));
        }
        all.push(Self::Size(SizeParams::of(parameters)));
        if !parameters.unknown_sections.is_empty() {
            all.push(Self::UnknownSection(UnknownSectionParams::of(parameters)));
        }
        if parameters.extension.required {
            all.push(Self::VcenterExtension(VcenterExtensionParams {
                required: true,
                registration_accepted: parameters.extension.accepted,
                kind: VcenterExtensionParams::TYPE,
            }));
        }
        all
    }
}

impl From<Warning> for WarningInfo {
    fn from(warning: Warning) -> Self {
        let kind = warning.kind.as_str();
        let message = LocalizableMessage {
            id: format!("ovf.{}", kind.to_lowercase().replace('_', "-")),
            default_message: warning.message,
            args: Vec::new(),
        };
        Self { kind, message, ignored: warning.ignored }
    }
}

#[cfg(feature = "cert")]
impl CertificateParams {
    /// Who signed, with the warnings the caller accepts; `None` when the certificate could not be read.
    #[must_use]
    pub fn of(report: &SignatureReport, behaviors: &[WarningBehavior]) -> Option<Self> {
        let signer = report.signer.as_ref()?;
        let warnings = report.warnings(behaviors).into_iter().map(WarningInfo::from);
        Some(Self {
            issuer: signer.issuer().to_owned(),
            subject: signer.subject().to_owned(),
            is_valid: report.is_verified() && report.is_trusted(),
            is_self_signed: report.self_signed,
            x509: signer.pem(),
            warnings: warnings.collect(),
            kind: Self::TYPE,
        })
    }
}

impl DeploymentOptionParams {
    fn of(parameters: &Parameters) -> Self {
        let options = parameters.deployment_options.iter().map(|option| DeploymentOption {
            key: option.id.clone(),
            label: option.label.clone(),
            description: option.description.clone(),
            default_choice: option.is_default.then_some(true),
        });
        Self {
            deployment_options: options.collect(),
            selected_key: parameters.selected_option.clone(),
            kind: Self::TYPE,
        }
    }
}

impl ExtraConfigParams {
    fn of(parameters: &Parameters, choices: &Choices) -> Self {
        let (exclude_keys, include_keys) = match &choices.extra_config {
            ExtraConfigFilter::All => (None, None),
            ExtraConfigFilter::Only(keys) => (None, Some(sorted(keys))),
            ExtraConfigFilter::Except(keys) => (Some(sorted(keys)), None),
        };
        let settings = parameters.extra_config.iter().map(|setting| ExtraConfig {
            key: setting.key.clone(),
            value: setting.value.clone(),
            virtual_system_id: setting.system_id.clone(),
        });
        Self { extra_configs: settings.collect(), exclude_keys, include_keys, kind: Self::TYPE }
    }
}

/// The order in which choices were made is no part of them.
fn sorted(keys: &[String]) -> Vec<String> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl IpAllocationParams {
    fn of(parameters: &Parameters) -> Self {
        let ip = &parameters.ip_allocation;
        Self {
            supported_allocation_scheme: ip.schemes.iter().map(|scheme| scheme.vapi()).collect(),
            supported_ip_allocation_policy: ip
                .policies
                .iter()
                .map(|policy| policy.vapi())
                .collect(),
            ip_allocation_policy: ip.policy.map(|policy| policy.vapi()),
            supported_ip_protocol: ip.protocols.iter().map(|protocol| protocol.vapi()).collect(),
            ip_protocol: ip.protocol.map(|protocol| protocol.vapi()),
            kind: Self::TYPE,
        }
    }
}

impl Property {
    /// The properties people may set. A heading stands on the first of those that are left under it.
    fn list(properties: &[PropertyParameter]) -> Vec<Self> {
        let mut list = Vec::new();
        let (mut category, mut ui_optional) = (None, None);
        for property in properties {
            if property.category.is_some() {
                category.clone_from(&property.category);
                ui_optional = property.ui_optional;
            }
            if !property.is_user_configurable || !property.is_unique {
                continue;
            }
            let description = Some(&property.description).filter(|text| !text.is_empty());
            list.push(Self {
                class_id: property.class.clone(),
                id: property.key.clone(),
                instance_id: property.instance.clone(),
                category: category.take(),
                ui_optional: ui_optional.take(),
                label: property.label.clone(),
                description: description.cloned(),
                kind: property.property_type.clone(),
                value: property.value.clone().unwrap_or_default(),
            });
        }
        list
    }
}

impl ScaleOutParams {
    fn of(parameters: &Parameters) -> Self {
        let groups = parameters.scale_out.iter().map(|group| ScaleOutGroup {
            id: group.id.clone(),
            description: group.description.clone(),
            instance_count: group.instances,
            minimum_instance_count: group.minimum,
            maximum_instance_count: group.maximum,
        });
        Self { groups: groups.collect(), kind: Self::TYPE }
    }
}

impl SizeParams {
    fn of(parameters: &Parameters) -> Self {
        let sizes = parameters.sizes;
        Self {
            approximate_download_size: sizes.download,
            approximate_flat_deployment_size: sizes.flat,
            approximate_sparse_deployment_size: sizes.sparse,
            variable_disk_size: sizes.is_variable.then_some(true),
            kind: Self::TYPE,
        }
    }
}

impl UnknownSectionParams {
    fn of(parameters: &Parameters) -> Self {
        let sections = parameters
            .unknown_sections
            .iter()
            .map(|section| UnknownSection { tag: section.tag.clone(), info: section.info.clone() });
        Self { unknown_sections: sections.collect(), kind: Self::TYPE }
    }
}

/// An issue of category `INPUT`. A value that must not be shown is empty: the union wants one.
#[must_use]
pub fn message(issue: &Issue) -> OvfMessage {
    OvfMessage::Input {
        name: issue.name.clone(),
        value: issue.value.clone().unwrap_or_default(),
        message: localizable(issue),
    }
}

fn localizable(issue: &Issue) -> LocalizableMessage {
    LocalizableMessage {
        id: format!("ovf.{}", issue.kind.name()),
        default_message: issue.to_string(),
        args: Vec::new(),
    }
}

//! `OvfParseDescriptorResult`: what `OvfManager.parseDescriptor` answers.

use serde::Serialize;

use super::{KeyValue, LocalizedMethodFault, long};
use crate::import::Inspection;
use crate::import::inspect::{NetworkInfo, OptionInfo, ProductInfo, PropertyInfo};
use crate::value::number;
use crate::wire::tree::Node;

/// `OvfParseDescriptorResult`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "_typeName", rename = "OvfParseDescriptorResult", rename_all = "camelCase")]
#[non_exhaustive]
pub struct ParseDescriptorResult<'i, 's> {
    /// The licences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub eula: Vec<&'i str>,
    /// The networks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub network: Vec<OvfNetworkInfo<'i>>,
    /// `dhcp`, `ovfenv`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub ip_allocation_scheme: &'i [&'static str],
    /// `IPv4`, `IPv6`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ip_protocols: Vec<&'static str>,
    /// The properties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub property: Vec<VAppPropertyInfo<'i>>,
    /// The first product of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_info: Option<VAppProductInfo<'i>>,
    /// The annotation; always there.
    pub annotation: &'i str,
    /// Bytes of the files; unset when the descriptor does not say enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_download_size: Option<i64>,
    /// Bytes of the disks at full size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_flat_deployment_size: Option<i64>,
    /// Bytes of the disks that hold data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_sparse_deployment_size: Option<i64>,
    /// What it is called when nobody chooses.
    pub default_entity_name: &'i str,
    /// Whether it becomes a vApp.
    pub virtual_app: bool,
    /// The deployment options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deployment_option: Vec<OvfDeploymentOption<'i>>,
    /// The one taken when nobody chooses; empty only when there is none.
    pub default_deployment_option: &'i str,
    /// Display names of all below the content, with their paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entity_name: Vec<KeyValue>,
    /// The section tree. Values of passwords are empty in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotated_ost: Option<Node<'i, 's>>,
    /// What makes an import fail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error: Vec<LocalizedMethodFault<'i>>,
    /// What is worth a warning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warning: Vec<LocalizedMethodFault<'i>>,
}

/// `OvfNetworkInfo`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "_typeName")]
#[non_exhaustive]
pub struct OvfNetworkInfo<'i> {
    /// Its name.
    pub name: &'i str,
    /// What it is for; may be empty.
    pub description: &'i str,
}

/// `OvfDeploymentOption`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "_typeName")]
#[non_exhaustive]
pub struct OvfDeploymentOption<'i> {
    /// Its id.
    pub key: &'i str,
    /// Its name for people.
    pub label: &'i str,
    /// What it is for.
    pub description: &'i str,
}

/// `VAppProductInfo`. What the descriptor does not say is empty, as vSphere has it.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "_typeName", rename_all = "camelCase")]
#[non_exhaustive]
pub struct VAppProductInfo<'i> {
    /// Its number.
    pub key: i32,
    /// `class`.
    pub class_id: &'i str,
    /// `instance`.
    pub instance_id: &'i str,
    /// Its name.
    pub name: &'i str,
    /// Who makes it.
    pub vendor: &'i str,
    /// Its short version.
    pub version: &'i str,
    /// Its full version.
    pub full_version: &'i str,
    /// Where its maker is described.
    pub vendor_url: &'i str,
    /// Where it is described.
    pub product_url: &'i str,
    /// Where it answers once it runs.
    pub app_url: &'i str,
}

/// `VAppPropertyInfo`. What the descriptor does not say is empty.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "_typeName", rename_all = "camelCase")]
#[non_exhaustive]
pub struct VAppPropertyInfo<'i> {
    /// Its number.
    pub key: i32,
    /// `class` of its product.
    pub class_id: &'i str,
    /// `instance` of its product.
    pub instance_id: &'i str,
    /// Its key.
    pub id: &'i str,
    /// The heading it stands under.
    pub category: &'i str,
    /// Its name for people.
    pub label: &'i str,
    /// Its type in vSphere's grammar.
    #[serde(rename = "type")]
    pub kind: &'i str,
    /// Whether people may set it.
    pub user_configurable: bool,
    /// Its default; empty for a password.
    pub default_value: &'i str,
    /// Its value; empty for a password.
    pub value: &'i str,
    /// What it is for.
    pub description: &'i str,
}

impl<'i, 's> ParseDescriptorResult<'i, 's> {
    /// The shape of an inspection.
    #[must_use]
    pub fn new(inspection: &'i Inspection<'_, 's>) -> Self {
        let numbered = 0_i32..;
        let faults = |faults: &'i [crate::import::inspect::Fault]| {
            faults.iter().map(LocalizedMethodFault::from).collect()
        };
        Self {
            eula: inspection.licences.iter().map(|licence| licence.text.as_str()).collect(),
            network: inspection.networks.iter().map(OvfNetworkInfo::from).collect(),
            ip_allocation_scheme: &inspection.ip_schemes,
            ip_protocols: inspection.ip_protocols.iter().map(|protocol| protocol.vim()).collect(),
            property: numbered
                .zip(&inspection.properties)
                .map(|(key, property)| VAppPropertyInfo::new(key, property))
                .collect(),
            product_info: inspection.product().map(|product| VAppProductInfo::new(0, product)),
            annotation: &inspection.annotation,
            approximate_download_size: long(inspection.sizes.download),
            approximate_flat_deployment_size: long(inspection.sizes.flat),
            approximate_sparse_deployment_size: long(inspection.sizes.sparse),
            default_entity_name: &inspection.name,
            virtual_app: inspection.is_vapp,
            deployment_option: inspection.options.iter().map(OvfDeploymentOption::from).collect(),
            default_deployment_option: inspection.default_option.as_deref().unwrap_or_default(),
            entity_name: inspection
                .entity_names()
                .map(|(name, path)| KeyValue { key: name.to_owned(), value: path.to_owned() })
                .collect(),
            annotated_ost: inspection.envelope.map(|envelope| {
                Node::new(envelope.ost()).type_names(true).hiding(&inspection.secrets)
            }),
            error: faults(&inspection.errors),
            warning: faults(&inspection.warnings),
        }
    }
}

impl<'i> From<&'i NetworkInfo> for OvfNetworkInfo<'i> {
    fn from(network: &'i NetworkInfo) -> Self {
        Self { name: &network.name, description: &network.description }
    }
}

impl<'i> From<&'i OptionInfo> for OvfDeploymentOption<'i> {
    fn from(option: &'i OptionInfo) -> Self {
        Self { key: &option.id, label: &option.label, description: &option.description }
    }
}

impl<'i> VAppProductInfo<'i> {
    /// The shape of a product, with its number.
    #[must_use]
    pub fn new(key: i32, product: &'i ProductInfo) -> Self {
        Self {
            key,
            class_id: &product.class,
            instance_id: &product.instance,
            name: &product.name,
            vendor: &product.vendor,
            version: &product.version,
            full_version: &product.full_version,
            vendor_url: &product.vendor_url,
            product_url: &product.product_url,
            app_url: &product.app_url,
        }
    }
}

impl<'i> VAppPropertyInfo<'i> {
    /// The shape of a property, with its number.
    #[must_use]
    pub fn new(key: i32, property: &'i PropertyInfo) -> Self {
        Self {
            key,
            class_id: &property.class,
            instance_id: &property.instance,
            id: &property.key,
            category: &property.category,
            label: &property.label,
            kind: &property.vim_type,
            user_configurable: property.user_configurable.unwrap_or(false),
            default_value: spelled(property, &property.default),
            value: spelled(property, &property.value),
            description: &property.description,
        }
    }
}

/// A value in vSphere's grammar, where truth values begin with a capital letter.
fn spelled<'i>(property: &PropertyInfo, value: &'i str) -> &'i str {
    match (property.vim_type.as_str(), number::boolean(value)) {
        ("boolean", Ok(true)) => "True",
        ("boolean", Ok(false)) => "False",
        _ => value,
    }
}

//! Products and their properties (DSP0243 9.5).

use super::super::property_type::{network_expression, property_type};
use super::room::{Room, bytes};
use super::text;
use crate::import::Deployment;
use crate::model::{OstNode, Product, Property};
use crate::xml::Attribute;

/// A product: `VAppProductInfo` of vSphere. What the descriptor does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProductInfo {
    /// The path of the system it is of; empty for the envelope.
    pub path: String,
    /// `class`.
    pub class: String,
    /// `instance`.
    pub instance: String,
    /// `Product`.
    pub name: String,
    /// `Vendor`.
    pub vendor: String,
    /// `Version`.
    pub version: String,
    /// `FullVersion`.
    pub full_version: String,
    /// `VendorUrl`.
    pub vendor_url: String,
    /// `ProductUrl`.
    pub product_url: String,
    /// `AppUrl`, references in it not replaced.
    pub app_url: String,
}

/// A property: `VAppPropertyInfo` of vSphere. What the descriptor does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyInfo {
    /// The path of the system it is of; empty for the envelope.
    pub path: String,
    /// The name by which the guest knows it: `[class.]key[.instance]`.
    pub full_key: String,
    /// `class` of its product.
    pub class: String,
    /// `instance` of its product.
    pub instance: String,
    /// `key`.
    pub key: String,
    /// The heading it stands under.
    pub category: String,
    /// `vmw:uioptional` of the heading: whether a wizard may hide it.
    pub is_ui_optional: bool,
    /// `Label`.
    pub label: String,
    /// `Description`.
    pub description: String,
    /// `type` as the descriptor has it.
    pub ovf_type: String,
    /// The type in vSphere's grammar, with the qualifiers.
    pub vim_type: String,
    /// Whether people may set it. It is `None` when the descriptor does not say, which means no.
    pub user_configurable: Option<bool>,
    /// Its default under the deployment option; empty for a password.
    pub default: String,
    /// The value chosen; empty when none is, and for a password.
    pub value: String,
    /// Whether it is a password, so that its value is never shown.
    pub is_password: bool,
    /// Whether it is a password that has a value.
    pub is_masked: bool,
}

pub(super) fn products(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<ProductInfo> {
    let products = deployment.envelope().products();
    // The other texts stand once for each.
    room.keep(products.map(|(node, product)| read(deployment, node, product)), |it| {
        bytes(&[&it.path, &it.class, &it.instance, &it.name, &it.vendor, &it.version])
    })
}

fn read(
    deployment: &Deployment<'_, '_>,
    node: OstNode<'_, '_>,
    product: Product<'_, '_>,
) -> ProductInfo {
    ProductInfo {
        path: Deployment::path(node),
        class: value(product.class()),
        instance: value(product.instance()),
        name: text(deployment, product.name()),
        vendor: text(deployment, product.vendor()),
        version: text(deployment, product.version()),
        full_version: text(deployment, product.full_version()),
        vendor_url: text(deployment, product.vendor_url()),
        product_url: text(deployment, product.product_url()),
        app_url: text(deployment, product.app_url()),
    }
}

pub(super) fn properties(deployment: &Deployment<'_, '_>, room: &mut Room) -> Vec<PropertyInfo> {
    let properties = deployment
        .envelope()
        .properties()
        .filter(|(_, property)| deployment.has_property(*property))
        .filter_map(|(node, property)| of(deployment, node, property));
    room.keep(properties, |it| {
        bytes(&[&it.path, &it.full_key, &it.class, &it.instance, &it.category, &it.label])
            .saturating_add(bytes(&[&it.description, &it.default, &it.value, &it.vim_type]))
    })
}

fn of(
    deployment: &Deployment<'_, '_>,
    node: OstNode<'_, '_>,
    property: Property<'_, '_>,
) -> Option<PropertyInfo> {
    let full_key = property.full_key()?.into_owned();
    let product = property.product();
    let vim_type = property_type(property);
    let computed = (vim_type == "expression").then(|| network_expression(property)).flatten();
    let default = property.value_in(deployment.option()).map(|value| value.value().into_owned());
    let chosen = deployment.chosen_value(node, &full_key);
    let is_password = property.is_secret();
    let has_value = chosen.is_some() || default.as_ref().is_some_and(|value| !value.is_empty());
    let shown = |value: Option<String>| value.filter(|_| !is_password).unwrap_or_default();
    Some(PropertyInfo {
        path: Deployment::path(node),
        class: value(product.and_then(Product::class)),
        instance: value(product.and_then(Product::instance)),
        key: value(property.key()),
        category: text(deployment, property.category().map(|category| category.element())),
        is_ui_optional: property
            .category()
            .and_then(|category| category.ui_optional())
            .is_some_and(|optional| optional.value().trim().eq_ignore_ascii_case("true")),
        label: text(deployment, property.label()),
        description: text(deployment, property.description()),
        ovf_type: value(property.type_name()),
        user_configurable: property.is_user_configurable(),
        default: shown(computed.or(default)),
        value: shown(chosen.map(str::to_owned)),
        vim_type,
        is_password,
        is_masked: is_password && has_value,
        full_key,
    })
}

fn value(attribute: Option<Attribute<'_, '_>>) -> String {
    attribute.map(|attribute| attribute.value().into_owned()).unwrap_or_default()
}

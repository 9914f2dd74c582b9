//! DSP8023: what the schemas say of elements for which no rule of its own speaks.
//!
//! The departures from the schema are the model's; here stands which of them others tell already, and
//! the words for the rest.

use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, Departure, Element, ElementName, Envelope, Kind};
use crate::value::number;

pub(super) const RULES: &[Rule] = &[
    whole(Code::MISSING_CHILD, missing_child),
    part(Code::REPEATED_CHILD, repeated_child),
    part(Code::UNEXPECTED_CHILD, unexpected_child),
    part(Code::CHILD_OUT_OF_ORDER, child_out_of_order),
    part(Code::MALFORMED_TEXT, malformed_text),
    part(Code::UNEXPECTED_TEXT, unexpected_text),
];

/// What other rules tell of: kind, shape, child (`*` for all of them), and the code.
///
/// A child that says `required="false"` may be passed over (DSP0243 7.3), so the rules that know of
/// unexpected children are silent on it; in the namespace of the standard it is unexpected all the same.
#[rustfmt::skip]
const TOLD: &[(Kind, &str, &str, Code)] = &[
    (Kind::MissingChild, "*", "Info", Code::MISSING_INFO),
    (Kind::MissingChild, "Envelope", "References", Code::MISSING_REFERENCES),
    (Kind::MissingChild, "AnnotationSection", "Annotation", Code::MISSING_ANNOTATION),
    (Kind::MissingChild, "EulaSection", "License", Code::MISSING_LICENSE),
    (Kind::MissingChild, "DeploymentOptionSection", "Configuration", Code::EMPTY_DEPLOYMENT_SECTION),
    (Kind::MissingChild, "Configuration", "Label", Code::MISSING_CONFIGURATION_LABEL),
    (Kind::MissingChild, "Configuration", "Description", Code::MISSING_CONFIGURATION_DESCRIPTION),
    (Kind::MissingChild, "ScaleOutSection", "InstanceCount", Code::MISSING_INSTANCE_COUNT),
    (Kind::MissingChild, "BootDeviceSection", "CIM_BootConfigSetting", Code::EMPTY_BOOT_DEVICE_SECTION),
    (Kind::MissingChild, "System", "*", Code::INCOMPLETE_SYSTEM),
    (Kind::MissingChild, "Item", "InstanceID", Code::MISSING_INSTANCE_ID),
    (Kind::MissingChild, "Item", "ElementName", Code::MISSING_ELEMENT_NAME),
    (Kind::RepeatedChild, "Envelope", "References", Code::REPEATED_REFERENCES),
    (Kind::RepeatedChild, "Envelope", "VirtualSystem", Code::REPEATED_CONTENT),
    (Kind::RepeatedChild, "Envelope", "VirtualSystemCollection", Code::REPEATED_CONTENT),
    (Kind::RepeatedChild, "*", "Name", Code::MISPLACED_NAME),
    (Kind::RepeatedChild, "AnnotationSection", "Annotation", Code::REPEATED_ANNOTATION),
    (Kind::RepeatedChild, "EulaSection", "License", Code::REPEATED_LICENSE),
    (Kind::RepeatedChild, "Network", "Description", Code::REPEATED_NETWORK_DESCRIPTION),
    (Kind::RepeatedChild, "VirtualHardwareSection", "System", Code::REPEATED_SYSTEM),
    (Kind::RepeatedChild, "ProductSection", "Product", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "Vendor", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "Version", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "FullVersion", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "ProductUrl", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "VendorUrl", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "ProductSection", "AppUrl", Code::REPEATED_PRODUCT_CHILD),
    (Kind::RepeatedChild, "Item", "*", Code::REPEATED_SETTING),
    (Kind::UnexpectedChild, "Envelope", "*", Code::UNKNOWN_REQUIRED_SECTION),
    (Kind::UnexpectedChild, "VirtualSystem", "*", Code::UNKNOWN_REQUIRED_SECTION),
    (Kind::UnexpectedChild, "VirtualSystemCollection", "*", Code::UNKNOWN_REQUIRED_SECTION),
    (Kind::UnexpectedChild, "References", "*", Code::UNEXPECTED_REFERENCE),
    (Kind::UnexpectedChild, "AnnotationSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "DeploymentOptionSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "DiskSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "EnvironmentFilesSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "EulaSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "InstallSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "NetworkSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "OperatingSystemSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "PlacementGroupSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "PlacementSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "ProductSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "ResourceAllocationSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "ScaleOutSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "SharedDiskSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "StartupSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "VirtualHardwareSection", "*", Code::UNKNOWN_REQUIRED_CHILD),
    (Kind::UnexpectedChild, "Category", "*", Code::PROPERTY_IN_CATEGORY),
    (Kind::UnexpectedChild, "System", "*", Code::UNKNOWN_SYSTEM_SETTING),
    (Kind::UnexpectedChild, "Item", "*", Code::UNKNOWN_REQUIRED_SETTING),
    (Kind::LateChild, "*", "Info", Code::MISPLACED_INFO),
    (Kind::AfterForeign, "*", "Info", Code::MISPLACED_INFO),
    (Kind::LateChild, "*", "Name", Code::MISPLACED_NAME),
    (Kind::LateChild, "Envelope", "References", Code::MISPLACED_REFERENCES),
    (Kind::LateChild, "Envelope", "VirtualSystem", Code::MISPLACED_STRINGS),
    (Kind::LateChild, "Envelope", "VirtualSystemCollection", Code::MISPLACED_STRINGS),
    (Kind::LateChild, "Envelope", "*", Code::SECTION_AFTER_CONTENT),
    (Kind::LateChild, "VirtualSystemCollection", "*", Code::SECTION_AFTER_MEMBER),
    (Kind::LateChild, "ProductSection", "*", Code::PRODUCT_CHILD_ORDER),
    (Kind::LateChild, "Property", "*", Code::PROPERTY_CHILD_ORDER),
    (Kind::LateChild, "VirtualHardwareSection", "System", Code::MISPLACED_SYSTEM),
    (Kind::LateChild, "VirtualHardwareSection", "*", Code::MISORDERED_ITEMS),
    (Kind::LateChild, "ResourceAllocationSection", "*", Code::MISORDERED_ITEMS),
    (Kind::LateChild, "System", "*", Code::MISORDERED_SYSTEM),
    (Kind::LateChild, "Item", "*", Code::MISORDERED_SETTINGS),
    (Kind::MalformedText, "Item/setting", "*", Code::INVALID_QUANTITY),
];

/// DSP8023: `minOccurs="1"`.
fn missing_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MissingChild) {
        out.at(
            element.name_span(),
            format_args!("the `{}` has no `{}`", element.local(), departure.name),
        )
        .help(format_args!("add the element `{}`", departure.name))
        .done();
    }
}

/// DSP8023: `maxOccurs="1"`.
fn repeated_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::RepeatedChild) {
        let draft = out.at(
            element.name_span(),
            format_args!("the `{}` has a second `{}`", parent(element), departure.name),
        );
        match other(envelope, departure) {
            Some(first) => draft
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!("keep one"))
                .done(),
            None => draft.help(format_args!("keep one")).done(),
        }
    }
}

/// DSP8023: an element holds the children of its type, and of other namespaces where there is an
/// `xs:any`.
fn unexpected_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, _) in departures(envelope, Kind::UnexpectedChild) {
        out.at(
            element.name_span(),
            format_args!("`{}` holds no {}", parent(element), quoted(element.local())),
        )
        .help(format_args!("move it to where it belongs, or remove it"))
        .done();
    }
}

/// DSP8023: the children of a type are a sequence; what extends it comes last.
fn child_out_of_order(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let late = departures(envelope, Kind::LateChild);
    for (element, departure) in late.chain(departures(envelope, Kind::AfterForeign)) {
        let Some(other) = other(envelope, departure) else { continue };
        out.at(
            element.name_span(),
            format_args!("`{}` comes after `{}`", element.local(), other.node().name()),
        )
        .label(other.name_span(), format_args!("this comes last"))
        .help(format_args!("move it in front of `{}`", other.node().name()))
        .done();
    }
}

/// DSP8023: texts have types.
fn malformed_text(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MalformedText) {
        let text = element.text();
        if let Err(error) = departure.form.check(&text) {
            out.at(
                element.text_span(),
                format_args!(
                    "the `{}` {} {error}",
                    element.local(),
                    quoted(number::collapse(&text))
                ),
            )
            .help(format_args!("write {}", departure.form))
            .done();
        }
    }
}

/// DSP8023: types without `mixed="true"` hold no text.
fn unexpected_text(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, _) in departures(envelope, Kind::UnexpectedText) {
        out.at(
            element.text_span(),
            format_args!("there is text in `{}`, which holds elements alone", element.local()),
        )
        .help(format_args!("remove it, or make a comment of it"))
        .done();
    }
}

/// The departures of a kind that no other rule tells of.
fn departures<'e, 's>(
    envelope: &'e Envelope<'s>,
    kind: Kind,
) -> impl Iterator<Item = (Element<'e, 's>, &'e Departure)> {
    envelope
        .departures()
        .iter()
        .filter(move |departure| departure.kind == kind)
        .filter_map(|departure| Some((envelope.element(departure.element)?, departure)))
        .filter(|(element, departure)| !is_told(*element, departure))
}

fn is_told(element: Element<'_, '_>, departure: &Departure) -> bool {
    let in_optional_item =
        || departure.shape.name == "Item" && element.parent().is_some_and(is_optional);
    if departure.kind == Kind::UnexpectedChild && (is_optional(element) || in_optional_item()) {
        return false;
    }
    // The rules on Items leave those that describe a network alone.
    let is_profile = |element: Element<'_, '_>| {
        element.parent()?.parent().map(|profile| profile.is_named(ElementName::NetworkPortProfile))
    };
    if departure.kind == Kind::MalformedText && is_profile(element) == Some(true) {
        return false;
    }
    TOLD.iter().any(|&(kind, shape, name, _)| {
        kind == departure.kind
            && (shape == "*" || shape == departure.shape.name)
            && (name == "*" || name == departure.name)
    })
}

fn is_optional(element: Element<'_, '_>) -> bool {
    element
        .attribute_named(AttributeName::Required)
        .is_some_and(|required| number::boolean(&required.value()) == Ok(false))
}

/// The element that explains a departure.
fn other<'e, 's>(envelope: &'e Envelope<'s>, departure: &Departure) -> Option<Element<'e, 's>> {
    envelope.element(departure.other?)
}

/// The name of the element around another.
fn parent<'s>(element: Element<'_, 's>) -> &'s str {
    element.parent().map_or("", |parent| parent.local())
}

//! DSP0243 9.5: products and properties.

mod keys;
mod macros;
mod property;
mod qualifiers;
mod values;

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use super::{Out, Repeats, Rule, each_part, each_whole, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{Element, ElementName, Icon, Product, Scope, Signs};
use crate::namespace::Version;
use crate::value::href::{Deviation, Href, Target};
use crate::value::macros::{Piece, pieces};
use crate::value::map::HashMap;
use crate::value::number;
use crate::xml::Attribute;

pub(super) use self::property::property_type;

pub(super) const RULES: &[Rule] = &[
    each_part(Code::DUPLICATE_PRODUCT, duplicate_product),
    each_part(Code::COLON_IN_CLASS, colon_in_class),
    each_part(Code::INSTANCE_WITHOUT_CLASS, instance_without_class),
    each_part(Code::PRODUCT_CHILD_ORDER, product_child_order).at(Signs::DEPARTURE),
    each_part(Code::REPEATED_PRODUCT_CHILD, repeated_product_child).at(Signs::DEPARTURE),
    each_part(Code::MALFORMED_PRODUCT_URL, malformed_product_url),
    each_part(Code::MISSING_ICON_FILE, missing_icon_file),
    each_whole(Code::UNKNOWN_ICON_FILE, unknown_icon_file),
    each_part(Code::INVALID_ICON_SIZE, invalid_icon_size),
    each_part(Code::PROPERTY_IN_CATEGORY, property_in_category).at(Signs::DEPARTURE),
    each_part(Code::MISSING_PROPERTY_KEY, keys::missing_property_key)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_KEY)),
    each_part(Code::DUPLICATE_PROPERTY_KEY, keys::duplicate_property_key),
    each_part(Code::RESERVED_KEY_CHARACTER, keys::reserved_key_character)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_KEY)),
    each_part(Code::PROPERTY_KEY_CLASH, keys::property_key_clash),
    each_part(Code::MISSING_PROPERTY_TYPE, property::missing_property_type)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE)),
    each_part(Code::UNKNOWN_PROPERTY_TYPE, property::unknown_property_type)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE)),
    part(Code::LOOSE_PROPERTY_TYPE, property::loose_property_type)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE)),
    each_part(Code::INVALID_PROPERTY_VALUE, values::invalid_property_value)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE).and(Signs::TYPED_DEFAULT)),
    part(Code::LOOSE_PROPERTY_VALUE, values::loose_property_value)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE).and(Signs::TYPED_DEFAULT)),
    each_part(Code::EMPTY_PROPERTY_VALUE, values::empty_property_value)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE).and(Signs::TYPED_DEFAULT)),
    each_part(Code::UNSET_PROPERTY, values::unset_property)
        .at(Signs::ODD_PROPERTY.and(Signs::UNSET)),
    each_part(Code::INVALID_PROPERTY_FLAG, property::invalid_property_flag)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_FLAG)),
    each_part(Code::CLEAR_TEXT_PASSWORD, values::clear_text_password)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE).and(Signs::SECRET_DEFAULT)),
    part(Code::UNKNOWN_PROPERTY_ATTRIBUTE, property::unknown_property_attribute)
        .at(Signs::ODD_PROPERTY),
    each_part(Code::MISSING_VALUE, values::missing_value),
    each_part(Code::DUPLICATE_VALUE_CONFIGURATION, values::duplicate_value_configuration),
    each_part(Code::PROPERTY_CHILD_ORDER, property::property_child_order).at(Signs::DEPARTURE),
    whole(Code::UNKNOWN_MACRO, macros::unknown_macro),
    each_part(Code::INVALID_QUALIFIERS, qualifiers::invalid_qualifiers).at(Signs::ODD_PROPERTY),
    each_part(Code::LOOSE_QUALIFIERS, qualifiers::loose_qualifiers).at(Signs::ODD_PROPERTY),
    each_part(Code::UNKNOWN_QUALIFIER, qualifiers::unknown_qualifier).at(Signs::ODD_PROPERTY),
    each_part(Code::DUPLICATE_QUALIFIER, qualifiers::duplicate_qualifier).at(Signs::ODD_PROPERTY),
    each_part(Code::UNFIT_QUALIFIER, qualifiers::unfit_qualifier).at(Signs::ODD_PROPERTY),
    each_part(Code::CONTRADICTORY_QUALIFIERS, qualifiers::contradictory_qualifiers)
        .at(Signs::ODD_PROPERTY),
    each_part(Code::DEFAULT_BREAKS_QUALIFIERS, qualifiers::default_breaks_qualifiers)
        .at(Signs::ODD_PROPERTY),
    each_part(Code::INVALID_NETWORK_QUALIFIERS, qualifiers::invalid_network_qualifiers)
        .at(Signs::ODD_PROPERTY),
    each_whole(Code::UNKNOWN_PROPERTY_NETWORK, qualifiers::unknown_property_network)
        .at(Signs::ODD_PROPERTY.and(Signs::ODD_PROPERTY_TYPE)),
];

fn text<'s>(attribute: Option<Attribute<'_, 's>>) -> Cow<'s, str> {
    attribute.map(|attribute| attribute.value()).unwrap_or_default()
}

/// DSP0243 9.5: class and instance together are unique on an entity.
fn duplicate_product(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let mut seen = HashMap::default();
    for (node, product) in envelope.products() {
        let (class, instance) = (text(product.class()), text(product.instance()));
        let span = product.element().name_span();
        let entity = node.element().node().id();
        let first = match seen.entry((entity, class.clone(), instance.clone())) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(place) => {
                place.insert(span);
                continue;
            }
        };
        let at = product.instance().or(product.class()).map_or(span, |which| which.value_span());
        let draft = match (&*class, &*instance) {
            ("", "") => out.at(at, format_args!("there is a second product without a class")),
            (class, "") => out.at(at, format_args!("there are two products {}", quoted(class))),
            (class, instance) => out.at(
                at,
                format_args!(
                    "there are two products {} with the instance {}",
                    quoted(class),
                    quoted(instance)
                ),
            ),
        };
        draft
            .label(first, format_args!("the first is here"))
            .help(format_args!("put everything into one section, or give each its `ovf:instance`"))
            .done();
    }
}

/// DSP0243 9.5: neither class nor instance holds a colon.
fn colon_in_class(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, product) in envelope.products() {
        for attribute in product.class().into_iter().chain(product.instance()) {
            if attribute.value().contains(':') {
                out.at(
                    attribute.value_span(),
                    format_args!(
                        "the {} {} holds a colon",
                        attribute.local(),
                        quoted(&attribute.value())
                    ),
                )
                .help(format_args!("use periods in a class, and no colon anywhere"))
                .done();
            }
        }
    }
}

/// DSP0243 9.5: an instance is one of a class.
fn instance_without_class(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, product) in envelope.products() {
        if let Some(instance) = product.instance().filter(|instance| !instance.value().is_empty())
            && text(product.class()).is_empty()
        {
            out.at(
                instance.span(),
                format_args!("the instance {} is one of no class", quoted(&instance.value())),
            )
            .help(format_args!("add `ovf:class`, or leave the instance out"))
            .done();
        }
    }
}

/// The children that are there once at most, in their order. `Info` has rules of its own.
const SINGLE: &[ElementName] = &[
    ElementName::Product,
    ElementName::Vendor,
    ElementName::Version,
    ElementName::FullVersion,
    ElementName::ProductUrl,
    ElementName::VendorUrl,
    ElementName::AppUrl,
];

/// The place of a child in the order of the schema; `None` for what the schema does not know.
fn rank(child: Element<'_, '_>) -> Option<usize> {
    if !child.is_ovf() {
        return Some(SINGLE.len().saturating_add(2));
    }
    let name = match child.name() {
        ElementName::LegacyFullVersion => ElementName::FullVersion,
        name => name,
    };
    match name {
        ElementName::Icon => Some(SINGLE.len()),
        ElementName::Category | ElementName::Property => Some(SINGLE.len().saturating_add(1)),
        _ => SINGLE.iter().position(|&known| known == name),
    }
}

/// DSP0243 9.5, DSP8023: the order of the children. No schema tells that of OVF 0.9.
fn product_child_order(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if envelope.version() == Version::V0_9 {
        return;
    }
    for (_, product) in envelope.products() {
        if let Some((late, before)) = out_of_order(product.element(), rank) {
            out.at(
                late.name_span(),
                format_args!("`{}` stands after {}", late.local(), quoted(before.node().name())),
            )
            .label(before.name_span(), format_args!("this belongs after it"))
            .help(format_args!("move `{}` before it", late.local()))
            .done();
        }
    }
}

/// The first child that stands after one of a higher rank, and that one.
fn out_of_order<'e, 's>(
    parent: Element<'e, 's>,
    rank: impl Fn(Element<'e, 's>) -> Option<usize>,
) -> Option<(Element<'e, 's>, Element<'e, 's>)> {
    let mut highest: Option<(usize, Element<'e, 's>)> = None;
    for child in parent.children() {
        let Some(rank) = rank(child) else { continue };
        match highest {
            Some((high, before)) if rank < high => return Some((child, before)),
            Some((high, _)) if rank == high => {}
            _ => highest = Some((rank, child)),
        }
    }
    None
}

/// DSP0243 9.5, DSP8023: one of each at most.
fn repeated_product_child(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, product) in envelope.products() {
        let mut seen = [const { None }; SINGLE.len()];
        for child in product.element().children() {
            let Some(slot) = rank(child).and_then(|rank| seen.get_mut(rank)) else { continue };
            let Some(first) = slot.replace(child.name_span()) else { continue };
            *slot = Some(first);
            out.at(child.name_span(), format_args!("there is a second `{}`", child.local()))
                .label(first, format_args!("the first is here"))
                .help(format_args!("keep one of them"))
                .done();
        }
    }
}

/// DSP0243 9.5: three children are URLs. An empty one says nothing, as many exporters do.
fn malformed_product_url(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for url in envelope.products().flat_map(|(_, product)| urls(product)) {
        let written = url.text();
        let written = number::collapse(&written);
        if !written.is_empty() && !is_url(written) {
            out.at(
                url.text_span(),
                format_args!("the `{}` {} is no URL", url.local(), quoted(written)),
            )
            .help(format_args!("write it with its scheme: `https://…`"))
            .done();
        }
    }
}

/// The first of each of the three.
fn urls<'e, 's>(product: Product<'e, 's>) -> impl Iterator<Item = Element<'e, 's>> {
    let mut seen = [false; 3];
    product.element().children().filter(move |child| {
        let slot = match child.name() {
            ElementName::ProductUrl => 0,
            ElementName::VendorUrl => 1,
            ElementName::AppUrl => 2,
            _ => return false,
        };
        let seen = seen.get_mut(slot).filter(|_| child.is_ovf());
        seen.is_some_and(|seen| !std::mem::replace(seen, true))
    })
}

/// Whether a text is a URL with a scheme, whatever its macros stand for.
fn is_url(text: &str) -> bool {
    if text.starts_with("${") {
        return true;
    }
    if (text.starts_with("http://") || text.starts_with("https://"))
        && !text.bytes().any(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    {
        return true;
    }
    let filled: String = pieces(text)
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Unclosed { text, .. } => text,
            Piece::Macro(_) => "x",
        })
        .collect();
    Href::parse(&filled).is_ok_and(|href| {
        !matches!(href.target, Target::Path(_)) && !href.deviations.contains(&Deviation::Blank)
    })
}

fn icons<'e, 's>(envelope: &Scope<'e, 's>) -> impl Iterator<Item = Icon<'e, 's>> {
    let products = (!envelope.has_no_element(ElementName::Icon)).then(|| envelope.products());
    products.into_iter().flatten().flat_map(|(_, product)| product.icons())
}

/// DSP0243 9.5: an Icon has a file.
fn missing_icon_file(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for icon in icons(envelope) {
        if text(icon.file_ref()).is_empty() {
            let span = icon.file_ref().map_or_else(|| icon.element().name_span(), |it| it.span());
            out.at(span, format_args!("the `Icon` names no file"))
                .help(format_args!("add `ovf:fileRef` with the id of the File of the picture"))
                .done();
        }
    }
}

/// DSP0243 9.5: the `fileRef` of an Icon is the id of a File.
fn unknown_icon_file(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for icon in icons(envelope) {
        let Some(file_ref) = icon.file_ref() else { continue };
        let id = file_ref.value();
        if id.is_empty() || envelope.file(&id).is_some() {
            continue;
        }
        out.at(file_ref.value_span(), format_args!("no file has the id {}", quoted(&id)))
            .suggest(
                &id,
                envelope.files().filter_map(|file| Some(file.id()?.value())),
                format_args!("list the picture in `References`"),
            )
            .done();
    }
}

/// DSP0243 9.5: height and width are `xs:unsignedShort`.
fn invalid_icon_size(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for icon in icons(envelope) {
        for size in icon.height().into_iter().chain(icon.width()) {
            if let Err(error) = number::unsigned_short(&size.value()) {
                out.at(
                    size.value_span(),
                    format_args!("the {} {} {error}", size.local(), quoted(&size.value())),
                )
                .help(format_args!("write a number of pixels, or leave the attribute out"))
                .done();
            }
        }
    }
}

/// DSP0243 9.5.1: a Category is a text; what it is the heading of follows it.
fn property_in_category(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for category in envelope.products().flat_map(|(_, product)| product.categories()) {
        let mut children = category.element().children();
        let Some(first) = children.next() else { continue };
        let count = children.count().saturating_add(1);
        out.at(
            first.name_span(),
            format_args!("a `Category` holds {}{}", quoted(first.node().name()), Repeats(count)),
        )
        .label(category.element().name_span(), format_args!("the heading begins here"))
        .help(format_args!("close the `Category` before it"))
        .done();
    }
}

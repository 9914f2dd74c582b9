//! The signs of properties.

use super::{Signs, plain};
use crate::model::{AttributeName, ElementName, Property};
use crate::value::property::PropertyType;

/// The signs that rules about properties ask for.
const ALL: Signs = Signs::ODD_PROPERTY
    .and(Signs::ODD_KEY)
    .and(Signs::ODD_PROPERTY_TYPE)
    .and(Signs::ODD_FLAG)
    .and(Signs::TYPED_DEFAULT)
    .and(Signs::UNSET)
    .and(Signs::SECRET_DEFAULT);

impl Signs {
    pub(in crate::model) fn of_property(property: Property<'_, '_>) -> Self {
        let element = property.element();
        let own = element.node().namespace_id();
        let mut signs = Self::NONE;
        let (mut has_key, mut has_type) = (false, false);
        let (mut is_string, mut is_secret, mut is_asked_for) = (false, false, false);
        let (mut has_default, mut is_filled) = (false, false);
        for (name, attribute) in element.named_attributes() {
            // Of one namespace there is one attribute of a name at most.
            let is_own = attribute.namespace_id() == own;
            let Some(value) = plain(attribute).filter(|_| is_own) else { return ALL };
            match name {
                AttributeName::Key => {
                    has_key = true;
                    let is_plain =
                        !value.is_empty() && !value.iter().any(|byte| matches!(byte, b'.' | b':'));
                    signs |= Self::ODD_KEY.when(!is_plain);
                }
                AttributeName::Type => {
                    has_type = true;
                    is_string = value == b"string";
                    let is_known = is_string || is_standard_type(value);
                    signs |= Self::ODD_PROPERTY_TYPE.when(!is_known);
                }
                AttributeName::UserConfigurable => {
                    is_asked_for = value == b"true";
                    signs |= Self::ODD_FLAG.when(!is_asked_for && value != b"false");
                }
                AttributeName::Password => {
                    is_secret = value != b"false";
                    signs |= Self::ODD_FLAG.when(is_secret && value != b"true");
                }
                AttributeName::Value => {
                    has_default = true;
                    is_filled = !value.is_empty();
                }
                _ => return ALL,
            }
        }
        let has_values = !element.envelope().has_no_element(ElementName::Value)
            && element.child_named(ElementName::Value).is_some();
        let has_any_default = has_default || has_values;
        signs
            | Self::ODD_KEY.when(!has_key)
            | Self::ODD_PROPERTY_TYPE.when(!has_type)
            | Self::TYPED_DEFAULT.when(!is_string && has_any_default)
            | Self::UNSET.when(!has_any_default && !is_asked_for)
            | Self::SECRET_DEFAULT.when(is_secret && (is_filled || has_values))
    }
}

fn is_standard_type(name: &[u8]) -> bool {
    PropertyType::ALL.iter().any(|kind| kind.as_str().as_bytes() == name)
}

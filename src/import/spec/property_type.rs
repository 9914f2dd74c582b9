use crate::model::Property;
#[derive(Default)]
pub(super) struct VimType {
    pub(super) text: String,
    pub(super) default: Option<String>,
}
pub(super) fn vim_type(property: Property<'_, '_>) -> VimType {
    VimType {
        text: property.type_name().map(|n| n.value().into_owned()).unwrap_or_default(),
        default: None,
    }
}

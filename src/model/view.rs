//! Typed views: an element under the name the standard has for it.

/// Declares a view: a `Copy` handle of an element, with accessors for its OVF attributes.
///
/// Accessors give the attribute, not its value, so that whoever judges the value knows its place.
macro_rules! view {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$attribute_doc:meta])* $accessor:ident = $attribute:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'e, 's>($crate::model::Element<'e, 's>);

        impl<'e, 's> $name<'e, 's> {
            #[allow(dead_code, reason = "not every view is made outside its file")]
            pub(in $crate::model) const fn new(element: $crate::model::Element<'e, 's>) -> Self {
                Self(element)
            }

            /// The element.
            #[must_use]
            pub const fn element(self) -> $crate::model::Element<'e, 's> {
                self.0
            }

            $(
                $(#[$attribute_doc])*
                #[must_use]
                pub fn $accessor(self) -> Option<$crate::xml::Attribute<'e, 's>> {
                    const NAME: $crate::model::AttributeName =
                        $crate::model::AttributeName::named($attribute);
                    self.0.attribute_named(NAME)
                }
            )*
        }
    };
}
pub(super) use view;

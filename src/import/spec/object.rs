//! Data objects of vSphere's API, and how they are looked at field by field.

/// A data object of vSphere's API (vim25), whatever its type.
///
/// The types of this module are plain structures; this is what lets one writer write all of them.
pub(crate) trait DataObject {
    /// The name of the type: `VirtualDisk`.
    fn type_name(&self) -> &'static str;

    /// Gives name and value of each field that is set, in the order of the API.
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>));
}

/// A value of a field.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// `xsd:boolean`.
    Boolean(bool),
    /// `xsd:short`, `xsd:int` or `xsd:long`.
    Number(i64),
    /// `xsd:string` and enumerations.
    Text(&'a str),
    /// `xsd:anyType` with a string in it.
    AnyText(&'a str),
    /// A data object.
    Object(&'a dyn DataObject),
    /// An array.
    List(&'a dyn Values),
}

/// The values of an array.
pub(crate) trait Values {
    fn each<'a>(&'a self, value: &mut dyn FnMut(Value<'a>));
}

/// What a field can be of.
pub(crate) trait Field {
    /// The value; `None` when it is not set.
    fn value(&self) -> Option<Value<'_>>;
}

impl Field for bool {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Boolean(*self))
    }
}

impl Field for i16 {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Number((*self).into()))
    }
}

impl Field for i32 {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Number((*self).into()))
    }
}

impl Field for i64 {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Number(*self))
    }
}

impl Field for String {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(self))
    }
}

impl Field for &'static str {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(self))
    }
}

impl<T: Field> Field for Option<T> {
    fn value(&self) -> Option<Value<'_>> {
        self.as_ref()?.value()
    }
}

impl<T: Field> Field for Box<T> {
    fn value(&self) -> Option<Value<'_>> {
        (**self).value()
    }
}

/// An array without elements is left out.
impl<T: Field> Field for Vec<T> {
    fn value(&self) -> Option<Value<'_>> {
        if self.is_empty() { None } else { Some(Value::List(self)) }
    }
}

impl<T: Field> Values for Vec<T> {
    fn each<'a>(&'a self, value: &mut dyn FnMut(Value<'a>)) {
        self.iter().filter_map(Field::value).for_each(value);
    }
}

/// A string where the API has `xsd:anyType`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyText(pub String);

impl Field for AnyText {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::AnyText(&self.0))
    }
}

/// Declares structures that are data objects: the name of the type, and the name of each field, in the
/// order of the API. A field of a plain type is always written, an `Option` or `Vec` when it is set.
macro_rules! data_objects {
    ($(
        $(#[$doc:meta])*
        $name:ident = $type_name:literal {
            $($(#[$field_doc:meta])* $field:ident: $type:ty = $field_name:literal,)*
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        data_objects!(@impl $name = $type_name { $($field = $field_name,)* });
    )+};
    (@impl $name:ident = $type_name:literal { $($field:ident = $field_name:literal,)* }) => {
        impl $crate::import::spec::object::DataObject for $name {
            fn type_name(&self) -> &'static str {
                $type_name
            }

            #[allow(unused_variables, reason = "some have no fields")]
            fn fields<'a>(
                &'a self,
                field: &mut dyn FnMut(&'static str, $crate::import::spec::object::Value<'a>),
            ) {
                $(
                    if let Some(value) = $crate::import::spec::object::Field::value(&self.$field) {
                        field($field_name, value);
                    }
                )*
            }
        }

        impl $crate::import::spec::object::Field for $name {
            fn value(&self) -> Option<$crate::import::spec::object::Value<'_>> {
                Some($crate::import::spec::object::Value::Object(self))
            }
        }
    };
}
pub(super) use data_objects;

/// Declares an enumeration of the API, written as text.
macro_rules! enumerations {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// As the API spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl $crate::import::spec::object::Field for $name {
            fn value(&self) -> Option<$crate::import::spec::object::Value<'_>> {
                Some($crate::import::spec::object::Value::Text(self.as_str()))
            }
        }
    )+};
}
pub(super) use enumerations;

/// Declares an enumeration of data objects of one kind: devices, backings, faults. For each the name of the
/// type, and the fields it adds to what all of the kind have.
macro_rules! kinds {
    (
        $(#[$doc:meta])*
        $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $type_name:literal {
                $($(#[$field_doc:meta])* $field:ident: $type:ty = $field_name:literal,)*
            })+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant { $($(#[$field_doc])* $field: $type,)* },)+
        }

        impl $name {
            /// The name of the type in vSphere's API.
            #[must_use]
            pub const fn type_name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $type_name,)+ }
            }
        }

        impl $crate::import::spec::object::DataObject for $name {
            fn type_name(&self) -> &'static str {
                self.type_name()
            }

            fn fields<'a>(
                &'a self,
                field: &mut dyn FnMut(&'static str, $crate::import::spec::object::Value<'a>),
            ) {
                match self {
                    $(Self::$variant { $($field,)* } => {
                        $(if let Some(value) = $crate::import::spec::object::Field::value($field) {
                            field($field_name, value);
                        })*
                    })+
                }
            }
        }

        impl $crate::import::spec::object::Field for $name {
            fn value(&self) -> Option<$crate::import::spec::object::Value<'_>> {
                Some($crate::import::spec::object::Value::Object(self))
            }
        }
    };
}
pub(super) use kinds;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_width_are_numbers() {
        assert!(matches!(i16::MIN.value(), Some(Value::Number(-32_768))));
        assert!(matches!(i32::MAX.value(), Some(Value::Number(2_147_483_647))));
        assert!(matches!(i64::MIN.value(), Some(Value::Number(i64::MIN))));
    }
}

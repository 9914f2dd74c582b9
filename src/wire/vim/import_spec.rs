//! What is to be made of a package, as vSphere's `OvfCreateImportSpecResult`.

use serde::Serialize;
use serde::ser::{SerializeMap as _, SerializeSeq as _, Serializer};

use crate::import::spec::object::{DataObject, Value, Values};
use crate::import::spec::{Fault, FileItem, ImportSpec, ImportSpecResult, MethodFault};

/// `OvfCreateImportSpecResult` in VI/JSON: every object begins with its `_typeName`, and what is not set
/// is left out. Nested as deep as collections are, which [`Limits::depth`](crate::Limits::depth) bounds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OvfCreateImportSpecResult<'r> {
    /// `OvfCreateImportSpecResult`.
    #[serde(rename = "_typeName")]
    pub type_name: &'static str,
    /// `VirtualMachineImportSpec` or `VirtualAppImportSpec`; absent when there are errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_spec: Option<Spec<'r>>,
    /// The files to be sent, in the order they have to be sent in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub file_item: Vec<Item<'r>>,
    /// What is lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warning: Vec<LocalizedMethodFault<'r>>,
    /// What keeps the package from being imported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error: Vec<LocalizedMethodFault<'r>>,
}

impl<'r> From<&'r ImportSpecResult> for OvfCreateImportSpecResult<'r> {
    fn from(result: &'r ImportSpecResult) -> Self {
        Self {
            type_name: "OvfCreateImportSpecResult",
            import_spec: result.spec.as_ref().map(Spec),
            file_item: result.file_items.iter().map(Item).collect(),
            warning: result.warnings.iter().map(LocalizedMethodFault::from).collect(),
            error: result.errors.iter().map(LocalizedMethodFault::from).collect(),
        }
    }
}

/// An `ImportSpec`.
#[derive(Clone, Copy, Debug)]
pub struct Spec<'r>(&'r ImportSpec);

impl Serialize for Spec<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Object(self.0).serialize(serializer)
    }
}

/// An `OvfFileItem`.
#[derive(Clone, Copy, Debug)]
pub struct Item<'r>(&'r FileItem);

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Object(self.0).serialize(serializer)
    }
}

/// A `LocalizedMethodFault`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LocalizedMethodFault<'r> {
    /// `LocalizedMethodFault`.
    #[serde(rename = "_typeName")]
    pub type_name: &'static str,
    /// The fault.
    pub fault: FaultObject<'r>,
    /// A sentence in English.
    pub localized_message: String,
}

impl<'r> From<&'r Fault> for LocalizedMethodFault<'r> {
    fn from(fault: &'r Fault) -> Self {
        Self {
            type_name: "LocalizedMethodFault",
            fault: FaultObject(fault),
            localized_message: fault.to_string(),
        }
    }
}

/// A fault: `OvfUnsupportedType` and others.
#[derive(Clone, Copy, Debug)]
pub struct FaultObject<'r>(&'r Fault);

impl Serialize for FaultObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Object(&MethodFault(self.0)).serialize(serializer)
    }
}

/// Any data object, its type first.
struct Object<'o>(&'o dyn DataObject);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_typeName", self.0.type_name())?;
        let mut result = Ok(());
        self.0.fields(&mut |name, value| {
            if result.is_ok() {
                result = map.serialize_entry(name, &Any(value));
            }
        });
        result?;
        map.end()
    }
}

/// A value of a field.
struct Any<'o>(Value<'o>);

impl Serialize for Any<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Boolean(value) => serializer.serialize_bool(value),
            Value::Number(value) => serializer.serialize_i64(value),
            Value::Text(value) => serializer.serialize_str(value),
            // VI/JSON puts what has no type of its own into an object that says it.
            Value::AnyText(value) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("_typeName", "string")?;
                map.serialize_entry("_value", value)?;
                map.end()
            }
            Value::Object(object) => Object(object).serialize(serializer),
            Value::List(values) => Array(values).serialize(serializer),
        }
    }
}

struct Array<'o>(&'o dyn Values);

impl Serialize for Array<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut result = Ok(());
        self.0.each(&mut |value| {
            if result.is_ok() {
                result = list.serialize_element(&Any(value));
            }
        });
        result?;
        list.end()
    }
}

//! Shapes of vSphere's VI/JSON, the vim25 API as JSON: names in camel case, `_typeName` first in every object,
//! what is unset left out.

pub mod descriptor;
pub mod import_spec;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::import::inspect::{Fault, FaultValue};

/// `KeyValue`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "_typeName")]
pub struct KeyValue {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// `LocalizableMessage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "_typeName")]
pub struct LocalizableMessage {
    /// Key of the message: `ovf.` and the name of the code.
    pub key: String,
    /// The message in English. Ours are complete, so there are no arguments.
    pub message: String,
}

/// `LocalizedMethodFault`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "_typeName", rename_all = "camelCase")]
pub struct LocalizedMethodFault<'f> {
    /// The fault.
    pub fault: OvfFault<'f>,
    /// Line and message.
    pub localized_message: &'f str,
}

/// A subtype of `OvfFault`, with its properties and, as `faultMessage`, the code it stands for.
#[derive(Clone, Copy, Debug)]
pub struct OvfFault<'f>(&'f Fault);

impl<'f> From<&'f Fault> for LocalizedMethodFault<'f> {
    fn from(fault: &'f Fault) -> Self {
        Self { fault: OvfFault(fault), localized_message: &fault.message }
    }
}

impl Serialize for OvfFault<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_typeName", self.0.fault.as_str())?;
        let message = LocalizableMessage {
            key: format!("ovf.{}", self.0.code.name()),
            message: self.0.message.clone(),
        };
        map.serialize_entry("faultMessage", &[message])?;
        for (name, value) in &self.0.properties {
            match value {
                FaultValue::Text(text) => map.serialize_entry(name, text)?,
                FaultValue::Int(number) => map.serialize_entry(name, number)?,
            }
        }
        map.end()
    }
}

/// An `xsd:long`; what does not fit is left out.
pub(crate) fn long(number: Option<u64>) -> Option<i64> {
    i64::try_from(number?).ok()
}

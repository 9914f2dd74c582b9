//! The types of properties in vSphere's grammar: `VAppPropertyInfo.type` of vim25.

use std::fmt::Write as _;

use crate::model::Property;
use crate::value::property::PropertyType;
use crate::value::property::network::{self, Function};
use crate::value::property::qualifier::{Qualifier, Qualifiers};

/// A type in vSphere's grammar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VimType {
    /// `string(1..64)`, `int(0..255)`, `string["a", "b"]`, `password`, `ip:VM Network`, ….
    pub text: String,
    /// Of an `expression` its default, which is what is computed: `${netmask:VM Network}`.
    pub default: Option<String>,
}

/// The type of a property with what its qualifiers ask for, in vSphere's grammar. A descriptor that
/// has a type of that grammar, `ip` or `int`, keeps it. Qualifiers that cannot be read are left out, and a
/// type that is not known is a string; both are findings elsewhere.
#[must_use]
pub fn vim_type(property: Property<'_, '_>) -> VimType {
    let written = property.type_name().map(|name| name.value()).unwrap_or_default();
    let qualifiers = property.qualifiers().map(|text| text.value()).unwrap_or_default();
    let network = property.network_qualifiers().map(|text| text.value()).unwrap_or_default();
    let kind = PropertyType::parse(&written).map_or(PropertyType::String, |found| found.kind);
    let limits = Bounds::of(&qualifiers);
    if property.is_secret() {
        return plain(format!("password{}", limits.lengths()));
    }
    if let Some(found) = of_network(&network) {
        return found;
    }
    if *written == *"ip" || written.starts_with("ip:") || *written == *"expression" {
        return plain(written.into_owned());
    }
    plain(match kind {
        PropertyType::Boolean => "boolean".to_owned(),
        // The grammar has lists of strings alone.
        _ if limits.map.is_some() => format!("string[{}]", listed(&limits.map.unwrap_or_default())),
        PropertyType::String => format!("string{}", limits.lengths()),
        PropertyType::Real32 | PropertyType::Real64 => match (&limits.min, &limits.max) {
            // It wants both bounds.
            (Some(min), Some(max)) => format!("real({min}..{max})"),
            _ => "real".to_owned(),
        },
        // The one without bounds.
        PropertyType::Sint32 => format!("int{}", limits.values(None)),
        kind => {
            let (min, max) = kind.range().unwrap_or_default();
            format!("int{}", limits.values(Some((min.to_string(), max.to_string()))))
        }
    })
}

const fn plain(text: String) -> VimType {
    VimType { text, default: None }
}

/// What `vmw:qualifiers` make of a property; the first that makes something counts.
fn of_network(text: &str) -> Option<VimType> {
    let list = network::parse(text).ok()?;
    let first = list.first()?;
    let network = first.network.as_deref().unwrap_or_default();
    let command = match first.function {
        Function::Ip if network.is_empty() => return Some(plain("ip".to_owned())),
        Function::Ip => return Some(plain(format!("ip:{network}"))),
        Function::AutoIp => "autoIp",
        Function::VimIp => "vimIp",
        Function::Netmask => "netmask",
        Function::HostPrefix => "hostPrefix",
        Function::Subnet => "subnet",
        Function::Gateway => "gateway",
        Function::Dns => "dns",
        Function::DomainName => "domainName",
        Function::SearchPath => "searchPath",
        Function::HttpProxy => "httpProxy",
        Function::Net => "net",
    };
    let default = Some(format!("${{{command}:{network}}}"));
    Some(VimType { text: "expression".to_owned(), default })
}

/// The qualifiers that matter, the first of each.
#[derive(Default)]
struct Bounds {
    min_len: Option<u64>,
    max_len: Option<u64>,
    min: Option<String>,
    max: Option<String>,
    map: Option<Vec<String>>,
}

impl Bounds {
    fn of(text: &str) -> Self {
        let mut bounds = Self::default();
        let Ok(qualifiers) = Qualifiers::parse(text) else { return bounds };
        for qualifier in qualifiers.list {
            match qualifier {
                Qualifier::MinLen(len) => bounds.min_len = bounds.min_len.or(Some(len)),
                Qualifier::MaxLen(len) => bounds.max_len = bounds.max_len.or(Some(len)),
                Qualifier::MinValue(bound) => {
                    bounds.min.get_or_insert_with(|| bound.text.to_owned());
                }
                Qualifier::MaxValue(bound) => {
                    bounds.max.get_or_insert_with(|| bound.text.to_owned());
                }
                Qualifier::ValueMap(entries) => {
                    bounds.map.get_or_insert_with(|| {
                        entries.into_iter().map(|entry| entry.text.into_owned()).collect()
                    });
                }
            }
        }
        bounds
    }

    /// `(1..64)`, `(..64)`, `(1..)`, or nothing.
    fn lengths(&self) -> String {
        let text = |len: Option<u64>| len.map(|len| len.to_string()).unwrap_or_default();
        match (self.min_len, self.max_len) {
            (None, None) => String::new(),
            (min, max) => format!("({}..{})", text(min), text(max)),
        }
    }

    /// `(0..255)`: both bounds, those of the type where the qualifiers have none.
    fn values(&self, range: Option<(String, String)>) -> String {
        // Of an int without bounds of its own: those of 32 bits.
        let (least, greatest) = match (range, &self.min, &self.max) {
            (None, None, None) => return String::new(),
            (None, ..) => (i32::MIN.to_string(), i32::MAX.to_string()),
            (Some(range), ..) => range,
        };
        let min = self.min.clone().unwrap_or(least);
        let max = self.max.clone().unwrap_or(greatest);
        format!("({min}..{max})")
    }
}

/// `"a", "b"`, quotes and backslashes inside escaped.
fn listed(values: &[String]) -> String {
    let mut list = String::new();
    for (at, value) in values.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        let value = value.replace('\\', r"\\").replace('"', "\\\"");
        let _infallible = write!(list, "{comma}\"{value}\"");
    }
    list
}

//! The type of a property as vSphere writes it: type and qualifiers in one text.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::Property;
use crate::value::number;
use crate::value::property::PropertyType;
use crate::value::property::network::{self, Function};
use crate::value::property::qualifier::{Entry, Qualifier, Qualifiers};

/// The type of a property in the grammar of `VAppPropertyInfo.type` of vim25, which the vAPI uses too:
/// `string(1..8)`, `string["small", "large"]`, `int(0..255)`, `ip:VM Network`, `password`, `expression`.
///
/// `string` when the descriptor names no type that is known.
///
/// That the value is secret comes first, so that nobody shows it; then a network qualifier, for it decides
/// who fills the property; then a `ValueMap`, which the grammar has for strings alone, so that one of numbers becomes a
/// list of texts. What the grammar cannot say is left out: a least real without a greatest, lengths
/// beside a list.
#[must_use]
pub fn property_type(property: Property<'_, '_>) -> String {
    let name = property.type_name().map(|name| name.value()).unwrap_or_default();
    if name == "ip" || name == "expression" || name.starts_with("ip:") {
        return name.into_owned();
    }
    if !property.is_secret() {
        match network_function(property) {
            Some((Function::Ip, Some(network))) => return format!("ip:{network}"),
            Some((Function::Ip, None)) => return "ip".to_owned(),
            Some(_) => return "expression".to_owned(),
            None => {}
        }
    }
    let kind = PropertyType::parse(&name).map_or(PropertyType::String, |name| name.kind);
    let written = property.qualifiers().map(|qualifiers| qualifiers.value()).unwrap_or_default();
    let qualifiers = Qualifiers::parse(&written).unwrap_or_default();
    let of_type = qualifiers.list.iter().filter(|qualifier| qualifier.name().fits(kind));
    let mut bounds = Bounds::default();
    let mut map = None;
    for qualifier in of_type {
        match qualifier {
            Qualifier::MinLen(min) => _ = bounds.least.get_or_insert_with(|| min.to_string()),
            Qualifier::MaxLen(max) => _ = bounds.most.get_or_insert_with(|| max.to_string()),
            Qualifier::MinValue(min) => _ = bounds.least.get_or_insert_with(|| min.text.to_owned()),
            Qualifier::MaxValue(max) => _ = bounds.most.get_or_insert_with(|| max.text.to_owned()),
            Qualifier::ValueMap(entries) => _ = map.get_or_insert(entries),
        }
    }
    if property.is_secret() {
        return format!("password{}", bounds.lengths());
    }
    match (kind, map) {
        (_, Some(entries)) if !entries.is_empty() => list(entries),
        (PropertyType::String, _) => format!("string{}", bounds.lengths()),
        (PropertyType::Boolean, _) => "boolean".to_owned(),
        (PropertyType::Real32 | PropertyType::Real64, _) => match (bounds.least, bounds.most) {
            (Some(least), Some(most)) => format!("real({least}..{most})"),
            _ => "real".to_owned(),
        },
        (integer, _) => integer_type(integer, &bounds),
    }
}

/// What a property is filled with, and from which network: the first of its network qualifiers.
pub(super) fn network_function<'s>(
    property: Property<'_, 's>,
) -> Option<(Function, Option<String>)> {
    let written: Cow<'s, str> = property.network_qualifiers()?.value();
    let first = network::parse(&written).ok()?.into_iter().next()?;
    Some((first.function, first.network.map(Cow::into_owned)))
}

/// The reference that stands for what vSphere fills a property with: `${netmask:VM Network}`; `None`
/// when it is no expression.
#[must_use]
pub fn network_expression(property: Property<'_, '_>) -> Option<String> {
    let (function, network) = network_function(property)?;
    if function == Function::Ip {
        return None;
    }
    Some(format!("${{{}:{}}}", function.command(), network.unwrap_or_default()))
}

#[derive(Default)]
struct Bounds {
    least: Option<String>,
    most: Option<String>,
}

impl Bounds {
    /// `(x..y)`, either end of which may be open; nothing when both are.
    fn lengths(&self) -> String {
        match (&self.least, &self.most) {
            (None, None) => String::new(),
            (least, most) => format!(
                "({}..{})",
                least.as_deref().unwrap_or_default(),
                most.as_deref().unwrap_or_default()
            ),
        }
    }
}

/// `int` is 32 bits with sign; all others say their range, which the grammar wants both ends of.
fn integer_type(kind: PropertyType, bounds: &Bounds) -> String {
    let Some((min, max)) = kind.range() else { return "int".to_owned() };
    let parse = |bound: &Option<String>| {
        bound.as_ref().and_then(|text| number::collapse(text).parse::<i128>().ok())
    };
    let least = parse(&bounds.least).map_or(min.into(), |least| least.max(min.into()));
    let most = parse(&bounds.most).map_or(max.into(), |most| most.min(max.into()));
    if (least, most) == (i32::MIN.into(), i32::MAX.into()) {
        return "int".to_owned();
    }
    format!("int({least}..{most})")
}

/// `string["a", "b"]`, with backslashes before quotes and backslashes.
fn list(entries: &[Entry<'_>]) -> String {
    let mut text = String::from("string[");
    for (at, entry) in entries.iter().enumerate() {
        let escaped = entry.text.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = write!(text, "{}\"{escaped}\"", if at == 0 { "" } else { ", " });
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::model::Envelope;
    use crate::source::Source;
    use crate::xml;

    #[test]
    fn types_and_qualifiers_are_one_text() {
        for (attributes, want) in [
            (r#"ovf:type="string""#, "string"),
            (r#"ovf:type="string" ovf:qualifiers="MinLen(2)""#, "string(2..)"),
            (r#"ovf:type="string" ovf:qualifiers="MaxLen(9)""#, "string(..9)"),
            (r#"ovf:type="string" ovf:qualifiers="MinLen(2),MaxLen(9)""#, "string(2..9)"),
            (
                r#"ovf:type="string" ovf:qualifiers='ValueMap{"a","b\"c\\"}'"#,
                r#"string["a", "b\"c\\"]"#,
            ),
            (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{1,2}""#, r#"string["1", "2"]"#),
            (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{}""#, "int(0..255)"),
            (r#"ovf:type="uint8""#, "int(0..255)"),
            (r#"ovf:type="sint32""#, "int"),
            (r#"ovf:type="int""#, "int"),
            (r#"ovf:type="sint8""#, "int(-128..127)"),
            (r#"ovf:type="uint64""#, "int(0..18446744073709551615)"),
            (r#"ovf:type="sint64" ovf:qualifiers="MinValue(-5)""#, "int(-5..9223372036854775807)"),
            (
                r#"ovf:type="uint16" ovf:qualifiers="MinValue(1024),MaxValue(99999)""#,
                "int(1024..65535)",
            ),
            (r#"ovf:type="real32""#, "real"),
            (r#"ovf:type="real64" ovf:qualifiers="MinValue(0.5),MaxValue(1e3)""#, "real(0.5..1e3)"),
            (r#"ovf:type="real64" ovf:qualifiers="MinValue(0.5)""#, "real"),
            (r#"ovf:type="boolean""#, "boolean"),
            (r#"ovf:type="string" ovf:password="true""#, "password"),
            (
                r#"ovf:type="string" ovf:password="true" ovf:qualifiers="MinLen(8)""#,
                "password(8..)",
            ),
            (r#"ovf:type="password""#, "password"),
            (r#"ovf:type="ip""#, "ip"),
            (r#"ovf:type="ip:VM Network""#, "ip:VM Network"),
            (r#"ovf:type="expression""#, "expression"),
            (r#"ovf:type="string" vmw:qualifiers="Ip(&quot;LAN&quot;)""#, "ip:LAN"),
            (r#"ovf:type="string" vmw:qualifiers="Ip""#, "ip"),
            (r#"ovf:type="string" vmw:qualifiers="Netmask('LAN')""#, "expression"),
            (r#"ovf:type="string" ovf:password="true" vmw:qualifiers="Ip""#, "password"),
            (r#"ovf:type="nonsense""#, "string"),
            ("", "string"),
        ] {
            assert_eq!(with_property(attributes, property_type), want, "{attributes}");
        }
    }

    #[test]
    fn what_a_network_fills_in_is_an_expression() {
        for (qualifiers, want) in [
            ("Netmask('LAN')", Some("${netmask:LAN}")),
            ("HttpProxy('LAN')", Some("${httpProxy:LAN}")),
            ("VimIp", Some("${vimIp:}")),
            ("Ip('LAN')", None),
        ] {
            let attributes = format!(r#"ovf:type="string" vmw:qualifiers="{qualifiers}""#);
            let found = with_property(&attributes, network_expression);
            assert_eq!(found.as_deref(), want);
        }
    }

    fn with_property<T>(attributes: &str, look: impl FnOnce(Property<'_, '_>) -> T) -> T {
        let text = format!(
            r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:vmw="http://www.vmware.com/schema/ovf">
            <VirtualSystem ovf:id="a"><ProductSection><Property ovf:key="k" {attributes}/></ProductSection></VirtualSystem></Envelope>"#
        );
        let source = Source::decode(text.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let (_, property) = envelope.properties().next().unwrap();
        look(property)
    }
}

//! `${…}` replaced by values of properties (DSP0243 9.5.1).

use std::collections::{HashMap, HashSet};

use super::deployment::Deployment;
use crate::model::{OstNode, Property};
use crate::value::macros::{Piece, is_vsphere_function, macros, pieces};
use crate::xml::NodeId;

/// Bytes that all values of one expansion may have together.
///
/// 16 MiB: `a=${b}${b}, b=${c}${c}, …` doubles with every property, and no honest value has more than a
/// few hundred bytes.
const MAX_BYTES: usize = 16 << 20;

/// A text with its references replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The text. References that could not be replaced stand in it as they were.
    pub text: String,
    /// Names that are those of no property, as written, without repeats.
    pub unknown: Vec<String>,
    /// Full keys of properties whose values lead back to themselves, without repeats.
    pub circular: Vec<String>,
    /// References that vSphere replaces at power on, as `netmask:VM Network`, without repeats.
    pub later: Vec<String>,
    /// Whether the value of a password property is part of the text.
    pub is_secret: bool,
    /// Whether everything was replaced; `false` when values grow beyond all measure.
    pub is_complete: bool,
}

/// Replaces references in several texts, computing each value once.
#[derive(Clone, Debug)]
pub struct Expansion<'d, 'e, 's> {
    deployment: &'d Deployment<'e, 's>,
    /// Values already computed, by the element of the property.
    known: HashMap<NodeId, Value>,
    bytes: usize,
}

/// A value computed.
#[derive(Clone, Debug, Default)]
struct Value {
    text: String,
    is_secret: bool,
}

/// A value being computed.
struct Frame<'e, 's> {
    /// Where names are looked up.
    node: OstNode<'e, 's>,
    /// Whose value it is; the text itself has none.
    property: Option<Property<'e, 's>>,
    source: String,
    /// How much of the source is done, in bytes.
    done: usize,
    value: Value,
}

impl<'d, 'e, 's> Expansion<'d, 'e, 's> {
    /// Nothing computed yet.
    #[must_use]
    pub fn new(deployment: &'d Deployment<'e, 's>) -> Self {
        Self { deployment, known: HashMap::new(), bytes: 0 }
    }

    /// The text with every `${full key}` replaced by the value of the property that a node sees: its own,
    /// else that of the nearest collection around it.
    #[must_use]
    pub fn expand(&mut self, node: OstNode<'e, 's>, text: &str) -> Expanded {
        let mut told = Told::default();
        // A stack instead of recursion: values may refer to each other in a chain of any length.
        let mut active = HashSet::new();
        let mut frames = vec![Frame {
            node,
            property: None,
            source: text.to_owned(),
            done: 0,
            value: Value::default(),
        }];
        let mut complete = true;
        while let Some(frame) = frames.last_mut() {
            let rest = frame.source.get(frame.done..).unwrap_or_default();
            let Some(piece) = pieces(rest).next() else {
                let Some(ended) = frames.pop() else { break };
                let Some(above) = frames.last_mut() else {
                    self.tell_what_is_left(node, &ended.value.text, &mut told);
                    return told.expanded(ended.value, complete);
                };
                above.value.text.push_str(&ended.value.text);
                above.value.is_secret |= ended.value.is_secret;
                if let Some(property) = ended.property {
                    active.remove(&property.element().node().id());
                    self.known.insert(property.element().node().id(), ended.value);
                }
                continue;
            };
            let (written, name) = match piece {
                Piece::Text(text) | Piece::Unclosed { text, .. } => (text, None),
                Piece::Macro(found) => {
                    let length = found.name.len().saturating_add("${}".len());
                    (rest.get(..length).unwrap_or(rest), Some(found.name))
                }
            };
            frame.done = frame.done.saturating_add(written.len());
            self.bytes = self.bytes.saturating_add(written.len());
            if self.bytes > MAX_BYTES {
                complete = false;
            }
            let Some(name) = name.filter(|_| complete) else {
                if complete {
                    frame.value.text.push_str(written);
                }
                continue;
            };
            let Some(property) = self.property(frame.node, name) else {
                if is_vsphere_function(name) {
                    told.later(name);
                } else {
                    told.unknown(name);
                }
                frame.value.text.push_str(written);
                continue;
            };
            let id = property.element().node().id();
            if let Some(known) = self.known.get(&id) {
                self.bytes = self.bytes.saturating_add(known.text.len());
                if self.bytes > MAX_BYTES {
                    complete = false;
                } else {
                    frame.value.text.push_str(&known.text);
                }
                frame.value.is_secret |= known.is_secret;
                continue;
            }
            if !active.insert(id) {
                told.circular(name);
                frame.value.text.push_str(written);
                continue;
            }
            let owner = owner(frame.node, property);
            let source = self.deployment.value(owner, property).unwrap_or_default().into_owned();
            let value = Value { text: String::new(), is_secret: property.is_secret() };
            frames.push(Frame { node: owner, property: Some(property), source, done: 0, value });
        }
        Expanded::default()
    }

    /// The property a name means on a node: that of the nearest node outwards that has it under the
    /// deployment option.
    fn property(&self, node: OstNode<'e, 's>, name: &str) -> Option<Property<'e, 's>> {
        let mut from = Some(node);
        while let Some(node) = from {
            let property = node.property(name)?;
            if self.deployment.has_property(property) {
                return Some(property);
            }
            from = owner(node, property).parent();
        }
        None
    }

    /// Tells the references left in a text that came with values computed before, of which nothing was
    /// told this time.
    fn tell_what_is_left(&self, node: OstNode<'e, 's>, text: &str, told: &mut Told) {
        for found in macros(text) {
            if told.seen.contains(found.name) {
                continue;
            }
            if is_vsphere_function(found.name) {
                told.later(found.name);
            } else if self.property(node, found.name).is_some() {
                told.circular(found.name);
            } else {
                told.unknown(found.name);
            }
        }
    }
}

/// The node a property seen from another stands on.
fn owner<'e, 's>(from: OstNode<'e, 's>, property: Property<'e, 's>) -> OstNode<'e, 's> {
    let stands_on = |node: &OstNode<'e, 's>| {
        node.element().node().span().contains(property.element().node().span())
    };
    std::iter::successors(Some(from), |node| node.parent()).find(stands_on).unwrap_or(from)
}

/// What is told of an expansion, each once.
#[derive(Default)]
struct Told {
    unknown: Vec<String>,
    circular: Vec<String>,
    later: Vec<String>,
    seen: HashSet<String>,
}

impl Told {
    fn unknown(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
            self.unknown.push(name.to_owned());
        }
    }

    fn circular(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
            self.circular.push(name.to_owned());
        }
    }

    fn later(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
            self.later.push(name.to_owned());
        }
    }

    fn expanded(self, value: Value, is_complete: bool) -> Expanded {
        Expanded {
            text: value.text,
            unknown: self.unknown,
            circular: self.circular,
            later: self.later,
            is_secret: value.is_secret,
            is_complete,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Choices;
    use super::*;
    use crate::limits::Limits;
    use crate::model::Envelope;
    use crate::source::Source;
    use crate::xml;

    /// With the machine `web`, which has these properties and `domain` from the collection around it.
    fn with_machine<R>(
        properties: &str,
        choices: &Choices,
        look: impl for<'d, 'e, 's> FnOnce(&mut Expansion<'d, 'e, 's>, OstNode<'e, 's>) -> R,
    ) -> R {
        let descriptor = format!(
            r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
            <References/><VirtualSystemCollection ovf:id="all">
            <ProductSection><Property ovf:key="domain" ovf:value="example.org"/></ProductSection>
            <VirtualSystem ovf:id="web"><ProductSection>{properties}</ProductSection></VirtualSystem>
            </VirtualSystemCollection></Envelope>"#
        );
        let source = Source::decode(descriptor.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let deployment = Deployment::new(&envelope, choices);
        let web = envelope.ost_nodes().find(|node| node.id() == "web").unwrap();
        look(&mut Expansion::new(&deployment), web)
    }

    fn expanded(properties: &str, text: &str, choices: &Choices) -> Expanded {
        with_machine(properties, choices, |expansion, web| expansion.expand(web, text))
    }

    #[test]
    fn values_are_put_in_from_inside_out() {
        let properties =
            r#"<Property ovf:key="host" ovf:value="www.${domain}"/><Property ovf:key="port"/>"#;
        let mut choices = Choices::new();
        choices.properties.insert("port".to_owned(), "8080".to_owned());
        choices.properties.insert("all/web/port".to_owned(), "9090".to_owned());
        let found = expanded(properties, "http://${host}:${port}/${host}", &choices);
        assert_eq!(found.text, "http://www.example.org:9090/www.example.org");
        assert!(found.is_complete && !found.is_secret);
    }

    #[test]
    fn what_cannot_be_replaced_is_told() {
        let properties = r#"<Property ovf:key="a" ovf:value="${b}"/><Property ovf:key="b" ovf:value="x${a}"/>
            <Property ovf:key="p" ovf:password="true" ovf:value="s3cret"/>"#;
        let found = expanded(properties, "${a} ${nobody} ${netmask:VM} ${p} ${", &Choices::new());
        assert_eq!(found.text, "x${a} ${nobody} ${netmask:VM} s3cret ${");
        assert_eq!(found.unknown, ["nobody"]);
        assert_eq!(found.circular, ["a"]);
        assert_eq!(found.later, ["netmask:VM"]);
        assert!(found.is_secret);
    }

    #[test]
    fn what_was_computed_before_is_told_again() {
        let properties = r#"<Property ovf:key="a" ovf:value="${b}"/><Property ovf:key="b" ovf:value="${a}"/>
            <Property ovf:key="c" ovf:value="${nobody}"/>"#;
        with_machine(properties, &Choices::new(), |expansion, web| {
            for _ in 0..2 {
                assert!(!expansion.expand(web, "${b}").circular.is_empty());
                assert!(!expansion.expand(web, "${a}").circular.is_empty());
                assert_eq!(expansion.expand(web, "${c}").unknown, ["nobody"]);
            }
        });
    }

    #[test]
    fn what_another_option_has_hides_nothing() {
        let properties = r#"<Property ovf:key="domain" ovf:value="x" ovf:configuration="large"/>"#;
        assert_eq!(expanded(properties, "${domain}", &Choices::new()).text, "example.org");
    }

    #[test]
    fn doubling_ends_at_the_ceiling() {
        let mut properties = String::new();
        for at in 0..64 {
            let next = at + 1;
            properties +=
                &format!(r#"<Property ovf:key="p{at}" ovf:value="${{p{next}}}${{p{next}}}"/>"#);
        }
        properties += r#"<Property ovf:key="p64" ovf:value="boom"/>"#;
        let found = expanded(&properties, "${p0}", &Choices::new());
        assert!(!found.is_complete);
        assert!(found.text.len() <= MAX_BYTES);
    }

    /// Up to the ceiling is not over it, for what is written as for what is put in.
    #[test]
    fn the_ceiling_is_the_most_there_is() {
        let properties = r#"<Property ovf:key="a" ovf:value="12345" ovf:password="true"/>"#;
        with_machine(properties, &Choices::new(), |expansion, web| {
            assert!(expansion.expand(web, "${a}").is_secret);
            for (text, bytes, want) in [("123456", 6, "123456"), ("${a}", 4 + 5, "12345")] {
                expansion.bytes = MAX_BYTES - bytes;
                let found = expansion.expand(web, text);
                assert!(found.is_complete, "{text}");
                assert_eq!(found.text, want);
                // Its value was computed before, and is no less secret for it.
                assert_eq!(found.is_secret, text == "${a}");
                expansion.bytes = MAX_BYTES - bytes + 1;
                let found = expansion.expand(web, text);
                assert!(!found.is_complete, "{text}");
                assert_eq!(found.text, "");
            }
        });
    }

    #[test]
    fn chains_need_no_stack() {
        let mut properties = String::new();
        for at in 0..20_000 {
            let next = at + 1;
            properties += &format!(r#"<Property ovf:key="p{at}" ovf:value="${{p{next}}}"/>"#);
        }
        properties += r#"<Property ovf:key="p20000" ovf:value="end"/>"#;
        assert_eq!(expanded(&properties, "${p0}", &Choices::new()).text, "end");
    }
}

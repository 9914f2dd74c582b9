//! Renaming networks.

use std::collections::HashMap;
use std::ops::Range;

use super::attribute;
use super::document::{Edit, EditError, Named, is_writable};
use crate::diagnostic::quoted;
use crate::model::{Envelope, Network};
use crate::namespace::Namespace;
use crate::report::Valid;
use crate::span::Span;
use crate::value::macros;
use crate::value::property::network::{self, Function};
use crate::xml::{Attribute, Node, escape_text};

/// Gives networks other names, all at once, and changes everything that names them:
///
/// - `Network@name` (DSP0243 9.2) and the `Connection` of network cards (DSP0243 8.3);
/// - VMware's qualifiers of properties, `Ip("VM Network")`, its type `ip:VM Network`, and its macros,
///   `${ip:VM Network}`, in values and in `AppUrl`;
/// - vCloud's `networkName` and `network`, on elements of its sections.
///
/// When no network has the old name but one has the new, it has been done before. The edit is idempotent
/// when no new name is an old one of another network.
///
/// # Errors
///
/// [`EditError::Unknown`] when no network has the old name, [`EditError::Unfit`] for a blank name, one that
/// XML cannot hold, or one with `}` where a macro names the network, [`EditError::Taken`] when another network has
/// the name, [`EditError::Twice`] when a network is to have two names.
pub fn rename_networks<'n>(
    envelope: &Valid<Envelope<'_>>,
    names: impl IntoIterator<Item = (&'n str, &'n str)>,
) -> Result<Edit, EditError> {
    let Some(renaming) = Renaming::new(envelope, names)? else { return Ok(Edit::new()) };
    let mut edit = Edit::new();
    for name in envelope.networks().filter_map(Network::name) {
        let old = name.value();
        let new = renaming.of(&old).unwrap_or_default();
        if !new.is_empty() && attribute::set(&mut edit, name, new) {
            let (old, new) = (quoted(&old), quoted(new));
            edit.step(envelope, name.span().start, format_args!("rename {old} to {new}"));
        }
    }
    for node in envelope.tree().elements() {
        renaming.element(envelope, node, &mut edit)?;
    }
    Ok(edit)
}

/// Old names and new ones.
struct Renaming<'n>(HashMap<&'n str, &'n str>);

impl<'n> Renaming<'n> {
    /// Checks the names; `None` when nothing is to be done.
    fn new(
        envelope: &Envelope<'_>,
        names: impl IntoIterator<Item = (&'n str, &'n str)>,
    ) -> Result<Option<Self>, EditError> {
        let mut wanted: HashMap<&str, &str> = HashMap::new();
        for (old, new) in names {
            if new.trim().is_empty() || !is_writable(new) {
                return Err(EditError::Unfit { what: Named::Network, name: new.to_owned() });
            }
            if envelope.network(old).is_none() {
                if envelope.network(new).is_some() {
                    continue;
                }
                return Err(EditError::unknown(Named::Network, old));
            }
            if wanted.insert(old, new).is_some_and(|known| known != new) {
                return Err(EditError::Twice { what: Named::Network, name: old.to_owned() });
            }
        }
        wanted.retain(|old, new| old != new);
        if wanted.is_empty() {
            return Ok(None);
        }
        let mut taken: HashMap<String, Span> = HashMap::new();
        for name in envelope.networks().filter_map(Network::name) {
            let old = name.value();
            let new = wanted.get(&*old).copied().unwrap_or(&old);
            if let Some(other) = taken.insert(new.to_owned(), name.span())
                && (new != old || wanted.values().any(|wanted| *wanted == new))
            {
                // The one that has the name already, if either has.
                let other = if new == old { name.span() } else { other };
                let line = envelope.source().line_col(other.start).line;
                return Err(EditError::Taken { what: Named::Network, name: new.to_owned(), line });
            }
        }
        Ok(Some(Self(wanted)))
    }

    fn of(&self, name: &str) -> Option<&'n str> {
        self.0.get(name).or_else(|| self.0.get(name.trim())).copied()
    }

    /// Changes what an element says of networks.
    fn element(
        &self,
        envelope: &Envelope<'_>,
        node: Node<'_, '_>,
        edit: &mut Edit,
    ) -> Result<(), EditError> {
        let before = edit.changes().as_slice().len();
        match node.local() {
            "Connection" if is_connection(node) => {
                if let Some(new) = self.of(&node.text()) {
                    set_text(edit, node, new);
                }
            }
            "Property" | "Value" => {
                for attribute in node.attributes() {
                    self.attribute_of_property(attribute, edit)?;
                }
            }
            "AppUrl" => self.text_with_macros(node, edit)?,
            _ if Namespace::of(node.namespace()) == Namespace::VCloud => {
                for attribute in node.attributes() {
                    if matches!(attribute.local(), "networkName" | "network")
                        && let Some(new) = self.of(&attribute.value())
                    {
                        attribute::set(edit, attribute, new);
                    }
                }
            }
            _ => {}
        }
        if edit.changes().as_slice().len() > before {
            let name = quoted(node.local());
            edit.step(envelope, node.span().start, format_args!("change the network in {name}"));
        }
        Ok(())
    }

    fn attribute_of_property(
        &self,
        attribute: Attribute<'_, '_>,
        edit: &mut Edit,
    ) -> Result<(), EditError> {
        let value = attribute.value();
        let parts = match attribute.local() {
            // Those that cannot be read name nothing that could be found.
            "qualifiers" if Namespace::of(attribute.namespace()) == Namespace::Vmw => {
                network::rename(&value, |name| self.of(name)).unwrap_or_default()
            }
            "type" => match value.strip_prefix("ip:").and_then(|name| self.of(name)) {
                Some(new) => vec![("ip:".len()..value.len(), new.to_owned())],
                None => Vec::new(),
            },
            "value" | "defaultValue" => self.macros(&value)?,
            _ => Vec::new(),
        };
        attribute::set_parts(edit, attribute, &parts);
        Ok(())
    }

    /// The names of networks in macros, and what they become.
    fn macros(&self, text: &str) -> Result<Vec<(Range<usize>, String)>, EditError> {
        let mut parts = Vec::new();
        for found in macros::macros(text) {
            let Some((function, name)) = found.name.split_once(':') else { continue };
            let known = |known: &Function| known.as_str().eq_ignore_ascii_case(function);
            let Some(new) = self.of(name).filter(|_| Function::ALL.iter().any(known)) else {
                continue;
            };
            if new.contains('}') || new.contains("${") {
                return Err(EditError::Unfit { what: Named::Network, name: new.to_owned() });
            }
            // `$`, `{`, the function and the colon.
            let start = found.offset.saturating_add(function.len()).saturating_add(3);
            parts.push((start..start.saturating_add(name.len()), new.to_owned()));
        }
        Ok(parts)
    }

    fn text_with_macros(&self, node: Node<'_, '_>, edit: &mut Edit) -> Result<(), EditError> {
        let span = node.content();
        let raw = node.tree().text().get(span.range()).unwrap_or_default();
        // With comments or CDATA in it the text is not one piece; nobody writes a link so.
        if raw.contains('<') {
            return Ok(());
        }
        let parts = self.macros(&node.text())?;
        for (span, new) in attribute::written_spans(raw, span.start, &parts) {
            edit.replace(span, escape_text(new));
        }
        Ok(())
    }
}

/// Whether an element is a card's `Connection`; OVF 0.9 has CIM's elements in the same namespace.
fn is_connection(node: Node<'_, '_>) -> bool {
    matches!(Namespace::of(node.namespace()), Namespace::Rasd | Namespace::Epasd)
}

/// Writes the text of an element, keeping the blanks around it.
pub(super) fn set_text(edit: &mut Edit, node: Node<'_, '_>, new: &str) {
    let text = node.tree().text();
    let (content, span) = (node.content(), node.text_span());
    let slice = |span: Span| text.get(span.range()).unwrap_or_default();
    let before = slice(Span::new(content.start, span.start));
    // A CDATA section, or a comment in the middle: the text is written anew as a whole.
    let pieces = before.contains("<![CDATA[") || slice(span).contains('<');
    edit.replace(if pieces { content } else { span }, escape_text(new));
}

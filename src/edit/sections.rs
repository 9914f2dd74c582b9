//! Adding, replacing and removing sections.

use super::document::{Edit, EditError};
use super::fragment::Fragment;
use super::{cut, layout};
use crate::diagnostic::quoted;
use crate::model::{Envelope, OstNode, OstNodeType, OstSection, PartKind};
use crate::report::Valid;
use crate::xml::Node;

/// Adds a section to a node, behind its last one. When the node has the very same section already the
/// edit is empty.
///
/// # Errors
///
/// [`EditError::Fragment`] when the section is of a type that may not stand there.
pub fn add_section(
    envelope: &Valid<Envelope<'_>>,
    node: OstNode<'_, '_>,
    section: &Fragment,
) -> Result<Edit, EditError> {
    section.check_place(node.node_type())?;
    let mut edit = Edit::new();
    let text = section.inside(node.element().node());
    if !node.sections().any(|known| is_same(known, section, &text)) {
        let behind = last_section(node).or_else(|| before_sections(node));
        add(envelope, node, behind, &[(section, text)], &mut edit);
    }
    Ok(edit)
}

/// Puts another section into the place of one. When they are the same the edit is empty.
///
/// # Errors
///
/// [`EditError::Fragment`] when the section is of a type that may not stand on the node.
pub fn replace_section(
    envelope: &Valid<Envelope<'_>>,
    node: OstNode<'_, '_>,
    old: OstSection<'_, '_>,
    new: &Fragment,
) -> Result<Edit, EditError> {
    new.check_place(node.node_type())?;
    let mut edit = Edit::new();
    replace(envelope, node, old, new, &mut edit);
    Ok(edit)
}

/// Removes sections, with their lines when nothing else stands on them.
#[must_use]
pub fn remove_sections<'e, 's: 'e>(
    envelope: &'e Valid<Envelope<'s>>,
    sections: impl IntoIterator<Item = OstSection<'e, 's>>,
) -> Edit {
    let mut edit = Edit::new();
    for section in sections {
        remove(envelope, section, &mut edit);
    }
    edit
}

/// Adds sections to a node, behind one of its children, else before all of them.
pub(super) fn add(
    envelope: &Envelope<'_>,
    node: OstNode<'_, '_>,
    behind: Option<Node<'_, '_>>,
    sections: &[(&Fragment, String)],
    edit: &mut Edit,
) {
    let texts: Vec<String> = sections.iter().map(|(_, text)| text.clone()).collect();
    layout::insert(edit, node.element().node(), behind, &texts);
    let at = behind.map_or(node.element().start_tag().start, |node| node.span().end);
    for (section, _) in sections {
        let (name, place) = (quoted(section.name()), Place(node));
        edit.step(envelope, at, format_args!("add {name} to {place}"));
    }
}

pub(super) fn replace(
    envelope: &Envelope<'_>,
    node: OstNode<'_, '_>,
    old: OstSection<'_, '_>,
    new: &Fragment,
    edit: &mut Edit,
) {
    let text = new.inside(node.element().node());
    if is_same(old, new, &text) {
        return;
    }
    edit.replace(old.span(), text);
    let (name, place) = (quoted(old.name()), Place(node));
    edit.step(envelope, old.span().start, format_args!("replace {name} of {place}"));
}

pub(super) fn remove(envelope: &Envelope<'_>, section: OstSection<'_, '_>, edit: &mut Edit) {
    let span = {
        let node = section.element().node();
        cut::element(node.tree().text(), node)
    };
    edit.replace(span, "");
    let name = quoted(section.name());
    edit.step(envelope, section.span().start, format_args!("remove {name}"));
}

/// Whether a section is a given one, which reads `text` where it stands.
fn is_same(known: OstSection<'_, '_>, section: &Fragment, text: &str) -> bool {
    let node = known.element().node();
    node.tree().text().get(known.span().range()) == Some(text) || known.xml() == section.xml()
}

fn last_section<'e>(node: OstNode<'e, '_>) -> Option<Node<'e, 'e>> {
    let sections = node.parts().filter(|part| matches!(part.kind, PartKind::Section(_)));
    sections.last().map(|part| part.element.node())
}

/// The last child of what stands before sections (DSP0243 7 and 7.2).
pub(super) fn before_sections<'e>(node: OstNode<'e, '_>) -> Option<Node<'e, 'e>> {
    let before = |kind| matches!(kind, PartKind::References | PartKind::Info | PartKind::Name);
    node.parts().filter(|part| before(part.kind)).last().map(|part| part.element.node())
}

/// A node as a message names it.
struct Place<'e, 's>(OstNode<'e, 's>);

impl std::fmt::Display for Place<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.node_type() {
            OstNodeType::Envelope => f.write_str("the envelope"),
            _ => write!(f, "{}", quoted(&self.0.id())),
        }
    }
}

//! From a section tree back to a descriptor.

use std::collections::HashMap;

use super::{NodeKey, SectionTree, TreeError, TreeNode};
use crate::edit::document::Edit;
use crate::edit::fragment::Fragment;
use crate::edit::{entities, sections};
use crate::model::{Envelope, OstNode, OstNodeType, OstSection};
use crate::report::Valid;
use crate::xml::{Node, escape_attribute};

impl SectionTree {
    /// What makes the sections of a descriptor those of this tree. Sections that are the same keep every
    /// byte; so does everything that is no section.
    ///
    /// A section of the tree is that of the descriptor with the same text; else that on the same line
    /// with the same type, whose place it takes; else a new one, which comes behind the one before it in
    /// the tree. Only those that are new or changed are checked. Sections that merely change places
    /// stay where they are.
    ///
    /// # Errors
    ///
    /// [`TreeError::NodesDiffer`] when the nodes of the two are not the same, [`TreeError::Fragment`].
    pub fn edit(&self, envelope: &Valid<Envelope<'_>>) -> Result<Edit, TreeError> {
        let mut edit = Edit::new();
        let mut waiting = vec![(self.root(), envelope.ost())];
        while let Some((node, old)) = waiting.pop() {
            self.sections(envelope, node, old, &mut edit)?;
            let mut olds: HashMap<String, OstNode<'_, '_>> = HashMap::new();
            for member in old.children() {
                olds.entry(member.id().into_owned()).or_insert(member);
            }
            let mut pairs = Vec::new();
            for member in node.children() {
                let same = olds
                    .remove(member.id())
                    .filter(|old| old.node_type() == member.node_type())
                    .ok_or_else(|| TreeError::NodesDiffer { path: member.path() })?;
                pairs.push((member, same));
            }
            if let Some(missing) = old.children().find(|member| olds.contains_key(&*member.id())) {
                return Err(TreeError::NodesDiffer { path: entities::path(missing) });
            }
            waiting.extend(pairs.into_iter().rev());
        }
        Ok(edit)
    }

    fn sections(
        &self,
        envelope: &Envelope<'_>,
        node: TreeNode<'_>,
        old_node: OstNode<'_, '_>,
        edit: &mut Edit,
    ) -> Result<(), TreeError> {
        let olds: Vec<OstSection<'_, '_>> = old_node.sections().collect();
        let matches = self.matches(node, old_node, &olds)?;
        let mut used = vec![false; olds.len()];
        let mut behind: Option<Node<'_, '_>> = None;
        let mut new: Vec<(&Fragment, String)> = Vec::new();
        for found in &matches {
            match found {
                Match::New(fragment, text) => new.push((fragment, text.clone())),
                Match::Same(at) | Match::Changed(at, _) => {
                    add(envelope, old_node, behind, &mut new, edit);
                    let Some((used, old)) = used.get_mut(*at).zip(olds.get(*at)) else { continue };
                    *used = true;
                    behind = Some(old.element().node());
                    if let Match::Changed(_, fragment) = found {
                        sections::replace(envelope, old_node, *old, fragment, edit);
                    }
                }
            }
        }
        add(envelope, old_node, behind, &mut new, edit);
        for (old, _) in olds.iter().zip(used).filter(|(_, used)| !used) {
            sections::remove(envelope, *old, edit);
        }
        Ok(())
    }

    /// What each section of a node is among those the descriptor has there.
    fn matches(
        &self,
        node: TreeNode<'_>,
        old_node: OstNode<'_, '_>,
        olds: &[OstSection<'_, '_>],
    ) -> Result<Vec<Match>, TreeError> {
        let parent = old_node.element().node();
        let source = parent.tree().text();
        // Last first, so that `pop` gives the first.
        let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_bytes: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_type: HashMap<(u32, String), Vec<usize>> = HashMap::new();
        for (at, old) in olds.iter().enumerate().rev() {
            by_text.entry(old.xml()).or_default().push(at);
            let bytes = source.get(old.span().range()).unwrap_or_default();
            by_bytes.entry(bytes).or_default().push(at);
            by_type.entry((old.line(), old.name().to_owned())).or_default().push(at);
        }
        let mut free = vec![true; olds.len()];
        let mut take = |list: Option<&mut Vec<usize>>| {
            let list = list?;
            loop {
                let at = list.pop()?;
                if let Some(free) = free.get_mut(at).filter(|free| **free) {
                    *free = false;
                    return Some(at);
                }
            }
        };
        let same: Vec<Option<usize>> =
            node.sections().iter().map(|section| take(by_text.get_mut(section.xml()))).collect();
        let mut found = Vec::with_capacity(same.len());
        for (section, same) in node.sections().iter().zip(same) {
            if let Some(at) = same {
                found.push(Match::Same(at));
                continue;
            }
            let fragment = self.fragment(node.key(), section.xml())?;
            let text = fragment.inside(parent);
            let place = (section.line(), fragment.name().to_owned());
            found.push(if let Some(at) = take(by_bytes.get_mut(text.as_str())) {
                Match::Same(at)
            } else if let Some(at) = take(by_type.get_mut(&place)) {
                Match::Changed(at, fragment)
            } else {
                Match::New(fragment, text)
            });
        }
        Ok(found)
    }
}

/// Adds the sections gathered, behind one of the descriptor, else before all of them.
fn add(
    envelope: &Envelope<'_>,
    node: OstNode<'_, '_>,
    behind: Option<Node<'_, '_>>,
    new: &mut Vec<(&Fragment, String)>,
    edit: &mut Edit,
) {
    let behind = behind.or_else(|| sections::before_sections(node));
    sections::add(envelope, node, behind, &std::mem::take(new), edit);
}

enum Match {
    /// The one of the descriptor with this number, unchanged.
    Same(usize),
    /// In the place of that one.
    Changed(usize, Fragment),
    /// In no place of the descriptor yet, and how it reads there.
    New(Fragment, String),
}

/// A descriptor with the tree and nothing else.
pub(super) fn descriptor(tree: &SectionTree, namespace: &str) -> String {
    enum Step {
        Open(NodeKey),
        Close(OstNodeType),
    }
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let mut depth = 0_usize;
    let mut waiting = vec![Step::Open(tree.root().key())];
    while let Some(step) = waiting.pop() {
        let node = match step {
            Step::Open(key) => tree.node(key),
            Step::Close(node_type) => {
                depth = depth.saturating_sub(1);
                line(&mut xml, depth, &["</ovf:", node_type.element(), ">"]);
                continue;
            }
        };
        let Some(node) = node else { continue };
        let name = node.node_type().element();
        let inside = depth.saturating_add(1);
        if node.node_type() == OstNodeType::Envelope {
            line(&mut xml, depth, &["<ovf:", name, " xmlns:ovf=\"", namespace, "\">"]);
            line(&mut xml, inside, &["<ovf:References/>"]);
        } else {
            let id = escape_attribute(node.id());
            line(&mut xml, depth, &["<ovf:", name, " ovf:id=\"", &id, "\">"]);
            line(&mut xml, inside, &["<ovf:Info/>"]);
        }
        for section in node.sections() {
            line(&mut xml, inside, &[section.xml()]);
        }
        depth = inside;
        waiting.push(Step::Close(node.node_type()));
        let children: Vec<_> = node.children().map(|child| Step::Open(child.key())).collect();
        waiting.extend(children.into_iter().rev());
    }
    xml
}

fn line(xml: &mut String, depth: usize, parts: &[&str]) {
    for _ in 0..depth {
        xml.push_str("  ");
    }
    xml.extend(parts.iter().copied());
    xml.push('\n');
}

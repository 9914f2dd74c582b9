//! What the schemas of the DMTF require, read from them.

use std::collections::BTreeSet;
use std::path::Path;

use ovf::xml::{Node, Tree};
use ovf::{Limits, xml};

const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// `PARENT/CHILD` for each required child and `PARENT/ELEMENT/@ATTRIBUTE` for each required attribute,
/// sorted; the parent is `*` for sections and content elements, which stand in several. What is below elements of other standards is left out.
pub(crate) fn required(schemas: &Path, version: &str) -> BTreeSet<String> {
    let folder = schemas.join(version);
    let main =
        std::fs::read_to_string(folder.join(format!("dsp8023_{version}.xsd"))).expect("a schema");
    let mut cim: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("CIM_")) {
            cim.push(std::fs::read_to_string(path).expect("a schema"));
        }
    }
    let trees: Vec<Tree<'_>> = std::iter::once(&main)
        .chain(&cim)
        .map(|text| xml::parse(text, &Limits::default()).tree)
        .collect();
    let mut walk = Walk { trees: &trees, seen: BTreeSet::new(), found: BTreeSet::new() };
    walk.element("", "Envelope", walk.named("complexType", "EnvelopeType"));
    // The members of the substitution groups stand in for their heads.
    for node in trees[0].root().expect("a root").children() {
        let head = value(node, "substitutionGroup").unwrap_or_default();
        if matches!(head.as_str(), "ovf:Section" | "ovf:Content") {
            let name = value(node, "name").expect("it has a name");
            let of = value(node, "type").expect("it has a type");
            walk.element("*", &name, walk.named("complexType", &of));
        }
    }
    walk.found
}

struct Walk<'t> {
    trees: &'t [Tree<'t>],
    seen: BTreeSet<(String, String)>,
    found: BTreeSet<String>,
}

impl<'t> Walk<'t> {
    /// A declaration of the schemas by its name; the one of CIM's schemas when it has a prefix of theirs.
    fn named(&self, kind: &str, name: &str) -> Option<Node<'t, 't>> {
        let local = name.rsplit(':').next().unwrap_or(name);
        self.trees.iter().find_map(|tree| {
            tree.root()?
                .children()
                .find(|node| node.is(XS, kind) && value(*node, "name").as_deref() == Some(local))
        })
    }

    /// Adds what an element of a type requires.
    fn element(&mut self, parent: &str, name: &str, of: Option<Node<'t, 't>>) {
        let Some(of) = of else { return };
        if self.seen.insert((parent.to_owned(), name.to_owned())) {
            self.content(parent, name, of, true);
        }
    }

    fn content(&mut self, parent: &str, name: &str, of: Node<'t, 't>, is_certain: bool) {
        for node in of.children() {
            let optional = value(node, "minOccurs").as_deref() == Some("0");
            match node.local() {
                "extension" => {
                    let base = value(node, "base").unwrap_or_default();
                    if let Some(base) = self.named("complexType", &base) {
                        self.content(parent, name, base, is_certain);
                    }
                    self.content(parent, name, node, is_certain);
                }
                "sequence" | "complexContent" | "simpleContent" | "complexType" => {
                    self.content(parent, name, node, is_certain && !optional);
                }
                "choice" => self.content(parent, name, node, false),
                "attribute" if value(node, "use").as_deref() == Some("required") => {
                    let attribute = value(node, "name").expect("it has a name");
                    self.found.insert(format!("{parent}/{name}/@{attribute}"));
                }
                "element" => {
                    let written = value(node, "name").or_else(|| value(node, "ref"));
                    let written = written.expect("it has a name");
                    let child = written.rsplit(':').next().unwrap_or(&written);
                    let is_head = matches!(child, "Section" | "Content");
                    if is_head {
                        continue;
                    }
                    if is_certain && !optional {
                        self.found.insert(format!("{name}/{child}"));
                    }
                    let of = match value(node, "type") {
                        Some(name) => self.named("complexType", &name),
                        None if written.starts_with("class:") => None,
                        None if value(node, "ref").is_some() => self
                            .named("element", &written)
                            .and_then(|found| self.named("complexType", &value(found, "type")?)),
                        None => Some(node),
                    };
                    self.element(name, child, of);
                }
                _ => {}
            }
        }
    }
}

fn value(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attribute("", name).map(|attribute| attribute.value().into_owned())
}

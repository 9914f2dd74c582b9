//! DSP0243 11, DSP8027: OVF environment documents, which are what a guest is given.
//!
//! No message shows a value, for nothing in such a document says which of them are passwords.

mod compare;
mod document;
mod platform;
mod properties;
mod structure;

pub(crate) use self::document::is_environment;
use self::document::{Document, refuse};
use super::Out;
use crate::diagnostic::{Code, Draft, Findings, quoted};
use crate::model::OstNode;
use crate::xml::{Node, Tree};

/// A rule for environment documents.
struct Rule {
    code: Code,
    needs: super::Needs,
    check: fn(&Document<'_, '_, '_, '_>, &mut Out<'_>),
}

/// The rules of every file.
const RULES: &[&[Rule]] =
    &[document::RULES, structure::RULES, properties::RULES, platform::RULES, compare::RULES];

/// Runs every rule over an environment document, and compares it with a machine of a descriptor if one
/// is given.
pub(crate) fn run(tree: &Tree<'_>, recipient: Option<OstNode<'_, '_>>, findings: &mut Findings) {
    let Some(document) = Document::read(tree, recipient) else {
        refuse(tree, findings);
        return;
    };
    let whole = tree.is_whole();
    for rule in RULES.iter().flat_map(|rules| rules.iter()) {
        if whole || rule.needs == super::Needs::Part {
            (rule.check)(&document, &mut Out { code: rule.code, findings });
        }
    }
}

/// A row for a rule that judges what stands there.
const fn part(code: Code, check: fn(&Document<'_, '_, '_, '_>, &mut Out<'_>)) -> Rule {
    Rule { code, needs: super::Needs::Part, check }
}

/// A row for a rule that tells that something is missing.
const fn whole(code: Code, check: fn(&Document<'_, '_, '_, '_>, &mut Out<'_>)) -> Rule {
    Rule { code, needs: super::Needs::Whole, check }
}

/// Tells of an element that stands after one it belongs before.
fn stands_after<'o>(
    out: &'o mut Out<'_>,
    element: Node<'_, '_>,
    before: Node<'_, '_>,
) -> Draft<'o> {
    out.at(
        element.name_span(),
        format_args!("`{}` stands after {}", element.local(), quoted(before.local())),
    )
    .label(before.name_span(), format_args!("it belongs before this"))
}

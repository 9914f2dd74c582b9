//! Names of machines and vApps.

use std::collections::{HashMap, HashSet};

use super::devices::line;
use super::fault::{Fault, FaultKind};
use super::faults::Faults;
use crate::import::deployment::Deployment;
use crate::model::OstNode;
use crate::value::vm_name;

/// The names given so far. vSphere wants those of one import to differ.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// By name: the number tried last, so that many of one name cost no more each.
    last: HashMap<String, u32>,
}

impl Names {
    /// The name of a machine or vApp: the one chosen, else `Name`, else the id, with the number of its
    /// instance. It is escaped, and gets a number when another has it already. The name of the content may
    /// also be that of its product.
    pub(super) fn name(
        &mut self,
        deployment: &Deployment<'_, '_>,
        node: OstNode<'_, '_>,
        is_content: bool,
        instance: Option<u32>,
        faults: &mut Faults,
    ) -> String {
        let texts = deployment.texts();
        let filled = |name: String| Some(name).filter(|name| !name.is_empty());
        let chosen = deployment.choices().name.clone().filter(|_| is_content);
        let product = || {
            let product = node.products().next().filter(|_| is_content)?;
            texts.of_some(product.name()).and_then(filled)
        };
        let own = || texts.of_some(node.name()).and_then(filled);
        let mut name =
            chosen.or_else(product).or_else(own).unwrap_or_else(|| node.id().into_owned());
        if let Some(instance) = instance {
            name = format!("{name}-{instance}");
        }
        if vm_name::check(&name).is_err() {
            let kind = FaultKind::InvalidVmName { name: name.clone() };
            faults.errors.push(Fault { line: line(node.element()), kind });
        }
        self.unique(vm_name::escape(&name).into_owned())
    }

    fn unique(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let last = self.last.entry(name.clone()).or_insert(1);
        loop {
            *last = last.saturating_add(1);
            let numbered = shortened(&name, &format!("-{last}"));
            if *last == u32::MAX || self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// An escaped name with something behind it, cut where both together would be too long. An escape, `%2f`, is
/// not cut in two.
fn shortened(name: &str, end: &str) -> String {
    let room = vm_name::VM_NAME_CHARS.saturating_sub(end.chars().count());
    let mut cut: String = name.chars().take(room).collect();
    if let Some(at) = cut.rfind('%')
        && cut.chars().count().saturating_sub(cut.get(..at).map_or(0, |text| text.chars().count()))
            < 3
    {
        cut.truncate(at);
    }
    cut.push_str(end);
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ() {
        let mut names = Names::default();
        let given: Vec<_> = ["web", "web", "web-2", "web"]
            .map(|name| names.unique(name.to_owned()))
            .into_iter()
            .collect();
        assert_eq!(given, ["web", "web-2", "web-2-2", "web-3"]);
    }

    #[test]
    fn long_names_are_cut_before_an_escape() {
        let name = format!("{}%2f", "a".repeat(77));
        assert_eq!(shortened(&name, "-2"), format!("{}-2", "a".repeat(77)));
        let name = format!("{}%2fbin", "a".repeat(75));
        assert_eq!(shortened(&name, "-2"), format!("{}%2f-2", "a".repeat(75)));
        assert_eq!(shortened("web%2f", "-2"), "web%2f-2");
    }
}

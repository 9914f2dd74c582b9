//! The tree of machines and vApps.

use std::collections::HashMap;

use super::ImportSpecResult;
use super::allocation::resource_pool;
use super::config;
use super::disks::Disks;
use super::entity::entity_config;
use super::fault::{Fault, FaultKind};
use super::faults::Faults;
use super::file_item::FileItems;
use super::names::Names;
use super::scale_out::{Member, Room, members};
use super::vapp::{
    EntityConfig, ImportKind, ImportSpec, OstNode, OstSection, Vapp, VappConfigSpec, VmVappConfig,
};
use super::vapp_config::{annotation, vapp_config};
use super::xml_budget::XmlBudget;
use crate::import::deployment::Deployment;
use crate::model::{self, Envelope, OstNodeType, StartupItem};
use crate::xml::NodeId;

/// Builds everything.
pub(super) fn build(deployment: &Deployment<'_, '_>) -> ImportSpecResult {
    let disks = Disks::new(deployment);
    let mut builder = Builder {
        deployment,
        disks: &disks,
        names: Names::default(),
        budget: XmlBudget::new(),
        room: Room::new(),
        items: FileItems::new(disks.files()),
        faults: Faults::default(),
    };
    let mut spec =
        deployment.content().and_then(|node| builder.spec(Member { node, instance: None }));
    let tree = section_tree(deployment.envelope(), &mut builder.budget);
    if let Some(spec) = &mut spec {
        spec.instantiation_ost = tree;
    }
    let Builder { budget, items, mut faults, .. } = builder;
    if budget.is_used_up() {
        faults.errors.push(Fault { line: 1, kind: FaultKind::UnsupportedPackage {} });
    }
    ImportSpecResult {
        spec: spec.filter(|_| faults.errors.is_empty()),
        file_items: items.finish(),
        errors: faults.errors,
        warnings: faults.warnings,
    }
}

struct Builder<'d, 'e, 's> {
    deployment: &'d Deployment<'e, 's>,
    disks: &'d Disks<'e, 's>,
    names: Names,
    budget: XmlBudget,
    room: Room,
    items: FileItems<'d, 'e, 's>,
    faults: Faults,
}

/// A vApp whose members are being made.
struct Open<'e, 's> {
    entity_config: Option<EntityConfig>,
    vapp: Vapp,
    /// Those still to be made.
    members: std::vec::IntoIter<Member<'e, 's>>,
    /// By id: what is said of members.
    startup: HashMap<String, StartupItem<'e, 's>>,
    /// Whether another instance of it told of its faults before.
    is_repeated: bool,
}

impl<'e, 's> Builder<'_, 'e, 's> {
    /// A machine or vApp with all that is in it. A stack instead of recursion: collections nest as deep as
    /// the input likes.
    fn spec(&mut self, content: Member<'e, 's>) -> Option<ImportSpec> {
        let mut open: Vec<Open<'e, 's>> = Vec::new();
        let mut next = Some(content);
        loop {
            let made = match next.take() {
                Some(member) => {
                    let around = open.last();
                    let is_repeated = around.is_some_and(|around| around.is_repeated)
                        || member.instance.is_some_and(|instance| instance > 0);
                    let id = member.node.id();
                    let startup = around.and_then(|around| around.startup.get(&*id).copied());
                    // What is wrong with the first instance is wrong with all.
                    let told = is_repeated.then(|| std::mem::take(&mut self.faults));
                    let begun = self.begin(member, startup, around.is_none(), is_repeated);
                    if let Some(told) = told {
                        self.faults = told;
                    }
                    match begun {
                        Begun::Machine(spec) => *spec,
                        Begun::Vapp(vapp) => {
                            open.push(*vapp);
                            next = open.last_mut()?.members.next();
                            if next.is_some() {
                                continue;
                            }
                            close(open.pop()?)
                        }
                    }
                }
                None => close(open.pop()?),
            };
            let Some(around) = open.last_mut() else { return Some(made) };
            around.vapp.child.push(made);
            next = around.members.next();
        }
    }

    fn begin(
        &mut self,
        member: Member<'e, 's>,
        startup: Option<StartupItem<'e, 's>>,
        is_content: bool,
        is_repeated: bool,
    ) -> Begun<'e, 's> {
        let Self { deployment, faults, .. } = self;
        let deployment = *deployment;
        let node = member.node;
        let entity_config = entity_config(startup, node, &member.id(), faults);
        let name = self.names.name(deployment, node, is_content, member.instance, faults);
        let config = vapp_config(deployment, node, &mut self.budget, faults);
        if node.node_type() == OstNodeType::VirtualSystemCollection {
            let vapp_config_spec =
                VappConfigSpec { annotation: annotation(deployment, node), ..config.into() };
            let startup = node
                .startup_items()
                .filter_map(|item| Some((item.id()?.value().into_owned(), item)))
                .collect();
            let members = members(deployment, node, &mut self.room, faults).into_iter();
            let resource_pool_spec = resource_pool(deployment, node);
            let vapp = Vapp { name, vapp_config_spec, resource_pool_spec, child: Vec::new() };
            return Begun::Vapp(Box::new(Open {
                entity_config,
                vapp,
                members,
                startup,
                is_repeated,
            }));
        }
        let machine = config::machine(deployment, self.disks, node, faults);
        self.items.add(&name, &machine.files, machine.nvram);
        let mut spec = machine.spec;
        spec.name = Some(name);
        spec.annotation = annotation(deployment, node);
        spec.vapp_config = (config != VmVappConfig::default()).then_some(config);
        let kind = ImportKind::Machine(Box::new(spec));
        Begun::Machine(Box::new(ImportSpec { entity_config, instantiation_ost: None, kind }))
    }
}

/// A member of which the making has begun.
enum Begun<'e, 's> {
    /// It is done.
    Machine(Box<ImportSpec>),
    /// Its members come next.
    Vapp(Box<Open<'e, 's>>),
}

fn close(open: Open<'_, '_>) -> ImportSpec {
    let Open { entity_config, vapp, .. } = open;
    ImportSpec { entity_config, instantiation_ost: None, kind: ImportKind::Vapp(Box::new(vapp)) }
}

/// The section tree of the descriptor; `None` when it does not fit.
fn section_tree(envelope: &Envelope<'_>, budget: &mut XmlBudget) -> Option<OstNode> {
    // In document order every node comes after the one around it, so from the end on each is whole.
    let mut made: Vec<(usize, OstNode)> = Vec::new();
    // Those around the node, each with its place among those made.
    let mut open: Vec<(NodeId, usize)> = Vec::new();
    for node in envelope.ost_nodes() {
        let around = node.parent().map(|around| around.element().node().id());
        while open.pop_if(|(id, _)| Some(*id) != around).is_some() {}
        let above = open.last().map_or(0, |(_, at)| *at);
        open.push((node.element().node().id(), made.len()));
        made.push((above, ost_node(node, budget)?));
    }
    while made.len() > 1 {
        let (above, mut node) = made.pop()?;
        // They were added from the last to the first.
        node.child.reverse();
        made.get_mut(above)?.1.child.push(node);
    }
    let (_, mut root) = made.pop()?;
    root.child.reverse();
    Some(root)
}

fn ost_node(node: model::OstNode<'_, '_>, budget: &mut XmlBudget) -> Option<OstNode> {
    let mut section = Vec::new();
    for found in node.sections() {
        let xml = budget.xml(found)?;
        let line_number = i32::try_from(found.line()).unwrap_or(i32::MAX);
        section.push(OstSection { line_number, xml });
    }
    Some(OstNode {
        id: node.id().into_owned(),
        node_type: node.node_type().as_str().to_owned(),
        section,
        child: Vec::new(),
    })
}

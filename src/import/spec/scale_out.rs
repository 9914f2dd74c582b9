//! Members that exist several times (DSP0243 2.1 9.14).

use std::collections::HashMap;

use super::devices::line;
use super::fault::{Fault, FaultKind};
use super::faults::Faults;
use crate::import::deployment::Deployment;
use crate::model::{OstNode, ScaleOut};
use crate::value::number;

/// Bytes of descriptor that instances beyond the first may stand for.
///
/// 64 MiB, what a descriptor has itself at most: a machine takes some 20 KB, so this is some three
/// thousand of them, and a vCenter takes no more in one vApp.
const MAX_BYTES: u64 = 64 << 20;

/// A member of a collection, or one of its instances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'e, 's> {
    pub(super) node: OstNode<'e, 's>,
    /// The number of the instance, from 0; none of a member that exists once.
    pub(super) instance: Option<u32>,
}

impl Member<'_, '_> {
    /// The id of the instance: that of the member with its number behind it.
    pub(super) fn id(self) -> String {
        match self.instance {
            None => self.node.id().into_owned(),
            Some(instance) => format!("{}-{instance}", self.node.id()),
        }
    }
}

/// How much more may be made.
#[derive(Debug)]
pub(super) struct Room {
    bytes: u64,
}

impl Room {
    pub(super) const fn new() -> Self {
        Self { bytes: MAX_BYTES }
    }
}

/// The members of a collection, in document order, each as often as it is to exist.
pub(super) fn members<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    room: &mut Room,
    faults: &mut Faults,
) -> Vec<Member<'e, 's>> {
    let mut counts: HashMap<String, (ScaleOut<'e, 's>, u32)> = HashMap::new();
    for section in node.scale_outs() {
        if let Some(id) = section.id() {
            let id = id.value().into_owned();
            let count = count(deployment, section, &id);
            counts.entry(id).or_insert((section, count));
        }
    }
    let mut members = Vec::new();
    for node in node.children() {
        let Some(&(section, count)) = counts.get(&*node.id()) else {
            members.push(Member { node, instance: None });
            continue;
        };
        let bytes = u64::from(node.element().node().span().len()).max(1);
        for instance in 0..count {
            if instance > 0 {
                let Some(left) = room.bytes.checked_sub(bytes) else {
                    let kind = FaultKind::UnsupportedPackage {};
                    faults.errors.push(Fault { line: line(section.element()), kind });
                    break;
                };
                room.bytes = left;
            }
            members.push(Member { node, instance: Some(instance) });
        }
    }
    members
}

/// How often: the number chosen, else the default under the deployment option, else the least.
fn count(deployment: &Deployment<'_, '_>, section: ScaleOut<'_, '_>, id: &str) -> u32 {
    if let Some(&chosen) = deployment.choices().scale_out.get(id) {
        return chosen;
    }
    let option = deployment.option();
    let counts = || section.instance_counts();
    let found = counts()
        .find(|count| {
            count.configuration().is_some_and(|configuration| {
                configuration.value().split_whitespace().any(|id| Some(id) == option)
            })
        })
        .or_else(|| counts().find(|count| count.configuration().is_none()));
    [found.and_then(|count| count.default()), found.and_then(|count| count.minimum())]
        .into_iter()
        .flatten()
        .find_map(|number| number::unsigned_int(&number.value()).ok())
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Choices;
    use crate::limits::Limits;
    use crate::model::Envelope;
    use crate::source::Source;
    use crate::xml;

    /// The first instance is the one that stands in the descriptor.
    #[test]
    fn room_is_taken_by_the_instances_beyond_the_first() {
        let machine = r#"<VirtualSystem ovf:id="web"><Info/></VirtualSystem>"#;
        let descriptor = format!(
            r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2">
            <VirtualSystemCollection ovf:id="all"><ScaleOutSection ovf:id="web"><Info/><InstanceCount ovf:default="3"/></ScaleOutSection>
            {machine}</VirtualSystemCollection></Envelope>"#
        );
        let source = Source::decode(descriptor.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let choices = Choices::new();
        let deployment = Deployment::new(&envelope, &choices);
        let all = deployment.content().unwrap();
        let bytes = u64::try_from(machine.len()).unwrap();
        for (room, made, errors) in [(2 * bytes, 3, 0), (2 * bytes - 1, 2, 1), (0, 1, 1)] {
            let mut faults = Faults::default();
            let members = members(&deployment, all, &mut Room { bytes: room }, &mut faults);
            let ids: Vec<_> = members.iter().map(|member| member.id()).collect();
            assert_eq!(ids, ["web-0", "web-1", "web-2"][..made], "room for {room} bytes");
            assert_eq!(faults.errors.len(), errors, "room for {room} bytes");
        }
    }
}

//! Sections of OVF 2 that are about placing and multiplying machines (DSP0243 2.1 9.14 and 9.15), and
//! about what a machine is given at its start (9.11).

use super::envelope::Envelope;
use super::names::ElementName;
use super::ost::OstNode;
use super::section::SectionKind;
use super::view::view;

view! {
    /// A `ScaleOutSection`: a member of a collection that exists several times (DSP0243 2.1 9.14).
    ScaleOut {
        /// `id` of the direct member that is multiplied.
        id = "id",
    }
}

view! {
    /// An `InstanceCount` of a `ScaleOutSection` (DSP0243 2.1 9.14).
    InstanceCount {
        /// `default` number of instances.
        default = "default",
        /// `minimum`, 1 when absent.
        minimum = "minimum",
        /// `maximum`, without limit when absent.
        maximum = "maximum",
        /// `configuration`: the deployment option it is for.
        configuration = "configuration",
    }
}

view! {
    /// A `PlacementGroupSection` (DSP0243 2.1 9.15).
    PlacementGroup {
        /// `id`, by which a `PlacementSection` refers to it.
        id = "id",
        /// `policy`: `affinity` or `availability`.
        policy = "policy",
    }
}

view! {
    /// A `PlacementSection`: the entity belongs to a group (DSP0243 2.1 9.15).
    Placement {
        /// `group`: the id of a `PlacementGroupSection`.
        group = "group",
    }
}

view! {
    /// A `File` of an `EnvironmentFilesSection` (DSP0243 2.1 9.11).
    EnvironmentFile {
        /// `fileRef`: the id of a File of References.
        file_ref = "fileRef",
        /// `path` under which the guest finds it.
        path = "path",
    }
}

impl<'e, 's> ScaleOut<'e, 's> {
    /// The instance counts, in document order.
    pub fn instance_counts(self) -> impl Iterator<Item = InstanceCount<'e, 's>> + use<'e, 's> {
        self.element().children_of(ElementName::InstanceCount).map(InstanceCount::new)
    }
}

impl<'s> Envelope<'s> {
    /// The scale-out sections, in document order, each with the node it stands on.
    pub fn scale_outs(&self) -> impl Iterator<Item = (OstNode<'_, 's>, ScaleOut<'_, 's>)> {
        self.sections(SectionKind::ScaleOut)
            .map(|(node, section)| (node, ScaleOut::new(section.element())))
    }

    /// The placement groups, in document order.
    pub fn placement_groups(&self) -> impl Iterator<Item = PlacementGroup<'_, 's>> {
        self.sections(SectionKind::PlacementGroup)
            .map(|(_, section)| PlacementGroup::new(section.element()))
    }

    /// The placement sections, in document order.
    pub fn placements(&self) -> impl Iterator<Item = Placement<'_, 's>> {
        self.sections(SectionKind::Placement).map(|(_, section)| Placement::new(section.element()))
    }

    /// The environment files, in document order.
    pub fn environment_files(&self) -> impl Iterator<Item = EnvironmentFile<'_, 's>> {
        self.sections(SectionKind::EnvironmentFiles)
            .flat_map(|(_, section)| section.element().children_of(ElementName::File))
            .map(EnvironmentFile::new)
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// Its scale-out sections, in document order.
    pub fn scale_outs(self) -> impl Iterator<Item = ScaleOut<'e, 's>> + use<'e, 's> {
        self.sections()
            .filter(|section| section.kind() == SectionKind::ScaleOut)
            .map(|section| ScaleOut::new(section.element()))
    }
}

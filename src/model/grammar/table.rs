//! The shapes of all elements of OVF 1.x and 2.x.

use super::Content::{self, Cim, Elements};
use super::Rest::{Closed, Foreign, Sections};
use super::Times::{Any, One, Optional};
use super::{Child, Class, Form, Shape, Times};
use crate::model::ElementName;
use crate::model::hardware::ItemKind;

/// `Envelope` (DSP0243 7).
pub(super) const ENVELOPE: &Shape = &leaf(
    "Envelope",
    Elements(
        &[
            child("References", One, 0, REFERENCES),
            child("VirtualSystem", Optional, 2, SYSTEM),
            child("VirtualSystemCollection", Optional, 2, COLLECTION),
            child("Strings", Any, 3, STRINGS),
        ],
        Sections(1),
    ),
);

const REFERENCES: &Shape =
    &list("References", &[child("File", Any, 0, &leaf("File", NOTHING_OF_OVF))]);

const SYSTEM: &Shape = &leaf(
    "VirtualSystem",
    Elements(&[child("Info", One, 0, TEXT), child("Name", Optional, 1, TEXT)], Sections(2)),
);

/// A collection holds collections. That they hold each other is told in [`member`], since a constant
/// cannot refer to itself.
const COLLECTION: &Shape = &leaf(
    "VirtualSystemCollection",
    Elements(&[child("Info", One, 0, TEXT), child("Name", Optional, 1, TEXT)], Sections(2)),
);

/// The shape and place of a member of a collection.
pub(super) fn member(of: &Shape, name: ElementName) -> Option<(&'static Shape, u8)> {
    match name {
        ElementName::VirtualSystem if of.name == COLLECTION.name => Some((SYSTEM, 3)),
        ElementName::VirtualSystemCollection if of.name == COLLECTION.name => Some((COLLECTION, 3)),
        _ => None,
    }
}

/// The shape of a section.
pub(super) fn section(name: ElementName) -> Option<&'static Shape> {
    BY_NAME.get(name.number()).copied().flatten()
}

/// The sections by the numbers of their names.
const BY_NAME: [Option<&Shape>; ElementName::COUNT] = by_name();

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which tells of a panic"
)]
const fn by_name() -> [Option<&'static Shape>; ElementName::COUNT] {
    let mut table = [None; ElementName::COUNT];
    let mut at = 0;
    while at < SECTIONS.len() {
        table[ElementName::named(SECTIONS[at].name).number()] = Some(SECTIONS[at]);
        at += 1;
    }
    table
}

const SECTIONS: &[&Shape] = &[
    &list("AnnotationSection", &[INFO, child("Annotation", One, 1, TEXT)]),
    &leaf(
        "BootDeviceSection",
        Elements(&[INFO, child("CIM_BootConfigSetting", One, 1, BOOT_CONFIG)], Closed),
    ),
    &list(
        "DeploymentOptionSection",
        &[INFO, child("Configuration", Times::Some, 1, CONFIGURATION)],
    ),
    &list("DiskSection", &[INFO, child("Disk", Any, 1, &leaf("Disk", NOTHING_OF_OVF))]),
    &list("EncryptionSection", &[INFO]),
    &list(
        "EnvironmentFilesSection",
        &[INFO, child("File", Any, 1, &leaf("EnvironmentFilesSection/File", NOTHING_OF_OVF))],
    ),
    &list("EulaSection", &[INFO, child("License", One, 1, TEXT)]),
    &leaf("InstallSection", Elements(&[INFO], Foreign)),
    &list("NetworkSection", &[INFO, child("Network", Any, 1, NETWORK)]),
    &leaf(
        "OperatingSystemSection",
        Elements(&[INFO, child("Description", Optional, 1, TEXT)], Foreign),
    ),
    &leaf(
        "PlacementGroupSection",
        Elements(&[INFO, child("Description", Optional, 1, TEXT)], Foreign),
    ),
    &leaf("PlacementSection", Elements(&[INFO], Foreign)),
    &list(
        "ProductSection",
        &[
            INFO,
            child("Product", Optional, 1, TEXT),
            child("Vendor", Optional, 2, TEXT),
            child("Version", Optional, 3, TEXT),
            child("FullVersion", Optional, 4, TEXT),
            child("ProductUrl", Optional, 5, TEXT),
            child("VendorUrl", Optional, 6, TEXT),
            child("AppUrl", Optional, 7, TEXT),
            child("Icon", Any, 8, &leaf("Icon", Elements(&[], Closed))),
            child("Category", Any, 9, CATEGORY),
            child("Property", Any, 9, PROPERTY),
        ],
    ),
    &list(
        "ResourceAllocationSection",
        &[
            INFO,
            child("Item", Any, 1, &item("Item", ItemKind::Item)),
            new("EthernetPortItem", Any, 2, &item("Item", ItemKind::EthernetPort)),
            new("StorageItem", Any, 3, &item("Item", ItemKind::Storage)),
        ],
    ),
    &leaf(
        "ScaleOutSection",
        Elements(
            &[
                INFO,
                child("Description", Optional, 1, TEXT),
                child(
                    "InstanceCount",
                    Times::Some,
                    2,
                    &leaf("InstanceCount", Elements(&[], Closed)),
                ),
            ],
            Foreign,
        ),
    ),
    &list(
        "SharedDiskSection",
        &[INFO, child("SharedDisk", Times::Some, 1, &leaf("SharedDisk", NOTHING_OF_OVF))],
    ),
    &list(
        "StartupSection",
        &[INFO, child("Item", Any, 1, &leaf("StartupSection/Item", Elements(&[], Closed)))],
    ),
    &list(
        "VirtualHardwareSection",
        &[
            INFO,
            child("System", Optional, 1, &leaf("System", Cim(Class::System))),
            child("Item", Any, 2, &item("Item", ItemKind::Item)),
            new("EthernetPortItem", Any, 3, &item("Item", ItemKind::EthernetPort)),
            new("StorageItem", Any, 4, &item("Item", ItemKind::Storage)),
        ],
    ),
];

const CONFIGURATION: &Shape = &leaf(
    "Configuration",
    Elements(&[child("Label", One, 0, TEXT), child("Description", One, 1, TEXT)], Closed),
);

const NETWORK: &Shape = &leaf(
    "Network",
    Elements(
        &[
            child("Description", Optional, 0, TEXT),
            new(
                "NetworkPortProfile",
                Any,
                1,
                &list(
                    "NetworkPortProfile",
                    &[child(
                        "Item",
                        Any,
                        0,
                        &item("NetworkPortProfile/Item", ItemKind::EthernetPort),
                    )],
                ),
            ),
            new("NetworkPortProfileURI", Any, 1, TEXT),
        ],
        Closed,
    ),
);

const PROPERTY: &Shape = &leaf(
    "Property",
    Elements(
        &[
            child("Label", Optional, 0, TEXT),
            child("Description", Optional, 1, TEXT),
            child("Value", Any, 2, &leaf("Value", NOTHING_OF_OVF)),
        ],
        Closed,
    ),
);

const STRINGS: &Shape = &leaf(
    "Strings",
    Elements(&[child("Msg", Any, 0, &leaf("Msg", Content::Text(Form::Text)))], Closed),
);

const BOOT_CONFIG: &Shape = &leaf("CIM_BootConfigSetting", Cim(Class::BootConfig));

/// A text for people, or a plain string.
const TEXT: &Shape = &leaf("text", Content::Text(Form::Text));

const CATEGORY: &Shape = &leaf("Category", Content::Text(Form::Text));
const INFO: Child = child("Info", One, 0, TEXT);
const NOTHING_OF_OVF: Content = Elements(&[], Foreign);

/// A shape of any content.
const fn leaf(name: &'static str, content: Content) -> Shape {
    Shape::new(name, content)
}

/// A shape of elements, which vendors may extend.
const fn list(name: &'static str, children: &'static [Child]) -> Shape {
    Shape::new(name, Elements(children, Foreign))
}

const fn item(name: &'static str, kind: ItemKind) -> Shape {
    Shape::new(name, Cim(Class::Resource(kind)))
}

const fn child(name: &'static str, times: Times, place: u8, shape: &'static Shape) -> Child {
    Child { name, element: ElementName::named(name), times, place, shape, is_new: false }
}

/// A child that came with OVF 2.0.
const fn new(name: &'static str, times: Times, place: u8, shape: &'static Shape) -> Child {
    Child { name, element: ElementName::named(name), times, place, shape, is_new: true }
}

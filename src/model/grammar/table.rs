//! The shapes of all elements of OVF 1.x and 2.x.

use super::Content::{self, Anything, Cim, Elements};
use super::Required::{Always, InVersion2, Never};
use super::Rest::{Closed, Foreign, Sections};
use super::Times::{Any, One, Optional};
use super::{Attribute, Child, Class, Form, Shape, Times};
use crate::model::hardware::ItemKind;

/// `Envelope` (DSP0243 7).
pub(super) const ENVELOPE: &Shape = &Shape {
    name: "Envelope",
    attributes: &[],
    content: Elements(
        &[
            child("References", One, 0, REFERENCES),
            child("VirtualSystem", Optional, 2, SYSTEM),
            child("VirtualSystemCollection", Optional, 2, COLLECTION),
            child("Strings", Any, 3, STRINGS),
        ],
        Sections(1),
    ),
};

const REFERENCES: &Shape =
    &list("References", &[child("File", Any, 0, &leaf("File", FILE, NOTHING_OF_OVF))]);

const FILE: &[Attribute] = &[
    required("id", Form::Text),
    required("href", Form::Text),
    optional("size", Form::Number(u64::MAX)),
    optional("chunkSize", Form::Long),
];

const SYSTEM: &Shape = &Shape {
    name: "VirtualSystem",
    attributes: &[required("id", Form::Text)],
    content: Elements(
        &[child("Info", One, 0, TEXT), child("Name", Optional, 1, TEXT)],
        Sections(2),
    ),
};

/// A collection holds collections. That they hold each other is told in [`member`], since a constant
/// cannot refer to itself.
const COLLECTION: &Shape = &Shape {
    name: "VirtualSystemCollection",
    attributes: &[required("id", Form::Text)],
    content: Elements(
        &[child("Info", One, 0, TEXT), child("Name", Optional, 1, TEXT)],
        Sections(2),
    ),
};

/// The shape and place of a member of a collection.
pub(super) fn member(of: &Shape, name: &str) -> Option<(&'static Shape, u8)> {
    match name {
        _ if of.name != COLLECTION.name => None,
        "VirtualSystem" => Some((SYSTEM, 3)),
        "VirtualSystemCollection" => Some((COLLECTION, 3)),
        _ => None,
    }
}

/// The shape of a section.
pub(super) fn section(name: &str) -> Option<&'static Shape> {
    SECTIONS.iter().find(|shape| shape.name == name).copied()
}

const SECTIONS: &[&Shape] = &[
    &list("AnnotationSection", &[INFO, child("Annotation", One, 1, TEXT)]),
    &Shape {
        name: "BootDeviceSection",
        attributes: &[],
        content: Elements(&[INFO, child("CIM_BootConfigSetting", One, 1, BOOT_CONFIG)], Closed),
    },
    &list(
        "DeploymentOptionSection",
        &[INFO, child("Configuration", Times::Some, 1, CONFIGURATION)],
    ),
    &list("DiskSection", &[INFO, child("Disk", Any, 1, &leaf("Disk", DISK, NOTHING_OF_OVF))]),
    &Shape { name: "EncryptionSection", attributes: &[], content: Anything },
    &list(
        "EnvironmentFilesSection",
        &[
            INFO,
            child(
                "File",
                Any,
                1,
                &leaf(
                    "EnvironmentFilesSection/File",
                    &[required("fileRef", Form::Text), required("path", Form::Text)],
                    NOTHING_OF_OVF,
                ),
            ),
        ],
    ),
    &list("EulaSection", &[INFO, child("License", One, 1, TEXT)]),
    &leaf(
        "InstallSection",
        &[Attribute { name: "initialBootStopDelay", required: InVersion2, form: SHORT }],
        Elements(&[INFO], Foreign),
    ),
    &list("NetworkSection", &[INFO, child("Network", Any, 1, NETWORK)]),
    &leaf(
        "OperatingSystemSection",
        &[required("id", SHORT)],
        Elements(&[INFO, child("Description", Optional, 1, TEXT)], Foreign),
    ),
    &leaf(
        "PlacementGroupSection",
        &[required("id", Form::Text), required("policy", Form::Text)],
        Elements(&[INFO, child("Description", Optional, 1, TEXT)], Foreign),
    ),
    &leaf("PlacementSection", &[required("group", Form::Text)], Elements(&[INFO], Foreign)),
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
            child("Icon", Any, 8, &leaf("Icon", ICON, Elements(&[], Closed))),
            child("Category", Any, 9, TEXT),
            child("Property", Any, 9, PROPERTY),
        ],
    ),
    &list(
        "ResourceAllocationSection",
        &[
            INFO,
            child("Item", Any, 1, &item("Item", ItemKind::Item)),
            new("EthernetPortItem", Any, 2, &item("EthernetPortItem", ItemKind::EthernetPort)),
            new("StorageItem", Any, 3, &item("StorageItem", ItemKind::Storage)),
        ],
    ),
    &leaf(
        "ScaleOutSection",
        &[required("id", Form::Text)],
        Elements(
            &[
                INFO,
                child("Description", Optional, 1, TEXT),
                child(
                    "InstanceCount",
                    Times::Some,
                    2,
                    &leaf("InstanceCount", INSTANCE_COUNT, Elements(&[], Closed)),
                ),
            ],
            Foreign,
        ),
    ),
    &list(
        "SharedDiskSection",
        &[
            INFO,
            child("SharedDisk", Times::Some, 1, &leaf("SharedDisk", SHARED_DISK, NOTHING_OF_OVF)),
        ],
    ),
    &list(
        "StartupSection",
        &[
            INFO,
            child(
                "Item",
                Any,
                1,
                &leaf("StartupSection/Item", STARTUP_ITEM, Elements(&[], Closed)),
            ),
        ],
    ),
    &list(
        "VirtualHardwareSection",
        &[
            INFO,
            child("System", Optional, 1, &leaf("System", &[], Cim(Class::System))),
            child("Item", Any, 2, &item("Item", ItemKind::Item)),
            new("EthernetPortItem", Any, 3, &item("EthernetPortItem", ItemKind::EthernetPort)),
            new("StorageItem", Any, 4, &item("StorageItem", ItemKind::Storage)),
        ],
    ),
];

const DISK: &[Attribute] = &[
    required("diskId", Form::Text),
    required("capacity", Form::Text),
    optional("populatedSize", Form::Long),
];

const SHARED_DISK: &[Attribute] = &[
    required("diskId", Form::Text),
    required("capacity", Form::Text),
    optional("populatedSize", Form::Long),
    optional("readOnly", Form::Boolean),
];

const ICON: &[Attribute] =
    &[required("fileRef", Form::Text), optional("height", SHORT), optional("width", SHORT)];

const INSTANCE_COUNT: &[Attribute] =
    &[required("default", INT), optional("minimum", INT), optional("maximum", INT)];

const STARTUP_ITEM: &[Attribute] = &[
    required("id", Form::Text),
    required("order", SHORT),
    optional("startDelay", SHORT),
    optional("waitingForGuest", Form::Boolean),
    optional("stopDelay", SHORT),
];

const CONFIGURATION: &Shape = &leaf(
    "Configuration",
    &[required("id", Form::Text), optional("default", Form::Boolean)],
    Elements(&[child("Label", One, 0, TEXT), child("Description", One, 1, TEXT)], Closed),
);

const NETWORK: &Shape = &leaf(
    "Network",
    &[required("name", Form::Text)],
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
    &[
        required("key", Form::Text),
        required("type", Form::Text),
        optional("userConfigurable", Form::Boolean),
        optional("password", Form::Boolean),
    ],
    Elements(
        &[
            child("Label", Optional, 0, TEXT),
            child("Description", Optional, 1, TEXT),
            child(
                "Value",
                Any,
                2,
                &leaf("Value", &[required("value", Form::Text)], NOTHING_OF_OVF),
            ),
        ],
        Closed,
    ),
);

const STRINGS: &Shape = &leaf(
    "Strings",
    &[],
    Elements(
        &[child(
            "Msg",
            Any,
            0,
            &leaf("Msg", &[required("msgid", Form::Text)], Content::Text(Form::Text)),
        )],
        Closed,
    ),
);

const BOOT_CONFIG: &Shape = &leaf("CIM_BootConfigSetting", &[], Cim(Class::BootConfig));

/// A text for people, or a plain string.
const TEXT: &Shape = &leaf("text", &[], Content::Text(Form::Text));

const INFO: Child = child("Info", One, 0, TEXT);
const NOTHING_OF_OVF: Content = Elements(&[], Foreign);
const SHORT: Form = Form::Number(0xFFFF);
const INT: Form = Form::Number(0xFFFF_FFFF);

/// A shape with attributes.
const fn leaf(name: &'static str, attributes: &'static [Attribute], content: Content) -> Shape {
    Shape { name, attributes, content }
}

/// A shape without attributes of note, which vendors may extend.
const fn list(name: &'static str, children: &'static [Child]) -> Shape {
    Shape { name, attributes: &[], content: Elements(children, Foreign) }
}

const fn item(name: &'static str, kind: ItemKind) -> Shape {
    Shape { name, attributes: &[], content: Cim(Class::Resource(kind)) }
}

const fn child(name: &'static str, times: Times, place: u8, shape: &'static Shape) -> Child {
    Child { name, times, place, shape, is_new: false }
}

/// A child that came with OVF 2.0.
const fn new(name: &'static str, times: Times, place: u8, shape: &'static Shape) -> Child {
    Child { name, times, place, shape, is_new: true }
}

const fn required(name: &'static str, form: Form) -> Attribute {
    Attribute { name, required: Always, form }
}

const fn optional(name: &'static str, form: Form) -> Attribute {
    Attribute { name, required: Never, form }
}

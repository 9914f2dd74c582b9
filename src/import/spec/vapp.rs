//! vApps: `VAppConfigSpec`, entities, products, properties, sections.

use std::fmt;

use super::machine::{ConfigSpec, Operation, ResourceAllocation};
use super::object::{DataObject, Field, Value, data_objects};

/// `ImportSpec`: a machine or a vApp to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportSpec {
    /// How it starts and stops as a member of a vApp.
    pub entity_config: Option<EntityConfig>,
    /// The section tree, for those of vCenter's extensions that read it.
    pub instantiation_ost: Option<OstNode>,
    /// What it is.
    pub kind: ImportKind,
}

/// What an [`ImportSpec`] makes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportKind {
    /// `VirtualMachineImportSpec`: a machine.
    Machine(Box<ConfigSpec>),
    /// `VirtualAppImportSpec`: a vApp.
    Vapp(Box<Vapp>),
}

/// What a `VirtualAppImportSpec` adds to an [`ImportSpec`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vapp {
    /// The name, escaped like that of a machine.
    pub name: String,
    /// What the vApp is.
    pub vapp_config_spec: VappConfigSpec,
    /// What its members share.
    pub resource_pool_spec: ResourceConfigSpec,
    /// Its members, in the order of the descriptor.
    pub child: Vec<ImportSpec>,
}

impl ImportSpec {
    /// The machine, when it is one.
    #[must_use]
    pub fn machine(&self) -> Option<&ConfigSpec> {
        match &self.kind {
            ImportKind::Machine(machine) => Some(machine),
            ImportKind::Vapp(_) => None,
        }
    }

    /// The vApp, when it is one.
    #[must_use]
    pub fn vapp(&self) -> Option<&Vapp> {
        match &self.kind {
            ImportKind::Machine(_) => None,
            ImportKind::Vapp(vapp) => Some(vapp),
        }
    }
}

impl DataObject for ImportSpec {
    fn type_name(&self) -> &'static str {
        match self.kind {
            ImportKind::Machine(_) => "VirtualMachineImportSpec",
            ImportKind::Vapp(_) => "VirtualAppImportSpec",
        }
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        if let Some(value) = self.entity_config.value() {
            field("entityConfig", value);
        }
        if let Some(value) = self.instantiation_ost.value() {
            field("instantiationOst", value);
        }
        match &self.kind {
            ImportKind::Machine(machine) => field("configSpec", Value::Object(&**machine)),
            ImportKind::Vapp(vapp) => {
                field("name", Value::Text(&vapp.name));
                field("vAppConfigSpec", Value::Object(&vapp.vapp_config_spec));
                field("resourcePoolSpec", Value::Object(&vapp.resource_pool_spec));
                if let Some(child) = vapp.child.value() {
                    field("child", child);
                }
            }
        }
    }
}

impl Field for ImportSpec {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Object(self))
    }
}

/// Declares what machines and vApps have alike, which the API does by inheritance.
macro_rules! vapp_configs {
    ($($(#[$doc:meta])* $name:ident = $type_name:literal {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $field_name:literal,)*
    })+) => {
        data_objects! {$(
            $(#[$doc])*
            $name = $type_name {
                /// The products.
                product: Vec<ProductSpec> = "product",
                /// Their properties.
                property: Vec<PropertySpec> = "property",
                /// How addresses are given out.
                ip_assignment: Option<IpAssignmentInfo> = "ipAssignment",
                /// The licences.
                eula: Vec<String> = "eula",
                /// The sections nothing was made of.
                ovf_section: Vec<OvfSectionSpec> = "ovfSection",
                /// The ways the OVF environment can reach the guest: `iso`, `com.vmware.guestInfo`.
                ovf_environment_transport: Vec<String> = "ovfEnvironmentTransport",
                /// Whether it has to be started once to install itself.
                install_boot_required: Option<bool> = "installBootRequired",
                /// How long that may take, in seconds; 0 waits until the guest powers off.
                install_boot_stop_delay: Option<i32> = "installBootStopDelay",
                $($(#[$field_doc])* $field: $type = $field_name,)*
            }
        )+}
    };
}

vapp_configs! {
    /// `VmConfigSpec`: what a machine is as part of a vApp, or as software to be set up.
    VmVappConfig = "VmConfigSpec" {}

    /// `VAppConfigSpec`: what a vApp is.
    VappConfigSpec = "VAppConfigSpec" {
        /// What people want to know of it.
        annotation: Option<String> = "annotation",
    }
}

data_objects! {
    /// `VAppEntityConfigInfo`: how a member of a vApp starts and stops (DSP0243 9.7). Delays and
    /// waiting are of machines only.
    EntityConfig = "VAppEntityConfigInfo" {
        /// The id of the member in the descriptor.
        tag: Option<String> = "tag",
        /// Members start in ascending, and stop in descending order.
        start_order: Option<i32> = "startOrder",
        /// How long the next one waits, in seconds.
        start_delay: Option<i32> = "startDelay",
        /// Whether the next one starts as soon as the guest says it is up.
        waiting_for_guest: Option<bool> = "waitingForGuest",
        /// `none` or `powerOn`.
        start_action: Option<String> = "startAction",
        /// How long stopping may take, in seconds.
        stop_delay: Option<i32> = "stopDelay",
        /// `none`, `powerOff`, `guestShutdown` or `suspend`; for a vApp one of the first two.
        stop_action: Option<String> = "stopAction",
    }

    /// `ResourceConfigSpec`: what the members of a vApp share.
    ResourceConfigSpec = "ResourceConfigSpec" {
        /// Processors; amounts in MHz.
        cpu_allocation: ResourceAllocation = "cpuAllocation",
        /// Memory; amounts in MiB.
        memory_allocation: ResourceAllocation = "memoryAllocation",
    }

    /// `VAppProductSpec`.
    ProductSpec = "VAppProductSpec" {
        /// Added.
        operation: Operation = "operation",
        /// The product.
        info: ProductInfo = "info",
    }

    /// `VAppProductInfo`: a product (DSP0243 9.5). What the descriptor does not say is empty.
    ProductInfo = "VAppProductInfo" {
        /// Its number on the machine or vApp, from 0.
        key: i32 = "key",
        /// The class.
        class_id: String = "classId",
        /// The instance.
        instance_id: String = "instanceId",
        /// Its name.
        name: String = "name",
        /// Who makes it.
        vendor: String = "vendor",
        /// The short version.
        version: String = "version",
        /// The full version.
        full_version: String = "fullVersion",
        /// Where its maker is described.
        vendor_url: String = "vendorUrl",
        /// Where it is described.
        product_url: String = "productUrl",
        /// Where it answers once it runs.
        app_url: String = "appUrl",
    }

    /// `VAppPropertySpec`.
    PropertySpec = "VAppPropertySpec" {
        /// Added.
        operation: Operation = "operation",
        /// The property.
        info: PropertyInfo = "info",
    }

    /// `VAppIPAssignmentInfo`: how addresses are given out.
    IpAssignmentInfo = "VAppIPAssignmentInfo" {
        /// What the software can take: `dhcp`, `ovfenv`.
        supported_allocation_scheme: Vec<String> = "supportedAllocationScheme",
        /// What was chosen: `dhcpPolicy`, `transientPolicy`, `fixedPolicy`, `fixedAllocatedPolicy`.
        ip_allocation_policy: Option<String> = "ipAllocationPolicy",
        /// What the software can take: `IPv4`, `IPv6`.
        supported_ip_protocol: Vec<String> = "supportedIpProtocol",
        /// What was chosen.
        ip_protocol: Option<String> = "ipProtocol",
    }

    /// `VAppOvfSectionSpec`.
    OvfSectionSpec = "VAppOvfSectionSpec" {
        /// Added.
        operation: Operation = "operation",
        /// The section.
        info: OvfSectionInfo = "info",
    }

    /// `OvfConsumerOstNode`: a node of the section tree.
    OstNode = "OvfConsumerOstNode" {
        /// `ovf:id`; empty for the envelope.
        id: String = "id",
        /// `envelope`, `virtualSystem` or `virtualSystemCollection`.
        node_type: String = "type",
        /// Its sections, in document order.
        section: Vec<OstSection> = "section",
        /// The nodes below it, in document order.
        child: Vec<OstNode> = "child",
    }
}

/// `VAppPropertyInfo`: a property (DSP0243 9.5.1).
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyInfo {
    /// Its number on the machine or vApp, from 0.
    pub key: i32,
    /// The class of its product.
    pub class_id: String,
    /// The instance of its product.
    pub instance_id: String,
    /// Its key in the product.
    pub id: String,
    /// The heading it stands under.
    pub category: String,
    /// Its name for people.
    pub label: String,
    /// The type, as vSphere writes it: `string(1..8)`.
    pub type_name: String,
    /// Whether people may set it.
    pub user_configurable: bool,
    /// The default under the deployment option.
    pub default_value: String,
    /// The value chosen; absent when none was.
    pub value: Option<String>,
    /// What it is, for people.
    pub description: String,
    /// Whether its values must never be shown.
    pub is_secret: bool,
}

data_objects!(@impl PropertyInfo = "VAppPropertyInfo" {
    key = "key",
    class_id = "classId",
    instance_id = "instanceId",
    id = "id",
    category = "category",
    label = "label",
    type_name = "type",
    user_configurable = "userConfigurable",
    default_value = "defaultValue",
    value = "value",
    description = "description",
});

/// Passwords are not shown.
impl fmt::Debug for PropertyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PropertyInfo");
        shown
            .field("key", &self.key)
            .field("class_id", &self.class_id)
            .field("instance_id", &self.instance_id)
            .field("id", &self.id)
            .field("category", &self.category)
            .field("label", &self.label)
            .field("type_name", &self.type_name)
            .field("user_configurable", &self.user_configurable);
        if !self.is_secret {
            shown.field("default_value", &self.default_value).field("value", &self.value);
        }
        shown.field("description", &self.description).finish_non_exhaustive()
    }
}

/// Declares a structure with the text of a section, which is not shown: there may be passwords in it.
macro_rules! with_xml {
    ($(
        $(#[$doc:meta])*
        $name:ident = $type_name:literal {
            $($(#[$field_doc:meta])* $field:ident: $type:ty = $field_name:literal,)*
        }
        $(#[$xml_doc:meta])* $xml:ident = $xml_name:literal
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            $(#[$xml_doc])* pub $xml: String,
        }

        data_objects!(@impl $name = $type_name { $($field = $field_name,)* $xml = $xml_name, });

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = f.debug_struct(stringify!($name));
                $(shown.field(stringify!($field), &self.$field);)*
                shown.finish_non_exhaustive()
            }
        }
    )+};
}

with_xml! {
    /// `VAppOvfSectionInfo`: a section nothing was made of; it is kept as it is.
    OvfSectionInfo = "VAppOvfSectionInfo" {
        /// Its number on the machine or vApp, from 0.
        key: i32 = "key",
        /// The namespace of the element.
        namespace: String = "namespace",
        /// The local name of the element.
        section_type: String = "type",
        /// Whether it stands on the envelope.
        at_envelope_level: bool = "atEnvelopeLevel",
    }
    /// The element, with all namespaces it needs.
    contents = "contents"

    /// `OvfConsumerOvfSection`: a section of the section tree.
    OstSection = "OvfConsumerOvfSection" {
        /// The one-based line it begins on.
        line_number: i32 = "lineNumber",
    }
    /// The element, with all namespaces it needs.
    xml = "xml"
}

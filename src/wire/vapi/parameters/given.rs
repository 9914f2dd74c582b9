//! What a client sends: parameters and deployment specifications, made into choices.
//!
//! What is not known is told, never passed over in silence. What a client got from us it may send back
//! as it is: that chooses what was in force.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{closest, quoted};
use crate::import::parameters::{Issue, IssueKind};
use crate::import::{
    Choices, DiskProvisioning, EulaAcceptance, ExtraConfigFilter, IpAllocationPolicy, IpProtocol,
};

/// `OvfParams` as a client sends it: the members of all classes there are. Members that only describe are
/// passed over.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GivenParams {
    /// The class: `com.vmware.vcenter.ovf.property_params`.
    #[serde(rename = "@class")]
    pub class: Option<String>,
    /// The class by its short name: `PropertyParams`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Of `DeploymentOptionParams`.
    pub selected_key: Option<String>,
    /// Of `ExtraConfigParams`.
    pub exclude_keys: Option<Vec<String>>,
    /// Of `ExtraConfigParams`.
    pub include_keys: Option<Vec<String>>,
    /// Of `IpAllocationParams`.
    pub ip_allocation_policy: Option<String>,
    /// Of `IpAllocationParams`.
    pub ip_protocol: Option<String>,
    /// Of `PropertyParams`.
    pub properties: Option<Vec<GivenProperty>>,
    /// Of `ScaleOutParams`.
    pub groups: Option<Vec<GivenGroup>>,
    /// Of `VcenterExtensionParams`.
    pub registration_accepted: Option<bool>,
}

/// `Property` as a client sends it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GivenProperty {
    /// `class` of its product.
    pub class_id: Option<String>,
    /// Its key, or its full key.
    pub id: Option<String>,
    /// `instance` of its product.
    pub instance_id: Option<String>,
    /// Its type, if it is sent back.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// `ScaleOutGroup` as a client sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GivenGroup {
    /// The id of the member.
    pub id: Option<String>,
    /// How often it shall exist.
    pub instance_count: Option<i64>,
}

/// `LibraryItem.ResourcePoolDeploymentSpec` as a client sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GivenDeploymentSpec {
    /// The name of the machine or vApp.
    pub name: Option<String>,
    /// Its annotation.
    pub annotation: Option<String>,
    /// Whether all licences are accepted.
    #[serde(rename = "accept_all_EULA")]
    pub accept_all_eula: bool,
    /// By network of the descriptor: the network of the target.
    #[serde(deserialize_with = "map")]
    pub network_mappings: BTreeMap<String, String>,
    /// By network of the descriptor: the subnet of the target, which goes before the network.
    #[serde(deserialize_with = "map")]
    pub subnet_mappings: BTreeMap<String, String>,
    /// By storage group: where it goes.
    #[serde(deserialize_with = "map")]
    pub storage_mappings: BTreeMap<String, GivenStorage>,
    /// How disks are laid out.
    pub storage_provisioning: Option<String>,
    /// The language of texts.
    pub locale: Option<String>,
    /// All other parameters.
    pub additional_parameters: Option<Vec<GivenParams>>,
    /// Flags of the import.
    pub flags: Option<Vec<String>>,
    /// The storage policy of what has none of its own.
    pub storage_profile_id: Option<String>,
    /// The datastore of what has none of its own.
    pub default_datastore_id: Option<String>,
}

/// `LibraryItem.StorageGroupMapping` as a client sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GivenStorage {
    /// `DATASTORE` or `STORAGE_PROFILE`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Of `DATASTORE`.
    pub datastore_id: Option<String>,
    /// Of `STORAGE_PROFILE`.
    pub storage_profile_id: Option<String>,
    /// How disks are laid out.
    pub provisioning: Option<String>,
}

/// Values may be passwords, so they are not shown.
impl fmt::Debug for GivenProperty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenProperty").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for GivenParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenParams")
            .field("class", &self.class)
            .field("kind", &self.kind)
            .field("properties", &self.properties)
            .finish_non_exhaustive()
    }
}

/// Choices, and what was wrong with how they were written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Read {
    /// The choices.
    pub choices: Choices,
    /// What keeps them from being meant as they stand.
    pub errors: Vec<Issue>,
    /// What has no effect.
    pub warnings: Vec<Issue>,
}

/// Classes that can be given, by short name.
const CLASSES: &[(&str, &str)] = &[
    ("CertificateParams", "certificate_params"),
    ("DeploymentOptionParams", "deployment_option_params"),
    ("ExtraConfigParams", "extra_config_params"),
    ("IpAllocationParams", "ip_allocation_params"),
    ("PropertyParams", "property_params"),
    ("ScaleOutParams", "scale_out_params"),
    ("SizeParams", "size_params"),
    ("UnknownSectionParams", "unknown_section_params"),
    ("VcenterExtensionParams", "vcenter_extension_params"),
];

impl Read {
    /// Reads parameters on top of choices.
    #[must_use]
    pub fn params(mut self, given: &[GivenParams]) -> Self {
        for given in given {
            self.add(given);
        }
        self
    }

    /// Reads a deployment specification.
    #[must_use]
    pub fn deployment_spec(given: &GivenDeploymentSpec) -> Self {
        let mut read = Self::default();
        read.choices.name.clone_from(&given.name);
        read.choices.annotation.clone_from(&given.annotation);
        read.choices.locale.clone_from(&given.locale);
        if given.accept_all_eula {
            read.choices.eulas = EulaAcceptance::All;
        }
        read.choices.networks.clone_from(&given.network_mappings);
        read.choices
            .networks
            .extend(given.subnet_mappings.iter().map(|(name, id)| (name.clone(), id.clone())));
        if let Some(named) = &given.storage_provisioning {
            let known = DiskProvisioning::ALL.iter().map(|known| known.vapi());
            let found = DiskProvisioning::named(named);
            read.choices.disk_provisioning =
                read.known("storage_provisioning", named, found, known);
        }
        for (id, storage) in &given.storage_mappings {
            read.storage(id, storage);
        }
        let unused = [
            ("flags", given.flags.as_ref().is_some_and(|flags| !flags.is_empty())),
            ("storage_profile_id", given.storage_profile_id.is_some()),
            ("default_datastore_id", given.default_datastore_id.is_some()),
        ];
        for (name, is_given) in unused {
            if is_given {
                read.unused(name);
            }
        }
        read.params(given.additional_parameters.as_deref().unwrap_or_default())
    }

    fn storage(&mut self, id: &str, given: &GivenStorage) {
        let (targets, target) = match given.kind.as_deref() {
            Some("DATASTORE") => (&mut self.choices.datastores, &given.datastore_id),
            Some("STORAGE_PROFILE") => {
                (&mut self.choices.storage_profiles, &given.storage_profile_id)
            }
            kind => {
                let kind = kind.unwrap_or_default();
                let known = ["DATASTORE", "STORAGE_PROFILE"].into_iter();
                self.known::<()>("storage_mappings", kind, None, known);
                return;
            }
        };
        // A mapping to nothing is told where choices are checked.
        targets.insert(id.to_owned(), target.clone().unwrap_or_default());
        if given.provisioning.is_some() {
            self.unused("provisioning");
        }
    }

    fn add(&mut self, given: &GivenParams) {
        let Some(class) = self.class(given) else { return };
        let choices = &mut self.choices;
        match class {
            "DeploymentOptionParams" if given.selected_key.is_some() => {
                choices.deployment_option.clone_from(&given.selected_key);
            }
            "ExtraConfigParams" => match (&given.include_keys, &given.exclude_keys) {
                (None, None) => {}
                (Some(keys), None) => choices.extra_config = ExtraConfigFilter::Only(keys.clone()),
                (None, Some(keys)) => {
                    choices.extra_config = ExtraConfigFilter::Except(keys.clone());
                }
                (Some(_), Some(_)) => self.errors.push(
                    Issue::new(
                        IssueKind::ExtraConfigConflict,
                        "extra-config",
                        "`include_keys` and `exclude_keys` are both given",
                    )
                    .help("give one of the two"),
                ),
            },
            "IpAllocationParams" => {
                if let Some(named) = &given.ip_allocation_policy {
                    let known = IpAllocationPolicy::ALL.iter().map(|known| known.vapi());
                    let found = IpAllocationPolicy::named(named);
                    self.choices.ip_allocation_policy =
                        self.known("ip-policy", named, found, known);
                }
                if let Some(named) = &given.ip_protocol {
                    let known = IpProtocol::ALL.iter().map(|known| known.vapi());
                    let found = IpProtocol::named(named);
                    self.choices.ip_protocol = self.known("ip-protocol", named, found, known);
                }
            }
            "PropertyParams" => {
                for property in given.properties.iter().flatten() {
                    self.property(property);
                }
            }
            "ScaleOutParams" => {
                for group in given.groups.iter().flatten() {
                    self.group(group);
                }
            }
            "VcenterExtensionParams" => {
                choices.accept_extensions |= given.registration_accepted.unwrap_or(false);
            }
            // The others only describe.
            _ => {}
        }
    }

    /// The class, told by `@class`, else by `type`.
    fn class(&mut self, given: &GivenParams) -> Option<&'static str> {
        let class = given.class.as_deref();
        let name = class.or(given.kind.as_deref()).unwrap_or_default();
        let short = name.rsplit('.').next().unwrap_or(name);
        let found = CLASSES.iter().find(|(kind, class)| *kind == short || *class == short);
        if found.is_none() {
            let issue = Issue::new(
                IssueKind::UnknownParameters,
                "@class",
                format!("{} is no class of parameters that is known", quoted(name)),
            )
            .value(name);
            let known = CLASSES.iter().flat_map(|(kind, class)| [*kind, *class]);
            self.errors.push(match closest(short, known) {
                Some(near) => issue.help(format!("did you mean {}?", quoted(near))),
                None => issue,
            });
        }
        found.map(|(kind, _)| *kind)
    }

    fn property(&mut self, given: &GivenProperty) {
        let Some(id) = given.id.as_deref().filter(|id| !id.is_empty()) else {
            self.errors.push(Issue::new(
                IssueKind::UnknownProperty,
                "property",
                "a property has no `id`",
            ));
            return;
        };
        let Some(value) = &given.value else { return };
        // A password is blank when it is asked for, and must not be so when it is sent back.
        let is_password = given.kind.as_deref().is_some_and(|kind| kind.starts_with("password"));
        if is_password && value.is_empty() {
            return;
        }
        let parts = [given.class_id.as_deref(), Some(id), given.instance_id.as_deref()];
        let parts: Vec<&str> =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        self.choices.properties.insert(parts.join("."), value.clone());
    }

    fn group(&mut self, given: &GivenGroup) {
        let id = given.id.clone().unwrap_or_default();
        let Some(count) = given.instance_count else { return };
        match u32::try_from(count) {
            Ok(count) => _ = self.choices.scale_out.insert(id, count),
            Err(_) => self.errors.push(
                Issue::new(
                    IssueKind::InstanceCount,
                    format!("scale-out:{id}"),
                    format!("{} cannot exist {count} times", quoted(&id)),
                )
                .value(count.to_string()),
            ),
        }
    }

    /// A name out of a few, or an error that says which there are.
    fn known<T>(
        &mut self,
        parameter: &str,
        name: &str,
        found: Option<T>,
        known: impl Iterator<Item = &'static str>,
    ) -> Option<T> {
        if found.is_none() {
            let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
            self.errors.push(
                Issue::new(
                    IssueKind::UnknownValue,
                    parameter,
                    format!("{} is no value of `{parameter}`", quoted(name)),
                )
                .value(name)
                .help(format!("there are {}", known.join(", "))),
            );
        }
        found
    }

    fn unused(&mut self, name: &str) {
        self.warnings.push(Issue::new(
            IssueKind::UnusedParameter,
            name,
            format!("`{name}` has no effect here"),
        ));
    }
}

/// A map: an object, or, as `/rest` has it, a list of `key` and `value`.
fn map<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    struct Either<V>(std::marker::PhantomData<V>);

    #[derive(Deserialize)]
    struct Entry<V> {
        key: String,
        value: V,
    }

    impl<'de, V: Deserialize<'de>> Visitor<'de> for Either<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object, or a list of `key` and `value`")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(BTreeMap::new())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = access.next_entry()? {
                map.insert(key, value);
            }
            Ok(map)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(Entry { key, value }) = access.next_element()? {
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_any(Either(std::marker::PhantomData))
}

//! What whoever deploys a package decides.

use std::collections::BTreeMap;
use std::fmt;

use super::texts::Bundle;

/// What whoever deploys a package decides. What is not decided follows from the descriptor.
///
/// ```
/// use ovf::import::Choices;
///
/// let mut choices = Choices::new();
/// choices.deployment_option = Some("large".to_owned());
/// choices.properties.insert("web.port".to_owned(), "8080".to_owned());
/// choices.networks.insert("VM Network".to_owned(), "network-7".to_owned());
/// ```
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Choices {
    /// The name of the machine or vApp; from the descriptor when absent.
    pub name: Option<String>,
    /// The annotation of the machine or vApp; from the descriptor when absent.
    pub annotation: Option<String>,
    /// The id of the deployment option; the default one when absent (DSP0243 9.8).
    pub deployment_option: Option<String>,
    /// Values of properties by full key, `[class.]key[.instance]` (DSP0243 9.5.1), for every entity that
    /// has the property; or, for one entity alone, by its path and the full key: `tier/web/port`. A path
    /// has the ids from below the envelope down.
    pub properties: BTreeMap<String, String>,
    /// What the networks of the descriptor become, by name: identifiers of the target.
    pub networks: BTreeMap<String, String>,
    /// How addresses are given out.
    pub ip_allocation_policy: Option<IpAllocationPolicy>,
    /// Which version of IP the addresses are of.
    pub ip_protocol: Option<IpProtocol>,
    /// Which licences are accepted.
    pub eulas: EulaAcceptance,
    /// How disks are laid out on the target.
    pub disk_provisioning: Option<DiskProvisioning>,
    /// Where disks and storage groups go, by id: identifiers of datastores of the target.
    pub datastores: BTreeMap<String, String>,
    /// Which storage policy disks and storage groups get, by id: identifiers of the target.
    pub storage_profiles: BTreeMap<String, String>,
    /// How many machines a `ScaleOutSection` makes, by its id.
    pub scale_out: BTreeMap<String, u32>,
    /// Which settings of `vmw:ExtraConfig` are taken over.
    pub extra_config: ExtraConfigFilter,
    /// Whether vCenter extensions may be registered.
    pub accept_extensions: bool,
    /// The language texts are wanted in, as `xml:lang` has it: `de-DE`.
    pub locale: Option<String>,
    /// Message bundles that are not in the descriptor.
    pub bundles: Vec<Bundle>,
}

impl Choices {
    /// Nothing decided.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// Values of properties may be passwords, so they are not shown.
impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choices")
            .field("name", &self.name)
            .field("deployment_option", &self.deployment_option)
            .field("properties", &self.properties.keys().collect::<Vec<_>>())
            .field("networks", &self.networks)
            .field("ip_allocation_policy", &self.ip_allocation_policy)
            .field("ip_protocol", &self.ip_protocol)
            .field("eulas", &self.eulas)
            .field("disk_provisioning", &self.disk_provisioning)
            .field("datastores", &self.datastores)
            .field("storage_profiles", &self.storage_profiles)
            .field("scale_out", &self.scale_out)
            .field("extra_config", &self.extra_config)
            .field("accept_extensions", &self.accept_extensions)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

/// Which licences of a package are accepted (DSP0243 9.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EulaAcceptance {
    /// None yet.
    #[default]
    None,
    /// All of them.
    All,
}

/// Which settings of `vmw:ExtraConfig` are taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ExtraConfigFilter {
    /// All of them.
    #[default]
    All,
    /// Those with these keys.
    Only(Vec<String>),
    /// All but those with these keys.
    Except(Vec<String>),
}

/// An enumeration that the APIs of vSphere spell in two ways.
macro_rules! spelled {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $vim:literal, $vapi:literal;)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// As the vim25 API spells it.
            #[must_use]
            pub const fn vim(self) -> &'static str {
                match self { $(Self::$variant => $vim,)+ }
            }

            /// As the vAPI spells it.
            #[must_use]
            pub const fn vapi(self) -> &'static str {
                match self { $(Self::$variant => $vapi,)+ }
            }

            /// The one of a name, in either spelling. Letter case counts for nothing.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|found| {
                    found.vim().eq_ignore_ascii_case(name) || found.vapi().eq_ignore_ascii_case(name)
                })
            }
        }
    };
}

spelled! {
    /// How addresses are given out: `VAppIPAssignmentInfo.IpAllocationPolicy` of vim25,
    /// `IpAllocationParams.IpAllocationPolicy` of the vAPI.
    IpAllocationPolicy {
        /// By DHCP.
        Dhcp = "dhcpPolicy", "DHCP";
        /// From a pool, at power on.
        TransientPool = "transientPolicy", "TRANSIENT_IPPOOL";
        /// By hand.
        Fixed = "fixedPolicy", "STATIC_MANUAL";
        /// From a pool, kept.
        FixedPool = "fixedAllocatedPolicy", "STATIC_IPPOOL";
    }
}

spelled! {
    /// A version of IP: `VAppIPAssignmentInfo.Protocols` of vim25, `IpAllocationParams.IpProtocol` of the
    /// vAPI.
    IpProtocol {
        /// Version 4.
        V4 = "IPv4", "IPV4";
        /// Version 6.
        V6 = "IPv6", "IPV6";
    }
}

spelled! {
    /// How disks are laid out: `OvfCreateImportSpecParams.DiskProvisioningType` of vim25. The vAPI knows
    /// `thin`, `thick` and `eagerZeroedThick` alone.
    DiskProvisioning {
        /// In one file that grows.
        MonolithicSparse = "monolithicSparse", "monolithicSparse";
        /// In one file of full size.
        MonolithicFlat = "monolithicFlat", "monolithicFlat";
        /// In files of up to 2 GB that grow.
        TwoGbMaxExtentSparse = "twoGbMaxExtentSparse", "twoGbMaxExtentSparse";
        /// In files of up to 2 GB of full size.
        TwoGbMaxExtentFlat = "twoGbMaxExtentFlat", "twoGbMaxExtentFlat";
        /// Space is taken when it is needed.
        Thin = "thin", "thin";
        /// Space is taken at once.
        Thick = "thick", "thick";
        /// Space is taken when it is needed, and given back.
        SeSparse = "seSparse", "seSparse";
        /// Space is taken and zeroed at once.
        EagerZeroedThick = "eagerZeroedThick", "eagerZeroedThick";
        /// A form that grows, whichever.
        Sparse = "sparse", "sparse";
        /// A form of full size, whichever.
        Flat = "flat", "flat";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_properties_are_not_shown() {
        let mut choices = Choices::new();
        choices.properties.insert("admin.password".to_owned(), "hunter2".to_owned());
        let shown = format!("{choices:?}");
        assert!(shown.contains("admin.password"));
        assert!(!shown.contains("hunter2"));
    }

    #[test]
    fn both_spellings_are_known() {
        assert_eq!(IpAllocationPolicy::named("STATIC_IPPOOL"), Some(IpAllocationPolicy::FixedPool));
        assert_eq!(IpAllocationPolicy::named("dhcppolicy"), Some(IpAllocationPolicy::Dhcp));
        assert_eq!(IpProtocol::named("IPv5"), None);
    }
}

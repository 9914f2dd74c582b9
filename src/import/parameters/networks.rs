//! Networks, and how addresses are given out on them.

use std::collections::HashSet;

use super::issue::{Issue, IssueKind, Issues, Names};
use crate::diagnostic::quoted;
use crate::import::choices::{IpAllocationPolicy, IpProtocol};
use crate::import::deployment::Deployment;
use crate::value::list::List;

/// A network of the descriptor (DSP0243 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NetworkParameter {
    /// Its name.
    pub name: String,
    /// Its `Description`, localised.
    pub description: String,
    /// Whether a card of a machine is connected to it under the deployment option.
    pub is_used: bool,
    /// What it becomes: an identifier of the target.
    pub target: Option<String>,
}

/// How addresses can be given to the software, and how they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IpAllocation {
    /// Whether the descriptor says anything of it.
    pub is_declared: bool,
    /// The ways the guest supports.
    pub schemes: Vec<IpScheme>,
    /// The policies that follow from the ways.
    pub policies: Vec<IpAllocationPolicy>,
    /// The policy chosen; else DHCP where the guest supports it; else by hand.
    pub policy: Option<IpAllocationPolicy>,
    /// The versions of IP the guest supports: version 4 when the descriptor does not say.
    pub protocols: Vec<IpProtocol>,
    /// The version chosen, else the first.
    pub protocol: Option<IpProtocol>,
}

/// A way of giving addresses that a guest may support: `schemes` of a `vmw:IpAssignmentSection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IpScheme {
    /// It asks a DHCP server.
    Dhcp,
    /// It reads them from the OVF environment.
    OvfEnvironment,
}

impl IpScheme {
    /// As the vim25 API and descriptors spell it.
    #[must_use]
    pub const fn vim(self) -> &'static str {
        match self {
            Self::Dhcp => "dhcp",
            Self::OvfEnvironment => "ovfenv",
        }
    }

    /// As the vAPI spells it.
    #[must_use]
    pub const fn vapi(self) -> &'static str {
        match self {
            Self::Dhcp => "DHCP",
            Self::OvfEnvironment => "OVF_ENVIRONMENT",
        }
    }

    /// The policies it makes possible.
    #[must_use]
    pub const fn policies(self) -> &'static [IpAllocationPolicy] {
        match self {
            Self::Dhcp => &[IpAllocationPolicy::Dhcp],
            Self::OvfEnvironment => &[
                IpAllocationPolicy::TransientPool,
                IpAllocationPolicy::Fixed,
                IpAllocationPolicy::FixedPool,
            ],
        }
    }
}

/// The networks, with what they become.
pub(super) fn networks(
    deployment: &Deployment<'_, '_>,
    issues: &mut Issues,
) -> Vec<NetworkParameter> {
    let envelope = deployment.envelope();
    let targets = &deployment.choices().networks;
    let mut used = HashSet::new();
    for node in envelope.ost_nodes() {
        let Some(hardware) = deployment.hardware(node) else { continue };
        for device in hardware.devices() {
            used.extend(device.networks().map(|network| network.element().node().id()));
        }
    }
    let mut networks = Vec::new();
    let mut seen = HashSet::new();
    for network in envelope.networks() {
        let Some(name) = network.name().map(|name| name.value()) else { continue };
        if !seen.insert(name.clone()) {
            continue;
        }
        let is_used = used.contains(&network.element().node().id());
        let target = targets.get(&*name);
        let parameter = format!("network:{name}");
        match target {
            Some(target) if target.trim().is_empty() => issues.error(
                Issue::new(
                    IssueKind::EmptyTarget,
                    parameter,
                    format!("the network {} is mapped to nothing", quoted(&name)),
                )
                .value(target)
                .help("name a network of the target"),
            ),
            None if is_used => issues.missing(
                Issue::new(
                    IssueKind::UnmappedNetwork,
                    parameter,
                    format!("the network {} is not mapped", quoted(&name)),
                )
                .help("name a network of the target"),
            ),
            _ => {}
        }
        networks.push(NetworkParameter {
            description: deployment
                .texts()
                .of_some(network.element().child("Description"))
                .unwrap_or_default(),
            is_used,
            target: target.cloned(),
            name: name.into_owned(),
        });
    }
    for (name, target) in targets.iter().filter(|(name, _)| !seen.contains(name.as_str())) {
        let known = networks.iter().map(|network| network.name.as_str());
        let issue = Issue::new(
            IssueKind::UnknownNetwork,
            format!("network:{name}"),
            format!("no network has the name {}", quoted(name)),
        )
        .value(target);
        let issue = issues.suggest(issue, name, known, "networks");
        issues.error(issue);
    }
    networks
}

/// How addresses are given out. Of several sections the first counts.
pub(super) fn ip_allocation(deployment: &Deployment<'_, '_>, issues: &mut Issues) -> IpAllocation {
    let section = deployment.envelope().ip_assignments().next();
    let mut schemes = Vec::new();
    let mut protocols = Vec::new();
    if let Some(section) = section {
        let written = section.schemes().map(|list| list.value()).unwrap_or_default();
        for name in List::parse(&written).names() {
            let scheme = [IpScheme::Dhcp, IpScheme::OvfEnvironment]
                .into_iter()
                .find(|scheme| scheme.vim().eq_ignore_ascii_case(name));
            schemes.extend(scheme.filter(|scheme| !schemes.contains(scheme)));
        }
        let written = section.protocols().map(|list| list.value()).unwrap_or_default();
        for protocol in List::parse(&written).names().filter_map(IpProtocol::named) {
            if !protocols.contains(&protocol) {
                protocols.push(protocol);
            }
        }
    }
    if protocols.is_empty() {
        protocols.push(IpProtocol::V4);
    }
    let policies: Vec<_> =
        schemes.iter().flat_map(|scheme| scheme.policies().iter().copied()).collect();
    let choices = deployment.choices();
    let is_declared = section.is_some();
    if let Some(policy) = choices.ip_allocation_policy {
        let issue = |message: String| {
            Issue::new(IssueKind::UnsupportedIpPolicy, "ip-policy", message).value(policy.vim())
        };
        if !is_declared {
            issues.warn(issue(format!(
                "the descriptor does not say how addresses can be given out, so `{}` may have no effect",
                policy.vim()
            )));
        } else if !policies.contains(&policy) {
            let known: Vec<_> = policies.iter().map(|policy| policy.vim()).collect();
            let issue = issue(format!("the guest does not support `{}`", policy.vim()));
            issues.error(if known.is_empty() {
                issue.help("leave it out, the guest supports no way at all")
            } else {
                issue.help(format!("it supports {}", Names(&known)))
            });
        }
    }
    if let Some(protocol) = choices.ip_protocol
        && is_declared
        && !protocols.contains(&protocol)
    {
        let known: Vec<_> = protocols.iter().map(|protocol| protocol.vim()).collect();
        issues.error(
            Issue::new(
                IssueKind::UnsupportedIpProtocol,
                "ip-protocol",
                format!("the guest does not support `{}`", protocol.vim()),
            )
            .value(protocol.vim())
            .help(format!("it supports {}", Names(&known))),
        );
    }
    let by_default = [IpAllocationPolicy::Dhcp, IpAllocationPolicy::Fixed]
        .into_iter()
        .find(|policy| policies.contains(policy));
    IpAllocation {
        is_declared,
        policy: choices.ip_allocation_policy.or(by_default),
        protocol: choices.ip_protocol.or_else(|| protocols.first().copied()),
        schemes,
        policies,
        protocols,
    }
}

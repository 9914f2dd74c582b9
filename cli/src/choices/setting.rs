//! One setting: what is set, and to what.

use ovf::import::{Choices, DiskProvisioning, ExtraConfigFilter, IpAllocationPolicy, IpProtocol};

use super::Wrong;
use crate::render::visible;

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Property,
    Network,
    Option,
    Name,
    Annotation,
    IpPolicy,
    IpProtocol,
    DiskProvisioning,
    Datastore,
    StorageProfile,
    ScaleOut,
    ExtraConfig,
}

impl Kind {
    const ALL: [Self; 12] = [
        Self::Property,
        Self::Network,
        Self::Option,
        Self::Name,
        Self::Annotation,
        Self::IpPolicy,
        Self::IpProtocol,
        Self::DiskProvisioning,
        Self::Datastore,
        Self::StorageProfile,
        Self::ScaleOut,
        Self::ExtraConfig,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Network => "network",
            Self::Option => "option",
            Self::Name => "name",
            Self::Annotation => "annotation",
            Self::IpPolicy => "ip-policy",
            Self::IpProtocol => "ip-protocol",
            Self::DiskProvisioning => "disk-provisioning",
            Self::Datastore => "datastore",
            Self::StorageProfile => "storage-profile",
            Self::ScaleOut => "scale-out",
            Self::ExtraConfig => "extra-config",
        }
    }

    /// Which one of its kind is set, where there are several: what to call its name in advice.
    const fn key(self) -> Option<&'static str> {
        match self {
            Self::Property | Self::ExtraConfig => Some("KEY"),
            Self::Network => Some("NAME"),
            Self::Datastore | Self::StorageProfile | Self::ScaleOut => Some("ID"),
            _ => None,
        }
    }
}

/// Which thing is set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    kind: Kind,
    /// Empty for what there is one of.
    key: String,
}

impl Target {
    /// As messages name it.
    pub(super) fn shown(&self) -> String {
        match self.kind.key() {
            Some(_) => format!("{}:{}", self.kind.as_str(), visible(&self.key)),
            None => self.kind.as_str().to_owned(),
        }
    }
}

/// A thing and its value, which may be a secret.
pub(super) struct Setting {
    pub(super) target: Target,
    pub(super) value: String,
}

/// Parts `WHAT=VALUE` and reads WHAT.
pub(super) fn split<'t>(flag: &str, text: &'t str) -> Result<(Target, &'t str), Wrong> {
    let Some((what, value)) = part(text) else {
        let name = visible(text);
        return Err(Wrong::new(format!("`{name}` of `{flag}` has no `=`"))
            .help(format!("write `{flag} {name}=VALUE`")));
    };
    let (name, key) = match what.split_once(':') {
        Some((name, key)) => (name, Some(key)),
        None => (what.as_str(), None),
    };
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.as_str() == name) else {
        return Err(unknown(flag, name));
    };
    match (kind.key(), key) {
        (Some(_), Some(key)) if !key.is_empty() => {
            Ok((Target { kind, key: key.to_owned() }, value))
        }
        (Some(called), _) => {
            Err(Wrong::new(format!("`{name}` of `{flag}` does not say which one"))
                .help(format!("write `{flag} {name}:{called}=VALUE`")))
        }
        (None, Some(_)) => {
            Err(Wrong::new(format!("`{name}` of `{flag}` takes no name, there is one of it"))
                .help(format!("write `{flag} {name}=VALUE`")))
        }
        (None, None) => Ok((Target { kind, key: String::new() }, value)),
    }
}

/// The text before the first `=` that no backslash stands before, and what follows it.
fn part(text: &str) -> Option<(String, &str)> {
    let mut what = String::new();
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        match c {
            '=' => return Some((what, text.get(at.saturating_add(1)..)?)),
            '\\' if text.get(at..).is_some_and(|rest| rest.starts_with("\\=")) => {
                rest.next();
                what.push('=');
            }
            c => what.push(c),
        }
    }
    None
}

fn unknown(flag: &str, name: &str) -> Wrong {
    let shown = visible(name);
    let wrong = Wrong::new(format!("`{shown}` is nothing `{flag}` can set"));
    // Longer than every name by far; the comparison is quadratic.
    let nearest =
        Kind::ALL.map(Kind::as_str).into_iter().filter(|_| name.len() <= 64).min_by_key(|known| {
            strsim::damerau_levenshtein(&name.to_lowercase().replace('_', "-"), known)
        });
    let close = nearest.filter(|known| {
        let slips = strsim::damerau_levenshtein(&name.to_lowercase().replace('_', "-"), known);
        slips <= (name.chars().count() / 3).max(1)
    });
    match close {
        Some(known) => wrong.help(format!("did you mean `{known}`?")),
        None if name.contains('.') => {
            wrong.help(format!("for a property write `{flag} property:{shown}=VALUE`"))
        }
        None => {
            let all = Kind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ");
            wrong.help(format!("it sets {all}"))
        }
    }
}

impl Setting {
    /// Puts the value where it belongs.
    pub(super) fn apply(self, choices: &mut Choices) -> Result<(), Wrong> {
        let Self { target, value } = self;
        match target.kind {
            Kind::Property => _ = choices.properties.insert(target.key, value),
            Kind::Network => _ = choices.networks.insert(target.key, value),
            Kind::Option => choices.deployment_option = Some(value),
            Kind::Name => choices.name = Some(value),
            Kind::Annotation => choices.annotation = Some(value),
            Kind::IpPolicy => {
                let all = IpAllocationPolicy::ALL.iter().map(|known| known.vim());
                let named = IpAllocationPolicy::named(&value);
                choices.ip_allocation_policy = Some(one_of(&target, &value, named, all)?);
            }
            Kind::IpProtocol => {
                let all = IpProtocol::ALL.iter().map(|known| known.vim());
                choices.ip_protocol =
                    Some(one_of(&target, &value, IpProtocol::named(&value), all)?);
            }
            Kind::DiskProvisioning => {
                let all = DiskProvisioning::ALL.iter().map(|known| known.vim());
                let named = DiskProvisioning::named(&value);
                choices.disk_provisioning = Some(one_of(&target, &value, named, all)?);
            }
            Kind::Datastore => _ = choices.datastores.insert(target.key, value),
            Kind::StorageProfile => _ = choices.storage_profiles.insert(target.key, value),
            Kind::ScaleOut => {
                let count = value.trim().parse().map_err(|_| {
                    Wrong::new(format!(
                        "the value of `{}` is no number of machines",
                        target.shown()
                    ))
                    .help("write a whole number, as `3`")
                })?;
                choices.scale_out.insert(target.key, count);
            }
            Kind::ExtraConfig => extra_config(&target, &value, choices)?,
        }
        Ok(())
    }
}

fn one_of<T>(
    target: &Target,
    value: &str,
    named: Option<T>,
    all: impl Iterator<Item = &'static str>,
) -> Result<T, Wrong> {
    named.ok_or_else(|| {
        let all = all.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        Wrong::new(format!("`{}` is no `{}`", visible(value), target.shown()))
            .help(format!("there are {all}"))
    })
}

fn extra_config(target: &Target, value: &str, choices: &mut Choices) -> Result<(), Wrong> {
    let filter = &mut choices.extra_config;
    let key = target.key.clone();
    match (value, &mut *filter) {
        ("keep", ExtraConfigFilter::Only(keys)) | ("drop", ExtraConfigFilter::Except(keys)) => {
            keys.push(key);
        }
        ("keep", ExtraConfigFilter::All) => *filter = ExtraConfigFilter::Only(vec![key]),
        ("drop", ExtraConfigFilter::All) => *filter = ExtraConfigFilter::Except(vec![key]),
        ("keep" | "drop", _) => {
            return Err(Wrong::new("`extra-config` has both `keep` and `drop`".to_owned())
                .help("name those to keep, or those to drop"));
        }
        _ => {
            return Err(Wrong::new(format!(
                "`{}` is neither `keep` nor `drop`, which `{}` wants",
                visible(value),
                target.shown()
            )));
        }
    }
    Ok(())
}

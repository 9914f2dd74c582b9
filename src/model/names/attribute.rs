//! Names of attributes.

use super::names;

names! {
    /// The local name of an attribute. Those of OVF come first, in order of name.
    AttributeName {
        Bound = "bound",
        Capacity = "capacity",
        CapacityAllocationUnits = "capacityAllocationUnits",
        ChunkSize = "chunkSize",
        Class = "class",
        Compression = "compression",
        Configuration = "configuration",
        Default = "default",
        DiskId = "diskId",
        FileRef = "fileRef",
        Format = "format",
        Group = "group",
        Height = "height",
        Href = "href",
        Id = "id",
        InitialBootStopDelay = "initialBootStopDelay",
        Instance = "instance",
        Key = "key",
        Maximum = "maximum",
        MimeType = "mimeType",
        Minimum = "minimum",
        Msgid = "msgid",
        Name = "name",
        Order = "order",
        ParentRef = "parentRef",
        Password = "password",
        Path = "path",
        Policy = "policy",
        PopulatedSize = "populatedSize",
        Qualifiers = "qualifiers",
        ReadOnly = "readOnly",
        Required = "required",
        Size = "size",
        StartAction = "startAction",
        StartDelay = "startDelay",
        StopAction = "stopAction",
        StopDelay = "stopDelay",
        Transport = "transport",
        Type = "type",
        UserConfigurable = "userConfigurable",
        Value = "value",
        Version = "version",
        WaitingForGuest = "waitingForGuest",
        Width = "width",
        ConfigurableByUser = "configurableByUser",
        DefaultValue = "defaultValue",
        IsPassword = "isPassword",
        Lang = "lang",
        Network = "network",
        NetworkName = "networkName",
        Nil = "nil",
        Priority = "priority",
        Protocols = "protocols",
        Schemes = "schemes",
    }
}

/// Sets of names have a bit for each.
const _: () = assert!(AttributeName::ALL.len() <= 64);

impl AttributeName {
    /// The names of the attributes of OVF 0.9 to 2.1, in order.
    pub(crate) const OF_OVF: &[&str] = {
        let (of_ovf, _) = Self::TEXTS.split_at(Self::Width.number().wrapping_add(1));
        let (_, of_ovf) = of_ovf.split_at(1);
        of_ovf
    };

    /// Whether OVF has an attribute of the name, in any version.
    pub(crate) const fn is_of_ovf(self) -> bool {
        matches!(self.number(), 1..=LAST_OF_OVF)
    }

    /// A bit of its own.
    pub(crate) const fn bit(self) -> u64 {
        1 << (self as u8)
    }
}

const LAST_OF_OVF: usize = AttributeName::Width.number();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_ovf_are_in_order() {
        assert!(AttributeName::OF_OVF.is_sorted());
        assert_eq!(AttributeName::OF_OVF.first(), Some(&"bound"));
        assert_eq!(AttributeName::OF_OVF.last(), Some(&"width"));
        for &name in AttributeName::TEXTS {
            assert_eq!(AttributeName::of(name).is_of_ovf(), AttributeName::OF_OVF.contains(&name));
        }
    }
}

//! What can be told of a stretch of a descriptor at one look, so that rules which have nothing to say about it
//! need not look at it.
//!
//! A sign is there whenever a rule that asks for it may have something to say; it may be there when none has.
//! Most descriptors are like most others in most places, and the looks taken here know what that is like.

mod disk;
mod file;
mod property;

use std::ops::{BitOr, BitOrAssign};

use crate::xml::Attribute;

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs(u64);

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they number the constants below")]
        #[repr(u8)]
        enum Number { $($name,)* }

        impl Signs {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << Number::$name as u8);)*
        }
    };
}

signs! {
    /// Always there: for rules that look at everything.
    ANY,
    /// An element departs from the schema, or the schema says nothing of it.
    DEPARTURE,

    /// An Item without `InstanceID`, `ElementName` or `ResourceType`, or with an empty setting.
    LACKING_ITEM,
    /// An Item of a type that is none, not defined, or says that the device is another.
    ODD_TYPE,
    /// Two Items of one `InstanceID`.
    TWINS,
    /// An Item that belongs to some deployment options.
    OPTIONS,
    /// An Item with a bound.
    BOUND,
    /// An Item whose settings are not in the order of their names, or one of them is there twice.
    UNORDERED_SETTINGS,
    /// An Item with a setting that is not in the namespace of its kind.
    FOREIGN_SETTING,
    /// An Item with a child of nobody that is known.
    UNKNOWN_CHILD,
    /// A setting with nothing in it, or whose text is not plain.
    EMPTY_SETTING,
    /// A setting that should be a number or a truth value, and is not plainly one.
    ODD_NUMBER,
    /// A unit that is none of the usual for the type of the Item.
    ODD_UNITS,
    /// A `HostResource` that is not plainly the Disk of a disk or the File of a drive.
    ODD_HOST_RESOURCE,
    /// An Item without what its type asks for: how much, on what disk, in what network.
    BARE_ITEM,
    /// A network card with an address.
    ADDRESS,
    /// A section that says how the environment reaches the guest.
    TRANSPORT,
    /// A list of models or families with a comma.
    COMMA,
    /// A device that hangs on none that is always there.
    LOOSE_PARENT,
    /// A device that hangs on one that comes after it, or on itself.
    LATE_PARENT,
    /// A drive that hangs on something else than a controller.
    UNFIT_PARENT,
    /// Two devices that hang on one.
    SHARED_PARENT,

    /// A property with an attribute that is not the standard's, or not plainly.
    ODD_PROPERTY,
    /// A key that is none, or has a period or colon.
    ODD_KEY,
    /// A property whose type is none of the standard's.
    ODD_PROPERTY_TYPE,
    /// A flag of a property that is neither `true` nor `false`.
    ODD_FLAG,
    /// A default that has to be of a type.
    TYPED_DEFAULT,
    /// A property without a default that nobody may set.
    UNSET,
    /// A property with a default that may be secret.
    SECRET_DEFAULT,

    /// A File that is not plainly the name and the size of a file in the package.
    ODD_FILE,
    /// A Disk that is not plainly a file, a format and a capacity.
    ODD_DISK,
}

impl Signs {
    pub(crate) const NONE: Self = Self(0);
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: Self = Self(u64::MAX);

    /// Both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of some signs is there.
    pub(crate) const fn has_any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// This sign, if something is so.
    pub(crate) const fn when(self, is_so: bool) -> Self {
        if is_so { self } else { Self::NONE }
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOrAssign for Signs {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.and(other);
    }
}

/// The value of an attribute that is meant as it is written.
fn plain<'s>(attribute: Attribute<'_, 's>) -> Option<&'s [u8]> {
    attribute.is_plain().then(|| attribute.raw_bytes())
}

//! Ethernet addresses: `rasd:Address` of an Ethernet adapter.

use std::fmt;

/// A MAC address of six octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MacAddress(pub [u8; 6]);

/// Why a text is no MAC address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MacError {
    /// Nothing, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Not six pairs of hexadecimal digits with one kind of separator, `:` or `-`.
    #[error("is no MAC address of six pairs of hexadecimal digits")]
    Malformed,
}

impl MacAddress {
    /// Reads six pairs of hexadecimal digits with `:` or `-` between them (IEEE 802, 8.1), in either
    /// letter case and with or without white space around.
    ///
    /// # Errors
    /// [`MacError`], for anything else.
    pub fn parse(text: &str) -> Result<Self, MacError> {
        let text = super::number::collapse(text);
        if text.is_empty() {
            return Err(MacError::Empty);
        }
        let separator = if text.contains('-') { '-' } else { ':' };
        let mut octets = [0; 6];
        let mut parts = text.split(separator);
        for octet in &mut octets {
            let [high, low] = parts.next().unwrap_or_default().as_bytes() else {
                return Err(MacError::Malformed);
            };
            let (Some(high), Some(low)) = (super::hex_digit(*high), super::hex_digit(*low)) else {
                return Err(MacError::Malformed);
            };
            *octet = (high << 4) | low;
        }
        if parts.next().is_some() { Err(MacError::Malformed) } else { Ok(Self(octets)) }
    }

    /// Whether it names a group of stations, which no adapter can have as its own (IEEE 802, 8.2).
    #[must_use]
    pub const fn is_multicast(self) -> bool {
        self.0[0] & 1 == 1
    }
}

impl fmt::Display for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms() {
        let address = MacAddress([0x00, 0x50, 0x56, 0xab, 0xcd, 0xef]);
        for text in ["00:50:56:ab:cd:ef", "00-50-56-AB-CD-EF", " 00:50:56:AB:cd:ef\n"] {
            assert_eq!(MacAddress::parse(text), Ok(address), "{text:?}");
        }
        for text in [
            "AA:BB",
            "00:50:56:ab:cd",
            "00:50:56:ab:cd:ef:00",
            "00:50:56:ab:cd:eg",
            "00:50-56:ab:cd:ef",
            "005056abcdef",
            "0:50:56:ab:cd:ef",
            "00:50:56:ab:cd:éf",
            "00:50:56:ab:cd:ef:",
            "+0:50:56:ab:cd:ef",
            "3",
            "ﬀ:ﬀ:ﬀ:ﬀ:ﬀ:ﬀ",
        ] {
            assert_eq!(MacAddress::parse(text), Err(MacError::Malformed), "{text:?}");
        }
        assert_eq!(MacAddress::parse(" "), Err(MacError::Empty));
        assert!(MacAddress::parse("01:00:5e:00:00:01").unwrap().is_multicast());
        assert!(!address.is_multicast());
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(octets: [u8; 6]) {
            let address = MacAddress(octets);
            prop_assert_eq!(MacAddress::parse(&address.to_string()), Ok(address));
            prop_assert_eq!(MacAddress::parse(&address.to_string().replace(':', "-").to_uppercase()), Ok(address));
        }

        #[test]
        fn takes_anything(text in "[0-9a-f:\\-é ]{0,24}") {
            let _ = MacAddress::parse(&text);
        }
    }
}

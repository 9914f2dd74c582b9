//! Digest algorithms and what they are called.

use std::fmt;

/// A digest algorithm found in manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// MD5 (RFC 1321). No version of the standard allows it; some content libraries write it.
    Md5,
    /// SHA-1 (FIPS 180-4). The one algorithm of OVF 1.x.
    Sha1,
    /// SHA-256 (FIPS 180-4). The one algorithm of OVF 2.x.
    Sha256,
    /// SHA-384 (FIPS 180-4).
    Sha384,
    /// SHA-512 (FIPS 180-4).
    Sha512,
}

/// What a matching digest proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Anyone can make another file with the same digest: it proves nothing.
    Broken,
    /// Two files with one digest can be made at a price: it proves that nothing was damaged by accident.
    Weak,
    /// No two files with one digest are known.
    Strong,
}

/// Other spellings of the names: `sha256sum --tag` writes `SHA256`, OpenSSL 3 `SHA2-256`, others
/// follow the hyphen of FIPS 180-4. Letter case counts for nothing.
const ALIASES: &[(&str, Algorithm)] = &[
    ("MD5", Algorithm::Md5),
    ("MD-5", Algorithm::Md5),
    ("SHA1", Algorithm::Sha1),
    ("SHA-1", Algorithm::Sha1),
    ("SHA256", Algorithm::Sha256),
    ("SHA-256", Algorithm::Sha256),
    ("SHA2-256", Algorithm::Sha256),
    ("SHA384", Algorithm::Sha384),
    ("SHA-384", Algorithm::Sha384),
    ("SHA2-384", Algorithm::Sha384),
    ("SHA512", Algorithm::Sha512),
    ("SHA-512", Algorithm::Sha512),
    ("SHA2-512", Algorithm::Sha512),
];

impl Algorithm {
    /// Every algorithm, the weakest first.
    pub const ALL: [Self; 5] = [Self::Md5, Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name a manifest has: `SHA1`, `SHA256` (DSP0243 5.1).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    /// The algorithm that a name or one of its other spellings (`sha1`, `SHA-256`, `SHA2-512`) stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ALIASES
            .iter()
            .find(|(alias, _)| alias.eq_ignore_ascii_case(name))
            .map(|&(_, algorithm)| algorithm)
    }

    /// Length of its digests, in bytes; in hex they have twice as many digits.
    #[must_use]
    pub const fn digest_bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// What a matching digest proves.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self {
            Self::Md5 => Strength::Broken,
            Self::Sha1 => Strength::Weak,
            Self::Sha256 | Self::Sha384 | Self::Sha512 => Strength::Strong,
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Md5 => 1,
            Self::Sha1 => 2,
            Self::Sha256 => 4,
            Self::Sha384 => 8,
            Self::Sha512 => 16,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of algorithms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Algorithms(u8);

impl Algorithms {
    /// No algorithm.
    pub const NONE: Self = Self(0);

    /// The set with one more.
    #[must_use]
    pub const fn with(self, algorithm: Algorithm) -> Self {
        Self(self.0 | algorithm.bit())
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn contains(self, algorithm: Algorithm) -> bool {
        self.0 & algorithm.bit() != 0
    }

    /// Those in the set, the weakest first.
    pub fn iter(self) -> impl Iterator<Item = Algorithm> {
        Algorithm::ALL.into_iter().filter(move |&algorithm| self.contains(algorithm))
    }
}

impl From<Algorithm> for Algorithms {
    fn from(algorithm: Algorithm) -> Self {
        Self::NONE.with(algorithm)
    }
}

impl FromIterator<Algorithm> for Algorithms {
    fn from_iter<I: IntoIterator<Item = Algorithm>>(algorithms: I) -> Self {
        algorithms.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Algorithms, Strength};

    #[test]
    fn every_spelling_of_the_field_is_known() {
        for (name, algorithm) in [
            ("SHA1", Algorithm::Sha1),
            ("sha1", Algorithm::Sha1),
            ("SHA-1", Algorithm::Sha1),
            ("Sha256", Algorithm::Sha256),
            ("SHA-256", Algorithm::Sha256),
            ("SHA2-256", Algorithm::Sha256),
            ("sha-384", Algorithm::Sha384),
            ("SHA2-512", Algorithm::Sha512),
            ("md5", Algorithm::Md5),
        ] {
            assert_eq!(Algorithm::from_name(name), Some(algorithm), "{name}");
        }
        // Truncated and other families are different algorithms, not other spellings.
        for name in [
            "",
            "SHA",
            "SHA2",
            "SHA224",
            "SHA512/256",
            "SHA2-512/256",
            "SHA3-256",
            "SHA-2",
            "SHA256 ",
            "CRC32",
        ] {
            assert_eq!(Algorithm::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn canonical_names_lead_back() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
        }
    }

    #[test]
    fn only_md5_is_broken_and_only_sha1_weak() {
        let strengths: Vec<_> = Algorithm::ALL.into_iter().map(Algorithm::strength).collect();
        assert_eq!(
            strengths,
            [
                Strength::Broken,
                Strength::Weak,
                Strength::Strong,
                Strength::Strong,
                Strength::Strong
            ]
        );
        assert!(Strength::Broken < Strength::Weak && Strength::Weak < Strength::Strong);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set = Algorithms::from_iter([Algorithm::Sha512, Algorithm::Sha1, Algorithm::Sha1]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Algorithm::Sha1, Algorithm::Sha512]);
        assert_eq!(Algorithms::NONE.iter().count(), 0);
    }
}

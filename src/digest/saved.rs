//! Digests as text, for states that are saved: `SHA256:9f86d0…`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::algorithm::{Algorithm, Algorithms};
use super::value::Digest;

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{}:{self}", self.algorithm()))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let (name, hex) = text.split_once(':').ok_or_else(|| D::Error::custom("no algorithm"))?;
        let algorithm =
            Algorithm::from_name(name).ok_or_else(|| D::Error::custom("unknown algorithm"))?;
        Self::parse(algorithm, hex).map_err(D::Error::custom)
    }
}

impl Serialize for Algorithms {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Algorithm::name))
    }
}

impl<'de> Deserialize<'de> for Algorithms {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let named = |name: String| {
            Algorithm::from_name(&name).ok_or_else(|| D::Error::custom("unknown algorithm"))
        };
        Vec::<String>::deserialize(from)?.into_iter().map(named).collect()
    }
}

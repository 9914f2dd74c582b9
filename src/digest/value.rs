//! Values of digests, and their hex form.

use std::fmt::{self, Write as _};

use super::algorithm::Algorithm;

/// Bytes of the longest digest.
const LONGEST: usize = 64;

/// The value of a digest, with the algorithm it belongs to. Displayed in lower-case hex.
#[derive(Clone, Copy)]
pub struct Digest {
    algorithm: Algorithm,
    /// The digest, then zeros.
    bytes: [u8; LONGEST],
}

/// Why a text is not a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// Another number of hex digits than the algorithm's digests have.
    #[error("{found} hex digits where {expected} belong")]
    Length {
        /// Hex digits that belong there.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// A character that is no hex digit.
    #[error("byte {at} is no hex digit")]
    NotHex {
        /// Its offset, in bytes.
        at: usize,
    },
}

impl Digest {
    /// Reads hex digits of either case, and nothing around them.
    ///
    /// # Errors
    ///
    /// When a character is no hex digit; when all are, but there are not as many as the algorithm needs.
    pub fn parse(algorithm: Algorithm, hex: &str) -> Result<Self, DigestError> {
        let expected = algorithm.digest_bytes().saturating_mul(2);
        if let Some(at) = hex.bytes().position(|byte| !byte.is_ascii_hexdigit()) {
            return Err(DigestError::NotHex { at });
        }
        if hex.len() != expected {
            return Err(DigestError::Length { expected, found: hex.len() });
        }
        let (pairs, _) = hex.as_bytes().as_chunks::<2>();
        let mut bytes = [0; LONGEST];
        for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(high) << 4 | nibble(low);
        }
        Ok(Self { algorithm, bytes })
    }

    /// From what a hasher of that algorithm gave.
    pub(super) fn new(algorithm: Algorithm, value: &[u8]) -> Self {
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(value) {
            *to = *from;
        }
        Self { algorithm, bytes }
    }

    /// The algorithm it belongs to.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Its bytes, as many as the algorithm's digests have.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.algorithm.digest_bytes()).unwrap_or(&self.bytes)
    }
}

/// Looks at every byte whatever the first ones say, so that the time taken tells nothing about them.
impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        let differing = self.bytes.iter().zip(&other.bytes).fold(0, |bits, (a, b)| bits | (a ^ b));
        self.algorithm == other.algorithm && differing == 0
    }
}

impl Eq for Digest {}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.as_bytes() {
            f.write_char(digit(byte >> 4))?;
            f.write_char(digit(byte & 0xF))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self}", self.algorithm)
    }
}

fn digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('?')
}

/// The value of an ASCII hex digit.
const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit.wrapping_sub(b'0'),
        _ => (digit | 0x20).wrapping_sub(b'a').wrapping_add(10) & 0xF,
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Digest, DigestError};

    #[test]
    fn hex_of_either_case_is_read_and_lower_case_written() {
        let digest = Digest::parse(Algorithm::Md5, "00fF1aB29c3D4e5f60718293A4b5C6d7").unwrap();
        assert_eq!(digest.to_string(), "00ff1ab29c3d4e5f60718293a4b5c6d7");
        assert_eq!(&digest.as_bytes()[..3], [0x00, 0xFF, 0x1A]);
        assert_eq!(digest.as_bytes().len(), 16);
    }

    #[test]
    fn what_is_no_digest_says_why() {
        let parse = |hex: &str| Digest::parse(Algorithm::Sha1, hex).unwrap_err();
        assert_eq!(parse(""), DigestError::Length { expected: 40, found: 0 });
        assert_eq!(parse(&"a".repeat(39)), DigestError::Length { expected: 40, found: 39 });
        assert_eq!(parse(&"a".repeat(64)), DigestError::Length { expected: 40, found: 64 });
        assert_eq!(parse(&format!("{}g", "a".repeat(39))), DigestError::NotHex { at: 39 });
        assert_eq!(parse(&format!("a {}", "a".repeat(39))), DigestError::NotHex { at: 1 });
        assert_eq!(parse("é"), DigestError::NotHex { at: 0 });
    }

    #[test]
    fn every_bit_and_the_algorithm_count() {
        let zeros = Digest::new(Algorithm::Sha256, &[0; 32]);
        assert_eq!(zeros, Digest::parse(Algorithm::Sha256, &"0".repeat(64)).unwrap());
        for at in 0..256 {
            let mut bytes = [0; 32];
            bytes[at / 8] = 1 << (at % 8);
            assert_ne!(Digest::new(Algorithm::Sha256, &bytes), zeros, "bit {at}");
        }
        assert_ne!(
            Digest::new(Algorithm::Sha384, &[0; 48]),
            Digest::new(Algorithm::Sha512, &[0; 64])
        );
    }
}

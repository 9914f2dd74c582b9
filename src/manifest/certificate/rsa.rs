//! Verification of RSA signatures by PKCS#1 v1.5 (RFC 8017 8.2.2).
//!
//! Only the public half of RSA is here: a modular power and a comparison. The signature is never
//! parsed: what it must contain is written down in full and compared, so there is no padding, no length
//! and no trailing byte on which two readers could differ (the forgeries of 2006 and after).

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};

use super::report::Obstacle;
use crate::digest::{Algorithm, Digest};

/// Shortest modulus that is looked at, in bits: shorter ones are factored on a laptop.
const LEAST_BITS: u32 = 1_024;
/// Shortest modulus that counts as strong, in bits (NIST SP 800-131A).
pub(super) const STRONG_BITS: u32 = 2_048;
/// Longest modulus, in bits: four times what is in use. The time of a check grows with the square of it.
const MOST_BITS: u32 = 8_192;
/// Bits of the largest exponent: 65,537 is in use, 2³² + 1 the largest that standards name.
const EXPONENT_BITS: u32 = 33;

/// A public key whose numbers are within bounds.
#[derive(Clone, Debug)]
pub(super) struct RsaKey {
    modulus: BoxedMontyParams,
    exponent: BoxedUint,
    bits: u32,
}

impl RsaKey {
    /// From big-endian numbers.
    pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, Obstacle> {
        // Zeros in front are cut so that the sizes are those of the numbers.
        let (modulus, exponent) = (significant(modulus), significant(exponent));
        let bits = bits(modulus);
        if !(LEAST_BITS..=MOST_BITS).contains(&bits) {
            return Err(Obstacle::KeySize { bits });
        }
        let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        // With an exponent of 1 the signature is the text it should sign.
        if self::bits(exponent) > EXPONENT_BITS || exponent == [1] || !is_odd(exponent) {
            return Err(Obstacle::KeyExponent);
        }
        let modulus = Odd::new(BoxedUint::from_be_slice_vartime(modulus));
        let Some(modulus) = modulus.into_option() else { return Err(Obstacle::UnreadableKey) };
        Ok(Self {
            modulus: BoxedMontyParams::new_vartime(modulus),
            exponent: BoxedUint::from_be_slice_vartime(exponent),
            bits,
        })
    }

    /// Length of the modulus, in bits.
    pub(super) const fn bits(&self) -> u32 {
        self.bits
    }

    /// Whether the signature is over a text of this digest. Never, for MD5.
    pub(super) fn verify(&self, digest: &Digest, signature: &[u8]) -> bool {
        let length = usize::try_from(self.bits.div_ceil(8)).unwrap_or(usize::MAX);
        // RFC 8017 8.2.2 step 1: neither shorter nor longer than the modulus.
        if signature.len() != length {
            return false;
        }
        let Some(expected) = encoded(digest, length) else { return false };
        let signature = BoxedUint::from_be_slice_vartime(signature);
        // RFC 8017 5.2.2 step 1: a larger number would be another spelling of the same signature.
        if signature >= *self.modulus.modulus().as_ref() {
            return false;
        }
        let exponent_bits = self.exponent.bits_vartime();
        let opened = BoxedMontyForm::new(signature, &self.modulus)
            .pow_bounded_exp(&self.exponent, exponent_bits)
            .retrieve()
            .to_be_bytes();
        // Words are eight bytes: in front of the number there may be zeros.
        let (front, opened) =
            opened.split_at_checked(opened.len().saturating_sub(length)).unwrap_or((&[], &[]));
        front.iter().all(|&byte| byte == 0) && opened == expected
    }
}

fn significant(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// Bits of a number without zeros in front.
fn bits(number: &[u8]) -> u32 {
    let bytes = u32::try_from(number.len()).unwrap_or(u32::MAX);
    let unused = number.first().map_or(0, |byte| byte.leading_zeros());
    bytes.saturating_mul(8).saturating_sub(unused)
}

/// EMSA-PKCS1-v1_5 (RFC 8017 9.2): `00 01 FF … FF 00 DigestInfo`, as long as the modulus.
fn encoded(digest: &Digest, length: usize) -> Option<Vec<u8>> {
    let info: &[u8] = match digest.algorithm() {
        Algorithm::Md5 => return None,
        Algorithm::Sha1 => &[0x30, 0x21, 0x30, 0x09, 6, 5, 0x2B, 0x0E, 3, 2, 0x1A, 5, 0, 4, 0x14],
        Algorithm::Sha256 => {
            &[0x30, 0x31, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20]
        }
        Algorithm::Sha384 => {
            &[0x30, 0x41, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2, 5, 0, 4, 0x30]
        }
        Algorithm::Sha512 => {
            &[0x30, 0x51, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3, 5, 0, 4, 0x40]
        }
    };
    let tail = info.len().checked_add(digest.as_bytes().len())?;
    let padding = length.checked_sub(tail)?.checked_sub(3)?;
    // Step 3: eight bytes of padding at least. Every modulus that is taken has room for them.
    (padding >= 8).then(|| {
        let mut encoded = vec![0, 1];
        encoded.resize(padding.saturating_add(2), 0xFF);
        encoded.push(0);
        encoded.extend_from_slice(info);
        encoded.extend_from_slice(digest.as_bytes());
        encoded
    })
}

#[cfg(test)]
mod tests;

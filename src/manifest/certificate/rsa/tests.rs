//! Forgeries: each signature here opens, with the public key, to what the test says, so only the
//! comparison stands between it and acceptance.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};

use super::{EXPONENT_BITS, RsaKey, encoded};
use crate::digest::{Algorithm, Digest, Hasher};
use crate::manifest::certificate::Obstacle;

/// A key of 1,024 bits that was made for this test, with its private exponent.
const MODULUS: &str = "d48451aa0dec0203b9a5da6bd6b6f483c764ebceb8af27ad7235ebd45746c08175c49ca6052ba234ae3365807add6d84df1c24a5f0eadd559b279428e6a6a99cc5e1ad4b5f5abf0c0fc5f70474b384ccc72a4fbc8652093af9a0f3a5d710bb8039817e4cddb7b0de5b04d4e72717f9db9e575999ad4ae53fd4415a854bc2d7eb";
const PRIVATE: &str = "16e737c1e30437675d5fa17d93c35df0c1d17f9464d503aaaeaf5efe2075d0936334d049182f8ea8acc97f3bec81e6a6b640db3643139cccf80eb8e9fb89a4a7bd64e9834fd672d6499abd6ccb795715be41009a8c90e3c37c6e52a6d312d5d7b4ce57045f772ba16773414716a1b8a9310ab45ed5132204ea648f274fa921f9";
/// A key of 2,048 bits with the exponent 3.
const MODULUS_3: &str = "b9dd331c3bc5a0d19a080dd9eab42e7fe8bdfe06c8507b3b1e195123202126e97b18cb5a0af21580859fe15066ae1f09ddb26742733fb98175aaf2d02797730d43683b9c42a21506c34106aaa65fc609026f8921a3025fbb58974791586ef88b0a574ce8b69fedc8784cef99790338ef1fbc3355cd14f50a4ba2526327312774e909852602b2f69b5ef738003568a229b6ebe202f2c6f024915537bff79cda7222e6557891ed143cf945d41285314d7d6d7057a13d847d29d7fd1c426b5265c1c0da1444133ddbe4a0d920b26c2f88e4fd25d5b8a6d5c9c64f85cf12b12b4ac953670161f3971abd92cc8b1f74b1b4ab2335a3a10f92d8c2330c19637c20c64f";
/// A number whose cube begins like the signature of `manifest` under a padding of eight bytes.
const ROOT: &str = "32cbfd4a7adc7905583d767520f51640759176d37826f2ef63ae3dc7a64e2d1f3f02240e447d274cb3fc644863e54b4cec86cdf81e1b2cdbcc1f192aeaac3c767da318abb8a85173b64ce3aace62ff2af79f27fe98";

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn digest(algorithm: Algorithm) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(b"manifest");
    hasher.finish()
}

fn key() -> RsaKey {
    RsaKey::new(&bytes(MODULUS), &[1, 0, 1]).unwrap()
}

/// The number that opens to `message` under the key.
fn sign(message: &[u8]) -> Vec<u8> {
    let modulus = Odd::new(BoxedUint::from_be_slice_vartime(&bytes(MODULUS))).into_option();
    let params = BoxedMontyParams::new_vartime(modulus.unwrap());
    let message = BoxedUint::from_be_slice(message, 1_024).unwrap();
    let private = BoxedUint::from_be_slice_vartime(&bytes(PRIVATE));
    BoxedMontyForm::new(message, &params).pow(&private).retrieve().to_be_bytes().into()
}

const HASHES: [Algorithm; 4] =
    [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];

#[test]
fn what_is_encoded_as_the_standard_says_is_accepted() {
    for algorithm in HASHES {
        let digest = digest(algorithm);
        let signature = sign(&encoded(&digest, 128).unwrap());
        assert!(key().verify(&digest, &signature), "{algorithm}");
        for other in HASHES.into_iter().filter(|&other| other != algorithm) {
            assert!(!key().verify(&self::digest(other), &signature), "{algorithm} {other}");
        }
    }
    assert_eq!(encoded(&digest(Algorithm::Md5), 128), None);
}

#[test]
fn every_deviation_of_the_padding_is_refused() {
    let digest = digest(Algorithm::Sha256);
    let good = encoded(&digest, 128).unwrap();
    let info = good[128 - 51..].to_vec();
    let refused = |what: &str, message: Vec<u8>| {
        assert_eq!(message.len(), 128, "{what}");
        assert!(!key().verify(&digest, &sign(&message)), "{what}");
    };
    let padded = |info: &[u8]| {
        let mut message = vec![0, 1];
        message.resize(127 - info.len(), 0xFF);
        message.push(0);
        message.extend_from_slice(info);
        message
    };
    assert_eq!(padded(&info), good);
    for bit in 0..1_024 {
        let mut message = good.clone();
        message[bit / 8] ^= 0x80 >> (bit % 8);
        // With the highest bit it is over the modulus, and another number after all.
        if bit > 0 {
            refused("one bit", message);
        }
    }
    refused("digest alone", padded(digest.as_bytes()));
    let mut short = vec![0, 1];
    short.extend_from_slice(&[0xFF; 8]);
    short.push(0);
    short.extend_from_slice(&info);
    short.resize(128, 0);
    refused("short padding, zeros behind", short.clone());
    short[127] = 0xAA;
    refused("short padding, garbage behind", short);
    refused("garbage in the sequence", padded(&[&info[..], &[0xAA]].concat()));
    let mut longer = info.clone();
    longer[1] += 2;
    refused("null behind the digest", padded(&[&longer[..], &[5, 0]].concat()));
    let mut without = info.clone();
    without[1] -= 2;
    without[3] -= 2;
    without.drain(15..17);
    refused("parameters left out", padded(&without));
    let mut long_form = info.clone();
    long_form.splice(1..2, [0x81, 0x31]);
    refused("length in the long form", padded(&long_form));
    let mut block_2 = good.clone();
    block_2[1] = 2;
    refused("block type 2", block_2);
    let mut zeros = good;
    zeros[2..76].fill(0);
    refused("padding of zeros", zeros);
    refused("nothing", vec![0; 128]);
}

#[test]
fn a_signature_is_as_long_as_the_modulus_and_under_it() {
    let digest = digest(Algorithm::Sha256);
    let good = sign(&encoded(&digest, 128).unwrap());
    let refused = |signature: &[u8]| assert!(!key().verify(&digest, signature));
    refused(&[]);
    refused(&good[1..]);
    refused(&[&[0], &good[..]].concat());
    refused(&[&good[..], &[0]].concat());
    refused(&[0xFF; 128]);
    refused(&[0; 128]);
    refused(&bytes(MODULUS));
    // The same number, a modulus further on: it opens to the same.
    let sum = BoxedUint::from_be_slice(&good, 1_088)
        .unwrap()
        .wrapping_add(BoxedUint::from_be_slice(&bytes(MODULUS), 1_088).unwrap());
    let sum = sum.to_be_bytes();
    refused(&sum);
    refused(&sum[8..]);
}

#[test]
fn a_cube_root_is_no_signature() {
    let digest = digest(Algorithm::Sha256);
    let key = RsaKey::new(&bytes(MODULUS_3), &[3]).unwrap();
    let root = [vec![0; 256 - 85], bytes(ROOT)].concat();
    // It does open to what a careless reader takes for a signature.
    let params = key.modulus.clone();
    let opened = BoxedMontyForm::new(BoxedUint::from_be_slice(&root, 2_048).unwrap(), &params)
        .pow(&key.exponent)
        .retrieve()
        .to_be_bytes();
    let good = encoded(&digest, 256).unwrap();
    assert_eq!(opened[..10], [&[0, 1][..], &[0xFF; 8]].concat());
    assert_eq!(opened[10], 0);
    assert_eq!(opened[11..62], good[256 - 51..]);
    assert!(!key.verify(&digest, &root));
}

/// The cube of 2^344 is 2^1032: a modulus that much less than it as an encoded digest, and the digest.
#[test]
fn a_modulus_need_not_fill_its_words() {
    let is_odd = |digest: &Digest| digest.as_bytes().last().is_some_and(|byte| byte & 1 == 1);
    let digest = HASHES.map(digest).into_iter().find(is_odd).unwrap();
    let mut modulus: Vec<u8> = encoded(&digest, 129).unwrap().iter().map(|byte| !byte).collect();
    modulus[128] += 1;
    let key = RsaKey::new(&modulus, &[3]).unwrap();
    assert_eq!(key.bits(), 1_032);
    let mut signature = vec![0; 129];
    signature[128 - 344 / 8] = 1;
    assert!(key.verify(&digest, &signature));
    signature[128] = 1;
    assert!(!key.verify(&digest, &signature));
}

#[test]
fn keys_out_of_bounds_are_refused() {
    let modulus = bytes(MODULUS);
    let refused = |modulus: &[u8], exponent: &[u8]| RsaKey::new(modulus, exponent).unwrap_err();
    for exponent in [&[][..], &[0], &[1], &[0, 1], &[2], &[4], &[0xFF; 5], &[3, 0, 0, 0, 1]] {
        assert_eq!(refused(&modulus, exponent), Obstacle::KeyExponent, "{exponent:?}");
    }
    assert_eq!(EXPONENT_BITS, 33);
    assert!(RsaKey::new(&modulus, &[1, 0, 0, 0, 1]).is_ok());
    assert!(RsaKey::new(&[&[0], &modulus[..]].concat(), &[0, 3]).is_ok());
    let odd = |length: usize| [vec![0x80], vec![0; length - 2], vec![1]].concat();
    for (length, bits) in [(127, 1_016), (1_025, 8_200), (131_072, 1_048_576)] {
        assert_eq!(refused(&odd(length), &[3]), Obstacle::KeySize { bits });
    }
    assert_eq!(refused(&[], &[3]), Obstacle::KeySize { bits: 0 });
    assert_eq!(RsaKey::new(&odd(1_024), &[3]).unwrap().bits(), 8_192);
    let mut even = modulus;
    even[127] ^= 1;
    assert_eq!(refused(&even, &[3]), Obstacle::UnreadableKey);
}

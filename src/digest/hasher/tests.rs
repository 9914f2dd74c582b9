use proptest::prelude::*;

use super::{Algorithm, Algorithms, Digests, Hasher, MultiHasher};

const ALL: Algorithms = Algorithms::NONE
    .with(Algorithm::Md5)
    .with(Algorithm::Sha1)
    .with(Algorithm::Sha256)
    .with(Algorithm::Sha384)
    .with(Algorithm::Sha512);

/// Message, how often it is repeated, and its digests in the order of [`Algorithm::ALL`]:
/// RFC 1321 A.5 and the examples of FIPS 180-4 as NIST publishes them.
const VECTORS: &[(&[u8], usize, [&str; 5])] = &[
    (
        b"",
        1,
        [
            "d41d8cd98f00b204e9800998ecf8427e",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ],
    ),
    (
        b"abc",
        1,
        [
            "900150983cd24fb0d6963f7d28e17f72",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ],
    ),
    (
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        1,
        [
            "8215ef0796a20bcaaae116d3876c664a",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6b0455a8520bc4e6f5fe95b1fe3c8452b",
            "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c33596fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445",
        ],
    ),
    (
        b"a",
        1_000_000,
        [
            "7707d6ae4e027c70eea2a935c2296f21",
            "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985",
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
        ],
    ),
];

fn hex(digests: &Digests) -> Vec<String> {
    digests.iter().map(|digest| digest.to_string()).collect()
}

fn whole(bytes: &[u8]) -> Digests {
    let mut hasher = MultiHasher::new(ALL);
    hasher.update(bytes);
    hasher.finish()
}

#[test]
fn published_vectors_come_out() {
    for &(message, times, expected) in VECTORS {
        let bytes = message.repeat(times);
        assert_eq!(hex(&whole(&bytes)), expected);
        for (algorithm, expected) in Algorithm::ALL.into_iter().zip(expected) {
            let mut hasher = Hasher::new(algorithm);
            hasher.update(&bytes);
            assert_eq!(hasher.finish().to_string(), expected);
        }
    }
}

#[test]
fn published_vectors_come_out_of_pieces() {
    for &(message, times, expected) in VECTORS {
        // The long one goes in fewer sizes: without optimisation it takes its time.
        let sizes: Vec<usize> = if times == 1 { (1..=129).collect() } else { vec![1, 127, 129] };
        let bytes = message.repeat(times);
        for size in sizes {
            let mut hasher = MultiHasher::new(ALL);
            bytes.chunks(size).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.bytes(), bytes.len() as u64);
            assert_eq!(hex(&hasher.finish()), expected, "pieces of {size}");
        }
    }
}

#[test]
fn only_what_was_asked_for_is_computed() {
    let mut hasher = MultiHasher::new(Algorithms::from(Algorithm::Sha256));
    hasher.update(b"abc");
    let digests = hasher.finish();
    assert_eq!(
        digests.iter().map(|digest| digest.algorithm()).collect::<Vec<_>>(),
        [Algorithm::Sha256]
    );

    let mut counter = MultiHasher::new(Algorithms::NONE);
    counter.update(&[0; 100_000]);
    assert_eq!(counter.bytes(), 100_000);
    assert_eq!(counter.finish(), Digests::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_of_any_size_equal_the_whole(
        bytes in prop::collection::vec(any::<u8>(), 0..40_000),
        sizes in prop::collection::vec(1..20_000_usize, 1..20),
        set in prop::sample::subsequence(Algorithm::ALL.to_vec(), 0..=5),
    ) {
        let mut pieces = MultiHasher::new(set.iter().copied().collect());
        let mut rest = bytes.as_slice();
        for size in sizes.iter().cycle() {
            let (piece, after) = rest.split_at(rest.len().min(*size));
            pieces.update(piece);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        let digests = pieces.finish();
        prop_assert_eq!(digests.iter().count(), set.len());
        for algorithm in set {
            let mut hasher = Hasher::new(algorithm);
            hasher.update(&bytes);
            prop_assert_eq!(digests.of(algorithm), Some(hasher.finish()));
        }
    }

    #[test]
    fn two_at_a_time_equal_each_alone(
        one in stream(),
        other in stream(),
    ) {
        let (mut hasher, mut other_hasher) = (one.hasher(), other.hasher());
        let (mut pieces, mut other_pieces) = (one.pieces(), other.pieces());
        loop {
            let (piece, other_piece) = (pieces.next(), other_pieces.next());
            if piece.is_none() && other_piece.is_none() {
                break;
            }
            let (piece, other_piece) = (piece.unwrap_or_default(), other_piece.unwrap_or_default());
            hasher.update_with(piece, &mut other_hasher, other_piece);
        }
        one.compare(hasher)?;
        other.compare(other_hasher)?;
    }
}

/// Bytes, where to cut them, and what to compute.
#[derive(Clone, Debug)]
struct Input {
    bytes: Vec<u8>,
    sizes: Vec<usize>,
    algorithms: Vec<Algorithm>,
}

fn stream() -> impl Strategy<Value = Input> {
    let sizes = prop_oneof![1..200_usize, 1..20_000_usize, Just(64), Just(4_096)];
    let algorithms = prop_oneof![
        3 => prop::sample::select(Algorithm::ALL.to_vec()).prop_map(|algorithm| vec![algorithm]),
        1 => prop::sample::subsequence(Algorithm::ALL.to_vec(), 0..=5),
    ];
    let bytes = prop::collection::vec(any::<u8>(), 0..20_000);
    (bytes, prop::collection::vec(sizes, 1..20), algorithms)
        .prop_map(|(bytes, sizes, algorithms)| Input { bytes, sizes, algorithms })
}

impl Input {
    fn hasher(&self) -> MultiHasher {
        MultiHasher::new(self.algorithms.iter().copied().collect())
    }

    fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.bytes.as_slice();
        self.sizes.iter().cycle().map_while(move |&size| {
            let (piece, after) = rest.split_at(rest.len().min(size));
            rest = after;
            Some(piece).filter(|piece| !piece.is_empty())
        })
    }

    fn compare(&self, hasher: MultiHasher) -> Result<(), TestCaseError> {
        prop_assert_eq!(hasher.bytes(), self.bytes.len() as u64);
        let digests = hasher.finish();
        prop_assert_eq!(digests.iter().count(), self.algorithms.len());
        for &algorithm in &self.algorithms {
            let mut alone = Hasher::new(algorithm);
            alone.update(&self.bytes);
            prop_assert_eq!(digests.of(algorithm), Some(alone.finish()));
        }
        Ok(())
    }
}

#[test]
fn every_length_and_pair_of_digests_is_right() {
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(400).collect();
    for one in Algorithm::ALL {
        for other in Algorithm::ALL {
            for length in 0..300 {
                let mut hasher = MultiHasher::new(one.into());
                let mut other_hasher = MultiHasher::new(other.into());
                // One begins inside a block and takes another length than the other.
                hasher.update(&bytes[..length % 70]);
                let other_bytes = &bytes[..300 - length];
                hasher.update_with(&bytes[length % 70..length], &mut other_hasher, other_bytes);
                assert_eq!(hasher.finish().of(one), Some(alone(one, &bytes[..length])));
                assert_eq!(other_hasher.finish().of(other), Some(alone(other, other_bytes)));
            }
        }
    }
}

fn alone(algorithm: Algorithm, bytes: &[u8]) -> super::Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

//! One file that arrives in ranges.

use std::slice::from_ref;

use ovf::digest::{Algorithm, Algorithms, Digest, Hasher};
use ovf::import::session::{Proof, Transfer, TransferError, TransferFault, TransferStatus};

use crate::random::{Random, restarted, saved, sequences};

pub(crate) fn digest(algorithm: Algorithm, bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];

/// What a transfer is a complicated form of: the bytes that are there, and what they must be.
struct Model {
    stored: Vec<Option<u8>>,
    size: Option<u64>,
    begun: bool,
    held: bool,
    expected: Vec<Digest>,
    given_up: bool,
    last: TransferStatus,
}

impl Model {
    fn count(&self) -> u64 {
        self.stored.iter().flatten().count() as u64
    }

    fn is_whole(&self) -> bool {
        self.begun
            && self
                .size
                .is_some_and(|size| self.stored.len() as u64 == size && self.count() == size)
    }

    fn matches(&self) -> bool {
        let bytes: Vec<u8> = self.stored.iter().map(|byte| byte.expect("it is whole")).collect();
        self.expected.iter().all(|expected| digest(expected.algorithm(), &bytes) == *expected)
    }

    /// Holds the transfer to the model.
    fn check(&mut self, transfer: &Transfer) {
        let status = transfer.status();
        assert_eq!(transfer.bytes_transferred(), self.count(), "no byte is lost or counted twice");
        let front = self.stored.iter().take_while(|byte| byte.is_some()).count() as u64;
        assert_eq!(transfer.front(), front);
        if self.last.is_final() {
            assert_eq!(status, self.last, "what is final stays");
            return;
        }
        let is_decided = self.is_whole() && !self.held && transfer.owed().is_none();
        let expected = if self.given_up {
            TransferStatus::Error
        } else if is_decided {
            match self.matches() {
                true => TransferStatus::Ready,
                false => TransferStatus::Error,
            }
        } else if !self.begun {
            TransferStatus::WaitingForTransfer
        } else if self.is_whole() {
            TransferStatus::Validating
        } else {
            TransferStatus::Transferring
        };
        assert_eq!(status, expected);
        if status == TransferStatus::Ready {
            let strongest = self.expected.iter().map(|digest| digest.algorithm()).max();
            let proof = strongest.map_or(Proof::NothingDeclared, Proof::Digest);
            assert_eq!(transfer.proof(), Some(proof));
        } else {
            assert_eq!(transfer.proof(), None);
        }
        self.last = status;
    }

    fn store(&mut self, at: u64, byte: u8) {
        let at = at as usize;
        if self.stored.len() <= at {
            self.stored.resize(at + 1, None);
        }
        assert_eq!(self.stored[at], None, "a byte is stored once");
        self.stored[at] = Some(byte);
    }

    fn bytes(&self, range: std::ops::Range<u64>) -> Vec<u8> {
        let stored = &self.stored[range.start as usize..range.end as usize];
        stored.iter().map(|byte| byte.expect("what is owed is there")).collect()
    }

    fn has(&self, at: u64) -> bool {
        self.stored.get(at as usize).is_some_and(Option::is_some)
    }
}

fn random_digest(random: &mut Random, content: &[u8]) -> Digest {
    let algorithm = *random.pick(&ALGORITHMS);
    let is_right = random.chance(85);
    digest(algorithm, if is_right { content } else { b"something else" })
}

/// A call that must fail, and change nothing.
fn refused(
    transfer: &mut Transfer,
    call: impl FnOnce(&mut Transfer) -> Result<(), TransferError>,
) -> TransferError {
    let (before, owed) = (saved(transfer), transfer.owed());
    let error = call(transfer).expect_err("it is refused");
    assert_eq!((saved(transfer), transfer.owed()), (before, owed), "{error:?} changes nothing");
    error
}

fn run(mut random: Random) -> &'static str {
    let length = random.within(0..40);
    let content: Vec<u8> = (0..length).map(|_| random.number() as u8).collect();
    let mut transfer = Transfer::new();
    let mut model = Model {
        stored: Vec::new(),
        size: None,
        begun: false,
        held: random.chance(20),
        expected: Vec::new(),
        given_up: false,
        last: TransferStatus::WaitingForTransfer,
    };
    if random.chance(70) {
        transfer = transfer.size(length);
        model.size = Some(length);
    }
    for _ in 0..random.within(0..3) {
        let digest = random_digest(&mut random, &content);
        transfer = transfer.expecting([digest]);
        model.expected.push(digest);
    }
    if random.chance(30) {
        transfer = transfer.computing(Algorithms::from(*random.pick(&ALGORITHMS)));
    }
    if model.held {
        transfer = transfer.held();
    }
    for _ in 0..random.within(1..40) {
        step(&mut random, &content, &mut transfer, &mut model);
        model.check(&transfer);
    }
    finish(&mut random, &content, &mut transfer, &mut model);
    transfer.status().as_str()
}

fn step(random: &mut Random, content: &[u8], transfer: &mut Transfer, model: &mut Model) {
    let length = content.len() as u64;
    match random.within(0..100) {
        0..45 => receive(random, content, transfer, model),
        45..65 => replay(random, transfer, model),
        65..70 => {
            let owed = transfer.owed();
            let offset = owed.clone().map_or(0, |owed| owed.start) + random.within(1..5);
            let error = refused(transfer, |transfer| transfer.replay(offset, b"x").map(drop));
            assert_eq!(error, TransferError::NotOwed { owed });
        }
        70..75 => {
            let wrong = length + random.within(1..4);
            if model.size == Some(length) {
                let range = wrong.min(u64::MAX - 1);
                let limit = TransferError::BeyondEnd { end: length };
                let error = refused(transfer, |transfer| transfer.receive(range, b"x").map(drop));
                assert_eq!(error, limit);
                refused(transfer, |transfer| transfer.declare_size(wrong));
            }
            refused(transfer, |transfer| transfer.receive(u64::MAX, b"x").map(drop));
        }
        75..82 => {
            transfer.declare_size(length).expect("it is the right size");
            model.size = Some(length);
            // A size says where the model ends, too.
            model.stored.resize(length as usize, None);
        }
        82..86 => {
            let digest = random_digest(random, content);
            let is_final = transfer.status().is_final();
            if is_final {
                refused(transfer, |transfer| transfer.expect([digest]));
            } else {
                transfer.expect([digest]).unwrap();
                model.expected.push(digest);
            }
        }
        86..90 => {
            transfer.release();
            model.held = false;
        }
        90..94 => {
            let gone = random.range(length);
            if transfer.status().is_final() {
                refused(transfer, |transfer| transfer.forget(gone));
            } else {
                transfer.forget(gone.clone()).unwrap();
                let within = gone.start as usize..model.stored.len().min(gone.end as usize);
                model.stored.get_mut(within).into_iter().flatten().for_each(|byte| *byte = None);
            }
        }
        94..99 => {
            *transfer = restarted(transfer);
            let is_hashed = transfer.status().is_final() || transfer.owed().is_none();
            assert!(
                is_hashed || transfer.owed() == Some(0..transfer.front()),
                "from the first byte"
            );
        }
        _ if random.chance(20) => match transfer.status().is_final() {
            true => drop(refused(transfer, |transfer| transfer.fail("no more"))),
            false => {
                transfer.fail("no more").unwrap();
                assert_eq!(transfer.fault(), Some(&TransferFault::GivenUp("no more".to_owned())));
                model.given_up = true;
            }
        },
        _ => {}
    }
}

fn receive(random: &mut Random, content: &[u8], transfer: &mut Transfer, model: &mut Model) {
    let range = random.range(content.len() as u64);
    let mut bytes = content[range.start as usize..range.end as usize].to_vec();
    if random.chance(4)
        && let Some(byte) = bytes.first_mut()
    {
        *byte ^= 1;
    }
    let offset = range.start;
    if transfer.status() == TransferStatus::Error {
        refused(transfer, |transfer| transfer.receive(offset, &bytes).map(drop));
        return;
    }
    let was_ready = transfer.status() == TransferStatus::Ready;
    let received = transfer.receive(offset, &bytes).unwrap();
    let fresh: Vec<u64> = received.fresh.iter().cloned().flatten().collect();
    let missing: Vec<u64> = range.filter(|&at| !model.has(at)).collect();
    assert_eq!(fresh, missing, "what is fresh is what was missing");
    assert_eq!(received.counted, fresh.len() as u64);
    assert_eq!(received.owed, transfer.owed());
    model.begun = model.begun || !was_ready;
    for at in fresh {
        model.store(at, bytes[(at - offset) as usize]);
    }
    if let Some(size) = model.size {
        model.stored.resize(size as usize, None);
    }
}

fn replay(random: &mut Random, transfer: &mut Transfer, model: &Model) {
    let Some(owed) = transfer.owed() else { return };
    let end = random.within(owed.start + 1..owed.end + 1);
    let left = transfer.replay(owed.start, &model.bytes(owed.start..end)).unwrap();
    let is_final = transfer.status().is_final();
    assert_eq!(left, (end < owed.end && !is_final).then_some(end..owed.end));
}

/// Everything that is missing comes, whatever happened before: then it is decided.
fn finish(random: &mut Random, content: &[u8], transfer: &mut Transfer, model: &mut Model) {
    transfer.declare_size(content.len() as u64).unwrap();
    model.size = Some(content.len() as u64);
    model.stored.resize(content.len(), None);
    transfer.release();
    model.held = false;
    for at in 0..=content.len() {
        if transfer.status() == TransferStatus::Error {
            break;
        }
        let bytes = content.get(at..at + 1).unwrap_or_default();
        let was_ready = transfer.status() == TransferStatus::Ready;
        for range in transfer.receive(at as u64, bytes).unwrap().fresh {
            model.store(range.start, bytes[0]);
        }
        model.begun = model.begun || !was_ready;
        model.check(transfer);
    }
    while transfer.owed().is_some() {
        replay(random, transfer, model);
        model.check(transfer);
    }
    assert!(transfer.status().is_final(), "{:?}", transfer.status());
    if transfer.status() == TransferStatus::Ready {
        assert!(model.is_whole() && model.matches());
    }
}

#[test]
fn a_transfer_does_what_its_model_does() {
    let ends = ["READY", "ERROR"];
    sequences("transfer", &ends, run);
}

#[test]
fn the_first_of_two_copies_counts() {
    let mut transfer = Transfer::new().size(4).expecting([digest(Algorithm::Sha256, b"abcd")]);
    transfer.receive(2, b"cd").unwrap();
    // The second copy of `cd` is another one, and must not be hashed.
    let received = transfer.receive(0, b"abXX").unwrap();
    assert_eq!((received.fresh.first(), received.fresh.len()), (Some(&(0..2)), 1));
    assert_eq!((received.counted, received.owed), (2, Some(2..4)));
    transfer.replay(2, b"cd").unwrap();
    assert_eq!(transfer.status(), TransferStatus::Ready);
}

#[test]
fn a_state_that_no_run_reaches_is_not_restored() {
    let ready = {
        let mut transfer = Transfer::new().size(3).expecting([digest(Algorithm::Sha1, b"abc")]);
        transfer.receive(0, b"abc").unwrap();
        saved(&transfer)
    };
    assert!(serde_json::from_str::<Transfer>(&ready).is_ok());
    for (part, other) in [
        (r#""end":3"#, r#""end":2"#),
        (r#""end":3"#, r#""end":4"#),
        (r#""end":3"#, r#""end":0"#),
        (r#""begun":true"#, r#""begun":false"#),
        (
            "a9993e364706816aba3e25717850c26c9cd0d89d\"],\"ahead",
            "a9993e364706816aba3e25717850c26c9cd0d89e\"],\"ahead",
        ),
        (r#"[{"start":0,"end":3}]"#, r#"[{"start":0,"end":2},{"start":2,"end":3}]"#),
    ] {
        let changed = ready.replace(part, other);
        assert_ne!(changed, ready, "{part} is in {ready}");
        assert!(serde_json::from_str::<Transfer>(&changed).is_err(), "{changed}");
    }
}

#[test]
fn what_cannot_have_been_received_is_not_restored() {
    let half = {
        let mut transfer = Transfer::new().size(3);
        transfer.receive(0, b"ab").unwrap();
        saved(&transfer)
    };
    let restored = serde_json::from_str::<Transfer>(&half).unwrap();
    assert_eq!(restored.received(), from_ref(&(0..2)));
    let range = r#"[{"start":0,"end":2}]"#;
    let no_sense = "the ranges received make no sense";
    for (part, other, why) in [
        // Two that touch, two in the wrong order, an empty one, and one beyond the end.
        (range, r#"[{"start":0,"end":1},{"start":1,"end":2}]"#, no_sense),
        (range, r#"[{"start":2,"end":3},{"start":0,"end":1}]"#, no_sense),
        (range, r#"[{"start":1,"end":1}]"#, no_sense),
        (range, r#"[{"start":0,"end":4}]"#, no_sense),
        (r#""begun":true"#, r#""begun":false"#, "bytes were received before the transfer began"),
        (r#""outcome":"open""#, r#""outcome":{"ready":[]}"#, "the file is ready and cannot be"),
    ] {
        let changed = half.replace(part, other);
        assert_ne!(changed, half, "{part} is in {half}");
        let error = serde_json::from_str::<Transfer>(&changed).expect_err(other);
        assert!(error.to_string().starts_with(why), "{changed}: {error}");
    }
}

#[test]
fn what_is_there_is_told_with_its_gaps() {
    let mut transfer = Transfer::new();
    assert_eq!(transfer.received(), [] as [std::ops::Range<u64>; 0]);
    transfer.receive(4, b"ef").unwrap();
    transfer.receive(0, b"ab").unwrap();
    assert_eq!(transfer.received(), [0..2, 4..6]);
    assert_eq!((transfer.front(), transfer.bytes_transferred()), (2, 4));
    transfer.receive(1, b"bcd").unwrap();
    assert_eq!(transfer.received(), from_ref(&(0..6)));
}

#[test]
fn a_size_is_at_most_what_the_api_holds() {
    let most = i64::MAX as u64;
    let mut transfer = Transfer::new();
    let over = transfer.declare_size(most + 1);
    assert_eq!(over, Err(TransferError::BeyondEnd { end: most }));
    assert_eq!(transfer.declared_size(), None);
    transfer.declare_size(most).unwrap();
    assert_eq!(transfer.declared_size(), Some(most));
    assert_eq!(Transfer::new().size(most + 1).declared_size(), Some(most));
    assert_eq!(
        transfer.declare_size(5),
        Err(TransferError::SizeContradiction { known: most, given: 5 })
    );
}

#[test]
fn what_is_lost_is_hashed_anew_only_where_it_was_hashed() {
    let mut transfer = Transfer::new().size(10).expecting([digest(Algorithm::Sha1, b"0123456789")]);
    transfer.receive(0, b"0123").unwrap();
    transfer.receive(6, b"67").unwrap();
    // Not hashed yet: nothing is owed for it.
    transfer.forget(6..8).unwrap();
    assert_eq!((transfer.received(), transfer.owed()), (from_ref(&(0..4)), None));
    // Nor for what comes right behind what was hashed.
    transfer.forget(4..9).unwrap();
    assert_eq!(transfer.owed(), None);
    transfer.forget(2..3).unwrap();
    assert_eq!((transfer.received(), transfer.owed()), (&[0..2, 3..4][..], Some(0..2)));
    transfer.replay(0, b"01").unwrap();
    transfer.receive(2, b"2").unwrap();
    assert_eq!(transfer.owed(), Some(3..4));
    transfer.replay(3, b"3").unwrap();
    transfer.receive(4, b"456789").unwrap();
    assert_eq!(transfer.status(), TransferStatus::Ready);
}

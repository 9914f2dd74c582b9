//! Files that arrive in ranges.

use std::ops::Range;

use ovf::digest::{Algorithm, Digest, Hasher};
use ovf::import::session::{Transfer, TransferStatus};

use crate::script::Script;

/// Bytes of the input that decide what is called; those behind them are the file.
const SCRIPT_BYTES: usize = 96;
/// Bytes of a file.
const MOST_BYTES: usize = 256;

/// Sends the end of the input as a file, in ranges that its beginning chooses, with restarts and bytes
/// that are lost or differ: the account is that of a plain table of bytes, what is refused changes
/// nothing, and the digest in the end is that of the bytes stored, whole.
pub fn transfer(data: &[u8]) {
    let (script, content) = data.split_at(data.len().min(SCRIPT_BYTES));
    let content = content.get(..MOST_BYTES).unwrap_or(content);
    let mut script = Script::new(script);
    let algorithm = script.pick(&Algorithm::ALL).copied().unwrap_or(Algorithm::Sha1);
    let expected = script.flag().then(|| digest(algorithm, content));
    let mut transfer = Transfer::new().expecting(expected);
    let is_held = script.flag();
    if is_held {
        transfer = transfer.held();
    }
    if script.flag() {
        transfer = transfer.size(length(content.len()));
    }
    let mut stored: Vec<Option<u8>> = vec![None; content.len()];
    let mut buffer = content.to_vec();
    while !script.is_over() {
        step(&mut script, &mut transfer, &mut stored, &mut buffer, content);
        account(&transfer, &stored);
    }
    finish(transfer, &stored, content, expected, algorithm);
}

fn step(
    script: &mut Script<'_>,
    transfer: &mut Transfer,
    stored: &mut [Option<u8>],
    buffer: &mut Vec<u8>,
    content: &[u8],
) {
    let range = range(script, content.len());
    match script.below(10) {
        0..=5 => {
            buffer.clear();
            buffer.extend_from_slice(content.get(range.clone()).unwrap_or_default());
            if script.below(8) == 7
                && let Some(byte) = buffer.first_mut()
            {
                *byte = byte.wrapping_add(1);
            }
            let is_settled = transfer.status().is_final();
            let limit = transfer.declared_size().unwrap_or(u64::MAX);
            let Ok(received) = transfer.receive(length(range.start), buffer) else {
                assert!(
                    is_settled || length(range.end) > limit,
                    "a range inside the file is taken"
                );
                return;
            };
            let mut counted = 0_u64;
            for fresh in &received.fresh {
                for at in indices(fresh) {
                    let place = stored.get_mut(at).expect("it is inside");
                    let byte = buffer.get(at.saturating_sub(range.start));
                    assert!(place.is_none() && byte.is_some(), "{at} is not new");
                    *place = byte.copied();
                    counted = counted.saturating_add(1);
                }
            }
            assert_eq!(received.counted, counted);
            assert!(
                is_settled || stored.get(range).unwrap_or_default().iter().all(Option::is_some)
            );
        }
        6 => replay(script, transfer, stored),
        7 => {
            let status = transfer.status();
            if transfer.forget(length(range.start)..length(range.end)).is_ok() {
                stored.get_mut(range).into_iter().flatten().for_each(|place| *place = None);
            } else {
                assert!(status.is_final());
            }
        }
        8 => {
            let size =
                length(content.len()).saturating_add(length(script.below(3))).saturating_sub(1);
            let before = saved(transfer);
            if transfer.declare_size(size).is_err() {
                assert_eq!(saved(transfer), before, "what is refused changes nothing");
            }
        }
        _ => {
            let before = saved(transfer);
            *transfer = serde_json::from_str(&before).expect("what was saved can be restored");
            assert_eq!(saved(transfer), before);
        }
    }
}

/// Hands back some of what is owed, and sometimes what is not.
fn replay(script: &mut Script<'_>, transfer: &mut Transfer, stored: &[Option<u8>]) {
    let Some(owed) = transfer.owed() else {
        assert!(transfer.replay(0, b"x").is_err());
        return;
    };
    let count = script.below(indices(&owed).len().saturating_add(1));
    let bytes: Vec<u8> = indices(&owed).take(count).filter_map(|at| *stored.get(at)?).collect();
    assert_eq!(bytes.len(), count, "what is owed is stored");
    if script.below(8) == 7 {
        assert!(transfer.replay(owed.start.saturating_add(1), &bytes).is_err());
    }
    assert!(transfer.replay(owed.start, &bytes).is_ok());
}

fn account(transfer: &Transfer, stored: &[Option<u8>]) {
    let count = stored.iter().filter(|place| place.is_some()).count();
    assert_eq!(transfer.bytes_transferred(), length(count));
    let front = stored.iter().take_while(|place| place.is_some()).count();
    assert_eq!(transfer.front(), length(front));
    let ranges = transfer.received();
    assert!(ranges.iter().all(|range| range.start < range.end));
    assert!(ranges.windows(2).all(|pair| matches!(pair, [a, b] if a.end < b.start)));
    assert_eq!(transfer.proof().is_some(), transfer.status() == TransferStatus::Ready);
    assert_eq!(transfer.fault().is_some(), transfer.status() == TransferStatus::Error);
}

/// Sends what is missing in one piece: the file is ready if what is stored has the digest, and only then.
fn finish(
    mut transfer: Transfer,
    stored: &[Option<u8>],
    content: &[u8],
    expected: Option<Digest>,
    algorithm: Algorithm,
) {
    let whole = length(content.len());
    let has_size = transfer.declared_size().is_some_and(|size| size != whole);
    if transfer.status() == TransferStatus::Error || has_size {
        return;
    }
    transfer.receive(0, content).expect("it is open");
    transfer.declare_size(whole).expect("it has that size");
    transfer.release();
    let kept: Vec<u8> =
        stored.iter().zip(content).map(|(stored, byte)| stored.unwrap_or(*byte)).collect();
    while let Some(owed) = transfer.owed() {
        let bytes = kept.get(indices(&owed)).expect("what is owed is stored");
        transfer.replay(owed.start, bytes).expect("it is owed");
    }
    let is_right = expected.is_none_or(|expected| digest(algorithm, &kept) == expected);
    let status = if is_right { TransferStatus::Ready } else { TransferStatus::Error };
    assert_eq!(transfer.status(), status);
    for computed in transfer.digests() {
        assert_eq!(computed, digest(computed.algorithm(), &kept));
    }
}

fn range(script: &mut Script<'_>, length: usize) -> Range<usize> {
    let end = length.saturating_add(1);
    let (a, b) = (script.below(end), script.below(end));
    a.min(b)..a.max(b)
}

fn indices(range: &Range<u64>) -> Range<usize> {
    let index = |at| usize::try_from(at).unwrap_or(usize::MAX);
    index(range.start)..index(range.end)
}

fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn digest(algorithm: Algorithm, bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

fn saved(transfer: &Transfer) -> String {
    serde_json::to_string(transfer).expect("it can be saved")
}

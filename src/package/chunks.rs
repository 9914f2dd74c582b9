//! Files in pieces, and the sizes of all files (DSP0243 7.1).

use std::collections::BTreeMap;

use super::finding::{Fault, Findings};
use super::order::{Reference, add, name, spellings};
use super::tar::{Member, MemberKind};
use crate::diagnostic::{Code, quoted};

/// Digits in the name of a piece (DSP0243 7.1).
const DIGITS: usize = 9;

/// Checks the sizes of the files References lists, and the pieces of those with `chunkSize`.
///
/// DSP0243 7.1: a file with `chunkSize` is stored as `href.000000000`, `href.000000001` and so on,
/// each piece as big as `chunkSize`, save the last; nothing is stored under the bare name. `ovf:size`
/// is the size of the file as it is stored, of all its pieces together; zero is taken for unknown,
/// which is what tools mean by it.
pub fn check_sizes(members: &[Member], references: &[Reference<'_>], out: &mut Findings) {
    let mut whole: BTreeMap<&str, &Member> = BTreeMap::new();
    let mut pieces: BTreeMap<&str, Vec<(&str, &Member)>> = BTreeMap::new();
    for member in members.iter().filter(|member| member.kind == MemberKind::File) {
        whole.entry(name(member)).or_insert(member);
        if let Some((stem, number)) = split_name(name(member)) {
            pieces.entry(stem).or_default().push((number, member));
        }
    }
    for reference in references.iter().filter(|reference| reference.is_local()) {
        let bare =
            spellings(reference.href).find_map(|spelling| whole.get(spelling.as_ref()).copied());
        let Some(piece) = reference.pieces() else {
            if let (Some(member), Some(size)) = (bare, reference.size)
                && size > 0
                && size != member.size
            {
                let message = format_args!(
                    "the member has {} bytes, the descriptor says {size}",
                    member.size
                );
                add(
                    out,
                    Code::FILE_SIZE_MISMATCH,
                    member,
                    message,
                    "correct `ovf:size`, or fetch the file again",
                );
            }
            continue;
        };
        if let Some(member) = bare {
            let message = format_args!(
                "{} has a `chunkSize`, but is stored in one piece",
                quoted(reference.href)
            );
            add(
                out,
                Code::UNCHUNKED_MEMBER,
                member,
                message,
                "take `chunkSize` out of the descriptor, or split the file",
            );
        }
        let found = spellings(reference.href).find_map(|spelling| pieces.get(spelling.as_ref()));
        match found {
            Some(found) => check_pieces(reference, piece, found, out),
            None if bare.is_none() => missing(reference, 0, None, out),
            None => {}
        }
    }
}

fn check_pieces(
    reference: &Reference<'_>,
    chunk_size: u64,
    found: &[(&str, &Member)],
    out: &mut Findings,
) {
    let mut numbered: BTreeMap<u64, &Member> = BTreeMap::new();
    for &(digits, member) in found {
        match digits.parse::<u64>() {
            Ok(number) if digits.len() == DIGITS => {
                numbered.entry(number).or_insert(member);
            }
            _ => {
                let message = format_args!(
                    "the number of the piece {} does not have nine digits",
                    quoted(&member.name)
                );
                let help = "number the pieces from `.000000000` in nine digits";
                add(out, Code::CHUNK_NUMBER_MALFORMED, member, message, help);
            }
        }
    }
    let size = reference.size.filter(|&size| size > 0);
    let wanted = size.map(|size| size.div_ceil(chunk_size));
    let mut next = 0_u64;
    let mut gaps = false;
    for (&number, _) in numbered.range(..wanted.unwrap_or(u64::MAX)) {
        if number != next && !std::mem::replace(&mut gaps, true) {
            missing(reference, next, Some(number), out);
        }
        next = number.saturating_add(1);
    }
    if let Some(wanted) = wanted
        && next < wanted
        && !gaps
    {
        gaps = true;
        missing(reference, next, Some(wanted), out);
    }
    let last = numbered.last_key_value().map(|(&number, _)| number);
    for (&number, &member) in &numbered {
        if wanted.is_some_and(|wanted| number >= wanted) {
            let message = format_args!(
                "{} is a piece too many: {} bytes in pieces of {chunk_size} make {}",
                quoted(&member.name),
                size.unwrap_or_default(),
                wanted.unwrap_or_default()
            );
            add(out, Code::EXTRA_CHUNK, member, message, "take the piece out, or correct the size");
            continue;
        }
        let before = number.saturating_mul(chunk_size);
        let fits = match size {
            Some(size) => member.size == size.saturating_sub(before).min(chunk_size),
            None if last == Some(number) => (1..=chunk_size).contains(&member.size),
            None => member.size == chunk_size,
        };
        if !fits {
            let expected =
                size.map_or(chunk_size, |size| size.saturating_sub(before).min(chunk_size));
            let message =
                format_args!("the piece has {} bytes, and should have {expected}", member.size);
            add(out, Code::CHUNK_SIZE_MISMATCH, member, message, "split the file again");
        }
    }
    let total = numbered.values().fold(0_u64, |sum, member| sum.saturating_add(member.size));
    if let Some(size) = size
        && !gaps
        && total != size
    {
        out.add(
            Fault::new(
                Code::FILE_SIZE_MISMATCH,
                format_args!("the pieces have {total} bytes together, the descriptor says {size}"),
            )
            .member(reference.href)
            .help("correct `ovf:size`, or fetch the pieces again"),
        );
    }
}

/// One finding for a gap: from `first` up to, not including, `end`.
fn missing(reference: &Reference<'_>, first: u64, end: Option<u64>, out: &mut Findings) {
    let name = format!("{}.{first:0DIGITS$}", reference.href);
    let more = end
        .and_then(|end| end.checked_sub(first))
        .and_then(|count| count.checked_sub(1))
        .unwrap_or_default();
    let fault = if more == 0 {
        Fault::new(Code::MISSING_CHUNK, format_args!("the piece {} is missing", quoted(&name)))
    } else {
        Fault::new(
            Code::MISSING_CHUNK,
            format_args!("the piece {} and {more} after it are missing", quoted(&name)),
        )
    };
    out.add(fault.member(reference.href).help("add the piece"));
}

/// `disk.vmdk.000000001` into name and digits, of whatever number.
pub(super) fn split_name(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(stem, digits)| {
        !stem.is_empty() && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

//! Bytes to members.

use crate::script::chosen;
use ovf::Limits;
use ovf::package::{Event, Finding, Findings, Outcome, Parser, Sniffer};

/// Bytes of a block of tar.
const BLOCK: usize = 512;

/// Reads the input as an archive, as it is or with every checksum put right, as its bytes choose, whole
/// and in pieces: the same members, content and findings, never a panic. Now and then it is looked at as a
/// disk, whole and in pieces.
pub fn archive(data: &[u8]) {
    let chosen = chosen(data);
    let piece = [7, BLOCK, 1 + chosen % 600, 1 + chosen % 40][chosen >> 3 & 3];
    match chosen & 7 {
        0 => disk(data, piece),
        1 | 2 => members(data, piece),
        _ => {
            // Few changed blocks have the right checksum, and those that have not go no farther.
            let mut sealed = data.to_vec();
            sealed.chunks_exact_mut(BLOCK).for_each(seal);
            members(&sealed, piece);
        }
    }
}

fn members(data: &[u8], piece: usize) {
    let whole = read(data, data.len().max(1));
    assert_eq!(whole, read(data, piece));
    for finding in &whole.findings {
        assert!(finding.message.len() <= 512 && !finding.message.contains(char::is_control));
    }
}

fn disk(data: &[u8], piece: usize) {
    let (mut whole, mut pieces) = (Sniffer::new(), Sniffer::new());
    whole.update(data);
    data.chunks(piece).for_each(|piece| pieces.update(piece));
    let sniff = whole.finish();
    assert_eq!(format!("{sniff:?}"), format!("{:?}", pieces.finish()));
    assert!(sniff.external_references.iter().all(|name| name.len() <= 1_024));
}

#[derive(Debug, PartialEq)]
struct Read {
    members: Vec<(String, u64, Vec<u8>)>,
    findings: Vec<Finding>,
    outcome: Outcome,
}

fn read(data: &[u8], piece: usize) -> Read {
    let mut findings = Findings::default();
    let mut parser = Parser::new(&Limits::default());
    let mut members: Vec<(String, u64, Vec<u8>)> = Vec::new();
    let mut complete = 0_usize;
    for mut rest in data.chunks(piece) {
        loop {
            let (consumed, event) = parser.parse(rest, &mut findings);
            let (now, after) = rest.split_at(consumed);
            rest = after;
            match event {
                Event::Member(member) => members.push((member.name, member.size, Vec::new())),
                Event::Data => {
                    assert!(!now.is_empty());
                    let (_, size, content) = members.last_mut().expect("data has a member");
                    content.extend_from_slice(now);
                    assert!(content.len() as u64 <= *size);
                }
                Event::MemberEnd => {
                    let (_, size, content) = members.last().expect("an end has a member");
                    assert_eq!(content.len() as u64, *size);
                    complete = complete.saturating_add(1);
                }
                Event::More | Event::Stopped | Event::NotTar(_) => break,
                other => panic!("{other:?}"),
            }
        }
    }
    let outcome = parser.finish(&mut findings);
    // The last member's end may be told only when more is asked for.
    let told = members.len().saturating_sub(complete);
    assert!(outcome != Outcome::Complete || told == 0);
    Read { members, findings: findings.list().to_vec(), outcome }
}

/// Puts the checksum of a block right, if there is anything in it.
fn seal(block: &mut [u8]) {
    if block.iter().all(|&byte| byte == 0) {
        return;
    }
    if let Some(field) = block.get_mut(148..156) {
        field.fill(b' ');
    }
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    for (to, from) in block.iter_mut().skip(148).zip(format!("{sum:06o}\0 ").bytes()) {
        *to = from;
    }
}

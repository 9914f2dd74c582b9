//! The OVA container: archives of strangers, of tools, in pieces; what is in them; the heads of disks.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stderr,
    missing_docs,
    reason = "a test that panics has failed"
)]

mod build;
mod disks;
mod good;
mod hostile;
mod members;
mod streaming;

use ovf::package::{Archive, Data, Findings, Outcome};

/// Everything that reading an archive tells.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    /// Name, size, content.
    pub(crate) members: Vec<(String, u64, Vec<u8>)>,
    /// Name of the member whose content was cut.
    pub(crate) cut: Option<String>,
    pub(crate) findings: Vec<ovf::package::Finding>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) complete: bool,
    pub(crate) error: Option<String>,
}

impl Told {
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code.name()).collect()
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.members.iter().map(|(name, ..)| name.as_str()).collect()
    }
}

pub(crate) fn read(input: impl std::io::Read) -> Told {
    read_with(input, &ovf::Limits::default())
}

pub(crate) fn read_with(input: impl std::io::Read, limits: &ovf::Limits) -> Told {
    let mut read = Vec::new();
    let told = read_stream(Copied { input, to: &mut read }, limits);
    read_anywhere(&read, &told, limits);
    told
}

/// Remembers what was read.
struct Copied<'c, R> {
    input: R,
    to: &'c mut Vec<u8>,
}

impl<R: std::io::Read> std::io::Read for Copied<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.to.extend(buffer.iter().take(count));
        Ok(count)
    }
}

/// A package is the same whether it is read from front to back or not, and has the members of the archive.
fn read_anywhere(bytes: &[u8], told: &Told, limits: &ovf::Limits) {
    let reader = ovf::package::PackageReader::new(ovf::Validator::new().limits(*limits));
    let (stream, anywhere) = (reader.archive(bytes), reader.archive_at(bytes));
    let (stream, anywhere) = match (stream, anywhere) {
        (Ok(stream), Ok(anywhere)) => (stream, anywhere),
        (stream, anywhere) => {
            assert_eq!(stream.err().map(|e| e.to_string()), anywhere.err().map(|e| e.to_string()));
            return;
        }
    };
    let (texts, other_texts) = (stream.texts(), anywhere.texts());
    let (report, other) = (stream.check(&texts), anywhere.check(&other_texts));
    assert_eq!(report.files(), other.files());
    assert_eq!(report.findings(), other.findings());
    assert_eq!((report.counts(), report.is_complete()), (other.counts(), other.is_complete()));
    assert!(report.findings().starts_with(&told.findings));
}

fn read_stream(input: impl std::io::Read, limits: &ovf::Limits) -> Told {
    let mut archive = Archive::with(input, limits, Findings::default());
    let mut members = Vec::new();
    let mut cut = None;
    let error = loop {
        let member = match archive.next_member() {
            Ok(Some(member)) => member,
            Ok(None) => break None,
            Err(error) => break Some(error.to_string()),
        };
        let mut content = Vec::new();
        let end = loop {
            match archive.data() {
                Ok(Data::Piece(bytes)) => {
                    assert!(!bytes.is_empty(), "a piece has at least one byte");
                    content.extend_from_slice(bytes);
                }
                Ok(Data::End) => break None,
                Ok(Data::Cut) => {
                    cut = Some(member.name.clone());
                    break None;
                }
                Err(error) => break Some(error.to_string()),
            }
        };
        assert!(content.len() as u64 <= member.size);
        members.push((member.name, member.size, content));
        if end.is_some() {
            break end;
        }
    };
    let outcome = archive.outcome();
    let complete = archive.is_complete();
    Told {
        members,
        cut,
        findings: archive.into_findings().list().to_vec(),
        outcome,
        complete,
        error,
    }
}

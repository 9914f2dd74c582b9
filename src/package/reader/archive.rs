//! A package in one file that is read from front to back.

use super::PackageReader;
use super::ahead::Ahead;
use super::intake::State;
use super::members::Members;
use crate::package::opened::Package;
use crate::package::order::Extent;
use crate::package::tar::{ArchiveError, Event, Outcome, Parser};

/// Reads all members, out of the buffers they were read into. A manifest that comes early says what
/// to compute of what follows.
pub(super) fn read(reader: &PackageReader, mut input: Ahead) -> Result<Package, ArchiveError> {
    let limits = *reader.validator.set_limits();
    let mut findings = reader.findings();
    let mut parser = Parser::new(&limits);
    let mut members = Members::new(reader, &limits);
    let outcome = loop {
        let (consumed, event) = parser.parse(input.rest(), &mut findings);
        if event == Event::Data {
            members.data(input.rest().get(..consumed).unwrap_or_default());
        }
        input.consume(consumed);
        match event {
            Event::Data => {}
            Event::Member(member) => members.begin(member),
            Event::MemberEnd => members.end(State::Whole),
            Event::More => {
                if !input.refill()? {
                    break parser.finish(&mut findings);
                }
            }
            Event::NotTar(_) | Event::Stopped => break parser.finish(&mut findings),
        }
    };
    if let Outcome::NotTar(format) = outcome {
        return Err(ArchiveError::NotTar(format));
    }
    members.end(State::Cut);
    let whole = outcome == Outcome::Complete && findings.is_complete();
    let extent = Extent { ordered: true, whole };
    Ok(Package::new(&reader.validator, members.entries, Vec::new(), findings, extent))
}

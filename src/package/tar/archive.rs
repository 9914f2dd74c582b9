//! The reader over any `Read`.

use std::io::{self, Read};

use super::Member;
use super::format::Format;
use super::parser::{Event, Outcome, Parser};
use crate::limits::Limits;
use crate::package::finding::Findings;

/// Bytes read at once: big enough that calls cost nothing, small enough for every cache.
const PIECE: usize = 1 << 20;

/// An archive that is read once, from front to back, in constant memory.
///
/// See the [module](crate::package) for an example. The archive is read to its end, after the last
/// member too, unless a finding stops it; only then [`is_complete`](Self::is_complete) can be true.
#[derive(Debug)]
pub struct Archive<R> {
    input: R,
    parser: Parser,
    findings: Findings,
    buffer: Box<[u8]>,
    /// What of the buffer is not consumed yet.
    start: usize,
    end: usize,
    inside: bool,
    outcome: Option<Outcome>,
}

/// Content of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data<'a> {
    /// The next bytes, at least one and at most 1 MiB.
    Piece(&'a [u8]),
    /// There were no more: the member is complete.
    End,
    /// The reading stopped: the member is not complete, and a finding says why.
    Cut,
}

/// Why there is no archive to read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The input could not be read.
    #[error("the archive could not be read: {0}")]
    Io(#[from] io::Error),
    /// The input is something else.
    #[error("the input is no OVA, which is a tar archive; it is {0}")]
    NotTar(Format),
}

impl<R: Read> Archive<R> {
    /// Reads with the default limits, judges leniently.
    pub fn new(input: R) -> Self {
        Self::with(input, &Limits::default(), Findings::default())
    }

    /// Reads with other limits, and adds to findings.
    pub fn with(input: R, limits: &Limits, findings: Findings) -> Self {
        Self {
            input,
            parser: Parser::new(limits),
            findings,
            buffer: vec![0; PIECE].into_boxed_slice(),
            start: 0,
            end: 0,
            inside: false,
            outcome: None,
        }
    }

    /// The next member, after reading the one before to its end; `None` at the end of the archive
    /// or where the reading stopped.
    ///
    /// # Errors
    ///
    /// When the input cannot be read, or is no tar archive.
    pub fn next_member(&mut self) -> Result<Option<Member>, ArchiveError> {
        loop {
            match self.event()? {
                Step::Member(member) => {
                    self.inside = true;
                    return Ok(Some(member));
                }
                Step::Data(..) => {}
                Step::MemberEnd => self.inside = false,
                Step::Over => return Ok(None),
            }
        }
    }

    /// The next bytes of the member that [`next_member`](Self::next_member) returned last.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn data(&mut self) -> Result<Data<'_>, ArchiveError> {
        if !self.inside {
            return Ok(Data::End);
        }
        match self.event()? {
            Step::Data(from, to) => Ok(Data::Piece(self.buffer.get(from..to).unwrap_or_default())),
            Step::MemberEnd => {
                self.inside = false;
                Ok(Data::End)
            }
            Step::Member(_) | Step::Over => Ok(Data::Cut),
        }
    }

    /// Whether the archive was read to its end without a fault that leaves its content in doubt, or
    /// a ceiling that cut the reading short.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.outcome == Some(Outcome::Complete) && self.findings.is_complete()
    }

    /// How the reading ended; `None` while it has not.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Bytes of the archive examined so far.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.parser.offset()
    }

    /// What was found so far.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The same, to add what the rules about members find.
    pub const fn findings_mut(&mut self) -> &mut Findings {
        &mut self.findings
    }

    /// What was found.
    #[must_use]
    pub fn into_findings(self) -> Findings {
        self.findings
    }

    fn event(&mut self) -> Result<Step, ArchiveError> {
        loop {
            match self.outcome {
                Some(Outcome::NotTar(format)) => return Err(ArchiveError::NotTar(format)),
                Some(Outcome::Complete | Outcome::Broken) => return Ok(Step::Over),
                None => {}
            }
            let rest = self.buffer.get(self.start..self.end).unwrap_or_default();
            let (consumed, event) = self.parser.parse(rest, &mut self.findings);
            let from = self.start;
            self.start = from.saturating_add(consumed);
            match event {
                Event::Member(member) => return Ok(Step::Member(member)),
                Event::Data => return Ok(Step::Data(from, self.start)),
                Event::MemberEnd => return Ok(Step::MemberEnd),
                Event::NotTar(format) => self.outcome = Some(Outcome::NotTar(format)),
                Event::Stopped => self.outcome = Some(Outcome::Broken),
                Event::More => {
                    self.start = 0;
                    self.end = self.read()?;
                    if self.end == 0 {
                        self.outcome = Some(self.parser.finish(&mut self.findings));
                    }
                }
            }
        }
    }

    fn read(&mut self) -> io::Result<usize> {
        // Nothing is left over when the input fails.
        self.end = 0;
        loop {
            match self.input.read(&mut self.buffer) {
                // A reader that claims more than it was given room for is broken.
                Ok(count) if count > self.buffer.len() => {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }
}

/// An event, with data as a range of the buffer.
enum Step {
    Member(Member),
    Data(usize, usize),
    MemberEnd,
    Over,
}

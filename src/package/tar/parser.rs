//! The reader itself, without input and output: bytes are pushed in, events come out.

use super::Member;
use super::assemble::{self, Extension};
use super::format::Format;
use super::header::{self, BLOCK, Block, Header, Role, is_zero};
use super::judge::Judge;
use crate::diagnostic::Code;
use crate::limits::Limits;
use crate::package::finding::{Fault, Field, Findings};

/// Reads an archive from pieces of any length. Memory is bounded by [`Limits`], whatever the size.
///
/// ```
/// use ovf::Limits;
/// use ovf::package::{Event, Findings, Outcome, Parser};
///
/// # let input: &[u8] = &[0; 1024];
/// let mut findings = Findings::default();
/// let mut parser = Parser::new(&Limits::default());
/// let mut rest = input;
/// loop {
///     let (consumed, event) = parser.parse(rest, &mut findings);
///     let (_bytes, after) = rest.split_at(consumed);
///     match event {
///         Event::Member(member) => println!("{}", member.name),
///         Event::Data => { /* `_bytes` are content of the member */ }
///         Event::MemberEnd => { /* it is complete */ }
///         Event::More => break, // here: all input was pushed in
///         Event::NotTar(_) | Event::Stopped => break,
///         _ => {}
///     }
///     rest = after;
/// }
/// assert_eq!(parser.finish(&mut findings), Outcome::Complete);
/// ```
#[derive(Debug)]
pub struct Parser {
    limits: Limits,
    state: State,
    /// The header block being gathered, and how much of it is there.
    block: Block,
    filled: usize,
    /// Offset of the next byte of input.
    offset: u64,
    extension: Option<Extension>,
    /// Members so far, directories among them.
    members: usize,
    /// The name of the member being read.
    current: String,
    judge: Judge,
}

/// What the bytes pushed in were.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The input is used up: push in more, or call [`Parser::finish`].
    More,
    /// A member begins.
    Member(Member),
    /// The bytes consumed, at least one, are content of the member.
    Data,
    /// The member is complete, with what fills up its last block.
    MemberEnd,
    /// The input is no tar archive.
    NotTar(Format),
    /// Nothing more can be read; a finding says why. Every further call says the same.
    Stopped,
}

/// How the reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read and can have been read in one way only.
    Complete,
    /// It stopped before the end, and an error among the findings says why. A member not read to
    /// its end must not be used.
    Broken,
    /// The input is something else.
    NotTar(Format),
}

#[derive(Debug)]
enum State {
    Header,
    /// Gathering an extension header: how many bytes of it and its padding are wanted.
    Extension {
        role: Role,
        size: usize,
        wanted: usize,
        bytes: Vec<u8>,
        at: u64,
    },
    /// Bytes of content left, then of padding.
    Data {
        left: u64,
        padding: u16,
    },
    /// Bytes that fill up the last block of a member.
    Padding {
        left: u16,
        at: u64,
        zero: bool,
    },
    /// One block of zeros was read.
    Zeros,
    /// Two were.
    Tail,
    Broken,
    NotTar(Format),
}

impl Parser {
    /// A reader at the start of an archive.
    #[must_use]
    pub const fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            state: State::Header,
            block: [0; BLOCK],
            filled: 0,
            offset: 0,
            extension: None,
            members: 0,
            current: String::new(),
            judge: Judge::new(),
        }
    }

    /// Offset of the next byte to push in, from the start of the archive.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads from `input` up to the next event: how many bytes were consumed, and the event.
    ///
    /// Push in what was not consumed again, with or without more behind it. Only [`Event::More`]
    /// asks for more; other events may come without any input.
    pub fn parse(&mut self, input: &[u8], out: &mut Findings) -> (usize, Event) {
        let mut rest = input;
        let event = loop {
            match self.step(&mut rest, out) {
                Ok(None) if rest.is_empty() && !self.has_news() => break Event::More,
                Ok(None) => {}
                Ok(Some(event)) => break event,
                Err(fault) => {
                    out.add(*fault);
                    self.state = State::Broken;
                    break Event::Stopped;
                }
            }
        };
        (input.len().saturating_sub(rest.len()), event)
    }

    /// How many bytes there may be before the end of the next header block: what is read up to there
    /// need not be read again, whatever it says.
    pub(in crate::package) fn ahead(&self) -> u64 {
        let block = BLOCK as u64;
        let of_block = BLOCK.saturating_sub(self.filled) as u64;
        match &self.state {
            State::Header | State::Zeros => of_block,
            State::Extension { wanted, .. } => block.saturating_add(*wanted as u64),
            State::Data { left, padding } => {
                left.saturating_add(u64::from(*padding)).saturating_add(block)
            }
            State::Padding { left, .. } => block.saturating_add(u64::from(*left)),
            State::Tail | State::Broken | State::NotTar(_) => u64::MAX,
        }
    }

    /// Leaves out what is left of the content of a member: somebody else reads it.
    pub(in crate::package) const fn skip(&mut self) {
        if let State::Data { left, .. } = &mut self.state {
            self.offset = self.offset.saturating_add(*left);
            *left = 0;
        }
    }

    /// Ends the input: says whether it may end here.
    pub fn finish(&mut self, out: &mut Findings) -> Outcome {
        let fault = match &self.state {
            State::Tail => return Outcome::Complete,
            State::Broken => return Outcome::Broken,
            State::NotTar(format) => return Outcome::NotTar(*format),
            State::Header if self.offset < BLOCK as u64 && !self.begins_as_tar() => {
                let format = Format::by_magic(self.block.get(..self.filled).unwrap_or_default());
                self.state = State::NotTar(format);
                return Outcome::NotTar(format);
            }
            State::Header | State::Zeros if self.filled > 0 => truncated(format_args!(
                "the archive ends after {} of the 512 bytes of a header",
                self.filled
            )),
            State::Header if self.extension.is_some() => truncated(format_args!(
                "the archive ends after an extension header, before its member"
            )),
            State::Header | State::Zeros => {
                let found = if matches!(self.state, State::Zeros) { "one" } else { "none" };
                out.add(
                    Fault::new(
                        Code::TAR_END_MISSING,
                        format_args!("the archive ends with {found} of the two blocks of zeros"),
                    )
                    .at(self.offset)
                    .help("fetch the archive again, or build it with a tool that ends it"),
                );
                self.state = State::Tail;
                return Outcome::Complete;
            }
            State::Extension { .. } => {
                truncated(format_args!("the archive ends in an extension header"))
            }
            State::Data { left: 0, .. } | State::Padding { .. } => {
                truncated(format_args!("the archive ends in the padding of a member"))
                    .member(&self.current)
            }
            State::Data { left, .. } => truncated_content(*left).member(&self.current),
        };
        out.add(fault.at(self.offset));
        self.state = State::Broken;
        Outcome::Broken
    }

    /// Whether a first block that is not whole can be the start of an archive.
    fn begins_as_tar(&self) -> bool {
        let head = self.block.get(..self.filled).unwrap_or_default();
        match Format::by_magic(head) {
            Format::Tar => true,
            Format::Unknown => is_zero(Some(head)),
            _ => false,
        }
    }

    /// Whether there is something to say without any more input.
    const fn has_news(&self) -> bool {
        match &self.state {
            State::Data { left, .. } => *left == 0,
            State::Padding { left, .. } => *left == 0,
            State::Extension { wanted, .. } => *wanted == 0,
            State::Broken | State::NotTar(_) => true,
            State::Header | State::Zeros | State::Tail => false,
        }
    }

    /// Takes one step: as much of `rest` as belongs to one thing.
    fn step(&mut self, rest: &mut &[u8], out: &mut Findings) -> Result<Option<Event>, Stop> {
        match &mut self.state {
            State::Broken => Ok(Some(Event::Stopped)),
            State::NotTar(format) => Ok(Some(Event::NotTar(*format))),
            State::Data { left: 0, padding } => {
                self.state = State::Padding { left: *padding, at: self.offset, zero: true };
                Ok(None)
            }
            State::Data { left, .. } => {
                let here = u64::try_from(rest.len()).unwrap_or(u64::MAX).min(*left);
                *left = left.saturating_sub(here);
                self.take(rest, usize::try_from(here).unwrap_or(usize::MAX));
                Ok((here > 0).then_some(Event::Data))
            }
            State::Padding { left, at, zero } => {
                let here = rest.len().min(usize::from(*left));
                *zero &= is_zero(rest.get(..here));
                *left = left.saturating_sub(u16::try_from(here).unwrap_or(u16::MAX));
                let (left, at, zero) = (*left, *at, *zero);
                self.take(rest, here);
                if left > 0 {
                    return Ok(None);
                }
                if !zero {
                    let fault = padded_with_something("a member").at(at).member(&self.current);
                    self.judge.once(fault, out);
                }
                self.state = State::Header;
                Ok(Some(Event::MemberEnd))
            }
            State::Extension { wanted, bytes, .. } => {
                let here = rest.len().min(*wanted);
                bytes.extend_from_slice(rest.get(..here).unwrap_or_default());
                *wanted = wanted.saturating_sub(here);
                let is_whole = *wanted == 0;
                self.take(rest, here);
                if is_whole {
                    self.extended(out)?;
                }
                Ok(None)
            }
            State::Header | State::Zeros => self.gather(rest, out),
            State::Tail => {
                let Some(at) = rest.iter().position(|&byte| byte != 0) else {
                    self.take(rest, rest.len());
                    return Ok(None);
                };
                self.take(rest, at);
                let message = format_args!("there is more after the end of the archive");
                let fault = Fault::new(Code::DATA_AFTER_END, message).at(self.offset);
                Err(fault.help("cut the archive after its end").into())
            }
        }
    }

    fn take(&mut self, rest: &mut &[u8], count: usize) {
        *rest = rest.get(count..).unwrap_or_default();
        self.offset = self.offset.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// Gathers a block, and reads it when it is whole.
    fn gather(&mut self, rest: &mut &[u8], out: &mut Findings) -> Result<Option<Event>, Stop> {
        let free = self.block.get_mut(self.filled..).unwrap_or_default();
        let here = rest.len().min(free.len());
        for (to, from) in free.iter_mut().zip(rest.iter()) {
            *to = *from;
        }
        self.filled = self.filled.saturating_add(here);
        self.take(rest, here);
        if self.filled < BLOCK {
            return Ok(None);
        }
        self.filled = 0;
        let at = self.offset.saturating_sub(BLOCK as u64);
        let block = self.block;
        let after_zeros = matches!(self.state, State::Zeros);
        if is_zero(Some(&block)) {
            if let Some(extension) = &self.extension {
                return Err(misplaced("the end of the archive").at(extension.at).into());
            }
            self.state = if after_zeros { State::Tail } else { State::Zeros };
            return Ok(None);
        }
        if after_zeros {
            let message = format_args!("one block of zeros stands before something else");
            let fault =
                Fault::new(Code::LONE_ZERO_BLOCK, message).help("build the archive in one go");
            return Err(fault.at(at.saturating_sub(BLOCK as u64)).into());
        }
        if at == 0 {
            let format = Format::of(&block);
            if format != Format::Tar {
                self.state = State::NotTar(format);
                return Ok(Some(Event::NotTar(format)));
            }
        }
        let header = header::read(&block).map_err(|fault| self.named(fault.at(at), &block))?;
        match header.role {
            Role::Pax | Role::LongName => self.begin_extension(&header, at).map(|()| None),
            Role::File | Role::Directory => self.begin_member(header, at, out).map(Some),
        }
    }

    /// A fault of a header with the name of its member, as far as it is known.
    fn named(&self, fault: Fault<'static>, block: &Block) -> Fault<'static> {
        if !header::checksum_fits(block) {
            return fault;
        }
        let long = self.extension.as_ref().and_then(|extension| extension.name.as_deref());
        let short = block.get(..100).and_then(|name| name.split(|&byte| byte == 0).next());
        let name = String::from_utf8_lossy(long.or(short).unwrap_or_default()).into_owned();
        if name.is_empty() { fault } else { fault.owned_member(name) }
    }

    fn begin_extension(&mut self, header: &Header, at: u64) -> Result<(), Stop> {
        if self.extension.is_some() {
            return Err(misplaced("another extension header").at(at).into());
        }
        let most = self.limits.extension_bytes;
        let padded = usize::try_from(header.size)
            .ok()
            .filter(|size| *size <= most)
            .and_then(|size| Some((size, size.checked_add(usize::from(padding(header.size)))?)));
        let Some((size, wanted)) = padded else {
            let what = format_args!(
                "an extension header has {} bytes, more than the {most} that the limit `extension_bytes` allows; reading ends here",
                header.size
            );
            let fault = Fault::new(Code::LIMIT_REACHED, what).at(at);
            return Err(fault
                .help("raise the limit `extension_bytes` if the archive is honest")
                .into());
        };
        // No room is made before the bytes are there: the size is only a claim.
        self.state = State::Extension { role: header.role, size, wanted, bytes: Vec::new(), at };
        Ok(())
    }

    /// An extension header is whole: what it says is kept for the header that follows.
    fn extended(&mut self, out: &mut Findings) -> Result<(), Stop> {
        let state = std::mem::replace(&mut self.state, State::Header);
        let State::Extension { role, size, bytes, at, .. } = state else { return Ok(()) };
        let (carried, padding) = bytes.split_at_checked(size).unwrap_or((&bytes, &[]));
        if !is_zero(Some(padding)) {
            self.judge.once(padded_with_something("an extension header").at(at), out);
        }
        let extension = Extension::read(role, carried, at)?;
        if let Some(oddity) = extension.oddity() {
            self.judge.once(oddity, out);
        }
        self.extension = Some(extension);
        Ok(())
    }

    fn begin_member(
        &mut self,
        mut header: Header,
        at: u64,
        out: &mut Findings,
    ) -> Result<Event, Stop> {
        self.members = self.members.saturating_add(1);
        if self.members > self.limits.members {
            let what = format_args!(
                "the archive has more members than the {} that the limit `members` allows; reading ends here",
                self.limits.members
            );
            let fault = Fault::new(Code::LIMIT_REACHED, what).at(at);
            return Err(fault.help("raise the limit `members` if the archive is honest").into());
        }
        let oddities = std::mem::take(&mut header.oddities);
        let (member, is_utf8) = assemble::member(header, self.extension.take(), at, &self.limits)?;
        for oddity in oddities {
            self.judge.once(oddity.at(at).member(&member.name), out);
        }
        self.judge.format(&member, out);
        self.judge.name(&member, is_utf8, out);
        self.current.clone_from(&member.name);
        self.state = State::Data { left: member.size, padding: padding(member.size) };
        Ok(Event::Member(member))
    }
}

/// The fault that ends the reading, boxed because it is big and rare.
type Stop = Box<Fault<'static>>;

/// The fault of an archive that ends inside a member, after so many bytes of its content.
pub(in crate::package) fn cut(member: &Member, after: u64) -> Fault<'_> {
    truncated_content(member.size.saturating_sub(after))
        .member(&member.name)
        .at(member.data_offset.saturating_add(after))
}

fn truncated_content(left: u64) -> Fault<'static> {
    truncated(format_args!("the archive ends {left} bytes before the end of a member"))
}

fn truncated(message: std::fmt::Arguments<'_>) -> Fault<'static> {
    Fault::new(Code::TAR_TRUNCATED, message).help("fetch the archive again")
}

/// Bytes that fill up the last block of so many.
fn padding(size: u64) -> u16 {
    let whole = size.checked_next_multiple_of(BLOCK as u64).unwrap_or(size);
    u16::try_from(whole.saturating_sub(size)).unwrap_or_default()
}

fn padded_with_something(what: &str) -> Fault<'static> {
    let message = format_args!("the bytes that fill up the last block of {what} are not zero");
    Fault::new(Code::TAR_PADDING_NOT_ZERO, message)
}

fn misplaced(before: &str) -> Fault<'static> {
    let message = format_args!("an extension header stands before {before}, not before a member");
    Fault::new(Code::MISPLACED_EXTENSION_HEADER, message)
        .field(Field::TypeFlag)
        .help("build the archive in one format: `tar --format=ustar`")
}

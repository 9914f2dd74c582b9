//! Which members a package has, and in which order (DSP0243 5.1 and 5.3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::chunks;
use super::finding::{Fault, Findings};
use super::names;
use super::tar::{Member, MemberKind};
use crate::diagnostic::{Code, closest, quoted};
use crate::value::href::{Href, Target};

/// Missing members for which a name that may have been meant is looked for.
const SUGGESTIONS: usize = 20;

/// A `File` of References, as far as the container is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// `ovf:href`, as the descriptor has it.
    pub href: &'a str,
    /// `ovf:size` in bytes.
    pub size: Option<u64>,
    /// `ovf:chunkSize` in bytes; zero is taken for none.
    pub chunk_size: Option<u64>,
}

impl<'a> Reference<'a> {
    /// A file in one piece, of a size that is not known.
    #[must_use]
    pub const fn new(href: &'a str) -> Self {
        Self { href, size: None, chunk_size: None }
    }

    /// The size of a piece, when the file is in pieces.
    pub(super) fn pieces(&self) -> Option<u64> {
        self.chunk_size.filter(|&size| size > 0)
    }

    /// Whether a member of the package is meant: a path relative to the descriptor (RFC 3986 4.2).
    pub(super) fn is_local(&self) -> bool {
        let target = Href::parse(self.href).map(|href| href.target);
        matches!(target, Ok(Target::Path(path)) if !path.starts_with('/'))
    }
}

/// Checks which members there are and how they are ordered, against References.
///
/// `members` are all members in the order of the archive. DSP0243 5.3: the descriptor first; manifest
/// and certificate directly after it or at the end; the rest in the order of References. A folder on
/// disk has no order: pass `ordered` as false for it. Sizes and pieces are for
/// [`check_sizes`](super::check_sizes).
pub fn check_order(
    members: &[Member],
    references: &[Reference<'_>],
    ordered: bool,
    out: &mut Findings,
) {
    check_members(members, references, Extent { ordered, whole: true }, out);
}

/// How the members were gathered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// Whether their order means something.
    pub(super) ordered: bool,
    /// Whether these are all.
    pub(super) whole: bool,
}

/// The same for a package of which more may have been there: what is missing is then not told.
pub(super) fn check_members(
    members: &[Member],
    references: &[Reference<'_>],
    extent: Extent,
    out: &mut Findings,
) {
    let ordered = extent.ordered;
    let missing = |files: &[&Member], out: &mut Findings| {
        if extent.whole {
            missing(files, references, out);
        }
    };
    let known = Known::new(references);
    let mut files: Vec<&Member> = Vec::with_capacity(members.len());
    for member in members {
        if member.kind == MemberKind::Directory {
            add(
                out,
                Code::DIRECTORY_MEMBER,
                member,
                format_args!("the member is a directory"),
                "add the files alone",
            );
        } else {
            files.push(member);
        }
    }
    let Some(descriptor) = descriptor(&files, extent, out) else {
        missing(&files, out);
        return;
    };
    let base = stem(name(descriptor), "ovf").unwrap_or_default();
    let manifest = companion(&files, &MANIFEST, base, &known, out);
    let certificate = companion(&files, &CERTIFICATE, base, &known, out);
    if let (None, Some(certificate)) = (manifest, certificate) {
        let message =
            format_args!("{} signs a manifest, and there is none", quoted(&certificate.name));
        let help = "add the manifest the certificate was made for";
        add(out, Code::CERTIFICATE_WITHOUT_MANIFEST, certificate, message, help);
    }
    let rest: Vec<&Member> =
        files.iter().copied().filter(|&member| !std::ptr::eq(member, descriptor)).collect();
    if ordered && extent.whole {
        place(&rest, manifest, certificate, out);
    }
    payload(&rest, manifest, certificate, &known, ordered, out);
    missing(&files, out);
}

/// Which members are descriptor, manifest and certificate, by the rules above.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles {
    pub(super) descriptor: Option<usize>,
    pub(super) manifest: Option<usize>,
    pub(super) certificate: Option<usize>,
}

impl Roles {
    /// Finds them among the members, with what References lists.
    pub(super) fn of(members: &[&Member], references: &[Reference<'_>]) -> Self {
        let known = Known::new(references);
        let descriptor = members.iter().position(|member| is_descriptor(&member.name));
        let base = descriptor.and_then(|at| stem(name(members.get(at)?), "ovf"));
        let role = |extension: &str| {
            let base = base?;
            let ends_so = |member: &Member| stem(name(member), extension).is_some();
            let own = |member: &Member| stem(name(member), extension) == Some(base);
            members.iter().position(|member| own(member)).or_else(|| {
                members
                    .iter()
                    .position(|member| ends_so(member) && known.position(name(member)).is_none())
            })
        };
        Self { descriptor, manifest: role("mf"), certificate: role("cert") }
    }
}

/// Whether a name is that of a descriptor.
pub(super) fn is_descriptor(member: &str) -> bool {
    stem(names::without_dot(member), "ovf").is_some()
}

/// Whether a name may be that of a manifest.
pub(super) fn is_manifest(member: &str) -> bool {
    stem(names::without_dot(member), "mf").is_some()
}

/// Whether a name may be that of a certificate.
pub(super) fn is_certificate(member: &str) -> bool {
    stem(names::without_dot(member), "cert").is_some()
}

/// Whether a manifest of that name belongs to the descriptor of that name.
pub(super) fn is_own_manifest(manifest: &str, descriptor: &str) -> bool {
    let base = stem(names::without_dot(descriptor), "ovf");
    base.is_some() && stem(names::without_dot(manifest), "mf") == base
}

/// DSP0243 5.1: exactly one descriptor; 5.3: first.
fn descriptor<'m>(files: &[&'m Member], extent: Extent, out: &mut Findings) -> Option<&'m Member> {
    let mut descriptors =
        files.iter().copied().filter(|member| stem(name(member), "ovf").is_some());
    let Some(first) = descriptors.next() else {
        if !extent.whole {
            return None;
        }
        out.add(
            Fault::new(
                Code::NO_DESCRIPTOR,
                format_args!("no member has a name that ends in `.ovf`"),
            )
            .help("add the descriptor as the first member"),
        );
        return None;
    };
    extension_case(first, out);
    for other in descriptors {
        let message = format_args!(
            "{} is a second descriptor beside {}",
            quoted(&other.name),
            quoted(&first.name)
        );
        add(out, Code::SEVERAL_DESCRIPTORS, other, message, "leave one `.ovf` in the package");
    }
    if extent.ordered
        && let Some(before) = files.first().filter(|&&before| !std::ptr::eq(before, first))
    {
        let message =
            format_args!("the first member is {}, not the descriptor", quoted(&before.name));
        add(out, Code::DESCRIPTOR_NOT_FIRST, first, message, "add the descriptor first");
    }
    Some(first)
}

/// Manifest or certificate: what differs between the two.
struct Companion {
    extension: &'static str,
    what: &'static str,
    several: Code,
    mismatch: Code,
}

const MANIFEST: Companion = Companion {
    extension: "mf",
    what: "manifest",
    several: Code::SEVERAL_MANIFESTS,
    mismatch: Code::MANIFEST_NAME_MISMATCH,
};
const CERTIFICATE: Companion = Companion {
    extension: "cert",
    what: "certificate",
    several: Code::SEVERAL_CERTIFICATES,
    mismatch: Code::CERTIFICATE_NAME_MISMATCH,
};

/// DSP0243 5.1: the manifest or certificate has the base name of the descriptor and is not in
/// References; any other file that ends so is an ordinary one when References lists it.
fn companion<'m>(
    files: &[&'m Member],
    kind: &Companion,
    base: &str,
    known: &Known<'_>,
    out: &mut Findings,
) -> Option<&'m Member> {
    let mut own: Option<&Member> = None;
    let mut others: Vec<&Member> = Vec::new();
    for &member in files {
        let Some(stem) = stem(name(member), kind.extension) else { continue };
        let is_own = stem == base;
        if known.position(name(member)).is_some() {
            if !is_own {
                continue;
            }
            let message = format_args!(
                "the package's own {} {} is listed in References",
                kind.what,
                quoted(&member.name)
            );
            add(out, Code::MANIFEST_IN_REFERENCES, member, message, "take it out of References");
        }
        if is_own && own.is_none() {
            own = Some(member);
        } else {
            others.push(member);
        }
    }
    let mut others = others.into_iter();
    let chosen = match own {
        Some(own) => own,
        None => {
            let other = others.next()?;
            let message = format_args!(
                "the {} is called {}, and the descriptor's base name is {}",
                kind.what,
                quoted(&other.name),
                quoted(base)
            );
            out.add(
                Fault::new(kind.mismatch, message)
                    .member(&other.name)
                    .at(other.header_offset)
                    .help(format!(
                        "rename it to {}",
                        quoted(&format!("{base}.{}", kind.extension))
                    )),
            );
            other
        }
    };
    extension_case(chosen, out);
    for other in others {
        let message = format_args!(
            "{} is a second {} beside {}",
            quoted(&other.name),
            kind.what,
            quoted(&chosen.name)
        );
        add(out, kind.several, other, message, "leave the one with the descriptor's base name");
    }
    Some(chosen)
}

/// DSP0243 5.3: both directly after the descriptor, or both at the end; the manifest first.
fn place(
    rest: &[&Member],
    manifest: Option<&Member>,
    certificate: Option<&Member>,
    out: &mut Findings,
) {
    let pair: Vec<&Member> = [manifest, certificate].into_iter().flatten().collect();
    let same = |found: &[&Member]| {
        found.len() == pair.len()
            && found.iter().zip(&pair).all(|(&found, &wanted)| std::ptr::eq(found, wanted))
    };
    let at_start = rest.get(..pair.len()).is_some_and(same);
    let at_end = rest.len().checked_sub(pair.len()).and_then(|at| rest.get(at..)).is_some_and(same);
    if at_start || at_end {
        return;
    }
    let position = |member: &Member| rest.iter().position(|&other| std::ptr::eq(other, member));
    let help = "put manifest and certificate, in this order, right after the descriptor";
    match (manifest, certificate) {
        (Some(manifest), Some(certificate)) => {
            let apart =
                position(manifest).and_then(|at| at.checked_add(1)) != position(certificate);
            let message = if apart {
                format_args!("the certificate does not follow the manifest")
            } else {
                format_args!(
                    "manifest and certificate stand neither after the descriptor nor at the end"
                )
            };
            let member = if apart { certificate } else { manifest };
            add(out, Code::MANIFEST_OUT_OF_ORDER, member, message, help);
        }
        (Some(member), None) | (None, Some(member)) => {
            let message = format_args!(
                "{} stands neither after the descriptor nor at the end",
                quoted(&member.name)
            );
            add(out, Code::MANIFEST_OUT_OF_ORDER, member, message, help);
        }
        (None, None) => {}
    }
}

/// DSP0243 5.3: the remaining members, in the order of References, and no others.
fn payload(
    rest: &[&Member],
    manifest: Option<&Member>,
    certificate: Option<&Member>,
    known: &Known<'_>,
    ordered: bool,
    out: &mut Findings,
) {
    let mut last: Option<((usize, u64), &Member)> = None;
    let mut said = false;
    for &member in rest {
        let is = |other: Option<&Member>| other.is_some_and(|other| std::ptr::eq(other, member));
        // Surplus descriptors, manifests and certificates have their own findings.
        let is_surplus = || {
            ["ovf", "mf", "cert"].iter().any(|extension| stem(name(member), extension).is_some())
        };
        if is(manifest) || is(certificate) {
            continue;
        }
        let Some(position) = known.position(name(member)) else {
            if !is_surplus() {
                let message = format_args!("{} is not listed in References", quoted(&member.name));
                add(
                    out,
                    Code::EXTRA_MEMBER,
                    member,
                    message,
                    "leave it out, or list it in References",
                );
            }
            continue;
        };
        match last {
            Some((before, after)) if position < before => {
                if ordered && !std::mem::replace(&mut said, true) {
                    let message = format_args!(
                        "{} comes after {}, and References lists it before",
                        quoted(&member.name),
                        quoted(&after.name)
                    );
                    add(
                        out,
                        Code::MEMBERS_OUT_OF_ORDER,
                        member,
                        message,
                        "add the files in the order of References",
                    );
                }
            }
            _ => last = Some((position, member)),
        }
    }
}

/// DSP0243 7.1: every relative `href` has its member. Pieces are not looked at here.
fn missing(files: &[&Member], references: &[Reference<'_>], out: &mut Findings) {
    let present: std::collections::BTreeSet<&str> =
        files.iter().map(|member| name(member)).collect();
    let mut suggestions = 0_usize;
    for reference in
        references.iter().filter(|reference| reference.is_local() && reference.pieces().is_none())
    {
        if spellings(reference.href).any(|spelling| present.contains(spelling.as_ref())) {
            continue;
        }
        let fault = Fault::new(
            Code::MISSING_MEMBER,
            format_args!("no member is called {}", quoted(reference.href)),
        )
        .member(reference.href);
        // Each suggestion looks at many names; nobody reads hundreds of them.
        suggestions = suggestions.saturating_add(1);
        let near = (suggestions <= SUGGESTIONS)
            .then(|| closest(reference.href, present.iter().copied()))
            .flatten();
        out.add(match near {
            Some(near) => fault.help(format!("did you mean {}?", quoted(near))),
            None => fault.help("add the file, or correct its `href`"),
        });
    }
}

/// Where References lists what.
struct Known<'a> {
    /// Names as they are and percent-decoded, with the place in References, and whether in pieces.
    places: BTreeMap<Cow<'a, str>, (usize, bool)>,
}

impl<'a> Known<'a> {
    fn new(references: &[Reference<'a>]) -> Self {
        let mut places = BTreeMap::new();
        for (at, reference) in
            references.iter().enumerate().filter(|(_, reference)| reference.is_local())
        {
            for spelling in spellings(reference.href) {
                places.entry(spelling).or_insert((at, reference.pieces().is_some()));
            }
        }
        Self { places }
    }

    /// The place of a member: of its file in References, and of the piece in the file.
    fn position(&self, member: &str) -> Option<(usize, u64)> {
        if let Some(&(at, _)) = self.places.get(member) {
            return Some((at, 0));
        }
        let (stem, number) = chunks::split_name(member)?;
        let &(at, in_pieces) = self.places.get(stem)?;
        in_pieces.then(|| (at, number.parse().unwrap_or(u64::MAX)))
    }
}

/// The member names a `href` may stand for: as it is, then percent-decoded (RFC 3986 2.1), when that
/// makes a difference.
pub(super) fn spellings(href: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let plain = names::without_dot(href);
    let read = match Href::parse(href).map(|href| href.target) {
        Ok(Target::Path(path)) if path != plain => Some(path),
        _ => None,
    };
    std::iter::once(Cow::Borrowed(plain)).chain(read)
}

/// The name of a member without the `./` some tools put before it.
pub(super) fn name(member: &Member) -> &str {
    names::without_dot(&member.name)
}

/// The name without its extension, if it has that one, in whatever case.
fn stem<'n>(name: &'n str, extension: &str) -> Option<&'n str> {
    let (stem, found) = name.rsplit_once('.')?;
    (found.eq_ignore_ascii_case(extension) && !stem.is_empty() && !stem.ends_with('/'))
        .then_some(stem)
}

fn extension_case(member: &Member, out: &mut Findings) {
    if member
        .name
        .rsplit('.')
        .next()
        .is_some_and(|found| found.bytes().any(|byte| byte.is_ascii_uppercase()))
    {
        let message =
            format_args!("the extension of {} is not in lower case", quoted(&member.name));
        add(out, Code::EXTENSION_CASE, member, message, "write the extension in lower case");
    }
}

pub(super) fn add(
    out: &mut Findings,
    code: Code,
    member: &Member,
    message: std::fmt::Arguments<'_>,
    help: &str,
) {
    out.add(Fault::new(code, message).member(&member.name).at(member.header_offset).help(help));
}

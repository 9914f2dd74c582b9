//! The descriptor of an input, be that an .ovf, an OVA, a folder, base64 of gzip, or standard input.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use ovf::import::Bundle;
use ovf::package::{Archive, ArchiveError, Data, Files as _, MemberKind};
use ovf::value::href::{Href, Target};
use ovf::value::path as safe;
use ovf::{Limits, Source};

use crate::folder::Folder;
use crate::input::{self, Opened, Unreadable};
use crate::package::member_path;
use crate::progress::Progress;
use crate::render::display_name;

/// Members between the descriptor of an archive and the first of References: manifest and certificate
/// (DSP0243 5.3).
const BESIDE: usize = 2;
/// Message bundles read from files of the package: one for each language there is a vendor for.
const MAX_BUNDLES: usize = 100;
/// Bytes of all of them; the largest real one has some 200 KB.
const BUNDLE_BYTES: u64 = 16 << 20;

/// A descriptor, and what was learnt about the package on the way to it.
#[derive(Debug, Default)]
pub struct Descriptor {
    /// What people call it: `vm.ovf`, `folder/vm.ovf`, `package.ova/vm.ovf`, `-`.
    pub name: String,
    /// Its name in the package; none on standard input.
    pub file: Option<String>,
    /// Message bundles in files of the package, as far as they could be found and read.
    pub bundles: Vec<Bundle>,
    /// The same as they are in their files, by name in the package.
    pub bundle_files: Vec<(String, Vec<u8>)>,
    bytes: Vec<u8>,
}

impl Descriptor {
    /// Reads the descriptor of an input. Of an archive no more is read than is needed: up to the
    /// descriptor, which is the first member, and on to message bundles in files, when it has such.
    pub fn read(input: &OsStr, limits: &Limits) -> Result<Self, Unreadable> {
        let name = input::name(input);
        match input::open(input, limits)? {
            Opened::Descriptor(bytes) => {
                let file = Path::new(input).file_name().map(|name| name.to_string_lossy().into());
                let mut read = Self { name, bytes, ..Self::default() };
                if input != "-" {
                    read.file = file;
                    // The files lie where the descriptor does, not where a link to it is.
                    // A pipe has no place at all.
                    let path = std::fs::canonicalize(input).ok();
                    if let Some(folder) = path.as_deref().and_then(Path::parent) {
                        read.look_beside(folder, limits);
                    }
                }
                Ok(read)
            }
            Opened::File { file, bytes } => {
                let progress = Progress::new(&display_name(&name), Some(bytes));
                let input = progress.reading(input::rewound(file)?);
                let read = Self::of_archive(&name, input, limits);
                progress.finish();
                read
            }
            Opened::Stream(input) => {
                let progress = Progress::new(&display_name(&name), None);
                let read = Self::of_archive(&name, progress.reading(input), limits);
                progress.finish();
                read
            }
            Opened::Folder(path) => Self::of_folder(&name, &path, limits),
        }
    }

    /// Its bytes, as they were read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its text.
    pub fn source(&self, limits: &Limits) -> Result<Source<'_>, Unreadable> {
        Ok(Source::decode_with(&self.bytes, limits)?)
    }

    fn of_archive(name: &str, input: impl Read, limits: &Limits) -> Result<Self, Unreadable> {
        let unreadable = |error: ArchiveError| Unreadable::from_archive(&error);
        let mut archive = Archive::with(input, limits, ovf::package::Findings::default());
        let file = loop {
            let Some(member) = archive.next_member().map_err(unreadable)? else {
                return Err(no_descriptor(&archive));
            };
            if member.kind == MemberKind::File && has_extension(&member.name, "ovf") {
                break member.name;
            }
        };
        let bytes = member(&mut archive, input::most_bytes(limits))?;
        let mut read =
            Self { name: member_path(name, &file), file: Some(file), bytes, ..Self::default() };
        // Neither is worth reading the disks for, so the search ends at the first other member.
        let mut next = archive.next_member().map_err(unreadable)?;
        for _ in 0..BESIDE {
            let Some(member) = &next else { break };
            if !read.is_beside(&member.name) {
                break;
            }
            next = archive.next_member().map_err(unreadable)?;
        }
        let mut wanted = Wanted::of(&read.bytes, limits);
        let mut room = BUNDLE_BYTES;
        while let Some(found) = next.filter(|_| !wanted.files.is_empty()) {
            if let Some(language) = wanted.take(&found.name)
                && found.size <= room
            {
                room = room.saturating_sub(found.size);
                let bytes = member(&mut archive, found.size)?;
                read.bundles.extend(bundle(&bytes, language, limits));
                read.bundle_files.push((without_dot(&found.name).to_owned(), bytes));
            }
            next = archive.next_member().map_err(unreadable)?;
        }
        Ok(read)
    }

    fn of_folder(name: &str, path: &Path, limits: &Limits) -> Result<Self, Unreadable> {
        let mut folder = Folder::new(path, Progress::hidden())?;
        let mut found: Vec<String> = folder.list()?;
        // Hidden files are not the package's, but the system's.
        found.retain(|name| has_extension(name, "ovf") && !name.starts_with('.'));
        found.sort_unstable();
        let file = match found.as_slice() {
            [] => {
                return Err(Unreadable::new("it is a directory without a descriptor")
                    .help("name the descriptor, if its name does not end in .ovf"));
            }
            [one] => one.clone(),
            [first, second, ..] => {
                return Err(Unreadable::new(format!(
                    "it is a directory with {} descriptors, `{}` and `{}` among them",
                    found.len(),
                    display_name(first),
                    display_name(second)
                ))
                .help("name the descriptor that is meant"));
            }
        };
        let shown = member_path(name.trim_end_matches('/'), &file);
        let Some(reader) = folder.open(&file)? else {
            return Err(Unreadable::new(format!("`{}` is gone", display_name(&file))));
        };
        let bytes = input::bounded(reader, limits)?;
        let mut read = Self { name: shown, file: Some(file), bytes, ..Self::default() };
        read.look_beside(path, limits);
        Ok(read)
    }

    /// Looks for message bundles in the folder of the descriptor. What cannot be read there is as good as
    /// not there: `ovf verify` tells of it.
    fn look_beside(&mut self, path: &Path, limits: &Limits) {
        let wanted = Wanted::of(&self.bytes, limits);
        if wanted.files.is_empty() {
            return;
        }
        let Ok(mut folder) = Folder::new(path, Progress::hidden()) else { return };
        let mut room = BUNDLE_BYTES;
        for (name, language) in wanted.into_files() {
            let Ok(Some(reader)) = folder.open(&name) else { continue };
            let mut bytes = Vec::new();
            if reader.take(room.saturating_add(1)).read_to_end(&mut bytes).is_err() {
                continue;
            }
            let Some(rest) = room.checked_sub(bytes.len() as u64) else { continue };
            room = rest;
            self.bundles.extend(bundle(&bytes, language, limits));
            self.bundle_files.push((name, bytes));
        }
    }

    /// Whether a name is the manifest's or the certificate's.
    fn is_beside(&self, name: &str) -> bool {
        let base = self.file.as_deref().and_then(|file| stem(file, "ovf"));
        base.is_some() && ["mf", "cert"].iter().any(|extension| stem(name, extension) == base)
    }
}

/// All bytes of the member the archive is at.
fn member<R: Read>(archive: &mut Archive<R>, most: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    loop {
        match archive.data().map_err(|error| Unreadable::from_archive(&error))? {
            Data::Piece(piece) => {
                bytes.extend_from_slice(piece);
                if bytes.len() as u64 > most {
                    return Err(Unreadable::new(format!(
                        "its descriptor has more than {most} bytes, and none within the limits is that long"
                    )));
                }
            }
            Data::End => return Ok(bytes),
            Data::Cut => {
                return Err(Unreadable::new("the archive ends inside the descriptor")
                    .help("get the package again, it was cut off"));
            }
        }
    }
}

fn no_descriptor<R: Read>(archive: &Archive<R>) -> Unreadable {
    let why = match archive.findings().list().first() {
        Some(finding) if !archive.is_complete() => {
            format!(
                "no descriptor was found before the archive had to be given up: {}",
                finding.message
            )
        }
        _ => "no member of the archive is a descriptor".to_owned(),
    };
    Unreadable::new(why).help("see `ovf verify` for all that is wrong with the archive")
}

/// The message bundles a descriptor has in files (DSP0243 10.2).
#[derive(Debug, Default)]
struct Wanted {
    /// Their languages by name.
    files: HashMap<String, Option<String>>,
    /// The names as the descriptor has them in order.
    order: Vec<String>,
}

impl Wanted {
    fn of(descriptor: &[u8], limits: &Limits) -> Self {
        let mut wanted = Self::default();
        // Whoever checks the descriptor tells what is wrong with it.
        let Ok(source) = Source::decode_with(descriptor, limits) else { return wanted };
        let parsed = ovf::xml::parse(source.text(), limits);
        let attribute = |node: ovf::xml::Node<'_, '_>, name: &str| {
            let found = node.attributes().find(|attribute| attribute.local() == name);
            found.map(|attribute| attribute.value().into_owned())
        };
        let bundles = || {
            parsed
                .tree
                .elements()
                .filter(|node| node.local() == "Strings")
                .filter_map(|node| Some((attribute(node, "fileRef")?, attribute(node, "lang"))))
        };
        let ids: HashSet<String> = bundles().map(|(id, _)| id).take(MAX_BUNDLES).collect();
        if ids.is_empty() {
            return wanted;
        }
        let files: HashMap<String, String> = parsed
            .tree
            .elements()
            .filter(|node| node.local() == "File")
            .filter_map(|node| Some((attribute(node, "id")?, attribute(node, "href")?)))
            .filter(|(id, _)| ids.contains(id))
            .collect();
        for (id, language) in bundles().take(MAX_BUNDLES) {
            let Some(name) = files.get(&id).and_then(|href| local_path(href)) else { continue };
            if wanted.files.insert(name.clone(), language).is_none() {
                wanted.order.push(name);
            }
        }
        wanted
    }

    /// The language of a file that is wanted, which is then wanted no more.
    fn take(&mut self, name: &str) -> Option<Option<String>> {
        self.files.remove(without_dot(name))
    }

    fn into_files(mut self) -> impl Iterator<Item = (String, Option<String>)> {
        std::mem::take(&mut self.order).into_iter().filter_map(move |name| {
            let language = self.files.remove(&name)?;
            Some((name, language))
        })
    }
}

/// The name of the file a reference means, when that is one of the package and safe to open.
pub fn local_path(href: &str) -> Option<String> {
    let Ok(Href { target: Target::Path(path), .. }) = Href::parse(href) else { return None };
    safe::check(&path).is_ok().then(|| path.into_owned())
}

fn bundle(bytes: &[u8], language: Option<String>, limits: &Limits) -> Option<Bundle> {
    let source = Source::decode_with(bytes, limits).ok()?;
    let mut bundle = Bundle::read(&source)?;
    bundle.language = bundle.language.or(language);
    Some(bundle)
}

fn has_extension(name: &str, extension: &str) -> bool {
    stem(name, extension).is_some()
}

/// A name without its extension, when it has that one; letter case counts for nothing in it.
fn stem<'n>(name: &'n str, extension: &str) -> Option<&'n str> {
    let (stem, found) = without_dot(name).rsplit_once('.')?;
    found.eq_ignore_ascii_case(extension).then_some(stem)
}

fn without_dot(name: &str) -> &str {
    name.trim_start_matches("./")
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::{Descriptor, Limits};

    const DESCRIPTOR: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References><File ovf:id="disk" ovf:href="disk.vmdk"/><File ovf:id="de" ovf:href="de.msg"/></References>
      <Strings xml:lang="de" ovf:fileRef="de"/>
    </Envelope>"#;
    const BUNDLE: &str = r#"<Strings><Msg msgid="a">Hallo</Msg></Strings>"#;

    /// A member of a ustar archive.
    fn member(name: &str, text: &str) -> Vec<u8> {
        let mut header = vec![0_u8; 512];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, name);
        put(100, "0000644\0");
        put(108, "0000000\0");
        put(116, "0000000\0");
        put(124, &format!("{:011o}\0", text.len()));
        put(136, "00000000000\0");
        put(148, "        ");
        put(156, "0");
        put(257, "ustar\x0000");
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        header.extend_from_slice(text.as_bytes());
        header.resize(header.len().next_multiple_of(512), 0);
        header
    }

    /// Fails where nobody should read on.
    struct Wall;

    impl Read for Wall {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("read too far"))
        }
    }

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        members.iter().flat_map(|(name, text)| member(name, text)).collect()
    }

    fn read(members: &[(&str, &str)]) -> Result<Descriptor, super::Unreadable> {
        let input = io::Cursor::new(archive(members)).chain(Wall);
        Descriptor::of_archive("p.ova", input, &Limits::default())
    }

    #[test]
    fn no_more_of_an_archive_is_read_than_needed() {
        let plain = DESCRIPTOR.replace("fileRef", "other");
        let found = read(&[("vm.ovf", &plain), ("vm.mf", ""), ("disk.vmdk", "disk")]).unwrap();
        assert_eq!(found.name, "p.ova/vm.ovf");
        assert_eq!(found.bytes, plain.as_bytes());
    }

    #[test]
    fn bundles_are_looked_for_behind_the_disks() {
        let members =
            [("vm.ovf", DESCRIPTOR), ("disk.vmdk", "disk"), ("./de.msg", BUNDLE), ("x", "")];
        let found = read(&members).unwrap();
        assert_eq!(found.bundles.len(), 1);
        assert_eq!(found.bundles[0].language.as_deref(), Some("de"));
        assert_eq!(found.bundles[0].messages["a"], "Hallo");
        let error = read(&members[..2]).unwrap_err();
        assert!(error.why.contains("read too far"), "{}", error.why);
    }

    #[test]
    fn an_archive_that_is_cut_off_is_told() {
        let mut bytes = archive(&[("vm.ovf", DESCRIPTOR)]);
        bytes.truncate(600);
        let error = Descriptor::of_archive("p", bytes.as_slice(), &Limits::default()).unwrap_err();
        assert!(error.why.contains("ends inside the descriptor"), "{}", error.why);
        let mut bytes = archive(&[("disk.vmdk", "disk")]);
        bytes.resize(bytes.len() + 1024, 0);
        let error = Descriptor::of_archive("p", bytes.as_slice(), &Limits::default()).unwrap_err();
        assert_eq!(error.why, "no member of the archive is a descriptor");
    }
}

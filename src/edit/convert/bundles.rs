//! Message bundles (DSP0243 10): those in files are written into the descriptor, for a document of messages
//! came with 1.1; and those that rely on the language of the envelope say it themselves.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{Work, attributes};
use crate::diagnostic::{Code, Severity, quoted};
use crate::edit::cut;
use crate::limits::Limits;
use crate::model::{Element, MessageBundle};
use crate::namespace::{Namespace, OVF_1};
use crate::source::Source;
use crate::span::Span;
use crate::xml::{self, escape_attribute, escape_text};

/// A file of messages.
struct File {
    language: Option<String>,
    /// Ids and texts in document order, each id once.
    messages: Vec<(String, String)>,
    /// Bytes of ids and texts.
    bytes: usize,
}

/// Why messages of a file are not written into the descriptor.
#[derive(Clone, Copy)]
enum Obstacle {
    NoFile,
    NotGiven,
    NotXml,
    NoBundle,
    LeadsOn,
    TooLong(usize),
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoFile => f.write_str("no File has that id"),
            Self::NotGiven => f.write_str("the file was not given"),
            Self::NotXml => f.write_str("the file given is not well-formed"),
            Self::NoBundle => f.write_str("the file given is no message bundle"),
            Self::LeadsOn => f.write_str("the file given leads on to another"),
            Self::TooLong(limit) => {
                write!(f, "with them the bundles would have more than {limit} bytes")
            }
        }
    }
}

pub(super) fn convert(
    work: &mut Work<'_, '_, '_>,
    given: &HashMap<String, &Source<'_>>,
    limits: &Limits,
) {
    let envelope = work.envelope;
    let own = envelope
        .root()
        .attribute_in(Namespace::Xml, "lang")
        .map(|language| language.value())
        .filter(|language| !attributes::is_default_language(language));
    // The same file may be named again and again: it is read once, and what is written is bounded.
    let mut read: HashMap<String, Result<File, Obstacle>> = HashMap::new();
    let mut room = limits.text_bytes;
    for bundle in envelope.message_bundles() {
        let mut language = own.as_deref();
        if let Some(file_ref) = bundle.file_ref() {
            let id = file_ref.value();
            let href = envelope.file(&id).and_then(|file| file.href()).map(|href| href.value());
            let file = match &href {
                None => Err(Obstacle::NoFile),
                Some(href) => match read
                    .entry(href.clone().into_owned())
                    .or_insert_with(|| read_file(given.get(&**href).copied(), limits))
                {
                    Ok(file) if file.bytes > room => Err(Obstacle::TooLong(limits.text_bytes)),
                    Ok(file) => Ok(&*file),
                    Err(obstacle) => Err(*obstacle),
                },
            };
            let name = href.unwrap_or(id);
            match file {
                Ok(file) => {
                    room = room.saturating_sub(file.bytes);
                    language = file.language.as_deref().or(language);
                    inline(work, bundle, file, &name);
                }
                Err(obstacle) => {
                    work.findings
                        .add(
                            Code::LOST_BUNDLE,
                            file_ref.value_span(),
                            format_args!("the messages in {} are lost: {obstacle}", quoted(&name)),
                        )
                        .help(format_args!(
                            "give the file, so that they are written into the descriptor"
                        ))
                        .done();
                    if bundle.messages().next().is_none() {
                        let text = envelope.tree().text();
                        work.changes.remove(cut::element(text, bundle.element().node()));
                        continue;
                    }
                }
            }
            for file_ref in attributes::named(bundle.element(), "fileRef") {
                attributes::remove(work, file_ref);
            }
        }
        if let Some(language) = language
            && bundle.language().is_none()
        {
            let at = bundle.element().name_span().end;
            work.changes.insert(at, format!(" xml:lang=\"{}\"", escape_attribute(language)));
        }
    }
}

/// Reads a file of messages: a document with the root `Strings`, in a namespace of OVF or in none.
fn read_file(source: Option<&Source<'_>>, limits: &Limits) -> Result<File, Obstacle> {
    let source = source.ok_or(Obstacle::NotGiven)?;
    let parsed = xml::parse(source.text(), limits);
    let is_error = |severity: Severity| severity == Severity::Error;
    if !parsed.complete || parsed.diagnostics.iter().any(|found| is_error(found.severity)) {
        return Err(Obstacle::NotXml);
    }
    let root =
        parsed.tree.root().filter(|root| root.is_local("Strings")).ok_or(Obstacle::NoBundle)?;
    if root.attributes().any(|attribute| attribute.is_local("fileRef")) {
        return Err(Obstacle::LeadsOn);
    }
    let language = root.attributes().find(|attribute| attribute.is_local("lang"));
    let mut file = File {
        language: language.map(|language| language.value().into_owned()),
        messages: Vec::new(),
        bytes: 0,
    };
    let mut known = HashSet::new();
    for message in root.children().filter(|child| child.is_local("Msg")) {
        let Some(id) = message.attributes().find(|attribute| attribute.is_local("msgid")) else {
            continue;
        };
        // Of two messages with one id the first counts.
        if known.insert(id.value()) {
            let (id, text) = (id.value().into_owned(), message.text().into_owned());
            file.bytes = file.bytes.saturating_add(id.len()).saturating_add(text.len());
            file.messages.push((id, text));
        }
    }
    Ok(file)
}

/// Writes the messages of a file into the bundle that names it.
fn inline(work: &mut Work<'_, '_, '_>, bundle: MessageBundle<'_, '_>, file: &File, name: &str) {
    let element = bundle.element();
    let text = work.envelope.tree().text();
    if let Some(file_ref) = bundle.file_ref() {
        work.findings
            .add(
                Code::INLINED_BUNDLE,
                file_ref.value_span(),
                format_args!("the messages in {} are written into the descriptor", quoted(name)),
            )
            .help(format_args!("remove the File {}, if nothing else uses it", quoted(name)))
            .done();
    }
    let in_file: HashSet<&str> = file.messages.iter().map(|(id, _)| &**id).collect();
    for message in bundle.messages() {
        let Some(id) = message.msgid() else { continue };
        if in_file.contains(&*id.value()) {
            work.findings
                .add(
                    Code::REPLACED_MESSAGE,
                    id.value_span(),
                    format_args!(
                        "the message {} gives way to the one in {}",
                        quoted(&id.value()),
                        quoted(name)
                    ),
                )
                .help(format_args!("remove the one that is not wanted"))
                .done();
            work.changes.remove(cut::element(text, message.element().node()));
        }
    }
    if file.messages.is_empty() {
        return;
    }
    let Qualified { prefix, declaration } = Qualified::of(element);
    if let Some(declaration) = declaration {
        work.changes.insert(element.name_span().end, declaration);
    }
    let layout = Layout::of(text, bundle);
    let tag = element_name(element, "Msg");
    let mut messages = String::new();
    for (id, message) in &file.messages {
        let id = escape_attribute(id);
        let message = escape_text(message);
        // Writing into a string cannot fail.
        let _ =
            write!(messages, "{}<{tag} {prefix}msgid=\"{id}\">{message}</{tag}>", layout.inside);
    }
    let start_tag = element.start_tag();
    let node = element.node();
    if node.span() == start_tag {
        let slash = start_tag.end.saturating_sub(2);
        let from = cut::blanks_before(text, slash, cut::is_white);
        let end = format!(">{messages}{}</{}>", layout.outside, node.name());
        work.changes.replace(Span::new(from, start_tag.end), end);
    } else {
        let content = text.get(node.content().range()).unwrap_or_default();
        if content.is_empty() {
            messages.push_str(&layout.outside);
        }
        work.changes.insert(start_tag.end, messages);
    }
}

/// A name with the prefix of another element.
fn element_name(element: Element<'_, '_>, local: &str) -> String {
    match element.node().prefix() {
        "" => local.to_owned(),
        prefix => format!("{prefix}:{local}"),
    }
}

/// How attributes of OVF are written on an element.
struct Qualified<'s> {
    /// With its colon; empty for a descriptor without namespaces.
    prefix: Cow<'s, str>,
    /// What has to be declared for it, with a blank before.
    declaration: Option<String>,
}

impl<'s> Qualified<'s> {
    fn of(element: Element<'_, 's>) -> Self {
        let bound = element.node().in_scope();
        let known = bound.iter().find(|(prefix, uri)| !prefix.is_empty() && *uri == OVF_1);
        if let Some((prefix, _)) = known {
            return Self { prefix: format!("{prefix}:").into(), declaration: None };
        }
        if element.node().namespace().is_empty() {
            return Self { prefix: Cow::Borrowed(""), declaration: None };
        }
        // One of these is free: there is one more than prefixes are bound.
        let free = (0..=bound.len())
            .map(|n| if n == 0 { "ovf".to_owned() } else { format!("ovf{n}") })
            .find(|name| bound.iter().all(|(prefix, _)| prefix != name))
            .unwrap_or_default();
        Self {
            prefix: format!("{free}:").into(),
            declaration: Some(format!(" xmlns:{free}=\"{OVF_1}\"")),
        }
    }
}

/// The white space before messages, and before the end tag of their bundle.
struct Layout {
    inside: String,
    outside: String,
}

impl Layout {
    fn of(text: &str, bundle: MessageBundle<'_, '_>) -> Self {
        let indent = |element: Element<'_, '_>| {
            text.get(cut::indent(text, element.node()).range()).unwrap_or_default()
        };
        let outside = indent(bundle.element()).to_owned();
        let sibling = bundle.messages().next().map(|message| indent(message.element()));
        let inside = match sibling {
            Some(sibling) => sibling.to_owned(),
            None if outside.is_empty() => String::new(),
            None if outside.ends_with('\t') => format!("{outside}\t"),
            None => format!("{outside}  "),
        };
        Self { inside, outside }
    }
}

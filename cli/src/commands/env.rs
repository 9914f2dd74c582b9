//! `ovf env`.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE};
use ovf::import::environment::{Environment, Issue, Platform};
use ovf::import::{Choices, Deployment};
use ovf::model::{OstNode, OstNodeType};
use ovf::report::{Valid, Validator};
use ovf::{Envelope, Limits, Severity, Source};

use super::reading::{valid, with_choices};
use super::{Console, Status};
use crate::choices;
use crate::descriptor::Descriptor;
use crate::input::{self, Opened, Unreadable};
use crate::render::{Format, display_name, visible};

/// Systems listed when one of them has to be named.
const LISTED: usize = 20;

/// Print the OVF environment of a machine: the document its guest is given
#[derive(Debug, clap::Args)]
#[command(after_help = choices::AFTER_HELP)]
#[group(skip)]
pub struct Args {
    /// A descriptor, an OVA, a package directory, base64 of gzip; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// The machine, by its id, or by the ids from below the envelope down: `shop/web`. Needed when there
    /// are several
    #[arg(long, value_name = "ID|PATH")]
    system: Option<String>,
    /// What the platform tells about itself: kind, version, vendor, locale, timezone (minutes ahead of UTC)
    #[arg(long, value_name = "WHAT=VALUE", value_parser = fact)]
    platform: Vec<(Fact, String)>,
    /// Write to a file. A new one is readable by its owner alone, for passwords stand in the document
    #[arg(long, value_name = "FILE")]
    output: Option<OsString>,
    /// Instead of printing it, check that this document is the one for the machine; values are not compared
    #[arg(long, value_name = "DOCUMENT", conflicts_with_all = ["platform", "output"])]
    check: Option<OsString>,
    #[command(flatten)]
    choices: choices::Args,
}

/// What a platform tells about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    Kind,
    Version,
    Vendor,
    Locale,
    Timezone,
}

/// Reads `WHAT=VALUE`.
fn fact(text: &str) -> Result<(Fact, String), String> {
    let known = "kind, version, vendor, locale, timezone";
    let Some((name, value)) = text.split_once('=') else {
        return Err(format!("write what it is, `=` and the value; it is one of {known}"));
    };
    let fact = match name {
        "kind" => Fact::Kind,
        "version" => Fact::Version,
        "vendor" => Fact::Vendor,
        "locale" => Fact::Locale,
        "timezone" if value.parse::<i32>().is_ok() => Fact::Timezone,
        "timezone" => return Err("it is a whole number of minutes ahead of UTC".to_owned()),
        _ => return Err(format!("there is no `{}`; it is one of {known}", visible(name))),
    };
    Ok((fact, value.to_owned()))
}

fn platform(facts: &[(Fact, String)]) -> Platform {
    let mut platform = Platform::default();
    for (fact, value) in facts {
        let slot = match fact {
            Fact::Kind => &mut platform.kind,
            Fact::Version => &mut platform.version,
            Fact::Vendor => &mut platform.vendor,
            Fact::Locale => &mut platform.locale,
            Fact::Timezone => {
                platform.timezone = value.parse().ok();
                continue;
            }
        };
        *slot = Some(value.clone());
    }
    platform
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    with_choices(&args.input, &args.choices, console, |descriptor, source, choices, console| {
        write(args, descriptor, source, choices, console)
    })
}

fn write(
    args: &Args,
    descriptor: &Descriptor,
    source: &Source<'_>,
    choices: &Choices,
    console: &mut Console,
) -> io::Result<Status> {
    let Some(envelope) = valid(descriptor, source, console)? else { return Ok(Status::Errors) };
    let system = match find(&envelope, args.system.as_deref()) {
        Ok(system) => system,
        Err((message, help)) => {
            console.complain(&message, help.as_deref())?;
            return Ok(Status::Unusable);
        }
    };
    if let Some(document) = &args.check {
        return check(document, system, &Limits::default(), console);
    }
    let platform = platform(&args.platform);
    let Some(environment) = Environment::of(&envelope, choices, system, &platform) else {
        console.complain("only machines have an environment", None)?;
        return Ok(Status::Unusable);
    };
    tell(&display_name(&descriptor.name), &environment.issues, console)?;
    let document = environment.to_xml();
    match &args.output {
        None => write!(console.out, "{document}")?,
        Some(file) => {
            if let Err(error) = save(file, &document) {
                let shown = display_name(&input::name(file));
                let why = Unreadable::from(error).why;
                console.complain(&format!("cannot write `{shown}`: {why}"), None)?;
                return Ok(Status::Unusable);
            }
        }
    }
    Ok(if environment.is_sound() { Status::Clean } else { Status::Errors })
}

/// Checks a document beside the machine it is for.
fn check(
    document: &OsStr,
    system: OstNode<'_, '_>,
    limits: &Limits,
    console: &mut Console,
) -> io::Result<Status> {
    let name = input::name(document);
    let bytes = match input::open(document, limits) {
        Ok(Opened::Descriptor(bytes)) => Ok(bytes),
        Ok(_) => Err(Unreadable::new("it is no document, but a package")),
        Err(error) => Err(error),
    };
    let source = bytes
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|bytes| Source::decode_with(bytes, limits).map_err(Unreadable::from));
    let source = match source {
        Ok(source) => source,
        Err(error) => return console.unreadable(&name, &error),
    };
    let validator = Validator::new().limits(*limits);
    let report = validator.check_environment(&source, Some(system));
    let mut renderer = Format::Text.renderer();
    renderer.checked(&mut console.out, &name, &report)?;
    renderer.finish(&mut console.out)?;
    Ok(if report.counts().error == 0 { Status::Clean } else { Status::Errors })
}

/// The machine that is named, or the only one. The error is a message and what may help.
fn find<'e, 's>(
    envelope: &'e Valid<Envelope<'s>>,
    wanted: Option<&str>,
) -> Result<OstNode<'e, 's>, (String, Option<String>)> {
    let mut systems =
        envelope.ost_nodes().filter(|node| node.node_type() == OstNodeType::VirtualSystem);
    let list = || {
        let all = envelope.ost_nodes();
        let systems = all.filter(|node| node.node_type() == OstNodeType::VirtualSystem);
        let mut list = String::new();
        for (at, system) in systems.enumerate() {
            if at == LISTED {
                list.push_str(", …");
                break;
            }
            let comma = if at == 0 { "" } else { ", " };
            let _ = write!(list, "{comma}`{}`", visible(&Deployment::path(system)));
        }
        list
    };
    let Some(wanted) = wanted else {
        let Some(first) = systems.next() else {
            return Err(("there is no machine in it".to_owned(), None));
        };
        let more = systems.count();
        if more == 0 {
            return Ok(first);
        }
        return Err((
            format!("there are {} machines in it", more.saturating_add(1)),
            Some(format!("name one with --system: {}", list())),
        ));
    };
    let named = |node: &OstNode<'_, '_>| {
        node.node_type() != OstNodeType::Envelope
            && (node.id() == wanted || Deployment::path(*node) == wanted)
    };
    match envelope.ost_nodes().find(named) {
        Some(node) if node.node_type() == OstNodeType::VirtualSystem => Ok(node),
        Some(_) => Err((
            format!("`{}` is a collection, and only machines have an environment", visible(wanted)),
            Some(format!("name a machine: {}", list())),
        )),
        None => Err((
            format!("there is no machine `{}` in it", visible(wanted)),
            Some(format!("name one of these: {}", list())),
        )),
    }
}

/// Tells on standard error what is doubtful.
fn tell(name: &str, issues: &[Issue], console: &mut Console) -> io::Result<()> {
    let mut err = console.stderr();
    for issue in issues {
        let style = match issue.severity() {
            Severity::Error => DEFAULT_ERROR_STYLE,
            Severity::Warning => DEFAULT_WARNING_STYLE,
            Severity::Info => DEFAULT_INFO_STYLE,
        };
        writeln!(err, "{}: {issue}", err.paint(style, issue.severity().as_str()))?;
        if let Some(line) = issue.line {
            writeln!(err, "  --> {name}:{line}")?;
        }
    }
    err.flush()
}

/// Writes a document with passwords in it.
fn save(file: &OsStr, document: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(document.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::{Fact, fact, platform};

    #[test]
    fn facts_are_read() {
        assert_eq!(
            fact("vendor=VMware, Inc. = x"),
            Ok((Fact::Vendor, "VMware, Inc. = x".to_owned()))
        );
        assert_eq!(fact("timezone=-150").unwrap().0, Fact::Timezone);
        let platform = platform(&[(Fact::Kind, "a".to_owned()), (Fact::Timezone, "90".to_owned())]);
        assert_eq!((platform.kind.as_deref(), platform.timezone), (Some("a"), Some(90)));
    }

    #[test]
    fn wrong_facts_say_what_is_right() {
        assert!(fact("kind").unwrap_err().contains("kind, version"));
        assert!(fact("timezone=UTC+2").unwrap_err().contains("minutes"));
        assert!(fact("colour=red").unwrap_err().contains("`colour`"));
    }
}

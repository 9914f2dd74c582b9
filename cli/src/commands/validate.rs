//! `ovf validate`.

use std::ffi::OsString;
use std::io;

use clap::ValueEnum;
use ovf::report::Validator;
use ovf::{Code, Limits, Policy, Severity, Source, Strictness, Target};

use super::{Console, Status};
use crate::codes;
use crate::input::{self, Unreadable};
use crate::render::Format;

/// Check descriptors
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Descriptors: XML or base64 of its gzip; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<OsString>,
    /// Judge deviations that importers put up with as errors
    #[arg(long)]
    strict: bool,
    /// Who is going to import the package
    #[arg(long, value_enum, value_name = "TARGET", default_value_t = For::Standard)]
    target: For,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How much a code matters: error, warning, info or off. May be repeated, the last one wins
    #[arg(long = "level", value_name = "CODE=LEVEL", value_parser = level)]
    levels: Vec<(Code, Option<Severity>)>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum For {
    /// Nobody in particular: the standard alone
    Standard,
    /// VMware vSphere (vCenter and ESXi)
    Vsphere,
    /// VMware vCloud Director
    Vcloud,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let limits = Limits::default();
    let validator = args.validator(limits);
    let mut renderer = args.format.renderer();
    let mut status = Status::Clean;
    for input in &args.inputs {
        let name = input::name(input);
        let bytes = input::read(input, &limits);
        let source = bytes
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|bytes| Source::decode_with(bytes, &limits).map_err(Unreadable::from));
        match source {
            Ok(source) => {
                let report = validator.check(&source);
                renderer.checked(&mut console.out, &name, &report)?;
                if report.counts().error > 0 {
                    status = status.max(Status::Errors);
                }
            }
            Err(error) => {
                status = status.max(console.unreadable(&name, &error)?);
                renderer.unreadable(&mut console.out, &name, &error)?;
            }
        }
    }
    renderer.finish(&mut console.out)?;
    Ok(status)
}

impl Args {
    fn validator(&self, limits: Limits) -> Validator {
        let strictness = if self.strict { Strictness::Strict } else { Strictness::Lenient };
        let target = match self.target {
            For::Standard => Target::Standard,
            For::Vsphere => Target::VSphere,
            For::Vcloud => Target::VCloud,
        };
        let policy = Policy::new().strictness(strictness).target(target);
        let validator = Validator::new().policy(policy).limits(limits);
        self.levels
            .iter()
            .fold(validator, |validator, &(code, severity)| validator.level(code, severity))
    }
}

/// Reads `CODE=LEVEL`.
fn level(text: &str) -> Result<(Code, Option<Severity>), String> {
    let (code, level) = text
        .split_once('=')
        .ok_or("write the code, `=` and the level, for example `unknown-file-ref=warning`")?;
    let severity = match level {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        "off" => None,
        _ => return Err(format!("there is no level `{level}`; it is error, warning, info or off")),
    };
    Ok((codes::parse(code)?, severity))
}

#[cfg(test)]
mod tests {
    use ovf::{Code, Severity};

    use super::level;

    #[test]
    fn levels_are_read() {
        let code = Code::NOT_AN_ENVELOPE;
        assert_eq!(level("OVF2001=info"), Ok((code, Some(Severity::Info))));
        assert_eq!(level("not-an-envelope=off"), Ok((code, None)));
    }

    #[test]
    fn wrong_levels_say_what_is_right() {
        assert!(level("OVF2001").unwrap_err().contains("`unknown-file-ref=warning`"));
        assert!(level("OVF2001=fatal").unwrap_err().contains("error, warning, info or off"));
        assert!(level("not-an-envelop=off").unwrap_err().contains("did you mean OVF2001"));
    }
}

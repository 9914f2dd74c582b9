//! How findings are judged: the options that all checking commands have.

use clap::ValueEnum;
use ovf::report::Validator;
use ovf::{Code, Limits, Policy, Severity, Strictness, Target};

use crate::codes;

/// How findings are judged.
#[derive(Debug, clap::Args)]
pub struct Judging {
    /// Judge deviations that importers put up with as errors
    #[arg(long)]
    strict: bool,
    /// Who is going to import the package
    #[arg(long, value_enum, value_name = "TARGET", default_value_t = For::Standard)]
    target: For,
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

impl Judging {
    /// The validator that judges so.
    pub fn validator(&self, limits: Limits) -> Validator {
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

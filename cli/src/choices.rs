//! What whoever deploys decides, as arguments: `--set`, `--set-file`, `--set-env`, `--accept-eula`,
//! `--locale`, `--bundle`.

mod setting;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::str::FromStr;

use ovf::Source;
use ovf::import::{Bundle, Choices, EulaAcceptance};

use self::setting::Setting;
use crate::input::{self, Opened, Unreadable};
use crate::render::{display_name, visible};

/// Bytes a value read from a file may have: vSphere keeps 65535 characters of a property, and a certificate
/// chain or an SSH key ring has a few times ten thousand.
const MAX_VALUE_BYTES: u64 = 1 << 20;

/// What is decided. To be flattened into the arguments of a command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Choices")]
pub struct Args {
    /// Decide something: `property:KEY=VALUE`, `network:NAME=TARGET`, `option=ID`; see below
    #[arg(long, value_name = "WHAT=VALUE")]
    set: Vec<Given>,
    /// The same with the value in a file, `-` being standard input: what is on a command line everybody on
    /// this machine can read
    #[arg(long, value_name = "WHAT=FILE")]
    set_file: Vec<Given>,
    /// The same with the value in an environment variable
    #[arg(long, value_name = "WHAT=VARIABLE")]
    set_env: Vec<Given>,
    /// Accept every licence of the package
    #[arg(long)]
    accept_eula: bool,
    /// Let vCenter extensions be registered
    #[arg(long)]
    accept_extensions: bool,
    /// The language texts are wanted in, as `de` or `de-DE`
    #[arg(long, value_name = "LANGUAGE")]
    locale: Option<String>,
    /// A message bundle that is not in the package, an XML file with the root `Strings`
    #[arg(long, value_name = "FILE")]
    bundle: Vec<OsString>,
}

/// What `--set` takes, for the end of a command's help.
pub const AFTER_HELP: &str = "\
What can be set:
  property:KEY=VALUE         a property by its full key, [CLASS.]KEY[.INSTANCE], or PATH/FULL.KEY for one system
  network:NAME=TARGET        what a network of the descriptor becomes
  option=ID                  the deployment option
  name=NAME                  the name of the machine or vApp
  annotation=TEXT            its annotation
  ip-policy=POLICY           how addresses are given out: dhcpPolicy, fixedPolicy, …
  ip-protocol=PROTOCOL       IPv4 or IPv6
  disk-provisioning=TYPE     how disks are laid out: thin, thick, …
  datastore:ID=TARGET        where a disk or storage group goes
  storage-profile:ID=TARGET  which storage policy a disk or storage group gets
  scale-out:ID=COUNT         how many machines a scale-out section makes
  extra-config:KEY=keep      take over this vmw:ExtraConfig and no other; `drop` leaves it out
A `=` in WHAT is written `\\=`. A value may contain anything.";

/// A call that is wrong, and what may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// One line. It never has a value in it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Wrong {
    fn new(message: String) -> Self {
        Self { message, help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn unreadable(name: &OsStr, error: Unreadable) -> Self {
        let message = format!("cannot read `{}`: {}", display_name(&input::name(name)), error.why);
        Self { message, help: error.help }
    }
}

impl Args {
    /// The choices of a command that reads `input`. Files and standard input are read for values, and
    /// bundles.
    pub fn choices(&self, input: &OsStr) -> Result<Choices, Wrong> {
        self.choices_with(input, &mut Surroundings)
    }

    fn choices_with(&self, input: &OsStr, from: &mut impl Values) -> Result<Choices, Wrong> {
        let mut choices = Choices::new();
        choices.locale.clone_from(&self.locale);
        choices.accept_extensions = self.accept_extensions;
        if self.accept_eula {
            choices.eulas = EulaAcceptance::All;
        }
        let mut known = BTreeSet::new();
        let mut stdin_is_taken = input == "-";
        let flags =
            [("--set", &self.set), ("--set-file", &self.set_file), ("--set-env", &self.set_env)];
        for (flag, given) in flags {
            for given in given {
                let (target, value) = setting::split(flag, &given.0)?;
                if !known.insert(target.clone()) {
                    return Err(Wrong::new(format!("`{}` is set twice", target.shown()))
                        .help("keep one of the two"));
                }
                let value = match flag {
                    "--set-file" => {
                        if value == "-" && std::mem::replace(&mut stdin_is_taken, true) {
                            return Err(Wrong::new(format!(
                                "the value of `{}` cannot be read from standard input, which something else is read from",
                                target.shown()
                            ))
                            .help("read one of the two from a file"));
                        }
                        from.file(value)?
                    }
                    "--set-env" => from.variable(value)?,
                    _ => value.to_owned(),
                };
                Setting { target, value }.apply(&mut choices)?;
            }
        }
        for name in &self.bundle {
            choices.bundles.push(bundle(name)?);
        }
        Ok(choices)
    }
}

/// Reads a message bundle.
fn bundle(name: &OsStr) -> Result<Bundle, Wrong> {
    let limits = ovf::Limits::default();
    let bytes = match input::open(name, &limits) {
        Ok(Opened::Descriptor(bytes)) => bytes,
        Ok(_) => return Err(Wrong::unreadable(name, Unreadable::new("it is no file of its own"))),
        Err(error) => return Err(Wrong::unreadable(name, error)),
    };
    let source = Source::decode_with(&bytes, &limits)
        .map_err(|error| Wrong::unreadable(name, Unreadable::from(error)))?;
    Bundle::read(&source).ok_or_else(|| {
        Wrong::new(format!("`{}` is no message bundle", display_name(&input::name(name))))
            .help("a bundle is an XML document whose root is `Strings`")
    })
}

/// A setting as it was given. It may hold a secret, so only what is set is ever shown.
#[derive(Clone)]
struct Given(String);

impl FromStr for Given {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.0.split('=').next().unwrap_or_default();
        write!(f, "{what:?}=…")
    }
}

/// Where values come from that do not stand on the command line.
trait Values {
    fn file(&mut self, name: &str) -> Result<String, Wrong>;
    fn variable(&mut self, name: &str) -> Result<String, Wrong>;
}

struct Surroundings;

impl Values for Surroundings {
    fn file(&mut self, name: &str) -> Result<String, Wrong> {
        let wrong = |error: io::Error| Wrong::unreadable(OsStr::new(name), Unreadable::from(error));
        if name == "-" {
            return value(name, io::stdin());
        }
        if std::fs::metadata(name).map_err(wrong)?.is_dir() {
            return Err(Wrong::unreadable(OsStr::new(name), Unreadable::new("it is a directory")));
        }
        value(name, File::open(name).map_err(wrong)?)
    }

    fn variable(&mut self, name: &str) -> Result<String, Wrong> {
        // Asking for the variable of an empty name, or of one with these, is a panic on some systems.
        let value = if name.is_empty() || name.contains(['=', '\0']) {
            None
        } else {
            std::env::var_os(name)
        };
        let Some(value) = value else {
            return Err(Wrong::new(format!(
                "the environment variable `{}` is not set",
                visible(name)
            )));
        };
        value.into_string().map_err(|_| {
            Wrong::new(format!("the environment variable `{}` is no UTF-8", visible(name)))
        })
    }
}

/// The value in a file: all its text but for one line end at its end, which editors and `echo` put there.
fn value(name: &str, reader: impl Read) -> Result<String, Wrong> {
    let wrong = |error: Unreadable| Wrong::unreadable(OsStr::new(name), error);
    let mut bytes = Vec::new();
    reader
        .take(MAX_VALUE_BYTES.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(Unreadable::from(error)))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_VALUE_BYTES {
        return Err(wrong(Unreadable::new(format!(
            "it has more than {MAX_VALUE_BYTES} bytes, and no value is that long"
        ))));
    }
    let mut text = String::from_utf8(bytes)
        .map_err(|_| wrong(Unreadable::new("it is no UTF-8, so it is no value")))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests;

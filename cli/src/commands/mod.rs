//! The commands, one file each.

mod completions;
mod convert;
mod env;
mod explain;
mod import_spec;
mod inspect;
mod judging;
mod manifest;
mod names;
mod params;
mod preview;
mod reading;
mod rules;
mod time;
mod tree;
mod validate;
mod verify;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

use crate::input::Unreadable;
use crate::output::{Output, complain};
use crate::render::display_name;

/// Reads OVF packages and says everything that is wrong with them, with line, clause and cure.
#[derive(Debug, Parser)]
#[command(name = "ovf", version, styles = STYLES, max_term_width = 100, after_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Validate(validate::Args),
    Verify(verify::Args),
    Manifest(manifest::Args),
    Tree(tree::Args),
    Params(params::Args),
    Env(env::Args),
    ImportSpec(import_spec::Args),
    Names(names::Args),
    Convert(convert::Args),
    Inspect(inspect::Args),
    Preview(preview::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Completions(completions::Args),
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::BrightGreen.on_default().bold())
    .usage(AnsiColor::BrightGreen.on_default().bold())
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Exit status: 0 no error-level finding, 1 at least one, 2 an input could not be read or the call is wrong.";

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set; elsewhere only if CLICOLOR_FORCE is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What a run came to. The worst of several inputs counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// No finding is an error.
    Clean,
    /// At least one is.
    Errors,
    /// An input could not be read, or the call is wrong.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Errors => 1,
            Status::Unusable => 2,
        })
    }
}

/// What every command is given: the way out.
pub struct Console {
    /// Standard output.
    pub out: Output,
    color: ColorChoice,
}

impl Console {
    /// Tells on standard error what went wrong and what may help. What was found so far is shown first.
    pub fn complain(&mut self, message: &str, help: Option<&str>) -> io::Result<()> {
        self.out.flush()?;
        complain(self.color, message, help);
        Ok(())
    }

    /// Tells that an input could not be read.
    pub fn unreadable(&mut self, name: &str, error: &Unreadable) -> io::Result<Status> {
        let message = format!("cannot read `{}`: {}", display_name(name), error.why);
        self.complain(&message, error.help.as_deref())?;
        Ok(Status::Unusable)
    }

    /// Standard error, for more than a sentence.
    pub fn stderr(&self) -> Output {
        Output::stderr(self.color)
    }
}

impl Cli {
    /// Runs the command and gives the exit status.
    pub fn run(self) -> ExitCode {
        let color = match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        let mut console = Console { out: Output::stdout(color), color };
        let result = match self.command {
            Command::Validate(args) => validate::run(&args, &mut console),
            Command::Verify(args) => verify::run(&args, &mut console),
            Command::Manifest(args) => manifest::run(&args, &mut console),
            Command::Params(args) => params::run(&args, &mut console),
            Command::Tree(args) => tree::run(&args, &mut console),
            Command::Env(args) => env::run(&args, &mut console),
            Command::ImportSpec(args) => import_spec::run(&args, &mut console),
            Command::Names(args) => names::run(&args, &mut console),
            Command::Convert(args) => convert::run(&args, &mut console),
            Command::Inspect(args) => inspect::run(&args, &mut console),
            Command::Preview(args) => preview::run(&args, &mut console),
            Command::Explain(args) => explain::run(&args, &mut console),
            Command::Rules(args) => rules::run(&args, &mut console),
            Command::Completions(args) => completions::run(&args, &mut console),
        };
        match result.and_then(|status| console.out.flush().map(|()| status)) {
            Ok(status) => status.into(),
            Err(error) => {
                complain(color, &format!("cannot write the result: {error}"), None);
                Status::Unusable.into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Cli, Status};

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_worst_status_wins() {
        let worst = [Status::Errors, Status::Unusable, Status::Clean].into_iter().max();
        assert_eq!(worst, Some(Status::Unusable));
    }
}

//! `ovf completions`.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Console, Status};

/// Print the completion script for a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    // clap_complete panics when its writer fails, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ovf", &mut script);
    console.out.write_all(&script)?;
    Ok(Status::Clean)
}

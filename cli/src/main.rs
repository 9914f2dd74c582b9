//! The command line of `ovf`.
#![allow(unreachable_pub, reason = "nothing of a binary can be reached; `pub` says what a module offers")]

mod codes;
mod commands;
mod input;
mod output;
mod render;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    commands::Cli::parse().run()
}

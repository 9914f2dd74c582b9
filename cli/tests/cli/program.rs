//! Runs the program as a user would.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run came to.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, at the root of the repository, without anything of the environment that changes its output.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovf"));
    command
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("CLICOLOR")
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs it with something on standard input.
pub(crate) fn ovf_with(args: &[&str], stdin: &[u8]) -> Run {
    finish(command(args), stdin)
}

/// Runs it.
pub(crate) fn ovf(args: &[&str]) -> Run {
    ovf_with(args, b"")
}

/// Starts a command, feeds it and waits for its end.
pub(crate) fn finish(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    let feeder = std::thread::spawn(move || {
        // It may end without having read everything.
        let _ = pipe.write_all(&stdin);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

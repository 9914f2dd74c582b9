//! `ovf validate`: exit status, inputs, options, and what must never happen.

use crate::program::{command, finish, ovf, ovf_with};

const CLEAN: &str = "testdata/cli/clean.ovf";
/// One error.
const TWINS: &str = "testdata/cli/minified.ovf";
/// Two warnings that are errors when strict, and two passwords.
const PASSWORD: &str = "testdata/cli/password.ovf";
const MISSING: &str = "testdata/cli/no-such-file.ovf";
const FORMATS: [&str; 5] = ["text", "json", "sarif", "github", "vsphere"];

#[test]
fn the_exit_status_is_that_of_the_worst_input() {
    for (args, status) in [
        (&[CLEAN][..], 0),
        (&[PASSWORD], 0),
        (&[TWINS], 1),
        (&[MISSING], 2),
        (&[TWINS, CLEAN], 1),
        (&[MISSING, CLEAN], 2),
        (&[MISSING, TWINS], 2),
        (&[TWINS, MISSING], 2),
        (&["--strict", PASSWORD], 1),
        (&["--level", "missing-info=error", PASSWORD], 1),
        (&["--strict", "--level", "OVF2023=warning", PASSWORD], 0),
        (&["--level", "2022=off", TWINS], 0),
        (&["--level", "2022=off", "--level", "2022=error", TWINS], 1),
        (&["--level", "no-such-code=off", CLEAN], 2),
        (&["--target", "xen", CLEAN], 2),
        (&[], 2),
    ] {
        for format in FORMATS {
            let args: Vec<&str> =
                ["validate", "--format", format].iter().chain(args).copied().collect();
            let run = ovf(&args);
            assert_eq!(run.status, status, "{args:?}\n{}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn an_input_that_cannot_be_read_does_not_stop_the_others() {
    let run = ovf(&["validate", MISSING, CLEAN, "testdata/no-such-directory", TWINS]);
    assert_eq!(run.stderr.matches("error: cannot read `").count(), 2, "{}", run.stderr);
    assert!(
        run.stdout.contains("clean.ovf: valid") && run.stdout.contains("minified.ovf: 1 error"),
        "{}",
        run.stdout
    );
}

#[test]
fn standard_input_is_an_input() {
    let run = ovf_with(&["validate", "-"], b"<Envelope/>");
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("--> <stdin>:1:2\n"), "{}", run.stdout);
}

#[test]
fn an_endless_input_is_given_up() {
    let run = ovf_with(&["validate", "-"], &vec![b' '; (128 << 20) + (64 << 10) + 1]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("it has more than 134283264 bytes"), "{}", run.stderr);
}

#[test]
fn an_archive_is_told_by_content() {
    let mut tar = vec![0; 2048];
    tar[257..262].copy_from_slice(b"ustar");
    let run = ovf_with(&["validate", "-"], &tar);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("error[OVF6201]"), "{}", run.stdout);
    let run = ovf_with(&["tree", "-"], &tar);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("the archive had to be given up"), "{}", run.stderr);
}

/// The reader of standard output is gone before anything is written: no panic, no complaint, and the
/// status still tells what was found.
#[test]
fn a_closed_pipe_is_no_fault() {
    use std::io::Write as _;
    for (format, args) in FORMATS.map(|format| (format, ["validate", "--format", format, "-"])) {
        let mut child = command(&args).spawn().unwrap();
        drop(child.stdout.take());
        // It waits for its input, so its output is closed by now.
        child.stdin.take().unwrap().write_all(b"<Envelope/>").unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[test]
fn passwords_are_in_no_output() {
    for format in FORMATS {
        let inputs = [PASSWORD, "testdata/examples/web-server.ovf"];
        let run = ovf(&["validate", "--format", format, inputs[0], inputs[1]]);
        for secret in ["correct horse", "battery staple"] {
            assert!(!run.stdout.contains(secret), "{format}: {}", run.stdout);
        }
        // The test would prove nothing if the lines were not shown.
        assert_eq!(
            run.stdout.contains("ovf:value=\"*************\""),
            format == "text",
            "{}",
            run.stdout
        );
        assert_eq!(
            run.stdout.contains("ovf:value=\"**************\""),
            format == "text",
            "{}",
            run.stdout
        );
    }
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let colored = |args: &[&str], variable: Option<(&str, &str)>| {
        let mut command = command(args);
        command.envs(variable);
        finish(command, b"").stdout.contains('\x1b')
    };
    assert!(!colored(&["validate", TWINS], None));
    assert!(colored(&["validate", TWINS], Some(("CLICOLOR_FORCE", "1"))));
    assert!(colored(&["--color", "always", "validate", TWINS], None));
    assert!(colored(&["validate", "--color=always", TWINS], Some(("NO_COLOR", "1"))));
    assert!(!colored(&["validate", "--color=never", TWINS], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["validate", "--format", "json", "--color=always", TWINS], None));
}

/// The input cannot colour, hide or turn around anything.
#[test]
fn nothing_of_the_input_steers_the_terminal() {
    let hostile = "\u{1b}[2J\u{202E}\u{9b}31m\u{200B}\u{7}\u{2028}";
    let input = format!(
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1' a='{hostile}'><{hostile}/><VirtualSystem id='{hostile}'/>"
    );
    for format in ["text", "github"] {
        let run = ovf_with(&["validate", "--format", format, "-", hostile], input.as_bytes());
        let bad = |c: char| c != '\n' && (c.is_control() || hostile.contains(c) && !c.is_ascii());
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(bad), "{format}: {:?}", text);
        }
    }
}

/// 64 MB in one line with more findings than are kept. Were the line copied for each finding, neither
/// the memory allowed here nor anybody's patience would suffice.
#[cfg(target_os = "linux")]
#[test]
fn a_giant_line_with_a_thousand_findings_takes_memory_once() {
    use std::process::{Command, Stdio};
    let mut input = String::from(
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1' xmlns:o='http://schemas.dmtf.org/ovf/envelope/1'>\
         <References/><VirtualSystemCollection o:id='all'><Info/>",
    );
    let filling = "é".repeat(30_000);
    while input.len() < 63 << 20 {
        input.push_str("<VirtualSystem o:id=''><Info/></VirtualSystem><!--");
        input.push_str(&filling);
        input.push_str("-->");
    }
    input.push_str("</VirtualSystemCollection></Envelope>");
    let mut limited = Command::new("sh");
    let inner = command(&["validate", "-"]);
    limited
        .args(["-c", "ulimit -v 600000; exec \"$0\" \"$@\""])
        .arg(inner.get_program())
        .args(inner.get_args());
    limited.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = finish(limited, input.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    let is_finding = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
    assert_eq!(run.stdout.lines().filter(is_finding).count(), 1_000);
    assert!(run.stdout.matches("error[OVF2021]").count() > 100);
    assert!(run.stdout.len() < 2_000_000, "{} bytes", run.stdout.len());
}

//! `ovf rules`.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{Effects, Style};
use clap::ValueEnum;
use ovf::Code;
use ovf::wire::catalogue::{Catalogue, Rule};

use super::explain::severity;
use super::{Console, Status};

/// List every code there is
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// Everything known of each code
    Json,
    /// The catalogue as a document
    Markdown,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let out = &mut console.out;
    match args.format {
        Format::Text => {
            let bold = Style::new().effects(Effects::BOLD);
            let names = Code::all().map(|code| code.name().len()).max().unwrap_or(0);
            for code in Code::all() {
                let id = out.paint(bold, code.id());
                let level = severity(code.level());
                writeln!(out, "{id}  {:names$}  {level:28}  {}", code.name(), code.clause())?;
            }
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &Catalogue::new())?;
            writeln!(out)?;
        }
        Format::Markdown => out.write_all(markdown().as_bytes())?,
    }
    Ok(Status::Clean)
}

/// The catalogue as `docs/rules.md` has it.
fn markdown() -> String {
    let mut text = String::from(
        "# Rules\n\n\
         <!-- made by `ovf rules --format markdown`; do not edit -->\n\n\
         Every finding has one of these codes. A code is never given another meaning. `ovf explain CODE` shows\n\
         one of them, and `--level CODE=error|warning|info|off` changes how much it matters.\n",
    );
    for (block, title) in BLOCKS {
        let codes: Vec<Code> = Code::all().filter(|code| code.id().starts_with(block)).collect();
        if codes.is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\n## {title}\n\n| code | name | severity | clause |\n|---|---|---|---|\n"
        );
        for &code in &codes {
            let (id, name, level) = (code.id(), code.name(), severity(code.level()));
            let _ = writeln!(
                text,
                "| [{id}](#{anchor}) | `{name}` | {level} | {} |",
                code.clause(),
                anchor = anchor(code)
            );
        }
        for code in codes {
            let _ = writeln!(text, "\n### {} {}\n", code.id(), code.name());
            let _ = writeln!(text, "{}", Rule::of(code).manual);
            let _ = writeln!(
                text,
                "\nSeverity: {}. Clause: {}. vSphere: `{}`, `{}`.",
                severity(code.level()),
                code.clause(),
                code.category().as_str(),
                code.fault().as_str()
            );
        }
    }
    text
}

/// Where the heading of a code is found: lower case, blanks as hyphens.
fn anchor(code: Code) -> String {
    format!("{}-{}", code.id().to_lowercase(), code.name())
}

/// The blocks of numbers and what lies in them.
const BLOCKS: &[(&str, &str)] = &[
    ("OVF0", "Decoding and limits"),
    ("OVF1", "XML"),
    ("OVF2", "Envelope and sections"),
    ("OVF3", "References, disks, networks"),
    ("OVF4", "Hardware"),
    ("OVF5", "Properties, deployment options, startup, strings"),
    ("OVF6", "Manifest, certificate, package"),
    ("OVF7", "Sections of vendors"),
    ("OVF8", "What vSphere refuses"),
    ("OVF90", "What vCloud refuses"),
    ("OVF94", "What writing in an earlier version loses"),
];

#[cfg(test)]
mod tests {
    use ovf::Code;

    use super::{BLOCKS, markdown};

    /// `docs/rules.md` is what this version prints. `OVF_BLESS=1 cargo test` rewrites it.
    #[test]
    fn the_document_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md");
        let now = markdown();
        if std::env::var_os("OVF_BLESS").is_some() {
            std::fs::write(path, &now).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == now,
            "docs/rules.md is stale: run `OVF_BLESS=1 cargo test -p ovf-cli`"
        );
    }

    #[test]
    fn every_code_is_in_a_block() {
        for code in Code::all() {
            assert!(BLOCKS.iter().any(|(block, _)| code.id().starts_with(block)), "{code:?}");
        }
    }
}

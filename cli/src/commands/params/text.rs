//! Parameters as tables, for people.

use std::io::{self, Write as _};

use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE, Effects,
    Style,
};
use ovf::import::parameters::{Issue, Parameters, PropertyParameter};

use crate::output::Output;
use crate::render::visible;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Widest column that others are lined up behind.
const COLUMN: usize = 32;

/// Prints what can be chosen, and what is.
pub fn print(out: &mut Output, parameters: &Parameters) -> io::Result<()> {
    overview(out, parameters)?;
    options(out, parameters)?;
    properties(out, &parameters.properties)?;
    networks(out, parameters)?;
    others(out, parameters)
}

/// Prints what is wrong: errors, warnings, and information unless only faults are wanted.
pub fn issues(out: &mut Output, parameters: &Parameters, faults_only: bool) -> io::Result<()> {
    let lists = [
        ("error", DEFAULT_ERROR_STYLE, &parameters.errors),
        ("warning", DEFAULT_WARNING_STYLE, &parameters.warnings),
        ("info", DEFAULT_INFO_STYLE, &parameters.information),
    ];
    let shown = if faults_only { 2 } else { lists.len() };
    for (level, style, list) in lists.into_iter().take(shown) {
        for issue in list {
            tell(out, level, style, issue)?;
        }
    }
    Ok(())
}

fn tell(out: &mut Output, level: &str, style: Style, issue: &Issue) -> io::Result<()> {
    let level = out.paint(style, level);
    writeln!(out, "{level}: {}", visible(&issue.message))?;
    if let Some(help) = &issue.help {
        let title = out.paint(DEFAULT_HELP_STYLE, " help");
        writeln!(out, "{title}: {}", visible(help))?;
    }
    Ok(())
}

fn heading(out: &mut Output, text: &str) -> io::Result<()> {
    let text = out.paint(BOLD, text);
    writeln!(out, "{text}")
}

/// A row: what can be set, to what, of which type that is, and what it is.
struct Row {
    name: String,
    value: String,
    kind: String,
    note: String,
}

impl Row {
    fn new(name: &str, value: &str, note: &str) -> Self {
        Self { name: line(name), value: line(value), kind: String::new(), note: line(note) }
    }
}

/// The text as one line.
fn line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn rows(out: &mut Output, rows: &[Row]) -> io::Result<()> {
    let width = |text: fn(&Row) -> &str| {
        rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0).min(COLUMN)
    };
    let (names, values) = (width(|row| &row.name), width(|row| &row.value));
    let kinds = width(|row| &row.kind);
    let gap = if kinds == 0 { "" } else { "  " };
    for Row { name, value, kind, note } in rows {
        let mut text = format!("  {name:names$}  {value:values$}  {kind:kinds$}{gap}");
        if note.is_empty() {
            text.truncate(text.trim_end().len());
        } else {
            text.push_str(&out.paint(DIM, note));
        }
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn overview(out: &mut Output, parameters: &Parameters) -> io::Result<()> {
    let mut list = vec![Row::new("name", parameters.name.as_deref().unwrap_or("-"), "")];
    if let Some(annotation) = parameters.annotation.as_deref().filter(|text| !text.is_empty()) {
        list.push(Row::new("annotation", annotation, ""));
    }
    let size = |bytes: Option<u64>| bytes.map_or("unknown".to_owned(), bytes_for_people);
    let sizes = parameters.sizes;
    let variable = if sizes.is_variable { "follows from a property" } else { "" };
    list.push(Row::new("download", &size(sizes.download), ""));
    list.push(Row::new("disks, full", &size(sizes.flat), variable));
    list.push(Row::new("disks, data", &size(sizes.sparse), ""));
    heading(out, "Package")?;
    rows(out, &list)
}

/// `1.5 GiB`.
fn bytes_for_people(bytes: u64) -> String {
    const UNITS: [(&str, u32); 4] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let Some((unit, shift)) = UNITS.into_iter().find(|(_, shift)| bytes >> shift > 0) else {
        return format!("{bytes} bytes");
    };
    let whole = bytes >> shift;
    let rest = bytes.wrapping_sub(whole << shift) >> (shift.saturating_sub(10));
    match rest.saturating_mul(10) >> 10 {
        0 => format!("{whole} {unit}"),
        tenth => format!("{whole}.{tenth} {unit}"),
    }
}

fn options(out: &mut Output, parameters: &Parameters) -> io::Result<()> {
    if parameters.deployment_options.is_empty() {
        return Ok(());
    }
    heading(out, "\nDeployment options (option=ID)")?;
    let list: Vec<_> = parameters
        .deployment_options
        .iter()
        .map(|option| {
            let is_selected = parameters.effective_option.as_deref() == Some(&option.id);
            let name = format!("{} {}", if is_selected { "*" } else { " " }, option.id);
            let mut row = Row::new(&option.id, &option.label, &option.description);
            row.name = visible(&name);
            row
        })
        .collect();
    rows(out, &list)
}

fn properties(out: &mut Output, properties: &[PropertyParameter]) -> io::Result<()> {
    if properties.is_empty() {
        return Ok(());
    }
    heading(out, "\nProperties (property:KEY=VALUE)")?;
    let mut list = Vec::new();
    for property in properties {
        if let Some(category) = &property.category {
            rows(out, &std::mem::take(&mut list))?;
            let category = out.paint(DIM, &line(category));
            writeln!(out, "  {category}")?;
        }
        let key = if property.is_unique {
            property.full_key.clone()
        } else {
            format!("{}/{}", property.path, property.full_key)
        };
        let value = match (&property.value, property.has_value) {
            (Some(value), true) => value.as_str(),
            (None, true) => "(secret)",
            (_, false) => "-",
        };
        let label = if property.label.is_empty() { &property.description } else { &property.label };
        let fixed = if property.is_user_configurable { "" } else { ", fixed" };
        let mut row = Row::new(&key, value, "");
        row.kind = format!("{}{fixed}", line(&property.property_type));
        row.note = line(label);
        row.name = format!("  {}", row.name);
        list.push(row);
    }
    rows(out, &list)
}

fn networks(out: &mut Output, parameters: &Parameters) -> io::Result<()> {
    if !parameters.networks.is_empty() {
        heading(out, "\nNetworks (network:NAME=TARGET)")?;
        let list: Vec<_> = parameters
            .networks
            .iter()
            .map(|network| {
                let target = network.target.as_deref().unwrap_or("-");
                let note = if network.is_used { "" } else { "not used" };
                let note = [network.description.as_str(), note];
                let note = note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
                Row::new(&network.name, target, &note.join(", "))
            })
            .collect();
        rows(out, &list)?;
    }
    let ip = &parameters.ip_allocation;
    if ip.is_declared {
        heading(out, "\nAddresses (ip-policy=POLICY, ip-protocol=PROTOCOL)")?;
        let policies: Vec<_> = ip.policies.iter().map(|policy| policy.vim()).collect();
        let protocols: Vec<_> = ip.protocols.iter().map(|protocol| protocol.vim()).collect();
        rows(
            out,
            &[
                Row::new(
                    "policy",
                    ip.policy.map_or("-", |policy| policy.vim()),
                    &policies.join(", "),
                ),
                Row::new(
                    "protocol",
                    ip.protocol.map_or("-", |protocol| protocol.vim()),
                    &protocols.join(", "),
                ),
            ],
        )?;
    }
    Ok(())
}

fn others(out: &mut Output, parameters: &Parameters) -> io::Result<()> {
    let mut list = Vec::new();
    for group in &parameters.storage_groups {
        let target = group.datastore.as_deref().or(group.storage_profile.as_deref());
        list.push(Row::new(&group.id, target.unwrap_or("-"), &group.name));
    }
    section(out, "\nStorage groups (datastore:ID=TARGET, storage-profile:ID=TARGET)", &mut list)?;
    for group in &parameters.scale_out {
        let most = group.maximum.map_or("or more".to_owned(), |maximum| format!("to {maximum}"));
        let note = format!("{} {most}  {}", group.minimum, group.description);
        list.push(Row::new(&group.id, &group.instances.to_string(), &note));
    }
    section(out, "\nInstances (scale-out:ID=COUNT)", &mut list)?;
    for setting in &parameters.extra_config {
        let note = if setting.is_kept { "" } else { "left out" };
        list.push(Row::new(&setting.key, &setting.value, note));
    }
    section(out, "\nExtra configuration (extra-config:KEY=keep|drop)", &mut list)?;
    for unknown in &parameters.unknown_sections {
        list.push(Row::new(&unknown.tag, "", &unknown.info));
    }
    section(out, "\nUnknown sections", &mut list)?;
    if !parameters.eulas.is_empty() {
        heading(out, "\nLicences (--accept-eula)")?;
        for eula in &parameters.eulas {
            let state = if parameters.eulas_accepted { "accepted" } else { "not accepted" };
            writeln!(out, "  {state}: {}", shortened(&line(eula)))?;
        }
    }
    if parameters.extension.required {
        heading(out, "\nExtension of vCenter (--accept-extensions)")?;
        let state = if parameters.extension.accepted { "accepted" } else { "not accepted" };
        writeln!(out, "  {state}")?;
    }
    writeln!(out)
}

fn section(out: &mut Output, title: &str, list: &mut Vec<Row>) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    heading(out, title)?;
    rows(out, &std::mem::take(list))
}

/// The beginning of a licence. All of it is in the JSON.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let begin: String = text.chars().take(SHOWN).collect();
    format!("{begin}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_for_people() {
        for (bytes, want) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1 KiB"),
            (1536, "1.5 KiB"),
            (16 << 30, "16 GiB"),
            (u64::MAX, "16777215.9 TiB"),
        ] {
            assert_eq!(bytes_for_people(bytes), want);
        }
    }
}

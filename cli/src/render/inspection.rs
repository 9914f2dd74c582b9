//! What is inside a package, on one page.

mod facts;

use std::io::{self, Write as _};

use annotate_snippets::renderer::{Effects, Style};
use ovf::import::inspect::{Machine, PropertyInfo, SystemInfo};
use ovf::import::{Choices, Inspection};
use ovf::report::Report;

use self::facts::compare;
use super::table::{Table, bytes, clipped, number_of};
use crate::output::Output;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

/// Characters of a name.
const NAME: usize = 48;
/// Characters of a sentence.
const SENTENCE: usize = 100;
/// Entries of a list that are shown; a page with more is no page.
const ENTRIES: usize = 50;

/// Prints the page.
pub fn inspection<'s>(
    out: &mut Output,
    report: &Report<'s>,
    choices: &Choices,
    found: &Inspection<'_, 's>,
) -> io::Result<()> {
    head(out, found)?;
    systems(out, found)?;
    compare(out, report, choices, found)?;
    networks(out, found)?;
    properties(out, found)?;
    files(out, found)?;
    licences(out, found)?;
    let sizes = found.sizes;
    let shown = |size: Option<u64>| size.map_or_else(|| "unknown".to_owned(), bytes);
    title(out, "Sizes", found.sizes.is_variable.then_some("properties change them"))?;
    writeln!(
        out,
        "  download {}, disks {}, of which {} hold data",
        shown(sizes.download),
        shown(sizes.flat),
        shown(sizes.sparse)
    )
}

fn title(out: &mut Output, text: &str, more: Option<&str>) -> io::Result<()> {
    let text = out.paint(BOLD, text);
    let more = more.map(|more| out.paint(DIM, &format!(" ({more})"))).unwrap_or_default();
    writeln!(out, "{text}{more}")
}

/// Says how many entries of a list are left out.
fn rest(out: &mut Output, count: usize) -> io::Result<()> {
    match count.checked_sub(ENTRIES) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(out, "  … and {more} more"),
    }
}

fn head(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    let name = out.paint(BOLD, &clipped(&found.name, SENTENCE));
    let version =
        found.product().map(|product| clipped(&product.version, NAME)).unwrap_or_default();
    let kind = if found.is_vapp { "vApp" } else { "machine" };
    let standard = found.version.map(|version| format!(", OVF {version}")).unwrap_or_default();
    let kind = out.paint(DIM, &format!("{kind}{standard}"));
    let parts = [name, version, kind];
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    writeln!(out, "{}", parts.join("  "))?;
    if let Some(product) = found.product() {
        let texts =
            [&product.vendor, &product.full_version, &product.product_url, &product.app_url];
        let texts: Vec<_> =
            texts.iter().filter(|text| !text.is_empty()).map(|text| clipped(text, NAME)).collect();
        if !texts.is_empty() {
            writeln!(out, "  {}", texts.join(" · "))?;
        }
    }
    if !found.annotation.is_empty() {
        writeln!(out, "  {}", clipped(&found.annotation, SENTENCE))?;
    }
    Ok(())
}

fn systems(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    let option = found.option.as_deref().map(|id| format!("option {}", clipped(id, NAME)));
    title(out, "Systems", option.as_deref())?;
    for system in found.systems.iter().take(ENTRIES) {
        let indent = 2_usize.saturating_add(system.depth.min(NAME).saturating_mul(2));
        let id = out.paint(BOLD, &clipped(&system.id, NAME));
        let blank = " ".repeat(indent);
        let line = format!("{blank}{id}  {}", about(system));
        writeln!(out, "{}", line.trim_end())?;
        if let Some(machine) = &system.machine {
            let indent = indent.saturating_add(2);
            devices(machine).print(out, indent)?;
            if let Some(others) = others(machine) {
                writeln!(out, "{}also  {others}", " ".repeat(indent))?;
            }
        }
    }
    rest(out, found.systems.len())
}

fn about(system: &SystemInfo) -> String {
    let mut parts = Vec::new();
    if !system.name.is_empty() {
        parts.push(clipped(&system.name, NAME));
    }
    let Some(machine) = &system.machine else {
        parts.push("vApp".to_owned());
        return parts.join(" · ");
    };
    let guest = machine.guest.description.as_ref().or(machine.guest.vmw_type.as_ref());
    parts.extend(guest.map(|guest| clipped(guest, NAME)));
    if !machine.families.is_empty() {
        parts.push(clipped(&machine.families.join(" "), NAME));
    }
    parts.extend(machine.firmware.as_ref().map(|firmware| clipped(firmware, NAME)));
    parts.extend(machine.cpu.map(|cpu| {
        let cores = cpu.cores_per_socket.map(|cores| format!(" ({cores} per socket)"));
        format!("{}{}", number_of(cpu.count, "CPU"), cores.unwrap_or_default())
    }));
    parts.extend(machine.memory.map(|memory| bytes(memory.bytes)));
    parts.join(" · ")
}

fn devices(machine: &Machine) -> Table {
    let mut table = Table::default();
    let shown = |text: &Option<String>| text.as_deref().map(|text| clipped(text, NAME));
    for disk in machine.disks.iter().take(ENTRIES) {
        let slot = disk.slot.map(|slot| format!(":{slot}")).unwrap_or_default();
        let place = shown(&disk.controller).map(|name| format!("{name}{slot}"));
        let group = shown(&disk.storage_group).map(|group| format!("storage group {group}"));
        table.row([
            "disk".to_owned(),
            clipped(&disk.name, NAME),
            disk.capacity.map_or_else(|| "?".to_owned(), bytes),
            shown(&disk.file).unwrap_or_else(|| "empty".to_owned()),
            [place, group].into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]);
    }
    for nic in machine.nics.iter().take(ENTRIES) {
        let connected = (nic.start_connected == Some(false)).then(|| "not connected".to_owned());
        table.row([
            "nic".to_owned(),
            clipped(&nic.name, NAME),
            shown(&nic.model).unwrap_or_default(),
            shown(&nic.network).unwrap_or_else(|| "no network".to_owned()),
            [shown(&nic.mac_address), connected]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        ]);
    }
    for drive in machine.drives.iter().chain(&machine.floppies).take(ENTRIES) {
        table.row([
            drive.kind.to_lowercase(),
            clipped(&drive.name, NAME),
            String::new(),
            shown(&drive.file).unwrap_or_else(|| "empty".to_owned()),
        ]);
    }
    table
}

/// The names of all other devices.
fn others(machine: &Machine) -> Option<String> {
    let mut names: Vec<&str> = machine.controllers.iter().map(|it| it.name.as_str()).collect();
    names.extend(machine.usb_controllers.iter().map(|it| it.name.as_str()));
    names.extend(machine.video_cards.iter().map(|it| it.name.as_str()));
    names.extend(machine.others.iter().map(|it| it.name.as_str()));
    names.truncate(ENTRIES);
    (!names.is_empty()).then(|| clipped(&names.join(", "), SENTENCE))
}

fn networks(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    if found.networks.is_empty() {
        return Ok(());
    }
    let schemes = found.ip_schemes.iter().copied();
    let protocols = found.ip_protocols.iter().map(|protocol| protocol.vim());
    let ways: Vec<_> = schemes.chain(protocols).collect();
    title(out, "Networks", (!ways.is_empty()).then(|| ways.join(", ")).as_deref())?;
    let mut table = Table::default();
    for network in found.networks.iter().take(ENTRIES) {
        table.row([clipped(&network.name, NAME), clipped(&network.description, SENTENCE)]);
    }
    table.print(out, 2)?;
    rest(out, found.networks.len())
}

fn properties(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    if found.properties.is_empty() {
        return Ok(());
    }
    title(out, "Properties", None)?;
    let mut table = Table::default();
    for property in found.properties.iter().take(ENTRIES) {
        table.row([
            clipped(&property.full_key, NAME),
            clipped(&property.vim_type, 32),
            default_of(property, 32),
            if property.user_configurable == Some(true) { "" } else { "fixed" }.to_owned(),
            clipped(&property.label, NAME),
        ]);
    }
    table.print(out, 2)?;
    rest(out, found.properties.len())
}

/// The default, hidden when it is a password.
fn default_of(property: &PropertyInfo, most: usize) -> String {
    match (property.is_masked, property.default.is_empty()) {
        (true, _) => "********".to_owned(),
        (false, true) => "-".to_owned(),
        (false, false) => clipped(&property.default, most),
    }
}

fn files(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    let Some(files) = found.files.as_ref().map(ovf::import::Files::list) else { return Ok(()) };
    if files.is_empty() {
        return Ok(());
    }
    title(out, "Files", None)?;
    let mut table = Table::default();
    for file in files.iter().take(ENTRIES) {
        let mut more: Vec<String> = Vec::new();
        more.extend(file.compression.as_deref().map(|name| clipped(name, NAME)));
        more.extend(file.chunks().map(|chunks| match chunks.count() {
            Some(count) => number_of(count, "piece"),
            None => "in pieces".to_owned(),
        }));
        more.extend((!file.is_used).then(|| "not used".to_owned()));
        table.row([
            clipped(&file.name, NAME),
            file.size.map_or_else(|| "?".to_owned(), bytes),
            file.file_type.to_string(),
            more.join(", "),
        ]);
    }
    table.print(out, 2)?;
    rest(out, files.len())
}

fn licences(out: &mut Output, found: &Inspection<'_, '_>) -> io::Result<()> {
    if found.licences.is_empty() {
        return Ok(());
    }
    title(out, "Licences", Some(&found.licences.len().to_string()))?;
    for licence in found.licences.iter().take(ENTRIES) {
        let first = licence.text.lines().map(str::trim).find(|line| !line.is_empty());
        writeln!(out, "  {}", clipped(first.unwrap_or("empty"), SENTENCE))?;
    }
    rest(out, found.licences.len())
}

//! What differs between deployment options, side by side.

use std::collections::{BTreeMap, HashMap};
use std::io;

use ovf::import::{Choices, Inspection};
use ovf::report::Report;

use super::{ENTRIES, NAME, default_of, rest, title};
use crate::output::Output;
use crate::render::table::{Table, bytes, clipped};

/// Deployment options that are compared: as many columns as a terminal has room for.
const OPTIONS: usize = 8;

/// Prints a table with a column for each deployment option and a row for everything in which they differ.
pub fn compare<'s>(
    out: &mut Output,
    report: &Report<'s>,
    choices: &Choices,
    found: &Inspection<'_, 's>,
) -> io::Result<()> {
    if found.options.is_empty() {
        return Ok(());
    }
    let hidden = found.options.len().saturating_sub(OPTIONS);
    let more = (hidden > 0).then(|| format!("the first {OPTIONS} of {}", found.options.len()));
    title(out, "Deployment options", more.as_deref())?;
    let mut rows = Rows::default();
    let mut heads = vec![String::new()];
    let mut labels = vec![String::new()];
    for (column, option) in found.options.iter().take(OPTIONS).enumerate() {
        let star = if found.default_option.as_ref() == Some(&option.id) { "*" } else { "" };
        heads.push(format!("{}{star}", clipped(&option.id, NAME)));
        labels.push(clipped(&option.label, NAME));
        let mut choices = choices.clone();
        choices.deployment_option = Some(option.id.clone());
        facts(&Inspection::new(report, &choices), &mut |group, fact, value| {
            rows.set(column, group, fact, value);
        });
    }
    let columns = found.options.len().min(OPTIONS);
    let mut table = Table::default();
    table.row(heads);
    table.row(labels);
    let differing: Vec<_> = rows.differing(columns).collect();
    for (fact, values) in differing.iter().take(ENTRIES) {
        let value = |column| values.get(&column).cloned().unwrap_or_else(|| "-".to_owned());
        table.row(std::iter::once((*fact).clone()).chain((0..columns).map(value)));
    }
    table.print(out, 2)?;
    rest(out, differing.len())
}

/// Values by fact and column; facts by group, and in the order they were first told.
#[derive(Default)]
struct Rows {
    order: BTreeMap<usize, Vec<String>>,
    values: HashMap<String, HashMap<usize, String>>,
}

impl Rows {
    fn set(&mut self, column: usize, group: usize, fact: String, value: String) {
        if !self.values.contains_key(&fact) {
            self.order.entry(group).or_default().push(fact.clone());
        }
        self.values.entry(fact).or_default().entry(column).or_insert(value);
    }

    /// The facts that are not the same in all columns.
    fn differing(
        &self,
        columns: usize,
    ) -> impl Iterator<Item = (&String, &HashMap<usize, String>)> {
        self.order.values().flatten().filter_map(move |fact| {
            let values = self.values.get(fact)?;
            let first = values.get(&0);
            (0..columns).any(|column| values.get(&column) != first).then_some((fact, values))
        })
    }
}

/// Tells what may differ: of each machine, of the properties, of the package.
fn facts(found: &Inspection<'_, '_>, tell: &mut dyn FnMut(usize, String, String)) {
    for (group, (system, machine)) in found.machines().enumerate() {
        let mut tell = |fact: String, value: String| tell(group, fact, value);
        let path = clipped(&system.path, NAME);
        if let Some(cpu) = machine.cpu {
            tell(format!("{path} CPUs"), cpu.count.to_string());
        }
        if let Some(memory) = machine.memory {
            tell(format!("{path} memory"), bytes(memory.bytes));
        }
        for disk in &machine.disks {
            let capacity = disk.capacity.map_or_else(|| "?".to_owned(), bytes);
            tell(format!("{path} {}", clipped(&disk.name, NAME)), capacity);
        }
        for nic in &machine.nics {
            let network = nic.network.as_deref().unwrap_or("no network");
            tell(format!("{path} {}", clipped(&nic.name, NAME)), clipped(network, NAME));
        }
        let names = machine.drives.iter().chain(&machine.floppies).map(|drive| &drive.name);
        let names = names.chain(machine.others.iter().map(|device| &device.name));
        let names = names.chain(machine.controllers.iter().map(|device| &device.name));
        for name in names {
            tell(format!("{path} {}", clipped(name, NAME)), "yes".to_owned());
        }
    }
    for property in &found.properties {
        tell(usize::MAX - 1, clipped(&property.full_key, NAME), default_of(property, 24));
    }
    let shown = |size: Option<u64>| size.map_or_else(|| "unknown".to_owned(), bytes);
    tell(usize::MAX, "download".to_owned(), shown(found.sizes.download));
    tell(usize::MAX, "disks".to_owned(), shown(found.sizes.flat));
}

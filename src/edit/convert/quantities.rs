//! `rasd:VirtualQuantityUnits`: the unit of `VirtualQuantity`, which 1.1 has and 1.0 has not.
//!
//! In 1.0 the unit of all amounts of an Item is `AllocationUnits`. Items of one `InstanceID` make up a
//! device together (DSP0243 8.4, 9.8), so they are converted together. A number of processors is a number
//! and has no use for a unit.

use std::collections::HashMap;

use super::Work;
use crate::diagnostic::{Code, quoted};
use crate::edit::cut;
use crate::model::{Element, Hardware, Item, Setting};
use crate::namespace::Namespace;
use crate::span::Span;
use crate::value::number;
use crate::value::unit::{Base, Unit};
use crate::xml::escape_text;

const NAME: &str = "VirtualQuantityUnits";

/// The resource type of processors (DSP0243 8.3, CIM).
const PROCESSOR: u16 = 3;

pub(super) fn convert(work: &mut Work<'_, '_, '_>) {
    for hardware in work.envelope.hardware() {
        for device in devices(hardware) {
            convert_device(work, &device);
        }
    }
}

/// What the Items of one device say of amounts.
struct Row<'e, 's> {
    item: Item<'e, 's>,
    /// Every `VirtualQuantityUnits` in it.
    own: Vec<Element<'e, 's>>,
    /// The unit they say, and whether it can be read.
    own_unit: Option<(String, Option<Unit>)>,
    /// `AllocationUnits`, when it says something.
    allocation: Option<(Element<'e, 's>, Option<Unit>)>,
    /// Whether it has one of the two and nothing in it, which hides what another Item says.
    is_blank: bool,
    /// `Reservation` and `Limit`, whose unit `AllocationUnits` is too.
    others: Vec<Element<'e, 's>>,
}

/// The Items of a section by `InstanceID`, those without one each alone, where one has a unit of its own.
fn devices<'e, 's>(hardware: Hardware<'e, 's>) -> Vec<Vec<Row<'e, 's>>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut devices: Vec<Vec<Row<'e, 's>>> = Vec::new();
    for item in hardware.items() {
        let next = devices.len();
        let place = match item.id() {
            Some(id) => *places.entry(id.into_owned()).or_insert(next),
            None => next,
        };
        let row = Row::new(item);
        match devices.get_mut(place) {
            Some(device) => device.push(row),
            None => devices.push(vec![row]),
        }
    }
    devices.retain(|device| device.iter().any(|row| !row.own.is_empty()));
    devices
}

impl<'e, 's> Row<'e, 's> {
    fn new(item: Item<'e, 's>) -> Self {
        let own = item.element().children().filter(|child| {
            let namespace = child.namespace();
            child.is_local(NAME)
                && (namespace.is_cim() || namespace.is_ovf() || namespace == Namespace::None)
        });
        let said = |element: Element<'e, 's>| {
            let text = number::collapse(&element.text()).to_owned();
            (!text.is_empty()).then(|| (text.clone(), Unit::parse(&text).ok()))
        };
        let own_unit = item.virtual_quantity_units().and_then(said);
        let allocation =
            item.allocation_units().and_then(|element| Some((element, said(element)?.1)));
        Self {
            own: own.collect(),
            is_blank: item.virtual_quantity_units().is_some() && own_unit.is_none()
                || item.allocation_units().is_some() && allocation.is_none(),
            own_unit,
            allocation,
            others: item.reservation().into_iter().chain(item.limit()).collect(),
            item,
        }
    }
}

/// What is done about the unit of a device's quantity.
enum Plan {
    /// `AllocationUnits` says the same, or there is nothing to say.
    Drop,
    /// `AllocationUnits` becomes this in every Item that has a unit of its own.
    Allocate(Unit),
    /// These elements get these texts; of the first Item `AllocationUnits` becomes the unit given.
    Rewrite(Vec<(Span, u64)>, Option<Unit>),
    /// The unit cannot be kept.
    Lose,
}

fn convert_device(work: &mut Work<'_, '_, '_>, device: &[Row<'_, '_>]) {
    let plan = plan(device);
    let text = work.envelope.tree().text();
    for row in device {
        let Some(first) = row.own.first() else { continue };
        tell(work, &plan, row, *first);
        let unit = match &plan {
            Plan::Allocate(unit) => row.own_unit.is_some().then_some(unit),
            Plan::Rewrite(_, unit) => unit.as_ref(),
            Plan::Drop | Plan::Lose => None,
        };
        // Where the new element takes the place of the old one there is nothing left to remove.
        let replaced = unit.and_then(|unit| allocate(work, row, unit));
        for own in row.own.iter().filter(|own| Some(own.start_tag()) != replaced) {
            work.changes.remove(cut::element(text, own.node()));
        }
    }
    if let Plan::Rewrite(numbers, _) = plan {
        for (span, number) in numbers {
            work.changes.replace(span, number.to_string());
        }
    }
}

fn plan(device: &[Row<'_, '_>]) -> Plan {
    let mut units = device.iter().filter_map(|row| row.own_unit.as_ref());
    let Some((_, first)) = units.next() else { return Plan::Drop };
    let is_same = |unit: &Option<Unit>| matches!((unit, first), (Some(a), Some(b)) if same(a, b));
    if device.iter().any(|row| row.item.type_number() == Some(PROCESSOR)) {
        let is_count =
            |unit: &Option<Unit>| unit.is_some_and(|unit| same(&unit, &Unit::one(Base::Count)));
        let all = is_count(first) && units.all(|(_, unit)| is_count(unit));
        return if all { Plan::Drop } else { Plan::Lose };
    }
    // Several units, or one that cannot be read: which of them is meant where is not to be guessed.
    let Some(unit) = first.as_ref().filter(|_| units.all(|(_, unit)| is_same(unit))) else {
        return Plan::Lose;
    };
    if device.len() > 1 && device.iter().any(|row| row.is_blank) {
        return Plan::Lose;
    }
    let agrees = |row: &Row<'_, '_>| row.allocation.as_ref().is_none_or(|(_, unit)| is_same(unit));
    let has_none = |row: &Row<'_, '_>| row.own_unit.is_some() && row.allocation.is_none();
    if device.iter().all(agrees) && !device.iter().any(has_none) {
        return Plan::Drop;
    }
    // `AllocationUnits` may change where nothing else is counted in it, and where no Item without a unit
    // of its own has another one, which would win now.
    let is_free = device.iter().all(|row| row.others.is_empty())
        && device.iter().all(|row| row.own_unit.is_some() || agrees(row))
        && device.iter().all(|row| fits(row, unit));
    if is_free {
        return Plan::Allocate(*unit);
    }
    match device {
        [row] => convert_numbers(row, unit).unwrap_or(Plan::Lose),
        _ => Plan::Lose,
    }
}

/// Whether two units are the same amount of the same thing.
fn same(one: &Unit, other: &Unit) -> bool {
    (one.base, one.numerator, one.denominator) == (other.base, other.numerator, other.denominator)
}

/// Whether a unit can take the place of `AllocationUnits`: it counts the same thing.
fn fits(row: &Row<'_, '_>, unit: &Unit) -> bool {
    match &row.allocation {
        Some((_, Some(old))) => old.base == unit.base || is_data(old) && is_data(unit),
        Some((_, None)) => false,
        None => !is_in_bytes(row) || is_data(unit),
    }
}

/// Whether amounts without a unit are bytes: those of memory and disks.
fn is_in_bytes(row: &Row<'_, '_>) -> bool {
    matches!(row.item.type_number(), Some(4 | 17))
}

const fn is_data(unit: &Unit) -> bool {
    matches!(unit.base, Base::Byte | Base::Bit)
}

/// The quantity in `AllocationUnits`; where that is no whole number, all amounts in the base unit. `None`
/// when that does not do either.
fn convert_numbers(row: &Row<'_, '_>, unit: &Unit) -> Option<Plan> {
    let quantity = row.item.virtual_quantity()?;
    let amount = amount(unit, number::unsigned_long(&quantity.text()).ok()?)?;
    let base = if is_data(unit) { Unit::one(Base::Byte) } else { Unit::one(unit.base) };
    let allocation = match &row.allocation {
        Some((_, unit)) => (*unit)?,
        None if is_in_bytes(row) => Unit::one(Base::Byte),
        // Other amounts without a unit are in the base unit.
        None => base,
    };
    if !(allocation.base == unit.base || is_data(&allocation) && is_data(unit)) {
        return None;
    }
    let place = |element: Element<'_, '_>| element.text_span();
    if let Some(number) = in_unit(amount, &allocation) {
        return Some(Plan::Rewrite(vec![(place(quantity), number)], None));
    }
    let mut numbers = vec![(place(quantity), amount)];
    for other in &row.others {
        let number = number::unsigned_long(&other.text()).ok()?;
        numbers.push((place(*other), self::amount(&allocation, number)?));
    }
    Some(Plan::Rewrite(numbers, Some(base)))
}

/// So many of a unit in its base unit; bits in bytes.
fn amount(unit: &Unit, number: u64) -> Option<u64> {
    match unit.base {
        Base::Bit => unit.bytes(number).ok(),
        _ => unit.amount(number).ok(),
    }
}

/// An amount, of bytes where bits are counted, in a unit, when that is a whole number.
fn in_unit(amount: u64, unit: &Unit) -> Option<u64> {
    let bits = if unit.base == Base::Bit { 8 } else { 1 };
    let amount = u128::from(amount).checked_mul(bits)?.checked_mul(unit.denominator)?;
    let rest = amount.checked_rem(unit.numerator)?;
    let number = amount.checked_div(unit.numerator)?;
    u64::try_from(number).ok().filter(|_| rest == 0)
}

/// Writes a unit into `AllocationUnits` of an Item. Gives the start tag of the element whose place a new
/// one takes, when it is to go anyway.
fn allocate(work: &mut Work<'_, '_, '_>, row: &Row<'_, '_>, unit: &Unit) -> Option<Span> {
    let text = work.envelope.tree().text();
    let unit = unit.to_string();
    let unit = escape_text(&unit);
    let existing =
        row.item.element().children().find(|child| is_setting(*child, Setting::AllocationUnits));
    if let Some(existing) = existing {
        let node = existing.node();
        if node.span() == node.start_tag() {
            let slash = node.start_tag().end.saturating_sub(2);
            let end = format!(">{unit}</{}>", node.name());
            work.changes.replace(Span::new(slash, node.start_tag().end), end);
        } else {
            work.changes.replace(node.content(), unit.into_owned());
        }
        return None;
    }
    // The children stand in the order of their names (DSP0243 8.3): only addresses come before it.
    let is_before =
        |child: &Element<'_, '_>| matches!(child.local(), "Address" | "AddressOnParent");
    let next = row.item.element().children().find(|child| !is_before(child))?;
    let own = row.own.first()?;
    let prefix = match own.node().prefix() {
        "" => String::new(),
        prefix => format!("{prefix}:"),
    };
    let element = format!("<{prefix}AllocationUnits>{unit}</{prefix}AllocationUnits>");
    if row.own.iter().any(|own| own.start_tag() == next.start_tag()) {
        work.changes.replace(next.node().span(), element);
        return Some(next.start_tag());
    }
    let indent = cut::indent(text, next.node());
    let indent = text.get(indent.range()).unwrap_or_default();
    work.changes.insert(next.start_tag().start, format!("{element}{indent}"));
    None
}

fn is_setting(element: Element<'_, '_>, setting: Setting) -> bool {
    element.is_local(setting.as_str()) && (element.namespace().is_cim() || element.is_ovf())
}

fn tell(work: &mut Work<'_, '_, '_>, plan: &Plan, row: &Row<'_, '_>, own: Element<'_, '_>) {
    let Some((written, _)) = &row.own_unit else { return };
    let (code, what) = match plan {
        Plan::Drop => return,
        Plan::Lose => (
            Code::LOST_QUANTITY_UNITS,
            format!("the unit {} of the quantity is lost", quoted(written)),
        ),
        Plan::Allocate(_) => (
            Code::REWRITTEN_QUANTITY,
            format!("{} becomes the unit of allocation", quoted(written)),
        ),
        Plan::Rewrite(_, None) => (
            Code::REWRITTEN_QUANTITY,
            format!("the quantity in {} is written in the unit of allocation", quoted(written)),
        ),
        Plan::Rewrite(_, Some(base)) => (
            Code::REWRITTEN_QUANTITY,
            format!("the quantity in {} and all amounts are written in `{base}`", quoted(written)),
        ),
    };
    let draft = work.findings.add(code, own.text_span(), format_args!("{what}"));
    match (code, &row.allocation) {
        (Code::LOST_QUANTITY_UNITS, Some((element, _))) => draft
            .label(element.text_span(), format_args!("this is taken for its unit"))
            .help(format_args!("write the quantity in `AllocationUnits`"))
            .done(),
        (Code::LOST_QUANTITY_UNITS, None) => {
            draft.help(format_args!("write the quantity in `AllocationUnits`")).done();
        }
        (_, Some((element, _))) => {
            draft.label(element.text_span(), format_args!("the unit of allocation")).done();
        }
        (_, None) => draft.done(),
    }
}

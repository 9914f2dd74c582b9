//! Members of a vApp: when and how they start and stop (DSP0243 9.7).

use super::devices::line;
use super::fault::{Fault, FaultKind};
use super::faults::Faults;
use super::settings;
use super::vapp::EntityConfig;
use crate::model::{OstNode, OstNodeType, StartupItem};
use crate::value::number;
use crate::xml::Attribute;

/// What `StartupSection` of the collection around a member says of it; `None` when it says nothing.
///
/// `tag` is the id of the member, or of one of its instances.
pub(super) fn entity_config(
    item: Option<StartupItem<'_, '_>>,
    node: OstNode<'_, '_>,
    tag: &str,
    faults: &mut Faults,
) -> Option<EntityConfig> {
    let item = item?;
    let is_vapp = node.node_type() == OstNodeType::VirtualSystemCollection;
    let start = action(item, item.start_action(), "startAction", START, "powerOn", faults);
    let stop = action(item, item.stop_action(), "stopAction", STOP, "powerOff", faults);
    // vApps are powered on and off as a whole; their guests go by their own actions.
    let stop = if is_vapp && stop != "none" { "powerOff" } else { stop };
    let mut config = EntityConfig {
        tag: Some(tag.to_owned()),
        start_order: Some(seconds(item.order())),
        start_action: Some(start.to_owned()),
        stop_action: Some(stop.to_owned()),
        ..EntityConfig::default()
    };
    if !is_vapp {
        let waiting = item.waiting_for_guest();
        config.start_delay = Some(seconds(item.start_delay()));
        config.waiting_for_guest =
            Some(waiting.and_then(|waiting| settings::boolean(&waiting.value())).unwrap_or(false));
        config.stop_delay = Some(seconds(item.stop_delay()));
    }
    Some(config)
}

/// Actions of DSP0243 9.7 and those of vSphere's own.
const START: &[&str] = &["none", "powerOn"];
const STOP: &[&str] = &["none", "powerOff", "guestShutdown", "suspend"];

/// The action an item names; the usual one when it names none, or one that vSphere does not have.
fn action(
    item: StartupItem<'_, '_>,
    written: Option<Attribute<'_, '_>>,
    attribute_name: &str,
    known: &[&'static str],
    usual: &'static str,
    faults: &mut Faults,
) -> &'static str {
    let Some(written) = written else { return usual };
    let value = written.value();
    if let Some(action) = known.iter().find(|action| action.eq_ignore_ascii_case(value.trim())) {
        return action;
    }
    let kind = FaultKind::UnsupportedAttributeValue {
        element_name: "Item".to_owned(),
        attribute_name: attribute_name.to_owned(),
        value: value.into_owned(),
    };
    faults.warnings.push(Fault { line: line(item.element()), kind });
    usual
}

/// A number from 0; 0 when it is none.
fn seconds(written: Option<Attribute<'_, '_>>) -> i32 {
    written
        .and_then(|written| number::unsigned_int(&written.value()).ok())
        .and_then(|number| i32::try_from(number).ok())
        .unwrap_or(0)
}

//! Amounts of devices are the same before and after a conversion to 1.0, or the unit is told to be lost.

use ovf::edit::convert::Converter;
use ovf::model::{Bound, Setting};
use ovf::{Code, Source, Validator, Version};
use proptest::prelude::*;

/// An Item of the one device there is.
#[derive(Clone, Debug)]
struct Row {
    attributes: &'static str,
    allocation: Option<&'static str>,
    reservation: Option<u64>,
    quantity: Option<u64>,
    own: Option<&'static str>,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let unit = || {
        prop::option::weighted(
            0.7,
            prop::sample::select(vec![
                "byte",
                "bit * 2^20",
                "byte * 2^20",
                "byte * 2^30",
                "byte * 2^20",
                "byte * 3 / 7",
                "MegaBytes",
                "count",
                "lots",
                "",
            ]),
        )
    };
    let attributes = prop::sample::select(vec![
        "",
        " ovf:configuration=\"large\"",
        " ovf:bound=\"min\"",
        " ovf:bound=\"max\" ovf:configuration=\"large\"",
    ]);
    let amount = |weight| {
        prop::option::weighted(weight, prop_oneof![0..5000_u64, Just(u64::MAX), Just(1 << 40)])
    };
    let row = (attributes, unit(), amount(0.3), amount(0.9), unit()).prop_map(
        |(attributes, allocation, reservation, quantity, own)| Row {
            attributes,
            allocation,
            reservation,
            quantity,
            own,
        },
    );
    prop::collection::vec(row, 1..4)
}

fn descriptor(resource_type: u16, rows: &[Row]) -> String {
    let mut items = String::new();
    for row in rows {
        let child = |name: &str, text: Option<String>| {
            text.map(|text| format!("<rasd:{name}>{text}</rasd:{name}>\n")).unwrap_or_default()
        };
        items += &format!(
            "<Item{}>\n{}<rasd:ElementName>e</rasd:ElementName>\n<rasd:InstanceID>1</rasd:InstanceID>\n{}{}{}{}</Item>\n",
            row.attributes,
            child("AllocationUnits", row.allocation.map(str::to_owned)),
            child("Reservation", row.reservation.map(|n| n.to_string())),
            child("ResourceType", Some(resource_type.to_string())),
            child("VirtualQuantity", row.quantity.map(|n| n.to_string())),
            child("VirtualQuantityUnits", row.own.map(str::to_owned)),
        );
    }
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"
  xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\">
<References/>
<DeploymentOptionSection><Info/><Configuration ovf:id=\"large\"><Label/><Description/></Configuration></DeploymentOptionSection>
<VirtualSystem ovf:id=\"vm\"><Info/><VirtualHardwareSection><Info/>
{items}</VirtualHardwareSection></VirtualSystem></Envelope>"
    )
}

/// All amounts of the device, under each option.
fn amounts(text: &str) -> (Version, Vec<Option<u64>>) {
    let source = Source::from_text(text).unwrap();
    let report = Validator::new().check(&source);
    let envelope = report.envelope().unwrap();
    let mut amounts = Vec::new();
    for option in [None, Some("large")] {
        for hardware in envelope.hardware() {
            for device in hardware.effective(option).devices() {
                for setting in [Setting::VirtualQuantity, Setting::Reservation] {
                    for bound in [Bound::Normal, Bound::Min, Bound::Max] {
                        amounts.push(device.amount(setting, bound));
                    }
                }
            }
        }
    }
    (envelope.version(), amounts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn amounts_stay_or_their_unit_is_told_to_be_lost(
        resource_type in prop::sample::select(vec![3_u16, 4, 10, 17]),
        rows in rows(),
    ) {
        let before = descriptor(resource_type, &rows);
        let source = Source::from_text(&*before).unwrap();
        let report = Validator::new().check(&source);
        let conversion = Converter::new().convert(&report).unwrap();
        let after = conversion.changes().apply(&before).unwrap();
        let (version, now) = amounts(&after);
        prop_assert_eq!(version, Version::V1_0);
        let is_lost =
            conversion.diagnostics().iter().any(|found| found.code == Code::LOST_QUANTITY_UNITS);
        if !is_lost {
            prop_assert_eq!(amounts(&before).1, now, "{}", after);
        }
    }
}

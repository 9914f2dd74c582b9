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

/// What is told of the first Item, its quantity and its unit of allocation afterwards.
fn converted(resource_type: u16, rows: &[Row]) -> (Option<String>, Option<String>, Option<String>) {
    let before = descriptor(resource_type, rows);
    let source = Source::from_text(&*before).unwrap();
    let report = Validator::new().check(&source);
    let conversion = Converter::new().convert(&report).unwrap();
    let after = conversion.changes().apply(&before).unwrap();
    let item = after.split("<Item").nth(1).unwrap();
    let child = |name: &str| {
        let (_, text) = item.split_once(&format!("<rasd:{name}>"))?;
        Some(text.split('<').next().unwrap().to_owned())
    };
    let told = conversion.diagnostics().first().map(|found| found.message.to_string());
    (told, child("VirtualQuantity"), child("AllocationUnits"))
}

#[test]
fn what_becomes_of_a_unit() {
    let row = |allocation, reservation, quantity, own| Row {
        attributes: "",
        allocation,
        reservation,
        quantity: Some(quantity),
        own,
    };
    let lost = "the unit `U` of the quantity is lost";
    let allocated = "`U` becomes the unit of allocation";
    let rewritten = "the quantity in `U` is written in the unit of allocation";
    const MIB: Option<&str> = Some("byte * 2^20");
    type Case<'c> = (u16, &'c [Row], &'c str, (&'c str, &'c str, Option<&'c str>));
    let cases: &[Case<'_>] = &[
        // Of processors there is a number, in every Item of them.
        (3, &[row(None, None, 2, Some("count"))], "count", ("", "2", None)),
        (3, &[row(None, None, 2, Some("hertz"))], "hertz", (lost, "2", None)),
        (
            3,
            &[row(None, None, 2, Some("count")), row(None, None, 3, Some("hertz"))],
            "count",
            (lost, "2", None),
        ),
        (
            3,
            &[row(None, None, 2, Some("hertz")), row(None, None, 3, Some("count"))],
            "hertz",
            (lost, "2", None),
        ),
        // An Item that says nothing where others do hides what they say.
        (
            4,
            &[row(None, None, 2, Some("byte * 2^30")), row(Some(""), None, 3, None)],
            "byte * 2^30",
            (lost, "2", None),
        ),
        (
            4,
            &[row(Some(""), None, 2, Some("byte * 2^30"))],
            "byte * 2^30",
            (allocated, "2", Some("byte * 2^30")),
        ),
        // Bytes and bits are both data; hertz are other things.
        (4, &[row(None, None, 2, Some("count"))], "count", (lost, "2", None)),
        (4, &[row(None, Some(1), 2, Some("count"))], "count", (lost, "2", None)),
        (
            4,
            &[row(None, Some(1), 2, Some("byte * 2^10"))],
            "byte * 2^10",
            (rewritten, "2048", None),
        ),
        (10, &[row(None, None, 2, Some("hertz"))], "hertz", (allocated, "2", Some("hertz"))),
        (
            10,
            &[row(Some("hertz * 10^3"), None, 2, Some("hertz * 10^6"))],
            "hertz * 10^6",
            (allocated, "2", Some("hertz * 10^6")),
        ),
        (10, &[row(MIB, None, 2, Some("hertz"))], "hertz", (lost, "2", MIB)),
        (
            4,
            &[row(MIB, None, 16, Some("bit * 2^20"))],
            "bit * 2^20",
            (allocated, "16", Some("bit * 2^20")),
        ),
        // What is reserved is in the unit of allocation too, so that stays.
        (4, &[row(MIB, Some(1), 16, Some("bit * 2^20"))], "bit * 2^20", (rewritten, "2", MIB)),
        (4, &[row(MIB, Some(1), 2, Some("byte * 2^30"))], "byte * 2^30", (rewritten, "2048", MIB)),
        (
            10,
            &[row(Some("hertz * 10^3"), Some(1), 2, Some("hertz * 10^6"))],
            "hertz * 10^6",
            (rewritten, "2000", Some("hertz * 10^3")),
        ),
        (10, &[row(MIB, Some(1), 2, Some("hertz"))], "hertz", (lost, "2", MIB)),
        // Without a unit amounts are in the base unit of what they count.
        (
            10,
            &[row(None, Some(1), 2, Some("hertz * 10^3"))],
            "hertz * 10^3",
            (rewritten, "2000", None),
        ),
        (10, &[row(Some("hertz"), Some(1), 2, Some("byte"))], "byte", (lost, "2", Some("hertz"))),
    ];
    for (resource_type, rows, unit, (told, quantity, allocation)) in cases {
        let told = told.replace('U', unit);
        let told = (!told.is_empty()).then_some(told);
        let wanted = (told, Some((*quantity).to_owned()), allocation.map(str::to_owned));
        assert_eq!(converted(*resource_type, rows), wanted, "{resource_type} {rows:?}");
    }
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

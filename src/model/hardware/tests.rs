//! Machines from Items: merging, ranges, the device tree.

use super::{Backing, Bound, EffectiveHardware, Setting};
use crate::limits::Limits;
use crate::model::Envelope;
use crate::source::Source;
use crate::xml::Tree;

const OPTIONS: &str = r#"
  <DeploymentOptionSection><Info/>
    <Configuration ovf:id="small"/><Configuration ovf:id="large"/><Configuration ovf:id="huge"/>
  </DeploymentOptionSection>"#;

/// An Item of `NAME VALUE` pairs, with attributes.
fn item(attributes: &str, settings: &[(&str, &str)]) -> String {
    let children: String = settings
        .iter()
        .map(|(name, value)| format!("<rasd:{name}>{value}</rasd:{name}>"))
        .collect();
    format!("<Item {attributes}>{children}</Item>")
}

fn with<T>(options: &str, items: &[String], check: impl Fn(&Envelope<'_>) -> T) -> T {
    let text = format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:vmw="http://www.vmware.com/schema/ovf"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References><File ovf:id="file1" ovf:href="a.iso"/></References>
  <DiskSection><Info/><Disk ovf:diskId="disk1" ovf:capacity="1"/></DiskSection>{options}
  <VirtualSystem ovf:id="vm"><Info/><VirtualHardwareSection><Info/>{}</VirtualHardwareSection></VirtualSystem>
</Envelope>"#,
        items.concat()
    );
    let source = Source::decode(text.as_bytes()).unwrap();
    let mut findings = crate::diagnostic::Findings::new(Default::default(), 10);
    let tree = Tree::read(source.text(), &Limits::default(), &mut findings);
    check(&Envelope::read(&source, tree).unwrap())
}

fn under<'e, 's>(envelope: &'e Envelope<'s>, option: Option<&str>) -> EffectiveHardware<'e, 's> {
    envelope.hardware().next().unwrap().effective(option)
}

/// `ID=QUANTITY` of each device, in order.
fn quantities(hardware: &EffectiveHardware<'_, '_>) -> Vec<String> {
    hardware
        .devices()
        .iter()
        .map(|device| {
            let quantity = device.text(Setting::VirtualQuantity).unwrap_or_default();
            format!("{}={quantity}", device.instance_id().unwrap_or_default())
        })
        .collect()
}

#[test]
fn an_option_takes_the_items_that_name_it_and_those_that_name_none() {
    let items = [
        item("", &[("InstanceID", "1"), ("ResourceType", "3"), ("VirtualQuantity", "1")]),
        item(
            r#"ovf:configuration="small large""#,
            &[("InstanceID", "1"), ("ResourceType", "3"), ("VirtualQuantity", "2")],
        ),
        item(
            r#"ovf:configuration="large""#,
            &[("InstanceID", "1"), ("ResourceType", "3"), ("VirtualQuantity", "8")],
        ),
        item(r#"configuration="small""#, &[("InstanceID", "2"), ("ResourceType", "4")]),
    ];
    with(OPTIONS, &items, |envelope| {
        assert_eq!(quantities(&under(envelope, None)), ["1=1"]);
        assert_eq!(quantities(&under(envelope, Some("small"))), ["1=2", "2="]);
        assert_eq!(quantities(&under(envelope, Some("large"))), ["1=8"], "the later one wins");
        assert_eq!(quantities(&under(envelope, Some("huge"))), ["1=1"], "no Item names it");
        assert_eq!(quantities(&under(envelope, Some("unheard-of"))), ["1=1"]);
    });
}

#[test]
fn items_are_merged_child_by_child() {
    let items = [
        item(
            "",
            &[
                ("ElementName", "memory"),
                ("InstanceID", "2"),
                ("HostResource", "a"),
                ("HostResource", "b"),
                ("ResourceType", "4"),
                ("VirtualQuantity", "512"),
            ],
        ),
        item(
            r#"ovf:configuration="large""#,
            &[
                ("InstanceID", "2"),
                ("HostResource", "c"),
                ("ResourceType", "4"),
                ("VirtualQuantity", "4096"),
            ],
        ),
    ];
    with(OPTIONS, &items, |envelope| {
        let read = |option| {
            let hardware = under(envelope, option);
            let device = hardware.devices()[0];
            assert_eq!(device.name().as_deref(), Some("memory"), "what is not replaced stays");
            device
                .settings()
                .filter(|(setting, _)| {
                    matches!(setting, Setting::HostResource | Setting::VirtualQuantity)
                })
                .map(|(_, child)| child.text().into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(read(None), ["a", "b", "512"]);
        assert_eq!(read(Some("large")), ["c", "4096"], "all of one name are replaced");
    });
}

#[test]
fn extensions_are_merged_by_name_and_key() {
    let with_config = |attributes: &str, configs: &[(&str, &str)]| {
        let children: String = configs
            .iter()
            .map(|(key, value)| format!(r#"<vmw:Config vmw:key="{key}" vmw:value="{value}"/>"#))
            .collect();
        format!(
            "<Item {attributes}><rasd:InstanceID>1</rasd:InstanceID>{children}\
             <vmw:CoresPerSocket>{}</vmw:CoresPerSocket></Item>",
            configs.len()
        )
    };
    let items = [
        with_config("", &[("a", "1"), ("b", "1")]),
        with_config(r#"ovf:configuration="large""#, &[("a", "2")]),
    ];
    with(OPTIONS, &items, |envelope| {
        let hardware = under(envelope, Some("large"));
        let device = hardware.devices()[0];
        let values: Vec<_> = device
            .extensions()
            .filter_map(|child| Some(child.node().attributes().nth(1)?.value()))
            .collect();
        assert_eq!(values, ["1", "2"], "b stays, a is replaced");
        assert_eq!(device.vmware_extension("CoresPerSocket").unwrap().text(), "1");
    });
}

#[test]
fn ranges_are_read_in_base_units() {
    let memory = |attributes: &str, units: &str, quantity: &str| {
        let mut settings =
            vec![("InstanceID", "2"), ("ResourceType", "4"), ("VirtualQuantity", quantity)];
        if !units.is_empty() {
            settings.insert(0, ("AllocationUnits", units));
        }
        item(attributes, &settings)
    };
    let items = [
        memory("", "byte * 2^20", "1024"),
        memory(r#"ovf:bound="min""#, "", "512"),
        memory(r#"ovf:bound="max""#, "byte * 2^30", "4"),
        item(
            "",
            &[
                ("AllocationUnits", "hertz * 10^6"),
                ("InstanceID", "1"),
                ("Reservation", "500"),
                ("ResourceType", "3"),
                ("VirtualQuantity", "2"),
            ],
        ),
    ];
    with("", &items, |envelope| {
        let hardware = under(envelope, None);
        let [memory, cpu] = hardware.devices() else { panic!("markers are no devices") };
        let quantity = |bound| memory.amount(Setting::VirtualQuantity, bound);
        assert_eq!(quantity(Bound::Min), Some(512 << 20), "the marker has the unit of the device");
        assert_eq!(quantity(Bound::Normal), Some(1 << 30));
        assert_eq!(quantity(Bound::Max), Some(4 << 30));
        assert_eq!(cpu.amount(Setting::VirtualQuantity, Bound::Normal), Some(2));
        assert_eq!(cpu.amount(Setting::Reservation, Bound::Normal), Some(500_000_000));
        assert_eq!(cpu.amount(Setting::Reservation, Bound::Min), None);
        assert_eq!((hardware.processors(), hardware.memory()), (Some(2), Some(1 << 30)));
    });
}

#[test]
fn a_marker_alone_is_no_device() {
    let items = [item(r#"ovf:bound="max""#, &[("InstanceID", "2"), ("ResourceType", "4")])];
    with("", &items, |envelope| assert!(under(envelope, None).devices().is_empty()));
}

#[test]
fn devices_hang_on_their_parents_by_slot() {
    let disk = |id, slot, resource| {
        item(
            "",
            &[
                ("AddressOnParent", slot),
                ("HostResource", resource),
                ("InstanceID", id),
                ("Parent", "scsi"),
                ("ResourceType", "17"),
            ],
        )
    };
    let items = [
        disk("b", "1", "ovf:/file/file1"),
        disk("a", "0", "/disk/disk1"),
        disk("c", "", "ovf:/disk/no-such-disk"),
        item(
            r#"ovf:configuration="small""#,
            &[("Address", "0"), ("InstanceID", "scsi"), ("ResourceType", "6")],
        ),
    ];
    with(OPTIONS, &items, |envelope| {
        let small = under(envelope, Some("small"));
        assert_eq!(small.parent(0), Some(3));
        assert_eq!(small.children(3), [1, 0, 2]);
        assert!(matches!(small.devices()[1].backing(), Some(Backing::Disk(_))));
        assert!(matches!(small.devices()[0].backing(), Some(Backing::File(_))));
        assert!(small.devices()[2].backing().is_none());
        let large = under(envelope, Some("large"));
        assert_eq!((large.devices().len(), large.parent(0)), (3, None));
    });
}

#[test]
fn more_options_than_are_looked_at_are_told() {
    let items: Vec<String> = (0..70)
        .map(|n| item(&format!(r#"ovf:configuration="o{n}""#), &[("InstanceID", &n.to_string())]))
        .collect();
    with("", &items, |envelope| {
        assert!(!envelope.hardware().next().unwrap().variants().is_complete());
        assert_eq!(quantities(&under(envelope, Some("o62"))), ["62="]);
        assert!(quantities(&under(envelope, Some("o63"))).is_empty());
    });
    with("", &items[..63], |envelope| {
        assert!(envelope.hardware().next().unwrap().variants().is_complete());
    });
}

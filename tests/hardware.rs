//! Virtual hardware through the public API.

use ovf::model::{Bound, Setting};
use ovf::{Code, Source, Validator};

/// A descriptor with a number of deployment options, for each of which there is a memory Item.
fn with_options(number: usize) -> String {
    let configurations: String = (0..number)
        .map(|n| {
            format!(
                "<Configuration ovf:id=\"o{n}\"><Label>{n}</Label>\
                 <Description>{n}</Description></Configuration>"
            )
        })
        .collect();
    let items: String = (0..number)
        .map(|n| {
            format!(
                "<Item ovf:configuration=\"o{n}\"><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>\
                 <rasd:ElementName>memory</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>\
                 <rasd:ResourceType>4</rasd:ResourceType>\
                 <rasd:VirtualQuantity>{}</rasd:VirtualQuantity></Item>",
                512 + n
            )
        })
        .collect();
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\">\
         <References/><DeploymentOptionSection><Info/>{configurations}</DeploymentOptionSection>\
         <VirtualSystem ovf:id=\"vm\"><Info/><VirtualHardwareSection><Info/>{items}\
         </VirtualHardwareSection></VirtualSystem></Envelope>"
    )
}

#[test]
fn each_option_has_its_own_machine() {
    let text = with_options(63);
    let source = Source::decode(text.as_bytes()).expect("it is text");
    let report = Validator::new().check(&source);
    assert!(report.diagnostics().is_empty(), "{:?}", report.diagnostics());
    let envelope = report.envelope().expect("it is a descriptor");
    let hardware = envelope.hardware().next().expect("it has hardware");
    for option in envelope.configurations() {
        let id = option.id().expect("it has an id").value();
        let number: u64 = id[1..].parse().expect("it is o and a number");
        let machine = hardware.effective(Some(&id));
        let [memory] = machine.devices() else { panic!("one device under {id}") };
        let amount = memory.amount(Setting::VirtualQuantity, Bound::Normal);
        assert_eq!(amount, Some((512 + number) << 20), "{id}");
        assert_eq!(machine.memory(), amount);
    }
    assert!(hardware.effective(None).devices().is_empty());
}

#[test]
fn more_options_than_are_looked_at_are_a_finding() {
    let text = with_options(64);
    let source = Source::decode(text.as_bytes()).expect("it is text");
    let report = Validator::new().check(&source);
    assert!(!report.is_complete());
    let [only] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
    assert_eq!(only.code, Code::LIMIT_REACHED);
}

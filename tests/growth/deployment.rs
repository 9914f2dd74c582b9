//! What is done with a descriptor that was read: looked into, deployed, edited, converted; and ways in which
//! it can grow. What is counted is the doing alone, without reading and checking the descriptor.

use std::hint::black_box;

use ovf::edit::convert::Converter;
use ovf::edit::{self, Named, PropertyDefault};
use ovf::import::environment::{Environment, Platform};
use ovf::import::parameters::{check_choices, try_instantiate};
use ovf::import::spec::import_spec;
use ovf::import::vcloud::Upload;
use ovf::import::{Choices, Preview};
use ovf::{Envelope, Limits, Report, Source, Valid, Validator};

use super::families::{envelope, many};

/// Counts something, told how many bytes it is done with.
pub(crate) type Count<'c> = dyn FnMut(usize, &mut dyn FnMut()) + 'c;

/// What is done with how many of what: its name, how many at the smaller size, and the doing.
pub(crate) type Deployment = (&'static str, usize, fn(usize, &mut Count<'_>));

pub(crate) const DEPLOYMENTS: &[Deployment] = &[
    ("preview: properties", 200, |n, count| preview(&properties(n), n, count)),
    ("preview: machines", 100, |n, count| preview(&machines(n), 0, count)),
    ("preview: files and disks", 100, |n, count| preview(&disks(n), 0, count)),
    ("preview: options", 200, |n, count| preview(&options(n), 0, count)),
    ("try_instantiate: properties", 200, |n, count| {
        with_valid(&properties(n), |valid| {
            let choices = Choices::new();
            count(valid.source().text().len(), &mut || {
                black_box(try_instantiate(valid, &choices));
            });
        });
    }),
    ("check_choices: properties", 200, |n, count| choose(&properties(n), &chosen("p", n), count)),
    ("check_choices: paths", 200, |n, count| choose(&properties(n), &chosen("vm/p", n), count)),
    ("check_choices: unknown keys", 200, |n, count| {
        choose(&properties(n), &chosen("nobody", n), count);
    }),
    ("check_choices: a chain", 200, |n, count| choose(&chain(n), &Choices::new(), count)),
    ("check_choices: a circle", 200, |n, count| choose(&circle(n), &Choices::new(), count)),
    ("check_choices: options", 200, |n, count| {
        let mut choices = Choices::new();
        choices.deployment_option = Some("o1".to_owned());
        choose(&options(n), &choices, count);
    }),
    ("check_choices: networks", 200, |n, count| {
        let mut choices = Choices::new();
        choices.networks = (0..n).map(|at| (format!("n{at}"), format!("target {at}"))).collect();
        choose(&cards(n), &choices, count);
    }),
    ("check_choices: disks", 200, |n, count| {
        let mut choices = Choices::new();
        choices.datastores = (0..n).map(|at| (format!("d{at}"), format!("store {at}"))).collect();
        choices.storage_profiles =
            (0..n).map(|at| (format!("d{at}"), format!("policy {at}"))).collect();
        choose(&disks(n), &choices, count);
    }),
    ("check_choices: scale-out", 200, |n, count| {
        let mut choices = Choices::new();
        choices.scale_out = (0..n).map(|at| (format!("vm{at}"), 2)).collect();
        choose(&scaled(n), &choices, count);
    }),
    ("import_spec: disks", 100, |n, count| spec(&disks(n), &Choices::new(), count)),
    ("import_spec: cards", 100, |n, count| spec(&cards(n), &Choices::new(), count)),
    ("import_spec: processors", 100, |n, count| {
        let items = many(n, |at| processor(at + 2));
        spec(&machine("", &items), &Choices::new(), count);
    }),
    ("import_spec: settings", 200, |n, count| {
        let settings =
            many(n, |at| format!("<vmw:ExtraConfig vmw:key=\"k{at}\" vmw:value=\"v\"/>"));
        spec(&machine("", &settings), &Choices::new(), count);
    }),
    ("import_spec: properties", 200, |n, count| spec(&properties(n), &chosen("p", n), count)),
    ("import_spec: machines", 100, |n, count| spec(&machines(n), &Choices::new(), count)),
    ("import_spec: scale-out", 100, |n, count| {
        spec(&scaled(n), &Choices::new(), count);
    }),
    ("import_spec: nested", 50, |n, count| {
        let open = many(n, |at| format!("<VirtualSystemCollection ovf:id=\"c{at}\"><Info/>"));
        let content = open + &system("vm", "") + &"</VirtualSystemCollection>".repeat(n);
        spec(&envelope("", "", &content), &Choices::new(), count);
    }),
    ("import_spec: instances", 100, |n, count| {
        let mut choices = Choices::new();
        choices.scale_out.insert("vm0".to_owned(), u32::try_from(n).expect("it is a small number"));
        with_valid(&scaled(1), |valid| {
            count(n, &mut || drop(black_box(import_spec(valid, &choices))));
        });
    }),
    ("environment: properties", 200, |n, count| {
        environment(&properties(n), &chosen("p", n), count)
    }),
    ("environment: a chain", 200, |n, count| environment(&chain(n), &Choices::new(), count)),
    ("environment: a circle", 200, |n, count| environment(&circle(n), &Choices::new(), count)),
    ("environment: siblings", 100, |n, count| environment(&machines(n), &Choices::new(), count)),
    ("compared with: properties", 200, |n, count| compare(&properties(n), count)),
    ("compared with: siblings", 100, |n, count| compare(&machines(n), count)),
    ("vcloud: files", 200, |n, count| {
        with_report(&disks(n), |report| {
            let bytes = report.source().text().len();
            count(bytes, &mut || {
                let mut upload = Upload::new("it");
                upload.describe(report, bytes as u64, None).expect("it can be uploaded");
                for at in 0..n {
                    upload.put(&format!("{at}.vmdk"), 0..1).expect("there is such a file");
                }
                upload.finish(None).expect("all is there");
                black_box(upload);
            });
        });
    }),
    ("vcloud: machines", 200, |n, count| {
        with_report(&machines(n), |report| {
            let bytes = report.source().text().len();
            count(bytes, &mut || {
                let mut upload = Upload::new("it");
                upload.describe(report, bytes as u64, None).expect("it can be uploaded");
                black_box(upload);
            });
        });
    }),
    ("edit: defaults", 200, |n, count| {
        let defaults: Vec<_> =
            (0..n).map(|at| PropertyDefault::new(format!("p{at}"), "4")).collect();
        edit(&properties(n), count, |valid| edit::set_property_defaults(valid, &defaults));
    }),
    ("edit: defaults by path", 200, |n, count| {
        let defaults: Vec<_> =
            (0..n).map(|at| PropertyDefault::new(format!("vm/p{at}"), "4")).collect();
        edit(&properties(n), count, |valid| edit::set_property_defaults(valid, &defaults));
    }),
    ("edit: sizes of files", 200, |n, count| {
        let ids: Vec<_> = (0..n).map(|at| format!("f{at}")).collect();
        edit(&disks(n), count, |valid| {
            edit::set_file_sizes(valid, ids.iter().map(|id| (id.as_str(), 2)))
        });
    }),
    ("edit: ids of disks", 200, |n, count| {
        let names: Vec<_> = (0..n).map(|at| (format!("d{at}"), format!("e{at}"))).collect();
        edit(&disks(n), count, |valid| {
            edit::rename_ids(valid, Named::Disk, names.iter().map(|(old, new)| (&**old, &**new)))
        });
    }),
    ("edit: networks", 200, |n, count| {
        let names: Vec<_> = (0..n).map(|at| (format!("n{at}"), format!("m{at}"))).collect();
        edit(&cards(n), count, |valid| {
            edit::rename_networks(valid, names.iter().map(|(old, new)| (&**old, &**new)))
        });
    }),
    ("edit: machines", 100, |n, count| {
        edit(&machines(n), count, |valid| {
            let machines = valid.ost_nodes().filter(|node| node.id().starts_with("vm"));
            let names = machines.map(|node| (node, format!("new-{}", node.id())));
            edit::rename_entities(valid, names.collect::<Vec<_>>())
        });
    }),
    ("convert: items", 100, |n, count| {
        let items = many(n, |at| {
            format!(
                "<Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:ElementName>memory</rasd:ElementName>\
                 <rasd:InstanceID>{}</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity>\
                 <rasd:VirtualQuantityUnits>byte * 2^30</rasd:VirtualQuantityUnits></Item>",
                at + 2
            )
        });
        convert(&machine("", &items), count);
    }),
    ("convert: passwords", 200, |n, count| {
        let all = many(n, |at| {
            format!("<Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:password=\"true\"/>")
        });
        convert(&machine(&product(&all), ""), count);
    }),
];

fn preview(text: &[u8], properties: usize, count: &mut Count<'_>) {
    with_report(text, |report| {
        let choices = chosen("p", properties);
        count(report.source().text().len(), &mut || {
            drop(black_box(Preview::new(report, &choices, Some("vm.ovf"))));
        });
    });
}

fn choose(text: &[u8], choices: &Choices, count: &mut Count<'_>) {
    with_valid(text, |valid| {
        count(valid.source().text().len(), &mut || drop(black_box(check_choices(valid, choices))));
    });
}

fn spec(text: &[u8], choices: &Choices, count: &mut Count<'_>) {
    with_valid(text, |valid| {
        count(valid.source().text().len(), &mut || drop(black_box(import_spec(valid, choices))));
    });
}

/// The environment of the first machine, and the document.
fn environment(text: &[u8], choices: &Choices, count: &mut Count<'_>) {
    with_valid(text, |valid| {
        count(valid.source().text().len(), &mut || drop(black_box(document(valid, choices))));
    });
}

fn document(valid: &Valid<Envelope<'_>>, choices: &Choices) -> String {
    let first = valid.ost_nodes().find(|node| node.id().starts_with("vm"));
    let first = first.expect("there is a machine");
    let made = Environment::of(valid, choices, first, &Platform::default());
    made.expect("it is one of a machine").to_xml()
}

/// Checks the document of the first machine against the descriptor.
fn compare(text: &[u8], count: &mut Count<'_>) {
    with_valid(text, |valid| {
        let document = document(valid, &Choices::new());
        let source = Source::from_text(&*document).expect("it is text");
        let first = valid.ost_nodes().find(|node| node.id().starts_with("vm"));
        let validator = Validator::new().limits(Limits::unlimited());
        count(document.len(), &mut || {
            drop(black_box(validator.check_environment(&source, first)));
        });
    });
}

/// Computes an edit, and makes the text.
fn edit(
    text: &[u8],
    count: &mut Count<'_>,
    compute: impl Fn(&Valid<Envelope<'_>>) -> Result<edit::Edit, edit::EditError>,
) {
    with_valid(text, |valid| {
        count(valid.source().text().len(), &mut || {
            let edit = compute(valid).expect("it can be done");
            assert!(!edit.is_empty(), "or it is no edit");
            black_box(edit.changes().apply(valid.source().text()).expect("no two changes meet"));
        });
    });
}

fn convert(text: &[u8], count: &mut Count<'_>) {
    with_report(text, |report| {
        count(report.source().text().len(), &mut || {
            let conversion = Converter::new().limits(Limits::unlimited()).convert(report);
            let conversion = conversion.expect("it can be converted");
            let changes = conversion.changes();
            assert!(!changes.is_empty(), "or it is no conversion");
            black_box(changes.apply(report.source().text()).expect("no two changes meet"));
        });
    });
}

fn with_report(text: &[u8], act: impl FnOnce(&Report<'_>)) {
    let limits = Limits::unlimited();
    let source = Source::decode_with(text, &limits).expect("it is text");
    act(&Validator::new().limits(limits).check(&source));
}

fn with_valid(text: &[u8], act: impl FnOnce(&Valid<Envelope<'_>>)) {
    let limits = Limits::unlimited();
    let source = Source::decode_with(text, &limits).expect("it is text");
    let report = Validator::new().limits(limits).check(&source);
    let valid = report.into_valid().unwrap_or_else(|report| {
        panic!("{:?}", report.diagnostics().first().map(|found| &found.message))
    });
    act(&valid);
}

/// Values for `n` properties.
fn chosen(key: &str, n: usize) -> Choices {
    let mut choices = Choices::new();
    choices.properties = (0..n).map(|at| (format!("{key}{at}"), "3".to_owned())).collect();
    choices
}

fn product(properties: &str) -> String {
    format!("<ProductSection><Info/>{properties}</ProductSection>")
}

fn system(id: &str, inside: &str) -> String {
    format!(
        "<VirtualSystem ovf:id=\"{id}\"><Info/>{inside}<VirtualHardwareSection><Info/></VirtualHardwareSection></VirtualSystem>"
    )
}

fn processor(id: usize) -> String {
    format!(
        "<Item><rasd:ElementName>processor</rasd:ElementName><rasd:InstanceID>{id}</rasd:InstanceID>\
         <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>"
    )
}

/// One machine with these sections and Items.
fn machine(sections: &str, items: &str) -> Vec<u8> {
    with_sections("", "", sections, items)
}

fn with_sections(files: &str, above: &str, sections: &str, items: &str) -> Vec<u8> {
    let hardware = format!(
        "<VirtualHardwareSection xmlns:vmw=\"http://www.vmware.com/schema/ovf\"><Info/>{items}</VirtualHardwareSection>"
    );
    let system =
        format!("<VirtualSystem ovf:id=\"vm\"><Info/>{sections}{hardware}</VirtualSystem>");
    envelope(files, above, &system)
}

/// Properties that each refer to the first, with all that one can have.
fn properties(n: usize) -> Vec<u8> {
    let all = many(n, |at| {
        format!(
            "<Category>c{at}</Category><Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:qualifiers=\"MinLen(1),MaxLen(9)\" \
             ovf:userConfigurable=\"true\" ovf:value=\"{}\"><Label>Label {at}</Label><Description>What it is</Description></Property>",
            if at == 0 { "1" } else { "${p0}" }
        )
    });
    machine(&product(&all), "")
}

/// Properties that each refer to the next.
fn chain(n: usize) -> Vec<u8> {
    referring(n, "end")
}

/// Properties that each refer to the next, and the last to the first.
fn circle(n: usize) -> Vec<u8> {
    referring(n, "${p0}")
}

fn referring(n: usize, last: &str) -> Vec<u8> {
    let all = many(n, |at| {
        let value = if at + 1 < n { format!("${{p{}}}", at + 1) } else { last.to_owned() };
        format!(
            "<Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:userConfigurable=\"true\" ovf:value=\"{value}\"/>"
        )
    });
    machine(&product(&all), "")
}

/// Deployment options, each with a property. Items of more than 63 of them are not looked at.
fn options(n: usize) -> Vec<u8> {
    let options = many(n, |at| {
        format!(
            "<Configuration ovf:id=\"o{at}\"><Label>Option {at}</Label><Description/></Configuration>"
        )
    });
    let all = many(n, |at| {
        format!(
            "<Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:value=\"1\"><Value ovf:configuration=\"o{at}\" ovf:value=\"2\"/></Property>"
        )
    });
    let section = format!("<DeploymentOptionSection><Info/>{options}</DeploymentOptionSection>");
    with_sections("", &section, &product(&all), "")
}

/// Networks, each with a card.
fn cards(n: usize) -> Vec<u8> {
    let networks = many(n, |at| format!("<Network ovf:name=\"n{at}\"><Description/></Network>"));
    let items = many(n, |at| {
        format!(
            "<Item><rasd:AutomaticAllocation>true</rasd:AutomaticAllocation><rasd:Connection>n{at}</rasd:Connection>\
             <rasd:ElementName>card {at}</rasd:ElementName><rasd:InstanceID>{}</rasd:InstanceID>\
             <rasd:ResourceSubType>vmxnet3</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></Item>",
            at + 1
        )
    });
    with_sections("", &format!("<NetworkSection><Info/>{networks}</NetworkSection>"), "", &items)
}

/// Files, each with a disk on the one controller there is.
fn disks(n: usize) -> Vec<u8> {
    let files =
        many(n, |at| format!("<File ovf:id=\"f{at}\" ovf:href=\"{at}.vmdk\" ovf:size=\"1\"/>"));
    let disks = many(n, |at| {
        format!(
            "<Disk ovf:diskId=\"d{at}\" ovf:fileRef=\"f{at}\" ovf:capacity=\"1\" ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\"/>"
        )
    });
    let items = many(n, |at| {
        format!(
            "<Item><rasd:ElementName>disk {at}</rasd:ElementName><rasd:HostResource>ovf:/disk/d{at}</rasd:HostResource>\
             <rasd:InstanceID>{}</rasd:InstanceID><rasd:Parent>1</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>",
            at + 2
        )
    });
    let controller = "<Item><rasd:Address>0</rasd:Address><rasd:ElementName>SCSI</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>\
                      <rasd:ResourceSubType>lsilogic</rasd:ResourceSubType><rasd:ResourceType>6</rasd:ResourceType></Item>";
    let section = format!("<DiskSection><Info/>{disks}</DiskSection>");
    with_sections(&files, &section, "", &(controller.to_owned() + &items))
}

/// A collection of machines that exist twice and are started one after the other.
fn scaled(n: usize) -> Vec<u8> {
    let counts = many(n, |at| {
        format!(
            "<o:ScaleOutSection xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/2\" ovf:required=\"false\" o:id=\"vm{at}\"><Info/>\
             <o:InstanceCount o:default=\"2\"/></o:ScaleOutSection>"
        )
    });
    let orders = many(n, |at| format!("<Item ovf:id=\"vm{at}\" ovf:order=\"{at}\"/>"));
    let sections = format!("<StartupSection><Info/>{orders}</StartupSection>{counts}");
    collection(n, &sections)
}

/// A collection of machines.
fn machines(n: usize) -> Vec<u8> {
    collection(n, "")
}

/// A collection of machines with two properties each.
fn collection(n: usize, sections: &str) -> Vec<u8> {
    let all = many(n, |at| {
        let properties = product(
            "<Property ovf:key=\"a\" ovf:type=\"string\" ovf:value=\"1\"/><Property ovf:key=\"b\" ovf:type=\"string\" ovf:value=\"${a}\"/>",
        );
        system(&format!("vm{at}"), &properties)
    });
    let content = format!(
        "<VirtualSystemCollection ovf:id=\"c\"><Info/>{sections}{all}</VirtualSystemCollection>"
    );
    envelope("", "", &content)
}

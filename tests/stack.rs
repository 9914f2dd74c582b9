//! Everything runs on a stack of 64 KiB, whatever the input: reading, judging, telling, and letting go.
#![allow(missing_docs, reason = "a test that panics has failed")]

use std::hint::black_box;
use std::path::Path;

use ovf::package::PackageReader;
use ovf::{Limits, Policy, Source, Strictness, Target, Validator, xml};

mod support;

/// Bytes of stack. Musl gives a thread 128 KiB, and small systems half of it.
const STACK: usize = 64 << 10;

/// Runs on a thread whose stack is small. An overflow ends the whole process, so it cannot be missed.
fn on_a_small_stack(job: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(job);
    thread.expect("a thread can be started").join().expect("nothing panics");
}

/// Texts that make a reader go deep.
fn deep() -> Vec<String> {
    const ENVELOPE: &str = "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
        xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:vmw=\"http://www.vmware.com/schema/ovf\">";
    let many = |one: &dyn Fn(usize) -> String| (0..20_000).map(one).collect::<String>();
    let properties = many(&|at| {
        let next = at + 1;
        format!("<Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:value=\"${{p{next}}}\"/>")
    });
    let disks = many(&|at| {
        let next = at + 1;
        format!("<Disk ovf:diskId=\"d{at}\" ovf:capacity=\"1\" ovf:parentRef=\"d{next}\"/>")
    });
    let collections = many(&|at| format!("<VirtualSystemCollection ovf:id=\"c{at}\">"));
    let products = many(&|_| "<ProductSection>".to_owned());
    vec![
        many(&|_| "<a>".to_owned()),
        many(&|at| format!("<a xmlns:p{at}=\"urn:{at}\">")),
        format!("{ENVELOPE}<References/>{collections}"),
        format!("{ENVELOPE}<References/><VirtualSystem ovf:id=\"a\">{products}"),
        format!(
            "{ENVELOPE}<References/><VirtualSystem ovf:id=\"a\"><ProductSection><Info/>{properties}\
             </ProductSection></VirtualSystem></Envelope>"
        ),
        format!("{ENVELOPE}<References/><DiskSection><Info/>{disks}</DiskSection></Envelope>"),
    ]
}

fn judge(bytes: &[u8], limits: Limits) {
    let Ok(source) = Source::decode_with(bytes, &limits) else { return };
    let parsed = xml::parse(source.text(), &limits);
    black_box(format!("{:?}", parsed.tree));
    drop(parsed);
    for target in [Target::Standard, Target::VSphere, Target::VCloud] {
        let policy = Policy::new().strictness(Strictness::Strict).target(target);
        let report = Validator::new().policy(policy).limits(limits).check(&source);
        for found in report.diagnostics() {
            black_box((report.path(found), format!("{found:?}")));
        }
        for node in report.envelope().into_iter().flat_map(ovf::Envelope::ost_nodes).take(100) {
            node.sections().take(100).for_each(|section| drop(black_box(section.xml())));
        }
        drop(report.into_valid());
    }
}

#[test]
fn deep_texts_need_no_stack() {
    on_a_small_stack(|| {
        for text in deep() {
            judge(text.as_bytes(), Limits::default());
            let mut limits = Limits::unlimited();
            limits.diagnostics = 100;
            judge(text.as_bytes(), limits);
        }
    });
}

#[test]
fn every_fixture_can_be_judged() {
    on_a_small_stack(|| {
        let fixtures = support::files(Path::new("testdata"), "ovf");
        assert!(fixtures.len() > 500);
        for path in fixtures {
            judge(&std::fs::read(path).expect("it can be read"), Limits::default());
        }
    });
}

#[test]
fn a_tree_can_be_shown() {
    on_a_small_stack(|| {
        let text = "<a>".repeat(2_000);
        let parsed = xml::parse(&text, &Limits::unlimited());
        black_box((format!("{parsed:?}"), format!("{parsed:#?}")));
    });
}

#[test]
fn packages_can_be_verified() {
    on_a_small_stack(|| {
        let archive = std::fs::read("testdata/packages/small.ova").expect("it can be read");
        let package = PackageReader::new(Validator::new()).archive(archive.as_slice());
        let package = package.expect("it is an archive");
        let texts = package.texts();
        let report = package.check(&texts);
        assert!(report.is_verified());
        assert!(format!("{report:?}").len() > 100);
    });
}

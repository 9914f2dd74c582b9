//! Which members, in which order, of which sizes.

use ovf::package::{Archive, Findings, Member, Reference, check_order, check_sizes};
use ovf::{Limits, Policy, Severity, Strictness};

use crate::build::{Header, Tar};

fn files(names: &[&str]) -> Vec<Member> {
    names.iter().map(|name| Member::file(*name, 10)).collect()
}

fn references<'a>(hrefs: &[&'a str]) -> Vec<Reference<'a>> {
    hrefs.iter().map(|href| Reference::new(href)).collect()
}

fn chunked(href: &str, size: Option<u64>, chunk_size: u64) -> Reference<'_> {
    let mut reference = Reference::new(href);
    reference.size = size;
    reference.chunk_size = Some(chunk_size);
    reference
}

/// Code and member of each finding.
fn told(findings: &Findings) -> Vec<(&str, &str)> {
    findings
        .list()
        .iter()
        .map(|finding| (finding.code.name(), finding.member.as_deref().unwrap_or_default()))
        .collect()
}

#[track_caller]
fn order(members: &[&str], hrefs: &[&str], wanted: &[(&str, &str)]) {
    let mut findings = Findings::default();
    check_order(&files(members), &references(hrefs), true, &mut findings);
    assert_eq!(told(&findings), wanted, "{:#?}", findings.list());
}

#[test]
fn orders_of_the_standard() {
    for members in [
        &["vm.ovf", "a", "b"][..],
        &["vm.ovf", "vm.mf", "a", "b"],
        &["vm.ovf", "vm.mf", "vm.cert", "a", "b"],
        &["vm.ovf", "a", "b", "vm.mf"],
        &["vm.ovf", "a", "b", "vm.mf", "vm.cert"],
    ] {
        order(members, &["a", "b"], &[]);
    }
    order(&["vm.ovf"], &[], &[]);
    order(&["vm.ovf", "vm.mf"], &[], &[]);
}

#[test]
fn the_descriptor_is_first_and_alone() {
    order(&["a", "vm.ovf"], &["a"], &[("descriptor-not-first", "vm.ovf")]);
    order(&["vm.mf", "vm.ovf", "a"], &["a"], &[("descriptor-not-first", "vm.ovf")]);
    order(&["a"], &["a"], &[("no-descriptor", "")]);
    order(&[], &[], &[("no-descriptor", "")]);
    order(&["vm.ovf", "x.ovf"], &[], &[("several-descriptors", "x.ovf")]);
    order(
        &["vm.ovf", "x.OVF", "y.ovf"],
        &[],
        &[("several-descriptors", "x.OVF"), ("several-descriptors", "y.ovf")],
    );
    order(&["VM.OVF"], &[], &[("extension-case", "VM.OVF")]);
    // A name of nothing but the extension has none.
    order(&[".ovf"], &[], &[("no-descriptor", "")]);
}

#[test]
fn manifest_and_certificate_stand_together_at_one_end() {
    order(&["vm.ovf", "a", "vm.mf", "b"], &["a", "b"], &[("manifest-out-of-order", "vm.mf")]);
    order(&["vm.ovf", "vm.mf", "a", "vm.cert"], &["a"], &[("manifest-out-of-order", "vm.cert")]);
    order(&["vm.ovf", "vm.cert", "vm.mf", "a"], &["a"], &[("manifest-out-of-order", "vm.cert")]);
    order(
        &["vm.ovf", "a", "vm.mf", "vm.cert", "b"],
        &["a", "b"],
        &[("manifest-out-of-order", "vm.mf")],
    );
}

#[test]
fn manifest_and_certificate_have_the_name_of_the_descriptor() {
    order(&["vm.ovf", "manifest.mf"], &[], &[("manifest-name-mismatch", "manifest.mf")]);
    order(&["vm.ovf", "VM.mf"], &[], &[("manifest-name-mismatch", "VM.mf")]);
    order(&["vm.ovf", "x/vm.mf"], &[], &[("manifest-name-mismatch", "x/vm.mf")]);
    order(&["vm.ovf", "vm.mf", "x.cert"], &[], &[("certificate-name-mismatch", "x.cert")]);
    order(&["vm.ovf", "vm.MF"], &[], &[("extension-case", "vm.MF")]);
    order(&["vm.ovf", "vm.mf", "x.mf"], &[], &[("several-manifests", "x.mf")]);
    order(&["vm.ovf", "x.mf", "vm.mf"], &[], &[("several-manifests", "x.mf")]);
    order(&["vm.ovf", "vm.mf", "vm.cert", "x.cert"], &[], &[("several-certificates", "x.cert")]);
    // Another file that happens to end so is an ordinary one.
    order(&["vm.ovf", "vm.mf", "x.mf"], &["x.mf"], &[]);
    order(&["vm.ovf", "vm.mf"], &["vm.mf"], &[("manifest-in-references", "vm.mf")]);
    // What References says of it has no bearing on its place.
    order(&["vm.ovf", "vm.mf", "a"], &["a", "vm.mf"], &[("manifest-in-references", "vm.mf")]);
}

#[test]
fn a_certificate_needs_a_manifest() {
    order(&["vm.ovf", "vm.cert"], &[], &[("certificate-without-manifest", "vm.cert")]);
}

#[test]
fn members_follow_references() {
    order(&["vm.ovf", "b", "a"], &["a", "b"], &[("members-out-of-order", "a")]);
    order(&["vm.ovf", "c", "a", "b"], &["a", "b", "c"], &[("members-out-of-order", "a")]);
    // Twice the same is not out of order; that the archive has it twice is told elsewhere.
    order(&["vm.ovf", "a", "a", "b"], &["a", "b"], &[]);
    order(&["vm.ovf", "a"], &["a", "b.vmdk"], &[("missing-member", "b.vmdk")]);
    order(&["vm.ovf", "a", ".DS_Store"], &["a"], &[("extra-member", ".DS_Store")]);
    // A remote file is no member, and a percent sign may stand for itself or not.
    order(
        &["vm.ovf", "a b", "c%20d"],
        &["a%20b", "c%20d", "http://host/x", "./e"],
        &[("missing-member", "./e")],
    );
    // An href is a name, not a pattern, and its folder counts.
    order(&["vm.ovf", "d.vmdk"], &["*"], &[("extra-member", "d.vmdk"), ("missing-member", "*")]);
    order(
        &["vm.ovf", "sub/d.vmdk"],
        &["d.vmdk"],
        &[("extra-member", "sub/d.vmdk"), ("missing-member", "d.vmdk")],
    );
    order(&["./vm.ovf", "./d.vmdk"], &["d.vmdk"], &[]);
}

#[test]
fn pieces_count_as_their_file() {
    let mut findings = Findings::default();
    let members = files(&["vm.ovf", "a.000000000", "a.000000001", "b"]);
    check_order(&members, &[chunked("a", None, 10), Reference::new("b")], true, &mut findings);
    assert_eq!(told(&findings), []);
    let members = files(&["vm.ovf", "a.000000001", "a.000000000", "b"]);
    check_order(&members, &[chunked("a", None, 10), Reference::new("b")], true, &mut findings);
    assert_eq!(told(&findings), [("members-out-of-order", "a.000000000")]);
}

#[test]
fn a_folder_has_no_order() {
    let mut findings = Findings::default();
    for members in [["b", "a", "vm.mf", "vm.ovf"], ["b", "vm.mf", "a", "vm.ovf"]] {
        check_order(&files(&members), &references(&["a", "b"]), false, &mut findings);
        assert_eq!(told(&findings), [], "{members:?}");
    }
}

#[test]
fn a_close_name_is_suggested() {
    let mut findings = Findings::default();
    check_order(
        &files(&["vm.ovf", "disk1.vmdk"]),
        &references(&["disk2.vmdk"]),
        true,
        &mut findings,
    );
    let missing =
        findings.list().iter().find(|finding| finding.code.name() == "missing-member").unwrap();
    assert_eq!(missing.help.as_deref(), Some("did you mean `disk1.vmdk`?"));
}

#[test]
fn directories_are_said_and_passed_over() {
    let tar = Tar::new()
        .header(Header::new("./", 0).flag(b'5'))
        .file("./vm.ovf", b"")
        .file("./a", b"")
        .end();
    let mut archive = Archive::new(tar.as_slice());
    let mut members = Vec::new();
    while let Some(member) = archive.next_member().unwrap() {
        members.push(member);
    }
    check_order(&members, &references(&["a"]), true, archive.findings_mut());
    assert_eq!(
        told(archive.findings()),
        [("dotted-member-name", "./vm.ovf"), ("directory-member", "./")]
    );
}

#[test]
fn strictness_decides_about_what_importers_take() {
    let policy = Policy::new().strictness(Strictness::Strict);
    let mut findings = Findings::new(policy, &Limits::default());
    check_order(&files(&["vm.ovf", "b", "a"]), &references(&["a", "b"]), true, &mut findings);
    assert_eq!(findings.list()[0].severity, Severity::Error);
    assert_eq!(findings.counts().error, 1);
}

#[track_caller]
fn sizes(members: &[(&str, u64)], reference: Reference<'_>, wanted: &[(&str, &str)]) {
    let members: Vec<Member> =
        members.iter().map(|(name, size)| Member::file(*name, *size)).collect();
    let mut findings = Findings::default();
    check_sizes(&members, &[reference], &mut findings);
    assert_eq!(told(&findings), wanted, "{:#?}", findings.list());
}

#[test]
fn sizes_of_whole_files() {
    let sized = |size| Reference { size: Some(size), ..Reference::new("d") };
    sizes(&[("d", 10)], sized(10), &[]);
    sizes(&[("d", 10)], sized(0), &[]);
    sizes(&[("d", 10)], sized(11), &[("file-size-mismatch", "d")]);
    sizes(&[("d", 10)], Reference::new("d"), &[]);
}

#[test]
fn sizes_of_pieces() {
    let (d0, d1, d2) = ("d.000000000", "d.000000001", "d.000000002");
    sizes(&[(d0, 10), (d1, 10), (d2, 5)], chunked("d", Some(25), 10), &[]);
    sizes(&[(d0, 10), (d1, 10)], chunked("d", Some(20), 10), &[]);
    sizes(&[(d0, 7)], chunked("d", Some(7), 10), &[]);
    sizes(&[(d0, 10), (d1, 3)], chunked("d", None, 10), &[]);
    sizes(&[(d0, 10), (d2, 5)], chunked("d", Some(25), 10), &[("missing-chunk", "d")]);
    sizes(&[(d1, 10), (d2, 5)], chunked("d", Some(25), 10), &[("missing-chunk", "d")]);
    sizes(&[(d0, 10), (d1, 10)], chunked("d", Some(25), 10), &[("missing-chunk", "d")]);
    sizes(&[], chunked("d", Some(25), 10), &[("missing-chunk", "d")]);
    sizes(
        &[(d0, 9), (d1, 10), (d2, 5)],
        chunked("d", Some(25), 10),
        &[("chunk-size-mismatch", d0), ("file-size-mismatch", "d")],
    );
    sizes(&[(d0, 9), (d1, 3)], chunked("d", None, 10), &[("chunk-size-mismatch", d0)]);
    sizes(&[(d0, 10), (d1, 0)], chunked("d", None, 10), &[("chunk-size-mismatch", d1)]);
    sizes(&[(d0, 10), (d1, 11)], chunked("d", None, 10), &[("chunk-size-mismatch", d1)]);
    sizes(
        &[(d0, 10), (d1, 10), (d2, 5)],
        chunked("d", Some(20), 10),
        &[("extra-chunk", d2), ("file-size-mismatch", "d")],
    );
    sizes(&[("d", 25)], chunked("d", Some(25), 10), &[("unchunked-member", "d")]);
    sizes(&[("d", 7), (d0, 7)], chunked("d", Some(7), 10), &[("unchunked-member", "d")]);
    sizes(
        &[("d.0", 7)],
        chunked("d", Some(7), 10),
        &[("chunk-number-malformed", "d.0"), ("missing-chunk", "d")],
    );
    sizes(
        &[("d.0000000000", 7)],
        chunked("d", None, 10),
        &[("chunk-number-malformed", "d.0000000000")],
    );
    // A chunkSize of zero says nothing, nor does a size of zero.
    sizes(&[("d", 7)], chunked("d", Some(7), 0), &[]);
    sizes(&[(d0, 10), (d1, 3)], chunked("d", Some(0), 10), &[]);
    // What ends otherwise than in a number is no piece.
    for other in ["d.vmdk", "d.", "d.1x", ".000000000"] {
        sizes(&[(other, 7)], chunked("d", Some(7), 10), &[("missing-chunk", "d")]);
    }
}

#[test]
fn one_finding_says_how_many_pieces_are_missing() {
    for (members, size, message) in [
        (&[0, 2][..], 30, "the piece `d.000000001` is missing"),
        (&[0, 3], 40, "the piece `d.000000001` and 1 after it are missing"),
        (&[0], 50, "the piece `d.000000001` and 3 after it are missing"),
        (&[0, 1], 30, "the piece `d.000000002` is missing"),
        (&[], 30, "the piece `d.000000000` is missing"),
    ] {
        let members: Vec<Member> =
            members.iter().map(|number| Member::file(format!("d.{number:09}"), 10)).collect();
        let mut findings = Findings::default();
        check_sizes(&members, &[chunked("d", Some(size), 10)], &mut findings);
        let told: Vec<&str> =
            findings.list().iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, [message]);
    }
}

#[test]
fn a_claim_of_many_pieces_costs_nothing() {
    sizes(&[("d.000000000", 1)], chunked("d", Some(u64::MAX), 1), &[("missing-chunk", "d")]);
    sizes(
        &[("d.999999999", 1)],
        chunked("d", Some(u64::MAX), u64::MAX),
        &[("missing-chunk", "d"), ("extra-chunk", "d.999999999")],
    );
}

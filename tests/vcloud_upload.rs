//! Uploading a package to vCloud Director: what the template says at every step.

use ovf::digest::Algorithm;
use ovf::import::vcloud::{
    Addresses, ApiVersion, Failure, FinishError, PutError, TemplateStatus, Upload,
};
use ovf::manifest::{Manifest, ManifestChecker, Verdicts};
use ovf::{Policy, Source, Target, Validator, Version};

const ADDRESSES: Addresses<'_> = Addresses {
    template: "https://cloud.example.org/api/vAppTemplate/vappTemplate-7",
    transfer: "https://cloud.example.org/transfer/0f1e/",
    vdc: Some("https://cloud.example.org/api/vdc/3"),
};

/// A descriptor with these Files and these ids of machines.
fn descriptor(files: &str, machines: &[&str]) -> String {
    let machines: String = machines
        .iter()
        .map(|id| {
            format!(
                "<VirtualSystem ovf:id=\"{id}\"><Info>A machine</Info>\
                 <VirtualHardwareSection><Info>Nothing yet</Info></VirtualHardwareSection></VirtualSystem>\n"
            )
        })
        .collect();
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">
<References>{files}</References>
<VirtualSystemCollection ovf:id=\"group\"><Info>Machines</Info>
{machines}</VirtualSystemCollection></Envelope>"
    )
}

const FILES: &str = r#"
<File ovf:id="web" ovf:href="disks/web%201.vmdk" ovf:size="3"/>
<File ovf:id="db" ovf:href="db 1.vmdk" ovf:size="3000" ovf:chunkSize="2000"/>
<File ovf:id="elsewhere" ovf:href="https://example.org/tools.iso" ovf:size="10"/>
<File ovf:id="empty" ovf:href="empty" ovf:size="0" ovf:compression="identity"/>"#;

/// An upload whose descriptor has come.
fn described(text: &str, manifest: Option<u64>) -> (Upload, Result<(), Failure>) {
    let source = Source::decode(text.as_bytes()).unwrap();
    let mut upload = Upload::new("Shop & Co").description("All of it");
    let result = upload.describe(&Validator::new().check(&source), text.len() as u64, manifest);
    (upload, result)
}

fn state(upload: &Upload) -> Vec<(&str, Option<u64>, u64)> {
    upload.files().iter().map(|file| (file.name(), file.size(), file.bytes_transferred())).collect()
}

#[test]
fn a_new_template_waits_for_its_descriptor() {
    let mut upload = Upload::new("Shop & Co").description("All of it");
    assert_eq!(upload.name(), "Shop & Co");
    assert_eq!(state(&upload), [("descriptor.ovf", None, 0)]);
    assert_eq!(upload.put("descriptor.ovf", 0..1), Err(PutError::Descriptor));
    assert_eq!(
        upload.finish(None),
        Err(FinishError::Incomplete { name: "descriptor.ovf".to_owned() })
    );
    assert_eq!(
        upload.xml(&ADDRESSES, ApiVersion::V1_0),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<VAppTemplate xmlns="http://www.vmware.com/vcloud/v1" name="Shop &amp; Co" href="https://cloud.example.org/api/vAppTemplate/vappTemplate-7" type="application/vnd.vmware.vcloud.vAppTemplate+xml" status="0" ovfDescriptorUploaded="false">
  <Link rel="up" type="application/vnd.vmware.vcloud.vdc+xml" href="https://cloud.example.org/api/vdc/3"/>
  <Description>All of it</Description>
  <Files>
    <File name="descriptor.ovf" bytesTransferred="0">
      <Link rel="upload:default" href="https://cloud.example.org/transfer/0f1e/descriptor.ovf"/>
    </File>
  </Files>
</VAppTemplate>
"#
    );
}

#[test]
fn the_descriptor_says_which_files_are_missing() {
    let text = descriptor(FILES, &["vm"]);
    let size = text.len() as u64;
    let (upload, result) = described(&text, Some(120));
    assert_eq!(result, Ok(()));
    assert_eq!(
        state(&upload),
        [
            ("descriptor.ovf", Some(size), size),
            ("manifest.mf", Some(120), 0),
            ("disks/web%201.vmdk", Some(3), 0),
            ("db 1.vmdk", Some(3000), 0),
            ("empty", Some(0), 0),
        ]
    );
    let xml = upload.xml(&ADDRESSES, ApiVersion::V1_5);
    for line in [
        r#"<VAppTemplate xmlns="http://www.vmware.com/vcloud/v1.5" name="Shop &amp; Co""#
            .to_owned(),
        r#"status="0" ovfDescriptorUploaded="true">"#.to_owned(),
        format!(r#"<File name="descriptor.ovf" size="{size}" bytesTransferred="{size}">"#),
        r#"<File name="db 1.vmdk" size="3000" bytesTransferred="0">
      <Link rel="upload:default" href="https://cloud.example.org/transfer/0f1e/db%201.vmdk"/>"#
            .to_owned(),
        r#"href="https://cloud.example.org/transfer/0f1e/disks/web%201.vmdk"/>"#.to_owned(),
    ] {
        assert!(xml.contains(&line), "{line}\n{xml}");
    }
    assert!(!xml.contains("<Tasks>") && !xml.contains("tools.iso"), "{xml}");
}

#[test]
fn bytes_come_whole_or_in_ranges() {
    let (mut upload, _) = described(&descriptor(FILES, &["vm"]), None);
    upload.put("disks/web%201.vmdk", 0..3).unwrap();
    for range in [2000..3000, 0..500, 400..1000, 0..500] {
        upload.put("db 1.vmdk", range).unwrap();
    }
    assert_eq!(upload.file("db 1.vmdk").unwrap().bytes_transferred(), 2000);
    assert_eq!(upload.put("db 1.vmdk", 2999..3001), Err(PutError::PastEnd { size: 3000 }));
    assert_eq!(upload.put("db 2.vmdk", 0..1), Err(PutError::Unknown));
    assert_eq!(upload.put("descriptor.ovf", 0..1), Err(PutError::Descriptor), "it was taken whole");
    let before = upload.clone();
    assert_eq!(upload.put("db 1.vmdk", 1500..1500), Ok(()), "nothing at all");
    #[allow(clippy::reversed_empty_ranges, reason = "it is what a client may say")]
    let backwards = 1500..1400;
    assert_eq!(upload.put("db 1.vmdk", backwards), Err(PutError::PastEnd { size: 3000 }));
    assert_eq!(upload, before);
    assert_eq!(upload.finish(None), Err(FinishError::Incomplete { name: "db 1.vmdk".to_owned() }));
    upload.put("db 1.vmdk", 1000..2000).unwrap();
    assert!(upload.is_transferred());
    let xml = upload.xml(&ADDRESSES, ApiVersion::V1_5);
    assert!(xml.contains(r#"<Task status="running""#), "{xml}");

    assert_eq!(upload.finish(None), Ok(TemplateStatus::PoweredOff));
    assert_eq!(upload.status().number(), 8);
    assert_eq!(upload.put("db 1.vmdk", 0..1), Err(PutError::Over));
    assert_eq!(upload.finish(None), Err(FinishError::Over));
    upload.fail(Failure::Other("too late".to_owned()));
    assert_eq!(upload.status(), TemplateStatus::PoweredOff);
    let xml = upload.xml(&ADDRESSES, ApiVersion::V1_5);
    assert!(!xml.contains("<File") && !xml.contains("<Task"), "{xml}");
}

#[test]
fn machines_get_names_of_up_to_sixteen_characters() {
    let ids = ["NewVirtualMachine1", "NewVirtualMachine2", "db"];
    let (mut upload, result) = described(&descriptor("", &ids), None);
    assert_eq!(result, Ok(()));
    let names: Vec<_> = upload.machines().iter().map(|machine| &*machine.name).collect();
    assert_eq!(names, ["NewVirtualMac001", "NewVirtualMac002", "db"]);
    assert!(!upload.xml(&ADDRESSES, ApiVersion::V1_5).contains("<Vm "), "it is not ready");
    upload.finish(None).unwrap();
    let xml = upload.xml(&ADDRESSES, ApiVersion::V1_5);
    assert!(xml.contains(r#"<Vm name="NewVirtualMac002"/>"#), "{xml}");
    let (mut upload, _) = described(&descriptor("", &[]), None);
    upload.finish(None).unwrap();
    assert!(!upload.xml(&ADDRESSES, ApiVersion::V1_5).contains("<Children"), "it has none");
}

#[test]
fn what_cannot_be_uploaded_is_refused_by_name() {
    let many: Vec<String> = (0..1000).map(|n| format!("NewVirtualMachine{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let file =
        |rest: &str| descriptor(&format!("<File ovf:id='a' ovf:href='a.vmdk'{rest}/>"), &["vm"]);
    let cases = [
        (
            descriptor("", &["vm"]).replace("envelope/1", "envelope/2"),
            Failure::Version { version: Version::V2 },
        ),
        (
            descriptor("", &["vm"])
                .replace("http://schemas.dmtf.org/ovf", "http://www.vmware.com/schema/ovf/1")
                .replace("1/envelope/1", "1/envelope"),
            Failure::Version { version: Version::V0_9 },
        ),
        (
            descriptor("", &["vm"])
                .replace(" xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"", ""),
            Failure::Namespace,
        ),
        (
            file(" ovf:size='1' ovf:compression='gzip'"),
            Failure::Compressed { name: "a.vmdk".to_owned(), compression: "gzip".to_owned() },
        ),
        (file(""), Failure::NoSize { name: "a.vmdk".to_owned() }),
        (
            file(" ovf:size='1'").replace("a.vmdk", "descriptor.ovf"),
            Failure::SameName { name: "descriptor.ovf".to_owned() },
        ),
        (descriptor("", &many), Failure::Name { id: "NewVirtualMachine999".to_owned() }),
    ];
    for (text, failure) in cases {
        let (upload, result) = described(&text, None);
        assert_eq!(result, Err(failure.clone()));
        assert_eq!(upload.status().number(), -1);
        assert_eq!(upload.files().len(), 1, "{failure}");
        assert_eq!(upload.file("descriptor.ovf"), upload.files().first(), "{failure}");
        let xml = upload.xml(&ADDRESSES, ApiVersion::V1_5);
        assert!(xml.contains(r#"status="-1" ovfDescriptorUploaded="true""#), "{xml}");
        assert!(!xml.contains("upload:default"), "{xml}");
        let message = failure.to_string();
        let message = ovf::xml::escape_attribute(&message);
        let task = format!("<Error message=\"{message}\" majorErrorCode=\"400\"");
        assert!(xml.contains("<Task status=\"error\"") && xml.contains(&task), "{xml}");
    }
}

#[test]
fn a_descriptor_with_errors_is_refused_with_the_first() {
    for (text, line, words) in [
        (descriptor("", &["vm", "vm"]), 5, "two siblings have the id `vm`"),
        ("<package/>".to_owned(), 1, "not `Envelope`"),
        (descriptor("", &["vm"]).replace("</Envelope>", ""), 1, "never closed"),
    ] {
        let (_, result) = described(&text, None);
        let Err(Failure::Invalid { line: at, message, errors }) = result else {
            panic!("{result:?}")
        };
        assert_eq!(at, line, "{message}");
        assert!(message.contains(words) && errors > 0, "{message}");
    }
    // Errors of vCloud's are told by what they are, whatever the policy.
    let text =
        descriptor("<File ovf:id='a' ovf:href='a' ovf:size='1' ovf:compression='gzip'/>", &["vm"]);
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().policy(Policy::new().target(Target::VCloud)).check(&source);
    let result = Upload::new("it").describe(&report, 1, None);
    assert!(matches!(result, Err(Failure::Compressed { .. })), "{result:?}");
}

#[test]
fn a_second_descriptor_changes_nothing() {
    let text = descriptor(FILES, &["vm"]);
    let (mut upload, _) = described(&text, None);
    let before = upload.clone();
    let source = Source::decode(b"<a/>").unwrap();
    assert!(upload.describe(&Validator::new().check(&source), 4, None).is_err());
    assert_eq!(upload, before);
}

/// Compares these files with a manifest of what they should be.
fn compare(listed: &[(&str, &[u8])], given: &[(&str, &[u8])]) -> Verdicts {
    let mut manifest = Manifest::new();
    for (name, bytes) in listed {
        let mut hasher = ovf::digest::Hasher::new(Algorithm::Sha256);
        hasher.update(bytes);
        manifest.push(name, hasher.finish()).unwrap();
    }
    let mut checker = ManifestChecker::new();
    checker.manifest(&manifest);
    for (name, bytes) in given {
        let mut file = checker.file(name);
        file.update(bytes);
        checker.finish_file(file);
    }
    checker.finish()
}

#[test]
fn a_file_that_does_not_match_fails_the_template() {
    let listed: [(&str, &[u8]); 4] = [
        ("disks/web 1.vmdk", b"web"),
        ("db 1.vmdk.000000000", b"one"),
        ("db 1.vmdk.000000001", b"two"),
        ("empty", b""),
    ];
    let upload = || {
        let (mut upload, _) = described(&descriptor(FILES, &["vm"]), Some(5));
        upload.put("manifest.mf", 0..5).unwrap();
        upload.put("disks/web%201.vmdk", 0..3).unwrap();
        upload.put("db 1.vmdk", 0..3000).unwrap();
        upload
    };
    let mut good = upload();
    assert_eq!(good.finish(None), Err(FinishError::NotCompared));
    assert_eq!(good.finish(Some(&compare(&listed, &listed))), Ok(TemplateStatus::PoweredOff));

    let mut wrong = listed;
    wrong[2].1 = b"tow";
    let mut bad = upload();
    assert_eq!(bad.finish(Some(&compare(&listed, &wrong))), Ok(TemplateStatus::FailedCreation));
    let failure = Failure::Checksum { name: "db 1.vmdk.000000001".to_owned() };
    assert_eq!(bad.failure(), Some(&failure));
    let xml = bad.xml(&ADDRESSES, ApiVersion::V1_5);
    assert!(xml.contains("the checksum of `db 1.vmdk.000000001` does not match"), "{xml}");

    for (listed, given, name) in [
        (&listed[1..], &listed[..], "disks/web 1.vmdk"),
        (&listed[..], &listed[..3], "empty"),
        (&listed[1..], &listed[1..], "disks/web%201.vmdk"),
    ] {
        let mut unlisted = upload();
        unlisted.finish(Some(&compare(listed, given))).unwrap();
        let failure = Failure::NotVerified { name: name.to_owned() };
        assert_eq!(unlisted.failure(), Some(&failure));
    }
}

/// A piece has nine digits behind its dot (DSP0243 7.1); what looks like one is a file.
#[test]
fn names_that_look_like_pieces() {
    for name in ["disk.12345", "disk.abcdefghi", "disk.0000000000"] {
        let files = format!(r#"<File ovf:id="a" ovf:href="{name}" ovf:size="3"/>"#);
        let (mut upload, result) = described(&descriptor(&files, &["vm"]), Some(5));
        assert_eq!(result, Ok(()));
        upload.put("manifest.mf", 0..5).unwrap();
        upload.put(name, 0..3).unwrap();
        let listed: [(&str, &[u8]); 1] = [(name, b"abc")];
        let verdicts = compare(&listed, &listed);
        assert_eq!(upload.finish(Some(&verdicts)), Ok(TemplateStatus::PoweredOff), "{name}");
    }
}

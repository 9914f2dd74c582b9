//! Single calls that random sequences make too seldom.

use std::time::Duration;

use ovf::import::session::{
    AddSpec, DownloadSession, ImportRequest, ImportSession, ImportSource, SignatureFiles,
    SourceType, Timing, UpdateRequest, UpdateSession, ValidationResult,
};
use ovf::import::{Choices, IpProtocol};

use crate::package::{BUNDLE, BUNDLE_TEXT, DESCRIPTOR, FILES, descriptor, manifest};

const TIMING: Timing = Timing { idle: Duration::from_secs(60), retention: Duration::from_secs(40) };
const NOW: Duration = Duration::ZERO;

/// What an update finds in files of these names.
fn validated(files: &[(&str, &[u8])]) -> ValidationResult {
    let mut session = UpdateSession::new(UpdateRequest::new("item", "1"), TIMING, NOW).unwrap();
    for &(name, content) in files {
        session.add(AddSpec::push(name).size(content.len() as u64), NOW).unwrap();
        session.receive(name, 0, content, NOW).unwrap();
        let owed: Vec<_> = session.owed().map(|(name, range)| (name.to_owned(), range)).collect();
        assert_eq!(owed, []);
        if name.ends_with(".ovf") || name.ends_with(".mf") {
            assert_eq!(session.wanted_documents(), [name]);
            session.document(name, content, NOW).unwrap();
        }
    }
    assert_eq!(session.error(), None);
    session.validate().unwrap()
}

fn invalid(result: &ValidationResult) -> Vec<&str> {
    assert_eq!(
        result.has_errors,
        !result.invalid_files.is_empty() || !result.missing_files.is_empty()
    );
    result.invalid_files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn an_update_tells_what_the_manifest_contradicts() {
    let text = descriptor(false);
    let with = |wrong: Option<&str>, manifest_name: &str| {
        let list = manifest(false, wrong);
        let mut files = vec![(DESCRIPTOR, text.as_bytes()), (manifest_name, list.as_bytes())];
        files.extend(FILES.iter().map(|&(name, content, _)| (name, content)));
        let result = validated(&files);
        assert!(result.missing_files.is_empty());
        invalid(&result).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(with(None, "web.mf"), [""; 0]);
    for wrong in [DESCRIPTOR, "one.vmdk", "notes.txt"] {
        assert_eq!(with(Some(wrong), "web.mf"), [wrong]);
        // The only manifest counts, whatever its name is.
        assert_eq!(with(Some(wrong), "other.mf"), [wrong]);
    }
    // Of two the one with the name of the descriptor counts.
    let (right, wrong) = (manifest(false, None), manifest(false, Some("two.vmdk")));
    let mut files = vec![(DESCRIPTOR, text.as_bytes()), ("a.mf", wrong.as_bytes())];
    files.push(("web.mf", right.as_bytes()));
    files.extend(FILES.iter().map(|&(name, content, _)| (name, content)));
    assert_eq!(invalid(&validated(&files)), [""; 0]);
}

#[test]
fn an_update_tells_what_the_descriptor_contradicts() {
    let text = descriptor(false);
    let result =
        validated(&[(DESCRIPTOR, text.as_bytes()), ("one.vmdk", b"short"), ("two.vmdk", b"x")]);
    assert_eq!(invalid(&result), ["one.vmdk"]);
    assert_eq!(result.invalid_files[0].message, "it has 5 bytes, the descriptor says 10");
    assert_eq!(result.missing_files.iter().collect::<Vec<_>>(), ["notes.txt"]);
    let other = validated(&[("one.vmdk", b"x")]);
    assert_eq!(other.invalid_files[0].message, "there is no descriptor among the files");
    assert_eq!(SourceType::Push.as_str(), "PUSH");
    assert_eq!(SourceType::Pull.as_str(), "PULL");
}

#[test]
fn an_import_hands_out_what_came() {
    let request = ImportRequest::push().signature_files(SignatureFiles::ManifestAndCertificate);
    let mut session = ImportSession::new(request, TIMING, NOW).unwrap();
    let (text, list) = (descriptor(true), manifest(true, None));
    assert_eq!((session.manifest(), session.certificate()), (None, None));
    session.document(DESCRIPTOR, text.as_bytes(), NOW).unwrap();
    assert_eq!(session.descriptor(), Some(&*text));
    session.document("web.mf", list.as_bytes(), NOW).unwrap();
    session.document("web.cert", b"none", NOW).unwrap();
    assert_eq!((session.manifest(), session.certificate()), (Some(&*list), Some("none")));
    assert_eq!(session.message_bundles().len(), 0);
    session.document(BUNDLE, BUNDLE_TEXT.as_bytes(), NOW).unwrap();
    assert_eq!(session.message_bundles().len(), 1);
    let names: Vec<_> = session.files().into_iter().map(|file| file.name).collect();
    for name in [DESCRIPTOR, "web.mf", "web.cert", BUNDLE, "one.vmdk", "two.vmdk"] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    assert!(!session.is_collection());
    assert!(session.choices().is_none());
    let mut choices = Choices::new();
    choices.networks.insert("inside".to_owned(), "network-7".to_owned());
    choices.ip_protocol = Some(IpProtocol::V4);
    let parameters = session.try_instantiate(&choices, NOW).unwrap();
    assert_eq!(parameters.name.as_deref(), Some("web"));
    session.instantiate(choices.clone(), NOW).unwrap();
    let chosen = session.choices().unwrap();
    assert_eq!((&chosen.networks, chosen.ip_protocol), (&choices.networks, choices.ip_protocol));
    assert!(session.entity().is_none());
}

#[test]
fn names_of_the_api() {
    let pull = ImportSource::Pull { uri: String::new(), ssl_certificate_thumbprint: None };
    let item = ImportSource::LibraryItem { id: String::new() };
    assert_eq!(
        [ImportSource::Push, pull, item].map(|source| source.as_str()),
        ["PUSH_SOURCE", "PULL_SOURCE", "CONTENT_LIBRARY_SOURCE"]
    );
    let files =
        [SignatureFiles::None, SignatureFiles::Manifest, SignatureFiles::ManifestAndCertificate];
    assert_eq!(files.map(SignatureFiles::as_str), ["NONE", "MANIFEST", "MANIFEST_CERTIFICATE"]);
    let lax = |flag: &str| {
        let mut request = ImportRequest::push();
        request.import_flags = vec![flag.to_owned()];
        ImportSession::new(request, TIMING, NOW).is_ok()
    };
    assert!(lax("LAX") && !lax("lax"));
}

#[test]
fn a_download_says_what_it_is_of() {
    let files = ["a", "b"].map(|name| (name.to_owned(), Some(1), None));
    let session = DownloadSession::new("item", "7", files, TIMING, NOW).unwrap();
    assert_eq!((session.library_item_id(), session.content_version()), ("item", "7"));
    let names: Vec<_> = session.files().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b"]);
}

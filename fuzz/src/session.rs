//! Session machines.

use std::time::Duration;

use ovf::import::session::{
    AddSpec, DownloadSession, DownloadState, Entity, ImportRequest, ImportSession, Preview,
    SessionError, SignatureFiles, Timing, UpdateRequest, UpdateSession, UpdateState,
};
use ovf::import::{Choices, FileType};
use ovf::wire::sessions::{DownloadSessionModel, ImportSessionInfo, UpdateSessionModel};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::script::Script;

/// Calls of one sequence.
const MOST_CALLS: usize = 48;
/// What stands in the choices, and must stand nowhere else.
const PASSWORD: &str = "c0rrect-h0rse-battery";
const NAMES: &[&str] =
    &["vm.ovf", "disk.vmdk", "de.xml", "vm.mf", "vm.cert", "notes.txt", "", "../x"];
const DESCRIPTOR: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
<References><File ovf:id="de" ovf:href="de.xml"/><File ovf:id="d" ovf:href="disk.vmdk" ovf:size="5"/><File ovf:id="n" ovf:href="notes.txt"/></References>
<DiskSection><Info/><Disk ovf:diskId="a" ovf:fileRef="d" ovf:capacity="512" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection>
<VirtualSystem ovf:id="vm"><Info ovf:msgid="vm">A machine</Info>
<ProductSection><Info/><Property ovf:key="secret" ovf:type="string" ovf:password="true" ovf:userConfigurable="true"/></ProductSection>
<VirtualHardwareSection><Info/><Item><rasd:ElementName>Disk</rasd:ElementName><rasd:HostResource>ovf:/disk/a</rasd:HostResource><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item></VirtualHardwareSection></VirtualSystem>
<Strings xml:lang="de" ovf:fileRef="de"/></Envelope>"#;
const BUNDLE: &str = r#"<Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="de"><Msg ovf:msgid="vm">Eine Maschine</Msg></Strings>"#;

/// Calls one of the machines, at any time and with restarts: what is refused changes nothing (which a
/// sixteenth of the inputs is asked about), what is saved is restored, a state that is final stays, no
/// promise of time is taken back, and no password is shown.
pub fn session(data: &[u8]) {
    let mut script = Script::new(data);
    match script.below(3) {
        0 => import(&mut script),
        1 => update(&mut script),
        _ => download(&mut script),
    }
}

/// What every machine has.
trait Machine: Serialize + DeserializeOwned + std::fmt::Debug {
    fn expires_at(&self) -> Duration;
    fn progress(&self) -> u8;
    /// The state, and whether it is final.
    fn state(&self) -> (&'static str, bool);
    fn shown(&self) -> String;
    fn call(&mut self, script: &mut Script<'_>, now: Duration) -> Result<(), SessionError>;
}

fn run<M: Machine>(mut machine: M, script: &mut Script<'_>) {
    let mut now = Duration::from_secs(1_000);
    // Saving before each call takes most of the time there is.
    let is_watched = script.below(16) == 15;
    for _ in 0..MOST_CALLS {
        if script.is_over() {
            break;
        }
        now = now.saturating_add(Duration::from_secs(u64::try_from(script.below(90)).unwrap_or(0)));
        let is_restart = script.below(12) == 11;
        let before = if is_watched || is_restart { saved(&machine) } else { String::new() };
        if is_restart {
            machine = serde_json::from_str(&before).expect("what was saved can be restored");
            assert_eq!(saved(&machine), before);
            continue;
        }
        let (state, is_final) = machine.state();
        let (expires_at, progress) = (machine.expires_at(), machine.progress());
        match machine.call(script, now) {
            Ok(()) => {
                assert!(machine.expires_at() >= expires_at && machine.progress() >= progress);
                assert!(!is_final || machine.state().0 == state, "{state} is final");
            }
            Err(error) => {
                if is_watched {
                    assert_eq!(saved(&machine), before, "what is refused changes nothing: {error}");
                }
                assert!(!error.to_string().contains(char::is_control), "{error}");
            }
        }
    }
    let shown = format!("{machine:?}{}", machine.shown());
    assert!(!shown.contains(PASSWORD), "{shown}");
}

fn import(script: &mut Script<'_>) {
    let mut request = ImportRequest::push();
    request.signature_files =
        [SignatureFiles::None, SignatureFiles::Manifest, SignatureFiles::ManifestAndCertificate]
            [script.below(3)];
    request.is_strict = script.flag();
    let start = Duration::from_secs(1_000);
    if let Ok(machine) = ImportSession::new(request, Timing::default(), start) {
        run(machine, script);
    }
}

impl Machine for ImportSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }

    fn progress(&self) -> u8 {
        self.progress()
    }

    fn state(&self) -> (&'static str, bool) {
        (self.state().as_str(), self.state().is_final())
    }

    fn shown(&self) -> String {
        saved(&ImportSessionInfo::of(self))
    }

    fn call(&mut self, script: &mut Script<'_>, now: Duration) -> Result<(), SessionError> {
        match script.below(16) {
            0 => self.document("vm.ovf", DESCRIPTOR.as_bytes(), now),
            1 => self.document("de.xml", BUNDLE.as_bytes(), now),
            2 => self.document(name(script), document(script).as_bytes(), now),
            3 => {
                let kinds = [FileType::Manifest, FileType::Certificate, FileType::Disk];
                self.absent(kinds[script.below(3)], now)
            }
            4 | 5 => self.receive("disk.vmdk", 0, b"disk!", now).map(drop),
            6 | 7 => {
                let (name, from, bytes) = bytes(script);
                self.receive(name, from, bytes, now).map(drop)
            }
            8 => {
                let owed = self.owed().next().map(|(name, owed)| (name.to_owned(), owed));
                let (name, owed) = owed.unwrap_or_default();
                let length = usize::try_from(owed.end.saturating_sub(owed.start)).unwrap_or(0);
                self.replay(&name, owed.start, &vec![b'x'; length.min(64)], now).map(drop)
            }
            9 => self.declare_size(name(script), script.number() >> script.below(64), now),
            10 => {
                let (name, from, bytes) = bytes(script);
                let end = from.saturating_add(u64::try_from(bytes.len()).unwrap_or(0));
                self.forget(name, from..end, now)
            }
            11 => match script.below(3) {
                0 => self.fail_file(name(script), "it is lost", now),
                1 => self.fail("the host is gone", now),
                _ => self.keep_alive(now),
            },
            12 => self.try_instantiate(&choices(script), now).map(drop),
            13 => self.instantiate(choices(script), now),
            14 => self.instantiated(Entity::VirtualMachine("vm-1".to_owned()), now),
            _ => self.report_progress(u8::try_from(script.below(130)).unwrap_or(0), now),
        }
    }
}

fn update(script: &mut Script<'_>) {
    let mut request = UpdateRequest::new("item", "1");
    if script.flag() {
        request.existing.insert("vm.ovf".to_owned());
        request.existing.insert("disk.vmdk".to_owned());
    }
    let start = Duration::from_secs(1_000);
    let machine = UpdateSession::new(request, Timing::default(), start);
    run(machine.expect("it makes sense"), script);
}

impl Machine for UpdateSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }

    fn progress(&self) -> u8 {
        self.client_progress()
    }

    fn state(&self) -> (&'static str, bool) {
        (self.state().as_str(), self.state() != UpdateState::Active)
    }

    fn shown(&self) -> String {
        saved(&UpdateSessionModel::of("id", self, String::new()))
    }

    fn call(&mut self, script: &mut Script<'_>, now: Duration) -> Result<(), SessionError> {
        match script.below(14) {
            0 | 1 => self.add(AddSpec::push(name(script)), now),
            2 => self.add(AddSpec::pull(name(script), "https://example.org/f"), now),
            3 => self.remove(name(script), now),
            4 | 5 => {
                let (name, from, bytes) = bytes(script);
                self.receive(name, from, bytes, now).map(drop)
            }
            6 => {
                let owed = self.owed().next().map(|(name, owed)| (name.to_owned(), owed));
                let (name, owed) = owed.unwrap_or_default();
                let length = usize::try_from(owed.end.saturating_sub(owed.start)).unwrap_or(0);
                self.replay(&name, owed.start, &vec![b'x'; length.min(64)], now).map(drop)
            }
            7 => self.declare_size(name(script), u64::try_from(script.below(9)).unwrap_or(0), now),
            8 => {
                let (name, from, bytes) = bytes(script);
                let end = from.saturating_add(u64::try_from(bytes.len()).unwrap_or(0));
                self.forget(name, from..end, now)
            }
            9 => self.document(name(script), document(script).as_bytes(), now),
            10 => self.validate().map(drop),
            11 => self.complete(now).map(drop),
            12 => match script.below(5) {
                0 => self.cancel(now),
                1 => self.fail("no room", now),
                2 => self.fail_file(name(script), "it is lost", now),
                3 => self.set_preview(Preview::preparing(), now),
                _ => self.set_preview(Preview::not_applicable(), now),
            },
            _ => self.keep_alive(u8::try_from(script.below(130)).ok(), now),
        }
    }
}

fn download(script: &mut Script<'_>) {
    let files = NAMES.iter().map(|name| ((*name).to_owned(), Some(5), None));
    let count = script.below(NAMES.len());
    let start = Duration::from_secs(1_000);
    if let Ok(machine) =
        DownloadSession::new("item", "1", files.take(count), Timing::default(), start)
    {
        run(machine, script);
    }
}

impl Machine for DownloadSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }

    fn progress(&self) -> u8 {
        self.client_progress()
    }

    fn state(&self) -> (&'static str, bool) {
        (self.state().as_str(), self.state() != DownloadState::Active)
    }

    fn shown(&self) -> String {
        saved(&DownloadSessionModel::of("id", self, String::new()))
    }

    fn call(&mut self, script: &mut Script<'_>, now: Duration) -> Result<(), SessionError> {
        match script.below(8) {
            0 | 1 => self.prepare(name(script), now).map(drop),
            2 => self.preparing(name(script), now),
            3 => self.prepared(name(script), "https://example.org/f", now),
            4 => self.fail_file(name(script), "it is lost", now),
            5 => match script.below(8) {
                0 => self.cancel(now),
                1 => self.fail("no room", now),
                _ => self.file(name(script)).map(drop),
            },
            _ => self.keep_alive(u8::try_from(script.below(130)).ok(), now),
        }
    }
}

fn name(script: &mut Script<'_>) -> &'static str {
    script.pick(NAMES).copied().unwrap_or_default()
}

/// A small file: one of those that make sense, or anything.
fn document(script: &mut Script<'_>) -> String {
    match script.below(6) {
        0 => DESCRIPTOR.to_owned(),
        1 => BUNDLE.to_owned(),
        2 => "SHA1(disk.vmdk)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n".to_owned(),
        3 => "SHA256(vm.ovf)= 00\n".to_owned(),
        4 => DESCRIPTOR.replace("ovf:size=\"5\"", &format!("ovf:size={:?}", script.word(&[]))),
        _ => script.word(&[]),
    }
}

fn bytes(script: &mut Script<'_>) -> (&'static str, u64, &'static [u8]) {
    let from = script.below(6);
    let bytes: &[u8] = b"disk!";
    let bytes = bytes.get(from..).unwrap_or_default();
    let bytes = bytes.get(..script.below(6)).unwrap_or(bytes);
    (name(script), u64::try_from(from).unwrap_or(0), bytes)
}

fn choices(script: &mut Script<'_>) -> Choices {
    let mut choices = Choices::new();
    if script.below(4) < 3 {
        choices.properties.insert("secret".to_owned(), PASSWORD.to_owned());
    } else {
        choices.properties.insert(script.word(&[]), PASSWORD.to_owned());
    }
    choices
}

fn saved(machine: &impl Serialize) -> String {
    serde_json::to_string(machine).expect("it can be saved")
}

//! The example server, with curl as its client: packages in shuffled ranges, a server that is killed, a
//! byte that is damaged.
//!
//! The server runs as a process of its own: this test binary, told to run nothing but
//! `the_server_itself`. Without curl the test says so and passes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed"
)]

#[path = "../examples/import_server.rs"]
mod import_server;

use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use ovf::digest::{Algorithm, Hasher};
use serde_json::Value;

const DIRECTORY: &str = "OVF_IMPORT_SERVER_DIRECTORY";
const TOKEN: &str = "Client-Token: 3f0e4a0c-5d0b-4a57-9a51-0c9f5f0f6d21";
/// Bytes of the disk, and of the pieces it is sent in.
const DISK: usize = 200_000;
const PIECE: usize = 7_000;

#[test]
#[ignore = "it serves until it is killed"]
fn the_server_itself() {
    let directory = std::env::var(DIRECTORY).expect("whoever starts it names the folder");
    import_server::serve(Path::new(&directory), 0).unwrap();
}

struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(directory: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["the_server_itself", "--exact", "--ignored", "--nocapture"])
            .env(DIRECTORY, directory)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let told = lines.map(|line| line.expect("it lives")).find_map(|line| {
            line.split_once("listening on ").map(|(_, address)| address.trim().to_owned())
        });
        Self { process, address: told.expect("it says where it listens") }
    }

    /// `kill -9`: nothing is said goodbye to.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn curl(&self, path: &str, arguments: &[&str], body: Option<&[u8]>) -> Child {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--noproxy", "*", "--write-out", "%{http_code}"])
            .args(arguments);
        if body.is_some() {
            curl.args(["--request", "PUT", "--data-binary", "@-", "--header", "Expect:"]);
        }
        let mut process = curl
            .arg(format!("{}{path}", self.address))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = process.stdin.take().unwrap();
        stdin.write_all(body.unwrap_or_default()).unwrap();
        process
    }

    fn call(&self, path: &str, arguments: &[&str], body: Option<&[u8]>) -> (u16, Value) {
        answer(self.curl(path, arguments, body))
    }

    fn status(&self, id: &str) -> Value {
        let (code, status) = self.call(&format!("/imports/{id}"), &[], None);
        assert_eq!(code, 200, "{status}");
        status
    }

    /// Sends a part of the disk, while others are on their way.
    fn send(&self, id: &str, disk: &[u8], piece: usize) -> Child {
        let (start, end) = (piece * PIECE, disk.len().min((piece + 1) * PIECE));
        let range = format!("Content-Range: bytes {start}-{}/{}", end - 1, disk.len());
        let path = format!("/imports/{id}/files/disk.vmdk");
        self.curl(&path, &["--header", &range], Some(&disk[start..end]))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn answer(process: Child) -> (u16, Value) {
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, code) = text.rsplit_once('\n').unwrap();
    (code.parse().unwrap(), serde_json::from_str(body).unwrap())
}

fn disk() -> Vec<u8> {
    (0..DISK as u64).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect()
}

fn descriptor() -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References><File ovf:id="disk" ovf:href="disk.vmdk" ovf:size="{DISK}"/></References>
  <DiskSection><Info>Disks</Info><Disk ovf:diskId="d" ovf:fileRef="disk" ovf:capacity="1048576"
    ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection>
  <VirtualSystem ovf:id="web"><Info>A machine</Info>
    <VirtualHardwareSection><Info>Hardware</Info>
      <Item><rasd:ElementName>Disk 1</rasd:ElementName><rasd:HostResource>ovf:/disk/d</rasd:HostResource><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item></VirtualHardwareSection></VirtualSystem>
</Envelope>
"#
    )
}

fn manifest(disk: &[u8]) -> String {
    let line = |name: &str, bytes: &[u8]| {
        let mut hasher = Hasher::new(Algorithm::Sha256);
        hasher.update(bytes);
        format!("SHA256({name})= {}\n", hasher.finish())
    };
    line("web.ovf", descriptor().as_bytes()) + &line("disk.vmdk", disk)
}

/// Descriptor and manifest are there, and the parameters chosen.
fn begin(server: &Server, arguments: &[&str]) -> String {
    let arguments = [&["--request", "POST"], arguments].concat();
    let (code, created) = server.call("/imports?signatureFiles=MANIFEST", &arguments, None);
    assert_eq!(code, 201, "{created}");
    let id = created["id"].as_str().unwrap().to_owned();
    let files = format!("/imports/{id}/files");
    for (name, text) in [("web.ovf", descriptor()), ("web.mf", manifest(&disk()))] {
        let (code, status) = server.call(&format!("{files}/{name}"), &[], Some(text.as_bytes()));
        assert_eq!(code, 200, "{status}");
    }
    assert_eq!(server.status(&id)["state"], "IMPORT_SELECTING_OVF_PARAMS");
    let instantiate = format!("/imports/{id}/instantiate");
    let (code, status) = server.call(&instantiate, &["--request", "POST"], None);
    assert_eq!((code, status["state"].as_str()), (200, Some("IMPORT_FILE_TRANSFER")));
    id
}

/// All pieces, none of them where it belongs but the first to come last.
fn shuffled(pieces: usize) -> Vec<usize> {
    let step = (pieces / 3..).find(|step| is_coprime(*step, pieces)).unwrap();
    (1..=pieces).map(|at| at * step % pieces).collect()
}

fn is_coprime(mut a: usize, mut b: usize) -> bool {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}

fn file<'v>(status: &'v Value, name: &str) -> &'v Value {
    let files = status["files"].as_array().unwrap();
    files.iter().find(|file| file["name"] == name).unwrap()
}

/// A folder of our own that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn is_curl_missing() -> bool {
    match Command::new("curl").arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: there is no curl");
            true
        }
        output => {
            output.unwrap();
            false
        }
    }
}

#[test]
fn a_package_in_shuffled_ranges_survives_a_kill() {
    if is_curl_missing() {
        return;
    }
    let (folder, disk) = (Folder::new("ovf-import-killed"), disk());
    let order = shuffled(DISK.div_ceil(PIECE));
    assert_eq!(order.last(), Some(&0), "the front comes last");
    let server = Server::start(&folder.0);
    let id = begin(&server, &["--header", TOKEN]);

    // Some at once, in the wrong order, one of them twice.
    let (first, second) = order.split_at(order.len() / 2);
    let sent: Vec<Child> =
        first.iter().chain(first.first()).map(|&piece| server.send(&id, &disk, piece)).collect();
    for process in sent {
        let (code, status) = answer(process);
        assert_eq!(code, 200, "{status}");
    }
    let status = server.status(&id);
    assert_eq!(file(&status, "disk.vmdk")["status"], "TRANSFERRING");
    let there = file(&status, "disk.vmdk")["bytes_transferred"].clone();
    let sizes = first.iter().map(|piece| DISK.min((piece + 1) * PIECE) - piece * PIECE);
    assert_eq!(there, sizes.sum::<usize>(), "no byte is counted twice");
    server.kill();

    let server = Server::start(&folder.0);
    let arguments = ["--request", "POST", "--header", TOKEN];
    let (_, again) = server.call("/imports?signatureFiles=MANIFEST", &arguments, None);
    assert_eq!(again["id"], id.as_str(), "the token leads to the session after a restart, too");
    let status = server.status(&id);
    assert_eq!(status["state"], "IMPORT_FILE_TRANSFER");
    assert_eq!(file(&status, "disk.vmdk")["bytes_transferred"], there, "no byte is lost");
    for &piece in second {
        assert_eq!(server.status(&id)["state"], "IMPORT_FILE_TRANSFER");
        let (code, status) = answer(server.send(&id, &disk, piece));
        assert_eq!(code, 200, "{status}");
    }
    let status = server.status(&id);
    assert_eq!(status["state"], "IMPORT_COMPLETED", "{status}");
    assert_eq!(file(&status, "disk.vmdk")["status"], "READY");
    assert_eq!(status["vm_id"], format!("made-by-{id}"));
    assert!(std::fs::read(folder.0.join(&id).join("disk.vmdk")).unwrap() == disk);
    server.kill();

    let server = Server::start(&folder.0);
    assert_eq!(server.status(&id)["state"], "IMPORT_COMPLETED", "what is final stays");
    let path = format!("/imports/{id}");
    assert_eq!(server.call(&path, &["--request", "DELETE"], None).0, 200);
    let (code, gone) = server.call(&path, &[], None);
    assert_eq!((code, gone["error"].as_str()), (404, Some("NOT_FOUND")));
}

#[test]
fn a_damaged_byte_is_told_with_the_name_of_the_file() {
    if is_curl_missing() {
        return;
    }
    let (folder, mut disk) = (Folder::new("ovf-import-damaged"), disk());
    disk[DISK / 2] ^= 1;
    let server = Server::start(&folder.0);
    let id = begin(&server, &[]);
    for piece in shuffled(DISK.div_ceil(PIECE)) {
        let (code, status) = answer(server.send(&id, &disk, piece));
        assert_eq!(code, 200, "{status}");
    }
    let status = server.status(&id);
    assert_eq!(status["state"], "IMPORT_ERROR", "{status}");
    assert_eq!(file(&status, "disk.vmdk")["status"], "ERROR");
    let issue = &status["errors"][0]["issues"][0];
    assert_eq!(issue["file"], "disk.vmdk");
    let message = issue["message"]["default_message"].as_str().unwrap();
    assert!(message.starts_with("file `disk.vmdk`: the `SHA256` digest is"), "{message}");
    // It has ended: nothing brings it back.
    let (code, refused) = answer(server.send(&id, &disk, 0));
    assert_eq!((code, refused["error"].as_str()), (400, Some("NOT_ALLOWED_IN_CURRENT_STATE")));
}

#[test]
fn bad_requests_are_refused_and_change_nothing() {
    if is_curl_missing() {
        return;
    }
    let (folder, disk) = (Folder::new("ovf-import-refused"), disk());
    let server = Server::start(&folder.0);
    let token = ["--request", "POST", "--header", "Client-Token: no UUID"];
    assert_eq!(server.call("/imports", &token, None).0, 400);
    let id = begin(&server, &[]);
    let before = server.status(&id);
    let path = format!("/imports/{id}/files");
    for (name, range, code) in [
        ("disk.vmdk", "Content-Range: bytes 199999-200000/200001", 400),
        ("disk.vmdk", "Content-Range: bytes 5-4/200000", 400),
        ("disk.vmdk", "Content-Range: lines 1-2/3", 400),
        ("other.vmdk", "Content-Range: bytes 0-1/2", 404),
        ("..%2Fsessions.json", "Content-Range: bytes 0-1/2", 400),
    ] {
        let arguments = ["--path-as-is", "--header", range];
        let (found, why) = server.call(&format!("{path}/{name}"), &arguments, Some(&disk[..2]));
        assert_eq!(found, code, "{name} {range}: {why}");
    }
    assert_eq!(server.status(&id), before);
}

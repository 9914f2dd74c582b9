//! A server that takes OVF packages by HTTP, to show how an import session is driven.
//!
//! ```sh
//! cargo run --features serde --example import_server -- DIRECTORY [PORT]
//! ```
//!
//! It listens on the loopback interface and prints where. Everything it knows is in DIRECTORY: killed at
//! any moment and started again, it goes on with what it had confirmed.
//!
//! ```sh
//! curl -X POST "$SERVER/imports?signatureFiles=MANIFEST"            # {"id":"import-1"}
//! curl -T web.ovf "$SERVER/imports/import-1/files/"                 # descriptor and manifest are sent whole
//! curl -T web.mf "$SERVER/imports/import-1/files/"
//! curl -X POST "$SERVER/imports/import-1/instantiate"
//! curl -X PUT --data-binary @second-half -H "Content-Range: bytes 500-999/1000" \
//!     "$SERVER/imports/import-1/files/disk.vmdk"                    # disks in ranges, in any order
//! curl "$SERVER/imports/import-1"                                   # how far it is
//! ```
//!
//! `Client-Token: UUID` makes `POST /imports` idempotent. Answers are JSON: `ImportSession.Info` of vCenter, or
//! `{"error":"NOT_FOUND","message":"…"}`. There is no host to make machines on, so an import whose files are all
//! there is completed at once.
//!
//! Bytes are written before the state that counts them, and the state before the answer that confirms it.
#![allow(
    clippy::print_stdout,
    clippy::significant_drop_tightening,
    reason = "it prints where it listens; one lock guards all"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use ovf::import::session::{
    Entity, ImportRequest, ImportSession, ImportState, SessionError, Sessions, SignatureFiles,
    Timing,
};
use ovf::import::{Choices, FileType};
use ovf::value::href::Href;
use ovf::wire::sessions::ImportSessionInfo;

/// Most bytes of a document, which is kept in memory: the largest real descriptor has 4 MB.
const DOCUMENT_BYTES: usize = 16 << 20;

/// Bytes that are read at a time to be hashed.
const REPLAY_BYTES: usize = 1 << 20;

/// An upload that rests for this long is given up: the default of vCloud.
const TIMING: Timing =
    Timing { idle: Duration::from_secs(60 * 60), retention: Duration::from_secs(60 * 60) };

#[allow(dead_code, reason = "the test of this example has a main of its own")]
fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        return Err(io::Error::other("usage: import_server DIRECTORY [PORT]"));
    };
    let port = arguments.next().map_or(Ok(0), |port| port.parse());
    serve(Path::new(&directory), port.map_err(io::Error::other)?)
}

/// Serves until the process is killed. Port 0 is any free one.
pub(crate) fn serve(directory: &Path, port: u16) -> io::Result<()> {
    let server = Arc::new(Mutex::new(Server::open(directory)?));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        println!("listening on http://{}", listener.local_addr()?);
        io::stdout().flush()?;
        loop {
            let (stream, _) = listener.accept().await?;
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let service = service_fn(|request| answer(&server, request));
                // A client that goes away is none of our business: what it sent is counted.
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    })
}

/// Why a request is refused.
enum Refusal {
    Session(SessionError),
    Malformed(&'static str),
    Broken(io::Error),
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

type Answer = Result<(StatusCode, String), Refusal>;

async fn answer(
    server: &Mutex<Server>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
    let (status, body) = route(server, request).await.unwrap_or_else(|refusal| {
        let (status, error, message) = match refusal {
            Refusal::Session(error) if error.as_str() == "NOT_FOUND" => {
                (StatusCode::NOT_FOUND, error.as_str(), error.to_string())
            }
            Refusal::Session(error) => (StatusCode::BAD_REQUEST, error.as_str(), error.to_string()),
            Refusal::Malformed(what) => {
                (StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", what.to_owned())
            }
            Refusal::Broken(error) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "ERROR", error.to_string())
            }
        };
        (status, serde_json::json!({ "error": error, "message": message }).to_string())
    });
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body + "\n")))
}

async fn route(server: &Mutex<Server>, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    let parts: Vec<&str> = path.trim_start_matches('/').splitn(4, '/').collect();
    let lock = || server.lock().unwrap_or_else(PoisonError::into_inner);
    match (request.method(), parts.as_slice()) {
        (&Method::POST, ["imports"]) => {
            let token = request.headers().get("Client-Token").map(|token| token.to_str());
            let token =
                token.transpose().map_err(|_| Refusal::Malformed("the token is no text"))?;
            lock().create(token, request.uri().query().unwrap_or_default())
        }
        (&Method::GET, ["imports", id]) => lock().status(id),
        (&Method::DELETE, ["imports", id]) => lock().delete(id),
        (&Method::POST, ["imports", id, "instantiate"]) => lock().instantiate(id),
        (&Method::PUT, ["imports", id, "files", name]) => {
            let href =
                Href::parse(name).map_err(|_| Refusal::Malformed("there is no file name"))?;
            let name = href
                .safe_relative_path()
                .map_err(|_| Refusal::Malformed("the name is not safe"))?;
            put(server, id, name, request).await
        }
        _ => Err(Refusal::Malformed("there is no such call")),
    }
}

/// A file, or a range of it.
async fn put(server: &Mutex<Server>, id: &str, name: &str, request: Request<Incoming>) -> Answer {
    let lock = || server.lock().unwrap_or_else(PoisonError::into_inner);
    let header = |name| request.headers().get(name)?.to_str().ok();
    let length = header(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let range = header(CONTENT_RANGE).map(content_range);
    let range = range.map(|range| range.ok_or(Refusal::Malformed("Content-Range is malformed")));
    let (range, size) = match range.transpose()? {
        Some((range, size)) => (Some(range), size),
        None => (None, length),
    };
    if lock().file_type(id, name)?.is_none_or(is_document) {
        let mut body = request.into_body();
        let mut bytes = Vec::new();
        while let Some(piece) = next_piece(&mut body).await? {
            if bytes.len().saturating_add(piece.len()) > DOCUMENT_BYTES {
                return Err(Refusal::Malformed("the document is too large"));
            }
            bytes.extend_from_slice(&piece);
        }
        return lock().document(id, name, &bytes);
    }
    if let Some(size) = size {
        lock().declare_size(id, name, size)?;
    }
    let (mut offset, end) = range.map_or((0, u64::MAX), |range| (range.start, range.end));
    let mut body = request.into_body();
    let mut came = Ok(());
    while came.is_ok() {
        match next_piece(&mut body).await {
            Ok(Some(piece)) => {
                let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                let fits = offset.checked_add(length).filter(|&next| next <= end);
                came = match fits {
                    Some(_) => lock().receive(id, name, offset, &piece),
                    None => Err(Refusal::Malformed("the body is longer than Content-Range")),
                };
                offset = offset.saturating_add(length);
            }
            Ok(None) => break,
            Err(error) => came = Err(error),
        }
    }
    if came.is_ok() && offset == 0 && end == u64::MAX {
        // An empty file has no piece to announce it.
        came = lock().receive(id, name, 0, &[]);
    }
    // What has come is kept, also when the client was cut off.
    let kept = lock().keep(id, name);
    came.and(kept)?;
    lock().status(id)
}

async fn next_piece(body: &mut Incoming) -> Result<Option<Bytes>, Refusal> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::Malformed("the body was cut off"))?;
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// RFC 9110, 14.4: `bytes 500-999/1000`, or `bytes 500-999/*` when nobody knows the size.
fn content_range(text: &str) -> Option<(Range<u64>, Option<u64>)> {
    let (range, size) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, end) = (first.parse().ok()?, last.parse::<u64>().ok()?.checked_add(1)?);
    let size = if size == "*" { None } else { Some(size.parse().ok()?) };
    (first < end).then_some((first..end, size))
}

const fn is_document(file_type: FileType) -> bool {
    matches!(
        file_type,
        FileType::Descriptor | FileType::Manifest | FileType::Certificate | FileType::MessageBundle
    )
}

/// The sessions, and the folder their files are in.
struct Server {
    directory: PathBuf,
    sessions: Sessions<ImportSession>,
}

impl Server {
    /// Goes on with what is in the folder: reads the state, and hashes again what is there.
    fn open(directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory)?;
        let sessions = match fs::read(directory.join("sessions.json")) {
            Ok(saved) => serde_json::from_slice(&saved)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Sessions::new(),
            Err(error) => return Err(error),
        };
        let mut server = Self { directory: directory.to_owned(), sessions };
        let ids: Vec<String> = server.sessions.list(now()).map(|(id, _)| id.to_owned()).collect();
        for id in ids {
            let owed = server.sessions.get(&id, now()).map_err(io::Error::other)?.owed();
            let names: Vec<String> = owed.map(|(name, _)| name.to_owned()).collect();
            for name in names {
                server.replay(&id, &name).map_err(|_| io::Error::other("a file is lost"))?;
            }
            server.go_on(&id).map_err(|_| io::Error::other("a session is lost"))?;
        }
        server.save()?;
        Ok(server)
    }

    fn save(&self) -> io::Result<()> {
        let (new, old) = ("sessions.json.new", "sessions.json");
        let mut file = File::create(self.directory.join(new))?;
        file.write_all(&serde_json::to_vec(&self.sessions)?)?;
        file.sync_all()?;
        fs::rename(self.directory.join(new), self.directory.join(old))
    }

    fn create(&mut self, token: Option<&str>, query: &str) -> Answer {
        for (id, _) in self.sessions.sweep(now()) {
            self.remove_files(&id)?;
        }
        let signature_files = match query {
            "" | "signatureFiles=NONE" => SignatureFiles::None,
            "signatureFiles=MANIFEST" => SignatureFiles::Manifest,
            "signatureFiles=MANIFEST_CERTIFICATE" => SignatureFiles::ManifestAndCertificate,
            _ => return Err(Refusal::Malformed("signatureFiles is unknown")),
        };
        let request = ImportRequest::push().signature_files(signature_files);
        let is_free = |id: &String| self.sessions.get(id, now()).is_err();
        let id = (1_u32..).map(|number| format!("import-{number}")).find(is_free);
        let id = id.unwrap_or_default();
        let id = self
            .sessions
            .create(&id, token, now(), || ImportSession::new(request, TIMING, now()))?;
        self.save()?;
        Ok((StatusCode::CREATED, serde_json::json!({ "id": id }).to_string()))
    }

    fn status(&self, id: &str) -> Answer {
        let info = ImportSessionInfo::of(self.sessions.get(id, now())?);
        Ok((StatusCode::OK, serde_json::to_string(&info).map_err(io::Error::from)?))
    }

    fn delete(&mut self, id: &str) -> Answer {
        self.sessions.delete(id, now())?;
        self.save()?;
        self.remove_files(id)?;
        Ok((StatusCode::OK, "{}".to_owned()))
    }

    fn instantiate(&mut self, id: &str) -> Answer {
        self.sessions.get_mut(id, now())?.instantiate(Choices::new(), now())?;
        self.go_on(id)?;
        self.save()?;
        self.status(id)
    }

    fn file_type(&self, id: &str, name: &str) -> Result<Option<FileType>, Refusal> {
        Ok(self.sessions.get(id, now())?.document_type(name))
    }

    fn document(&mut self, id: &str, name: &str, bytes: &[u8]) -> Answer {
        self.sessions.get_mut(id, now())?.document(name, bytes, now())?;
        // A manifest may ask for digests that were not computed so far.
        let owed = self.sessions.get(id, now())?.owed();
        let names: Vec<String> = owed.map(|(name, _)| name.to_owned()).collect();
        names.iter().try_for_each(|name| self.replay(id, name))?;
        self.go_on(id)?;
        self.save()?;
        self.status(id)
    }

    fn declare_size(&mut self, id: &str, name: &str, size: u64) -> Result<(), Refusal> {
        Ok(self.sessions.get_mut(id, now())?.declare_size(name, size, now())?)
    }

    /// Counts bytes, stores those that are new, and has hashed what the front has reached.
    fn receive(&mut self, id: &str, name: &str, offset: u64, bytes: &[u8]) -> Result<(), Refusal> {
        let received = self.sessions.get_mut(id, now())?.receive(name, offset, bytes, now())?;
        let mut file = self.file(id, name)?;
        for range in received.fresh {
            let index = |at: u64| usize::try_from(at.saturating_sub(offset)).unwrap_or(usize::MAX);
            let part = bytes.get(index(range.start)..index(range.end)).unwrap_or_default();
            let stored = file.seek(SeekFrom::Start(range.start)).and_then(|_| file.write_all(part));
            if let Err(error) = stored {
                let session = self.sessions.get_mut(id, now())?;
                // Counted and not stored: it must come again. A file that is settled cannot forget.
                if session.forget(name, range, now()).is_err() {
                    session.fail("a file could not be stored", now())?;
                }
                return Err(error.into());
            }
        }
        self.replay(id, name)
    }

    /// Hands back from storage what is owed to the hashing of a file.
    fn replay(&mut self, id: &str, name: &str) -> Result<(), Refusal> {
        let owed = |session: &ImportSession| session.transfer(name).and_then(|file| file.owed());
        while let Some(owed) = owed(self.sessions.get(id, now())?) {
            let length = usize::try_from(owed.end.saturating_sub(owed.start)).unwrap_or(usize::MAX);
            let mut bytes = vec![0; length.min(REPLAY_BYTES)];
            let mut file = self.file(id, name)?;
            file.seek(SeekFrom::Start(owed.start))?;
            file.read_exact(&mut bytes)?;
            self.sessions.get_mut(id, now())?.replay(name, owed.start, &bytes, now())?;
        }
        Ok(())
    }

    /// Makes what has come outlive the process: first the bytes, then the state that counts them.
    fn keep(&mut self, id: &str, name: &str) -> Result<(), Refusal> {
        self.file(id, name)?.sync_all()?;
        self.go_on(id)?;
        Ok(self.save()?)
    }

    /// Here a real server would make the machine.
    fn go_on(&mut self, id: &str) -> Result<(), Refusal> {
        let session = self.sessions.get_mut(id, now())?;
        if session.state() == ImportState::Instantiating {
            let made = format!("made-by-{id}");
            let entity = match session.is_collection() {
                true => Entity::VirtualApp(made),
                false => Entity::VirtualMachine(made),
            };
            session.instantiated(entity, now())?;
        }
        Ok(())
    }

    /// A file of a session, which the descriptor lists under a name that is safe.
    fn file(&self, id: &str, name: &str) -> io::Result<File> {
        let path = self.directory.join(id).join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
    }

    fn remove_files(&self, id: &str) -> io::Result<()> {
        match fs::remove_dir_all(self.directory.join(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Time since 1970, which all sessions count in.
fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

//! Downloads.

use std::time::Duration;

use ovf::import::session::{
    DownloadSession, DownloadState, PrepareStatus, SessionError, Sessions, Timing,
};

use crate::random::{Random, restarted, saved, sequences};

const TIMING: Timing = Timing { idle: Duration::from_secs(30), retention: Duration::from_secs(20) };
const NAMES: [&str; 3] = ["a", "b", "c"];

struct Model {
    state: DownloadState,
    files: [PrepareStatus; 3],
    progress: u8,
    expires_at: Duration,
}

fn kind<T>(result: Result<T, SessionError>) -> Result<(), &'static str> {
    result.map(drop).map_err(|error| error.as_str())
}

fn run(mut random: Random) -> &'static str {
    let mut now = Duration::from_secs(random.within(0..100));
    let files = NAMES.map(|name| (name.to_owned(), Some(1), None));
    let mut store = Sessions::new();
    store.create("d", None, now, || DownloadSession::new("item", "1", files, TIMING, now)).unwrap();
    let mut model = Model {
        state: DownloadState::Active,
        files: [PrepareStatus::Unprepared; 3],
        progress: 0,
        expires_at: now + TIMING.idle,
    };
    for _ in 0..random.within(1..60) {
        now += Duration::from_secs(random.within(0..6));
        if random.chance(2) {
            now += Duration::from_secs(random.within(0..60));
        }
        if random.chance(5) {
            store = restarted(&store);
        }
        if now > model.expires_at {
            assert_eq!(kind(store.get("d", now)), Err("NOT_FOUND"));
            assert_eq!(store.sweep(now).len(), 1);
            return "expired";
        }
        assert!(store.sweep(now).is_empty(), "nothing expires before its time");
        let session = store.get_mut("d", now).unwrap();
        let before = saved(session);
        let (done, foreseen) = step(&mut random, session, &mut model, now);
        assert_eq!(done, foreseen);
        match done {
            Err(_) => assert_eq!(saved(session), before, "what is refused changes nothing"),
            Ok(()) if model.state == DownloadState::Active => {
                model.expires_at = model.expires_at.max(now + TIMING.idle);
            }
            Ok(()) => model.expires_at = model.expires_at.max(now + TIMING.retention),
        }
        assert_eq!(session.state(), model.state);
        assert_eq!(session.client_progress(), model.progress);
        assert_eq!(session.expires_at(), model.expires_at);
        assert_eq!(session.error().is_some(), model.state == DownloadState::Error);
        for (name, status) in NAMES.into_iter().zip(model.files) {
            let file = session.file(name).unwrap();
            assert_eq!(file.status, status);
            let has_link =
                status == PrepareStatus::Prepared && model.state == DownloadState::Active;
            assert_eq!(file.download_endpoint.is_some(), has_link, "links live with the session");
        }
    }
    // A download may be deleted in any state.
    assert!(store.delete("d", now).is_ok());
    model.state.as_str()
}

type Outcome = Result<(), &'static str>;

fn step(
    random: &mut Random,
    session: &mut DownloadSession,
    model: &mut Model,
    now: Duration,
) -> (Outcome, Outcome) {
    const NOT_ALLOWED: Outcome = Err("NOT_ALLOWED_IN_CURRENT_STATE");
    let active = if model.state == DownloadState::Active { Ok(()) } else { NOT_ALLOWED };
    let at = random.within(0..3) as usize;
    let (name, status) = (NAMES[at], model.files[at]);
    let asked = matches!(status, PrepareStatus::PrepareRequested | PrepareStatus::Preparing);
    let mut set = |foreseen: Outcome, new| {
        foreseen.iter().for_each(|()| model.files[at] = new);
        foreseen
    };
    match random.within(0..100) {
        0..25 => {
            let is_new = matches!(status, PrepareStatus::Unprepared | PrepareStatus::Error);
            let new = if is_new { PrepareStatus::PrepareRequested } else { status };
            let foreseen = set(active, new);
            let result = session.prepare(name, now);
            result.iter().for_each(|told| assert_eq!(*told, new));
            (kind(result), foreseen)
        }
        25..40 => {
            let is_asked = status == PrepareStatus::PrepareRequested;
            let foreseen = active.and(if is_asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Preparing);
            (kind(session.preparing(name, now)), foreseen)
        }
        40..60 => {
            let foreseen = active.and(if asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Prepared);
            (kind(session.prepared(name, "https://library.example/a", now)), foreseen)
        }
        60..67 => {
            let foreseen = active.and(if asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Error);
            (kind(session.fail_file(name, "it is gone", now)), foreseen)
        }
        67..72 => (kind(session.prepare("unknown", now)), active.and(Err("NOT_FOUND"))),
        72..95 => {
            let progress = random.chance(70).then(|| random.within(0..140) as u8);
            let is_over = progress.is_some_and(|percent| percent > 100);
            let foreseen = active.and(if is_over { Err("INVALID_ARGUMENT") } else { Ok(()) });
            if foreseen.is_ok() {
                model.progress = model.progress.max(progress.unwrap_or(0));
            }
            (kind(session.keep_alive(progress, now)), foreseen)
        }
        95..98 => {
            active.iter().for_each(|()| model.state = DownloadState::Canceled);
            (kind(session.cancel(now)), active)
        }
        _ => {
            active.iter().for_each(|()| model.state = DownloadState::Error);
            (kind(session.fail("the client has no room", now)), active)
        }
    }
}

#[test]
fn a_download_does_what_its_model_does() {
    let ends = ["expired", "ACTIVE", "ERROR", "CANCELED"];
    sequences("download", &ends, run);
}

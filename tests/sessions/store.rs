//! Sessions by identifier.

use std::time::Duration;

use ovf::import::session::{Session, Sessions};

struct Until(Duration);

impl Session for Until {
    fn expires_at(&self) -> Duration {
        self.0
    }
}

#[test]
fn an_identifier_is_not_empty_not_too_long_and_not_taken() {
    let end = Duration::from_secs(10);
    let mut sessions = Sessions::new();
    let mut create = |id: &str| {
        let created = sessions.create(id, None, Duration::ZERO, || Ok(Until(end)));
        created.map_err(|error| error.to_string())
    };
    let refused = Err("the argument `id` is empty, over 256 bytes or taken".to_owned());
    let longest = "x".repeat(256);
    assert_eq!(create(""), refused);
    assert_eq!(create(&"x".repeat(257)), refused);
    assert_eq!(create(&longest), Ok(longest.clone()));
    assert_eq!(create(&longest), refused);
    assert_eq!(create("a"), Ok("a".to_owned()));
    assert_eq!(create("a"), refused);
    let ids: Vec<_> = sessions.list(end).map(|(id, _)| id).collect();
    assert_eq!(ids, ["a", longest.as_str()]);
}

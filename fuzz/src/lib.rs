//! Fuzz bodies: plain functions, so that `cargo test` can run them too.

//! The command line of `ovf`.
fn main() {}

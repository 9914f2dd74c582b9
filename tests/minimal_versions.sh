#!/bin/sh
# The least versions of the dependencies that Cargo.toml allows are enough: the library is checked with them, with
# all features, by the compiler at hand. A requirement that is too low fails here.
set -eu
cd "$(dirname "$0")/.."
folder=target/minimal-versions
mkdir -p "$folder"
rm -rf "$folder/src" "$folder/Cargo.lock"
cp -R src README.md "$folder"
# What tests and benches need is nobody else's concern, and has requirements as loose as can be.
awk '/^\[/ { skip = /^\[(dev-dependencies|\[(example|test|bench)\]|profile)/ }
    !skip && !/^(members|default-members|exclude) = /' Cargo.toml >"$folder/Cargo.toml"
cd "$folder"
# The option is one of nightly cargo; the library itself is built as ever.
RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions
cargo check --quiet --all-features --target-dir target

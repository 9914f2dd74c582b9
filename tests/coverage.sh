#!/bin/sh
# Which lines and regions of the library its tests run, by module: writes docs/coverage.md.
#
# Needs cargo-llvm-cov, python3, and `rustup component add llvm-tools`; or LLVM_COV and LLVM_PROFDATA set to
# the tools of an LLVM that reads the profiles of the compiler (`rustc -vV` says which).
set -eu
cd "$(dirname "$0")/.."
out=target/coverage
mkdir -p "$out"
unset OVF_BLESS

# Left out are tests that start themselves again under valgrind or strace, or that measure memory: counting
# instrumented code says nothing. What they run others run as well.
left_out='^(growth|authority|stack|memory|.*_memory|hostile|import_server)$'
tests=$(
    for file in tests/*.rs; do basename "$file" .rs; done
    for file in tests/*/main.rs; do basename "$(dirname "$file")"; done
)
arguments=$(echo "$tests" | grep -Ev "$left_out" | sed 's/^/--test /')

# shellcheck disable=SC2086 # words on purpose
cargo llvm-cov --no-report --package ovf --all-features --lib $arguments -- --quiet >"$out/tests.log" 2>&1 || {
    tail -40 "$out/tests.log"
    exit 1
}
cargo llvm-cov report --package ovf --json --output-path "$out/coverage.json"
cargo llvm-cov report --package ovf --lcov --output-path "$out/coverage.lcov"
python3 tests/coverage.py "$out/coverage.json" "$out/coverage.lcov" "$(git rev-parse --short HEAD)" >docs/coverage.md
sed -n '/^|/p' docs/coverage.md

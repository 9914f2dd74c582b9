#!/bin/sh
# Our JSON against VMware's public Python bindings, in an environment of its own below target.
set -eu
cd "$(dirname "$0")/.."
environment=target/bindings
if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" 2>/dev/null || { echo "skipped: python3 has no venv"; exit 0; }
fi
"$environment/bin/python" -c 'import pyVmomi, com.vmware.content.type.ovf_client' 2>/dev/null ||
    "$environment/bin/pip" -q install pyvmomi==9.1.1.0 vmware-vcenter==9.1.1.0 2>/dev/null ||
    { echo "skipped: pyvmomi and vmware-vcenter cannot be installed"; exit 0; }
"$environment/bin/python" tests/bindings_check.py --ovf target/debug/ovf \
    testdata/deploy/*.ovf testdata/examples/*.ovf testdata/cli/*.ovf "$@"

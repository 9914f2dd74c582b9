#!/usr/bin/env bash
# Fuzzes each target for some time, on its corpus and what testdata has:  fuzz/run.sh SECONDS [TARGET...]
# Needs a nightly compiler and cargo-fuzz. Inputs that fail stay in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz/run.sh SECONDS [TARGET...]}
shift
if [ $# -eq 0 ]; then
  set -- $(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/targets/Cargo.toml | tail -n +2)
fi
for target in "$@"; do
  # As many bytes as reach every state there is; more make each run slower and teach nothing.
  case $target in
    decode | manifest) bytes=1024 ;;
    *) bytes=4096 ;;
  esac
  mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
  # -timeout and -rss_limit_mb make slow and greedy inputs failures.
  cargo +nightly fuzz run --fuzz-dir fuzz/targets "$target" "fuzz/corpus/$target" testdata -- \
    -max_total_time="$seconds" -max_len=$bytes -timeout=5 -rss_limit_mb=1024 \
    -dict=fuzz/xml.dict -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1
done

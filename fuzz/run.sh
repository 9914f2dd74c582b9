#!/usr/bin/env bash
# Fuzzes each target for some time, on its corpus and the test data it can make something of:
#
#   fuzz/run.sh [-s none] [-j JOBS] [-r RUNS] SECONDS [TARGET...]
#
#   -s none   without AddressSanitizer: there is no unsafe code of ours to watch, and it is faster
#   -j JOBS   so many processes at once, which share a corpus (-fork)
#   -r RUNS   ends after so many executions too
#
# Debug assertions and overflow checks are on in any case. Needs a nightly compiler and cargo-fuzz.
# Inputs that fail stay in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
usage='usage: fuzz/run.sh [-s none] [-j JOBS] [-r RUNS] SECONDS [TARGET...]'
sanitizer=address jobs=0 runs=-1
while getopts s:j:r: option; do
  case $option in
    s) sanitizer=$OPTARG ;;
    j) jobs=$OPTARG ;;
    r) runs=$OPTARG ;;
    *) echo "$usage" >&2 && exit 2 ;;
  esac
done
shift $((OPTIND - 1))
seconds=${1:?$usage}
shift
if [ $# -eq 0 ]; then
  set -- $(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/targets/Cargo.toml | tail -n +2)
fi
# What is built with a sanitizer stays there when something is built without.
folder=fuzz/targets/target
if [ "$sanitizer" != address ]; then folder=fuzz/targets/target/$sanitizer; fi
for target in "$@"; do
  # -max_len: as many bytes as reach every state there is; more make each run slower and teach nothing.
  # Targets that decide by bytes need few: what they decide about is built in.
  case $target in
    decode) bytes=1024 seeds=(cli xml) ;;
    xml) bytes=2048 seeds=(xml cli) ;;
    manifest) bytes=1024 seeds=(manifest) ;;
    certificate) bytes=4096 seeds=(certificate) ;;
    archive) bytes=4096 seeds=(packages) ;;
    check) bytes=4096 seeds=(rules deploy convert) ;;
    names | edit | deploy) bytes=2048 seeds=(deploy) ;;
    convert) bytes=3072 seeds=(convert) ;;
    environment) bytes=2048 seeds=(environment deploy) ;;
    session) bytes=256 seeds=() ;;
    transfer) bytes=352 seeds=() ;;
    *) echo "no such target: $target" >&2 && exit 2 ;;
  esac
  corpus=fuzz/corpus/$target
  mkdir -p "$corpus" "fuzz/artifacts/$target"
  arguments=(-max_total_time="$seconds" -runs="$runs" -max_len=$bytes -print_final_stats=1)
  # -timeout and -rss_limit_mb make slow and greedy inputs failures.
  arguments+=(-timeout=5 -rss_limit_mb=1024 -artifact_prefix="fuzz/artifacts/$target/")
  case $target in session | transfer) ;; *) arguments+=(-dict=fuzz/xml.dict) ;; esac
  if [ "$jobs" -gt 0 ]; then arguments+=(-fork="$jobs"); fi
  cargo +nightly fuzz run --fuzz-dir fuzz/targets --target-dir "$folder" --sanitizer "$sanitizer" "$target" \
    "$corpus" "${seeds[@]/#/testdata/}" -- "${arguments[@]}"
done

#!/usr/bin/env bash
# Fuzzes each target for some time, on its corpus and the test data it can make something of:
#
#   fuzz/run.sh [-s none] [-j JOBS] [-r RUNS] SECONDS [TARGET...]
#
#   -s none   without AddressSanitizer and without operands of comparisons: there is no unsafe code of
#             ours to watch, and it is several times faster
#   -j JOBS   so many processes at once, which share a corpus (-fork)
#   -r RUNS   ends after so many executions too
#
# Debug assertions and overflow checks are on in any case (fuzz/targets/Cargo.toml). Needs a nightly compiler
# and a C++ compiler, for libFuzzer. Inputs that fail stay in fuzz/artifacts. To run one again:
#
#   fuzz/run.sh -i FILE TARGET
set -euo pipefail
cd "$(dirname "$0")/.."
usage='usage: fuzz/run.sh [-s none] [-j JOBS] [-r RUNS] SECONDS [TARGET...] | fuzz/run.sh [-s none] -i FILE TARGET'
sanitizer=address jobs=0 runs=-1 input=
while getopts s:j:r:i: option; do
  case $option in
    s) sanitizer=$OPTARG ;;
    j) jobs=$OPTARG ;;
    r) runs=$OPTARG ;;
    i) input=$OPTARG ;;
    *) echo "$usage" >&2 && exit 2 ;;
  esac
done
shift $((OPTIND - 1))
seconds=0
if [ -z "$input" ]; then
  seconds=${1:?$usage}
  shift
fi
if [ $# -eq 0 ]; then
  set -- $(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/targets/Cargo.toml | tail -n +2)
fi
# What is built with a sanitizer stays there when something is built without.
folder=$PWD/fuzz/targets/target/$sanitizer
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
flags="--cfg fuzzing" compares=
if [ "$sanitizer" != none ]; then flags="$flags -Zsanitizer=$sanitizer" compares=1; fi
# For a platform that is named flags are not for build scripts.
(cd fuzz/targets && OVF_COMPARES=$compares RUSTC_WRAPPER=$PWD/../rustc.sh RUSTFLAGS=$flags CARGO_INCREMENTAL=0 \
  cargo +nightly build --release --target "$host" --target-dir "$folder" "${@/#/--bin=}")
for target in "$@"; do
  program=$folder/$host/release/$target
  if [ -n "$input" ]; then
    "$program" "$input"
    continue
  fi
  # -max_len: as many bytes as reach every state there is; more make each run slower and teach nothing.
  # Targets that decide by bytes need few: what they decide about is built in.
  case $target in
    decode) bytes=512 seeds=(cli xml) ;;
    xml) bytes=512 seeds=(xml) ;;
    manifest) bytes=512 seeds=(manifest) ;;
    certificate) bytes=2048 seeds=(certificate) ;;
    archive) bytes=3072 seeds=(packages) ;;
    check) bytes=1024 seeds=() ;;
    names | edit | convert | deploy | environment) bytes=200 seeds=() ;;
    session) bytes=96 seeds=() ;;
    transfer) bytes=256 seeds=() ;;
    *) echo "no such target: $target" >&2 && exit 2 ;;
  esac
  corpus=fuzz/corpus/$target
  mkdir -p "$corpus" "fuzz/artifacts/$target"
  # What earlier campaigns kept: an input in Base64 in each line.
  while read -r line; do
    base64 -d <<<"$line" >"$corpus/$(sha1sum <<<"$line" | cut -c1-40)"
  done <"fuzz/seeds/$target.txt"
  arguments=(-max_total_time="$seconds" -runs="$runs" -max_len=$bytes -print_final_stats=1)
  # Weighing inputs by how rare their edges are takes more time than running them.
  arguments+=(-entropic=0)
  # -timeout and -rss_limit_mb make slow and greedy inputs failures.
  arguments+=(-timeout=5 -rss_limit_mb=1024 -artifact_prefix="fuzz/artifacts/$target/")
  case $target in session | transfer) ;; *) arguments+=(-dict=fuzz/xml.dict) ;; esac
  if [ "$jobs" -gt 0 ]; then arguments+=(-fork="$jobs"); fi
  "$program" "$corpus" "${seeds[@]/#/testdata/}" "${arguments[@]}"
done

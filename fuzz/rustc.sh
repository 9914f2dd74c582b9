#!/bin/sh
# A compiler (RUSTC_WRAPPER) that counts edges for libFuzzer in what reads the input: this library, the bodies,
# and the crates that read certificates. Edges of the other crates (serialization, arithmetic of signatures,
# the judge) would take time and lead nowhere.
#
# OVF_COMPARES=1: operands of comparisons are told to libFuzzer too.
case " $* " in
  *" --crate-name ovf "* | *" --crate-name ovf_fuzz "* | *" --crate-name der "* | *" --crate-name x509_cert "*)
    set -- "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 \
      -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    if [ -n "${OVF_COMPARES-}" ]; then
      set -- "$@" -Cllvm-args=-sanitizer-coverage-trace-compares
    fi
    ;;
esac
exec "$@"

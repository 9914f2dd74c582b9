#!/bin/sh
# Counts the instructions that reading and checking descriptors take, and compares them with the counts in
# instructions.tsv: more than 3 % above is a failure. Counts do not depend on what else the machine does, but
# they do on the compiler, so those of another one are not compared.
#
# OVF_BLESS_INSTRUCTIONS=1 writes the counts instead.
set -eu
cd "$(dirname "$0")/.."
table=tests/instructions.tsv

if ! command -v valgrind >/dev/null; then
    echo "skipped: valgrind is not installed"
    exit 0
fi
compiler=$(rustc --version | cut -d' ' -f1-2)
recorded=$(sed -n 's/^# //p' "$table" 2>/dev/null | head -1)
if [ -z "${OVF_BLESS_INSTRUCTIONS-}" ] && [ "$compiler" != "$recorded" ]; then
    echo "skipped: the counts are of $recorded, this is $compiler; OVF_BLESS_INSTRUCTIONS=1 counts anew"
    exit 0
fi

cargo build --quiet --release --example instructions
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

printf '# %s\ntask\tbytes\tinstructions\n' "$compiler" >"$work/counted"
status=0
for task in parse validate; do
    for bytes in 15000 1000000; do
        # The map's seeds make a difference of less than one in a thousand.
        size=$(valgrind --tool=callgrind --toggle-collect='*measured*' --callgrind-out-file="$work/out" \
            target/release/examples/instructions "$task" "$bytes" 2>"$work/err") || { cat "$work/err"; exit 1; }
        count=$(sed -n 's/^\(totals\|summary\): //p' "$work/out" | tail -1)
        printf '%s\t%s\t%s\n' "$task" "$bytes" "$count" >>"$work/counted"
        before=$(awk -v task="$task" -v bytes="$bytes" '$1 == task && $2 == bytes { print $3 }' "$table" 2>/dev/null || true)
        awk -v task="$task" -v size="$size" -v count="$count" -v before="${before:-$count}" 'BEGIN {
            change = 100 * (count - before) / before
            printf "%-9s %8d bytes: %6.2f instructions per byte, %+.2f %%\n", task, size, count / size, change
            exit change > 3
        }' || status=1
    done
done

if [ -n "${OVF_BLESS_INSTRUCTIONS-}" ]; then
    cp "$work/counted" "$table"
elif [ "$status" -ne 0 ]; then
    echo "more than 3 % above $table; OVF_BLESS_INSTRUCTIONS=1 sh tests/instructions.sh if that is meant"
    exit 1
fi

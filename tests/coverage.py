"""Writes the table of docs/coverage.md from what llvm-cov exports. Called by coverage.sh."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict

ROOT = os.getcwd() + "/src/"


def test_code(path):
    """The first line of a file that is test code: modules of tests stand at its end."""
    if path.endswith("tests.rs") or "/tests/" in path:
        return 0
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for number, line in enumerate(lines, 1):
        if line == "#[cfg(test)]" and number < len(lines) and lines[number].startswith("mod "):
            return number
    return len(lines) + 1


def lines_of(lcov):
    """Lines by file: number to count."""
    files = defaultdict(dict)
    with open(lcov, encoding="utf-8") as file:
        for line in file:
            if line.startswith("SF:"):
                path = line[3:].strip()
            elif line.startswith("DA:"):
                number, count = line[3:].split(",")[:2]
                known = files[path].get(int(number), 0)
                files[path][int(number)] = max(known, int(count))
    return files


def regions_of(export):
    """Regions of code by file: place to count. A generic function counts once, by its best copy."""
    files = defaultdict(dict)
    with open(export, encoding="utf-8") as file:
        functions = json.load(file)["data"][0]["functions"]
    for function in functions:
        for *place, count, which, _, kind in function["regions"]:
            if kind == 0:
                regions = files[function["filenames"][which]]
                regions[tuple(place)] = max(regions.get(tuple(place), 0), count)
    return files


def module(path):
    """The module a file belongs to, two levels deep where the first is a folder of folders."""
    parts = path.split("/")
    if parts[0] in ("import", "manifest", "package", "rules", "wire") and len(parts) > 2:
        return "/".join(parts[:2])
    return re.sub(r"\.rs$", "", parts[0])


def share(hit, all_):
    return f"{100 * hit / all_:.1f} %" if all_ else "-"


def main():
    export, lcov, commit = sys.argv[1:4]
    lines, regions = lines_of(lcov), regions_of(export)
    totals = defaultdict(lambda: [0, 0, 0, 0])
    files = {}
    for path in sorted(set(lines) | set(regions)):
        if not path.startswith(ROOT):
            continue
        first = test_code(path)
        seen = [count for number, count in lines[path].items() if number < first]
        parts = [count for place, count in regions[path].items() if place[0] < first]
        row = [sum(c > 0 for c in seen), len(seen), sum(c > 0 for c in parts), len(parts)]
        name = path.removeprefix(ROOT)
        files[name] = row
        for key in (module(name), "all"):
            totals[key] = [a + b for a, b in zip(totals[key], row)]
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    print("# Coverage\n")
    print("What of the library its own tests run, without those of the command line, without code of tests, and without")
    print("material that is not in the repository. `sh tests/coverage.sh` writes this file;")
    print(f"made at commit {commit} with rustc {rustc}.\n")
    print("| module | lines | of | regions | of |")
    print("|---|---|---|---|---|")
    for name in sorted(totals, key=lambda name: (name == "all", name)):
        a, b, c, d = totals[name]
        if b:
            shown = f"`{name}`" if name != "all" else "**all**"
            print(f"| {shown} | {share(a, b)} | {b} | {share(c, d)} | {d} |")
    print("\n## Files with the most that is not run\n")
    print("| file | lines not run | regions not run |")
    print("|---|---|---|")
    worst = sorted(files.items(), key=lambda item: item[1][2] - item[1][3])[:20]
    for name, (a, b, c, d) in worst:
        print(f"| `{name}` | {b - a} of {b} | {d - c} of {d} |")


main()

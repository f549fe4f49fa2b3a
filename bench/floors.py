#!/usr/bin/env python3
"""Holds the sanitizer's rates against their targets: bench/floors.py sanitizer_bench.json

Prints each rate that has a target. Exit code 1 when one is missed; 2 when none is, but one is below
its target where other programs used the thread's processor, which says nothing.
"""

import json
import pathlib
import sys

from compare import google_medians

# The least bytes/s of the layers one after the other: of ordinary texts, and of the worst ones.
FLOORS = {"layers": 300e6, "worst_layers": 40e6}

# Time by the clock for one of time on the processor: more, and others had a part in it.
BUSY = 1.05


def verdicts(document):
    """(name, bytes/s, the least, word) of each benchmark that has a target."""
    for name, run in google_medians(document).items():
        least = FLOORS.get(name.split("/")[0])
        if least is None:
            continue
        rate = run["bytes_per_second"]
        missed = "void" if run["real_time"] > BUSY * run["cpu_time"] else "MISSED"
        yield name, rate, least, "met" if rate >= least else missed


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    found = list(verdicts(json.loads(pathlib.Path(arguments[0]).read_text())))
    if not found:
        sys.exit(f"{arguments[0]} has no rate with a target")
    for name, rate, least, word in found:
        print(f"  {name:39} {rate / 1e6:5.0f} MB/s  target >= {least / 1e6:3.0f}  {word}")
    words = {word for *_, word in found}
    sys.exit(1 if "MISSED" in words else 2 if "void" in words else 0)


if __name__ == "__main__":
    main(sys.argv[1:])

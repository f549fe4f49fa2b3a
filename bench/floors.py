#!/usr/bin/env python3
"""Holds the sanitizer's rates against their targets: bench/floors.py sanitizer_bench.json

Prints each rate that has a target; exit code 1 when one is below it. The rates are those of the
thread's time on the processor, so a busy machine lowers them little.
"""

import json
import pathlib
import sys

from compare import google_medians

# The least bytes/s of the layers one after the other: of ordinary texts, and of the worst ones.
FLOORS = {"layers": 300e6, "worst_layers": 40e6}


def rates(document):
    """(name, bytes/s, the least) of each benchmark that has a target."""
    for name, run in google_medians(document).items():
        stage = name.split("/")[0]
        if stage in FLOORS:
            yield name, run["bytes_per_second"], FLOORS[stage]


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    found = list(rates(json.loads(pathlib.Path(arguments[0]).read_text())))
    if not found:
        sys.exit(f"{arguments[0]} has no rate with a target")
    for name, rate, least in found:
        word = "met" if rate >= least else "MISSED"
        print(f"  {name:34} {rate / 1e6:8.0f} MB/s  target >= {least / 1e6:4.0f}  {word}")
    sys.exit(0 if all(rate >= least for _, rate, least in found) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])

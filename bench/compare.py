#!/usr/bin/env python3
"""What changed between two runs of the benchmarks: bench/compare.py OLD NEW

OLD and NEW are folders that `bench/run` filled, or single files of theirs. A figure that stands
beside a limit is compared by its ratio to it, so that a slower machine is not taken for a slower
program; the others, and what stands beside a program of ours, as they were measured. A difference
below what one run scatters by itself is noise, and what was measured on a machine too busy for it
is void.
"""

import json
import pathlib
import sys

NOISE_MIN = 0.05  # two runs of one binary differ by this much
SHARE_SLACK = 0.01  # and growth by a point


class Figure:
    """One number, the more the worse, with its scatter as a share of it (None: not known). A
    difference of up to `slack` is none."""

    def __init__(self, value, noise, shown, void=False, slack=0.0):
        self.value = value
        self.noise = noise
        self.shown = shown
        self.void = void
        self.slack = slack


def inverse(value):
    return 1 / value if value else float("inf")


def stack_figure(headline, quiet):
    """Shares are of growth: none is no worse than less than none."""
    measured, ratio = headline["measured"], headline["ratio"]
    void = not quiet and not headline.get("certain")
    if headline["unit"] == "share":
        return Figure(max(measured, 0), headline["noise"], f"{measured:.2%}", void, SHARE_SLACK)
    shown = f"{measured:.0f} {headline['unit']}, {ratio:.2f} x limit"
    by_itself = headline.get("limit_meaning") == "generator alone"
    value = measured if by_itself else ratio
    worse = value if headline["goal"] == "at_most" else inverse(value)
    return Figure(worse, headline["noise"], shown, void)


def stack_figures(document):
    for figure in document["figures"]:
        for headline in figure["headlines"]:
            name = f"{figure['name'].split()[0]} {headline['name']}"
            yield name, stack_figure(headline, figure["limits"]["quiet"])


def google_medians(document):
    """Of the repetitions, by name; where there is only one, that one."""
    runs = document["benchmarks"]
    medians = {run["run_name"]: run for run in runs if run.get("aggregate_name") == "median"}
    for run in runs:
        if run["run_type"] == "iteration" and run["run_name"] not in medians:
            medians[run["run_name"]] = run
    return medians


def google_figures(document):
    """The scatter is the coefficient of variation of the repetitions. `ratio` is the share that was
    reached of a limit's rate."""
    variation = {run["run_name"]: run for run in document["benchmarks"]
                 if run.get("aggregate_name") == "cv"}
    for name, run in google_medians(document).items():
        if "cpu_time" not in run:
            continue
        key = "ratio" if "ratio" in run else "cpu_time"
        noise = variation.get(name, {}).get(key, 0)
        if key == "ratio":
            yield f"{name} ratio", Figure(inverse(run[key]), noise, f"{run[key]:.3g} x limit")
        else:
            yield name, Figure(run[key], noise, f"{run[key]:.4g} {run['time_unit']}")
        if "allocations" in run:
            count = run["allocations"]
            yield f"{name} allocations", Figure(count, 0, f"{count:.1f}")


def line_figures(lines):
    for run in lines:
        if "ratio" in run:
            shown = f"{run['rows_per_s']:.0f} rows/s, {run['ratio']:.2f} x limit"
            yield run["bench"], Figure(inverse(run["ratio"]), None, shown)


def read_file(path):
    text = path.read_text()
    if path.suffix == ".jsonl":
        return line_figures(json.loads(line) for line in text.splitlines())
    document = json.loads(text)
    return stack_figures(document) if "figures" in document else google_figures(document)


def read(path):
    files = sorted(path.glob("*.json*")) if path.is_dir() else [path]
    return {name: figure for file in files for name, figure in read_file(file)}


def verdict(old, new):
    change = 1.0 if old.value == new.value else new.value * inverse(old.value)
    if old.void or new.void:
        return change, "void: the machine was busy, repeat"
    if old.value == new.value:
        return change, "same"
    noise = max(NOISE_MIN, old.noise or 0, new.noise or 0)
    if abs(new.value - old.value) <= max(noise * old.value, old.slack):
        return change, f"within the noise ({noise:.0%})"
    word = "better" if new.value < old.value else "WORSE"
    known = old.noise is not None and new.noise is not None
    return change, word if known else f"{word}, if it is no scatter: of one run each"


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    old, new = (read(pathlib.Path(argument)) for argument in arguments)
    width = max((len(name) for name in old), default=0)
    for name, before in old.items():
        if name not in new:
            print(f"{name:{width}}  only in {arguments[0]}")
            continue
        change, word = verdict(before, new[name])
        print(f"{name:{width}}  {before.shown:>34} -> {new[name].shown:>34}  {change:5.2f}  {word}")
    for name in new.keys() - old.keys():
        print(f"{name:{width}}  only in {arguments[1]}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The same seed is the same run: whatever builds of syncsim are named, each seed's line of the soak
must be equal in all of them, trace hash included. One build alone is run twice.

    compare_soaks.py [--seeds 1..40] [--store sqlite] SYNCSIM [SYNCSIM ...]
"""

import argparse
import subprocess
import sys


def soak(program, seeds, store):
    """The lines of all seeds; a seed that breaks a rule is the soak's to report, not ours."""
    command = [program, "soak", "--seeds", seeds, "--store", store, "--json"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{program} ended with {run.returncode}")
    return run.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="1..40")
    parser.add_argument("--store", default="memory")
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    programs = options.programs if len(options.programs) > 1 else options.programs * 2

    expected = soak(programs[0], options.seeds, options.store)
    if not expected:
        sys.exit(f"{programs[0]} ran no seed")
    different = 0
    for program in programs[1:]:
        lines = soak(program, options.seeds, options.store)
        if len(lines) != len(expected):
            sys.exit(f"{program} ran {len(lines)} seeds, {programs[0]} {len(expected)}")
        for first, second in zip(expected, lines):
            if first != second:
                different += 1
                print(f"{programs[0]}: {first}\n{program}: {second}\n")
    print(f"{len(expected)} seeds in {len(programs)} runs, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

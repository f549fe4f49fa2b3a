#!/usr/bin/env python3
"""The headline figures that take a crowd: `syncload` against a server of its own for each.

    bench/load_bench.py [--only FIGURE]... [--quick] [--check] [--json FILE] [--folder FOLDER]

F, one flush of 4 KiB beside the server's data, is sampled before and after each run. What
`syncload` can do alone is measured in the same run, against a server that does nothing.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(__file__).resolve().parents[1] / "build" / "bin"
FLUSHES = 40
QUIET_FACTOR = 3  # between the median flush and the fast ones, as stack_bench has it
CEILING_FACTOR = 3  # what the generator can do alone, by what it is used for
MISSED = 1  # exit codes: what was asked for does not hold, or nothing came of a figure
VOID = 2  # nothing was missed, and something says nothing
OFFERED_SHARE = 0.98  # of the schedule, below which the load was not what was asked for
END_SECONDS = 60  # for a server to end

# What is measured is the way of a change, so nothing may be refused for its rate or its bytes.
SETTINGS = ["limits.ws_changes_per_second=0", "limits.uploads_per_minute=0",
            "limits.downloads_per_minute=0", "limits.logins_per_minute=0",
            "limits.bytes_per_user=1099511627776", "auth.bcrypt_cost=4", "log.level=warn"]


class GaveUp(Exception):
    """A benchmark that cannot go on says why and ends."""


@dataclasses.dataclass
class Target:
    """One threshold of `syncload`, and what it stands beside: F, the generator, or a number."""
    expression: str
    name: str
    beside: object = 1.0
    meaning: str = ""
    hidden: bool = False  # a slow generator could make it look better than it is


@dataclasses.dataclass
class Figure:
    """One run of `syncload`, and the same by the generator alone where `ceiling` asks for it."""
    name: str
    about: str
    arguments: list
    targets: list
    users: int = 0  # accounts on a server of its own; 0: the verb brings its own server
    verb: str = "run"
    ceiling: list = dataclasses.field(default_factory=list)  # arguments against the null server
    ceiling_target: Target | None = None
    used_for: float = 0  # by the targets above
    long: bool = False  # only when it is asked for


NO_ERRORS = Target("error_rate<=0%", "errors", 1.0, "all edits")


def figures(quick):
    """All of them, in the order of their time."""
    users = 50 if quick else 1000
    rate = users
    records = 200 if quick else 10_000
    seconds = 5 if quick else 60

    def steady(rate, seconds):
        return ["--users", users, "--devices", 2, "--rate", rate, "--duration", f"{seconds}s"]

    def spike():
        return ["--scenario", "download", "--contents", "small", "--arrivals", "at-once", "--users",
                users, "--devices", 1, "--records", 1000]

    def fill(records):
        return ["--contents", "small", "--users", users, "--devices", 1, "--records", records,
                "--rate", 50, "--duration", "5s"]

    return [
        Figure("steady",
               f"{users} users with 2 devices each, {rate} edits a second for {seconds} s",
               steady(rate, seconds),
               [NO_ERRORS, Target("sync_latency.p95<25ms", "sync latency p95", "F"),
                Target("sync_latency.p99<60ms", "sync latency p99", "F")],
               users, ceiling=steady(rate * 3.2, min(seconds, 20)),
               ceiling_target=Target("throughput>0", "edits/s"), used_for=rate),
        Figure("spike", f"{users} new devices read 1,000 records each, all at once", spike(),
               [NO_ERRORS, Target("first_sync.max<20s", "the last one is done", 20e6, "target"),
                Target("row_rate>=50000", "rows/s", "alone"),
                Target("first_sync.spread<=3", "the slowest, by the median", 1.0, "median",
                       hidden=True)],
               users, ceiling=spike(), ceiling_target=Target("row_rate>0", "rows/s"),
               used_for=50_000),
        Figure("fill", f"{users} users with {records} records of 300 to 500 bytes each",
               fill(records),
               [NO_ERRORS, Target("fill_rate>=40000", "records/s", "alone"),
                Target("fill_rate_at_end>=40000", "records/s at the end", "alone")],
               users, ceiling=fill(min(records, 2000)),
               ceiling_target=Target("fill_rate>0", "records/s"), used_for=40_000),
        Figure("idle",
               f"W6: {100 * users} idle devices on one server, by sockets as far as it goes",
               ["--devices", 100 * users, "--sockets", 50 * users],
               [Target("memory_per_device<=12288", "bytes a device", 12288.0, "target"),
                Target("propagation.p99<10ms", "a push meanwhile p99", 10e3, "target")],
               verb="linked"),
        Figure("memory", f"the server's memory, {rate} edits a second for {10 * seconds} s",
               steady(rate, 10 * seconds),
               [NO_ERRORS, Target("memory_growth<5%", "growth, second quarter to last", 1.0,
                                  "memory")],
               users, long=True),
    ]


class Flushes:
    """F: appending 4 KiB to a file in `folder` and flushing it, some before and some after."""

    def __init__(self, folder):
        self.file = os.open(pathlib.Path(folder) / "flush_probe",
                            os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.samples = []  # a list of microseconds each time

    def sample(self):
        block, times = bytes(4096), []
        for _ in range(FLUSHES):
            begin = time.perf_counter()
            os.write(self.file, block)
            os.fdatasync(self.file)
            times.append((time.perf_counter() - begin) * 1e6)
        self.samples.append(times)

    def limits(self):
        every = sorted(sum(self.samples, []))
        fast = every[len(every) // 10]
        return {"fsync_before_us": statistics.median(self.samples[0]),
                "fsync_after_us": statistics.median(self.samples[-1]),
                "fsync_us": statistics.median(every), "fsync_p10_us": fast,
                "quiet": statistics.median(every) <= QUIET_FACTOR * fast}


class Server:
    """A program that says on its first line where it listens, and is ended by a signal."""

    def __init__(self, command):
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE)

    def __enter__(self):
        try:
            said = self.process.stdout.readline().decode().strip()
            if not said:
                raise GaveUp(f"{self.process.args[0]} did not start")
            self.url = said if said.startswith("http") else json.loads(said)["http"]
        except BaseException:
            self.process.kill()
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.end()

    def end(self):
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            print(f"load_bench: {self.process.args[0]} did not end by itself", file=sys.stderr)
        self.process.stdout.close()


def syncload(arguments, targets, folder):
    """The results of one run. Its own exit code is of no interest but for runs that never were."""
    out = pathlib.Path(folder) / "results.json"
    command = [BIN / "syncload", *arguments, "--json", out]
    for target in targets:
        command += ["--threshold", target.expression]
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode not in (0, 1, 4):
        raise GaveUp(f"syncload {arguments[0]}: {done.stdout.strip()}")
    return json.loads(out.read_text())


def measured(results, target):
    found = next(one for one in results["thresholds"] if one["expression"] == target.expression)
    if found["measured"] is None:
        raise GaveUp(f"{target.expression}: nothing was measured")
    return found


def headline(name, value, limit, meaning, target, goal, met):
    """One run has no scatter that would tell what is noise."""
    return {"name": name, "measured": value, "limit": limit, "limit_meaning": meaning,
            "ratio": value / limit, "target": target, "goal": goal, "noise": None, "met": met}


def unit_of(expression):
    timing = "." in expression and ".spread" not in expression
    if timing:
        return "us"
    return "share" if expression.endswith("%") else "number"


def headlines(figure, results, limits, alone):
    """The thresholds as `syncload` judged them, each as a ratio to what it stands beside."""
    lines = []
    for target in figure.targets:
        found = measured(results, target)
        limit, meaning = target.beside, target.meaning
        if limit == "F":
            limit, meaning = limits["fsync_us"], "F"
        elif limit == "alone":
            limit, meaning = alone, "generator alone"
        goal = "at_least" if ">" in target.expression else "at_most"
        line = headline(target.name, found["measured"], limit, meaning, found["limit"], goal,
                        found["met"])
        holds = found["met"] and not target.hidden and whole_load(results["self_check"])
        lines.append(dict(line, unit=unit_of(target.expression), holds=holds))
    if figure.ceiling:
        target = CEILING_FACTOR * figure.used_for
        line = headline(f"generator alone, {figure.ceiling_target.name}", alone, figure.used_for,
                        "use", target, "at_least", alone >= target)
        lines.append(dict(line, unit="number", holds=alone >= target))
    return lines


def whole_load(own):
    return own["achieved_per_second"] >= OFFERED_SHARE * own["offered_per_second"]


def ceiling(figure, folder):
    with Server([BIN / "syncload", "null-server"]) as null:
        results = syncload(["run", "--target", null.url, "--no-verify", "--quiet",
                            *figure.ceiling], [figure.ceiling_target], folder)
    return measured(results, figure.ceiling_target)["measured"]


def load(figure, folder):
    if figure.verb == "linked":
        return syncload(["linked", *figure.arguments], figure.targets, folder)
    data, accounts = folder / "data", folder / "accounts"
    # Nobody logs in with their passwords: whose hashes cost little are made in a moment.
    created = subprocess.run([BIN / "syncd", "users", "create", "--data", data, "--count",
                              str(figure.users), "--out", accounts, "--set", "auth.bcrypt_cost=4"],
                             capture_output=True, text=True)
    if created.returncode:
        raise GaveUp(f"syncd users create: {created.stderr.strip()}")
    settings = [word for setting in SETTINGS for word in ("--set", setting)]
    with Server([BIN / "syncd", "serve", "--data", data, "--port", 0, "--metrics-port", 0,
                 *settings]) as server:
        return syncload(["run", "--target", server.url, "--users-file", accounts, "--quiet",
                         *figure.arguments], figure.targets, folder)


def measure(figure, parent):
    with tempfile.TemporaryDirectory(dir=parent) as name:
        folder = pathlib.Path(name)
        alone = ceiling(figure, folder) if figure.ceiling else None
        flushes = Flushes(folder)
        flushes.sample()
        results = load(figure, folder)
        flushes.sample()
    return judged(figure, results, flushes.limits(), alone)


def judged(figure, results, limits, alone):
    """A run that says more about the generator than about the server is void, as is one beside a
    disk whose flushes wait for a processor. What is lost is lost, however the load was made; and
    what holds nonetheless holds, where all of the load was made: a machine that is slow makes
    latencies longer and rates lower."""
    own = results["self_check"]
    limits = dict(limits, quiet=limits["quiet"] and own["valid"])
    lines = headlines(figure, results, limits, alone)
    verification = results["verification"]
    lost = verification["missing"] + verification["different"] + verification["devices_apart"]
    if figure.verb == "run":
        line = headline("lost or different", lost, 1.0, "one", 0, "at_most", lost == 0)
        lines.append(dict(line, unit="records", certain=lost > 0, holds=lost == 0))
        unread = int(not verification["done"])
        line = headline("not read back", unread, 1.0, "one", 0, "at_most", unread == 0)
        lines.append(dict(line, unit="runs", holds=unread == 0))
    if not results["passed"] and own["valid"] and all(line["met"] for line in lines):
        line = headline("failed by syncload itself", 1, 1.0, "one", 0, "at_most", False)
        lines.append(dict(line, unit="runs"))
    return {"name": figure.name, "quiet": limits["quiet"], "limits": limits, "headlines": lines,
            "details": {"about": figure.about, "self_check": own, "summary": results["summary"],
                        "fill": results.get("fill"), "memory": results.get("memory"),
                        "remarks": results["remarks"]}}


def no_figure(name, reason):
    """Of a run that came to nothing: whoever asked for it has none of its targets."""
    return {"name": name, "quiet": True, "limits": {"quiet": True}, "headlines": [],
            "gave_up": str(reason)}


def word_for(figure, line):
    if figure["quiet"] or line.get("certain") or line.get("holds"):
        return "met" if line["met"] else "MISSED"
    return "void"


def table(figure):
    if "gave_up" in figure:
        return f"\n{figure['name']}: MISSED, {figure['gave_up']}"
    limits = figure["limits"]
    lines = [f"\n{figure['name']}: {figure['details']['about']}\n"
             f"  F {limits['fsync_us']:.0f} us (before {limits['fsync_before_us']:.0f}, "
             f"after {limits['fsync_after_us']:.0f})"]
    for line in figure["headlines"]:
        sign = "<=" if line["goal"] == "at_most" else ">="
        lines.append(f"  {line['name']:34} {line['measured']:11.5g} {line['unit']:8}"
                     f"{line['ratio']:8.2f} x {line['limit_meaning']:16} target {sign} "
                     f"{line['target']:<9g} {word_for(figure, line)}")
    if any(word_for(figure, line) == "void" for line in figure["headlines"]):
        reason = figure["details"]["self_check"]["reason"] or "flushes waited for a processor"
        lines.append(f"  void: {reason}")
    return "\n".join(lines)


def verdict(done):
    """The exit code under --check: a miss of a quiet run is one, whatever the others are worth."""
    words = {word_for(figure, line) for figure in done for line in figure["headlines"]}
    if "MISSED" in words or any("gave_up" in figure for figure in done):
        return MISSED
    return VOID if "void" in words else 0


def main():
    names = [figure.name for figure in figures(False)]
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=names, metavar="FIGURE",
                        help=f"only these: {', '.join(names)} (all but memory, which takes ten "
                             "minutes)")
    parser.add_argument("--quick", action="store_true", help="a short pass that compares with none")
    parser.add_argument("--check", action="store_true",
                        help="exit 1 when a target is missed, 2 when the machine was too busy")
    parser.add_argument("--json", type=pathlib.Path, help="writes the results there")
    parser.add_argument("--folder", default=None, help="where the data lies: whose disk is used")
    options = parser.parse_args()
    done = []
    for figure in figures(options.quick):
        if figure.name in options.only if options.only else not figure.long:
            print(f"\n{figure.name} ...", file=sys.stderr, flush=True)
            try:
                done.append(measure(figure, options.folder))
            except GaveUp as reason:
                done.append(no_figure(figure.name, reason))
            print(table(done[-1]), flush=True)
            if options.json:
                options.json.write_text(json.dumps({"figures": done}, indent=1) + "\n")
    gave_up = any("gave_up" in figure for figure in done)
    return verdict(done) if options.check else MISSED if gave_up else 0


if __name__ == "__main__":
    # As on Ctrl-C: servers and folders of gigabytes go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main())

"""Runs syncctl as a user would, on a data folder of its own, and keeps all that it prints."""
import json
import os
import signal
import subprocess

from support.deadline import Deadline
from support.server import RELEASE_BUILD

RUN_SECONDS = 60


def syncctl():
    return os.path.join(os.environ.get("STUDIOSYNC_BIN", RELEASE_BUILD), "syncctl")


def _environment():
    """Nothing of the caller's own device."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("STUDIOSYNC_", "XDG_"))}


class Device:
    def __init__(self, folder):
        self.folder = folder
        self.stdout = bytearray()
        self.stderr = bytearray()

    def _command(self, arguments):
        return [syncctl(), "--data", self.folder, *arguments]

    def run(self, *arguments, stdin=b""):
        """The exit code; what was printed is added to `stdout` and `stderr`."""
        done = subprocess.run(self._command(arguments), input=stdin, env=_environment(),
                              capture_output=True, timeout=RUN_SECONDS, check=False)
        self.stdout += done.stdout
        self.stderr += done.stderr
        self.last = done
        return done.returncode

    def json_lines(self, *arguments):
        """What a verb prints with --json, or by itself where that is JSON lines."""
        self.run("--json", *arguments)
        return [json.loads(line) for line in self.last.stdout.splitlines()]

    def watch(self):
        return Following(self, "watch")

    def record(self):
        return Following(self, "record")


class Following:
    """`syncctl watch` or `record` while the block runs; `wait_for` reads its events, and `output`
    has all of them in the end."""

    def __init__(self, device, verb):
        self._device = device
        self._verb = verb
        self.output = bytearray()

    def __enter__(self):
        # A pipe could fill up while nobody reads it.
        self._errors = open(os.path.join(self._device.folder, f"{self._verb}.stderr"), "w+b")
        self._process = subprocess.Popen(self._device._command([self._verb]), env=_environment(),
                                         stdout=subprocess.PIPE, stderr=self._errors)
        self._buffer = b""
        return self

    @property
    def process_id(self):
        return self._process.pid

    def wait_for(self, wanted):
        """The next event for which `wanted` holds."""
        deadline = Deadline(RUN_SECONDS)
        while True:
            while b"\n" in self._buffer:
                line, _, self._buffer = self._buffer.partition(b"\n")
                event = json.loads(line)
                if wanted(event):
                    return event
            self._read(deadline)

    def _read(self, deadline):
        output = self._process.stdout
        deadline.wait_readable(output, f"event of {self._verb}")
        data = os.read(output.fileno(), 1 << 16)
        if not data:
            raise RuntimeError(f"{self._verb} ended with {self._process.wait()}")
        self._take(data)
        self._buffer += data

    def _take(self, data):
        self.output += data
        self._device.stdout += data

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        rest, _ = self._process.communicate(timeout=RUN_SECONDS)
        self._take(rest)
        self._errors.seek(0)
        self._device.stderr += self._errors.read()
        self._errors.close()

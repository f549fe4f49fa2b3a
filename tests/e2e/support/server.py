"""Runs syncd as an operator would, and ends it by its own process id."""
import contextlib
import json
import os
import signal
import subprocess

from support.deadline import Deadline

READY_SECONDS = 30
STOP_SECONDS = 45

# A test makes many requests a minute, and hashing passwords is not its subject.
TEST_SETTINGS = (
    "auth.bcrypt_cost=4",
    "limits.uploads_per_minute=0",
    "limits.downloads_per_minute=0",
    "limits.conflicts_per_minute=0",
    "limits.logins_per_minute=0",
    "limits.password_changes_per_minute=0",
    "log.level=warn",
)


RELEASE_BUILD = os.path.join(os.path.dirname(__file__), "..", "..", "..", "build", "bin")


def syncd():
    return os.path.join(os.environ.get("STUDIOSYNC_BIN", RELEASE_BUILD), "syncd")


def clean_environment(**extra):
    """The caller's environment without anything that syncd would take for configuration."""
    def configures(name):
        return name.startswith("STUDIOSYNC_") or name in ("ENVIRONMENT", "JWT_SECRET")

    return {**{k: v for k, v in os.environ.items() if not configures(k)}, **extra}


def run_syncd(*arguments, **environment):
    """Runs syncd to its end; `returncode`, `stdout` and `stderr` of what it did."""
    return subprocess.run([syncd(), *arguments], env=clean_environment(**environment),
                          capture_output=True, text=True, timeout=READY_SECONDS, check=False)


class Server:
    """One syncd on free ports. `stop` or `kill` must be called."""

    def __init__(self, data, *settings, log_file=None):
        """Logs go to the end of `log_file`, or where the tests' own go."""
        self.data = data
        self._settings = TEST_SETTINGS + settings
        self._log_file = log_file
        self._process = None
        self.start()

    def start(self):
        """Also starts it again, on the same data and other ports."""
        command = [syncd(), "serve", "--data", self.data, "--port", "0", "--metrics-port", "0"]
        for setting in self._settings:
            command += ["--set", setting]
        with contextlib.ExitStack() as files:
            log = self._log_file and files.enter_context(open(self._log_file, "ab"))
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log,
                                             env=clean_environment())
        listening = json.loads(self._first_line())
        assert listening["event"] == "listening", listening
        self.http, self.ws, self.metrics = (listening[k] for k in ("http", "ws", "metrics"))

    def _first_line(self):
        output = self._process.stdout
        deadline = Deadline(READY_SECONDS)
        line = b""
        while not line.endswith(b"\n"):
            deadline.wait_readable(output, "line of a ready server")
            byte = os.read(output.fileno(), 1)
            if not byte:
                raise RuntimeError(f"syncd ended with {self._process.wait()}")
            line += byte
        return line

    @property
    def process_id(self):
        return self._process.pid

    def terminate(self):
        """Only asks; `wait` sees the end."""
        self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds=STOP_SECONDS):
        code = self._process.wait(seconds)
        self._process.stdout.close()
        self._process = None
        return code

    def stop(self):
        """SIGTERM; the exit code. None when it had ended before."""
        if self._process is None:
            return None
        self.terminate()
        return self.wait()

    def kill(self):
        """Kill -9: whatever is not on the disk is gone."""
        if self._process is None:
            return
        self._process.kill()
        self.wait()

"""A conflict of two devices, recorded on both of them, becomes a scenario that shows it."""
import json
import os
import subprocess
import unittest

from support.case import TempFolderCase
from support.server import RELEASE_BUILD
from support.syncctl import Device

PASSWORD = b"correct horse battery\n"
QUERY = "saved_query"
SECRET = "hunter2trombone"


def syncsim(*arguments):
    program = os.path.join(os.environ.get("STUDIOSYNC_BIN", RELEASE_BUILD), "syncsim")
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60,
                          check=False)


def events_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def conflicts_in(events):
    return {(event["lane"], event["type"], event["id"]) for event in events
            if event["kind"] == "acknowledged" and event["status"] == "conflict"}


class FromTrace(TempFolderCase):
    def setUp(self):
        self.server = self.serve(self.folder())
        self.laptop = self.device("laptop", "--register", "--username", "ann")
        self.phone = self.device("phone")

    def device(self, name, *more):
        device = Device(self.folder())
        self.succeed(device, "setup", "--server", self.server.http, "--email", "ann@example.com",
                     "--password-file", "-", "--device-name", name, *more, stdin=PASSWORD)
        return device

    def succeed(self, device, *arguments, codes=(0,), stdin=b""):
        code = device.run(*arguments, stdin=stdin)
        self.assertIn(code, codes, device.last.stderr)

    def put(self, device, sql, recording=None):
        data = json.dumps({"name": "Orders", "query": sql})
        self.succeed(device, "put", QUERY, "q1", "--json", data)
        if recording is not None:
            recording.wait_for(lambda event: event["kind"] == "edited")

    def sync(self, device, recording=None):
        """Exit code 5 says that a conflict waits."""
        self.succeed(device, "sync", codes=(0, 5))
        if recording is not None:
            recording.wait_for(lambda event: event["kind"] == "acknowledged")

    def record_conflict(self):
        """Both edit what both have; the laptop is first. The recordings' files."""
        self.put(self.laptop, "SELECT 1")
        self.sync(self.laptop)
        self.sync(self.phone)
        with self.laptop.record() as laptop, self.phone.record() as phone:
            for recording in (laptop, phone):
                recording.wait_for(lambda event: event["kind"] == "turned")
            self.put(self.laptop, "SELECT 2", laptop)
            self.put(self.phone, f"CREATE USER app IDENTIFIED BY '{SECRET}'", phone)
            self.sync(self.laptop, laptop)
            self.sync(self.phone, phone)
        return [self.save(name, recording.output)
                for name, recording in (("laptop", laptop), ("phone", phone))]

    def save(self, name, lines):
        path = os.path.join(self.folder(), f"{name}.jsonl")
        with open(path, "wb") as file:
            file.write(lines)
        return path

    def assert_shown_again(self, files):
        """The scenario of the recordings; its run meets the same conflict."""
        scenario = os.path.join(self.folder(), "conflict.json")
        made = syncsim("from-trace", *files, "--out", scenario)
        self.assertEqual(made.returncode, 0, made.stderr)
        history = os.path.join(self.folder(), "run.jsonl")
        ran = syncsim("run", scenario, "--history", history)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        recorded = set().union(*(conflicts_in(events_of(file)) for file in files))
        self.assertTrue(recorded)
        self.assertEqual(conflicts_in(events_of(history)), recorded)
        with open(scenario, encoding="utf-8") as file:
            return made.stderr, file.read()

    def test_a_copy_that_was_made_in_the_field_is_made_in_the_scenario(self):
        notes, scenario = self.assert_shown_again(self.record_conflict())
        self.assertNotIn("not as recorded", notes)
        self.assertIn("[REDACTED]", scenario)
        self.assertNotIn(SECRET, scenario)

    def test_the_policy_in_the_field_is_that_of_the_scenario(self):
        self.succeed(self.laptop, "policy", QUERY, "user_choice")
        _, scenario = self.assert_shown_again(self.record_conflict())
        self.assertIn('"strategy": "user_choice"', scenario)
        self.assertIn('"open_conflicts": 1', scenario)

    def test_where_only_one_side_was_recorded_the_other_one_is_played(self):
        notes, scenario = self.assert_shown_again(self.record_conflict()[1:])
        self.assertIn("placeholder", notes)
        self.assertIn("elsewhere", scenario)

    def test_what_is_no_recording_is_refused_and_nothing_is_written(self):
        out = os.path.join(self.folder(), "scenario.json")
        for lines in (b"", b"{}\n", b"not JSON\n", b'{"number":0,"kind":"dance"}\n'):
            refused = syncsim("from-trace", self.save("bad", lines), "--out", out)
            self.assertEqual(refused.returncode, 3, refused)
            self.assertTrue(refused.stderr.startswith("syncsim: "), refused.stderr)
        self.assertEqual(syncsim("from-trace", "/no/such/file").returncode, 3)
        self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
    unittest.main()

"""Starting, stopping and refusing to start (exit codes of `syncd --help`)."""
import json
import os
import socket
import unittest
import urllib.parse

from support.case import TempFolderCase
from support.http_client import Account, HttpClient, query, save
from support.ids import unique_name
from support.replica import LiveDevice, Replica
from support.server import run_syncd

STOPPED, USAGE, DATA, BIND = 0, 1, 2, 3
IDLE_SECONDS = 20
SECRET = "a-secret-of-more-than-thirty-two-bytes"


class Stop(TempFolderCase):
    def setUp(self):
        self.server = self.serve(self.folder())
        self.ada = Account(self.server.http)
        self.addCleanup(self.ada.close)

    def connect(self, replica):
        device = LiveDevice(self.server.ws, self.ada.token, replica)
        self.addCleanup(device.ws.cut)
        return device

    def stop(self):
        # An open connection would be given time to end by itself.
        self.ada.close()
        self.assertEqual(self.server.stop(), STOPPED)

    def test_by_sigterm_ends_with_code_0(self):
        self.stop()

    def test_tells_each_live_device_when_to_come_back(self):
        devices = [self.connect(Replica(f"device-{i}")) for i in range(3)]
        self.ada.close()
        self.server.terminate()
        for device in devices:
            drain = device.ws.unasked("drain")
            self.assertIn(drain["delay_ms"], range(60_001))
            self.assertEqual(device.ws.wait_closed()[0], 1001)
        self.assertEqual(self.server.wait(), STOPPED)

    def test_is_not_held_up_for_long_by_idle_connections(self):
        url = urllib.parse.urlsplit(self.server.http)
        silent = socket.create_connection((url.hostname, url.port))
        self.addCleanup(silent.close)
        self.ada.get("/livez")
        self.server.terminate()
        self.assertEqual(self.server.wait(IDLE_SECONDS), STOPPED)

    def test_keeps_data_accounts_and_sessions(self):
        self.ada.upload_one("laptop", save("q-1", 0, query()))
        before = self.ada.download()
        self.stop()
        self.server.start()
        again = HttpClient(self.server.http, self.ada.token)
        self.addCleanup(again.close)
        after = again.get("/api/sync/download", device_id="reader")
        self.assertEqual(after.json["saved_queries"], before["saved_queries"])
        self.assertEqual(after.json["next_cursor"], before["next_cursor"])
        login = again.post("/api/auth/login",
                           {"email": self.ada.email, "password": self.ada.password})
        self.assertEqual(login.status, 200, login)

    def test_leaves_a_device_where_it_was(self):
        replica = Replica("laptop")
        first = self.connect(replica)
        first.put("saved_query", "q-1", query())
        first.pull_all()
        first.ws.cut()
        self.stop()
        self.server.start()
        again = self.connect(replica)
        self.assertEqual(again.welcome["replica"], replica.mark(1))
        self.assertNotEqual(again.welcome["epoch"], first.welcome["epoch"])
        self.assertNotIn("fork_seq", again.welcome)
        self.assertEqual(again.pull_all(), [])
        self.assertEqual(again.put("saved_query", "q-2", query())["status"], "applied")


class RefusedStart(TempFolderCase):
    def assert_refused(self, ended, code, *words):
        self.assertEqual(ended.returncode, code, ended.stderr)
        self.assertEqual(ended.stdout, "")
        for word in words:
            self.assertIn(word, ended.stderr)

    def test_on_a_folder_that_another_syncd_has(self):
        data = self.folder()
        server = self.serve(data)
        self.assert_refused(run_syncd("serve", "--data", data, "--port", "0", "--metrics-port",
                                      "0"), DATA)
        first = HttpClient(server.http)
        self.addCleanup(first.close)
        self.assertEqual(first.get("/livez").status, 200)

    def test_on_a_folder_that_is_a_file(self):
        path = os.path.join(self.folder(), "file")
        with open(path, "w", encoding="utf-8") as file:
            file.write("no folder")
        self.assert_refused(run_syncd("serve", "--data", path, "--port", "0", "--metrics-port",
                                      "0"), DATA)

    def test_on_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            for ports in (["--port", port, "--metrics-port", "0"],
                          ["--port", "0", "--metrics-port", port]):
                ended = run_syncd("serve", "--data", self.folder(), *ports)
                self.assert_refused(ended, BIND, port)

    def test_with_a_bad_configuration(self):
        data = self.folder()
        for setting, word in (("server.prot=1", "server.prot"),
                              ("auth.bcrypt_cost=99", "auth.bcrypt_cost"),
                              ("server.port=many", "server.port"), ("log.level", "log.level"),
                              ("environment=holiday", "environment")):
            ended = run_syncd("serve", "--data", data, "--port", "0", "--set", setting)
            self.assert_refused(ended, USAGE, word)
        self.assert_refused(run_syncd("serve", "--data", data, "--config", "/no/such/file.yaml"),
                            USAGE)

    def test_with_a_bad_command_line(self):
        for arguments in ([], ["dance"], ["serve", "--no-such-flag"], ["users", "create"]):
            self.assertEqual(run_syncd(*arguments).returncode, USAGE, arguments)

    def test_with_an_empty_value_of_a_flag(self):
        """A variable that the unit forgot must not mean plain HTTP, or another folder."""
        empty = (("--tls-cert", ""), ("--tls-cert=",), ("--data", ""), ("--data=",),
                 ("--config", ""), ("--port", ""), ("--host=",))
        for words in empty:
            ended = run_syncd("serve", "--set", f"data.dir={self.folder()}", *words)
            self.assert_refused(ended, USAGE, words[0].rstrip("="))
        self.assert_refused(run_syncd("backup", "--data", self.folder(), "--to", ""), USAGE, "--to")

    def test_in_production_without_a_good_secret(self):
        data = self.folder()
        command = ["serve", "--data", data, "--port", "0", "--metrics-port", "0"]
        self.assert_refused(run_syncd(*command, ENVIRONMENT="production"), USAGE, "jwt_secret")
        self.assert_refused(run_syncd(*command, ENVIRONMENT="production", JWT_SECRET="short"),
                            USAGE, "jwt_secret")


class Help(unittest.TestCase):
    def test_of_a_verb_has_its_own_exit_codes_and_example(self):
        for verb in ("serve", "config", "backup", "restore", "check", "users create"):
            printed = run_syncd(*verb.split(), "--help").stdout
            self.assertIn("Exit codes: 0 ", printed, verb)
            self.assertIn("Example:    syncd " + verb + " ", printed, verb)


class Config(TempFolderCase):
    def test_masks_secrets(self):
        printed = run_syncd("config", "--data", self.folder(), JWT_SECRET=SECRET)
        self.assertEqual(printed.returncode, STOPPED, printed.stderr)
        self.assertNotIn(SECRET, printed.stdout + printed.stderr)
        self.assertIn("jwt_secret", printed.stdout)

    def test_shows_what_is_in_force(self):
        path = os.path.join(self.folder(), "syncd.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("limits:\n  uploads_per_minute: 11\n  downloads_per_minute: 12\n"
                       "  conflicts_per_minute: 13\n")
        printed = run_syncd("config", "--config", path, "--set", "limits.conflicts_per_minute=33",
                            STUDIOSYNC_LIMITS_DOWNLOADS_PER_MINUTE="22")
        self.assertEqual(printed.returncode, STOPPED, printed.stderr)
        for line in (' uploads_per_minute: "11"', ' downloads_per_minute: "22"',
                     ' conflicts_per_minute: "33"'):
            self.assertIn(line, printed.stdout)


class Users(TempFolderCase):
    def create(self, data, out, *more, **environment):
        return run_syncd("users", "create", "--data", data, "--count", "3", "--out", out,
                         "--set", "auth.bcrypt_cost=4", *more, **environment)

    def test_are_made_with_tokens_that_work(self):
        data = self.folder()
        out = os.path.join(data, "users.jsonl")
        made = self.create(data, out)
        self.assertEqual(made.returncode, STOPPED, made.stderr)
        self.assertEqual(os.stat(out).st_mode & 0o777, 0o600)
        with open(out, encoding="utf-8") as file:
            users = [json.loads(line) for line in file]
        self.assertEqual(len({user["user_id"] for user in users}), 3)
        server = self.serve(data)
        for user in users:
            client = HttpClient(server.http, user["token"])
            self.addCleanup(client.close)
            profile = client.get("/api/auth/profile")
            self.assertEqual(profile.json["user"]["email"], user["email"])
            login = client.post("/api/auth/login",
                                {"email": user["email"], "password": user["password"]})
            self.assertEqual(login.status, 200, login)

    def test_are_refused_in_production(self):
        data = self.folder()
        out = os.path.join(data, unique_name("users"))
        refused = self.create(data, out, "--set", "auth.bcrypt_cost=10", ENVIRONMENT="production",
                              JWT_SECRET=SECRET)
        self.assertEqual(refused.returncode, USAGE, refused.stderr)
        self.assertIn("production", refused.stderr)
        self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
    unittest.main()

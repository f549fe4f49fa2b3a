"""`syncd backup` of a folder that is served and written to, and serving the copy."""
import json
import os
import sqlite3
import threading
import unittest

from support.case import TempFolderCase
from support.http_client import Account, HttpClient, query, save
from support.server import run_syncd

RECORDS_BEFORE = 300
BATCH = 25


class Writer(threading.Thread):
    """Uploads one batch after another until it is told to stop."""

    def __init__(self, account):
        super().__init__()
        self._account = account
        self._stopping = threading.Event()
        self.first_answered = threading.Event()
        self.failure = None
        self.answered = 0

    def run(self):
        try:
            while not self._stopping.is_set():
                upload_batch(self._account, f"meanwhile-{self.answered}")
                self.answered += 1
                self.first_answered.set()
        except Exception as failure:  # shown by the test, in its own thread
            self.failure = failure
        self.first_answered.set()

    def stop(self):
        self._stopping.set()
        self.join()


def upload_batch(account, prefix):
    changes = [save(f"{prefix}-{i}", 0, query(name=f"{prefix} {i}")) for i in range(BATCH)]
    answer = account.upload("laptop", *changes)
    assert answer.status == 200, answer
    assert {result["status"] for result in answer.json["results"]} == {"applied"}, answer
    return [change["item_id"] for change in changes]


def integrity(path):
    database = sqlite3.connect(path)
    try:
        return database.execute("PRAGMA integrity_check").fetchall()
    finally:
        database.close()


class Backup(TempFolderCase):
    def setUp(self):
        self.data = self.folder()
        self.to = os.path.join(self.folder(), "copy")
        self.server = self.serve(self.data)
        self.ada = Account(self.server.http)
        self.addCleanup(self.ada.close)
        self.before = []
        for batch in range(RECORDS_BEFORE // BATCH):
            self.before += upload_batch(self.ada, f"before-{batch}")

    def back_up(self):
        return run_syncd("backup", "--data", self.data, "--to", self.to)

    def backed_up(self):
        done = self.back_up()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def serve_copy(self):
        """As docs/OPERATIONS.md says: the copy with the key of the tokens beside it."""
        with open(os.path.join(self.data, "jwt.key"), "rb") as key:
            secret = key.read()
        path = os.path.join(self.to, "jwt.key")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copied:
            copied.write(secret)
        restored = self.serve(self.to)
        client = Account.__new__(Account)  # the account is known there; only the address differs
        HttpClient.__init__(client, restored.http, self.ada.token)
        self.addCleanup(client.close)
        return client

    def test_holds_what_was_answered_before_though_writing_goes_on(self):
        writer = Writer(self.ada)
        writer.start()
        self.addCleanup(writer.stop)
        writer.first_answered.wait()
        answered = writer.answered
        summary = self.backed_up()
        writer.stop()
        self.assertIsNone(writer.failure)
        self.assertGreater(writer.answered, answered, "nothing was written meanwhile")
        names = sorted(os.listdir(self.to))
        self.assertEqual(names, ["accounts.db", "password.key"]
                         + [f"shard-{i}.db" for i in range(4)])
        sizes = [os.path.getsize(os.path.join(self.to, name)) for name in names]
        self.assertEqual(summary, {"event": "backed_up", "to": self.to, "files": 6,
                                   "bytes": sum(sizes)})
        for name in names:
            if name.endswith(".db"):
                self.assertEqual(integrity(os.path.join(self.to, name)), [("ok",)], name)
        copied = {record["id"] for record in self.serve_copy().download_all()["saved_queries"]}
        answered_before = [f"meanwhile-{batch}-{i}" for batch in range(answered)
                           for i in range(BATCH)]
        self.assertLessEqual(set(self.before + answered_before), copied)
        later = {f"meanwhile-{batch}" for batch in range(answered, writer.answered)}
        for batch in later:  # one commit is one moment
            of_batch = {f"{batch}-{i}" for i in range(BATCH)}
            self.assertIn(len(of_batch & copied), (0, BATCH), batch)

    def test_can_be_restored_and_written_to(self):
        self.backed_up()
        after = upload_batch(self.ada, "after")
        self.server.kill()
        restored = self.serve_copy()
        records = {record["id"] for record in restored.download_all()["saved_queries"]}
        self.assertEqual(records, set(self.before))
        self.assertEqual(upload_batch(restored, "after"), after)

    def test_knows_the_passwords_without_the_key_of_the_tokens(self):
        self.backed_up()
        self.server.kill()
        to = os.path.join(self.folder(), "restored")
        self.assertEqual(run_syncd("restore", self.to, "--data", to).returncode, 0)
        self.assertFalse(os.path.exists(os.path.join(to, "jwt.key")))
        client = HttpClient(self.serve(to).http)
        self.addCleanup(client.close)
        answer = client.post("/api/auth/login", {"username": self.ada.username,
                                                 "password": self.ada.password})
        self.assertEqual(answer.status, 200, answer)

    def test_works_on_a_folder_whose_server_was_killed(self):
        self.server.kill()
        self.assertEqual(self.backed_up()["files"], 6)
        records = self.serve_copy().download_all()["saved_queries"]
        self.assertEqual({record["id"] for record in records}, set(self.before))

    def test_needs_no_secrets_of_a_production_server(self):
        config = os.path.join(self.folder(), "syncd.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"environment: production\ndata:\n  dir: {self.data}\n")
        to = os.path.join(self.folder(), "restored")
        for words in (["backup", "--config", config, "--to", self.to],
                      ["check", "--config", config],
                      ["restore", self.to, "--config", config, "--data", to]):
            done = run_syncd(*words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        refused = run_syncd("serve", "--config", config, "--port", "0", "--metrics-port", "0")
        self.assertEqual(refused.returncode, 1)

    def test_overwrites_nothing(self):
        self.backed_up()
        before = os.stat(os.path.join(self.to, "shard-0.db"))
        again = self.back_up()
        self.assertEqual((again.returncode, again.stdout), (1, ""))
        self.assertIn("nothing is overwritten", again.stderr)
        after = os.stat(os.path.join(self.to, "shard-0.db"))
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))
        self.assertEqual(os.listdir(os.path.dirname(self.to)), ["copy"])

    def test_says_what_it_cannot_use(self):
        no_folder = run_syncd("backup", "--data", self.data + "-none", "--to", self.to)
        self.assertEqual(no_folder.returncode, 2)
        self.assertFalse(os.path.exists(self.data + "-none"))
        no_target = run_syncd("backup", "--data", self.data)
        self.assertEqual(no_target.returncode, 1)
        beside_a_file = os.path.join(self.data, "jwt.key", "copy")
        not_a_folder = run_syncd("backup", "--data", self.data, "--to", beside_a_file)
        self.assertEqual(not_a_folder.returncode, 2)


if __name__ == "__main__":
    unittest.main()

"""What syncd refuses to serve, to restore or to call whole: files that do not belong together."""
import os
import shutil
import sqlite3
import threading
import unittest

from support.case import TempFolderCase
from support.http_client import Account, HttpClient, query, save
from support.server import run_syncd

STOPPED, DATA = 0, 2


class WrongFiles(TempFolderCase):
    """A folder that was served before, and in which a file is exchanged."""

    def start_in_vain(self, data):
        return run_syncd("serve", "--data", data, "--port", "0", "--metrics-port", "0")

    def assert_refused(self, ended, *words):
        self.assertEqual(ended.returncode, DATA, ended)
        for word in words:
            self.assertIn(word, ended.stderr)

    def assert_served(self, data, account, *ids):
        server = self.serve(data)
        client = HttpClient(server.http, account.token)
        rows = client.get("/api/sync/download", device_id="reader").json["saved_queries"]
        self.assertEqual(tuple(row["id"] for row in rows), ids)
        client.close()
        self.assertEqual(server.stop(), STOPPED)


class WrongAccounts(WrongFiles):
    """User numbers are given out in accounts.db: with an older one, the next user would get the
    number, and so the records, of another."""

    def setUp(self):
        self.data = self.folder()
        self.accounts = os.path.join(self.data, "accounts.db")
        self.kept = os.path.join(self.folder(), "accounts.db")
        self.older = self.kept + ".older"
        self.serve(self.data).stop()
        shutil.copy(self.accounts, self.older)
        server = self.serve(self.data)
        self.alice = Account(server.http)
        self.alice.upload_one("laptop", save("q-1", 0, query("hers alone")))
        self.alice.close()
        server.stop()
        shutil.copy(self.accounts, self.kept)

    def accounts_become(self, what):
        if what == "missing":
            os.remove(self.accounts)
        elif what == "empty":
            os.truncate(self.accounts, 0)
        else:
            shutil.copy(self.older, self.accounts)

    def test_are_not_served_until_the_right_ones_are_back(self):
        for what in ("missing", "empty", "older"):
            with self.subTest(what):
                self.accounts_become(what)
                ended = self.start_in_vain(self.data)
                self.assertEqual(ended.stdout, "")
                self.assert_refused(ended, "accounts.db", "shard-0.db", "put back", "backup")
                shutil.copy(self.kept, self.accounts)
                self.assert_served(self.data, self.alice, "q-1")

    def test_are_found_by_check(self):
        self.assertEqual(run_syncd("check", "--data", self.data).returncode, STOPPED)
        for what in ("missing", "empty", "older"):
            with self.subTest(what):
                self.accounts_become(what)
                self.assert_refused(run_syncd("check", "--data", self.data), "accounts.db")
                shutil.copy(self.kept, self.accounts)

    def test_are_not_restored(self):
        for what in ("missing", "empty", "older"):
            with self.subTest(what):
                self.accounts_become(what)
                to = os.path.join(self.folder(), "restored")
                self.assert_refused(run_syncd("restore", self.data, "--data", to), "accounts.db")
                self.assertFalse(os.path.exists(to))
                shutil.copy(self.kept, self.accounts)


class WrongShards(WrongFiles):
    """Where a shard is expected, an empty or foreign file is not made a new one."""

    def test_are_not_served_until_the_right_ones_are_back(self):
        server = self.serve(self.folder())
        accounts = [Account(server.http) for _ in range(2)]
        for account in accounts:
            account.upload_one("laptop", save("q-1", 0, query()))
            account.close()
        self.assertEqual(server.stop(), STOPPED)
        kept = os.path.join(self.folder(), "shard")
        for number, account in enumerate(accounts):  # each has a shard of their own
            name = f"shard-{number}.db"
            shard = os.path.join(server.data, name)
            shutil.copy(shard, kept)
            for foreign in (False, True):
                os.truncate(shard, 0)
                if foreign:
                    database = sqlite3.connect(shard)
                    database.execute("CREATE TABLE theirs(x)")
                    database.close()
                with self.subTest(shard=name, foreign=foreign):
                    self.assert_refused(self.start_in_vain(server.data), name, "put back")
                    shutil.copy(kept, shard)
                    self.assert_served(server.data, account, "q-1")


class Newcomers(threading.Thread):
    """Registers one user after another, each of whom uploads at once, until the server is gone."""

    def __init__(self, url):
        super().__init__()
        self._url = url
        self.some_came = threading.Event()

    def run(self):
        came = 0
        try:
            while True:
                account = Account(self._url)
                account.upload_one("laptop", save("q-1", 0, query()))
                account.close()
                came += 1
                if came == 10:
                    self.some_came.set()
        except Exception:  # the server was killed; how it looked from here is not the subject
            self.some_came.set()


class KilledServer(TempFolderCase):
    def test_knows_everybody_who_had_written(self):
        server = self.serve(self.folder())
        for _ in range(3):
            newcomers = [Newcomers(server.http) for _ in range(4)]
            for each in newcomers:
                each.start()
            for each in newcomers:
                each.some_came.wait()
            server.kill()
            for each in newcomers:
                each.join()
            self.assertEqual(run_syncd("check", "--data", server.data).returncode, STOPPED)
            server.start()


if __name__ == "__main__":
    unittest.main()

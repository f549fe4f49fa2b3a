"""A test case with a server of its own, and clients that are closed after each test."""
import shutil
import tempfile
import unittest

from support.http_client import Account, HttpClient
from support.replica import LiveDevice, Replica
from support.server import Server
from support.ws_client import JSON, WsClient


class TempFolderCase(unittest.TestCase):
    def folder(self):
        path = tempfile.mkdtemp(prefix="studiosync-e2e-")
        self.addCleanup(shutil.rmtree, path)
        return path

    def serve(self, data, *settings):
        server = Server(data, *settings)
        self.addCleanup(server.kill)
        return server


class ServerCase(unittest.TestCase):
    """One server for all tests of the class; each test makes its own accounts."""

    @classmethod
    def setUpClass(cls):
        data = tempfile.mkdtemp(prefix="studiosync-e2e-")
        cls.addClassCleanup(shutil.rmtree, data)
        cls.server = Server(data)
        cls.addClassCleanup(cls._stop)

    @classmethod
    def _stop(cls):
        code = cls.server.stop()
        assert code == 0, f"syncd ended with {code}"

    def client(self, token=None):
        client = HttpClient(self.server.http, token)
        self.addCleanup(client.close)
        return client

    def account(self):
        account = Account(self.server.http)
        self.addCleanup(account.close)
        return account

    def socket(self, *arguments, **options):
        ws = WsClient(self.server.ws, *arguments, **options)
        self.addCleanup(ws.cut)
        return ws

    def device(self, account, name, subprotocol=JSON, replica=None):
        live = LiveDevice(self.server.ws, account.token, replica or Replica(name), subprotocol)
        self.addCleanup(live.ws.cut)
        return live

    def assert_refused(self, answer, status, code, path=None):
        """An error of HTTP: the code's status and the one form of its body."""
        self.assertEqual(answer.status, status, answer)
        body = answer.json
        self.assertIs(body["error"], True)
        self.assertEqual(body["code"], code, body)
        self.assertTrue(body["message"])
        if path is not None:
            self.assertEqual(body.get("path"), path, body)

    def assert_error(self, frame, code, path=None):
        """An error of the push channel."""
        self.assertEqual(frame["type"], "error", frame)
        self.assertEqual(frame["code"], code, frame)
        self.assertTrue(frame["message"])
        self.assertIn("retryable", frame)
        if path is not None:
            self.assertEqual(frame.get("path"), path, frame)

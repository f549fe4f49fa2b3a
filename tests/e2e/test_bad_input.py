"""Malformed and hostile HTTP requests: refused with a code and a path, stored nowhere."""
import base64
import json
import socket
import unittest
import urllib.parse

from support.case import ServerCase
from support.deadline import Deadline
from support.http_client import put, query, save

MIB = 1 << 20


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


def change_text(data):
    """An upload whose `data` is written by hand."""
    return ('{"device_id":"laptop","changes":[{"id":"a","item_type":"saved_query","item_id":"q-1",'
            '"action":"create","sync_version":0,"data":' + data + '}]}').encode()


class BadInputCase(ServerCase):
    """A connection that was opened before must go on afterwards, and the account stay empty."""

    def setUp(self):
        self.ada = self.account()
        self.bystander = self.account()
        self.bystander.upload_one("laptop", save("q-1", 0, query()))
        self.live = self.device(self.bystander, "tablet")

    def tearDown(self):
        self.assertTrue(self.ada.is_empty(), self.ada.download_all())
        self.assertEqual([r["id"] for r in self.bystander.download()["saved_queries"]], ["q-1"])
        self.assertEqual([row["item_id"] for row in self.live.pull_all()], ["q-1"])

    def assert_rejected(self, result, code, path):
        self.assertEqual((result["status"], result["code"], result["path"]),
                         ("rejected", code, path), result)
        self.assertTrue(result["message"])


class Documents(BadInputCase):
    def upload_bytes(self, body):
        return self.ada.post("/api/sync/upload", body)

    def test_that_are_no_json_are_refused_whole(self):
        whole = change_text(json.dumps(query()))
        malformed = {
            "empty": b"", "word": b"hello", "cut off": whole[:-10], "text behind": whole + b"x",
            "single quotes": b"{'device_id':'laptop'}",
            "NaN": change_text('{"name":NaN,"query":"q"}'),
            "key twice": change_text('{"name":"a","name":"b","query":"q"}'),
            "trailing comma": change_text('{"name":"a","query":"q",}'),
            "invalid UTF-8": change_text('{"name":"?","query":"q"}').replace(b"?", b"\xc3\x28"),
            "lone surrogate": change_text('{"name":"\\ud800","query":"q"}'),
            "zero byte": change_text('{"name":"a\0b","query":"q"}'),
        }
        for name, body in malformed.items():
            with self.subTest(name):
                answer = self.upload_bytes(body)
                self.assertEqual(answer.status, 400, answer)
                self.assertIn(answer.json["code"], ("bad_request", "validation_error"))

    def test_that_are_no_object_are_refused_with_their_path(self):
        for body in ([], 7, "text", None):
            with self.subTest(body=body):
                answer = self.upload_bytes(json.dumps(body).encode())
                self.assert_refused(answer, 400, "validation_error", "$")

    def test_that_are_too_deep_are_refused(self):
        for body in (b"[" * 200_000, b'{"a":' * 50_000,
                     change_text(json.dumps({**query(), "deep": nested(70)}))):
            with self.subTest(body[:60]):
                answer = self.upload_bytes(body)
                self.assertEqual(answer.status, 400, answer)
                self.assertIn(answer.json["code"], ("bad_request", "validation_error"))

    def test_with_data_of_56_levels_are_not_too_deep(self):
        # `data` is the first level, then the array's; one more is the change's own fault.
        bob = self.account()
        result = bob.upload_one("laptop", save("q-1", 0, query(deep=nested(55))))
        self.assertEqual(result["status"], "applied", result)
        result = bob.upload_one("laptop", save("q-2", 0, query(deep=nested(56))))
        refusal = (result["status"], result["code"])
        self.assertEqual(refusal, ("rejected", "validation_error"), result)

    def test_with_members_of_wrong_types_are_refused_with_the_path(self):
        change = save("q-1", 0, query())
        wrong = [
            ({"device_id": 7, "changes": [change]}, "$.device_id"),
            ({"device_id": "no spaces", "changes": [change]}, "$.device_id"),
            ({"device_id": "a" * 129, "changes": [change]}, "$.device_id"),
            ({"device_id": "laptop", "device_name": "n" * 129, "changes": [change]},
             "$.device_name"),
            ({"device_id": "laptop", "changes": {"0": change}}, "$.changes"),
            ({"device_id": "laptop"}, "$.changes"),
            ({"device_id": "laptop", "changes": []}, "$.changes"),
        ]
        for body, path in wrong:
            with self.subTest(path=path):
                self.assert_refused(self.ada.post("/api/sync/upload", body), 400,
                                    "validation_error", path)

    def test_with_more_than_a_thousand_changes_are_refused_whole(self):
        changes = [save(f"q-{i}", 0, query()) for i in range(1001)]
        answer = self.ada.upload("laptop", *changes)
        self.assert_refused(answer, 400, "validation_error", "$.changes")


class Changes(BadInputCase):
    def test_of_wrong_values_are_rejected_with_the_path_of_the_value(self):
        connection = {"name": "Billing", "type": "postgres"}
        wrong = [
            (put("connection", "c-1", 0, {**connection, "port": "5432"}), "data.port"),
            (put("connection", "c-1", 0, {**connection, "port": 70000}), "data.port"),
            (put("connection", "c-1", 0, {**connection, "type": "abacus"}), "data.type"),
            (put("connection", "c-1", 0, {"type": "postgres"}), "data.name"),
            (put("connection", "c-1", 0, {**connection, "parameters": []}), "data.parameters"),
            (save("q-1", 0, query(tags=["a", 7])), "data.tags[1]"),
            (save("q-1", 0, query(name="")), "data.name"),
            (save("q-1", 0, query(id="q-2")), "data.id"),
            (put("query_history", "h-1", 0, {"query": "SELECT 1", "privacy_mode": "private"}),
             "data"),
            (put("preference", "theme", 0, {"key": "theme", "value": 1, "device_id": "laptop"}),
             "data"),
            (save("no spaces", 0, query()), "item_id"),
            (put("spaceship", "s-1", 0, {"name": "Rocinante"}), "item_type"),
            (put("conflict", "x-1", 0, {}), "item_type"),
            ({**save("q-1", 0, query()), "action": "explode"}, "action"),
            ({**save("q-1", 0, query()), "sync_version": -1}, "sync_version"),
            ({**save("q-1", 0, query()), "sync_version": "0"}, "sync_version"),
            ({**save("q-1", 0, query()), "updated_at": "yesterday"}, "updated_at"),
            ({**save("q-1", 0, query()), "data": "text"}, "data"),
            ({"id": "no-data", "item_type": "saved_query", "item_id": "q-1", "action": "create"},
             "data"),
            ({"id": "no-id", "item_type": "saved_query", "action": "delete", "sync_version": 1},
             "item_id"),
        ]
        for change, path in wrong:
            with self.subTest(path=path, change=change["id"]):
                result = self.ada.upload_one("laptop", change)
                self.assert_rejected(result, "validation_error", f"$.changes[0].{path}")

    def test_name_the_place_in_the_upload(self):
        answer = self.ada.upload("laptop", *(save(f"q-{i}", 0, {"name": "x"}) for i in range(3)))
        paths = [result["path"] for result in answer.json["rejected"]]
        self.assertEqual(paths, [f"$.changes[{i}].data.query" for i in range(3)])

    def test_of_a_record_over_one_mebibyte_are_rejected(self):
        result = self.ada.upload_one("laptop", save("q-1", 0, query(text="x" * (MIB + 1))))
        self.assertEqual(result["status"], "rejected", result)
        self.assertIn(result["code"], ("payload_too_large", "validation_error"))
        self.assertTrue(result["path"].startswith("$.changes[0].data"), result)

    def test_of_a_record_of_almost_one_mebibyte_are_stored(self):
        bob = self.account()
        result = bob.upload_one("laptop", save("q-1", 0, query(text="x" * (MIB - 100))))
        self.assertEqual(result["status"], "applied")


class Sizes(BadInputCase):
    def assert_refused_by_its_head(self, path, body_bytes, status, code, token=""):
        """None of the body is sent, nor waited for."""
        address = urllib.parse.urlsplit(self.server.http)
        with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
            connection.sendall((
                f"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {body_bytes}\r\n\r\n").encode())
            deadline, received = Deadline(20), b""
            while code.encode() not in received:
                deadline.wait_readable(connection, "refusal")
                piece = connection.recv(4096)
                self.assertTrue(piece, received)
                received += piece
        self.assertTrue(received.startswith(f"HTTP/1.1 {status} ".encode()), received)

    def test_a_body_over_ten_mebibytes_is_refused_before_it_is_sent(self):
        self.assert_refused_by_its_head("/api/sync/upload", 11 * MIB, 413, "payload_too_large",
                                        self.ada.token)

    def test_a_long_body_of_somebody_unknown_is_refused_before_it_is_sent(self):
        for path in ("/api/auth/login", "/api/auth/register", "/api/auth/refresh", "/nowhere"):
            self.assert_refused_by_its_head(path, 65 << 10, 413, "payload_too_large")
        for token in ("", "not-a-token"):
            self.assert_refused_by_its_head("/api/sync/upload", MIB, 401, "unauthorized", token)

    def test_a_transfer_coding_that_is_unknown_ends_the_connection(self):
        address = urllib.parse.urlsplit(self.server.http)
        smuggled = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for coding in ("foo", "chunked, gzip", "gzip, chunked"):
            with socket.create_connection((address.hostname, address.port), 20) as connection:
                connection.sendall((
                    "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                    f"Transfer-Encoding: {coding}\r\n\r\n").encode() + smuggled)
                deadline, received = Deadline(20), b""
                while True:
                    deadline.wait_readable(connection, "end")
                    piece = connection.recv(4096)
                    if not piece:
                        break
                    received += piece
            self.assertTrue(received.startswith(b"HTTP/1.1 400 "), received)
            self.assertEqual(received.count(b"HTTP/1.1 "), 1, received)


class Tokens(BadInputCase):
    def status(self, authorization):
        return self.client().request("GET", "/api/sync/status",
                                     headers={"Authorization": authorization})

    @staticmethod
    def encoded(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    def test_that_are_not_ours_are_refused(self):
        header, claims, signature = self.ada.token.split(".")
        flipped = signature[:-5] + ("A" if signature[-5] != "A" else "B") + signature[-4:]
        for authorization in (
                "", "Bearer", "Bearer ", "Bearer garbage", "Bearer a.b.c",
                f"Basic {self.ada.token}",
                f"Bearer {self.ada.token}x", f"Bearer {header}.{claims}.",
                f"Bearer {header}.{claims}.{flipped}",
                f"Bearer {self.encoded({'alg': 'none', 'typ': 'JWT'})}.{claims}.",
                f"Bearer {self.encoded({'alg': 'none', 'typ': 'JWT'})}.{claims}.{signature}",
                f"Bearer {'A' * 4000}"):
            with self.subTest(authorization[:40]):
                self.assert_refused(self.status(authorization), 401, "unauthorized")

    def test_cannot_be_made_from_a_refresh_token(self):
        self.assert_refused(self.status(f"Bearer {self.ada.grant['refresh_token']}"), 401,
                            "unauthorized")


if __name__ == "__main__":
    unittest.main()

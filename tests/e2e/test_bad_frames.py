"""Malformed and hostile use of the push channel (docs/PROTOCOL.md sections 5 and 11)."""
import unittest

from support import cbor
from support.case import ServerCase
from support.http_client import query, save
from support.ids import NIL_UUID
from support.replica import Replica, push_frame
from support.ws_client import CBOR, WsClient

# `hello` is due within 5 s, and the server looks once a second.
NO_HELLO_SECONDS = 9


class BadFrameCase(ServerCase):
    """A device that was connected before must go on afterwards, and the account stay empty."""

    def setUp(self):
        self.ada = self.account()
        self.bystander = self.account()
        self.live = self.device(self.bystander, "laptop")

    def tearDown(self):
        self.assertTrue(self.ada.is_empty(), self.ada.download_all())
        self.assertEqual(self.live.put("saved_query", "q-1", query())["status"], "applied")
        self.assertEqual([row["item_id"] for row in self.live.pull_all()], ["q-1"])

    def greeted(self, subprotocol=None):
        return self.device(self.ada, "tablet", *([subprotocol] if subprotocol else []))


class Unreadable(BadFrameCase):
    def assert_closed_as_unreadable(self, ws):
        error = ws.next_frame()
        self.assertEqual(error["type"], "error")
        self.assertNotIn("id", error)
        self.assertIn(error["code"], ("bad_request", "validation_error"))
        self.assertEqual(ws.wait_closed(), (4400, error["code"]))

    def test_messages_end_the_connection_with_an_error(self):
        messages = [
            b"", b"hello", b"{", b"[]", b"7", b'{"no":"type"}', b'{"type":7}',
            b'{"type":"teleport","id":"2"}', b'{"type":"pull","type":"pull"}',
            b"[" * 200_000, b'{"a":' * 200_000,
        ]
        for message in messages:
            with self.subTest(message[:40]):
                device = self.greeted()
                device.ws.send_message(message)
                self.assert_closed_as_unreadable(device.ws)

    def test_messages_before_hello_do_so_too(self):
        ws = self.socket()
        ws.send_message(b"garbage")
        self.assert_closed_as_unreadable(ws)

    def test_cbor_ends_the_connection_with_an_error(self):
        pull = cbor.encode({"type": "pull"})
        messages = [
            b"", b"\xff", cbor.encode([1, 2]), pull[:-2], pull + b"\x00",
            b"\xc1" + cbor.encode({"type": "conflicts", "id": "2"}),  # a tag
            b"\x7f" * 100_000, b"\x5f" * 100_000, b"\x9f" * 100_000,  # indefinite lengths
            b"\x81" * 100_000,  # depth
            b"\xbb" + b"\xff" * 8, b"\x7b\x7f" + b"\xff" * 7,  # lengths beyond any message
        ]
        for message in messages:
            with self.subTest(message[:40]):
                device = self.greeted(CBOR)
                device.ws.send_message(message, binary=True)
                self.assert_closed_as_unreadable(device.ws)

    def test_binary_where_text_was_agreed_is_closed(self):
        device = self.greeted()
        device.ws.send_message(cbor.encode({"type": "conflicts", "id": "2"}), binary=True)
        self.assertEqual(device.ws.wait_closed()[0], 1003)

    def test_text_where_binary_was_agreed_is_closed(self):
        device = self.greeted(CBOR)
        device.ws.send_message(b'{"type":"conflicts","id":"2"}')
        self.assertEqual(device.ws.wait_closed()[0], 1003)

    def test_bytes_that_are_no_websocket_frame_are_closed(self):
        device = self.greeted()
        device.ws.send_raw(b"GET / HTTP/1.1\r\n\r\n" * 4)
        self.assertIn(device.ws.wait_closed()[0], (1002, 1006))

    def test_text_that_is_no_utf8_is_closed(self):
        device = self.greeted()
        device.ws.send_message(b'{"type":"pull","id":"\xc3\x28"}')
        self.assertIn(device.ws.wait_closed()[0], (1007, 4400))

    def test_a_message_over_ten_mebibytes_is_closed(self):
        device = self.greeted()
        # Only the header of the frame: its length is enough to be refused.
        device.ws.send_raw(b"\x81\xff" + (11 << 20).to_bytes(8, "big") + b"mask")
        self.assertEqual(device.ws.wait_closed()[0], 1009)


class Greetings(BadFrameCase):
    def test_that_are_long_are_not_read(self):
        ws = self.socket()
        ws.send_raw(b"\x81\xff" + (257 << 10).to_bytes(8, "big") + b"mask")
        self.assertEqual(ws.wait_closed()[0], 1009)

    def test_that_never_come_are_waited_for_only_so_long(self):
        ws = self.socket()
        self.assertEqual(ws.wait_closed(NO_HELLO_SECONDS)[0], 4408)

    def test_must_come_first(self):
        for frame in ({"type": "pull", "cursor": "e0-0-0"}, push_frame([]), {"type": "conflicts"}):
            with self.subTest(frame["type"]):
                ws = self.socket(token=self.ada.token)
                self.assert_error(ws.request(frame), "bad_request")
                self.assertEqual(ws.wait_closed(), (4400, "bad_request"))

    def test_must_come_once(self):
        device = self.greeted()
        self.assert_error(device.ws.request(device.replica.hello(self.ada.token)), "bad_request")
        self.assertEqual(device.ws.wait_closed(), (4400, "bad_request"))

    def test_need_a_valid_token(self):
        for token in ("", "garbage", self.ada.token + "x", self.ada.grant["refresh_token"]):
            with self.subTest(token[:20]):
                ws = self.socket()
                self.assert_error(ws.request(Replica("tablet").hello(token)), "unauthorized")
                self.assertEqual(ws.wait_closed(), (4401, "unauthorized"))

    def test_that_are_refused_open_nothing_for_what_follows_in_the_same_packet(self):
        """Nothing is done for a wrong token, however fast the next frame comes."""
        for _ in range(20):
            stranger = Replica("tablet")
            push = push_frame([stranger.freeze("saved_query", "q-1", query())])
            ws = self.socket()
            ws.send_together({**stranger.hello("garbage"), "id": "1"}, {**push, "id": "2"},
                             {"type": "pull", "id": "3", "cursor": "e0-0-0"})
            self.assert_error(ws.answer("1"), "unauthorized")
            self.assertEqual(ws.wait_closed(), (4401, "unauthorized"))
            with self.assertRaises(ConnectionError):
                ws.next_frame()
        self.assertEqual(self.client().get("/health").status, 200)

    def test_of_a_revoked_device_open_nothing_for_what_follows_in_the_same_packet(self):
        self.greeted().ws.cut()
        self.assertEqual(self.ada.request("DELETE", "/api/devices/tablet").status, 200)
        for _ in range(20):
            revoked = Replica("tablet")
            push = push_frame([revoked.freeze("saved_query", "q-1", query())])
            ws = self.socket()
            ws.send_together({**revoked.hello(self.ada.token), "id": "1"}, {**push, "id": "2"})
            self.assert_error(ws.answer("1"), "device_revoked")
            self.assertEqual(ws.wait_closed()[0], 4403)
        self.assertTrue(self.ada.is_empty(), "a revoked device has written")

    def test_with_wrong_members_name_their_path(self):
        wrong = [("device_id", "no spaces"), ("device_id", 7), ("replica_id", "7"),
                 ("cursor", "made-up"),
                 ("acked", {"seq": -1, "change_id": NIL_UUID}), ("epochs", "none"),
                 ("now", "yesterday")]
        for member, value in wrong:
            with self.subTest(f"{member}={value}"):
                ws = self.socket()
                ws.send({**Replica("tablet").hello(self.ada.token), member: value, "id": "1"})
                error = ws.next_frame()
                self.assert_error(error, "validation_error")
                self.assertTrue(error["path"].startswith(f"$.{member}"), error)

    def test_with_a_token_in_the_url_do_not_count(self):
        ws = WsClient(f"{self.server.ws}?token={self.ada.token}")
        self.addCleanup(ws.cut)
        self.assert_error(ws.request(Replica("tablet").hello(None)), "unauthorized")


class Requests(BadFrameCase):
    """Understood and refused: the answer has the request's id, and the connection goes on."""

    def refused(self, frame, code, path=None):
        tablet = self.greeted()
        self.assert_error(tablet.ws.request(frame), code, path)
        self.assertEqual(tablet.ws.request({"type": "conflicts", "status": "all"})["conflicts"], [])

    def test_with_wrong_members_name_their_path(self):
        wrong = [
            ({"type": "pull"}, "$.cursor"),
            ({"type": "pull", "cursor": "made-up"}, "$.cursor"),
            ({"type": "pull", "cursor": "e0-0-0", "limit": "all"}, "$.limit"),
            ({**push_frame([]), "changes": {}}, "$.changes"),
            ({**push_frame([]), "now": "today"}, "$.now"),
            ({"type": "digest", "cursor": "e0-0-0", "buckets": [256]}, "$.buckets[0]"),
            ({"type": "resolve", "strategy": "keep_both"}, "$.conflict_id"),
            ({"type": "resolve", "conflict_id": "x-1", "strategy": "coin_toss"}, "$.strategy"),
            ({"type": "conflicts", "status": "some"}, "$.status"),
        ]
        for frame, path in wrong:
            with self.subTest(frame):
                self.refused(frame, "validation_error", path)

    def test_of_the_server_s_own_kinds_are_refused(self):
        self.refused({"type": "drain", "delay_ms": 5}, "bad_request")

    def test_without_a_readable_identity_are_refused_whole(self):
        good = Replica("tablet").freeze("saved_query", "q-1", query())
        for member, value in (("change_id", "7"), ("change_id", None), ("device_seq", "1"),
                              ("device_seq", None)):
            with self.subTest(f"{member}={value}"):
                frame = push_frame([{**good, member: value}])
                self.refused(frame, "validation_error", f"$.changes[0].{member}")

    def test_with_more_than_a_thousand_changes_are_refused_whole(self):
        replica = Replica("tablet")
        for i in range(1001):
            replica.freeze("preference", f"p-{i}", {"key": f"p-{i}", "value": i})
        self.refused(push_frame(replica.frozen), "validation_error", "$.changes")

    def test_of_another_user_s_conflict_are_not_found(self):
        bob = self.account()
        bob.request("PUT", "/api/sync/policies", {"policies": {"saved_query": "user_choice"}})
        bob.upload_one("a", save("q-1", 0, query()))
        bob.upload_one("b", save("q-1", 1, {"name": "b"}))
        conflict_id = bob.upload_one("c", save("q-1", 1, {"name": "c"}))["conflict_id"]
        self.refused({"type": "resolve", "conflict_id": conflict_id, "strategy": "user_choice",
                      "chosen_version": "local"}, "not_found")
        self.assertEqual(bob.get("/api/sync/conflicts").json["count"], 1)

    def test_of_a_token_of_somebody_else_end_the_connection(self):
        token = self.account().token
        tablet = self.greeted()
        self.assert_error(tablet.ws.request({"type": "reauth", "token": token}), "forbidden")
        self.assertEqual(tablet.ws.wait_closed()[0], 4401)


class Changes(BadFrameCase):
    def test_of_wrong_values_are_rejected_alone_with_the_path_of_the_value(self):
        tablet = self.greeted()
        connection = {"name": "Billing", "type": "postgres"}
        wrong = [
            ({"item_type": "connection", "data": {**connection, "port": "5432"}}, "data.port"),
            ({"item_type": "connection", "data": {**connection, "type": "abacus"}}, "data.type"),
            ({"data": query(tags=[7])}, "data.tags[0]"),
            ({"item_id": "no spaces"}, "item_id"),
            ({"item_type": "spaceship"}, "item_type"),
            ({"item_type": "conflict"}, "item_type"),
            ({"action": "explode"}, "action"),
            ({"hlc": "late"}, "hlc"),
            ({"base_rev": {"epoch": "x", "version": 0}}, "base_rev.epoch"),
            ({"changed_fields": "name"}, "changed_fields"),
        ]
        changes = [{**tablet.replica.freeze("saved_query", "q-1", query()), **members} for members,
                   _ in wrong]
        results = tablet.push(*changes)["results"]
        for i, (result, (_, path)) in enumerate(zip(results, wrong, strict=True)):
            with self.subTest(path):
                self.assertEqual((result["status"], result["code"], result["path"]),
                                 ("rejected", "validation_error", f"$.changes[{i}].{path}"))

    def test_with_the_base_of_a_record_that_never_was_are_rejected(self):
        tablet = self.greeted()
        base = {"epoch": tablet.welcome["epoch"], "version": 3}
        result = tablet.put("saved_query", "q-1", query(), base=base)
        self.assertEqual((result["status"], result["code"]), ("rejected", "resync_required"))


if __name__ == "__main__":
    unittest.main()

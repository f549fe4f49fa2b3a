"""Two devices on the push channel (docs/PROTOCOL.md sections 5 to 8), in JSON and in CBOR."""
import hashlib
import unittest

from support.case import ServerCase
from support.http_client import query, save
from support.ids import BEGINNING, NIL_UUID, content_hash
from support.replica import LiveDevice, Replica, push_frame
from support.ws_client import CBOR, JSON, Refused

TYPE_NUMBERS = {"connection": 1, "preference": 2, "saved_query": 3}


def names_of(rows):
    return {row["item_id"]: row["data"]["name"] for row in rows if not row["deleted"]}


class Greeting(ServerCase):
    def test_says_who_the_device_is_and_where_the_log_ends(self):
        ada = self.account()
        ada.upload_one("laptop", save("q-1", 0, query()))
        welcome = self.device(ada, "tablet").welcome
        self.assertEqual(welcome["user_id"], ada.grant["user"]["id"])
        self.assertEqual(welcome["replica"], {"seq": 0, "change_id": NIL_UUID})
        self.assertEqual(welcome["head"], ada.download()["next_cursor"])
        self.assertIn({"epoch": welcome["epoch"], "first_seq": "1"}, welcome["epochs"])
        self.assertNotIn("fork_seq", welcome)

    def test_takes_the_token_from_the_header_too(self):
        ada = self.account()
        ws = self.socket(token=ada.token)
        hello = Replica("tablet").hello(None)
        self.assertEqual(ws.request(hello)["type"], "welcome")

    def test_registers_the_device(self):
        ada = self.account()
        self.device(ada, "tablet", replica=Replica("tablet", "Ada's tablet"))
        [device] = ada.get("/api/devices").json["devices"]
        self.assertEqual((device["id"], device["name"]), ("tablet", "Ada's tablet"))

    def test_picks_the_first_subprotocol_that_it_knows(self):
        self.assertEqual(self.socket(("sync.v9.xml", CBOR, JSON)).subprotocol, CBOR)
        with self.assertRaises(Refused) as refused:
            self.socket(("sync.v9.xml",))
        self.assertEqual(refused.exception.status, 400)
        with self.assertRaises(Refused) as refused:
            self.socket(())
        self.assertEqual(refused.exception.status, 400)

    def test_lets_in_pages_of_allowed_origins_only(self):
        self.socket(origin="http://localhost:5173")
        with self.assertRaises(Refused) as refused:
            self.socket(origin="https://evil.example")
        self.assertEqual(refused.exception.status, 403)


class TwoDevices(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.laptop = self.device(self.ada, "laptop")
        self.tablet = self.device(self.ada, "tablet")

    def test_what_one_pushes_the_other_receives(self):
        data = query(tags=["daily"])
        answer = self.laptop.push(self.laptop.replica.freeze("saved_query", "q-1", data))
        [result] = answer["results"]
        self.assertEqual((result["status"], result["sync_version"]), ("applied", 1))
        self.assertEqual(result["device_seq"], 1)
        self.assertEqual(result["content_hash"], content_hash(data))
        frame = self.tablet.ws.unasked("changes")
        self.assertEqual((frame["from"], frame["to"]), (answer["from"], answer["to"]))
        [row] = frame["changes"]
        expected = {"item_type": "saved_query", "item_id": "q-1", "rev": result["rev"],
                    "hlc": result["hlc"], "replica_id": self.laptop.replica.replica_id,
                    "device_seq": 1, "device_id": "laptop", "deleted": False, "data": data}
        self.assertEqual(row, {**row, **expected})

    def test_a_delete_reaches_the_other_as_a_tombstone(self):
        created = self.laptop.put("saved_query", "q-1", query())
        self.laptop.put("saved_query", "q-1", None, base=created["rev"])
        self.tablet.ws.unasked("changes")
        [row] = self.tablet.ws.unasked("changes")["changes"]
        self.assertEqual((row["item_id"], row["deleted"], row["sync_version"]), ("q-1", True, 2))
        self.assertNotIn("data", row)

    def test_frames_follow_each_other_without_a_gap(self):
        for i in range(10):
            self.laptop.put("saved_query", f"q-{i}", query(name=f"Query {i}"))
        cursor, received = self.tablet.welcome["head"], {}
        while len(received) < 10:
            frame = self.tablet.ws.unasked("changes")
            self.assertEqual(frame["from"], cursor)
            cursor = frame["to"]
            received.update(names_of(frame["changes"]))
        self.assertEqual(received, {f"q-{i}": f"Query {i}" for i in range(10)})

    def test_an_upload_over_http_reaches_both(self):
        self.ada.upload_one("ci-runner", save("q-1", 0, query()))
        for device in (self.laptop, self.tablet):
            [row] = device.ws.unasked("changes")["changes"]
            self.assertEqual((row["replica_id"], row["device_seq"]), (NIL_UUID, 0))
            self.assertEqual(row["device_id"], "ci-runner")

    def test_another_user_receives_nothing(self):
        bob = self.account()
        others = self.device(bob, "laptop")
        self.laptop.put("saved_query", "secret", query())
        self.tablet.ws.unasked("changes")
        bob.upload_one("ci-runner", save("own", 0, query()))
        self.assertEqual(names_of(others.ws.unasked("changes")["changes"]), {"own": "Orders"})
        self.assertEqual(names_of(others.pull_all()), {"own": "Orders"})

    def test_a_revoked_device_is_told_and_cut_at_once(self):
        self.assertEqual(self.ada.request("DELETE", "/api/devices/tablet").status, 200)
        self.assertEqual(self.tablet.ws.unasked("revoked")["reason"], "device_revoked")
        self.assertEqual(self.tablet.ws.wait_closed(), (4403, "device_revoked"))
        self.assertEqual(self.laptop.put("saved_query", "q-1", query())["status"], "applied")
        ws = self.socket()
        self.assert_error(ws.request(self.tablet.replica.hello(self.ada.token)), "device_revoked")
        self.assertEqual(ws.wait_closed(), (4403, "device_revoked"))

    def test_a_revoked_device_with_a_session_of_its_own_is_told_why(self):
        phone = self.device_of_another_login("phone")
        self.assertEqual(self.ada.request("DELETE", "/api/devices/phone").status, 200)
        self.assertEqual(phone.ws.unasked("revoked")["reason"], "device_revoked")
        self.assertEqual(phone.ws.wait_closed(), (4403, "device_revoked"))

    def device_of_another_login(self, name):
        login = {"username": self.ada.username, "password": self.ada.password}
        token = self.client().post("/api/auth/login", login).json["token"]
        device = LiveDevice(self.server.ws, token, Replica(name))
        self.addCleanup(device.ws.cut)
        return device

    def test_a_logout_cuts_the_connections_of_its_session(self):
        phone = self.device_of_another_login("phone")
        self.ada.post("/api/auth/logout")
        for device in (self.laptop, self.tablet):
            self.assert_error(device.ws.unasked("error"), "unauthorized")
            self.assertEqual(device.ws.wait_closed(), (4401, "unauthorized"))
        self.assertEqual(phone.put("saved_query", "q-1", query())["status"], "applied")

    def test_a_connection_goes_on_with_a_new_token(self):
        login = {"username": self.ada.username, "password": self.ada.password}
        token = self.client().post("/api/auth/login", login).json["token"]
        answer = self.laptop.ws.request({"type": "reauth", "token": token})
        self.assertEqual(answer["type"], "reauthed")
        self.assertEqual(self.laptop.put("saved_query", "q-1", query())["status"], "applied")


class Pulling(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.ada.upload("ci", *(save(f"q-{i}", 0, query(name=f"Query {i}")) for i in range(5)))

    def test_from_the_beginning_gives_everything_in_pages(self):
        device = self.device(self.ada, "laptop")
        rows = device.pull_all(limit=2)
        self.assertEqual([row["item_id"] for row in rows], [f"q-{i}" for i in range(5)])
        self.assertEqual(device.replica.cursor, device.welcome["head"])
        self.assertEqual(device.pull_all(), [])

    def test_a_device_that_was_away_finds_its_gap_and_fills_it(self):
        replica = Replica("laptop")
        device = self.device(self.ada, "laptop", replica=replica)
        device.pull_all()
        device.ws.cut()
        self.ada.upload_one("ci", save("missed", 0, query(name="Missed")))
        again = self.device(self.ada, "laptop", replica=replica)
        self.assertNotEqual(again.welcome["head"], replica.cursor)
        # A device that is behind gets no rows: at most a hint.
        self.ada.upload_one("ci", save("new", 0, query(name="New")))
        self.assertEqual(names_of(again.pull_all()), {"missed": "Missed", "new": "New"})
        self.ada.upload_one("ci", save("live", 0, query(name="Live")))
        frame = again.ws.unasked("changes")
        self.assertEqual(frame["from"], replica.cursor)
        self.assertEqual(names_of(frame["changes"]), {"live": "Live"})

    def test_a_device_that_is_behind_gets_one_hint(self):
        device = self.device(self.ada, "laptop")
        page = device.ws.request({"type": "pull", "cursor": BEGINNING, "limit": 2})
        self.assertIs(page["has_more"], True)
        for i in range(3):
            self.ada.upload_one("ci", save(f"more-{i}", 0, query()))
        device.pull_all()
        self.ada.upload_one("ci", save("last", 0, query()))
        frame = device.ws.unasked("changes")
        self.assertEqual(frame["from"], device.replica.cursor)

    def test_a_snapshot_reads_everything_again(self):
        device = self.device(self.ada, "laptop")
        device.pull_all()
        frame = device.ws.request({"type": "snapshot"})
        self.assertIs(frame["snapshot"], True)
        self.assertEqual((frame["from"], frame["has_more"]), (BEGINNING, False))
        self.assertEqual(set(names_of(frame["changes"])), {f"q-{i}" for i in range(5)})

    def test_a_cursor_that_the_server_never_gave_is_refused(self):
        device = self.device(self.ada, "laptop")
        answer = device.ws.request({"type": "pull", "cursor": "made-up"})
        self.assert_error(answer, "validation_error", "$.cursor")
        beyond = device.welcome["head"].split("-")
        beyond = "-".join([beyond[0], "ffff", beyond[2]])
        self.assert_error(device.ws.request({"type": "pull", "cursor": beyond}), "resync_required")
        self.assertEqual(len(device.pull_all()), 5)


class ExactlyOnce(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.laptop = self.device(self.ada, "laptop")

    def test_a_retry_gives_the_first_result(self):
        change = self.laptop.replica.freeze("saved_query", "q-1", query())
        [first] = self.laptop.push(change)["results"]
        answer = self.laptop.push(change)
        [again] = answer["results"]
        repeated = {**first, "status": "duplicate", "first_status": "applied",
                    "record": again["record"]}
        self.assertEqual(again, repeated)
        self.assertEqual(answer["from"], answer["to"])
        self.assertEqual(len(self.laptop.pull_all()), 1)

    def test_a_lost_answer_is_found_again_by_the_next_connection(self):
        replica = self.laptop.replica
        for i in range(3):
            replica.freeze("saved_query", f"q-{i}", query())
        self.laptop.push(replica.frozen[0])
        lost = self.laptop.ws.start(push_frame(replica.frozen[1:2]))
        self.laptop.ws.answer(lost)  # the server has it; the device forgets that it was told
        self.laptop.ws.cut()
        again = self.device(self.ada, "laptop", replica=replica)
        self.assertEqual(again.welcome["replica"], replica.mark(2))
        statuses = [result["status"] for result in again.push(*replica.unacked())["results"]]
        self.assertEqual(statuses, ["duplicate", "applied"])
        self.assertEqual([row["device_seq"] for row in again.pull_all()], [1, 2, 3])

    def test_a_gap_in_the_stream_is_refused(self):
        replica = self.laptop.replica
        replica.freeze("saved_query", "q-1", query())
        second = replica.freeze("saved_query", "q-2", query())
        self.assert_error(self.laptop.push(second), "bad_request", "$.changes[0].device_seq")
        self.assertEqual(self.laptop.pull_all(), [])
        statuses = [result["status"] for result in self.laptop.push(*replica.frozen)["results"]]
        self.assertEqual(statuses, ["applied", "applied"])

    def test_another_change_under_a_used_number_is_a_fork(self):
        self.laptop.put("saved_query", "q-1", query())
        clone = Replica("laptop")
        clone.replica_id = self.laptop.replica.replica_id
        other = clone.freeze("saved_query", "q-1", query(name="The clone's"))
        self.assert_error(self.laptop.ws.request(push_frame([other])), "replica_forked")
        self.assertEqual(names_of(self.laptop.pull_all()), {"q-1": "Orders"})

    def test_a_change_id_counts_for_the_whole_user(self):
        change = self.laptop.replica.freeze("saved_query", "q-1", query())
        self.laptop.push(change)
        # A device that found itself a clone pushes its edits as a new replica, under their old ids.
        renewed = self.device(self.ada, "laptop", replica=Replica("laptop"))
        [result] = renewed.push(change)["results"]
        self.assertEqual((result["status"], result["sync_version"]), ("duplicate", 1))
        self.assertEqual([row["sync_version"] for row in renewed.pull_all()], [1])

    def test_a_rejected_change_uses_up_its_number_and_blocks_nothing(self):
        replica = self.laptop.replica
        replica.freeze("saved_query", "q-1", {"name": "no text"})
        replica.freeze("saved_query", "q-2", query())
        rejected, applied = self.laptop.push(*replica.frozen)["results"]
        self.assertEqual((rejected["status"], rejected["code"], rejected["path"]),
                         ("rejected", "validation_error", "$.changes[0].data.query"))
        self.assertEqual(applied["status"], "applied")
        again = self.device(self.ada, "laptop", replica=replica)
        self.assertEqual(again.welcome["replica"], replica.mark(2))


class Conflicts(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.laptop = self.device(self.ada, "laptop", replica=Replica("laptop", "Laptop"))
        self.tablet = self.device(self.ada, "tablet", replica=Replica("tablet", "Tablet"))
        self.base = self.laptop.put("saved_query", "q-1", query())["rev"]

    def rename(self, device, name):
        return device.put("saved_query", "q-1", query(name=name), base=self.base,
                          changed_fields=["name"])

    def test_edits_of_different_fields_are_merged(self):
        self.rename(self.laptop, "Laptop's")
        result = self.tablet.put("saved_query", "q-1", query(folder="f"), base=self.base,
                                 changed_fields=["folder"])
        self.assertEqual((result["status"], result["sync_version"]), ("merged", 3))
        self.assertEqual(result["record"]["data"], query(name="Laptop's", folder="f"))

    def test_keep_both_answers_with_the_copy(self):
        self.rename(self.laptop, "Laptop's")
        answer = self.tablet.push(self.tablet.replica.freeze(
            "saved_query", "q-1", query(name="Tablet's"), base=self.base, changed_fields=["name"]))
        [result] = answer["results"]
        self.assertEqual((result["status"], result["strategy"]), ("conflict", "keep_both"))
        self.assertEqual(result["record"]["data"]["name"], "Laptop's")
        rows = {(row["item_type"], row["item_id"]): row for row in answer["changes"]}
        copy = rows["saved_query", result["copy_id"]]
        self.assertEqual(copy["data"]["name"], "Tablet's (conflicted copy - Tablet)")
        self.assertIn(("conflict", result["conflict_id"]), rows)
        seen = {(row["item_type"], row["item_id"]) for row in self.laptop.pull_all()}
        self.assertEqual(seen, {("saved_query", "q-1"), *rows})

    def test_user_choice_is_asked_and_answered_over_the_channel(self):
        self.ada.request("PUT", "/api/sync/policies", {"policies": {"saved_query": "user_choice"}})
        self.rename(self.laptop, "Laptop's")
        result = self.rename(self.tablet, "Tablet's")
        self.assertEqual((result["status"], result["strategy"]), ("conflict", "user_choice"))
        [conflict] = self.laptop.ws.request({"type": "conflicts"})["conflicts"]
        self.assertEqual(conflict["id"], result["conflict_id"])
        self.assertEqual(conflict["local_version"]["data"]["name"], "Tablet's")
        seen = conflict["remote_version"]["sync_version"]
        answer = self.laptop.ws.request({
            "type": "resolve", "conflict_id": conflict["id"], "strategy": "user_choice",
            "chosen_version": "local", "remote_version": seen})
        self.assertEqual((answer["type"], answer["conflict"]["status"]), ("resolved", "resolved"))
        for device in (self.laptop, self.tablet):
            frame = device.ws.unasked("changes", lambda f: f["to"] == answer["to"])
            self.assertEqual(frame["from"], answer["from"])
            rows = {row["item_type"]: row for row in frame["changes"]}
            self.assertEqual(rows["saved_query"]["data"]["name"], "Tablet's")
            self.assertEqual(rows["conflict"]["data"]["status"], "resolved")

    def test_an_unknown_conflict_is_not_found(self):
        answer = self.laptop.ws.request(
            {"type": "resolve", "conflict_id": "x-none", "strategy": "keep_both"})
        self.assert_error(answer, "not_found")


class Encodings(ServerCase):
    def test_devices_of_both_encodings_see_the_same_records(self):
        ada = self.account()
        devices = [self.device(ada, f"device-{name}", name) for name in (JSON, CBOR)]
        metadata = {"zoom": 1.25, "big": 1e30, "none": None, "list": [1, -2, True]}
        data = query(name="Ünï – ☃ 🐘", metadata=metadata)
        for writer, reader in (devices, reversed(devices)):
            item_id = writer.replica.device_id
            result = writer.put("saved_query", item_id, data)
            self.assertEqual(result["status"], "applied")
            [row] = reader.ws.unasked("changes")["changes"]
            self.assertEqual((row["item_id"], row["data"]), (item_id, data))
        hashes = {device.replica.results[1]["content_hash"] for device in devices}
        self.assertEqual(len(hashes), 1, "equal values have equal canonical content")

    def test_a_cbor_device_can_do_all_that_a_json_device_can(self):
        ada = self.account()
        ada.upload_one("ci", save("q-1", 0, query()))
        device = self.device(ada, "tablet", CBOR)
        [row] = device.pull_all()
        result = device.put("saved_query", "q-1", query(name="New"), base=row["rev"],
                            changed_fields=["name"])
        self.assertEqual(result["status"], "applied")
        digest = device.ws.request({"type": "digest", "cursor": device.replica.cursor})
        self.assertEqual(len(digest["sums"]), 256)
        self.assertEqual(device.ws.request({"type": "conflicts"})["conflicts"], [])
        self.assertEqual(ada.download()["saved_queries"][0]["name"], "New")


class Digests(ServerCase):
    @staticmethod
    def sum_of(rows):
        """Section 5.8, from the rows alone."""
        sums = [0] * 256
        for row in rows:
            text = (bytes([TYPE_NUMBERS[row["item_type"]]]) + row["item_id"].encode() + b"\n"
                    + row["rev"]["epoch"].encode() + f"{row['rev']['version']:016x}".encode()
                    + bytes.fromhex(content_hash(row["data"])))
            bucket = hashlib.sha256(row["item_id"].encode()).digest()[0]
            sums[bucket] += int.from_bytes(hashlib.sha256(text).digest()[:16], "little")
        return [(total % (1 << 128)).to_bytes(16, "little").hex() for total in sums]

    def test_equals_what_a_device_computes_from_its_own_rows(self):
        ada = self.account()
        device = self.device(ada, "laptop")
        for i in range(20):
            device.put("saved_query", f"q-{i}", query(name=f"Query {i}"))
        device.put("connection", "c-1", {"name": "Billing", "type": "postgres", "use_ssh": False})
        device.put("saved_query", "q-3", None, base=device.replica.results[4]["rev"])
        rows = [row for row in device.pull_all() if not row["deleted"]]
        answer = device.ws.request({"type": "digest", "cursor": device.replica.cursor})
        self.assertEqual(answer["cursor"], device.replica.cursor)
        self.assertEqual(answer["sums"], self.sum_of(rows))

    def test_gives_the_rows_of_a_bucket_that_differs(self):
        ada = self.account()
        device = self.device(ada, "laptop")
        device.put("saved_query", "q-1", query())
        bucket = hashlib.sha256(b"q-1").digest()[0]
        head = ada.download()["next_cursor"]
        answer = device.ws.request({"type": "digest", "cursor": head, "buckets": [bucket]})
        self.assertEqual(names_of(answer["rows"]), {"q-1": "Orders"})
        neighbour = (bucket + 1) % 256
        other = device.ws.request({"type": "digest", "cursor": head, "buckets": [neighbour]})
        self.assertEqual(other["rows"], [])


if __name__ == "__main__":
    unittest.main()

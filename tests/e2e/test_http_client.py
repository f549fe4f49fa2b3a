"""Upload and download of a plain client (docs/PROTOCOL.md sections 3.2 and 3.3)."""
import gzip
import unittest

from support.case import ServerCase
from support.http_client import ARRAYS, drop, put, query, save
from support.ids import content_hash

COMMIT_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"


class Upload(ServerCase):
    def setUp(self):
        self.ada = self.account()

    def test_stores_a_record_and_says_which_version_it_became(self):
        data = query(tags=["daily", "sales"])
        change = save("q-1", 0, data, updated_at="2024-10-21T14:03:08Z")
        answer = self.ada.upload("laptop", change)
        self.assertEqual(answer.status, 200, answer)
        body = answer.json
        self.assertIs(body["success"], True)
        self.assertEqual((body["conflicts"], body["rejected"]), ([], []))
        [result] = body["results"]
        expected = {"id": change["id"], "item_type": "saved_query", "item_id": "q-1",
                    "status": "applied", "sync_version": 1, "content_hash": content_hash(data)}
        self.assertEqual(result, {**result, **expected})
        self.assertEqual(result["rev"]["version"], 1)
        self.assertRegex(result["hlc"], r"^[0-9a-f]{16}$")
        self.assertRegex(result["updated_at"], COMMIT_TIME)
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual(record,
                         {"id": "q-1", "sync_version": 1, "updated_at": result["updated_at"],
                          **data})

    def test_answers_a_repeated_change_with_the_first_result(self):
        change = save("q-1", 0, query())
        first = self.ada.upload_one("laptop", change)
        again = self.ada.upload_one("laptop", change)
        repeated = {**first, "status": "duplicate", "first_status": "applied",
                    "record": again["record"]}
        self.assertEqual(again, repeated)
        self.assertEqual(again["record"]["data"], change["data"])

    def test_a_late_retry_does_not_bring_old_content_back(self):
        change = save("q-1", 0, query())
        self.ada.upload_one("laptop", change)
        self.ada.upload_one("laptop", save("q-1", 1, {"name": "Newer"}))
        again = self.ada.upload_one("laptop", change)
        self.assertEqual((again["status"], again["sync_version"]), ("duplicate", 1))
        self.assertEqual(again["record"]["sync_version"], 2)
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["sync_version"]), ("Newer", 2))

    def test_derives_the_key_of_a_change_without_an_id_from_its_payload(self):
        change = save("q-1", 0, query())
        del change["id"]
        self.assertEqual(self.ada.upload_one("laptop", change)["status"], "applied")
        self.assertEqual(self.ada.upload_one("laptop", change)["status"], "duplicate")
        self.assertEqual(self.ada.download()["saved_queries"][0]["sync_version"], 1)

    def test_refuses_a_change_id_that_was_used_for_another_payload(self):
        change = save("q-1", 0, query())
        self.ada.upload_one("laptop", change)
        reused = self.ada.upload_one("laptop", {**change, "data": query(name="Something else")})
        self.assertEqual((reused["status"], reused["code"]), ("rejected", "change_id_reused"))
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["sync_version"]), ("Orders", 1))
        other_device = self.ada.upload_one("tablet", {**change, "item_id": "q-2"})
        self.assertEqual(other_device["status"], "applied")

    def test_lets_a_rejected_change_be_corrected_under_its_id(self):
        wrong = put("connection", "c-1", 0, {"name": "Billing", "type": "postgres", "port": 70000})
        self.assertEqual(self.ada.upload_one("laptop", wrong)["status"], "rejected")
        corrected = {**wrong, "data": {**wrong["data"], "port": 5432}}
        self.assertEqual(self.ada.upload_one("laptop", corrected)["status"], "applied")

    def test_leaves_absent_fields_alone_and_removes_those_that_are_null(self):
        self.ada.upload_one("laptop", save("q-1", 0, query(folder="a", description="d")))
        result = self.ada.upload_one("laptop", save("q-1", 1, {"name": "New", "folder": None}))
        self.assertEqual((result["status"], result["sync_version"]), ("applied", 2))
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["description"]), ("New", "d"))
        self.assertNotIn("folder", record)

    def test_removes_a_field_that_is_named_and_absent(self):
        self.ada.upload_one("laptop", save("q-1", 0, query(folder="a")))
        self.ada.upload_one("laptop", save("q-1", 1, query(), changed_fields=["folder"]))
        self.assertNotIn("folder", self.ada.download()["saved_queries"][0])

    def test_keeps_fields_that_it_does_not_know(self):
        data = query(future_field={"nested": [1, 2.5, "three"]})
        self.ada.upload_one("laptop", save("q-1", 0, data))
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual(record["future_field"], data["future_field"])

    def test_merges_edits_of_different_fields(self):
        self.ada.upload_one("laptop", save("q-1", 0, query()))
        self.ada.upload_one("laptop", save("q-1", 1, {"name": "From the laptop"}))
        merged = self.ada.upload_one("tablet", save("q-1", 1, {"folder": "from/tablet"}))
        self.assertEqual((merged["status"], merged["sync_version"]), ("merged", 3))
        both = query(name="From the laptop", folder="from/tablet")
        self.assertEqual(merged["record"]["data"], both)
        self.assertEqual(merged["content_hash"], content_hash(both))
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["folder"]), ("From the laptop", "from/tablet"))

    def test_counts_equal_content_as_unchanged(self):
        self.ada.upload_one("laptop", save("q-1", 0, query()))
        same = self.ada.upload_one("tablet", save("q-1", 1, query()))
        self.assertEqual((same["status"], same["sync_version"]), ("unchanged", 1))

    def test_lets_two_devices_that_create_one_preference_meet_in_one_record(self):
        key = "editor/font size"  # not an id by itself
        first = self.ada.upload_one("laptop",
                                    put("preference", "p-laptop", 0, {"key": key, "value": 12}))
        self.ada.upload_one("tablet", put("preference", "p-tablet", 0, {"key": key, "value": 14}))
        [record] = self.ada.download()["preferences"]
        self.assertEqual(record["id"], first["item_id"])

    def test_fills_in_defaults_and_shows_the_record_that_it_made(self):
        sent = {"name": "Orders", "query": "SELECT 1"}
        result = self.ada.upload_one("laptop", save("q-1", 0, sent))
        self.assertEqual(result["status"], "applied")
        self.assertEqual(result["record"]["data"], {**sent, "favorite": False})
        self.assertEqual(result["content_hash"], content_hash({**sent, "favorite": False}))

    def test_stores_no_member_that_is_named_like_a_credential(self):
        metadata = {"note": "kept", "ssh": {"pass_phrase": "hunter2-not-for-you"}}
        data = {"name": "Billing", "type": "postgres", "password": "hunter2-not-for-you",
                "metadata": metadata}
        result = self.ada.upload_one("laptop", put("connection", "c-1", 0, data))
        self.assertEqual(result["status"], "applied")
        self.assertNotIn("hunter2", str(result))
        [record] = self.ada.download()["connections"]
        self.assertNotIn("hunter2", str(record))
        self.assertEqual(record["metadata"]["note"], "kept")

    def test_one_rejected_change_does_not_stop_the_others(self):
        answer = self.ada.upload(
            "laptop", save("q-1", 0, query()), save("q-2", 0, {"name": "no text"}),
            save("q-3", 0, query()))
        self.assertEqual(answer.status, 200, answer)
        body = answer.json
        self.assertEqual([r["status"] for r in body["results"]], ["applied", "rejected", "applied"])
        self.assertEqual(body["rejected"], [body["results"][1]])
        self.assertEqual(body["rejected"][0]["path"], "$.changes[1].data.query")
        self.assertEqual([r["id"] for r in self.ada.download()["saved_queries"]], ["q-1", "q-3"])

    def test_needs_a_device_and_a_change(self):
        change = save("q-1", 0, query())
        no_device = self.ada.post("/api/sync/upload", {"changes": [change]})
        self.assert_refused(no_device, 400, "validation_error", "$.device_id")
        self.assert_refused(self.ada.upload("laptop"), 400, "validation_error", "$.changes")


class Deletes(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.ada.upload_one("laptop", save("q-1", 0, query()))

    def test_leave_a_tombstone_that_others_download(self):
        result = self.ada.upload_one("laptop", drop("q-1", 1))
        self.assertEqual((result["status"], result["sync_version"]), ("applied", 2))
        page = self.ada.download()
        self.assertEqual(page["saved_queries"], [])
        [tombstone] = page["deleted"]
        expected = {"item_type": "saved_query", "item_id": "q-1", "sync_version": 2,
                    "deleted_at": result["updated_at"]}
        self.assertEqual(tombstone, expected)

    def test_of_something_unknown_is_acknowledged(self):
        result = self.ada.upload_one("laptop", drop("never-there", 0))
        self.assertIn(result["status"], ("applied", "unchanged"))

    def test_that_meet_a_newer_edit_lose_to_it(self):
        self.ada.upload_one("tablet", save("q-1", 1, {"name": "Edited meanwhile"}))
        result = self.ada.upload_one("laptop-2", drop("q-1", 1))
        self.assertNotIn(result["status"], ("applied", "rejected"))
        page = self.ada.download()
        self.assertEqual([r["name"] for r in page["saved_queries"]], ["Edited meanwhile"])
        self.assertEqual(page["deleted"], [])

    def test_are_not_undone_by_a_stale_edit_of_other_content(self):
        self.ada.upload_one("laptop", drop("q-1", 1))
        gone = self.ada.upload_one("laptop", save("q-9", 3, {"name": "x"}))
        self.assertEqual((gone["status"], gone["code"]), ("rejected", "record_gone"))
        self.assertEqual(self.ada.download()["saved_queries"], [])

    def test_free_the_id_for_a_new_record(self):
        self.ada.upload_one("laptop", drop("q-1", 1))
        again = self.ada.upload_one("laptop", save("q-1", 2, query(name="Reborn")))
        self.assertEqual((again["status"], again["sync_version"]), ("applied", 3))
        page = self.ada.download()
        self.assertEqual([r["name"] for r in page["saved_queries"]], ["Reborn"])
        self.assertEqual(page["deleted"], [])


class Download(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.ada.upload("laptop", *(save(f"q-{i}", 0, query(name=f"Query {i}")) for i in range(5)))

    def test_pages_by_cursor_until_has_more_ends(self):
        pages = [self.ada.download(limit=2)]
        while pages[-1]["has_more"]:
            self.assertLess(len(pages), 5, "has_more does not end")
            pages.append(self.ada.download(limit=2, cursor=pages[-1]["next_cursor"]))
        self.assertEqual([[r["id"] for r in page["saved_queries"]] for page in pages],
                         [["q-0", "q-1"], ["q-2", "q-3"], ["q-4"]])
        end = self.ada.download(cursor=pages[-1]["next_cursor"])
        self.assertEqual(end["next_cursor"], pages[-1]["next_cursor"])
        self.assertIs(end["has_more"], False)
        self.assertEqual({name: end[name] for name in (*ARRAYS, "deleted")},
                         {name: [] for name in (*ARRAYS, "deleted")})

    def test_misses_nothing_that_changes_between_pages(self):
        first = self.ada.download(limit=2)
        self.ada.upload_one("tablet", save("q-0", 1, {"name": "Moved on"}))
        self.ada.upload_one("tablet", drop("q-3", 1))
        rest = self.ada.download(cursor=first["next_cursor"])
        self.assertEqual([r["id"] for r in rest["saved_queries"]], ["q-2", "q-4", "q-0"])
        self.assertEqual([d["item_id"] for d in rest["deleted"]], ["q-3"])

    def test_since_gives_what_was_committed_strictly_after(self):
        first = self.ada.download(limit=2)
        self.assertRegex(first["sync_timestamp"], COMMIT_TIME)
        self.assertEqual(first["sync_timestamp"], first["saved_queries"][-1]["updated_at"])
        rest = self.ada.download(since=first["sync_timestamp"])
        self.assertEqual([r["id"] for r in rest["saved_queries"]], ["q-2", "q-3", "q-4"])
        nothing = self.ada.download(since=rest["sync_timestamp"])
        self.assertEqual(nothing["saved_queries"], [])
        self.assertEqual(nothing["sync_timestamp"], rest["sync_timestamp"])

    def test_commit_times_increase_strictly(self):
        times = [r["updated_at"] for r in self.ada.download()["saved_queries"]]
        self.assertEqual(times, sorted(set(times)))

    def test_puts_each_type_into_its_array(self):
        ada = self.account()
        contents = {
            "connections": ("connection", {"name": "Billing", "type": "postgres"}),
            "saved_queries": ("saved_query", query()),
            "query_history": ("query_history", {"query": "SELECT 1", "duration_ms": 12}),
            "preferences": ("preference", {"key": "theme", "value": {"dark": True, "zoom": 1.25}}),
            "ai_sessions": ("ai_session", {"title": "A chat"}),
            "ai_messages": ("ai_message",
                            {"session_id": "ai_session-1", "role": "user", "content": "hi"}),
        }
        for item_type, data in contents.values():
            item_id = "theme" if item_type == "preference" else f"{item_type}-1"
            self.assertEqual(ada.upload_one("a", put(item_type, item_id, 0, data))["status"],
                             "applied")
        page = ada.download()
        for name, (_, data) in contents.items():
            [record] = page[name]
            self.assertEqual({key: record[key] for key in data}, data)

    def test_names_a_parameter_that_is_wrong(self):
        wrong = [({}, "device_id"), ({"device_id": "a", "limit": "many"}, "limit"),
                 ({"device_id": "a", "cursor": "made-up"}, "cursor"),
                 ({"device_id": "a", "since": "yesterday"}, "since")]
        for parameters, path in wrong:
            with self.subTest(parameters=parameters):
                answer = self.ada.get("/api/sync/download", **parameters)
                self.assert_refused(answer, 400, "validation_error", path)

    def test_is_compressed_where_the_client_accepts_it(self):
        self.ada.upload_one("laptop", save("q-big", 0, query(text="SELECT 1; " * 1000)))
        path = "/api/sync/download?device_id=reader"
        plain = self.ada.request("GET", path)
        packed = self.ada.request("GET", path, headers={"Accept-Encoding": "gzip"})
        self.assertIsNone(plain.headers["Content-Encoding"])
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)


class Tenancy(ServerCase):
    def test_users_with_the_same_ids_never_see_each_other(self):
        ada, bob = self.account(), self.account()
        for user, name in ((ada, "Ada's"), (bob, "Bob's")):
            result = user.upload_one("laptop", save("q-1", 0, query(name=name)))
            self.assertEqual((result["status"], result["sync_version"]), ("applied", 1))
        self.assertEqual(bob.upload_one("laptop", drop("q-1", 1))["status"], "applied")
        ada.upload_one("laptop", save("only-ada", 0, query()))
        stolen = bob.upload_one("laptop", save("only-ada", 1, {"name": "mine"}))
        self.assertEqual((stolen["status"], stolen["code"]), ("rejected", "record_gone"))
        self.assertEqual({r["id"]: r["name"] for r in ada.download()["saved_queries"]},
                         {"q-1": "Ada's", "only-ada": "Orders"})
        self.assertEqual(bob.download()["saved_queries"], [])

    def test_the_same_change_id_means_another_change_for_another_user(self):
        change = save("q-1", 0, query())
        for user in (self.account(), self.account()):
            self.assertEqual(user.upload_one("laptop", change)["status"], "applied")

    def test_a_cursor_of_another_user_opens_nothing(self):
        ada, bob = self.account(), self.account()
        ada.upload_one("laptop", save("q-1", 0, query()))
        answer = bob.get("/api/sync/download", device_id="a", cursor=ada.download()["next_cursor"])
        self.assertIn(answer.status, (200, 410), answer)
        if answer.status == 200:
            self.assertEqual(answer.json["saved_queries"], [])


class Status(ServerCase):
    def test_counts_records_devices_and_conflicts(self):
        ada = self.account()
        ada.upload("laptop", *(save(f"q-{i}", 0, query()) for i in range(3)))
        page = ada.download(device="tablet")
        status = ada.get("/api/sync/status")
        self.assertEqual(status.status, 200, status)
        body = status.json
        self.assertEqual(body["head"], page["next_cursor"])
        self.assertRegex(body["epoch"], r"^[0-9a-f]{16}$")
        self.assertEqual((body["devices"], body["open_conflicts"], body["records"]), (2, 0, 3))


if __name__ == "__main__":
    unittest.main()

"""Conflicts, policies and resolutions over HTTP (docs/PROTOCOL.md sections 3.4 and 7)."""
import unittest

from support.case import ServerCase
from support.http_client import query, save
from support.ids import unique_name


class ConflictCase(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.ada.upload_one("laptop", save("q-1", 0, query()), name="Laptop")

    def ask(self):
        answer = self.ada.request("PUT", "/api/sync/policies",
                                  {"policies": {"saved_query": "user_choice"}})
        self.assertEqual(answer.status, 200, answer)

    def collide(self):
        """Both devices rename version 1; the tablet is first. The laptop's result."""
        self.ada.upload_one("tablet", save("q-1", 1, {"name": "Tablet's"}), name="Tablet")
        return self.ada.upload_one("laptop", save("q-1", 1, {"name": "Laptop's"}))

    def conflicts(self, **query_parameters):
        answer = self.ada.get("/api/sync/conflicts", **query_parameters)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json["count"], len(answer.json["conflicts"]))
        return answer.json["conflicts"]

    def resolve(self, conflict_id, **body):
        return self.ada.post(f"/api/sync/conflicts/{conflict_id}/resolve", body)

    def names(self):
        return sorted(record["name"] for record in self.ada.download()["saved_queries"])


class KeepBoth(ConflictCase):
    def test_keeps_the_stored_record_and_makes_a_copy_of_the_other(self):
        result = self.collide()
        self.assertEqual((result["status"], result["strategy"]), ("conflict", "keep_both"))
        self.assertEqual(self.names(), ["Laptop's (conflicted copy - Laptop)", "Tablet's"])
        copies = {r["id"]: r for r in self.ada.download()["saved_queries"]}
        self.assertEqual(copies[result["copy_id"]]["query"], "SELECT * FROM orders")
        self.assertEqual(copies["q-1"]["name"], "Tablet's")
        self.assertEqual(self.conflicts(), [])
        [archived] = self.conflicts(status="all")
        self.assertEqual((archived["status"], archived["strategy"]), ("resolved", "keep_both"))
        self.assertEqual(archived["id"], result["conflict_id"])

    def test_makes_no_second_copy_for_a_retry(self):
        self.ada.upload_one("tablet", save("q-1", 1, {"name": "Tablet's"}))
        change = save("q-1", 1, {"name": "Laptop's"})
        first = self.ada.upload_one("laptop", change)
        again = self.ada.upload_one("laptop", change)
        self.assertEqual((again["status"], again["first_status"]), ("duplicate", "conflict"))
        self.assertEqual(again["copy_id"], first["copy_id"])
        self.assertEqual(len(self.names()), 2)

    def test_is_repeated_among_the_conflicts_of_the_upload(self):
        self.ada.upload_one("tablet", save("q-1", 1, {"name": "Tablet's"}))
        body = self.ada.upload("laptop", save("q-1", 1, {"name": "Laptop's"})).json
        [conflict] = body["conflicts"]
        [result] = body["results"]
        for member in ("id", "conflict_id", "copy_id", "strategy", "item_id", "item_type"):
            self.assertEqual(conflict[member], result[member])


class Policies(ConflictCase):
    def policies(self):
        return self.ada.get("/api/sync/policies").json["policies"]

    def test_show_the_strategy_in_force_for_each_type(self):
        self.assertEqual(self.policies(), {
            "connection": "keep_both", "preference": "last_write_wins", "saved_query": "keep_both",
            "query_history": "last_write_wins", "ai_session": "merge", "ai_message": "merge"})

    def test_replace_those_named_and_no_other(self):
        before = self.policies()
        self.ask()
        self.assertEqual(self.policies(), {**before, "saved_query": "user_choice"})

    def test_refuse_what_a_type_does_not_allow_and_change_nothing(self):
        before = self.policies()
        wrong = [{"spaceship": "merge"}, {"saved_query": "coin_toss"}, {"preference": "keep_both"}]
        for policies in wrong:
            with self.subTest(policies=policies):
                body = {"policies": {"connection": "user_choice", **policies}}
                answer = self.ada.request("PUT", "/api/sync/policies", body)
                self.assert_refused(answer, 400, "validation_error",
                                    f"$.policies.{next(iter(policies))}")
        self.assertEqual(self.policies(), before)

    def test_last_write_wins_takes_the_later_edit_and_not_the_later_arrival(self):
        self.ada.request("PUT", "/api/sync/policies",
                         {"policies": {"saved_query": "last_write_wins"}})
        later = save("q-1", 1, {"name": "Edited later"}, updated_at="2024-10-21T15:00:00Z")
        earlier = save("q-1", 1, {"name": "Edited earlier"}, updated_at="2024-10-21T14:00:00Z")
        self.ada.upload_one("tablet", later)
        self.ada.upload_one("laptop-2", earlier)
        self.assertEqual(self.names(), ["Edited later"])


class UserChoice(ConflictCase):
    def setUp(self):
        super().setUp()
        self.ask()
        self.result = self.collide()
        self.conflict_id = self.result["conflict_id"]

    def test_opens_a_conflict_with_both_sides(self):
        self.assertEqual((self.result["status"], self.result["strategy"]),
                         ("conflict", "user_choice"))
        self.assertNotIn("copy_id", self.result)
        self.assertEqual(self.names(), ["Tablet's"])
        [conflict] = self.conflicts()
        self.assertEqual((conflict["id"], conflict["item_type"], conflict["item_id"],
                          conflict["status"]),
                         (self.conflict_id, "saved_query", "q-1", "open"))
        local, remote = conflict["local_version"], conflict["remote_version"]
        self.assertEqual((local["data"], local["device_id"]), (query(name="Laptop's"), "laptop"))
        self.assertEqual((remote["data"], remote["device_id"]), (query(name="Tablet's"), "tablet"))
        self.assertEqual(remote["sync_version"], 2)
        self.assertEqual(self.ada.get("/api/sync/status").json["open_conflicts"], 1)

    def test_local_makes_the_losing_side_the_record(self):
        answer = self.resolve(self.conflict_id, strategy="user_choice", chosen_version="local")
        self.assertEqual(answer.status, 200, answer)
        self.assertIs(answer.json["success"], True)
        self.assertEqual(answer.json["conflict"]["status"], "resolved")
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["sync_version"]), ("Laptop's", 3))
        self.assertEqual(self.conflicts(), [])

    def test_remote_leaves_the_record(self):
        self.resolve(self.conflict_id, strategy="user_choice", chosen_version="remote")
        self.assertEqual(self.names(), ["Tablet's"])
        self.assertEqual(self.conflicts(), [])

    def test_merged_data_becomes_the_whole_record(self):
        self.resolve(self.conflict_id, strategy="user_choice",
                     merged_data=query(name="Both", folder="f"))
        [record] = self.ada.download()["saved_queries"]
        self.assertEqual((record["name"], record["folder"]), ("Both", "f"))

    def test_keep_both_makes_a_copy_of_the_losing_side(self):
        answer = self.resolve(self.conflict_id, strategy="keep_both")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(self.names(), ["Laptop's (conflicted copy - Laptop)", "Tablet's"])

    def test_resolving_again_gives_the_first_result_and_makes_nothing_new(self):
        first = self.resolve(self.conflict_id, strategy="user_choice", chosen_version="local")
        before = self.ada.download_all()
        for late in ({"strategy": "user_choice", "chosen_version": "remote"},
                     {"strategy": "keep_both"}):
            again = self.resolve(self.conflict_id, **late)
            self.assertEqual(again.status, 200, again)
            self.assertEqual(again.json["conflict"], first.json["conflict"])
        self.assertEqual(self.ada.download_all(), before)

    def test_a_record_that_moved_meanwhile_is_shown_afresh(self):
        self.ada.upload_one("tablet", save("q-1", 2, {"name": "Tablet's again"}))
        stale = self.resolve(self.conflict_id, strategy="user_choice", chosen_version="local",
                             remote_version=2)
        self.assert_refused(stale, 409, "version_conflict")
        fresh = stale.json["conflict"]["remote_version"]
        self.assertEqual((fresh["sync_version"], fresh["data"]["name"]), (3, "Tablet's again"))
        self.assertEqual(self.names(), ["Tablet's again"])
        decided = self.resolve(self.conflict_id, strategy="user_choice", chosen_version="local",
                               remote_version=fresh["sync_version"])
        self.assertEqual(decided.status, 200, decided)
        self.assertEqual(self.names(), ["Laptop's"])

    def test_a_bad_strategy_is_looked_at_before_the_conflict(self):
        for conflict_id in (self.conflict_id, unique_name("x")):
            answer = self.resolve(conflict_id, strategy="coin_toss")
            self.assert_refused(answer, 400, "validation_error", "$.strategy")
        missing = self.resolve(self.conflict_id)
        self.assert_refused(missing, 400, "validation_error", "$.strategy")
        bad_side = self.resolve(self.conflict_id, strategy="user_choice", chosen_version="both")
        self.assert_refused(bad_side, 400, "validation_error", "$.chosen_version")
        self.assertEqual(len(self.conflicts()), 1)

    def test_an_unknown_conflict_is_not_found(self):
        answer = self.resolve(unique_name("x"), strategy="user_choice", chosen_version="local")
        self.assert_refused(answer, 404, "not_found")

    def test_a_conflict_of_another_user_is_not_found(self):
        bob = self.account()
        path = f"/api/sync/conflicts/{self.conflict_id}/resolve"
        answer = bob.post(path, {"strategy": "user_choice", "chosen_version": "local"})
        self.assert_refused(answer, 404, "not_found")
        self.assertEqual(bob.get("/api/sync/conflicts", status="all").json,
                         {"conflicts": [], "count": 0})
        self.assertEqual(len(self.conflicts()), 1)


if __name__ == "__main__":
    unittest.main()

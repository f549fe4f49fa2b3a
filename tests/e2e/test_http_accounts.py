"""Accounts, sessions and devices over HTTP (docs/PROTOCOL.md sections 3 and 3.1)."""
import unittest

from support.case import ServerCase
from support.http_client import query, save
from support.ids import unique_name

PASSWORD = "correct horse battery"


def sign_up_body(name, **other):
    return {"username": name, "email": f"{name}@example.com", "password": PASSWORD, **other}


class Registration(ServerCase):
    def test_gives_a_grant_on_both_routes(self):
        for route in ("/api/auth/register", "/api/auth/signup"):
            name = unique_name("grace")
            answer = self.client().post(route, sign_up_body(name))
            self.assertEqual(answer.status, 201, answer)
            grant = answer.json
            self.assertEqual(grant["user"]["username"], name)
            self.assertEqual(grant["user"]["email"], f"{name}@example.com")
            self.assertEqual(grant["user"]["role"], "user")
            for secret in ("token", "refresh_token"):
                self.assertGreater(len(grant[secret]), 20)
            self.assertRegex(grant["expires_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_names_what_is_wrong(self):
        name = unique_name("grace")
        wrong = [
            (sign_up_body(name, password="short"), "$.password"),
            (sign_up_body(name, email="no address"), "$.email"),
            (sign_up_body(name, username=7), "$.username"),
            ({"username": name, "password": PASSWORD}, "$.email"),
            ({"email": f"{name}@example.com", "password": PASSWORD}, "$.username"),
        ]
        for body, path in wrong:
            with self.subTest(path=path, body=body):
                answer = self.client().post("/api/auth/register", body)
                self.assert_refused(answer, 400, "validation_error", path)

    def test_refuses_a_name_that_is_taken(self):
        account = self.account()
        answer = self.client().post("/api/auth/register", sign_up_body(account.username))
        self.assert_refused(answer, 409, "already_exists")


class Login(ServerCase):
    def test_works_by_name_and_by_email(self):
        account = self.account()
        for field in ("username", "email"):
            answer = self.client().post(
                "/api/auth/login", {field: getattr(account, field), "password": account.password})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json["user"], account.grant["user"])
            status = self.client(answer.json["token"]).get("/api/sync/status")
            self.assertEqual(status.status, 200, status)

    def test_does_not_tell_which_part_was_wrong(self):
        account = self.account()
        wrong_password = self.client().post(
            "/api/auth/login", {"username": account.username, "password": "wrong horse battery"})
        nobody = self.client().post(
            "/api/auth/login", {"username": unique_name("nobody"), "password": account.password})
        self.assert_refused(wrong_password, 401, "unauthorized")
        self.assertEqual(wrong_password.body, nobody.body)

    def test_profile_shows_the_user(self):
        account = self.account()
        answer = account.get("/api/auth/profile")
        self.assertEqual(answer.status, 200, answer)
        user = answer.json["user"]
        self.assertIn("created_at", user)
        self.assertEqual({**account.grant["user"], "created_at": user["created_at"]}, user)


class Sessions(ServerCase):
    def refresh(self, token):
        return self.client().post("/api/auth/refresh", {"refresh_token": token})

    def test_a_lost_answer_to_a_refresh_is_given_again(self):
        first = self.account().grant["refresh_token"]
        successor = self.refresh(first).json["refresh_token"]
        self.assertNotEqual(successor, first)
        again = self.refresh(first)
        self.assertEqual(again.status, 200, again)
        self.assertEqual(again.json["refresh_token"], successor)

    def test_an_old_refresh_token_ends_the_session_once_its_successor_was_used(self):
        first = self.account().grant["refresh_token"]
        second = self.refresh(first).json["refresh_token"]
        third = self.refresh(second)
        self.assertEqual(third.status, 200, third)
        self.assert_refused(self.refresh(first), 401, "unauthorized")
        self.assert_refused(self.refresh(third.json["refresh_token"]), 401, "unauthorized")
        self.assert_refused(self.client(third.json["token"]).get("/api/sync/status"), 401,
                            "unauthorized")

    def test_logout_ends_both_tokens_at_once(self):
        account = self.account()
        self.assertEqual(account.post("/api/auth/logout").json, {"success": True})
        self.assert_refused(account.get("/api/auth/profile"), 401, "unauthorized")
        self.assert_refused(self.refresh(account.grant["refresh_token"]), 401, "unauthorized")

    def test_a_changed_password_ends_all_other_sessions(self):
        account = self.account()
        other = self.client().post(
            "/api/auth/login", {"email": account.email, "password": account.password}).json
        wrong = account.post("/api/auth/change-password", {
            "current_password": "a guess", "new_password": "battery staple horse"})
        self.assert_refused(wrong, 403, "forbidden", "$.current_password")
        changed = account.post("/api/auth/change-password", {
            "current_password": account.password, "new_password": "battery staple horse"})
        self.assertEqual(changed.json, {"success": True})
        self.assertEqual(account.get("/api/auth/profile").status, 200)
        self.assert_refused(self.client(other["token"]).get("/api/auth/profile"), 401,
                            "unauthorized")
        old = self.client().post(
            "/api/auth/login", {"email": account.email, "password": account.password})
        self.assert_refused(old, 401, "unauthorized")


class Devices(ServerCase):
    def setUp(self):
        self.ada = self.account()
        self.ada.upload_one("laptop", save("q-1", 0, query()), name="Ada's laptop")

    def listed(self):
        answer = self.ada.get("/api/devices")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json["count"], len(answer.json["devices"]))
        return {device["id"]: device for device in answer.json["devices"]}

    def test_the_first_use_registers_a_device(self):
        self.ada.download(device="tablet")
        devices = self.listed()
        self.assertEqual(set(devices), {"laptop", "tablet"})
        laptop = devices["laptop"]
        self.assertEqual((laptop["name"], laptop["revoked"]), ("Ada's laptop", False))
        self.assertLessEqual(laptop["created_at"], laptop["last_seen_at"])

    def test_is_renamed(self):
        renamed = self.ada.request("PATCH", "/api/devices/laptop", {"name": "Old laptop"})
        self.assertEqual(renamed.status, 200, renamed)
        self.assertEqual(renamed.json["name"], "Old laptop")
        self.assertEqual(self.listed()["laptop"]["name"], "Old laptop")
        empty = self.ada.request("PATCH", "/api/devices/laptop", {"name": ""})
        self.assert_refused(empty, 400, "validation_error", "$.name")
        missing = self.ada.request("PATCH", "/api/devices/no-such", {"name": "x"})
        self.assert_refused(missing, 404, "not_found")

    def test_is_refused_once_it_is_revoked_and_others_go_on(self):
        self.assertEqual(self.ada.request("DELETE", "/api/devices/laptop").json, {"success": True})
        self.assertIs(self.listed()["laptop"]["revoked"], True)
        upload = self.ada.upload("laptop", save("q-2", 0, query()))
        self.assert_refused(upload, 403, "device_revoked")
        download = self.ada.get("/api/sync/download", device_id="laptop")
        self.assert_refused(download, 403, "device_revoked")
        ids = [record["id"] for record in self.ada.download(device="tablet")["saved_queries"]]
        self.assertEqual(ids, ["q-1"])

    def test_of_another_user_is_not_found(self):
        self.assert_refused(self.account().request("DELETE", "/api/devices/laptop"), 404,
                            "not_found")
        self.assertIs(self.listed()["laptop"]["revoked"], False)


class Access(ServerCase):
    NEED_A_TOKEN = [
        ("POST", "/api/auth/logout"), ("GET", "/api/auth/profile"),
        ("POST", "/api/auth/change-password"),
        ("GET", "/api/devices"), ("PATCH", "/api/devices/laptop"),
        ("DELETE", "/api/devices/laptop"),
        ("POST", "/api/sync/upload"), ("GET", "/api/sync/download?device_id=a"),
        ("GET", "/api/sync/conflicts"), ("POST", "/api/sync/conflicts/x-1/resolve"),
        ("GET", "/api/sync/status"), ("GET", "/api/sync/policies"), ("PUT", "/api/sync/policies"),
    ]

    def test_needs_a_token_before_anything_else_is_looked_at(self):
        for method, path in self.NEED_A_TOKEN:
            with self.subTest(route=f"{method} {path}"):
                body = None if method in ("GET", "DELETE") else b"{not json"
                answer = self.client().request(method, path, body)
                self.assert_refused(answer, 401, "unauthorized")

    def test_a_token_in_the_url_does_not_count(self):
        token = self.account().token
        for name in ("token", "access_token"):
            answer = self.client().get("/api/sync/status", **{name: token})
            self.assert_refused(answer, 401, "unauthorized")


if __name__ == "__main__":
    unittest.main()

"""A plain client (docs/PROTOCOL.md section 3): HTTP, JSON and a token."""
import http.client
import itertools
import json
import time
import urllib.parse

from support.ids import unique_name

ANSWER_SECONDS = 30
IDLE_SECONDS = 10  # after which a server may have ended a connection

ARRAYS = ("connections", "saved_queries", "query_history", "preferences", "ai_sessions",
          "ai_messages")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:500]!r}"


class HttpClient:
    """One keep-alive connection."""

    def __init__(self, url, token=None):
        self.url = url
        self.token = token
        self._connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(url).netloc, timeout=ANSWER_SECONDS)
        self._answered = time.monotonic()

    def request(self, method, path, body=None, headers=None):
        """`body`: bytes go as they are, anything else as JSON."""
        headers = dict(headers or {})
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        if time.monotonic() - self._answered > IDLE_SECONDS:
            self._connection.close()
        self._connection.request(method, path, body, headers)
        answer = Answer(self._connection.getresponse())
        self._answered = time.monotonic()
        return answer

    def get(self, path, **query):
        return self.request("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""))

    def post(self, path, body=None):
        return self.request("POST", path, body)

    def close(self):
        self._connection.close()


class Account(HttpClient):
    """A newly registered user, logged in."""

    def __init__(self, url):
        super().__init__(url)
        self.username = unique_name("ada")
        self.email = f"{self.username}@example.com"
        self.password = "correct horse battery"
        answer = self.post("/api/auth/register", {
            "username": self.username, "email": self.email, "password": self.password})
        assert answer.status == 201, answer
        self.grant = answer.json
        self.token = self.grant["token"]

    def upload(self, device, *changes, name=None):
        body = {"device_id": device, "device_name": name, "changes": changes}
        return self.post("/api/sync/upload", body)

    def upload_one(self, device, change, name=None):
        """The result of the one change."""
        answer = self.upload(device, change, name=name)
        assert answer.status == 200, answer
        [result] = answer.json["results"]
        return result

    def download(self, device="reader", **query):
        answer = self.get("/api/sync/download", device_id=device, **query)
        assert answer.status == 200, answer
        return answer.json

    def download_all(self, **query):
        """Every page from the beginning, as one."""
        whole = {name: [] for name in ARRAYS + ("deleted",)}
        page = self.download(**query)
        for _ in range(1000):
            for name, rows in whole.items():
                rows += page[name]
            if not page["has_more"]:
                return whole
            page = self.download(cursor=page["next_cursor"], **query)
        raise AssertionError("has_more never ended")

    def is_empty(self):
        return not any(self.download_all().values())


_numbers = itertools.count(1)


def put(item_type, item_id, base, data, **more):
    """A change that stores a record; an id of its own unless one is given."""
    return {"id": f"change-{next(_numbers)}", "item_type": item_type, "item_id": item_id,
            "action": "update" if base else "create", "sync_version": base, "data": data, **more}


def save(item_id, base, data, **more):
    """Stores a saved query, the type that most tests use."""
    return put("saved_query", item_id, base, data, **more)


def drop(item_id, base):
    """Deletes a saved query."""
    return {"id": f"change-{next(_numbers)}", "item_type": "saved_query", "item_id": item_id,
            "action": "delete", "sync_version": base}


def query(name="Orders", text="SELECT * FROM orders", **more):
    """Content of a saved query, its default included, so that it is stored as it is."""
    return {"name": name, "query": text, "favorite": False, **more}

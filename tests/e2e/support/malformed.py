"""Requests and frames that are refused, each with a secret where the refusal could repeat it."""
import contextlib

from support.http_client import drop, query, save
from support.ids import BEGINNING, NIL_UUID, new_replica, now
from support.ws_client import CBOR, JSON, Refused, WsClient

GOOD_PASSWORD = "correct horse battery"
STATUS = "/api/sync/status"
UPLOAD = "/api/sync/upload"
REGISTER = "/api/auth/register"
RESOLVE = "/api/sync/conflicts/x-1/resolve"
# Before a secret it makes a key that somebody may cut to a handy length, and half of the secret
# with it.
LONG_KEY = "k" * 49 + " "


class _Secrets:
    """Mints one at each call, by the position it is planted at."""

    def __init__(self, mint, way):
        self._mint = mint
        self._way = way

    def __call__(self, position):
        return self._at(position, self._mint.provider())

    def password(self, position):
        return self._at(position, self._mint.plain())

    def _at(self, position, canary):
        canary.position = f"{self._way}: {position}"
        return canary.text


def send_malformed_requests(client, mint):
    """`client` is an Account; its answers are recorded on their way."""
    secret = _Secrets(mint, "HTTP")
    for make in (_paths, _headers, _bodies, _uploads, _decisions, _devices):
        for method, path, body, headers in make(secret):
            _send(client, method, path, body, headers)
    for method, path, body, headers in _accounts(secret, client, len(mint.made)):
        _send(client, method, path, body, headers)


def _send(client, method, path, body, headers):
    """An answer, or a connection that the server cut: both are refusals."""
    try:
        client.request(method, path, body, headers)
    except OSError:
        client.close()


def _paths(secret):
    def get(path):
        return "GET", path, None, {}

    return [
        get("/api/" + secret("unknown route")),
        ("BREW", f"{STATUS}?x=" + secret("unknown method"), None, {}),
        (secret("method").replace("-", "").upper(), STATUS, None, {}),
        get("/api/sync/download?device_id=a&limit=" + secret("limit")),
        get("/api/sync/download?device_id=a&since=" + secret("since")),
        get("/api/sync/download?device_id=a&cursor=" + secret("cursor")),
        get("/api/sync/download?device_id=" + secret("device_id of a download")),
        get("/api/sync/download?device_id=a/" + secret("device_id, wrong")),
        get("/api/sync/download?device_id=a&" + secret("query name") + "=1"),
        get("/api/sync/conflicts?status=" + secret("status")),
        get("/health?token=" + secret("query of health")),
        get("/ws?token=" + secret("token in the URL of /ws")),
    ]


def _headers(secret):
    def get(headers):
        return "GET", STATUS, None, headers

    return [
        get({"X-Note": secret("a header")}),
        get({secret("a header's name"): "x"}),
        get({"Cookie": "session=" + secret("a cookie")}),
        get({"User-Agent": secret("a user agent")}),
        get({"Authorization": "Bearer " + secret("a bearer token")}),
        get({"Authorization": "Basic " + secret("Basic")}),
        get({"Origin": "https://" + secret("an origin")}),
        get({"X-Forwarded-For": secret("a forwarded address")}),
        ("OPTIONS", STATUS, None, {
            "Origin": "http://localhost", "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": secret("a header asked for")}),
        ("GET", "/ws", None, {"Sec-WebSocket-Protocol": secret("subprotocol without upgrade")}),
    ]


def _bodies(secret):
    def post(body):
        return "POST", UPLOAD, body, {}

    return [
        post(b"{\"device_id\": \"" + secret("broken JSON").encode()),
        post(b"{" + secret("JSON without quotes").encode() + b"}"),
        post(b"{\"a\":\"" + secret("bad UTF-8").encode() + b"\xff\"}"),
        post(_twice(secret("a key that stands twice"))),
        post(_deep(secret("too deep"))),
        post(secret("no object")),
        post(secret("too large").encode() * 600_000),
        post({"device_id": {"x": secret("device_id, an object")}}),
        post({"device_id": "a", "changes": secret("changes")}),
        post(_upload(device=secret("device_id of an upload"))),
        post(_upload(device="a b " + secret("device_id, bad"))),
        post(_upload(name=secret("name, too long") * 50)),
        post({"device_id": "plain-1", "changes": [drop(secret("id of a delete"), 0)]}),
    ]


def _uploads(secret):
    members = [
        ("id", secret("a change's id")),
        ("id", "x" * 200 + secret("a change's id, too long")),
        ("item_type", secret("item_type")),
        ("item_id", secret("item_id")),
        ("item_id", "a b " + secret("item_id, bad characters")),
        ("action", secret("action")),
        ("sync_version", secret("sync_version")),
        ("updated_at", secret("updated_at")),
        ("reason", secret("reason")),
        ("changed_fields", secret("changed_fields, a text")),
        ("changed_fields", [{"x": secret("changed_fields, objects")}]),
        ("data", secret("data, a text")),
        ("data", deep_data(secret("a key of data that is too deep"))),
        ("data", deep_data(LONG_KEY + secret("a long key of data that is too deep"))),
        (secret("an unknown member of a change"), "x"),
    ]
    return [("POST", UPLOAD, _upload(**{member: value}), {}) for member, value in members]


def _decisions(secret):
    choice = {"strategy": "user_choice"}
    return [
        ("POST", "/api/sync/conflicts/" + secret("conflict id") + "/resolve",
         {"strategy": "keep_both"}, {}),
        ("POST", RESOLVE, {"strategy": secret("strategy")}, {}),
        ("POST", RESOLVE, {**choice, "chosen_version": secret("chosen_version")}, {}),
        ("POST", RESOLVE, {**choice, "merged_data": secret("merged_data")}, {}),
        ("PUT", "/api/sync/policies", {"policies": {secret("policy type"): "merge"}}, {}),
        ("PUT", "/api/sync/policies", {"policies": {"connection": secret("policy")}}, {}),
    ]


def _devices(secret):
    new_name = {"name": "CI " + secret("a device's new name")}
    return [
        ("PATCH", "/api/devices/" + secret("device of a rename"), {"name": "x"}, {}),
        ("PATCH", "/api/devices/plain-1", new_name, {}),
        ("PATCH", "/api/devices/plain-1", {"name": {"x": secret("a device's name, an object")}},
         {}),
        ("DELETE", "/api/devices/" + secret("device of a revocation"), None, {}),
    ]


def _accounts(secret, client, number):
    def post(path, **body):
        return "POST", path, body, {}

    def register(username, email):
        return post(REGISTER, username=username, email=email, password=GOOD_PASSWORD)

    return [
        post("/api/auth/login", email=client.email, password=secret.password("login")),
        post("/api/auth/login", email=secret.password("login's email"), password=GOOD_PASSWORD),
        post("/api/auth/login", email=client.email, password=[secret.password("login, a list")]),
        register(secret("user name"), f"u{number}@example.com"),
        register(f"v{number}", secret("local part of an address") + "@example.com"),
        register(f"w{number}", secret("no e-mail address")),
        post(REGISTER, username="", email="a@example.com",
             password=secret.password("no user name")),
        post("/api/auth/refresh", refresh_token=secret.password("refresh token")),
        post("/api/auth/change-password", current_password=secret.password("current password"),
             new_password=secret.password("new password")),
    ]


def _upload(device="plain-1", name=None, **members):
    change = {**save("malformed", 0, query()), **members}
    return {"device_id": device, "device_name": name, "changes": [change]}


def _twice(key):
    return f'{{"device_id":"a","{key}":1,"{key}":2}}'.encode()


def _deep(key):
    return (f'{{"{key}":' * 70 + "1" + "}" * 70).encode()


def deep_data(key):
    """Valid JSON, and too deep for a record."""
    value = 1
    for _ in range(57):
        value = {"x": value}
    return {**query(), "future": {key: value}}


def send_malformed_frames(url, token, mint):
    secret = _Secrets(mint, "WebSocket")
    _upgrade(url, secret("subprotocol"))
    for subprotocol in (JSON, CBOR):
        hello = {"type": "hello", "token": token, "device_id": "frames", "device_name": "frames",
                 "replica_id": new_replica(), "acked": {"seq": 0, "change_id": NIL_UUID},
                 "frozen": {"seq": 0, "change_id": NIL_UUID}, "cursor": BEGINNING, "epochs": [],
                 "now": now(), "protocol": 1}
        for member in ("token", "device_id", "replica_id", "cursor", "now", "protocol", "type"):
            _talk(url, subprotocol, {**hello, member: secret(f"{member} of hello")})
        _talk(url, subprotocol, {**hello, "device_id": "a b " + secret("device_id, bad")})
        for frame in _frames(secret):
            _talk(url, subprotocol, hello, frame)
        _send_bytes(url, subprotocol, b"{\"type\": \"" + secret("a broken frame").encode())


def _frames(secret):
    return [
        {"type": secret("type of a frame")},
        {"type": "push", "now": secret("now of a push"), "changes": []},
        {"type": "push", "now": now(), "changes": [{"change_id": secret("change_id")}]},
        {"type": "push", "now": now(), "changes": secret("changes")},
        {"type": "pull", "cursor": secret("cursor of a pull"), "limit": 10},
        {"type": "digest", "cursor": secret("cursor of a digest")},
        {"type": "resolve", "conflict_id": secret("conflict_id"), "strategy": "keep_both"},
        {"type": "resolve", "conflict_id": "x-1", "strategy": secret("strategy")},
        {"type": "reauth", "token": secret("token of reauth")},
    ]


def _upgrade(url, subprotocol):
    with contextlib.suppress(Refused):
        WsClient(url, (subprotocol,)).cut()


def _talk(url, subprotocol, *frames):
    """Sends each as a request, until one ends the connection."""
    ws = WsClient(url, (subprotocol,))
    try:
        with contextlib.suppress(ConnectionError):
            for frame in frames:
                ws.request(frame)
    finally:
        ws.cut()


def _send_bytes(url, subprotocol, payload):
    ws = WsClient(url, (subprotocol,))
    try:
        ws.send_message(payload, subprotocol == CBOR)
        ws.wait_closed()
    finally:
        ws.cut()

"""A life of two devices, a plain client and their server, full of secrets, with everything kept
that leaves the first device."""
import contextlib
import json
import os
import resource

from support.canaries import Mint
from support.http_client import Account, HttpClient, put
from support.malformed import LONG_KEY, deep_data, send_malformed_frames, send_malformed_requests
from support.recording_proxy import RecordingProxy
from support.replica import LiveDevice, Replica
from support.server import Server, run_syncd
from support.sweep_captures import Captures, rows_of_folder
from support.sweep_records import HARMLESS, SweepRecords
from support.syncctl import Device
from support.ws_client import CBOR, JSON

UPLOAD_CHANGES = 100


def _reason(refusal):
    return " ".join(refusal.get(member, "") for member in ("code", "rule", "path"))


class Scenario:
    """`run` does everything; `captures` is what may hold no secret. The first device's own folder
    is not among them, nor what shows its user his records: what he types stays on his device."""

    def __init__(self, folder, seed):
        self._folder = folder
        self.mint = Mint(seed)
        self.device_records = SweepRecords(self.mint, "device")
        self.plain_records = SweepRecords(self.mint, "plain")
        self.captures = Captures()
        self.refused = {}  # record id → why
        self.core_bytes_max = {}  # program → the largest core dump that it may leave
        self.data = self._path("server")
        self._logs = {form: self._path(f"syncd.{form}.log") for form in ("json", "text")}
        self._open = contextlib.ExitStack()

    def _path(self, name):
        return os.path.join(self._folder, name)

    def run(self):
        with contextlib.ExitStack() as self._open:
            self._allow_core_dumps()
            self._serve("json")
            self._join_devices()
            self._sync_everything()
            self._conflict()
            self._watch()
            self._look_around()
            self._plain_client()
            self._probe()
            # The same server in the other form of its logs, and all that is said at its start.
            self._restart("text")
            self._probe()
            self._push_frames()
            self._keep_server("live")
            self._second_device_shows_all()
        self._after_the_end()

    # Set-up

    def _allow_core_dumps(self):
        """As a careless machine does; the programs have to forbid them themselves."""
        before = resource.getrlimit(resource.RLIMIT_CORE)
        self._open.callback(resource.setrlimit, resource.RLIMIT_CORE, before)
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
        self.core_bytes_max["this machine"] = before[1]

    def _look_at_core_dumps(self, program, process_id):
        self.core_bytes_max[program] = resource.prlimit(process_id, resource.RLIMIT_CORE)[0]

    def _serve(self, log_format):
        self.server = Server(self.data, "log.level=debug", f"log.format={log_format}",
                             log_file=self._logs[log_format])
        self._open.callback(lambda: self.server.stop())
        self._look_at_core_dumps("syncd", self.server.process_id)
        self.device_wire = RecordingProxy(self.server.http)
        self._open.callback(self.device_wire.close)
        self.plain_wire = RecordingProxy(self.server.http)
        self._open.callback(self.plain_wire.close)
        self.plain = Account(self.plain_wire.url)
        self._open.callback(self.plain.close)

    def _restart(self, log_format):
        assert self.server.stop() == 0
        self.server = Server(self.data, "log.level=debug", f"log.format={log_format}",
                             log_file=self._logs[log_format])
        for proxy in (self.device_wire, self.plain_wire):
            proxy.retarget(self.server.http)
        self.plain.close()  # its connection ended with the server

    def _join(self, name, device_name):
        folder = self._path(name)
        os.mkdir(folder, 0o700)
        device = Device(folder)
        setup = ["setup", "--server", self.device_wire.url, "--email", self.plain.email,
                 "--password-file", "-", "--device-name", device_name]
        return device, device.run(*setup, stdin=self.plain.password.encode())

    def _canary(self, canary, position):
        canary.position = position
        return canary.text

    def _join_devices(self):
        name = "laptop " + self._canary(self.mint.provider(), "device name")
        self.first, code = self._join("first", name)
        if code != 0:  # refused, which is as good as redacted
            self.first, code = self._join("first-again", "laptop")
        assert code == 0, self.first.last
        self.second, code = self._join("second", "tablet")
        assert code == 0, self.second.last
        self._know_tokens()

    def _know_tokens(self):
        """The system's own secrets are none of anybody's business either."""
        with open(os.path.join(self.first.folder, "auth.json"), encoding="utf-8") as file:
            login = json.load(file)
        for name, meaning, places in (("jwt.key", "key of the tokens", ["server"]),
                                      ("password.key", "key of the passwords",
                                       ["server", "backup"])):
            with open(os.path.join(self.data, name), encoding="utf-8") as file:
                self.mint.known(file.read().strip(), meaning, places)
        # Only what no other token of the account has in common with it.
        for name, token in (("access token", login["access_token"].rpartition(".")[2]),
                            ("refresh token", login["refresh_token"][-24:])):
            self.mint.known(token, f"{name} of the first device", ["wire"])
        self.mint.known(self.plain.token.rpartition(".")[2], "access token of the plain client",
                        ["answers"])

    # The first device

    def _sync_everything(self):
        lines = [json.dumps({"type": record.item_type, "id": record.item_id, "data": record.data})
                 for record in self.device_records.planted + self.device_records.mistyped]
        self.first.run("import", "-", stdin="\n".join(lines[::2]).encode())
        for record in (self.device_records.planted + self.device_records.mistyped)[1::2]:
            self._report("put", record.item_type, record.item_id, "-",
                         stdin=json.dumps(record.data).encode())
        self._report("queue")
        self._scan(lines)
        self.first.run("sync")
        self.second.run("sync")

    def _report(self, *arguments, stdin=b""):
        """What says something about records, instead of showing them: it ends up in the logs of
        pipelines."""
        for form in ([], ["--json"]):
            self.first.run(*form, *arguments, stdin=stdin)
            self.captures.keep("reports", f"syncctl {arguments[0]}", self.first.last.stdout)

    def _scan(self, lines):
        path = os.path.join(self.first.folder, "records.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        for form in ("text", "json", "sarif"):
            self._report("scan", "--format", form, path)
        os.remove(path)

    def _edit(self, device, item_type, item_id, **fields):
        device.run("put", item_type, item_id, "--json",
                   json.dumps({**HARMLESS[item_type], **fields}))

    def _conflict(self):
        """Both devices edit one record, the first with secrets: once for a copy, once each for a
        decision by merged data and by choice."""
        mint = self.mint
        self.first.run("policy", "connection", "user_choice")
        shared = [("saved_query", "shared-copy"), ("connection", "shared-merge"),
                  ("connection", "shared-choose"), ("ai_session", "shared-chat")]
        for item_type, item_id in shared:
            self._edit(self.first, item_type, item_id)
        self.first.run("sync")
        self.second.run("sync")
        for item_type, item_id in shared:
            name = "title" if item_type == "ai_session" else "name"
            self._edit(self.second, item_type, item_id, **{name: "From the tablet"})
            secret = self._canary(mint.provider(), f"{item_type}.{name} of {item_id}")
            self._edit(self.first, item_type, item_id, **{name: f"Mine {secret}"})
        self.second.run("sync")
        self.first.run("sync")
        self._decide()
        self.second.run("sync")

    def _decide(self):
        merged = self._canary(self.mint.uri(), "merged data of a resolution")
        data = {**HARMLESS["connection"], "host": merged}
        for conflict in self.first.json_lines("conflicts", "list"):
            self.first.run("conflicts", "show", conflict["id"])
            if conflict["item_id"] == "shared-merge":
                self.first.run("conflicts", "resolve", conflict["id"], "--merged", "-",
                               stdin=json.dumps(data).encode())
            else:
                self.first.run("conflicts", "resolve", conflict["id"], "--choose", "local")
        self.first.run("conflicts", "list", "--all")
        self.first.run("sync")

    def _watch(self):
        secret = self._canary(self.mint.uri(), "saved_query.description while watching")
        with self.first.watch() as watch:
            watch.wait_for(lambda event: event.get("state") == "live")
            self._look_at_core_dumps("syncctl", watch.process_id)
            self._edit(self.first, "saved_query", "watched", description=secret)
            watch.wait_for(lambda event: event["event"] == "uploaded" and
                           event.get("id") == "watched")

    def _look_around(self):
        """Whatever a user may type about records that hold secrets."""
        first = self.first
        first.run("search", self._canary(self.mint.provider(), "text that is searched for"))
        for verb in ("get", "delete"):
            missing = self._canary(self.mint.provider(), f"id of {verb}, unknown")
            first.run(verb, "saved_query", missing)
        wrong = self._canary(self.mint.provider(), "an entity type, unknown")
        first.run("list", wrong)
        for arguments, position in ((["put", "saved_query", "q"], "an argument too many"),
                                    (["search", "x", "--limit"], "no number"),
                                    (["conflicts", "resolve", "x", "--choose"], "no choice"),
                                    ([], "a verb, unknown"), (["get", "saved_query"], "an option")):
            dashes = "--" if position == "an option" else ""
            secret = dashes + self._canary(self.mint.provider(), f"command line: {position}")
            first.run(*arguments, secret)
        for prefix in ("", LONG_KEY):
            key = self._canary(self.mint.provider(),
                               f"a key of data that is too deep, at byte {len(prefix)}")
            self._report("put", "saved_query", "deep", "-",
                         stdin=json.dumps(deep_data(prefix + key)).encode())
        first.run("import", "-", stdin=b"{\"type\": \"saved_query\", " + self._canary(
            self.mint.provider(), "a line that is no JSON").encode())
        first.run("put", "saved_query", "broken", "-", stdin=b"{\"name\": \"" + self._canary(
            self.mint.provider(), "JSON that ends early").encode())
        for verb in (["status"], ["queue"], ["rejected", "list"], ["diff"], ["why"]):
            self._report(*verb)
        for record in self._named_by_secrets():
            self._report("why", record.item_type, record.item_id)
        name = "tablet " + self._canary(self.mint.provider(), "a device's new name")
        assert first.run("devices", "rename", "tablet", name) == 0, first.last
        for verb in (["conflicts", "list"], ["list", "connection"], ["export", "-"]):
            first.run(*verb)
            first.run("--json", *verb)
        rejected = first.json_lines("rejected", "list")
        self.refused.update({change["id"]: _reason(change) for change in rejected})
        for change in rejected[:4]:
            first.run("rejected", "retry", change["change_id"])
        first.run("sync")
        for record in self.device_records.planted:
            first.run("get", record.item_type, record.item_id)
        self._delete()
        # Past the recorded wire, where a password has its place.
        bad_password = self._canary(self.mint.plain(), "password of a failed setup")
        outsider = Device(self._path("outsider"))
        url_password = self._canary(self.mint.plain(), "password in the server's URL")
        outsider.run("setup", "--server", self.server.http.replace("//", f"//ada:{url_password}@"),
                     "--email", self.plain.email, "--password-file", "-", stdin=b"wrong one")
        outsider.run("setup", "--server", self.server.http, "--email", self.plain.email,
                     "--password-file", "-", stdin=bad_password.encode())
        self.outsider = outsider

    def _named_by_secrets(self):
        """Records with a secret for the name of a field."""
        return [record for record in self.device_records.planted
                if any("field's name" in canary.position for canary in record.canaries)]

    def _delete(self):
        """Here, and on the other device: the secrets are put aside then."""
        here, there = (self.device_records.planted[at::10] for at in (5, 6))
        there += self._named_by_secrets()
        self.deleted = here + there
        for device, records in ((self.first, here), (self.second, there)):
            device.run("sync")
            for record in records:
                device.run("delete", record.item_type, record.item_id)
            device.run("sync")
        self.first.run("sync")
        self._report("originals", "list")
        assert self.first.last.stdout, "nothing was put aside"

    # The plain client

    def _plain_client(self):
        records = self.plain_records.planted + self.plain_records.mistyped
        changes = [put(record.item_type, record.item_id, 0, record.data) for record in records]
        for at in range(0, len(changes), UPLOAD_CHANGES):
            answer = self.plain.upload("plain-1", *changes[at:at + UPLOAD_CHANGES], name="plain")
            assert answer.status == 200, answer
            for result in answer.json["rejected"]:
                self.refused[result["item_id"]] = _reason(result)
        # An update that names a field that is not there, and one of a record that is.
        for canary in (self.mint.provider(), self.mint.provider()):
            field = self._canary(canary, "a name in changed_fields")
            self.plain.upload("plain-1", put("saved_query", "shared-copy", 1, {"folder": "x"},
                                             changed_fields=["folder", field]))
        device = self._canary(self.mint.provider(), "device_name of an upload")
        self.plain.upload("plain-2", put("saved_query", "named", 0, HARMLESS["saved_query"]),
                          name=f"CI {device}")
        self.plain.get("/api/sync/conflicts", status="all")
        self.plain.download_all()

    def _probe(self):
        send_malformed_requests(self.plain, self.mint)
        send_malformed_frames(self.plain_wire.ws, self.plain.token, self.mint)
        self._keep_metrics()

    def _push_frames(self):
        """A replica of another make, which does not sanitize; also with names of its own."""
        sample = [record for record in self.plain_records.planted if not record.accepted]
        sample += self.plain_records.planted[::3]
        for subprotocol in (JSON, CBOR):
            name = self._canary(self.mint.provider(), f"device_name of hello ({subprotocol})")
            replica = Replica(f"replica-{subprotocol}", name)
            device = LiveDevice(self.plain_wire.ws, self.plain.token, replica, subprotocol)
            self._open.callback(device.ws.cut)
            changes = [replica.freeze(record.item_type, record.item_id, record.data)
                       for record in sample]
            removed = self._canary(self.mint.provider(), f"id of a delete ({subprotocol})")
            changes.append(replica.freeze("saved_query", removed, None))
            answer = device.push(*changes)
            assert answer["type"] == "pushed", answer
            device.pull_all()
            device.ws.request({"type": "conflicts", "status": "all"})

    # Captures

    def _keep_metrics(self):
        for url in (self.server.http + "/metrics", self.server.metrics):
            client = HttpClient(url)
            self.captures.keep("metrics", url, client.get("/metrics").body)
            client.close()

    def _keep_server(self, prefix):
        self._keep_metrics()
        self.captures.keep_folder("server", self.data, prefix)
        self.captures.keep_rows("server", self.data, prefix)
        copy = self._path(f"backup-{prefix}")
        done = run_syncd("backup", "--data", self.data, "--to", copy)
        assert done.returncode == 0, done.stderr
        self.captures.keep_folder("backup", copy, prefix)
        self.captures.keep("log", "syncd backup", (done.stdout + done.stderr).encode())

    def _second_device_shows_all(self):
        second = self.second
        second.run("sync")
        second.run("sync")
        for verb in (["status"], ["queue"], ["rejected", "list"], ["conflicts", "list", "--all"],
                     ["export", "-"]):
            second.run(*verb)
            second.run("--json", *verb)
        self.exported = second.json_lines("export", "-")
        for item_type in HARMLESS:
            second.run("list", item_type)
        for conflict in second.json_lines("conflicts", "list", "--all"):
            second.run("conflicts", "show", conflict["id"])
        second.run("search", "the")

    def _after_the_end(self):
        self.captures.keep_folder("server", self.data, "stopped")
        self.captures.keep_folder("device-2", self.second.folder, "folder")
        self.captures.keep_rows("device-2", self.second.folder, "folder")
        self.captures.keep("device-2", "output", self.second.stdout)
        for name, device in (("first", self.first), ("second", self.second),
                             ("outsider", self.outsider)):
            self.captures.keep("stderr", f"syncctl {name}", device.stderr)
        for form, path in self._logs.items():
            with open(path, "rb") as log:
                self.captures.keep("log", f"syncd {form}", log.read())
        devices, clients = self.device_wire.recordings, self.plain_wire.recordings
        self.up = self.captures.keep_wires(
            "wire", "to server", [recording.to_server for recording in devices])
        self.down = self.captures.keep_wires(
            "wire", "to device", [recording.to_client for recording in devices])
        self.answers = self.captures.keep_wires(
            "answers", "to plain client", [recording.to_client for recording in clients])

    def first_device_bytes(self):
        """What the first device keeps for itself."""
        return rows_of_folder(self.first.folder)

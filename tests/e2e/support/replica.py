"""What a device keeps durably to push each change exactly once (docs/PROTOCOL.md section 8)."""
from support.ids import BEGINNING, EPOCH_ZERO, NIL_UUID, hlc, new_replica, now, uuid7
from support.ws_client import JSON, WsClient

NO_REV = {"epoch": EPOCH_ZERO, "version": 0}


class Replica:
    """Numbers, frozen changes, their results, and the place in the log."""

    def __init__(self, device_id, device_name=None):
        self.device_id = device_id
        self.device_name = device_name or device_id
        self.replica_id = new_replica()
        self.frozen = []
        self.results = {}  # by device_seq
        self.cursor = BEGINNING
        self.epochs = []

    def freeze(self, item_type, item_id, data, base=NO_REV, **more):
        """Gives an edit its number and id; from then on it never changes. `data` None: a delete."""
        change = {
            "change_id": uuid7(), "device_seq": len(self.frozen) + 1,
            "item_type": item_type, "item_id": item_id,
            "action": "delete" if data is None else "update" if base["version"] else "create",
            "base_rev": base, "hlc": hlc(), **more}
        if data is not None:
            change["data"] = data
        self.frozen.append(change)
        return change

    def take(self, pushed):
        for result in pushed["results"]:
            self.results[result["device_seq"]] = result

    def acked_seq(self):
        """The last change up to which every result is here."""
        seq = 0
        while seq + 1 in self.results:
            seq += 1
        return seq

    def unacked(self):
        return self.frozen[self.acked_seq():]

    def mark(self, seq):
        return {"seq": seq, "change_id": self.frozen[seq - 1]["change_id"] if seq else NIL_UUID}

    def hello(self, token):
        return {
            "type": "hello", "token": token, "device_id": self.device_id,
            "device_name": self.device_name, "replica_id": self.replica_id,
            "acked": self.mark(self.acked_seq()), "frozen": self.mark(len(self.frozen)),
            "cursor": self.cursor, "epochs": self.epochs, "now": now(), "protocol": 1}


def push_frame(changes):
    return {"type": "push", "now": now(), "changes": changes}


class LiveDevice:
    """A replica on a connection that has said hello."""

    def __init__(self, url, token, replica, subprotocol=JSON):
        self.replica = replica
        self.ws = WsClient(url, (subprotocol,))
        try:
            self.welcome = self.ws.request(replica.hello(token))
            assert self.welcome["type"] == "welcome", self.welcome
        except BaseException:
            self.ws.cut()
            raise
        replica.epochs = self.welcome["epochs"]

    def push(self, *changes):
        """The answer; a `pushed` is taken note of."""
        answer = self.ws.request(push_frame(changes))
        if answer["type"] == "pushed":
            self.replica.take(answer)
        return answer

    def put(self, item_type, item_id, data, **more):
        """One edit, frozen and pushed; its result."""
        answer = self.push(self.replica.freeze(item_type, item_id, data, **more))
        assert answer["type"] == "pushed", answer
        [result] = answer["results"]
        return result

    def pull_all(self, limit=1000):
        """All rows behind the cursor, which moves to the end."""
        rows = []
        while True:
            page = self.ws.request({"type": "pull", "cursor": self.replica.cursor, "limit": limit})
            assert page["type"] == "changes", page
            assert page["from"] == self.replica.cursor, page["from"]
            rows += page["changes"]
            self.replica.cursor = page["to"]
            if not page["has_more"]:
                return rows

"""Records with a secret in every place that a record has. What may stand in a field follows from
docs/ENTITIES.md, so a new field is covered, or nobody knows how and this fails."""
from support.credential_texts import SQL, TEXT
from support.entity_fields import read_entities

# The least that makes a record valid, without anything to find in it.
HARMLESS = {
    "connection": {"name": "Billing", "type": "postgres"},
    "preference": {"key": "editor.font", "value": 12},
    "saved_query": {"name": "Orders", "query": "SELECT * FROM orders"},
    "query_history": {"query": "SELECT 1"},
    "ai_session": {"title": "A chat"},
    "ai_message": {"session_id": "chat-1", "role": "user", "content": "hello"},
}

CONNECTION_STRINGS = TEXT[3:9]
TREES = ("object", "any JSON")
TYPED = ("enumeration", "integer", "boolean", "timestamp")


class Planted:
    """A record, and the canaries in it. Only what is `accepted` must arrive: an id, say, cannot be
    redacted, so such a record may be refused as a whole. What is `local` never leaves a device."""

    def __init__(self, item_type, item_id, data, canaries, accepted=True):
        self.item_type = item_type
        self.item_id = item_id
        self.data = data
        self.canaries = canaries
        self.accepted = accepted
        self.local = "device_id" in data or data.get("privacy_mode") == "private"


class SweepRecords:
    """All records for one way into the system; `prefix` keeps their ids apart from other ways'."""

    def __init__(self, mint, prefix):
        self._mint = mint
        self._prefix = prefix
        self._entities = read_entities()
        self._texts = 0
        self.planted = []  # valid but for the secrets
        self.mistyped = []  # secrets where no text belongs
        assert set(self._entities) == set(HARMLESS), "an entity without an example"
        for item_type, fields in self._entities.items():
            for field in fields:
                self._cover(item_type, field)
            self._cover_beyond_fields(item_type)
        self._cover_long_texts()

    def positions(self):
        return {canary.position for record in self.planted + self.mistyped
                for canary in record.canaries}

    def fields(self):
        return {f"{item_type}.{field.name}" for item_type, fields in self._entities.items()
                for field in fields}

    # Fields

    def _cover(self, item_type, field):
        place = f"{item_type}.{field.name}"
        if (item_type, field.name) == ("preference", "device_id"):
            self._add(item_type, {"device_id": "this-one"}, "value", self._at(
                f"{place} (local)", self._mint.plain()))
        elif (item_type, field.name) == ("query_history", "privacy_mode"):
            self._add(item_type, {"privacy_mode": "private"}, "query", self._at(
                f"{item_type}.query (private)", self._mint.plain()))
        elif field.kind in ("text", "texts"):
            for canary in self._canaries_for(field):
                value = [canary.text, "harmless"] if field.kind == "texts" else canary.text
                accepted = (item_type, field.name) != ("preference", "key")
                self._add(item_type, {}, field.name, self._at(place, canary), value, accepted)
        elif field.kind in TREES:
            value, canaries = self._tree(place)
            self._add_many(item_type, {field.name: value}, canaries)
        elif field.kind == "id":
            self._add(item_type, {}, field.name, self._at(place, self._mint.provider()),
                      accepted=False)
        else:
            assert field.kind in TYPED, f"{place} is of a kind that nobody knows: {field.kind}"
        self._mistype(item_type, field)

    def _canaries_for(self, field):
        mint = self._mint
        always = [mint.provider(), mint.uri()]
        if field.sanitizer == "SQL":
            return [mint.sql(template) for template in SQL] + always
        if field.sanitizer == "plain" or (field.sanitizer == "prose" and
                                          field.bytes_max is not None and field.bytes_max <= 512):
            return always
        if field.sanitizer == "URL":
            return always + [mint.text(template) for template in CONNECTION_STRINGS[:2]]
        assert field.sanitizer == "prose", f"nobody knows the sanitizer {field.sanitizer}"
        if field.bytes_max is None:
            return always + [mint.text(template) for template in TEXT] + [
                mint.pem(), mint.pem("OPENSSH PRIVATE KEY"), mint.jwt()]
        if field.bytes_max < 65536:
            return always + self._some_texts(2)
        return always + self._some_texts(8) + [mint.pem("EC PRIVATE KEY"), mint.jwt()]

    def _some_texts(self, count):
        """Others at each call, until all were used."""
        self._texts += count
        return [self._mint.text(TEXT[at % len(TEXT)])
                for at in range(self._texts - count, self._texts)]

    def _mistype(self, item_type, field):
        place = f"{item_type}.{field.name}"
        if field.kind in TREES and field.kind != "object":
            return
        canary = self._at(f"{place} (wrong type)", self._mint.provider())
        no_text = field.kind in TYPED + ("object", "texts")
        value = canary.text if no_text else {canary.text: canary.text}
        self._add(item_type, {}, field.name, canary, value, accepted=False, to=self.mistyped)
        if field.kind == "text" and field.bytes_max is not None:
            canary = self._at(f"{place} (too long)", self._mint.provider())
            self._add(item_type, {}, field.name, canary, canary.text + " x" * field.bytes_max,
                      accepted=False, to=self.mistyped)

    # What is no field

    def _cover_beyond_fields(self, item_type):
        mint = self._mint
        value, canaries = self._tree(f"{item_type}.future_field")
        self._add_many(item_type, {"future_field": value}, canaries)
        unknown = self._at(f"{item_type}.future_text", mint.text(TEXT[9]))
        self._add(item_type, {}, "future_text", unknown)
        for key in ("password", "API-Key", "clientSecret"):
            self._add(item_type, {}, key, self._at(f"{item_type}.{key}", mint.plain()))
        as_key = self._at(f"{item_type} (unknown field's name)", mint.provider())
        self._add_many(item_type, {as_key.text: "x"}, [as_key])
        in_id = self._at(f"{item_type} (id)", mint.provider())
        data = dict(HARMLESS[item_type])
        self.planted.append(Planted(item_type, in_id.text, data, [in_id], accepted=False))

    def _tree(self, place):
        mint = self._mint
        canaries = []

        def at(where, canary):
            canaries.append(self._at(f"{place}{where}", canary))
            return canary.text

        value = {
            "password": at(".password", mint.plain()),
            "ssh": {"pass_phrase": at(".ssh.pass_phrase", mint.plain()),
                    "key": at(".ssh.key", mint.plain())},
            "apiKey": {"value": at(".apiKey.value", mint.plain())},
            "AUTH_TOKEN": [at(".AUTH_TOKEN[0]", mint.plain())],
            "deep": [{"list": [[{"client-secret": at(".deep", mint.plain())}]]}],
            "pair": {"name": "password", "value": at(".pair.value", mint.plain())},
            "pairs": [{"key": "token", "value": at(".pairs[0].value", mint.plain())}],
            "url": at(".url", mint.uri()),
            "notes": ["harmless", at(".notes[1]", mint.text(TEXT[12]))],
            "dsn": at(".dsn", mint.text(TEXT[3])),
            "sql": at(".sql", mint.sql(SQL[0])),
            "header": at(".header", mint.text(TEXT[16])),
            "keys": [at(".keys[0]", mint.provider()), {"mine": at(".keys[1]", mint.provider())}],
            "pem": at(".pem", mint.pem()),
            "jwt": at(".jwt", mint.jwt()),
            at(" (a key)", mint.provider()): "mine",
            "by_url": {at(".by_url (a key)", mint.uri()): 1},
            at(" (a key with a tree)", mint.provider()): {"note": "harmless"},
        }
        return value, canaries

    # Where texts are read in pieces

    def _cover_long_texts(self):
        """At the end of a long text, and across what could be the end of a buffer."""
        filler = "lorem ipsum dolor sit amet "
        for bytes_before in (4090, 65530, 200_000):
            canary = self._at(f"ai_message.content at byte {bytes_before}", self._mint.uri())
            text = (filler * (bytes_before // len(filler) + 1))[:bytes_before - 1]
            self._add("ai_message", {}, "content", canary, f"{text} {canary.text}")
            canary = self._at(f"saved_query.query at byte {bytes_before}", self._mint.sql(SQL[0]))
            text = ("SELECT 1;\n" * (bytes_before // 10 + 1))[:bytes_before // 10 * 10]
            self._add("saved_query", {}, "query", canary, text + canary.text)

    # Keeping

    @staticmethod
    def _at(place, canary):
        canary.position = place
        return canary

    def _add(self, item_type, base, name, canary, value=None, accepted=True, to=None):
        data = {**base, name: canary.text if value is None else value}
        self._add_many(item_type, data, [canary], accepted, to)

    def _add_many(self, item_type, data, canaries, accepted=True, to=None):
        to = self.planted if to is None else to
        number = len(self.planted) + len(self.mistyped)
        item_id = f"{self._prefix}-{item_type}-{number}"
        whole = {**HARMLESS[item_type], **data}
        if item_type == "preference" and "key" not in data:
            whole["key"] = item_id  # the record's id follows from it
        to.append(Planted(item_type, item_id, whole, canaries, accepted))

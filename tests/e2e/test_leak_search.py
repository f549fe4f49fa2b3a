"""What the sweep for credentials stands on: a search that finds a secret in every encoding, and a
recorder of connections that reads every byte."""
import base64
import gzip
import json
import unittest
import urllib.parse

from support.canaries import Mint
from support.leak_search import PIECE_CHARACTERS, Capture, LeakSearch, table
from support.wire_texts import Wire

NOISE = bytes(range(256)) * 8


class Search(unittest.TestCase):
    def setUp(self):
        mint = Mint(1)
        self.canary = mint.plain()
        self.other = mint.plain()
        self.search = LeakSearch(mint.made)
        self.secret = self.canary.text

    def encodings_of(self, data):
        leaks = self.search.leaks([Capture("place", "name", NOISE + data + NOISE)])
        self.assertLessEqual({leak.canary for leak in leaks}, {self.canary})
        return {leak.encoding for leak in leaks}

    def test_finds_nothing_where_nothing_is(self):
        self.assertEqual(self.encodings_of(b""), set())

    def test_finds_a_secret_in_each_encoding(self):
        raw = self.secret.encode()
        for encoding, data in (("raw", raw), ("hex", raw.hex().encode()),
                               ("hex", raw.hex().upper().encode()),
                               ("utf-16-le", self.secret.encode("utf-16-le")),
                               ("utf-16-be", self.secret.encode("utf-16-be"))):
            with self.subTest(encoding=encoding):
                self.assertIn(encoding, self.encodings_of(data))

    def test_finds_base64_wherever_the_secret_begins(self):
        for before in range(6):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                with self.subTest(before=before):
                    data = encode(b"x" * before + self.secret.encode() + b"tail")
                    self.assertIn("base64", self.encodings_of(data))

    def test_finds_what_json_and_urls_escape(self):
        mint = Mint(2)
        canary = mint.plain()
        canary.parts = ["a\"\u00e9 /\\" * 4]
        search = LeakSearch([canary])
        for encoding, data in (("json", json.dumps(canary.parts[0])),
                               ("raw", canary.parts[0]),
                               ("url", urllib.parse.quote(canary.parts[0], safe=""))):
            leaks = search.leaks([Capture("place", "name", data.encode())])
            self.assertIn(encoding, {leak.encoding for leak in leaks})

    def test_finds_a_piece_and_another_case(self):
        piece = self.secret[3:3 + PIECE_CHARACTERS]
        self.assertEqual(self.encodings_of(piece.encode()), {"raw"})
        self.assertIn("raw", self.encodings_of(self.secret.upper().encode()))
        self.assertEqual(self.encodings_of(piece[:-1].encode()), set())

    def test_leaves_out_what_may_be_there(self):
        self.canary.may_be_in = {"wire"}
        data = self.secret.encode()
        leaks = self.search.leaks([Capture("wire", "a", data), Capture("log", "b", data)])
        self.assertEqual({leak.place for leak in leaks}, {"log"})

    def test_shows_each_leak_with_its_position(self):
        self.canary.position = "connection.host"
        shown = table(self.search.leaks([Capture("log", "stderr", self.secret.encode())]))
        for word in (self.canary.name, "connection.host", "log", "stderr", "raw"):
            self.assertIn(word, shown)
        self.assertNotIn(self.secret, shown)


def frame(payload, key=None):
    """RFC 6455 section 5.2: one text frame, masked where there is a key."""
    count = len(payload)
    mask = 0x80 if key else 0
    if count < 126:
        size = bytes([mask | count])
    elif count < 1 << 16:
        size = bytes([mask | 126]) + count.to_bytes(2, "big")
    else:
        size = bytes([mask | 127]) + count.to_bytes(8, "big")
    if key:
        payload = key + bytes(byte ^ key[at % 4] for at, byte in enumerate(payload))
    return b"\x81" + size + payload


class WireTexts(unittest.TestCase):
    def test_are_the_heads_and_bodies_of_messages_that_follow_each_other(self):
        wire = Wire(b"POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nfirst"
                    b"GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertEqual(wire.texts[1], b"first")
        self.assertIn(b"GET /b", wire.texts[2])
        self.assertEqual((wire.bodies, wire.unread), (1, 0))

    def test_have_no_compression_and_no_chunks(self):
        packed = gzip.compress(b"content")
        chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
        wire = Wire(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
        self.assertEqual(wire.texts[1], b"content")
        self.assertEqual(wire.unread, 0)

    def test_are_payloads_without_masks_after_an_upgrade(self):
        head = b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"
        payloads = [b"short", b"x" * 1000, b"y" * 70_000]
        for key in (None, b"\x01\xf2\x03\xf4"):
            wire = Wire(head + b"".join(frame(payload, key) for payload in payloads))
            self.assertEqual(wire.texts[1:], payloads)
            self.assertEqual((wire.frames, wire.unread), (3, 0))

    def test_say_how_much_could_not_be_read(self):
        self.assertEqual(Wire(b"GET / HTTP").unread, 10)


if __name__ == "__main__":
    unittest.main()

"""Looks for pieces of secrets in bytes: as they are, and in the encodings that programs put texts
in. Any ten characters in a row are a leak, so that half a secret is found, too."""
import base64
import json
import urllib.parse
from collections import namedtuple

PIECE_CHARACTERS = 10
HEX_PIECE_CHARACTERS = 16  # hashes and ids are everywhere: ten digits meet by chance
_PREFIX = 8  # bytes by which pieces are looked up

# `place` is the kind of capture, `name` the capture, `encoding` how the piece stood there.
Leak = namedtuple("Leak", "canary place name encoding")
Capture = namedtuple("Capture", "place name data")


def _base64_pieces(piece, alphabet):
    """At each of the three places within a group of three bytes that the secret can begin; without
    the characters that the bytes beside it take part in."""
    pieces = set()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + piece, alphabet).rstrip(b"=")
        pieces.add(encoded[(shift * 8 + 5) // 6:len(encoded) - 1])
    return pieces


def _pieces(part):
    """(encoding, bytes) of everything in which ten characters of `part` can show."""
    is_hex = all(character in "0123456789abcdef" for character in part)
    size = HEX_PIECE_CHARACTERS if is_hex else PIECE_CHARACTERS
    for at in range(len(part) - size + 1):
        piece = part[at:at + size]
        raw = piece.encode()
        yield "raw", raw
        yield "json", json.dumps(piece)[1:-1].encode()
        yield "url", urllib.parse.quote(piece, safe="").encode()
        yield "hex", raw.hex().encode()
        for alphabet in (b"+/", b"-_"):
            for encoded in _base64_pieces(raw, alphabet):
                yield "base64", encoded
        yield "utf-16-le", piece.encode("utf-16-le")
        yield "utf-16-be", piece.encode("utf-16-be")


class LeakSearch:
    """Finds what belongs to any of `canaries`, in upper or lower case."""

    def __init__(self, canaries):
        self._by_prefix = {}
        for canary in canaries:
            assert all(len(part) >= PIECE_CHARACTERS for part in canary.parts), canary
            for part in canary.parts:
                for encoding, piece in _pieces(part):
                    piece = piece.lower()
                    entries = self._by_prefix.setdefault(piece[:_PREFIX], {})
                    entries.setdefault(piece, (canary, encoding))

    def _pieces_in(self, data):
        data = data.lower()
        known = self._by_prefix
        for at in range(len(data) - _PREFIX + 1):
            entries = known.get(data[at:at + _PREFIX])
            if entries is not None:
                for piece, found in entries.items():
                    if data.startswith(piece, at):
                        yield found

    def leaks(self, captures):
        """Each canary once a capture and encoding, without what may be there by design."""
        return {Leak(canary, capture.place, capture.name, encoding)
                for capture in captures
                for canary, encoding in set(self._pieces_in(capture.data))
                if capture.place not in canary.may_be_in}

    def canaries_in(self, data):
        return {canary for canary, _ in self._pieces_in(data)}


def _places(leaks):
    """`server (raw: live/shard-0.db +2)` for each place, one of its captures standing for all."""
    places = {}
    for leak in leaks:
        names, encodings = places.setdefault(leak.place, (set(), set()))
        names.add(leak.name)
        encodings.add(leak.encoding)
    shown = []
    for place, (names, encodings) in sorted(places.items()):
        others = f" +{len(names) - 1}" if len(names) > 1 else ""
        shown.append(f"{place} ({' '.join(sorted(encodings))}: {min(names)}{others})")
    return ", ".join(shown)


def table(leaks):
    """A row for each canary: what it is, where it was planted, where it was found and how it stood
    there. Never the secret."""
    by_canary = {}
    for leak in leaks:
        by_canary.setdefault(leak.canary.name, []).append(leak)
    cells = [("CANARY", "FORM", "PLANTED AT", "FOUND IN")]
    for name, found in sorted(by_canary.items()):
        canary = found[0].canary
        cells.append((name, canary.form.replace("\n", " "), str(canary.position), _places(found)))
    widths = [max(len(row[column]) for row in cells) for column in range(3)]
    return "\n".join("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]])
                     for row in cells)

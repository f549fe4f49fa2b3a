"""The part of CBOR (RFC 8949) that the protocol uses: definite lengths, text keys, no tags."""
import struct

_FALSE, _TRUE, _NULL, _DOUBLE = 0xF4, 0xF5, 0xF6, 0xFB
_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY, _MAP = 0, 1, 3, 4, 5


def _head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | code]) + number.to_bytes(size, "big")
    raise ValueError("integer beyond 64 bits")


def encode(value):
    if value is None:
        return bytes([_NULL])
    if isinstance(value, bool):
        return bytes([_TRUE if value else _FALSE])
    if isinstance(value, int):
        return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, float):
        return bytes([_DOUBLE]) + struct.pack(">d", value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, dict):
        pairs = b"".join(encode(key) + encode(member) for key, member in value.items())
        return _head(_MAP, len(value)) + pairs
    return _head(_ARRAY, len(value)) + b"".join(map(encode, value))


class _Reader:
    def __init__(self, data):
        self._data = data
        self.at = 0

    def take(self, count):
        piece = self._data[self.at:self.at + count]
        if len(piece) < count:
            raise ValueError("CBOR ends early")
        self.at += count
        return piece

    def _number(self, low):
        if low < 24:
            return low
        if low > 27:
            raise ValueError("indefinite length")
        return int.from_bytes(self.take(1 << (low - 24)), "big")

    def value(self):
        first = self.take(1)[0]
        major, low = first >> 5, first & 31
        if major == 7:
            return self._simple(first)
        number = self._number(low)
        if major == _UNSIGNED:
            return number
        if major == _NEGATIVE:
            return -1 - number
        if major == _TEXT:
            return self.take(number).decode()
        if major == _ARRAY:
            return [self.value() for _ in range(number)]
        if major == _MAP:
            return {self.value(): self.value() for _ in range(number)}
        raise ValueError(f"major type {major} is not part of the protocol")

    def _simple(self, first):
        if first in (_FALSE, _TRUE, _NULL):
            return {_FALSE: False, _TRUE: True, _NULL: None}[first]
        sizes = {0xF9: (2, ">e"), 0xFA: (4, ">f"), _DOUBLE: (8, ">d")}
        if first not in sizes:
            raise ValueError(f"simple value {first:#x} is not part of the protocol")
        size, form = sizes[first]
        return struct.unpack(form, self.take(size))[0]


def decode(data):
    reader = _Reader(data)
    value = reader.value()
    if reader.at != len(data):
        raise ValueError("bytes behind the document")
    return value

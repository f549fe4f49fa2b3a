"""Takes recorded connections apart: the bytes that the two sides meant, without compression, chunks
and masks. RFC 9112 for HTTP/1.1, RFC 6455 for WebSocket (no extensions are negotiated)."""
import gzip

_END_OF_HEAD = b"\r\n\r\n"


class _Stream:
    def __init__(self, data):
        self._data = bytes(data)
        self.at = 0

    def left(self):
        return len(self._data) - self.at

    def take(self, count):
        piece = self._data[self.at:self.at + count]
        self.at += len(piece)
        return piece

    def until(self, mark):
        """Up to and without `mark`, which is taken as well; None when it is not there."""
        end = self._data.find(mark, self.at)
        if end < 0:
            return None
        piece = self._data[self.at:end]
        self.at = end + len(mark)
        return piece


def _headers(head):
    lines = head.split(b"\r\n")[1:]
    pairs = (line.partition(b":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _chunked(stream):
    body = b""
    while (size := stream.until(b"\r\n")) is not None:
        count = int(size.split(b";")[0], 16)
        if count == 0:
            stream.until(b"\r\n")
            break
        body += stream.take(count)
        stream.take(2)
    return body


def _body(stream, headers):
    if headers.get(b"transfer-encoding") == b"chunked":
        body = _chunked(stream)
    else:
        body = stream.take(int(headers.get(b"content-length", b"0")))
    return gzip.decompress(body) if headers.get(b"content-encoding") == b"gzip" else body


def _unmasked(key, payload):
    repeated = key * (len(payload) // 4 + 1)
    number = int.from_bytes(payload, "big") ^ int.from_bytes(repeated[:len(payload)], "big")
    return number.to_bytes(len(payload), "big")


def _frame(stream):
    """The payload of the next frame, or None at the end or in the middle of one."""
    head = stream.take(2)
    if len(head) < 2:
        return None
    count = head[1] & 0x7F
    if count >= 126:
        size = 2 if count == 126 else 8
        count = int.from_bytes(stream.take(size), "big")
    key = stream.take(4) if head[1] & 0x80 else None
    payload = stream.take(count)
    if len(payload) < count:
        return None
    return payload if key is None else _unmasked(key, payload)


class Wire:
    """One direction of a connection. `texts` are its HTTP heads and bodies and its WebSocket
    payloads; the counters say how much of each was read."""

    def __init__(self, data):
        self.texts = []
        self.bodies = 0
        self.frames = 0
        stream = _Stream(data)
        while stream.left() and (head := stream.until(_END_OF_HEAD)) is not None:
            self.texts.append(head)
            headers = _headers(head)
            if headers.get(b"upgrade", b"").lower() == b"websocket":
                self._read_frames(stream)
                break
            self._read_body(stream, headers)
        self.unread = stream.left()

    def _read_body(self, stream, headers):
        body = _body(stream, headers)
        if body:
            self.bodies += 1
            self.texts.append(body)

    def _read_frames(self, stream):
        while (payload := _frame(stream)) is not None:
            self.frames += 1
            self.texts.append(payload)

"""The push channel from a client's side (docs/PROTOCOL.md section 5): blocking, with deadlines."""
import itertools
import json
import socket
from collections import deque

from websockets.client import ClientConnection
from websockets.connection import State
from websockets.frames import Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from support import cbor
from support.deadline import Deadline

ANSWER_SECONDS = 20
MESSAGE_BYTES_MAX = 16 << 20

JSON = "sync.v1.json"
CBOR = "sync.v1.cbor"


class Refused(Exception):
    """The upgrade was answered by something else than 101."""

    def __init__(self, response):
        super().__init__(f"{response.status_code} {response.body!r}")
        self.status = response.status_code
        self.body = response.body


class WsClient:
    """One connection. Frames that a wait skips are kept for later waits, in order."""

    def __init__(self, url, subprotocols=(JSON,), token=None, origin=None):
        uri = parse_uri(url)
        self._binary = CBOR in subprotocols[:1]
        self._ids = itertools.count(1)
        self._kept = deque()
        self._socket = socket.create_connection((uri.host, uri.port), timeout=ANSWER_SECONDS)
        self._protocol = ClientConnection(uri, origin=origin,
                                          subprotocols=list(subprotocols) or None,
                                          max_size=MESSAGE_BYTES_MAX)
        try:
            self._upgrade(token)
        except BaseException:
            self._socket.close()
            raise

    def _upgrade(self, token):
        request = self._protocol.connect()
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        self._protocol.send_request(request)
        self._flush()
        deadline = Deadline(ANSWER_SECONDS)
        while not self._protocol.events:
            self._read(deadline, "answer to the upgrade")
        response = self._protocol.events.pop(0)
        assert isinstance(response, Response)
        if self._protocol.handshake_exc is not None:
            raise Refused(response)

    @property
    def subprotocol(self):
        return self._protocol.subprotocol

    def _flush(self):
        self._socket.sendall(b"".join(self._protocol.data_to_send()))

    def _read(self, deadline, what):
        deadline.wait_readable(self._socket, what)
        try:
            data = self._socket.recv(1 << 16)
        except ConnectionResetError:
            data = b""
        if not data:
            self._protocol.receive_eof()
            return
        self._protocol.receive_data(data)
        self._flush()

    # Sending

    def encode(self, frame):
        return cbor.encode(frame) if self._binary else json.dumps(frame).encode()

    def send(self, frame):
        self.send_message(self.encode(frame), self._binary)

    def send_message(self, payload, binary=False):
        """Any bytes as one message, whether or not they mean anything."""
        (self._protocol.send_binary if binary else self._protocol.send_text)(payload)
        self._flush()

    def send_together(self, *frames):
        """In one write, so that the server most likely reads all of them at once."""
        for frame in frames:
            payload = self.encode(frame)
            (self._protocol.send_binary if self._binary else self._protocol.send_text)(payload)
        self._socket.sendall(b"".join(self._protocol.data_to_send()))

    def send_raw(self, data):
        """Bytes on the TCP connection, past the WebSocket protocol."""
        self._socket.sendall(data)

    def start(self, frame):
        """Sends a request; its id."""
        request_id = str(next(self._ids))
        self.send({**frame, "id": request_id})
        return request_id

    def request(self, frame):
        """The answer, or the `error` in its place."""
        return self.answer(self.start(frame))

    # Receiving

    def answer(self, request_id):
        return self._take(lambda frame: frame.get("id") == request_id, f"answer to {request_id}")

    def unasked(self, frame_type, where=lambda frame: True):
        """The next frame of this type that answers no request."""
        return self._take(lambda f: "id" not in f and f["type"] == frame_type and where(f),
                          frame_type)

    def next_frame(self):
        return self._take(lambda frame: True, "frame")

    def _take(self, wanted, what):
        deadline = Deadline(ANSWER_SECONDS)
        while True:
            self._keep_new()
            for frame in self._kept:
                if wanted(frame):
                    self._kept.remove(frame)
                    return frame
            if self._closed():
                raise ConnectionError(f"closed with {self._protocol.close_code}: no {what}")
            self._read(deadline, what)

    def _closed(self):
        return self._socket.fileno() < 0 or self._protocol.state is State.CLOSED

    def _keep_new(self):
        for frame in self._protocol.events_received():
            assert frame.fin, "the server does not fragment its messages"
            if frame.opcode is Opcode.TEXT:
                self._kept.append(json.loads(frame.data))
            elif frame.opcode is Opcode.BINARY:
                self._kept.append(cbor.decode(frame.data))

    def wait_closed(self, seconds=ANSWER_SECONDS):
        """(code, reason) of the server's close frame; code 1006 when there was none."""
        deadline = Deadline(seconds)
        while self._protocol.close_rcvd is None and not self._closed():
            self._read(deadline, "close")
        self.cut()  # the server waits for that
        close = self._protocol.close_rcvd
        return (close.code, close.reason) if close else (1006, "")

    def cut(self):
        """Ends the TCP connection without a word, as a lost network does."""
        self._socket.close()

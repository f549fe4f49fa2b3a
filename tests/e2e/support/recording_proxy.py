"""A TCP proxy on loopback that keeps every byte of both directions."""
import contextlib
import socket
import threading
import urllib.parse


class Recording:
    """The bytes of one connection."""

    def __init__(self):
        self.to_server = bytearray()
        self.to_client = bytearray()


class RecordingProxy:
    """Stands in front of `target` (http://host:port) at `url`. `close` must be called; what was
    recorded is whole only afterwards."""

    def __init__(self, target):
        address = urllib.parse.urlsplit(target)
        self._target = (address.hostname, address.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.recordings = []
        self._threads = []
        self._open = set()
        self._lock = threading.Lock()
        self._start(self._accept)

    @property
    def url(self):
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def ws(self):
        return self.url.replace("http", "ws", 1) + "/ws"

    def retarget(self, target):
        """New connections go there; those that exist end with the server they were made to."""
        address = urllib.parse.urlsplit(target)
        self._target = (address.hostname, address.port)

    def _start(self, run, *arguments):
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                client, _ = self._listener.accept()
                self._connect(client)

    def _connect(self, client):
        try:
            server = socket.create_connection(self._target)
        except OSError:
            client.close()
            return
        recording = Recording()
        with self._lock:
            self.recordings.append(recording)
            self._open |= {client, server}
        self._start(self._copy, client, server, recording.to_server)
        self._start(self._copy, server, client, recording.to_client)

    def _copy(self, source, sink, kept):
        with contextlib.suppress(OSError):  # an end of one side is an end of both
            while data := source.recv(1 << 16):
                kept += data
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            sockets = list(self._open)
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for each in sockets:
            each.close()

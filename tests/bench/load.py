"""A small load generator: a few kept-open connections in one thread, each sending the next request after an answer."""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class _Connection:
    request: bytes
    address: tuple[str, int]
    held: socket.socket | None = None
    buffer: bytearray = field(default_factory=bytearray)
    missing: int = -1  # bytes of the body to come; -1 while the headers are not complete

    def open(self, selector: selectors.BaseSelector) -> None:
        if self.held is not None:
            selector.unregister(self.held)
            self.held.close()
        self.held = socket.create_connection(self.address, timeout=10)
        selector.register(self.held, selectors.EVENT_READ, self)
        self.send()

    def send(self) -> None:
        assert self.held
        self.buffer.clear()
        self.missing = -1
        self.held.sendall(self.request)

    def read(self) -> int | None:
        """The status once an answer is complete; None before; 0 when the far side closed."""
        assert self.held
        chunk = self.held.recv(1 << 16)
        if not chunk:
            return 0
        self.buffer += chunk
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        headers = bytes(self.buffer[:end]).lower()
        found = headers.find(b"\r\ncontent-length:")
        length = int(headers[found + 17 :].partition(b"\r\n")[0]) if found >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return None
        return int(self.buffer[9:12])


def rate(address: tuple[str, int], request: bytes, *, connections: int, seconds: float) -> tuple[float, set[int]]:
    """Answers per second and the statuses seen. The answers must carry a Content-Length."""
    with selectors.DefaultSelector() as selector:
        lines = [_Connection(request, address) for _ in range(connections)]
        for line in lines:
            line.open(selector)
        count, statuses = 0, set()
        started = time.perf_counter()
        until = started + seconds
        while (now := time.perf_counter()) < until:
            for key, _ in selector.select(timeout=1):
                line = key.data
                status = line.read()
                if status is None:
                    continue
                if status == 0:  # kept open no longer
                    line.open(selector)
                    continue
                statuses.add(status)
                count += 1
                line.send()
        for line in lines:
            if line.held:
                line.held.close()
    return count / (now - started), statuses

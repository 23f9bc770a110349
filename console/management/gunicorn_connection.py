"""One client's connection: no thread waits for what a client sends or takes, however slowly it does.

A request is gathered here until it is whole and only then parsed; of an answer, what the client does not take at once
is kept here and sent when it does.
"""

import re
import select
import socket
import ssl
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import ParseException
from OpenSSL import SSL

from console.adapters import clock
from console.management.client_certificates import AskingSocket

READ_AHEAD = 1024 * 1024 + 64 * 1024  # what is gathered of a request: more than any page or endpoint reads of a body
MAX_HELD = 4 * 1024 * 1024  # of an answer; the thread of a longer one waits for its client
MAX_DROPPED = 64 * 1024  # of what still comes after the last answer
READ_S, SEND_S = 5.0, 60.0  # what a body that is longer, or an answer, may take of a thread's time
BODY = re.compile(rb"\n(?:(content-length)[ \t]*:[ \t]*(\d{1,15})|(transfer-encoding))", re.IGNORECASE)
EXPECTS = re.compile(rb"[^\r\n]* HTTP/1\.1\r(?s:.*)\nexpect:[ \t]*100-continue[ \t]*\r", re.IGNORECASE)
# Stages of a connection that nobody answers just now, and how long each may last however slowly bytes trickle.
IDLE, GATHERING, READY = "nothing has come", "a request has begun to come", "a request is there"
SENDING, ENDING = "an answer is being taken", "the last answer is taken"
PATIENCE_S = {GATHERING: 30.0, READY: 30.0, SENDING: SEND_S, ENDING: 2.0}  # of the idle the settings tell
NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Connection:
    """The socket as gunicorn's parser and response know it. Used by one thread at a time."""

    is_ending = False  # no request is taken any more
    deadline = 0.0  # when it is closed, unless it comes to another stage before
    stage = ""
    since = 0.0  # when the request was taken up that is being answered

    client_certificate = ""  # what the client has shown in TLS, in PEM

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any, tls: SSL.Context | None) -> None:
        """Raises OSError when TLS cannot begin."""
        sock.setblocking(False)
        self.is_secured = tls is None
        self.sock = AskingSocket(tls, sock) if tls else sock
        self.client, self.server = client, server
        self.ahead, self.outgoing = bytearray(), bytearray()
        self._searched, self._wanted, self._dropped = 0, 0, 0
        self.parser = get_parser(cfg, self, client)

    def fileno(self) -> int:
        return self.sock.fileno()

    def stage_now(self) -> str:
        if self.outgoing:
            return SENDING
        if self.is_ending:
            return ENDING
        if self._is_whole():
            return READY
        return GATHERING if self.ahead else IDLE

    def proceed(self) -> bool:
        """Does what the stage is for, as far as the client lets it; whether to go on. OSError: it is gone."""
        if self.outgoing:
            self._flush()
        elif self.is_ending:
            return self._drop()
        elif self.stage is not READY:
            return self._gather()
        return True

    def _gather(self) -> bool:
        """Takes in what has come. False when the client has nothing more to say."""
        try:
            if not self.is_secured:
                self._secure()
            data = self.sock.recv(16 * 1024)  # as much as TLS has in a record: it never holds any back
        except NOT_NOW:
            return True
        self.ahead += data
        return bool(data)

    def _secure(self) -> None:
        assert isinstance(self.sock, AskingSocket)  # noqa: S101 (for the type checker)
        self.sock.do_handshake()
        self.client_certificate = self.sock.client_certificate()
        self.is_secured = True

    def _is_whole(self) -> bool:
        """Whether a request can be answered without waiting for more of it."""
        if not self.ahead:
            return False
        if not self._wanted:
            if self.ahead.startswith(b"\r\n"):  # the parser skips what some clients send after a body
                self.ahead, self._searched = self.ahead.lstrip(b"\r\n"), 0
            end = self.ahead.find(b"\r\n\r\n", max(0, self._searched - 3))
            self._searched = len(self.ahead)
            if end < 0:
                return len(self.ahead) >= READ_AHEAD  # no head is so long: the parser says so
            self._wanted = end + 4
            self._expect_body(end)
        return len(self.ahead) >= min(self._wanted, READ_AHEAD)

    def _expect_body(self, end: int) -> None:
        """A body in chunks is not waited for, for Django reads none; which heads are no HTTP the parser says."""
        told = BODY.search(self.ahead, 0, end + 2)
        if told and told[1]:
            self._wanted += int(told[2])
            if len(self.ahead) < self._wanted and EXPECTS.match(self.ahead, 0, end + 2):
                self.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def begin(self) -> None:
        self.since = clock.monotonic()
        self.stage = ""

    def is_at_next(self) -> bool:
        """Goes on to the next request; whether its beginning is known: not behind a body that is not there."""
        if getattr(self.parser.mesg.body.reader, "length", None) != 0:
            self.since = 0.0  # so that nothing is waited for
            try:
                if not self.parser.finish_body(deadline=clock.monotonic() + READ_S):
                    return False
            except ParseException:  # the request has its answer: a second one would be taken for the next request's
                return False
        if self.parser.unreader.buf.getbuffer().nbytes:
            self.ahead[:0] = self.parser.unreader.take_buffered()
        self._searched = self._wanted = 0
        return True

    def recv(self, size: int) -> bytes:
        """For the parser and bodies. Raises TimeoutError when the rest of a body is late."""
        if self.ahead:
            data = bytes(self.ahead) if len(self.ahead) <= size else bytes(self.ahead[:size])
            del self.ahead[:size]
            return data
        while True:
            try:
                return self.sock.recv(size)
            except NOT_NOW:
                self._wait(select.POLLIN, self.since + READ_S)

    def sendall(self, data: bytes) -> None:
        """Raises OSError when the client is gone, or takes too little of a long answer."""
        if not self.outgoing and (sent := self._send(data)) < len(data):
            self.outgoing += memoryview(data)[sent:]
        elif self.outgoing:
            self.outgoing += data
        while len(self.outgoing) > MAX_HELD:
            self._wait(select.POLLOUT, self.since + SEND_S)
            self._flush()

    send = sendall

    def _flush(self) -> None:
        while self.outgoing and (sent := self._send(self.outgoing)):
            del self.outgoing[:sent]

    def _send(self, data: bytes | bytearray) -> int:
        try:
            return self.sock.send(data)
        except NOT_NOW:
            return 0

    def _wait(self, event: int, until: float) -> None:
        waiting = select.poll()
        waiting.register(self.sock, event)
        remaining = until - clock.monotonic()
        if remaining <= 0 or not waiting.poll(1000 * remaining):
            raise TimeoutError

    def gettimeout(self) -> float:
        """For gunicorn, which asks before it sends an error."""
        return 0.0

    def end(self) -> None:
        """Says that nothing more comes. The client has some time to read that: closing now could cost it an answer."""
        self.sock.shutdown(socket.SHUT_WR)

    def _drop(self) -> bool:
        """Takes in what nobody will answer; whether more may come."""
        try:
            data = self.sock.recv(4096)
        except NOT_NOW:
            return True
        self._dropped += len(data)
        return bool(data) and self._dropped < MAX_DROPPED

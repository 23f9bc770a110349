"""One worker process: a thread waits for all connections and answers what comes; the others stand by until it is slow.

A thread for each request, as gunicorn has it, hands every connection to and fro, and threads that compute at once hand
the interpreter's lock to and fro: together that cost more than a token of the sandbox.
"""

import os
import select
import selectors
import signal
import ssl
import threading
from types import FrameType
from typing import Any, Never

from gunicorn.workers import gthread
from gunicorn.workers.gthread import TConn, ThreadWorker

from console.adapters import clock
from console.management.gunicorn_answer import answer
from console.web.room import with_room

HURRIED_S = 0.4  # after Ctrl+C: what running requests get before they are cut off
PATIENT_S = 30.0  # after SIGTERM
LONG_MS = 5  # what takes longer is answered beside the others; CPython lets threads take turns as often
REST_S = 1.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers in the thread that has the lead: it alone waits for connections.

    The main thread looks every few milliseconds, while there is work, whether the leader is still at the same request,
    and then lets the next thread lead. `guard` covers `conn`, `term`, `nr_conns` and which connections are waited for.

    It leaves by itself: at once when nothing runs, else when its requests are answered or its patience ends. gunicorn
    27 itself waits for running threads however long they take, and on SIGINT and SIGQUIT may wait for ever for a lock
    of its own: such workers end killed.
    """

    is_hurried = False
    is_resting = False  # the main thread sleeps until somebody writes into its pipe
    conn: Any = None  # what the leader is at
    served = 0
    seen = 0  # how many were served when the main thread looked last
    term = 0  # counts leaders
    linger_until = 0.0  # after a stop: idle connections may bring what their clients are sending just then

    def init_process(self) -> None:
        self.guard, self.lead = threading.Lock(), threading.Lock()
        # gunicorn looks up some twenty settings for a request, by three calls each; in a worker none changes any more.
        self.cfg.__dict__.update({name: setting.get() for name, setting in self.cfg.settings.items()})
        super().init_process()

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGALRM, self._leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.alive:
            signal.setitimer(signal.ITIMER_REAL, PATIENT_S)
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        if not self.is_hurried:
            self.is_hurried = True
            super().handle_exit(sig, frame)
            # A timer of the system's: a thread started in a signal handler can wait for a lock that this one holds.
            signal.setitimer(signal.ITIMER_REAL, HURRIED_S)

    def run(self) -> None:
        """The main thread: until the worker is told to stop and has answered what it has."""
        self.keepalived_conns: dict[
            Any, None
        ] = {}  # the connections that the leader waits for; gunicorn reads the length
        self.poller.register(self.method_queue.fileno(), selectors.EVENT_READ, self.method_queue.run_callbacks)
        self.set_accept_enabled(True)
        for _ in range(self.cfg.threads):
            threading.Thread(target=with_room(self._stand_by), daemon=True).start()
        pipe = select.poll()
        pipe.register(self.PIPE[0], select.POLLIN)  # signals write into it too
        while (self.alive or self.nr_conns) and self.is_parent_alive():
            self.notify()
            self._look_after_leader(pipe)
            self.log.write_out()
        self._leave()

    def _look_after_leader(self, pipe: select.poll) -> None:
        seen, before = self.served, self.seen
        self.seen = seen
        self.is_resting = True  # before `conn` is read: a leader sets `conn` before it reads this
        self.is_resting = self.conn is None and seen == before and self.alive
        if pipe.poll(1000 * REST_S if self.is_resting else LONG_MS):
            os.read(self.PIPE[0], 4096)
        self.is_resting = False
        with self.guard:
            if self.conn is not None and self.served == seen:
                self._forget(self.conn)
                self.conn = None
                self.term += 1
                self.lead.release()

    def _stand_by(self) -> None:
        try:
            while True:
                self.lead.acquire()  # released by the main thread, for whoever is slow
                self._lead(self.term)
        finally:  # a fault of this server: without a leader nothing would be answered, so another worker takes over
            self.log.exception("The worker cannot go on.")
            os._exit(1)

    def _lead(self, term: int) -> None:
        """Returns when somebody else leads."""
        while True:
            for key, _ in self.poller.select(REST_S if self.alive else LONG_MS / 1000):
                if not isinstance(key.data, TConn):
                    key.data(key.fileobj)
                elif not self._serve(key.data, term):
                    return
            self._tidy()

    def _serve(self, conn: Any, term: int) -> bool:
        """Answers what the connection brings; whether this thread still leads."""
        self.served += 1
        self.conn = conn
        if self.is_resting:
            os.write(self.PIPE[1], b".")
        is_kept = self._answer_all(conn)
        if not is_kept:
            self._part(conn, is_graceful=True)
        with self.guard:
            is_leader = self.term == term
            if is_leader:
                self.conn = None
            if is_kept:
                conn.set_timeout()
                self._wait_for(conn)
        return is_leader

    def _answer_all(self, conn: Any) -> bool:
        """Whether the connection is kept. What was read ahead is answered too: nobody would be told of it."""
        conn.data_ready = True
        try:
            while self.handle(conn) is True:
                if not conn.parser.unreader.buf.getvalue() and not _is_pending(conn.sock):
                    return True
        except SystemExit:  # of a view: it ends that request
            self.log.exception("A request asked the process to end.")
        return False

    def handle_request(self, req: Any, conn: Any) -> bool:
        return answer(self, req, conn)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """gunicorn reads the rest of a body, under a deadline; a body that was read whole has none."""
        is_read = getattr(conn.parser.mesg.body.reader, "length", None) == 0
        return keepalive and (is_read or super()._keepalive_after(conn, keepalive))

    def accept(self, listener: Any) -> None:
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another process was first, or the client left
            return
        conn = TConn(self.cfg, sock, client, listener.getsockname())
        conn.timeout = clock.monotonic() + self.cfg.keepalive + gthread.DEFAULT_WORKER_DATA_TIMEOUT
        with self.guard:
            self.nr_conns += 1
            self._wait_for(conn)

    def _tidy(self) -> None:
        """Between two rounds of the leader: closes what was idle too long, and accepts while there is room."""
        self.set_accept_enabled(self.alive and self.nr_conns < self.worker_connections)
        now = clock.monotonic()
        if not self.alive and not self.linger_until:
            self.linger_until = now + gthread.STOP_KEEPALIVE_LINGER
        is_over = self.is_hurried or (0 < self.linger_until <= now)
        for conn in [one for one in self.keepalived_conns if is_over or one.timeout <= now]:
            self._part(conn, is_graceful=False)

    def _wait_for(self, conn: Any) -> None:
        if conn not in self.keepalived_conns:
            self.keepalived_conns[conn] = None
            self.poller.register(conn.sock, selectors.EVENT_READ, conn)

    def _forget(self, conn: Any) -> None:
        if conn in self.keepalived_conns:
            del self.keepalived_conns[conn]
            self.poller.unregister(conn.sock)

    def _part(self, conn: Any, *, is_graceful: bool) -> None:
        with self.guard:
            self._forget(conn)
        conn.close(graceful=is_graceful)  # may wait for the client
        with self.guard:
            self.nr_conns -= 1

    def _leave(self, *_: Any) -> Never:
        """Ends the process without waiting for its threads; transactions that are open are rolled back."""
        self.log.write_out()
        os._exit(0)


def _is_pending(sock: Any) -> bool:
    """Whether TLS holds bytes that are no longer in the socket."""
    return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0

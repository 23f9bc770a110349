"""One worker process: a thread waits for all connections and answers what comes; the others stand by until it is slow.

A thread for each request, as gunicorn has it, hands every connection to and fro, and threads that compute at once hand
the interpreter's lock to and fro: together that cost more than a token of the sandbox.
"""

import errno
import os
import select
import selectors
import signal
import threading
from types import FrameType
from typing import Any, Never

from gunicorn import util
from gunicorn.workers import gthread
from gunicorn.workers.gthread import ThreadWorker

from console.adapters import clock
from console.management import client_certificates
from console.management.gunicorn_answer import answer, refuse
from console.management.gunicorn_connection import ENDING, IDLE, PATIENCE_S, READY, SENDING, Connection
from console.web.room import with_room

HURRIED_S = 0.4  # after Ctrl+C: what running requests get before they are cut off
PATIENT_S = 30.0  # after SIGTERM
LONG_MS = 5  # what takes longer is answered beside the others; CPython lets threads take turns as often
REST_S = 1.0
TIDY_S = 0.25
MAX_MEMORY = 64 * 1024 * 1024  # of requests that are not whole and answers that are not taken
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
    conn: Connection | None = None  # what the leader answers
    worker_connections: int
    served = 0
    seen = 0  # how many were served when the main thread looked last
    term = 0  # counts leaders
    tidied = 0.0  # when, last
    linger_until = 0.0  # after a stop: idle connections may bring what their clients are sending just then

    def init_process(self) -> None:
        self.tls = client_certificates.context(self.cfg.certfile, self.cfg.keyfile) if self.cfg.is_ssl else None
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
        self.waiting: dict[Connection, int] = {}  # those that the leader waits for, and for which events
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
                if not isinstance(key.data, Connection):
                    key.data(key.fileobj)
                elif key.data in self.waiting and not self._attend(key.data, term):
                    return
            self._tidy()

    def _attend(self, conn: Connection, term: int) -> bool:
        """Does for the connection what can be done without waiting; whether this thread still leads."""
        try:
            is_open = conn.proceed()
            if is_open and conn.stage_now() is READY:
                return self._serve(conn, term)
        except OSError:  # the client is gone
            is_open = False
        with self.guard:
            is_open = is_open and self._settle(conn)
        if not is_open:
            self._close(conn)
        return True

    def _serve(self, conn: Connection, term: int) -> bool:
        """Answers one request; whether this thread still leads."""
        self.served += 1
        self.conn = conn
        if self.is_resting:
            os.write(self.PIPE[1], b".")
        conn.is_ending = not self.handle(conn)
        with self.guard:
            is_leader = self.term == term
            if is_leader:
                self.conn = None
            is_open = self._settle(conn)
        if not is_open:
            self._close(conn)
        return is_leader

    def handle(self, conn: Connection) -> bool:
        """One request; whether the connection is kept."""
        conn.begin()
        try:
            req = next(conn.parser)
            return answer(self, req, conn) and conn.is_at_next()
        except (OSError, StopIteration):  # the client is gone, or the answer broke off
            return False
        except (Exception, SystemExit) as problem:  # noqa: BLE001 (whatever it is, it ends this request alone)
            refuse(self, conn, problem)
            return False

    def accept(self, listener: Any) -> None:
        sock = None
        try:
            sock, client = listener.accept()
            conn = Connection(self.cfg, sock, client, listener.getsockname(), self.tls)
        except OSError as problem:  # another process was first, or the client left
            if sock:
                sock.close()
            if problem.errno in (errno.EMFILE, errno.ENFILE):  # the system allows fewer than the settings
                self.worker_connections = max(1, self.nr_conns - 1)
                self._make_room()
            return
        if self.nr_conns >= self.worker_connections:
            self._make_room()
        conn.deadline = clock.monotonic() + self.cfg.keepalive + gthread.DEFAULT_WORKER_DATA_TIMEOUT
        with self.guard:
            self.nr_conns += 1
            self._wait_for(conn)

    def _make_room(self) -> None:
        """Whoever would be closed first is closed now: else clients that keep connections would shut others out."""
        with self.guard:
            first = min(self.waiting, key=lambda one: one.deadline, default=None)
        if first is not None:
            self._close(first)

    def _tidy(self) -> None:
        """Between two rounds of the leader: closes what is overdue, and what holds too much of the memory."""
        now = clock.monotonic()
        if self.alive and now < self.tidied + TIDY_S:
            return
        self.tidied = now
        self.set_accept_enabled(self.alive)
        if not self.alive and not self.linger_until:
            self.linger_until = now + gthread.STOP_KEEPALIVE_LINGER
        is_over = self.is_hurried or (0 < self.linger_until <= now)
        with self.guard:
            waiting = list(self.waiting)
        for conn in [one for one in waiting if one.deadline <= now or (is_over and one.stage is not SENDING)]:
            self._close(conn)
        held = {one: len(one.ahead) + len(one.outgoing) for one in waiting if one in self.waiting}
        while sum(held.values()) > MAX_MEMORY:
            largest = max(held, key=held.__getitem__)
            del held[largest]
            self._close(largest)

    def _settle(self, conn: Connection) -> bool:
        """What the connection waits for now, and how long; whether for anything. Called under `guard`."""
        try:
            stage = conn.stage_now()
            if stage is ENDING and conn.stage is not stage:
                conn.end()
        except OSError:  # the client is gone
            return False
        if stage is not conn.stage:
            conn.stage = stage
            conn.deadline = clock.monotonic() + (self.cfg.keepalive if stage is IDLE else PATIENCE_S[stage])
        self._wait_for(conn)
        return True

    def _wait_for(self, conn: Connection) -> None:
        """A request that came ahead has its turn later: its socket can be written to, and that wakes the leader."""
        mask = selectors.EVENT_WRITE if conn.stage in (SENDING, READY) else selectors.EVENT_READ
        if conn not in self.waiting:
            self.waiting[conn] = mask
            self.poller.register(conn, mask, conn)
        elif self.waiting[conn] != mask:
            self.waiting[conn] = mask
            self.poller.modify(conn, mask, conn)

    def _forget(self, conn: Connection) -> None:
        if conn in self.waiting:
            del self.waiting[conn]
            self.poller.unregister(conn)

    def _close(self, conn: Connection) -> None:
        with self.guard:
            self._forget(conn)
            self.nr_conns -= 1
        util.close(conn.sock)

    def _leave(self, *_: Any) -> Never:
        """Ends the process without waiting for its threads; transactions that are open are rolled back."""
        self.log.write_out()
        os._exit(0)

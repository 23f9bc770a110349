"""A call ends at its deadline and at no other moment, whatever other calls are under way."""

import os
import socket
import threading

import pytest

from console.adapters import deadline as module
from console.adapters.deadline import Deadline

LONG_S = 30  # longer than any of these tests may take


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_socket_is_shut_when_the_time_is_over(pair):
    ours, _ = pair
    with Deadline(0.01) as deadline:
        deadline.watch(ours)
        assert ours.recv(1) == b""  # it would wait for ever
        assert deadline.is_over


def test_a_shorter_one_ends_before_a_longer_one_that_began_earlier(pair):
    ours, theirs = pair
    with Deadline(LONG_S) as longer, Deadline(0.01) as shorter:
        longer.watch(theirs)
        shorter.watch(ours)
        assert ours.recv(1) == b""
        assert shorter.is_over
        assert not longer.is_over


def test_a_socket_that_comes_late_is_shut_at_once(pair):
    ours, _ = pair
    with Deadline(LONG_S) as deadline:
        deadline.end()
        deadline.watch(ours)
        assert ours.recv(1) == b""


def test_what_was_left_is_not_ended(pair):
    ours, theirs = pair
    with Deadline(LONG_S) as deadline:
        deadline.watch(ours)
    deadline.end()
    theirs.send(b"x")
    assert ours.recv(1) == b"x"
    assert not deadline.is_over


def test_all_are_watched_by_one_thread(pair):
    before = threading.active_count()
    with Deadline(LONG_S), Deadline(LONG_S), Deadline(LONG_S):
        assert threading.active_count() <= before + 1


def test_a_thread_that_is_gone_is_begun_anew(pair, monkeypatch):
    ours, _ = pair
    gone = threading.Thread(target=lambda: None)
    gone.start()
    gone.join()
    watch = module._Watch()
    watch._thread = gone
    monkeypatch.setattr(module, "_watch", watch)
    with Deadline(0.01) as deadline:
        deadline.watch(ours)
        assert ours.recv(1) == b""


def test_a_process_that_was_split_off_ends_its_own(pair):
    ours, _ = pair
    with Deadline(LONG_S):
        child = os.fork()
        if not child:
            with Deadline(0.01) as deadline:
                deadline.watch(ours)
                os._exit(len(ours.recv(1)) + (not deadline.is_over))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0

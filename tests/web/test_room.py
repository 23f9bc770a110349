"""What every server runs answers as what is inside of it, from whatever depth it is called."""

import resource
import threading

import pytest

from console.web.room import with_room
from tests.patience import finish


def test_it_hands_on_what_it_gets_and_what_comes_back():
    def inner(environ, start_response):
        start_response("200 OK", [("A", environ["B"])])
        return [b"body"]

    told = []
    assert with_room(inner)({"B": "b"}, lambda *args: told.append(args)) == [b"body"]
    assert told == [("200 OK", [("A", "b")])]


def test_a_bug_inside_comes_out_as_it_is():
    def inner(environ, start_response):
        raise LookupError("canary")

    with pytest.raises(LookupError, match="canary"):
        with_room(inner)({}, None)


def turn(number):
    """A call in a loop, which needs some memory of its own."""
    first, second, third = number, number + 1, number + 2
    return first + second + third


def looping(environ, start_response):
    """Calls two hundred times at each depth of a template's nesting."""

    def nested(depth):
        for number in range(200):
            turn(number)
        return nested(depth - 1) if depth else []

    return nested(environ["depth"])


def faults(application):
    """How often the system had to find memory while the application answered from each of many depths."""

    def asked(depth):
        return asked(depth - 1) if depth else application({"depth": 100}, None)

    asked(0)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for depth in range(0, 160, 8):
        asked(depth)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_THREAD"), reason="only Linux counts page faults of a thread")
def test_no_loop_asks_for_memory_at_every_turn_however_deep_it_stands():
    counted = []
    thread = threading.Thread(target=lambda: counted.append(faults(with_room(looping))))
    thread.start()
    finish(thread)
    assert counted[0] < 400  # some for each of twenty answers; without room they are thousands

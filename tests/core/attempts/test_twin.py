"""The synchronous twin of a call: the same, with the wish to be answered at once."""

from console.core.attempts.replay import Replay
from console.core.attempts.twin import synchronous


def test_one_wish_takes_the_place_of_any_other():
    call = Replay("POST", "/reports", "", (("prefer", "respond-async"), ("X-Own", "1")), "{}", True, True, ("X",))
    twin = synchronous(call)
    assert twin.headers == (("X-Own", "1"), ("Prefer", "wait=20"))
    assert (twin.method, twin.path, twin.body, twin.sends_token) == ("POST", "/reports", "{}", True)
    assert twin.missing[0].startswith("Prefer: wait=20 is added (RFC 7240 section 4.3)")
    assert twin.missing[1:] == ("X",)


def test_a_timeout_that_would_end_the_wait_is_left_out_and_said():
    call = Replay("POST", "/reports", "", (), "{}", True, True, ("X",), timeout_s=5)
    twin = synchronous(call)
    assert twin.timeout_s is None
    assert twin.missing[1:] == (
        "The timeout of then is left out, so that the console waits for as long as it does.",
        "X",
    )

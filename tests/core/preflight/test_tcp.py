"""Connections: open, refused, not needed."""

from console.core.exchange import Failure, FailureKind
from console.core.preflight.base import StageStatus
from console.core.preflight.reached import SeenPlaces
from console.core.preflight.tcp import STAGE
from tests.core.preflight.support import labels, place, told

REFUSED = Failure(FailureKind.REFUSED, "The server refused the connection: nothing listens on that port.")


def test_an_open_port_is_told_with_the_time_it_took():
    result = STAGE.judge(SeenPlaces((place(elapsed_ms=12),)))
    assert (result.status, result.what) == (StageStatus.OK, "The place accepts connections.")
    assert labels(result) == {"provider, login.example:443": "open after 12 ms"}


def test_a_closed_port_fails_and_what_was_open_is_told_beside_it():
    result = STAGE.judge(SeenPlaces((place(), place("api.example", failure=REFUSED))))
    assert result.status is StageStatus.FAIL
    assert told(result) == (
        "No connection to api.example at port 443.",
        "The server refused the connection: nothing listens on that port.",
        "Check the port, then have this machine let through to it by the firewalls on the way.",
    )
    assert list(labels(result)) == ["provider, login.example:443"]


def test_the_sandbox_needs_no_connection():
    result = STAGE.judge(SeenPlaces((place(is_local=True),)))
    assert (result.status, result.is_needed) == (StageStatus.SKIPPED, False)

"""A timeout of the call's own ends it earlier than the console would, never later; the failure says whose it was."""

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.faults import by_whose_limit
from console.adapters.transport import Transport
from console.core.exchange import Failure, FailureKind, Purpose, Request
from tests.adapters.support import DEADLINE_S, policy_for, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def test_a_far_side_that_hangs_is_left_after_the_calls_own_time(server):
    exchange = transport_for(server).send(Request("GET", f"{server.url}/hang", timeout_s=1))
    assert exchange.failure == Failure(FailureKind.TIMEOUT, "The answer was not complete within 1 second.", "asked")
    assert exchange.request.timeout_s == 1


def test_no_timeout_makes_the_console_wait_longer_than_it_does(server):
    transport = transport_for(server, deadline_s=DEADLINE_S)
    exchange = transport.send(Request("GET", f"{server.url}/hang", timeout_s=60))
    assert exchange.failure == Failure(FailureKind.TIMEOUT, "The answer was not complete within 0.5 seconds.", "total")


def test_what_is_left_of_several_requests_shortens_it_too(server):
    exchange = transport_for(server).send(Request("GET", f"{server.url}/hang", timeout_s=5), deadline_s=DEADLINE_S)
    assert exchange.failure is not None and exchange.failure.rule == "asked"


@pytest.mark.parametrize(("purpose", "ended_s"), [(Purpose.CALL, 0.7), (Purpose.POLL, 0.5), (Purpose.TOKEN, 0.5)])
def test_an_api_may_be_given_longer_than_any_other_far_side(server, purpose, ended_s):
    transport = transport_for(server, deadline_s=DEADLINE_S, call_s=0.7)
    exchange = transport.send(Request("GET", f"{server.url}/hang"), purpose=purpose)
    told = f"The answer was not complete within {ended_s} seconds."
    assert exchange.failure == Failure(FailureKind.TIMEOUT, told, "total")


def test_an_answer_within_it_is_as_any(server):
    exchange = transport_for(server).send(Request("GET", f"{server.url}/ok", timeout_s=10))
    assert exchange.failure is None and exchange.response is not None and exchange.response.status == 200


def test_a_wait_that_is_only_played_counts_as_one(server):
    played = Failure(FailureKind.TIMEOUT, "The API did not answer in time.", "total")
    transport = Transport(policy_for(server), local={server.url: lambda _: played})
    rules = [
        transport.send(Request("GET", f"{server.url}/x", timeout_s=seconds)).failure.rule for seconds in (5, 20, None)
    ]
    assert rules == ["asked", "total", "total"]


# (kind, rule, timeout, the rule that is told, whether the timeout is named)
LIMITS = [
    (FailureKind.TIMEOUT, "total", 19, "asked", False),
    (FailureKind.TIMEOUT, "total", 20, "total", False),
    (FailureKind.TIMEOUT, "total", 21, "total", False),
    (FailureKind.TIMEOUT, "total", None, "total", False),
    (FailureKind.TIMEOUT, "connect", 4, "connect", True),
    (FailureKind.TIMEOUT, "connect", 5, "connect", False),
    (FailureKind.TIMEOUT, "dns", 2, "dns", True),
    (FailureKind.TIMEOUT, "dns", 3, "dns", False),
    (FailureKind.RESET, "", 2, "", False),
]


@pytest.mark.parametrize(("kind", "rule", "timeout_s", "told", "is_named"), LIMITS, ids=range(len(LIMITS)))
def test_whose_limit_it_was(kind, rule, timeout_s, told, is_named):
    failure = by_whose_limit(Failure(kind, "It ended.", rule), timeout_s, EgressPolicy(), longest_s=20)
    assert failure is not None
    assert (failure.kind, failure.rule) == (kind, told)
    named = f" The timeout of {timeout_s} seconds that was set for this call ended the wait."
    assert failure.detail == ("It ended." + named if is_named else "It ended.")


def test_no_failure_stays_none():
    assert by_whose_limit(None, 5, EgressPolicy(), longest_s=20) is None

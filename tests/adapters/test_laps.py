"""Where the time of a call went: each part is told once it was measured, and no other."""

from dataclasses import astuple

import pytest

from console.adapters import clock
from console.adapters.egress import EgressPolicy
from console.adapters.laps import Laps
from console.adapters.transport import Transport
from console.core.exchange import Request, Response, Timings
from tests.adapters.support import port_of, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture
def ticking(monkeypatch):
    """A clock that is one millisecond on at each reading."""
    moments = iter(range(1, 100))
    monkeypatch.setattr(clock, "monotonic", lambda: next(moments) / 1000)


@pytest.mark.usefixtures("ticking")
def test_the_parts_follow_each_other():
    laps = Laps()
    began_at = clock.monotonic()
    laps.looked_up(began_at)
    laps.connected(began_at)
    laps.secured()
    laps.answered()
    laps.read()
    assert laps.timings() == Timings(dns_us=1000, connect_us=2000, tls_us=1000, first_byte_us=1000, body_us=1000)


@pytest.mark.usefixtures("ticking")
def test_what_did_not_happen_is_not_told():
    laps = Laps()
    assert laps.timings() == Timings()
    laps.answered()
    assert laps.timings() == Timings(), "an answer without a connection of ours has no beginning"


@pytest.mark.usefixtures("ticking")
def test_behind_a_proxy_name_connection_and_tls_are_not_those_of_the_far_side():
    laps = Laps(is_proxied=True)
    laps.connected(clock.monotonic())
    laps.ready()
    laps.answered()
    assert laps.timings() == Timings(first_byte_us=1000)


def parts(timings):
    assert timings is not None
    names = ("dns", "connect", "tls", "first byte", "body")
    return [name for name, value in zip(names, astuple(timings), strict=True) if value is not None]


def test_a_name_is_looked_up_and_an_address_is_not():
    with FaultServer() as server:
        named = transport_for(server).send(Request("GET", f"http://localhost:{port_of(server)}/ok"))
        numbered = transport_for(server).send(Request("GET", f"{server.url}/ok"))
    assert parts(named.timings) == ["dns", "connect", "first byte", "body"]
    assert parts(numbered.timings) == ["connect", "first byte", "body"]
    assert sum(part or 0 for part in astuple(named.timings)) <= (named.elapsed_ms + 1) * 1000


def test_tls_is_a_part_of_its_own_and_of_a_refused_certificate_only_the_connection_is_told():
    with FaultServer(tls="ok") as server:
        good = transport_for(server).send(Request("GET", f"https://localhost:{port_of(server)}/ok"))
    with FaultServer(tls="expired") as server:
        refused = transport_for(server).send(Request("GET", f"https://localhost:{port_of(server)}/ok"))
    assert parts(good.timings) == ["dns", "connect", "tls", "first byte", "body"]
    assert refused.failure is not None
    assert parts(refused.timings) == ["dns", "connect"]


def test_a_far_side_that_never_answers_has_no_first_byte():
    with FaultServer() as server:
        silent = transport_for(server).send(Request("GET", f"{server.url}/close"))
    assert silent.failure is not None
    assert parts(silent.timings) == ["connect"]


def test_what_is_answered_in_process_has_no_parts():
    local = Transport(EgressPolicy(), local={"https://sandbox.example": lambda request: Response(200)})
    assert local.send(Request("GET", "https://sandbox.example/x")).timings is None

"""Bad-input cases of the network: inner addresses, misbehaving servers, misbehaving providers."""

import tracemalloc
from typing import Any

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.transport import Observation, Transport
from console.core.client_auth.base import Proof
from console.core.exchange import Exchange, FailureKind, Request
from tests.adapters.senders.asking import asked, order_for
from tests.adapters.support import DEADLINE_S, FaultyProvider, Resolver, policy_for, port_of, transport_for
from tests.bad_input.registry import CASES, ids_of
from tests.far_sides import end_when_dripped
from tests.vectors.bad_input.faultserver import FaultServer

# rule of the refusal and whether the name had to be looked up to know
REFUSALS = {
    "E-S01": ("never", False),
    "E-S02": ("port", False),
    "E-S03": ("address", False),
    "E-S04": ("never", False),
    "E-S05": ("never", False),
    "E-S06": ("never", False),
    "E-S07": ("host", False),
    "E-S08": ("host", False),
    "E-S09": ("userinfo", False),
    "E-S10": ("scheme", False),
    "E-S11": ("address", True),
    "E-S14": ("port", False),
}
SPECIAL = {"E-S12", "E-S13"}  # about a connection that is opened

# failure kind (None: a whole answer), status (None: no answer)
FAULTS = {
    "E-R01": (FailureKind.TIMEOUT, None),
    "E-R02": (FailureKind.TIMEOUT, 200),
    "E-R03": (FailureKind.TOO_LARGE, 200),
    "E-R04": (None, 502),
    "E-R05": (FailureKind.RESET, None),
    "E-R06": (FailureKind.ENDED_EARLY, 200),
    "E-R07": (None, 404),
}

# what a person reads
PROVIDERS = {
    "E-I01": "The provider answered with a web page",
    "E-I02": "The provider has a fault (HTTP 500)",
    "E-I03": "AADSTS7000215",
    "E-I04": 3600,
    "E-I05": "try again later",
    "E-I06": "not complete within",
    "E-I07": "No discovery document here",
}


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


@pytest.mark.parametrize("case_id", ids_of("ssrf"))
def test_a_url_that_leads_inside_is_never_connected_to(case_id, server):
    given = CASES[case_id]["input"]
    if case_id in SPECIAL:
        _OPENED[case_id](given, server)
        return
    resolver = Resolver(given.get("dns", {}))
    seen: list[Observation] = []
    exchange = Transport(EgressPolicy(), resolver=resolver, observer=seen.append).send(Request("GET", given["url"]))
    rule, is_looked_up = REFUSALS[case_id]
    assert exchange.response is None and exchange.failure is not None
    assert (exchange.failure.kind, exchange.failure.rule) == (FailureKind.BLOCKED_ADDRESS, rule)
    assert [(one.verdict, one.address) for one in seen] == [(f"blocked_address {rule}", "")], "what the audit is given"
    assert bool(resolver.asked) is is_looked_up
    shown = exchange.failure.detail + repr(seen)
    hidden = [address for turns in given.get("dns", {}).values() for turn in turns for address in turn] + ["user:pass"]
    assert not [text for text in hidden if text in shown]


def _rebinding(given: dict[str, Any], server: FaultServer) -> None:
    """The listed address plays the public one, another loopback address the inner one."""
    (name,) = given["dns"]
    resolver = Resolver({name: [["127.0.0.1"], ["127.0.0.2"]]})
    transport = Transport(policy_for(server), resolver=resolver)
    before = len(server.seen)
    first, second = (transport.send(Request("GET", f"http://{name}:{port_of(server)}/ok")) for _ in range(2))
    assert first.failure is None
    assert second.failure is not None and second.failure.rule == "never"
    assert resolver.asked == [name, name], "one look-up per connection, none in between"
    assert len(server.seen) == before + 1


def _redirected(given: dict[str, Any], server: FaultServer) -> None:
    transport = transport_for(server)
    before = len(server.seen)
    exchange = transport.send(Request("GET", given["url"].replace("SERVER", server.url)))
    assert exchange.failure is None and exchange.response is not None
    assert exchange.response.status == 302
    assert len(server.seen) == before + 1
    second_hop = transport.check(exchange.response.header("Location") or "")
    assert second_hop is not None
    assert (second_hop.kind, second_hop.rule) == (FailureKind.BLOCKED_ADDRESS, "never")


_OPENED = {"E-S12": _rebinding, "E-S13": _redirected}


def _call(server: FaultServer, path: str) -> tuple[Exchange, int]:
    """The exchange and the peak of memory in bytes."""
    transport = transport_for(server, **({"deadline_s": DEADLINE_S} if path.startswith("/slow") else {}))
    tracemalloc.start()
    try:
        exchange = transport.send(Request("GET", server.url + path))
        return exchange, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("case_id", ids_of("http"))
def test_a_misbehaving_server_ends_in_a_named_result(case_id, server, monkeypatch):
    kind, status = FAULTS[case_id]
    if CASES[case_id]["input"]["path"].startswith("/drip"):
        end_when_dripped(monkeypatch, server)
    exchange, peak_bytes = _call(server, CASES[case_id]["input"]["path"])
    assert (exchange.failure.kind if exchange.failure else None) is kind
    assert (exchange.response.status if exchange.response else None) == status
    assert peak_bytes < 20_000_000
    if exchange.response is not None:
        assert exchange.response.is_cut is (kind is not None)
        assert len(exchange.response.body) <= 1_000_000


@pytest.mark.parametrize("case_id", ids_of("idp"))
def test_a_misbehaving_provider_is_explained(case_id, server):
    before = len(server.seen)
    variant = CASES[case_id]["input"]["variant"]
    deadline = {"deadline_s": DEADLINE_S} if variant == "slow-9" else {}
    order = order_for(
        f"{server.url}/idp/{variant}", lambda audience: Proof((("client_secret", "canary-secret-value"),))
    )
    outcome = asked(order, FaultyProvider(policy_for(server, **deadline)))
    expected = PROVIDERS[case_id]
    if isinstance(expected, int):
        assert outcome.response is not None
        assert outcome.response.expires_in_s == expected
    else:
        words = outcome.error.error_description if outcome.error else outcome.failure.detail if outcome.failure else ""
        assert expected in words
        assert "canary-secret-value" not in repr(outcome)
    assert len(server.seen) - before <= 2, "nothing is retried"

"""A look at a place goes where a request would be let go, no further, and tells what it saw."""

import socket

import pytest

from console.adapters.egress import EgressPolicy, parse_allow
from console.adapters.reaching import Depth
from console.adapters.slots import Slots
from console.adapters.transport import Transport
from console.core.exchange import FailureKind, Response
from tests.adapters.support import DEADLINE_S, Resolver, port_of, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


def test_a_name_is_looked_up_and_nothing_is_connected_to():
    with FaultServer() as server:
        found = transport_for(server).reach(f"http://localhost:{port_of(server)}", Depth.NAME)
    assert (found.failure, found.addresses, found.hidden_addresses) == (None, (), 1), "an address inside is not shown"


def test_a_public_address_is_shown():
    names = Resolver({"api.example": [["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]]})
    found = Transport(EgressPolicy(), resolver=names).reach("https://api.example/", Depth.NAME)
    assert found.addresses == ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize(
    ("url", "kind", "rule"),
    [
        ("https://nowhere.example", FailureKind.DNS, ""),
        ("https://10.0.0.1", FailureKind.BLOCKED_ADDRESS, "address"),
        ("https://mixed.example", FailureKind.BLOCKED_ADDRESS, "address"),
        ("https://api.example:2222", FailureKind.BLOCKED_ADDRESS, "port"),
        ("ftp://api.example", FailureKind.BLOCKED_ADDRESS, "scheme"),
        ("not a url", FailureKind.BLOCKED_ADDRESS, "url"),
    ],
)
@pytest.mark.parametrize("depth", list(Depth))
def test_what_a_request_is_refused_a_look_is_refused_too(url, kind, rule, depth):
    names = Resolver({"mixed.example": [["93.184.216.34", "10.0.0.1"]], "api.example": [["93.184.216.34"]]})
    found = Transport(EgressPolicy(), resolver=names).reach(url, depth)
    assert (found.failure.kind, found.failure.rule) == (kind, rule)


def test_a_secret_is_promised_to_no_plain_address_that_is_not_listed():
    names = Resolver({"api.example": [["93.184.216.34"]]})
    found = Transport(EgressPolicy(), resolver=names).reach("http://api.example", Depth.TLS)
    assert (found.failure.kind, found.failure.rule) == (FailureKind.BLOCKED_ADDRESS, "scheme")


def test_a_listed_plain_address_has_no_certificate_to_show():
    with FaultServer() as server:
        found = transport_for(server).reach(server.url, Depth.TLS)
    assert (found.failure, found.is_plain, found.certificate, found.protocol) == (None, True, None, "")
    assert server.seen == []


def test_a_trusted_certificate_is_read_with_its_chain():
    with FaultServer(tls="good") as server:
        found = transport_for(server).reach(server.url, Depth.TLS)
    assert found.failure is None
    assert found.protocol.startswith("TLSv1.")
    assert found.certificate.names == ("localhost",)
    assert len(found.certificate.chain) == 2
    assert server.seen == []


@pytest.mark.parametrize(
    ("tls", "rule"),
    [("expired", "expired"), ("not_yet", "expired"), ("wrong_host", "name"), ("self_signed", "unknown_ca")],
)
def test_a_certificate_that_is_not_believed_is_told_all_the_same(tls, rule):
    with FaultServer(tls=tls) as server:
        found = transport_for(server).reach(server.url, Depth.TLS)
    assert (found.failure.kind, found.failure.rule) == (FailureKind.TLS, rule)
    assert found.certificate.subject
    assert found.protocol == ""


def test_a_server_that_takes_the_connection_and_says_nothing_is_ended_by_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the system takes the connection, nobody reads from it
        port = silent.getsockname()[1]
        policy = EgressPolicy(allow=parse_allow(f"127.0.0.1:{port}"), deadline_s=DEADLINE_S)
        found = Transport(policy).reach(f"https://127.0.0.1:{port}", Depth.TLS)
    assert found.failure.kind is FailureKind.TIMEOUT


def test_behind_a_proxy_and_in_this_process_nothing_is_looked_at():
    proxied = Transport(EgressPolicy(mode="proxy", proxy="http://proxy.example:3128"), resolver=Resolver({}))
    assert proxied.reach("https://api.example", Depth.TLS).is_proxied
    local = Transport(EgressPolicy(), local={"https://here.example/": lambda _: Response(200)}, resolver=Resolver({}))
    assert local.reach("https://here.example/x", Depth.TLS).is_local


def test_a_look_needs_a_place_like_any_request_and_is_noted_without_its_path():
    seen, names = [], Resolver({"api.example": [["93.184.216.34"]]})
    full = Transport(EgressPolicy(), resolver=names, slots=Slots(0, each=0), observer=seen.append)
    assert full.reach("https://api.example/secret?x=1", Depth.NAME).failure.kind is FailureKind.BUSY
    free = Transport(EgressPolicy(), resolver=names, observer=seen.append)
    free.reach("https://api.example/secret?x=1", Depth.NAME)
    assert [(one.method, one.origin, one.verdict) for one in seen] == [("NAME", "https://api.example:443", "reached")]

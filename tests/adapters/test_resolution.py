"""From a name to a connection: one look-up, every answer judged, the judged address dialled."""

import socket
import threading

import pytest

from console.adapters.connections import Refused, resolve
from console.adapters.egress import EgressPolicy, parse_allow
from console.adapters.transport import Transport
from console.core.exchange import FailureKind, Request
from tests.adapters.support import Resolver, policy_for, port_of
from tests.patience import LONG_S
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture
def server():
    with FaultServer() as running:
        yield running


def test_a_rebinding_name_is_looked_up_once_per_connection_and_cannot_move(server):
    resolver = Resolver({"rebind.test": [["127.0.0.1"], ["127.0.0.2"]]})
    transport = Transport(policy_for(server), resolver=resolver)
    url = f"http://rebind.test:{port_of(server)}/ok"
    first, second = transport.send(Request("GET", url)), transport.send(Request("GET", url))
    assert first.failure is None
    assert second.failure is not None and second.failure.rule == "never"
    assert resolver.asked == ["rebind.test", "rebind.test"]
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (["127.0.0.1", "10.0.0.1"], "address"),
        (["10.0.0.1", "127.0.0.1"], "address"),
        (["127.0.0.1", "::1"], "never"),
    ],
)
def test_one_bad_answer_among_good_ones_refuses_the_name(server, answer, rule):
    transport = Transport(policy_for(server), resolver=Resolver({"mixed.test": [answer]}))
    failure = transport.send(Request("GET", f"http://mixed.test:{port_of(server)}/ok")).failure
    assert failure is not None and failure.rule == rule
    assert server.seen == []


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("127.0.0.1", "never"),
        ("10.1.2.3", "address"),
        ("169.254.169.254", "never"),
        ("168.63.129.16", "never"),
        ("::1", "never"),
        ("::ffff:10.0.0.1", "address"),
        ("fe80::1%eth0", "never"),
        ("64:ff9b::a00:1", "address"),
    ],
)
def test_a_public_name_that_leads_inside_is_refused_without_naming_the_address(address, rule):
    transport = Transport(EgressPolicy(), resolver=Resolver({"intranet.evil.test": [[address]]}))
    failure = transport.send(Request("GET", "https://intranet.evil.test/")).failure
    assert failure is not None
    assert (failure.kind, failure.rule) == (FailureKind.BLOCKED_ADDRESS, rule)
    assert address not in failure.detail


def test_an_unknown_name_is_a_dns_failure():
    failure = Transport(EgressPolicy(), resolver=Resolver({})).send(Request("GET", "https://nowhere.test/")).failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS


def test_a_slow_name_service_is_given_up_and_the_call_ends():
    release = threading.Event()

    def slow(*_):
        release.wait(LONG_S)
        return []

    transport = Transport(EgressPolicy(dns_s=0.05), resolver=slow)
    failure = transport.send(Request("GET", "https://slow.test/")).failure
    release.set()
    assert failure is not None
    assert (failure.kind, failure.rule) == (FailureKind.TIMEOUT, "dns")


@pytest.mark.parametrize(
    ("host", "asked"),
    [("api.example.test", "api.example.test."), ("listed.corp.test", "listed.corp.test"), ("single", "single")],
)
def test_names_are_absolute_unless_the_operator_or_their_shape_vouches_for_them(host, asked):
    names: list[str] = []

    def resolver(name, *_):
        names.append(name)
        raise socket.gaierror

    policy = EgressPolicy(allow=parse_allow("listed.corp.test:443"))
    Transport(policy, resolver=resolver).send(Request("GET", f"https://{host}/"))
    assert names == [asked]


def test_the_second_address_is_tried_when_the_first_refuses_but_no_third(server):
    port = port_of(server)
    policy = policy_for(server, allow=parse_allow(f"127.0.0.1:{port}, [::1]:{port}"))
    second = Transport(policy, resolver=Resolver({"two.test": [["::1", "127.0.0.1"]]}))
    third = Transport(policy, resolver=Resolver({"three.test": [["::1", "::1", "127.0.0.1"]]}))
    assert second.send(Request("GET", f"http://two.test:{port}/ok")).failure is None
    refused = third.send(Request("GET", f"http://three.test:{port}/ok")).failure
    assert refused is not None and refused.kind is FailureKind.REFUSED


def test_nothing_listens_is_a_refusal_of_the_server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]  # held, so that nothing else comes to listen there
        transport = Transport(EgressPolicy(allow=parse_allow(f"127.0.0.1:{port}")))
        failure = transport.send(Request("GET", f"http://127.0.0.1:{port}/")).failure
    assert failure is not None and failure.kind is FailureKind.REFUSED


def test_an_error_of_the_resolver_itself_does_not_escape():
    def broken(*_):
        raise UnicodeError("label too long")

    with pytest.raises(Refused) as caught:
        resolve(broken, "x.test.", 443, limit_s=1)
    assert caught.value.failure.kind is FailureKind.DNS

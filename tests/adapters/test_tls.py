"""Certificates are always verified, and each fault is told apart."""

import pytest

from console.adapters.egress import EgressPolicy
from console.core.exchange import FailureKind, Request
from tests.adapters.support import DEADLINE_S, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.mark.parametrize(
    ("tls", "rule", "words"),
    [
        ("wrong_host", "name", "is for another host name"),
        ("expired", "expired", "has expired"),
        ("not_yet", "expired", "is not valid yet"),
        ("self_signed", "unknown_ca", "does not know"),
        ("client_cert", "other", "client certificate"),
    ],
)
def test_a_fault_of_the_certificate_is_named(tls, rule, words):
    with FaultServer(tls=tls) as server:
        exchange = transport_for(server).send(Request("GET", f"{server.url}/ok"))
    assert exchange.failure is not None
    assert (exchange.failure.kind, exchange.failure.rule) == (FailureKind.TLS, rule)
    assert words in exchange.failure.detail
    assert exchange.response is None
    assert server.seen == []


def test_a_server_of_the_added_authority_is_trusted_by_its_name():
    with FaultServer(tls="good") as server:
        exchange = transport_for(server).send(Request("GET", f"{server.url}/ok"))
    assert exchange.failure is None and exchange.response is not None
    assert exchange.response.status == 200


def test_the_address_of_a_trusted_server_is_not_its_name():
    with FaultServer(tls="good") as server:
        url = f"{server.url}/ok".replace("localhost", "127.0.0.1")
        exchange = transport_for(server).send(Request("GET", url))
    assert exchange.failure is not None
    assert exchange.failure.rule == "name"


@pytest.mark.parametrize("path", ["hang", "drip-body/0.1"])
def test_the_deadline_also_ends_an_encrypted_connection(path):
    with FaultServer(tls="good") as server:
        exchange = transport_for(server, deadline_s=DEADLINE_S).send(Request("GET", f"{server.url}/{path}"))
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TIMEOUT


def test_a_server_that_speaks_no_tls_is_told():
    with FaultServer() as server:
        exchange = transport_for(server).send(Request("GET", server.url.replace("http:", "https:") + "/ok"))
    assert exchange.failure is not None
    assert (exchange.failure.kind, exchange.failure.rule) == (FailureKind.TLS, "other")


def test_a_missing_ca_file_is_the_administrators_to_mend(tmp_path):
    with FaultServer(tls="good") as server:
        transport = transport_for(server, ca_bundle=str(tmp_path / "missing.pem"))
        exchange = transport.send(Request("GET", f"{server.url}/ok"))
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS
    assert "administrator" in exchange.failure.detail


def test_no_policy_can_switch_verification_off():
    assert not {name for name in EgressPolicy.__dataclass_fields__ if "verify" in name or "insecure" in name}

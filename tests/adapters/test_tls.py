"""Certificates are always verified, and each fault is told apart."""

import ssl
import time

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.keyfiles import make_certificate
from console.core.exchange import FailureKind, Request
from tests.adapters.support import DEADLINE_S, Resolver, port_of, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.mark.parametrize(
    ("tls", "rule", "words"),
    [
        ("wrong_host", "name", "is for another host name: it is for wrong.test, not for localhost."),
        ("expired", "expired", "has expired: it ended on 2021-01-01 00:00:00 UTC."),
        (
            "not_yet",
            "expired",
            "is not valid yet (or this server's clock is slow): it begins on 2090-01-01 00:00:00 UTC.",
        ),
        ("self_signed", "unknown_ca", "The unknown authority is "),
        ("client_cert", "client_certificate", "demands a TLS client certificate"),
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
    assert (exchange.failure.kind, exchange.failure.rule) == (FailureKind.TLS, "not_tls")
    assert "Check the port, or write http." in exchange.failure.detail


def test_plain_http_to_a_port_of_tls_is_told():
    with FaultServer(tls="good") as server:
        exchange = transport_for(server).send(Request("GET", server.url.replace("https:", "http:") + "/ok"))
        assert server.seen == []
    assert exchange.failure is not None
    assert exchange.failure.rule == "tls_port"
    assert exchange.failure.detail.endswith("and the address says http: write https.")


def test_a_certificate_that_is_its_own_authority_is_told_as_such(tmp_path):
    made = make_certificate("device.example", days=30, now=int(time.time()))
    (tmp_path / "key.pem").write_text(made.private_key_pem.reveal())
    (tmp_path / "cert.pem").write_text(made.chain_pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = FaultServer()
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with server:
        exchange = transport_for(server).send(Request("GET", f"https://localhost:{port_of(server)}/ok"))
    assert exchange.failure.rule == "unknown_ca"
    assert "is signed by itself (CN=device.example)" in exchange.failure.detail


def test_looking_at_a_certificate_goes_only_where_the_request_may_go():
    answers = Resolver({"localhost": [["127.0.0.1"], ["169.254.169.254"]]})
    with FaultServer(tls="expired") as server:
        exchange = transport_for(server, answers).send(Request("GET", f"{server.url}/ok"))
    assert (exchange.failure.rule, exchange.failure.detail) == ("expired", "The server's certificate has expired.")
    assert len(answers.asked) == 2


def test_nothing_is_sent_over_a_connection_that_is_not_verified():
    with FaultServer(tls="wrong_host") as server:
        transport_for(server).send(Request("POST", f"{server.url}/ok", (("Authorization", "Bearer x"),), b"secret"))
        assert server.seen == []


def test_a_missing_ca_file_is_the_administrators_to_mend(tmp_path):
    with FaultServer(tls="good") as server:
        transport = transport_for(server, ca_bundle=str(tmp_path / "missing.pem"))
        exchange = transport.send(Request("GET", f"{server.url}/ok"))
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS
    assert "administrator" in exchange.failure.detail


def test_no_policy_can_switch_verification_off():
    assert not {name for name in EgressPolicy.__dataclass_fields__ if "verify" in name or "insecure" in name}

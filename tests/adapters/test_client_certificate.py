"""A client certificate is shown to one far side, over TLS alone, and its key never becomes a file of a folder."""

import os
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from console.adapters import client_certificate
from console.adapters.connections import Refused, tls_context
from console.adapters.egress import EgressPolicy, parse_allow
from console.adapters.keyfiles import make_certificate, read_key_file
from console.adapters.transport import Transport
from console.core.credential import Secret
from console.core.exchange import Request, Response
from tests.adapters.support import transport_for
from tests.bound_side import BoundSide
from tests.vectors.bad_input.faultserver import FaultServer

NOW = 1_790_000_000
MADE = make_certificate("client", days=30, now=NOW)


@pytest.fixture
def side():
    with BoundSide() as running:
        yield running


def transport(side):
    return Transport(EgressPolicy(allow=parse_allow(f"127.0.0.1:{side.port}"), ca_bundle=str(side.ca_bundle)))


def certificate_of(side):
    key, chain = side.client_files()
    return read_key_file(key, None, chain, now=NOW, takes_ec=True).certificate


def test_it_is_shown_with_this_request_and_with_no_other(side):
    outside, certificate = transport(side), certificate_of(side)
    for shown in (certificate, None, certificate):
        exchange = outside.send(Request("GET", f"{side.url}/x"), certificate=shown)
        assert exchange.response.status == 200
        assert ("BEGIN CERTIFICATE" in exchange.request.client_certificate) == (shown is not None)
    assert [one["cert"] for one in side.seen] == [certificate.facts.x5t_s256, "", certificate.facts.x5t_s256]


def test_what_is_seen_of_it_is_the_certificate_and_never_the_key(side):
    exchange = transport(side).send(Request("GET", f"{side.url}/x"), certificate=certificate_of(side))
    assert exchange.request.client_certificate.count("-----BEGIN ") == 1
    assert "PRIVATE KEY" not in exchange.request.client_certificate


def test_over_plain_http_nothing_is_sent_even_where_secrets_may_go():
    with FaultServer() as server:
        exchange = transport_for(server).send(Request("GET", f"{server.url}/ok"), certificate=MADE)
        assert server.seen == []
    assert exchange.failure.rule == "scheme"
    assert exchange.failure.detail == (
        "A client certificate is shown over TLS, and this address is plain http. Write it with https."
    )


def test_what_is_answered_in_this_process_is_told_of_the_certificate():
    seen = []

    def answer(request):
        seen.append(request.client_certificate)
        return Response(200)

    local = Transport(EgressPolicy(), local={"http://sandbox.test/": answer})
    local.send(Request("GET", "http://sandbox.test/x"), certificate=MADE)
    assert seen == [MADE.chain_pem]


def test_a_server_that_does_not_trust_it_ends_the_connection_with_a_reason(side):
    exchange = transport(side).send(Request("GET", f"{side.url}/x"), certificate=MADE)
    assert exchange.response is None
    assert (exchange.failure.kind, exchange.failure.rule) == ("tls", "client_certificate")
    assert "did not accept the client certificate" in exchange.failure.detail
    assert side.seen == []


def test_a_server_that_demands_one_takes_it_from_an_authority_it_knows():
    with FaultServer(tls="client_cert") as server:
        exchange = transport_for(server).send(Request("GET", f"{server.url}/ok"), certificate=MADE)
    assert (exchange.failure.kind, exchange.failure.rule) == ("tls", "client_certificate")


def test_the_key_is_read_from_memory_and_nothing_is_left_open(monkeypatch):
    opened, real = [], os.memfd_create

    def memfd_create(*arguments):
        opened.append(real(*arguments))
        return opened[-1]

    monkeypatch.setattr(os, "memfd_create", memfd_create)
    monkeypatch.setattr("tempfile.mkstemp", lambda *args, **options: pytest.fail("a file was made"))
    before = _in_memory()
    client_certificate.context_showing(MADE, None)
    assert len(opened) == 1
    assert _in_memory() == before


def _in_memory():
    """The process's open files that lie in memory: others come and go with the threads of servers before."""
    links = [os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()]
    return sorted(link for link in links if "memfd:" in link)


def test_its_context_is_not_the_one_that_others_share():
    own = client_certificate.context_showing(MADE, None)
    assert own is not tls_context(None)
    assert (own.verify_mode, own.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("change", [{"private_key_pem": Secret("no key")}, {"chain_pem": "no certificate"}])
def test_a_key_that_does_not_fit_is_refused_in_words(change):
    with pytest.raises(Refused) as refused:
        client_certificate.context_showing(replace(MADE, **change), None)
    assert refused.value.failure.detail == (
        "The profile's certificate or its key is not taken by the TLS library; replace it on its page."
    )


def test_another_key_than_the_certificates_is_refused():
    other = make_certificate("other", days=30, now=NOW)
    with pytest.raises(Refused):
        client_certificate.context_showing(replace(MADE, private_key_pem=other.private_key_pem), None)

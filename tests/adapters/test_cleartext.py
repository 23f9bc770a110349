"""Tokens, keys and credentials go over https only, unless the operator listed the host for plain http."""

import pytest

from console.adapters.egress import EgressPolicy, check_secret, parse_allow
from console.adapters.transport import Transport
from console.core.exchange import Purpose, Request, Response
from tests.adapters.support import port_of
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def transport(server, flag=""):
    return Transport(EgressPolicy(allow=parse_allow(f"{flag}127.0.0.1:{port_of(server)}")))


# What is a secret without being told so: every token request, and a header that carries credentials.
SECRETS = {
    "said so": {"carries_secret": True},
    "a token request": {"purpose": Purpose.TOKEN},
    "an authorization header": {"headers": (("authorization", "Bearer abc"),)},
    "a cookie": {"headers": (("Cookie", "a=b"),)},
}


def send(way, server, *, headers=(), **how):
    return way.send(Request("GET", f"{server.url}/echo", headers), **how)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_not_sent_in_the_clear(server, secret):
    exchange = send(transport(server), server, **SECRETS[secret])
    assert (exchange.response, exchange.failure.rule) == (None, "scheme")
    assert "CONSOLE_EGRESS_ALLOW" in exchange.failure.detail


@pytest.mark.parametrize("secret", SECRETS)
def test_a_host_listed_with_http_gets_it(server, secret):
    assert send(transport(server, "http://"), server, **SECRETS[secret]).response.status == 200


def test_what_carries_no_secret_goes_over_plain_http(server):
    assert send(transport(server), server).response.status == 200


def test_what_is_answered_in_this_process_never_leaves_it():
    way = Transport(EgressPolicy(), local={"http://localhost:8000/": lambda request: Response(200)})
    assert way.send(Request("GET", "http://localhost:8000/x"), carries_secret=True).response.status == 200


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://anything.example/x", True),
        ("http://old.corp.example:8080/x", True),
        ("http://old.corp.example:8081/x", False),
        ("http://other.corp.example:8080/x", False),
        ("http://10.20.0.9:8080/x", True),
        ("http://10.21.0.9:8080/x", False),
        ("http://plain.corp.example/x", False),
    ],
)
def test_an_exception_is_one_host_or_range_with_one_port(url, may):
    allow = parse_allow("http://OLD.corp.example:8080, http://10.20.0.0/16:8080, plain.corp.example:80")
    assert (check_secret(EgressPolicy(allow=allow), url) is None) is may


@pytest.mark.parametrize("text", ["http://", "http://host", "http://host:80/path", "https://host:443", "ftp://h:21"])
def test_an_exception_that_cannot_be_read_is_refused_at_start(text):
    with pytest.raises(ValueError, match="allow-list entry"):
        parse_allow(text)

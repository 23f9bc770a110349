"""In proxy mode everything goes to the configured proxy, which then judges addresses."""

import socket
import threading

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.transport import Transport
from console.core.exchange import FailureKind, Request
from tests.patience import finish
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture
def refusing_proxy():
    """A proxy that answers any request with 403; yields its address and what it was sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heads: list[bytes] = []

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                heads.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://user:pw@127.0.0.1:{listener.getsockname()[1]}", heads
        finish(thread)


def through(proxy: str) -> Transport:
    return Transport(EgressPolicy(mode="proxy", proxy=proxy))


def test_a_plain_request_is_handed_to_the_proxy_with_its_whole_url():
    with FaultServer() as proxy:
        exchange = through(proxy.url).send(Request("GET", "http://api.example/path?q=1"))
    assert exchange.via_proxy
    assert exchange.response is not None, exchange.failure
    assert proxy.seen[0]["path"] == "http://api.example:80/path?q=1"
    assert proxy.seen[0]["headers"]["Host"].startswith("api.example")


def test_a_secure_request_opens_a_tunnel_and_a_refusal_of_the_proxy_is_named(refusing_proxy):
    url, heads = refusing_proxy
    exchange = through(url).send(Request("GET", "https://api.example/path", (("Authorization", "Bearer s3cr3t"),)))
    assert exchange.failure is not None
    assert (exchange.failure.kind, exchange.failure.rule) == (FailureKind.REFUSED, "proxy")
    assert heads[0].startswith(b"CONNECT api.example:443 ")
    assert b"Proxy-Authorization: Basic" in heads[0].replace(b"proxy-authorization: ", b"Proxy-Authorization: ")
    assert b"s3cr3t" not in heads[0], "the credential is for the far side, inside the tunnel"


def test_a_proxy_that_is_down_is_named_as_the_proxy():
    with socket.socket() as held:  # so that nothing else comes to listen there
        held.bind(("127.0.0.1", 0))
        proxy = through(f"http://127.0.0.1:{held.getsockname()[1]}")
        failure = proxy.send(Request("GET", "https://api.example/")).failure
    assert failure is not None
    assert (failure.kind, failure.rule) == (FailureKind.REFUSED, "proxy")

"""Sending a request, and answering it in process."""

from contextlib import ExitStack

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.slots import Slots
from console.adapters.transport import Observation, Transport
from console.core.exchange import Failure, FailureKind, Purpose, Request, Response
from tests.adapters.support import policy_for, port_of, transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture
def server():
    with FaultServer() as running:
        yield running


def test_an_answer_comes_back_whole_with_the_request_as_it_was_sent(server):
    request = Request("POST", f"{server.url}/echo?x=1", (("X-Tag", "1"), ("X-Tag", "2")), b"body")
    exchange = transport_for(server).send(request, purpose=Purpose.TOKEN)
    assert exchange.failure is None
    assert exchange.response is not None
    assert (exchange.response.status, exchange.response.is_cut) == (200, False)
    assert exchange.response.header("content-type") == "application/json"
    assert (exchange.purpose, exchange.is_local, exchange.via_proxy) == (Purpose.TOKEN, False, False)
    seen = server.seen[0]
    assert (seen["method"], seen["path"], seen["body"]) == ("POST", "/echo?x=1", b"body")
    assert seen["headers"]["Content-Length"] == "4"
    assert seen["headers"]["Host"] == f"127.0.0.1:{port_of(server)}"
    sent = dict(exchange.request.headers)
    assert {name: seen["headers"][name] for name in ("User-Agent", "Accept", "Accept-Encoding")} == {
        name: sent[name] for name in ("User-Agent", "Accept", "Accept-Encoding")
    }


def test_a_header_given_by_the_caller_replaces_the_default(server):
    request = Request("GET", f"{server.url}/ok", (("accept", "text/plain"),))
    sent = transport_for(server).send(request).request.headers
    assert [value for name, value in sent if name.lower() == "accept"] == ["text/plain"]


def test_what_is_typed_in_path_and_query_is_what_arrives(server):
    transport_for(server).send(Request("GET", f"{server.url}/a/../b//c%2F?q=1%202&r=[x]"))
    assert server.seen[0]["path"] == "/a/../b//c%2F?q=1%202&r=%5Bx%5D"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_the_answer_and_nothing_is_sent_to_its_target(server, status):
    with FaultServer() as other:
        url = f"{server.url}/redirect/{status}?to={other.url}/ok"
        exchange = transport_for(server).send(Request("POST", url, (("X-Api-Key", "k"),), b"client_secret=x"))
        assert other.seen == []
    assert exchange.response is not None
    assert exchange.response.status == status
    assert exchange.response.header("Location") == f"{other.url}/ok"
    assert len(server.seen) == 1


def test_neither_cookies_nor_the_environment_change_a_request(server, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login u password p\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    transport = transport_for(server)
    assert transport.send(Request("GET", f"{server.url}/xss")).failure is None
    assert transport.send(Request("GET", f"{server.url}/ok")).failure is None
    sent = [{name.lower() for name in seen["headers"]} for seen in server.seen]
    assert all(not names & {"cookie", "authorization", "proxy-authorization"} for names in sent)


def test_a_refused_header_or_method_sends_nothing(server):
    transport = transport_for(server)
    header = transport.send(Request("GET", f"{server.url}/ok", (("Host", "evil.example"),)))
    method = transport.send(Request("CONNECT", f"{server.url}/ok"))
    odd = transport.send(Request("GET /x HTTP/1.1\r\nX:", f"{server.url}/ok"))
    assert [exchange.failure.rule for exchange in (header, method, odd) if exchange.failure] == [
        "header",
        "method",
        "method",
    ]
    assert server.seen == []


def test_the_observer_learns_where_to_and_how_it_ended_but_no_path_query_or_header(server):
    seen: list[Observation] = []
    transport = Transport(policy_for(server), observer=seen.append)
    transport.send(Request("GET", f"{server.url}/status/404?token=s3cr3t", (("Authorization", "Bearer s3cr3t"),)))
    transport.send(Request("GET", "https://10.0.0.5/s3cr3t"))
    answered, refused = seen
    assert (answered.method, answered.origin, answered.verdict) == ("GET", server.url, "404")
    assert (answered.size_bytes, answered.address) == (13, "127.0.0.1")
    assert (refused.origin, refused.verdict, refused.address) == (
        "https://10.0.0.5:443",
        "blocked_address address",
        "",
    )
    assert "s3cr3t" not in repr(seen)


def test_calls_above_the_limit_of_the_process_are_busy_at_once(server):
    slots = Slots(4, each=2)
    transport = Transport(policy_for(server), slots=slots, share="mine")
    with ExitStack() as held:
        for share in ("a", "b", "c"):
            held.enter_context(slots.hold(share))
        assert transport.send(Request("GET", f"{server.url}/ok")).failure is None
        with slots.hold("d"):
            busy = transport.send(Request("GET", f"{server.url}/ok")).failure
    assert busy is not None
    assert busy.kind is FailureKind.BUSY
    assert transport.send(Request("GET", f"{server.url}/ok")).failure is None, "the slots were given back"
    assert len(server.seen) == 2


def _hello(request: Request) -> Response | Failure:
    return Response(200, "OK", (), request.url.encode())


def _local(handler=_hello, **changes) -> Transport:
    return Transport(EgressPolicy(**changes), local={"http://localhost:8000/sandbox/": handler})


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000/sandbox/x/token?a=1", "http://LOCALHOST:8000/sandbox/", "http://localhost:8000/sandbox?a"],
)
def test_a_request_below_the_local_prefix_is_answered_in_process(url):
    exchange = _local().send(Request("GET", url))
    assert exchange.is_local
    assert exchange.response is not None
    assert exchange.response.body == url.encode()


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/admin/",
        "http://localhost:8000/sandboxes/",
        "http://localhost:8000/sandbox/../admin/",
        "http://localhost:8000/sandbox/%2e%2E/admin/",
        "http://localhost:8000/sandbox/x/..",
        "http://localhost:8000@127.0.0.1/sandbox/",
        "http://u@localhost:8000/sandbox/",
        "http://localhost:8001/sandbox/",
        "https://localhost:8000/sandbox/",
        "http://localhost.:8000/sandbox/",
        "http://localhost:8000\\sandbox/",
    ],
)
def test_what_only_resembles_the_local_prefix_is_judged_as_any_other_url(url):
    exchange = _local().send(Request("GET", url))
    assert not exchange.is_local
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.BLOCKED_ADDRESS


def test_a_local_handler_may_play_an_unreachable_server():
    down = Failure(FailureKind.REFUSED, "Nothing listens.")
    exchange = _local(lambda request: down).send(Request("GET", "http://localhost:8000/sandbox/x"))
    assert (exchange.response, exchange.failure, exchange.is_local) == (None, down, True)


def test_a_local_answer_is_cut_at_the_same_size():
    transport = _local(lambda request: Response(200, body=b"x" * 11), max_body_bytes=10)
    exchange = transport.send(Request("GET", "http://localhost:8000/sandbox/x"))
    assert exchange.response is not None and exchange.failure is not None
    assert (exchange.response.body, exchange.response.is_cut) == (b"x" * 10, True)
    assert exchange.failure.kind is FailureKind.TOO_LARGE


def test_a_url_can_be_judged_before_it_is_called():
    transport = _local()
    assert transport.check("https://api.example/") is None
    assert transport.check("http://localhost:8000/sandbox/x") is None
    refused = transport.check("http://localhost:8000/x")
    assert refused is not None
    assert refused.rule == "port"


def test_a_local_prefix_that_is_no_url_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="not a URL"):
        Transport(EgressPolicy(), local={"sandbox/": _hello})

"""Every way a server misbehaves ends in a named result, inside the deadline, with what arrived."""

import tracemalloc

import pytest

from console.core.exchange import FailureKind, Request
from tests.adapters.support import DEADLINE_S, transport_for
from tests.far_sides import end_when_dripped
from tests.patience import LONG_S
from tests.vectors.bad_input.faultserver import FaultServer

FAULTS = [
    # path, failure kind, rule, status, body length (None: no answer)
    ("slow/40", FailureKind.TIMEOUT, "total", None, None),
    ("hang", FailureKind.TIMEOUT, "total", None, None),
    ("drip-headers", FailureKind.TIMEOUT, "total", 200, 0),
    ("close", FailureKind.RESET, "", None, None),
    ("reset", FailureKind.RESET, "", None, None),
    ("half", FailureKind.ENDED_EARLY, "", 200, 3),
    ("chunk-bad", FailureKind.ENDED_EARLY, "", 200, 0),
    ("endless", FailureKind.TOO_LARGE, "", 200, 1_000_000),
    ("huge/100", FailureKind.TOO_LARGE, "", 200, 1_000_000),
    ("gzip-broken", FailureKind.BAD_HTTP, "encoding", 200, 0),
    ("headers/200", FailureKind.BAD_HTTP, "", None, None),
    ("header-long", FailureKind.BAD_HTTP, "", None, None),
    ("dup-length", FailureKind.BAD_HTTP, "", None, None),
    ("http09", FailureKind.BAD_HTTP, "", None, None),
    ("garbage", FailureKind.BAD_HTTP, "", None, None),
    ("bad-status", FailureKind.BAD_HTTP, "", None, None),
]
# The others end by themselves: under a deadline, a busy machine would end them as something else.
DEADLINES = {
    "slow/40": {"deadline_s": DEADLINE_S},
    "hang": {"deadline_s": DEADLINE_S},
    "drip-headers": {"deadline_s": LONG_S},
}


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


@pytest.mark.parametrize(("path", "kind", "rule", "status", "size"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_named_and_keeps_what_arrived(server, monkeypatch, path, kind, rule, status, size):
    if path.startswith("drip"):
        end_when_dripped(monkeypatch, server)
    exchange = transport_for(server, **DEADLINES.get(path, {})).send(Request("GET", f"{server.url}/{path}"))
    assert exchange.failure is not None
    assert (exchange.failure.kind, exchange.failure.rule) == (kind, rule)
    assert exchange.failure.detail.endswith(".") and "127.0.0.1" not in exchange.failure.detail
    if status is None:
        assert exchange.response is None
    else:
        assert exchange.response is not None
        assert (exchange.response.status, len(exchange.response.body), exchange.response.is_cut) == (status, size, True)


@pytest.mark.parametrize(
    ("path", "status", "size"),
    [
        ("ok", 200, 11),
        ("status/404", 404, 13),
        ("html/502", 502, 68),
        ("continue/500", 200, 2),
        ("header-bytes", 200, 2),
        ("binary", 200, 256),
        ("gzip-layers/3", 200, None),
        ("deflate-bomb/1", 200, None),
        ("encoding-unknown", 200, 3),
        ("redirect-loop", 302, 0),
        ("redirect-empty", 302, 0),
        ("json-deep", 200, 100_000),
        ("secret-echo", 401, None),
    ],
)
def test_an_odd_but_valid_answer_is_kept_as_it_came(server, path, status, size):
    exchange = transport_for(server).send(Request("GET", f"{server.url}/{path}"))
    assert exchange.failure is None and exchange.response is not None
    assert (exchange.response.status, exchange.response.is_cut) == (status, False)
    assert size is None or len(exchange.response.body) == size


def test_a_dripping_body_ends_at_the_total_deadline_and_its_bytes_are_kept(server, monkeypatch):
    end_when_dripped(monkeypatch, server)
    exchange = transport_for(server).send(Request("GET", f"{server.url}/drip-body/0.1"), deadline_s=LONG_S)
    assert exchange.failure is not None and exchange.response is not None
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert exchange.failure.detail == "The answer was not complete within 300 seconds."
    assert exchange.response.body == b"x"
    assert exchange.response.is_cut


def test_a_gzip_bomb_costs_no_more_memory_than_its_cap_allows(server):
    transport = transport_for(server)
    tracemalloc.start()
    try:
        exchange = transport.send(Request("GET", f"{server.url}/gzip-bomb/200"))
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert exchange.response is not None and exchange.failure is not None
    assert (len(exchange.response.body), exchange.failure.kind) == (1_000_000, FailureKind.TOO_LARGE)
    assert peak_bytes < 20_000_000


@pytest.mark.parametrize(("limit", "is_cut"), [(10, True), (11, False), (12, False)])
def test_the_size_limit_is_exact(server, limit, is_cut):
    exchange = transport_for(server).send(Request("GET", f"{server.url}/ok"), max_body_bytes=limit)
    assert exchange.response is not None
    assert exchange.response.is_cut is is_cut
    assert exchange.response.body == b'{"ok":true}'[:limit]


def test_a_head_request_has_no_body_and_is_complete(server):
    exchange = transport_for(server).send(Request("HEAD", f"{server.url}/gzip-broken"))
    assert exchange.failure is None and exchange.response is not None
    assert exchange.response.body == b""


def test_nothing_is_sent_twice(server):
    before = len(server.seen)
    transport_for(server).send(Request("POST", f"{server.url}/reset", (), b"x"))
    transport_for(server).send(Request("POST", f"{server.url}/status/503", (), b"x"))
    assert len(server.seen) == before + 2

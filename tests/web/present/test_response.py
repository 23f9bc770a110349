"""An answer in words: its time by parts, its headers with what each is for."""

from console.core.exchange import Exchange, Request, Response, Timings
from console.web.present.response import WIDTH, explained_headers, timings_view


def exchange(status=200, headers=(), *, timings=None, elapsed_ms=50, **named):
    answer = Response(status, "", headers, b"{}")
    return Exchange(Request("GET", "https://a.example/"), answer, None, 0.0, elapsed_ms, timings=timings, **named)


def test_the_time_is_told_by_measured_parts_on_one_scale():
    view = timings_view(exchange(timings=Timings(2_000, 8_000, 14_000, 12_000, 450)))
    assert [(row["name"], row["text"], row["phase"]) for row in view["rows"]] == [
        ("name", "2.0 ms", 1),
        ("connection", "8.0 ms", 2),
        ("TLS", "14 ms", 3),
        ("waiting", "12 ms", 4),
        ("reading", "0.5 ms", 5),
    ]
    assert view["rows"][2]["x"] == 200.0
    assert view["summary"] == "TLS took 14 ms of 50 ms"
    assert view["told"] == "50 ms in all: name 2.0 ms, connection 8.0 ms, TLS 14 ms, waiting 12 ms, reading 0.5 ms"


def test_what_was_not_measured_is_not_shown():
    assert timings_view(exchange()) is None
    assert timings_view(exchange(timings=Timings())) is None
    view = timings_view(exchange(timings=Timings(first_byte_us=3_000, body_us=0), via_proxy=True))
    assert [row["name"] for row in view["rows"]] == ["waiting", "reading"]
    assert view["note"] == "A proxy opened the connection, so what came before is not measured."


def test_parts_that_round_to_more_than_the_whole_stay_inside_the_bar():
    view = timings_view(exchange(timings=Timings(connect_us=700, first_byte_us=700, body_us=700), elapsed_ms=0))
    assert sum(row["width"] for row in view["rows"]) <= WIDTH + 1


def test_headers_are_explained_and_missed():
    view = explained_headers(exchange(401, (("Retry-After", "30"), ("x-own", "1"), ("X-Api-Key", "***"))))
    first, own, masked = view["rows"]
    assert (first["reading"], first["url"]) == ("That is 30 seconds.", "/reference/response-headers/retry-after/")
    assert first["about"].startswith("How long to wait")
    assert (own["about"], own["url"], own["is_masked"], masked["is_masked"]) == ("", "", False, True)
    assert [row["name"] for row in view["absent"]] == ["WWW-Authenticate"]
    assert view["summary"] == "3 response headers, 1 explained"

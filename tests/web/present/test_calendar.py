"""The calendar as RFC 5545 has it: lines, folding, escaping, whole days; read by a library that did not write it."""

from datetime import UTC, date, datetime

import pytest
from ical.calendar_stream import IcsCalendarStream

from console.core.ending import DAY_S, Ending, EndKind, end_of_day
from console.services.calendar_feeds import ReadCalendar
from console.web.present.calendar import calendar_text, etag_of

CONSOLE = "https://console.example"
TYPED = int(datetime(2026, 11, 2, 8, 30, 5, tzinfo=UTC).timestamp())
END = end_of_day(date(2027, 5, 31))
ONE = Ending(EndKind.SECRET, "p1", "Orders", "entra", END, TYPED, frozenset(), owner="ina@example.com")
NAMES = (
    "Orders",
    "Ordre, retur; og «faktura»",
    "back\\slash and \\n no line end",
    'quotes "and" colons: here',
    "ø" * 200,
    "🔑" * 90,
    "x" * 74,
    "a" + "é" * 100 + "🔑",
    "BEGIN:VEVENT",
)


def named(name, **changes):
    values = {"kind": EndKind.SECRET, "of_id": "p1", "name": name, "provider": "entra"}
    return Ending(**{**values, "ends_at": END, "dated_at": TYPED, "owner": "ina@example.com", **changes})


def written(*endings):
    return calendar_text(ReadCalendar(endings, CONSOLE))


def read(content):
    return IcsCalendarStream.calendar_from_ics(content.decode("utf-8"))


def test_the_whole_calendar():
    assert written(named("Orders")).decode() == "\r\n".join([
        "BEGIN:VCALENDAR",
        "PRODID:-//Token Console//What ends//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "NAME:What ends (Token Console)",
        "X-WR-CALNAME:What ends (Token Console)",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "BEGIN:VEVENT",
        "UID:secret.p1@token-console",
        "DTSTAMP:20261102T083005Z",
        "DTSTART;VALUE=DATE:20270531",
        "DTEND;VALUE=DATE:20270601",
        "SUMMARY:Client secret of Orders ends",
        "DESCRIPTION:Create a new client secret under Certificates & secrets\\, and ",
        " copy its Value. Then store it here\\, with its date.\\nOwner: ina@example.co",
            " m",
        "URL:https://console.example/profiles/p1/#credential",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ])  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_lines_end_and_fold_as_they_must(name):
    content = written(named(name))
    lines = content.split(b"\r\n")
    assert (lines[-1], b"\r" in content.replace(b"\r\n", b""), b"\n" in content.replace(b"\r\n", b"")) == (
        b"",
        False,
        False,
    )
    assert max(len(line) for line in lines) <= 75, "octets, without the line break (section 3.1)"
    for line in lines:
        line.decode("utf-8")  # no character is cut in two: some programs read lines before they join them


@pytest.mark.parametrize("name", NAMES)
def test_another_library_reads_the_same(name):
    (event,) = read(written(named(name))).events
    assert event.summary == f"Client secret of {name} ends"
    assert (event.dtstart, event.dtend) == (date(2027, 5, 31), date(2027, 6, 1))
    assert event.dtstamp == datetime(2026, 11, 2, 8, 30, 5, tzinfo=UTC)
    assert event.description.endswith("\nOwner: ina@example.com")


def test_each_thing_has_an_event_of_its_own_that_stays_the_same_when_its_date_moves():
    ends = [named("Orders", kind=kind, of_id=of_id) for kind in EndKind for of_id in ("p1", "p2")]
    ids = [event.uid for event in read(written(*ends)).events]
    assert len(set(ids)) == len(ends)
    moved = [
        event.uid
        for event in read(
            written(*(named("New", kind=o.kind, of_id=o.of_id, ends_at=END + 9 * DAY_S) for o in ends))
        ).events
    ]
    assert moved == ids


def test_the_day_is_that_of_the_end_in_utc():
    for moment, day in ((END, date(2027, 5, 31)), (END + 1, date(2027, 6, 1)), (END - DAY_S + 1, date(2027, 5, 31))):
        (event,) = read(written(named("Orders", ends_at=moment))).events
        assert event.dtstart == day


def test_an_empty_calendar_is_a_calendar():
    assert read(written()).events == []


def test_the_same_content_is_the_same_bytes():
    assert (written(ONE), etag_of(written(ONE))) == (written(ONE), etag_of(written(ONE)))
    assert etag_of(written(ONE)) != etag_of(written(named("Other")))

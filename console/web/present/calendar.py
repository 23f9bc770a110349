"""The calendar of what ends as iCalendar text (RFC 5545): one event of a whole day for each."""

import hashlib
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from console.core.ending import Ending, what_to_do
from console.services.calendar_feeds import ReadCalendar

PRODUCT = "-//Token Console//What ends//EN"
NAME = "What ends (Token Console)"


def calendar_text(read: ReadCalendar) -> bytes:
    """The same bytes for the same content: nothing of it is of the moment at which it is read.

    No alarm: programs leave out those of calendars that they subscribe to, and the console reminds by mail.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", NAME)  # RFC 7986 section 5.1
    calendar.add("x-wr-calname", NAME)  # what programs read that are older than it
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})  # RFC 7986 section 5.7
    calendar.add("x-published-ttl", "P1D")
    for one in read.endings:
        calendar.add_component(_event(one, read.console))
    return bytes(calendar.to_ical(sorted=False))


def _event(one: Ending, console: str) -> Event:
    """DTSTAMP is when the date became known: without METHOD it is the last revision (RFC 5545 section 3.8.7.2)."""
    kind = f"{one.kind.value[:1].upper()}{one.kind.value[1:]}"
    day = datetime.fromtimestamp(one.ends_at or 0, UTC).date()
    event = Event()
    part = f".{hashlib.sha256(one.part.encode()).hexdigest()[:16]}" if one.part else ""
    event.add("uid", f"{one.kind.name.lower().replace('_', '-')}.{one.of_id}{part}@token-console")
    event.add("dtstamp", datetime.fromtimestamp(one.dated_at or 0, UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{kind} of {one.name} ends")
    event.add("description", f"{what_to_do(one.kind, one.provider)}\nOwner: {one.owner}")
    event.add("url", f"{console}{one.path}")
    event.add("transp", "TRANSPARENT")  # nobody is busy that day
    event.add("class", "PRIVATE")
    return event


def etag_of(content: bytes) -> str:
    """A strong validator (RFC 9110 section 8.8.3)."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'

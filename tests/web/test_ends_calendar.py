"""The calendar at an address of its own: for whoever has it, until it is taken back, and in no log."""

import logging
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from ical.calendar_stream import IcsCalendarStream

from console.adapters.log import mask_links
from console.core.actor import Role
from console.core.credential import Secret
from console.core.ending import end_of_day
from console.models import AuditEntry, CalendarFeed
from console.services import calendar_feeds, people, profiles
from console.store import calendar_feeds as store
from tests.services.builders import person
from tests.services.test_profiles import CLIENT, TENANT, draft
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db

SECRET = "s8~canary-secret-5f7a"
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def owner():
    made = person()
    profile = profiles.create(made, draft(name="Orders, test"))
    profiles.replace_secret(made, profile.id, Secret(SECRET), ends_at=end_of_day(datetime(2026, 12, 8).date()))
    profiles.replace_subscription_key(made, profile.id, Secret("key-canary-8"))
    return made


@pytest.fixture
def path(owner):
    return calendar_feeds.make(owner).removeprefix("http://localhost:8000")


def said():
    return list(AuditEntry.objects.filter(action__contains="calendar").order_by("pk").values_list("action", flat=True))


def test_it_is_made_by_a_button_after_a_proof_and_shown_once(owner):
    client = signed_in(owner)
    assert client.post("/ends/address/").status_code == 302
    prove(client)
    made = client.post("/ends/address/")
    address = re.search(r'id="calendar-address">(?:<bdi[^>]*>)?([^<]+)<', made.text)[1]
    token = re.fullmatch(r"http://localhost:8000/ends/calendar/([\w-]{43})\.ics", address)[1]
    assert token not in client.get("/ends/").text
    assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200
    row = CalendarFeed.objects.get()
    assert token not in row.token_hash
    assert made.headers["Cache-Control"] == "no-store, private"


def test_who_has_the_address_reads_what_its_owner_may_see_and_no_secret(path):
    answer = Client().get(path)
    (event,) = IcsCalendarStream.calendar_from_ics(answer.content.decode()).events
    assert (event.summary, str(event.dtstart)) == ("Client secret of Orders, test ends", "2026-12-08")
    text = answer.content.decode().replace("\r\n ", "")
    assert [one for one in (SECRET, "key-canary-8", CLIENT, TENANT) if one in text] == []


def test_its_headers(path):
    answer = Client().get(path)
    assert {
        name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    } == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert answer.cookies == {}


def test_what_did_not_change_is_not_sent_again(path, owner):
    tag = Client().get(path).headers["ETag"]
    again = Client().get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == "private, no-store"
    assert Client().get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    profiles.create(owner, draft(name="Undated"))
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304


def test_head_is_answered_and_nothing_else(path):
    head = Client().head(path)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(path).status_code == 405


def shape(answer):
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k != "Content-Length"}


def test_unknown_taken_back_replaced_and_closed_look_the_same(owner, path):
    unknown = shape(Client().get(f"/ends/calendar/{'A' * 43}.ics"))
    assert unknown[:2] == (404, b"There is no calendar at this address.\n")
    newer = calendar_feeds.make(owner).removeprefix("http://localhost:8000")
    replaced = shape(Client().get(path))
    people.set_roles(person("ada@example.com", Role.ADMIN), owner.user_id, roles=owner.roles, is_active=False)
    closed = shape(Client().get(newer))
    people.set_roles(person("eva@example.com", Role.ADMIN), owner.user_id, roles=owner.roles, is_active=True)
    signed_in(owner).post("/ends/address/take-back/")
    taken = shape(Client().get(newer))
    odd = [shape(Client().get(f"/ends/calendar/{one}.ics")) for one in ("x", "%F0%9F%94%91", "a" * 3000, "a.ics", "..")]
    assert {str(one) for one in (replaced, closed, taken, *odd)} == {str(unknown)}


def test_wrong_addresses_have_a_rate_and_a_right_one_is_always_answered(path, time_machine):
    client = Client(REMOTE_ADDR="198.51.100.7")
    answers = [client.get(f"/ends/calendar/{number}.ics") for number in range(40)]
    assert {one.status_code for one in answers[:30]} == {404}
    assert answers[39].status_code == 429
    assert int(answers[39].headers["Retry-After"]) > 0
    assert client.get(path).status_code == 200
    assert Client(REMOTE_ADDR="198.51.100.8").get("/ends/calendar/x.ics").status_code == 404
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC), tick=False)
    assert client.get("/ends/calendar/x.ics").status_code == 404


def test_made_taken_back_and_the_first_reading_are_audited(owner, path):
    for _ in range(3):
        Client(REMOTE_ADDR="198.51.100.7").get(path)
    calendar_feeds.take_back(owner)
    calendar_feeds.take_back(owner)
    assert said() == ["calendar address made", "calendar read for the first time", "calendar address taken back"]
    read = AuditEntry.objects.get(action="calendar read for the first time")
    assert (read.address, owner.email in read.who) == ("198.51.100.7", True)
    calendar_feeds.make(owner)
    assert said()[3:] == ["calendar address made"]


def test_its_owner_sees_when_it_was_read(owner, path, time_machine):
    assert "not read yet" in signed_in(owner).get("/ends/").text
    Client().get(path)
    time_machine.move_to(NOON.replace(hour=15), tick=False)
    assert "read last 3 h ago" in signed_in(owner).get("/ends/").text


def test_it_outlives_the_key_under_which_it_was_kept(path, owner, settings, monkeypatch):
    token = path.removeprefix("/ends/calendar/").removesuffix(".ics")
    first, second = "k1:" + "A" * 43 + "=", "k2:" + "B" * 43 + "="
    old = settings.CONSOLE_SECRET_KEYS
    before = CalendarFeed.objects.get().token_hash
    settings.CONSOLE_SECRET_KEYS = f"{second},{old}" if old else f"{second},{first}"
    assert store.find(Secret(token)) is not None
    after = CalendarFeed.objects.get().token_hash
    assert (after != before, after.startswith("k2.")) == (True, True)


def test_no_log_holds_the_address(path, caplog):
    token = path.removeprefix("/ends/calendar/").removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        answer = Client().get(path)
        Client().get(f"/ends/calendar/{token}x.ics")
    assert answer.wsgi_request.META["console.address"] == "/ends/calendar/***"
    assert token not in caplog.text
    assert mask_links(f"GET {path}?a=1 200") == "GET /ends/calendar/***?a=1 200"
    assert token not in " ".join(f"{one.detail} {one.object_id}" for one in AuditEntry.objects.all())

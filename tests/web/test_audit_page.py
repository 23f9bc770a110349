"""Administrators find an entry of the audit trail, page through it, and take it along; nobody else does."""

import csv
import io
import json
import re
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.actor import SYSTEM, Role
from console.core.audit.actions import Action, groups
from console.core.audit.filter import AuditFilter
from console.models import AuditEntry
from console.services import audit_trail, cases, profiles
from console.store import audit, json_text
from tests.services.builders import person
from tests.store import builders
from tests.trail import without_triggers
from tests.web.people import owned, prove, signed_in

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db

PAGE = "/people/audit/"
DAY = 1_790_000_000  # 2026-09-21 14:13:20 UTC
ID = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


@pytest.fixture
def ada():
    return person("root@example.com", Role.ADMIN)


@pytest.fixture
def boss(ada):
    return signed_in(ada)


def append(who=SYSTEM, action=Action.PROFILE_CHANGED, **changes):
    values = {"object_kind": "profile", "object_id": ID, "result": "done", "now": DAY, "address": "192.0.2.7"}
    audit.append(who, action, **{**values, **changes})


def many(count, first=0):
    """Entries as a table holds them, without the hours that a real chain of so many takes."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            happened_at=DAY + number,
            who=json_text.dump("ina@example.com"),
            action="call sent",
            object_kind="profile",
            object_id=json_text.dump(ID),
            result="answered",
            address="192.0.2.7",
            detail=json_text.dump(f"entry {number}: " + "GET https://api.example 200; " * 12),
            previous_hash=f"p{number}",
            entry_hash=f"h{number}",
        )
        for number in range(first, first + count)
    )


def shown(page):
    """The details that the page lists: each test writes another into each entry."""
    return re.findall(r'data-label="Detail"><bdi class="untrusted">([^<]*)</bdi>', page.text.replace("<wbr>", ""))


FILTERS = {
    "who=ina%40example.com": ["one"],
    "who=INA%40Example.com": ["one"],
    "who=ina%40example": [],
    "who=system": ["four", "three", "two"],
    "action=api+published": ["two"],
    "action=any:+People": ["three"],
    "kind=API": ["two"],
    "kind=person": ["four", "three"],
    f"object={ID}": ["one"],
    "object=8b1807f9": ["one"],
    "object=%233": ["three"],
    "kind=person&object=%2333": ["four"],
    "result=refused": ["four"],
    "since=2026-09-21T14:14": ["four", "three", "two"],
    "until=2026-09-21T14:13": ["one"],
    "since=2026-09-21T14:15&until=2026-09-21+14:15": ["three"],
    "since=2026-09-22": [],
    "who=system&result=done&kind=person": ["three"],
    "": ["four", "three", "two", "one"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_shows_what_it_names_and_nothing_else(query, boss):
    ina = person()
    append(ina, detail="one")
    append(action=Action.API_PUBLISHED, object_kind="API", object_id=builders.new_id(), now=DAY + 60, detail="two")
    append(
        action=Action.ROLES_CHANGED, object_kind="person", object_id="#3 x@example.com", now=DAY + 120, detail="three"
    )
    about = {"object_kind": "account", "object_id": "#33 y@example.com", "result": "refused"}
    append(action=Action.SIGN_IN_FAILED, now=DAY + 180, detail="four", **about)
    page = boss.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert shown(page) == FILTERS[query]


@pytest.mark.parametrize("spelled", ["2026-09-22", "2026-09-22 00:00", "2026-09-22T02:00%2B02:00"])
def test_a_time_stays_in_the_form_however_the_address_spelled_it(spelled, boss):
    page = boss.get(f"{PAGE}?since={spelled}")
    assert 'name="since" value="2026-09-22T00:00"' in page.text


@pytest.mark.parametrize("query", ["since=0001-01-01T00:00%2B23:00", "until=9999-12-31T23:59-23:00"])
def test_a_time_that_its_offset_leads_out_of_the_calendar_is_no_time(query, boss):
    page = boss.get(f"{PAGE}?{query}")
    assert page.status_code == 422
    assert "is not a time" in page.text
    bare = boss.get(f"{PAGE}?{query[:22]}")
    assert bare.status_code == 200


def test_every_action_is_offered_once_in_a_group_of_words():
    offered = [action for actions in groups().values() for action in actions]
    assert offered == list(Action)
    assert all(groups().values())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=yesterday", "“yesterday” is not a time; one looks like 2026-11-28 14:05."),
        ("since=2026-09-22&until=2026-09-21", "This is before the time it begins at. Choose a later one."),
        ("action=hacked", "“hacked” is not offered here. Choose one of the list."),
        ("who=ina%00", "Null characters are not allowed."),
    ],
)
def test_a_filter_that_cannot_be_meant_is_told_and_shows_no_entries(query, sentence, boss):
    append(detail="one")
    page = boss.get(f"{PAGE}?{query}")
    assert page.status_code == 422
    assert sentence in page.text
    assert shown(page) == []


def pages(boss, query=""):
    """What each page lists, by following "Older" from the newest on; and the address of the last one."""
    found, address = [], f"{PAGE}{query}"
    while address:
        page = boss.get(address)
        found.append(shown(page))
        last, address = address, link(page, "older")
    return found, last


def link(page, name):
    found = re.search(rf'id="{name}" href="([^"]+)"', page.text)
    return PAGE + found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 101])
def test_paging_shows_each_entry_that_fits_once_at_every_border_and_leads_back(count, boss, ada):
    many(count)
    append(detail="another's")
    found, last = pages(boss, "?who=ina%40example.com")
    assert [len(entries) for entries in found] == ([50] * (count // 50) + [count % 50] * bool(count % 50) or [0])
    assert [detail.split(":")[0] for page in found for detail in page] == [f"entry {n}" for n in range(count)[::-1]]
    back = []
    while last:
        page = boss.get(last)
        back.append(shown(page))
        last = link(page, "newer")
    assert back[-1] == found[0]
    assert len(back) == len(found)


def test_a_page_costs_as_many_queries_with_fifty_entries_of_all_kinds_as_with_one(owned, boss, ada):
    _, ids = owned
    without_triggers(lambda: AuditEntry.objects.all().delete())
    kinds = [("profile", "profile_id"), ("api", "api_id"), ("case", "case_id"), ("attempt", "attempt_id")]
    append(object_id=ids["profile_id"])
    for kind, name in kinds:
        append(object_kind=kind, object_id=ids[name])
    boss.get(PAGE)  # the first one of a session writes when it was seen
    with CaptureQueriesContext(connection) as few:
        assert boss.get(PAGE).status_code == 200
    for kind, name in kinds * 15:
        append(object_kind=kind, object_id=ids[name])
        append(object_kind=kind, object_id=builders.new_id())
    with CaptureQueriesContext(connection) as full:
        assert len(re.findall(r'data-label="Who"', boss.get(PAGE).text)) == 50
    assert len(full) == len(few)


def test_objects_are_shown_by_name_with_a_link_where_the_administrator_may_open_them(owned, boss):
    actor, ids = owned
    profile = profiles.open_profile(actor, "view", ids["profile_id"])
    gone = builders.new_id()
    without_triggers(lambda: AuditEntry.objects.all().delete())
    append(object_id=profile.id)
    append(object_kind="case", object_id=ids["case_id"])
    append(object_kind="attempt", object_id=ids["attempt_id"])
    append(object_id=gone)
    append(object_kind="person", object_id="#7 old@example.com")
    page = boss.get(PAGE).text
    assert f'profile <bdi class="untrusted">{profile.name}</bdi>' in page  # an integrator's own: no page for others
    title = cases.open_case(actor, ids["case_id"]).record.title
    assert f'<a href="/cases/{ids["case_id"]}/"><bdi class="untrusted">{title}</bdi></a>' in page
    assert f'attempt <bdi class="untrusted">{ids["attempt_id"][:8]}…</bdi>' in page
    assert f'profile <bdi class="untrusted">{gone[:8]}…</bdi>' in page
    assert 'person <bdi class="untrusted">old@<wbr>example<wbr>.com</bdi>' in page
    assert f'href="?kind=profile&amp;object={gone}"' in page
    assert 'href="?kind=person&amp;object=%237"' in page


def test_a_row_that_was_changed_by_hand_is_shown_as_it_is(boss):
    append(detail="one")
    without_triggers(lambda: AuditEntry.objects.filter(detail='"one"').update(who="not JSON", detail="[1]"))
    assert shown(boss.get(PAGE)) == ["[1]"]


@pytest.mark.sqlite  # SQLite tells the index by its name, also of a small table
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (AuditFilter(who="ina@example.com"), "audit_by_who"),
        (AuditFilter(actions=("api made",)), "audit_by_action"),
        (AuditFilter(kinds=("case",)), "audit_by_kind"),
        (AuditFilter(object_id=ID), "audit_by_object"),
        (AuditFilter(result="refused"), "audit_by_result"),
        (AuditFilter(since=1, until=2), "audit_by_time"),
    ],
)
def test_a_filter_reads_an_index_and_not_the_whole_trail(wanted, index):
    with CaptureQueriesContext(connection) as asked:
        audit.recent(wanted=wanted, limit=1)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
        plan = " ".join(str(row[3]) for row in cursor.fetchall())
    assert index in plan


def exported(client, kind="csv", query=""):
    answer = client.post(f"{PAGE}export/{kind}/{query}")
    assert answer.status_code == 200, answer.headers
    assert answer.headers["Content-Disposition"] == f'attachment; filename="audit-trail.{kind}"'
    return b"".join(answer.streaming_content)


def test_an_export_holds_what_the_filter_names_oldest_first_and_is_itself_an_entry(boss, ada):
    prove(boss)
    append(person(), detail="one, two", object_id=builders.ODD)
    append(person("uma@example.com"), detail="others'")
    append(now=DAY + 5, detail="three")
    rows = list(
        csv.DictReader(io.StringIO(exported(boss, query="?kind=profile&who=ina%40example.com").decode("utf-8-sig")))
    )
    (row,) = rows
    told = (row["time"], row["who"], row["action"], row["object_kind"], row["result"], row["address"], row["detail"])
    assert told == (
        *("2026-09-21T14:13:20Z", "ina@example.com", "profile changed", "profile", "done", "192.0.2.7"),
        "one, two",
    )
    newest = audit.recent(limit=1)[0]
    assert (newest.who, newest.action, newest.detail) == (
        ada.email,
        "audit trail exported",
        "as CSV: who ina@example.com, kind profile",
    )
    lines = [json.loads(line) for line in exported(boss, "jsonl").splitlines()]
    assert [line["number"] for line in lines] == sorted(line["number"] for line in lines)
    assert lines[-1]["detail"] == "as JSON lines: everything"
    assert [line["object_id"] for line in lines if line["detail"] == "one, two"] == [builders.ODD]
    assert lines[-1]["entry_hash"] == AuditEntry.objects.order_by("-id").first().entry_hash


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("name;=1+1", "name;'=1+1"),
        ('x","=1', 'x","=1'),
        ("a - b, c = d; e", "a - b, c = d; e"),
    ],
)
def test_no_cell_of_an_export_is_run_by_a_spreadsheet(text, cell, boss):
    prove(boss)
    append(detail=text, object_id="=cmd")
    raw = exported(boss, query="?kind=profile")
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert (row["detail"], row["object_id"]) == (cell, "'=cmd")
    assert raw.endswith(b'"\r\n')


def test_an_export_of_ten_thousand_entries_takes_no_more_memory_than_one_of_a_thousand(boss, ada):
    prove(boss)

    def peak(kind):
        tracemalloc.start()
        try:
            answer = boss.post(f"{PAGE}export/{kind}/?who=ina%40example.com")
            size = lines = 0
            for part in answer.streaming_content:
                size, lines = size + len(part), lines + part.count(b"\n")
            return tracemalloc.get_traced_memory()[1], size, lines
        finally:
            tracemalloc.stop()

    many(1_000)
    peak("csv")  # whatever is made once
    few = {kind: peak(kind)[0] for kind in ("csv", "jsonl")}
    many(9_000, first=1_000)
    for kind, head in (("csv", 1), ("jsonl", 0)):
        most, size, lines = peak(kind)
        assert lines == 10_000 + head
        assert most < 1.5 * few[kind], kind
        assert most < size, kind


def test_an_export_reads_in_steps(ada):
    many(2 * audit_trail.EXPORT_STEP + 1)
    with CaptureQueriesContext(connection) as asked:
        entries = list(audit_trail.export(ada, AuditFilter(who="ina@example.com"), told="all"))
    assert len(entries) == 2 * audit_trail.EXPORT_STEP + 1
    read = [one["sql"] for one in asked if "LIMIT 500" in one["sql"]]
    assert len(read) == 4


def test_an_export_without_a_fresh_proof_gives_nothing_and_leads_back_to_the_filter(boss):
    append(detail="one")
    answer = boss.post(f"{PAGE}export/csv/?who=system")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Fpeople%2Faudit%2Fexport%2Fcsv%2F")
    assert "audit trail exported" not in [entry.action for entry in audit.recent()]
    assert boss.get(f"{PAGE}export/csv/?who=system").headers["Location"] == f"{PAGE}?who=system"


def test_a_filter_that_cannot_be_meant_exports_nothing(boss):
    prove(boss)
    answer = boss.post(f"{PAGE}export/csv/?since=yesterday")
    assert (answer.status_code, "is not a time" in answer.content.decode()) == (422, True)
    assert boss.post(f"{PAGE}export/exe/").status_code == 404


@pytest.mark.parametrize("role", [Role.INTEGRATOR, Role.SUPPORT])
def test_who_does_not_administer_finds_neither_page_nor_export(role):
    client = prove(signed_in(person("otto@example.com", role)))
    for path in (PAGE, f"{PAGE}?since=yesterday", f"{PAGE}export/csv/", f"{PAGE}export/jsonl/?who=x"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)
    assert "audit trail exported" not in [entry.action for entry in audit.recent()]

"""The desk's first lines: what rose since when, how people are named, and the answer as the main button."""

import re
from html import escape, unescape

import pytest

from console.core.actor import Role
from console.core.call import ApiCall
from console.models import Person
from console.services import calls, case_desk, cases, profiles
from tests.services.builders import person, with_samples
from tests.services.test_case_desk import made, refused
from tests.web.people import signed_in
from tests.web.test_case_pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def sam():
    return person("sam@example.com", Role.SUPPORT)


def test_the_sentence_under_the_heading_of_the_queue_tells_what_rose(owner, sam, time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    assert "A case is the redacted evidence" in page_of(sam)
    made(owner)
    made(owner)
    profile = next(one for one in profiles.list_profiles(owner) if "orders with a secret" in one.name)
    calls.send(owner, profile.id, ApiCall("GET", "/nowhere", sends_token=False))
    told = unescape(re.search(r'<p id="what-rose">(.*?)</p>', page_of(sam))[1])
    told = re.sub("<[^>]*>|[\u2066-\u2069]", "", told)
    first = "3 refused calls in 24 hours, 2 causes. Most: 2 no token sent, since 17:46"
    assert told.startswith(first)


def test_a_refused_cause_leads_to_its_cases_where_there_are_some_and_nowhere_else(owner, sam):
    case = made(owner)
    courses = re.search(r'<ul class="hours">.*?</ul>', page_of(sam), re.DOTALL)[0]
    assert '<a href="/cases/?cause=authorization-header-missing">' in courses
    cases.withdraw(owner, case.id)
    page = page_of(sam)
    courses = re.search(r'<ul class="hours">.*?</ul>', page, re.DOTALL)[0]
    assert "<span>No token sent</span>" in courses
    assert "/cases/?cause=" not in courses


def test_whose_refused_calls_are_counted_is_said_beside_the_way_to_the_history(owner, sam):
    made(owner)
    assert "Refused calls of everybody per hour</h2>" in (page := page_of(sam))
    assert ">Yours in the history</a>" in page
    assert "Refused calls per hour</h2>" in (page := page_of(owner))
    assert ">In the history</a>" in page


@pytest.mark.parametrize(
    ("deed", "typed", "told"),
    [("", {"text": "Tick the box."}, "Tick the box."), ("close/", {"why": "Asked twice."}, "Asked twice.")],
)
def test_what_was_said_in_a_case_is_come_back_to_where_it_stands(owner, sam, deed, typed, told):
    case = made(owner)
    answer = signed_in(sam).post(f"/cases/{case.id}/{deed}", typed)
    assert answer.headers["Location"] == f"/cases/{case.id}/#newest"
    newest = re.findall(r'<li[^>]* id="newest">(.*?)</li>', page_of(sam, f"/cases/{case.id}/"), re.DOTALL)
    assert len(newest) == 1
    assert told in newest[0]


@pytest.fixture
def named(owner, sam):
    """Who handed a case over and who helps, both by a name of their own; and the case."""
    for one, name in ((owner, "Ina Berg"), (sam, "Sam Okafor")):
        Person.objects.filter(pk=one.user_id).update(display_name=name)
    case = cases.create(owner, refused(owner), title="", note="Since nine.")
    page_of(sam, f"/cases/{case.id}/")
    case_desk.assign(sam, case.id, sam.user_id)
    return owner, sam, case


def test_a_person_is_named_in_one_way_on_the_whole_page_of_a_case(named):
    owner, sam, case = named
    for reader, other in ((sam, "ina@example.com"), (owner, "sam@example.com")):
        page = page_of(reader, f"/cases/{case.id}/").partition("<main")[2]
        assert other not in page
        assert "Ina Berg" in page
        assert "Sam Okafor" in page


def test_the_answer_by_the_cause_is_the_main_button_of_what_to_do_and_the_wire_is_folded(named):
    owner, sam, case = named
    page = page_of(sam, f"/cases/{case.id}/")
    advice = re.search(r'<div class="advice">.*?</section>', page, re.S)[0]
    assert re.search(r'<button [^>]*class="button primary" id="answer-with" form="answer"', advice)
    assert page.count('id="answer-with"') == 1
    assert "answer-with" not in page_of(owner, f"/cases/{case.id}/")
    wire = re.search(r'aria-labelledby="steps-title".*?</section>', page, re.S)[0]
    assert "<details>" in wire
    assert "<details open" not in wire


def test_a_long_title_is_cut_by_the_style_alone_and_stands_whole_on_its_page(owner, sam):
    title = "Refused since the change " * 8 + '"end"'
    case = cases.create(owner, refused(owner), title=title, note="")
    queue, page = page_of(sam), page_of(sam, f"/cases/{case.id}/")
    whole = escape(title)
    assert re.search(r'<a class="title clamped" href="[^"]+" title="([^"]+)"', queue)[1] == whole
    assert re.search(r'<h1 class="clamped" title="([^"]+)"', page)[1] == whole
    facts = page.partition('id="facts-title"')[2].partition("</dl>")[0]
    assert "<dt>Title</dt>" in facts
    short = cases.create(owner, refused(owner), title="Short", note="")
    assert "<dt>Title</dt>" not in page_of(sam, f"/cases/{short.id}/")


def test_a_solved_case_says_so_and_what_it_was_under_its_heading(named):
    _, sam, case = named
    assert "<strong>Solved" not in page_of(sam, f"/cases/{case.id}/")
    cases.solve(sam, case.id, cause="token-expired", sentence="")
    assert "<strong>Solved: Token expired.</strong>" in page_of(sam, f"/cases/{case.id}/")

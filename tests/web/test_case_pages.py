"""The queue of cases and one case, as pages: they work without scripts, and lose nothing that was typed."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.actor import Role
from console.core.cases.state import CaseState
from console.core.diagnosis import read_evidence
from console.models import Case
from console.services import cases
from tests.core.diagnosis.evidence import of_call
from tests.services.builders import person, with_samples
from tests.services.test_case_desk import made
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def sam():
    return person("sam@example.com", Role.SUPPORT)


def pasted(owner, title, api="", **changes):
    return cases.create_of(owner, read_evidence({**of_call(), **changes}), title=title, note="", api_name=api)


def page_of(actor, path="/cases/", status=200):
    answer = signed_in(actor).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def heading(page):
    return " ".join(re.sub("<[^>]*>", " ", re.search(r"<h1>(.*?)</h1>", page, re.S)[1]).split())


def shown(page):
    """Numbers of the cases on a page of the queue, in their order."""
    return [int(number) for number in re.findall(r'<span class="muted number">#(\d+)</span>', page)]


def tabs(page):
    found = re.search(r'<nav class="tabs".*?</nav>', page, re.S)[0]
    return {" ".join(re.sub("<[^>]*>", " ", one).split()) for one in re.findall(r"<a .*?</a>", found, re.S)}


def test_the_heading_is_the_answer(owner, sam):
    assert heading(page_of(sam)) == "No open case"
    one = pasted(owner, "First")
    assert heading(page_of(sam)) == "1 open case, 1 with news"
    pasted(owner, "Second")
    page_of(sam, f"/cases/{one.id}/")
    page = page_of(sam)
    assert heading(page) == "2 open cases, 1 with news"
    assert "<title>2 open cases, 1 with news" in page
    assert heading(page_of(owner)) == "2 open cases"
    assert heading(page_of(person("eve@example.com"))) == "No open case"


def test_a_row_tells_what_the_case_is_about_and_that_there_is_news(owner, sam):
    made(owner)
    made(owner)
    page = page_of(sam)
    first = re.search(r'<li class="unread">.*?</li>', page, re.S)[0]
    text = " ".join(unescape(re.sub("<[^>]*>", " ", first)).split())
    assert text.startswith("#2 401 no token sent , new Orders (sandbox) · Sample: orders")
    assert "from ina@example.com · same cause: 1 other" in text
    assert re.search(r"new nobody \d+ s$", text)
    assert 'class="unread"' not in page_of(owner)


def test_the_badge_counts_what_the_reader_has_not_seen_on_every_page(owner, sam):
    case = made(owner)
    count = '<span class="count">1<span class="visually-hidden"> with news</span></span>'
    for path in ("/profiles/", "/cases/", "/inspect/"):
        assert count in page_of(sam, path), path
        assert 'class="count"' not in page_of(owner, path)
    page_of(sam, f"/cases/{case.id}/")
    assert 'class="count"' not in page_of(sam, "/profiles/")
    cases.answer(sam, case.id, "Tick the box.")
    assert count in page_of(owner, "/profiles/")


def test_tabs_say_how_many_wait_for_whom_and_leave_out_what_is_empty(owner, sam):
    one, two, three = pasted(owner, "1"), pasted(owner, "2"), pasted(owner, "3")
    cases.wait_for(sam, one.id, CaseState.FOR_API_OWNER)
    cases.solve(sam, two.id, cause="", sentence="")
    page = page_of(sam)
    assert tabs(page) == {"Open 2", "New 1", "Waiting for API owner 1", "Solved 1"}
    assert sorted(shown(page)) == [1, 3]
    assert shown(page_of(sam, "/cases/?state=api_owner")) == [1]
    assert shown(page_of(sam, "/cases/?state=solved")) == [2]
    assert "Closed 0" in tabs(page_of(sam, "/cases/?state=closed"))
    assert three.number == 3


FOUND = {
    "#2": [2],
    "2": [2],
    "gadget": [2],
    "GADG": [2],
    "ina@example.com": [3, 2, 1],
    "eve": [4],
    "audience": [4, 3, 2, 1],
    "audience gadget": [2],
    "401": [4, 3, 2, 1],
    "40": [],
    "orders": [3, 1],
    "req-7781": [3],
    "nothing-of-the-kind": [],
    "...": [4, 3, 2, 1],
    "\x00": [4, 3, 2, 1],
}


@pytest.mark.parametrize("text", FOUND)
def test_a_case_is_found_by_number_words_api_request_id_and_person(owner, sam, text):
    answer = {"status": 401, "headers": {"x-request-id": "req-7781"}, "body": "IDX10214: Audience validation failed."}
    pasted(owner, "Audience", api="Orders")
    pasted(owner, "Gadget audience")
    pasted(owner, "Audience", api="Orders", response=answer)
    pasted(person("eve@example.com"), "Audience")
    found = signed_in(sam).get("/cases/", {"q": text})
    assert shown(found.content.decode()) == FOUND[text]


def test_the_queue_is_filtered_by_each_thing_that_its_form_offers(owner, sam, time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    call = made(owner)
    time_machine.move_to(1_900_000_000 + 86_400, tick=False)
    other = pasted(person("eve@example.com"), "Pasted", api="Billing")
    cases.assign(sam, call.id, sam.user_id)
    page = page_of(sam)
    assert '<option value="Billing">Billing</option>' in page
    api_id = Case.objects.get(number=call.number).api_id
    for query, numbers in (
        (f"api={api_id}", [1]),
        ("api=Billing", [2]),
        (f"profile={Case.objects.get(number=1).profile_id}", [1]),
        ("cause=authorization-header-missing", [1]),
        ("cause=token-expired", []),
        (f"assignee={sam.user_id}", [1]),
        ("assignee=nobody", [2]),
        (f"person={owner.user_id}", [1]),
        ("since=2030-03-18", [1, 2]),
        ("until=2030-03-17", []),
        ("since=2030-03-19", []),
        ("like=1", [1]),
        ("like=2", []),
        (f"api=Billing&assignee={sam.user_id}", []),
        ("news=1", [2]),
        ("state=solved&api=Billing", []),
        (f"state=closed&assignee={sam.user_id}", []),
    ):
        found = shown(page_of(sam, f"/cases/?{query}"))
        assert sorted(found) == numbers, query
    assert other.number == 2


def test_what_is_no_day_is_said_and_the_rest_of_the_form_stays(sam):
    page = page_of(sam, "/cases/?since=yesterday&q=gadget", status=422)
    assert "This is not a day; one looks like 2026-11-28." in page
    assert 'value="gadget"' in page
    page_of(sam, "/cases/?since=2026-11-28&until=2026-11-27", status=422)
    for odd in ("since=9999-12-31", "until=9999-12-31", "since=0001-01-01", "after=x", "after=9999999999999-1"):
        page_of(sam, f"/cases/?{odd}")


def test_pages_follow_each_other_without_a_gap_also_when_all_changed_at_once(owner, sam, time_machine, monkeypatch):
    time_machine.move_to(1_900_000_000, tick=False)
    monkeypatch.setattr("console.services.case_queue.PAGE_SIZE", 3)
    for number in range(8):
        pasted(owner, f"Case {number}")
    seen, path = [], "/cases/?q=case"
    while path:
        page = page_of(sam, path)
        seen += shown(page)
        older = re.search(r'id="older" href="([^"]*)"', page)
        path = f"/cases/{unescape(older[1])}" if older else ""
        if path:
            assert parse_qs(urlsplit(path).query)["q"] == ["case"]
    assert seen == [8, 7, 6, 5, 4, 3, 2, 1]
    assert "Back to the newest" in page


def test_the_queue_asks_the_same_number_of_questions_however_long_it_is(owner, sam):
    client = signed_in(sam)

    def count(path):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    pasted(owner, "One", api="Orders")
    paths = ("/cases/", "/cases/?q=one+two&api=Orders&state=new")
    few = [count(path) for path in paths]
    for number in range(12):
        pasted(owner, f"Case {number}", api="Orders")
    assert [count(path) for path in paths] == few
    # Who asks, the badge, the page in two, tabs, choices; a search asks two more at most, and the first page, above
    # which stands what is refused, three: what they see of profiles and APIs, and the counts.
    assert max(few) <= 12


def test_an_empty_queue_says_where_cases_come_from_and_an_empty_search_how_to_get_back(owner, sam):
    assert "A case is made where something was refused" in page_of(sam)
    pasted(owner, "One")
    page = page_of(sam, "/cases/?q=two&state=new")
    assert "No case fits" in page
    assert 'href="/cases/?state=new">Show all of them</a>' in page


def test_support_answers_and_the_integrator_reads_it_with_the_address_as_a_link(owner, sam):
    case = made(owner)
    answer = signed_in(sam).post(
        f"/cases/{case.id}/", {"text": "See https://help.example/box <b>", "then": "integrator"}, follow=True
    )
    assert answer.redirect_chain == [(f"/cases/{case.id}/#newest", 302)]
    page = page_of(owner, f"/cases/{case.id}/")
    assert '<a href="https://help.example/box" rel="noopener noreferrer nofollow">' in page
    assert "&lt;b&gt;" in page
    assert "made it wait for the integrator" in page
    assert '<span class="chip" id="case-state">waiting for integrator</span>' in page
    assert "Opened by" in page
    assert 'name="then"' not in page
    assert 'id="solve-case"' not in page


def test_an_empty_answer_and_a_solution_without_a_cause_are_refused_in_words(owner, sam):
    case, client = made(owner), signed_in(sam)
    empty = client.post(f"/cases/{case.id}/", {"text": "  "})
    assert (empty.status_code, "Write the answer first." in empty.content.decode()) == (422, True)
    unsaid = client.post(f"/cases/{case.id}/solve/", {"was": "other", "cause": "", "sentence": "It is kept."})
    assert unsaid.status_code == 422
    assert "Choose the cause that it was, or “None of these”." in unsaid.content.decode()
    assert "It is kept." in unsaid.content.decode()
    assert '<option value="" selected>choose the cause</option>' in unsaid.content.decode()
    silent = client.post(f"/cases/{case.id}/solve/", {"was": "other", "cause": "none"})
    assert "no cause of the catalogue does" in silent.content.decode()
    assert cases.open_case(sam, case.id).record.state is CaseState.NEW


def test_nothing_that_was_typed_is_lost_when_it_is_refused(owner, sam, time_machine):
    case, client = made(owner), signed_in(sam)
    cases.solve(person("aino@example.com", Role.SUPPORT), case.id, cause="", sentence="")
    typed = {"was": "other", "cause": "token-expired", "sentence": "A long thought."}
    late = client.post(f"/cases/{case.id}/solve/", typed)
    assert late.status_code == 422
    assert "This case is solved already." in late.content.decode()
    cases.reopen(owner, case.id)
    theirs = signed_in(owner).post(f"/cases/{case.id}/", {"text": "A long word.", "then": "api_owner"})
    assert theirs.status_code == 422
    assert "A long word." in theirs.content.decode()
    assert "Support says whose turn it is in your case." in theirs.content.decode()


def test_a_case_is_solved_with_its_like_from_its_page(owner, sam):
    one, two = made(owner), made(owner)
    client = signed_in(sam)
    page = client.get(f"/cases/{one.id}/").content.decode()
    assert "Solve all 2 of this cause" in page
    assert "As diagnosed: No token sent" in page
    also = re.findall(r'name="also" value="([^"]+)"', page)
    answer = client.post(
        f"/cases/{one.id}/solve/", {"was": "said", "sentence": "Box.", "also": also, "all": "1"}, follow=True
    )
    assert "Solved: #1, #2. Who made them is told." in answer.content.decode()
    page = page_of(owner, f"/cases/{two.id}/")
    assert "solved it. It was: No token sent" in page
    assert "Box." in page


def test_only_one_is_solved_where_only_one_is_meant(owner, sam):
    one, two = made(owner), made(owner)
    client = signed_in(sam)
    client.post(f"/cases/{one.id}/solve/", {"was": "said", "also": [two.id]})
    assert shown(page_of(sam)) == [2]


def test_a_case_is_taken_given_back_and_given_to_somebody(owner, sam):
    aino = person("aino@example.com", Role.SUPPORT)
    case, client = made(owner), signed_in(sam)
    client.post(f"/cases/{case.id}/assign/", {"person": sam.user_id})
    assert "You look after it" in page_of(sam, f"/cases/{case.id}/")
    assert "took it over" in page_of(owner, f"/cases/{case.id}/")
    client.post(f"/cases/{case.id}/assign/", {"person": aino.user_id})
    assert "aino@example.com</bdi> looks after it" in page_of(sam, f"/cases/{case.id}/")
    client.post(f"/cases/{case.id}/assign/", {"person": "nobody"})
    assert "Nobody looks after it yet" in page_of(sam, f"/cases/{case.id}/")
    refused = client.post(f"/cases/{case.id}/assign/", {"person": owner.user_id})
    assert refused.status_code == 403
    assert "This person does not look after cases." in refused.content.decode()


def test_the_preview_counts_what_is_hidden_and_names_the_pseudonyms(owner):
    evidence = {**of_call(), "token_claims": {"aud": "api://orders", "oid": "a person", "sub": "a person"}}
    page = signed_in(owner).post("/cases/new/", {"evidence": json.dumps(evidence), "title": "T"})
    text = page.content.decode()
    assert "personal value, as a pseudonym" in text
    assert re.search(r'<span class="mono">anon-[0-9a-f]{12}</span> <span class="muted">2 places</span>', text)
    assert "Nothing is handed over yet." in text
    assert Case.objects.count() == 0


def test_a_search_stands_in_the_address_and_nothing_secret_with_it(owner, sam):
    """The form is a GET: what it takes are words, and no field of it is filled with anything of a case."""
    pasted(owner, "One")
    page = page_of(sam, "/cases/?q=one").partition("<dialog ")[0]
    fields = set(re.findall(r'<(?:input|select)[^>]* name="([a-z]+)"', page))
    assert fields - {"csrfmiddlewaretoken"} == {"q", "api", "cause", "assignee", "profile", "person", "since", "until"}


def test_a_case_of_a_log_has_the_logs_name_of_the_api_and_is_gathered_by_it(owner, sam):
    client = signed_in(owner)
    evidence = {
        **of_call(),
        "response": {"status": 401, "headers": {}, "body": "IDX10214: Audience validation failed."},
    }
    form = {"evidence": json.dumps(evidence), "title": "", "note": "", "api": "Billing"}
    previewed = client.post("/cases/new/", form).content.decode()
    assert '<input type="hidden" name="api" value="Billing" id="id_api">' in previewed
    for _ in range(2):
        assert client.post("/cases/new/", {**form, "make": "1"}).status_code == 302
    page = page_of(sam)
    assert page.count("Billing</bdi> · from") == 2
    assert page.count("same cause: 1 other") == 2

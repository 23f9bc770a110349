"""The history's page: its heading is the answer, its form keeps what was typed, and it tells nothing secret."""

import re
from html import unescape

import pytest

from console.core.actor import Role
from console.core.attempts.history import HOUR_S
from console.core.call import ApiCall
from console.services import calls, cases, profiles, sandbox
from tests.services.builders import person, with_samples
from tests.services.outside import outside_api, outside_profile
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
MORNING = 1_900_000_000 // 86_400 * 86_400 + 7 * HOUR_S
NAME = "Sample: orders with a secret"


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == NAME)


def page_of(client, query=""):
    answer = client.get(f"/calls/{query}")
    return answer.status_code, unescape(answer.content.decode())


def heading(text):
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found, text[:2000]
    return found[1]


def refuse(owner, profile, fault, times):
    sandbox.set_fault(owner, fault)
    for _ in range(times):
        calls.send(owner, profile.id, ApiCall("GET", "/orders"))


def test_support_without_a_shared_call_is_led_to_the_cases():
    text = page_of(signed_in(person("sam@example.com", Role.SUPPORT)))[1]
    assert "No call is shared with you" in text and 'href="/cases/">Go to the cases' in text
    assert "Open a profile" not in text


def test_the_heading_answers_how_many_since_when_and_how_many_causes(owner, profile, time_machine):
    assert heading(page_of(signed_in(owner))[1]) == "Nothing refused in 24 hours"
    assert "Nothing tried yet" in page_of(signed_in(owner))[1]
    calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    time_machine.move_to(MORNING + 111 * 60, tick=False)
    refuse(owner, profile, "rate-limited", 1)
    first = heading(page_of(signed_in(owner))[1])
    assert first == "1 refused call since 08:51, one cause"
    refuse(owner, profile, None, 0)
    for _ in range(2):
        calls.send(owner, profile.id, ApiCall("GET", "/nowhere"))
    assert heading(page_of(signed_in(owner))[1]) == "3 refused calls in 24 hours, 2 causes"
    assert heading(page_of(signed_in(owner), "?status=5xx")[1]) == "Nothing answered 5xx in 24 hours"
    time_machine.move_to(MORNING + 50 * HOUR_S, tick=False)
    assert heading(page_of(signed_in(owner))[1]) == "3 refused calls in 7 days, 2 causes"
    assert heading(page_of(signed_in(owner), "?span=today")[1]) == "Nothing refused today"


def test_a_past_call_and_its_case_name_who_looks_after_clients_in_the_words_of_the_provider(owner, profile):
    sandbox.set_fault(owner, "missing-role")
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    case = cases.create(owner, sent.attempt_id, title="A role", note="")
    for path in (f"/calls/{sent.attempt_id}/", f"/cases/{case.id}/"):
        page = unescape(signed_in(owner).get(path).content.decode())
        assert "Ask an administrator of the tenant." in page, path


def test_an_administrator_is_told_what_an_administrator_of_the_console_can_do(owner):
    admin = person("boss@example.com", Role.INTEGRATOR, Role.ADMIN)
    inside = outside_profile(admin, api_id=outside_api(admin, "https://10.9.8.7/orders").id)
    sent = calls.send(admin, inside.id, ApiCall("GET", "/orders", sends_token=False))
    case = cases.create(admin, sent.attempt_id, title="An address", note="")
    for path in (f"/calls/{sent.attempt_id}/", f"/cases/{case.id}/", "/"):
        assert "You, as an administrator of this console." in signed_in(admin).get(path).content.decode(), path


def test_causes_stand_in_words_with_the_slug_behind_them_and_each_row_names_profile_and_api(owner, profile):
    refuse(owner, profile, "rate-limited", 1)
    text = page_of(signed_in(owner))[1]
    rows = re.findall(r'<tr role="row">\s*<th scope="row".*?</tr>', text, re.DOTALL)
    row = next(one for one in rows if "GET /orders" in one and "429" in one)
    words = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    assert re.search(r"GET /orders call .*429 [A-Z][\w ]+ [a-z-]+ What changed\?", words), words
    assert f"{NAME} Orders (sandbox)" in words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?status=abc", "“abc” is not offered here"),
        ("?profile=x", "“x” is not offered here"),
        ("?person=me", "“me” is not offered here"),
        ("?since=tomorrow", "“tomorrow” is not a time"),
        ("?since=2030-01-02&until=2030-01-01", "This is before the time it begins at"),
        ("?q=" + "x" * 201, "at most 200 are kept"),
        ("?span=never", "“never” is not offered here"),
        ("?q=%E2%80%8Bx", "A hidden character"),
    ],
)
def test_what_is_no_filter_is_said_and_what_was_typed_stays(owner, query, told):
    status, text = page_of(signed_in(owner), query)
    assert status == 422
    assert told in text
    if query.startswith("?since=tomorrow"):
        assert 'value="tomorrow"' in text


@pytest.mark.parametrize(
    "query",
    ["?profile=00000000-0000-0000-0000-000000000000", "?cause=no-such-cause", "?api=" + "0" * 32],
)
def test_what_is_not_there_is_said_and_neither_chosen_nor_carried(owner, profile, query):
    calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    status, text = page_of(signed_in(owner), query)
    assert (status, query.partition("=")[2] in text) == (422, False)
    assert "Nothing that you can see has this" in text


def test_a_secret_in_the_search_is_refused_and_not_put_back_as_a_name(owner):
    secret = "eyJhbGciOiJSUzI1NiJ9." + "eyJzdWIiOiJhIn0." + "A" * 40
    status, text = page_of(signed_in(owner), f"?q={secret}")
    assert status == 422
    assert "This looks like" in text


def test_another_persons_attempts_causes_and_changes_are_not_there(owner, profile):
    refuse(owner, profile, "rate-limited", 2)
    text = page_of(signed_in(person("kim@example.com")))[1]
    assert "Nothing tried yet" in text
    for absent in ("429", "ina@example.com", NAME, "sandbox was changed"):
        assert absent not in text


def test_a_time_that_was_typed_is_that_of_whole_hours(owner, profile, time_machine):
    calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    time_machine.move_to(MORNING + 5 * HOUR_S, tick=False)
    client = signed_in(owner)
    day = "2030-03-17"
    assert "GET /orders" in page_of(client, f"?since={day}T07:30&until={day}T07:40")[1]
    assert "Nothing fits" in page_of(client, f"?since={day}T08:00&until={day}T09:00")[1]
    assert "GET /orders" in page_of(client, f"?until={day}T07:10")[1]

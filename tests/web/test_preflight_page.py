"""The preflight's pages: what will be sent, its progress stage by stage, the answer as heading, and the files."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from console.core.actor import Role
from console.services import preflight, profiles, sandbox
from tests.services.builders import person, with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"
CALL = {"method": "GET", "path": "/orders"}


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == NAME)


@pytest.fixture
def client(actor):
    return signed_in(actor)


def page_of(profile):
    return reverse("profile-preflight", args=[profile.id])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def heading(answer):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1])


def start(client, profile, **data):
    """Without scripts: the run goes to its end, and its page is where the browser is sent."""
    answer = client.post(page_of(profile), {**CALL, **data})
    assert answer.status_code == 302
    return answer.headers["Location"]


def begin(client, profile):
    """With scripts: the run that has begun, with its address."""
    answer = client.post(page_of(profile), CALL, headers={"HX-Request": "true"})
    assert heading(answer) == f"{NAME} is being checked: 0 of 12 stages so far."
    return re.search(r'hx-post="([^"]+)" hx-trigger="load', answer.content.decode())[1]


def test_before_it_starts_the_page_says_what_will_be_sent(client, profile):
    text = text_of(client.get(page_of(profile)))
    assert "Sends a request for a fresh token with the credential of this profile, then one call to http://" in text
    assert "Only GET and HEAD are sent unless you choose another method" in text
    assert "Start" in text


def test_without_scripts_one_press_goes_to_the_end_and_reloading_asks_for_nothing(client, profile):
    answer = client.get(start(client, profile))
    assert heading(answer) == f"{NAME} is ready: 8 of 8."
    assert "hx-trigger" not in answer.content.decode().partition('id="preflight"')[2].partition(">")[0]


def test_with_scripts_each_look_makes_one_stage_and_asks_for_the_next(client, profile):
    where = begin(client, profile)
    for number in range(1, 12):
        answer = client.post(where, headers={"HX-Request": "true"})
        assert f"{number} of 12 done" in text_of(answer)
        assert f'hx-post="{where}" hx-trigger="load delay:300ms"' in answer.content.decode()
        assert "<html" not in answer.content.decode()
    last = client.post(where, headers={"HX-Request": "true"})
    assert "hx-trigger" not in last.content.decode()
    assert heading(last) == f"{NAME} is ready: 8 of 8."


def test_what_was_begun_is_gone_on_with_by_a_button_where_scripts_stop(client, profile):
    where = begin(client, profile)
    assert "Go on" in text_of(client.get(where))
    assert "Check again" not in text_of(client.get(where))
    assert client.post(where).status_code == 302
    assert heading(client.get(where)) == f"{NAME} is ready: 8 of 8."


def test_a_failure_is_the_heading_with_who_and_what_to_do(actor, client, profile):
    sandbox.set_fault(actor, "secret-expired")
    where = start(client, profile)
    answer = client.get(where)
    assert heading(answer).startswith("Stops at “Token”: ")
    text = text_of(answer)
    assert re.search(r"Do .+ Who You\.", text)
    assert "client-secret-expired" in text
    assert "Left out: without “Token” it would tell nothing." in text


def test_a_failure_without_an_attempt_becomes_a_case_from_here(actor, client, profile):
    run = preflight.begin(actor, profile.id)
    profiles.discard_credential(actor, profile.id)
    where = reverse("preflight", args=[profile.id, run.id])
    client.post(where)
    text = client.get(where).content.decode()
    assert "No credential is stored." in text
    sent = dict(re.findall(r'<input type="hidden" name="(title|evidence)" value="([^"]*)"', text))
    evidence = sent["evidence"].replace("&quot;", '"')
    assert client.post(reverse("case-new"), {"title": "It stops", "evidence": evidence}).status_code == 200


def test_what_is_typed_wrongly_is_said_in_the_form_and_nothing_starts(client, profile):
    answer = client.post(page_of(profile), {"method": "GET", "path": "//elsewhere.example/x"})
    assert answer.status_code == 422
    assert "This call cannot be sent." in text_of(answer)
    assert 'value="//elsewhere.example/x"' in answer.content.decode()
    assert "Stages" not in re.findall(r"<h2[^>]*>(.*?)</h2>", answer.content.decode())


def test_the_files_hold_the_same_answer(client, profile):
    where = start(client, profile)
    told = client.get(f"{where}preflight.json")
    assert told.headers["Content-Disposition"] == 'attachment; filename="preflight.json"'
    assert json.loads(told.content)["is_good"] is True
    suite = ElementTree.fromstring(client.get(f"{where}preflight.xml").content).find("testsuite")
    assert suite.get("tests") == "12"
    assert client.get(f"{where}preflight.txt").status_code == 404


def test_the_page_of_the_profile_shows_the_newest_result(client, profile):
    before = text_of(client.get(reverse("profile", args=[profile.id])))
    assert "Preflight" in before
    start(client, profile)
    page = client.get(reverse("profile", args=[profile.id])).content.decode()
    assert re.search(r'ready<span class="rest">, 8 of 8, <time', page), "a narrow head shows the word alone"


def test_earlier_runs_are_listed(client, profile):
    for _ in range(2):
        start(client, profile)
    assert "Other runs" in text_of(client.get(page_of(profile)))


def test_a_run_opens_under_its_own_profile_alone(actor, client, profile):
    where = start(client, profile)
    other = next(one for one in profiles.list_profiles(actor) if one.id != profile.id)
    foreign = where.replace(profile.id, other.id)
    for address in (foreign, f"{foreign}preflight.json"):
        assert client.get(address).status_code == 404


def test_somebody_else_gets_nothing(client, profile):
    where = start(client, profile)
    stranger = signed_in(person("stranger@example.com", Role.INTEGRATOR))
    for address in (page_of(profile), where, f"{where}preflight.json"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(where).status_code == 404

"""The pages of collections: made without scripts, run with them and without, the answer as heading, and the files."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from console.core.compose.draft import RequestDraft
from console.services import collection_runs, collections, opening, profiles, sandbox, saved_requests
from tests.services.builders import with_samples
from tests.services.collection_samples import LIST, READ, TAKES, opened_sample, orders, step
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    return opened_sample(with_samples())


@pytest.fixture
def client(opened):
    return signed_in(opened.actor)


def address(name, opened, *ids):
    return reverse(name, args=[opened.profile.id, *ids])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", "")).split())


def heading(answer):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1])


def test_a_collection_is_made_of_saved_requests_and_run_without_scripts(opened, client):
    listed, read = (saved_requests.save(opened, name, draft).id for name, draft in (("List", LIST), ("Read", READ)))
    typed = {
        "name": "Orders",
        **{"request_1": read, "place_1": "2", "expects_1": "$.path is /echo/{{orderId}}", "takes_1": ""},
        **{"request_2": listed, "place_2": "1", "expects_2": "status 200", "takes_2": TAKES},
    }
    made = client.post(address("collection-new", opened), typed)
    assert made.status_code == 302
    page = client.get(made.headers["Location"])
    assert heading(page) == "Orders"
    told = text_of(page)
    assert f"--user {opened.actor.email} --junit calls.xml" in told
    assert told.index("List GET /orders") < told.index("Read GET /echo/{{orderId}}")
    run = client.post(made.headers["Location"])
    assert run.status_code == 302
    result = client.get(run.headers["Location"])
    assert heading(result) == "2 of 2 as expected."
    assert "call GET /echo/1001?by=Contoso put in orderId = 1001 from the answer to step 1" in text_of(result)
    assert "{{orderId}}" not in result.content.decode()
    assert "orderId = 1001" in text_of(result) and "all as expected" in text_of(result)
    again = re.search(
        r'<form[^>]* action="([^"]+)"(?:(?!</form>).)* id="run-again"', result.content.decode(), re.DOTALL
    )
    assert client.post(again[1]).headers["Location"] not in ("", run.headers["Location"])
    assert "2 of 2 as expected." in text_of(client.get(address("profile-collections", opened)))


def test_who_adds_steps_comes_to_the_first_that_is_empty(opened, client):
    listed = saved_requests.save(opened, "List", LIST).id
    typed = {"name": "Orders", "request_1": listed, "place_1": "1", "more": "1"}
    made = client.post(address("collection-new", opened), typed)
    path, _, place = made.headers["Location"].partition("#")
    page = client.get(path).content.decode()
    assert place == "step-2" and 'id="step-2"' in page
    assert re.search(r'<select name="request_2"(?:(?!</select>).)*<option value="" selected', page, re.DOTALL)


def test_with_scripts_each_look_sends_one_step_and_the_page_says_when_it_is_done(opened, client):
    made = orders(opened)
    begun = client.post(address("collection", opened, made.id), headers={"HX-Request": "true"})
    page = client.get(begun.headers["HX-Redirect"])
    assert heading(page) == "Orders is under way: 0 of 2 as expected so far."
    look = re.search(r'hx-post="([^"]+)" hx-trigger="load delay:300ms"', page.content.decode())[1]
    first = client.post(look, headers={"HX-Request": "true"})
    assert heading(first) == "Orders is under way: 1 of 2 as expected so far."
    last = client.post(look, headers={"HX-Request": "true"})
    assert re.search(r"data-announce>(<[^>]+>)?2 of 2 as expected", last.content.decode())
    assert "hx-trigger" not in last.content.decode()


def test_what_is_not_as_expected_is_said_first_with_what_to_do_and_the_diagnosis(opened, client):
    made = orders(opened, step(opened, "Nobody", RequestDraft("GET", "/orders", sends_token=False)))
    run = client.post(address("collection", opened, made.id))
    page = client.get(run.headers["Location"])
    assert heading(page) == "2 of 3 as expected; step 3 answered 401 instead of 2xx: No token sent."
    html = page.content.decode()
    link = re.search(r'id="open-attempt" href="([^"]+)"', html)[1]
    assert "Do" in html and client.get(link).status_code == 200
    assert "authorization-header-missing" in html and "1 not as expected" in text_of(page)


def test_it_can_be_stopped(opened, client):
    run = collection_runs.begin(opened, orders(opened).id)
    client.post(address("collection-run", opened, run.id), headers={"HX-Request": "true"})
    stopped = client.post(address("collection-run-stop", opened, run.id))
    page = client.get(stopped.headers["Location"])
    assert heading(page) == "1 of 2 as expected; step 2 was stopped before it was sent."
    assert re.search(r'<span class="chip fail">(?:<[^>]+>[^<]*</[^>]+>)*stopped</span>', page.content.decode())


def test_results_are_files_for_programs(opened, client):
    made = orders(opened, step(opened, "Nobody", RequestDraft("GET", "/orders", sends_token=False)))
    client.post(address("collection", opened, made.id))
    run = collection_runs.newest(opened, made.id)[0].value.run_id
    told = json.loads(client.get(address("collection-file", opened, run, "results.json")).content)
    assert (told["as_expected"], told["of"], told["is_good"]) == (2, 3, False)
    assert told["steps"][2]["cause"] == "authorization-header-missing"
    answer = client.get(address("collection-file", opened, run, "results.xml"))
    suite = ElementTree.fromstring(answer.content)[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "0")
    assert client.get(address("collection-file", opened, run, "other")).status_code == 404


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("expects_1", "status 200\nnonsense", "Line 2: A line begins with status, header or $"),
        ("takes_1", "id = $..id", "Line 1: “..id” could mean several values"),
        ("expects_1", "$.token is eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl", "This looks like"),
        ("request_1", "", "Choose the request whose answer these lines are about."),
        ("request_1", "5a1b0000-0000-4000-8000-000000000000", "is not offered here"),
        ("name", "", "Give the collection a name."),
        ("place_1", "x", "Step 1, place : Enter a whole number."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost(opened, client, field, text, told):
    listed = saved_requests.save(opened, "List", LIST).id
    typed = {"name": "Orders", "request_1": listed, "expects_1": "status 201", "takes_1": "kept = $.kept", field: text}
    answer = client.post(address("collection-new", opened), typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert ("kept = $.kept" if field != "takes_1" else "status 201") in answer.content.decode()
    assert collections.of_profile(opened) == []


def test_an_edit_on_an_older_version_is_told_and_goes_on_from_the_newer(opened, client):
    made = orders(opened)
    collections.change(opened, made, name="Meanwhile", steps=made.steps, stops_early=True, version=0)
    typed = {"name": "Mine", "version": "0", "request_1": made.steps[0].request_id}
    answer = client.post(address("collection-edit", opened, made.id), typed)
    assert answer.status_code == 422
    assert "was changed while you were editing it" in text_of(answer)
    assert 'name="version" value="1"' in answer.content.decode()
    assert client.post(address("collection-edit", opened, made.id), {**typed, "version": "1"}).status_code == 302
    assert [one.value.name for one in collections.of_profile(opened)] == ["Mine"]


def test_a_name_of_the_profile_is_taken_once(opened, client):
    orders(opened)
    answer = client.post(address("collection-new", opened), {"name": "Orders"})
    assert (answer.status_code, "has a collection of that name already" in text_of(answer)) == (422, True)


def test_a_deleted_request_stays_a_step_until_somebody_takes_it_out(opened, client):
    made = orders(opened)
    saved_requests.delete(opened, made.steps[1].request_id)
    assert "Deleted request" in text_of(client.get(address("collection", opened, made.id)))
    assert "Deleted request" in text_of(client.get(address("collection-edit", opened, made.id)))


def test_production_is_asked_about_before_anything_is_sent(opened, client):
    draft = replace(profiles.draft_of(opened.profile), environment="production")
    profiles.update(opened.actor, opened.profile.id, draft, expected_version=opened.profile.version)
    again = opening.of_profile(opened.actor, "use", opened.profile.id)
    made = orders(again)
    asked = client.post(address("collection", opened, made.id))
    assert (asked.status_code, "you are asked once" in text_of(asked).lower()) == (422, True)
    assert collection_runs.newest(again, made.id) == []
    assert client.post(address("collection", opened, made.id), {"production": "1"}).status_code == 302


def test_deleting_asks_first_and_leaves_the_calls(opened, client):
    made = orders(opened)
    client.post(address("collection", opened, made.id))
    assert "Delete Orders?" in text_of(client.get(address("collection-delete", opened, made.id)))
    assert client.post(address("collection-delete", opened, made.id)).status_code == 302
    assert collections.of_profile(opened) == []
    assert "GET /echo/1001" in text_of(client.get(reverse("calls")))


def test_a_fault_of_the_sandbox_is_explained(opened, client):
    sandbox.set_fault(opened.actor, "wrong-audience")
    run = client.post(address("collection", opened, orders(opened).id))
    told = heading(client.get(run.headers["Location"]))
    assert told.startswith("0 of 2 as expected; step 1 answered 401 instead of 200: ")


def test_a_profile_without_saved_requests_says_how_to_begin(opened, client):
    assert "has no saved request yet" in text_of(client.get(address("collection-new", opened)))
    assert "No collection yet" in text_of(client.get(address("profile-collections", opened)))
    page = client.get(reverse("profile", args=[opened.profile.id])).content.decode()
    assert address("profile-collections", opened) in page


def test_a_fault_of_the_sandbox_is_told_beside_a_collection_and_its_run_and_switched_off_from_there(opened, client):
    made = orders(opened)
    page = address("collection", opened, made.id)
    run = client.post(page).headers["Location"]
    sandbox.set_fault(opened.actor, "missing-role")
    for path in (page, run):
        found = client.get(path).content.decode()
        assert "Fault switched on: No app role granted." in found
        assert re.search(r'name="next" value="([^"]+)"', found)[1] == path
    assert client.post(reverse("sandbox-fault"), {"fault": "", "next": run}).headers["Location"] == run
    assert "fault-banner" not in client.get(run).content.decode()


def test_a_run_says_that_a_stored_token_hides_the_fault_that_is_switched_on(opened, client):
    page = address("collection", opened, orders(opened).id)
    client.post(page)
    sandbox.set_fault(opened.actor, "wrong-audience")
    found = client.get(client.post(page).headers["Location"])
    assert heading(found) == "2 of 2 as expected."
    assert "Nothing is to be done" not in text_of(found)
    assert (
        text_of(found).count("It went with a stored token. The fault “Token for another API” shows only in a token")
        == 2
    )


def test_a_step_may_be_told_to_wait_for_long_work_and_its_page_says_for_what_it_waits(opened, client):
    report = saved_requests.save(opened, "Report", RequestDraft("POST", "/reports")).id
    typed = {"name": "Reports", "request_1": report, "place_1": "1", "expects_1": "", "takes_1": "", "follows_1": "on"}
    made = client.post(address("collection-new", opened), typed)
    page = client.get(made.headers["Location"])
    assert "waited for; what is expected is about its last answer" in text_of(page)
    collection = collections.of_profile(opened)[0].value
    assert re.search(
        r'id="id_follows_1"[^>]* checked',
        client.get(address("collection-edit", opened, collection.id)).content.decode(),
    )
    run = client.post(made.headers["Location"])
    result = client.get(run.headers["Location"])
    assert heading(result) == "Reports is under way: 0 of 1 as expected so far; step 1 waits for its work."
    assert "Waiting for the work that step 1 began ." in text_of(result)
    assert 'hx-trigger="load delay:2s"' in result.content.decode()

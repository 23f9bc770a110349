"""The home page for those who own nothing yet, and for those who are waited for."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from console.core.actor import Role
from console.core.call import ApiCall
from console.services import calls, endings, home, opening, people, profiles, sandbox, tokens
from tests.services.builders import person, with_samples
from tests.web.people import signed_in
from tests.web.test_destination_pages import waiting  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def test_an_administrator_sees_which_version_of_an_api_waits(waiting):  # noqa: F811
    owner, admin, api_id = waiting
    shown = signed_in(admin).get("/").text
    assert "Waits for you" in shown
    assert f'href="/apis/{api_id}/"' in shown
    assert "Approve or decline the new version of" in shown
    assert "Waits for you" not in signed_in(owner).get("/").text


def test_an_administrator_sees_who_has_no_role_yet():
    admin = person("ada@example.com", Role.ADMIN)
    assert "no role yet" not in signed_in(admin).get("/").text.split("<main")[1]
    nobody = person("new@example.com")
    people.set_roles(admin, nobody.user_id, roles=frozenset(), is_active=True)
    assert "1 person has no role yet" in signed_in(admin).get("/").text


def test_somebody_without_a_profile_is_led_to_the_first_one():
    shown = signed_in(person()).get("/").text
    assert "Three steps to your first explained 401" in shown
    assert 'href="/profiles/new/"' in shown
    assert "Begin with the sandbox’s samples" in shown


def test_a_fault_that_is_on_is_told_and_switched_off_on_home():
    actor = with_samples()
    client = signed_in(actor)
    assert "Fault switched on" not in client.get("/").text
    sandbox.set_fault(actor, "missing-role")
    page = client.get("/").text
    assert "Fault switched on: No app role granted." in page
    assert '<input type="hidden" name="next" value="/">' in page
    answer = client.post("/sandbox/-/fault/", {"fault": "", "next": "/"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "no fault is on" in answer.text
    assert "Fault switched on" not in answer.text


def test_who_must_act_is_said_to_who_reads_home_and_a_long_name_is_shortened_there():
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    calls.send(actor, sample.id, ApiCall("GET", "/orders", sends_token=False))
    client = signed_in(actor)
    shown = client.get("/").text
    assert "You can mend it." in shown and "Who must act" not in shown
    assert "The integrator, who owns" not in client.get(f"/profiles/{sample.id}/checklist/").text
    profiles.update(
        actor, sample.id, replace(profiles.draft_of(sample), name="n" * 200), expected_version=sample.version
    )
    summary = client.get("/").text.split("</h1>")[1].split("<section")[0]
    assert f"{'n' * 59}…: the last call was answered 401." in summary


def test_of_many_profiles_the_refused_one_is_told_first_and_what_lacks_a_credential_ends_by_no_date():
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    for name in ("A", "B"):
        profiles.create(actor, replace(profiles.draft_of(sample), name=name))
    client = signed_in(actor)
    calls.send(actor, sample.id, ApiCall("GET", "/orders"))
    calls.send(actor, sample.id, ApiCall("GET", "/orders", sends_token=False))
    head = client.get("/").text.split("<h1")[1].split("<section")[0]
    assert "One profile needs you" in head
    assert head.index("orders with a secret") < head.index("A: it has no credential yet")
    calls.send(actor, sample.id, ApiCall("GET", "/orders"))
    later = client.get("/").text
    assert "Nothing is refused; 2 profiles want a look" in later and "ends soon" not in later


def in_days(days):
    return 1_900_000_000 + days * 86_400


def cells(client, path, name):
    """What the row of that profile says of its token and of what ends next."""
    rows = LexborHTMLParser(client.get(path).text).css("table tr")
    row = next(one for one in rows if one.css_first("th a") and one.css_first("th a").text() == name)
    return [" ".join(row.css_first(f'td[data-label="{label}"]').text().split()) for label in ("Token", "Credential")]


@pytest.mark.parametrize("path", ["/", "/profiles/"])
def test_a_row_tells_how_long_its_token_lasts_and_what_of_it_ends_next(time_machine, path):
    time_machine.move_to(1_900_000_000, tick=False)
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    client = signed_in(actor)
    assert cells(client, path, sample.name) == ["none", "client secret"]
    obtained = tokens.obtain(actor, sample.id)
    ends_at = obtained.response.expires_at
    key = profiles.subscription_key_for(opening.of_profile(actor, "use", sample.id))
    endings.date_credential(actor, sample.id, in_days(200), version=sample.credential.version)
    time_machine.move_to(ends_at - 1_500, tick=False)
    assert cells(client, path, sample.name) == ["25 min left", "client secret ends in 200 days"]
    profiles.replace_subscription_key(actor, sample.id, key, ends_at=in_days(100))
    assert cells(client, path, sample.name)[1] == "subscription key ends in 100 days"
    time_machine.move_to(ends_at + 1, tick=False)
    assert cells(client, path, sample.name)[0] == "none"
    time_machine.move_to(in_days(91), tick=False)
    assert cells(signed_in(actor), path, sample.name)[1] == "!ends in 9 days"


@pytest.mark.parametrize(("tone", "told"), [("fail", "Stopped at"), ("warning", "Stopped at"), ("notice", "Next")])
def test_a_step_that_failed_is_where_somebody_stopped_and_not_what_comes_next(tone, told):
    step = {"title": "Token obtained", "tone": tone, "state": "", "do": "", "link": "", "url": ""}
    where = {"profile_id": "01a22ce7-555c-7747-9aff-214b00f2d39e", "name": "A", "dots": (), "next": step}
    assert f"<strong>{told}: Token obtained.</strong>" in render_to_string("home/where.html", {"where": where})


def test_a_reload_of_a_practised_failure_asks_for_nothing():
    client = signed_in(with_samples())
    page = client.get("/").text
    url = page.split('action="')[1:]
    practise = next(one.split('"')[0].split("#")[0] for one in url if "/practise/" in one)
    answer = client.post(practise, {"fault": "expired"})
    assert "The token" in answer.text
    assert client.get(practise).status_code == 302
    assert client.post(practise, {"fault": "no-such-fault"}).status_code == 404


def test_home_counts_refusals_as_the_history_does_and_leads_there(time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    actor = with_samples()
    sample = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    for path in ("/orders", "/orders", "/nowhere"):
        calls.send(actor, sample.id, ApiCall("GET", path, sends_token=False))
    page = signed_in(actor).get("/").text
    told = re.search(r'href="([^"]+)" id="refused-in-all">([^<]+)</a>', page)
    assert told[2] == "3 refused calls in 7 days, 2 causes"
    assert "refused 2 times in 7 days" in page
    assert f"<h1>{told[2]}</h1>" in " ".join(signed_in(actor).get(told[1]).text.split())


def test_an_attempt_that_nobody_refused_is_no_refusal_on_home(time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    actor = with_samples()
    assert 'id="refused-in-all"' not in signed_in(actor).get("/").text
    refused = home.of_actor(actor).refused
    assert (refused.count, refused.first_at, refused.cause) == (0, None, "")


def test_an_administrator_sees_how_the_console_is_and_nobody_else_does():
    admin = person("ada@example.com", Role.ADMIN)
    shown = signed_in(admin).get("/").text
    assert "How the console is" in shown
    assert all(part in shown for part in ("Serving", "Worker", "Tasks", "Mails", 'href="/people/condition/"'))
    assert "How the console is" not in signed_in(person()).get("/").text

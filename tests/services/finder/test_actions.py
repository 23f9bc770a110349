"""What may be done: with what somebody looks at, with a profile that they name, and in general; never what they may
not do, and never by the link itself."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.looked_for import looked_for
from console.services import apis, calls, case_desk, cases, profiles, sandbox, sharing
from console.services.finder import actions, find
from console.services.finder.looked_at import LookedAt, looked_at
from console.services.sharing import SharedWith
from tests.services.builders import person, with_samples
from tests.services.finder.looking import names, shown
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_own(owner) if one.name == NAME)


def at_first(actor, kind="", id_=""):
    (do,) = find(actor, "", looked_at(f"{kind}:{id_}")).kinds
    return [hit.name for hit in do.hits]


def test_before_anything_is_typed_there_is_what_may_be_done_here_then_in_general(owner, profile):
    told = at_first(owner, "profile", profile.id)
    assert told[:6] == [
        f"Send the last call of {NAME} again",
        f"Get a token with {NAME}",
        f"Preflight of {NAME}",
        f"Auth matrix of {NAME}",
        f"Break {NAME} for practice",
        f"Edit {NAME}",
    ]
    assert {"Inspect a token", "Sort a log of refusals", "New profile"} <= set(told[6:])
    assert "Import a case" not in told
    assert "Import a case" in at_first(person("sam@example.com", Role.SUPPORT))


def test_who_may_only_use_a_profile_is_offered_that_and_a_stranger_nothing(owner, profile):
    other, stranger = (person(f"{name}@example.com", Role.INTEGRATOR) for name in ("kim", "lo"))
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    told = at_first(other, "profile", profile.id)
    assert f"Preflight of {NAME}" in told
    assert not {f"Edit {NAME}", f"Break {NAME} for practice"} & set(told)
    assert not any(NAME in one for one in at_first(stranger, "profile", profile.id))
    assert NAME not in " ".join(names(actions.FINDER, stranger, "preflight"))


def test_what_is_to_be_done_and_with_what_are_typed_together(owner):
    assert names(actions.FINDER, owner, "preflight certificate") == ["Preflight of Sample: orders with a certificate"]
    assert names(actions.FINDER, owner, "repeat secret") == [f"Send the last call of {NAME} again"]
    assert len(names(actions.FINDER, owner, "preflight")) == 3
    assert names(actions.FINDER, owner, "zzqqzz") == []
    only_named = names(actions.FINDER, owner, NAME)
    assert only_named == [f"Send the last call of {NAME} again", f"Get a token with {NAME}", f"Preflight of {NAME}"]
    assert next(iter(shown(owner, NAME))) == "profile"  # Enter opens what is named


def test_a_call_that_is_looked_at_is_handed_over_sent_again_and_compared(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders")).attempt_id
    assert at_first(owner, "attempt", sent)[:3] == [
        "Hand this to support",
        "Edit this call and send it again",
        "Compare it with the last that went well",
    ]
    support = person("sam@example.com", Role.SUPPORT)
    assert "Hand this to support" not in at_first(support, "attempt", sent)


def test_an_api_that_is_looked_at_is_tried_and_edited_by_who_may(owner):
    api = next(one for one in apis.list_apis(owner) if one.name == "Orders (sandbox)")
    assert at_first(owner, "api", api.id)[:2] == [f"Try the policy of {api.name}", f"Find an operation of {api.name}"]
    assert f"Edit {api.name}" not in at_first(owner, "api", api.id)


def test_a_case_that_is_looked_at_is_worked_on_by_who_may_and_handed_on_by_its_owner(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders", sends_token=False)).attempt_id
    case = cases.create(owner, sent, title="Refused", note="")
    stranger, reader = (person(f"{name}@example.com", Role.INTEGRATOR) for name in ("lo", "kim"))
    support = person("sam@example.com", Role.SUPPORT)
    sharing.give(owner, "case", case.id, SharedWith(reader.user_id), right="view")
    number, hand_on = f"#{case.number}", f"Hand #{case.number} on: the text for a ticket"
    assert [one for one in at_first(owner, "case", case.id) if number in one] == [
        f"Answer in {number}",
        f"Add evidence to {number}",
        hand_on,
        f"Open the attempt of {number}",
    ]
    assert [one for one in at_first(support, "case", case.id) if number in one] == [
        f"Answer in {number}",
        f"Add evidence to {number}",
        f"Solve {number}",
        f"Ask for what is missing in {number}",
        f"Take {number} over, or give it to somebody",
        hand_on,
    ]
    assert [one for one in at_first(reader, "case", case.id) if number in one] == [hand_on]
    assert not [one for one in at_first(stranger, "case", case.id) if number in one]
    case_desk.close(support, case.id, why="It was a test.")
    assert f"Solve {number}" not in at_first(support, "case", case.id)


@pytest.mark.parametrize("told", ["", "profile", "profile:", "profile:1", "person:1", "profile:x' or 1=1", "\0:\0"])
def test_what_a_browser_says_it_looks_at_is_believed_only_as_a_kind_and_an_id(told):
    assert looked_at(told) is None


def test_each_leads_to_a_place_on_a_page_and_changes_nothing(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders")).attempt_id
    case = LookedAt("case", cases.create(owner, sent, title="Refused", note="").id)
    support = person("sam@example.com", Role.SUPPORT)
    before = sandbox.workspace(owner).state
    looks = [
        (owner, LookedAt("profile", profile.id)),
        (owner, LookedAt("attempt", sent)),
        (owner, case),
        (support, case),
    ]
    for actor, here in looks:
        client = signed_in(actor)
        for hit in actions.at_first(actor, here):
            answer = client.get(reverse(hit.opens, args=hit.key, query=hit.query or None))
            assert answer.status_code == 200, hit
            if hit.part:
                assert LexborHTMLParser(answer.content.decode()).css_first(f"#{hit.part}"), hit
    assert sandbox.workspace(owner).state == before
    assert looked_for("") is not None


def test_the_page_says_what_it_is_about_and_the_palette_answers_with_it(owner, profile):
    client = signed_in(owner)
    page = LexborHTMLParser(client.get(f"/profiles/{profile.id}/").content.decode())
    here = page.css_first("#palette-form input[name=here]").attributes["value"]
    assert here == f"profile:{profile.id}"
    assert page.css_first("#find").attributes["href"] == f"/find/?here={here}"
    for answer in (client.get(f"/find/?here={here}"), client.post("/find/", {"text": "", "here": here})):
        found = LexborHTMLParser(answer.content.decode())
        assert found.css_first("#things a").attributes["href"] == f"/profiles/{profile.id}/#call"
        assert found.css_first("#palette-form input[name=here]").attributes["value"] == here
    assert "Preflight" not in client.get("/find/?here=profile:nonsense").content.decode()

"""The panel "Who may do what here": given, changed and taken away as people do it, and what others are told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.access import SharedWith
from console.core.actor import Role
from console.core.credential import Secret
from console.models import AuditEntry
from console.services import apis, calls, cases, demo, groups, profiles, sharing
from console.store import people
from tests.services.builders import PASSWORD, person, with_samples
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def other(owner):
    return person("otto@example.com")


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if "orders with a secret" in one.name)


@pytest.fixture
def things(owner, profile):
    """One of each kind that can be shared, as its address begins."""
    sent = calls.send(owner, profile.id, calls.ApiCall("GET", "/orders"))
    case = cases.create(owner, sent.attempt_id, title="Case", note="")
    api = apis.create(owner, apis.get_stored(owner, "view", profile.api_id))
    return {"profile": f"/profiles/{profile.id}/", "api": f"/apis/{api.id}/", "case": f"/cases/{case.id}/"}


def panel(page):
    """The text of the panel on a page, tags and blanks left out."""
    text = page.text.partition('id="access"')[2].partition("</section>")[0]
    return " ".join("".join(part.partition(">")[2] for part in text.split("<")).split())


def subject_of(actor):
    return f"person:{actor.user_id}"


@pytest.mark.parametrize("kind", ["profile", "api", "case"])
def test_each_kind_is_shared_changed_and_taken_away_on_its_own_page(owner, other, things, kind):
    page, client, guest = things[kind], signed_in(owner), signed_in(other)
    assert "Nobody else was let in." in panel(client.get(page))
    assert guest.get(page).status_code == 404
    for fields, right in (
        ({"who": " Otto@Example.com ", "right": "view"}, "view"),
        ({"subject": subject_of(other), "right": "use"}, "use"),
        ({"who": other.email, "right": "manage"}, "manage"),
    ):
        answer = client.post(f"{page}sharing/", fields)
        assert (answer.status_code, answer["Location"]) == (302, f"{page}#access")
        assert f"otto@example.com {right}" in panel(client.get(page))
        assert guest.get(page).status_code == 200
    client.post(f"{page}sharing/", {"subject": subject_of(other), "take": "1"})
    assert guest.get(page).status_code == 404
    entries = AuditEntry.objects.filter(object_kind=kind, action__startswith="share").order_by("pk")
    assert [one.action for one in entries] == ["share given", "share changed", "share changed", "share taken away"]


@pytest.mark.parametrize("kind", ["profile", "api", "case"])
@pytest.mark.parametrize("right", ["view", "use"])
def test_who_does_not_manage_it_is_told_of_the_owner_and_of_themselves_alone(owner, other, things, kind, right):
    third = person("tina@example.com")
    for name in (other.email, third.email):
        signed_in(owner).post(f"{things[kind]}sharing/", {"who": name, "right": right})
    shown = panel(signed_in(other).get(things[kind]))
    assert f"ina@example.com owner may do everything; it stays theirs You {right}" in shown
    assert "tina@example.com" not in shown
    assert "Let them in" not in shown
    assert "Take it away" not in shown


def test_a_member_is_told_through_which_group(owner, other, things):
    admin = people.find("ada@example.com")
    team = groups.make(admin, "Orders team")
    groups.add(admin, team.id, other.user_id)
    answer = signed_in(owner).post(f"{things['profile']}sharing/", {"who": "orders TEAM", "right": "use"})
    assert answer.status_code == 302
    assert "Orders team group use" in panel(signed_in(owner).get(things["profile"]))
    assert "by the group Orders team" in panel(signed_in(other).get(things["profile"]))


@pytest.mark.parametrize("kind", ["profile", "api", "case"])
def test_a_name_that_is_nobodys_is_told_in_the_form_with_all_that_was_typed(owner, things, kind):
    answer = signed_in(owner).post(f"{things[kind]}sharing/", {"who": "nobody@example.com", "right": "manage"})
    assert answer.status_code == 422
    assert "Nobody here, and no group, is called so." in answer.text
    assert 'value="nobody@example.com"' in answer.text
    chosen = re.findall(r'<input type="radio" name="right" value="(\w+)"[^>]*\bchecked', answer.text)
    assert chosen == ["manage"]


def test_part_of_a_name_or_the_address_of_a_closed_account_finds_nobody(owner, other, things):
    people.change(other.user_id, roles=other.roles, is_active=False)
    client = signed_in(owner)
    for text in ("otto", "otto@", "example.com", "%", other.email, ""):
        assert client.post(f"{things['profile']}sharing/", {"who": text, "right": "use"}).status_code == 422


def test_a_name_that_two_have_is_not_guessed(owner, things):
    for address in ("kim1@example.com", "kim2@example.com"):
        people.create_person(address, display_name="Kim Lie", roles={Role.INTEGRATOR}, password=Secret(PASSWORD), now=1)
    answer = signed_in(owner).post(f"{things['profile']}sharing/", {"who": "kim lie", "right": "use"})
    assert answer.status_code == 422
    assert "More than one person or group is called so." in answer.text
    assert "kim1" not in answer.text


def test_whoever_tries_names_is_slowed_down_and_learns_nothing_more(owner, other, things):
    client = signed_in(owner)
    for number in range(20):
        client.post(f"{things['profile']}sharing/", {"who": f"x{number}@example.com", "right": "use"})
    for who in ("x@example.com", other.email):
        answer = client.post(f"{things['profile']}sharing/", {"who": who, "right": "use"})
        assert answer.status_code == 429
        assert "You have asked for 20 people and groups that are not here within an hour." in answer.text


def test_nobody_is_found_by_a_number(owner, other, things):
    """The form of one share names its person by a number: of who has no share it tells and gives nothing."""
    client = signed_in(owner)
    for subject in (subject_of(other), "person:999999", "group:x", "nonsense", ""):
        fields = {"subject": subject, "right": "use"}
        answers = [
            client.post(f"{things['profile']}sharing/", fields | more, follow=True) for more in ({}, {"take": "1"})
        ]
        assert {answer.status_code for answer in answers} <= {200, 404}
        assert not any(other.email in answer.text for answer in answers)
    assert sharing.access(owner, "profile", things["profile"].split("/")[2]).shares == ()


def test_the_owner_stays_and_whoever_gives_up_their_own_right_lands_on_a_page_of_theirs(owner, other, things):
    client, guest, page = signed_in(owner), signed_in(other), things["profile"]
    client.post(f"{page}sharing/", {"who": other.email, "right": "manage"})
    assert "otto@example.com (you) manage" in panel(guest.get(page))
    assert "Give it up" in panel(guest.get(page))
    answer = guest.post(f"{page}sharing/", {"who": owner.email, "right": "view"})
    assert answer.status_code == 422
    assert "It cannot be shared with its owner." in answer.text
    guest.post(f"{page}sharing/", {"subject": subject_of(owner), "take": "1"})
    assert client.get(page).status_code == 200
    answer = guest.post(f"{page}sharing/", {"subject": subject_of(other), "take": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Let them in" in panel(client.get(page))


def test_a_token_is_shown_whole_to_a_user_who_was_given_that_and_to_no_other(owner, other, profile, things):
    client, guest, page = signed_in(owner), prove(signed_in(other)), things["profile"]
    for fields, status, is_offered in (
        ({"who": other.email, "right": "use"}, 403, False),
        ({"subject": subject_of(other), "right": "use", "reveals_token": "on"}, 200, True),
        ({"subject": subject_of(other), "right": "view", "reveals_token": "on"}, 404, False),
        ({"subject": subject_of(other), "right": "use"}, 403, False),
        ({"subject": subject_of(other), "right": "manage"}, 200, True),
    ):
        client.post(f"{page}sharing/", fields)
        shown = guest.post(f"{page}token/") if status != 404 else guest.get(page)
        assert ('id="reveal-token"' in shown.text) == is_offered, fields
        assert guest.post(f"{page}token/reveal/").status_code == status, fields
    said = [one.detail.strip('"') for one in AuditEntry.objects.filter(action__startswith="share").order_by("pk")]
    name = people.label(other)
    assert said[:3] == [
        f"use for {name}",
        f"use, token shown instead of use for {name}",
        f"view instead of use, token shown for {name}",
    ]


def test_a_group_that_may_see_the_token_lets_its_members_see_it(owner, other, profile, things):
    admin = people.find("ada@example.com")
    team = groups.make(admin, "Team")
    groups.add(admin, team.id, other.user_id)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    guest = signed_in(other)
    guest.post(f"{things['profile']}token/")
    assert guest.post(f"{things['profile']}token/reveal/").status_code == 403
    sharing.give(owner, "profile", profile.id, SharedWith(group_id=team.id), right="use", reveals_token=True)
    assert prove(guest).post(f"{things['profile']}token/reveal/").status_code == 200


def test_the_panel_of_an_api_says_who_else_may_by_their_role_or_because_it_is_open(owner, other, profile, things):
    shown = panel(signed_in(owner).get(things["api"]))
    assert "Administrators manage" in shown
    assert "Everybody here" not in shown
    for suffix in ("", "sharing/"):
        published = panel(signed_in(other).get(f"/apis/{profile.api_id}/{suffix}"))
        assert "Everybody here use" in published
        assert "Administrators" not in published


def test_the_panel_of_a_case_says_that_support_reads_it(owner, things):
    shown = panel(signed_in(owner).get(things["case"]))
    assert "Support use reads it and comments" in shown
    assert "Administrators manage reads it, comments, withdraws it, and decides who may" in shown


def test_the_panel_stands_on_a_page_of_its_own_for_whoever_sees_the_thing(owner, other, things):
    for kind, page in things.items():
        assert panel(signed_in(owner).get(f"{page}sharing/")) == panel(signed_in(owner).get(page)), kind
        assert signed_in(other).get(f"{page}sharing/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/profiles/", "/apis/", "/cases/", "/policies/"])
def test_a_list_asks_no_more_for_what_more_people_share(owner, other, things, path):
    """Also of profiles that act in the sandboxes of several owners."""

    def shared_by(number):
        maker = person(f"maker{number}@example.com")
        demo.add_samples(maker)
        mine = profiles.list_own(maker)
        for profile in mine:
            sharing.give(maker, "profile", profile.id, SharedWith(other.user_id), right="use")
        sent = calls.send(maker, mine[0].id, calls.ApiCall("GET", "/orders"))
        case = cases.create(maker, sent.attempt_id, title="Case", note="")
        api = apis.create(maker, apis.get_stored(maker, "view", mine[0].api_id))
        for kind, made in (("case", case), ("api", api)):
            sharing.give(maker, kind, made.id, SharedWith(other.user_id), right="view")

    def count():
        client = signed_in(other)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    shared_by(0)
    first = count()
    for number in range(1, 4):
        shared_by(number)
    assert count() == first

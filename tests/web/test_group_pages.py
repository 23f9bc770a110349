"""Groups as an administrator makes, fills, renames and deletes them, and what stays shut to everybody else."""

import pytest

from console.core.access import SharedWith
from console.core.actor import Role
from console.models import Group
from console.services import connections, groups, sharing
from console.store import people
from tests.services.builders import person
from tests.store import builders
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return person("ada@example.com", Role.ADMIN)


@pytest.fixture
def client(admin):
    return prove(signed_in(admin))


def test_a_group_from_its_making_to_its_end(client, admin):
    ina = person()
    assert "No group yet" in client.get("/people/groups/").text
    made = client.post("/people/groups/", {"name": " Orders team "})
    page = made["Location"]
    assert "Nobody is in it." in client.get(page).text
    for typed in ("INA@example.com ", "ina@example.com"):
        assert client.post(f"{page}members/", {"person": typed}).status_code == 302
    assert [one.email for one in groups.list_groups(admin)[0].members] == ["ina@example.com"]
    assert people.get(ina.user_id).groups == {groups.list_groups(admin)[0].id}
    assert client.post(page, {"name": "Crew"}).status_code == 302
    assert "Crew" in client.get("/people/groups/").text
    assert client.post(f"{page}members/", {"out": str(ina.user_id)}).status_code == 302
    assert groups.list_groups(admin)[0].members == ()
    assert "Delete Crew?" in client.get(f"{page}delete/").text
    assert client.post(f"{page}delete/")["Location"] == "/people/groups/"
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Give the group a name."),
        ("CREW", "A group with this name is here already."),
        ("x" * 201, "at most 200 are kept"),
        ("a\u200bb", "A hidden character is in the text"),
    ],
)
def test_a_name_that_will_not_do_is_told_and_stays_in_the_form(client, admin, name, told):
    other = groups.make(admin, "Crew")
    kept = groups.make(admin, "Team")
    for page in ("/people/groups/", f"/people/groups/{kept.id}/"):
        answer = client.post(page, {"name": name})
        assert answer.status_code == 422
        assert told in answer.text
    assert {one.name for one in groups.list_groups(admin)} == {other.name, kept.name}


@pytest.mark.parametrize("typed", ["", "nobody@example.com", "ina", "closed@example.com"])
def test_somebody_who_is_not_here_is_put_into_no_group(client, admin, typed):
    person()
    closed = person("closed@example.com")
    people.change(closed.user_id, roles=closed.roles, is_active=False)
    team = groups.make(admin, "Team")
    answer = client.post(f"/people/groups/{team.id}/members/", {"person": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text or not typed
    assert groups.list_groups(admin)[0].members == ()


def test_what_no_form_of_it_sends_is_refused_in_words(client, admin):
    team = groups.make(admin, "Team")
    page = f"/people/groups/{team.id}/members/"
    for fields, status in (({"out": "999999"}, 404), ({"out": "x"}, 422), ({"out": "9" * 400}, 422), ({}, 422)):
        assert client.post(page, fields).status_code == status, fields


def test_a_deleted_group_closes_what_was_shared_with_it_and_its_page_says_how_much_that_is(client, admin):
    owner = person("olga@example.com")
    member = person("mo@example.com")
    profile = builders.profile(owner)
    team = groups.make(admin, "Team")
    groups.add(admin, team.id, member.user_id)
    sharing.give(owner, "profile", profile.id, SharedWith(group_id=team.id), right="view")
    assert "1 thing is shared with it." in client.get(f"/people/groups/{team.id}/").text
    assert signed_in(member).get(f"/profiles/{profile.id}/").status_code == 200
    client.post(f"/people/groups/{team.id}/delete/")
    assert signed_in(member).get(f"/profiles/{profile.id}/").status_code == 404


def test_a_group_that_the_settings_name_keeps_its_name(client, admin, settings):
    settings.CONSOLE_OIDC_GROUPS_CLAIM, settings.CONSOLE_OIDC_GROUPS = "groups", "8f2c=Team"
    team = groups.make(admin, "Team")
    page = f"/people/groups/{team.id}/"
    assert "stands in the console’s settings" in client.get(page).text
    answer = client.post(page, {"name": "Crew"})
    assert groups.list_groups(admin)[0].name == "Team"
    assert answer.status_code == 422


def test_the_audit_trail_calls_a_group_by_its_name_and_leads_to_it(client, admin):
    team = groups.make(admin, "The northern team")
    page = client.get("/people/audit/").text
    assert f'href="/people/groups/{team.id}/"' in page
    assert "The northern team" in page
    groups.delete(admin, team.id)
    gone = client.get("/people/audit/").text
    assert f'href="/people/groups/{team.id}/"' not in gone


@pytest.mark.parametrize("kind", ["profile", "api", "case", "connection"])
def test_the_audit_trail_leads_to_what_was_shared_with_who_reads_it(client, admin, kind):
    """Each kind that can be shared has a page, and the trail knows it."""
    owner = person("olga@example.com")
    profile = builders.profile(owner)
    made = {
        "profile": lambda: profile.id,
        "api": lambda: builders.api(owner).id,
        "case": lambda: builders.case(owner).id,
        "connection": lambda: connections.make(owner, profile.id, "C").id,
    }[kind]()
    sharing.give(owner, kind, made, SharedWith(admin.user_id), right="view")
    assert f'href="/{kind}s/{made}/"' in client.get("/people/audit/").text

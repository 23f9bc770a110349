"""A page offers nobody what it would refuse them: each link and form of each page is tried by whoever sees it."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.core.access import SharedWith
from console.core.call import ApiCall
from console.services import calls, profiles, sandbox, sharing
from console.store import people
from tests.web import rights_world
from tests.web.rights_world import SHARED
from tests.web.url_map import every_address

# Of the rights themselves tests/web/test_rights.py asks both databases; this is about what templates offer.
pytestmark = pytest.mark.django_db

REFUSALS = (403, 404, 405, 500)
LEAVING = "/accounts/"  # one's own account, and signing out: the same for everybody
PAGES = (
    *("profile", "profile-checklist", "profile-sharing", "call"),
    *("api", "api-developers", "api-checklist", "api-sharing", "api-policy"),
    *("connection", "connection-sharing", "connection-edit"),
    *("case", "case-sharing", "start", "profiles", "apis", "cases", "calls"),
)
ACTIONS = {  # what is done on a page and answered with one
    "profile-token": {},
    "profile-call": {"method": "GET", "path": "/orders", "sends_token": "on"},
}
ROLES = ("owner", *SHARED, "support", "admin")


def doors(text):
    """(method, path, fields) of each link, and of each button of each form, of this console."""
    tree = LexborHTMLParser(text)
    links = {("get", one.attributes.get("href") or "") for one in tree.css("a[href]")}
    for method, path in sorted(links):
        yield method, path.partition("#")[0], {}
    for form in tree.css("form"):
        if (form.attributes.get("method") or "").lower() == "dialog":
            continue
        method = (form.attributes.get("method") or "get").lower()
        path = (form.attributes.get("action") or "").partition("#")[0]
        for button in form.css("button[type=submit]") or [form]:
            yield method, path, {**_fields(form), **_named(button)}


def _named(node):
    name = node.attributes.get("name")
    return {name: node.attributes.get("value") or ""} if name else {}


def _fields(form):
    fields = {}
    for node in form.css("input, textarea"):
        kind, is_checked = node.attributes.get("type"), "checked" in node.attributes
        if kind not in ("radio", "checkbox", "file", "submit") or is_checked:
            fields |= _named(node)
    for select in form.css("select"):
        chosen = select.css_first("option[selected]") or select.css_first("option")
        fields[select.attributes["name"]] = (chosen.attributes.get("value") or "") if chosen else ""
    return fields


def of_the_house(path, *, is_kept):
    """No file, not one's own account; where what was done is taken back, nothing of the attempt that it made."""
    is_page = path.startswith("/") and not path.startswith((LEAVING, "/static/"))
    of_attempts = ("/calls/", "?call=", "?attempt=")
    return is_page and (is_kept or not any(one in path for one in of_attempts))


def looked_at(world, pages, roles):
    """(who, name, method, path, page) of each page that each of them is shown."""
    for who in roles:
        for name, method, path, fields in pages:
            page = world.ask(who, method, path, fields)
            if page.status_code == 200:
                yield who, name, method, path, page.text


def tried(world, looks):
    """What was refused, by page, door and who; and all that was tried."""
    shut, answers = {}, {}
    for who, name, method, _, text in looks:
        for door_method, door_path, sent in doors(text):
            door = (who, door_method, door_path, tuple(sorted(sent.items())))
            if of_the_house(door_path, is_kept=method == "get") and door not in answers:
                answers[door] = world.ask(who, door_method, door_path, sent).status_code
            if answers.get(door) in REFUSALS:
                shut.setdefault((name, door_method, door_path, answers[door]), []).append(who)
    return shut, answers


def nowhere(looks):
    """Links within a page that lead to no part of it."""
    for who, name, _, path, text in looks:
        tree = LexborHTMLParser(text)
        for link in tree.css("a[href*='#']"):
            to, _, part = (link.attributes.get("href") or "").partition("#")
            if to in {"", path} and tree.css_first(f'[id="{part}"]') is None:
                yield name, part, who


def pages_of(world):
    paths = {one.name: one.path for one in every_address(**world.ids)}
    looks = [(name, "get", paths[name], {}) for name in PAGES]
    return looks + [(name, "post", paths[name], fields) for name, fields in ACTIONS.items()]


@pytest.mark.long
def test_whoever_sees_a_button_or_a_link_may_go_there():
    world = rights_world.world()
    looks = list(looked_at(world, pages_of(world), ROLES))
    shut, answers = tried(world, looks)
    assert shut == {}
    assert {who for who, *_ in answers} == set(ROLES)
    assert list(nowhere(looks)) == []


def troubled():
    """The world with everything gone wrong: another scope, an Api that is not shared, a fault and a 401."""
    world = rights_world.world()
    owner = people.find("ina@example.com")
    profile_id, api_id = world.ids["profile_id"], world.ids["api_id"]
    for subject in [one.subject for one in sharing.access(owner, "api", api_id).shares]:
        sharing.take(owner, "api", api_id, subject)
    profile = profiles.open_profile(owner, "manage", profile_id)
    calls.send(owner, profile_id, ApiCall("GET", "/orders", sends_token=False))
    draft = replace(profiles.draft_of(profile), api_id=api_id, scope="api://other/.default")
    profiles.update(owner, profile_id, draft, expected_version=profile.version)
    sandbox.set_fault(owner, "missing-role")
    return world


@pytest.mark.long
def test_nor_is_a_door_shut_where_everything_has_gone_wrong():
    world = troubled()
    looks = list(looked_at(world, pages_of(world), ROLES))
    shut, answers = tried(world, looks)
    assert shut == {}
    assert {who for who, *_ in answers} == set(ROLES)
    assert list(nowhere(looks)) == []


def test_an_attempt_of_ones_own_outlives_what_was_shared_and_leads_nowhere_else():
    world = rights_world.world()
    owner, other = people.find("ina@example.com"), people.find("use@example.com")
    sent = calls.send(other, world.ids["profile_id"], ApiCall("GET", "/orders", sends_token=False))
    page = ("call", "get", f"/calls/{sent.attempt_id}/", {})
    shown = world.ask("use", *page[1:])
    assert f"/profiles/{world.ids['profile_id']}/" in shown.text
    for kind in ("profile", "api"):
        sharing.take(owner, kind, world.ids[f"{kind}_id"], SharedWith(other.user_id))
    shut, answers = tried(world, looked_at(world, [page], ["use"]))
    assert (shut, len(answers) > 5) == ({}, True)
    assert f"/profiles/{world.ids['profile_id']}/" not in world.ask("use", *page[1:]).text

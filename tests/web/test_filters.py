"""Filters in addresses: one rule for all. What was refused or is unknown is said, and is carried nowhere."""

import html
import re

import pytest

from console.core.actor import Role
from console.services import cases
from tests.services.builders import person, with_samples
from tests.services.test_cases import attempt_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

TOKEN = "eyJhbGciOiJSUzI1NiJ9." + "eyJzdWIiOiJhIn0." + "A" * 40
SUBSCRIPTION_KEY = "0123456789abcdef" * 2
CLIENT_SECRET = "Xyz8Q~0123456789abcdefghijklmnopqrstuvwx"
PASTED = (TOKEN, SUBSCRIPTION_KEY, CLIENT_SECRET, "nothing-has-this", "Nothing has this", "9" * 17, "\u0663")
PARTS = {
    "/cases/": ("q", "api", "profile", "cause", "assignee", "person", "state", "like", "news", "since", "until"),
    "/cases/export/": ("q", "api", "profile", "cause", "assignee", "person", "state", "like", "news"),
    "/calls/": ("q", "profile", "api", "cause", "status", "kind", "person", "since", "until", "span"),
    "/people/audit/": ("who", "action", "kind", "object", "result", "since", "until"),
}
SECRETS = (TOKEN, CLIENT_SECRET)  # 32 hexadecimal digits may also be the id of a request
SEARCHED = {("/cases/", "q"), ("/cases/export/", "q"), ("/calls/", "q"), ("/people/audit/", "who")}  # any word is one
SEARCHED |= {("/people/audit/", "object")}


@pytest.fixture
def boss():
    owner = with_samples()
    cases.create(owner, attempt_of(owner).attempt_id, title="T", note="", with_bodies=True)
    return signed_in(person("boss@example.com", Role.ADMIN, Role.SUPPORT, Role.INTEGRATOR))


def links_of(page):
    """All addresses of a page, and what its hidden fields and choices would put into one."""
    found = re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', page)
    found += re.findall(r'<input type="hidden"[^>]* value="([^"]*)"', page)
    found += re.findall(r'<option value="([^"]*)"', page)
    return html.unescape(" ".join(found))


@pytest.mark.parametrize(("path", "part"), [(path, part) for path, parts in PARTS.items() for part in parts])
def test_what_is_refused_or_unknown_is_said_and_carried_in_no_link(boss, path, part):
    for value in PASTED:
        if (path, part) in SEARCHED and value not in SECRETS:
            continue
        answer = boss.get(path, {part: value})
        page = answer.content.decode()
        assert answer.status_code == (200 if path == "/cases/export/" else 422), (part, value)
        assert value not in links_of(page), (part, value)
        if path != "/cases/export/":
            assert "needs your attention" in page or "error" in page, (part, value)


def test_a_value_that_is_not_offered_is_named_shortly_and_masked(boss):
    for path, part in (("/calls/", "status"), ("/people/audit/", "action")):
        page = boss.get(path, {part: "x" * 3000}).content.decode()
        assert "x" * 81 not in page and "(2000 characters)" in page
        assert CLIENT_SECRET not in boss.get(path, {part: CLIENT_SECRET}).content.decode()

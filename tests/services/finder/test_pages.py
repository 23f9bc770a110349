"""Pages of the console: each that opens by itself is found, by those for whom it opens."""

import pytest
from django.urls import URLPattern, reverse

from console.core.actor import Role
from console.services.finder import actions
from console.services.finder.actions import TO_DO
from console.services.finder.pages import FINDER, PAGES
from console.web import urls
from tests.services.finder.looking import names
from tests.store import builders
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
# Pages without an object that nobody would look for.
NOT_NAMED = {
    *("find", "session", "go-back", "choose-way-in", "healthz", "readyz", "back"),
    *("case-new", "case-export", "ends-address", "ends-address-take-back", "ends-reminders"),  # buttons of their pages
    *("profile-handover", "profile-samples", "triage-forget", "call-import-keep"),
    *("sandbox-fault", "sandbox-register", "sandbox-key", "token-part"),
}


def test_every_page_that_opens_by_itself_is_named_or_is_none_to_look_for():
    bare = {one.name for one in urls.urlpatterns if isinstance(one, URLPattern) and "<" not in str(one.pattern)}
    named = {page.opens for page in (*PAGES, *TO_DO)} - {"mfa_index"}
    assert sorted(bare - named - NOT_NAMED) == []
    assert sorted(named - bare) == []


@pytest.mark.parametrize("role", [*Role])
def test_whoever_finds_a_page_may_open_it(role):
    actor = builders.person("somebody", role)
    client = signed_in(actor)
    for page in (*PAGES, *TO_DO):
        finder = FINDER if page in PAGES else actions.FINDER
        is_found = page.title in names(finder, actor, page.title)
        answer = client.get(reverse(page.opens))
        assert is_found == (answer.status_code in (200, 302)), (page.title, answer.status_code)


def test_a_page_is_found_by_other_words_and_the_sandbox_only_where_there_is_one(settings):
    actor = builders.person("somebody", Role.INTEGRATOR)
    assert names(actions.FINDER, actor, "jwt")[0] == "Inspect a token"
    assert names(FINDER, actor, "passkeys") == ["Second step and passkeys"]
    assert names(FINDER, actor, "sandbox") == ["Sandbox"]
    settings.CONSOLE_SANDBOX = False
    assert names(FINDER, actor, "sandbox") == []

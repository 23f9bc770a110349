"""The implicit grant's answer: a page whose script hands it on, and what is taken of it."""

from dataclasses import replace

import pytest

from console.core.grants import implicit
from console.services import wiring
from console.store import connections
from tests.services import signing_in
from tests.services.builders import person
from tests.services.toys import toy_provider
from tests.web.people import signed_in
from tests.web.test_connection_pages import begin, state_on

pytestmark = pytest.mark.django_db
TOKEN = "canary-implicit-token-1a2b3c4d5e"


@pytest.fixture
def server(settings, monkeypatch):
    settings.CONSOLE_LEGACY_GRANTS = ["implicit"]
    monkeypatch.setattr(toy_provider, "PROVIDER", _with_implicit())
    with signing_in.running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


def _with_implicit():
    return replace(toy_provider.PROVIDER, grants=(*toy_provider.PROVIDER.grants, implicit.GRANT.code))


@pytest.fixture
def actor(server):
    return person()


@pytest.fixture
def mine(actor):
    return signed_in(actor)


@pytest.fixture
def connection(actor, server):
    return signing_in.connection_at(actor, server, grant="implicit")


def state_of(mine, connection):
    page = begin(mine, connection)
    return page, state_on(mine.get(page).content.decode())


def posted(mine, state, **told):
    return mine.post(
        "/back/", {"state": state, "access_token": TOKEN, "token_type": "bearer", "expires_in": "60", **told}
    )


def test_the_page_has_a_script_a_form_and_words_for_who_runs_none(mine, server):
    page = mine.get("/back/").content.decode()
    assert 'id="fragment"' in page and "js/fragment.js" in page
    assert "scripts are off in this browser" in page and "authorization code, which needs none" in page


def test_where_the_grant_is_off_there_is_no_such_page(mine, server, settings):
    settings.CONSOLE_LEGACY_GRANTS = []
    assert mine.get("/back/").status_code == 303


def test_what_the_script_posts_is_taken_and_the_token_is_in_no_address(mine, actor, connection):
    page, state = state_of(mine, connection)
    answer = posted(mine, state)
    assert (answer.status_code, answer.url) == (303, page)
    shown = mine.get(page).content.decode()
    assert TOKEN not in shown + answer.url
    assert mine.post(page, {"do": "confirm"}).status_code == 303
    assert connections.get(actor, "use", connection.id).value.is_connected


@pytest.mark.parametrize("changes", [{"state": "another"}, {"access_token": ""}])
def test_what_is_no_answer_is_not_taken(mine, connection, changes):
    page, state = state_of(mine, connection)
    answer = posted(mine, **{"state": state, **changes})
    assert answer.status_code == 303
    assert answer.url.startswith("/back/")
    assert answer.url != page


def test_a_token_in_an_address_that_servers_are_told_is_not_taken(mine, connection):
    page, state = state_of(mine, connection)
    answer = mine.get("/back/", {"state": state, "access_token": TOKEN, "token_type": "bearer"})
    assert answer.url != page

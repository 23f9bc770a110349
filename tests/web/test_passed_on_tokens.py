"""Pages of profiles that pass a token on, or need a password: what is typed for one request, and where it ends."""

import json
import time
from html import unescape

import pytest

from console.services import connections, profiles
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import granted, kept_texts, profile_for, side
from tests.web.people import signed_in

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db
SECOND, PASSWORD = "canary-second-token-1122334455", "canary-password-9f8e7d6c5b"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def client(actor):
    return signed_in(actor)


def page(client, profile):
    return client.get(f"/profiles/{profile.id}/").content.decode()


def post(client, profile, **form):
    return client.post(f"/profiles/{profile.id}/token/", form)


def test_a_token_is_pasted_used_once_and_written_back_nowhere(client, actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="second")
    assert 'name="given"' in page(client, profile)
    pasted = side.id_token(int(time.time()), aud="c")
    side.lay("/token", granted(access_token=SECOND))
    answer = post(client, profile, given=f" {pasted}\n")
    assert answer.status_code == 200
    assert side.forms()[0]["assertion"] == pasted
    assert pasted not in answer.content.decode()
    assert pasted.rpartition(".")[2] not in answer.content.decode() + kept_texts(attempts.list_recent(actor))


def test_an_empty_field_is_told_beside_it_and_asks_nobody(client, actor, side):
    profile = profile_for(actor, side, "token_exchange")
    answer = post(client, profile, given="")
    assert answer.status_code == 422
    assert "Paste the token that is to be passed on." in answer.content.decode()
    assert side.seen == []


def test_a_profile_that_names_another_asks_for_nothing_and_says_whose_token_it_is(client, actor, side):
    first = profile_for(actor, side, "client_credentials", scope="first")
    second = profile_for(actor, side, "on_behalf_of", scope="second", subject_from=first.id)
    shown = page(client, second)
    assert 'name="given"' not in shown
    assert f'href="/profiles/{first.id}/"' in shown and "Token of another profile" in shown
    subject = side.id_token(int(time.time()), aud="c")
    side.lay("/token", granted(access_token=subject), granted(access_token=SECOND))
    assert post(client, second).status_code == 200
    assert side.forms()[1]["assertion"] == subject


def test_the_form_lists_the_tokens_that_somebody_may_name(client, actor, side):
    first = profile_for(actor, side, "client_credentials", scope="first")
    alien = profile_for(person("otto@example.com"), side, "client_credentials", scope="first")
    profile_for(actor, side, "authorization_code")
    second = profile_for(actor, side, "on_behalf_of", scope="second", subject_from=first.id)
    form = client.get(f"/profiles/{second.id}/edit/").content.decode()
    options = form.partition('name="subject_from"')[2].partition("</select>")[0]
    assert f'value="{second.id}"' not in options  # it cannot pass on what it is only to get
    assert f'value="{first.id}" selected' in options
    assert alien.id not in form
    assert options.count("<option") == 2, "none, and the first"


def test_a_password_is_typed_sent_once_and_written_back_nowhere(client, actor, side, settings):
    settings.CONSOLE_LEGACY_GRANTS = ["password"]
    profile = profile_for(actor, side, "password", scope="orders", username="ina")
    shown = page(client, profile)
    assert 'type="password"' in shown and "RFC 9700" in shown
    side.lay("/token", granted(you_sent=PASSWORD))
    answer = post(client, profile, given=PASSWORD)
    assert side.forms()[0]["password"] == PASSWORD
    assert PASSWORD not in answer.content.decode() + kept_texts(attempts.list_recent(actor))
    assert profiles.open_profile(actor, "use", profile.id).settings["username"] == "ina"


def test_claims_that_the_provider_asks_for_are_told_also_where_nobody_can_sign_in(client, actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="second")
    side.lay("/token", (400, {"error": "interaction_required", "claims": '{"access_token": {}}'}))
    shown = post(client, profile, given=side.id_token(int(time.time()), aud="c")).content.decode()
    assert "asks for a sign-in that fulfils its claims" in shown
    assert "nobody can do it here" in shown and 'id="step-up"' not in shown


def test_they_are_offered_for_the_connection_whose_token_is_passed_on(client, actor, side):
    first = profile_for(actor, side, "authorization_code")
    connection = connections.make(actor, first.id, "Ola's")
    profile = profile_for(actor, side, "on_behalf_of", scope="second", subject_from=f"{first.id}/{connection.id}")
    claims = '{"access_token": {"acrs": {"essential": true, "value": "c1"}}}'
    side.lay("/token", (400, {"error": "interaction_required", "claims": claims}))
    shown = post(client, profile, given=side.id_token(int(time.time()), aud="c")).content.decode()
    assert json.loads(unescape(shown.partition('name="claims" value="')[2].partition('"')[0])) == json.loads(claims)
    assert f"/connections/{connection.id}/authorize/" in shown and 'id="step-up"' in shown

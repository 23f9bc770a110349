"""Grants of the console against the providers that the sandbox plays: one round trip each, as a person makes it."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest

from console.core.credential import Secret
from console.core.exchange import Request, Response
from console.core.grants.base import Need, SendPerson, Wait
from console.core.oauth.token_response import TokenResponse
from console.core.profile import ProfileDraft
from console.core.tokens.parse import parse
from console.sandbox.providers import samples
from console.services import client_keys, profiles, sandbox, sandbox_providers, sandbox_workspace, tokens
from console.services.sandbox_providers import ClientPlace
from console.services.token_requests import Using
from tests.services.builders import with_samples
from tests.services.grant_side import came_back, tried

pytestmark = pytest.mark.django_db
FORM = ("Content-Type", "application/x-www-form-urlencoded")
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_BUTTON = re.compile(r'<button[^>]* name="([^"]*)" value="([^"]*)">')
_ACTION = re.compile(r'<form method="post" action="([^"]*)">')


@pytest.fixture
def actor():
    return with_samples()


def profile_at(actor, provider, grant, client_id, *, scope="", **settings):
    draft = ProfileDraft(
        name=f"{provider} {grant}",
        environment="",
        provider=provider,
        settings={"environment": "sandbox", **settings},
        client_id=client_id,
        grant=grant,
        scope=scope,
        api_id=None,
    )
    return profiles.create(actor, draft)


def with_registered_key(actor, profile, provider):
    client_keys.make_key(actor, profile.id, alg="RS256")
    key = sandbox_providers.of_profile(actor, profile.id, as_certificate=False)
    told = sandbox_providers.register_key(actor, ClientPlace(provider, profile.client_id), key)
    assert told == ""
    return profiles.open_profile(actor, "manage", profile.id)


def registered(actor):
    return sandbox.workspace(actor).state.registered


def answered(actor, url, form=None):
    segment = sandbox_workspace.of_actor(actor).segment
    body = urlencode(form).encode() if form is not None else b""
    request = Request("POST" if form is not None else "GET", url, (FORM,) if form is not None else (), body)
    answer = sandbox.answer(segment, request)
    assert isinstance(answer, Response), answer
    return answer


def signed_in_at(actor, url):
    """The first person of each page is clicked on, until the browser is sent back; gives what it brings."""
    answer = answered(actor, url)
    for _ in range(5):
        if answer.status in (302, 303):
            return dict(parse_qsl(urlsplit(answer.header("Location")).query))
        html = answer.body.decode()
        name, value = _BUTTON.findall(html)[0]
        fields = {unescape(one): unescape(other) for one, other in _HIDDEN.findall(html)}
        action = urljoin(url, unescape(_ACTION.findall(html)[0]))
        answer = answered(actor, action, {**fields, unescape(name): unescape(value)})
    raise AssertionError(f"no way back: {answer.status} {answer.body[:300]!r}")


def granted(result):
    assert isinstance(result.outcome, TokenResponse), (result.outcome, result.steps)
    return result.outcome


def test_maskinporten_gives_a_token_for_a_signed_grant_with_everything_inside(actor):
    (client, _) = registered(actor).maskinporten.clients
    profile = profile_at(
        actor, "maskinporten", "jwt_bearer", client.id, scope=samples.READ, consumer_org=samples.CUSTOMER
    )
    profile = with_registered_key(actor, profile, "maskinporten")
    got = tokens.obtain(actor, profile.id)
    assert got.response is not None, (got.error.error_description, got.steps[-1].subject)
    assert (got.token.claims["consumer"]["ID"], got.token.claims["scope"]) == (f"0192:{samples.CUSTOMER}", samples.READ)
    assert got.token.claims["supplier"]["ID"] == f"0192:{samples.SUPPLIER}"


def test_a_citizen_signs_in_at_idporten_and_tokenx_exchanges_their_token(actor):
    client = next(one for one in registered(actor).idporten if one.method == "private_key_jwt")
    login = profile_at(actor, "idporten", "authorization_code", client.id, scope="openid profile", par="yes")
    login = with_registered_key(actor, login, "idporten")
    move = tried(actor, login).result.outcome
    assert isinstance(move, SendPerson), move
    first = granted(came_back(actor, login, move, **signed_in_at(actor, move.url)).result)
    assert first.notes == ()
    again = granted(tried(actor, login, Using("refresh_token", {Need.REFRESH_TOKEN: first.refresh_token})).result)
    assert again.refresh_token is not None

    exchange = profile_at(actor, "tokenx", "token_exchange", samples.FRONTEND, audience=samples.API)
    exchange = with_registered_key(actor, exchange, "tokenx")
    given = {Need.SUBJECT_TOKEN: again.access_token}
    second = granted(tried(actor, exchange, Using(given=given)).result)
    claims, before = parse(second.access_token.reveal()).claims, parse(again.access_token.reveal()).claims
    assert (claims["aud"], claims["client_id"]) == (samples.API, samples.FRONTEND)
    assert (claims["sub"], claims["pid"]) == (before["sub"], before["pid"])
    assert second.notes == ()


def test_a_used_refresh_token_is_refused_where_it_rotates(actor):
    client = next(one for one in registered(actor).idporten if one.method == "private_key_jwt")
    login = with_registered_key(
        actor, profile_at(actor, "idporten", "authorization_code", client.id, scope="openid"), "idporten"
    )
    move = tried(actor, login).result.outcome
    first = granted(came_back(actor, login, move, **signed_in_at(actor, move.url)).result)
    using = Using("refresh_token", {Need.REFRESH_TOKEN: first.refresh_token})
    rotated = granted(tried(actor, login, using).result).refresh_token
    assert rotated != first.refresh_token
    assert tried(actor, login, using).result.error.error == "invalid_grant"


def test_a_device_waits_until_its_code_is_entered(actor):
    entra = next(one for one in profiles.list_own(actor) if "with a secret" in one.name)
    draft = profiles.draft_of(entra)
    device = profiles.update(actor, entra.id, replace(draft, grant="device_code"), expected_version=entra.version)[0]
    move = tried(actor, device).result.outcome
    assert isinstance(move, Wait), move
    assert isinstance(came_back(actor, device, move).result.outcome, Wait)


def test_entra_lets_a_person_sign_in_by_code(actor):
    entra = next(one for one in profiles.list_own(actor) if "with a secret" in one.name)
    profile = profiles.update(
        actor, entra.id, replace(profiles.draft_of(entra), grant="authorization_code"), expected_version=entra.version
    )[0]
    move = tried(actor, profile).result.outcome
    assert isinstance(move, SendPerson)
    told = signed_in_at(actor, move.url)
    assert Secret(told["state"]) == move.keep["state"]
    granted(came_back(actor, profile, move, **told).result)

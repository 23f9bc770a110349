"""Grants that carry a token or a signed JWT of their own, through the services: what is sent, shown and kept."""

import json

import pytest

from console.adapters import clock
from console.core.credential import Secret
from console.core.errors import NotAllowed
from console.core.exchange import Purpose
from console.core.grants.base import Need
from console.core.tokens.parse import parse
from console.services import opening, profiles, token_requests, tokens, wiring
from console.services.token_requests import Using
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import SECRET, TOKEN, granted, kept_texts, profile_for, side

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


def passing_on(actor, profile, subject):
    opened = opening.of_profile(actor, "use", profile.id)
    using = Using(given={Need.SUBJECT_TOKEN: Secret(subject)})
    return token_requests.send(opened, wiring.transport_for(opened.own), using)


def with_key(actor, side, **settings):
    profile = profile_for(actor, side, "jwt_bearer", credential=None, scope="nav:x.read", **settings)
    profiles.make_certificate(actor, profile.id, days=90)
    return profiles.open_profile(actor, "manage", profile.id)


def test_a_token_is_passed_on_and_shown_decoded_but_never_kept_whole(actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="api://orders/.default")
    subject = side.id_token(clock.now(), aud="c", scp="access")
    side.lay("/token", granted())
    result = passing_on(actor, profile, subject)
    (form,) = side.forms()
    assert (form["assertion"], form["requested_token_use"], form["client_secret"]) == (subject, "on_behalf_of", SECRET)
    (step,) = [step for step in result.steps if step.purpose is Purpose.TOKEN]
    assert (step.subject.claims["scp"], step.assertion) == ("access", None)
    shown = repr([(step.request.body, step.response.body, step.subject) for step in result.steps])
    assert subject.rpartition(".")[2] not in shown


def test_an_exchange_sends_what_the_standard_names_and_keeps_what_came(actor, side):
    profile = profile_for(actor, side, "token_exchange", scope="", audience="dev-gcp:team:app")
    subject = side.id_token(clock.now())
    side.lay("/token", granted(issued_token_type="urn:ietf:params:oauth:token-type:access_token"))
    result = passing_on(actor, profile, subject)
    (form,) = side.forms()
    assert (form["subject_token"], form["audience"]) == (subject, "dev-gcp:team:app")
    assert form["subject_token_type"] == "urn:ietf:params:oauth:token-type:access_token"
    assert result.response.access_token == Secret(TOKEN)
    assert result.response.notes == ()
    assert result.steps[-1].subject.claims["sub"] == "person-1"


def test_a_token_for_another_api_that_is_refused_is_told_from_the_token_itself(actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="api://orders/.default")
    subject = side.id_token(clock.now(), aud="https://graph.example")
    side.lay("/token", (400, {"error": "invalid_grant", "error_description": "The assertion is not accepted."}))
    opened = opening.of_profile(actor, "use", profile.id)
    result = passing_on(actor, profile, subject)
    kept = tokens.token_history.keep(actor, profile, opened.api, result, used=None, now=clock.now())
    assert kept.diagnosis.primary.cause == "obo-assertion-wrong-audience"
    assert "https://graph.example" in kept.diagnosis.primary.why


def test_a_signed_grant_goes_alone_and_is_shown_decoded(actor, side):
    profile = with_key(actor, side, assertion_form="scope_inside", consumer_org="999888777")
    side.lay("/token", granted(scope="nav:x.read"))
    got = tokens.obtain(actor, profile.id)
    assert got.access_token == Secret(TOKEN)
    (form,) = side.forms()
    assert sorted(form) == ["assertion", "grant_type"]
    sent = parse(form["assertion"])
    assert (sent.claims["iss"], sent.claims["aud"], sent.claims["consumer_org"]) == ("c", side.url, "999888777")
    (step,) = got.steps
    assert step.subject.claims == json.loads(json.dumps(sent.claims))
    assert step.assertion is None
    (kept,) = attempts.list_recent(actor)
    assert kept.evidence.token_request.assertion == step.subject
    assert form["assertion"].rpartition(".")[2] not in kept_texts([kept])


def test_each_signed_grant_is_new(actor, side):
    profile = with_key(actor, side)
    side.lay("/token", granted(), granted())
    for _ in range(2):
        tokens.obtain(actor, profile.id, wants_fresh=True)
    first, second = (parse(form["assertion"]).claims["jti"] for form in side.forms())
    assert first != second


@pytest.mark.parametrize(("credential", "told"), [(True, "no key to sign with"), (None, "no credential yet")])
def test_without_a_key_a_signed_grant_is_refused_before_anything_is_sent(actor, side, credential, told):
    profile = profile_for(actor, side, "jwt_bearer", scope="nav:x.read", credential=credential)
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, profile.id)
    assert told in refused.value.what
    assert side.seen == []

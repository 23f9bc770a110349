"""The history of a token request shows what its first showing did, decoded client assertion included."""

import pytest

from console.services import profiles, tokens
from console.store import attempts
from console.web.present.exchanges import steps_view
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
HEADER, CLAIMS = "Client assertion: header", "Client assertion: claims"


@pytest.fixture
def actor():
    return with_samples()


def obtained_with(actor, what):
    profile = next(one for one in profiles.list_profiles(actor) if what in one.name)
    return profile, tokens.obtain(actor, profile.id)


def titles(steps):
    return [[section["title"] for section in step["sections"]] for step in steps]


@pytest.mark.parametrize("what", ["with a certificate", "with a secret"])
def test_the_steps_of_the_history_are_those_of_the_first_view(actor, what):
    _, obtained = obtained_with(actor, what)
    first = steps_view(obtained.steps)
    assert len(first) == 2
    assert steps_view(attempts.get(actor, obtained.attempt_id).value.exchanges) == first
    assert (HEADER in titles(first)[-1], CLAIMS in titles(first)[-1]) == (what == "with a certificate",) * 2


def test_the_decoded_assertion_says_what_was_sent_and_the_assertion_itself_is_gone(actor):
    profile, obtained = obtained_with(actor, "with a certificate")
    step = attempts.get(actor, obtained.attempt_id).value.exchanges[-1]
    assert step.assertion.header["x5t#S256"] == profile.credential.certificate.x5t_s256
    claims = step.assertion.claims
    assert (claims["iss"], claims["sub"], claims["exp"] - claims["iat"]) == (profile.client_id, profile.client_id, 600)
    assert claims["aud"] == step.request.url
    assert b"client_assertion=<token>" in step.request.body
    evidence = attempts.get(actor, obtained.attempt_id).value.evidence
    assert evidence.token_request.assertion == step.assertion


def test_the_page_of_an_attempt_shows_it(actor):
    _, obtained = obtained_with(actor, "with a certificate")
    page = signed_in(actor).get(f"/calls/{obtained.attempt_id}/").content.decode()
    assert HEADER in page and CLAIMS in page and "x5t#S256" in page

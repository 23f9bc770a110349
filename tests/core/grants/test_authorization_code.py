"""A person signs in: what is asked, what the answer must be, and what is refused before anything is redeemed."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from console.core.credential import Secret
from console.core.exchange import Failure
from console.core.grants import GRANTS, grant_of
from console.core.grants.authorization_code import GRANT
from console.core.grants.base import Done, Need, Post, SendPerson
from console.core.oauth.token_response import TokenError, TokenResponse
from tests.core.grants.answers import answered, granted, id_token, query_of
from tests.core.grants.asking import FRESH, PLACE, ask

LOGIN, PAR, BACK = "https://login.example/authorize", "https://idp.example/t/par", "https://console.example/back/"
WITH_LOGIN = replace(PLACE, authorization_endpoint=LOGIN)
WITH_PAR = replace(WITH_LOGIN, pushed_authorization_request_endpoint=PAR)
VERIFIER, CHALLENGE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
KEPT = {"state": Secret("state-1"), "nonce": Secret("nonce-1"), "verifier": Secret(VERIFIER)}
LATER = replace(FRESH, state="state-2", nonce="nonce-2", verifier=Secret("another"))


def asked(**changes):
    usual = {"place": WITH_LOGIN, "scope": "openid orders", "redirect_uri": BACK}
    return ask(**{**usual, "fresh": replace(FRESH, verifier=Secret(VERIFIER)), **changes})


def came_back(**told):
    """The next move after a person came back; the state is the right one unless another is told."""
    changes = told.pop("changes", {})
    return GRANT.go_on(asked(fresh=LATER, **changes), KEPT, {"state": "state-1", **told})


def ended(exchange, **changes):
    move = GRANT.go_on(asked(fresh=LATER, **changes), {**KEPT, "code": Secret("CODE")}, exchange)
    assert isinstance(move, Done)
    return move.result


def test_the_grant_is_listed_with_what_it_needs():
    assert GRANT in GRANTS
    assert grant_of("authorization_code") is GRANT
    assert GRANT.needs == {Need.CLIENT_AUTH, Need.USER, Need.REDIRECT}


def test_the_person_is_sent_with_the_challenge_of_the_rfcs_own_example():
    move = GRANT.begin(asked())
    assert isinstance(move, SendPerson)
    assert query_of(move.url) == {
        "response_type": "code",
        "client_id": "c",
        "redirect_uri": BACK,
        "scope": "openid orders",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    assert move.expects_state == "state-1"
    assert {name: kept.reveal() for name, kept in move.keep.items()} == {
        "state": "state-1",
        "nonce": "nonce-1",
        "verifier": VERIFIER,
    }
    assert VERIFIER not in move.url


def test_a_nonce_goes_along_only_where_an_id_token_is_asked_for():
    assert "nonce" not in query_of(GRANT.begin(asked(scope="orders")).url)
    assert "scope" not in query_of(GRANT.begin(asked(scope="")).url)


def test_the_parameters_of_the_address_itself_stay():
    move = GRANT.begin(asked(place=replace(WITH_LOGIN, authorization_endpoint=f"{LOGIN}?p=b2c_policy")))
    assert query_of(move.url)["p"] == "b2c_policy"
    assert move.url.startswith(f"{LOGIN}?p=b2c_policy&response_type=code")


def test_what_the_profile_or_this_sign_in_wants_goes_along():
    wants = {"acr_values": "high low", "prompt": "login", "resource": "urn:a urn:b", "max_age": "0", "claims": "{}"}
    sent = parse_qsl(urlsplit(GRANT.begin(asked(settings=wants)).url).query)
    assert [pair for pair in sent if pair[0] in wants] == [
        ("acr_values", "high low"), ("prompt", "login"), ("max_age", "0"), ("claims", "{}"), ("resource", "urn:a"),
        ("resource", "urn:b"),
    ]  # fmt: skip


def test_without_a_place_to_sign_in_nobody_is_sent_anywhere():
    result = GRANT.begin(asked(place=PLACE)).result
    assert (result.kind, result.status) == ("not_begun", 0)


@pytest.mark.parametrize(
    ("place", "settings", "is_pushed"),
    [
        (WITH_PAR, {"par": "yes"}, True),
        (replace(WITH_PAR, requires_pushed_requests=True), {}, True),
        (WITH_PAR, {}, False),
        (WITH_LOGIN, {"par": "yes"}, False),
    ],
)
def test_the_request_is_pushed_where_that_is_chosen_or_demanded(place, settings, is_pushed):
    move = GRANT.begin(asked(place=place, settings=settings))
    assert isinstance(move, Post if is_pushed else SendPerson)
    if is_pushed:
        assert (move.endpoint, move.auth_audience) == (PAR, PLACE.token_endpoint)
        assert dict(move.form)["code_challenge"] == CHALLENGE


def test_after_the_push_the_person_brings_the_reference_alone_and_the_values_of_the_first_request_count():
    pushed = GRANT.begin(asked(place=WITH_PAR, settings={"par": "yes"}))
    answer = answered(201, url=PAR, request_uri="urn:x:1", expires_in=60)
    move = GRANT.go_on(asked(place=WITH_PAR, fresh=LATER), pushed.keep, answer)
    assert isinstance(move, SendPerson)
    assert query_of(move.url) == {"client_id": "c", "request_uri": "urn:x:1"}
    assert (move.expects_state, move.keep) == ("state-1", pushed.keep)


@pytest.mark.parametrize(
    ("answer", "error", "kind"),
    [
        (answered(400, url=PAR, error="invalid_request"), "invalid_request", "oauth"),
        (answered(201, url=PAR, request_uri=5), "", "not_a_token_response"),
        (answered(201, url=PAR), "", "not_a_token_response"),
        (answered(503, url=PAR), "", "not_a_token_response"),
    ],
)
def test_a_push_that_fails_ends_it(answer, error, kind):
    move = GRANT.go_on(asked(place=WITH_PAR), KEPT, answer)
    assert isinstance(move, Done)
    assert (move.result.error, move.result.kind) == (error, kind)


def test_the_code_is_redeemed_with_the_verifier_of_its_own_request():
    move = came_back(code="CODE")
    assert isinstance(move, Post)
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert dict(move.form) == {
        "grant_type": "authorization_code",
        "code": "CODE",
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    assert Secret("CODE") in move.secrets and Secret(VERIFIER) in move.secrets


def test_one_resource_is_named_at_the_token_endpoint_too_and_several_are_not():
    one = came_back(code="CODE", changes={"settings": {"resource": "urn:a"}})
    several = came_back(code="CODE", changes={"settings": {"resource": "urn:a urn:b"}})
    assert dict(one.form)["resource"] == "urn:a"
    assert "resource" not in dict(several.form)


PROMISING = {"place": replace(WITH_LOGIN, names_itself_in_answers=True)}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"state": "state-2", "code": "CODE"}, "The state that came back is not the one"),
        ({"state": "", "code": "CODE"}, "The state that came back is not the one"),
        ({"code": "CODE", "iss": "https://evil.example"}, "iss is https://evil.example, and https://idp.example/t"),
        ({"code": "CODE", "iss": f"{PLACE.issuer}/"}, "from another issuer"),
        ({"error": "access_denied", "iss": "https://evil.example"}, "from another issuer"),
        ({"code": "CODE", "changes": PROMISING}, "promises to name itself"),
        ({}, "neither a code nor an error"),
    ],
)
def test_an_answer_to_another_request_redeems_nothing(told, words):
    move = came_back(**told)
    assert isinstance(move, Done), "the code must go nowhere"
    assert (move.result.kind, move.result.status) == ("foreign_answer", 0)
    assert words in move.result.error_description


@pytest.mark.parametrize("changes", [{}, PROMISING])
def test_the_right_issuer_may_name_itself(changes):
    assert isinstance(came_back(code="CODE", iss=PLACE.issuer, changes=changes), Post)


def test_an_answer_without_anything_kept_is_refused():
    move = GRANT.go_on(asked(), {}, {"state": "state-1", "code": "CODE"})
    assert move.result.kind == "foreign_answer"


def test_the_error_that_a_person_comes_back_with_is_the_providers_own():
    move = came_back(error="access_denied", error_description="The person said no.", code="CODE")
    assert isinstance(move.result, TokenError)
    assert (move.result.error, move.result.error_description) == ("access_denied", "The person said no.")
    assert move.result.body == {"error": "access_denied", "error_description": "The person said no."}


def test_the_token_comes_with_what_belongs_to_it():
    got = ended(granted(refresh_token="RT", id_token=id_token()))
    assert isinstance(got, TokenResponse)
    assert (got.access_token, got.refresh_token) == (Secret("AT"), Secret("RT"))
    assert got.notes == ()


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        ({"nonce": "nonce-2"}, "foreign_answer"),
        ({"nonce": ...}, "foreign_answer"),
        ({"aud": "other"}, "foreign_answer"),
        ({"exp": 1}, "bad_id_token"),
    ],
)
def test_an_id_token_that_does_not_answer_this_sign_in_costs_the_whole_answer(claims, kind):
    got = ended(granted(id_token=id_token(**claims)))
    assert isinstance(got, TokenError)
    assert got.kind == kind


def test_a_sign_in_that_was_to_be_fresh_is_held_to_it():
    old = granted(id_token=id_token(auth_time=FRESH.now - 4000))
    assert ended(old, settings={"max_age": "60"}).kind == "bad_id_token"
    assert isinstance(ended(old), TokenResponse)


def test_what_one_sign_in_wanted_counts_until_its_end():
    begun = GRANT.begin(asked(settings={"max_age": "60", "acr_values": "high"})).keep
    old = granted(id_token=id_token(auth_time=FRESH.now - 4000, acr="high"))
    assert GRANT.go_on(asked(fresh=LATER), begun, old).result.kind == "bad_id_token"
    low = GRANT.go_on(asked(fresh=LATER), begun, granted(id_token=id_token(auth_time=FRESH.now, acr="low"))).result
    assert any("high was asked for" in note for note in low.notes)


def test_what_is_odd_and_no_danger_is_noted():
    (note,) = ended(granted()).notes
    assert "holds no ID token" in note
    assert ended(granted(), scope="orders").notes == ()
    (level,) = ended(granted(id_token=id_token(acr="low")), settings={"acr_values": "high"}).notes
    assert "at the level low; high was asked for" in level


@pytest.mark.parametrize("nothing", [None])
def test_without_an_answer_there_is_no_token(nothing):
    assert isinstance(ended(nothing), Failure)
    assert isinstance(ended(answered(400, error="invalid_grant")), TokenError)

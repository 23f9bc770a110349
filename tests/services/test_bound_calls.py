"""Tokens that are bound to a key or a certificate: got, sent with what they need, and never with anything else."""

import base64
import json
from dataclasses import replace

import jwt
import pytest

from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.models import Attempt, ProofKey, Run
from console.services import apis, calls, profiles, tokens, wiring
from console.services.destinations import Unconfirmed
from tests.bound_side import BoundSide
from tests.far_sides import allow
from tests.services.builders import person
from tests.services.outside import outside_api

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]

GET = ApiCall("GET", "/orders", query="page=2", sends_subscription_key=False)


@pytest.fixture
def side(settings):
    with BoundSide() as running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor():
    return person()


def profile_at(actor, side, *, api_url="", **settings):
    api = outside_api(actor, api_url or f"{side.url}/api")
    chosen = {"environment": "outside", "issuer": side.url, "token_endpoint": f"{side.url}/token", **settings}
    return profiles.create(
        actor, ProfileDraft("bound", "", "generic", chosen, "c", "client_credentials", "", api_id=api.id)
    )


def by_dpop(actor, side, **settings):
    profile = profile_at(actor, side, **{"dpop": "ES256", **settings})
    profiles.replace_secret(actor, profile.id, Secret("a secret of the client"))
    return profile


def by_tls(actor, side, **changes):
    profile = profile_at(actor, side, client_auth="tls_client_auth", **changes)
    assert profiles.upload_certificate(actor, profile.id, side.client_files(), None).problem is None
    return profiles.open_profile(actor, "view", profile.id)


@pytest.mark.parametrize("alg", ["ES256", "RS256"])
def test_a_bound_token_is_got_and_sent_with_fresh_proofs(actor, side, alg):
    profile = by_dpop(actor, side, dpop=alg)
    sent = calls.send(actor, profile.id, GET)
    assert sent.exchange.response.status == 200
    at_token, at_api = side.proof_claims()
    assert (at_token["htm"], at_token["htu"], "ath" in at_token) == ("POST", f"{side.url}/token", False)
    assert (at_api["htm"], at_api["htu"], "ath" in at_api) == ("GET", f"{side.url}/api/orders", True)
    assert at_token["jti"] != at_api["jti"]
    assert side.seen[1]["headers"]["Authorization"].startswith("DPoP ")
    assert side.seen[1]["path"] == "/api/orders?page=2"
    calls.send(actor, profile.id, GET)
    assert len({one["jti"] for one in side.proof_claims()}) == 3  # the token was kept, the proof was not


def test_a_nonce_is_taken_up_once_at_each_place_and_seen_as_two_exchanges(actor, side):
    side.nonces = "once"
    profile = by_dpop(actor, side)
    obtained = tokens.obtain(actor, profile.id)
    assert [one.response.status for one in obtained.steps] == [400, 200]
    sent = calls.send(actor, profile.id, GET)
    assert sent.exchange.response.status == 200
    kept = calls.open_attempt(actor, sent.attempt_id).record.exchanges
    assert [one.response.status for one in kept] == [401, 200]
    assert ["nonce" in one for one in side.proof_claims()] == [False, True, False, True]


WORK = ApiCall("GET", "/work", sends_subscription_key=False)


def test_work_that_takes_long_is_looked_at_with_a_proof_for_the_look_and_the_nonce_that_is_wanted(actor, side):
    begun = calls.send(actor, by_dpop(actor, side).id, WORK)
    side.nonces, before = "once", len(side.proof_claims())
    run = calls.look_again(actor, begun.attempt_id)
    assert (run.state, run.is_done) == ("succeeded", True)
    first, again = side.proof_claims()[before:]
    assert (first["htu"], "ath" in first, "nonce" in first) == (f"{side.url}/api/operations/1", True, False)
    assert again == {**first, "nonce": again["nonce"], "jti": again["jti"], "iat": again["iat"]}
    kept = json.dumps([vars(row) for row in (*Attempt.objects.all(), *Run.objects.all())], default=str)
    assert not any(one in kept for seen in side.seen for one in seen["proofs"])


def test_work_that_takes_long_is_looked_at_with_the_certificate_that_the_token_is_bound_to(actor, side):
    begun = calls.send(actor, by_tls(actor, side).id, WORK)
    assert calls.look_again(actor, begun.attempt_id).is_done
    assert side.seen[-1]["path"] == "/api/operations/1"
    assert side.seen[-1]["cert"] == side.seen[0]["cert"] != ""


def test_a_side_that_wants_another_nonce_forever_is_asked_twice_and_no_more(actor, side):
    profile = by_dpop(actor, side)
    tokens.obtain(actor, profile.id)
    side.nonces = "endless"
    side.seen.clear()
    sent = calls.send(actor, profile.id, GET)
    assert (sent.exchange.response.status, len(side.seen)) == (401, 2)
    side.seen.clear()
    obtained = tokens.obtain(actor, profile.id, wants_fresh=True)
    assert (obtained.error.error, len(side.seen)) == ("use_dpop_nonce", 2)


@pytest.mark.parametrize("nonce", ["with blank ", 'quo"te', "\u00e9", "x" * 2000])
def test_a_nonce_that_is_none_is_not_put_into_a_proof(actor, side, nonce):
    side.nonces, side.nonce = "endless", nonce
    profile = by_dpop(actor, side)
    assert tokens.obtain(actor, profile.id).error.error == "use_dpop_nonce"
    assert len(side.seen) == 1


def test_a_token_whose_key_was_lost_is_refused_and_a_new_one_is_bound_to_the_new_key(actor, side):
    profile = by_dpop(actor, side)
    tokens.obtain(actor, profile.id)
    ProofKey.objects.all().delete()
    side.seen.clear()
    sent = calls.send(actor, profile.id, GET)  # another key is made, to which the stored token is not bound
    assert sent.exchange.response.status == 401
    assert len(side.seen) == 1
    tokens.obtain(actor, profile.id, wants_fresh=True)
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200


def test_the_key_stays_with_the_profile_sealed_and_another_destination_has_another(actor, side):
    profile = by_dpop(actor, side)
    first = tokens.obtain(actor, profile.id).token.claims["cnf"]
    assert tokens.obtain(actor, profile.id, wants_fresh=True).token.claims["cnf"] == first
    (row,) = ProofKey.objects.all()
    assert "PRIVATE" not in row.sealed
    other = {**profile.settings, "issuer": f"{side.url}/another"}
    changed = replace(profiles.draft_of(profile), settings=other)
    profiles.update(actor, profile.id, changed, expected_version=profile.version)
    profiles.replace_secret(actor, profile.id, Secret("a secret of the client"))
    assert tokens.obtain(actor, profile.id).token.claims["cnf"] != first
    profiles.delete(actor, profile.id)
    assert not ProofKey.objects.exists()


def test_proofs_are_masked_wherever_they_are_kept_and_shown_decoded(actor, side):
    side.nonces = "once"
    profile = by_dpop(actor, side)
    sent = calls.send(actor, profile.id, GET)
    kept = json.dumps([vars(row) for row in Attempt.objects.all()], default=str)
    proofs = [one for seen in side.seen for one in seen["proofs"]]
    assert len(proofs) == 4
    assert not any(one in kept or one.rpartition(".")[2] in kept for one in proofs)
    shown = sent.exchange.proof
    assert (shown.header["typ"], shown.claims["htm"]) == ("dpop+jwt", "GET")
    assert dict(sent.exchange.request.headers)["DPoP"] == "<token>"


def test_with_mutual_tls_the_certificate_is_shown_at_the_token_endpoint_and_to_the_accepted_api(actor, side):
    profile = by_tls(actor, side)
    facts = profile.credential.certificate
    sent = calls.send(actor, profile.id, GET)
    assert sent.exchange.response.status == 200
    assert [one["cert"] for one in side.seen] == [facts.x5t_s256] * 2
    assert sent.exchange.request.client_certificate == facts.x5t_s256
    kept = json.dumps([vars(row) for row in Attempt.objects.all()], default=str)
    assert "BEGIN CERTIFICATE" not in kept


def test_an_api_that_was_not_accepted_sees_neither_token_nor_certificate(actor, side, settings):
    with BoundSide(side.authority) as other:
        allow(settings, side)
        settings.CONSOLE_EGRESS_ALLOW += f", 127.0.0.1:{other.port}"
        wiring.egress_policy.cache_clear()
        profile = by_tls(actor, side)
        tokens.obtain(actor, profile.id)
        (moved,) = apis.list_apis(actor)
        apis.update(actor, moved.id, replace(moved, base_url=other.url), expected_version=moved.version)
        with pytest.raises(Unconfirmed):
            calls.send(actor, profile.id, GET)
        assert other.seen == []


def test_a_token_that_is_bound_to_nothing_shows_no_certificate_to_the_api(actor, side):
    profile = profile_at(actor, side, client_auth="private_key_jwt")
    assert profiles.upload_certificate(actor, profile.id, side.client_files(), None).problem is None
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200
    assert [one["cert"] for one in side.seen] == ["", ""]


def test_of_a_token_that_nobody_can_read_the_way_it_was_got_tells(actor, side):
    side.tokens_are_readable = False
    profile = by_tls(actor, side)
    calls.send(actor, profile.id, GET)
    assert [bool(one["cert"]) for one in side.seen] == [True, True]


def test_a_call_without_the_token_shows_no_certificate(actor, side):
    profile = by_tls(actor, side)
    tokens.obtain(actor, profile.id)
    side.seen.clear()
    calls.send(actor, profile.id, replace(GET, sends_token=False))
    assert [one["cert"] for one in side.seen] == [""]


@pytest.mark.parametrize("way", ["client_secret_basic", "tls_client_auth"])
def test_a_redirect_of_the_token_endpoint_takes_nothing_along(actor, side, settings, way):
    with BoundSide(side.authority) as other:
        side.elsewhere = other.url
        settings.CONSOLE_EGRESS_ALLOW += f", 127.0.0.1:{other.port}"
        wiring.egress_policy.cache_clear()
        profile = profile_at(actor, side, client_auth=way, dpop="ES256", token_endpoint=f"{side.url}/redirects")
        if way == "tls_client_auth":
            profiles.upload_certificate(actor, profile.id, side.client_files(), None)
        else:
            profiles.replace_secret(actor, profile.id, Secret("a secret of the client"))
        obtained = tokens.obtain(actor, profile.id)
        assert obtained.response is None
        assert (len(side.seen), other.seen) == (1, [])


@pytest.mark.parametrize("secret", ["a:b+c%d e", "blåbær og 100 % sikkert", "=&?#/\\\"'", "emoji \U0001f511"])
def test_any_secret_arrives_as_it_is_in_basic(actor, side, secret):
    profile = profile_at(actor, side, client_auth="client_secret_basic")
    changed = replace(profiles.draft_of(profile), client_id="dev-gcp:team:app")
    profile = profiles.update(actor, profile.id, changed, expected_version=profile.version)[0]
    profiles.replace_secret(actor, profile.id, Secret(secret))
    obtained = tokens.obtain(actor, profile.id)
    assert obtained.response is not None
    from urllib.parse import unquote_plus

    sent = base64.b64decode(side.seen[0]["headers"]["Authorization"].removeprefix("Basic ")).decode()
    assert [unquote_plus(part) for part in sent.split(":")] == ["dev-gcp:team:app", secret]
    shown = str(obtained.steps[0].request.headers)
    assert "Basic ***" in shown


def test_a_proof_verifies_with_its_own_public_key(actor, side):
    profile = by_dpop(actor, side)
    tokens.obtain(actor, profile.id)
    (proof,) = side.seen[0]["proofs"]
    head = jwt.get_unverified_header(proof)
    assert (head["typ"], head["alg"], sorted(head["jwk"])) == ("dpop+jwt", "ES256", ["crv", "kty", "x", "y"])

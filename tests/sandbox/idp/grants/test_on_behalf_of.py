"""An API calls on as the person who called it: only with a token made for it, for that person, with consent."""

import jwt
import pytest

from console.sandbox.registration import put_client, with_secret
from console.sandbox.state import ClientRegistration, Consent
from tests.sandbox.builders import NOW, decode, key_pair, keys, samples, token_for
from tests.sandbox.people import BASE, World, delegated, person

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ORDERS, INVOICES = samples().orders, samples().invoices
ISSUER = f"{BASE}/{samples().state.tenant_id}/v2.0"


@pytest.fixture
def world():
    """The orders API is a client too, and an administrator let it call invoices for everybody."""
    made = World()
    middle = with_secret(ClientRegistration(ORDERS.id, "Orders"), "middle secret", expires_at=NOW + 10**9)
    made.state = put_client(made.state, middle)
    made.change(consents=(Consent(ORDERS.id, "", INVOICES.id, ("access_as_user",)),))
    return made


def exchange(world, text, **changes):
    form = {
        "grant_type": GRANT_TYPE,
        "client_id": ORDERS.id,
        "client_secret": "middle secret",
        "assertion": text,
        "requested_token_use": "on_behalf_of",
        "scope": delegated(api=INVOICES),
        **changes,
    }
    return world.token(**form)


def forged(**changes):
    claims = {
        "iss": ISSUER, "aud": ORDERS.id, "nbf": NOW, "exp": NOW + 600, "azp": "x", "scp": "access_as_user",
        "oid": person().id, **changes,
    }  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, keys().private_pem, algorithm="RS256", headers={"kid": keys().kid})


def test_a_persons_token_for_the_api_becomes_one_for_the_next_api(world):
    got = exchange(world, world.redeemed()["access_token"])
    _, claims = decode(got["access_token"])
    assert (claims["aud"], claims["appid"]) == (INVOICES.identifier_uri, ORDERS.id)
    assert (claims["oid"], claims["scp"]) == (person().id, "access_as_user")
    assert "refresh_token" not in got


def test_a_refresh_token_comes_when_it_is_asked_for_and_consented(world):
    everything = f"offline_access {delegated(api=INVOICES)}"
    assertion = world.redeemed()["access_token"]
    assert exchange(world, assertion, scope=everything)["error_codes"] == [65001]
    world.sign_in(client_id=ORDERS.id, scope="offline_access openid")
    assert exchange(world, assertion, scope=everything)["refresh_token"]


def test_without_consent_the_person_must_be_asked_somewhere_else(world):
    assertion = world.redeemed()["access_token"]
    world.change(consents=())
    refused = exchange(world, assertion)
    assert (refused["error"], refused["error_codes"], refused["suberror"]) == (
        "invalid_grant", [65001], "consent_required",
    )  # fmt: skip


REFUSED = [
    ({"aud": INVOICES.id}, 500131),
    ({"aud": None}, 500131),
    ({"aud": [ORDERS.id]}, 500131),
    ({"exp": NOW}, 500133),
    ({"exp": None}, 50013),
    ({"exp": "soon"}, 50013),
    ({"nbf": NOW + 301}, 500133),
    ({"iss": "https://elsewhere.example/"}, 50013),
    ({"iss": None}, 50013),
    ({"iss": "https://[x"}, 50013),
    ({"scp": None}, 7000114),
    ({"scp": None, "azp": None}, 240002),
    ({"oid": "nobody"}, 50034),
    ({"oid": None}, 50034),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_an_assertion_that_does_not_fit_is_refused_with_its_own_code(world, changes, code):
    assert "access_token" in exchange(world, forged())
    refused = exchange(world, forged(**changes))
    assert (refused["error"], refused["error_codes"]) == ("invalid_grant", [code])


def test_the_refusal_names_both_audiences(world):
    told = exchange(world, forged(aud=INVOICES.id))["error_description"]
    assert f"was '{INVOICES.id}' and the expected audience is '{ORDERS.id}'" in told


@pytest.mark.parametrize("text", ["x", "x.y.z", "é", forged()[:-4] + "AAAA", forged().rpartition(".")[0] + "."])
def test_what_the_provider_did_not_sign_is_refused(world, text):
    assert exchange(world, text)["error_codes"] == [50013]


def test_another_key_and_another_algorithm_are_refused(world):
    claims = {"iss": ISSUER, "aud": ORDERS.id, "exp": NOW + 600, "scp": "x", "oid": person().id}
    for text in (
        jwt.encode(claims, key_pair("client").private_pem, algorithm="RS256"),
        jwt.encode(claims, "s" * 32, algorithm="HS256"),
        jwt.encode(claims, "", algorithm="none"),
    ):
        assert exchange(world, text)["error_codes"] == [50013]


def test_an_applications_own_token_and_an_id_token_are_no_assertion(world):
    assert exchange(world, token_for())["error_codes"] == [7000114]
    id_token = world.redeemed()["id_token"]
    assert exchange(world, id_token)["error_codes"] == [500131]


MISSING = [("assertion", 900144), ("requested_token_use", 900144), ("scope", 900144)]


@pytest.mark.parametrize(("name", "code"), MISSING)
def test_what_is_missing_is_named(world, name, code):
    refused = exchange(world, forged(), **{name: None})
    assert refused["error_codes"] == [code]
    assert f"'{name}'" in refused["error_description"]


def test_another_use_and_a_public_client_are_refused(world):
    assert exchange(world, forged(), requested_token_use="impersonate")["error_codes"] == [90023]
    world.change(clients=(ClientRegistration(ORDERS.id, "Orders", is_public=True),))
    assert exchange(world, forged(), client_secret=None)["error_codes"] == [7000218]


def test_the_v1_endpoint_exchanges_for_a_resource(world):
    got = exchange(world, forged(), version=1, scope=None, resource=INVOICES.identifier_uri)
    assert got["error_codes"] == [65001]  # openid and offline_access come with it, and nobody consented to those
    everything = ("openid", "offline_access")
    graph = Consent(ORDERS.id, "", "00000003-0000-0000-c000-000000000000", everything)
    world.change(consents=(*world.state.consents, graph))
    got = exchange(world, forged(), version=1, scope=None, resource=INVOICES.identifier_uri)
    assert (got["resource"], got["token_type"]) == (INVOICES.identifier_uri, "Bearer")

"""The sandbox's TokenX: the order of its checks, their texts, and what of the person's token goes on."""

from dataclasses import replace
from typing import Any

import jwt
import pytest

from console.core.exchange import Request
from console.sandbox.providers.samples import ALONE, API, BACKEND, FRONTEND
from tests.sandbox.builders import BASE, NOW, decode, keys
from tests.sandbox.providers.builders import metadata, post, registrations, signed, told, visited, world

ISSUER = f"{BASE}/tokenx"
GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
JWT = "urn:ietf:params:oauth:token-type:jwt"
PERSON = {
    "iss": f"{BASE}/idporten",
    "sub": "k3p=",
    "pid": "07899010056",
    "acr": "idporten-loa-high",
    "amr": "TestID",
    "scope": "openid profile",
    "client_id": "a client of ID-porten",
    "client_amr": "private_key_jwt",
    "iat": NOW,
    "exp": NOW + 120,
    "jti": "person",
}
NO_KEY = "Signed+JWT+rejected%3A+Another+algorithm+expected%2C+or+no+matching+key%28s%29+found"


def assertion(client: str = FRONTEND, *, key: str = "", header: Any = None, alg: str = "RS256", **changes: Any) -> str:
    made = {"iss": client, "sub": client, "aud": ISSUER, "jti": "one", "iat": NOW, "nbf": NOW, "exp": NOW + 100}
    return signed({**made, **changes}, key=key or client, header=header, alg=alg)


def of_person(*, kid: str = "", **changes: Any) -> str:
    """A token that the sandbox's ID-porten signed."""
    kept = {name: value for name, value in {**PERSON, **changes}.items() if value is not None}
    return jwt.encode(kept, keys().private_pem, algorithm="RS256", headers={"kid": kid or keys().kid})


def form(**changes: Any) -> dict[str, Any]:
    return {
        "grant_type": GRANT,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion(),
        "subject_token_type": JWT,
        "subject_token": of_person(),
        "audience": API,
        **changes,
    }


def exchange(*, state=None, now: int = NOW, **changes: Any):
    return visited(post("/tokenx/token", form(**changes)), state, now=now)[0]


def refusal(**changes: Any) -> tuple[int, str, str]:
    answer = exchange(**changes)
    body = told(answer)
    return answer.status, body.get("error", ""), body.get("error_description", "")


def token_claims(**changes: Any) -> dict[str, Any]:
    answer = exchange(**changes)
    assert answer.status == 200, answer.body
    return decode(told(answer)["access_token"])[1]


def test_the_metadata_names_only_what_answers():
    document = metadata("/tokenx/.well-known/oauth-authorization-server")
    assert document["issuer"] == ISSUER
    assert document["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert "authorization_endpoint" not in document
    assert visited(Request("GET", document["jwks_uri"]))[0].status == 200
    assert visited(Request("POST", document["token_endpoint"]))[0].status == 400


def test_the_token_has_all_claims_of_the_persons_token_and_its_own_over_them():
    answer = exchange()
    body = told(answer)
    header, claims = decode(body.pop("access_token"))
    assert body == {
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "token_type": "Bearer",
        "expires_in": 899,
    }
    assert header == {"kid": keys().kid, "typ": "JWT", "alg": "RS256"}
    assert claims.pop("jti") != "person"
    assert claims == {
        **{name: PERSON[name] for name in ("sub", "pid", "acr", "amr", "scope", "client_amr")},
        "iss": ISSUER,
        "idp": PERSON["iss"],
        "client_id": FRONTEND,
        "aud": API,
        "nbf": NOW,
        "iat": NOW,
        "exp": NOW + 900,
    }


def test_scope_is_told_as_it_was_sent_and_not_evaluated():
    assert told(exchange(scope="whatever", resource="https://x"))["scope"] == "whatever"


def test_a_chain_goes_on_from_the_application_the_token_was_made_for_and_from_no_other():
    first = told(exchange())["access_token"]
    second = token_claims(client_assertion=assertion(API), audience=BACKEND, subject_token=first)
    assert (second["client_id"], second["aud"], second["idp"]) == (API, BACKEND, PERSON["iss"])
    status, error, text = refusal(subject_token=first)
    assert (status, error) == (400, "invalid_request")
    assert text.startswith("invalid subject_token: token verification failed: JWT+aud+claim+has+value+")


def test_the_audience_of_an_outside_issuers_token_is_not_looked_at():
    assert token_claims(subject_token=of_person(aud="https://elsewhere.example"))["aud"] == API


LEVELS = [
    ("idporten-loa-substantial", "Level3"),
    ("idporten-loa-high", "Level4"),
    ("idporten-loa-low", "idporten-loa-low"),
]


@pytest.mark.parametrize(("level", "old"), LEVELS)
def test_levels_are_told_in_the_old_words_where_that_is_switched_on(level, old):
    token = of_person(acr=level)
    state = world(tokenx=replace(registrations().tokenx, maps_levels=True))
    assert token_claims(subject_token=token)["acr"] == level
    assert token_claims(subject_token=token, state=state)["acr"] == old


PARAMETERS = [
    ({"client_assertion_type": None}, 400, "invalid_request", "Parameter client_assertion_type missing"),
    ({"client_assertion": None}, 400, "invalid_request", "Parameter client_assertion missing"),
    (
        {"client_assertion_type": "jwt"},
        401,
        "invalid_client",
        "Client authentication failed: invalid client_assertion_type",
    ),
    ({"client_assertion": "x"}, 400, "invalid_request", "invalid request, cannot parse token"),
    (
        {"client_assertion": assertion(sub=None)},
        401,
        "invalid_client",
        "Client authentication failed: sub must be present in assertion",
    ),
    ({"audience": None}, 400, "invalid_request", "Parameter audience missing"),
    (
        {"client_assertion": assertion("dev-gcp:a:b")},
        401,
        "invalid_client",
        "invalid client authentication for client_id=dev-gcp:a:b, client not registered.",
    ),
    (
        {"grant_type": "client_credentials"},
        403,
        "access_denied",
        "could not find authorizer for grant_type=client_credentials",
    ),
    ({"grant_type": None}, 403, "access_denied", "could not find authorizer for grant_type=null"),
    (
        {"subject_token_type": "urn:ietf:params:oauth:token-type:access_token"},
        400,
        "invalid_request",
        f"Parameter subject_token_type must be {JWT}",
    ),
    ({"subject_token": None}, 400, "invalid_request", "Parameter subject_token missing"),
    (
        {"audience": "dev-gcp.shop.orders"},
        400,
        "invalid_request",
        "token exchange audience dev-gcp.shop.orders is invalid",
    ),
    (
        {"audience": ALONE},
        400,
        "invalid_request",
        f"client '{FRONTEND}' is not authorized to get token with aud={ALONE}",
    ),
    ({"subject_token": "x"}, 400, "invalid_request", "invalid subject_token: invalid request, cannot parse token"),
    (
        {"subject_token": of_person(iss="https://sts.example/")},
        400,
        "invalid_request",
        "invalid subject_token: invalid request, validator for issuer=https://sts.example/ not found",
    ),
]


@pytest.mark.parametrize(("changes", "status", "error", "text"), PARAMETERS)
def test_each_refusal_has_the_text_and_the_status_of_the_source(changes, status, error, text):
    assert refusal(**changes) == (status, error, text)


def test_what_is_looked_at_first_is_told_first():
    """Everything is wrong at once; each step mends what was told."""
    wrong = {
        "client_assertion": assertion("dev-gcp:a:b"),
        "audience": None,
        "grant_type": "other",
        "subject_token_type": "other",
        "subject_token": "x",
    }
    steps = (
        ({}, "Parameter audience missing"),
        ({"audience": "no"}, "client not registered."),
        ({"client_assertion": assertion(key=API, header={"kid": API}, exp=NOW + 500)}, NO_KEY),
        ({"client_assertion": assertion(exp=NOW + 500)}, "exceeded max lifetime (120s)."),
        ({"client_assertion": assertion()}, "could not find authorizer"),
        ({"grant_type": GRANT}, "Parameter subject_token_type must be"),
        ({"subject_token_type": JWT}, "token exchange audience no is invalid"),
        ({"audience": ALONE}, "is not authorized to get token"),
        ({"audience": API}, "invalid subject_token"),
    )
    for mended, text in steps:
        wrong |= mended
        assert text in refusal(**wrong)[2]


ASSERTIONS = {
    "ends in 120 seconds": ({"exp": NOW + 120}, ""),
    "ends in 121 seconds": ({"exp": NOW + 121}, "exceeded max lifetime (120s)."),
    "ended 59 seconds ago": ({"exp": NOW - 59}, ""),
    "ended 60 seconds ago": ({"exp": NOW - 60}, "Expired+JWT"),
    "issued 59 seconds ahead": ({"iat": NOW + 59}, ""),
    "issued 60 seconds ahead": ({"iat": NOW + 60}, "JWT+issue+time+ahead+of+current+time"),
    "not before 59 seconds ahead": ({"nbf": NOW + 59}, ""),
    "not before 60 seconds ahead": ({"nbf": NOW + 60}, "JWT+before+use+time"),
    "aud is the token endpoint": ({"aud": f"{ISSUER}/token"}, ""),
    "aud as a list of one": ({"aud": [ISSUER]}, ""),
    "aud twice": ({"aud": [ISSUER, f"{ISSUER}/token"]}, "must+be+exactly+one+of+"),
    "aud with a slash": ({"aud": f"{ISSUER}/"}, "must+be+exactly+one+of+"),
    "no nbf": ({"nbf": None}, "JWT+missing+required+claims%3A+%5Bnbf%5D"),
    "no jti and no iat": ({"jti": None, "iat": None}, "JWT+missing+required+claims%3A+%5Biat%2C+jti%5D"),
    "iss of another": ({"iss": API}, "JWT+iss+claim+has+value+"),
    "exp as text": ({"exp": "soon"}, "Unexpected+type+of+JSON+object+member"),
    "kid of nobody": ({"header": {"kid": "x"}}, NO_KEY),
    "signed by another": ({"key": API, "header": {"kid": FRONTEND}}, "Signed+JWT+rejected%3A+Invalid+signature"),
    "another algorithm": ({"alg": "PS256"}, NO_KEY),
}


@pytest.mark.parametrize(("changes", "text"), ASSERTIONS.values(), ids=ASSERTIONS)
def test_the_clients_assertion_is_checked_as_the_library_does(changes, text):
    status, error, told_text = refusal(client_assertion=assertion(**changes))
    if not text:
        assert (status, error) == (200, "")
    elif "max lifetime" in text:
        assert (status, error) == (401, "invalid_client")
    else:
        assert (status, error) == (400, "invalid_request")
        assert told_text.startswith("token verification failed: ")
    assert text in told_text


SUBJECTS = {
    "ended 59 seconds ago": ({"exp": NOW - 59}, ""),
    "ended 60 seconds ago": ({"exp": NOW - 60}, "Expired+JWT"),
    "no iat": ({"iat": None}, "JWT+missing+required+claims%3A+%5Biat%5D"),
    "a key of nobody": ({"kid": "x"}, NO_KEY),
}


@pytest.mark.parametrize(("changes", "text"), SUBJECTS.values(), ids=SUBJECTS)
def test_the_persons_token_is_checked_as_the_library_does(changes, text):
    status, error, told_text = refusal(subject_token=of_person(**changes))
    assert (status, error) == ((400, "invalid_request") if text else (200, ""))
    assert told_text.startswith("invalid subject_token: token verification failed: " if text else "")
    assert text in told_text


def test_a_body_that_is_no_form_lacks_its_first_parameter():
    request = Request("POST", f"{ISSUER}/token", (("Content-Type", "application/json"),), b"{}")
    assert told(visited(request)[0])["error_description"] == "Parameter client_assertion_type missing"


def test_other_methods_and_addresses_are_refused_in_its_own_shape():
    assert visited(Request("GET", f"{ISSUER}/token"))[0].status == 405
    answer, _ = visited(Request("GET", f"{ISSUER}/authorization"))
    assert (answer.status, told(answer)["error"]) == (404, "invalid_request")

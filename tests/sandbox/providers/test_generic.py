"""The sandbox's generic provider: what the standards say, for every way a client may prove itself."""

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from console.core.exchange import Request
from console.sandbox.dpop import jwk_thumbprint
from console.sandbox.ids import hash_of
from console.sandbox.providers.generic.grants.device_code import GRANT_TYPE as DEVICE
from console.sandbox.providers.generic.grants.token_exchange import GRANT_TYPE as EXCHANGE
from console.sandbox.providers.samples import sample_secret
from console.sandbox.registered import RegisteredSecret
from tests.sandbox.builders import BASE, NOW, decode, key_pair
from tests.sandbox.providers.builders import (
    buttons,
    get,
    location,
    metadata,
    post,
    pressed,
    registrations,
    signed,
    told,
    visited,
    world,
)

ISSUER = f"{BASE}/generic"
TOKEN = "/generic/token"
BACK = "https://console.example/back/"
BASIC, POST, KEY, TLS, NONE = registrations().generic
SECRET = sample_secret("seed of the tests", "generic", "client_secret_post")
VERIFIER, CHALLENGE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
ALL = "openid profile email offline_access orders.read"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


def own(**changes: Any) -> dict[str, Any]:
    """A request by the client with its secret in the body, for its own token."""
    form = {"grant_type": "client_credentials", "client_id": POST.id, "client_secret": SECRET, "scope": "orders.read"}
    return {**form, **changes}


def error(answer) -> tuple[int, str]:
    return answer.status, told(answer)["error"]


def test_both_metadata_documents_are_the_same_and_name_only_what_answers():
    document = metadata("/generic/.well-known/openid-configuration")
    assert document == metadata("/generic/.well-known/oauth-authorization-server")
    assert document["issuer"] == ISSUER
    addresses = {name: url for name, url in document.items() if name.endswith(("_endpoint", "_uri"))}
    assert len(addresses) == 9
    for name, url in addresses.items():
        method = "GET" if name in ("authorization_endpoint", "jwks_uri", "end_session_endpoint") else "POST"
        assert visited(Request(method, url))[0].status in (200, 400, 401), name
    form = {"client_id": NONE.id}
    for grant in document["grant_types_supported"]:
        assert error(visited(post(TOKEN, {**form, "grant_type": grant}))[0])[1] != "unsupported_grant_type"


# Client credentials, by every proof.


def test_a_clients_own_token_is_that_of_rfc_9068():
    answer, _ = visited(post(TOKEN, own()))
    body = told(answer)
    header, claims = decode(body.pop("access_token"))
    assert body == {"token_type": "Bearer", "expires_in": 3600, "scope": "orders.read"}
    assert header["typ"] == "at+jwt"
    assert claims.pop("jti")
    assert claims == {
        "iss": ISSUER,
        "sub": POST.id,
        "client_id": POST.id,
        "aud": ISSUER,
        "scope": "orders.read",
        "iat": NOW,
        "exp": NOW + 3600,
    }


def _basic(client_id: str, secret: str) -> tuple[str, str]:
    """As RFC 6749 section 2.3.1 wants it: each form-encoded, then both together."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return "Authorization", "Basic " + base64.b64encode(pair.encode()).decode()


def _assertion(client_id: str, *, key: str = "client", **changes: Any) -> dict[str, str]:
    made = {"iss": client_id, "sub": client_id, "aud": ISSUER, "jti": "one", "iat": NOW, "exp": NOW + 60, **changes}
    return {
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": signed(made, key=key),
    }


def test_every_client_proves_itself_in_its_own_way_and_in_no_other():
    certificate = key_pair("client").certificate_pem
    for client in (BASIC, POST, KEY, TLS):
        secret = sample_secret("seed of the tests", "generic", client.method)
        form = {"grant_type": "client_credentials"}
        ways = {
            "client_secret_basic": (post(TOKEN, form, _basic(client.id, secret)), ""),
            "client_secret_post": (post(TOKEN, {**form, "client_id": client.id, "client_secret": secret}), ""),
            "private_key_jwt": (post(TOKEN, {**form, **_assertion(client.id)}), ""),
            "self_signed_tls_client_auth": (post(TOKEN, {**form, "client_id": client.id}), certificate),
        }
        for method, (request, shown) in ways.items():
            answer, _ = visited(request, certificate=shown)
            assert answer.status == (200 if method == client.method else 401), (client.method, method)


def test_a_secret_with_special_letters_is_read_as_it_was_encoded():
    secret = "a+b c%2B:å&="
    client = replace(BASIC, secrets=(RegisteredSecret(hash_of(secret), NOW + 1),))
    state = world(generic=(client,))
    form = {"grant_type": "client_credentials"}
    assert visited(post(TOKEN, form, _basic(client.id, secret)), state)[0].status == 200
    raw = "Authorization", "Basic " + base64.b64encode(f"{client.id}:{secret}".encode()).decode()
    assert error(visited(post(TOKEN, form, raw), state)[0]) == (401, "invalid_client")
    late, _ = visited(post(TOKEN, form, _basic(client.id, secret)), state, now=NOW + 1)
    assert "expired" in told(late)["error_description"]


@pytest.mark.parametrize("sent", ["Basic", "Basic !", "Basic " + base64.b64encode(b"no colon").decode(), "Basic /w=="])
def test_a_header_that_cannot_be_read_is_no_proof(sent):
    request = post(TOKEN, {"grant_type": "client_credentials"}, ("Authorization", sent))
    assert visited(request)[0].status in (400, 401)


OWN_TOKENS = {
    "no scope: all that it has": ({"scope": None}, 200, ""),
    "scope of people": ({"scope": "openid"}, 400, "invalid_scope"),
    "scope that is not registered": ({"scope": "orders.read other"}, 400, "invalid_scope"),
    "wrong secret": ({"client_secret": SECRET + "x"}, 401, "invalid_client"),
    "unknown client": ({"client_id": "nobody"}, 401, "invalid_client"),
    "no client": ({"client_id": None, "client_secret": None}, 400, "invalid_request"),
    "public client": ({"client_id": NONE.id, "client_secret": None}, 400, "unauthorized_client"),
    "grant that nobody has": ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    "no grant": ({"grant_type": None}, 400, "invalid_request"),
    "a parameter twice": ({"scope": ["orders.read", "orders.write"]}, 400, "invalid_request"),
    "a resource that is no address": ({"resource": "orders"}, 400, "invalid_target"),
    "a resource of plain http": ({"resource": "http://api.example"}, 400, "invalid_target"),
}


@pytest.mark.parametrize(("changes", "status", "code"), OWN_TOKENS.values(), ids=OWN_TOKENS)
def test_what_a_client_may_have_for_itself(changes, status, code):
    answer, _ = visited(post(TOKEN, own(**changes)))
    assert (answer.status, told(answer).get("error", "")) == (status, code)


def test_resources_become_the_audience():
    one, _ = visited(post(TOKEN, own(resource=f"{BASE}/gateway/orders")))
    assert decode(told(one)["access_token"])[1]["aud"] == f"{BASE}/gateway/orders"
    two, _ = visited(post(TOKEN, own(resource=["https://a.example", "https://b.example"])))
    assert decode(told(two)["access_token"])[1]["aud"] == ["https://a.example", "https://b.example"]


ASSERTIONS = {
    "aud is the token endpoint": ({"aud": f"{ISSUER}/token"}, 200),
    "aud twice": ({"aud": [ISSUER, f"{ISSUER}/token"]}, 401),
    "an hour": ({"exp": NOW + 3600}, 200),
    "a second more than an hour": ({"exp": NOW + 3601}, 401),
    "thirty seconds ahead": ({"iat": NOW + 30}, 200),
    "31 seconds ahead": ({"iat": NOW + 31}, 401),
    "not before 31 seconds ahead": ({"nbf": NOW + 31}, 401),
    "sub of another": ({"sub": POST.id}, 401),
    "another key": ({"key": "other"}, 401),
}


@pytest.mark.parametrize(("changes", "status"), ASSERTIONS.values(), ids=ASSERTIONS)
def test_assertions_are_checked(changes, status):
    form = {"grant_type": "client_credentials", **_assertion(KEY.id, **changes)}
    assert visited(post(TOKEN, form))[0].status == status


def test_an_assertion_is_good_once_at_all_endpoints_together():
    form = {"grant_type": "client_credentials", **_assertion(KEY.id)}
    _, state = visited(post(TOKEN, form))
    assert error(visited(post(TOKEN, form), state)[0]) == (401, "invalid_client")
    assert error(visited(post("/generic/introspect", {"token": "x", **_assertion(KEY.id)}), state)[0])[0] == 401


# Mutual TLS (RFC 8705).


def test_a_certificate_proves_the_client_and_binds_its_tokens():
    shown = key_pair("client").certificate_pem
    form = {"grant_type": "client_credentials", "client_id": TLS.id, "resource": "https://api.example"}
    answer, _ = visited(post(TOKEN, form), certificate=shown)
    claims = decode(told(answer)["access_token"])[1]
    assert claims["cnf"] == {"x5t#S256": key_pair("client").x5t_s256}
    assert error(visited(post(TOKEN, form))[0]) == (401, "invalid_client")
    other = key_pair("other").certificate_pem
    assert error(visited(post(TOKEN, form), certificate=other)[0]) == (401, "invalid_client")


def test_a_bound_token_opens_userinfo_with_its_certificate_alone():
    body, state = tokens(client=TLS, certificate=key_pair("client").certificate_pem)
    request = Request("GET", f"{ISSUER}/userinfo", (("Authorization", f"Bearer {body['access_token']}"),))
    for certificate, status in ((key_pair("client").certificate_pem, 200), (key_pair("other").certificate_pem, 401)):
        assert visited(request, state, certificate=certificate)[0].status == status
    assert visited(request, state)[0].status == 401


# Codes.


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "response_type": "code",
        "client_id": POST.id,
        "redirect_uri": BACK,
        "scope": ALL,
        "state": "s",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }


def code(state=None, **changes: Any):
    page, after = get("/generic/authorize", asked(**changes), state)
    assert page.status == 200, page.body
    answer, after = pressed(page, "Kari", after)
    return location(answer)[1]["code"], after


def redeem(text: str, state, *, certificate: str = "", headers=(), **changes: Any):
    form = {
        "grant_type": "authorization_code",
        "code": text,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_id": POST.id,
        "client_secret": SECRET,
        **changes,
    }
    return visited(post(TOKEN, form, *headers), state, certificate=certificate)


def tokens(*, client=POST, certificate: str = "", **changes: Any):
    text, state = code(client_id=client.id, **changes)
    secret = SECRET if client is POST else None
    answer, after = redeem(text, state, certificate=certificate, client_id=client.id, client_secret=secret)
    assert answer.status == 200, answer.body
    return told(answer), after


def test_a_person_gives_an_id_token_and_a_refresh_token_where_they_were_asked_for():
    body, _ = tokens()
    claims = decode(body["id_token"])[1]
    assert (claims["iss"], claims["aud"], claims["nonce"], claims["auth_time"]) == (ISSUER, POST.id, "n", NOW)
    assert claims["name"] == "Kari Nordmann"
    assert claims["email"] == "kari.nordmann@sandbox.example"
    access = decode(body["access_token"])[1]
    assert access["sub"] == claims["sub"]
    assert "name" not in access
    less, _ = tokens(scope="openid")
    assert "refresh_token" not in less
    assert "name" not in decode(less["id_token"])[1]
    none, _ = tokens(scope="orders.read")
    assert "id_token" not in none


def test_a_challenge_is_a_public_clients_duty_and_nobodys_to_take_back():
    bare = {"code_challenge": None, "code_challenge_method": None}
    sent, _ = get("/generic/authorize", asked(client_id=NONE.id, **bare))
    assert location(sent)[1]["error"] == "invalid_request"
    text, state = code(**bare)
    assert redeem(text, state, code_verifier=None)[0].status == 200
    assert error(redeem(text, state)[0]) == (400, "invalid_grant")
    public, state = code(client_id=NONE.id)
    assert redeem(public, state, client_id=NONE.id, client_secret=None)[0].status == 200


def test_refresh_tokens_rotate():
    body, state = tokens()
    form = {"grant_type": "refresh_token", "client_id": POST.id, "client_secret": SECRET}
    first, state = visited(post(TOKEN, {**form, "refresh_token": body["refresh_token"]}), state)
    assert first.status == 200
    again, state = visited(post(TOKEN, {**form, "refresh_token": body["refresh_token"]}), state)
    assert error(again) == (400, "invalid_grant")
    last, _ = visited(post(TOKEN, {**form, "refresh_token": told(first)["refresh_token"]}), state)
    assert error(last) == (400, "invalid_grant")


def test_a_pushed_request_works_once_for_a_minute():
    push = asked(client_secret=SECRET)
    answer, state = visited(post("/generic/par", push))
    assert (answer.status, told(answer)["expires_in"]) == (201, 60)
    reference = {"client_id": POST.id, "request_uri": told(answer)["request_uri"]}
    page, _ = get("/generic/authorize", reference, state)
    _, after = pressed(page, "Kari", state)
    assert get("/generic/authorize", reference, after)[0].status == 400
    assert get("/generic/authorize", reference, state, now=NOW + 60)[0].status == 400


# Device codes.


def device(state=None, **changes: Any):
    form = {"client_id": NONE.id, "scope": "openid offline_access", **changes}
    answer, after = visited(post("/generic/device_authorization", form), state)
    return answer, after


def poll(text: str, state, *, now: int, **changes: Any):
    form = {"grant_type": DEVICE, "device_code": text, "client_id": NONE.id, **changes}
    return visited(post(TOKEN, form), state, now=now)


def test_a_device_waits_for_a_person_and_asks_no_sooner_than_told():
    answer, state = device()
    body = told(answer)
    assert (body["expires_in"], body["interval"]) == (600, 5)
    assert body["verification_uri_complete"] == f"{body['verification_uri']}?user_code={body['user_code']}"
    text = body["device_code"]
    first, state = poll(text, state, now=NOW + 5)
    assert error(first) == (400, "authorization_pending")
    early, state = poll(text, state, now=NOW + 9)
    assert error(early) == (400, "slow_down")
    early, _ = poll(text, state, now=NOW + 18)
    assert error(early) == (400, "slow_down")
    waited, state = poll(text, state, now=NOW + 19)
    assert error(waited) == (400, "authorization_pending")
    page, state = get("/generic/device", {"user_code": body["user_code"].lower()}, state)
    done, state = pressed(page, "Ola", state)
    assert done.status == 200
    given, state = poll(text, state, now=NOW + 40)
    assert decode(told(given)["id_token"])[1]["aud"] == NONE.id
    assert told(given)["refresh_token"]
    assert error(poll(text, state, now=NOW + 60)[0]) == (400, "invalid_grant")


def test_a_device_may_be_refused_and_its_code_runs_out():
    answer, state = device()
    text, user_code = told(answer)["device_code"], told(answer)["user_code"]
    page, state = get("/generic/device", {"user_code": user_code}, state)
    _, denied = pressed(page, "Say no", state)
    assert error(poll(text, denied, now=NOW + 5)[0]) == (400, "access_denied")
    assert error(poll(text, state, now=NOW + 599)[0]) == (400, "authorization_pending")
    assert error(poll(text, state, now=NOW + 600)[0]) == (400, "expired_token")
    assert error(poll("x", state, now=NOW + 5)[0]) == (400, "invalid_grant")
    assert error(poll(text, state, now=NOW + 5, client_id=POST.id, client_secret=SECRET)[0]) == (400, "invalid_grant")


def test_opening_the_page_of_a_device_answers_nothing():
    answer, state = device()
    wrong, _ = get("/generic/device", {"user_code": "WRONG"}, state)
    assert "No device waits with that code." in wrong.body.decode()
    page, after = get("/generic/device", {"user_code": told(answer)["user_code"]}, state)
    assert after.device_codes == state.device_codes
    unseen, after = pressed(page, "Kari", state, ticket="1.x")
    assert "Let this device in?" in unseen.body.decode()
    assert after.device_codes == state.device_codes


@pytest.mark.parametrize(
    ("changes", "status", "code_"),
    [
        ({"scope": "other"}, 400, "invalid_scope"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": POST.id}, 401, "invalid_client"),
    ],
)
def test_a_device_is_refused_at_once_for_what_is_wrong(changes, status, code_):
    assert error(device(**changes)[0]) == (status, code_)


# Exchange.


def exchange(subject: str, state, **changes: Any):
    form = {
        "grant_type": EXCHANGE,
        "client_id": POST.id,
        "client_secret": SECRET,
        "subject_token": subject,
        "subject_token_type": ACCESS_TOKEN,
        "audience": KEY.id,
    }
    return visited(post(TOKEN, {**form, **changes}), state)


def test_an_exchanged_token_tells_who_acts_for_whom_link_by_link():
    body, state = tokens()
    first, state = exchange(body["access_token"], state)
    assert told(first)["issued_token_type"] == ACCESS_TOKEN
    assert "refresh_token" not in told(first)
    claims = decode(told(first)["access_token"])[1]
    assert claims["sub"] == decode(body["access_token"])[1]["sub"]
    assert (claims["aud"], claims["client_id"], claims["act"]) == (KEY.id, POST.id, {"sub": POST.id})
    assert claims["scope"] == "profile email orders.read"
    form = {"client_id": None, "client_secret": None, **_assertion(KEY.id), "audience": "https://api.example"}
    second, _ = exchange(told(first)["access_token"], state, **form)
    assert decode(told(second)["access_token"])[1]["act"] == {"sub": KEY.id, "act": {"sub": POST.id}}


def test_an_actor_token_says_who_acts():
    body, state = tokens()
    actor, state = visited(post(TOKEN, own()), state)
    form = {"actor_token": told(actor)["access_token"], "actor_token_type": ACCESS_TOKEN}
    answer, _ = exchange(body["access_token"], state, **form)
    assert decode(told(answer)["access_token"])[1]["act"] == {"sub": POST.id}


EXCHANGES = {
    "no subject token": ({"subject_token": None}, "invalid_request"),
    "nothing at all of it": ({"subject_token": None, "subject_token_type": None}, "invalid_request"),
    "subject token of another kind": (
        {"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"},
        "invalid_request",
    ),
    "subject token that is none": ({"subject_token": "x"}, "invalid_request"),
    "actor token that is none": ({"actor_token": "x", "actor_token_type": ACCESS_TOKEN}, "invalid_request"),
    "actor type alone": ({"actor_token_type": ACCESS_TOKEN}, "invalid_request"),
    "unknown audience": ({"audience": "nobody"}, "invalid_target"),
    "unknown resource": ({"resource": "nobody"}, "invalid_target"),
    "wider scope": ({"scope": "orders.write"}, "invalid_scope"),
    "another kind of token": ({"requested_token_type": "urn:ietf:params:oauth:token-type:saml2"}, "invalid_request"),
}


@pytest.mark.parametrize(("changes", "code_"), EXCHANGES.values(), ids=EXCHANGES)
def test_an_exchange_is_refused_for_what_is_wrong(changes, code_):
    body, state = tokens()
    assert error(exchange(body["access_token"], state, **changes)[0]) == (400, code_)


def test_an_id_token_or_a_revoked_token_is_no_subject():
    body, state = tokens()
    assert error(exchange(body["id_token"], state)[0]) == (400, "invalid_request")
    form = {"token": body["access_token"], "client_id": POST.id, "client_secret": SECRET}
    _, state = visited(post("/generic/revoke", form), state)
    assert error(exchange(body["access_token"], state)[0]) == (400, "invalid_request")


# Introspection.


def test_introspection_tells_the_truth_about_each_kind_of_token():
    body, state = tokens()

    def asked_about(token: str, *, now: int = NOW, at=state):
        form = {"token": token, "client_id": POST.id, "client_secret": SECRET}
        return told(visited(post("/generic/introspect", form), at, now=now)[0])

    access = asked_about(body["access_token"])
    assert (access["active"], access["client_id"], access["scope"]) == (True, POST.id, ALL)
    assert asked_about(body["refresh_token"])["token_type"] == "refresh_token"
    assert asked_about(body["access_token"], now=NOW + 3599)["active"]
    for token, now in ((body["access_token"], NOW + 3600), (body["id_token"], NOW), ("rubbish", NOW)):
        assert asked_about(token, now=now) == {"active": False}
    forged = jwt.encode({"iss": ISSUER, "client_id": POST.id, "jti": "1", "exp": NOW + 9}, "s" * 32, algorithm="HS256")
    assert asked_about(forged) == {"active": False}
    form = {"token": body["refresh_token"], "client_id": POST.id, "client_secret": SECRET}
    _, after = visited(post("/generic/revoke", form), state)
    assert asked_about(body["access_token"], at=after) == {"active": False}
    assert asked_about(body["refresh_token"], at=after) == {"active": False}
    assert visited(post("/generic/introspect", {"token": "x"}))[0].status == 400


# DPoP (RFC 9449).

EC = ec.generate_private_key(ec.SECP256R1())
JWK = json.loads(ECAlgorithm.to_jwk(EC.public_key()))
JKT = jwk_thumbprint(JWK)


def proof(*, url: str = f"{ISSUER}/token", method: str = "POST", token: str = "", **changes: Any) -> str:
    ath = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode() if token else None
    head = {"typ": "dpop+jwt", "jwk": JWK, **changes.pop("header", {})}
    made = {"jti": "p1", "htm": method, "htu": url, "iat": NOW, "ath": ath, **changes}
    kept = {name: value for name, value in made.items() if value is not None}
    return jwt.encode(kept, EC, algorithm="ES256", headers=head)


def nonce(state=None) -> str:
    answer, _ = visited(post(TOKEN, own(), ("DPoP", proof())), state)
    assert error(answer) == (400, "use_dpop_nonce")
    return dict(answer.headers)["DPoP-Nonce"]


def test_the_thumbprint_is_that_of_the_standard():
    """RFC 7638 section 3.1."""
    jwk = {
        "kty": "RSA",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjB"
        "ZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8"
        "KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_"
        "xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "e": "AQAB",
        "alg": "RS256",
        "kid": "2011-04-29",
    }
    assert jwk_thumbprint(jwk) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_proof_with_the_servers_nonce_binds_the_token():
    answer, _ = visited(post(TOKEN, own(), ("DPoP", proof(nonce=nonce()))))
    body = told(answer)
    assert body["token_type"] == "DPoP"
    assert decode(body["access_token"])[1]["cnf"] == {"jkt": JKT}
    assert dict(answer.headers)["DPoP-Nonce"]


PROOFS = {
    "no typ": ({"header": {"typ": "JWT"}}, "invalid_dpop_proof"),
    "another address": ({"url": f"{ISSUER}/par"}, "invalid_dpop_proof"),
    "address with a query": ({"url": f"{ISSUER}/token?x=1"}, "invalid_dpop_proof"),
    "another method": ({"method": "GET"}, "invalid_dpop_proof"),
    "sixty seconds old": ({"iat": NOW - 60}, ""),
    "61 seconds old": ({"iat": NOW - 61}, "invalid_dpop_proof"),
    "61 seconds ahead": ({"iat": NOW + 61}, "invalid_dpop_proof"),
    "no jti": ({"jti": None}, "invalid_dpop_proof"),
    "no key": ({"header": {"jwk": None}}, "invalid_dpop_proof"),
    "a key of nonsense": (
        {"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}},
        "invalid_dpop_proof",
    ),
    "a private key": ({"header": {"jwk": {**JWK, "d": "AA"}}}, "invalid_dpop_proof"),
    "another nonce": ({"nonce": "1.x"}, "use_dpop_nonce"),
}


@pytest.mark.parametrize(("changes", "code_"), PROOFS.values(), ids=PROOFS)
def test_a_proof_is_refused_for_what_is_wrong(changes, code_):
    answer, _ = visited(post(TOKEN, own(), ("DPoP", proof(**{"nonce": nonce(), **changes}))))
    assert told(answer).get("error", "") == code_


def test_a_proof_of_another_signature_or_two_proofs_are_none():
    text = proof(nonce=nonce())
    head, body, _ = text.split(".")
    forged = f"{head}.{body}.{proof(jti='other').split('.')[2]}"
    for headers in ([("DPoP", forged)], [("DPoP", text), ("DPoP", text)], [("DPoP", f"{text}, {text}")]):
        assert error(visited(post(TOKEN, own(), *headers))[0]) == (400, "invalid_dpop_proof")


def test_a_proof_is_good_once_and_a_nonce_for_ten_minutes():
    given = nonce()
    _, state = visited(post(TOKEN, own(), ("DPoP", proof(nonce=given))))
    again = post(TOKEN, own(), ("DPoP", proof(nonce=given)))
    assert error(visited(again, state)[0]) == (400, "invalid_dpop_proof")
    for later, status in ((599, 200), (600, 400)):
        request = post(TOKEN, own(), ("DPoP", proof(nonce=given, iat=NOW + later)))
        assert visited(request, now=NOW + later)[0].status == status


def test_a_client_whose_tokens_are_to_be_bound_must_prove_its_key():
    state = world(generic=(replace(POST, binds="dpop"),))
    assert error(visited(post(TOKEN, own()), state)[0]) == (400, "invalid_dpop_proof")


def test_a_code_that_is_bound_to_a_key_is_for_its_holder():
    text, state = code(dpop_jkt=JKT)
    assert error(redeem(text, state)[0]) == (400, "invalid_grant")
    headers = [("DPoP", proof(nonce=nonce(), jti="p2"))]
    assert redeem(text, state, headers=headers)[0].status == 200


def test_a_public_clients_refresh_token_is_bound_to_its_key():
    text, state = code(client_id=NONE.id)
    given = nonce()
    public = {"client_id": NONE.id, "client_secret": None}
    answer, state = redeem(text, state, headers=[("DPoP", proof(nonce=given))], **public)
    form = {"grant_type": "refresh_token", "refresh_token": told(answer)["refresh_token"], "client_id": NONE.id}
    assert error(visited(post(TOKEN, form), state)[0]) == (400, "invalid_grant")
    assert visited(post(TOKEN, form, ("DPoP", proof(nonce=given, jti="p2"))), state)[0].status == 200


def test_userinfo_takes_a_bound_token_with_a_proof_of_its_key_alone():
    text, state = code()
    answer, state = redeem(text, state, headers=[("DPoP", proof(nonce=nonce()))])
    token = told(answer)["access_token"]
    here = {"url": f"{ISSUER}/userinfo", "method": "GET"}

    def asked_with(scheme: str, *proofs: str):
        headers = (("Authorization", f"{scheme} {token}"), *(("DPoP", one) for one in proofs))
        return visited(Request("GET", f"{ISSUER}/userinfo", headers), state)[0]

    assert asked_with("DPoP", proof(**here, token=token, jti="p2")).status == 200
    for scheme, proofs in (
        ("Bearer", (proof(**here, token=token, jti="p2"),)),
        ("DPoP", ()),
        ("DPoP", (proof(**here, jti="p2"),)),
        ("DPoP", (proof(**here, token="other", jti="p2"),)),
        ("DPoP", (proof(url=f"{ISSUER}/userinfo", token=token, jti="p2"),)),
    ):
        answer = asked_with(scheme, *proofs)
        assert answer.status == 401
        assert 'error="' in dict(answer.headers)["WWW-Authenticate"]


ELSEWHERE = "https://elsewhere.example/cb"
ASKED = {"response_type": "code", "client_id": BASIC.id, "redirect_uri": ELSEWHERE, "scope": "openid", "state": "s",
         "code_challenge": CHALLENGE, "code_challenge_method": "S256"}  # fmt: skip


def with_address():
    moved = tuple(replace(one, redirect_uris=(ELSEWHERE,)) for one in registrations().generic)
    return world(generic=moved)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/generic/authorize", {**ASKED, "response_type": "token"}),
        ("/generic/authorize", {**ASKED, "prompt": "none"}),
        ("/generic/logout", {"client_id": BASIC.id, "post_logout_redirect_uri": ELSEWHERE, "state": "s"}),
    ],
)
def test_a_link_leads_nowhere_but_to_the_console_without_a_click(path, asked):
    """Whoever has an account registers the address: an open redirect of the console otherwise."""
    page, _ = get(path, asked, with_address())
    assert page.status == 200
    assert f'href="{ELSEWHERE}?' in page.body.decode() and "You are sent to" in page.body.decode()


def test_a_person_who_pressed_a_button_goes_on_at_once():
    page, state = get("/generic/authorize", ASKED, with_address())
    answer, state = pressed(page, "Cancel", state)
    assert (answer.status, location(answer)[0]) == (303, ELSEWHERE)
    signed_in, state = pressed(page, next(one for one in buttons(page) if one != "Cancel"), state)
    assert (signed_in.status, location(signed_in)[0]) == (303, ELSEWHERE)
    silent, _ = get("/generic/authorize", {**ASKED, "prompt": "none"}, state)
    assert silent.status == 200 and "code=" in silent.body.decode()

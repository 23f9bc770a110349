"""Proofs of possession: judged here by plain PyJWT; when a server wants its nonce in one."""

import base64
import hashlib
import json

import jwt
import pytest

from console.core.credential import Secret
from console.core.exchange import Exchange, Request, Response
from console.core.oauth import dpop
from tests.core.grants.asking import FRESH, NOW
from tests.core.oauth.test_assertion import EC_KEY, RSA_KEY

URL = "https://api.example/orders?page=2#top"
# RFC 9449 section 4.2 and figure 5: the token and the hash that its proof carries.
TOKEN = Secret("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU")
ATH = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"


def read(text):
    head = jwt.get_unverified_header(text)
    key = jwt.PyJWK(head["jwk"], algorithm=head["alg"])
    return head, jwt.decode(text, key, algorithms=[head["alg"]], options={"verify_iat": False})


@pytest.mark.parametrize(("key", "alg"), [(EC_KEY, "ES256"), (RSA_KEY, "PS256")])
def test_a_proof_names_method_and_address_without_query_and_carries_the_public_key_alone(key, alg):
    head, claims = read(dpop.proof(key, method="POST", url=URL, fresh=FRESH))
    assert (head["typ"], head["alg"]) == ("dpop+jwt", alg)
    assert head["jwk"] == dict(key.facts.public)
    assert claims == {"jti": FRESH.jti, "htm": "POST", "htu": "https://api.example/orders", "iat": NOW}


def test_with_a_token_its_hash_and_with_a_nonce_that_are_told():
    _, claims = read(dpop.proof(EC_KEY, method="GET", url=URL, fresh=FRESH, token=TOKEN, nonce="n-1"))
    assert (claims["ath"], claims["nonce"]) == (ATH, "n-1")
    assert base64.urlsafe_b64encode(hashlib.sha256(TOKEN.reveal().encode()).digest()).decode().rstrip("=") == ATH


def answer(status, body=b"", **headers):
    return Response(
        status, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()), body=body
    )


WANTED = json.dumps({"error": "use_dpop_nonce"}).encode()


@pytest.mark.parametrize(
    ("response", "nonce"),
    [
        (answer(400, WANTED, DPoP_Nonce="n-1"), "n-1"),
        (answer(401, WANTED, dpop_nonce="n-1"), "n-1"),
        (answer(401, WWW_Authenticate='DPoP error="use_dpop_nonce", algs="ES256"', DPoP_Nonce="n-1"), "n-1"),
        (answer(401, WWW_Authenticate='Bearer realm="x", DPoP error=use_dpop_nonce', DPoP_Nonce="n-1"), "n-1"),
        (answer(400, WANTED), ""),  # it names none
        (answer(400, WANTED, DPoP_Nonce=""), ""),
        (answer(400, WANTED, DPoP_Nonce="a b"), ""),
        (answer(400, WANTED, DPoP_Nonce='a"b'), ""),
        (answer(400, WANTED, DPoP_Nonce="x" * 1001), ""),
        (answer(200, WANTED, DPoP_Nonce="n-1"), ""),  # a nonce for the next time
        (answer(400, b'{"error": "invalid_dpop_proof"}', DPoP_Nonce="n-1"), ""),
        (answer(401, WWW_Authenticate='DPoP error="invalid_token"', DPoP_Nonce="n-1"), ""),
        (answer(401, WWW_Authenticate='Bearer error="use_dpop_nonce"', DPoP_Nonce="n-1"), ""),
        (answer(403, WWW_Authenticate='DPoP error="use_dpop_nonce"', DPoP_Nonce="n-1"), ""),
        (answer(400, b"[]", DPoP_Nonce="n-1"), ""),
        (answer(400, b"<html>", DPoP_Nonce="n-1"), ""),
        (None, ""),
    ],
)
def test_a_nonce_is_taken_up_where_the_server_asks_for_it_and_names_one(response, nonce):
    assert dpop.nonce_wanted(response) == nonce


def test_one_proof_stands_in_the_headers():
    assert dpop.with_proof((("Accept", "x"), ("dpop", "old")), "new") == (("Accept", "x"), ("DPoP", "new"))


def test_a_proof_is_read_from_the_request_that_carried_it():
    plain = Exchange(Request("GET", URL), None, None, 0, 0)
    assert dpop.with_proof_read(plain).proof is None
    text = dpop.proof(EC_KEY, method="GET", url=URL, fresh=FRESH)
    carried = Exchange(Request("GET", URL, (("dpop", text),)), None, None, 0, 0)
    assert dpop.with_proof_read(carried).proof.claims["htm"] == "GET"


@pytest.mark.parametrize(("token_type", "is_one"), [("DPoP", True), (" dpop ", True), ("Bearer", False), ("", False)])
def test_the_type_is_in_any_case(token_type, is_one):
    assert dpop.is_dpop(token_type) == is_one

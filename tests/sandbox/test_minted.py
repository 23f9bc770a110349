"""A minted token differs from the one it comes of in one thing, and its signature verifies."""

import json

import jwt
import pytest

from console.core.tokens.parse import parse
from console.sandbox.keys import SandboxKeys, private_key
from console.sandbox.minted import CHANGES, minted
from tests.sandbox.builders import NOW, key_pair, keys, token_for

DIFFERS = {
    "expired": {"iat", "nbf", "exp"},
    "not-yet-valid": {"iat", "nbf", "exp"},
    "wrong-audience": {"aud"},
    "wrong-issuer": {"iss"},
    "wrong-client": {"azp"},
    "without-rights": {"roles"},
}


@pytest.mark.parametrize("code", sorted(CHANGES))
def test_one_thing_is_wrong_and_the_signature_is_good(code):
    token = parse(token_for())
    made = minted(token.header, token.claims, code, keys=keys(), now=NOW)
    public = private_key(keys().private_pem).public_key()
    claims = jwt.decode(
        made,
        public,
        algorithms=["RS256"],
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False},
    )
    names = {name for name in claims.keys() | token.claims.keys() if claims.get(name) != token.claims.get(name)}
    assert names == DIFFERS[code]
    assert jwt.get_unverified_header(made) == token.header


def test_times_are_wrong_by_more_than_any_leeway():
    token = parse(token_for())
    over = parse(minted(token.header, token.claims, "expired", keys=keys(), now=NOW)).claims
    ahead = parse(minted(token.header, token.claims, "not-yet-valid", keys=keys(), now=NOW)).claims
    assert (over["exp"], ahead["nbf"]) == (NOW - 600, NOW + 600)


@pytest.mark.parametrize(
    ("header", "claims"),
    [({}, {"aud": "x"}), ({"kid": "another", "alg": "RS256"}, {"aud": "x"}), ({"alg": "none"}, {"aud": "x"})],
)
def test_a_token_that_this_sandbox_did_not_sign_is_not_minted_anew(header, claims):
    assert minted(header, claims, "wrong-audience", keys=keys(), now=NOW) == ""


def test_what_is_not_there_cannot_be_wrong():
    header = {"kid": keys().kid, "alg": "RS256"}
    assert minted(header, {"aud": "x"}, "without-rights", keys=keys(), now=NOW) == ""
    assert minted(header, {"aud": "x"}, "wrong-client", keys=keys(), now=NOW) == ""


def test_keys_of_another_installation_sign_nothing_of_this_one():
    token, others = parse(token_for()), SandboxKeys(key_pair("another").private_pem)
    assert json.dumps(minted(token.header, token.claims, "expired", keys=others, now=NOW)) == '""'

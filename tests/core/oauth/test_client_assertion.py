"""Client assertions: verified here with the public key by plain PyJWT, header and claims exact."""

import base64

import jwt
import pytest

from console.core.oauth import assertion, client_assertion
from console.core.oauth.assertion_style import AssertionStyle
from console.core.oauth.habits import AssertionAudience, KeyName
from tests.core.grants.asking import FRESH, NOW
from tests.core.oauth.test_assertion import EC, EC_KEY, P384, RSA, RSA_DER, RSA_KEY
from tests.core.tokens.keys_for_tests import ec_key, rsa_key

ISSUER = "https://idp.example"
ENDPOINT = f"{ISSUER}/token"
UNVERIFIED = {"verify_aud": False, "verify_iat": False, "verify_nbf": False, "verify_exp": False}


def style(alg, *names, **more):
    return AssertionStyle(alg, names or (KeyName.KID,), AssertionAudience.ISSUER, **more)


def build(credential, chosen, *, alter=lambda header: header):
    return client_assertion.build(credential, chosen, client_id="c", audience=ENDPOINT, fresh=FRESH, alter_header=alter)


@pytest.mark.parametrize(
    ("credential", "key", "chosen", "named"),
    [
        (RSA, rsa_key(), style("PS256", KeyName.X5T_S256), {"x5t#S256": RSA.facts.x5t_s256}),
        (RSA, rsa_key(), style("RS256", KeyName.X5T), {"x5t": RSA.facts.x5t}),
        (RSA, rsa_key(), style("PS256", KeyName.X5C), {"x5c": [base64.b64encode(RSA_DER).decode()]}),
        (RSA, rsa_key(), style("RS256", KeyName.KID, kid="named"), {"kid": "named"}),
        (EC, ec_key(), style("ES256", KeyName.X5T_S256), {"x5t#S256": EC.facts.x5t_s256}),
        (RSA_KEY, rsa_key(), style("RS256"), {"kid": "k1"}),
        (EC_KEY, ec_key(), style("ES256", kid="at the provider"), {"kid": "at the provider"}),
    ],
)
def test_an_assertion_verifies_and_names_its_key(credential, key, chosen, named):
    text = build(credential, chosen)
    claims = jwt.decode(text, key.public_key(), algorithms=[chosen.alg], options=UNVERIFIED)
    times = {"nbf": NOW, "iat": NOW, "exp": NOW + 60}
    assert claims == {"aud": ENDPOINT, "iss": "c", "sub": "c", "jti": FRESH.jti, **times}
    assert jwt.get_unverified_header(text) == {"alg": chosen.alg, "typ": "JWT", **named}
    assert "=" not in text


def test_thumbprint_and_chain_may_stand_together():
    header = client_assertion.header(RSA, style("PS256", KeyName.X5T_S256, KeyName.X5C))
    assert (header["x5t#S256"], header["x5c"]) == (RSA.facts.x5t_s256, [base64.b64encode(RSA_DER).decode()])


def test_a_larger_curve_has_its_own_algorithm():
    assert jwt.get_unverified_header(build(P384, style("ES384", KeyName.X5T_S256)))["alg"] == "ES384"


@pytest.mark.parametrize(
    ("typ", "shown"), [("client-authentication+jwt", {"typ": "client-authentication+jwt"}), ("", {})]
)
def test_the_type_is_as_chosen_or_left_out(typ, shown):
    assert client_assertion.header(RSA_KEY, style("RS256", typ=typ)) == {"alg": "RS256", **shown, "kid": "k1"}


def test_the_lifetime_is_counted_from_now():
    assert assertion.decode(build(RSA_KEY, style("RS256", lifetime_s=30))).claims["exp"] == NOW + 30


@pytest.mark.parametrize(
    ("wanted", "issuer", "found"),
    [
        (AssertionAudience.ISSUER, ISSUER, ISSUER),
        (AssertionAudience.TOKEN_ENDPOINT, ISSUER, ENDPOINT),
        (AssertionAudience.BOTH, ISSUER, [ISSUER, ENDPOINT]),
        (AssertionAudience.ISSUER, "", ENDPOINT),
        (AssertionAudience.BOTH, "", ENDPOINT),
    ],
)
def test_the_audience_is_the_issuer_the_endpoint_or_both(wanted, issuer, found):
    chosen = AssertionStyle("RS256", (KeyName.KID,), wanted)
    assert client_assertion.audience(chosen, issuer=issuer, endpoint=ENDPOINT) == found


def test_a_fault_can_alter_the_header_without_touching_the_signer():
    text = build(RSA, style("PS256", KeyName.X5T_S256), alter=lambda header: {"alg": "PS256", "x5t": "wrong"})
    assert assertion.decode(text).header == {"alg": "PS256", "x5t": "wrong"}
    jwt.decode(text, rsa_key().public_key(), algorithms=["PS256"], options=UNVERIFIED)


def test_a_key_without_certificate_has_no_thumbprint_to_be_named_by():
    with pytest.raises(ValueError, match="named by its kid alone"):
        client_assertion.header(RSA_KEY, style("RS256", KeyName.X5T))

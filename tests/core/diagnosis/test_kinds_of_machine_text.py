"""Kinds of what machines write: numbers, a JWT as grant, keys for encryption, another scheme."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.codes import explain_code

FIRST = [
    # The number inside the general one, and what its own words are about.
    ("AADSTS70002: Error validating credentials. AADSTS50012: Client assertion has a bad signature.",
     "certificate-not-registered"),
    ("AADSTS70002: Error validating credentials. AADSTS50012: Invalid client secret is provided.",
     "client-secret-invalid"),
    # RFC 8628: the session of a device is its code.
    ('{"error":"expired_token","error_description":"The session of the device authorization was not found"}',
     "device-code-expired"),
    # RFC 7523: the grant is an assertion, and so is what is said of its audience and issuer.
    ('{"error":"invalid_grant","error_description":"audience is invalid"}', "assertion-audience-wrong"),
    ("$ boat login jwt --key quay.pem\naudience is invalid", "assertion-audience-wrong"),
    ("audience is invalid", "audience-other-api"),
    # RFC 7518 section 4: algorithms of keys for encryption.
    ('cannot fetch jwt keys: unsupported key algorithm "RSA-OAEP" for kid 42', "jwks-key-use-invalid"),
    ("keys of the quay: jwks key k1: unsupported algorithm ECDH-ES", "jwks-key-use-invalid"),
    ('{"keys":[{"kid":"a","kty":"RSA","use":"enc"},{"kid":"a","kty":"RSA","use":"sig"}]}\nWARN nobody signed in',
     "jwks-key-use-invalid"),
    # A bearer token was sent, and the answer asked for something else.
    ("10:01 GET /boats scheme=Bearer status=401\n< WWW-Authenticate: Negotiate", "other-authentication-layer"),
]  # fmt: skip
NOT_FIRST = [
    ('{"keys":[{"kid":"a","kty":"RSA","use":"enc"},{"kid":"b","kty":"RSA","use":"sig"}]}\nWARN nobody signed in',
     "jwks-key-use-invalid"),
    ("docs: Authorization = Bearer <token>, Basic <b64> are known here", "backend-credential-collision"),
    ("the proxy at the quay said: MP-100: printer is offline", "client-id-wrong"),
    ("GET /boats 401\n< WWW-Authenticate: Basic\nthe client uses basic, bearer is switched off",
     "other-authentication-layer"),
    ("cannot read the key: invalid key dir /etc/keys", "jwks-key-use-invalid"),
]  # fmt: skip
BESIDE = {
    "500121": "interaction-required", "700081": "refresh-token-expired", "53009": "conditional-access-blocked",
    "500112": "redirect-uri-mismatch", "700051": "client-type-mismatch", "900021": "tenant-not-found",
    "500341": "user-not-assigned", "50129": "conditional-access-blocked", "16002": "interaction-required",
}  # fmt: skip


def causes(text):
    return [one.cause for one in explain(read_evidence(text)).causes]


@pytest.mark.parametrize(("text", "cause"), FIRST)
def test_it_is_told_first(text, cause):
    assert causes(text)[:1] == [cause]


@pytest.mark.parametrize(("text", "cause"), NOT_FIRST)
def test_it_is_not_told_where_something_else_may_be_so(text, cause):
    assert cause not in causes(text)


@pytest.mark.parametrize(("code", "cause"), BESIDE.items())
def test_numbers_beside_those_of_the_reference_have_a_row_too(code, cause):
    assert explain_code(int(code)).cause == cause


def test_a_note_behind_a_masked_token_is_no_part_of_it():
    call = "GET https://quay.example/boats HTTP/1.1\nAuthorization: Bearer ***{}\n\nHTTP/1.1 401 Unauthorized\n"
    assert "token-malformed" not in causes(call.format("  (the token of this morning)"))
    assert "token-malformed" in causes(call.format(" *** cut"))

"""Encrypted tokens: which keys and algorithms open them, and that what is inside is judged in full."""

import base64

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Verdict
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW, failed, judged, policy, reported, request, token, unsure
from tests.core.policy.tokens import CLAIMS, SECRET, encoded, encrypted, pem, private_pem, unsigned

CERTIFICATE = '<key certificate-id="decryption-cert" />'
GIVEN = {"decryption-cert": pem("b1", with_key=True)}


def _list(keys):
    return f"<decryption-keys>{keys}</decryption-keys>"


def _secret(size):
    return f"<key>{base64.b64encode(SECRET[:size]).decode()}</key>"


def _judged(sent, keys=CERTIFICATE, certificates=None, **given):
    values = Values(certificates=GIVEN if certificates is None else certificates)
    return judged(policy(children=_list(keys) if keys else ""), request(sent), values=values, **given)


OPENED = [
    ("RSA-OAEP", CERTIFICATE, encrypted(token(), enc="A256CBC-HS512")),
    ("RSA-OAEP-256", CERTIFICATE, encrypted(token(), alg="RSA-OAEP-256", enc="A128CBC-HS256")),
    ("the second of two certificates", '<key certificate-id="a" />' + CERTIFICATE, encrypted(token())),
    ("a shared key used directly", _secret(32), encrypted(token(), alg="dir", to=SECRET)),
    ("A128KW", _secret(16), encrypted(token(), alg="A128KW", enc="A192GCM", to=SECRET[:16])),
    ("A192KW", _secret(24), encrypted(token(), alg="A192KW", enc="A192CBC-HS384", to=SECRET[:24])),
    ("A256KW", _secret(32), encrypted(token(), alg="A256KW", enc="A128GCM", to=SECRET)),
    ("a shared key beside a certificate", CERTIFICATE + _secret(32), encrypted(token(), alg="A256KW", to=SECRET)),
]


@pytest.mark.parametrize(("what", "keys", "sent"), OPENED, ids=[row[0] for row in OPENED])
def test_a_token_is_decrypted_and_what_is_inside_passes(what, keys, sent):
    trace = _judged(sent, keys, {**GIVEN, "a": pem("a1", with_key=True)})
    assert (trace.verdict, unsure(trace)) == (Verdict.ALLOW, set())
    assert trace.identity.client_id == "client-1"


INSIDE = [
    ("expired", token(exp=NOW - 1), ["expiry"], "TokenExpired"),
    ("signed by another key", token(signer="b1"), ["signature"], "TokenSignatureInvalid"),
    ("not signed", unsigned({"alg": "none"}), ["signature"], "TokenSignatureInvalid"),
    ("for another API", token(aud="x"), ["audience"], "TokenAudienceNotAllowed"),
    ("no token", "hello", ["well-formed"], "JwtInvalid"),
    ("nothing", "", ["well-formed"], "JwtInvalid"),
    ("a blank", " ", ["well-formed"], "JwtInvalid"),
    ("a line break", "\r\n", ["well-formed"], "JwtInvalid"),
    ("one quotation mark", '"', ["well-formed"], "JwtInvalid"),
    ("bare claims", '{"exp": 1}', ["well-formed"], "JwtInvalid"),
    ("another encrypted token", encrypted(token()), ["well-formed"], "JwtInvalid"),
    ("a broken payload", unsigned({"alg": "RS256"}, "x", "AAAA"), ["well-formed"], "JwtInvalid"),
]


@pytest.mark.parametrize(("what", "content", "checks", "reason"), INSIDE, ids=[row[0] for row in INSIDE])
def test_encryption_excuses_nothing_of_what_is_inside(what, content, checks, reason):
    trace = _judged(encrypted(content, enc="A256CBC-HS512"))  # with it even no text at all is some bytes
    assert (failed(trace), trace.reason) == (checks, reason)


CLOSED = [
    ("no decryption keys", encrypted(token()), "", "IDX10609"),
    ("for another certificate", encrypted(token(), to="c1"), CERTIFICATE, "IDX10618"),
    ("another shared key", encrypted(token(), alg="dir", to=bytes(32)), _secret(32), "IDX10603"),
    ("a shared key of another size", encrypted(token(), alg="A128KW", to=SECRET[:16]), _secret(32), "IDX10618"),
    ("a certificate's token and a shared key", encrypted(token()), _secret(32), "IDX10618"),
    ("content that was changed", encrypted(token())[:-6] + "AAAAAA", CERTIFICATE, "IDX10618"),
    ("no enc", f"{encoded({'alg': 'dir'})}..AAAA.AAAA.AAAA", _secret(32), "IDX12729"),
    ("enc is a number", f"{encoded({'alg': 'dir', 'enc': 7})}..AAAA.AAAA.AAAA", _secret(32), "IDX12729"),
]


@pytest.mark.parametrize(("what", "sent", "keys", "code"), CLOSED, ids=[row[0] for row in CLOSED])
def test_a_token_that_stays_closed_is_refused(what, sent, keys, code):
    trace = _judged(sent, keys)
    assert (failed(trace), reported(trace)) == (["well-formed"], ("well-formed", "JwtInvalid", code))
    assert (trace.status, trace.body) == (401, error_body(401, trace.steps[0].reported.message))


OPEN = [
    ("the certificate was not given", CERTIFICATE, {}, "decryption-cert: the certificate with its private key"),
    ("its private key was not given", CERTIFICATE, {"decryption-cert": pem("b1")}, "decryption-cert: the certificate"),
    ("its private key has a password", CERTIFICATE, {"decryption-cert": private_pem("b1", b"pw")}, "decryption-cert"),
    ("a named value", "<key>{{secret}}</key>", {}, "{{secret}}"),
]


@pytest.mark.parametrize(("what", "keys", "certificates", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_a_decryption_key_that_was_not_given_leaves_the_answer_open(what, keys, certificates, need):
    trace = _judged(encrypted(token()), keys, certificates)
    assert (trace.verdict, any(need in one for one in trace.needs)) == (Verdict.UNDECIDED, True)


@pytest.mark.parametrize("alg", ["RSA1_5", "ECDH-ES", "PBES2-HS256+A128KW", "A256GCMKW"])
def test_other_algorithms_follow_a_switch(alg):
    sent = f"{encoded({'alg': alg, 'enc': 'A256GCM'})}.AAAA.AAAA.AAAA.AAAA"
    refused, left_open = _judged(sent), _judged(sent, switches={"jwe-algorithms": "unknown"})
    assert (reported(refused)[:2], left_open.verdict) == (("well-formed", "JwtInvalid"), Verdict.UNDECIDED)
    assert unsure(refused) == unsure(left_open) == {"jwe-algorithms"}


def test_a_token_larger_than_we_decrypt_is_left_open():
    trace = _judged(encrypted(unsigned({"alg": "none"}, {**CLAIMS, "pad": "x" * 70_000})))
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("a smaller encrypted token",))


def test_a_private_key_is_never_shown():
    trace = _judged(encrypted(token()))
    body = "".join(private_pem("b1").split("\n")[1:-2])
    assert body[40:80] not in repr(trace)

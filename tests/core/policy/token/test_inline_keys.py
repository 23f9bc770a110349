"""Keys that stand in a policy: Base64, modulus and exponent, uploaded certificates."""

import base64

import pytest

from console.core.policy.engine.model import Outcome, Verdict
from console.core.policy.text.values import Values
from tests.core.policy.builders import (
    AUDIENCE,
    URL,
    failed,
    judged,
    key,
    outcome_of,
    reported,
    request,
    token,
    unsure,
    warnings,
)
from tests.core.policy.tokens import SECRET, encoded, jwk, pem, private_pem, signed, small_key, thumbprint

TEXT = base64.b64encode(SECRET).decode()
OTHER = base64.b64encode(bytes(32)).decode()
NUMBERS = jwk(key().public_key())
INVALID, MISSING = "TokenSignatureInvalid", "TokenSignatureKeyNotFound"


def _policy(keys, before=""):
    return (
        f'<validate-jwt header-name="Authorization">{before}<issuer-signing-keys>{keys}</issuer-signing-keys>'
        f"<audiences><audience>{AUDIENCE}</audience></audiences></validate-jwt>"
    )


def _hmac(kid="h1", secret=SECRET, alg="HS256"):
    return signed({"alg": alg, **({"kid": kid} if kid else {})}, with_key=secret, alg=alg)


def _judged(keys, sent, certificates=None, **given):
    return judged(_policy(keys), request(sent), metadata={}, values=Values(certificates=certificates or {}), **given)


def _rsa(numbers=NUMBERS, attributes=""):
    return f'<key n="{numbers["n"]}" e="{numbers["e"]}" {attributes}/>'


CERTIFICATES = {"cert": pem(), "with-key": pem(with_key=True), "key-only": private_pem(), "other": pem("b1")}
BY_THUMBPRINT = {"alg": "RS256", "kid": thumbprint().hex().upper()}
VERIFIED = [
    ("a Base64 key", f"<key>{TEXT}</key>", _hmac()),
    ("white space in it", f"<key>\n  {TEXT[:20]}\n  {TEXT[20:]}\n</key>", _hmac()),
    ("the key with the token's id", f'<key id="h0">{OTHER}</key><key id="h1">{TEXT}</key>', _hmac()),
    ("no key has the token's id: each is tried", f'<key id="x">{OTHER}</key><key id="y">{TEXT}</key>', _hmac()),
    ("no id in the token", f"<key>{OTHER}</key><key>{TEXT}</key>", _hmac(None)),
    ("modulus and exponent", _rsa(), token()),
    ("modulus and exponent with an id", _rsa(attributes='id="a1"'), token()),
    ("a certificate", '<key certificate-id="cert" />', token()),
    ("a certificate with its private key", '<key certificate-id="with-key" />', token()),
    ("a private key alone", '<key certificate-id="key-only" />', token()),
    ("a certificate with an id", '<key certificate-id="cert" id="a1" />', token()),
    ("the kid is a thumbprint", '<key certificate-id="cert" />', signed(BY_THUMBPRINT)),
    ("the second certificate", '<key certificate-id="other" /><key certificate-id="cert" />', token(kid=None)),
]


@pytest.mark.parametrize(("what", "keys", "sent"), VERIFIED, ids=[row[0] for row in VERIFIED])
def test_a_key_of_the_policy_verifies(what, keys, sent):
    trace = _judged(keys, sent, CERTIFICATES)
    assert (trace.verdict, outcome_of(trace, "signature")) == (Verdict.ALLOW, Outcome.PASS)
    assert (unsure(trace), warnings(trace)) == (set(), {"issuer-not-checked"})


REFUSED = [
    ("the wrong key", f"<key>{OTHER}</key>", _hmac(), "key-found", MISSING, "IDX10503"),
    (
        "the named key is used alone",
        f'<key id="h1">{OTHER}</key><key>{TEXT}</key>',
        _hmac(),
        "signature",
        INVALID,
        "IDX10511",
    ),
    (
        "the named certificate is used alone",
        '<key certificate-id="other" id="a1" /><key certificate-id="cert" />',
        token(),
        "signature",
        INVALID,
        "IDX10511",
    ),
    (
        "a thumbprint in lower case names it too",
        '<key certificate-id="cert" />',
        signed({"alg": "RS256", "kid": thumbprint().hex()}, with_key=key("b1")),
        "signature",
        INVALID,
        "IDX10511",
    ),
    (
        "x5t names it",
        '<key certificate-id="cert" />',
        signed({"alg": "RS256", "x5t": encoded(thumbprint())}, with_key=key("b1")),
        "signature",
        INVALID,
        "IDX10511",
    ),
    (
        "a secret of 64 bits",
        f'<key id="h1">{base64.b64encode(bytes(8)).decode()}</key>',
        _hmac(secret=bytes(8)),
        "signature",
        INVALID,
        "IDX10653",
    ),
    (
        "a secret of 120 bits",
        f"<key>{base64.b64encode(bytes(15)).decode()}</key>",
        _hmac(secret=bytes(15)),
        "signature",
        MISSING,
        "IDX10653",
    ),
    (
        "HMAC with the modulus",
        _rsa(),
        _hmac(secret=key().public_key().public_numbers().n.to_bytes(256)),
        "algorithm",
        MISSING,
        "IDX10503",
    ),
    (
        "HMAC with the certificate's text",
        '<key certificate-id="cert" id="a1" />',
        signed({"alg": "HS256", "kid": "a1"}, with_key=b"x" * 32, alg="HS256"),
        "algorithm",
        INVALID,
        "IDX10511",
    ),
    ("RS256 and a shared key alone", f"<key>{TEXT}</key>", token(), "algorithm", MISSING, "IDX10503"),
    ("an empty list", "", token(), "key-found", MISSING, "IDX10500"),
]


@pytest.mark.parametrize(("what", "keys", "sent", "check", "reason", "code"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_no_key_of_the_policy_verifies_is_refused(what, keys, sent, check, reason, code):
    trace = _judged(keys, sent, CERTIFICATES)
    assert (failed(trace), reported(trace)) == ([check], (check, reason, code))


OPEN = [
    ("a certificate that was not given", '<key certificate-id="signing-cert" />', "signing-cert"),
    ("a certificate that cannot be read", '<key certificate-id="broken" />', "broken"),
    ("a named value", "<key>{{secret}}</key>", "{{secret}}"),
    ("an expression as an id", '<key certificate-id="@(a.b)" />', "@(a.b)"),
    ("no padding", f"<key>{TEXT.rstrip('=')}</key>", "issuer-signing-keys: a readable key number 1"),
    ("no Base64", f"{_rsa(jwk(key('b1').public_key()))}<key>no!</key>", "issuer-signing-keys: a readable key number 2"),
    ("no key in it", "<key />", "issuer-signing-keys: a readable key number 1"),
    ("a modulus that is none", '<key n="!" e="AQAB" />', "issuer-signing-keys: a readable key number 1"),
    ("a legacy key", "<zumo-master-key>x</zumo-master-key>", "issuer-signing-keys/zumo-master-key"),
]


@pytest.mark.parametrize(("what", "keys", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_a_key_that_nobody_can_read_leaves_the_answer_open(what, keys, need):
    trace = _judged(keys, token(), {"broken": "-----BEGIN CERTIFICATE-----"})
    assert (trace.verdict, outcome_of(trace, "key-found")) == (Verdict.UNDECIDED, Outcome.UNKNOWN)
    assert need in trace.needs


def test_another_key_that_verifies_makes_an_unknown_one_irrelevant():
    trace = _judged('<key certificate-id="signing-cert" /><key certificate-id="cert" />', token(), CERTIFICATES)
    assert trace.verdict is Verdict.ALLOW


def test_old_signing_tokens_may_hold_the_key():
    text = _policy("", before="<issuer-signing-tokens><token>x</token></issuer-signing-tokens>")
    trace = judged(text, request(token()), metadata={})
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("issuer-signing-tokens",))


def test_keys_of_the_policy_and_of_metadata_are_pooled():
    text = _policy(f'<key id="h1">{TEXT}</key>', before=f'<openid-config url="{URL}" />')
    for sent in (_hmac(), token()):
        assert judged(text, request(sent)).verdict is Verdict.ALLOW


WEAK = [
    ("a secret of 128 bits", f"<key>{base64.b64encode(bytes(16)).decode()}</key>", _hmac(secret=bytes(16)), True),
    ("a secret of 248 bits", f"<key>{base64.b64encode(bytes(31)).decode()}</key>", _hmac(secret=bytes(31)), True),
    ("a secret of 256 bits", f"<key>{TEXT}</key>", _hmac(), False),
    ("RSA with 1024 bits", _rsa(jwk(small_key().public_key())), signed({"alg": "RS256"}, with_key=small_key()), True),
]


@pytest.mark.parametrize(("what", "keys", "sent", "is_weak"), WEAK, ids=[row[0] for row in WEAK])
def test_a_short_key_verifies_with_a_warning(what, keys, sent, is_weak):
    trace = _judged(keys, sent)
    assert (trace.verdict, "weak-key" in warnings(trace)) == (Verdict.ALLOW, is_weak)


@pytest.mark.parametrize("alg", ["HS384", "HS512"])
def test_longer_hmacs_are_not_documented(alg):
    trace = _judged(f"<key>{base64.b64encode(SECRET * 2).decode()}</key>", _hmac(secret=SECRET * 2, alg=alg))
    assert (trace.verdict, unsure(trace)) == (Verdict.ALLOW, {"unlisted-algorithm"})


@pytest.mark.parametrize("sent", [_hmac(), _hmac(secret=bytes(32)), "opaque"], ids=["right", "wrong", "opaque"])
def test_a_key_is_never_shown(sent):
    trace = _judged(f'<key id="h1">{TEXT}</key>', sent)
    assert TEXT not in repr(trace)
    assert base64.urlsafe_b64encode(SECRET).rstrip(b"=").decode() not in repr(trace)


BEGIN = "-----BEGIN {}-----\n"
LOOSE_ENDS = [
    ("beginnings alone", "".join(BEGIN.format("CERTIFICATE") for _ in range(200_000))),
    ("beginnings of private keys", "".join(BEGIN.format("PRIVATE KEY") for _ in range(200_000))),
    ("beginnings of many kinds", "".join(BEGIN.format(f"X {number}") for number in range(200_000))),
]


@pytest.mark.parametrize(("what", "text"), LOOSE_ENDS, ids=[row[0] for row in LOOSE_ENDS])
def test_blocks_that_are_never_closed_are_passed_over_at_once(what, text):
    trace = _judged('<key certificate-id="cert" />', token(), {"cert": text})
    assert (trace.verdict, "cert" in trace.needs) == (Verdict.UNDECIDED, True)
    closed = _judged('<key certificate-id="cert" />', token(), {"cert": text + pem()})
    assert closed.verdict is Verdict.ALLOW

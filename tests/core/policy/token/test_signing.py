"""Keys and signatures: which key is used, which algorithms pass, and what is told when none verifies."""

import base64
import hashlib

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import UNREACHABLE, MetadataView, Outcome, Verdict
from console.core.tokens.keys import MAX_CHARACTERS, MAX_KEYS, read_jwks
from tests.core.policy.builders import (
    NOW,
    URL,
    failed,
    judged,
    key,
    outcome_of,
    policy,
    reported,
    request,
    token,
    unsure,
    view,
    warnings,
)
from tests.core.policy.tokens import (
    CLAIMS,
    SECRET,
    curve_key,
    jwk,
    published,
    signature_of,
    signed,
    small_key,
    unsigned,
)

GRAPH = "00000003-0000-0000-c000-000000000000"
BOTH = published(jwk(key().public_key(), kid="a1", use="sig"), jwk(key("b1").public_key(), kid="b1", use="sig"))
CURVES = published(*(jwk(curve_key(name).public_key(), kid=name) for name in ("P-256", "P-384", "P-521")))
NAMELESS = published(jwk(key("b1").public_key()), jwk(key().public_key()))
SMALL = published(jwk(small_key().public_key(), kid="w1"))
TINY = published(
    {
        "kty": "RSA",
        "kid": "a1",
        "e": "AQAB",
        "n": base64.urlsafe_b64encode(b"\x80" + bytes(126) + b"\x01")[:-2].decode(),
    }
)


def _judged(sent, metadata=BOTH, attributes="", **given):
    return judged(policy(attributes), request(sent), metadata={URL: metadata}, **given)


def _header(kid, **more):
    return {"alg": "RS256", **({"kid": kid} if kid else {}), **more}


VERIFIED = [
    ("the key that the kid names", token(), BOTH),
    ("the second key", token(kid="b1", signer="b1"), BOTH),
    ("no kid: every key is tried", token(kid=None, signer="b1"), BOTH),
    ("a kid that no key has: every key is tried", token(kid="zz", signer="b1"), BOTH),
    ("a kid in other letters: every key is tried", token(kid="B1", signer="b1"), BOTH),
    ("keys without ids", token(kid="a1"), NAMELESS),
    ("x5t instead of kid", signed(_header(None, x5t="b1"), with_key=key("b1")), BOTH),
    ("PS256", signed(_header("a1", alg="PS256"), alg="PS256"), BOTH),
    ("RS512", signed(_header("a1", alg="RS512"), alg="RS512"), BOTH),
    ("ES256", signed(_header("P-256", alg="ES256"), with_key=curve_key("P-256"), alg="ES256"), CURVES),
    ("a key for another algorithm", token(), published(jwk(key().public_key(), kid="a1", alg="PS256"))),
    ("a key whose operations are others", token(), published(jwk(key().public_key(), kid="a1", key_ops=["encrypt"]))),
]


UNNAMED = {
    "a kid that no key has: every key is tried",
    "a kid in other letters: every key is tried",
    "keys without ids",
}


@pytest.mark.parametrize(("what", "sent", "metadata"), VERIFIED, ids=[row[0] for row in VERIFIED])
def test_a_right_signature_verifies(what, sent, metadata):
    trace = _judged(sent, metadata)
    assert (trace.verdict, outcome_of(trace, "key-found"), outcome_of(trace, "signature")) == (
        Verdict.ALLOW,
        Outcome.PASS,
        Outcome.PASS,
    )
    told = {"unconfirmed-behaviour"} if what in UNNAMED else set()
    assert warnings(trace) == told


OTHERS = [
    ("RS384", key()),
    ("PS384", key()),
    ("PS512", key()),
    ("ES384", curve_key("P-384")),
    ("ES512", curve_key("P-521")),
]


@pytest.mark.parametrize(("alg", "with_key"), OTHERS, ids=[row[0] for row in OTHERS])
def test_an_algorithm_that_is_not_documented_follows_its_switch(alg, with_key):
    kid = {"ES384": "P-384", "ES512": "P-521"}.get(alg, "a1")
    sent, metadata = signed(_header(kid, alg=alg), with_key=with_key, alg=alg), CURVES if kid[0] == "P" else BOTH
    accepted = _judged(sent, metadata)
    refused = _judged(sent, metadata, switches={"unlisted-algorithm": "refused"})
    assert (accepted.verdict, reported(refused)) == (Verdict.ALLOW, ("algorithm", "TokenSignatureInvalid", "IDX10696"))
    for trace in (accepted, refused):
        assert (unsure(trace), "algorithm-not-listed" in warnings(trace)) == ({"unlisted-algorithm"}, True)


def test_an_undocumented_algorithm_that_does_not_verify_is_no_matter_of_opinion():
    trace = _judged(signed(_header("a1", alg="RS384"), with_key=key("b1"), alg="RS384"))
    assert (reported(trace)[0], "algorithm-not-listed" in warnings(trace)) == ("signature", False)


MODULUS = key().public_key().public_numbers().n.to_bytes(256)
INVALID, MISSING = "TokenSignatureInvalid", "TokenSignatureKeyNotFound"
REFUSED = [
    ("signed by another key", token(signer="b1"), BOTH, "signature", INVALID, "IDX10511"),
    ("a changed signature", token()[:-9] + "AAAAAAAAA", BOTH, "signature", INVALID, "IDX10511"),
    ("a key that nobody has", token(kid="c1", signer="c1"), BOTH, "key-found", MISSING, "IDX10503"),
    ("no kid and no key verifies", token(kid=None, signer="c1"), BOTH, "key-found", MISSING, "IDX10517"),
    ("no key at all", token(), published(), "key-found", MISSING, "IDX10500"),
    ("metadata out of reach", token(), UNREACHABLE, "key-found", MISSING, "IDX10500"),
    (
        "a key for encryption only",
        token(),
        published(jwk(key().public_key(), kid="a1", use="enc")),
        "key-found",
        MISSING,
        "IDX10500",
    ),
    (
        "a shared key in metadata",
        signed(_header("h1", alg="HS256"), with_key=SECRET, alg="HS256"),
        published({"kty": "oct", "kid": "h1", "k": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}),
        "key-found",
        MISSING,
        "IDX10500",
    ),
    (
        "HMAC with the public modulus",
        signed(_header("a1", alg="HS256"), with_key=MODULUS, alg="HS256"),
        BOTH,
        "algorithm",
        INVALID,
        "IDX10511",
    ),
    (
        "HMAC with the public modulus, no kid",
        signed(_header(None, alg="HS256"), with_key=MODULUS, alg="HS256"),
        BOTH,
        "algorithm",
        MISSING,
        "IDX10517",
    ),
    (
        "an RSA key named by an ES256 token",
        signed(_header("a1", alg="ES256"), with_key=curve_key("P-256"), alg="ES256"),
        BOTH,
        "algorithm",
        INVALID,
        "IDX10511",
    ),
    (
        "a key on another curve",
        signed(_header("P-384", alg="ES256"), with_key=curve_key("P-256"), alg="ES256"),
        CURVES,
        "algorithm",
        INVALID,
        "IDX10511",
    ),
    ("EdDSA", unsigned(_header("a1", alg="EdDSA"), signature="AAAA"), BOTH, "algorithm", INVALID, "IDX10652"),
    (
        "an algorithm in other letters",
        unsigned(_header("a1", alg="rs256"), signature="AAAA"),
        BOTH,
        "algorithm",
        INVALID,
        "IDX10652",
    ),
    ("no algorithm", unsigned({"kid": "a1"}, signature="AAAA"), BOTH, "algorithm", INVALID, "IDX10652"),
    ("RS256 said, PS256 signed", signed(_header("a1"), alg="PS256"), BOTH, "signature", INVALID, "IDX10511"),
    (
        "an ES256 signature of a wrong length",
        unsigned(_header("P-256", alg="ES256"), signature="AAAA"),
        CURVES,
        "signature",
        INVALID,
        "IDX10511",
    ),
    ("RSA below 1024 bits", token(), TINY, "signature", INVALID, "IDX10631"),
    ("no signature", unsigned({"alg": "none"}), BOTH, "signature", INVALID, "IDX10504"),
    ("an algorithm, but no signature", unsigned(_header("a1")), BOTH, "signature", INVALID, "IDX10504"),
    ("alg none with a third part", unsigned({"alg": "none"}, signature="AAAA"), BOTH, "algorithm", MISSING, "IDX10652"),
    (
        "alg None with a third part",
        unsigned(_header("a1", alg="None"), signature="AAAA"),
        BOTH,
        "algorithm",
        INVALID,
        "IDX10652",
    ),
]


OTHER_VERIFIES = {"signed by another key", "a key on another curve"}


@pytest.mark.parametrize(
    ("what", "sent", "metadata", "check", "reason", "code"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_what_does_not_verify_is_refused_under_the_gateways_name(what, sent, metadata, check, reason, code):
    trace = _judged(sent, metadata)
    assert (trace.verdict, failed(trace), reported(trace)) == (Verdict.REJECT, [check], (check, reason, code))
    message = trace.steps[0].reported.message
    assert (trace.status, trace.body, message.startswith(code)) == (401, error_body(401, message), True)
    assert unsure(trace) == ({""} if what in OTHER_VERIFIES else set())


UNSIGNED = [
    ("none", unsigned({"alg": "none"}), Verdict.ALLOW, set()),
    ("none with a third part", unsigned({"alg": "none"}, signature="AAAA"), Verdict.REJECT, set()),
    ("none, and expired", unsigned({"alg": "none"}, {**CLAIMS, "exp": NOW - 1}), Verdict.REJECT, set()),
    ("a wrong signature", token(signer="c1"), Verdict.REJECT, set()),
    ("a right signature", token(), Verdict.ALLOW, set()),
    ("a signature cut off", unsigned(_header("a1")), Verdict.REJECT, {"stripped-signature"}),
    ("NONE", unsigned({"alg": "NONE"}), Verdict.REJECT, {"stripped-signature"}),
]


@pytest.mark.parametrize(("what", "sent", "verdict", "switches"), UNSIGNED, ids=[row[0] for row in UNSIGNED])
def test_where_no_signature_is_required_only_a_token_that_claims_none_passes(what, sent, verdict, switches):
    trace = _judged(sent, attributes='require-signed-tokens="false"')
    assert (trace.verdict, unsure(trace)) == (verdict, switches)


def test_a_signature_cut_off_follows_its_switch():
    trace = _judged(
        unsigned(_header("a1")), attributes='require-signed-tokens="false"', switches={"stripped-signature": "accepted"}
    )
    assert (trace.verdict, unsure(trace)) == (Verdict.ALLOW, {"stripped-signature"})


def test_whether_a_signature_is_required_matters_to_unsigned_tokens_only():
    attributes = 'require-signed-tokens="@(a.b)"'
    assert _judged(token(), attributes=attributes).verdict is Verdict.ALLOW
    trace = _judged(unsigned({"alg": "none"}), attributes=attributes)
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("require-signed-tokens: @(a.b)",))


ORDER = [
    ("the named key is wrong: the signature first", "a1", ["signature", "expiry", "audience", "issuer"], INVALID),
    ("an unknown key: all else first", "zz", ["expiry", "issuer", "audience", "key-found"], "TokenExpired"),
    ("no kid: the key first", None, ["key-found", "expiry", "audience", "issuer"], MISSING),
]


@pytest.mark.parametrize(("what", "kid", "order", "reason"), ORDER, ids=[row[0] for row in ORDER])
def test_the_first_of_several_failures_is_reported_as_the_library_orders_them(what, kid, order, reason):
    trace = _judged(token(kid=kid, signer="c1", exp=NOW - 1, aud="x", iss="x"))
    assert (failed(trace), trace.reason) == (order, reason)


def test_an_rsa_key_of_1024_bits_verifies_with_a_warning():
    trace = _judged(signed(_header("w1"), with_key=small_key()), SMALL)
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, {"weak-key"})


@pytest.mark.parametrize(("kid", "expected"), [("c1", {"key-roll"}), (None, set())])
def test_a_key_that_metadata_lacks_may_be_new(kid, expected):
    assert warnings(_judged(token(kid=kid, signer="c1"))) == expected


def test_metadata_out_of_reach_is_told_and_its_issuer_is_nobodys_failure():
    trace = _judged(token(), UNREACHABLE)
    assert warnings(trace) == {"metadata-unreachable"}
    assert outcome_of(trace, "issuer") is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("iss", "verdict"), [(CLAIMS["iss"], Verdict.ALLOW), ("https://evil.example", Verdict.UNDECIDED)]
)
def test_metadata_out_of_reach_lets_no_issuer_pass_that_nobody_names(iss, verdict):
    other = "https://other.example/.well-known/openid-configuration"
    text = policy().replace("<audiences>", f'<openid-config url="{other}"/><audiences>')
    trace = judged(text, request(token(iss=iss)), metadata={URL: view(), other: UNREACHABLE})
    assert (trace.verdict, other in trace.needs) == (verdict, verdict is Verdict.UNDECIDED)


def test_metadata_out_of_reach_does_not_matter_when_another_key_verifies():
    other = "https://other.example/.well-known/openid-configuration"
    text = policy().replace("<audiences>", f'<openid-config url="{other}"/><audiences>')
    trace = judged(text, request(token()), metadata={URL: view(), other: UNREACHABLE})
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, {"metadata-unreachable"})


@pytest.mark.parametrize(
    ("metadata", "need"), [({}, URL), ({URL: MetadataView(CLAIMS["iss"])}, f"keys of {URL}")], ids=["none", "keyless"]
)
def test_keys_that_were_not_given_leave_the_answer_open(metadata, need):
    trace = judged(policy(), request(token()), metadata=metadata)
    assert (trace.verdict, outcome_of(trace, "key-found")) == (Verdict.UNDECIDED, Outcome.UNKNOWN)
    assert need in trace.needs


def _among(count, last):
    """Metadata with so many keys of others before the last one."""
    other = jwk(key("b1").public_key())
    return {URL: published(*({**other, "kid": f"k{number}"} for number in range(count)), last)}


@pytest.mark.parametrize("kid", ["a1", "new", None])
@pytest.mark.parametrize("count", [MAX_KEYS - 1, MAX_KEYS])
def test_keys_beyond_those_that_are_read_leave_the_answer_open(count, kid):
    metadata = _among(count, jwk(key().public_key(), kid="a1"))
    trace = judged(policy(), request(token(kid=kid)), metadata=metadata)
    left_out = (f"keys of {URL}: they are more than are read here, so some were left out",)
    expected = (Verdict.ALLOW, ()) if count < MAX_KEYS else (Verdict.UNDECIDED, left_out)
    assert (trace.verdict, trace.needs) == expected


def test_a_key_that_was_read_decides_whatever_was_left_out():
    metadata = _among(MAX_KEYS, jwk(key().public_key(), kid="a1"))
    right, wrong = (judged(policy(), request(token(kid="k0", signer=who)), metadata=metadata) for who in ("b1", "a1"))
    assert (right.verdict, wrong.verdict, wrong.reason) == (Verdict.ALLOW, Verdict.REJECT, "TokenSignatureInvalid")


def test_a_key_set_too_large_to_be_read_leaves_the_answer_open():
    metadata = {URL: MetadataView(CLAIMS["iss"], read_jwks(" " * MAX_CHARACTERS + "{}"))}
    trace = judged(policy(), request(token()), metadata=metadata)
    assert (trace.verdict, outcome_of(trace, "key-found")) == (Verdict.UNDECIDED, Outcome.UNKNOWN)


def test_a_named_key_whose_signature_is_wrong_is_certain_whatever_else_was_not_given():
    text = policy().replace("<audiences>", '<openid-config url="https://other.example"/><audiences>')
    trace = judged(text, request(token(signer="b1")))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, INVALID)


def test_an_algorithm_that_the_library_does_not_know_is_certain_whatever_was_not_given():
    trace = judged(policy(), request(unsigned(_header("a1", alg="EdDSA"), signature="AAAA")), metadata={})
    assert (trace.verdict, failed(trace)) == (Verdict.REJECT, ["algorithm"])


def _graph_token(**changes):
    """Signed over the hash of the nonce, as Microsoft Graph's tokens are."""
    claims = {**CLAIMS, **changes}
    hashed = hashlib.sha256(b"n1").hexdigest()
    start = unsigned(_header("a1", nonce=hashed), claims).rpartition(".")[0]
    return unsigned(_header("a1", nonce="n1"), claims, signature_of(start))


def test_a_graph_token_fails_on_its_signature_and_is_explained():
    trace = _judged(_graph_token(aud=GRAPH))
    assert (failed(trace), reported(trace)) == (["signature", "audience"], ("signature", INVALID, "IDX10511"))
    assert "graph-token" in warnings(trace)


GRAPHS = [
    ("a nonce that broke the signature", _graph_token(), True),
    ("its id", token(aud=GRAPH), True),
    ("its address among others", token(aud=["x", "https://graph.microsoft.com"]), True),
    ("a nonce that broke nothing", signed(_header("a1", nonce="n1")), False),
]


@pytest.mark.parametrize(("what", "sent", "is_told"), GRAPHS, ids=[row[0] for row in GRAPHS])
def test_the_graph_warning_goes_with_its_audience_or_a_nonce_that_broke_the_signature(what, sent, is_told):
    assert ("graph-token" in warnings(_judged(sent))) is is_told


ASSUMED = [
    ("another signature", token(signer="b1"), Verdict.ALLOW),
    ("a stand-in", token().rpartition(".")[0] + ".c2lnbmF0dXJl", Verdict.ALLOW),
    ("none left", unsigned(_header("a1")), Verdict.ALLOW),
    ("an unknown key", token(kid="zz", signer="zz"), Verdict.ALLOW),
    ("a token that claims none", unsigned({"alg": "none"}), Verdict.REJECT),
    ("an unknown algorithm", unsigned(_header("a1", alg="EdDSA"), signature="AAAA"), Verdict.REJECT),
    ("expired", token(exp=NOW - 1), Verdict.REJECT),
]


@pytest.mark.parametrize(("what", "sent", "verdict"), ASSUMED, ids=[row[0] for row in ASSUMED])
def test_a_signature_taken_as_valid_needs_no_key(what, sent, verdict):
    trace = _judged(sent, assumes_signature=True)
    assert trace.verdict is verdict
    if verdict is Verdict.ALLOW:
        said = [check.what for check in trace.steps[0].checks if check.check in ("signature", "key-found")]
        assert said == ["The signature is taken as valid."] * 2


def test_a_signature_taken_as_valid_leaves_an_undocumented_algorithm_open():
    assert unsure(_judged(unsigned(_header("a1", alg="RS384")), assumes_signature=True)) == {"unlisted-algorithm"}

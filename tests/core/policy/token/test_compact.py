"""What the gateway reads as a token: strict about its shape, with a switch where nobody has confirmed it."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Verdict
from console.core.policy.token.compact import known_header
from tests.core.policy.builders import NOW, failed, judged, policy, reported, request, token, unsure, warnings
from tests.core.policy.tokens import CLAIMS, encoded, signature_of, signed, unsigned

HEADER = {"alg": "RS256", "kid": "a1"}

SHAPES = [
    ("an opaque text", "opaque", "IDX12741", "has 1 part between"),
    ("one dot", "a.b", "IDX12741", "has 2 parts between"),
    ("three dots", "a.b.c.d", "IDX12741", "has 4 parts between"),
    ("six parts", "a.b.c.d.e.f", "IDX12741", "has 6 parts between"),
    ("no payload", "eyJhbGciOiJub25lIn0..x", "IDX12741", "part of the token is empty"),
    ("padding", "eyJhbGciOiJub25lIn0=.e30.x", "IDX12741", "base64url does not have"),
    ("standard Base64", "eyJhbGci+iJub25lIn0.e30.x", "IDX12741", "base64url does not have"),
    ("a header cut off", "eyJhbGciOiJub25lIn0aa.e30.x", "IDX12729", "not base64url"),
    ("a header that is no JSON", "eeee.e30.x", "IDX12729", "header is not a JSON object"),
    ("a header that is a list", encoded("[]") + ".e30.x", "IDX12729", "header is not a JSON object"),
    ("a payload that is no JSON", unsigned(HEADER, "x"), "IDX12723", "payload is not a JSON object"),
    ("a payload that is a text", unsigned(HEADER, '"x"'), "IDX12723", "payload is not a JSON object"),
    ("a payload that is no UTF-8", unsigned(HEADER, b"\xff"), "IDX12723", "payload is not a JSON object"),
    ("a payload with NaN", unsigned(HEADER, '{"exp":NaN}'), "IDX12723", "payload is not a JSON object"),
    ("half of a pair", unsigned(HEADER, '{"sub":"\\ud800"}'), "IDX12723", "payload is not a JSON object"),
    ("a byte order mark", unsigned(HEADER, "\ufeff{}"), "IDX12723", "payload is not a JSON object"),
    ("a payload nested too deep", unsigned(HEADER, '{"a":' * 70 + "1" + "}" * 70), "IDX12723", "payload is not a"),
    ("256001 characters", token() + "A" * (256_001 - len(token())), "IDX10209", "has 256001 characters"),
    ("an encrypted token's header is no JSON", "eeee.x.x.x.x", "IDX12729", "header is not a JSON object"),
]


@pytest.mark.parametrize(("what", "text", "code", "why"), SHAPES, ids=[row[0] for row in SHAPES])
def test_what_has_not_the_shape_of_a_token_is_malformed(what, text, code, why):
    trace = judged(policy(), request(text))
    assert (failed(trace), reported(trace)) == (["well-formed"], ("well-formed", "JwtInvalid", code))
    check = trace.steps[0].reported
    assert (why in check.what, check.reason_aliases) == (True, ("Invalid JWT",))
    assert (trace.status, trace.body) == (401, error_body(401, check.message))
    assert unsure(trace) == set()


def test_headers_are_kept_except_long_ones_and_what_only_stands_in_the_place_of_one():
    known_header.cache_clear()
    judged(policy(), request("a-secret.e30.x"))
    judged(policy(), request(unsigned({**HEADER, "x5c": "A" * 2_000}, "{}")))
    assert known_header.cache_info().currsize == 0
    first, second = (judged(policy(), request(token(sub=name))) for name in ("one", "two"))
    assert (first.identity.subject, second.identity.subject) == ("one", "two")
    assert (known_header.cache_info().currsize, known_header.cache_info().hits) == (1, 1)


def test_a_token_of_256000_characters_is_still_read():
    text = token() + "A" * (256_000 - len(token()))
    assert failed(judged(policy(), request(text))) == ["signature"]


def test_unused_bits_at_the_end_of_a_signature_do_not_matter():
    good = token()
    last = good[-1]
    twin = next(one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if _same_byte(one, last))
    assert judged(policy(), request(good[:-1] + twin)).verdict is Verdict.ALLOW


def _same_byte(one, other):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return one != other and alphabet.index(one) >> 4 == alphabet.index(other) >> 4


HEADERS = [
    ("alg is a number", {"alg": 256, "kid": "a1"}),
    ("alg is a list", {"alg": ["RS256"], "kid": "a1"}),
    ("alg is null", {"alg": None, "kid": "a1"}),
    ("kid is a number", {"alg": "RS256", "kid": 1}),
    ("kid is an object", {"alg": "RS256", "kid": {}}),
]


@pytest.mark.parametrize(("what", "header"), HEADERS, ids=[row[0] for row in HEADERS])
def test_a_header_with_a_wrong_type_is_malformed_and_the_claims_are_judged_all_the_same(what, header):
    trace = judged(policy(), request(signed(header, {**CLAIMS, "exp": NOW - 1})))
    assert reported(trace) == ("well-formed", "JwtInvalid", "IDX12729")
    assert failed(trace) == ["well-formed", "expiry"]


TWICE = f'{{"exp":1,"aud":"{CLAIMS["aud"]}","iss":"{CLAIMS["iss"]}","exp":{CLAIMS["exp"]}}}'
SWITCHED = [
    ("a claim twice", "duplicate-members", "last", HEADER, TWICE),
    ("a header member twice", "duplicate-members", "last", '{"alg":"none","alg":"RS256","kid":"a1"}', CLAIMS),
    ("a member twice further inside", "duplicate-members", "last", HEADER, '{"a":{"b":1,"b":2},' + TWICE[9:]),
    ("a critical extension", "critical-header", "ignored", {**HEADER, "crit": ["exp"], "exp": 1}, CLAIMS),
    ("an empty list of them", "critical-header", "ignored", {**HEADER, "crit": []}, CLAIMS),
    ("kid is null", "claim-types", "read", {"alg": "RS256", "kid": None}, CLAIMS),
    ("iat is a text", "claim-types", "read", HEADER, {**CLAIMS, "iat": "now"}),
    ("iat is true", "claim-types", "read", HEADER, {**CLAIMS, "iat": True}),
    ("an audience is a number", "claim-types", "read", HEADER, {**CLAIMS, "aud": [CLAIMS["aud"], 7]}),
]


@pytest.mark.parametrize(("what", "switch", "lenient", "header", "claims"), SWITCHED, ids=[row[0] for row in SWITCHED])
def test_an_odd_token_is_refused_unless_a_switch_says_otherwise(what, switch, lenient, header, claims):
    text = unsigned(header, claims).rpartition(".")[0]
    sent = request(f"{text}.{signature_of(text)}")
    strict = judged(policy(), sent)
    assert (reported(strict)[:2], failed(strict)) == (("well-formed", "JwtInvalid"), ["well-formed"])
    forgiving = judged(policy(), sent, switches={switch: lenient})
    assert forgiving.verdict is Verdict.ALLOW
    assert unsure(strict) == unsure(forgiving) == {switch}


def test_an_unencoded_payload_is_read_as_base64url_all_the_same():
    trace = judged(policy(), request(signed({**HEADER, "b64": False})))
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, set())

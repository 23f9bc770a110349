"""Rows of a table hold no usable token, and values are kept without losing a secret that was left empty."""

import base64
from urllib.parse import quote

import pytest

from console.core.credential import Secret
from console.core.errors import NotAllowed
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.described_call import VALID_KEY, DescribedCall, KeyUse, as_sent, rule_of
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings, as_values, merged
from console.core.policy.keep.samples import (
    STAND_IN,
    KnownOfCall,
    Sample,
    as_entry,
    has_token,
    kept_call,
    kept_rule,
    token_in,
    token_places,
    without_secrets,
    without_signatures,
)
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.values import NO_VALUES, Values
from tests.core.policy.builders import NOW, token

SIGNATURE = token().rpartition(".")[2]


def call(*headers, url="https://a.example/x"):
    return GatewayRequest("GET", url, headers)


@pytest.mark.parametrize(
    "request_",
    [
        call(("Authorization", f"Bearer {token()}")),
        call(("Authorization", f"Bearer Bearer {token()}")),
        call(("X-Token", token()), ("Other", f"a={token()}; b={token()}")),
        call(url=f"https://a.example/x?t={token()}&u=1"),
    ],
)
def test_every_signature_is_replaced_and_the_rest_stays(request_):
    cut = without_signatures(request_)
    texts = f"{cut.url} {cut.headers}"
    assert SIGNATURE not in texts
    assert STAND_IN in texts
    assert texts.replace(STAND_IN, SIGNATURE) == f"{request_.url} {request_.headers}"
    assert token_in(cut).rpartition(".")[0] == token().rpartition(".")[0]


def test_an_unsigned_token_stays_unsigned_and_a_call_without_token_as_it_is():
    unsigned = token().rpartition(".")[0] + "."
    assert token_in(without_signatures(call(("Authorization", unsigned)))) == unsigned
    plain = call(("Accept", "a.b.c"))
    assert (without_signatures(plain), has_token(plain), token_in(plain)) == (plain, False, "")


def test_an_encrypted_token_makes_a_call_that_is_not_kept():
    assert without_signatures(call(("Authorization", "Bearer eyJhIjoxfQ.QUFB.QUFB.QUFB.QUFB"))) is None


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


CANARY = "CANARYSIGNATURE1234567890"
CLAIMS = base64url(b'{"aud":"x"}')


def odd(header, tail=CANARY):
    return f"{base64url(header)}.{CLAIMS}.{tail}"


@pytest.mark.parametrize(
    "header", [b'{"alg":"RS256"}', b'{ "alg":"RS256"}', b' {"a":1}', b'\r\n{\n"a":1}', b"{}", b'{"a']
)
def test_a_token_is_known_by_the_json_object_in_its_first_part(header):
    request = call(
        ("X-Any", f"a={odd(header)}, {odd(header)}"), url=f"https://a.example/x.y/{odd(header)}?t={odd(header)}"
    )
    cut = without_signatures(request)
    assert CANARY not in f"{cut.url} {cut.headers}"
    assert f"{cut.url} {cut.headers}".count(f"{base64url(header)}.{CLAIMS}.{STAND_IN}") == 4
    assert token_in(cut) == f"{base64url(header)}.{CLAIMS}.{STAND_IN}"


@pytest.mark.parametrize(
    "text", ["a.b.c", "example.com", "eyes.on.you", "www.example.org/exam.ple", "ey.b.c", "1.2.3", "....", ""]
)
def test_words_with_dots_are_no_tokens(text):
    assert not has_token(call(("Accept", text), url=f"https://example.com/{text}"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (odd(b'{"a":1}', f"{CANARY}.{CANARY}"), f".{STAND_IN}.{STAND_IN}"),
        (odd(b'{"a":1}', f".{CANARY}"), f"..{STAND_IN}"),
        (odd(b'{"a":1}', f"{CANARY}+/{CANARY}=="), f".{STAND_IN}"),
        (odd(b'{"a":1}', f"{CANARY}%3D%3D"), f".{STAND_IN}"),
    ],
)
def test_whatever_stands_behind_the_claims_is_cut(text, kept):
    assert token_in(without_signatures(call(("A", text)))) == f"{text.split('.')[0]}.{CLAIMS}{kept}"


def test_a_second_part_that_is_no_claims_is_cut_too():
    header = base64url(b'{"a":1}')
    assert token_in(without_signatures(call(("A", f"{header}.{CANARY}")))) == f"{header}.{STAND_IN}"


def test_a_text_of_a_hundred_thousand_characters_is_looked_through_at_once():
    for text in ("a" * 100_000, "a." * 50_000, "eyJ" * 33_000, "%" * 100_000, "=" * 100_000):
        assert not has_token(call(("A", text)))


PLACES = frozenset({"x-my-assertion", "assert"})
MASKED = [
    ("Cookie", "s=CANARY-one; t=CANARY-two", "s=***; t=***"),
    ("Set-Cookie", "s=CANARY-one; Path=/", "s=***; Path=/"),
    ("Authorization", "Basic CANARY", "Basic ***"),
    ("Authorization", "Bearer CANARY-one", "Bearer ***"),
    ("Authorization", token().partition(".")[0], "***"),
    ("Authorization", "Bearer undefined", "Bearer undefined"),
    ("Authorization", f'Bearer "{odd(b"{}")}"', f'Bearer "{odd(b"{}", STAND_IN)}"'),
    ("Authorization", f"Bearer {odd(b'{}')} CANARY", f"Bearer {odd(b'{}', STAND_IN)} ***"),
    ("X-Api-Key", "CANARY", "***"),
    ("Ocp-Apim-Subscription-Key", f"CANARY{VALID_KEY}", "***"),
    ("Ocp-Apim-Subscription-Key", VALID_KEY, VALID_KEY),
    ("Ocp-Apim-Subscription-Key", f"not-{VALID_KEY}", f"not-{VALID_KEY}"),
    ("X-Session-Id", "CANARY", "***"),
    ("X-Upstream-Password", "CANARY", "***"),
    ("X-My-Assertion", "CANARY", "***"),
    ("X-My-Assertion", odd(b"{}"), odd(b"{}", STAND_IN)),
    ("X-My-Assertion", "", ""),
    ("X-Other", f"id={odd(b'{}')}; client_secret=CANARY", f"id={odd(b'{}', STAND_IN)}; client_secret=***"),
    ("X-Other", odd(b"{}").replace(".", "%2E"), "<token>"),
    ("X-Other", odd(b"{}").replace(".", "%252e"), "<token>"),
    ("X-Other", odd(b"{}").replace(".", "\\u002e"), "<token>"),
    ("X-Other", "known-CANARY-secret", "known-***-secret"),
    ("Referer", "https://u:CANARY@a.example/b?code=CANARY&x=1#CANARY", "https://a.example/b?code=***&x=1"),
    ("Origin", "https://a.example", "https://a.example"),
    ("Accept", "text/html, */*;q=0.8", "text/html, */*;q=0.8"),
]


@pytest.mark.parametrize(("name", "value", "kept"), MASKED)
def test_a_secret_header_leaves_a_mask_and_a_harmless_one_stays(name, value, kept):
    tried = KnownOfCall(places=PLACES, secrets=(Secret("CANARY"),) if "known" in value else ())
    once = without_secrets(call((name, value)), tried)
    assert once.headers == ((name, kept),)
    assert without_secrets(once, tried) == once


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?client_secret=CANARY&code=CANARY&subscription-key=CANARY&page=2&q=a%20b+c",
         "https://a.example/x?client_secret=***&code=***&subscription-key=***&page=2&q=a%20b+c"),
        ("https://a.example/x?subscription%2Dkey=CANARY", "https://a.example/x?subscription%2Dkey=***"),
        (f"https://a.example/x?subscription-key={VALID_KEY}", f"https://a.example/x?subscription-key={VALID_KEY}"),
        (f"https://a.example/x?assert={odd(b'{}')}", f"https://a.example/x?assert={odd(b'{}', STAND_IN)}"),
        (f"https://a.example/x?access_token=Bearer+{odd(b'{}')}",
         f"https://a.example/x?access_token=Bearer%20{odd(b'{}', STAND_IN)}"),
        (f"https://a.example/x?assert={quote(odd(b'{}')).replace('.', '%2E')}",
         f"https://a.example/x?assert={odd(b'{}', STAND_IN)}"),
        ("https://a.example/x?assert=CANARY", "https://a.example/x?assert=***"),
        (f"https://a.example/{odd(b'{}').replace('.', '%2E')}?", "https://a.example/<token>?"),
        ("https://CANARY:CANARY@a.example:8443/x#CANARY", "https://a.example:8443/x"),
        ("https://a.example", "https://a.example"),
    ],
)  # fmt: skip
def test_a_secret_parameter_leaves_a_mask_and_the_rest_of_the_address_stays(url, kept):
    once = without_secrets(call(url=url), KnownOfCall(places=PLACES))
    assert once.url == kept
    assert without_secrets(once, KnownOfCall(places=PLACES)) == once


SPELLINGS = {
    "percent-encoded dots": lambda text: text.replace(".", "%2E"),
    "percent-encoded twice": lambda text: text.replace(".", "%252e"),
    "character references": lambda text: text.replace(".", "&#46;"),
    "JSON escapes": lambda text: text.replace(".", "\\u002e"),
    "hexadecimal": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "inside Basic": lambda text: base64.b64encode(b"user:" + text.encode()).decode(),
    "its signature alone": lambda text: text.rpartition(".")[2],
    "its signature in pieces": lambda text: f"{text[:-10]} {text[-10:]}".rpartition(".")[2],
    "a blank inside": lambda text: f"{text[:-10]} {text[-10:]}",
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("place", ["header", "query", "name"])
def test_a_call_that_holds_the_tried_token_in_another_spelling_is_refused(spelled, place):
    text = spelled(token())
    headers = (("Authorization", f"Bearer {token()}"), ("X-Other", text if place == "header" else ""))
    url = f"https://a.example/x?q={text if place == 'query' else ''}"
    with pytest.raises(NotAllowed) as refused:
        kept_call(call(*headers, url=url), KnownOfCall(token()), name=text if place == "name" else "row")
    assert "in a spelling that cannot be cut" in refused.value.why
    assert SIGNATURE not in repr(vars(refused.value))


@pytest.mark.parametrize("text", ["opaque-CANARY", "Bearer opaque-CANARY", "a.b.CANARY", "CANARY CANARY2", "xy"])
@pytest.mark.parametrize("header", ["Authorization", "X-My-Assertion"])
def test_an_opaque_token_is_refused_with_the_whole_reason(text, header):
    with pytest.raises(NotAllowed) as refused:
        kept_call(call((header, text)), KnownOfCall(text), name="row")
    assert (refused.value.what, refused.value.why, refused.value.do, refused.value.who) == (
        "This call cannot be kept as a row of the table.",
        "The token is no JWT: its text is the whole secret, so nothing of it could be kept.",
        "Try a signed JWT, or put the call into a file of your own for manage.py evaluate_policy.",
        "You can do this.",
    )


@pytest.mark.parametrize(
    "text",
    ["", "undefined", "Bearer null", token(), f"Bearer {token()}", token().rpartition(".")[0] + ".",
     token().rpartition(".")[0], token().rpartition(".")[0] + f".{STAND_IN}"],
)  # fmt: skip
def test_a_plain_token_and_what_is_no_secret_are_kept(text):
    kept = kept_call(call(("Authorization", text), ("Accept", "a")), KnownOfCall(text), name="row")
    assert SIGNATURE not in repr(kept.headers)
    assert kept.headers[0][1] == text.replace(SIGNATURE, STAND_IN)


def test_an_opaque_token_that_is_not_sent_does_not_stand_in_the_way():
    plain = call(("Accept", "a"))
    assert kept_call(plain, KnownOfCall("opaque-CANARY"), name="row") == plain


def test_the_rule_loses_a_password_in_its_address():
    rule = SubscriptionRule(("0",), "https://u:CANARY@a.example")
    assert (kept_rule(rule).realm, kept_rule(rule).digests, kept_rule(None)) == ("https://a.example", ("0",), None)


def test_the_places_of_tokens_are_those_of_the_policy_its_values_and_its_fragments():
    text = (
        '<policies><inbound><validate-jwt header-name="{{name}}" /><include-fragment fragment-id="f" />'
        '<validate-azure-ad-token tenant-id="t" query-parameter-name="Assert" /></inbound></policies>'
    )
    values = Values(
        named_values={"name": "X-Mine"},
        fragments={"f": '<fragment><validate-jwt header-name="X-Theirs" /></fragment>'},
    )
    assert token_places(read_policy(text), values) == {"x-mine", "assert", "x-theirs"}
    assert token_places(read_policy("<base />"), NO_VALUES) == frozenset()


def sample(request, rule=None, **changes):
    values = {"expects": Verdict.ALLOW, "reason": "", "judged_at": NOW, "is_verified": True}
    return Sample("id", "name", request, rule, **{**values, **changes})


def test_a_row_of_the_file_holds_the_token_unsigned_and_no_other_secret():
    described = DescribedCall(
        url="https://a.example/x", key=KeyUse.VALID, client_ip="1.2.3.4",
        headers=(("Cookie", "s=canary"), ("X-Api-Key", "canary"), ("Accept", "a"), ("Accept", "b")),
    )  # fmt: skip
    request = without_signatures(as_sent(described, token(), PolicyDocument()))
    entry = as_entry(sample(request, rule_of(described), expects=Verdict.REJECT, reason="TokenExpired"))
    assert "canary" not in repr(entry)
    assert entry["expect"] == {"verdict": "reject", "reason": "TokenExpired"}
    assert entry["request"]["headers"]["Accept"] == ["a", "b"]
    assert entry["request"]["headers"]["Authorization"][0].endswith(STAND_IN)
    assert (entry["request"]["client_ip"], entry["now"], entry["assume_signature"]) == ("1.2.3.4", NOW, True)
    assert entry["request"]["subscription_keys"]["valid"] == entry["request"]["headers"]["Ocp-Apim-Subscription-Key"]


def test_a_row_that_did_not_verify_and_asks_for_no_key_says_neither():
    entry = as_entry(sample(call(), is_verified=False))
    assert "assume_signature" not in entry
    assert entry["request"] == {"method": "GET", "url": "https://a.example/x", "headers": {}}


SECRET = KeptValue("named-value", "a", "secret", is_secret=True)
PLAIN = KeptValue("named-value", "a", "plain")


@pytest.mark.parametrize(
    ("kept", "typed", "texts"),
    [
        ((), (PLAIN,), ["plain"]),
        ((SECRET,), (), ["secret"]),
        ((SECRET,), (KeptValue("named-value", "a", ""),), ["secret"]),
        ((SECRET,), (PLAIN,), ["plain"]),
        ((PLAIN,), (KeptValue("named-value", "a", ""),), []),
        ((PLAIN,), (KeptValue("certificate", "a", "pem"),), ["plain", "pem"]),
    ],
)
def test_what_is_typed_replaces_what_was_kept_but_an_empty_field_leaves_a_secret(kept, typed, texts):
    assert [value.text for value in merged(kept, typed)] == texts


def test_kept_values_reach_the_evaluator_by_their_kind():
    kinds = ("named-value", "expression", "certificate", "fragment", "other")
    values = as_values(KeptValue(kind, "n", kind) for kind in kinds)
    found = (values.named_values, values.expressions, values.certificates, values.fragments)
    assert found == tuple({"n": kind} for kind in kinds[:4])
    assert as_values([KeptValue("expression", "n", "")]).expressions == {}


def test_no_repr_tells_a_value():
    assert "secret" not in repr(PolicySettings((SECRET,)))
    assert [one.reveal() for one in PolicySettings((SECRET, PLAIN)).secrets] == ["secret"]

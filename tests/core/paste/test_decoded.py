"""Claims that somebody decoded elsewhere: in every way in which decoders, programs and gateways show them."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.api import Expectation
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.finding import Status
from console.core.inspection import inspect_text
from console.core.json.text import plain
from console.core.paste.recognise import PastedKind, recognise
from console.core.paste.recognisers import decoded, token_alone
from console.core.tokens.claims import absent_claims
from console.core.tokens.keys import KeySet
from console.core.tokens.signature import NOT_CHECKED
from console.core.tokens.token import TokenKind

ISSUER = "https://login.example/tenant/v2.0"
HEADER = {"typ": "JWT", "alg": "RS256", "kid": "key-1"}
CLAIMS = {
    "aud": "api://orders", "iss": ISSUER, "iat": 1_764_400_000, "nbf": 1_764_400_000, "exp": 1_764_403_600,
    "azp": "client-1", "roles": ["Orders.Read", "Orders.Write"], "ver": "2.0",
}  # fmt: skip
_LONG = "http://schemas.microsoft.com/"
_PAIRS = [
    ("aud", "api://orders"), ("iss", ISSUER), ("iat", "1764400000"), ("nbf", "1764400000"), ("exp", "1764403600"),
    ("azp", "client-1"), ("roles", "Orders.Read"), ("roles", "Orders.Write"), ("ver", "2.0"),
]  # fmt: skip
_PRINTED = json.dumps(CLAIMS, indent=2)
CLAIMS_ALONE = {
    "JSON": _PRINTED,
    "JSON on one line": json.dumps(CLAIMS),
    "in a member": json.dumps({"claims": CLAIMS}),
    "in a fence, with a word before it": f"The token:\n```json\n{_PRINTED}\n```",
    "quoted in a mail": "> " + _PRINTED.replace("\n", "\n> "),
    "members without their braces": _PRINTED.strip("{}\n") + ",",
    "Python": repr(CLAIMS),
    "Node": (
        f"{{\n  aud: 'api://orders',\n  iss: '{ISSUER}',\n  iat: 1764400000,\n  nbf: 1764400000,\n  exp: 1764403600,\n"
        "  azp: 'client-1',\n  roles: [ 'Orders.Read', 'Orders.Write' ],\n  ver: '2.0',\n}"
    ),
    "Ruby": json.dumps(CLAIMS, separators=(", ", "=>")),
    "rows of .NET": "\n".join(
        f"{ {'roles': f'{_LONG}ws/2008/06/identity/claims/role'}.get(name, name) }: {value}" for name, value in _PAIRS
    ),
    "rows that name themselves": "\n".join(f"Claim: {name}, Value: {value}" for name, value in _PAIRS),
    "a list of PowerShell": "\n".join(f"{name:6}: {value}" for name, value in _PAIRS if name != "roles")
    + "\nroles : {Orders.Read, Orders.Write}",
    "a table of jwt.ms": "Claim type\tValue\tNotes\n" + "\n".join(f"{name}\t{value}\tA note" for name, value in _PAIRS),
    "App Service": json.dumps({"auth_typ": "aad", "claims": [{"typ": name, "val": value} for name, value in _PAIRS]}),
    "its /.auth/me": json.dumps([{"user_claims": [{"typ": name, "val": value} for name, value in _PAIRS]}]),
    "the payload part": base64.urlsafe_b64encode(_PRINTED.encode()).decode().rstrip("="),
    "a question": f"Our token says {json.dumps(CLAIMS)} and we do not know why it is refused. Can you help?",
}
WITH_HEADER = {
    "jwt.ms": f"{json.dumps(HEADER, indent=2)}.{_PRINTED}.[Signature]",
    "jwt.io": f"HEADER:ALGORITHM & TOKEN TYPE\n{json.dumps(HEADER)}\nPAYLOAD:DATA\n{_PRINTED}\nVERIFY SIGNATURE",
    "jwt-cli": f"Token header\n------------\n{json.dumps(HEADER)}\n\nToken claims\n------------\n{_PRINTED}",
    "both in one object": json.dumps({"header": HEADER, "payload": CLAIMS, "signature": "c2ln"}),
    "PyJWT": repr({"header": HEADER, "payload": CLAIMS, "signature": "c2ln"}),
    "rows": "\n".join(f"{name}: {value}" for name, value in [*HEADER.items(), *_PAIRS]),
}


@pytest.mark.parametrize("text", [*CLAIMS_ALONE.values(), *WITH_HEADER.values()], ids=[*CLAIMS_ALONE, *WITH_HEADER])
def test_however_they_are_shown_the_same_claims_are_read(text):
    found = recognise(text)
    assert found.kind is PastedKind.DECODED
    (token,) = found.tokens
    assert (token.kind, token.text, plain(token.claims)) == (TokenKind.DECODED, "", CLAIMS)
    assert token.header == (HEADER if text in WITH_HEADER.values() else None)
    assert [part.encoded for part in token.parts] == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"error": "invalid_token", "iss": ISSUER, "aud": "x"}),  # an answer that fails, RFC 9207
        json.dumps({"access_token": "eyJhbGciOiJub25lIn0.e30.", "scope": "a", "sub": "b", "exp": 1}),
        json.dumps({"statusCode": 401, "message": "Unauthorized", "aud": "x", "iss": ISSUER}),
        json.dumps({"Audience": "x", "Issuer": ISSUER}),  # settings
        f"iss: {ISSUER}\nurl: https://api.example/x\nport: 80",
        f'2030-01-01 ERROR audience is invalid, claims {{"aud": "x", "iss": "{ISSUER}"}}',
        '{"aud": "x"}',
        "{" * 60_000,
        "aud: {" * 10_000,
    ],
)
def test_what_only_resembles_claims_is_none(text):
    found = recognise(text)
    assert found.kind is not PastedKind.DECODED
    assert not [token for token in found.tokens if token.kind is TokenKind.DECODED]


def test_of_a_time_that_is_no_number_nothing_is_made():
    found = recognise(f"aud : api://orders\niss : {ISSUER}\nazp : a\nexp : 29.11.2030 10:00:00")
    assert found.tokens[0].claims == {"aud": "api://orders", "iss": ISSUER, "azp": "a"}
    assert "exp" in found.notes[-1] and "seconds since 1970" in found.notes[-1]


def test_a_member_that_stands_twice_is_told_as_in_a_token():
    (token,) = recognise(f'{{"aud": "a", "aud": "b", "iss": "{ISSUER}"}}').tokens
    assert [defect.code for defect in token.defects] == ["duplicate-member"]


def test_an_introspection_is_told_as_one_and_an_inactive_token_is_not_explained_away():
    active = recognise(json.dumps({"active": True, **CLAIMS}))
    assert active.kind is PastedKind.DECODED
    assert active.notes == (decoded.INTROSPECTION_NOTE, decoded.EXCERPT_NOTE)
    for text in ('{"active": false}', json.dumps({"active": False, **CLAIMS})):  # its claims are worth nothing
        found = recognise(text)
        assert found.notes == (decoded.INACTIVE_NOTE,) and found.tokens == ()


_EXCERPTS = {
    "a time that is a date": f"aud : api://orders\niss : {ISSUER}\nver : 2.0\nexp : 29.11.2030 10:00:00",
    "without its end": json.dumps({"aud": "api://orders", "iss": ISSUER, "ver": "2.0"}),
    "an introspection": json.dumps({"active": True, "aud": "api://orders", "iss": ISSUER, "ver": "2.0"}),
    "a pair without a value": json.dumps(
        {"claims": [*({"typ": name, "val": value} for name, value in _PAIRS[:2]), {"typ": "exp", "val": ""}]}
    ),
}


@pytest.mark.parametrize("text", _EXCERPTS.values(), ids=_EXCERPTS)
def test_nothing_follows_from_what_is_not_among_them(text):
    demands = Expectation(audiences=("api://orders",), issuers=(ISSUER,), roles=("Orders.Read",), token_version="2.0")
    found = inspect_text(text, expectation=demands, keyset=None, now=1_764_401_000)
    assert decoded.EXCERPT_NOTE in found.notes
    by_check = {finding.check: finding for finding in found.findings}
    for check in ("expiry", "not_before", "issued_at", "roles", "scopes", "tenant"):
        assert by_check[check].status == "unknown", check
    assert "exp is not among the claims that were shown" in by_check["expiry"].what
    assert by_check["audience"].status == by_check["issuer"].status == "pass"
    assert absent_claims(found.token).rows == ()
    beside = inspect_text(f"HTTP/1.1 401 Unauthorized\n\n\n{text}", expectation=demands, keyset=None, now=1_764_401_000)
    assert not [cause for item in beside.items if item.diagnosis for cause in item.diagnosis.causes]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["exp", "nbf", "roles", "alg", "x"]), _TEXT), max_size=8), st.booleans())
def test_pairs_and_rows_of_anything_are_read_or_left(pairs, is_json):
    pairs = [*_PAIRS[:2], *pairs]
    shown = json.dumps({"claims": [{"typ": name, "val": value} for name, value in pairs]})
    text = shown if is_json else "\n".join(f"{name}: {value}" for name, value in pairs)
    for token in recognise(text).tokens:
        context = Context(token, Expectation(audiences=("api://orders",)), NOT_CHECKED, 1_764_401_000)
        assert Status.CRASHED not in {finding.status for finding in run_all(context)}


def test_many_values_of_one_claim_are_put_together_as_they_come():
    text = json.dumps({"claims": [{"typ": name, "val": value} for name, value in [*_PAIRS[:2], *[("x", "y")] * 5_000]]})
    assert recognise(text).tokens[0].claims["x"] == ["y"] * 5_000


def test_they_are_judged_and_no_more_is_said_of_the_signature_than_that_it_is_not_there():
    demands = Expectation(audiences=("api://other",), issuers=(ISSUER,), roles=("Orders.Read",))
    found = inspect_text(_PRINTED, expectation=demands, keyset=KeySet(()), now=1_764_401_000)
    by_check = {finding.check: finding for finding in found.findings}
    assert by_check["audience"].status == "fail" and by_check["roles"].status == "pass"
    assert by_check["signature"].status == by_check["algorithm"].status == "unknown"
    assert "the token itself is needed" in by_check["signature"].why
    assert (found.signature.state, found.signature.reason) == ("not_checked", "decoded")


def test_a_guid_is_told_as_an_id_and_what_python_prints_of_an_answer_is_no_saml():
    assert recognise("55b66314-fcee-42a1-a78c-91c008bb00a8").notes == (token_alone.GUID_NOTE,)
    printed = "<Response [401]>\n{'WWW-Authenticate': 'Bearer error=\"invalid_token\"'}"
    assert recognise(printed).kind is PastedKind.UNKNOWN


_NAMES = st.sampled_from(["azp", "scp", "roles", "ver", "custom", "https://claims.example/x", "name"])
_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), st.integers(-(2**50), 2**50), st.booleans(),
    st.none(), st.lists(st.text("abc'\"\\ {}[],:", max_size=8), max_size=3),
)  # fmt: skip


@given(st.dictionaries(_NAMES, _VALUES, max_size=5))
def test_whatever_stands_in_them_json_and_python_say_the_same(more):
    claims = {"iss": ISSUER, "aud": "api://orders", **more}
    for text in (json.dumps(claims), repr(claims)):
        found = recognise(text)
        assert found.kind is PastedKind.DECODED, text
        assert plain(found.tokens[0].claims) == claims


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.example/orders HTTP/1.1\n\nHTTP/1.1 401 Unauthorized\nDate: x\n\nThe token:\n{_PRINTED}",
        f'We get:\n{{"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}}\n{_PRINTED}',
    ],
)
def test_beside_a_refusal_they_are_the_token_that_was_refused(text):
    demands = Expectation(audiences=("api://other",), issuers=(ISSUER,))
    found = inspect_text(text, expectation=demands, keyset=None, now=1_764_401_000)
    (told,) = [item for item in (found, *found.items) if item.diagnosis is not None]
    assert told.diagnosis.primary.cause == "audience-other-api"

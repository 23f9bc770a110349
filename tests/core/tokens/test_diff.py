"""Two tokens side by side: what changed, what it means together, and what they share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.core.defect import PartName
from console.core.json.strict import read_text
from console.core.tokens.decoded import decoded_token
from console.core.tokens.diff import ChangeKind, Sameness, compare
from console.core.tokens.parse import parse
from tests.core.tokens.wire import compact

TENANT, OTHER_TENANT = "3aa4a235-b6e2-48d5-9195-7fcf05b459b0", "d2d37d5e-ba79-4bd2-a229-a2022b4759a5"
API, CLIENT = "4f3c7141-662e-438f-93a9-a092a1fe354e", "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc"
NOW = 1_900_000_000
V1 = {
    "aud": f"api://{API}", "iss": f"https://sts.windows.net/{TENANT}/", "iat": NOW, "exp": NOW + 3_900, "ver": "1.0",
    "appid": CLIENT, "appidacr": "1", "tid": TENANT, "scp": "read", "unique_name": "a@example.com", "oid": "o",
}  # fmt: skip
V2 = {
    "aud": API, "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "iat": NOW, "exp": NOW + 3_900,
    "ver": "2.0", "azp": CLIENT, "azpacr": "1", "tid": TENANT, "scp": "read", "oid": "o",
}  # fmt: skip
HEAD = {"alg": "HS256", "kid": "k1"}


def token(claims, header=HEAD):
    return parse(compact(claims, header))


def diff(old, new, old_header=HEAD, new_header=HEAD):
    return compare(token(old, old_header), token(new, new_header))


def change(old, new, name):
    return {found.name: found for found in diff(old, new).changes}[name]


def codes(found):
    return [one.code for one in found.explanations]


def test_a_token_differs_in_nothing_from_itself():
    found = diff(V2, V2)
    assert found.is_same
    assert (found.explanations, found.notes) == ((), ())
    assert {relation.sameness for relation in found.relations} == {Sameness.SAME}


def test_the_other_token_version_is_one_explanation():
    found = diff(V1, V2, {**HEAD, "x5t": "k1"}, HEAD)
    assert codes(found) == ["token_version"]
    assert found.explanations[0].text == (
        f"v1 became v2: aud changed from api://{API} to {API} (the same API's bare id); appid became azp; appidacr "
        f"became azpacr; the issuer changed from {V1['iss']} to {V2['iss']}; unique_name is there only if the API asks "
        "for it. The API's registration decides the version (requestedAccessTokenVersion), not the client; a gateway "
        "must accept the new audience, issuer and client claim, or all of them during a migration."
    )
    assert {change.explanation for change in found.changes} == {"token_version"}
    assert {change.name for change in found.changes} == {
        "x5t", "aud", "iss", "ver", "appid", "azp", "appidacr", "azpacr", "unique_name",
    }  # fmt: skip


def test_the_way_back_is_told_the_same_way():
    text = diff(V2, V1).explanations[0].text
    assert text.startswith(f"v2 became v1: aud changed from {API} to api://{API} (the same API); azp became appid; ")


def test_versions_of_the_sandbox_are_told_too():
    base = "http://localhost:8000/sandbox/a"
    old = {**V1, "iss": f"{base}/sts/{TENANT}/"}
    assert codes(diff(old, {**V2, "iss": f"{base}/{TENANT}/v2.0"})) == ["token_version"]


@pytest.mark.parametrize(
    ("name", "old", "new", "added", "removed", "words"),
    [
        ("roles", ["a", "b"], ["c", "a"], ("c",), ("b",), "roles gained c and lost b."),
        ("scp", "a b", "b c d", ("c", "d"), ("a",), "scp gained c, d and lost a."),
        ("aud", "x", ["x", "y"], ("y",), (), "aud gained y."),
        ("groups", ["a", "b"], ["a"], (), ("b",), "groups lost b."),
        ("amr", ["pwd"], ["pwd", "mfa"], ("mfa",), (), "amr gained mfa."),
        ("aud", "x", ["x"], (), (), "aud is written differently."),
        ("roles", ["a"], [1], (), (), "roles is another."),
    ],
)
def test_sets_are_compared_as_sets(name, old, new, added, removed, words):
    found = change({name: old}, {name: new}, name)
    assert (found.kind, found.added, found.removed, found.words) == (ChangeKind.CHANGED, added, removed, words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"roles": ["a", "b"]}, {"roles": ["b", "a"]}),
        ({"scp": "a b"}, {"scp": "b  a"}),
        ({"x": {"a": 1, "b": [2]}}, {"x": {"b": [2], "a": 1}}),
    ],
)
def test_another_order_is_no_change(old, new):
    assert diff(old, new).is_same


@pytest.mark.parametrize(
    ("old", "new"), [(1, True), (1, "1"), (0, False), (None, ""), ([1], [True]), ({"a": 1}, {"a": "1"}), ([1, 2], [1])]
)
def test_values_of_different_types_are_different(old, new):
    assert change({"x": old}, {"x": new}, "x").kind is ChangeKind.CHANGED


@pytest.mark.parametrize(
    ("old", "new", "difference_s", "words"),
    [
        (NOW, NOW + 3_600, 3_600, "exp is 1 hour later."),
        (NOW, NOW - 1, -1, "exp is 1 second earlier."),
        (NOW, "soon", None, "exp is another."),
        ("soon", NOW, None, "exp is another."),
    ],
)
def test_times_are_compared_as_times(old, new, difference_s, words):
    found = change({"exp": old}, {"exp": new}, "exp")
    assert (found.difference_s, found.words) == (difference_s, words)


def test_what_is_gone_and_what_is_new_is_shown_with_its_value_and_meaning():
    gone, new = diff({"sub": "a"}, {"azp": "b\u202e"}).changes
    assert (gone.kind, gone.before, gone.after, gone.words) == (ChangeKind.REMOVED, "a", "", "sub is missing.")
    assert (new.kind, new.before, new.after) == (ChangeKind.ADDED, "", "b‹U+202E›")
    assert new.meaning == "Authorized party: the client the token was issued to."


def test_the_header_is_compared_before_the_claims():
    found = diff({"sub": "a"}, {"sub": "b"}, HEAD, {**HEAD, "typ": "JWT"})
    assert [(one.part, one.name) for one in found.changes] == [(PartName.HEADER, "typ"), (PartName.PAYLOAD, "sub")]


@pytest.mark.parametrize(
    ("old", "new", "code", "text"),
    [
        (V2, {**V2, "iat": NOW + 60, "exp": NOW + 3_960, "uti": "x"}, "issued_again",
         "The second was issued 1 minute later, and lives as long."),
        (V2, {**V2, "iat": NOW - 60, "exp": NOW}, "issued_again",
         "The second was issued 1 minute earlier, and lives for 1 minute in place of 1 hour 5 minutes."),
        (V2, {**V2, "tid": OTHER_TENANT, "iss": f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0"}, "tenant",
         f"They come from different tenants: {TENANT} and {OTHER_TENANT}; other keys and other object ids follow."),
        (V2, {**V2, "aud": "00000003-0000-0000-c000-000000000000"}, "audience",
         f"They are for different APIs: {API} and 00000003-0000-0000-c000-000000000000. One of them is for Microsoft "
         "Graph, which no other API can verify."),
        (V1, {**V1, "aud": API}, "audience_spelling",
         f"Both are for the same API, spelled differently: api://{API} and {API}. Both name the same API, once by its "
         "bare id and once by its URI."),
        (V2, {**{name: value for name, value in V2.items() if name != "scp"}, "roles": ["a"]}, "app_only",
         "The first stands for a user (it has scp), the second for the application alone: scopes and the user's claims "
         "are in one, application permissions (roles) in the other."),
        ({"aud": CLIENT, "nonce": "n", "at_hash": "h"}, {"aud": API, "scp": "read"}, "id_token",
         "The first looks like an ID token (nonce or at_hash, no permissions), the other like an access token."),
        ({**V2, "groups": ["a"]}, {**V2, "_claim_names": {"groups": "src1"}}, "group_overage",
         "The second has a reference in place of the groups, because there are too many of them."),
        ({"iss": "https://test.idporten.no", "sub": "s", "pid": "1"},
         {"iss": "https://tokenx.dev.example", "idp": "https://test.idporten.no", "sub": "s", "pid": "1"},
         "exchange",
         "The second was exchanged for the first: it names https://test.idporten.no as idp, with sub and pid as "
         "before."),
        (V1, {**V1, "aud": "api://other", "appid": API}, "exchange",
         f"The second was obtained by the API that the first is for: its client {API} is the first's audience, with "
         "oid as before."),
        ({"iss": "https://maskinporten.no/"}, {"iss": "https://idporten.no"}, "provider",
         "They come from different providers: Maskinporten and ID-porten."),
    ],
)  # fmt: skip
def test_changes_that_belong_together_are_told_as_one(old, new, code, text):
    assert {one.code: one.text for one in diff(old, new).explanations}[code] == text


def test_a_new_key_of_the_same_issuer_is_a_rotation_and_of_another_issuer_is_not():
    found = diff(V2, V2, HEAD, {**HEAD, "kid": "k2"})
    assert found.explanations[0].text == (
        "The issuer signed with another key: k1, then k2; it may have rotated its keys."
    )
    assert found.relations[0].sameness is Sameness.OTHER
    assert "key" not in codes(diff(V2, {**V2, "iss": "https://a.example"}, HEAD, {**HEAD, "kid": "k2"}))


@pytest.mark.parametrize(
    ("old", "new", "what", "sameness"),
    [
        (V1, V2, "client", Sameness.SAME),
        (V1, V2, "tenant", Sameness.SAME),
        (V1, V2, "issuer", Sameness.OTHER),
        (V1, V2, "subject", Sameness.SAME),
        (V2, {**V2, "tid": TENANT.upper()}, "tenant", Sameness.SAME),
        (V2, {**V2, "azp": API}, "client", Sameness.OTHER),
        ({"azp": "a"}, {"azp": "A"}, "client", Sameness.OTHER),
        ({"azp": 7}, {"azp": "a"}, "client", Sameness.UNKNOWN),
        ({"sub": "a", "oid": "o"}, {"sub": "a"}, "subject", Sameness.SAME),
        ({"sub": "a", "oid": "o"}, {"sub": "b", "oid": "o"}, "subject", Sameness.SAME),
        ({}, {}, "issuer", Sameness.UNKNOWN),
    ],
)
def test_what_two_tokens_share_is_told(old, new, what, sameness):
    assert {relation.what: relation.sameness for relation in diff(old, new).relations}[what] is sameness


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "The header and claims of the second token cannot be read."),
        ("opaque", "The header and claims of the second token cannot be read."),
        (compact("[]"), "The claims of the second token cannot be read."),
        (compact('{"sub":"a","sub":"b"}'), "A name stands twice in the second token; its last value was compared."),
    ],
)
def test_a_broken_token_is_compared_as_far_as_it_goes(text, note):
    found = compare(token(V2), parse(text))
    assert found.notes == (note,)
    assert compare(parse(text), token(V2)).changes


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6), lambda inner: st.lists(inner, max_size=3)
)
NAMES = st.sampled_from([*V1, *V2, "nonce", "groups", "_claim_names", "idp", "client_id", "roles", "cnf", "x"])


@settings(max_examples=100)
@given(st.dictionaries(NAMES, ANYTHING), st.dictionaries(NAMES, ANYTHING))
def test_nothing_is_raised_for_any_claims(old, new):
    found = diff(old, new)
    assert found.is_same or found.changes
    assert diff(old, old).is_same


def test_a_header_that_did_not_come_along_is_not_said_to_lack_anything():
    whole = parse(compact({"iss": "https://id.example", "aud": "a"}))
    claims = read_text('{"iss": "https://id.example", "aud": "b"}')
    shown = decoded_token(None, claims)
    for found in (compare(whole, shown), compare(shown, whole)):
        assert [change.name for change in found.changes] == ["aud"]
        assert "header" in found.notes[0]
    more = parse(compact({"iss": "https://id.example", "aud": "a", "roles": ["x"], "scp": "y"}))
    excerpt = decoded_token(None, claims, is_excerpt=True)
    for found in (compare(more, excerpt), compare(excerpt, more)):
        assert [change.name for change in found.changes] == ["aud"] and found.explanations == ()
        assert "Not all claims" in found.notes[-1]

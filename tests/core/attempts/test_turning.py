"""What differs between a good attempt and a bad one: with both sides, and unknown where nothing was kept."""

import msgspec
import pytest

from console.core.api import Expectation
from console.core.attempts.turning import turning
from console.core.evidence import Evidence, EvidenceRequest, EvidenceTokenRequest
from console.core.tokens.diff import Sameness

NOW = 1_790_000_000
CLAIMS = {"aud": "api://orders", "roles": ["Orders.Read"], "iat": NOW - 60, "nbf": NOW - 60, "exp": NOW + 3540,
          "aio": "a", "uti": "u", "rh": "r"}  # fmt: skip
POLICY = '<policies>\n  <inbound>\n    <validate-jwt header-name="Authorization"/>\n  </inbound>\n</policies>'
GOOD = Evidence(
    token_header={"alg": "RS256", "kid": "k1"},
    token_claims=CLAIMS,
    signature="valid",
    policy_xml=POLICY,
    expectations=Expectation(audiences=("api://orders",)),
    request=EvidenceRequest(
        "GET", "https://api.example/orders?top=1", (("Authorization", "Bearer <token>"), ("A", "1"))
    ),
    profile={"tenant": "contoso", "subscription_key_sent": True, "credential_version": 1, "api_version": 4},
    now=NOW,
)
AGAIN = {**CLAIMS, "iat": NOW, "nbf": NOW, "exp": NOW + 3600, "aio": "b", "uti": "v", "rh": "s"}


def changed(**fields):
    return msgspec.structs.replace(GOOD, **{"token_claims": AGAIN, "now": NOW + 60, **fields})


def profile(**facts):
    return {**GOOD.profile, **facts}


def of(found, code):
    return next(one for one in found.parts if one.code == code)


def test_a_fresh_token_of_the_same_kind_is_the_same():
    found = turning(GOOD, changed())
    assert found.different == found.unknown == ()
    assert found.token.changes
    assert found.matters == ()


CHANGES = {
    "policy": ({"policy_xml": POLICY.replace("Authorization", "X-Token")}, "the policy of the API is another one"),
    "no policy any more": ({"policy_xml": None}, "the policy of the API is another one"),
    "demands": ({"expectations": Expectation(audiences=("orders",))}, "the API demands other audiences"),
    "api_version": ({"profile": profile(api_version=5)}, "the settings of the API changed"),
    "address": (
        {"request": msgspec.structs.replace(GOOD.request, url="https://other.example/orders?top=1")},
        "the address that is called is another one",
    ),
    "query": (
        {"request": msgspec.structs.replace(GOOD.request, url="https://api.example/orders?top=2")},
        "the query of the address is another one",
    ),
    "key gone": (
        {"profile": profile(subscription_key_sent=False)},
        "the subscription key was sent before and is not sent now",
    ),
    "credential": ({"profile": profile(credential_version=2)}, "the credential is another one"),
    "settings": ({"profile": profile(tenant="fabrikam")}, "the profile has other settings: tenant"),
    "headers": (
        {"request": msgspec.structs.replace(GOOD.request, headers=(("Authorization", "Bearer <token>"), ("A", "2")))},
        "other headers are sent: a",
    ),
    "token": ({"token_claims": {**AGAIN, "aud": "orders"}}, "the token has another aud"),
    "key": ({"token_header": {"alg": "RS256", "kid": "k2"}}, "the token is signed with another key"),
    "signature": ({"signature": "invalid"}, "the signature of the token is invalid"),
    "expired": ({"token_claims": CLAIMS, "now": NOW + 3541}, "the token had expired"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_thing_that_changed_is_told_and_nothing_else(name):
    fields, told = CHANGES[name]
    found = turning(GOOD, changed(**fields))
    assert [one.told for one in found.different] == [told]


def test_a_policy_is_compared_by_its_words_and_shows_the_lines_that_differ():
    assert turning(GOOD, changed(policy_xml=POLICY.replace("  ", "\t") + "\n")).different == ()
    found = of(turning(GOOD, changed(policy_xml=POLICY.replace("Authorization", "X-Token"))), "policy")
    assert '-     <validate-jwt header-name="Authorization"/>' in found.lines
    assert '+     <validate-jwt header-name="X-Token"/>' in found.lines
    assert "  </policies>" not in found.lines, "what is the same is left out"
    many = "\n".join(f"<a{number}/>" for number in range(500))
    assert len(of(turning(GOOD, changed(policy_xml=many)), "policy").lines) == 61


def test_a_policy_that_changed_is_told_once_and_not_as_a_version_too():
    found = turning(GOOD, changed(policy_xml="<policies/>", profile=profile(api_version=5)))
    assert [one.code for one in found.different] == ["policy"]


def test_both_sides_of_a_claim_stand_there():
    part = of(turning(GOOD, changed(token_claims={**AGAIN, "aud": "orders"})), "token")
    assert (part.before, part.after) == ("aud: api://orders", "aud: orders")


def test_what_was_not_kept_is_unknown_and_never_the_same():
    found = turning(Evidence(), Evidence())
    assert {one.sameness for one in found.parts} == {Sameness.UNKNOWN}
    assert all(one.note for one in found.parts)
    older = changed(profile={name: GOOD.profile[name] for name in ("tenant", "subscription_key_sent")})
    assert [one.code for one in turning(GOOD, older).unknown] == ["api_version", "credential_version"]


def test_a_token_request_is_compared_by_what_was_asked():
    params = {"grant_type": "client_credentials", "scope": "api://a/.default", "client_assertion": "***1"}
    good = Evidence(token_request=EvidenceTokenRequest("https://idp.example/token", params), profile={"tenant": "c"})
    other = {**params, "client_assertion": "***2", "scope": "api://b/.default"}
    bad = msgspec.structs.replace(good, token_request=EvidenceTokenRequest("https://idp.example/token", other))
    found = turning(good, bad)
    assert [one.told for one in found.different] == ["the token is asked for with other values: scope"]
    same = {**params, "client_assertion": "***3"}
    again = msgspec.structs.replace(good, token_request=EvidenceTokenRequest("https://idp.example/token", same))
    assert turning(good, again).different == ()


@pytest.mark.parametrize("odd", [None, "x", 7, [], {"a": []}, True])
def test_a_wrong_type_of_a_claim_or_fact_breaks_nothing(odd):
    claims = {"exp": odd, "aud": odd, "kid": odd}
    facts = {"subscription_key_sent": odd, "credential_version": odd, "tenant": odd}
    found = turning(changed(token_claims=claims, profile=facts), GOOD)
    assert len(found.parts) == len(turning(GOOD, GOOD).parts)


def test_a_timeout_of_the_call_is_told_where_one_of_them_had_one():
    limited = msgspec.structs.replace(GOOD.request, timeout_s=5)
    part = of(turning(GOOD, changed(request=limited)), "timeout")
    assert (part.told, part.before, part.after) == (
        "the timeout of the call is another one",
        "the console’s own",
        "5 s",
    )
    both = turning(msgspec.structs.replace(GOOD, request=limited), changed(request=limited))
    assert of(both, "timeout").sameness is Sameness.SAME
    assert not [one for one in turning(GOOD, changed()).parts if one.code == "timeout"]

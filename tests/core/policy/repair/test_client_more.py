"""Proposals to callers for fragments, certificates, groups, kinds of tokens and headers, and how they are worded."""

import pytest

from console.core.owner import Owner
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.search import smallest
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW
from tests.core.policy.repair.builders import METADATA, OTHER, bearer, kinds, policy, read, repairs, required, token

CERTIFICATE = """<validate-client-certificate validate-revocation="false" validate-trust="false">
    <identities><identity thumbprint="AB:CD" /></identities>
</validate-client-certificate>"""
INNER = "\n".join(policy().split("\n")[2:-3])
INCLUDE = '<include-fragment fragment-id="{}" />'


def wanting(name, *values, attributes=""):
    inside = "".join(f"<value>{value}</value>" for value in values)
    return policy(required(f'<claim name="{name}"{attributes}>{inside}</claim>'))


@pytest.mark.parametrize(
    "fragments",
    [
        {"a": f"<fragment>{INNER}</fragment>"},
        {"a": f"<fragment>{INCLUDE.format('b')}</fragment>", "b": f"<fragment><base />{INNER}</fragment>"},
        {"a": f'<fragment><choose><when condition="@(true)">{INNER}</when></choose></fragment>'},
    ],
)
@pytest.mark.parametrize(("changes", "kind"), [({"exp": NOW - 1}, "fresh-token"), ({"aud": OTHER}, "ask-scope")])
def test_a_policy_of_a_fragment_is_answered_by_the_caller_alone(fragments, changes, kind):
    found = repairs(INCLUDE.format("a"), bearer(token(**changes)), values=Values(fragments=fragments))
    assert [(one.kind, one.side, one.policy_text) for one in found] == [(kind, "client", None)]


@pytest.mark.parametrize("pem", ["", None])
def test_a_certificate_that_is_missing_is_asked_for_and_stays_open(pem):
    found = repairs(CERTIFICATE, bearer(token(), client_certificate=pem))
    if pem is None:
        assert found == ()  # nobody knows whether the caller shows one
        return
    first = found[0]
    assert (first.kind, first.side, first.who, first.verdict) == (
        "send-certificate", "client", Owner.INTEGRATOR, Verdict.UNDECIDED,
    )  # fmt: skip
    assert "whose thumbprint the policy lists (AB:CD)" in first.what


@pytest.mark.parametrize("overage", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}])
def test_of_too_many_groups_fewer_are_asked_for(overage):
    first = repairs(wanting("groups", "g1"), bearer(token(**overage)))[0]
    assert (first.kind, first.who) == ("fewer-groups", Owner.TENANT_ADMIN)
    assert "assigned to the application" in first.what and "g1" in first.what


def test_a_person_signs_in_where_the_token_of_an_application_is_refused():
    found = repairs(wanting("idtyp", "user"), bearer(token(idtyp="app")))
    assert [(one.kind, one.side) for one in found] == [("user-token", "client")]


def test_the_grant_of_an_application_token_is_the_tenants_to_decide_too():
    first = repairs(wanting("roles", "Admin"), bearer(token(roles=None, scp="a")))[0]
    assert (first.kind, first.who) == ("app-token", Owner.INTEGRATOR)
    assert [change.who for change in first.changes] == [Owner.INTEGRATOR, Owner.TENANT_ADMIN]


WORDS = [
    (wanting("roles", "Admin"), {"roles": None, "scp": "a"}, 1,
     "Have the role Admin assigned to this user, and get a new token."),
    (wanting("roles", "Admin"), {}, 0,
     "Have the role Admin assigned to this client, with admin consent, and get a new token."),
    (wanting("groups"), {}, 0, "Have the caller added to a group, and get a new token."),
    (wanting("groups", "g1"), {}, 0, "Have the caller added to the group g1, and get a new token."),
    (wanting("department"), {}, 0,
     "Have the identity provider write the claim department into the tokens of this client."),
    (wanting("amr"), {}, 0, "Sign in again so that the token has amr, and get a new token."),
    ('<check-header name="X-Caller" />', {}, 0, "Send the header X-Caller; any value will do."),
    ('<check-header name="X-Caller"><value>a</value><value>b</value></check-header>', {}, 0,
     "Send the header X-Caller with the value a or b."),
    ('<check-header name="X-Backend-Key"><value>hidden</value></check-header>', {}, 0,
     "Send the header X-Backend-Key with a value that the policy accepts."),
    ('<check-header name="Authorization"><value>Basic dXNlcjpwYXNz</value></check-header>', None, 0,
     "Send the header Authorization with a value that the policy accepts."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "changes", "index", "what"), WORDS)
def test_the_words(text, changes, index, what):
    call = GatewayRequest("GET", "https://gw.example/o") if changes is None else bearer(token(**changes))
    assert repairs(text, call)[index].what == what


def test_a_range_of_addresses_is_told_whole():
    text = '<ip-filter action="allow"><address-range from="10.0.0.0" to="10.0.0.255" /></ip-filter>'
    first = repairs(text, bearer(token(), client_ip="192.0.2.1"))[0]
    assert "such as one of 10.0.0.0-10.0.0.255, for example" in first.what


@pytest.mark.parametrize(("count", "is_searched"), [(12, True), (13, False)])
def test_nothing_is_tried_where_more_claims_are_missing_than_a_set_of_changes_answers(count, is_searched):
    claims = "".join(f'<claim name="c{number}"><value>v</value></claim>' for number in range(count))
    start = Trial(read(policy(required(claims))), bearer(token()), NOW, metadata=METADATA)
    asked = []
    assert smallest(start, evaluate(start), lambda _, failure: asked.append(failure) or ()) == ()
    assert bool(asked) is is_searched


def test_a_claim_that_wants_more_than_anybody_is_granted_is_left_to_the_api():
    text = wanting("roles", *(f"r{number}" for number in range(51)))
    assert "client" not in {one.side for one in repairs(text, bearer(token()))}
    fifty = wanting("roles", *(f"r{number}" for number in range(50)))
    assert kinds(repairs(fifty, bearer(token())))[0] == "grant-role"

"""What each policy says of itself, and who believes it: schema, review, runner, and what an API expects."""

import pytest

from console.core.policy import schema
from console.core.policy.engine.model import Verdict
from console.core.policy.expectation.from_policy import expectation_of
from console.core.policy.lint import lint
from console.core.policy.policies import BY_NAME, ENDINGS, HOLDERS, POLICIES
from console.core.policy.text.document import SECTIONS, read_policy
from tests.core.policy.builders import judged, policy, request, token

INBOUND_ONLY = [
    "check-header",
    "cors",
    "ip-filter",
    "quota",
    "quota-by-key",
    "rate-limit",
    "rate-limit-by-key",
    "validate-azure-ad-token",
    "validate-client-certificate",
    "validate-jwt",
]


def test_each_shape_is_of_its_own_policy():
    assert [(one.name, one.shape.name) for one in POLICIES if one.shape and one.shape.name != one.name] == []


def test_only_what_steers_has_no_run():
    steering = {"choose", "include-fragment", "limit-concurrency", "retry", "wait"}
    assert {one.name for one in POLICIES if one.run is None} == steering
    assert ({"limit-concurrency", "retry", "wait"}, {"mock-response", "return-response"}) == (HOLDERS, ENDINGS)


@pytest.mark.parametrize("section", SECTIONS[1:])
def test_the_policies_that_belong_into_the_inbound_section_alone(section):
    assert sorted(one.name for one in POLICIES if section not in one.sections) == INBOUND_ONLY


def _in(section, name):
    frame = "".join(f"<{one}><{name}/></{one}>" if one == section else f"<{one}/>" for one in SECTIONS)
    return read_policy(f"<policies>{frame}</policies>")


@pytest.mark.parametrize("name", INBOUND_ONLY)
def test_the_review_says_where_a_policy_does_not_belong(name):
    found = {section: {one.code for one in lint(_in(section, name))} for section in SECTIONS}
    assert [section for section in SECTIONS if "wrong-section" in found[section]] == list(SECTIONS[1:])


REFUSING = [one.name for one in POLICIES if one.may_refuse]


@pytest.mark.parametrize("name", REFUSING)
def test_what_an_api_expects_leaves_out_what_another_policy_refuses(name):
    read = expectation_of(read_policy(f"<policies><inbound>{policy()}<{name}/></inbound></policies>"))
    assert f"What {name} asks of a call is not about tokens and not carried over." in read.notes


@pytest.mark.parametrize("name", ["cors", "set-header", "trace", "return-response"])
def test_what_refuses_nobody_leaves_nothing_out(name):
    read = expectation_of(read_policy(f"<policies><inbound>{policy()}<{name}/></inbound></policies>"))
    assert not any(name in note for note in read.notes)


def test_limits_by_key_refuse_as_those_by_subscription_do():
    assert {"quota", "quota-by-key", "rate-limit", "rate-limit-by-key"} <= set(REFUSING)


def test_a_policy_that_only_sends_a_message_is_known_and_harmless():
    text = "<send-service-bus-message/>"
    assert schema.unknown_policies(read_policy(text)) == ()
    assert (
        judged(f"<policies><inbound>{text}{policy()}</inbound></policies>", request(token())).verdict is Verdict.ALLOW
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('<check-header name="X-Key"/>', ("header:x-key",)),
        ('<validate-jwt header-name="X-Token"/>', ("header:x-token",)),
        ('<validate-azure-ad-token query-parameter-name="T"/>', ("query:t",)),
        ("<validate-azure-ad-token/>", ("header:authorization",)),
        ('<validate-jwt token-value="@(x)"/>', ()),
        ('<set-header name="X"/>', ()),
    ],
)
def test_the_parts_of_a_call_that_a_policy_looks_at(text, parts):
    element = read_policy(text).inbound[0]
    assert BY_NAME[element.name].reads(element) == parts

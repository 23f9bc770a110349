"""The check group_overage, at the limit of 200."""

import pytest

from console.core.checks.group_overage import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context

REFERENCE = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://a.example"}}}


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, "not_applicable"),
        ({"groups": ["a"]}, "pass"),
        ({"groups": "a"}, "pass"),
        ({"groups": ["a"] * 199}, "pass"),
        ({"groups": ["a"] * 200, "tid": "t"}, "notice"),
        ({"groups": ["a"] * 200}, "pass"),
        ({"groups": ["a"] * 201, "tid": "t"}, "notice"),
        (REFERENCE, "warning"),
        ({"hasgroups": True}, "warning"),
        ({"hasgroups": "true"}, "warning"),
        ({"hasgroups": False}, "not_applicable"),
        ({"groups": ["a"], **REFERENCE}, "pass"),
        ({"_claim_names": {"roles": "src1"}}, "not_applicable"),
        *(({"_claim_names": value}, "not_applicable") for value in WRONG_TYPES),
        *(({"groups": value}, "pass") for value in WRONG_TYPES if value is not None),
    ],
)
def test_groups_and_their_absence_are_judged(claims, status):
    assert CHECK.run(context(claims)).status == status


def test_left_out_groups_say_whole_what_why_do_and_who():
    finding = CHECK.run(context(REFERENCE))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The groups of the user are left out of the token.",
        "The user is in more than 200 groups (or in fewer, when a browser got the token by the implicit flow), so the "
        "token has only a reference to them.",
        "Have the API use app roles, or only the groups assigned to the application, or ask Microsoft Graph for the "
        "groups (/me/getMemberObjects).",
        Owner.API_OWNER,
    )


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"

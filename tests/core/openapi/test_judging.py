"""What an operation needs against what a token has."""

import pytest

from console.core.api import Expectation
from console.core.openapi.judging import demanding, judged
from console.core.openapi.model import SecurityRequirement
from console.core.tokens.parse import parse
from tests.core.policy.tokens import unsigned

READ, WRITE = "api://orders/Orders.Read", "api://orders/Orders.Write"
OAUTH = SecurityRequirement(("entra",), (READ, WRITE))
ROLE = SecurityRequirement(("portal",), roles=("Orders.Admin",))


def token(**claims):
    return parse(unsigned({"alg": "RS256"}, claims))


@pytest.mark.parametrize(
    ("needs", "claims", "status", "missing"),
    [
        ((OAUTH,), {"scp": "Orders.Read Orders.Write"}, "pass", ()),
        ((OAUTH,), {"scp": "Orders.Read"}, "fail", ("Orders.Write",)),
        ((OAUTH,), {"scope": f"{READ} {WRITE}"}, "pass", ()),
        ((OAUTH,), {"roles": ["Orders.Read", "Orders.Write"]}, "pass", ()),
        ((OAUTH,), {}, "fail", ("Orders.Read", "Orders.Write")),
        ((OAUTH, ROLE), {"roles": ["Orders.Admin"]}, "pass", ()),
        ((OAUTH, ROLE), {"roles": ["Other"]}, "fail", ("Orders.Admin",)),
        ((OAUTH,), {"scp": 7, "roles": {"a": 1}}, "fail", ("Orders.Read", "Orders.Write")),
    ],
)
def test_all_names_of_one_way_in_are_needed(needs, claims, status, missing):
    verdict = judged(needs, token(**claims))
    assert (verdict.status, verdict.missing) == (status, missing)


def test_without_a_token_what_is_needed_is_told_and_nothing_decided():
    assert judged((OAUTH,), None).status == "unknown"
    assert judged((OAUTH,), None).needed == ("Orders.Read", "Orders.Write")
    assert judged((OAUTH,), parse("opaque")).status == "unknown"


@pytest.mark.parametrize(
    "needs",
    [
        (),
        (SecurityRequirement(),),
        (SecurityRequirement(("key",)),),
        (OAUTH, SecurityRequirement()),
        (SecurityRequirement(("o",), ("openid", "api://x/.default")),),
    ],
)
def test_an_operation_that_names_no_scope_or_role_is_judged_by_the_api_alone(needs):
    stated = Expectation(scopes=("Own",))
    assert judged(needs, token()) is None
    assert demanding(stated, needs, token()) == stated


def test_the_expectation_of_a_call_names_what_is_missing_or_what_was_needed():
    stated = Expectation(audiences=("api://orders",), scopes=("Own",), roles=("OwnRole",))
    person = demanding(stated, (OAUTH,), token(scp="Orders.Read"))
    assert (person.audiences, person.scopes, person.roles) == (("api://orders",), ("Orders.Write",), ())
    good = demanding(stated, (OAUTH,), token(scp="Orders.Read Orders.Write"))
    assert good.scopes == ("Orders.Read", "Orders.Write")
    application = demanding(stated, (OAUTH,), token(roles=["Orders.Read"]))
    assert application.roles == ("Orders.Write",)
    assert demanding(stated, (ROLE,), token(roles=[])).roles == ("Orders.Admin",)

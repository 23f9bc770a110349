"""required-claims: which values are wanted, how they are compared, and what is told when they are not there."""

import pytest

from console.core.json.values import NumberText
from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Outcome, Verdict
from console.core.policy.text.document import read_policy
from console.core.policy.token.matching import claim_texts
from console.core.policy.token.required_claims import claim_checks, claim_rules
from console.core.policy.token.token_policy import read_token_policy
from console.core.tokens.token import Token, TokenKind
from tests.core.policy.builders import failed, judged, outcome_of, policy, reported, request, unsure, warnings
from tests.core.policy.tokens import CLAIMS, signed


def _claim(*values, name="c", **attributes):
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<claim name="{name}"{written}>{"".join(f"<value>{one}</value>" for one in values)}</claim>'


def _judged(claims, *rules, **given):
    text = policy(children=f"<required-claims>{''.join(rules)}</required-claims>")
    return judged(text, request(signed(None, {**CLAIMS, **claims})), **given)


MET = [
    ("one value", {"c": "a"}, _claim("a")),
    ("more than wanted", {"c": ["a", "b"]}, _claim("a")),
    ("all of them", {"c": ["b", "a"]}, _claim("a", "b")),
    ("all of them, said so", {"c": ["b", "a"]}, _claim("a", "b", match="all")),
    ("any of them", {"c": "b"}, _claim("a", "b", match="any")),
    ("presence", {"c": "x"}, _claim()),
    ("an empty text is there", {"c": ""}, _claim()),
    ("an empty text", {"c": ""}, _claim("")),
    ("the same value twice", {"c": "a"}, _claim("a", "a")),
    ("a separator", {"c": "a b"}, _claim("a", "b", separator=" ")),
    ("a separator of several characters", {"c": "a, b"}, _claim("a", "b", separator=", ")),
    ("a separator that is not there", {"c": "a"}, _claim("a", separator=",")),
    ("a separator in a list", {"c": ["a,b", "d"]}, _claim("a", "d", separator=",")),
    ("an empty separator is none", {"c": "a b"}, _claim("a b", separator="")),
    ("a comma list that is one value", {"c": "a,b"}, _claim("a,b")),
    ("true", {"c": True}, _claim("true")),
    ("false in a list", {"c": [False]}, _claim("false")),
    ("a number", {"c": 7}, _claim("7")),
    ("a fraction", {"c": 7.5}, _claim("7.5")),
    ("a long number keeps its digits", {"c": 12345678901234567890}, _claim("12345678901234567890")),
    ("an object", {"c": {"a": 1.5}}, _claim('{"a":1.5}')),
    ("a list is flattened once", {"c": [["a"], "b"]}, _claim('["a"]', "b")),
    ("null in a list", {"c": [None, "a"]}, _claim("a")),
]


READ_OTHERWISE = {"a separator in a list", "an object", "a list is flattened once"}


@pytest.mark.parametrize(("what", "claims", "rule"), MET, ids=[row[0] for row in MET])
def test_a_claim_with_what_is_wanted_passes(what, claims, rule):
    trace = _judged(claims, rule)
    told = {"unconfirmed-behaviour"} if what in READ_OTHERWISE else set()
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, told)


UNMET = [
    ("another value", {"c": "b"}, _claim("a"), "a", set()),
    ("one of two", {"c": "a"}, _claim("a", "b"), "a,b", set()),
    ("none of any", {"c": "d"}, _claim("a", "b", match="any"), "a,b", set()),
    ("a part of a text", {"c": "abc"}, _claim("b"), "b", set()),
    ("a comma list in the policy", {"c": "a"}, _claim("a,b"), "a,b", set()),
    ("the policy's value is never split", {"c": "a b"}, _claim("a b", separator=" "), "a b", {"unconfirmed-behaviour"}),
    ("several values and no separator", {"c": "a b"}, _claim("a"), "a", {"separator-missing"}),
    ("several values with commas", {"c": "a,b"}, _claim("b"), "b", {"separator-missing"}),
    ("several values in a list's text", {"c": ["a b", "d"]}, _claim("a"), "a", {"separator-missing"}),
    ("the wrong separator", {"c": "a b"}, _claim("a", separator=","), "a", set()),
    ("an object for a text", {"c": {"a": 1}}, _claim("a"), "a", set()),
    ("an empty text", {"c": ""}, _claim("a"), "a", set()),
]


@pytest.mark.parametrize(("what", "claims", "rule", "wanted", "told"), UNMET, ids=[row[0] for row in UNMET])
def test_a_claim_without_what_is_wanted_is_refused(what, claims, rule, wanted, told):
    trace = _judged(claims, rule)
    assert reported(trace) == ("required-claim:c", "TokenClaimValueNotAllowed", "")
    assert trace.steps[0].reported.reason_aliases == ("TokenClaimValueMismatch",)
    assert (trace.status, trace.body) == (401, error_body(401, f"Claim value mismatch: c={wanted}."))
    assert warnings(trace) == told


@pytest.mark.parametrize(("match", "told"), [("any", "a or b"), ("all", "a and b")])
def test_a_value_that_stands_twice_is_told_once_and_logged_as_it_stands(match, told):
    trace = _judged({"c": "d"}, _claim("a", "b", "a", match=match))
    check = trace.steps[0].reported
    assert (check.what, check.expected) == (f"c is d; the policy wants {told}.", told)
    assert trace.body == error_body(401, "Claim value mismatch: c=a,b,a.")


def test_missing_claims_are_listed_together():
    trace = _judged({"b": "x"}, _claim(name="a"), _claim("y", name="b"), _claim("z", name="c"))
    assert failed(trace) == ["required-claim:a", "required-claim:b", "required-claim:c"]
    assert (trace.reason, trace.body) == (
        "TokenClaimNotFound",
        error_body(401, "JWT is missing the following claims: a, c. Access denied."),
    )


def test_many_missing_claims_are_listed_together_once():
    trace = _judged({}, *(_claim(name=f"claim-{number}") for number in range(2_000)))
    first, *others = (check for check in trace.steps[0].checks if check.outcome is Outcome.FAIL)
    assert (first.message.count("claim-"), len(others)) == (2_000, 1_999)
    assert {check.message.count("claim-") for check in others} == {1}
    assert others[0].message == "JWT is missing the following claims: claim-1. Access denied."


def test_the_sentence_of_missing_claims_stands_where_the_first_of_them_is():
    trace = _judged({"b": "x"}, _claim("y", name="b"), _claim(name="a"), _claim(name="c"))
    messages = [check.message for check in trace.steps[0].checks if check.outcome is Outcome.FAIL]
    assert messages == [
        "Claim value mismatch: b=y.",
        "JWT is missing the following claims: a, c. Access denied.",
        "JWT is missing the following claims: c. Access denied.",
    ]


@pytest.mark.parametrize("match", ["any", "all"])
def test_many_values_are_compared_with_many_in_one_pass(match):
    held, wanted = [f"a{number}" for number in range(28_000)], (f"b{number}" for number in range(90_000))
    assert failed(_judged({"c": " ".join(held)}, _claim(*wanted, match=match, separator=" "))) == ["required-claim:c"]


def test_many_missing_claims_are_looked_for_among_many_by_their_lower_case_once():
    class Name(str):
        lowered = 0
        __slots__ = ()

        def lower(self):
            Name.lowered += 1
            return super().lower()

    claims = {Name(f"A{number}"): 1 for number in range(300)}
    asked = Token(TokenKind.JWS, "", (), {}, claims)
    text = policy(children=f"<required-claims>{''.join(_claim(name=f'a{n}') for n in range(300))}</required-claims>")
    rules = claim_rules(read_token_policy(read_policy(text).inbound[0]).claims)
    checks, _ = claim_checks(asked, rules, {"claim-case": "exact"})
    assert (len(checks), Name.lowered) == (300, 300)
    assert checks[7].what.endswith("The token has A7: claim names are compared with their letter case.")


def test_the_first_failing_claim_of_the_document_is_reported():
    trace = _judged({"b": "x"}, _claim("y", name="b"), _claim(name="a"))
    assert (reported(trace)[0], trace.reason) == ("required-claim:b", "TokenClaimValueNotAllowed")


def test_a_claim_that_is_met_beside_one_that_is_not_stays_met():
    trace = _judged({"a": "x", "b": "x"}, _claim("x", name="a"), _claim("y", name="b"))
    assert failed(trace) == ["required-claim:b"]


ABSENT = [
    ("other letters", {"Roles": ["a"]}, "roles", "has Roles: claim names are compared", {"unconfirmed-behaviour"}),
    ("other letters and values", {"Roles": ["b"]}, "roles", "has Roles: claim names are compared", set()),
    ("too many groups", {"_claim_names": {"groups": "src1"}}, "groups", "has no groups", {"group-overage"}),
    ("too many groups, implicit flow", {"hasgroups": True}, "groups", "has no groups", {"group-overage"}),
    ("too many of something else", {"_claim_names": {"groups": "src1"}}, "roles", "has no roles", set()),
    ("azp of a v1 token", {"appid": "x"}, "azp", "has no azp", {"version-mismatch"}),
    ("appid of a v2 token", {"azp": "x"}, "appid", "has no appid", {"version-mismatch"}),
    ("appidacr of a v2 token", {"azpacr": "1"}, "appidacr", "has no appidacr", {"version-mismatch"}),
    ("neither", {}, "azp", "has no azp", set()),
]


@pytest.mark.parametrize(("what", "claims", "name", "why", "told"), ABSENT, ids=[row[0] for row in ABSENT])
def test_why_a_claim_is_missing_is_explained(what, claims, name, why, told):
    trace = _judged(claims, _claim("a", name=name))
    assert (trace.reason, why in trace.steps[0].reported.what) == ("TokenClaimNotFound", True)
    assert warnings(trace) == told


SWITCHED = [
    ("other letters", "claim-case", "ignored", {"c": "A"}, _claim("a")),
    ("other letters in one of two", "claim-case", "ignored", {"c": ["A", "b"]}, _claim("a", "b")),
    ("a blank behind a comma", "claim-trim", "removed", {"c": "a, b"}, _claim("b", separator=",")),
    ("a blank in the claim", "claim-trim", "removed", {"c": "a "}, _claim("a")),
    ("an empty list", "empty-claim", "present", {"c": []}, _claim()),
    ("null", "empty-claim", "present", {"c": None}, _claim()),
    ("null for an empty value", "empty-claim", "present", {"c": None}, _claim("")),
]


@pytest.mark.parametrize(("what", "switch", "lenient", "claims", "rule"), SWITCHED, ids=[row[0] for row in SWITCHED])
def test_what_nobody_has_confirmed_follows_its_switch(what, switch, lenient, claims, rule):
    strict, forgiving = _judged(claims, rule), _judged(claims, rule, switches={switch: lenient})
    assert (strict.verdict, forgiving.verdict) == (Verdict.REJECT, Verdict.ALLOW)
    assert unsure(strict) == unsure(forgiving) == {switch}


@pytest.mark.parametrize("claims", [{"c": []}, {"c": None}])
def test_an_empty_claim_never_has_a_wanted_value(claims):
    trace = _judged(claims, _claim("a"))
    assert (trace.reason, unsure(trace)) == ("TokenClaimNotFound", set())
    lenient = _judged(claims, _claim("a"), switches={"empty-claim": "present"})
    assert (lenient.reason, unsure(lenient)) == ("TokenClaimValueNotAllowed", set())


OPEN = [
    ("the only value", {"c": "a"}, _claim("{{x}}"), "{{x}}"),
    ("the rest is there", {"c": "a"}, _claim("a", "@(b.c)"), "@(b.c)"),
    ("none of the known ones", {"c": "a"}, _claim("b", "{{x}}", match="any"), "{{x}}"),
    ("the separator", {"c": "a b"}, _claim("a", separator="{{x}}"), "{{x}}"),
    ("all or any", {"c": "a"}, _claim("a", "b", match="{{x}}"), "match of the required claim c"),
    ("the name", {"c": "a"}, _claim("a", name="{{x}}"), "{{x}}"),
    ("no name", {"c": "a"}, "<claim><value>a</value></claim>", "the name of a required claim"),
]


@pytest.mark.parametrize(("what", "claims", "rule", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_a_wanted_value_that_nobody_knows_leaves_the_answer_open(what, claims, rule, need):
    trace = _judged(claims, rule)
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, (need,))


CERTAIN = [
    ("all: a known value is missing", {"c": "a"}, _claim("b", "{{x}}"), Verdict.REJECT),
    ("any: a known value is there", {"c": "a"}, _claim("a", "{{x}}", match="any"), Verdict.ALLOW),
    ("the claim is missing", {}, _claim("{{x}}"), Verdict.REJECT),
    ("all or any of one value", {"c": "a"}, _claim("a", match="{{x}}"), Verdict.ALLOW),
    ("all or any of what is not there", {"c": "z"}, _claim("a", "b", match="{{x}}"), Verdict.REJECT),
    ("presence, whatever the separator", {"c": "a"}, _claim(separator="{{x}}"), Verdict.ALLOW),
]


@pytest.mark.parametrize(("what", "claims", "rule", "verdict"), CERTAIN, ids=[row[0] for row in CERTAIN])
def test_what_is_certain_whatever_is_unknown_is_decided(what, claims, rule, verdict):
    trace = _judged(claims, rule)
    assert (trace.verdict, trace.needs) == (verdict, ())


def test_two_rules_for_one_claim_are_judged_apart():
    trace = _judged({"c": ["a"]}, _claim("a"), _claim("b"))
    assert [check.outcome for check in trace.steps[0].checks if check.check == "required-claim:c"] == [
        Outcome.PASS,
        Outcome.FAIL,
    ]


def test_the_same_claim_is_shown_as_it_was_split():
    trace = _judged({"c": "a b"}, _claim("d", separator=" "))
    assert trace.steps[0].reported.actual == "a, b"
    assert outcome_of(trace, "required-claim:c") is Outcome.FAIL


TEXTS = [
    ("a b", None, ("a b",)),
    ("a b", " ", ("a", "b")),
    (["a b", "c"], " ", ("a", "b", "c")),
    (None, None, ("",)),
    ([], None, ()),
    (NumberText("1.50"), None, ("1.50",)),
    ({"n": NumberText("1e3"), "t": "x y", "l": [True, None]}, None, ('{"n":1e3,"t":"x y","l":[true,null]}',)),
    ("ä", None, ("ä",)),
]


@pytest.mark.parametrize(("value", "separator", "texts"), TEXTS)
def test_every_claim_becomes_texts(value, separator, texts):
    assert claim_texts(value, separator=separator) == texts

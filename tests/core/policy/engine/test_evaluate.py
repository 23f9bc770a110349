"""The document, the order of steps, the subscription key and what policies do to the call."""

import pytest

from console.core.policy.engine.answers import error_body, unknown_operation
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.policies import POLICIES
from console.core.policy.policies.subscription_key import INVALID, MISSING, SubscriptionRule, key_digest
from console.core.policy.text.document import MAX_POLICY_CHARS, PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW, failed, judged, policy, request, token, warnings

RULE = SubscriptionRule((key_digest("good"),), "https://gw.example/orders")
KEY = "Ocp-Apim-Subscription-Key"


@pytest.mark.parametrize(
    "text",
    [
        "<policies><inbound><cors/></inbound><backend/><outbound/><on-error/></policies>",
        "<inbound><cors/></inbound>",
        "<fragment><cors/></fragment>",
        "<cors/>",
        "<!-- a note -->\n\n<cors/>",
        "\ufeff  <cors/> ",
        "<?xml version='1.0'?><cors/>",
        '<inbound xmlns="urn:x"><cors/></inbound>',
    ],
)
def test_a_policy_is_read_however_much_of_it_was_pasted(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument)
    assert [element.name for element in document.inbound] == ["cors"]


def test_two_bare_elements_are_two_policies():
    assert [element.name for element in read_policy("<cors/><base/>").inbound] == ["cors", "base"]


def test_elements_keep_attributes_text_and_unknown_children():
    document = read_policy('<strange a="1"> text <!-- no --><inner>x &amp; y</inner> more</strange>')
    (element,) = document.inbound
    assert (element.name, element.attribute("a"), element.attribute("b")) == ("strange", "1", None)
    assert element.child("inner").text == "x & y"
    assert [one.name for one in document.walk()] == ["strange", "inner"]


def test_sections_are_told_apart():
    document = read_policy(
        "<policies><inbound><a/></inbound><backend><b/></backend><outbound><c/></outbound><on-error><d/></on-error></policies>"
    )
    assert [
        section[0].name for section in (document.inbound, document.backend, document.outbound, document.on_error)
    ] == list("abcd")
    assert document.is_whole
    assert not read_policy("<on-error><d/></on-error>").is_whole


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \ufeff\n", "empty"),
        ("no policy", "not-xml"),
        ("<policies>", "not-xml"),
        ("<a b='1' b='2'/>", "not-xml"),
        ("<a>\x00</a>", "not-xml"),
        ("<a>" * 5000 + "</a>" * 5000, "too-deep"),
        ("<a", "not-xml"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "unsafe"),
        ("<!DOCTYPE a><a/>", "unsafe"),
        ("x" * (MAX_POLICY_CHARS + 1), "too-large"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_what_is_no_policy_is_named_and_never_raises(text, code):
    problem = read_policy(text)
    assert isinstance(problem, PolicyProblem)
    assert problem.code == code
    assert problem.what.endswith(".") and problem.do.endswith(".")


def test_a_problem_says_where_it_is():
    assert read_policy("<a>\n<b>\n</a>").line == 3


KEYS = [
    ("none", (), "https://gw.example/orders", "SubscriptionKeyNotFound", MISSING),
    ("empty", ((KEY, ""),), "https://gw.example/orders", "SubscriptionKeyNotFound", MISSING),
    ("wrong", ((KEY, "bad"),), "https://gw.example/orders", "SubscriptionKeyInvalid", INVALID),
    (
        "wrong header, good query",
        ((KEY, "bad"),),
        "https://gw.example/orders?subscription-key=good",
        "SubscriptionKeyInvalid",
        INVALID,
    ),
    ("wrong query", (), "https://gw.example/orders?subscription-key=bad", "SubscriptionKeyInvalid", INVALID),
]


@pytest.mark.parametrize(("what", "headers", "url", "reason", "message"), KEYS, ids=[row[0] for row in KEYS])
def test_a_call_without_a_good_key_is_refused_first(what, headers, url, reason, message):
    trace = judged(policy(), request(headers=headers, url=url), subscription=RULE)
    assert (trace.verdict, trace.status, trace.reason_phrase, trace.reason) == (
        Verdict.REJECT,
        401,
        "Access Denied",
        reason,
    )
    assert trace.body == error_body(401, message)
    assert dict(trace.headers)["WWW-Authenticate"] == (
        f'AzureApiManagementKey realm="https://gw.example/orders",name="{KEY}",type="header"'
    )
    assert failed(trace) == ["subscription-key", "token-present"]
    assert [step.is_reached for step in trace.steps] == [True, False]


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        (((KEY.lower(), "good"),), "https://gw.example/orders"),
        ((), "https://gw.example/orders?subscription-key=good"),
        (((KEY, "good"),), "https://gw.example/orders?subscription-key=bad"),
    ],
)
def test_a_good_key_lets_the_token_be_judged(headers, url):
    assert judged(policy(), request(token(), headers=headers, url=url), subscription=RULE).verdict is Verdict.ALLOW


def test_the_sizes_of_the_bodies_are_those_of_a_real_gateway():
    assert [
        len(error_body(401, text)) for text in (MISSING, INVALID, "Unauthorized. Access token is missing or invalid.")
    ] == [152, 143, 85]
    assert len(unknown_operation().body) == 54
    assert len(error_body(429, "Rate limit is exceeded. Try again in 57 seconds.")) == 84


def test_the_key_is_never_in_the_trace():
    assert "bad-key-text" not in repr(judged(policy(), request(headers=((KEY, "bad-key-text"),)), subscription=RULE))


HEADERS = [
    ("override", '<set-header name="X-A"><value>new</value></set-header>', ("new",)),
    ("skip", '<set-header name="x-a" exists-action="skip"><value>new</value></set-header>', ("old",)),
    ("append", '<set-header name="X-A" exists-action="append"><value>new</value></set-header>', ("old", "new")),
    ("delete", '<set-header name="X-A" exists-action="delete"/>', ()),
]


@pytest.mark.parametrize(("what", "text", "values"), HEADERS, ids=[row[0] for row in HEADERS])
def test_set_header_changes_the_call(what, text, values):
    assert judged(text, request(headers=(("X-A", "old"),))).request.header_values("X-A") == values


def test_skip_sets_a_header_that_is_not_there():
    text = '<set-header name="X-A" exists-action="skip"><value>new</value></set-header>'
    assert judged(text, request()).request.header_values("x-a") == ("new",)


def test_a_token_that_an_earlier_policy_deletes_is_missing_and_that_is_said():
    text = '<set-header name="Authorization" exists-action="delete"/>' + policy()
    trace = judged(text, request(token()))
    assert (trace.reason, failed(trace)) == ("TokenNotPresent", ["token-present"])
    assert "token-overwritten" in warnings(trace)


def test_two_token_policies_must_both_pass_and_have_their_own_place():
    second = policy(
        'failed-validation-error-message="Admins only"',
        '<required-claims><claim name="roles"><value>admin</value></claim></required-claims>',
    )
    trace = judged(policy() + second, request(token()))
    assert [step.path for step in trace.steps] == ["inbound/validate-jwt[1]", "inbound/validate-jwt[2]"]
    assert [step.verdict for step in trace.steps] == [Verdict.ALLOW, Verdict.REJECT]
    assert trace.body == error_body(401, "Admins only")
    assert trace.identity is None


def test_steps_after_a_refusal_are_told_but_not_reached():
    trace = judged(policy() + policy(), request(token(exp=NOW - 1)))
    assert [step.is_reached for step in trace.steps] == [True, False]
    assert failed(trace) == ["expiry", "expiry"]


UNKNOWN = [
    ("validate-jvt", "What validate-jvt does is not known here. Did you mean validate-jwt?"),
    ("ip-fliter", "What ip-fliter does is not known here. Did you mean ip-filter?"),
    ("quite-another-thing", "What quite-another-thing does is not known here."),
    ("authentication-token", "What authentication-token does is not known here."),
]


@pytest.mark.parametrize(("name", "sentence"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_a_policy_that_is_not_understood_leaves_the_answer_open(name, sentence):
    trace = judged(f"<{name}/>" + policy(), request(token()))
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, (f"policy {name}",))
    assert [(one.text, one.path) for one in trace.warnings] == [(sentence, f"inbound/{name}[1]")]


def test_a_certain_refusal_stands_beside_a_policy_that_is_not_understood():
    trace = judged("<validate-jvt/>" + policy(), request())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert "earlier-policy-undecided" in warnings(trace)


def test_an_inbound_policy_elsewhere_is_run_and_said_to_be_in_the_wrong_section():
    document = f"<policies><inbound/><backend/><outbound>{policy()}</outbound></policies>"
    good, bad = judged(document, request(token())), judged(document, request())
    assert (good.verdict, bad.verdict) == (Verdict.ALLOW, Verdict.REJECT)
    assert warnings(good) == warnings(bad) == {"wrong-section"}
    assert [step.path for step in good.steps] == ["outbound/validate-jwt[1]"]


def test_a_named_value_in_a_policy_is_filled_before_it_runs():
    text = '<check-header name="{{name}}" failed-check-httpcode="400" failed-check-error-message="No"/>'
    given = Values(named_values={"name": "X-A"})
    assert judged(text, request(headers=(("X-A", "1"),)), values=given).verdict is Verdict.ALLOW
    assert judged(text, request(), values=given).reason == "HeaderNotFound"
    assert judged(text, request()).needs == ("{{name}}",)


def test_harmless_policies_pass_and_hidden_scopes_are_said():
    trace = judged("<base/><rewrite-uri template='/x'/>" + policy(), request(token()))
    assert trace.verdict is Verdict.ALLOW
    assert warnings(trace) == {"hidden-scope"}


def test_no_policy_at_all_lets_everybody_through():
    assert judged("<inbound/>", request()).verdict is Verdict.ALLOW


def test_every_policy_has_its_own_name_and_a_source():
    assert len({one.name for one in POLICIES}) == len(POLICIES)
    assert all(one.title and one.source for one in POLICIES)


def test_a_request_does_not_show_its_headers():
    assert "secret" not in repr(GatewayRequest("GET", "https://x.example", (("Authorization", "secret"),)))

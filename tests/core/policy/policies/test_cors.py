"""cors: a preflight meets it alone, and what an unlisted origin gets."""

from dataclasses import replace

import pytest

from console.core.policy.engine.model import Verdict
from console.core.policy.engine.switches import DEFAULTS
from console.core.policy.policies.subscription_key import SubscriptionRule
from tests.core.policy.builders import judged, policy, request, token, warnings

APP = "https://app.contoso.example"


def cors(*origins, attributes="", methods=("GET",), headers=("*",)):
    listed = "".join(f"<origin>{one}</origin>" for one in origins or (APP,))
    allowed = "".join(f"<method>{one}</method>" for one in methods)
    block = f"<allowed-methods>{allowed}</allowed-methods>" if methods else ""
    names = "".join(f"<header>{one}</header>" for one in headers)
    parts = f"<allowed-origins>{listed}</allowed-origins>{block}<allowed-headers>{names}</allowed-headers>"
    return f"<cors {attributes}>{parts}</cors>"


def preflight(origin=APP, method="GET", asked="authorization"):
    headers = (("Origin", origin), ("Access-Control-Request-Method", method))
    return replace(request(headers=(*headers, ("Access-Control-Request-Headers", asked))), method="OPTIONS")


PLACES = [
    ("first", cors() + policy()),
    ("last", policy() + cors()),
    ("after another refusal", '<return-response><set-status code="403"/></return-response>' + cors()),
    ("in a branch", f'<choose><when condition="true">{cors()}</when></choose>' + policy()),
]


@pytest.mark.parametrize(("what", "text"), PLACES, ids=[row[0] for row in PLACES])
def test_a_preflight_meets_cors_alone_wherever_it_stands(what, text):
    trace = judged(text, preflight())
    assert (trace.verdict, trace.status, trace.body) == (Verdict.ALLOW, 200, "")
    assert dict(trace.headers)["Access-Control-Allow-Origin"] == APP
    assert "validate-jwt" not in [step.policy for step in trace.steps]


def test_a_preflight_needs_no_subscription_key():
    rule = SubscriptionRule((), "https://gw.example")
    assert judged(cors() + policy(), preflight(), subscription=rule).verdict is Verdict.ALLOW
    assert judged(policy(), preflight(), subscription=rule).reason == "SubscriptionKeyNotFound"


def test_without_cors_a_preflight_is_refused_like_any_call_and_that_is_said():
    trace = judged(policy(), preflight())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert "preflight-not-answered" in warnings(trace)


NO_PREFLIGHT = [
    replace(request(headers=(("Origin", APP), ("Access-Control-Request-Method", "GET"))), method="POST"),
    replace(request(headers=(("Origin", APP),)), method="OPTIONS"),
    replace(request(headers=(("Access-Control-Request-Method", "GET"),)), method="OPTIONS"),
]


@pytest.mark.parametrize("sent", NO_PREFLIGHT)
def test_a_call_that_is_no_preflight_meets_all_policies(sent):
    assert judged(cors() + policy(), sent).reason == "TokenNotPresent"


ORIGINS = [
    ("*", "https://anything.example", True),
    (APP, APP, True),
    (APP + "/", APP, True),
    (APP + ":443", APP, True),
    ("HTTPS://App.Contoso.example", APP, True),
    (APP, "http://app.contoso.example", False),
    (APP, APP + ":8443", False),
    (APP, "https://app.contoso.example.evil.example", False),
    (APP, "null", False),
    ("https://[broken", APP, False),
]


@pytest.mark.parametrize(("listed", "origin", "is_listed"), ORIGINS)
def test_origins_are_compared_by_scheme_host_and_port(listed, origin, is_listed):
    trace = judged(cors(listed) + policy(), preflight(origin))
    assert trace.verdict is Verdict.ALLOW
    assert (dict(trace.headers).get("Access-Control-Allow-Origin") == origin) is is_listed


def test_an_unlisted_origin_gets_an_empty_200_which_is_not_confirmed_without_the_attribute():
    trace = judged(cors() + policy(), preflight("https://other.example"))
    assert (trace.verdict, trace.status, trace.body, trace.headers) == (Verdict.ALLOW, 200, "", ())
    assert warnings(trace) == {"cors-mismatch", "unconfirmed-behaviour"}
    assert [one.switch for one in trace.warnings if one.switch] == ["unmatched-cors"]


def test_an_unlisted_origin_that_is_turned_away_on_purpose_is_certain():
    trace = judged(cors(attributes='terminate-unmatched-request="true"') + policy(), preflight("https://other.example"))
    assert (trace.verdict, trace.status, warnings(trace)) == (Verdict.ALLOW, 200, {"cors-mismatch"})


def test_the_other_reading_lets_the_preflight_go_on():
    trace = judged(
        cors() + policy(), preflight("https://other.example"), switches={**DEFAULTS, "unmatched-cors": "continues"}
    )
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert {"unconfirmed-behaviour", "preflight-not-answered"} <= warnings(trace)


BROWSERS = [
    ("another method", cors(methods=("GET", "PUT")), preflight(method="DELETE"),
     "The method DELETE is not allowed to other sites (allowed: GET, PUT)."),
    ("usual methods", cors(methods=()), preflight(method="PUT"),
     "The method PUT is not allowed to other sites (allowed: GET, POST)."),
    ("another header", cors(headers=("accept",)), preflight(asked="accept, Authorization"),
     "The header Authorization is not allowed to other sites (allowed: accept)."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "sent", "sentence"), BROWSERS, ids=[row[0] for row in BROWSERS])
def test_what_a_browser_will_not_send_is_said(what, text, sent, sentence):
    trace = judged(text, sent)
    assert (trace.verdict, [one.text for one in trace.warnings]) == (Verdict.ALLOW, [sentence])


def test_an_origin_that_only_the_runtime_knows_is_answered_all_the_same():
    trace = judged(cors("{{origin}}") + policy(), preflight())
    assert (trace.verdict, trace.status, trace.headers) == (Verdict.ALLOW, 200, ())


def simple(origin, text):
    return replace(request(text, headers=(("Origin", origin),)), method="GET")


SIMPLE = [
    ("listed", "", APP, Verdict.REJECT, set()),
    ("unlisted, turned away", 'terminate-unmatched-request="true"', "https://o.example", Verdict.ALLOW,
     {"cors-mismatch"}),
    ("unlisted, not turned away", 'terminate-unmatched-request="false"', "https://o.example", Verdict.REJECT,
     {"cors-mismatch"}),
    ("unlisted, not said", "", "https://o.example", Verdict.REJECT, {"cors-mismatch", "unconfirmed-behaviour"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "attributes", "origin", "verdict", "codes"), SIMPLE, ids=[row[0] for row in SIMPLE])
def test_a_plain_call_of_another_site_goes_on_unless_it_is_turned_away(what, attributes, origin, verdict, codes):
    trace = judged(cors(attributes=attributes) + policy(), simple(origin, None))
    assert (trace.verdict, warnings(trace)) == (verdict, codes)


def test_a_post_of_an_unlisted_origin_is_not_looked_at():
    sent = replace(simple("https://o.example", token()), method="POST")
    assert judged(cors(attributes='terminate-unmatched-request="true"') + policy(), sent).status is None


def test_credentials_are_allowed_only_on_request():
    text = cors(attributes='allow-credentials="true"')
    assert dict(judged(text, preflight()).headers)["Access-Control-Allow-Credentials"] == "true"
    assert "Access-Control-Allow-Credentials" not in dict(judged(cors(), preflight()).headers)

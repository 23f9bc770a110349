"""check-header: presence, values, letter case, and what the caller is told."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Verdict
from console.core.policy.text.values import Values
from tests.core.policy.builders import failed, judged, request, warnings


def text(*values, ignore_case="true", name="X-Caller", status="403", message="Caller missing"):
    listed = "".join(f"<value>{value}</value>" for value in values)
    attributes = f'name="{name}" failed-check-httpcode="{status}" failed-check-error-message="{message}"'
    return f'<check-header {attributes} ignore-case="{ignore_case}">{listed}</check-header>'


NOT_FOUND, NOT_ALLOWED = "HeaderNotFound", "HeaderValueNotAllowed"
CASES = [
    ("missing", text("portal"), (), NOT_FOUND),
    ("missing, any value wanted", text(), (), NOT_FOUND),
    ("empty", text("portal"), (("X-Caller", ""),), NOT_FOUND),
    ("blank", text(), (("X-Caller", "  "),), NOT_FOUND),
    ("there, any value wanted", text(), (("x-caller", "?"),), ""),
    ("first value", text("portal", "batch"), (("X-Caller", "portal"),), ""),
    ("second value", text("portal", "batch"), (("X-Caller", "batch"),), ""),
    ("other value", text("portal", "batch"), (("X-Caller", "web"),), NOT_ALLOWED),
    ("other case, ignored", text("portal"), (("X-Caller", "PORTAL"),), ""),
    ("other case, not ignored", text("portal", ignore_case="false"), (("X-Caller", "PORTAL"),), NOT_ALLOWED),
    ("two values, one right", text("portal"), (("X-Caller", "web"), ("X-Caller", "portal")), ""),
    ("part of a value", text("portal"), (("X-Caller", "portal-2"),), NOT_ALLOWED),
]


@pytest.mark.parametrize(("what", "policy", "headers", "reason"), CASES, ids=[row[0] for row in CASES])
def test_a_header_must_be_there_with_a_listed_value(what, policy, headers, reason):
    trace = judged(policy, request(headers=headers))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT if reason else Verdict.ALLOW, reason)
    assert failed(trace) == (["header"] if reason else [])


def test_the_caller_gets_the_policys_status_and_message():
    trace = judged(text("portal", status="400", message="Say &quot;who&quot;"), request())
    assert (trace.status, trace.body) == (400, error_body(400, 'Say "who"'))


def test_both_sides_are_shown_with_the_gateways_own_sentence():
    trace = judged(text("portal", "batch"), request(headers=(("X-Caller", "web"),)))
    (check,) = trace.steps[0].checks
    assert (check.expected, check.actual) == ("portal or batch", "web")
    assert check.message == "Header X-Caller value of web is not allowed. Access denied."


def test_a_difference_in_letter_case_is_pointed_out():
    trace = judged(text("portal", ignore_case="false"), request(headers=(("X-Caller", "PORTAL"),)))
    assert trace.steps[0].checks[0].what == (
        "The header X-Caller has a value that the policy does not list. They differ in letter case only."
    )


OPEN = [
    ("a value", text("{{caller}}"), (("X-Caller", "web"),), Verdict.UNDECIDED, ("{{caller}}",)),
    ("a value, another matches", text("{{caller}}", "web"), (("X-Caller", "web"),), Verdict.ALLOW, ()),
    ("a value, header missing", text("{{caller}}"), (), Verdict.REJECT, ()),
    ("the name", text("a", name="{{name}}"), (), Verdict.UNDECIDED, ("{{name}}",)),
    ("letter case, equal", text("a", ignore_case="{{case}}"), (("X-Caller", "a"),), Verdict.ALLOW, ()),
    ("letter case, differs", text("a", ignore_case="{{case}}"), (("X-Caller", "A"),), Verdict.UNDECIDED,
     ("ignore-case",)),
    ("letter case, other", text("a", ignore_case="{{case}}"), (("X-Caller", "b"),), Verdict.REJECT, ()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "policy", "headers", "verdict", "needs"), OPEN, ids=[row[0] for row in OPEN])
def test_what_only_the_runtime_knows_is_asked_for_unless_it_does_not_matter(what, policy, headers, verdict, needs):
    trace = judged(policy, request(headers=headers))
    assert (trace.verdict, trace.needs) == (verdict, needs)


def test_a_status_that_is_not_known_leaves_the_refusal_certain():
    trace = judged(text("a", status="{{code}}"), request())
    assert (trace.verdict, warnings(trace)) == (Verdict.REJECT, {"unconfirmed-body"})


@pytest.mark.parametrize("name", ["Authorization", "X-Api-Key", "X-Shared-Secret", "Cookie", "X-Token"])
def test_a_secret_is_neither_shown_of_the_policy_nor_of_the_call(name):
    trace = judged(text("s3cret-one", name=name), request(headers=((name, "s3cret-two"),)))
    assert trace.reason == NOT_ALLOWED
    assert "s3cret" not in repr(trace)


def test_a_header_that_an_earlier_policy_sets_counts():
    before = '<set-header name="X-Caller"><value>{}</value></set-header>'
    assert judged(before.format("web") + text("web"), request()).verdict is Verdict.ALLOW
    unknown = judged(before.format("@(context.User.Id)") + text("web"), request())
    assert (unknown.verdict, unknown.needs) == (Verdict.UNDECIDED, ("@(context.User.Id)",))
    given = Values(expressions={"@(context.User.Id)": "web"})
    assert judged(before.format("@(context.User.Id)") + text("web"), request(), values=given).verdict is Verdict.ALLOW


@pytest.mark.parametrize(
    "name", ["X-Backend-Key", "X-Gateway-Token", "X-Auth", "X-Origin-Verify", "X-Shared-Secret", "X_Api_Key", "auth"]
)
def test_the_value_of_a_header_with_a_secrets_name_is_not_shown(name):
    trace = judged(text("hidden-1", name=name), request(headers=((name, "hidden-2"),)))
    (check,) = trace.steps[0].checks
    assert (check.expected, check.actual) == (None, None)
    assert "hidden" not in repr(trace)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Bearer eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln", "Bearer <token>"),
        ("Basic dXNlcjpwYXNzd29yZDE=", "Basic ***"),
    ],
)
def test_a_credential_in_any_other_header_is_covered(sent, shown):
    trace = judged(text("portal", name="X-Forwarded-For-Whom"), request(headers=(("X-Forwarded-For-Whom", sent),)))
    (check,) = trace.steps[0].checks
    assert (check.expected, check.actual) == ("portal", shown)
    assert sent.split()[1] not in repr(trace)

"""set-header, set-query-parameter, set-variable, authentication-*: what later policies see of the call."""

import pytest

from console.core.policy.engine.model import Verdict
from console.core.policy.text.values import Values
from tests.core.policy.builders import URL, judged, policy, request, token, warnings

IN_QUERY = f'<validate-jwt query-parameter-name="jwt"><openid-config url="{URL}"/></validate-jwt>'


def parameter(action, value="new", name="jwt"):
    return f'<set-query-parameter name="{name}" exists-action="{action}"><value>{value}</value></set-query-parameter>'


PARAMETERS = [
    ("override", ("new",)), ("skip", ("old",)), ("append", ("old", "new")), ("delete", ()),
]  # fmt: skip


@pytest.mark.parametrize(("action", "values"), PARAMETERS)
def test_set_query_parameter_changes_the_call(action, values):
    trace = judged(parameter(action), request(url="https://gw.example/x?a=1&JWT=old&b=%20"))
    assert trace.request.query_values("jwt") == values
    assert (trace.request.query_values("a"), trace.request.query_values("b")) == (("1",), (" ",))


def test_a_parameter_that_is_not_there_is_added():
    assert judged(parameter("skip"), request()).request.url == "https://gw.example/orders?jwt=new"


@pytest.mark.parametrize("half", ["\ud800", "a\udfff"])
def test_half_of_a_surrogate_pair_in_the_address_is_no_obstacle(half):
    trace = judged(parameter("override"), request(url=f"https://gw.example/x?a={half}&{half}=1&b=2"))
    assert (trace.request.query_values("jwt"), trace.request.query_values("b")) == (("new",), ("2",))


def header(action):
    return f'<set-header name="Authorization" exists-action="{action}"><value>x</value></set-header>'


OVERWRITING = [
    ("deleted header", '<set-header name="authorization" exists-action="delete"/>' + policy(), True),
    ("other header", '<set-header name="X-Other" exists-action="delete"/>' + policy(), False),
    ("appended header", header("append") + policy(), True),
    ("header after the policy", policy() + '<set-header name="Authorization" exists-action="delete"/>', False),
    ("skipped header", header("skip") + policy(), False),
    ("no token policy", '<set-header name="Authorization" exists-action="delete"/>', False),
    ("parameter", parameter("delete") + IN_QUERY, True),
    ("other parameter", parameter("delete", name="x") + IN_QUERY, False),
    ("parameter, header read", parameter("delete") + policy(), False),
    ("password", '<authentication-basic username="a" password="b"/>' + policy(), True),
    ("certificate", '<authentication-certificate thumbprint="a"/>' + policy(), False),
    ("identity", '<authentication-managed-identity resource="r"/>' + policy(), True),
    ("identity in a variable",
     '<authentication-managed-identity resource="r" output-token-variable-name="t"/>' + policy(), False),
    ("identity after the policy", policy() + '<authentication-managed-identity resource="r"/>', False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "is_warned"), OVERWRITING, ids=[row[0] for row in OVERWRITING])
def test_replacing_the_token_that_a_later_policy_reads_is_said(what, text, is_warned):
    trace = judged(text, request(token(), url=f"https://gw.example/x?jwt={token()}&x=1"))
    assert ("token-overwritten" in warnings(trace)) is is_warned


def test_the_warning_names_both_policies():
    text = '<set-header name="X"><value>1</value></set-header><set-header name="Authorization" exists-action="delete"/>'
    (warned,) = judged(text + policy(), request(token())).warnings
    assert (warned.path, warned.text) == (
        "inbound/set-header[2]",
        "inbound/set-header[2] replaces or deletes the header Authorization before validate-jwt reads the token there.",
    )


def test_a_header_that_the_caller_did_not_send_is_not_overwritten():
    text = f'<set-header name="Authorization"><value>Bearer {token()}</value></set-header>' + policy()
    trace = judged(text, request())
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, set())


def test_the_gateways_own_token_leaves_the_answer_open():
    trace = judged('<authentication-managed-identity resource="api://other"/>' + policy(), request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert any("the gateway's own token for api://other" in need for need in trace.needs)


def test_a_password_is_no_token_and_is_not_shown():
    trace = judged('<authentication-basic username="u" password="s3cret"/>' + policy(), request(token()))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert "s3cret" not in repr(trace)


def test_a_password_that_is_not_known_is_no_token_either():
    trace = judged('<authentication-basic username="u" password="{{p}}"/>' + policy(), request(token()))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")


def test_an_unknown_header_value_that_a_token_policy_reads_leaves_the_answer_open():
    text = '<set-header name="Authorization"><value>@(context.Variables["t"])</value></set-header>'.replace(
        '"t"', "&quot;t&quot;"
    )
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert '@(context.Variables["t"])' in trace.needs


@pytest.mark.parametrize("action", ["override", "skip", "append"])
def test_an_unknown_value_leaves_the_answer_open_also_when_the_caller_sent_no_header(action):
    text = f'<set-header name="authorization" exists-action="{action}"><value>Bearer {{{{t}}}}</value></set-header>'
    trace = judged(text + policy(), request())
    assert (trace.verdict, "Bearer {{t}}" in trace.needs) == (Verdict.UNDECIDED, True)


@pytest.mark.parametrize("sent", ["Bearer {{t}}", "@(true)", "@{ return 1; }"])
def test_what_a_caller_sends_is_never_taken_for_a_value_of_the_runtime(sent):
    text = f'<validate-jwt header-name="Authorization"><openid-config url="{URL}"/></validate-jwt>'
    trace = judged(text, request(headers=(("Authorization", sent),)))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "JwtInvalid")


def test_an_unknown_header_value_that_nobody_reads_decides_nothing():
    text = '<set-header name="X-A"><value>@(context.User.Id)</value></set-header>'
    assert judged(text + policy(), request(token())).verdict is Verdict.ALLOW


SET = '<set-variable name="t" value="{}"/>'
READ = '<set-header name="X-A"><value>@((string)context.Variables["t"])</value></set-header>'
VARIABLES = [
    ("a literal", SET.format("a") + READ, Values(), ("a",)),
    ("a literal expression", SET.format("@(&quot;a&quot;)") + READ, Values(), ("a",)),
    ("another variable",
     '<set-variable name="s" value="b"/>' + SET.format("@(context.Variables[&quot;s&quot;])") + READ, Values(), ("b",)),
    ("given", READ, Values(variables={"t": "c"}), ("c",)),
    ("given for a computed one", SET.format("@(context.User.Id)") + READ, Values(variables={"t": "c"}), ("c",)),
    ("given, but set to something else", SET.format("a") + READ, Values(variables={"t": "c"}), ("a",)),
    ("computed", SET.format("a") + SET.format("@(context.User.Id)") + READ, Values(),
     ('@((string)context.Variables["t"])',)),
    ("nobody sets it", READ, Values(), ('@((string)context.Variables["t"])',)),
    ("from the credential manager", SET.format("a") + '<get-authorization-context provider-id="p" authorization-id="i" '
     'context-variable-name="t"/>' + READ, Values(), ('@((string)context.Variables["t"])',)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "given", "values"), VARIABLES, ids=[row[0] for row in VARIABLES])
def test_a_variable_is_known_when_it_is_set_to_something_known(what, text, given, values):
    assert judged(text, request(), values=given).request.header_values("X-A") == values


@pytest.mark.parametrize(("attributes", "words"), [("", "answers 500"), ('ignore-error="true"', "the call goes on")])
def test_a_connection_that_fails_is_not_the_callers_fault(attributes, words):
    text = f'<get-authorization-context provider-id="p" authorization-id="i" context-variable-name="t" {attributes}/>'
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is Verdict.ALLOW
    assert words in trace.steps[0].checks[0].what


def test_the_other_parameters_stay_as_they_are_written():
    trace = judged(parameter("override"), request(url="https://gw.example/x?b&c=%ff%2f+&&j%77t=old&d=a=b#end"))
    assert trace.request.url == "https://gw.example/x?b&c=%ff%2f+&d=a=b&jwt=new"
    assert [trace.request.query_values(name) for name in ("b", "c", "d")] == [("",), ("\ufffd/ ",), ("a=b",)]

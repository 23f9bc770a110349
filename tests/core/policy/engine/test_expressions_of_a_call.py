"""What expressions are told of a call: its address, its headers, what policies set before, and what is given beside."""

from dataclasses import replace

import pytest

from console.core.policy.engine.conditions import resolved, truth
from console.core.policy.engine.model import Flow, Verdict
from console.core.policy.policies.subscription_key import SubscriptionRule, key_digest
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW, judged, policy, request, token
from tests.core.policy.engine.test_conditions import REFUSE, when
from tests.core.policy.lint_texts import header

URL = "https://gw.example/orders/v2/list?state=open&page=2"


def received(*headers, url=URL, **more):
    return replace(request(headers=headers, url=url), is_as_received=True, **more)


def asks(condition, call=None, before="", **given):
    """The verdict of a policy that refuses where the condition holds."""
    return judged(before + when(condition, REFUSE), call or received(), **given).verdict


HOLDS, FAILS, OPEN = Verdict.REJECT, Verdict.ALLOW, Verdict.UNDECIDED
REQUEST = "context.Request"
OF_THE_CALL = [
    (f'@({REQUEST}.OriginalUrl.Path.StartsWith("/orders/"))', HOLDS),
    (f'@({REQUEST}.OriginalUrl.Host == "other.example")', FAILS),
    (f'@({REQUEST}.OriginalUrl.Query.GetValueOrDefault("state","") == "open")', HOLDS),
    (f'@({REQUEST}.Url.Query.GetValueOrDefault("page","1") == "2")', HOLDS),
    (f'@({REQUEST}.Url.Query.ContainsKey("debug"))', FAILS),
    (f'@({REQUEST}.Url.Path.Contains("orders"))', OPEN),  # the back end's path
    (f'@({REQUEST}.Url.Host == "gw.example")', OPEN),
    (f'@({REQUEST}.Url.ToString().Contains("gw"))', OPEN),
    (f'@({REQUEST}.IpAddress == "192.0.2.7")', OPEN),
    (f'@({REQUEST}.Headers.ContainsKey("X-Contract"))', FAILS),
    (f'@({REQUEST}.Headers.GetValueOrDefault("Content-Type","") == "")', OPEN),  # clients add it by themselves
    (f'@({REQUEST}.Body.As<string>().Contains("x"))', OPEN),
    ('@(context.User != null)', OPEN),
    ('@(context.Subscription != null)', OPEN),
    ('@(context.Api.Id == "orders")', OPEN),
    ('@(context.Response.StatusCode == 200)', OPEN),
    ('@(DateTime.UtcNow.Year > 2020)', HOLDS),
    ('@(Guid.NewGuid().ToString() == "x")', OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "verdict"), OF_THE_CALL)
def test_a_condition_is_decided_by_what_is_known_of_the_call(condition, verdict):
    trace = judged(when(condition, REFUSE), received())
    assert trace.verdict is verdict
    assert (condition in trace.needs) is (verdict is OPEN)


def test_what_is_given_beside_the_call_is_read_too():
    given = {
        "user": {"email": "ops@contoso.example"}, "product": {"id": "starter"}, "api": {"id": "orders", "path": "o"},
        "body": '{"amount": 3}', "subscription": None,
    }  # fmt: skip
    call = received(context=given, client_ip="192.0.2.7", client_certificate="")
    assert asks('@(context.User?.Email == "ops@contoso.example")', call) is HOLDS
    assert asks('@(context.Product.Id == "unlimited")', call) is FAILS
    assert asks("@(context.Subscription == null)", call) is HOLDS
    assert asks('@((int)context.Request.Body.As<JObject>(preserveContent: true)["amount"] > 2)', call) is HOLDS
    assert asks('@((int)context.Request.Body.As<JObject>(true)["amount"] > 2)', call) is HOLDS
    assert asks('@("x.As<JObject>(true)".Length == 16 + context.Request.Method.Length)', call) is HOLDS
    assert asks('@(context.Request.IpAddress == "192.0.2.7")', call) is HOLDS
    assert asks("@(context.Request.Certificate == null)", call) is HOLDS
    assert asks('@(context.User.Id == "1")', call) is OPEN, "of the person only the address is given"


def test_a_call_as_a_client_sent_it_does_not_tell_what_the_gateway_received():
    sent = replace(received(), is_as_received=False)
    assert asks('@(context.Request.OriginalUrl.Host == "gw.example")', sent) is OPEN
    assert asks('@(context.Request.Headers.ContainsKey("X-Contract"))', sent) is OPEN
    assert asks('@(context.Request.Url.Query.GetValueOrDefault("state","") == "open")', sent) is HOLDS


def test_an_accepted_subscription_key_makes_a_subscription():
    rule = SubscriptionRule((key_digest("k"),), "https://gw.example")
    call = received(("Ocp-Apim-Subscription-Key", "k"))
    assert asks("@(context.Subscription != null)", call, subscription=rule) is HOLDS
    assert asks('@(context.Subscription.Name == "x")', call, subscription=rule) is OPEN


def variable(name, value):
    return f'<set-variable name="{name}" value="{value}" />'


def page(value):
    written = f"<value>{value}</value>"
    return f'<set-query-parameter name="page" exists-action="override">{written}</set-query-parameter>'


SET = [
    (variable("n", "@(3)"), '@((int)context.Variables["n"] == 3)', HOLDS),
    (variable("n", "@(3)"), '@((string)context.Variables["n"] == "3")', OPEN),  # C# throws: it is a number
    (variable("n", "3"), '@((string)context.Variables["n"] == "3")', HOLDS),
    (variable("n", "3"), '@(int.Parse((string)context.Variables["n"]) == 4)', FAILS),
    (variable("b", "@(context.Request.Method == &quot;POST&quot;)"), '@((bool)context.Variables["b"])', FAILS),
    (variable("b", "true"), '@((bool)context.Variables["b"])', OPEN),  # C# throws: a literal is a text
    (
        variable("p", "@(context.Request.OriginalUrl.Path.Split('/'))"),
        '@(((string[])context.Variables["p"])[2] == "v2")',
        HOLDS,
    ),
    (
        variable("o", "@(new JObject(new JProperty(&quot;a&quot;, new JArray(1, 2))))"),
        '@(((JObject)context.Variables["o"])["a"].Count() == 2)',
        HOLDS,
    ),
    (
        variable("d", "@(context.Request.Url.Query.GetValueOrDefault(&quot;x&quot;,&quot;none&quot;))"),
        '@(context.Variables.GetValueOrDefault<string>("d","") == "none")',
        HOLDS,
    ),
    (variable("x", "@(context.User.Id)"), '@((string)context.Variables["x"] == "1")', OPEN),
    (variable("x", "1") + variable("x", "@(context.User.Id)"), '@((string)context.Variables["x"] == "1")', OPEN),
    (variable("x", "@(context.User.Id)") + variable("x", "1"), '@((string)context.Variables["x"] == "1")', HOLDS),
    (variable("x", "1") + "<base />", '@((string)context.Variables["x"] == "1")', OPEN),  # a parent scope may set it
    ("<base />" + variable("x", "1"), '@((string)context.Variables["x"] == "1")', HOLDS),
    ("", '@(context.Variables.ContainsKey("x"))', OPEN),  # a parent scope may have set it
    ("", '@(context.Variables.GetValueOrDefault<string>("x","") == "")', OPEN),
    (
        variable("x", "1") + '<send-request mode="new" response-variable-name="x" />',
        '@((string)context.Variables["x"] == "1")',
        OPEN,
    ),
    (
        variable("x", "1") + '<cache-lookup-value key="k" variable-name="x" />',
        '@((string)context.Variables["x"] == "1")',
        OPEN,
    ),
    ("<set-method>POST</set-method>", '@(context.Request.Method == "POST")', HOLDS),
    (
        '<rewrite-uri template="/x" copy-unmatched-params="false" />',
        '@(context.Request.Url.Query.ContainsKey("state"))',
        OPEN,
    ),
    ('<rewrite-uri template="/x" />', '@(context.Request.OriginalUrl.Query.ContainsKey("state"))', HOLDS),
    (page("9"), '@(context.Request.Url.Query.GetValueOrDefault("page","") == "9")', HOLDS),
    (page("@(context.User.Id)"), '@(context.Request.Url.Query.GetValueOrDefault("page","") == "9")', OPEN),
    (
        header("X-A", '@(context.Request.Method + "!")'),
        '@(context.Request.Headers.GetValueOrDefault("x-a","") == "GET!")',
        HOLDS,
    ),
]


@pytest.mark.parametrize(("before", "condition", "verdict"), SET)
def test_what_earlier_policies_set_is_known_with_its_type(before, condition, verdict):
    assert asks(condition, before=before) is verdict


def test_a_body_that_a_policy_writes_is_not_the_callers():
    call = received(context={"body": "abc"})
    assert asks('@(context.Request.Body.As<string>(true) == "abc")', call) is HOLDS
    assert asks('@(context.Request.Body.As<string>(true) == "abc")', call, "<set-body>x</set-body>") is OPEN


def test_the_same_condition_may_turn_out_otherwise_once_a_variable_is_set_again():
    condition = '@((bool)context.Variables["a"])'
    unknown = variable("a", "@(context.User.Id == context.Api.Id)")
    answer = '<return-response><set-status code="204" /></return-response>'
    text = unknown + when(condition, answer) + variable("a", "@(context.Product != null)") + when(condition, REFUSE)
    assert judged(text, received()).verdict is OPEN
    again = unknown + when(condition, answer) + when(condition, REFUSE)
    assert judged(again, received()).verdict is FAILS


CLAIMS = '((Jwt)context.Variables["jwt"]).Claims'
OF_THE_TOKEN = [
    (f'@({CLAIMS}["roles"].Contains("read"))', HOLDS),
    (f'@(!{CLAIMS}["roles"].Contains("admin"))', HOLDS),
    (f'@({CLAIMS}.ContainsKey("scp"))', FAILS),
    (f'@({CLAIMS}.GetValueOrDefault("azp","") == "client-1")', HOLDS),
    (f'@({CLAIMS}.GetValueOrDefault("roles","") == "read,write")', OPEN),  # what stands between them is not settled
    ('@(((Jwt)context.Variables["jwt"]).Issuer.EndsWith("/v1.0", StringComparison.Ordinal))', FAILS),
    ('@(((Jwt)context.Variables["jwt"]).Subject == "s")', HOLDS),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "verdict"), OF_THE_TOKEN)
def test_a_verified_token_tells_its_claims_to_later_conditions(condition, verdict):
    before = policy('output-token-variable-name="jwt"')
    assert asks(condition, request(token()), before) is verdict


def test_a_token_that_an_expression_reads_itself_tells_its_claims():
    read = '@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt())'
    before = variable("jwt", read.replace('"', "&quot;"))
    assert asks(f'@({CLAIMS}.GetValueOrDefault("azp","") == "client-1")', request(token()), before) is HOLDS
    inline = f'{read[:-1]}?.Claims["roles"].Contains("admin") != true)'
    assert asks(inline, request(token())) is HOLDS


def test_expressions_in_attributes_are_filled_in():
    text = policy(
        'failed-validation-httpcode="@(context.Request.Method == &quot;GET&quot; ? 403 : 401)"',
        audiences="<audience>@(context.Request.OriginalUrl.Host)</audience>",
    )
    trace = judged(text, replace(request(token(aud="gw.example")), is_as_received=True))
    assert trace.verdict is Verdict.ALLOW
    trace = judged(text, replace(request(token(aud="another")), is_as_received=True))
    assert (trace.verdict, trace.status) == (Verdict.REJECT, 403)


def test_a_given_variable_is_a_text_or_what_the_text_says():
    values = Values(variables={"b": "true", "n": "12", "o": '{"a": "x"}', "s": "x"})
    for condition in (
        '@((bool)context.Variables["b"])', '@((string)context.Variables["b"] == "true")',
        '@((int)context.Variables["n"] > 11)', '@(((JObject)context.Variables["o"])["a"].ToString() == "x")',
        '@(context.Variables.GetValueOrDefault<string>("s") == "x")',
    ):  # fmt: skip
        assert asks(condition, values=values) is HOLDS
    assert asks('@(context.Variables["b"].ToString().Length == 4)', values=values) is HOLDS


def test_nothing_is_made_of_a_secret_that_masks_would_miss():
    secret = "s3cret-value"
    values = Values(variables={"k": secret}, secrets=frozenset({secret}))
    asked = Flow(received(), {}, NOW, values=values, variables={"k": secret})
    assert resolved('@((string)context.Variables["k"])', asked) == secret, "whole, it is masked wherever it is shown"
    made = '@(((string)context.Variables["k"]).ToUpper())'
    assert resolved(made, asked) == made
    assert resolved('@("x" + context.Request.Method)', asked) == "xGET"
    assert truth('@((string)context.Variables["k"] == "other")', asked) is False


def test_why_a_condition_stays_open_is_told():
    trace_tells = "A trace of the gateway for such a call tells it."
    for condition, why in (
        ('@(context.User.Id == "1")', "Not given: user. Describe it with the call."),
        ('@(Guid.NewGuid().ToString() == "1")', "It makes a random value, another one for each call."),
        ('@((string)context.Variables["b"] == "1")', f"Not given: the variable b. {trace_tells}"),
        ('@(DateTime.UtcNow.ToString("D") == "1")', f"Not told here: this format of a date. {trace_tells}"),
        ("@(context.Request.Method == 'GET')", "stores no policy with an expression that does not compile."),
    ):
        told = judged(when(condition, REFUSE), received()).steps[0].checks[0].what
        assert told.endswith(why), told
    trace = judged(variable("b", "true") + when('@((bool)context.Variables["b"])', REFUSE), received())
    assert "throws InvalidCastException" in trace.steps[1].checks[0].what


OPEN_CONDITION = "@(context.Elapsed.TotalSeconds &gt; 1)"
SPENDS = '@(context.Request.Body.As&lt;JObject&gt;()["b"] != null)'
KEEPS = '@(context.Request.Body.As&lt;JObject&gt;(preserveContent: true)["b"] != null)'
HAS_A = '@(context.Request.Body.As&lt;JObject&gt;(true)["a"] != null)'


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (when(KEEPS, "<trace source='a'><message>m</message></trace>"), HOLDS),
        (when(SPENDS, "<trace source='a'><message>m</message></trace>"), OPEN),
        (variable("c", "@(context.Request.Body.As&lt;string&gt;())"), OPEN),
        (variable("c", "@(context.Request.Body.As&lt;string&gt;(true))"), HOLDS),
        (header("X", "@(context.Request.Body.As&lt;string&gt;( preserveContent : false))"), OPEN),
        (when(OPEN_CONDITION, variable("c", "@(context.Request.Body.As&lt;string&gt;())")), OPEN),
        ("<set-body>{}</set-body>", OPEN),
    ],
)  # fmt: skip
def test_a_body_that_was_read_and_not_kept_is_not_known_to_later_policies(before, verdict):
    call = received(context={"body": '{"a": 1}'})
    assert judged(before + when(HAS_A, REFUSE), call).verdict is verdict


def test_courses_in_which_the_call_became_another_one_are_told_apart():
    other = "<otherwise><set-body>x</set-body></otherwise>"
    for branch, condition in (
        ("<set-method>PUT</set-method>", '@(context.Request.Method == "GET")'),
        ("<rewrite-uri template='/x' />", f'@({REQUEST}.Url.Query.ContainsKey("state"))'),
        ("<set-body>x</set-body>", HAS_A),
    ):
        call = received(context={"body": '{"a": 1}'})
        text = when(OPEN_CONDITION, branch) + when(condition, REFUSE)
        assert judged(text, call).verdict is OPEN, branch
    text = when(OPEN_CONDITION, "<base />").replace("</choose>", f"{other}</choose>") + when(HAS_A, REFUSE)
    assert judged(text, received(context={"body": '{"a": 1}'})).verdict is OPEN

"""choose, and what is certain although a condition is not known."""

from dataclasses import replace
from itertools import pairwise
from xml.sax.saxutils import quoteattr

import pytest

from console.core.policy.engine.conditions import LastError, resolved, truth
from console.core.policy.engine.control import MAX_STEPS
from console.core.policy.engine.known_call import TextOfVariable
from console.core.policy.engine.model import Flow, Verdict
from console.core.policy.engine.parts_read import relevance_of
from console.core.policy.engine.worlds import MAX_WORLDS
from console.core.policy.text.document import read_policy
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW, failed, judged, policy, request, token, warnings

ADMIN = '<required-claims><claim name="roles"><value>admin</value></claim></required-claims>'
REFUSE = '<return-response><set-status code="403" reason="No"/></return-response>'
ANSWER = '<return-response><set-status code="204"/></return-response>'
A, B = "@(context.User != null)", "@(context.Product != null)"


def when(condition, then, otherwise=None):
    tail = "" if otherwise is None else f"<otherwise>{otherwise}</otherwise>"
    escaped = condition.replace('"', "&quot;").replace("<", "&lt;").replace("&&", "&amp;&amp;")
    return f'<choose><when condition="{escaped}">{then}</when>{tail}</choose>'


def flow(headers=(), **variables):
    return Flow(request(headers=tuple(dict(headers).items())), {}, NOW, variables=variables)


KNOWN = [
    ("true", True), ("True", True), ("1", True), ("false", False), ("FALSE", False), ("0", False),
    ("@(true)", True), ("@(false)", False), ("@( true )", True), ("@(context.User)", None), ("", None), ("yes", None),
    ("{{flag}}", None),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "holds"), KNOWN)
def test_a_condition_is_known_only_without_running_code(condition, holds):
    assert truth(condition, flow()) is holds


def test_a_condition_may_read_a_known_variable():
    assert truth('@((bool)context.Variables["a"])', flow(a=True)) is True
    assert truth('@((bool)context.Variables["a"])', flow(a=TextOfVariable("True"))) is True, "given as a text"
    assert truth('@(context.Variables.GetValueOrDefault<bool>("a"))', flow(a=TextOfVariable("false"))) is False
    assert truth('@((string)context.Variables["a"] == "false")', flow(a=TextOfVariable("false"))) is True
    assert truth('@((bool)context.Variables["a"])', flow(a="True")) is None, "a text is no Boolean: C# throws"
    assert truth('@((bool)context.Variables["a"])', flow()) is None


def test_a_condition_on_the_call_is_decided_by_the_call():
    admin = '@(context.Request.Headers.GetValueOrDefault("X-Role", "") == "admin" && context.Request.Method == "GET")'
    assert truth(admin, flow({"x-role": "admin"})) is True
    assert truth(admin, flow({"X-Role": "guest"})) is False
    assert truth(admin, flow()) is None  # it may have been left out of what is known
    assert truth(f"{admin[:-1]} && context.User != null)", flow({"x-role": "admin"})) is None


def test_a_condition_on_a_header_that_a_policy_wrote_from_what_nobody_knows_is_not_known():
    admin = '@(context.Request.Headers.GetValueOrDefault("X-Role", "") == "admin")'
    assert truth(admin, flow({"x-role": "@(context.User.Id)"})) is None
    assert truth('@(context.Request.Method == "GET")', flow({"x-role": "@(context.User.Id)"})) is True


def test_a_condition_tells_nothing_of_what_is_withheld():
    withheld = replace(flow().request, headers=(("Authorization", "Bearer h.c.secret"),), withheld=("secret",))
    asked = Flow(withheld, {}, NOW)
    header = 'context.Request.Headers.GetValueOrDefault("Authorization","")'
    assert truth(f'@({header}.EndsWith("t"))', asked) is False
    assert truth(f'@({header}.EndsWith("A"))', asked) is None
    assert truth(f'@({header}.StartsWith("Bearer h.c.") && {header}.Length == 17)', asked) is True
    assert truth(f'@({header} == "Bearer h.c.secret")', asked) is True, "who writes it whole knows it"
    assert truth(f'@({header}.EndsWith("t"))', Flow(replace(withheld, withheld=()), {}, NOW)) is True


def test_what_an_expression_makes_of_a_secret_value_is_not_told():
    made = '@(context.Request.Method + string.Join("-", "secret-value".ToCharArray()))'
    hidden = Flow(request(), {}, NOW, values=Values(secrets=frozenset({"secret-value"})))
    assert resolved(made, hidden) == made
    assert resolved(made, flow()) == "GETs-e-c-r-e-t---v-a-l-u-e"
    other = Flow(request(headers=(("X-Key", "other"),)), {}, NOW, values=Values(secrets=frozenset({"secret-value"})))
    assert truth('@(context.Request.Headers.GetValueOrDefault("X-Key","") == "secret-value")', other) is False


ERROR = LastError("validate-jwt", ("TokenExpired",), "inbound", "orders", 401)
TWO_NAMES = LastError("validate-jwt", ("TokenClaimValueNotAllowed", "TokenClaimValueMismatch"), "inbound", "", 401)
OF_ERRORS = [
    ('@(context.LastError.Source == "validate-jwt")', ERROR, True),
    ('@(context.LastError.Source != "validate-jwt")', ERROR, False),
    ('@(context.LastError?.Reason == "TokenExpired")', ERROR, True),
    ('@(context.LastError.Reason == "JwtInvalid")', ERROR, False),
    ('@(context.LastError.Reason == "TokenClaimValueMismatch")', TWO_NAMES, None),
    ('@(context.LastError.Reason == "TokenExpired")', TWO_NAMES, False),
    ('@(context.LastError.PolicyId == "orders")', ERROR, True),
    ('@(context.LastError.Section == "outbound")', ERROR, False),
    ("@(context.Response.StatusCode == 401)", ERROR, True),
    ("@(context.Response.StatusCode >= 402)", ERROR, False),
    ("@(context.LastError != null)", ERROR, True),
    ('@(context.LastError.Source == "validate-jwt" && context.Response.StatusCode == 401)', ERROR, True),
    ('@(context.LastError.Source == "validate-jwt" && context.User != null)', ERROR, None),
    ('@(context.LastError.Source == "quota" && context.User != null)', ERROR, False),
    ('@(context.LastError.Source == "quota" || context.Response.StatusCode == 401)', ERROR, True),
    ('@(context.LastError.Source == "quota" || context.Response.StatusCode == 403)', ERROR, False),
    ('@(a == 1 || b == 2 && c == 3)', ERROR, None),
    ('@(context.LastError.Message.Contains("IDX"))', ERROR, None),
    ('@(context.LastError.Source == "validate-jwt")', None, None),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "error", "holds"), OF_ERRORS)
def test_simple_comparisons_with_the_last_error_are_known(condition, error, holds):
    assert truth(condition, flow(), error) is holds


def test_only_the_branch_that_holds_runs():
    trace = judged(when("true", policy(), policy(children=ADMIN)), request(token()))
    assert (trace.verdict, failed(trace)) == (Verdict.ALLOW, [])
    assert [step.path for step in trace.steps] == ["inbound/choose[1]", "inbound/choose[1]/when[1]/validate-jwt[1]"]


def test_the_value_of_a_condition_may_be_given():
    text = when(A, policy(), policy(children=ADMIN))
    for value, verdict in (("true", Verdict.ALLOW), ("False", Verdict.REJECT)):
        trace = judged(text, request(token()), values=Values(expressions={A: value}))
        assert trace.verdict is verdict


def test_without_otherwise_nothing_runs_when_nothing_holds():
    assert judged(when("false", REFUSE), request()).verdict is Verdict.ALLOW


def test_a_later_when_runs_only_if_no_earlier_one_did():
    text = f'<choose><when condition="true">{ANSWER}</when><when condition="true">{REFUSE}</when></choose>'
    assert (judged(text, request()).verdict, judged(text, request()).status) == (Verdict.ALLOW, 204)


def test_branches_that_differ_leave_the_call_open_and_name_the_condition():
    trace = judged(when(A, policy(), policy(children=ADMIN)), request(token()))
    assert (trace.verdict, trace.needs, trace.status) == (Verdict.UNDECIDED, (A,), None)
    assert {step.path: step.condition for step in trace.steps} == {
        "inbound/choose[1]": "",
        "inbound/choose[1]/when[1]/validate-jwt[1]": A,
        "inbound/choose[1]/otherwise[1]/validate-jwt[1]": f"not {A}",
    }


def test_what_every_branch_refuses_is_refused():
    trace = judged(when(A, policy(), policy(children=ADMIN)), request(token(exp=NOW - 1)))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenExpired")
    assert "answer-depends-on-condition" not in warnings(trace)


def test_refusals_that_differ_give_the_first_answer_and_say_so():
    trace = judged(when(A, policy(), REFUSE), request())
    assert (trace.verdict, trace.status, trace.reason) == (Verdict.REJECT, 401, "TokenNotPresent")
    assert "answer-depends-on-condition" in warnings(trace)


def test_what_every_branch_lets_pass_is_allowed():
    assert judged(when(A, policy(), policy()), request(token())).verdict is Verdict.ALLOW


def test_a_condition_that_decides_nothing_is_not_asked_for():
    trace = judged(when(A, "<set-body>x</set-body>", "<trace/>") + policy(), request(token()))
    assert (trace.verdict, trace.needs) == (Verdict.ALLOW, ())


def test_a_certain_refusal_after_an_unknown_branch_stays_one():
    trace = judged(when(A, '<set-header name="X"><value>1</value></set-header>') + policy(), request())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")


def test_an_answer_in_one_branch_leaves_open_what_the_rest_refuses():
    trace = judged(when(A, ANSWER) + policy(), request())
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, (A,))
    last = trace.steps[-1]
    assert (last.policy, last.is_reached, last.condition) == ("validate-jwt", True, f"not {A}")


def test_a_refusal_in_one_branch_leaves_open_what_the_rest_allows():
    assert judged(when(A, REFUSE) + policy(), request(token())).verdict is Verdict.UNDECIDED
    assert judged(when(A, REFUSE) + policy(), request()).verdict is Verdict.REJECT


def test_the_same_condition_has_the_same_answer_everywhere():
    text = when(A, ANSWER) + when(A, REFUSE)
    assert judged(text, request()).verdict is Verdict.ALLOW  # where A holds the call is over, elsewhere nothing runs
    assert judged(when(A, ANSWER) + when(B, REFUSE), request()).verdict is Verdict.UNDECIDED


def test_variables_that_branches_set_are_remembered_per_branch():
    text = when(A, '<set-variable name="go" value="@(true)"/>', '<set-variable name="go" value="@(false)"/>') + when(
        '@((bool)context.Variables["go"])', "<trace/>", REFUSE
    )
    trace = judged(text, request())
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, (A,))
    assert judged(text, request(), values=Values(expressions={A: "true"})).verdict is Verdict.ALLOW


SPELLINGS = [
    ("a plain name", "ab", "ab"),
    ("an escape", "ab", r"a\u0062"),
    ("an escaped backslash", r"a\b", r"a\\b"),
    ("after a quotation mark of its own", "ab", '"] == \'"\' || (bool)context.Variables["ab'),
]


@pytest.mark.parametrize(("what", "name", "spelt"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_a_variable_counts_however_an_expression_spells_it(what, name, spelt):
    sets = f'<set-variable name="{name}" value="{{}}"/>'
    divided = when(A, sets.format("true"), sets.format("false"))
    trace = judged(divided + when(f'@((bool)context.Variables["{spelt}"])', REFUSE), request())
    assert (trace.verdict, A in trace.needs) == (Verdict.UNDECIDED, True)


def test_a_variable_counts_when_its_name_is_a_verbatim_string():
    sets = "<set-variable name='a\"b' value='{}'/>"
    divided = when(A, sets.format("true"), sets.format("false"))
    trace = judged(divided + when('@((bool)context.Variables[@"a""b"])', REFUSE), request())
    assert (trace.verdict, A in trace.needs) == (Verdict.UNDECIDED, True)


SETS = '<set-header name="X-A"><value>1</value></set-header>'
CHECKS = '<check-header name="{}" failed-check-httpcode="400" failed-check-error-message="No"/>'


def test_a_header_that_one_branch_sets_counts_when_a_later_policy_reads_it():
    assert judged(when(A, SETS) + CHECKS.format("x-a"), request()).verdict is Verdict.UNDECIDED
    assert judged(when(A, SETS) + CHECKS.format("x-b"), request(headers=(("X-B", "1"),))).needs == ()


def test_a_parameter_that_one_branch_sets_counts_when_a_later_policy_reads_it():
    sets = '<set-query-parameter name="jwt"><value>no.token</value></set-query-parameter>'
    trace = judged(when(A, sets) + '<validate-jwt query-parameter-name="jwt"/>', request())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "JwtInvalid")
    assert "answer-depends-on-condition" in warnings(trace)


def test_every_header_counts_when_one_is_only_known_at_run_time():
    known, unknown = read_policy(CHECKS.format("X-A")), read_policy(CHECKS.format("@(context.Name)"))
    assert relevance_of(unknown.walk_all()).headers is None
    assert "x-a" in (relevance_of(known.walk_all()).headers or ())


def test_nested_conditions_are_told_together():
    trace = judged(when(A, when(B, REFUSE)), request())
    assert (trace.verdict, set(trace.needs)) == (Verdict.UNDECIDED, {A, B})
    assert trace.steps[-1].condition == f"{A} and {B}"
    assert trace.steps[-1].path == "inbound/choose[1]/when[1]/choose[1]/when[1]/return-response[1]"


def test_conditions_of_a_call_that_is_over_do_not_open_it_again():
    trace = judged(policy() + when(A, REFUSE, ANSWER), request())
    assert (trace.verdict, trace.status) == (Verdict.REJECT, 401)
    assert [step.is_reached for step in trace.steps] == [True, False, False, False]


def many(count, then):
    return "".join(when(f"@(context.A{number})", then.format(number)) for number in range(count))


MARK = '<set-variable name="a{0}" value="1"/>'


def test_many_conditions_that_nobody_reads_cost_nothing():
    trace = judged(many(200, MARK) + policy(), request(token()))
    assert (trace.verdict, trace.needs) == (Verdict.ALLOW, ())


@pytest.mark.parametrize(("count", "is_cut"), [(6, False), (7, True)])
def test_more_combinations_than_are_followed_leave_the_call_open(count, is_cut):
    assert MAX_WORLDS == 2**6
    readers = "".join(f'<trace source="@(context.Variables[&quot;a{number}&quot;])"/>' for number in range(count))
    trace = judged(many(count, MARK) + readers + policy(), request(token()))
    assert (trace.verdict is Verdict.UNDECIDED) is is_cut
    assert ("too-many-conditions" in warnings(trace)) is is_cut


def test_a_long_condition_is_not_repeated_with_every_step_under_it():
    condition = f"@(context.A({'x' * 20_000}))"
    trace = judged(when(condition, "<trace/>" * 50), request())
    under = {step.condition for step in trace.steps if step.policy == "trace"}
    assert under == {f"{condition[:300]}… ({len(condition)} characters)"}
    assert condition in trace.steps[0].checks[0].what


def test_a_choose_of_thousands_of_conditions_is_answered_at_once():
    branches = "".join(f'<when condition="@(context.A{number})">{ANSWER}</when>' for number in range(2_000))
    assert judged(f"<choose>{branches}</choose>" + policy(), request()).verdict is Verdict.UNDECIDED


def test_after_the_api_has_answered_its_answer_decides_nothing_about_the_caller():
    text = (
        f"<policies><inbound/><outbound>{when('@(context.Response.StatusCode == 500)', REFUSE)}</outbound></policies>"
    )
    trace = judged(text, request())
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, {"answer-may-change"})


def outbound(policies):
    return f"<policies><inbound/><outbound>{policies}</outbound></policies>"


ONLY_200 = [
    "@(context.Response.StatusCode == 200)",
    '@(context.Response.StatusCode == 200 && (string)context.Response.Body.As<JObject>()["state"] == "ok")',
    '@(((IResponse)context.Variables["other"]).StatusCode == 200 && context.Response.StatusCode == 200)',
]


@pytest.mark.parametrize("condition", ONLY_200)
def test_what_answers_in_the_apis_place_unless_it_answered_well_refuses_nobody(condition):
    empty = f"<when condition={quoteattr(condition)}/>"
    trace = judged(outbound(f"<choose>{empty}<otherwise>{REFUSE}</otherwise></choose>"), request())
    assert (trace.verdict, trace.needs, warnings(trace)) == (Verdict.ALLOW, (), {"answer-may-change"})


def test_the_answer_that_is_taken_for_granted_is_named():
    text = (
        f"<policies><inbound/><outbound>{when('@(context.Response.StatusCode == 500)', REFUSE)}</outbound></policies>"
    )
    (told,) = judged(text, request()).steps[0].checks
    assert told.what.endswith("does not hold when the API answers 200.")


def test_an_answer_of_the_api_that_is_told_decides():
    text = (
        f"<policies><inbound/><outbound>{when('@(context.Response.StatusCode == 500)', REFUSE)}</outbound></policies>"
    )
    told = replace(request(), context={"response": {"status": 500, "reason": "", "headers": {}, "body": ""}})
    assert judged(text, told).verdict is Verdict.REJECT


def test_an_answer_in_the_outbound_section_replaces_the_apis():
    text = f"<policies><inbound/><backend/><outbound>{REFUSE}</outbound></policies>"
    assert (judged(text, request()).verdict, judged(text, request()).status) == (Verdict.REJECT, 403)


HOLDERS = [
    '<wait for="all">{}</wait>',
    '<retry condition="@(context.Response.StatusCode == 500)" count="3" interval="1">{}</retry>',
    '<limit-concurrency key="a" max-count="3">{}</limit-concurrency>',
]


@pytest.mark.parametrize("holder", HOLDERS)
def test_policies_inside_others_run_in_their_place(holder):
    trace = judged(holder.format(policy()), request())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert trace.steps[-1].path.endswith("[1]/validate-jwt[1]")


INCLUDE = '<include-fragment fragment-id="rules"/>'


def test_a_fragment_that_is_given_runs_in_its_place():
    given = Values(fragments={"rules": f"<fragment>{policy()}</fragment>"}, named_values={"x": "y"})
    trace = judged(INCLUDE, request(), values=given)
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert [step.path for step in trace.steps] == [
        "inbound/include-fragment[1]", "inbound/include-fragment[1]/validate-jwt[1]",
    ]  # fmt: skip


def test_a_fragment_that_is_not_here_is_said_and_open_only_where_it_may_be_the_guard():
    guarded, bare = judged(INCLUDE + policy(), request(token())), judged(INCLUDE, request(token()))
    assert (guarded.verdict, bare.verdict) == (Verdict.ALLOW, Verdict.UNDECIDED)
    assert bare.needs == ("fragment rules",)
    assert "hidden-fragment" in warnings(guarded) & warnings(bare)


def test_a_fragment_of_another_section_guards_nothing():
    text = f"<policies><inbound/><backend/><outbound>{INCLUDE}</outbound></policies>"
    trace = judged(text, request())
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, {"hidden-fragment"})


def test_a_fragment_that_includes_itself_ends():
    given = Values(fragments={"rules": f"<fragment>{INCLUDE}</fragment>"})
    trace = judged(INCLUDE, request(), values=given)
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("fragment rules",))


def test_fragments_that_double_at_every_level_end():
    names = [f"f{number}" for number in range(10)]
    twenty = {name: f'<include-fragment fragment-id="{after}"/>' * 20 for name, after in pairwise(names)}
    given = Values(fragments={**twenty, names[-1]: "<fragment><trace/></fragment>"})
    trace = judged('<include-fragment fragment-id="f0"/>' + policy(), request(), values=given)
    assert MAX_STEPS <= len(trace.steps) <= MAX_STEPS + 500
    assert (trace.verdict, trace.reason, "hidden-fragment" in warnings(trace)) == (
        Verdict.REJECT, "TokenNotPresent", True,
    )  # fmt: skip


def test_fragments_that_include_each_other_many_times_over_end():
    names = [f"f{number}" for number in range(12)]
    chain = {name: f'<fragment><include-fragment fragment-id="{after}"/></fragment>' for name, after in pairwise(names)}
    trace = judged('<include-fragment fragment-id="f0"/>', request(), values=Values(fragments=chain))
    assert trace.verdict is Verdict.UNDECIDED

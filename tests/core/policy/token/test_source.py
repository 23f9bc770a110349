"""Where the token is taken from: header, parameter or value, with or without a scheme, and with nothing in it."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Verdict
from console.core.policy.text.values import Values
from tests.core.policy.builders import URL, failed, judged, reported, request, token, unsure, warnings

BEARER = 'header-name="Authorization" require-scheme="Bearer"'
ANY = 'header-name="Authorization"'
QUERY = 'query-parameter-name="jwt"'
OWN = 'header-name="X-Token"'
PLACE = "https://gw.example/orders"
NOT_PRESENT = ("TokenNotPresent", error_body(401, "JWT not present."))


def _policy(source):
    return f'<validate-jwt {source}><openid-config url="{URL}"/></validate-jwt>'


def _auth(*values):
    return request(headers=tuple(("Authorization", value) for value in values))


def _own(value):
    return request(headers=(("x-token", value),))


def _query(text):
    return request(url=f"{PLACE}?{text}")


TAKEN = [
    ("the scheme the policy wants", BEARER, lambda: _auth(f"Bearer {token()}")),
    ("Bearer where none is wanted", ANY, lambda: _auth(f"Bearer {token()}")),
    ("bearer where none is wanted", ANY, lambda: _auth(f"bearer {token()}")),
    (
        "another scheme that the policy wants",
        'header-name="Authorization" require-scheme="JWT"',
        lambda: _auth(f"JWT {token()}"),
    ),
    ("header names in other letters", 'header-name="AUTHORIZATION" require-scheme="Bearer"', lambda: request(token())),
    ("an own header, whatever scheme is required", OWN + ' require-scheme="Bearer"', lambda: _own(token())),
    ("a parameter among others", QUERY, lambda: _query(f"a=1&JWT={token()}&b=2")),
    ("a value", 'token-value="@(given)"', request),
    ("a value before anything else", f'token-value="@(given)" {ANY}', lambda: _auth("Bearer broken")),
]


@pytest.mark.parametrize(("what", "source", "sent"), TAKEN, ids=[row[0] for row in TAKEN])
def test_a_token_in_its_place_is_taken(what, source, sent):
    trace = judged(_policy(source), sent(), values=Values(expressions={"@(given)": token()}))
    assert (trace.verdict, unsure(trace)) == (Verdict.ALLOW, set())
    assert "token-trimmed" not in warnings(trace)


ABSENT = [
    ("no header", BEARER, request, "token-present"),
    ("an empty header", BEARER, lambda: _auth(""), "token-present"),
    ("a blank header", ANY, lambda: _auth("  "), "token-present"),
    ("the scheme alone", BEARER, lambda: _auth("Bearer"), "token-present"),
    ("the scheme and a blank", BEARER, lambda: _auth("Bearer "), "token-present"),
    ("Bearer alone where none is wanted", ANY, lambda: _auth("Bearer"), "token-present"),
    ("no scheme", BEARER, lambda: _auth(token()), "scheme"),
    ("another scheme", BEARER, lambda: _auth("Basic dXNlcjpwYXNz"), "scheme"),
    ("DPoP", BEARER, lambda: _auth(f"DPoP {token()}"), "scheme"),
    ("the parameter is not there", QUERY, lambda: request(token()), "token-present"),
    ("the parameter is empty", QUERY, lambda: _query("jwt="), "token-present"),
    ("the own header is not there", OWN, lambda: request(token()), "token-present"),
    ("the value is empty", 'token-value=""', request, "token-present"),
]


@pytest.mark.parametrize(("what", "source", "sent", "check"), ABSENT, ids=[row[0] for row in ABSENT])
def test_no_token_is_refused_as_not_present(what, source, sent, check):
    trace = judged(_policy(source), sent())
    assert (failed(trace), reported(trace)[0]) == ([check], check)
    assert (trace.status, trace.reason, trace.body) == (401, *NOT_PRESENT)
    assert unsure(trace) == set()


MALFORMED = [
    ("Bearer in an own header", OWN, lambda: _own(f"Bearer {token()}"), "begins with the word Bearer"),
    ("Bearer in a value", f'token-value="Bearer {token()}"', request, "begins with the word Bearer"),
    ("Bearer in a parameter", QUERY, lambda: _query(f"jwt=Bearer%20{token()}"), "begins with the word Bearer"),
    ("Bearer twice", BEARER, lambda: _auth(f"Bearer Bearer {token()}"), "begins with the word Bearer"),
    ("quotation marks", BEARER, lambda: _auth(f'Bearer "{token()}"'), "quotation marks"),
    ("a blank inside", BEARER, lambda: _auth(f"Bearer {token()[:40]} {token()[40:]}"), "white space inside"),
    ("Basic where none is wanted", ANY, lambda: _auth("Basic dXNlcjpwYXNz"), "has 1 part between"),
    ("two tokens in one header", BEARER, lambda: _auth(f"Bearer {token()}, Bearer {token()}"), "has 5 parts"),
]


@pytest.mark.parametrize(("what", "source", "sent", "why"), MALFORMED, ids=[row[0] for row in MALFORMED])
def test_what_is_no_token_is_malformed(what, source, sent, why):
    trace = judged(_policy(source), sent())
    assert reported(trace) == ("well-formed", "JwtInvalid", "IDX12741")
    told = trace.steps[0].reported.what
    assert why in told or why == "has 5 parts"
    assert (trace.status, trace.body) == (401, error_body(401, trace.steps[0].reported.message))


TRIMMED = [
    ("two blanks behind the scheme", BEARER, lambda: _auth(f"Bearer  {token()}")),
    ("a tab behind the scheme", BEARER, lambda: _auth(f"Bearer\t{token()}")),
    ("a line break at the end", BEARER, lambda: _auth(f"Bearer {token()}\n")),
    ("blanks around the header", ANY, lambda: _auth(f" Bearer {token()} ")),
    ("a blank in a parameter", QUERY, lambda: _query(f"jwt={token()}%20")),
    ("blanks in an own header", OWN, lambda: _own(f" {token()}")),
]


@pytest.mark.parametrize(("what", "source", "sent"), TRIMMED, ids=[row[0] for row in TRIMMED])
def test_white_space_around_the_token_is_removed_and_told(what, source, sent):
    trace = judged(_policy(source), sent())
    assert trace.verdict is Verdict.ALLOW
    assert "token-trimmed" in warnings(trace)


SWITCHED = [
    ("bare-token", ANY, lambda: _auth(token()), {"accepted": Verdict.ALLOW, "refused": Verdict.REJECT}, "scheme"),
    (
        "other-scheme",
        ANY,
        lambda: _auth(f"DPoP {token()}"),
        {"accepted": Verdict.ALLOW, "refused": Verdict.REJECT},
        "scheme",
    ),
    (
        "scheme-case",
        BEARER,
        lambda: _auth(f"bearer {token()}"),
        {"ignored": Verdict.ALLOW, "exact": Verdict.REJECT},
        "scheme",
    ),
    (
        "two-values",
        BEARER,
        lambda: _auth(f"Bearer {token()}", "Bearer x"),
        {"first": Verdict.ALLOW, "refused": Verdict.REJECT},
        "token-present",
    ),
    (
        "two-values",
        QUERY,
        lambda: _query(f"jwt={token()}&jwt=x"),
        {"first": Verdict.ALLOW, "refused": Verdict.REJECT},
        "token-present",
    ),
]


@pytest.mark.parametrize(("switch", "source", "sent", "choices", "check"), SWITCHED)
def test_what_nobody_has_confirmed_follows_its_switch_and_is_told(switch, source, sent, choices, check):
    for choice, verdict in choices.items():
        trace = judged(_policy(source), sent(), switches={switch: choice})
        assert (trace.verdict, unsure(trace)) == (verdict, {switch})
        if verdict is Verdict.REJECT:
            assert (reported(trace)[0], trace.reason) == (check, "TokenNotPresent")


def test_behind_a_wrong_scheme_the_token_is_judged_all_the_same():
    trace = judged(_policy(BEARER), _auth(token(exp=1)))
    assert failed(trace) == ["scheme", "not-before", "expiry"]
    assert trace.reason == "TokenNotPresent"


OPEN = [
    ("the value", 'token-value="@(a.b)"', "token-value: @(a.b)"),
    ("the header's name", 'header-name="{{place}}"', "header-name: {{place}}"),
    ("the parameter's name", 'query-parameter-name="{{place}}"', "query-parameter-name: {{place}}"),
    ("the scheme", 'header-name="Authorization" require-scheme="{{scheme}}"', "require-scheme: {{scheme}}"),
]


@pytest.mark.parametrize(("what", "source", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_a_place_nobody_knows_leaves_the_answer_open(what, source, need):
    trace = judged(_policy(source), request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert need in trace.needs


def test_an_unknown_scheme_does_not_excuse_a_token_that_fails_for_certain():
    trace = judged(_policy(OPEN[3][1]), request(token(exp=None)))
    assert (trace.verdict, failed(trace)) == (Verdict.REJECT, ["expiration-present"])


def test_a_header_that_a_policy_fills_at_run_time_leaves_the_answer_open():
    text = '<inbound><set-header name="Authorization"><value>@(c.User.Token)</value></set-header>'
    trace = judged(f"{text}{_policy(BEARER)}</inbound>", request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert "@(c.User.Token)" in trace.needs


def test_a_placeholder_that_the_caller_sent_is_no_token():
    assert reported(judged(_policy(BEARER), _auth("Bearer {{access_token}}")))[0] == "well-formed"

"""set-query-parameter: what later policies see of the address."""

import pytest

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


def test_the_other_parameters_stay_as_they_are_written():
    trace = judged(parameter("override"), request(url="https://gw.example/x?b&c=%ff%2f+&&j%77t=old&d=a=b#end"))
    assert trace.request.url == "https://gw.example/x?b&c=%ff%2f+&d=a=b&jwt=new"
    assert [trace.request.query_values(name) for name in ("b", "c", "d")] == [("",), ("\ufffd/ ",), ("a=b",)]


OVERWRITING = [
    ("parameter", parameter("delete") + IN_QUERY, True),
    ("other parameter", parameter("delete", name="x") + IN_QUERY, False),
    ("parameter, header read", parameter("delete") + policy(), False),
]


@pytest.mark.parametrize(("what", "text", "is_warned"), OVERWRITING, ids=[row[0] for row in OVERWRITING])
def test_replacing_the_token_that_a_later_policy_reads_is_said(what, text, is_warned):
    trace = judged(text, request(token(), url=f"https://gw.example/x?jwt={token()}&x=1"))
    assert ("token-overwritten" in warnings(trace)) is is_warned

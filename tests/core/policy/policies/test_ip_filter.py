"""ip-filter: addresses, ranges, both versions of IP, and a caller that nobody knows."""

from dataclasses import replace

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import failed, judged, request, warnings

NOT_ALLOWED, BLOCKED, UNREADABLE = "CallerIpNotAllowed", "CallerIpBlocked", "FailedToParseCallerIP"
ONE = "<address>203.0.113.7</address>"
RANGE = '<address-range from="198.51.100.5" to="198.51.100.100"/>'
SIX = '<address-range from="2001:db8::1" to="2001:db8::ffff"/>'


def text(action, *entries):
    return f'<ip-filter action="{action}">{"".join(entries)}</ip-filter>'


def called(policy, address):
    return judged(policy, replace(request(), client_ip=address))


CASES = [
    (text("allow", ONE), "203.0.113.7", ""),
    (text("allow", ONE), "203.0.113.8", NOT_ALLOWED),
    (text("allow", ONE), "::ffff:203.0.113.7", ""),
    (text("allow", ONE, RANGE), "198.51.100.50", ""),
    (text("allow", RANGE), "198.51.100.4", NOT_ALLOWED),
    (text("allow", RANGE), "198.51.100.5", ""),
    (text("allow", RANGE), "198.51.100.100", ""),
    (text("allow", RANGE), "198.51.100.101", NOT_ALLOWED),
    (text("allow", SIX), "2001:DB8::42", ""),
    (text("allow", SIX), "2001:db8::1:0", NOT_ALLOWED),
    (text("allow", SIX), "203.0.113.7", NOT_ALLOWED),
    (text("allow", RANGE), "2001:db8::42", NOT_ALLOWED),
    (text("forbid", RANGE), "198.51.100.9", BLOCKED),
    (text("forbid", RANGE), "198.51.100.101", ""),
    (text("forbid", ONE, RANGE), "203.0.113.7", BLOCKED),
    (text("allow", "<address> 203.0.113.7 </address>"), " 203.0.113.7", ""),
    (text("allow", ONE), "somewhere", UNREADABLE),
    (text("forbid", ONE), "somewhere", UNREADABLE),
    ("<ip-filter><address>203.0.113.7</address></ip-filter>", "203.0.113.8", NOT_ALLOWED),
]


@pytest.mark.parametrize(("policy", "address", "reason"), CASES)
def test_the_list_decides_about_the_address(policy, address, reason):
    trace = called(policy, address)
    assert (trace.verdict, trace.reason) == (Verdict.REJECT if reason else Verdict.ALLOW, reason)
    assert failed(trace) == (["ip"] if reason else [])
    assert trace.status == (403 if reason else None)


def test_an_unknown_caller_is_asked_for():
    trace = judged(text("allow", ONE), request())
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("client_ip",))


OPEN = [
    (text("allow", "<address>{{office}}</address>"), "203.0.113.8", Verdict.UNDECIDED, ("{{office}}",)),
    (text("allow", "<address>{{office}}</address>", ONE), "203.0.113.7", Verdict.ALLOW, ()),
    (text("forbid", "<address>{{office}}</address>"), "203.0.113.8", Verdict.UNDECIDED, ("{{office}}",)),
    (text("forbid", "<address>{{office}}</address>", ONE), "203.0.113.7", Verdict.REJECT, ()),
    (text("allow", '<address-range from="{{a}}" to="{{b}}"/>'), "203.0.113.8", Verdict.UNDECIDED, ("{{a}} to {{b}}",)),
    (text("{{action}}", ONE), "203.0.113.7", Verdict.UNDECIDED, ("{{action}}",)),
    (text("allow", "<address>203.0.113.0/24</address>"), "203.0.113.8", Verdict.UNDECIDED, ("203.0.113.0/24",)),
]


@pytest.mark.parametrize(("policy", "address", "verdict", "needs"), OPEN)
def test_an_entry_that_nobody_can_read_is_asked_for_unless_another_decides(policy, address, verdict, needs):
    trace = called(policy, address)
    assert (trace.verdict, trace.needs) == (verdict, needs)


def test_only_the_body_of_a_refusal_is_unconfirmed():
    trace = called(text("allow", ONE), "203.0.113.8")
    assert warnings(trace) == {"unconfirmed-body"}
    assert (
        trace.body == '{ "statusCode": 403, "message": "Caller IP address 203.0.113.8 is not allowed. Access denied." }'
    )
    (check,) = trace.steps[0].checks
    assert (check.expected, check.actual) == ("203.0.113.7", "203.0.113.8")

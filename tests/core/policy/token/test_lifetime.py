"""exp and nbf: every boundary, the skew, and what is no time at all."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import NOW, failed, judged, policy, reported, request, token, unsure
from tests.core.policy.tokens import CLAIMS, signed

SKEW = 'clock-skew="300"'
NO_EXP = 'require-expiration-time="false"'
EXPIRED = ("expiry", "TokenExpired", "IDX10223")
EARLY = ("not-before", "JwtInvalid", "IDX10222")
REVERSED = ("not-before", "JwtInvalid", "IDX10224")
NO_TIME = ("expiration-present", "JwtInvalid", "IDX10225")
NO_START = ("not-before", "JwtInvalid", "IDX10222")

REFUSED = [
    ("a second ago", "", {"exp": NOW - 1}, EXPIRED),
    ("half a second ago", "", {"exp": NOW - 0.5}, EXPIRED),
    ("a second beyond the skew", SKEW, {"exp": NOW - 301}, EXPIRED),
    ("the year 1970", "", {"exp": 0, "nbf": None}, EXPIRED),
    ("before 1970", "", {"exp": -1, "nbf": None}, EXPIRED),
    ("not required, but past", NO_EXP, {"exp": NOW - 1}, EXPIRED),
    ("from the next second on", "", {"nbf": NOW + 1}, EARLY),
    ("a second beyond the skew", SKEW, {"nbf": NOW + 301}, EARLY),
    ("in milliseconds", "", {"nbf": NOW * 1000, "exp": None}, NO_TIME),
    ("nbf in milliseconds, no exp required", NO_EXP, {"nbf": NOW * 1000, "exp": None}, EARLY),
    ("nbf after exp", "", {"nbf": NOW + 10, "exp": NOW + 9}, REVERSED),
    ("nbf after exp, both past", SKEW, {"nbf": NOW - 10, "exp": NOW - 11}, REVERSED),
    ("no exp", "", {"exp": None}, NO_TIME),
]


@pytest.mark.parametrize(("what", "attributes", "changes", "failure"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_token_outside_its_time_is_refused(what, attributes, changes, failure):
    trace = judged(policy(attributes), request(token(**changes)))
    assert (trace.verdict, reported(trace)) == (Verdict.REJECT, failure)
    assert (trace.status, trace.body) == (401, error_body(401, trace.steps[0].reported.message))
    assert unsure(trace) == set()


PASSES = [
    ("the next second is the last", "", {"exp": NOW + 1}),
    ("a second within the skew", SKEW, {"exp": NOW - 299}),
    ("this second", "", {"nbf": NOW}),
    ("at the skew", SKEW, {"nbf": NOW + 300}),
    ("at a skew of ten digits", f'clock-skew="{NOW - 1}"', {"exp": 2, "nbf": None}),
    ("within the largest skew", 'clock-skew="2147483647"', {"exp": 1, "nbf": None}),
    ("within a skew with zeros before it", 'clock-skew="000000000300"', {"exp": NOW - 299}),
    ("nbf is exp", "", {"nbf": NOW, "exp": NOW + 1}),
    ("no nbf", "", {"nbf": None}),
    ("no exp where none is required", NO_EXP, {"exp": None}),
    ("exp in milliseconds", "", {"exp": NOW * 1000}),
    ("the largest number", "", {"exp": 2**62}),
    ("fractions", "", {"exp": NOW + 0.5, "nbf": NOW - 0.5}),
    ("issued in the future", "", {"iat": NOW + 10**6}),
    ("issued never", "", {"iat": None}),
]


@pytest.mark.parametrize(("what", "attributes", "changes"), PASSES, ids=[row[0] for row in PASSES])
def test_a_token_within_its_time_passes_for_certain(what, attributes, changes):
    trace = judged(policy(attributes), request(token(**changes)))
    assert (trace.verdict, unsure(trace)) == (Verdict.ALLOW, set())


@pytest.mark.parametrize(("attributes", "exp"), [("", NOW), (SKEW, NOW - 300)])
def test_the_second_of_exp_follows_its_switch(attributes, exp):
    sent = request(token(exp=exp))
    valid = judged(policy(attributes), sent)
    expired = judged(policy(attributes), sent, switches={"expiry-second": "expired"})
    assert (valid.verdict, reported(expired)) == (Verdict.ALLOW, EXPIRED)
    assert unsure(valid) == unsure(expired) == {"expiry-second"}


def test_the_message_is_the_librarys():
    trace = judged(policy(), request(token(exp=NOW - 1)))
    assert trace.steps[0].reported.message == (
        "IDX10223: Lifetime validation failed. The token is expired. "
        "ValidTo (UTC): '01/15/2027 07:59:59', Current time (UTC): '01/15/2027 08:00:00'."
    )
    assert trace.steps[0].reported.what == "The token expired 1 second ago; the policy forgives no second."


@pytest.mark.parametrize(
    ("exp", "told"),
    [
        (NOW + 1, "Valid until 2027-01-15 08:00:01Z, 1 second from now."),
        (NOW + 3_660, "Valid until 2027-01-15 09:01:00Z, 1 hour 1 minute from now."),
        (NOW, "Valid until 2027-01-15 08:00:00Z, which is now."),
        (NOW - 90, "It expired 1 minute 30 seconds ago; the policy forgives 5 minutes."),
        (NOW - 301, "The token expired 5 minutes 1 second ago; the policy forgives 5 minutes."),
    ],
)
@pytest.mark.parametrize("nbf", [NOW - 3_600, float(NOW - 3_600), None])
def test_how_long_a_token_lasts_and_what_is_forgiven_are_told_with_their_unit(exp, told, nbf):
    trace = judged(policy(SKEW), request(token(exp=exp, nbf=nbf) if nbf else token(exp=exp)))
    expiry = next(check for check in trace.steps[0].checks if check.check == "expiry")
    assert expiry.what == told


ODD = [
    ("exp in quotation marks", {"exp": str(NOW + 60)}, "", NO_TIME, Verdict.ALLOW),
    ("nbf in quotation marks", {"nbf": str(NOW - 60)}, "", NO_START, Verdict.ALLOW),
    ("past exp in quotation marks", {"exp": str(NOW - 60), "nbf": 0}, "", NO_TIME, Verdict.REJECT),
    ("nbf is a word", {"nbf": "soon"}, "", NO_START, Verdict.ALLOW),
    ("nbf is true", {"nbf": True}, "", NO_START, Verdict.ALLOW),
    ("exp is a word where none is required", {"exp": "never"}, NO_EXP, NO_TIME, Verdict.ALLOW),
    ("exp is null where none is required", {"exp": None}, NO_EXP, NO_TIME, Verdict.ALLOW),
]


@pytest.mark.parametrize(("what", "changes", "attributes", "failure", "lenient"), ODD, ids=[row[0] for row in ODD])
def test_a_time_of_another_type_is_refused_unless_a_switch_says_otherwise(what, changes, attributes, failure, lenient):
    sent = request(signed(None, {**CLAIMS, **changes}))
    strict, read = (judged(policy(attributes), sent, switches={"claim-types": one}) for one in ("refused", "read"))
    assert (reported(strict), read.verdict) == (failure, lenient)
    assert unsure(strict) == unsure(read) == {"claim-types"}


@pytest.mark.parametrize("exp", ["soon", True, None, [], {}])
def test_a_required_exp_that_is_no_number_at_all_is_refused_for_certain(exp):
    trace = judged(policy(), request(signed(None, {**CLAIMS, "exp": exp})))
    assert (failed(trace), reported(trace), unsure(trace)) == (["expiration-present"], NO_TIME, set())


@pytest.mark.parametrize("exp", [2**63, 10**30, 1e300])
def test_a_time_beyond_all_calendars_is_refused_and_said_to_be_unconfirmed(exp):
    trace = judged(policy(), request(token(exp=exp)))
    assert (reported(trace), unsure(trace)) == (NO_TIME, {"claim-types"})
    assert "exp is beyond all calendars." in trace.warnings[0].text


OPEN = [
    ("late, and the skew is unknown", 'clock-skew="{{skew}}"', {"exp": NOW - 1}, "clock-skew: {{skew}}"),
    (
        "late, and the skew is beyond all numbers",
        'clock-skew="2147483648"',
        {"exp": NOW - 1},
        "clock-skew: a number up to 2147483647",
    ),
    (
        "late, and the skew is beyond what is read",
        f'clock-skew="{"9" * 5000}"',
        {"exp": NOW - 1},
        "clock-skew: a number up to 2147483647",
    ),
    ("early, and the skew is unknown", 'clock-skew="@(a.b)"', {"nbf": NOW + 1}, "clock-skew: @(a.b)"),
    ("no exp", 'require-expiration-time="{{exp}}"', {"exp": None}, "require-expiration-time: {{exp}}"),
]


@pytest.mark.parametrize(("what", "attributes", "changes", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_what_only_the_runtime_knows_leaves_the_answer_open(what, attributes, changes, need):
    trace = judged(policy(attributes), request(token(**changes)))
    assert (trace.verdict, trace.needs, failed(trace)) == (Verdict.UNDECIDED, (need,), [])


CERTAIN = [
    ("in time, whatever the skew", 'clock-skew="{{skew}}"', {}, Verdict.ALLOW),
    ("with exp, whether required or not", 'require-expiration-time="{{exp}}"', {}, Verdict.ALLOW),
    ("nbf after exp, whatever the skew", 'clock-skew="{{skew}}"', {"nbf": NOW + 9, "exp": NOW + 8}, Verdict.REJECT),
    ("no exp, whatever the skew", 'clock-skew="{{skew}}"', {"exp": None}, Verdict.REJECT),
]


@pytest.mark.parametrize(("what", "attributes", "changes", "verdict"), CERTAIN, ids=[row[0] for row in CERTAIN])
def test_what_does_not_matter_is_not_asked_for(what, attributes, changes, verdict):
    trace = judged(policy(attributes), request(token(**changes)))
    assert (trace.verdict, trace.needs) == (verdict, ())

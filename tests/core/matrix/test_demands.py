"""What a gateway must do follows from what is known, and from nothing else: what nobody says is not known."""

import pytest

from console.core.api import Expectation
from console.core.evidence import EvidenceCheck, EvidencePolicy, EvidenceStep
from console.core.finding import Finding, Status
from console.core.matrix.base import Actual, Demanded, KnownBy, Must, outcome_of
from console.core.matrix.demands import KnownOfVariant, demanded
from console.core.matrix.variants import BY_CODE

NOTHING = Expectation()
WANTED = Expectation(audiences=("api://orders",))
FAILED = EvidenceCheck("audience", "fail", "The token is for another API.")
REJECTS = EvidencePolicy(
    "reject", "TokenAudienceNotAllowed", steps=(EvidenceStep("validate-jwt", "p", "reject", checks=(FAILED,)),)
)
ALLOWS, OPEN = EvidencePolicy("allow"), EvidencePolicy("undecided", needs=("the named value audience",))
EXPIRED = Finding(Status.FAIL, "The token has expired.", check="expiry")
LONG = Finding(Status.FAIL, "The token lives long.", check="lifetime_length")
MEETS_ALL = {"findings": (Finding(Status.PASS, "Fine.", check="audience"),), "has_valid_signature": True}
UNKNOWN, LET_IN, REFUSE = Must.UNKNOWN, Must.LET_IN, Must.REFUSE
CASES = [
    ("nothing is known", "with-token", KnownOfVariant(NOTHING), UNKNOWN, KnownBy.NONE),
    ("nothing is known of no token", "without-token", KnownOfVariant(NOTHING), UNKNOWN, KnownBy.NONE),
    (
        "nothing is known of an expired token",
        "expired",
        KnownOfVariant(NOTHING, findings=(EXPIRED,)),
        UNKNOWN,
        KnownBy.NONE,
    ),
    ("the policy refuses", "twice", KnownOfVariant(WANTED, REJECTS), REFUSE, KnownBy.POLICY),
    ("the policy lets in", "twice", KnownOfVariant(WANTED, ALLOWS), LET_IN, KnownBy.POLICY),
    ("the policy cannot decide", "twice", KnownOfVariant(WANTED, OPEN), UNKNOWN, KnownBy.NONE),
    ("a person said so", "twice", KnownOfVariant(WANTED, ALLOWS, said=REFUSE), REFUSE, KnownBy.PERSON),
    ("the API demands a token", "without-token", KnownOfVariant(WANTED, ALLOWS), REFUSE, KnownBy.DEMANDS),
    ("the token meets no demand", "expired", KnownOfVariant(WANTED, ALLOWS, (EXPIRED,)), REFUSE, KnownBy.DEMANDS),
    ("a failure that decides nothing", "expired", KnownOfVariant(WANTED, ALLOWS, (LONG,)), LET_IN, KnownBy.POLICY),
    ("the usual token meets all", "with-token", KnownOfVariant(WANTED, **MEETS_ALL), LET_IN, KnownBy.DEMANDS),
    ("another's token meets all", "other-profile", KnownOfVariant(WANTED, **MEETS_ALL), LET_IN, KnownBy.DEMANDS),
    (
        "its signature is not known",
        "with-token",
        KnownOfVariant(WANTED, findings=MEETS_ALL["findings"]),
        UNKNOWN,
        KnownBy.NONE,
    ),
    ("letter case by the standard", "lower-case", KnownOfVariant(WANTED, **MEETS_ALL), LET_IN, KnownBy.STANDARD),
    ("nobody says of a scheme", "wrong-scheme", KnownOfVariant(WANTED, **MEETS_ALL), UNKNOWN, KnownBy.NONE),
    ("nobody says of a key", "without-key", KnownOfVariant(WANTED, ALLOWS, **MEETS_ALL), UNKNOWN, KnownBy.NONE),
    ("a key is asked for", "without-key", KnownOfVariant(WANTED, ALLOWS, asks_for_key=True), REFUSE, KnownBy.SANDBOX),
    ("no key is asked for", "wrong-key", KnownOfVariant(WANTED, ALLOWS, asks_for_key=False), LET_IN, KnownBy.POLICY),
]


@pytest.mark.parametrize(("code", "known", "must", "by"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_must_be_done(code, known, must, by):
    found = demanded(BY_CODE[code], known)
    assert (found.must, found.rule) == (must, by)
    assert found.why.endswith(".")


def test_it_says_why_in_a_sentence():
    assert demanded(BY_CODE["twice"], KnownOfVariant(WANTED, REJECTS)) == Demanded(
        REFUSE, KnownBy.POLICY, "The policy refuses it (TokenAudienceNotAllowed): The token is for another API."
    )
    assert demanded(BY_CODE["twice"], KnownOfVariant(WANTED, OPEN)).why == (
        "To say so, the policy needs the named value audience."
    )


@pytest.mark.parametrize(
    ("status", "control", "outcome"),
    [
        (None, None, Actual.NO_ANSWER),
        (200, None, Actual.LET_IN),
        (204, Actual.REFUSED, Actual.LET_IN),
        (299, None, Actual.LET_IN),
        (300, None, Actual.UNCLEAR),
        (401, None, Actual.REFUSED),
        (403, Actual.LET_IN, Actual.REFUSED),
        (400, Actual.LET_IN, Actual.REFUSED),
        (400, Actual.REFUSED, Actual.UNCLEAR),
        (400, None, Actual.UNCLEAR),
        (404, Actual.LET_IN, Actual.UNCLEAR),
        (429, Actual.LET_IN, Actual.UNCLEAR),
        (500, Actual.LET_IN, Actual.UNCLEAR),
    ],
)
def test_what_an_answer_says(status, control, outcome):
    assert outcome_of(status, control=control) is outcome

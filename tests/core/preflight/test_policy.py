"""The policy: lets through, refuses, cannot decide, cannot be read, is not kept."""

from console.core.diagnosis import explain
from console.core.evidence import Evidence, EvidenceCheck, EvidencePolicy, EvidenceStep
from console.core.preflight.base import StageStatus
from console.core.preflight.policy import STAGE, SeenPolicy

AUDIENCE = EvidenceCheck("audience", "fail", "The audience is api://a, and api://b is demanded.", reason="aud")
REJECTED = EvidencePolicy(
    "reject", "TokenClaimValueNotAllowed", (), (EvidenceStep("validate-jwt", "inbound", "reject", checks=(AUDIENCE,)),)
)


def test_a_policy_that_lets_the_call_through_is_told_step_by_step():
    allowed = EvidencePolicy("allow", steps=(EvidenceStep("validate-jwt", "inbound", "allow"),))
    result = STAGE.judge(SeenPolicy(allowed, has_policy=True))
    assert (result.status, result.what) == (StageStatus.OK, "The policy lets this call through.")
    assert [(fact.label, fact.value) for fact in result.facts] == [("validate-jwt", "allow")]


def test_a_policy_that_refuses_fails_with_the_check_that_does_it():
    result = STAGE.judge(SeenPolicy(REJECTED, has_policy=True))
    assert (result.status, result.what, result.why) == (
        StageStatus.FAIL,
        "The policy refuses this call: TokenClaimValueNotAllowed.",
        "The audience is api://a, and api://b is demanded.",
    )


def test_the_diagnosis_says_who_must_act_where_it_knows_the_cause():
    diagnosis = explain(Evidence(token_claims={"aud": "api://a"}, policy=REJECTED))
    result = STAGE.judge(SeenPolicy(REJECTED, has_policy=True, diagnosis=diagnosis))
    assert result.cause == (diagnosis.primary.cause if diagnosis.primary else "")


def test_what_only_the_gateway_knows_is_a_warning_that_names_it():
    open_one = EvidencePolicy("undecided", needs=("the named value key",))
    result = STAGE.judge(SeenPolicy(open_one, has_policy=True))
    assert (result.status, result.why) == (StageStatus.WARN, "To decide it, the named value key is needed.")


def test_a_policy_that_cannot_be_read_is_a_warning_and_none_is_not_needed():
    assert STAGE.judge(SeenPolicy(None, has_policy=True)).status is StageStatus.WARN
    assert STAGE.judge(SeenPolicy(None)).status is StageStatus.SKIPPED

"""The answer of a preflight: its sentence, whether it is good, what was left out."""

from dataclasses import replace

from console.core.preflight import STAGES, after
from console.core.preflight.base import StageResult, StageStatus, not_needed
from console.core.preflight.result import PreflightResult, with_left_out
from tests.core.preflight.support import NOW


def made(status=StageStatus.OK, code="names", **values):
    return StageResult(status, "What was seen.", code=code, **values)


def result(*stages, is_done=True):
    return PreflightResult("r", "p", "Orders client", stages, is_done, NOW)


ALL = tuple(made(code=stage.code) for stage in STAGES)


def test_the_heading_is_the_answer():
    assert result(*ALL).headline == "Orders client is ready: 12 of 12."
    assert result(*ALL[:-1], made(StageStatus.WARN, "operation")).headline == (
        "Orders client is ready: 12 of 12, with 1 warning."
    )
    failed = made(StageStatus.FAIL, "token", cause="client-secret-expired")
    assert result(*ALL[:7], failed).headline == "Stops at “Token”: What was seen."
    assert result(*ALL[:2], is_done=False).headline == "Orders client is being checked: 2 of 12 stages so far."


def test_a_failure_that_stops_nothing_is_told_as_one():
    found = result(*ALL[:5], made(StageStatus.FAIL, "clock"), *ALL[6:])
    assert (found.headline, found.is_good) == ("Fails at “Clock”: What was seen.", False)


def test_what_stopped_it_is_mended_first_unless_an_earlier_failure_has_the_same_cause():
    token = made(StageStatus.FAIL, "token", cause="client-secret-expired")
    clock = made(StageStatus.FAIL, "clock", cause="clock-skew")
    assert result(clock, token).failing is token
    checks, policy = (made(StageStatus.FAIL, code, cause="audience-other-api") for code in ("checks", "policy"))
    assert result(clock, checks, policy).failing is checks
    assert result(made(StageStatus.FAIL, "checks"), made(StageStatus.FAIL, "policy")).failing.code == "policy"


def test_what_this_profile_does_not_have_is_not_counted():
    skipped = replace(not_needed("None."), code="operation")
    assert result(*ALL[:-1], skipped).headline == "Orders client is ready: 11 of 11."


def test_stages_that_were_left_out_say_why():
    whole = with_left_out((*ALL[:7], made(StageStatus.FAIL, "token")))
    assert [one.code for one in whole] == [stage.code for stage in STAGES]
    assert whole[-1].what == "Left out: without “Token” it would tell nothing."


def test_the_stages_follow_each_other_to_the_end():
    assert after("names") == "tcp"
    assert after("operation") == ""

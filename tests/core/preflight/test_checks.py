"""The checks on a token: all passed, one failed, nothing demanded, nothing known."""

from console.core.finding import fail, passed, unknown, warn
from console.core.owner import Owner
from console.core.preflight.base import SeenFindings, StageStatus
from console.core.preflight.checks import STAGE
from tests.core.preflight.support import labels

FAILED = fail("The token is for another API.", why="aud is a.", do="Ask for b.", who=Owner.INTEGRATOR)
WARNED = warn("It lives long.", why="A day.", do="Shorten it.", who=Owner.API_OWNER)
UNKNOWN = unknown("The API does not say which audience it accepts.", missing="expectation.audiences")


def test_what_passed_is_counted():
    result = STAGE.judge(SeenFindings((passed("It is for this API."), UNKNOWN)))
    assert (result.status, result.what) == (StageStatus.OK, "The token is what the API demands.")
    assert labels(result) == {"passed": "1", "unknown": "1"}


def test_a_failed_check_stands_first_and_the_call_is_still_tried():
    result = STAGE.judge(SeenFindings((WARNED, passed("It is signed."), FAILED)))
    assert (result.status, result.what, result.why) == (StageStatus.FAIL, FAILED.what, FAILED.why)
    assert not STAGE.is_needed_by_rest


def test_a_warning_is_a_warning():
    assert STAGE.judge(SeenFindings((passed("It is signed."), WARNED))).status is StageStatus.WARN


def test_where_nothing_is_demanded_nothing_is_promised():
    assert STAGE.judge(SeenFindings((UNKNOWN,))).what == "Nothing could be checked."
    assert STAGE.judge(SeenFindings(())).status is StageStatus.SKIPPED

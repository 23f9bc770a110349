"""A run that waits for somebody at another device: shown until it ends, asked at the provider's pace."""

import pytest

from console.core.credential import Secret
from console.core.exchange import Failure, FailureKind
from console.core.grants.base import Wait
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.runs.base import Progress, RunFacts
from console.core.runs.device_code import KIND, ShownCode, keep_of, shown_code

NOW = 1_800_000_000
FACTS = RunFacts(NOW)


def wait(interval_s=5):
    return Wait("WDJB-MJHT", "https://id.example/device", NOW + 600, interval_s, {"device_code": Secret("dc")}, "")


def test_a_code_starts_it_and_says_when_to_look_again():
    begun = KIND.begin(FACTS, wait())
    assert (begun.state, begun.is_done, begun.not_before) == ("Waiting", False, NOW + 5)
    assert shown_code(begun.kept) == ShownCode("WDJB-MJHT", "https://id.example/device", "", NOW + 600, 5)
    assert keep_of(begun.kept) == {"device_code": Secret("dc")}
    assert "dc" not in repr(begun), "what is kept is not shown by accident"


@pytest.mark.parametrize("came", [TokenError("invalid_client", "", 401), Failure(FailureKind.DNS, "")])
def test_other_answers_start_nothing(came):
    assert KIND.begin(FACTS, came) is None


def test_it_slows_down_as_it_is_told():
    kept = KIND.begin(FACTS, wait()).kept
    slower = KIND.advance(FACTS, kept, wait(10))
    assert (slower.not_before, shown_code(slower.kept).interval_s) == (NOW + 10, 10)


@pytest.mark.parametrize(
    ("came", "state"),
    [
        (TokenResponse(Secret("t"), "Bearer", 60, NOW), "Signed in"),
        (TokenError("access_denied", "", 400), "Denied"),
        (TokenError("expired_token", "", 400), "Expired"),
        (TokenError("device_code_expired", "", 0), "Expired"),
        (TokenError("invalid_client", "", 401), "Refused"),
    ],
)
def test_it_ends_with_what_ended_it_and_keeps_nothing(came, state):
    kept = KIND.begin(FACTS, wait()).kept
    assert KIND.advance(FACTS, kept, came) == Progress(state, is_done=True, not_before=NOW)


@pytest.mark.parametrize(("now", "is_done"), [(NOW + 599, False), (NOW + 600, True)])
def test_without_an_answer_it_goes_on_while_the_code_is_good(now, is_done):
    kept = KIND.begin(FACTS, wait()).kept
    seen = KIND.advance(RunFacts(now), kept, Failure(FailureKind.TIMEOUT, "No answer."))
    assert seen.is_done is is_done
    assert (shown_code(seen.kept) is None) is is_done

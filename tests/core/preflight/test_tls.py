"""Certificates: their facts, those that end soon, those that are not believed, and plain http."""

import pytest

from console.core.exchange import Failure, FailureKind
from console.core.owner import Owner
from console.core.preflight.base import StageStatus
from console.core.preflight.reached import SeenPlaces
from console.core.preflight.tls import SOON_S, STAGE
from tests.core.preflight.support import NOW, certificate, labels, place, told


def seen(*places):
    return SeenPlaces(places, NOW)


def test_every_fact_of_a_certificate_is_told():
    result = STAGE.judge(seen(place(certificate=certificate(), protocol="TLSv1.3")))
    assert (result.status, result.what) == (StageStatus.OK, "Every certificate is trusted here and lasts.")
    assert labels(result) == {
        "provider, login.example: certificate": "CN=login.example",
        "provider, login.example: issued by": "CN=Example CA",
        "provider, login.example: for": "login.example",
        "provider, login.example: valid": "2027-01-14 08:00:00 UTC to 2027-04-15 08:00:00 UTC",
        "provider, login.example: chain": "CN=login.example → CN=Example CA",
        "provider, login.example: protocol": "TLSv1.3",
    }


@pytest.mark.parametrize(
    ("left_s", "status"),
    [(SOON_S - 1, StageStatus.WARN), (SOON_S, StageStatus.OK), (SOON_S + 1, StageStatus.OK)],
)
def test_a_certificate_that_ends_within_two_weeks_is_a_warning(left_s, status):
    result = STAGE.judge(seen(place(certificate=certificate(not_after=NOW + left_s))))
    assert result.status is status


@pytest.mark.parametrize(
    ("rule", "who"),
    [("expired", Owner.NETWORK), ("name", Owner.NETWORK), ("unknown_ca", Owner.NETWORK), ("not_tls", Owner.INTEGRATOR)],
)
def test_a_certificate_that_is_not_believed_fails_with_the_reason(rule, who):
    refused = place(failure=Failure(FailureKind.TLS, "What is wrong with it.", rule), certificate=certificate())
    result = STAGE.judge(seen(refused))
    assert (result.status, result.owner) == (StageStatus.FAIL, who)
    assert told(result)[:2] == ("No secure connection to login.example.", "What is wrong with it.")
    assert result.do
    assert "provider, login.example: issued by" in labels(result)


def test_what_is_wrong_and_not_known_still_has_something_to_do():
    result = STAGE.judge(seen(place(failure=Failure(FailureKind.TLS, "It broke off.", "other"))))
    assert result.do == "Ask whoever runs the server which versions of TLS it speaks."


def test_plain_http_that_is_allowed_is_a_warning():
    result = STAGE.judge(seen(place("api.internal", is_plain=True)))
    assert (result.status, result.what) == (StageStatus.WARN, "api.internal is called over plain http.")


def test_the_sandbox_shows_no_certificate():
    assert STAGE.judge(seen(place(is_local=True))).what.startswith("No certificate is shown: the sandbox")

"""A failing stage carries the cause of the one diagnosis, and always evidence of which a case can be made."""

from console.core.exchange import Failure, FailureKind
from console.core.owner import Owner
from console.core.preflight.base import StageResult, StageStatus, well
from console.core.preflight.explained import explained, with_evidence
from console.core.preflight.seen_evidence import of_metadata, of_place
from tests.core.preflight.support import NOW, profile

FAILED = StageResult(StageStatus.FAIL, "It failed.", "Because.", "Do this.", Owner.INTEGRATOR)
DNS = Failure(FailureKind.DNS, "The host name was not found.")


def test_cause_owner_and_advice_are_those_of_the_diagnosis():
    for is_of_provider in (True, False):
        evidence = of_place(profile(), "https://x.example", DNS, is_of_provider=is_of_provider, now=NOW)
        found = explained(FAILED, evidence)
        assert (found.cause, found.owner, found.why) == ("connection-blocked", Owner.NETWORK, "Because.")
        assert found.do != "Do this."
        assert found.evidence == evidence


def test_what_a_stage_knows_more_exactly_stays():
    found = explained(FAILED, of_metadata(profile(), "https://x.example/keys", now=NOW), takes_advice=False)
    assert (found.cause, found.do, found.owner) == ("metadata-unreachable", "Do this.", Owner.INTEGRATOR)


def test_what_is_well_has_no_evidence():
    assert explained(well("Fine."), of_metadata(profile(), "x", now=NOW)) == well("Fine.")
    assert with_evidence(well("Fine."), profile(), now=NOW) == well("Fine.")


def test_a_failure_without_evidence_is_its_own_evidence():
    found = with_evidence(explained(FAILED, None), profile(), now=NOW)
    assert found.evidence.profile["observations"] == ["It failed. Because."]
    assert with_evidence(found, profile(), now=NOW) == found

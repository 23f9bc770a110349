"""A provider that throttles is asked too often: it says nothing of a client whose requests are in order."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence

ENDPOINT = "https://login.microsoftonline.com/31a24348-151d-4a4f-933b-930616d9df44/oauth2/v2.0/token"


def refused(status, **error):
    return explain(
        read_evidence(
            {"token_request": {"endpoint": ENDPOINT, "params": {}}, "token_error": error, "http_status": status}
        )
    ).primary


LOOP = "AADSTS50196: The server terminated an operation because it encountered a client request loop."
THROTTLED = [
    (
        429,
        "AADSTS50196: The server terminated an operation because it encountered a client request loop.",
        "integrator",
    ),
    (
        400,
        "AADSTS50196: The server terminated an operation because it encountered a client request loop.",
        "integrator",
    ),
    (429, "AADSTS90055: The tenant has exceeded its request rate.", "tenant_admin"),
]


@pytest.mark.parametrize(("status", "description", "who"), THROTTLED)
def test_whoever_asks_too_often_must_act(status, description, who):
    found = refused(status, error="invalid_request", error_description=description)
    assert (found.cause, found.owner) == ("identity-provider-unavailable", who)
    assert "nothing in the request is wrong" not in found.what
    assert "keep" in found.do


def test_a_loop_in_a_log_is_the_clients_too():
    found = explain(read_evidence({"pasted": f"MsalServiceException: {LOOP}"})).primary
    assert (found.cause, found.owner) == ("identity-provider-unavailable", "integrator")
    assert "this client asked for the same again and again" in found.what.lower()


@pytest.mark.parametrize(("status", "error"), [(429, ""), (400, "slow_down")])
def test_without_a_number_the_client_asks_too_often_as_well(status, error):
    found = refused(status, error=error)
    assert (found.cause, found.owner) == ("identity-provider-unavailable", "integrator")
    assert found.what.endswith("asked too often, so that it throttles.")


def test_a_provider_that_is_down_has_nothing_to_do_with_the_request():
    found = refused(503, error="temporarily_unavailable", error_description="AADSTS90033: A transient error.")
    assert found.owner == "identity_provider"
    assert "nothing in the request is wrong" in found.what

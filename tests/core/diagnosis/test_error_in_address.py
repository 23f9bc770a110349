"""An error that a provider hands back in an address (RFC 6749 section 4.1.2.1) is its answer."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.pasted import read_pasted


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example/cb?error=consent_required&error_description=Nobody+has+consented%21&state=x1",
        "Location: https://app.example/cb#state=x1&error=consent_required&error_description=Nobody+has+consented%21",
        'GET "/signin?state=x1&error=consent_required&error_description=Nobody%20has%20consented!" 500',
    ],
)
def test_the_error_and_its_description_are_read(address):
    told = read_pasted(f"After signing in I land here:\n{address}").evidence.token_error
    assert told == {"error": "consent_required", "error_description": "Nobody has consented!"}


@pytest.mark.parametrize(
    "address", ["https://app.example/list?error=1", "https://app.example/?level=error=", "error=none"]
)
def test_what_is_no_oauth_error_is_none(address):
    assert read_pasted(address).evidence.token_error is None


def test_the_state_in_the_address_is_not_what_is_wrong():
    address = (
        "https://app.example/cb?state=8fA&error=access_denied&error_description=No+rule+allowed+this%2C+see+the+rules"
    )
    causes = [one.cause for one in explain(read_evidence(f"Came back with\n{address}")).causes]
    assert "authorization-response-invalid" not in causes
    assert "consent-declined" not in causes

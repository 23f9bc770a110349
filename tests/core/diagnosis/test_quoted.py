"""A message that quotes an issuer or an audience beside the accepted ones tells how they differ."""

import pytest

from console.core.diagnosis import explain
from console.core.evidence import Evidence

ONE, OTHER = "0f9e8d7c-1111-4222-8333-444455556666", "5c0d9e1b-77a4-4f08-9d32-e81b6a2f4c07"
V1, V2 = "https://sts.windows.net/{}/", "https://login.microsoftonline.com/{}/v2.0"
ISSUER = (
    "IDX10205: Issuer validation failed. Issuer: '{}'. Did not match: validationParameters.ValidIssuer: 'null' "
    "or validationParameters.ValidIssuers: '{}'."
)
AUDIENCE = (
    "IDX10214: Audience validation failed. Audiences: '{}'. Did not match: validationParameters.ValidAudience: '{}' "
    "or validationParameters.ValidAudiences: 'null'."
)

DIFFERENCES = [
    (ISSUER, V2.format(ONE), V2.format(OTHER), ("issuer-wrong-tenant", "certain")),
    (ISSUER, V1.format(ONE), f"{V2.format(ONE)}, https://a.example", ("issuer-version-mismatch", "certain")),
    (ISSUER, V2.format(ONE), f"{V2.format(ONE)} ", ("invisible-character-in-value", "certain")),
    (AUDIENCE, ONE, f"api://{ONE}", ("audience-format-mismatch", "certain")),
    (AUDIENCE, "https://graph.microsoft.com", "api://orders", ("token-for-graph", "certain")),
    (AUDIENCE, "api://invoices", "api://orders", ("audience-other-api", "likely")),
]


@pytest.mark.parametrize(("message", "actual", "accepted", "cause"), DIFFERENCES)
def test_both_sides_of_a_message_are_compared_like_a_token_and_its_demands(message, actual, accepted, cause):
    first = explain(Evidence(pasted=message.format(actual, accepted))).causes[0]
    assert (first.cause, str(first.confidence)) == cause


@pytest.mark.parametrize("hidden", ["[PII is hidden]", "https://login.microsoftonline.com/{tenantid}/v2.0", ""])
def test_what_is_hidden_or_a_template_decides_nothing(hidden):
    found = explain(Evidence(pasted=ISSUER.format(V2.format(ONE), hidden))).causes
    assert all(one.confidence != "certain" for one in found)


DENIALS = [
    ("User is not assigned to the client application.", "user-not-assigned"),
    ("Your account is not assigned to this app in our directory", "user-not-assigned"),
    ("The user denied the request", "consent-declined"),
    ("The end-user cancelled the sign-in", "consent-declined"),
    ("", "consent-declined"),
    ("Policy evaluation failed for this request", None),
]


@pytest.mark.parametrize(("description", "cause"), DENIALS)
def test_a_refusal_is_a_persons_no_only_where_nothing_says_otherwise(description, cause):
    error = {"error": "access_denied", "error_description": description}
    primary = explain(Evidence(token_error=error)).primary
    assert (primary.cause if primary else None) == cause

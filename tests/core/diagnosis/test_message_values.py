"""The values that a message names, read as seen and as wanted however a library writes them, and what they tell."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.messages.values import Quoted, decided, of_claim, read_values

TENANT, OTHER = "5c0d9e1b-77a4-4f08-9d32-e81b6a2f4c07", "0f9e8d7c-1111-4222-8333-444455556666"
V1, V2 = f"https://sts.windows.net/{TENANT}/", f"https://login.microsoftonline.com/{TENANT}/v2.0"

WRITTEN = [
    ('jwt issuer invalid. got "https://a.example/x" expected "https://a.example/y"', "https://a.example/x", "https://a.example/y"),
    ("Invalid issuer. Expected 'https://a.example/y', but was 'https://a.example/x'", "https://a.example/x", "https://a.example/y"),
    ("The issuer https://a.example/x is not one of the allowed issuers [https://a.example/y]", "https://a.example/x", "https://a.example/y"),
    ("oidc: expected audience \"orders\" got [\"billing\"]", "billing", "orders"),
    ("Audience validation failed. Audiences: 'billing'. Did not match: ValidAudience: 'orders'", "billing", "orders"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "wanted"), WRITTEN)
def test_what_stands_before_a_value_says_whose_it_is(text, seen, wanted):
    assert read_values(text) == Quoted((seen,), (wanted,))


@pytest.mark.parametrize(
    ("seen", "wanted", "cause"),
    [
        (V1, V2, "issuer-version-mismatch"),
        (V2, V2.replace(TENANT, OTHER), "issuer-wrong-tenant"),
        (V2, f"{V2}/", "issuer-spelling-mismatch"),
        (V2, f"{V2} ", "invisible-character-in-value"),
        ("https://id.example/a", "https://login.example/b", "issuer-wrong-tenant"),
    ],
)
def test_two_issuers_tell_how_they_differ(seen, wanted, cause):
    found = decided("issuer", Quoted((seen,), (wanted,)))
    assert found is not None and found[0] == cause


@pytest.mark.parametrize(
    ("seen", "wanted", "cause"),
    [
        ("https://graph.microsoft.com", "api://orders", "token-for-graph"),
        (f"api://{TENANT}", TENANT, "audience-format-mismatch"),
        ("api://orders/", "api://orders", "audience-format-mismatch"),
        ("billing", "orders", "audience-other-api"),
    ],
)
def test_two_audiences_tell_how_they_differ(seen, wanted, cause):
    found = decided("audience", Quoted((seen,), (wanted,)))
    assert found is not None and found[0] == cause


@pytest.mark.parametrize("values", [Quoted((), ("a",)), Quoted(("a",), ()), Quoted(("a", "b"), ("b",))])
def test_one_side_alone_or_the_same_on_both_decides_nothing(values):
    assert decided("issuer", values) is None


@pytest.mark.parametrize(
    ("claim", "wanted", "cause"),
    [
        ("scp", "Orders.Read", "scope-missing"),
        ("roles", "Admin", "role-insufficient"),
        ("appid", "x", "client-not-allowed"),
        ("roles", "a,b", "claim-not-split"),
        ("colour", "red", ""),
    ],
)
def test_a_claim_that_a_gateway_wants_is_told_by_its_name(claim, wanted, cause):
    assert of_claim(claim, wanted) == cause


def test_the_card_shows_both_sides_of_a_log_line():
    text = (
        f"IDX10205: Issuer validation failed. Issuer: '{V1}'. Did not match: validationParameters.ValidIssuers: '{V2}'"
    )
    primary = explain(read_evidence(f"2026-11-28 WARN {text}")).primary
    assert primary is not None
    assert (primary.cause, primary.confidence) == ("issuer-version-mismatch", "certain")
    assert V1 in primary.why and V2 in primary.why


def test_a_message_that_ends_with_what_is_wanted_is_quoted_with_it():
    primary = explain(read_evidence("JWT Validation Failed: Claim value mismatch: roles=Orders.Write..")).primary
    assert primary is not None
    assert 'prints this: "Claim value mismatch: roles=Orders.Write."' in primary.why

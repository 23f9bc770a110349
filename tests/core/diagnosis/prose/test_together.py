"""What two clauses tell together that neither tells alone."""

from itertools import product

import pytest

from console.core.diagnosis import explain, read_evidence

TOGETHER = {
    "jwks-cache-stale": (
        ("Our provider rotated its signing keys.", "The keys were rotated last night."),
        ("We restart the API and it works again.", "After a restart all is well, I restarted twice."),
    ),
    "access-token-where-id-token-expected": (
        ("The ID token works fine.", "With the ID token it works."),
        ("With the access token I get 401.", "The access token is rejected, I get 401 for the access token."),
    ),
    "authorization-header-stripped": (
        ("I send the Authorization header.", "My client has added the Authorization header."),
        ("The backend never sees the header.", "Our server never receives the header."),
    ),
    "client-in-other-environment": (
        ("The client was registered in the test environment.", "My app was created in staging."),
        ("We call the production endpoint.", "I use the production token endpoint."),
    ),
}
ROWS = [(cause, pair) for cause, parts in TOGETHER.items() for pair in product(*parts)]


def first(text):
    return next(((one.cause, one.confidence.value) for one in explain(read_evidence(text)).causes), None)


@pytest.mark.parametrize(("cause", "pair"), ROWS)
def test_two_facts_make_a_cause_in_either_order_and_in_one_line_or_two(cause, pair):
    one, other = pair
    assert first(f"{one} {other}") == (cause, "likely")
    assert first(f"{other} {one}") == (cause, "likely")
    assert first(f"{one}\n{other}") == (cause, "likely")


@pytest.mark.parametrize(("cause", "pair"), ROWS)
def test_one_fact_alone_does_not_make_it(cause, pair):
    assert all(first(one) != (cause, "likely") for one in pair)


@pytest.mark.parametrize(("cause", "pair"), ROWS)
def test_a_fact_that_is_only_asked_about_makes_nothing(cause, pair):
    asked = f"Is it possible that {pair[0].rstrip('.')}? {pair[1]}"
    assert first(asked) != (cause, "likely")

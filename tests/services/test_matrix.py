"""A matrix calls an API in each variant, one a look, and judges by policy, demands and what people said."""

from dataclasses import replace

import pytest

from console.core.call import ApiCall
from console.core.matrix.base import Actual, CellVerdict, KnownBy, MatrixChoice, Must, TokenFrom
from console.core.matrix.variants import BY_CODE, VARIANTS
from console.core.profile import ProfileDraft
from console.services import apis, matrix, matrix_choices, opening, profiles, sandbox
from console.store import attempts, people
from tests.services.builders import with_samples

pytestmark = pytest.mark.django_db

SECRET, INVOICES = "Sample: orders with a secret", "Sample: invoices, v1 tokens"
ORDERS = ApiCall("GET", "/orders")


@pytest.fixture
def actor():
    return with_samples()


def opened_as(actor, name=SECRET):
    profile = next(profile for profile in profiles.list_profiles(actor) if profile.name == name)
    return opening.of_profile(actor, "use", profile.id)


def tried(opened, *codes, call=ORDERS, musts=None):
    other = matrix_choices.offered(opened).choice.other_profile_id
    choice = MatrixChoice(codes or tuple(BY_CODE), musts, other_profile_id=other)
    return matrix.run_to_end(opened, choice, call=call, limit_s=60, wait=lambda _s: None)


def told(found):
    return {row.code: (row.outcome, row.demanded.must, row.demanded.rule) for row in found.rows}


def test_the_sandbox_does_what_it_must_and_every_call_is_in_the_history(actor):
    found = tried(opened_as(actor))
    assert found.headline == "The gateway refused all 14 that it must refuse and let in all 3 that it must let in."
    assert (found.is_good, found.doubt, found.call) == (True, "", "GET /orders")
    assert tuple(row.code for row in found.rows) == tuple(one.code for one in VARIANTS)
    let_in = {row.code for row in found.rows if row.outcome is Actual.LET_IN}
    assert let_in == {"with-token", "lower-case", "other-profile"}
    causes = {row.code: row.cause for row in found.rows if row.outcome is Actual.REFUSED}
    assert causes["expired"] == "token-expired"
    assert causes["without-key"] == "subscription-key-missing"
    assert causes["wrong-audience"] == "audience-other-api"
    assert all(attempts.get(actor, row.attempt_id).value.status == row.status for row in found.rows)


def test_the_usual_call_says_that_a_stored_token_hides_the_fault_that_is_switched_on(actor):
    assert [row.told for row in tried(opened_as(actor), "lower-case").rows] == ["", ""], "no fault"
    sandbox.set_fault(actor, "wrong-audience")
    assert [row.told for row in tried(opened_as(actor), "lower-case").rows] == [
        "It went with a stored token. The fault “Token for another API” shows only in a token that was got while it is "
        "switched on: get a fresh one on the profile’s page, then try again.",
        "",
    ]


def test_a_gateway_that_asks_for_no_key_is_found_out(actor):
    sandbox.set_fault(actor, "key-not-asked")
    found = tried(opened_as(actor))
    assert found.headline == (
        "The gateway let in 2 of 14 that it must refuse: without subscription key, wrong subscription key."
    )
    assert told(found)["without-key"] == (Actual.LET_IN, Must.REFUSE, KnownBy.SANDBOX)


def test_a_gateway_that_checks_no_token_is_found_out(actor):
    sandbox.set_fault(actor, "token-not-checked")
    found = tried(opened_as(actor), "without-token", "unsigned", "wrong-audience", "without-key")
    wrong = [row.code for row in found.of(CellVerdict.WRONGLY_LET_IN)]
    assert wrong == ["without-token", "unsigned", "wrong-audience"]
    assert not found.is_good


def test_without_a_policy_the_demands_of_the_api_say_what_must_be_done_and_no_more(actor):
    opened = opened_as(actor, INVOICES)
    ada = people.find("ada@example.com")
    api = apis.get_stored(ada, "manage", opened.profile.api_id)
    apis.update(ada, api.id, replace(api, policy=""), expected_version=api.version)
    found = tried(opened_as(actor, INVOICES), call=ApiCall("GET", "/invoices"))
    said = told(found)
    assert said["with-token"] == (Actual.LET_IN, Must.LET_IN, KnownBy.DEMANDS)
    assert said["expired"] == (Actual.REFUSED, Must.REFUSE, KnownBy.DEMANDS)
    assert said["altered-signature"] == (Actual.REFUSED, Must.REFUSE, KnownBy.DEMANDS)
    assert said["lower-case"] == (Actual.LET_IN, Must.LET_IN, KnownBy.STANDARD)
    assert {code for code, (_, must, _) in said.items() if must is Must.UNKNOWN} == {
        "without-key", "wrong-key", "no-scheme", "wrong-scheme", "twice",
    }  # fmt: skip


def test_what_nobody_can_try_is_left_out_with_the_reason(actor):
    """At a provider of the outside world nobody mints, and an expired token is sent only where one is really held."""
    api_id = opened_as(actor).profile.api_id
    settings = {"cloud": "global", "tenant": "11111111-2222-4333-8444-555555555555"}
    draft = ProfileDraft(
        "Outside", "Test", "entra", settings, "a-client", "client_credentials", "api://x/.default", api_id
    )
    made = profiles.create(actor, draft)
    offered = matrix_choices.offered(opening.of_profile(actor, "use", made.id))
    minted = {one.code for one in VARIANTS if one.token is TokenFrom.MINTED}
    assert set(offered.why_not) == {"without-key", "wrong-key", "expired", *minted}
    assert offered.why_not["expired"] == (
        "This console holds no expired token of this profile, and only the sandbox mints one."
    )
    assert offered.why_not["wrong-key"] == "This profile has no subscription key."
    assert {name for _, name in offered.others} == {SECRET, "Sample: orders with a certificate"}

"""What a diagnosis offers to do, and advice that knows what the profile already has."""

from dataclasses import replace

import pytest

from console.core.api import Api, Expectation
from console.core.credential import CertificateFacts, CredentialKind, CredentialSummary
from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import RankedCause
from console.core.diagnosis.terms import Confidence
from console.core.profile import Profile
from console.web.present import next_steps as steps
from console.web.present.next_steps import Situation, advice, next_steps
from console.web.present.profiles import profile_view

GUID = "4a41d081-77b5-4936-b87c-52b76b36dbc2"
OTHER = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
ID = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41"
FACTS = CertificateFacts(
    subject="CN=orders", issuer="CN=orders", serial="1",
    not_before=0, not_after=4_000_000_000, sha1="AB" * 20, x5t="q6ur", x5t_s256="-_8",
    key_type="RSA", key_bits=2048, chain=("CN=orders",),
)  # fmt: skip
API = Api(id=GUID, owner_id=1, name="Orders", base_url="https://api.example", expectation=Expectation((GUID,)))


SETTINGS = {"cloud": "global", "tenant": OTHER}


def profile(**changes):
    made = Profile(
        id=ID, owner_id=1, name="Orders client", environment="", provider="entra", settings=SETTINGS,
        client_id=ID, grant="client_credentials", scope=f"api://{GUID}/.default", api_id=GUID,
        has_subscription_key=False,
        credential=CredentialSummary(), version=1,
    )  # fmt: skip
    return replace(made, **changes)


def ranked(slug):
    cause = next(one for one in CAUSES if one.slug == slug)
    return RankedCause(slug, cause.stage, Confidence.CERTAIN, cause.who, cause.what, "why", "the usual advice", ())


def labels(slug, here):
    return [step["label"] for step in next_steps(ranked(slug), here)]


@pytest.mark.parametrize(
    ("slug", "changes", "first"),
    [
        ("subscription-key-missing", {}, "Add the subscription key"),
        ("subscription-key-invalid", {"has_subscription_key": True}, "Replace the subscription key"),
        ("client-secret-id-used", {}, "Enter the client secret"),
        ("client-in-other-tenant", {}, "Correct the tenant"),
        ("audience-other-api", {"scope": f"api://{OTHER}/.default"}, "Correct the scope"),
        ("audience-other-api", {}, "Get a fresh token"),
        ("token-expired", {}, "Get a fresh token"),
    ],
)
def test_the_mending_comes_first_and_is_the_main_button(slug, changes, first):
    here = Situation(profile(**changes), API, has_policy=True, attempt_id=ID, is_refused=True)
    found = next_steps(ranked(slug), here)
    assert [found[0]["label"], found[0]["kind"]] == [first, "primary"]
    assert [step["label"] for step in found[1:]] == ["See the policy rule", "Save as case"]
    assert found[1]["url"].endswith(f"/policy/?call={ID}#result"), "judged is the call that was refused"
    assert all(step["kind"] == "" for step in found[1:])


def test_only_what_can_be_done_is_offered():
    assert labels("call-timeout", Situation(profile(), API)) == []
    assert labels("certificate-not-registered", Situation(profile(), API)) == []
    kept = CredentialSummary(CredentialKind.CERTIFICATE, 1, 0, "", FACTS)
    with_one = Situation(profile(credential=kept), API)
    assert labels("certificate-not-registered", with_one) == ["Download the .cer to register"]


def test_a_fault_of_the_sandbox_that_is_on_is_the_first_thing_to_switch_off():
    found = next_steps(ranked("token-expired"), Situation(profile(), API, fault="Expired token"))
    assert found[0]["label"] == "Switch off: Expired token"
    assert found[0]["is_post"]


def test_a_registration_at_a_played_provider_is_mended_in_ones_own_sandbox():
    played = profile(provider="maskinporten", grant="jwt_bearer", settings={"environment": "sandbox"})
    (step,) = next_steps(ranked("certificate-not-registered"), Situation(played, API, is_own=True))
    assert step["url"] == "/sandbox/?provider=maskinporten#provider-maskinporten"
    assert next_steps(ranked("certificate-not-registered"), Situation(played, API)) == []
    outside = replace(played, settings={"environment": "test"})
    assert next_steps(ranked("certificate-not-registered"), Situation(outside, API, is_own=True)) == []
    (step,) = next_steps(ranked("consent-missing"), Situation(profile(provider="sandbox"), API, is_own=True))
    assert step["url"] == "/sandbox/#clients-title"


def test_a_scope_is_corrected_only_where_its_name_tells_that_it_is_another():
    assert steps.better_scope(profile(), API) == ""
    assert steps.better_scope(profile(scope="api://orders/.default"), API) == ""
    assert steps.better_scope(profile(scope=f"{OTHER}/.default"), API) == f"{GUID}/.default"
    assert steps.better_scope(profile(scope=f"{OTHER}/.default"), None) == ""


def test_advice_does_not_repeat_what_the_profile_already_does():
    here = Situation(profile(), API)
    assert advice(ranked("audience-other-api"), here).startswith(
        f"This profile already asks for api://{GUID}/.default."
    )
    assert "No subscription key is stored" in advice(ranked("subscription-key-missing"), here)
    with_key = Situation(profile(has_subscription_key=True), API)
    assert advice(ranked("subscription-key-missing"), with_key) == "the usual advice"
    assert (
        advice(ranked("audience-other-api"), Situation(profile(scope=f"{OTHER}/.default"), API)) == "the usual advice"
    )


@pytest.mark.parametrize("slug", sorted({*steps.SECRET, *steps.REGISTERED, *steps.KEY, *steps.SCOPE, *steps.FIELDS}))
def test_each_cause_that_has_a_button_is_a_cause_of_the_catalogue(slug):
    assert slug in {cause.slug for cause in CAUSES}


def test_both_thumbprints_of_a_certificate_are_shown_as_digits_that_an_error_can_be_compared_with():
    kept = CredentialSummary(CredentialKind.CERTIFICATE, 1, 0, "", FACTS)
    rows = {row["label"]: row["value"] for row in profile_view(profile(credential=kept), API, 0)["credential_facts"]}
    assert rows["Thumbprint (SHA-1)"] == "AB" * 20
    assert rows["Thumbprint (SHA-256)"] == "FBFF"


def test_the_policy_rule_is_shown_for_the_call_that_was_refused_not_for_a_later_token():
    here = Situation(profile(), API, has_policy=True, is_refused=True, attempt_id=OTHER)
    found = next(step for step in next_steps(ranked("app-permission-not-granted"), here) if step["id"] == "see-policy")
    assert found["url"].endswith(f"?call={OTHER}#result")

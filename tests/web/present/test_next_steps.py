"""What a diagnosis offers to do, and advice that knows what the profile already has."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as replace_finding

from console.core.api import Api, Expectation
from console.core.credential import CertificateFacts, CredentialKind, CredentialSummary
from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.terms import Answerer, Confidence
from console.core.finding import fail, passed
from console.core.owner import Owner
from console.core.profile import Profile
from console.core.profile_checks.corrections import better_scope, correction
from console.core.profile_checks.settings import settings_of
from console.web.present.known_advice import advice, advised, advised_findings
from console.web.present.mending import STEPS
from console.web.present.next_steps import IN_POLICY, next_steps
from console.web.present.profiles import profile_view
from console.web.present.situation import Situation

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
        ("client-in-other-tenant", {}, "Correct: Tenant"),
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
    assert found[1]["url"].endswith(f"/policy/?call={ID}#failing-rule"), "judged is the call that was refused"
    assert all(step["kind"] == "" for step in found[1:])


def test_only_what_can_be_done_is_offered():
    assert labels("call-timeout", Situation(profile(), API)) == []
    assert labels("certificate-not-registered", Situation(profile(), API)) == []
    kept = CredentialSummary(CredentialKind.CERTIFICATE, 1, 0, "", FACTS)
    with_one = Situation(profile(credential=kept), API)
    assert labels("certificate-not-registered", with_one) == [
        "Download the .cer to register",
        "Send the other thumbprint",
    ]


def test_a_fault_of_the_sandbox_that_is_on_is_the_first_thing_to_switch_off():
    found = next_steps(ranked("token-expired"), Situation(profile(), API, fault="Expired token"))
    assert found[0]["label"] == "Switch the fault off"
    assert found[0]["is_post"]


def test_a_registration_at_a_played_provider_is_mended_in_ones_own_sandbox():
    played = profile(provider="maskinporten", grant="jwt_bearer", settings={"environment": "sandbox"})
    (step,) = next_steps(ranked("certificate-not-registered"), Situation(played, API, is_own=True))
    assert step["url"] == "/sandbox/?provider=maskinporten#provider-maskinporten"
    assert next_steps(ranked("certificate-not-registered"), Situation(played, API)) == []
    outside = replace(played, settings={"environment": "test"})
    assert next_steps(ranked("certificate-not-registered"), Situation(outside, API, is_own=True)) == []
    (step,) = next_steps(ranked("consent-missing"), Situation(profile(provider="sandbox"), API, is_own=True))
    assert step["url"] == "/sandbox/?tab=clients#clients-title"


def test_a_scope_is_corrected_only_where_its_name_tells_that_it_is_another():
    assert better_scope(profile(), API) == ""
    assert better_scope(profile(scope="api://orders/.default"), API) == ""
    assert better_scope(profile(scope=f"{OTHER}/.default"), API) == f"{GUID}/.default"
    assert better_scope(profile(scope=f"{OTHER}/.default"), None) == ""


def test_the_checks_of_a_token_do_not_ask_for_what_the_profile_asks_for_already():
    wrong = replace_finding(fail("Another API.", why="aud", do="Request it.", who=Owner.INTEGRATOR), check="audience")
    other_form = replace_finding(wrong, who=Owner.API_OWNER)
    good = replace_finding(passed("Fine."), check="audience")
    here = Situation(profile(), API)
    told = advised_findings((wrong, other_form, good), here)
    assert told[0].do.startswith(f"This profile already asks for api://{GUID}/.default. Get a fresh token;")
    assert told[1:] == (other_form, good)
    for elsewhere in (None, Situation(profile(scope=f"{OTHER}/.default"), API), Situation(profile(), None)):
        assert advised_findings((wrong,), elsewhere) == (wrong,)


def test_a_text_that_leaves_the_page_advises_as_the_page_does():
    cause, here = ranked("audience-other-api"), Situation(profile(), API)
    diagnosis = Diagnosis(Answerer.GATEWAY, "", (cause, cause), (), "1")
    told = advised(diagnosis, here)
    assert told.primary.do == advice(cause, here)
    assert told.causes[1:] == (cause,)
    assert advised(diagnosis, None) is diagnosis


def test_advice_does_not_repeat_what_the_profile_already_does():
    here = Situation(profile(), API)
    assert advice(ranked("audience-other-api"), here).startswith(
        f"This profile already asks for api://{GUID}/.default."
    )
    assert "No subscription key is stored" in advice(ranked("subscription-key-missing"), here)
    with_key = Situation(profile(has_subscription_key=True), API)
    assert "A subscription key is stored" in advice(ranked("subscription-key-missing"), with_key)
    assert (
        advice(ranked("audience-other-api"), Situation(profile(scope=f"{OTHER}/.default"), API)) == "the usual advice"
    )


@pytest.mark.parametrize("slug", sorted({*STEPS, *IN_POLICY}))
def test_each_cause_that_has_a_button_is_a_cause_of_the_catalogue(slug):
    assert slug in {cause.slug for cause in CAUSES}


def test_a_key_that_is_stored_is_first_sent_along_and_only_then_replaced():
    here = Situation(profile(has_subscription_key=True), API)
    assert labels("subscription-key-missing", here) == ["Send the key along", "Replace the subscription key"]
    first = next_steps(ranked("subscription-key-missing"), here)[0]
    assert first["url"].endswith("#id_sends_subscription_key")
    assert labels("subscription-key-missing", replace(here, rights=USES)) == ["Send the key along"]


def test_both_thumbprints_of_a_certificate_are_shown_as_digits_that_an_error_can_be_compared_with():
    kept = CredentialSummary(CredentialKind.CERTIFICATE, 1, 0, "", FACTS)
    rows = {row["label"]: row["value"] for row in profile_view(profile(credential=kept), API, 0)["credential_facts"]}
    assert rows["Thumbprint (SHA-1)"] == "AB" * 20
    assert rows["Thumbprint (SHA-256)"] == "FBFF"


def test_the_policy_rule_is_shown_for_the_call_that_was_refused_not_for_a_later_token():
    here = Situation(profile(), API, has_policy=True, is_refused=True, attempt_id=OTHER)
    found = next(step for step in next_steps(ranked("app-permission-not-granted"), here) if step["id"] == "see-policy")
    assert found["url"].endswith(f"?call={OTHER}#failing-rule")


LOOKS = frozenset({"view"})
USES = frozenset({"view", "use"})


@pytest.mark.parametrize("slug", sorted(STEPS))
def test_who_only_looks_is_offered_nothing_that_changes_the_profile(slug):
    here = Situation(profile(), API, rights=LOOKS, attempt_id=ID, is_refused=True)
    found = next_steps(ranked(slug), here)
    assert not [one for one in found if "/edit/" in one["url"] or one["is_post"] or "#id_subscription" in one["url"]]
    used = next_steps(ranked(slug), replace(here, rights=USES))
    assert not [one for one in used if "/edit/" in one["url"]]


PROFILES = {
    "keycloak": ("client_credentials", {"base_url": "https://idp.example", "realm": "shop"}),
    "auth0": ("client_credentials", {"domain": "shop.eu.auth0.com", "audience": "https://other"}),
    "okta": ("client_credentials", {"domain": "shop.okta.com", "server": "default"}),
    "cognito": ("client_credentials", {"user_pool": "eu-north-1_A", "domain": "shop"}),
    "maskinporten": ("jwt_bearer", {"environment": "test", "resource": "https://other"}),
    "tokenx": ("token_exchange", {"environment": "dev", "audience": "dev-gcp:a:other"}),
    "idporten": ("authorization_code", {"environment": "test"}),
    "google": ("jwt_bearer", {}),
    "generic": ("client_credentials", {"environment": "test", "issuer": "https://idp.example"}),
    "entra": ("client_credentials", SETTINGS),
    "entra_v1": ("client_credentials", {"environment": "global", "tenant": OTHER, "resource": "api://other"}),
    "entra_b2c": ("authorization_code", {"tenant_name": "shop", "tenant": OTHER, "policy": "B2C_1_in"}),
    "entra_external": ("authorization_code", {"subdomain": "shop", "tenant": OTHER}),
}


@pytest.mark.parametrize("code", sorted(PROFILES))
def test_each_field_that_a_button_leads_to_is_a_field_of_that_providers_form(code):
    grant, settings = PROFILES[code]
    here = Situation(profile(provider=code, grant=grant, settings=settings, scope="x"), API)
    fields = {one.name for one in settings_of(code, grant, settings)} | {"client_id", "scope", "provider"}
    for slug in STEPS:
        for step in next_steps(ranked(slug), here):
            if "/edit/" in step["url"]:
                assert step["url"].partition("#id_")[2] in fields, (slug, step)


@pytest.mark.parametrize(
    ("code", "field"),
    [("auth0", "audience"), ("maskinporten", "resource"), ("tokenx", "audience"), ("entra_v1", "resource")],
)
def test_where_a_setting_names_the_api_it_is_filled_in_with_the_apis_name(code, field):
    grant, settings = PROFILES[code]
    asking = profile(provider=code, grant=grant, settings=settings, scope="x")
    found = correction("target", asking, API)
    assert (found.field, found.value) == (field, GUID)
    first = next_steps(ranked("audience-other-api"), Situation(asking, API))[0]
    assert first["label"] == "Name this API in the request" and first["url"].endswith(f"?correct=target#id_{field}")
    already = replace(asking, settings={**settings, field: GUID})
    assert correction("target", already, API) is None, "the audience that is asked for already is not advised"


def test_the_other_thumbprint_is_the_other_one():
    kept = CredentialSummary(CredentialKind.CERTIFICATE, 1, 0, "", FACTS)
    usual = profile(credential=kept)
    assert correction("thumbprint", usual, API).value == "x5t"
    by_sha1 = replace(usual, settings={**SETTINGS, "assertion_key_name": "x5t"})
    assert correction("thumbprint", by_sha1, API).value == "x5t#S256"
    assert correction("thumbprint", profile(), API) is None, "a secret has no thumbprint"


SCOPED = replace(API, expectation=Expectation((f"api://{GUID}",), scopes=("Orders.Read",)))


def test_a_scope_that_the_api_asks_for_and_the_profile_does_not_is_added_in_the_providers_form():
    person = profile(grant="authorization_code", scope=f"openid api://{GUID}/Orders.List")
    wanted = f"openid api://{GUID}/Orders.List api://{GUID}/Orders.Read"
    assert correction("further-scope", person, SCOPED).value == wanted
    keycloak = profile(provider="keycloak", settings=PROFILES["keycloak"][1], scope="openid")
    assert correction("further-scope", keycloak, SCOPED).value == "openid Orders.Read"
    assert correction("further-scope", profile(), SCOPED) is None, "an application is granted roles in their place"
    asked = replace(person, scope=f"openid api://{GUID}/Orders.Read")
    assert correction("further-scope", asked, SCOPED) is None
    told = advice(ranked("scope-missing"), Situation(asked, SCOPED))
    assert told.startswith(f"This profile already asks for {asked.scope}, and was not given it.")


def test_the_role_is_named_where_the_api_says_which_it_asks_for():
    api = replace(API, expectation=Expectation((GUID,), roles=("Orders.Read",)))
    assert "the role Orders.Read" in advice(ranked("app-permission-not-granted"), Situation(profile(), api))
    assert advice(ranked("app-permission-not-granted"), Situation(profile(), API)) == "the usual advice"


def test_the_last_call_that_worked_is_compared_with_this_one():
    here = Situation(profile(), API, is_refused=True, attempt_id=OTHER, worked_id=ID)
    found = {step["id"]: step for step in next_steps(ranked("call-timeout"), here)}
    assert found["compare-worked"]["url"] == f"/inspect/compare/?attempt={OTHER}"
    same = next_steps(ranked("call-timeout"), replace(here, worked_id=OTHER))
    assert "compare-worked" not in {step["id"] for step in same}


def test_a_policy_is_mended_by_who_may_change_it():
    here = Situation(profile(), API, has_policy=True, is_refused=True, attempt_id=OTHER)
    slug = "audience-format-mismatch"
    assert "mend-policy" not in {step["id"] for step in next_steps(ranked(slug), here)}
    found = next_steps(ranked(slug), replace(here, can_change_policy=True))
    assert found[0]["label"] == "Mend the policy" and found[0]["url"].endswith(f"?call={OTHER}#repairs-title")


def test_a_person_signs_in_again_by_the_connection_that_was_used():
    here = Situation(profile(grant="authorization_code"), API, connection_id=OTHER)
    assert labels("refresh-token-expired", here) == ["Sign in again"]
    assert labels("refresh-token-expired", replace(here, connection_id=None)) == []

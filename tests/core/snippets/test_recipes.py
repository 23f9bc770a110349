"""A program obtains a token alone only where grant and provider let it; else the reason is told."""

import pytest

from console.core.credential import CredentialSummary
from console.core.profile import Profile
from console.core.providers import provider_of
from console.core.snippets import SNIPPETS, snippet_of
from console.core.snippets.base import TokenRecipe, TokenWay
from console.core.snippets.made import make, not_offered
from console.core.snippets.recipes import never, recipes
from tests.core.snippets.calls import order

TENANT = "11111111-2222-4333-8444-555555555555"
ENTRA = {"cloud": "global", "tenant": TENANT}


def profile(provider="entra", grant="client_credentials", **settings):
    return Profile(
        "p", 1, "A profile", "test", provider, settings or ENTRA, "a-client", grant, "api://orders/.default", None,
        False, CredentialSummary(), 1,
    )  # fmt: skip


def recipes_of(one):
    return recipes(one, provider_of(one.provider).locate(one.settings, "https://localhost/sandbox/x"))


def test_of_entra_the_token_is_obtained_by_msal_in_both_ways():
    for way in (TokenWay.SECRET, TokenWay.CERTIFICATE):
        found = recipes_of(profile())[way]
        assert found == TokenRecipe(
            way,
            "a-client",
            f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token",
            (("grant_type", "client_credentials"), ("scope", "api://orders/.default")),
            scope="api://orders/.default",
            authority=f"https://login.microsoftonline.com/{TENANT}",
        )


def test_msal_is_told_of_a_host_that_microsoft_does_not_know():
    assert recipes_of(profile("sandbox", tenant=TENANT))[TokenWay.SECRET].is_known is False


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (profile(grant="authorization_code"), "no program gets its token alone"),
        (profile(grant="device_code"), "no program gets its token alone"),
        (profile(**ENTRA, dpop="ES256"), "bound to a key of this console"),
        (profile("generic", issuer="https://a.example"), "token endpoint is not known"),
    ],
)
def test_why_a_token_is_not_obtained_is_told(one, told):
    assert all(told in reason for reason in recipes_of(one).values())


def test_what_a_provider_does_not_take_is_not_offered():
    found = recipes_of(profile("maskinporten", environment="test"))
    assert "takes no client secret" in found[TokenWay.SECRET]
    assert "MSAL" in found[TokenWay.CERTIFICATE]


def test_a_chosen_way_of_proving_the_client_is_the_recipes():
    settings = {
        "issuer": "https://a.example",
        "token_endpoint": "https://a.example/token",
        "client_auth": "client_secret_basic",
    }
    found = recipes_of(profile("generic", **settings))[TokenWay.SECRET]
    assert (found.is_basic, found.authority, found.endpoint) == (True, "", "https://a.example/token")


def test_a_way_that_is_not_offered_gives_its_reason_and_no_text():
    made = make(snippet_of("python"), order(), never("Because."), TokenWay.SECRET)
    assert (made.text, made.problem) == ("", "Because.")


def test_what_was_hidden_is_counted_and_what_must_be_set_is_named():
    made = make(snippet_of("python"), order(), recipes_of(profile()), TokenWay.SECRET)
    assert made.hidden == 4
    assert [one.name for one in made.variables] == [
        "CLIENT_SECRET",
        "SUBSCRIPTION_KEY",
        "OCP_APIM_SUBSCRIPTION_KEY",
        "CLIENT_SECRET_2",
    ]
    assert "a secret" not in made.text


def test_each_language_that_is_not_offered_says_why():
    told = dict(not_offered(order(), recipes_of(profile()), TokenWay.CERTIFICATE, SNIPPETS))
    assert {"curl (cmd)", "curl (PowerShell)", "HAR 1.2"} <= set(told)
    assert all(sentence.endswith((".", "page.")) for sentence in told.values())

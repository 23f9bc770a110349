"""What every provider of the catalogue has, for people and for the wire."""

import pytest

from console.core.diagnosis import CAUSES
from console.core.oauth.setting import SettingShape
from console.core.providers import PROVIDERS, offered, owner_of
from console.core.providers.base import SANDBOX, Provider

SLUGS = {cause.slug for cause in CAUSES}


def variants(provider: Provider):
    return [value for value, _ in provider.variant.choices] if provider.variant else [""]


def filled(provider: Provider, variant: str) -> dict[str, str]:
    """Settings with which a provider can be reached."""
    given = {provider.variant.name: variant} if provider.variant else {}
    for one in provider.settings_for(given):
        if not one.is_variant and not one.is_confirmed:
            address = one.shape is SettingShape.URL
            given[one.name] = (
                f"https://idp.example/{one.name}" if address else one.choices[-1][0] if one.choices else "x1"
            )
    return given


PLACES = [(one, variant) for one in PROVIDERS for variant in variants(one)]


@pytest.mark.parametrize(("provider", "variant"), PLACES, ids=lambda one: getattr(one, "code", one))
def test_it_has_a_token_endpoint_and_a_destination_that_names_it(provider, variant):
    settings = filled(provider, variant)
    place = provider.locate(settings, SANDBOX if provider.is_played(settings) else "")
    assert place.token_endpoint.startswith((f"{SANDBOX}/", "https://"))
    assert place.token_endpoint in provider.destination(settings)
    assert provider.destination(settings).startswith(f"{provider.code} ")


@pytest.mark.parametrize(("provider", "variant"), PLACES, ids=lambda one: getattr(one, "code", one))
def test_what_the_sandbox_plays_lies_below_its_base_and_is_offered_only_with_it(provider, variant):
    settings = filled(provider, variant)
    choice = provider.choice_of(settings)
    with_sandbox = [value for value, _ in provider.choices_where(has_sandbox=True)]
    without = [value for value, _ in provider.choices_where(has_sandbox=False)]
    base = "https://console.example/sandbox/w1"
    place = provider.locate(settings, base)
    assert choice in with_sandbox
    assert (choice in without) is not provider.is_played(settings)
    assert place.token_endpoint.startswith(f"{base}/") is provider.is_played(settings)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_what_it_says_of_causes_is_about_causes_of_the_catalogue(provider):
    assert set(provider.advice.do) | set(provider.advice.commands) <= SLUGS
    assert {row.cause for row in provider.errors if row.cause} <= SLUGS
    for row in provider.errors:
        assert row.meaning.endswith(".") and row.do.endswith("."), row.code


def test_an_address_is_of_one_provider_at_most():
    named = [one.code for one in PROVIDERS if one.owns("https://login.microsoftonline.com/t/v2.0")]
    assert named == ["entra"]
    assert owner_of("", "https://idp.example/oauth") is None
    assert owner_of("", "https://sts.windows.net/t/").code == "entra"


def test_without_a_sandbox_nothing_played_is_offered():
    assert "sandbox" not in [one.code for one in offered(has_sandbox=False)]

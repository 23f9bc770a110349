"""Advice in the words of each provider: every cause, beside every provider, and nothing that widens in front."""

import re

import pytest

from console.core.checks.base import Context
from console.core.compare import WIDENS, spelled_differently
from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import Match
from console.core.diagnosis.ranking import _ranked
from console.core.diagnosis.terms import Confidence
from console.core.providers import PROVIDERS
from console.core.providers.base import Provider

# Found by marks of Entra's own, so that no other provider is ever told of them.
OF_ENTRA_ALONE = frozenset(
    {"token-for-graph", "group-overage", "issuer-version-mismatch", "wrong-cloud", "app-specific-signing-key"}
)
OWN = [one for one in PROVIDERS if one.code != "generic"]
NOT_OF_AN_API = frozenset({"address-refused-by-console", "consent-missing"})  # what they widen is no API's
WIDENING = re.compile(
    r"\b(?:accept (?:this|either|both|a role|it) ?|too\b|added to (?:the|those|that)\b.{0,12}(?:list|clients)|"
    r"switched off|longer (?:leeway|skew)|more leeway|in place of .{0,60}beside)",
    re.I,
)


def rendered(provider: Provider | None) -> dict[str, str]:
    """What is said of each cause where the evidence itself gives no sentence of its own."""
    told = {}
    for cause in CAUSES:
        told[cause.slug] = _ranked(cause, Match(Confidence.LIKELY, "", ()), what="", provider=provider).do
    return told


def wanted_of(provider: Provider) -> set[str]:
    """The causes that are common where a provider has these grants and these proofs of a client (grants.md)."""
    always = {"audience-other-api", "client-id-wrong", "wrong-authorization-server", "issuer-spelling-mismatch"}
    always |= {"grant-type-not-allowed", "scope-missing"}
    has_secret = {"client_secret_post", "client_secret_basic"} & set(provider.client_auths)
    by_habit = {
        "app-permission-not-granted": {"client_credentials", "jwt_bearer", "token_exchange"} & set(provider.grants),
        "client-secret-invalid": has_secret,
        "certificate-not-registered": "private_key_jwt" in provider.client_auths,
        "assertion-audience-wrong": "private_key_jwt" in provider.client_auths,
        "redirect-uri-mismatch": "authorization_code" in provider.grants,
        "refresh-token-expired": "refresh_token" in provider.grants,
        "scope-not-granted": provider.scope_form.is_asked and provider.code != "entra_v1",
        "scope-format-invalid": provider.scope_form.is_asked,
        "resource-not-found": provider.code in {"tokenx", "auth0", "entra", "keycloak"},
        "jwks-wrong-source": provider.code != "google",  # there is one Google
    }
    return always | {slug for slug, is_common in by_habit.items() if is_common}


@pytest.mark.parametrize("provider", OWN, ids=lambda one: one.code)
def test_each_provider_has_advice_of_its_own_for_what_is_common_there(provider):
    assert wanted_of(provider) - set(provider.advice.do) == set()


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_no_cause_is_mended_in_the_words_of_another_provider(provider):
    own = [*provider.words.own, provider.title]
    told = rendered(provider)
    for other in PROVIDERS:
        foreign = [word for word in other.words.own if word not in own]
        said = [(w, slug) for slug, do in told.items() for w in foreign if w in do and slug not in OF_ENTRA_ALONE]
        assert said == [], other.code


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_what_is_kept_there_is_told_in_no_words_of_another(provider):
    records = [one for one in (provider.advice.registration, provider.advice.log) if one]
    told = [f"{one.what} {one.how} {one.command}" for one in records]
    for other in PROVIDERS:
        foreign = [word for word in other.words.own if word not in (*provider.words.own, provider.title)]
        assert [(word, one) for word in foreign for one in told if word in one] == [], other.code


@pytest.mark.parametrize("provider", [None, *PROVIDERS], ids=lambda one: one.code if one else "unknown")
def test_what_widens_is_called_so_and_comes_last(provider):
    for slug, do in rendered(provider).items():
        if WIDENS in do:
            assert do.endswith(f"{WIDENS}."), slug
        elif slug not in NOT_OF_AN_API:
            assert not WIDENING.search(do), (slug, do)


def test_the_checks_call_it_so_too():
    import console.core.checks as checks
    from console.core.api import Expectation
    from console.core.tokens.signature import NOT_CHECKED
    from console.core.tokens.token import Token, TokenKind

    claims = {
        "iss": "https://sts.windows.net/4f3c7141-662e-438f-93a9-a092a1fe354e/",
        "aud": "a",
        "ver": "1.0",
        "azp": "x",
    }
    wanted = Expectation(
        issuers=("https://login.microsoftonline.com/4f3c7141-662e-438f-93a9-a092a1fe354e/v2.0",),
        audiences=("api://a",),
        token_version="2.0",
        authorized_parties=("y",),
    )
    token = Token(TokenKind.JWS, "", header={"alg": "RS256"}, claims=claims)
    found = {one.check: one.do for one in checks.run_all(Context(token, wanted, NOT_CHECKED, 0)) if one.do}
    widening = [found["issuer"], found["token_version"], found["authorized_party"], found["audience"]]
    assert [one.endswith(f"{WIDENS}.") for one in widening] == [True] * 4
    assert not any(one.lower().startswith(("accept", "add")) for one in widening)
    assert spelled_differently("a", "api://a").advice.endswith(f"{WIDENS}.")


@pytest.mark.parametrize("provider", OWN, ids=lambda one: one.code)
def test_a_command_shows_no_secret_and_holds_no_literal_credential(provider):
    records = (provider.advice.registration, provider.advice.log)
    commands = [*provider.advice.commands.values(), *(one.command for one in records if one)]
    for command in filter(None, commands):
        assert "secret" not in command.lower() and "password" not in command.lower()
        assert "\n" not in command and len(command) < 600
        assert not re.search(r"eyJ|Bearer [A-Za-z0-9]", command)
        if "describe-user-pool-client" in command or "kcadm.sh get clients" in command:
            assert "--query" in command or "--fields" in command, "the whole answer would hold the secret"

"""No advice about one provider speaks another's language: every provider, beside every other.

Each cause is found from the evidence of its own stage, told of the provider in question: its name as the profile's, and
its addresses in place of those that the evidence had. What the evidence itself says in Entra's words is taken out.
"""

import json
import re

import pytest

from console.core.diagnosis import CAUSES, explain, read_evidence
from console.core.oauth.words import NEUTRAL
from console.core.providers import PROVIDERS
from console.core.providers.base import SANDBOX, Provider
from tests.core.diagnosis import (
    test_api,
    test_authorization,
    test_credential,
    test_discovery,
    test_gateway_policy,
    test_network,
    test_signature,
    test_subscription,
    test_token_content,
    test_token_request,
)
from tests.core.providers.test_base import filled, variants

STAGES = (
    *(test_network, test_discovery, test_credential, test_token_request, test_token_content, test_signature),
    *(test_gateway_policy, test_subscription, test_authorization, test_api),
)
_ENTRA_ISSUER = re.compile(r"https://(?:login\.microsoftonline\.com|sts\.windows\.net)/[^/\"]+(?:/v2\.0)?/?")
# Facts of the evidence: a token for Graph is one whoever asked, and these causes are found by Entra's own marks alone.
OF_ENTRA_ALONE = frozenset({"token-for-graph", "group-overage", "issuer-version-mismatch", "wrong-cloud"})


def told_of(provider: Provider, evidence: dict) -> dict:
    """The same attempt at this provider."""
    place = provider.locate(filled(provider, variants(provider)[0]), SANDBOX)
    text = json.dumps({name: value for name, value in evidence.items() if name not in ("policy_xml", "pasted")})
    moved = json.loads(_ENTRA_ISSUER.sub(place.issuer, text.replace("/.default", "")))
    error = moved.get("token_error") or {}
    error.pop("error_codes", None)
    if "AADSTS" in str(error.get("error_description", "")):
        del error["error_description"]
    for name in ("tid", "ver", "idtyp"):
        (moved.get("token_claims") or {}).pop(name, None)
    if moved.get("token_request"):
        moved["token_request"]["endpoint"] = place.token_endpoint
    return {**moved, "profile": {**(moved.get("profile") or {}), "provider": provider.code}}


EVIDENCE = [evidence for stage in STAGES for slug, evidence in stage.MATCHES if slug not in OF_ENTRA_ALONE]


def advice_in(provider: Provider) -> list[str]:
    """Everything that is said of what to do, whatever is wrong."""
    found = [explain(read_evidence(told_of(provider, one))) for one in EVIDENCE]
    return [f"{cause.cause}: {cause.do}" for one in found for cause in one.causes if cause.cause not in OF_ENTRA_ALONE]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_no_advice_about_one_provider_speaks_the_language_of_another(provider):
    said = advice_in(provider)
    assert len(said) > len(EVIDENCE) / 2, "most of the evidence is explained for this provider too"
    for other in PROVIDERS:
        foreign = [word for word in other.words.own if word not in provider.words.own and word != provider.title]
        assert [(word, one) for word in foreign for one in said if word in one] == [], other.code


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_its_own_texts_hold_no_words_of_another(provider):
    own = [
        provider.words.ask_for("audience-1"),
        provider.words.grant("permission-1"),
        provider.words.request("scope-1"),
        provider.scope_form.help,
        provider.scope_form.do,
        *provider.advice.do.values(),
        *provider.advice.commands.values(),
        *(f"{row.meaning} {row.do}" for row in provider.errors),
        *(f"{one.label} {one.help}" for one in provider.settings if not one.is_variant),
    ]
    for other in PROVIDERS:
        foreign = [word for word in other.words.own if word not in provider.words.own]
        assert [(word, one) for word in foreign for one in own if word in one] == [], other.code


def test_what_holds_for_any_provider_speaks_nobodys_language():
    texts = {cause.slug: f"{cause.what} {cause.do}" for cause in CAUSES if cause.slug not in OF_ENTRA_ALONE}
    texts["ask"], texts["grant"] = NEUTRAL.ask_for("audience-1"), NEUTRAL.grant("permission-1")
    for one in PROVIDERS:
        assert [(word, slug) for word in one.words.own for slug, text in texts.items() if word in text] == [], one.code


@pytest.mark.parametrize(
    ("issuer", "everyones"),
    [
        ("https://idp.example/realms/x1", "account"),
        ("https://shop.eu.auth0.com/", "https://shop.eu.auth0.com/userinfo"),
        ("https://login.microsoftonline.com/4f3c7141-662e-438f-93a9-a092a1fe354e/v2.0", "https://graph.microsoft.com"),
    ],
)
def test_nobody_is_told_to_accept_what_every_token_names_though_the_api_takes_its_client(issuer, everyones):
    found = explain(
        read_evidence(
            {
                "token_claims": {"iss": issuer, "aud": everyones, "azp": "shop-web", "scope": "email"},
                "token_header": {"alg": "RS256"},
                "expectations": {"audiences": ["shop-web"], "issuers": [issuer]},
                "response": {"status": 401, "headers": {}, "body": ""},
                "request": {"method": "GET", "url": "https://api.example/", "headers": {"Authorization": "Bearer x"}},
            }
        )
    )
    assert found.causes and not any(f"to {everyones}" in cause.do for cause in found.causes)


def test_keycloak_is_never_told_to_take_the_audience_account():
    keycloak = next(one for one in PROVIDERS if one.code == "keycloak")
    issuer = "https://idp.example/realms/x1"
    found = explain(
        read_evidence(
            {
                "token_claims": {"iss": issuer, "aud": "account", "azp": "c", "scope": "email"},
                "token_header": {"alg": "RS256"},
                "expectations": {"audiences": ["orders"], "issuers": [issuer]},
                "response": {"status": 401, "headers": {}, "body": ""},
                "request": {"method": "GET", "url": "https://api.example/", "headers": {"Authorization": "Bearer x"}},
            }
        )
    )
    assert found.primary.cause == "audience-other-api"
    assert "audience mapper" in found.primary.do and "account" not in found.primary.do
    assert keycloak.words.ask_for("orders") == found.primary.do

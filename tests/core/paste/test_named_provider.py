"""A hand-over in each provider's own words: issuer, realm, domain, audience, client with kid, names of the platform."""

import pytest

from console.core.paste.handover import read_handover

WORKSPACE = "https://console.example/sandbox/w1"
TENANT, CLIENT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4", "5f0c2b1e-8f2a-4a55-9f0d-2f9a3f6f1a10"
DOCUMENT = "https://idp.example/t1/.well-known/openid-configuration"
MAILS = {
    "maskinporten": (
        f"Hello,\nyour client is ready in test.\nClient ID: {CLIENT}\nkid: orders-2026\n"
        "Scopes: nav:helse/sykepenger/afp.read nav:orders\nToken endpoint: https://test.maskinporten.no/token\n"
        "API: https://api.example.no/orders\n",
        {"environment": "test", "assertion_kid": "orders-2026"},
        CLIENT,
        "nav:helse/sykepenger/afp.read nav:orders",
    ),
    "maskinporten, by the names of its platform": (
        f"MASKINPORTEN_CLIENT_ID={CLIENT}\nMASKINPORTEN_ISSUER=https://maskinporten.no/\n"
        "MASKINPORTEN_SCOPES=nav:orders\n",
        {"environment": "prod"},
        CLIENT,
        "nav:orders",
    ),
    "maskinporten, played by the sandbox": (
        f"Token endpoint: {WORKSPACE}/maskinporten/token\nClient ID: sample-client\nScope: orders:read\n",
        {"environment": "sandbox"},
        "sample-client",
        "orders:read",
    ),
    "tokenx": (
        "TOKEN_X_CLIENT_ID=dev-gcp:team-b:frontend\nTOKEN_X_WELL_KNOWN_URL="
        "https://tokenx.dev-gcp.nav.cloud.nais.io/.well-known/oauth-authorization-server\n"
        "audience: dev-gcp:team-a:api\n",
        {"environment": "dev", "audience": "dev-gcp:team-a:api"},
        "dev-gcp:team-b:frontend",
        "",
    ),
    "idporten": (
        f"Issuer: https://test.idporten.no\nClient ID: {CLIENT}\nScope: openid profile\n",
        {"environment": "test"},
        CLIENT,
        "openid profile",
    ),
    "keycloak": (
        "Realm: orders\nClient ID: orders-batch\n"
        "Token URL: https://login.example.com/auth/realms/orders/protocol/openid-connect/token\n",
        {"base_url": "https://login.example.com/auth", "realm": "orders"},
        "orders-batch",
        "",
    ),
    "auth0": (
        "Domain: example.eu.auth0.com\nClient ID: aBcD1234efGH5678\nAudience: https://orders.example\n"
        "Token URL: https://example.eu.auth0.com/oauth/token\n",
        {"domain": "example.eu.auth0.com", "audience": "https://orders.example"},
        "aBcD1234efGH5678",
        "",
    ),
    "okta": (
        "Issuer: https://example.okta.com/oauth2/aus1a2b3c\nClient ID: 0oa10r45jtVYhC9Y5357\nScopes: orders.read\n",
        {"domain": "example.okta.com", "server": "aus1a2b3c"},
        "0oa10r45jtVYhC9Y5357",
        "orders.read",
    ),
    "cognito": (
        "User pool ID: eu-north-1_AbCdEfGhI\nApp client ID: djc98u3jiedmi283eu928\nScope: orders/read\n"
        "Token URL: https://orders.auth.eu-north-1.amazoncognito.com/oauth2/token\n",
        {"user_pool": "eu-north-1_AbCdEfGhI", "domain": "orders.auth.eu-north-1.amazoncognito.com"},
        "djc98u3jiedmi283eu928",
        "orders/read",
    ),
    "entra_external": (
        f"Authority: https://contoso.ciamlogin.com/{TENANT}\nClient ID: {CLIENT}\n",
        {"subdomain": "contoso", "tenant": TENANT},
        CLIENT,
        "",
    ),
    "entra_b2c": (
        "Token URL: https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin/oauth2/v2.0/token\n"
        f"Client ID: {CLIENT}\n",
        {"tenant_name": "contoso", "policy": "B2C_1_signin"},
        CLIENT,
        "",
    ),
    "generic, by its document": (
        f"See {DOCUMENT}\nClient ID: orders\nScope: orders.read\n",
        {"environment": "outside", "issuer": "https://idp.example/t1", "metadata_url": DOCUMENT},
        "orders",
        "orders.read",
    ),
    "generic, by its issuer": (
        "Issuer: https://idp.example/t1\nToken endpoint: https://tokens.example/token\nClient ID: orders\n",
        {
            "environment": "outside",
            "issuer": "https://idp.example/t1",
            "token_endpoint": "https://tokens.example/token",
        },
        "orders",
        "",
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_a_hand_over_is_read_in_the_words_of_its_provider(name):
    text, settings, client_id, scope = MAILS[name]
    read = read_handover(text, sandbox=WORKSPACE)
    assert read.provider == name.partition(",")[0]
    assert settings.items() <= read.settings.items()
    assert (read.client_id, read.scope) == (client_id, scope)
    assert (read.cloud, read.is_sandbox) == ("", False)


@pytest.mark.parametrize(
    "text",
    [
        f"Tenant ID: {TENANT}\nToken URL: https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token\n",
        f"Token URL: {WORKSPACE}/{TENANT}/oauth2/v2.0/token\n",
        "Subject: Your client\nFrom: ina@example.com\nDomain: example.com\n",
    ],
)
def test_what_is_entras_or_nobodys_is_not_taken_for_another_providers(text):
    read = read_handover(text, sandbox=WORKSPACE)
    assert read.named == ""
    assert not {"subject", "domain", "issuer"} & set(read.settings)


def test_a_secret_is_never_a_setting():
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLWl0"
    read = read_handover(f"AUTH0_DOMAIN={token}\nClient ID: {token}\nScope: {token}\n")
    assert token not in repr((read.settings, read.client_id, read.scope))

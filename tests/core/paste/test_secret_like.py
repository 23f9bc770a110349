"""What is inspected, and not searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.paste.secret_like import is_secret_like

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly94In0.c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro"
SECRETS = (
    JWT,
    f"  {JWT}\n",
    f"Bearer {JWT}",
    "Authorization: Bearer abc123def456",
    "bearer abc123",
    "Basic Y2xpZW50OnNlY3JldA==",
    "0bq8Q~x1yzABCDEFGHIJKLMNOPQRSTUVWXYZabcd",
    "client_secret=hunter2hunter2",
    "kJ8sdf7SDFjh34kjhSDF87sdfkjh34kjhsdf9871",
    "-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0BAQEFAASC -----END PRIVATE KEY-----",
    f'{{"access_token": "{JWT}", "token_type": "Bearer"}}',
)
NAMES = (
    "",
    "orders",
    "#12",
    "Orders client (test)",
    "AADSTS700016: Application not found",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "3F2504E04F8941D39A0C0305E82C3301",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "GET /orders/12",
    "api://4a41d081-77b5-4a41-d081-77b54a41d081/.default",
    "https://api-test.nordhavn.example/v1/orders",
    "secret",
    "Sample: orders with a secret",
    "invalid_token",
    "ClientSecretCredentialForOrders2024",
    "basic",
    "ina@example.com",
)


@pytest.mark.parametrize("text", SECRETS)
def test_a_token_or_a_secret_is_told(text):
    assert is_secret_like(text)


@pytest.mark.parametrize("text", NAMES)
def test_a_name_a_number_and_an_id_are_searched_for(text):
    assert not is_secret_like(text)


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    assert is_secret_like(text) in (True, False)

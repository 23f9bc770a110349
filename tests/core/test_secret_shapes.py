"""A secret in a text that others read is recognised; names and addresses of every day are not taken for one."""

import base64
import random

import pytest

from console.core.redaction.shapes import secret_in

ENTRA = "abc8Q~" + "dEfGhIjKlMnOpQrStUvWxYz0123456789a"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ENTRA, "a client secret"),
        (f"Orders {ENTRA} test", "a client secret"),
        (f"https://api.example/{ENTRA}/orders", "a client secret"),
        (f"Orders {JWT}", "a token"),
        ("-----BEGIN PRIVATE KEY-----MIIE", "a private key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "an access key of GitHub"),
        ("https://api.example/xoxb-123456789012-abcdef", "an access key of Slack"),
        ("AKIAIOSFODNN7EXAMPLE", "an access key of AWS"),
        ("https://user:hunter22@api.example", "a token, or a secret"),
        ("Orders client_secret=abcdefgh", "a token, or a secret"),
    ],
)
def test_a_secret_is_recognised_wherever_it_stands(text, what):
    assert secret_in(text).startswith(what)
    assert secret_in(text, is_name=True).startswith(what)


@pytest.mark.parametrize("text", ["0123456789abcdef0123456789abcdef", "k7Gd92LmQx81Zr0TfWb3Ys6VhN"])
def test_a_word_that_only_a_key_is_counts_in_a_name_alone(text):
    assert (secret_in(f"Orders {text}", is_name=True) != "", secret_in(f"https://api.example/{text}")) == (True, "")


def test_random_keys_of_usual_kinds_are_seen_in_names():
    source = random.Random(7)
    seen = 0
    for _ in range(300):
        raw = source.randbytes(24)
        seen += bool(secret_in(base64.urlsafe_b64encode(raw).decode(), is_name=True))
    assert seen >= 285


@pytest.mark.parametrize(
    "text",
    [
        "Orders client",
        "Sample: orders with a secret",
        "OrdersClientProduction2024ForTeamBlue",
        "Basic authentication of the old gateway",
        "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41",
        "api://f73ba7f2-5bf9-44b5-b82c-e4b191a80c41/.default",
        "https://api.example.com/orders/v1",
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
        "Ocp-Apim-Subscription-Key",
        "{sandbox}/gateway/orders",
        "Bestellungen für die Filiale Köln",
        "订单客户端",
        "",
        "Token for invoices, v1 tokens",
    ],
)
def test_everyday_names_and_addresses_are_none(text):
    assert (secret_in(text), secret_in(text, is_name=True)) == ("", "")

"""WWW-Authenticate as the standards write it, and as real servers do."""

import pytest

from console.core.challenge import MAX_LENGTH, Challenge, parse_challenges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   , ,", []),
        ("Bearer", [("Bearer", {}, "")]),
        ('Bearer realm="x"', [("Bearer", {"realm": "x"}, "")]),
        (
            'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
            [
                (
                    "Bearer",
                    {"realm": "example", "error": "invalid_token", "error_description": "The access token expired"},
                    "",
                )
            ],
        ),
        (
            'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
            [
                ("Newauth", {"realm": "apps", "type": "1", "title": 'Login to "apps"'}, ""),
                ("Basic", {"realm": "simple"}, ""),
            ],
        ),
        ("Negotiate YIIabc==, NTLM", [("Negotiate", {}, "YIIabc=="), ("NTLM", {}, "")]),
        (
            'DPoP algs="ES256 PS256", Bearer error="use_dpop_nonce"',
            [("DPoP", {"algs": "ES256 PS256"}, ""), ("Bearer", {"error": "use_dpop_nonce"}, "")],
        ),
        (
            'AzureApiManagementKey realm="https://a.example/x",name="Ocp-Apim-Subscription-Key",type="header"',
            [
                (
                    "AzureApiManagementKey",
                    {"realm": "https://a.example/x", "name": "Ocp-Apim-Subscription-Key", "type": "header"},
                    "",
                )
            ],
        ),
        (
            'Bearer realm="a.example" authorization_uri="https://login.example/x"',
            [("Bearer", {"realm": "a.example", "authorization_uri": "https://login.example/x"}, "")],
        ),
        ("Bearer error = invalid_token , SCOPE=read", [("Bearer", {"error": "invalid_token", "scope": "read"}, "")]),
        ('Bearer error="one", error="two"', [("Bearer", {"error": "one"}, "")]),
        ('Bearer error_description="cut off', [("Bearer", {"error_description": "cut off"}, "")]),
        ('Bearer realm=""', [("Bearer", {"realm": ""}, "")]),
        ("=x, ;;;, Bearer", [("Bearer", {}, "")]),
        ("\x00\x01", []),
    ],
)
def test_challenges_are_read(text, expected):
    found = [(challenge.scheme, challenge.params, challenge.token68) for challenge in parse_challenges(text)]
    assert found == expected


def test_a_scheme_is_compared_without_letter_case():
    assert Challenge("bearer").is_scheme("Bearer")


@pytest.mark.parametrize(
    "text", ["a" * 200_000, '"' * 50_000, "Bearer " * 20_000, "=,=" * 20_000, 'B x="' + "\\" * 20_000]
)
def test_a_huge_or_broken_header_is_read_in_bounded_steps(text):
    assert len(parse_challenges(text)) <= MAX_LENGTH

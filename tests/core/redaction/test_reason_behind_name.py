"""The name of a token at the end of a clause: what follows is the reason, and no value."""

import pytest

from console.core.redaction.redact import redact_text


@pytest.mark.parametrize(
    "text",
    [
        "could not verify id_token: failed to parse it",
        "cannot exchange access_token: invalid character in it",
        "client_secret: missing from the request",
    ],
)
def test_a_reason_stays(text):
    assert redact_text(text) == text


@pytest.mark.parametrize(
    "text",
    ["id_token: failedXYZ123 to", "access_token=invalid here", "client_secret: failed", "password: not-this one"],
)
def test_a_value_does_not(text):
    assert redact_text(text) != text

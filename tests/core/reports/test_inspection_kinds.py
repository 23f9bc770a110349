"""The word for what a paste is, in the JSON that programs read: one of those that were promised, whatever it is."""

import pytest

from console.core.api import Expectation
from console.core.inspection import Inspected, inspect_text
from console.core.paste.recognise import PastedKind
from console.core.reports.inspection import to_json

WORDS = frozenset({
    "jws", "unsecured", "jwe", "opaque", "saml", "paseto", "token_response", "token_error", "curl", "har",
    "http_message", "gateway_trace", "www_authenticate", "cookie", "url", "secret", "private_key", "multiple", "empty",
    "unknown",
})  # fmt: skip
TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcGk6Ly9vcmRlcnMifQ."
POLICY = "<policies><inbound><validate-jwt header-name='Authorization'/></inbound></policies>"


def written(text):
    return to_json(inspect_text(text, expectation=Expectation(), keyset=None, now=1_700_000_000))


@pytest.mark.parametrize("kind", PastedKind)
def test_each_kind_has_a_word_of_the_interface(kind):
    assert to_json(Inspected(kind))["kind"] in WORDS


def test_a_token_beside_a_policy_stays_what_the_text_is():
    told = written(f"Why is this refused?\n{TOKEN}\n{POLICY}")
    assert (told["kind"], told["claims"]) == ("unsecured", {"aud": "api://orders"})
    assert written(POLICY)["kind"] == "unknown"


def test_what_was_done_to_a_token_is_told_beside_a_policy_too():
    notes = written(f"{POLICY}\nWhy?\n{TOKEN}")["notes"]
    assert "gateway policy" in notes[0]
    assert notes[1:] == written(f"Why?\n{TOKEN}")["notes"] != []

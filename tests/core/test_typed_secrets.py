"""What a person typed into a call that is secret is known in all its parts, so that it can be masked in the answer."""

import pytest

from console.core.call import ApiCall
from console.core.redaction.typed import typed_secrets

BASIC = "dTpwYXNz"


@pytest.mark.parametrize(
    ("call", "found"),
    [
        (ApiCall("GET", "/", headers=(("X-Api-Token", "abc"),)), ["abc"]),
        (ApiCall("GET", "/", headers=(("Authorization", "Bearer abc"),)), ["Bearer abc", "abc"]),
        (ApiCall("GET", "/", headers=(("Authorization", "Bearer undefined"),)), []),
        (
            ApiCall("GET", "/", headers=(("Authorization", "Basic dTpwYXNz"),)),
            ["Basic dTpwYXNz", "dTpwYXNz", "u:pass", "pass"],
        ),
        (ApiCall("GET", "/", headers=(("Authorization", "Basic ???"),)), ["Basic ???", "???"]),
        (ApiCall("GET", "/", headers=(("Cookie", "a=1; b=2"),)), ["a=1; b=2", "1", "2"]),
        (ApiCall("GET", "/", headers=(("Accept", "text/plain"),)), []),
        (ApiCall("GET", "/", query="api_key=a%2Fb&top=1"), ["a/b"]),
        (ApiCall("POST", "/", body='{"a": [{"password": "p"}], "x": 1}'), ["p"]),
        (ApiCall("POST", "/", body='{"password": "p", "password": "q"}'), ["p", "q"]),
        (ApiCall("POST", "/", body="grant=x&client_secret=s%20t"), ["s t"]),
        (ApiCall("POST", "/", body="{not json"), []),
        (ApiCall("GET", "/eyJhbGciOiJub25lIn0.eyJhIjoxfQ.sig"), ["eyJhbGciOiJub25lIn0.eyJhIjoxfQ.sig"]),
    ],
)
def test_what_a_person_typed_that_is_secret_is_known_in_all_its_parts(call, found):
    assert [secret.reveal() for secret in typed_secrets(call)] == found

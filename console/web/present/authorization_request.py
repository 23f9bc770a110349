"""The authorization request explained parameter by parameter, before a person is sent there with it."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.json.shown import cut
from console.core.json.text import shorten
from console.core.oauth import parameters

UNKNOWN = "Nothing this console knows; the provider's documentation may say."
# Worth nothing to a reader, and worth keeping out of a picture of the page: whose sign-in this is hangs on them.
_SHORTENED = frozenset({"state", "nonce", "request_uri", "id_token_hint", "request"})
SHOWN = 6


def request_view(url: str) -> dict[str, Any]:
    """What authorization_request.html needs: `url` is where a person is to be sent, with everything in it."""
    split = urlsplit(url)
    return {
        "endpoint": f"{split.scheme}://{split.netloc}{split.path}",
        "host": split.netloc,
        "rows": [_row(name, value) for name, value in parse_qsl(split.query, keep_blank_values=True)],
        "is_pushed": "request_uri" in split.query,
    }


def _row(name: str, value: str) -> dict[str, Any]:
    known = parameters.BY_NAME.get(name)
    is_masked = name in _SHORTENED and len(value) > SHOWN
    return {
        "name": cut(name),
        "value": f"{value[:SHOWN]}…" if is_masked else shorten(value, 300),
        "is_masked": is_masked,
        "purpose": known.purpose if known else UNKNOWN,
        "source": known.source if known else "",
    }

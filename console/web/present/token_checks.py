"""What a provider said of a token, beside what was seen of it here."""

from typing import Any

from console.core.exchange import Failure
from console.core.json.text import json_text, shorten
from console.core.oauth.introspection import Introspection
from console.core.oauth.token_response import TokenError
from console.services.token_checks import ToldOfToken
from console.web.present import words
from console.web.present.exchanges import steps_view

_ABOUT = {
    "state": "Whether it counts", "iss": "Issuer", "sub": "Subject", "aud": "Audience", "exp": "End",
    "client_id": "Client", "scope": "Scope",
}  # fmt: skip
MOST_MEMBERS = 40


def told_view(told: ToldOfToken) -> dict[str, Any]:
    """`status`, `title` and `text` are the verdict; `differences` rows of both sides, `members` what was answered."""
    status, title, text = _verdict(told)
    members = told.told.members if isinstance(told.told, Introspection) else {}
    return {
        "status": status,
        "title": title,
        "text": text,
        "differences": [
            {"about": _ABOUT.get(one.about, one.about), "here": one.here, "there": one.there}
            for one in told.disagreements
        ],
        "members": [
            {
                "label": name,
                "value": words.side(value) if isinstance(value, str) else shorten(json_text(value), 400),
                "is_code": True,
            }
            for name, value in list(members.items())[:MOST_MEMBERS]
        ],
        "steps": steps_view(told.steps),
    }


def _verdict(told: ToldOfToken) -> tuple[str, str, str]:
    said = told.told
    if said is None:
        return "pass", "The token was revoked", _REVOKED
    if isinstance(said, TokenError):
        return "fail", "The provider did not do it", said.error_description or said.error
    if isinstance(said, Failure):
        return "fail", "The provider did not answer", said.detail
    if told.disagreements:
        return "fail", "The two disagree", "What the provider says of this token is not what was seen of it here."
    if not said.is_active:
        return "warning", "The provider says: not active", "It ended, was revoked, or this client is not told of it."
    return "pass", "The provider says: active", "Nothing that it says differs from what was seen of the token here."


_REVOKED = (
    "It is forgotten here too. APIs that read the token by themselves may take it until it ends; call one again to see."
)

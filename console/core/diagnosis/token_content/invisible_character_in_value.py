"""A blank, line break or quote hides in a configured value or in the token that is sent."""

import re

from console.core.compare import hidden_characters, without_hidden
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, certain, likely
from console.core.diagnosis.mends import with_bearer, with_claims
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import leaves
from console.core.diagnosis.secret_shape import has_hidden_character
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner

SECRETS = ("secret", "password", "key", "token", "assertion", "code")
# Lists with blanks between their members, and what the client makes up for itself.
_LISTS = {"scope", "prompt", "acr_values", "ui_locales", "response_type"}
MAY_HOLD = frozenset({*_LISTS, "state", "nonce", "claims", "authorization_details"})
MOST_CHARACTERS = 4_000
_QUOTED = re.compile(
    r"""(?<![\w\]'"])[\['"`]([\w.:/~-]{1,200})(?:[\r\n\t\u200b\u00a0\ufeff]|\\[rnt]|%0[ADad])++[\]'"`](?!\w)"""
)
SETTINGS = ("client_id", "tenant", "audience", "issuer", "authority", "secret", "scope")


def match(reading: Reading) -> Match | None:
    return (
        by_code("invisible-character-in-value")(reading)
        or _in_demands(reading)
        or _in_request(reading)
        or _in_answer(reading)
        or _in_settings(reading)
    )


def _in_demands(reading: Reading) -> Match | None:
    """A demand that would be met without its hidden character."""
    pairs = (
        ("audience", reading.token.audiences or () if reading.token else ()),
        ("issuer", (reading.claims.get("iss"),)),
    )
    for check, actual in pairs:
        finding = reading.failed(check)
        for wanted in (finding.expected or ()) if finding else ():
            values = [value for value in actual if isinstance(value, str)]
            hidden = hidden_characters(wanted) or any(map(hidden_characters, values))
            if hidden and without_hidden(wanted) in map(without_hidden, values):
                return certain(
                    f"The token says {values[0]!r}; this API accepts {wanted!r}, with a hidden character.",
                    check,
                    do="Remove the hidden character from the accepted value.",
                    who=Owner.API_OWNER,
                )
    return None


def _mended(reading: Reading) -> Evidence | None:
    """With a token that says exactly what is demanded, or with a header of nothing but its token."""
    if reading.authorization and hidden_characters(reading.authorization):
        return with_bearer(reading)
    failed = next((found for check in ("audience", "issuer") if (found := reading.failed(check))), None)
    if failed is None or not failed.expected:
        return None
    return with_claims(reading, **{"aud" if failed.check == "audience" else "iss": failed.expected[0]})


def _in_request(reading: Reading) -> Match | None:
    sent = reading.authorization or ""
    if any(mark in sent for mark in ("\r", "\n", "%0A", "%0D", "\\n", "\u200b", "\ufeff", "\u00a0")):
        return certain("The Authorization header holds a line break or an invisible character.", "Authorization header")
    for name, value in reading.params.items():
        if reading.token_error is not None and value != "***" and name not in MAY_HOLD and hidden_characters(value):
            return likely(_told(name, value), name)
    return None


def _in_answer(reading: Reading) -> Match | None:
    """A value that the provider refuses, quoted as it came: with a line end behind it."""
    description = (reading.token_error or {}).get("error_description")
    found = _QUOTED.search(description[:MOST_CHARACTERS]) if isinstance(description, str) else None
    return likely(f"The answer quotes {found[1]!r} with a line end or tab behind it.", "answer") if found else None


def _in_settings(reading: Reading) -> Match | None:
    refused = reading.token_error is not None or reading.answer.status in {400, 401, 403}
    if refused and has_hidden_character(reading):
        return likely("The configured secret has a blank, a line break or an invisible character.", "client secret")
    if not refused:
        return None
    for name, value in leaves(reading):
        is_setting = any(word in name.lower() for word in SETTINGS) and isinstance(value, str) and len(value) < 200
        if is_setting and value.strip() and (value != value.strip() or "\u200b" in value or "\ufeff" in value):
            return likely(_told(name, value), name)
    return None


def _told(name: str, value: str) -> str:
    """Both sides of the difference; a secret is named without its text."""
    is_secret = any(word in name.lower() for word in SECRETS)
    return f"{name} holds a hidden character." if is_secret else f"{name} is {value!r}, with a hidden character."


CAUSE = Cause(
    slug="invisible-character-in-value",
    stage=Stage.TOKEN_CONTENT,
    title="Hidden character in a value",
    what="A blank, a line break or a quotation mark hides in a value.",
    do="Enter the value again without blanks, line breaks and quotation marks around it.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=_mended,
)

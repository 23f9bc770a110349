"""What a sign-in is to be repeated with, because somebody asked for a stronger or fresher one.

An API asks by its challenge (RFC 9470 section 3; Entra's `insufficient_claims`), a token endpoint by an error that
holds `claims`. All of it comes from a far side and goes into an address: what is of another form is left out.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.core.challenge import Challenge
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.oauth.setting import Settings
from console.core.oauth.token_response import TokenError

NAMES = ("acr_values", "max_age", "claims", "prompt")
LONGEST_CLAIMS = 4000
_ACR_VALUES = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,200}(?: [\x21\x23-\x5b\x5d-\x7e]{1,200}){0,9}")
_SECONDS = re.compile(r"[0-9]{1,9}")
_SIGN_IN_ERRORS = {"interaction_required": "", "login_required": "login", "consent_required": "consent"}


@dataclass(frozen=True, slots=True)
class StepUp:
    """`wanted` goes on top of the profile's settings in one sign-in. `why` is one sentence for the person."""

    wanted: Settings
    why: str


def of_challenges(challenges: Iterable[Challenge]) -> StepUp | None:
    """What an API's 401 asks for; None when it asks for no other sign-in."""
    for challenge in challenges:
        error = challenge.params.get("error", "")
        if error == "insufficient_user_authentication":
            wanted = read({name: challenge.params.get(name, "") for name in ("acr_values", "max_age")})
            return StepUp(wanted, f"The API asks for {_words(wanted)} (RFC 9470).")
        if error == "insufficient_claims":
            wanted = read({"claims": _decoded(challenge.params.get("claims", ""))})
            return StepUp(wanted, f"The API asks for {_words(wanted)} (insufficient_claims).")
    return None


def of_error(error: TokenError) -> StepUp | None:
    """What a token endpoint's refusal asks for; None when no sign-in would help."""
    if error.error not in _SIGN_IN_ERRORS:
        return None
    wanted = read({"claims": error.claims, "prompt": _SIGN_IN_ERRORS[error.error]})
    return StepUp(wanted, f"The provider asks for {_words(wanted)} ({error.error}).")


def read(given: Mapping[str, str]) -> Settings:
    """Of these values those that are what their names say, for whatever way they came."""
    found = {name: given.get(name, "").strip() for name in NAMES}
    claims = _claims(found["claims"])
    kept = {
        "acr_values": found["acr_values"] if _ACR_VALUES.fullmatch(found["acr_values"]) else "",
        "max_age": found["max_age"] if _SECONDS.fullmatch(found["max_age"]) else "",
        "claims": claims,
        "prompt": found["prompt"] if found["prompt"] in ("login", "consent") else "",
    }
    return {name: value for name, value in kept.items() if value}


def _claims(text: str) -> str:
    """A claims request (OpenID Connect Core section 5.5) as compact JSON; "" for anything else."""
    read_text = strict_json.read(text.encode()) if 0 < len(text) <= LONGEST_CLAIMS else None
    is_object = read_text is not None and read_text.is_json and isinstance(read_text.value, dict)
    return json_text(read_text.value) if read_text is not None and is_object else ""


def _decoded(text: str) -> str:
    """Entra writes the claims in base64, with or without padding, in either alphabet; as they are is read too."""
    if text.lstrip().startswith("{"):
        return text
    try:
        raw = base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4))
        return raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _words(wanted: Settings) -> str:
    told = []
    if "acr_values" in wanted:
        told.append(f"a sign-in at the level {wanted['acr_values']}")
    if "max_age" in wanted:
        told.append(f"a sign-in that is at most {wanted['max_age']} seconds old")
    if "claims" in wanted:
        told.append("a sign-in that fulfils its claims")
    again = "the consent of the person" if wanted.get("prompt") == "consent" else "the person to sign in again"
    return " and ".join(told) or again

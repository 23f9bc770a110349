"""Whether a signature verifies, against a key that somebody named: never one the token brings along."""

from dataclasses import dataclass
from enum import StrEnum


class SignatureState(StrEnum):
    """`NOT_CHECKED`: no key set was given. `UNVERIFIABLE`: a key set was given but holds no usable key, or the token is
    for Microsoft Graph. `ABSENT`: there is no signature (alg none, or the part is missing)."""

    VALID = "valid"
    INVALID = "invalid"
    UNVERIFIABLE = "unverifiable"
    ABSENT = "absent"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """`reason` is a stable code: ok, wrong-signature, unknown-kid, no-keys, algorithm-not-allowed, key-use, weak-key,
    no-signature, graph-token, malformed, not-checked, keys-unavailable. `detail` is one sentence. `kid` is the key that
    verified or was named. `source` says where the keys came from, "" when none were given.
    `is_kid_known` is None when no key set was given.
    """

    state: SignatureState
    reason: str
    detail: str
    kid: str = ""
    source: str = ""
    is_kid_known: bool | None = None


NOT_CHECKED = SignatureResult(SignatureState.NOT_CHECKED, "not-checked", "Not checked: no key was given.")

"""Everything known of one attempt, redacted, in the one shape that pages, commands, cases and scoring share.

All members are optional; what is absent is unknown, not false.
"""

import json
from typing import TYPE_CHECKING, Any

import msgspec

from console.core.api import Expectation
from console.core.decoded_assertion import DecodedAssertion
from console.core.exchange import FailureKind, Header

Json = Any  # decoded JSON: dict, list, str, int, float, bool, None
if TYPE_CHECKING:
    Headers = tuple[Header, ...]
else:  # cases, and evidence stored before repeated headers were kept, hold an object
    Headers = tuple[Header, ...] | dict[str, str]


class _WithHeaders(msgspec.Struct, frozen=True):
    """Headers are pairs as they came, so that a repeated one survives; an object of them is read too."""

    def __post_init__(self) -> None:
        headers: Any = self.headers  # type: ignore[attr-defined]  # of the two that inherit
        if isinstance(headers, dict):
            msgspec.structs.force_setattr(self, "headers", tuple(headers.items()))


class EvidenceRequest(_WithHeaders, frozen=True, omit_defaults=True):
    """A request as sent: secrets replaced by `***`, a token by `<token>`.

    `has_unknown_headers`: more headers went out than are listed, so that an absent one is not known to be absent.
    `timeout_s` as in Request.
    """

    method: str = ""
    url: str = ""
    headers: Headers = ()
    body: str = ""
    has_unknown_headers: bool = False
    timeout_s: int | None = None


class EvidenceResponse(_WithHeaders, frozen=True, omit_defaults=True):
    """The answer; or, with `failure` (a FailureKind) and `detail`, why there was none."""

    status: int | None = None
    headers: Headers = ()
    body: Json = None
    failure: str = ""
    rule: str = ""
    detail: str = ""
    elapsed_ms: int | None = None

    @property
    def no_answer(self) -> str:
        """`failure`, but "" where somebody answered and only the reading of it was cut off."""
        return "" if self.status is not None and self.failure == FailureKind.TOO_LARGE.value else self.failure


class EvidenceTokenRequest(_WithHeaders, frozen=True, omit_defaults=True):
    """A token request as sent: the fields of its form, and its headers, empty when they are not known.

    `is_json`: the body was JSON, whatever its headers say of it.
    """

    endpoint: str = ""
    params: dict[str, str] = {}
    assertion: DecodedAssertion | None = None
    headers: Headers = ()
    is_json: bool = False


class EvidenceCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """A check of a gateway policy that failed (`fail`) or that a missing value leaves open (`unknown`).

    `check` and `reason` are the engine's names, `needs` what would decide; `expected` and `actual` None: no such side.
    """

    check: str
    outcome: str
    what: str = ""
    expected: str | None = None
    actual: str | None = None
    reason: str = ""
    needs: tuple[str, ...] = ()


class EvidenceClaim(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim that a token policy requires. `match` is as written, None when it is not; `separator` None: none."""

    name: str = ""
    values: tuple[str, ...] = ()
    match: str | None = None
    separator: str | None = None


class EvidenceDemand(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a token policy demands. A value that only the gateway's runtime knows stands as its placeholder.

    `header` is the one that carries the token, in lower case, "" when it comes from elsewhere. `issuers` are those
    listed and those of the metadata. `clients` None: the policy has no such list.
    """

    kind: str = ""
    header: str = ""
    metadata: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    clients: tuple[str, ...] | None = None
    backends: tuple[str, ...] = ()
    claims: tuple[EvidenceClaim, ...] = ()
    tenant: str = ""
    leeway_s: int = 0


class EvidenceStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one policy decided: allow, reject or undecided.

    `is_reached` is false behind an earlier refusal, `condition` an expression nobody knows under which it runs.
    `passed` names the checks that passed. `overwritten_by` is an earlier policy that replaced the token, "" when none
    did. `demand` is None for what is no token policy.
    """

    policy: str
    path: str
    verdict: str
    is_reached: bool = True
    condition: str = ""
    checks: tuple[EvidenceCheck, ...] = ()
    passed: tuple[str, ...] = ()
    overwritten_by: str = ""
    demand: EvidenceDemand | None = None


class EvidencePolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the gateway's policy decided about a call: the token policies, and what refuses or stays open beside them.

    `reason` is the gateway's name for the refusal, `needs` what leaves the verdict open.
    """

    verdict: str
    reason: str = ""
    needs: tuple[str, ...] = ()
    steps: tuple[EvidenceStep, ...] = ()


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One attempt. `now` is the moment of it, epoch seconds; `http_status` is the token endpoint's status.

    `read_at` is when the text was read that tells of it, epoch seconds: it was made before that, nobody knows how long,
    unless `now` or the answer says so. None where it was made here.

    `signature` is valid, invalid, unverifiable or absent. When the token endpoint could not be reached, `response`
    holds the failure and `request` is absent. `profile` holds free facts of the client or the API, and
    `observations`, a list of sentences. `signing_key` tells what the verifier found: `kid_known` (bool), `source`.
    `policy` is what the policy decided when the call was made, with all that was known then; None: not judged yet.
    """

    token_header: dict[str, Json] | None = None
    token_claims: dict[str, Json] | None = None
    signature: str | None = None
    policy_xml: str | None = None
    policy: EvidencePolicy | None = None
    expectations: Expectation | None = None
    request: EvidenceRequest | None = None
    response: EvidenceResponse | None = None
    token_request: EvidenceTokenRequest | None = None
    token_error: dict[str, Json] | None = None
    http_status: int | None = None
    profile: dict[str, Json] = {}
    pasted: str | None = None
    now: int | None = None
    read_at: int | None = None


def evidence_json(evidence: Evidence) -> dict[str, Json]:
    """The evidence as the JSON value that is read back: objects, lists, texts, numbers."""
    return {name: _listed(value) for name, value in msgspec.to_builtins(evidence).items()}


def evidence_text(evidence: Evidence) -> str:
    """The same as ASCII JSON on one line."""
    return _JSON.encode(msgspec.to_builtins(evidence))


_JSON = json.JSONEncoder(separators=(",", ":"))


def _listed(value: Any) -> Json:
    if isinstance(value, dict):
        return {name: _listed(item) for name, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value

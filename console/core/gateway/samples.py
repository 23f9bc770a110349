"""Sample tokens of a policy's table: header and claims with a stand-in for the signature, never a usable token."""

import re
from dataclasses import dataclass, replace
from typing import Any

from console.core.exchange import Header
from console.core.gateway.model import Verdict
from console.core.gateway.policies.subscription_key import SubscriptionRule
from console.core.gateway.request import GatewayRequest
from console.core.gateway.sending import VALID_KEY
from console.core.redact import redact_headers

STAND_IN = "c2lnbmF0dXJlLW5vdC1rZXB0"  # "signature-not-kept"
_TOKEN = re.compile(r"(eyJ[\w-]*)\.([\w-]*)\.([\w-]*)(\.[\w-]+\.[\w-]+)?")
_MASKED = re.compile(r"\*\*\*|<token>")


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """One row: a call whose tokens have lost their signatures, and what is expected of it.

    `expects` is allow or reject; `reason` the gateway's name for the failure, "" when any will do. `judged_at` is epoch
    seconds; `is_verified` says whether the token's signature verified then, and is taken as valid ever after.
    """

    id: str
    name: str
    request: GatewayRequest
    rule: SubscriptionRule | None
    expects: Verdict
    reason: str
    judged_at: int
    is_verified: bool


def without_signatures(request: GatewayRequest) -> GatewayRequest | None:
    """The call with a stand-in for the signature of each token in it.

    None when it carries an encrypted token: that one is usable as it stands, whatever is cut off.
    """
    texts = (request.url, *(value for _, value in request.headers))
    if any(match[4] for text in texts for match in _TOKEN.finditer(text)):
        return None
    headers = tuple((name, _TOKEN.sub(_stand_in, value)) for name, value in request.headers)
    return replace(request, url=_TOKEN.sub(_stand_in, request.url), headers=headers)


def has_token(request: GatewayRequest) -> bool:
    """Whether anything in the call looks like a token."""
    return any(_TOKEN.search(text) for text in (request.url, *(value for _, value in request.headers)))


def token_in(request: GatewayRequest) -> str:
    """The first token in the call, headers first; "" when there is none."""
    texts = (*(value for _, value in request.headers), request.url)
    return next((match[0] for text in texts for match in _TOKEN.finditer(text)), "")


def as_entry(sample: Sample) -> dict[str, Any]:
    """A row of the regression table that `evaluate_policy` reads; other secrets of the call are left out."""
    request = sample.request
    expect: dict[str, Any] = {"verdict": sample.expects.value}
    if sample.reason:
        expect["reason"] = sample.reason
    asked: dict[str, Any] = {"method": request.method, "url": request.url, "headers": _shareable(request)}
    if request.client_ip:
        asked["client_ip"] = request.client_ip
    if sample.rule is not None:
        asked["subscription_keys"] = {"valid": [VALID_KEY]}
    entry = {"name": sample.name, "request": asked, "expect": expect, "now": sample.judged_at}
    return {**entry, "assume_signature": True} if sample.is_verified else entry


def _stand_in(match: re.Match[str]) -> str:
    return f"{match[1]}.{match[2]}.{STAND_IN if match[3] else ''}"


def _shareable(request: GatewayRequest) -> dict[str, list[str]]:
    """Headers by name. What holds a token keeps it, unsigned as it is; what else would be masked is left out."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        if _is_harmless(name, value):
            found.setdefault(name, []).append(value)
    return found


def _is_harmless(name: str, value: str) -> bool:
    if _TOKEN.search(value) or _is_made_up(value):
        return True
    header: Header = (name, value)
    return not _MASKED.search(redact_headers((header,))[0][1])


def _is_made_up(value: str) -> bool:
    return value.endswith(VALID_KEY)

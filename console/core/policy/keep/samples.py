"""Rows of a policy's table: calls that hold a token's header and claims, never a usable token or another secret."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from console.core.credential import Secret
from console.core.errors import NotAllowed
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.described_call import VALID_KEY
from console.core.policy.keep.secret_masking import Mask, call_texts, holds_spelling
from console.core.policy.keep.tokens_in_text import STAND_IN, cut_text, is_encrypted, is_object, tokens_in
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.fragments import documents
from console.core.policy.text.values import Values, fill
from console.core.policy.token.token_policy import inbound_token_policies
from console.core.redaction.structure import authorization
from console.core.tokens.parse import parse
from console.core.tokens.token import Token, TokenKind

_ROUNDS = 3
_OPAQUE = "The token is no JWT: its text is the whole secret, so nothing of it could be kept."
_ENCRYPTED = "It carries an encrypted token, which stays usable without its signature."
_SPELLED = "The token or its signature stands in it in a spelling that cannot be cut, for example with its dots as %2E."
_IN_A_FILE = "or put the call into a file of your own for manage.py evaluate_policy."


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """One row: a call whose tokens have lost their signatures, and what is expected of it.

    `expects` is what the policy said when it was kept, or what a person chose; `reason` the gateway's name for the
    failure, "" when any will do. `judged_at` is epoch seconds; `is_verified` says whether the token's signature
    verified then, and is taken as valid ever after.
    """

    id: str
    name: str
    request: GatewayRequest
    rule: SubscriptionRule | None
    expects: Verdict
    reason: str
    judged_at: int
    is_verified: bool


@dataclass(frozen=True, slots=True, repr=False)
class KnownOfCall:
    """What is known beside a call: the token as it was typed, where the policy takes tokens from, known secrets."""

    token: str = ""
    places: frozenset[str] = frozenset()
    secrets: tuple[Secret, ...] = ()


NOTHING_KNOWN = KnownOfCall()


def token_places(document: PolicyDocument, values: Values) -> frozenset[str]:
    """The headers and query parameters that token policies read, those of fragments included, in lower case."""
    filled = (fill(one, values) for one in documents(document, values))
    found = (policy.source.name for one in filled for policy in inbound_token_policies(one))
    return frozenset(name.strip().lower() for name in found if name)


def without_signatures(request: GatewayRequest) -> GatewayRequest | None:
    """The call with a stand-in for the signature of each token in it, all else as it was.

    None when it carries an encrypted token: that one is usable as it stands, whatever is cut off.
    """
    texts = (request.url, *(value for _, value in request.headers))
    if any(is_encrypted(token) for text in texts for token in tokens_in(text)):
        return None
    headers = tuple((name, cut_text(value)) for name, value in request.headers)
    return replace(request, url=cut_text(request.url), headers=headers)


def without_secrets(request: GatewayRequest, tried: KnownOfCall) -> GatewayRequest:
    """The call as it may be kept and shared: tokens unsigned, a mask in place of every other secret."""
    mask = Mask(tried.places, tried.secrets)
    headers = tuple((name, mask.value(name, value)) for name, value in request.headers)
    return replace(request, url=mask.url(request.url), headers=headers)


def kept_call(request: GatewayRequest, tried: KnownOfCall, *, name: str) -> GatewayRequest:
    """The call without secrets; raises NotAllowed when one would stay in it, or in the row's name."""
    token = parse(_plain(tried.token))
    needles, is_opaque = _needles(token)
    if is_opaque and holds_spelling((*call_texts(request), name), needles):
        raise _refused(_OPAQUE, f"Try a signed JWT, {_IN_A_FILE}")
    if without_signatures(request) is None:
        raise _refused(_ENCRYPTED, f"Try a signed token, {_IN_A_FILE}")
    kept = without_secrets(request, tried)
    beside = (text.replace(token.text, "") if needles else text for text in call_texts(request))
    if holds_spelling((*beside, *call_texts(kept), name), needles):
        raise _refused(_SPELLED, "Write the token plainly, only where the policy looks for it, and not in the name.")
    return kept


def kept_rule(rule: SubscriptionRule | None) -> SubscriptionRule | None:
    """The rule as it may be kept: without a password in its address. Its digests are of a made-up key."""
    return None if rule is None else replace(rule, realm=Mask().url(rule.realm))


def changed_verdict(before: str, after: str) -> NotAllowed:
    """The refusal of a row that would be judged otherwise than the call. Both sides in the gateway's words."""
    why = f"Secrets are not kept: the gateway's answer to the call is {before}, but without them it would be {after}."
    return _refused(why, f"Let the policy judge something that is no secret, {_IN_A_FILE}")


def has_token(request: GatewayRequest) -> bool:
    """Whether anything in the call looks like a token."""
    return any(tokens_in(text) for text in call_texts(request))


def token_in(request: GatewayRequest) -> str:
    """The first token in the call, headers first; "" when there is none."""
    texts = (*(value for _, value in request.headers), request.url)
    return next((token for text in texts for token in tokens_in(text)), "")


def as_entry(sample: Sample, tried: KnownOfCall = NOTHING_KNOWN) -> dict[str, Any]:
    """A row of the regression table that `evaluate_policy` reads, masked once more."""
    request = without_secrets(sample.request, tried)
    expect: dict[str, Any] = {"verdict": sample.expects.value}
    if sample.reason:
        expect["reason"] = sample.reason
    asked: dict[str, Any] = {"method": request.method, "url": request.url, "headers": _by_name(request)}
    if request.client_ip:
        asked["client_ip"] = request.client_ip
    if sample.rule is not None:
        asked["subscription_keys"] = {"valid": [VALID_KEY], "header": sample.rule.header_name}
    entry = {"name": sample.name, "request": asked, "expect": expect, "now": sample.judged_at}
    return {**entry, "assume_signature": True} if sample.is_verified else entry


def _needles(token: Token) -> tuple[tuple[str, ...], bool]:
    """What must not stay of a token, and whether that is all of it. A word such as undefined is none."""
    if token.kind is TokenKind.OPAQUE and authorization(token.text) != token.text:
        return (token.text, token.text.split()[-1]), True
    if token.kind in (TokenKind.OPAQUE, TokenKind.EMPTY):
        return (), False
    parts = [part for part in token.text.split(".")[1:] if part not in ("", STAND_IN) and not is_object(part)]
    return ((token.text, *parts) if parts else ()), False


def _plain(text: str) -> str:
    """Without percent-encoding, however often it was put on."""
    for _ in range(_ROUNDS):
        text = unquote(text)
    return text


def _refused(why: str, do: str) -> NotAllowed:
    return NotAllowed("This call cannot be kept as a row of the table.", why=why, do=do, who="You can do this.")


def _by_name(request: GatewayRequest) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        found.setdefault(name, []).append(value)
    return found

"""A call as somebody describes it for a policy, and the request that the gateway would receive."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from console.core.exchange import Header
from console.core.policy.engine.request import MADE_UP_URL, GatewayRequest
from console.core.policy.policies.subscription_key import SubscriptionRule, key_digest
from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.token_policy import inbound_token_policies

VALID_KEY = "a-valid-subscription-key"  # stands for the real one, which nobody needs to type here
_SCHEMES = ("bearer ", "dpop ", "basic ", "authorization:")


class KeyUse(StrEnum):
    """Whether the API asks for a subscription key, and what the call sends."""

    NONE = "none"
    VALID = "valid"
    MISSING = "missing"
    WRONG = "wrong"


class TokenPlace(StrEnum):
    """Where the call carries the token. `POLICY`: where the first token policy looks for it."""

    POLICY = "policy"
    BEARER = "bearer"
    BARE = "bare"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, repr=False)
class DescribedCall:
    """`headers` are those beside the token and the subscription key; `client_ip` is None when it does not matter.
    `is_as_received` as in `GatewayRequest`.
    """

    method: str = "GET"
    url: str = MADE_UP_URL
    headers: tuple[Header, ...] = ()
    client_ip: str | None = None
    key: KeyUse = KeyUse.NONE
    token_place: TokenPlace = TokenPlace.POLICY
    key_header: str = "Ocp-Apim-Subscription-Key"
    is_as_received: bool = True


def as_sent(call: DescribedCall, token: str, document: PolicyDocument) -> GatewayRequest:
    """The request with token and key in their places. `token` "" sends none.

    A pasted scheme stays as it was pasted: `Bearer x`, and also the mistake `Bearer Bearer x`.
    """
    request = GatewayRequest(call.method, call.url, call.headers, call.client_ip, is_as_received=call.is_as_received)
    if call.key in (KeyUse.VALID, KeyUse.WRONG):
        value = VALID_KEY if call.key is KeyUse.VALID else f"not-{VALID_KEY}"
        request = request.with_header(call.key_header, (value,))
    text = token.strip()
    if not text or call.token_place is TokenPlace.NOWHERE:
        return request
    if text.lower().startswith("authorization:"):
        return request.with_header("Authorization", (text.partition(":")[2].strip(),))
    if call.token_place is TokenPlace.POLICY:
        return _where_looked_for(request, text, document)
    return request.with_header("Authorization", (text if call.token_place is TokenPlace.BARE else _with_scheme(text),))


def rule_of(call: DescribedCall) -> SubscriptionRule | None:
    """None when the API asks for no subscription key."""
    if call.key is KeyUse.NONE:
        return None
    scheme, _, rest = call.url.partition("://")
    host = rest.partition("/")[0]
    return SubscriptionRule((key_digest(VALID_KEY),), f"{scheme}://{host}", call.key_header)


def _where_looked_for(request: GatewayRequest, text: str, document: PolicyDocument) -> GatewayRequest:
    policies = inbound_token_policies(document)
    source = policies[0].source if policies else None
    if source is None or not source.name.isascii() or not source.name or source.is_authorization:
        return request.with_header("Authorization", (_with_scheme(text),))
    if source.kind == "query":
        return _with_query(request, source.name, text)
    return request.with_header(source.name, (text,))


def _with_query(request: GatewayRequest, name: str, value: str) -> GatewayRequest:
    mark = "&" if "?" in request.url else "?"
    url = f"{request.url}{mark}{quote(name)}={quote(value, safe='.-_~')}"
    return replace(request, url=url)


def _with_scheme(text: str) -> str:
    return text if text.lower().startswith(_SCHEMES) else f"Bearer {text}"

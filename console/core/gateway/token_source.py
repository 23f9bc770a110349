"""Where a token policy takes the token from, and what it says when there is none."""

from dataclasses import dataclass

from console.core.gateway.policies.base import GatewayCheck, Outcome
from console.core.gateway.request import GatewayRequest
from console.core.gateway.steps import passed, unknown


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Exactly one of the three names is set. `missing_message` is what the policy says when there is no token."""

    header_name: str | None = None
    query_parameter_name: str | None = None
    token_value: str | None = None
    require_scheme: str | None = None
    missing_message: str = "JWT not present."


@dataclass(frozen=True, slots=True)
class Extracted:
    """The token's text; None when the policy found none, or when it cannot be known (a check then says so)."""

    text: str | None
    checks: tuple[GatewayCheck, ...]


def extract(source: TokenSource, request: GatewayRequest) -> Extracted:
    if source.token_value is not None:
        needs = ("token-value: " + source.token_value,)
        return Extracted(None, (unknown("token-present", "The policy computes the token at run time.", needs=needs),))
    if source.query_parameter_name is not None:
        place = f"the query parameter {source.query_parameter_name}"
        return _single(request.query_values(source.query_parameter_name), source, place)
    name = source.header_name or ""
    found = _single(request.header_values(name), source, f"the header {name}")
    if found.text is None or name.lower() != "authorization":
        return found  # require-scheme is documented for the Authorization header only
    return _without_scheme(found, source)


def _single(values: tuple[str, ...], source: TokenSource, place: str) -> Extracted:
    if len(values) > 1:
        return _refused("token-present", f"There are {len(values)} values in {place}; the gateway takes one.", source)
    if not values or not values[0].strip():
        return _refused("token-present", f"There is no token in {place}.", source)
    return Extracted(values[0].strip(), (passed("token-present", f"There is a value in {place}."),))


def _without_scheme(found: Extracted, source: TokenSource) -> Extracted:
    value = found.text or ""
    scheme, blank, rest = value.partition(" ")
    wanted = source.require_scheme
    if wanted is None:
        return Extracted(rest.strip() if blank else value, found.checks)
    if blank and scheme.lower() == wanted.lower() and rest.strip():
        check = passed("scheme", f"The value starts with {wanted}.", expected=wanted, actual=scheme)
        return Extracted(rest.strip(), (*found.checks, check))
    shown = scheme if blank else "no scheme"
    refused = _refused("scheme", f"The value has {shown}; the policy wants {wanted}.", source)
    return Extracted(None, found.checks + refused.checks)


def _refused(check: str, what: str, source: TokenSource) -> Extracted:
    failure = GatewayCheck(
        check,
        Outcome.FAIL,
        what,
        reason="TokenNotPresent",
        reason_aliases=("TokenNotFound",),
        message=source.missing_message,
    )
    return Extracted(None, (failure,))

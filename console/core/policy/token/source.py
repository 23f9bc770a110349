"""Where a token policy takes the token from, and what it says when there is none."""

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, Warned, rests_on
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.switches import chosen
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.policy.token.token_policy import TokenSource

USUAL_SCHEME = "bearer"
_BEARER = "Bearer"
_PASS = Outcome.PASS  # a member of an enum takes longer to look up than a name
_TRIMMED = Warned("token-trimmed", "White space around the token was removed; a strict gateway would refuse it.")


class ExtractedToken(Struct, frozen=True):
    """The token's text; None when the policy found none, or when it cannot be known (a check then says so)."""

    text: str | None
    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()


def extract(source: TokenSource, flow: Flow) -> ExtractedToken:
    """The token's text. After a refusal of the scheme it is there too, so that the other checks can still be told."""
    if source.kind == "value":
        if is_placeholder(source.value):
            return _open("token-value", source.value)
        return _taken((source.value,), source, flow, place="the policy's token-value")
    if not source.name or is_placeholder(source.name):
        attribute = "header-name" if source.kind == "header" else "query-parameter-name"
        return _open(attribute, source.name or "a header, a query parameter or a value")
    values = values_in(flow.request, source)
    if source.is_authorization and len(values) == 1 and not flow.replaced:
        usual = _usual(values[0], source)
        if usual is not None:
            return usual
    found = _taken(values, source, flow, place=source.shown)
    if found.text is None or not source.is_authorization:
        return found  # require-scheme is documented for the Authorization header only
    return _behind_scheme(found, source, flow)


def _usual(value: str, source: TokenSource) -> ExtractedToken | None:
    """The token behind the scheme that is wanted, or behind Bearer, one blank between them; None for any other value.
    Nearly all calls send this, and nothing about it is open.
    """
    scheme, _, text = value.partition(" ")
    wanted = source.scheme
    if not text or text != text.strip() or (scheme != wanted if wanted else scheme != _BEARER):
        return None
    taken = GatewayCheck("token-present", _PASS, f"There is a value in {source.shown}.")
    if not wanted:
        return ExtractedToken(text, (taken,))
    if wanted.isalnum():
        check = GatewayCheck("scheme", _PASS, f"The value starts with {wanted}.", wanted, scheme)
        return ExtractedToken(text, (taken, check))
    return None


def values_in(request: GatewayRequest, source: TokenSource) -> tuple[str, ...]:
    """What stands in the place where the policy looks, in a header or in the query."""
    if source.kind == "query":
        return request.query_values(source.name)
    return request.header_values(source.name)


def _open(attribute: str, value: str) -> ExtractedToken:
    what = "Where the token comes from is only known at run time."
    return ExtractedToken(None, (unknown("token-present", what, needs=(f"{attribute}: {value}",)),))


def _taken(values: tuple[str, ...], source: TokenSource, flow: Flow, *, place: str) -> ExtractedToken:
    warnings: tuple[Warned, ...] = ()
    if len(values) > 1:
        what = f"There are {len(values)} values in {place}; the gateway takes one."
        warnings = (rests_on("two-values", "Nobody has confirmed what the gateway does with two values."),)
        if chosen(flow.switches, "two-values") == "refused":
            refused = _refused("token-present", what, source)
            aliases = (*refused.reason_aliases, "JwtInvalid")
            return ExtractedToken(None, (replace(refused, reason_aliases=aliases),), warnings)
    if not values or not values[0].strip():
        return ExtractedToken(None, (_refused("token-present", f"There is no token in {place}.", source),), warnings)
    value = values[0]
    if is_placeholder(value) and source.part in flow.replaced:  # what a caller sends is never more than a text
        return ExtractedToken(None, (unknown("token-present", "The token is only known at run time.", needs=(value,)),))
    text = value.strip()
    if value != text:
        warnings += (_TRIMMED,)
    return ExtractedToken(text, (passed("token-present", f"There is a value in {place}."),), warnings)


def _behind_scheme(found: ExtractedToken, source: TokenSource, flow: Flow) -> ExtractedToken:
    value = found.text or ""
    scheme, *after = value.split(None, 1)
    rest = after[0] if after else ""
    if rest and value != f"{scheme} {rest}":
        found = replace(found, warnings=tuple(dict.fromkeys((*found.warnings, _TRIMMED))))
    if not source.scheme:
        return _any_scheme(found, source, flow, scheme=scheme, rest=rest)
    if is_placeholder(source.scheme):
        needs = (f"require-scheme: {source.scheme}",)
        check = unknown("scheme", "The wanted scheme is only known at run time.", needs=needs)
        return replace(found, text=rest or value, checks=(*found.checks, check))
    return _wanted_scheme(found, source, flow, scheme=scheme, rest=rest)


def _any_scheme(found: ExtractedToken, source: TokenSource, flow: Flow, *, scheme: str, rest: str) -> ExtractedToken:
    if scheme.lower() == USUAL_SCHEME:
        if rest:
            return replace(found, text=rest)
        what = "The header has the scheme Bearer, but no token behind it."
        return replace(found, text=None, checks=(_refused("token-present", what, source),))
    text = rest or scheme
    if not _looks_like_token(text):
        return replace(found, text=text)
    switch = "other-scheme" if rest else "bare-token"
    has = f"the scheme {scheme}" if rest else "no scheme"
    warned = rests_on(switch, f"The header has {has}; nobody has confirmed that the gateway takes that.")
    checks = found.checks
    if chosen(flow.switches, switch) == "refused":
        checks += (_refused("scheme", f"The header has {has} instead of Bearer.", source),)
    return ExtractedToken(text, checks, (*found.warnings, warned))


def _wanted_scheme(found: ExtractedToken, source: TokenSource, flow: Flow, *, scheme: str, rest: str) -> ExtractedToken:
    wanted = source.scheme or ""
    if rest and scheme.lower() == wanted.lower():
        warnings = found.warnings
        is_exact = scheme == wanted
        if not is_exact:
            what = f"The scheme {scheme} differs from {wanted} in letter case; nobody has confirmed that this passes."
            warnings += (rests_on("scheme-case", what),)
        if is_exact or chosen(flow.switches, "scheme-case") == "ignored":
            check = passed("scheme", f"The value starts with {wanted}.", expected=wanted, actual=scheme)
            return ExtractedToken(rest, (*found.checks, check), warnings)
        found = replace(found, warnings=warnings)
    if not rest and scheme.lower() == wanted.lower():
        what = f"The header has the scheme {wanted}, but no token behind it."
        return replace(found, text=None, checks=(_refused("token-present", what, source),))
    shown = f"the scheme {_shown(scheme)}" if rest else "no scheme"
    refused = _refused("scheme", f"The value has {shown}; the policy wants {wanted}.", source)
    text = rest or scheme
    return replace(found, text=text if _looks_like_token(text) else None, checks=(*found.checks, refused))


def _shown(scheme: str) -> str:
    """A long first word is no scheme but may be a secret."""
    return scheme if len(scheme) <= 20 else "of another kind"


def _looks_like_token(text: str) -> bool:
    return text.startswith("ey") and text.count(".") in (2, 4) and not any(map(str.isspace, text))


def _refused(check: str, what: str, source: TokenSource) -> GatewayCheck:
    return GatewayCheck(
        check,
        Outcome.FAIL,
        what,
        reason="TokenNotPresent",
        reason_aliases=("TokenNotFound",),
        message=source.missing_message,
    )

"""Audience and issuer as the gateway compares them."""

from console.core.gateway.matching import is_other_form, is_placeholder, same_but_for_slash
from console.core.gateway.policies.base import GatewayCheck, MetadataView, Outcome, Warned
from console.core.gateway.steps import passed, unknown
from console.core.tokens.token import Token

Judged = tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]


def audience_check(token: Token, allowed: tuple[str, ...] | None) -> Judged:
    """Any audience of the token equal to any of the policy's. `allowed` None: the policy does not check."""
    if allowed is None:
        return (), (Warned("audience-not-checked", "The policy lists no audience: any token of this issuer passes."),)
    wanted = tuple(item for item in allowed if item)
    if not wanted:
        return (), (Warned("audiences-empty", "The policy's list of audiences is empty."),)
    actual = token.audiences or ()
    shown, listed = ", ".join(actual) or "no audience", " or ".join(wanted)
    if set(actual) & set(wanted):
        return (passed("audience", f"The token is for {shown}.", expected=listed, actual=shown),), ()
    if any(same_but_for_slash(one, other) for one in actual for other in wanted):
        slash = Warned(
            "trailing-slash", "The audience differs by a slash at its end, which the gateway's library forgives."
        )
        return (passed("audience", f"The token is for {shown}.", expected=listed, actual=shown),), (slash,)
    if open_values := tuple(item for item in wanted if is_placeholder(item)):
        return (unknown("audience", "An accepted audience is only known at run time.", needs=open_values),), ()
    return (_wrong_audience(shown, listed, bool(actual)),), _form_warning(actual, wanted)


def _wrong_audience(shown: str, listed: str, has_any: bool) -> GatewayCheck:
    code = "IDX10214" if has_any else "IDX10206"
    text = (
        f"Audience validation failed. Audiences: '{shown}'. Did not match: validationParameters.ValidAudience: '' "
        f"or validationParameters.ValidAudiences: '{listed}'."
        if has_any
        else "Unable to validate audience. The 'audiences' parameter is empty."
    )
    return GatewayCheck(
        "audience",
        Outcome.FAIL,
        f"The token is for {shown}; the policy accepts {listed}.",
        expected=listed,
        actual=shown,
        reason="TokenAudienceNotAllowed",
        message=f"{code}: {text}",
        library_code=code,
    )


def _form_warning(actual: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Warned, ...]:
    if any(is_other_form(one, other) for one in actual for other in wanted):
        return (Warned("audience-form", "Token and policy name the same API, one by its id, one by its App ID URI."),)
    return ()


def issuer_check(
    token: Token, listed: tuple[str, ...], *, views: tuple[MetadataView, ...], missing: tuple[str, ...]
) -> Judged:
    """iss equal to any listed issuer or any metadata's issuer (their union, as seen on a real gateway).

    `missing` are metadata addresses that were not given or not reachable: without a match the answer is unknown.
    """
    allowed = tuple(dict.fromkeys((*listed, *(view.issuer for view in views if view.issuer))))
    actual = token.text_claim("iss")
    if not allowed and not missing:
        return (), (Warned("issuer-not-checked", "The policy has neither metadata nor issuers."),)
    if actual is not None and actual in allowed:
        return (passed("issuer", f"The token comes from {actual}.", actual=actual),), ()
    open_values = tuple(item for item in allowed if is_placeholder(item))
    if missing or open_values:
        return (unknown("issuer", "An accepted issuer is not known here.", needs=(*missing, *open_values)),), ()
    templates = tuple(item for item in allowed if "{tenantid}" in item)
    if templates:
        warned = Warned("template-issuer", "The metadata's issuer has a placeholder for the tenant.")
        return (unknown("issuer", "Nobody has confirmed whether the placeholder is filled.", needs=templates),), (
            warned,
        )
    return (_wrong_issuer(actual, allowed),), _version_warning(actual, allowed)


def _wrong_issuer(actual: str | None, allowed: tuple[str, ...]) -> GatewayCheck:
    names = " or ".join(allowed)
    code = "IDX10205" if actual else "IDX10211"
    text = (
        f"Issuer validation failed. Issuer: '{actual}'. Did not match: validationParameters.ValidIssuer: '' "
        f"or validationParameters.ValidIssuers: '{names}'."
        if actual
        else "Unable to validate issuer. The 'issuer' parameter is null or whitespace."
    )
    return GatewayCheck(
        "issuer",
        Outcome.FAIL,
        f"The token comes from {actual or 'no issuer'}; the policy accepts {names}.",
        expected=names,
        actual=actual,
        reason="TokenIssuerNotAllowed",
        message=f"{code}: {text}",
        library_code=code,
    )


def _version_warning(actual: str | None, allowed: tuple[str, ...]) -> tuple[Warned, ...]:
    is_v2 = (actual or "").rstrip("/").endswith("/v2.0")
    if actual and all(item.rstrip("/").endswith("/v2.0") != is_v2 for item in allowed):
        text = (
            "A v1 token meets a policy made for v2 tokens."
            if not is_v2
            else "A v2 token meets a policy made for v1 tokens."
        )
        return (Warned("version-mismatch", text),)
    return ()

"""Audience and issuer as the gateway compares them."""

from collections.abc import Iterable

from msgspec import Struct

from console.core.issuers import issuers_relation, read_issuer
from console.core.policy.engine.model import GatewayCheck, MetadataView, Outcome, Warned, rests_on, unsettled
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.matching import (
    hold_other_forms,
    in_words,
    is_in_but_for_slash,
    is_placeholder,
    open_values,
    same_but_for_slash,
)
from console.core.policy.token.step_of_checks import unknown
from console.core.tokens.token import Token

_PASS = Outcome.PASS  # a member of an enum takes longer to look up than a name
TENANT_MARK = "{tenantid}"
Judged = tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]


class Audiences(Struct, frozen=True):
    """A policy's list of audiences without empty ones; `listed` is the same for people, `distinct` for comparing."""

    texts: tuple[str, ...]
    listed: str
    distinct: frozenset[str]


def audiences_in(listed: tuple[str, ...] | None) -> Audiences | None:
    """The audiences that a token policy lists; None when it has no list of them."""
    if listed is None:
        return None
    wanted = tuple(filter(None, listed))
    return Audiences(wanted, in_words(wanted), frozenset(wanted))


def audience_check(token: Token, allowed: Audiences | None, switches: Switches, *, is_pinned: bool = False) -> Judged:
    """Any audience of the token equal to any of the policy's. `allowed` None: the policy does not check; `is_pinned`:
    something else in it does.
    """
    if allowed is None and is_pinned:
        return (), ()
    if allowed is None:
        return (), (Warned("audience-not-checked", "The policy lists no audience: any token of this issuer passes."),)
    wanted, actual = allowed.texts, audiences_of(token)
    if not wanted:
        return _empty_list(actual, switches)
    shown = ", ".join(actual) or "no audience"
    match = GatewayCheck("audience", _PASS, f"The token is for {shown}.", allowed.listed, shown)
    if not allowed.distinct.isdisjoint(actual):
        return (match,), ()
    warnings: tuple[Warned, ...] = ()
    if any(is_in_but_for_slash(one, allowed.distinct) for one in actual):
        unsure = "Nobody has confirmed whether the gateway forgives a slash at the end of an audience."
        warnings = (
            Warned("trailing-slash", "The audience differs only by a slash at its end."),
            rests_on("audience-slash", unsure),
        )
        if chosen(switches, "audience-slash") == "forgiven":
            return (match,), warnings
    if actual and (needs := open_values(wanted)):
        return (unknown("audience", "An accepted audience is only known at run time.", needs=needs),), warnings
    more = (*_form_warning(actual, wanted), *_case_warning("the audience", actual, wanted))
    return (_wrong_audience(actual, wanted),), warnings + more


def audiences_of(token: Token) -> tuple[str, ...]:
    """The token's audiences that are texts and not blank; the library passes the others over."""
    value = (token.claims or {}).get("aud")
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str) and item.strip())


def _empty_list(actual: tuple[str, ...], switches: Switches) -> Judged:
    warnings = (
        Warned("audiences-empty", "The policy's list of audiences is empty."),
        rests_on("empty-audiences", "Nobody has confirmed what the gateway does with an empty list of audiences."),
    )
    if chosen(switches, "empty-audiences") == "unchecked":
        return (), warnings
    shown = ", ".join(actual) or "no audience"
    what = f"The token is for {shown}; the policy's list of audiences is empty."
    text = "Unable to validate audience. validationParameters.ValidAudience and ValidAudiences are empty."
    return (_audience_failure("IDX10208", text, what, expected="", actual=shown),), warnings


def _wrong_audience(actual: tuple[str, ...], wanted: tuple[str, ...]) -> GatewayCheck:
    shown, listed = ", ".join(actual) or "no audience", in_words(wanted)
    what = f"The token is for {shown}; the policy accepts {listed}."
    if not actual:
        text = "Unable to validate audience. The 'audiences' parameter is empty."
        return _audience_failure("IDX10206", text, what, expected=listed, actual=shown)
    if {one.lower() for one in actual} & {one.lower() for one in wanted}:
        what = f"{what} They differ in letter case."
    text = (
        f"Audience validation failed. Audiences: '{', '.join(actual)}'. Did not match: "
        f"validationParameters.ValidAudience: '' or validationParameters.ValidAudiences: '{', '.join(wanted)}'."
    )
    return _audience_failure("IDX10214", text, what, expected=listed, actual=shown)


def _audience_failure(code: str, text: str, what: str, *, expected: str, actual: str) -> GatewayCheck:
    return GatewayCheck(
        "audience",
        Outcome.FAIL,
        what,
        expected=expected,
        actual=actual,
        reason="TokenAudienceNotAllowed",
        message=f"{code}: {text}",
        library_code=code,
    )


def _case_warning(what: str, actual: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Warned, ...]:
    """Said of a refusal that rests on letter case alone."""
    is_same = not set(actual).isdisjoint(wanted)
    if is_same or {one.lower() for one in actual}.isdisjoint(one.lower() for one in wanted):
        return ()
    return (unsettled(f"Only the letter case of {what} differs; nobody has confirmed that the gateway compares it."),)


def _form_warning(actual: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Warned, ...]:
    if hold_other_forms(actual, wanted):
        return (Warned("audience-form", "One side names an API by its client id, the other by its App ID URI."),)
    return ()


class Issuers(Struct, frozen=True):
    """Who a policy trusts: its own list and its metadata.

    `listed` are the list's texts that are not empty, `published` the issuers of the metadata. `missing` are addresses
    that were not given, `unreachable` those that could not be read: an issuer that is in no other place may be theirs.
    """

    listed: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()

    @property
    def has_metadata(self) -> bool:
        return bool(self.published or self.missing or self.unreachable)

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.listed, *self.published)))

    @property
    def is_checked(self) -> bool:
        return bool(self.listed) or self.has_metadata

    def have(self, issuer: str) -> bool:
        """Whether an issuer is in the list and in the metadata, as far as the policy has them."""
        return (issuer in self.listed or not self.listed) and (issuer in self.published or not self.has_metadata)


def issuers_in(views: Iterable[MetadataView]) -> tuple[str, ...]:
    found: list[str] = []
    for view in views:
        if view.issuer and view.issuer not in found:
            found.append(view.issuer)
    return tuple(found)


def metadata_warnings(unreachable: tuple[str, ...]) -> tuple[Warned, ...]:
    if not unreachable:
        return ()
    return tuple(Warned("metadata-unreachable", f"The metadata at {url} could not be read.") for url in unreachable)


def issuer_check(token: Token, issuers: Issuers, switches: Switches) -> Judged:
    """iss equal to any listed issuer or any metadata's issuer (their union, as seen on a real gateway; a switch)."""
    actual = token.text_claim("iss")
    if not issuers.is_checked:
        return (), (Warned("issuer-not-checked", "The policy has neither metadata nor issuers."),)
    if not actual or not actual.strip():
        return (_no_issuer(issuers),), ()
    match = GatewayCheck("issuer", _PASS, f"The token comes from {actual}.", None, actual)
    if issuers.have(actual):
        return (match,), ()
    in_list = actual in issuers.listed or _open(issuers.listed)
    in_metadata, warnings = _in_metadata(actual, token, issuers, switches)
    allowed, more = _combined(in_list, in_metadata, issuers, switches)
    warnings += more
    if allowed is True:
        return (match,), warnings
    if allowed is None:
        needs = (*issuers.missing, *issuers.unreachable, *open_values(issuers.listed), *_templates(issuers))
        what = f"The token comes from {actual}; an accepted issuer is not known here."
        return (unknown("issuer", what, needs=needs),), warnings
    more = (*_version_warning(token, actual, issuers.known), *_case_warning("the issuer", (actual,), issuers.known))
    return (_wrong_issuer(actual, issuers.known),), warnings + more


def _open(listed: tuple[str, ...]) -> bool | None:
    """What is known of an issuer that is in no known place: None when an unknown place is left."""
    return None if any(map(is_placeholder, listed)) else False


def _templates(issuers: Issuers) -> tuple[str, ...]:
    return tuple(issuer for issuer in issuers.published if TENANT_MARK in issuer)


def _in_metadata(
    actual: str, token: Token, issuers: Issuers, switches: Switches
) -> tuple[bool | None, tuple[Warned, ...]]:
    if actual in issuers.published:
        return True, ()
    is_open = bool(issuers.missing or issuers.unreachable)
    templates = _templates(issuers)
    if not templates:
        return (None if is_open else False), ()
    warned = Warned("template-issuer", "The metadata's issuer has a placeholder for the tenant.")
    tenant = token.text_claim("tid") or ""
    if not any(tenant and issuer.replace(TENANT_MARK, tenant) == actual for issuer in templates):
        return (None if is_open else False), (warned,)
    unsure = rests_on("template-issuer", "Nobody has confirmed whether the gateway fills the placeholder in.")
    filled = {"expanded": True, "literal": None if is_open else False}.get(chosen(switches, "template-issuer"))
    return filled, (warned, unsure)


def _combined(
    in_list: bool | None, in_metadata: bool | None, issuers: Issuers, switches: Switches
) -> tuple[bool | None, tuple[Warned, ...]]:
    if not issuers.listed:
        return in_metadata, ()
    if not issuers.has_metadata:
        return in_list, ()
    union, both = _either(in_list, in_metadata), _each(in_list, in_metadata)
    outcome = both if chosen(switches, "issuer-lists") == "both" else union
    if union == both or outcome is None:
        return outcome, ()
    unsure = "Nobody has confirmed whether listed issuers and the metadata's issuer are alternatives or both needed."
    return outcome, (rests_on("issuer-lists", unsure),)


def _either(one: bool | None, other: bool | None) -> bool | None:
    return True if one or other else None if one is None or other is None else False


def _each(one: bool | None, other: bool | None) -> bool | None:
    return False if one is False or other is False else None if one is None or other is None else True


def _no_issuer(issuers: Issuers) -> GatewayCheck:
    text = "Unable to validate issuer. The 'issuer' parameter is null or whitespace."
    names = in_words(issuers.known) or "the issuer of its metadata"
    return issuer_failure("IDX10211", text, f"The token names no issuer (iss); the policy accepts {names}.", names)


def _wrong_issuer(actual: str, allowed: tuple[str, ...]) -> GatewayCheck:
    names = in_words(allowed)
    text = (
        f"Issuer validation failed. Issuer: '{actual}'. Did not match: validationParameters.ValidIssuer: '' "
        f"or validationParameters.ValidIssuers: '{', '.join(allowed)}'."
    )
    hint = ""
    if any(same_but_for_slash(actual, one) for one in allowed):
        hint = " They differ by a slash at the end, which is never forgiven for issuers."
    elif any(actual.lower() == one.lower() for one in allowed):
        hint = " They differ in letter case."
    what = f"The token comes from {actual}; the policy accepts {names}.{hint}"
    return issuer_failure("IDX10205", text, what, names, actual)


def issuer_failure(
    code: str, text: str, what: str, expected: str | None = None, actual: str | None = None
) -> GatewayCheck:
    return GatewayCheck(
        "issuer",
        Outcome.FAIL,
        what,
        expected=expected,
        actual=actual,
        reason="TokenIssuerNotAllowed",
        message=f"{code}: {text}",
        library_code=code,
    )


def _version_warning(token: Token, actual: str, allowed: tuple[str, ...]) -> tuple[Warned, ...]:
    of_token = read_issuer(actual).version or token.text_claim("ver") or ""
    of_policy = {read_issuer(issuer).version for issuer in allowed}
    is_mixed = any(issuers_relation(actual, issuer) == "version_mix" for issuer in allowed)
    if is_mixed or (of_token in ("1.0", "2.0") and of_policy == {"2.0" if of_token == "1.0" else "1.0"}):
        number = of_token[:1] or "1"
        text = f"A v{number} token meets a policy made for v{'1' if number == '2' else '2'} tokens."
        return (Warned("version-mismatch", text),)
    return ()

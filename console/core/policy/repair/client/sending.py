"""How the call is sent: the place and the form of the token, the subscription key, headers and the address."""

from dataclasses import replace

from console.core.checks.wording import shown
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.policies import ip_filter
from console.core.policy.policies.check_header import holds_secret
from console.core.policy.policies.subscription_key import key_digest
from console.core.policy.repair.client.making import change, place_key, with_token
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.repair.token_text import place_of, stray_tokens, value_in
from console.core.policy.text.document import Element
from console.core.policy.token.matching import in_words, is_placeholder
from console.core.policy.token.token_policy import TokenSource
from console.core.redaction.redact import redact_text
from console.core.tokens.token import Token, TokenKind

_ANY_KEY = "any valid key"


def token_place(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """A token that is in the call, but not where or not as the policy reads it."""
    place = place_of(failure.policy) if failure.policy else None
    if place is None or place.kind == "value":
        return ()
    if failure.token is not None and failure.token.kind is TokenKind.JWS:
        otherwise = with_token(trial, failure, place, failure.token.text)
        is_same = otherwise.request == trial.request
        return () if is_same else _sent_otherwise(trial, failure, place, otherwise)
    return tuple(_moved(trial, failure, place, where, token) for where, token in stray_tokens(trial.request)[:1])


def _sent_otherwise(trial: Trial, failure: Failure, place: TokenSource, otherwise: Trial) -> tuple[Option, ...]:
    scheme = place.scheme or "Bearer"
    count = len(trial.request.header_values(place.name) if place.kind == "header" else ())
    if count > 1:
        told = change(failure, "single-value", f"Send {place.shown} once", f"Send {place.shown} with one value only.")
    elif failure.name == "scheme" or (place.is_authorization and place.scheme and not _has_scheme(trial, place)):
        told = change(
            failure,
            "add-scheme",
            f"Write {scheme} before the token",
            f"Send {place.name}: {scheme}, one blank, and then the token.",
        )
    else:
        told = change(
            failure,
            "bare-token",
            "Send the token whole and alone",
            f"Put into {place.shown} {f'{scheme}, one blank and ' if place.is_authorization else ''}the token as it "
            "was issued, without quotation marks, blanks or other text around it.",
        )
    return (Option(f"{told.kind}:{place_key(failure)}", told, lambda: otherwise),)


def _has_scheme(trial: Trial, place: TokenSource) -> bool:
    return value_in(trial.request, place).lower().startswith(f"{(place.scheme or '').lower()} ")


def _moved(trial: Trial, failure: Failure, place: TokenSource, where: str, token: Token) -> Option:
    form = f", as {place.scheme or 'Bearer'}, one blank, token" if place.is_authorization else ""
    told = change(
        failure,
        "move-token",
        f"Send the token in {place.shown}",
        f"The token is in {where}; send it in {place.shown}{form}.",
    )
    return Option(f"{told.kind}:{place_key(failure)}", told, lambda: with_token(trial, failure, place, token.text))


def subscription_key(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    rule = trial.subscription
    if rule is None:
        return ()
    told = (
        change(
            failure,
            "send-subscription-key",
            "Send the subscription key",
            f"Send the key of your subscription in the header {rule.header_name}.",
        )
        if failure.check.reason == "SubscriptionKeyNotFound"
        else change(
            failure,
            "right-subscription-key",
            "Send the key of the right subscription",
            f"Send in the header {rule.header_name} the key of an active subscription to a product with this API.",
        )
    )

    def with_key() -> Trial:
        valid = replace(rule, digests=(*rule.digests, key_digest(_ANY_KEY)))
        return replace(trial, subscription=valid, request=trial.request.with_header(rule.header_name, (_ANY_KEY,)))

    return (Option(told.kind, told, with_key),)


def header(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """The header that check-header asks for."""
    policy = failure.policy
    name = policy.attribute("name") if policy else None
    if policy is None or not name:
        return ()
    wanted = next((value.text for value in policy.all("value") if not is_placeholder(value.text)), "any")
    told = change(failure, "send-header", f"Send the header {name}", f"Send the header {name}{_value_of(failure)}.")
    sent = replace(trial, request=trial.request.with_header(name, (wanted,)))
    return (Option(f"{told.kind}:{name.lower()}", told, lambda: sent),)


def _value_of(failure: Failure) -> str:
    """The wanted value as the policy has it written, a named value by its name; not that of a secret header."""
    policy = failure.written or failure.policy
    if policy is None or not (listed := policy.all("value")):
        return "; any value will do"
    if holds_secret(policy.attribute("name") or ""):
        return " with a value that the policy accepts"
    return f" with the value {shown(redact_text(in_words(value.text for value in listed)))}"


def address(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """Calling from an address that is allowed. A forbidden caller is not told to come from elsewhere."""
    policy = failure.policy
    if policy is None or policy.attribute("action") == "forbid":
        return ()
    allowed = next(((child, one) for child in policy.children if (one := _first_of(child))), None)
    if allowed is None:
        return ()
    entry, first = allowed
    told = Change(
        "client",
        "call-from-address",
        "Call from an allowed address",
        f"Send the call from an address that the policy lists, such as {'one of ' if entry.attribute('from') else ''}"
        f"{ip_filter.in_list((entry,))}, for example through your company's proxy.",
        failure.check.what,
        Owner.NETWORK,
    )
    return (Option(told.kind, told, lambda: replace(trial, request=replace(trial.request, client_ip=first))),)


def _first_of(entry: Element) -> str | None:
    """The address, or the first of the range; None when it is only known at run time."""
    found = entry.text or entry.attribute("from") or ""
    return None if not found or is_placeholder(found) else found


def certificate(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """A certificate that the policy accepts. Nobody has it here, so the call with it stays open."""
    identities = failure.policy.child("identities") if failure.policy else None
    thumbprints = [one.attribute("thumbprint") or "" for one in (identities.children if identities else ())]
    listed = in_words(filter(None, thumbprints))
    which = f"whose thumbprint the policy lists ({shown(listed)})" if listed else "that the policy accepts"
    told = change(
        failure,
        "send-certificate",
        "Send the client certificate that the policy accepts",
        f"Send the call with the client certificate {which}, within its dates.",
    )
    sent = replace(trial, request=replace(trial.request, client_certificate=None))
    return (Option(told.kind, told, lambda: sent),)

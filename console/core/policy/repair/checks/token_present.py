"""The token is not where, or not as, the policy reads it."""

from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, client_change, edit_option, place_key, with_token
from console.core.policy.repair.order import moved_behind
from console.core.policy.repair.token_text import place_of, stray_tokens, token_in, value_in
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import JWT, TokenSource
from console.core.tokens.token import Token, TokenKind


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """A token that is in the call, but not where or not as the policy reads it."""
    place = failure.source
    if place is None or place.kind == "value":
        return ()
    if failure.token is not None and failure.token.kind is TokenKind.JWS:
        otherwise = with_token(trial, failure, place, failure.token.text)
        is_same = otherwise.request == trial.request
        return () if is_same else _sent_otherwise(trial, failure, place, otherwise)
    return tuple(_moved(trial, failure, place, where, token) for where, token in stray_tokens(trial.request)[:1])


def _sent_otherwise(trial: Trial, failure: FailedCheck, place: TokenSource, otherwise: Trial) -> tuple[Option, ...]:
    scheme = place.scheme or "Bearer"
    count = len(trial.request.header_values(place.name) if place.kind == "header" else ())
    if count > 1:
        told = client_change(
            failure, "single-value", f"Send {place.shown} once", f"Send {place.shown} with one value only."
        )
    elif failure.name == "scheme" or (place.is_authorization and place.scheme and not _has_scheme(trial, place)):
        told = client_change(
            failure,
            "add-scheme",
            f"Write {scheme} before the token",
            f"Send {place.name}: {scheme}, one blank, and then the token.",
        )
    else:
        told = client_change(
            failure,
            "bare-token",
            "Send the token whole and alone",
            f"Put into {place.shown} {f'{scheme}, one blank and ' if place.is_authorization else ''}the token as it "
            "was issued, without quotation marks, blanks or other text around it.",
        )
    return (Option(f"{told.kind}:{place_key(failure)}", told, lambda: otherwise),)


def _has_scheme(trial: Trial, place: TokenSource) -> bool:
    return value_in(trial.request, place).lower().startswith(f"{(place.scheme or '').lower()} ")


def _moved(trial: Trial, failure: FailedCheck, place: TokenSource, where: str, token: Token) -> Option:
    form = f", as {place.scheme or 'Bearer'}, one blank, token" if place.is_authorization else ""
    told = client_change(
        failure,
        "move-token",
        f"Send the token in {place.shown}",
        f"The token is in {where}; send it in {place.shown}{form}.",
    )
    return Option(f"{told.kind}:{place_key(failure)}", told, lambda: with_token(trial, failure, place, token.text))


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    return (*moved_behind(trial, failure, policy), *_scheme(trial, failure, policy))


def _scheme(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or policy.attribute("require-scheme") is None:
        return _elsewhere(trial, failure, policy)
    told = api_change(
        failure,
        "scheme-not-required",
        "Accept the token without a scheme",
        "Take the attribute require-scheme out of the policy.",
        is_removal=True,
    )
    edit = edit_option(trial, failure, told, lambda source: edits.without_attribute(source, policy, "require-scheme"))
    return (edit, *_elsewhere(trial, failure, policy))


def _elsewhere(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    """The policy reads another header than the usual one, in which the token is."""
    place, usual = place_of(policy), TokenSource("header", "Authorization")
    if place is None or place.kind == "value" or place.is_authorization or value_in(trial.request, place):
        return ()
    if token_in(trial.request, usual) is None or not value_in(trial.request, usual).lower().startswith("bearer "):
        return ()
    told = api_change(
        failure,
        "read-authorization",
        "Read the token from Authorization",
        f"Let the policy read the header Authorization, where clients send tokens, in place of {place.shown}.",
    )
    old = "header-name" if place.kind == "header" else "query-parameter-name"
    edit = edit_option(
        trial,
        failure,
        told,
        lambda source: edits.with_renamed_attribute(source, policy, old, "header-name", "Authorization"),
    )
    return (edit,)


REPAIR = (
    Repair("token-present", client, api, is_about_presence=True),
    Repair("scheme", client, api, is_about_presence=True),
    Repair("well-formed", client, moved_behind, is_about_presence=True),
)

"""A newly issued token: fresh, signed, of the right algorithm, or simply not damaged."""

from dataclasses import replace

from console.core.checks.claims import is_for_graph
from console.core.checks.wording import moment, seconds
from console.core.compare import numeric_date
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.client.making import change, token_option
from console.core.policy.repair.client.target import ask_for_api
from console.core.policy.repair.failures import Failure, Option
from console.core.tokens.token import TokenKind

_LONGEST_WAIT_S = 86_400


def expiry(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """Nothing where the signature fails too: the new token that this takes is fresh anyway."""
    if not failure.is_signed:
        return ()
    told = change(
        failure,
        "fresh-token",
        "Get a fresh token",
        "Request a new token shortly before the call; keep one no longer than its exp allows.",
    )
    return (token_option(trial, failure, told),)


def not_before(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    start = numeric_date(failure.claims.get("nbf"))
    found: tuple[Option, ...] = ()
    if failure.check.library_code == "IDX10222" and start is not None and 0 < start - trial.now <= _LONGEST_WAIT_S:
        told = change(
            failure,
            "wait",
            "Wait until the token is valid",
            f"Send the call {seconds(start - trial.now)} later (from {moment(start)} on), and set the clock of the "
            "machine that issues the token right.",
        )
        found = (Option(told.kind, told, lambda: replace(trial, now=-int(-start // 1))),)
    return (*found, *expiry(trial, failure))


def expiration_present(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    told = change(
        failure,
        "token-with-expiry",
        "Get a token that has an exp",
        "Have the identity provider write exp, as a number of seconds, into its tokens.",
        who=Owner.IDENTITY_PROVIDER,
    )
    return (token_option(trial, failure, told, {"exp": trial.now + 3_600}),)


def signature(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    token = failure.token
    if _is_short_secret(failure):
        return ()
    if token is not None and is_for_graph(token):
        return ask_for_api(trial, failure)
    if token is not None and token.kind is TokenKind.UNSECURED:
        told = change(
            failure,
            "signed-token",
            "Send a signed token",
            "Send the token of the identity provider itself, with its signature.",
        )
    else:
        told = change(
            failure,
            "new-token",
            "Get a new token and send it unchanged",
            "Get a new token from the identity provider of this API and send it exactly as it was issued.",
        )
    return (token_option(trial, failure, told),)


def algorithm(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    if (failure.token is not None and failure.token.kind is TokenKind.UNSECURED) or _is_short_secret(failure):
        return signature(trial, failure)
    told = change(
        failure,
        "other-algorithm",
        "Have the tokens signed with RS256",
        "Have the identity provider sign the tokens of this API with RS256 and a key of at least 2048 bits.",
        who=Owner.IDENTITY_PROVIDER,
    )
    return (token_option(trial, failure, told, algorithm="RS256"),)


def _is_short_secret(failure: Failure) -> bool:
    """Whether the symmetric key is too short: it stands in the policy, and no token helps."""
    return failure.check.library_code == "IDX10653"

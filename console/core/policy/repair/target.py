"""Whom the token is for and whom it is from: the API, the tenant or issuer, and the registration that asked for it."""

from collections.abc import Mapping

from console.core.checks.claims import id_token_mark, is_for_graph, token_version
from console.core.checks.wording import how_to_ask
from console.core.compare import is_guid, spelled_differently
from console.core.issuers import issuers_relation, read_issuer
from console.core.oauth.words import NEUTRAL
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import client_change, token_option
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.repair.rules import DEFAULT_SCOPE, parts_of, same_issuer
from console.core.policy.repair.token_text import REMOVED
from console.core.policy.token.matching import is_placeholder
from console.core.providers import words_for

_ID_TOKEN_ONLY = ("nonce", "at_hash", "c_hash", "s_hash")


def ask_for_api(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    return ask_for(trial, failure, _audiences(failure))


def ask_for(trial: Trial, failure: FailedCheck, wanted: tuple[str, ...]) -> tuple[Option, ...]:
    """A token for one of these audiences; nothing when only the spelling differs and the API decides it. No token is
    for a scope, or for a list of APIs written as one text.
    """
    known = tuple(one for one in wanted if one and not is_placeholder(one) and not one.endswith(DEFAULT_SCOPE))
    known = tuple(one for one in known if len(parts_of(one)) == 1)
    token = failure.token
    actual = (token.audiences if token else None) or ()
    if token is None or not wanted:
        return ()
    if not known:
        return _of_any_api(trial, failure) if not actual and any(map(is_placeholder, wanted)) else ()
    if token_version(token) == "2.0" and spelled_differently(actual, known) is not None:
        return ()
    dropped = {name: REMOVED for name in _ID_TOKEN_ONLY if name in failure.claims}
    told = _asking(failure, known)
    return (token_option(trial, failure, told, {"aud": known[0], **dropped}, detail=known[0]),)


def _of_any_api(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """A token that names no API, where the accepted ones are only known at run time."""
    what = "Request a scope of this API and get a new token."
    told = client_change(failure, "ask-scope", "Ask for a token of this API", what)
    return (token_option(trial, failure, told, {"aud": "this-api"}),)


def _asking(failure: FailedCheck, known: tuple[str, ...]) -> RepairChange:
    token = failure.token
    scope = how_to_ask(words_for(token) if token else NEUTRAL, known)
    if token is not None and id_token_mark(token):
        what = f"An ID token tells the client who signed in; the API takes an access token. {scope}"
        return client_change(failure, "access-token", "Send the access token, not the ID token", what)
    if token is not None and is_for_graph(token):
        what = f"Nobody but Microsoft Graph can verify a token for it. {scope}"
        return client_change(failure, "own-api-token", "Ask for a token of this API, not of Microsoft Graph", what)
    return client_change(failure, "ask-scope", "Ask for a token of this API", scope)


def _audiences(failure: FailedCheck) -> tuple[str, ...]:
    demands = failure.demands
    return (demands.audiences or demands.backends) if demands else ()


def from_issuer(trial: Trial, failure: FailedCheck, accepted: tuple[str, ...]) -> tuple[Option, ...]:
    actual = failure.claims.get("iss")
    if not accepted or any(
        same_issuer(actual, one) or issuers_relation(actual, one) == "version_mix"
        for one in accepted
        if isinstance(actual, str)
    ):
        return ()
    wanted = accepted[0]
    told = client_change(
        failure, "token-of-issuer", "Get the token from the accepted issuer", f"Get the token from {wanted}."
    )
    return (token_option(trial, failure, told, {"iss": wanted, **_tenant_of(failure, wanted)}, detail=wanted),)


def _tenant_of(failure: FailedCheck, issuer_text: str) -> Mapping[str, str]:
    named = read_issuer(issuer_text).tenant
    return {"tid": named} if "tid" in failure.claims and is_guid(named) else {}


def from_tenant(trial: Trial, failure: FailedCheck, wanted: str) -> tuple[Option, ...]:
    """The same client in the tenant that the policy trusts."""
    if not is_guid(wanted):
        return ()
    told = client_change(
        failure,
        "token-of-tenant",
        "Get the token from the accepted tenant",
        f"Get the token from the tenant {wanted}.",
    )
    old, actual = failure.claims.get("tid"), failure.claims.get("iss")
    issuer_text = actual.replace(old, wanted) if isinstance(actual, str) and isinstance(old, str) and old else actual
    if not isinstance(issuer_text, str) or wanted not in issuer_text:
        issuer_text = f"https://login.microsoftonline.com/{wanted}/v2.0"
    return (token_option(trial, failure, told, {"tid": wanted, "iss": issuer_text}, detail=wanted),)


def by_client(trial: Trial, failure: FailedCheck, name: str, listed: tuple[str, ...]) -> tuple[Option, ...]:
    """The token obtained with a registration that the policy lists."""
    known = next((one for one in listed if one and not is_placeholder(one) and len(parts_of(one)) == 1), None)
    if known is None:
        return ()
    told = client_change(
        failure,
        "listed-client",
        "Get the token with a client that is listed",
        f"Get the token with the client {known}, which the policy accepts.",
    )
    return (token_option(trial, failure, told, {name: known}, detail=known),)

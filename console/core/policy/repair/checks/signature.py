"""The signature does not verify, its key is not known, or its algorithm is not accepted."""

from console.core.checks.claims import is_for_graph
from console.core.checks.wording import shown
from console.core.issuers import METADATA_PATH, read_issuer
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import (
    api_change,
    attribute_option,
    client_change,
    edit_option,
    is_writable,
    token_option,
    with_block,
)
from console.core.policy.repair.order import moved_behind
from console.core.policy.repair.target import ask_for_api
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import JWT
from console.core.tokens.token import TokenKind


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    token = failure.token
    if _is_short_secret(failure):
        return ()
    if token is not None and is_for_graph(token):
        return ask_for_api(trial, failure)
    if token is not None and token.kind is TokenKind.UNSECURED:
        told = client_change(
            failure,
            "signed-token",
            "Send a signed token",
            "Send the token of the identity provider itself, with its signature.",
        )
    else:
        told = client_change(
            failure,
            "new-token",
            "Get a new token and send it unchanged",
            "Get a new token from the identity provider of this API and send it exactly as it was issued.",
        )
    return (token_option(trial, failure, told),)


def _algorithm(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    if (failure.token is not None and failure.token.kind is TokenKind.UNSECURED) or _is_short_secret(failure):
        return client(trial, failure)
    told = client_change(
        failure,
        "other-algorithm",
        "Have the tokens signed with RS256",
        "Have the identity provider sign the tokens of this API with RS256 and a key of at least 2048 bits.",
        who=Owner.IDENTITY_PROVIDER,
    )
    return (token_option(trial, failure, told, algorithm="RS256"),)


def _is_short_secret(failure: FailedCheck) -> bool:
    """Whether the symmetric key is too short: it stands in the policy, and no token helps."""
    return failure.check.library_code == "IDX10653"


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    moved = moved_behind(trial, failure, policy)
    return (*moved, *_unsigned(trial, failure, policy), *_keys(trial, failure, policy))


def _keys_alone(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    return (*moved_behind(trial, failure, policy), *_keys(trial, failure, policy))


def _unsigned(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or failure.token is None or failure.token.kind is not TokenKind.UNSECURED:
        return ()
    told = api_change(
        failure,
        "unsigned-accepted",
        "Accept unsigned tokens",
        'Give the policy the attribute require-signed-tokens="false".',
        weakness="Anybody could then write a token and call this API with it.",
        is_removal=True,
    )
    return (attribute_option(trial, failure, told, policy, "require-signed-tokens", "false"),)


def _keys(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    """The metadata of the token's issuer, where the policy does not name it yet."""
    actual = failure.claims.get("iss")
    if policy.name != JWT or not is_writable(actual) or not actual.startswith("https://"):
        return ()
    form = read_issuer(actual)
    if form.provider == "entra" and form.version == "1.0":
        actual_base = f"https://login.microsoftonline.com/{form.tenant}"
    else:
        actual_base = actual.rstrip("/")
    url = actual_base + METADATA_PATH
    if any(config.attribute("url") == url for config in policy.all("openid-config")):
        return ()
    is_listed = failure.demands is not None and actual in failure.demands.issuers
    told = api_change(
        failure,
        "add-metadata",
        "Name the metadata of the token's issuer",
        f"Add an openid-config with the address {url}, where the issuer publishes its keys.",
        weakness="" if is_listed else f"Whoever {shown(actual)} issues tokens to could then call this API.",
    )
    block = f'<openid-config url="{edits.escaped(url, chr(34))}" />'
    return (
        edit_option(
            trial, failure, told, lambda source: with_block(source, policy, "openid-config", block), detail=url
        ),
    )


REPAIR = (
    Repair("algorithm", _algorithm, _unsigned),
    Repair("signature", client, api),
    Repair("key-found", client, _keys_alone),
)

"""Whose tokens the policy trusts: metadata of the other version, a listed issuer, a tenant."""

from functools import partial

from console.core.checks.wording import shown
from console.core.compare import is_guid
from console.core.issuers import METADATA_PATH, issuers_relation, read_issuer
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.api.making import change, edit_option, is_writable, with_block, with_item
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.rules import accepted_issuers, same_issuer
from console.core.policy.text.document import Element
from console.core.policy.token.attributes import texts
from console.core.policy.token.token_policy import JWT

_V2 = "/v2.0" + METADATA_PATH


def issuer(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    actual = failure.claims.get("iss")
    if policy.name != JWT or not is_writable(actual):
        return ()
    accepted = accepted_issuers(trial, policy)
    is_mixed = any(issuers_relation(actual, one) == "version_mix" for one in accepted)
    is_own = is_mixed or any(same_issuer(actual, one) for one in accepted)
    found: tuple[Option, ...] = ()
    if is_mixed:
        found = _other_version(trial, failure, policy, is_v1_token=read_issuer(actual).version == "1.0")
    return (*_respelled(trial, failure, policy, actual), _added(trial, failure, policy, actual, is_own), *found)


def _other_version(trial: Trial, failure: Failure, policy: Element, *, is_v1_token: bool) -> tuple[Option, ...]:
    """The metadata address of the token's version, for the first address that has the other one."""
    for config in policy.all("openid-config"):
        raw = edits.raw_attribute(trial.document.source, config, "url") or ""
        if raw.endswith(_V2) == is_v1_token and raw.endswith(METADATA_PATH):
            old, new = (_V2, METADATA_PATH) if is_v1_token else (METADATA_PATH, _V2)
            url = raw.removesuffix(old) + new
            break
    else:
        return ()
    version, other = ("1.0", "2.0") if is_v1_token else ("2.0", "1.0")
    told = change(
        failure,
        "metadata-version",
        f"Read the metadata of version {version}",
        f"Let openid-config name {url}, which publishes the issuer of version {version} tokens; callers whose tokens "
        f"have version {other} would then be refused.",
    )
    edit = edit_option(
        trial, failure, told, lambda source: edits.with_raw_attribute(source, config, "url", url), detail=version
    )
    return (edit,)


def _respelled(trial: Trial, failure: Failure, policy: Element, actual: str) -> tuple[Option, ...]:
    """A listed issuer that only lacks a slash or has another letter case."""
    listed = policy.child("issuers")
    for item in edits.written_out(trial.document.source, listed.all("issuer") if listed else ()):
        if same_issuer(actual, item.text):
            told = change(
                failure,
                "correct-issuer",
                "Write the issuer exactly as the token has it",
                f"Write {shown(actual)} in place of {shown(item.text)}: issuers are compared letter by letter.",
            )
            return (edit_option(trial, failure, told, partial(edits.with_text, target=item, text=actual)),)
    return ()


def _added(trial: Trial, failure: Failure, policy: Element, actual: str, is_own: bool) -> Option:
    told = change(
        failure,
        "add-issuer",
        "Accept this issuer too",
        f"Add {shown(actual)} to the issuers of the policy.",
        weakness="" if is_own else f"Whoever {shown(actual)} issues tokens to could then call this API.",
    )
    return edit_option(
        trial,
        failure,
        told,
        lambda source: with_item(source, policy, block="issuers", name="issuer", text=actual),
        detail=actual,
    )


def keys(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
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
    is_listed = actual in texts(policy.child("issuers"), "issuer")
    told = change(
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


def tenant(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    actual = failure.claims.get("tid")
    if not isinstance(actual, str) or not is_guid(actual) or policy.attribute("tenant-id") == actual:
        return ()
    told = change(
        failure,
        "other-tenant",
        "Trust the token's tenant instead",
        f"Set tenant-id to {actual}.",
        weakness=f"Tokens of the tenant {actual} would then be accepted, and those of the present one refused.",
    )
    return (
        edit_option(trial, failure, told, lambda source: edits.with_attribute(source, policy, "tenant-id", actual)),
    )

"""The token is from an issuer that the policy does not trust, or that it spells otherwise."""

from functools import partial

from console.core.checks.wording import shown
from console.core.issuers import METADATA_PATH, issuers_relation, read_issuer
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option, is_writable, with_item
from console.core.policy.repair.rules import accepted_issuers, same_issuer, wanted_tenant
from console.core.policy.repair.target import from_issuer, from_tenant
from console.core.policy.repair.version import other_version
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import AZURE_AD, JWT


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """The token from another issuer; not where only its version or spelling differs, which no client decides."""
    if failure.policy is not None and failure.policy.name == AZURE_AD:
        return from_tenant(trial, failure, wanted_tenant(failure))
    return from_issuer(trial, failure, accepted_issuers(trial, failure))


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    return (*_trusted(trial, failure, policy), *other_version(trial, failure))


_V2 = "/v2.0" + METADATA_PATH


def _trusted(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    actual = failure.claims.get("iss")
    if policy.name != JWT or not is_writable(actual):
        return ()
    accepted = accepted_issuers(trial, failure)
    is_mixed = any(issuers_relation(actual, one) == "version_mix" for one in accepted)
    is_own = is_mixed or any(same_issuer(actual, one) for one in accepted)
    found: tuple[Option, ...] = ()
    if is_mixed:
        found = _other_version(trial, failure, policy, is_v1_token=read_issuer(actual).version == "1.0")
    return (*_respelled(trial, failure, policy, actual), _added(trial, failure, policy, actual, is_own), *found)


def _other_version(trial: Trial, failure: FailedCheck, policy: Element, *, is_v1_token: bool) -> tuple[Option, ...]:
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
    told = api_change(
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


def _respelled(trial: Trial, failure: FailedCheck, policy: Element, actual: str) -> tuple[Option, ...]:
    """A listed issuer that only lacks a slash or has another letter case."""
    listed = policy.child("issuers")
    for item in edits.written_out(trial.document.source, listed.all("issuer") if listed else ()):
        if same_issuer(actual, item.text):
            told = api_change(
                failure,
                "correct-issuer",
                "Write the issuer exactly as the token has it",
                f"Write {shown(actual)} in place of {shown(item.text)}: issuers are compared letter by letter.",
            )
            return (edit_option(trial, failure, told, partial(edits.with_text, target=item, text=actual)),)
    return ()


def _added(trial: Trial, failure: FailedCheck, policy: Element, actual: str, is_own: bool) -> Option:
    told = api_change(
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


REPAIR = Repair("issuer", client, api)

"""What changes share: how one is told, the call with a new token, and the call under an edited policy."""

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from msgspec.structs import replace

from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.repair.token_text import replaced_in, rewritten, sent
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.token_policy import AZURE_AD, TokenSource

_KEY_SOURCES = ("openid-config", "issuer-signing-keys", "issuer-signing-tokens")
ORDER = (
    "openid-config",
    "issuer-signing-tokens",
    "issuer-signing-keys",
    "decryption-keys",
    "audiences",
    "issuers",
    "required-claims",
)


def client_change(
    failure: FailedCheck, kind: str, title: str, what: str, *, who: Owner = Owner.INTEGRATOR
) -> RepairChange:
    return RepairChange("client", kind, title, what, failure.check.what, who)


def api_change(
    failure: FailedCheck, kind: str, title: str, what: str, *, weakness: str = "", is_removal: bool = False
) -> RepairChange:
    return RepairChange("api", kind, title, what, failure.check.what, Owner.API_OWNER, weakness, is_removal)


def token_option(
    trial: Trial,
    failure: FailedCheck,
    told: RepairChange,
    claims: Mapping[str, Any] | None = None,
    *,
    detail: str = "",
    algorithm: str | None = None,
) -> Option:
    """A new token with these claims in the place that the policy reads."""
    changes = dict(claims or {})
    return Option(
        f"{told.kind}:{place_key(failure)}:{detail}",
        told,
        lambda: with_new_token(trial, failure, changes, algorithm=algorithm),
    )


def place_key(failure: FailedCheck) -> str:
    """Where the token stands: policies that read the same place are answered by the same change."""
    place = failure.source
    return f"{place.kind} {place.name.lower()}" if place else ""


def with_new_token(
    trial: Trial,
    failure: FailedCheck,
    claims: Mapping[str, Any],
    *,
    algorithm: str | None = None,
    is_fresh: bool = True,
) -> Trial | None:
    """None where no new token could pass: without any key in the policy no signature ever verifies."""
    place = failure.source
    if failure.policy is None or place is None or not has_keys(failure.policy):
        return None
    text = rewritten(failure.token, claims, now=trial.now if is_fresh else None, algorithm=algorithm)
    return replace(with_token(trial, failure, place, text), assumes_signature=True)


def with_token(trial: Trial, failure: FailedCheck, place: TokenSource, text: str) -> Trial:
    """The call with this token where the policy looks for it."""
    if place.kind != "value":
        return replace(trial, request=sent(trial.request, place, text))
    old = failure.token.text if failure.token else place.value
    return replace(trial, values=replaced_in(trial.values, old, text))


def has_keys(policy: Element) -> bool:
    return policy.name == AZURE_AD or any(policy.child(name) is not None for name in _KEY_SOURCES)


def is_writable(text: object) -> TypeGuard[str]:
    """Whether a value from a token may go into a policy: text of one line that the gateway does not evaluate."""
    return isinstance(text, str) and text.isprintable() and 0 < len(text.strip()) <= 200 and not is_placeholder(text)


def edit_option(
    trial: Trial, failure: FailedCheck, told: RepairChange, edit: Callable[[str], str], *, detail: str = ""
) -> Option:
    """The call under the policy text that `edit` makes of the present one."""
    return Option(f"{told.kind}:{failure.path}:{detail}", told, lambda: trial.with_policy(edit(trial.document.source)))


def attribute_option(
    trial: Trial, failure: FailedCheck, told: RepairChange, policy: Element, name: str, value: str
) -> Option:
    return edit_option(trial, failure, told, lambda source: edits.with_attribute(source, policy, name, value))


def with_item(source: str, policy: Element, *, block: str, name: str, text: str) -> str:
    """An item added to a list of the policy; the list is made, in its place in the schema's order, where missing."""
    item = edits.element(name, text)
    if (listed := policy.child(block)) is not None:
        return edits.with_child(source, listed, item)
    return with_block(source, policy, block, f"<{block}>\n{edits.UNIT}{item}\n</{block}>")


def with_block(source: str, policy: Element, name: str, block: str) -> str:
    """A child element (XML, lines indented as if it stood at the margin) put where the schema's order wants it."""
    rank = ORDER.index(name)
    earlier = [child for child in policy.children if child.name in ORDER and ORDER.index(child.name) <= rank]
    if earlier:
        return edits.with_sibling(source, earlier[-1], block)
    if policy.children:
        return edits.with_sibling_before(source, policy.children[0], block)
    return edits.with_child(source, policy, block)

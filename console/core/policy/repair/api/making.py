"""What the API's changes share: how one is told, and the call under an edited policy."""

from collections.abc import Callable
from typing import TypeGuard

from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder

ORDER = (
    "openid-config",
    "issuer-signing-tokens",
    "issuer-signing-keys",
    "decryption-keys",
    "audiences",
    "issuers",
    "required-claims",
)


def change(
    failure: Failure, kind: str, title: str, what: str, *, weakness: str = "", is_removal: bool = False
) -> Change:
    return Change("api", kind, title, what, failure.check.what, Owner.API_OWNER, weakness, is_removal)


def is_writable(text: object) -> TypeGuard[str]:
    """Whether a value from a token may go into a policy: text of one line that the gateway does not evaluate."""
    return isinstance(text, str) and text.isprintable() and 0 < len(text.strip()) <= 200 and not is_placeholder(text)


def edit_option(
    trial: Trial, failure: Failure, told: Change, edit: Callable[[str], str], *, detail: str = ""
) -> Option:
    """The call under the policy text that `edit` makes of the present one."""
    return Option(f"{told.kind}:{failure.path}:{detail}", told, lambda: trial.with_policy(edit(trial.document.source)))


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

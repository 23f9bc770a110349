"""What a template puts in between elements: `${local.block}`, and parts that it leaves in or out, `%{ if a }`.

A block of policies is read as a fragment that is not here, one of branches as a branch whose condition is not known,
one of list entries as an entry to be given. The gateway never sees any; what it stores has what they stand for.
"""

import re

from console.core.policy.text.element import Element

DIRECTIVE = re.compile(r"%\{~?\s*+(?:if|else|endif|for|endfor)\b[^{}]{0,300}\}")
_BLOCK = re.compile(r"\$\{\s*+([A-Za-z][\w.-]{0,79})\s*+\}")
_MOST = 50  # blocks in one place
_OF_POLICIES = frozenset({"inbound", "backend", "outbound", "on-error", "fragment", "when", "otherwise"})
_ENTRIES = {
    "allowed-origins": "origin",
    "allowed-methods": "method",
    "allowed-headers": "header",
    "expose-headers": "header",
    "audiences": "audience",
    "issuers": "issuer",
    "issuer-signing-keys": "key",
    "client-application-ids": "application-id",
    "backend-application-ids": "application-id",
    "claim": "value",
    "ip-filter": "address",
}
_TAKES_DIRECTIVES = frozenset({
    "policies", "cors", "required-claims", "identities", "validate-jwt", "validate-azure-ad-token",
})  # fmt: skip


def with_blocks(
    name: str, children: list[Element], texts: list[tuple[int, str]], line: int
) -> tuple[list[Element], list[str]]:
    """The children of an element with the blocks among them, and the texts that are left. Each of `texts` stands
    before the child of that number.
    """
    if not (name in _OF_POLICIES or name in _ENTRIES or name in _TAKES_DIRECTIVES or name == "choose"):
        return children, [text for _, text in texts]
    made: list[Element] = []
    left: list[str] = []
    last = 0
    for place, text in texts:
        made += children[last:place]
        last = place
        named = _blocks(text, may_hold=name not in _TAKES_DIRECTIVES)
        if named is None:
            left.append(text)
        else:
            at = children[place].span[0] if place < len(children) else (children[-1].span[1] if children else 0)
            made += [_block(name, one, line, at) for one in named]
    return made + children[last:], left


def _blocks(text: str, *, may_hold: bool) -> list[str] | None:
    """The names of the blocks that make up a text; None where it holds anything else."""
    rest = DIRECTIVE.sub("", text)
    named = _BLOCK.findall(rest)
    if len(named) > _MOST or (named and not may_hold) or _BLOCK.sub("", rest).strip():
        return None
    return named


def _block(parent: str, name: str, line: int, at: int) -> Element:
    entry = _ENTRIES.get(parent)
    if entry is not None:
        return Element(entry, text=f"{{{{{name}}}}}", line=line, span=(at, at))
    fragment = Element("include-fragment", (("fragment-id", name),), line=line, span=(at, at))
    if parent == "choose":  # branches that are not here: whether one of them is taken is not known either
        return Element("when", (("condition", f"@({{{{{name}}}}})"),), children=(fragment,), line=line, span=(at, at))
    return fragment

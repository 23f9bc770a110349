"""Which token sources a token policy has certainly verified, before each policy of a document."""

from dataclasses import dataclass, field

from console.core.policy.lint.places import BRANCHES, CONTAINERS, with_paths
from console.core.policy.policies import ENDINGS
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.token.token_policy import TOKEN_POLICIES, source_of

ANY_SOURCE = "*"
Sources = frozenset[str]


@dataclass(slots=True)
class _Walk:
    before: dict[str, Sources] = field(default_factory=dict)

    def through(self, elements: tuple[Element, ...], parent: str, verified: Sources) -> Sources | None:
        """The sources verified after the elements; None when the call certainly ends among them."""
        ended = False
        for element, path in with_paths(elements, parent):
            self.before[path] = verified
            after = self._after(element, path, verified)
            ended = ended or after is None
            verified = verified if after is None else after
        return None if ended else verified

    def _after(self, element: Element, path: str, verified: Sources) -> Sources | None:
        if element.name in TOKEN_POLICIES:
            return verified | sources_of(element)
        if element.name in ENDINGS:
            return None
        if element.name == "choose":
            return self._after_branches(element, path, verified)
        if element.name in CONTAINERS:
            return self.through(element.children, path, verified)
        return verified

    def _after_branches(self, element: Element, path: str, verified: Sources) -> Sources | None:
        results = []
        branches = tuple(with_paths(element.children, path))
        for branch, branch_path in branches:
            if branch.name in BRANCHES:
                results.append(self.through(branch.children, branch_path, verified))
        if element.child("otherwise") is None:
            results.append(verified)
        going_on = [result for result in results if result is not None]
        after = frozenset.intersection(*going_on) if going_on else None
        # A condition may read what every branch verifies, or refuses: it only picks the policy that does.
        for _, branch_path in branches:
            self.before[branch_path] = frozenset({ANY_SOURCE}) if after is None else after
        return after


def sources_of(element: Element) -> Sources:
    """Where a token policy takes its token from: header:name or query:name in lower case, or anywhere."""
    return frozenset({source_of(element).part or ANY_SOURCE})


def verified_before(document: PolicyDocument) -> dict[str, Sources]:
    """By path of each policy: what is verified when it runs. The later sections run after the inbound one."""
    walk = _Walk()
    verified = walk.through(document.inbound, "inbound", frozenset()) or frozenset()
    for name, elements in (("backend", document.backend), ("outbound", document.outbound)):
        walk.through(elements, name, verified)
    walk.through(document.on_error, "on-error", frozenset())
    return walk.before


def verified_after_inbound(document: PolicyDocument) -> Sources | None:
    """What is verified for every call that leaves the inbound section; None when no call does."""
    return _Walk().through(document.inbound, "inbound", frozenset())

"""Of several failed checks the root: the one ranking that the verdict on a token and the diagnosis of a call share."""

from collections.abc import Iterable, Mapping

from console.core.checks.issuer import nearest_relation
from console.core.finding import Finding, Status
from console.core.owner import Owner

# What a failed check is about, the roots first; what is not listed comes after them, in its own order.
ORDER = (
    "token_type", "audience", "tenant", "token_version", "audience_form", "issuer", "not_before", "issued_at", "expiry",
    "group_overage", "algorithm", "key_use", "signature", "authorized_party", "roles", "scopes",
)  # fmt: skip
# A token for something else has everything of something else: that is no fault of its own.
_FOLLOWS: Mapping[str, frozenset[str]] = {
    "token_type": frozenset({"audience", "audience_form", "authorized_party", "roles", "scopes", "token_version"}),
    "audience": frozenset({"token_version", "issuer", "roles", "scopes"}),
    "tenant": frozenset({"issuer", "token_version", "signature"}),
    "token_version": frozenset({"issuer"}),
}
_OF_ISSUER = {"version_mix": "token_version", "other_tenant": "tenant"}


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The failed ones, the root first."""
    failed = [finding for finding in findings if finding.status in (Status.FAIL, Status.CRASHED)]
    return tuple(sorted(failed, key=lambda finding: place(kind_of(finding))))


def place(kind: str) -> int:
    """Where a kind stands among the roots."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def follows(kind: str, *, root: str) -> bool:
    """Whether a fault of this kind goes away with the root, or may: it is worth no errand of its own."""
    return kind in _FOLLOWS.get(root, ())


def kind_of(finding: Finding) -> str:
    """What a failed check is about: its code, told apart where one check sees two faults."""
    if finding.check == "audience" and finding.who is Owner.API_OWNER:  # the right API under another name
        return "audience_form"
    if finding.check == "issuer" and isinstance(finding.actual, str):
        relation = nearest_relation(finding.actual, tuple(finding.expected or ()))
        return _OF_ISSUER.get(relation or "", "issuer")
    return finding.check

"""The checks of a token: which rule, why it exists, and what it says where it passes."""

from console.core.checks import CHECKS
from console.core.checks.base import Check
from console.core.reference.claims import slug_of_claim
from console.core.reference.entry import EntryKind, ReferenceEntry, Related, fact, headed

_NEEDS_API = "what its API demands: the token is compared with that"
_NEEDS_NOW = "the moment of the attempt"


def entries() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_entry, CHECKS))


def _entry(check: Check) -> ReferenceEntry:
    needs = [_NEEDS_API] * check.is_for_api + [_NEEDS_NOW] * check.needs_now
    return ReferenceEntry(
        EntryKind.CHECKS,
        check.code,
        check.code,
        check.title,
        check.why,
        facts=(
            *fact("Passes when", headed(check.run.__module__) or f"{check.title}."),
            *fact("Why it exists", check.why),
            *fact("Looks at", *(name for name in check.claims), is_code=True),
            *fact("Needs", *needs),
        ),
        sources=(check.source,),
        related=tuple(Related(EntryKind.CLAIMS, slug_of_claim(name), "looks at it") for name in check.claims),
        group="Of what an API demands" if check.is_for_api else "Of the token by itself",
    )

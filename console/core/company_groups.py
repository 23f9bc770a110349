"""Which groups the claims of a company's sign-in name, by what the deployment says each value stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_VALUES = 1_000
MOST_CHARACTERS = 200  # of a group's name


@dataclass(frozen=True, slots=True)
class ClaimedGroups:
    """`names` are the deployment's names of groups. `problem` says why a claim that was sent tells nothing, "" if it
    does.
    """

    names: frozenset[str] = frozenset()
    problem: str = ""


def claimed_groups(claims: Mapping[str, Any], claim: str, groups: Mapping[str, str]) -> ClaimedGroups:
    """`groups` has the name of a group for each value of the claim; values that it does not have mean nothing.

    The claim is a list of texts, or one text. `claim` may be a path ("realm_access.roles") where no claim has that very
    name. A claim that is not there, or that the provider did not send because it is too long (OpenID Connect Core
    section 5.6.2, `_claim_names`), names no group.
    """
    elsewhere = claims.get("_claim_names")
    if isinstance(elsewhere, Mapping) and claim in elsewhere:
        return ClaimedGroups(problem="Its sign-in sends no list of groups for people who are in very many.")
    found = _at(claims, claim)
    values = [found] if isinstance(found, str) else found
    if values is None:
        return ClaimedGroups()
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values) or len(values) > MOST_VALUES:
        return ClaimedGroups(problem=f"What its sign-in sends as {claim} is no list of at most {MOST_VALUES} texts.")
    return ClaimedGroups(frozenset(groups[one] for one in values if one in groups))


def read_groups(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The setting: `value=group`, by line or semicolon; the name of the group stands after the last "=".

    Gives the name of a group for each value, and the parts that are none.
    """
    found, odd = {}, []
    for part in (one.strip() for line in text.splitlines() for one in line.split(";")):
        value, _, name = (one.strip() for one in part.rpartition("="))
        if value and 0 < len(name) <= MOST_CHARACTERS:
            found[value] = name
        elif part:
            odd.append(part)
    return found, tuple(odd)


def _at(claims: Mapping[str, Any], claim: str) -> Any:
    if claim in claims:
        return claims[claim]
    found: Any = claims
    for step in claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found

"""The application requires assignment and this user or group is not assigned."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_UNASSIGNED = re.compile(
    r"\b(?:user|principal|account|person|member)s?\b[^.]{0,80}\bnot (?:been |yet )?(?:assigned|a member of|added to)\b"
    r"|\bnot (?:been |yet )?assigned to\b[^.]{0,60}\b(?:app|application|client|role|enterprise)\b",
    re.IGNORECASE,
)


def match(reading: Reading) -> Match | None:
    return by_code("user-not-assigned")(reading) or _described(reading)


def _described(reading: Reading) -> Match | None:
    """The description of a refusal that servers give for rules of their own (RFC 6749 section 4.1.2.1)."""
    if reading.error != "access_denied" or not _UNASSIGNED.search(reading.description):
        return None
    return certain(f"The identity provider answered access_denied: “{reading.description}”", "access_denied")


CAUSE = Cause(
    slug="user-not-assigned",
    stage=Stage.TOKEN_REQUEST,
    title="User not assigned",
    what="The application requires assignment, and this user is not assigned.",
    do="Have the user, or a group the user is a direct member of, assigned.",
    who=Owner.TENANT_ADMIN,
    match=match,
)

"""A stretch of a pasted text, and who says it."""

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    FAR_SIDE = "far_side"  # an answer: status line, headers, body
    LOG = "log"  # what a log, a library or a tool wrote
    PERSON = "person"  # what somebody did: a command, a request, source code, settings, a policy
    OBSERVER = "observer"  # what somebody tells or asks


HEARD = frozenset({By.FAR_SIDE, By.LOG})


@dataclass(frozen=True, slots=True)
class Utterance:
    """`where` is the kind of text: answer, log, request, command, code, comment, settings, policy, question,
    wish: what should have happened instead, or was ticked in a form."""

    text: str
    by: By
    where: str

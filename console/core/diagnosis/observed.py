"""Whether anything failed at all: where nothing did, a line of a log explains no failure."""

import re
from collections.abc import Mapping
from typing import Any

from console.core.diagnosis.answer import ReadAnswer
from console.core.diagnosis.messages.plain import lowered
from console.core.evidence import Evidence

_WELL = re.compile(
    r"\b(?:can (?:still )?(?:sign|log) in|signs? in (?:fine|normally)|everything works|all (?:calls )?works?"
    r"|works? (?:fine|well|normally|as expected)|and work\b|no (?:user|caller|one|body) (?:is affected|complains)"
    r"|nobody complains|calls? succeeds?"
    r"|(?:is|are) answered 200|without (?:any )?(?:problem|trouble|failure)s?)\b"
)
_BUT = re.compile(
    r"\b(?:but|although|though|however|missing|lost|invalid|until|except|only|sometimes|after|before|then|since|another|other|fail\w*|refus\w*|reject\w*|denied|error\w*"
    r"|not|never|stops?|stopped|no longer|[45]\d\d)\b|n't\b"
)
MOST_CHARACTERS = 4_000


def goes_well(evidence: Evidence, answer: ReadAnswer, facts: Mapping[str, Any]) -> bool:
    """Whether nothing failed: the answer is a success, or no answer is there and people say that it works."""
    has_answer = answer.status is not None or bool(answer.failure) or evidence.token_error is not None
    return answer.is_success or (not has_answer and _is_said_to_work(facts))


def observations(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What people observed or told, each as it was written."""
    listed = facts.get("observations")
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _is_said_to_work(facts: Mapping[str, Any]) -> bool:
    """Whether somebody says so, and nobody says where it does not."""
    sentences = [lowered(one[:MOST_CHARACTERS]) for one in observations(facts)]
    return any(_WELL.search(one) for one in sentences) and not any(_BUT.search(one) for one in sentences)

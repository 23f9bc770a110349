"""Messages that people quote in what they observed or asked."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.core.diagnosis.messages import Told, hear
from console.core.diagnosis.terms import Confidence

_PASSAGE = re.compile(r"[\"“„'‘`]([^\"“”„'‘’`\n]{6,300})[\"”“'’`]")  # in quotation marks
MOST_OBSERVED = 8_000  # characters of observations that are searched


def reported(facts: Mapping[str, Any]) -> tuple[Told, ...]:
    """The messages that people quote in what they observed or asked: possible, never more, for nobody saw them said."""
    listed = facts.get("observations")
    told = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    text = "\n".join(told)[:MOST_OBSERVED]
    heard = hear("\n".join([text, *_PASSAGE.findall(text)])).told if told else ()
    return tuple(replace(one, message=replace(one.message, decides=Confidence.POSSIBLE)) for one in heard)

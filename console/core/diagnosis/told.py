"""What people tell of an attempt: in what was observed, and in lines of their own in a text of many origins."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.core.diagnosis.flatten import flat
from console.core.diagnosis.observed import observations
from console.core.diagnosis.prose import Lines, Prose, accusing, read_prose
from console.core.diagnosis.said import MAX_PART


def asserted(facts: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
    """What was observed or set, without what people only ask, wish or suppose."""
    told = observations(facts)
    stated = {**facts, "observations": [accusing(one) for one in told]} if told else facts
    return flat({**stated, **extra})[:MAX_PART]


def prose_of(facts: Mapping[str, Any], lines: Lines) -> Prose:
    return replace(read_prose((*observations(facts), *lines.persons), lines.anybody), lines=lines.persons)

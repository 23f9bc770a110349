"""A cache or edge repeats an earlier refusal (RFC 9111 section 5.1: Age)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner
from console.core.whole_number import whole_number

_HIT = ("x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "x-azure-cache")


def match(reading: Reading) -> Match | None:
    headers, status = reading.answer.headers, reading.answer.status
    if status not in {401, 403} or reading.is_at_token_endpoint:
        return None
    age = headers.get("age", "0").strip()
    hit = next((name for name in _HIT if "hit" in headers.get(name, "").lower()), "")
    if hit or whole_number(age, digits=12):
        seen = f"{hit}: {headers[hit]}" if hit else f"Age: {age}"
        return likely(f"The answer carries {seen}: a cache gave it, not the API.", seen)
    return by_phrase("cached-refusal")(reading)


CAUSE = Cause(
    slug="cached-refusal",
    stage=Stage.NETWORK,
    title="A refusal out of a cache",
    what="A cache in front of the API repeats an earlier refusal.",
    do=(
        "Send the call once more past the cache (Cache-Control: no-cache), and have refusals marked "
        "Cache-Control: no-store."
    ),
    asked="Have refusals marked Cache-Control: no-store, and the one that is kept thrown away.",
    who=Owner.API_OWNER,
    match=match,
)

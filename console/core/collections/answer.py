"""An answer as expectations look at it: as it came, and as it may be shown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from console.core.collections.json_path import MISSING, JsonPath
from console.core.exchange import Response
from console.core.json import strict
from console.core.json.text import json_text, shorten

MOST_SHOWN = 200
MOST_BYTES = 2_000_000  # of a body that is read: reading takes time by its size


class AnswerPart:
    """One side of an answer: what came, or what is left of it after redaction."""

    def __init__(self, response: Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        return self._response.status

    def header(self, name: str) -> Any:
        """The values of a header, joined as RFC 9110 section 5.3 says; MISSING without one."""
        values = [value for key, value in self._response.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else MISSING

    def at(self, path: JsonPath) -> Any:
        """The value of the body there; MISSING where there is none, and where the body is no JSON."""
        return path.find(self._json) if self._json is not MISSING else MISSING

    @property
    def no_json(self) -> str:
        """Why the body has no values, as a sentence; "" when it is JSON."""
        if self._json is not MISSING:
            return ""
        if len(self._response.body) > MOST_BYTES:
            return f"The body is larger than {MOST_BYTES // 1_000_000} MB, so it is not read."
        return "The body was cut, so it cannot be read." if self._response.is_cut else "The body is no JSON."

    @cached_property
    def _json(self) -> Any:
        """Read once. A name that stands twice has its last value, as with most readers."""
        if len(self._response.body) > MOST_BYTES:
            return MISSING
        reading = strict.read(self._response.body)
        return reading.value if reading.is_json else MISSING


@dataclass(frozen=True, slots=True)
class CollectionAnswer:
    """`came` decides; `shown` is what people are told of it."""

    came: AnswerPart
    shown: AnswerPart


def words_of(value: Any) -> str:
    """A value in a sentence: JSON, cut; "nothing" for MISSING."""
    return "nothing" if value is MISSING else shorten(json_text(value), MOST_SHOWN)

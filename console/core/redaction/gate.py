"""The gate behind the masks: a text that still holds a secret of this call, in whatever spelling, is withheld whole."""

from collections import deque
from collections.abc import Iterable, Iterator

from console.core.credential import Secret
from console.core.redaction.needles import needles_of, skeleton
from console.core.redaction.readings import DecodedText, readings

MAX_DEPTH = 4  # steps of decoding
_MAX_REVERSED = 2  # steps after which a text is still read backwards
_ROOM = 12  # texts of the length of the first one that may come out of it; more is not innocent, and withheld
_LEAST_ROOM = 2_000_000  # characters
WITHHELD = "withheld: it holds a secret of this call in another spelling"


class Gate:
    """Knows the secrets of one call; lets a text through or does not. Time and memory grow with the text only."""

    def __init__(self, secrets: Iterable[Secret], public: Iterable[str] = ()) -> None:
        self._needles = needles_of(secrets, public)

    def lets(self, text: str) -> bool:
        if not self._needles:
            return True
        room = max(len(text) * _ROOM, _LEAST_ROOM)
        waiting, seen = deque([(text, 0)]), {text}
        while waiting:
            one, depth = waiting.popleft()
            if self._needles.are_in(skeleton(one)):
                return False
            for other in _others(one, depth):
                if other.text in seen:
                    continue
                room -= len(other.text)
                if room < 0:
                    return False
                seen.add(other.text)
                waiting.append((other.text, depth + 1 if other.is_text else MAX_DEPTH))
        return True

    def holds(self, text: str) -> bool:
        """Whether a secret stands in the text itself, whatever is between its letters; nothing is decoded."""
        return bool(self._needles) and self._needles.are_in(skeleton(text))

    def text(self, text: str) -> str:
        """The text, or what stands in its place."""
        return text if self.lets(text) else f"[{WITHHELD}]"

    def body(self, text: str, size: int) -> str:
        if self.lets(text):
            return text
        return (
            f"[{size:,} bytes were withheld: they hold a secret of this call in another spelling than the usual ones, "
            "so none of them is shown or kept.]"
        )


def _others(text: str, depth: int) -> Iterator[DecodedText]:
    if depth < _MAX_REVERSED:
        yield DecodedText(text[::-1])
    if depth < MAX_DEPTH:
        yield from readings(text)

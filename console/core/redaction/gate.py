"""The gate behind the masks: a text that still holds a secret of this call, in whatever spelling, is withheld whole."""

from collections.abc import Iterable, Iterator

from console.core.credential import Secret
from console.core.redaction.decoding import BETWEEN
from console.core.redaction.needles import Needles, bones_of, needles_of, skeleton
from console.core.redaction.readings import Decodings, texts_in
from console.core.redaction.scanning import Scan

MAX_DEPTH = 4  # steps of decoding
_LEAST_ENCODED = 2  # characters that a text with an escape in it is longer than what it stands for
_MAX_REVERSED = 2  # steps after which a text is still read backwards
_ROOM = 12  # texts of the length of the first one that may come out of it; more is not innocent, and withheld
_LEAST_ROOM = 2_000_000  # characters
_TOGETHER = _LEAST_ROOM // _ROOM  # characters of texts that are looked at as one: they have no more room than each has
WITHHELD = "withheld: it holds a secret of this call in another spelling"


class Gate:
    """Knows the secrets of one call; lets a text through or does not. Time and memory grow with the text only."""

    def __init__(self, secrets: Iterable[Secret], public: Iterable[str] = ()) -> None:
        self._needles = needles_of(secrets, public)

    def lets(self, text: str) -> bool:
        """Level by level: all that one step of decoding makes of the texts of the last one."""
        if not self._needles or len(text) < self._needles.least:  # what may be unpacked, and so get longer, is longer
            return True
        first = Scan(text)
        if self._needles.are_in(first.bones):
            return False
        if first.stands_for_itself:
            return True
        look = _Look(self._needles, text)
        level = [first]
        for depth in range(MAX_DEPTH):
            found = look.beyond(level, is_turned=depth < _MAX_REVERSED)
            if found is None:
                return False
            level = found
        return True

    def lets_all(self, texts: Iterable[str]) -> bool:
        """Whether it lets each of them through. Short ones are looked at as one text, which costs little more than one
        of them; it may be False because of what stands in two of them together.
        """
        if not self._needles:
            return True
        short: list[str] = []
        room = _TOGETHER
        for text in dict.fromkeys(texts):
            room -= len(text) + len(BETWEEN)
            if room >= 0:
                short.append(text)
            elif not self.lets(text):
                return False
        return self.lets(BETWEEN.decode().join(short))

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


class OpenGate(Gate):
    """Lets everything through and keeps it, for a look at all of it afterwards."""

    def __init__(self) -> None:
        super().__init__(())
        self.texts: list[str] = []

    def lets(self, text: str) -> bool:
        self.texts.append(text)
        return True


class _Look:
    """One look at a text and what it may stand for."""

    def __init__(self, needles: Needles, text: str) -> None:
        self._needles, self._decodings = needles, Decodings()
        self._least = needles.least + _LEAST_ENCODED
        self._seen, self._room = {text}, max(len(text) * _ROOM, _LEAST_ROOM)

    def beyond(self, level: list[Scan], *, is_turned: bool) -> list[Scan] | None:
        """What the texts of a level stand for, one step away; None where a secret is in it, or too much comes out.

        Reversed they need no look: of each needle the reversed one is a needle too.
        """
        found: list[Scan] = []
        for scan in level:
            if is_turned and not self._is_known(scan.text[::-1]):
                found.append(scan.backwards())
            for other in self._others(scan):
                if other is None or self._room < 0 or self._needles.are_in(other.bones):
                    return None
                found.append(other)
        return found

    def _others(self, scan: Scan) -> Iterator[Scan | None]:
        """None where a secret is in what is hardly text, which is not looked at further."""
        for other in self._decodings.texts(scan):
            if not self._is_known(other.text):
                yield other
        texts: list[str] = []
        for raws, unpacked in self._decodings.decoded(scan):
            joined = BETWEEN.join(raws)
            self._room -= len(joined)
            if self._needles.are_in(bones_of(joined)):
                yield None
            texts.extend(one for one in (texts_in(raws, self._least), *unpacked) if one)
        together = BETWEEN.decode().join(texts)
        if together and not self._is_known(together):
            yield Scan(together)

    def _is_known(self, text: str) -> bool:
        """Whether the text was looked at; one that was not takes of the room there is."""
        if text in self._seen:
            return True
        self._seen.add(text)
        self._room -= len(text)
        return False

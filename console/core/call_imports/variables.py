"""Variables of other tools, {{name}}: filled in where the document says their value, and it is none to be kept from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.core.redaction.names import QUERY_NAMES, mask_of
from console.core.redaction.redact import redact_text
from console.core.redaction.shapes import secret_in

MAX_VARIABLES = 500
LONGEST_VALUE = 2_000
LONGEST_FILLED = 200_000
DEEPEST = 5  # variables within variables
MOST_FILLED = 4_000_000  # characters that are put in or gone through for variables, in all texts of an import
EACH = 20  # characters that one variable counts for beside its value
NOT_FILLED = "Some texts would be too long with their {{variables}} filled in: these stay as they are written."
_VARIABLE = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
# Variables, what Insomnia computes, and what was masked before.
_UNTOLD = re.compile(r"\{\{[^{}\n]{1,200}\}\}|\{%[^%\n]{1,400}%\}|\*\*\*|<token>")
_ODD = re.compile(r"[^A-Za-z0-9_.-]+")
_SECRET_WORDS = ("secret", "password", "passwd", "token", "apikey", "api_key", "api-key", "credential", "key", "pwd")


def placeholder(name: str) -> str:
    """How a value that nobody told stands in a text; of the ways in which tools write a name only the name stays."""
    bare = name.strip().removeprefix("$processEnv").removeprefix("$dotenv").removeprefix("process.env.")
    bare = bare.strip().lstrip("%").removeprefix("_.").removeprefix("_['").removesuffix("']")
    return "{{" + _ODD.sub("_", bare)[:80].strip("_") + "}}"


def is_only_variables(text: str) -> bool:
    """Whether nothing of a text is a value itself, but perhaps the scheme before it: `Bearer {{token}}`."""
    rest = _UNTOLD.sub("", text)
    return rest != text and rest.strip().lower() in ("", "bearer", "basic", "token", ":")


def without_variables(text: str) -> str:
    return _UNTOLD.sub("", text)


def is_kept_secret(name: str, value: str) -> bool:
    """Whether the value of a variable is not for a text that others read."""
    lower = name.lower()
    if value.startswith(("http://", "https://")):
        return redact_text(value) != value or "@" in value.partition("//")[2].partition("/")[0]
    is_named = bool(mask_of(lower, QUERY_NAMES)) or any(one in lower for one in _SECRET_WORDS)
    return is_named or bool(secret_in(value)) or redact_text(f"{name}={value}") != f"{name}={value}"


@dataclass(slots=True)
class FillingWork:
    """What an import may still spend on its variables: a short text can name a long value many thousand times.

    `has_unfilled`: a text was left as it is written for that.
    """

    left: int = MOST_FILLED
    has_unfilled: bool = False

    @property
    def is_spent(self) -> bool:
        return self.left <= 0


class Variables:
    """`secrets` are the names of those with a value that is not filled in. `work` is one for all those of an import:
    each that is made within another shares that one's.
    """

    def __init__(self, told: Iterable[tuple[str, str]] = (), outer: "Variables | None" = None) -> None:
        self.work: FillingWork = outer.work if outer else FillingWork()
        self._known: dict[str, str] = dict(outer.known) if outer else {}
        self.secrets: set[str] = set(outer.secrets) if outer else set()
        for name, value in told:
            self.tell(name, value)

    def within(self, outer: "Variables") -> "Variables":
        """These, with what an environment around them says in their place."""
        whole = Variables(outer=self)
        whole.work = outer.work
        for name, value in outer.known.items():
            whole.tell(name, value)
        for name in outer.secrets:
            whole.tell(name, name, is_secret=True)
        return whole

    @property
    def known(self) -> Mapping[str, str]:
        return self._known

    def tell(self, name: str, value: str, *, is_secret: bool = False) -> None:
        """A later value of a name takes the place of an earlier one; an empty one tells nothing."""
        name = name.strip()
        if not name or not value or len(value) > LONGEST_VALUE or len(self._known) >= MAX_VARIABLES:
            return
        if self.work.is_spent:
            return
        self.work.left -= EACH + len(value)
        if is_secret or is_kept_secret(name, value):
            self._known.pop(name, None)
            if not _VARIABLE.fullmatch(value):
                self.secrets.add(name)
        else:
            self._known[name] = value

    def filled(self, text: str) -> str:
        """The text with what is known; all else as a placeholder. Where too much would be put in, it stays as it is."""
        written = text
        for _ in range(DEEPEST):
            if "{{" not in text or len(text) > LONGEST_FILLED:
                break
            filled = None if self.work.is_spent else self._once(text)
            if filled is None:
                self.work.has_unfilled = True
                return written
            if filled == text:
                break
            text = filled
        return text

    def _once(self, text: str) -> str | None:
        """None where the text would become longer than any that is kept, or nothing is left to spend on it."""
        pieces: list[str] = []
        at, room = 0, LONGEST_FILLED - len(text)
        self.work.left -= len(text)
        for found in _VARIABLE.finditer(text):
            value = self._value(found)
            room -= len(value)
            self.work.left -= EACH + len(value)
            if room < 0 or self.work.is_spent:
                return None
            pieces += (text[at : found.start()], value)
            at = found.end()
        return "".join(pieces) + text[at:]

    def _value(self, found: re.Match[str]) -> str:
        named = placeholder(found[1])
        return self._known.get(named[2:-2], self._known.get(found[1].strip(), named))

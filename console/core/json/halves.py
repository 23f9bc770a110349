"""Half of a character (a lone surrogate): an escape may stand for one, and UTF-8 holds none."""

from typing import Any


def whole_characters(text: str) -> str:
    """The two halves of a character as that character, a half alone as U+FFFD: it always encodes to UTF-8."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def mend_halves(value: dict[Any, Any]) -> None:
    """Puts U+FFFD for each, in texts and names, in place; however deep, and where parts are shared (YAML)."""
    seen: set[int] = set()
    waiting: list[Any] = [value]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, dict):
            mended = {_mended(name): _mended(item) for name, item in part.items()}
            part.clear()
            part.update(mended)
            waiting += part.values()
        elif isinstance(part, list):
            part[:] = map(_mended, part)
            waiting += part


def _mended(item: Any) -> Any:
    return whole_characters(item) if isinstance(item, str) else item

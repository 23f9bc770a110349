"""Half of a character (a lone surrogate) in a value that was read: an escape may stand for one, UTF-8 holds none."""

from typing import Any

from console.core.json.text import SURROGATE


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
    return SURROGATE.sub("\ufffd", item) if isinstance(item, str) and not item.isascii() else item

"""Words that several checks share, so that the same advice always reads the same."""

from collections.abc import Iterable
from typing import Any

from console.core.oauth.words import ProviderWords
from console.core.tokens.times import duration, utc

_LAST_MOMENT = 253_402_300_799  # 9999-12-31: no calendar goes further
MAX_SHOWN = 200


def shown(value: Any) -> str:
    """A value from the world as it is put into a sentence: quoted, and cut when long."""
    text = value if isinstance(value, str) else repr(value)
    text = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
    return repr(text) if text != text.strip() or any(ord(letter) < 32 for letter in text) else text


def listed(values: Iterable[str]) -> str:
    """ "a", "a or b", "a, b or c"; "nothing" for none."""
    texts = [shown(value) for value in values]
    if not texts:
        return "nothing"
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def how_to_ask(words: ProviderWords, audiences: tuple[str, ...]) -> str:
    """How a token for the first of these is asked for, in the provider's words; "" for none."""
    return words.ask_for(audiences[0]) if audiences else ""


def type_name(value: Any) -> str:
    """The JSON type of a value in plain words."""
    names = {
        bool: "true or false",
        str: "text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "null" if value is None else "a number")


def moment(epoch_s: float) -> str:
    """A time as people read it; the bare number when no calendar holds it."""
    return utc(int(epoch_s)) if 0 <= epoch_s <= _LAST_MOMENT else f"{int(epoch_s)}"


def leeway(leeway_s: int) -> str:
    """What is allowed for clocks that differ; without any, there may be no API that could allow it."""
    return f"this API allows {seconds(leeway_s)} for clocks that differ" if leeway_s else "no leeway was counted in"


def seconds(count: float) -> str:
    """ "1 second", "90 seconds"; from two minutes on in the larger units people think in."""
    if count >= 120:
        return duration(int(count))
    return "1 second" if int(count) == 1 else f"{int(count)} seconds"

"""How the gateway compares: ordinal and case-sensitive, with the few liberties its token library takes."""

import json
from collections.abc import Container, Iterable
from typing import Any

from console.core.compare import GRAPH_ID, is_guid
from console.core.json.values import NumberText
from console.core.policy.text.expressions import is_expression

_APP_URI = "api://"


def is_placeholder(text: str) -> bool:
    """Whether the value is only known at run time: an expression `@(…)`, `@{…}` or a named value `{{…}}`."""
    return ("@" in text and is_expression(text)) or ("{{" in text and "}}" in text)


def is_literal(text: str) -> bool:
    """Whether the value stands in the text: a placeholder is never judged."""
    return bool(text) and not is_placeholder(text)


def open_values(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the texts that are only known at run time."""
    return tuple([text for text in texts if is_placeholder(text)])


def in_words(values: Iterable[str], word: str = "or") -> str:
    """All values of a list in a policy, for people: each once, however often it stands there."""
    return f" {word} ".join(dict.fromkeys(values))


def is_in_but_for_slash(text: str, others: Container[str]) -> bool:
    """Whether one of the others differs from the text by exactly one slash at the end."""
    return f"{text}/" in others or (text.endswith("/") and text[:-1] in others)


def same_but_for_slash(one: str, other: str) -> bool:
    """Whether two audiences differ by exactly one slash at the end, which the token library forgives."""
    return one != other and (one + "/" == other or other + "/" == one)


def hold_other_forms(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one list has a client id and the other an App ID URI `api://…` that may be of the same API.

    A URI that names another id is of another API; so is everything for Microsoft Graph.
    """
    return _may_name(ones, _client_ids(others)) or _may_name(others, _client_ids(ones))


def _client_ids(audiences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one.lower() for one in audiences if is_guid(one)) - {GRAPH_ID}


def _may_name(audiences: tuple[str, ...], ids: frozenset[str]) -> bool:
    uris = (one.removeprefix(_APP_URI) for one in audiences if ids and one.startswith(_APP_URI))
    named = ({part.lower() for part in uri.split("/") if is_guid(part)} for uri in uris)
    return any(not each or not ids.isdisjoint(each) for each in named)


def claim_texts(value: Any, *, separator: str | None) -> tuple[str, ...]:
    """The texts the gateway compares for one claim: an array gives one per element, a separator splits each of them.

    Arrays are flattened one level. Booleans become true/false, numbers their JSON text, null an empty text, objects
    and inner arrays their compact JSON.
    """
    if isinstance(value, str):
        return tuple(value.split(separator)) if separator else (value,)
    items = value if isinstance(value, list) else [value]
    texts = [item if isinstance(item, str) else "" if item is None else _json(item) for item in items]
    if separator:
        texts = [part for text in texts for part in text.split(separator)]
    return tuple(texts)


def _json(value: Any) -> str:
    """Compact JSON. Numbers keep their digits, so the standard writer is not enough."""
    if isinstance(value, NumberText):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{_json(name)}:{_json(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

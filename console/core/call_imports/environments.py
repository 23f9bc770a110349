"""Environments that tools keep in files of their own beside the calls: names with values."""

import re
from typing import Any

from console.core.call_imports import bru_text
from console.core.call_imports.readers import opencollection
from console.core.call_imports.values import mapping, rows, text, word
from console.core.call_imports.variables import Variables
from console.core.openapi.problems import Problems
from console.core.openapi.text import read_text

LONGEST = 500_000  # characters of a file
_OPEN = re.compile(r"^variables:[ \t\r]{0,9}$", re.MULTILINE)
_COLLECTION = re.compile(r"^opencollection:[ \t]", re.MULTILINE)
_REQUEST = re.compile(r"^(?:info|http|graphql|opencollection|openapi|swagger):", re.MULTILINE)
_BRU = re.compile(r"\A\s{0,20}vars(?::secret)? [{\[]")


def tell_environment(variables: Variables, name: str, content: str) -> bool:
    """Tells what a file of an environment holds; whether it is one. What is known already stays."""
    if len(content) > LONGEST:
        return False
    if _BRU.match(content):
        blocks = bru_text.read_blocks(content, Problems())
        _tell(variables, [(key, value, False) for key, value in blocks["vars"].pairs] if "vars" in blocks else [])
        return True
    if name.lower().endswith((".yml", ".yaml")) and _OPEN.search(content) and not _REQUEST.search(content):
        own = Variables()
        opencollection.tell(own, mapping(read_text(content, Problems()).value).get("variables"))
        _take(variables, own)
        return True
    value = mapping(read_text(content, Problems()).value) if content.lstrip()[:1] == "{" else {}
    if isinstance(value.get("values"), list) and "item" not in value and "name" in value:
        told = [(text(row, "key"), text(row, "value"), row.get("type") == "secret") for row in rows(value["values"])]
        _tell(variables, told)
        return True
    if name.lower().endswith(".env.json"):
        _tell(variables, _of_jetbrains(value))
        return True
    return False


def _of_jetbrains(value: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """What all environments share, and the first of them."""
    first = next((mapping(one) for name, one in value.items() if name != "$shared"), {})
    whole = mapping(value.get("$shared")) | first
    return [(name, word(one), False) for name, one in whole.items()]


def tell_shared(variables: Variables, content: str) -> None:
    """Tells what the file of a whole collection of Bruno hands down. What an environment tells already stays."""
    if len(content) > LONGEST:
        return
    own = Variables()
    if _COLLECTION.search(content):
        request = mapping(mapping(read_text(content, Problems()).value).get("request"))
        opencollection.tell(own, request.get("variables"))
    _take(variables, own)


def _take(variables: Variables, own: Variables) -> None:
    _tell(variables, [(name, value, False) for name, value in own.known.items()])
    _tell(variables, [(name, name, True) for name in own.secrets])


def _tell(variables: Variables, told: list[tuple[str, str, bool]]) -> None:
    for name, value, is_secret in told:
        if name not in variables.known and name not in variables.secrets:
            variables.tell(name, value, is_secret=is_secret)

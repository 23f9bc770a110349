"""Security schemes of a document, and what an operation needs of them (OpenAPI 3.1 section 4.8.30)."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from console.core.json.text import shorten
from console.core.openapi.model import SecurityRequirement, SecurityScheme
from console.core.openapi.problems import Problems
from console.core.openapi.refs import Refs

MAX_ALTERNATIVES, MAX_NAMES = 10, 40
_OF_OAUTH = ("oauth2", "openIdConnect")


def schemes_of(root: dict[str, Any], refs: Refs) -> dict[str, SecurityScheme]:
    """By their names."""
    where = ("securityDefinitions",) if "securityDefinitions" in root else ("components", "securitySchemes")
    held: Any = root
    for name in where:
        held = refs.mapping(held.get(name), *where) if isinstance(held, dict) else {}
    found = {}
    for name, value in refs.first(held.items(), MAX_NAMES):
        scheme = refs.mapping(value, *where, name)
        found[name] = SecurityScheme(shorten(name), *_kind(scheme, refs))
    return found


def needs_of(
    security: Any, schemes: Mapping[str, SecurityScheme], problems: Problems, *where: str
) -> tuple[SecurityRequirement, ...]:
    """The alternatives that a `security` member names; empty when it is not there. One that is empty needs nothing."""
    if security is None:
        return ()
    if not isinstance(security, list):
        problems.at("‘security’ is not a list.", *where)
        return ()
    if not security:
        return (SecurityRequirement(),)
    return tuple(_need(one, schemes, problems, where) for one in security[:MAX_ALTERNATIVES] if isinstance(one, dict))


def _need(
    asked: dict[str, Any], schemes: Mapping[str, SecurityScheme], problems: Problems, where: tuple[str, ...]
) -> SecurityRequirement:
    scopes: list[str] = []
    roles: list[str] = []
    for name, named in islice(asked.items(), MAX_NAMES):
        scheme = schemes.get(name)
        if scheme is None:
            problems.at(f"The security scheme {shorten(name)} is not defined in this document.", *where)
        texts = (
            [shorten(one, 200) for one in named[:MAX_NAMES] if isinstance(one, str)] if isinstance(named, list) else []
        )
        (scopes if scheme is None or scheme.kind in _OF_OAUTH else roles).extend(texts)
    return SecurityRequirement(
        tuple(map(shorten, islice(asked, MAX_NAMES))), tuple(dict.fromkeys(scopes)), tuple(dict.fromkeys(roles))
    )


def _kind(scheme: dict[str, Any], refs: Refs) -> tuple[str, str]:
    told = scheme.get("type")
    if told == "http":
        return shorten(str(scheme.get("scheme") or "http").lower(), 40), _text(scheme.get("bearerFormat"))
    if told == "apiKey":
        return "apiKey", f"{_text(scheme.get('in'))} {_text(scheme.get('name'))}".strip()
    if told == "openIdConnect":
        return "openIdConnect", _text(scheme.get("openIdConnectUrl"))
    if told == "oauth2":
        flows = refs.mapping(scheme.get("flows"))
        places = [scheme, *(refs.mapping(one) for one in refs.first(flows.values(), MAX_NAMES))]
        tokens = [_text(one.get("tokenUrl")) for one in places]
        return "oauth2", next((one for one in tokens if one), "")
    return (shorten(told, 40) if isinstance(told, str) else "unknown"), ""


def _text(value: Any) -> str:
    return shorten(value, 300) if isinstance(value, str) else ""

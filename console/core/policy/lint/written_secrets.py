"""Secrets that stand in a policy's text. They are found and never shown."""

import re
from collections.abc import Iterator

from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.places import PolicyPlace, own_parts
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import TOKEN_POLICIES

_KEY_BLOCKS = frozenset({"issuer-signing-keys", "issuer-signing-tokens", "decryption-keys"})
SECRET_ATTRIBUTES = frozenset({"password", "connection-string", "client-secret", "access-key", "account-key"})
SECRET_NAME = re.compile(
    r"api-?key|subscription-key|functions?-key|access-?key|secret|passw(?:or)?d|(?:auth|access|refresh)-?token", re.I
)
_SECRET_PARAMETER = re.compile(r"code|sig|key|api-?key|subscription-key|access_token|client_secret|password", re.I)
_CREDENTIALS = re.compile(r"[A-Za-z][\w-]*\s+\S+")
_SIGNED_ADDRESS = re.compile(
    r"[?&](?:sig|code|subscription-key|api-?key|access_token|client_secret)=[^&\s{}@\"']{16,}", re.I
)
_ASSIGNED = re.compile(
    r"(?:client_secret|password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|refresh_token|subscription-key)"
    r"[\"']?\s*[=:]\s*[\"']?[^\s\"'&;,<>{}@()+]{6,}",
    re.I,
)
_LITERAL = re.compile(r'(?<!\\)"((?:\\.|[^"\\])*+)"')
_LITERAL_TOKEN = re.compile(r"\s*(?:Basic|Bearer|SharedKey|ApiKey)\s+[^\s{}]{6,}", re.I)
_ENCODED = re.compile(r'GetBytes\s*\(\s*"[^":{}]+:[^"{}]{3,}"')
_LEAST_CHARS = 8


@rule(
    "secret-in-policy",
    "Secret in the policy's text",
    why="Everybody who may read the policy, its history or this page's source reads the secret.",
    do="Keep it as a secret named value, best from a key vault, and exchange the one that stood here.",
    is_decisive=True,
)
def secret_in_policy(ground: Ground) -> Iterator[Remark]:
    for place in ground.places:
        if found := tuple(dict.fromkeys(_secrets_of(place))):
            text = f"The text itself holds a secret ({listed(found)}), readable for everybody who may read policies."
            yield Remark(text, place.path)


def _secrets_of(place: PolicyPlace) -> Iterator[str]:
    """Where secrets stand, by the names of elements and attributes: never the secrets."""
    for part in own_parts(place):
        if place.name in TOKEN_POLICIES and part.name in _KEY_BLOCKS:
            yield from (f"a key in {part.name}" for key in part.children if is_literal(key.text))
        yield from _in_attributes(part)
        yield from _in_named_value(part)
        yield from (f"in {part.name}" for text in _all_texts(part) if tells_secret(text))


def _in_attributes(element: Element) -> Iterator[str]:
    for name, value in element.attributes:
        if name.lower() in SECRET_ATTRIBUTES and is_literal(value):
            yield f"{name} of {element.name}"


def _in_named_value(element: Element) -> Iterator[str]:
    """A header or parameter whose very name says that its value is a secret, or a field of a form."""
    name = element.attribute("name") or ""
    if element.name not in ("set-header", "check-header", "set-query-parameter", "header"):
        return
    values = [value.text for value in element.all("value") if is_literal(value.text)]
    if element.name == "set-query-parameter":
        is_secret = any(len(value) >= 2 * _LEAST_CHARS for value in values) and bool(_SECRET_PARAMETER.fullmatch(name))
    elif name.lower() in ("authorization", "proxy-authorization"):
        is_secret = any(map(_CREDENTIALS.fullmatch, values)) or any(len(value) >= 2 * _LEAST_CHARS for value in values)
    else:
        is_secret = any(len(value) >= _LEAST_CHARS for value in values) and bool(SECRET_NAME.search(name))
    if is_secret:
        yield f"{element.name} {name}"


def _all_texts(element: Element) -> tuple[str, ...]:
    return (*(value for _, value in element.attributes), element.text)


def tells_secret(text: str) -> bool:
    if text.lstrip().startswith(("@(", "@{")):
        literals = [literal.replace('\\"', '"') for literal in _LITERAL.findall(text)]
        return bool(_ENCODED.search(text)) or any(map(_is_secret_literal, literals))
    return bool(_SIGNED_ADDRESS.search(text) or _ASSIGNED.search(text))


def _is_secret_literal(text: str) -> bool:
    return bool(_LITERAL_TOKEN.match(text) or _SIGNED_ADDRESS.search(text) or _ASSIGNED.search(text))

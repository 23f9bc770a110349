"""Secrets that stand in a policy's text. They are found and never shown."""

import re
from collections.abc import Iterator

from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.places import PolicyPlace, own_parts
from console.core.policy.lint.secret_shapes import SECRET_NAME, is_credential, looks_secret, tells_secret
from console.core.policy.text.document import Element
from console.core.policy.text.expressions import is_expression, static_text
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import TOKEN_POLICIES

_KEY_BLOCKS = frozenset({"issuer-signing-keys", "issuer-signing-tokens", "decryption-keys"})
SECRET_ATTRIBUTES = frozenset({"password", "connection-string", "client-secret", "access-key", "account-key"})
_SECRET_PARAMETER = re.compile(r"code|sig|key|api-?key|subscription-key|access_token|client_secret|password", re.I)
_LEAST_CHARS = 8
_CHALLENGES = frozenset({"www-authenticate", "proxy-authenticate", "authentication-info"})
_ADVICE = frozenset({"required", "optional", "undefined", "password", "redacted"})


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
    """A header, parameter or variable whose very name says that its value is a secret, or a field of a form."""
    name = element.attribute("name") or ""
    if element.name not in ("set-header", "check-header", "set-query-parameter", "set-variable", "header"):
        return
    values = [one for value in element.all("value") for one in _literals(value.text)]
    if element.name == "set-query-parameter":
        is_secret = any(len(value) >= 2 * _LEAST_CHARS for value in values) and bool(_SECRET_PARAMETER.fullmatch(name))
    elif element.name == "set-variable":
        value = element.attribute("value") or ""
        is_secret = is_literal(value) and _names_secret(name) and looks_secret(value)
    elif name.lower() in _CHALLENGES:
        return
    elif name.lower() in ("authorization", "proxy-authorization"):
        is_secret = any(is_credential(value) or _is_bare(value) for value in values)
    else:
        is_secret = _names_secret(name) and any(_is_value(value) for value in values)
    if is_secret:
        yield f"{element.name} {name}"


def _literals(text: str) -> tuple[str, ...]:
    """The text itself, or the whole of an expression that is nothing but a literal."""
    if is_literal(text):
        return (text,)
    static = static_text(text, {}) if is_expression(text) else None
    return () if static is None else (static,)


def _names_secret(name: str) -> bool:
    return SECRET_NAME.search(name.replace("_", "-")) is not None


def _is_value(value: str) -> bool:
    """Under the name of a secret a word is a password, too."""
    return looks_secret(value) or (len(value) >= _LEAST_CHARS and value.isalnum() and value.lower() not in _ADVICE)


def _is_bare(value: str) -> bool:
    return len(value) >= 2 * _LEAST_CHARS and " " not in value and looks_secret(value)


def _all_texts(element: Element) -> tuple[str, ...]:
    return (*(value for _, value in element.attributes), element.text)

"""What a policy text leaves open and only the gateway's runtime knows: asking for it, and putting it in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.core.json.values import NumberText
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.element import Element
from console.core.policy.text.expressions import NAMED_VALUE, is_expression, static_text

MAX_FILLED_CHARS = 32_000_000

# Policies whose expressions decide nothing about a caller; their named values still must exist.
UNDECIDING = frozenset({
    "trace", "log-to-eventhub", "emit-metric", "set-backend-service", "rewrite-uri", "send-one-way-request",
    "publish-event", "publish-to-dapr", "cache-store", "cache-store-value", "cache-remove-value", "find-and-replace",
    "redirect-content-urls", "set-request-metric-dimension-value", "llm-emit-token-metric",
    "azure-openai-emit-token-metric", "forward-request",
})  # fmt: skip
_KEY_LISTS = frozenset({"issuer-signing-keys", "decryption-keys"})


@dataclass(frozen=True, slots=True, repr=False)
class Values:
    """Values that people filled in.

    `named_values` by name, without braces. `expressions` by their text after XML unescaping, `@(...)` or `@{...}`, to
    the text they give at run time. `variables` by name. `certificates` by id, as PEM text that may hold a private key.
    `fragments` by id, as policy text. `secrets` are those texts among them that no page shows.
    """

    named_values: Mapping[str, str] = field(default_factory=dict)
    expressions: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()


NO_VALUES = Values()
MEMBERS = ("named_values", "expressions", "variables", "certificates", "fragments")


@dataclass(frozen=True, slots=True)
class OpenValue:
    """One thing a form asks for. `kind` is named-value, expression, certificate or fragment.

    `name` is a named value's name without braces, an expression's text, or an id. `where` is the first place, such as
    `inbound/validate-jwt/openid-config/@url`, and `line` its line.
    """

    kind: str
    name: str
    where: str
    line: int


def read_values(value: Any) -> Values | str:
    """The values in a JSON object `{"named_values": {name: text}, ...}`; else a sentence on what is wrong with it.

    Numbers and true or false are taken as their text. The sentence names members, never a value.
    """
    if not isinstance(value, dict):
        return "The values must be one JSON object."
    if unknown := next((name for name in value if name not in MEMBERS), None):
        return f"There is no member {unknown[:40]!a} in the values: they are {', '.join(MEMBERS)}."
    for member in MEMBERS:
        given = value.get(member, {})
        if not isinstance(given, dict):
            return f"The member {member} must be an object with a text for each name."
        if wrong := next((name for name, one in given.items() if _as_text(one) is None), None):
            return f"In {member} the value of {wrong[:40]!a} must be a text."

    def texts(member: str) -> dict[str, str]:
        return {name: _as_text(one) or "" for name, one in value.get(member, {}).items()}

    named, expressions, variables, certificates, fragments = map(texts, MEMBERS)
    return Values(named, expressions, variables, certificates, fragments)


def _as_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, NumberText):
        return value.text
    return str(value) if isinstance(value, str | int | float) else None


def fill(document: PolicyDocument, values: Values) -> PolicyDocument:
    """The document with known values in place: named values first, also inside expressions, then the expressions.

    An expression has a value when it is in `values`, when it is a literal, or when it reads a variable that is in
    `values` and that no policy of the document sets. Everything else stays as it is; so do all places. Unchanged when
    the result would be beyond all size.
    """
    if document.is_plain:
        return document
    longest = max((len(one) for one in (*values.named_values.values(), *values.expressions.values())), default=0)
    if document.source.count("{{") * longest + len(document.source) > MAX_FILLED_CHARS:
        return document
    set_here = _set_variables(document)
    variables = {name: one for name, one in values.variables.items() if name not in set_here}
    expressions = {_normal(text): one for text, one in values.expressions.items()}
    filling = _Filling(values.named_values, expressions, variables, set(document.computed))
    inbound, backend, outbound, on_error = (
        tuple(element if element.is_plain else element.rewritten(filling.filled) for element in elements)
        for _, elements in document.sections
    )
    return replace(
        document,
        inbound=inbound,
        backend=backend,
        outbound=outbound,
        on_error=on_error,
        computed=frozenset(filling.computed),
    )


@dataclass(frozen=True, slots=True)
class _Filling:
    """One filling of a document; `computed` grows with every expression that gets a value."""

    named_values: Mapping[str, str]
    expressions: Mapping[str, str]
    variables: Mapping[str, str]
    computed: set[tuple[int, str]]

    def filled(self, text: str, element: Element, place: str) -> str:
        named = NAMED_VALUE.sub(self._named, text) if "{{" in text else text
        if not is_expression(named):
            return named
        if element.name == "set-variable":
            return named  # a text would lose the type of the value
        value = self.expressions.get(_normal(text), self.expressions.get(_normal(named)))
        value = static_text(named, self.variables) if value is None else value
        if value is None:
            return named
        self.computed.add((element.span[0], place))
        return value

    def _named(self, found: re.Match[str]) -> str:
        return self.named_values.get(found[1], found[0])


def _normal(expression: str) -> str:
    """For comparing expressions: without the `@( )` around them, and with every run of white space as one blank."""
    text = expression.strip()
    if is_expression(text) and text.endswith((")", "}")):
        text = text[2:-1]
    return " ".join(text.split())


def given_value(expression: str, values: Values) -> str | None:
    """What was given for an expression in which named values are filled in already; None when nothing was."""
    if not values.expressions:
        return None
    wanted = _normal(expression)
    for text, one in values.expressions.items():
        filled = NAMED_VALUE.sub(lambda found: values.named_values.get(found[1], found[0]), text)
        if wanted in (_normal(text), _normal(filled)):
            return one
    return None


def _set_variables(document: PolicyDocument) -> frozenset[str]:
    setters = (one for one in document.walk_all() if one.name == "set-variable")
    return frozenset(one.attribute("name") or "" for one in setters)


def open_values(document: PolicyDocument) -> tuple[OpenValue, ...]:
    """What is open in the document, each thing once, in the order of first places.

    Left out: expressions that are literals or read a variable the document sets, expressions of policies that decide
    nothing about a caller, and the double braces of Liquid templates.
    """
    set_here = dict.fromkeys(_set_variables(document), "")
    found: dict[tuple[str, str], OpenValue] = {}
    for element, path, decides in _places(document):
        for kind, name, where in _open_in(element, path, set_here, decides=decides):
            found.setdefault((kind, name), OpenValue(kind, name, where, element.line))
    return tuple(found.values())


def _places(document: PolicyDocument) -> Iterator[tuple[Element, str, bool]]:
    """Every element with its path, and whether its expressions may decide about a caller."""
    for section, elements in document.sections:
        pending = [(element, section, True) for element in reversed(elements)]
        while pending:
            element, parent, decides = pending.pop()
            path, decides = f"{parent}/{element.name}", decides and element.name not in UNDECIDING
            yield element, path, decides
            pending += [(child, path, decides) for child in reversed(element.children)]


def _open_in(
    element: Element, path: str, set_here: Mapping[str, str], *, decides: bool
) -> Iterator[tuple[str, str, str]]:
    is_liquid = element.name == "set-body" and element.attribute("template") == "liquid"
    texts = [(f"{path}/@{name}", value) for name, value in element.attributes]
    for where, text in (*texts, *(() if is_liquid else ((path, element.text),))):
        for named in NAMED_VALUE.finditer(text) if "{{" in text else ():
            yield "named-value", named[1], where
        if decides and is_expression(text) and static_text(_named_assumed(text), set_here) is None:
            yield "expression", text.strip(), where
    if element.name == "include-fragment" and (fragment := element.attribute("fragment-id")):
        yield from _unless_open("fragment", fragment, f"{path}/@fragment-id")
    if (
        element.name == "key"
        and path.rsplit("/", 2)[-2] in _KEY_LISTS
        and (used := element.attribute("certificate-id"))
    ):
        yield from _unless_open("certificate", used, f"{path}/@certificate-id")


def _unless_open(kind: str, name: str, where: str) -> Iterator[tuple[str, str, str]]:
    """An id that is a named value or an expression itself is asked for as such."""
    if not NAMED_VALUE.search(name) and not is_expression(name):
        yield kind, name, where


def _named_assumed(text: str) -> str:
    """With a named value filled in, whatever it is, the expression may be a literal."""
    return NAMED_VALUE.sub("0", text)

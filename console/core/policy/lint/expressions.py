"""What expressions do with tokens. C# is not run here: only its telling words are looked for."""

import re
from collections.abc import Iterator

from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.places import PolicyPlace, expressions_of
from console.core.policy.lint.verified import ANY_SOURCE, verified_before

_PARSES_TOKEN = re.compile(r"\.\s*(?:AsJwt|TryParseJwt)\s*\(")
_HEADER = re.compile(r"""Headers\s*(?:\.\s*GetValueOrDefault\s*\(|\[)\s*"([^"]*)\"""")
_QUERY = re.compile(r"""Query\s*(?:\.\s*GetValueOrDefault\s*\(|\[)\s*"([^"]*)\"""")
_ONLY_ASKS = re.compile(r"""ContainsKey\s*\(\s*"[^"]*"\s*\)""")
_CREDENTIAL = re.compile(r'"(authorization|ocp-apim-subscription-key)"', re.IGNORECASE)
_LOGS = frozenset({"trace", "log-to-eventhub", "emit-metric"})
_OPENING_SCHEME = re.compile(r"Substring|Split|Replace|Remove|Last|Trim|Regex|\[\s*\d|IndexOf|Skip|AsJwt|\.\.")


def reads_variable(expression: str, name: str) -> bool:
    """Whether an expression names a context variable."""
    return f'"{name}"' in expression and "Variables" in expression


@rule(
    "unverified-token",
    "Token read without verification",
    why="AsJwt and TryParseJwt read a token, but do not check its signature: anybody can write what they read.",
    do="Put a token policy above it and read its output-token-variable-name.",
)
def unverified_token(ground: Ground) -> Iterator[Remark]:
    before = verified_before(ground.document)
    for place in ground.places:
        verified = before.get(place.path, frozenset())  # none where the gateway would run nothing (choose in choose)
        if place.section != "on-error" and any(_reads_unverified(text, verified) for text in expressions_of(place)):
            text = f"An expression of {place.name} reads a token whose signature no policy before it has checked."
            yield Remark(text, place.path)


def _reads_unverified(expression: str, verified: frozenset[str]) -> bool:
    if not _PARSES_TOKEN.search(expression) or "IResponse" in expression or ANY_SOURCE in verified:
        return False
    named = {f"header:{name.lower()}" for name in _HEADER.findall(expression)}
    named |= {f"query:{name.lower()}" for name in _QUERY.findall(expression)}
    return not (named & verified if named else verified)


@rule(
    "token-in-log",
    "Credentials in a log",
    why="Whoever may read the log can use the token or key until it expires.",
    do="Log a claim, such as sub or azp, in place of the whole header.",
)
def token_in_log(ground: Ground) -> Iterator[Remark]:
    for place in ground.places:
        found = {name.lower() for text in expressions_of(place) for name in _credentials(text)}
        if place.name in _LOGS and found:
            text = f"{place.name} writes the caller's {listed(sorted(found))} header to a log."
            yield Remark(text, place.path)


def _credentials(expression: str) -> list[str]:
    if _PARSES_TOKEN.search(expression):
        return []
    return _CREDENTIAL.findall(_ONLY_ASKS.sub("", expression))


@rule(
    "token-value-with-scheme",
    "token-value with the scheme",
    why="token-value must be the token alone; with Bearer before it no token is well-formed.",
    do='Use header-name="Authorization", or cut the scheme off in the expression.',
)
def token_value_with_scheme(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        value = policy.source.value.strip()
        is_whole_header = value.startswith("@(") and "Authorization" in value and not _OPENING_SCHEME.search(value)
        if is_whole_header or value.lower().startswith("bearer "):
            text = "token-value gives the token with its scheme Bearer, but must give the token alone."
            yield Remark(text, policy.path)


@rule(
    "output-variable-unused",
    "Variable that nothing reads here",
    why="It may be read by a policy of another scope; else a check that was planned is missing.",
    do="Remove output-token-variable-name if no other scope reads it.",
)
def output_variable_unused(ground: Ground) -> Iterator[Remark]:
    if not ground.document.is_whole or any(place.name == "include-fragment" for place in ground.places):
        return
    for policy in ground.token_policies:
        name = policy.output_variable
        if name and not any(reads_variable(text, name) for place in ground.places for text in expressions_of(place)):
            text = f"No expression of this text reads the variable {listed([name])}, in which the token is kept."
            yield Remark(text, policy.path)


@rule(
    "variable-before-policy",
    "Variable is read too early",
    why="The variable is there once the token policy has run; before, the expression fails or gives nothing.",
    do="Move the policy that reads it below the token policy.",
)
def variable_before_policy(ground: Ground) -> Iterator[Remark]:
    for policy in ground.inbound_policies:
        name = policy.output_variable
        earlier = ground.places_before(policy)
        if not name or any(_may_set(place, name) for place in earlier):
            continue
        for place in earlier:
            # The condition of a retry is asked after the policies in it.
            if place.name != "retry" and any(reads_variable(text, name) for text in expressions_of(place)):
                text = f"The variable {listed([name])} is read here, but only a later policy, {policy.path}, sets it."
                yield Remark(text, place.path)


def _may_set(place: PolicyPlace, name: str) -> bool:
    setters = ("output-token-variable-name", "response-variable-name", "variable-name", "context-variable-name")
    if place.name in ("base", "include-fragment"):
        return True
    if place.name == "set-variable" and place.element.attribute("name") == name:
        return True
    return any(place.element.attribute(setter) == name for setter in setters)

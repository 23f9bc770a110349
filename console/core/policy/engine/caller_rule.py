"""Rules about the caller that required-claims cannot say, as conditions on a token that a policy has verified.

required-claims joins its claims by "and". Where one of two claims is enough, a condition reads the verified token from
its variable and refuses the call when neither fits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.json.halves import whole_characters
from console.core.policy.token.matching import claim_texts

VARIABLE = "token"
_CLAIMS = f'((Jwt)context.Variables["{VARIABLE}"]).Claims'
_SPLIT = ".SelectMany(text => text.Split(' '))"
_LITERAL = re.compile(r'(?<!\\)"((?:[^"\\]|\\.)*+)"', re.S)  # a text with escaped marks alone begins once
_LIST = re.compile(
    r'\["(\w++)"\](?:\.SelectMany\([^()]*+\([^()]*+\)\))?\.Intersect\(new string\[\] \{ '
    rf"({_LITERAL.pattern}(?:, {_LITERAL.pattern})*+) \}}\)\.Any\(\)",
    re.S,
)
_LONGEST = 20_000  # characters: no list of callers is written in more
_START = f"@(!(({_CLAIMS}.ContainsKey("
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")


@dataclass(frozen=True, slots=True)
class CallerRule:
    """Values of which one is enough, by claim: roles and scp, or azp and appid."""

    by_claim: tuple[tuple[str, tuple[str, ...]], ...]

    def lets_in(self, claims: Mapping[str, Any]) -> bool:
        """Whether a verified token with these claims has one of the values."""
        return any(
            not set(values).isdisjoint(claim_texts(claims[claim], separator=" " if claim == "scp" else None))
            for claim, values in self.by_claim
            if claim in claims
        )

    def values(self, claim: str) -> tuple[str, ...]:
        return dict(self.by_claim).get(claim, ())


def condition_of(rule: CallerRule) -> str:
    """The policy expression that is true for a caller to be refused."""
    ways = " || ".join(_has_one(claim, values) for claim, values in rule.by_claim)
    return f"@(!({ways}))"


def _has_one(claim: str, values: tuple[str, ...]) -> str:
    split = _SPLIT if claim == "scp" else ""
    wanted = ", ".join(_quoted(value) for value in values)
    found = f'{_CLAIMS}["{claim}"]{split}.Intersect(new string[] {{ {wanted} }}).Any()'
    return f'({_CLAIMS}.ContainsKey("{claim}") && {found})'


def rule_in(condition: str) -> CallerRule | None:
    """The rule of a condition that was written here; None for any other expression."""
    text = condition.strip()
    if len(text) > _LONGEST or not text.startswith(_START):
        return None
    found = tuple(
        (match[1], tuple(_unquoted(literal) for literal in _LITERAL.findall(match[2])))
        for match in _LIST.finditer(text)
    )
    rule = CallerRule(found)
    return rule if found and condition_of(rule) == text else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else _code(one) for one in escaped) + '"'


def _code(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _unquoted(literal: str) -> str:
    return whole_characters(_ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], literal))

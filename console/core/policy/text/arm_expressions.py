"""The text that an expression of an ARM template gives: `[concat('<policies>', parameters('tenant'), '...')]`.

What it takes from parameters and functions is left in it as `${tenant}`, the field of a template that
`template_words` knows. Only concat and format are computed; of anything else there is no text.
"""

import re

_CALL = re.compile(r"\s*+(concat|format)\s*+\(", re.I)
_PARTS = re.compile(r"'(?:[^']|'')*+'|[(),\[\]]|[^'(),\[\]]++")
_NAMED = re.compile(r"\s*+(?:parameters|variables)\s*+\(\s*+'([\w.-]{1,80})'\s*+\)\s*+", re.I)
_NO_NAME = re.compile(r"[^A-Za-z0-9._]+")
_HOLE = re.compile(r"\{\{|\}\}|\{(\d{1,2})(?::[^{}]{0,20})?\}")
_DEEPEST = 8  # calls in calls


def arm_text(text: str) -> str | None:
    """The text of an expression in square brackets; None where it is none, or one that is not computed."""
    stripped = text.strip()
    if not stripped.startswith("[") or not stripped.endswith("]") or _CALL.match(stripped, 1) is None:
        return None
    return _text(stripped[1:-1], 0)


def concatenated(arguments: str) -> str:
    """What concat gives for these arguments, as they stand between its brackets."""
    return "".join(map(_value, _split(arguments)))


def _text(expression: str, depth: int) -> str | None:
    call = _CALL.match(expression)
    if call is None or depth > _DEEPEST or not expression.rstrip().endswith(")"):
        return None
    arguments = _split(expression.rstrip()[call.end() : -1])
    values = [_value(one, depth + 1) for one in arguments]
    return "".join(values) if call[1].lower() == "concat" else _formatted(values)


def _formatted(values: list[str]) -> str:
    def put(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0][0]
        at = int(found[1]) + 1
        return values[at] if at < len(values) else f"${{value-{found[1]}}}"

    return _HOLE.sub(put, values[0])


def _value(argument: str, depth: int = 0) -> str:
    stripped = argument.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == "'" and "'" not in stripped[1:-1].replace("''", ""):
        return stripped[1:-1].replace("''", "'")
    if (nested := _text(stripped, depth)) is not None:
        return nested
    if (named := _NAMED.fullmatch(stripped)) is not None:
        return f"${{{named[1]}}}"
    return f"${{computed-{_NO_NAME.sub('-', stripped)[:60].strip('-.')}}}"


def _split(arguments: str) -> list[str]:
    """The arguments, each as it is written."""
    found, current, depth = [], "", 0
    for part in _PARTS.findall(arguments):
        if part == "," and not depth:
            found.append(current)
            current = ""
            continue
        depth += (part in "([") - (part in ")]") if len(part) == 1 else 0
        current += part
    return [*found, current]

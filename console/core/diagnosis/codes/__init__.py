"""Error codes of Microsoft Entra (AADSTS…) as data: keyed on the number alone, for texts and OAuth errors
change."""

import re
from typing import Any

from console.core.diagnosis.codes import application, client_authentication, request, resource, service, sign_in
from console.core.diagnosis.codes.base import CodeExplanation, Retry

__all__ = [
    "CODES",
    "CodeExplanation",
    "Retry",
    "any_known",
    "explain_code",
    "find_codes",
    "is_umbrella",
    "most_specific",
]

CODES: tuple[CodeExplanation, ...] = (
    *client_authentication.ROWS,
    *application.ROWS,
    *resource.ROWS,
    *request.ROWS,
    *sign_in.ROWS,
    *service.ROWS,
)
_BY_CODE = {row.code: row for row in CODES}
_IN_TEXT = re.compile(r"AADSTS(\d{4,9})")
_UMBRELLAS = frozenset({70002, 50012})


def explain_code(code: int) -> CodeExplanation | None:
    """What a code means; None for a code the tables do not hold."""
    return _BY_CODE.get(code)


def any_known(codes: tuple[int, ...]) -> bool:
    """Whether the tables tell a cause for one of the codes."""
    return any(row.cause for code in codes if (row := _BY_CODE.get(code)))


def is_umbrella(code: int) -> bool:
    """Whether it stands beside the code that tells."""
    return code in _UMBRELLAS


def find_codes(text: str, numbers: Any = None) -> tuple[int, ...]:
    """Codes of an error text and of its error_codes member, in order, each once; the most specific usually
    stands last."""
    listed = numbers if isinstance(numbers, list) else []
    found = [number for number in listed if type(number) is int and 1000 <= number < 10**9]
    found += [int(number) for number in _IN_TEXT.findall(text)]
    return tuple(dict.fromkeys(found))


def most_specific(codes: tuple[int, ...]) -> int | None:
    """The code that tells most: the last one that is no umbrella; None when there is none at all."""
    if not codes:
        return None
    telling = [code for code in codes if code not in _UMBRELLAS]
    return telling[-1] if telling else codes[-1]

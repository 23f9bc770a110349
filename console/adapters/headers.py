"""Headers that are no headers never leave: whoever made them, and whatever was checked before."""

from collections.abc import Iterable

from console.core.exchange import Failure, FailureKind, Header
from console.core.http.header_rules import headers_problem


def check_headers(headers: Iterable[Header]) -> Failure | None:
    """Why these headers are not sent (BLOCKED_ADDRESS, rule header), None when they are; values are never quoted."""
    problem = headers_problem(headers)
    return Failure(FailureKind.BLOCKED_ADDRESS, problem, "header") if problem else None

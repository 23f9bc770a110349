"""What commands share that act as a person, print a line a step, and write a file for a build server."""

import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from console.core.actor import Actor
from console.core.json.text import json_text, shorten
from console.core.redaction.redact import redact_text
from console.core.reports.build_log import in_json, in_lines
from console.management.arguments import refuse
from console.store import people


def told(text: str) -> str:
    """What somebody typed, inside a sentence: short, and without a secret."""
    return f"“{shorten(redact_text(text), 100)}”"


def write(line: str) -> None:
    """On standard output, at once."""
    sys.stdout.write(f"{in_lines(line)}\n")
    sys.stdout.flush()


def write_json(value: Any) -> None:
    """The same of one JSON document."""
    sys.stdout.write(f"{in_json(json_text(value))}\n")
    sys.stdout.flush()


def person(command: str, email: str) -> Actor:
    """Who acts; nobody of that address ends the command with a sentence."""
    found = people.find(email)
    if found is None:
        refuse(f"{command}: nobody here has the address {told(email)}, or the account is closed.")
    return found


def opened_file(command: str, path: str | None) -> AbstractContextManager[TextIO | None]:
    """Opened before anything is sent: a wrong folder is told at once."""
    if path is None:
        return nullcontext()
    try:
        return Path(path).open("w", encoding="utf-8")
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "it is no file name"
        refuse(f"{command}: {told(path)} cannot be written: {said}.")


@contextmanager
def quietly() -> Iterator[None]:
    """Without a line of log for each request: the steps tell of them, and the audit trail keeps them."""
    logger = logging.getLogger("console.egress")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)

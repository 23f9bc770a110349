"""A pile of 401s, sorted: exports of gateway and application logs, read as a stream, without a browser."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from console.adapters import random
from console.core.json.text import json_text, shorten
from console.core.redaction.redact import redact_text
from console.core.reports.build_log import in_json, in_lines
from console.core.reports.triage import to_json, to_lines
from console.core.triage import NAMES, ExportRows, LogRefused, Tally, read_rows
from console.management import files
from console.management.arguments import ConsoleCommand, refuse


class Command(ConsoleCommand):
    help = (
        "Counts the refusals in exports of gateway or application logs by cause, API, operation and status, each with "
        "what to do and who must act. Each FILE, or standard input for -, is CSV, JSON, JSON lines or an access log, "
        "gzipped or not, of any size. Needs no database and opens no connection. Exit status: 0 every refused row has "
        "a cause, 1 some have none, 3 bad input."
    )
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="an export; - is standard input")
        parser.add_argument(
            "--columns",
            metavar="MAP.json",
            help=f'which column says what: {{"status": "Antwort", …}}; the names are {", ".join(NAMES)}',
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *_: Any, **options: Any) -> None:
        names: list[str] = options["files"]
        if names.count("-") > 1:
            refuse("triage: only one FILE can be standard input.")
        chosen = _chosen(options["columns"]) if options["columns"] else {}
        tally = Tally(key=random.token().encode())
        for name in names:
            _add(tally, name, chosen)
        result = tally.result()
        told = in_json(json_text(to_json(result))) if options["as_json"] else in_lines("\n".join(to_lines(result)))
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
        raise SystemExit(1 if result.unexplained or result.is_cut else 0)


def _add(tally: Tally, name: str, chosen: dict[str, str]) -> None:
    told = shorten(redact_text(name), 200)
    with _opened(name, told) as raw:
        try:
            rows = read_rows(raw, chosen=chosen)
            tally.add(rows, file=told)
        except LogRefused as why:
            refuse(f"triage: {told}: {why.what} {why.do}")
        except OSError as problem:
            refuse(f"triage: {told} cannot be read: {problem.strerror}.")
    _must_be_known(rows, told)


def _must_be_known(rows: ExportRows, told: str) -> None:
    """No refusal may be overlooked because its column has a name that nobody knows."""
    if rows.asks_columns:
        columns = redact_text(", ".join(list(rows.headers)[:20]))
        refuse(
            f"triage: {told}: no column is known to hold a status, a reason or a message; there are {columns}. "
            'Say which is which with --columns, as {"status": "…", "time": "…"}.'
        )


def _opened(name: str, told: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "it is no file name"
        refuse(f"triage: the log cannot be read from {told}: {said}.")


def _chosen(path: str) -> dict[str, str]:
    text = files.read(path, "the map of columns", command="triage").removeprefix("\ufeff")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not all(isinstance(one, str) and one for one in value.values()):
        refuse('triage: --columns must be a JSON object of names and columns, as {"status": "Antwort"}.')
    if unknown := sorted(set(value) - set(NAMES)):
        told = shorten(redact_text(", ".join(unknown)), 200)
        refuse(f"triage: --columns names {told}, which is none of {', '.join(NAMES)}.")
    return value

"""What was pasted, what is in it, and what is wrong with it: the inspector without a browser."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from console.adapters import clock
from console.core.api import Expectation
from console.core.inspection import Inspected, inspect_text
from console.core.json.text import json_text, shorten
from console.core.paste.recognise import PastedKind
from console.core.redaction.redact import redact_text
from console.core.reports.build_log import in_json, in_lines
from console.core.reports.inspection import to_json, to_lines
from console.core.tokens.keys import KeySet, read_jwks
from console.management import files
from console.management.arguments import BAD_INPUT, ConsoleCommand, refuse

_EXPECTED = frozenset(Expectation.__dataclass_fields__)
_NOTHING = frozenset(
    {PastedKind.EMPTY, PastedKind.TOO_LARGE, PastedKind.UNKNOWN, PastedKind.DOCUMENT, PastedKind.POLICY}
)


class Command(ConsoleCommand):
    help = (
        "Says what a paste is (a token, a command, an HTTP exchange, a HAR file, an error, a log line), decodes what "
        "is in it and judges it. Reads FILE, or standard input for - or no FILE; a token is never an argument, because "
        "arguments show in process lists and shell histories. Needs no database and opens no connection. "
        "Exit status: 0 nothing failed, 1 a check failed or a defect was found, 3 nothing to inspect or too large."
    )
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="*", metavar="FILE", help="what was pasted; - or nothing: standard input")
        parser.add_argument("--jwks", metavar="FILE", help="public keys (JWKS) that signatures are checked against")
        parser.add_argument("--expect", metavar="FILE", help="what the API demands, as a JSON object")
        parser.add_argument("--now", metavar="EPOCH", help="judge as of this moment, in seconds since 1970")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON and nothing else")

    def handle(self, *_: Any, **options: Any) -> None:
        names = options["file"]
        if len(names) > 1 or any(_is_token(name) for name in names):
            _refuse_argument()
        path = names[0] if names else "-"
        if [path, options["jwks"], options["expect"]].count("-") > 1:
            refuse("inspect: only one of FILE, --jwks and --expect can be standard input.")
        now = clock.now() if options["now"] is None else files.moment(options["now"], command="inspect")
        keyset = _keys(options["jwks"]) if options["jwks"] else None
        expectation = _expectation(options["expect"]) if options["expect"] else Expectation()
        source = Path(options["jwks"]).name if options["jwks"] else ""
        text = _read(path, "what to inspect")
        found = inspect_text(text, expectation=expectation, keyset=keyset, now=now, source=source)
        told = (
            in_json(json_text(to_json(found))) if options["as_json"] else in_lines("\n".join(to_lines(found, now=now)))
        )
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
        _end(found)


def _end(found: Inspected) -> NoReturn:
    if found.kind in _NOTHING:
        sys.stderr.write(f"inspect: {in_lines(found.notes[0])}\n")
        raise SystemExit(BAD_INPUT)
    raise SystemExit(1 if found.is_faulty else 0)


def _is_token(name: str) -> bool:
    return redact_text(name) != name or name.lower() == "bearer" or (len(name) > 200 and "/" not in name)


def _refuse_argument() -> NoReturn:
    refuse(
        "inspect: give one FILE, or - for standard input; a token itself is never an argument, because arguments show "
        "in process lists and shell histories."
    )


def _read(path: str, what: str) -> str:
    """The text of a file or of standard input, without a byte order mark."""
    return files.read(path, what, command="inspect").removeprefix("\ufeff")


def _keys(path: str) -> KeySet:
    keyset = read_jwks(_read(path, "the key set"))
    if not keyset.keys:
        reason = keyset.defects[0].message if keyset.defects else "The key set holds no keys."
        refuse(f"inspect: --jwks {shorten(path, 200)}: {reason}")
    return keyset


def _expectation(path: str) -> Expectation:
    try:
        value = msgspec.json.decode(_read(path, "the expectation"))
        if not isinstance(value, dict):
            refuse(f"inspect: --expect {shorten(path, 200)}: it must be a JSON object.")
        if unknown := sorted(set(value) - _EXPECTED):
            refuse(f"inspect: --expect {shorten(path, 200)}: it does not know {', '.join(unknown)[:200]}.")
        expectation = msgspec.convert(value, Expectation)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as problem:
        refuse(f"inspect: --expect {shorten(path, 200)}: {shorten(str(problem), 200)}.")
    if expectation.leeway_s < 0:
        refuse(f"inspect: --expect {shorten(path, 200)}: leeway_s must be 0 or more.")
    return expectation

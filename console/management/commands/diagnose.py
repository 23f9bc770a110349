"""Why an attempt failed: the diagnosis without a browser, one piece of evidence a file."""

import sys
from typing import Any

import msgspec

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence
from console.core.json.text import json_text, shorten
from console.core.redaction.redact import redact_text
from console.core.reports.build_log import in_json, in_lines
from console.core.reports.diagnosis import to_json, to_lines
from console.management import files
from console.management.arguments import ConsoleCommand, refuse

_MEMBERS = frozenset(Evidence.__struct_fields__)


class Command(ConsoleCommand):
    help = (
        "Says why an attempt failed: ranked causes, each with what to do and who must act. Each FILE, or standard "
        "input for -, is one piece of evidence: a JSON object of the evidence's own members (token_claims, request, "
        "response, token_error, policy_xml, pasted ...); anything else is taken as pasted text. Needs no database and "
        "opens no connection. Exit status: 0 every file got a cause, 1 some did not, 3 bad input."
    )
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a piece of evidence; - is standard input")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object a line")

    def handle(self, *_: Any, **options: Any) -> None:
        names: list[str] = options["files"]
        if names.count("-") > 1:
            refuse("diagnose: only one FILE can be standard input.")
        has_all = True
        for name, evidence in [(name, _evidence(name)) for name in names]:
            diagnosis = explain(evidence)
            has_all = has_all and diagnosis.primary is not None
            told = redact_text(name)
            if options["as_json"]:
                said = in_json(json_text(to_json(told, diagnosis)))
            else:
                said = in_lines("\n".join(to_lines(told, ticket_text(evidence, diagnosis))))
            sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
        raise SystemExit(0 if has_all else 1)


def _evidence(name: str) -> Evidence:
    """What a file holds: evidence when it is an object of its members alone, else what somebody pasted."""
    text = files.read(name, "the evidence", command="diagnose").removeprefix("\ufeff")
    if not text.strip():
        refuse(f"diagnose: {shorten(redact_text(name), 200)} is empty, so there is nothing to diagnose.")
    try:
        value = msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError):
        value = None
    is_evidence = isinstance(value, dict) and _MEMBERS.issuperset(value)
    return read_evidence(value if is_evidence else text)

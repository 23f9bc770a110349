"""Evaluates policy expressions: one JSON object a line in, one a line out (contracts of the commands)."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from console.core.policy.csharp import Evaluated, Failed, evaluate
from console.core.reports.build_log import in_json


class Command(BaseCommand):
    help = (
        'Reads one JSON object {"expression", "context"} a line from standard input and writes one object a line: '
        '{"value": ...}, {"error": "the exception"} or {"unknown": ["what is not given or not understood"]}. '
        "Exit status 0, or 3 when a line is no such object."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                asked = _read(line)
                if asked is None:
                    self.stderr.write(
                        f'Line {number} is no JSON object with "expression" (text) and "context" (object).'
                    )
                    sys.exit(3)
                self.stdout.write(in_json(json.dumps(_answer(*asked))))
                self.stdout.flush()


def _read(line: str) -> tuple[str, dict[str, Any]] | None:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict):
        return None
    expression, context = asked.get("expression"), asked.get("context")
    return (expression, context) if isinstance(expression, str) and isinstance(context, dict) else None


def _answer(expression: str, context: dict[str, Any]) -> dict[str, Any]:
    outcome = evaluate(expression, context)
    if isinstance(outcome, Evaluated):
        return {"value": outcome.value}
    return {"error": outcome.kind} if isinstance(outcome, Failed) else {"unknown": [outcome.part]}

"""What an API gateway would decide about a call, from its policy text alone: nothing is fetched."""

import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from console.adapters import clock
from console.core.json.text import json_text, shorten
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import MetadataView
from console.core.policy.engine.switches import DEFAULTS, Switches
from console.core.policy.engine.trial import Trial
from console.core.policy.keep import inputs, regression
from console.core.policy.keep.policy_text import RefusedText, all_warnings, as_stored, read_text
from console.core.policy.text.values import NO_VALUES, Values
from console.core.redaction.redact import redact_text
from console.core.reports import policy as report
from console.core.reports.build_log import in_json, in_lines, in_xml
from console.management import files
from console.management.arguments import ConsoleCommand, refuse

NAME = "evaluate_policy"
STATUS = {"allow": 0, "reject": 1, "undecided": 2, "invalid_policy": 3}
Judged = tuple[dict[str, Any], list[str]]


class Command(ConsoleCommand):
    help = (
        "Says what an API gateway (Azure API Management) would answer to a call: allow, reject, undecided or "
        "invalid_policy, with every check of every policy. "
        "POLICY is a policy document, a fragment or one policy element, as pasted. "
        'REQUEST is {"method", "url", "headers": {name: value or [values]}, "client_ip"?, "client_certificate"?, '
        '"subscription_keys"?: {"valid": [...]}, "context"?: {what expressions read beside the call: '
        '"body", "user", "product", "subscription", "api", "operation", "response" ..., as '
        'evaluate_expression takes them}}, or a table of calls: {"requests": [{"name", "request": {...}, '
        '"expect": {"verdict", "reason"?}, "assume_signature"?: true, "now"?: seconds}], "now"?: seconds, '
        '"switches"?: {name: choice of unconfirmed behaviour}}; with a '
        "table the exit status is 0 when every call got what is expected of it, else 1. "
        'METADATA is {openid-config address: {"issuer", "jwks"} or {"error"}}; no address is ever fetched. '
        'VALUES is {"named_values", "expressions", "variables", "certificates", "fragments"}, each {name: text}. '
        "One of the files may be -, standard input. Needs no database and opens no connection. "
        "Exit status: 0 allow, 1 reject, 2 undecided, 3 invalid_policy or bad input."
    )
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--policy", metavar="POLICY", required=True, help="the policy text (XML)")
        parser.add_argument("--request", metavar="REQUEST", required=True, help="the call, or a table of calls (JSON)")
        parser.add_argument("--metadata", metavar="METADATA", help="issuers and keys by address (JSON)")
        parser.add_argument("--values", metavar="VALUES", help="values that only the gateway knows (JSON)")
        parser.add_argument("--now", metavar="EPOCH", help="judge as of this moment, in seconds since 1970")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", dest="as_json", help="print JSON and nothing else")
        form.add_argument("--junit", metavar="FILE", help="write one test case per call to FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            _run(options)
        except OSError:  # what it says cannot be written
            raise
        except Exception:  # noqa: BLE001 - Python would end with 1, which a script reads as a refusal
            sys.stderr.write(redact_text(traceback.format_exc()))
            refuse(f"{NAME}: the program met a fault of its own, told above, so there is no verdict; please report it.")


def _run(options: dict[str, Any]) -> NoReturn:
    """Ends the program with the exit status of the verdict."""
    names = [options[name] for name in ("policy", "request", "metadata", "values")]
    if names.count("-") > 1:
        refuse(f"{NAME}: only one of the files can be standard input.")
    calls = _usable(inputs.read_calls(_text(options, "request")), "--request", options["request"])
    session = Session(
        _text(options, "policy"),
        _metadata(options),
        _values(options),
        _now(options["now"], calls),
        calls.switches if isinstance(calls, inputs.Table) else DEFAULTS,
    )
    if isinstance(calls, inputs.Table):
        _finish_table(regression.run(calls.requests, session.row), options)
    _finish(session.call(calls), options)


class Session:
    """One policy with its surroundings, judged for any number of calls."""

    def __init__(
        self, policy: str, metadata: dict[str, MetadataView], values: Values, now: int, switches: Switches
    ) -> None:
        self.stored = as_stored(read_text(policy), values)
        self.metadata, self.values, self.now, self.switches = metadata, values, now, switches

    def row(self, row: inputs.Row) -> Judged:
        return self.call(row.request, assumes_signature=row.assume_signature, now=row.now)

    def call(self, call: inputs.Call, *, assumes_signature: bool = False, now: int | None = None) -> Judged:
        if isinstance(self.stored, RefusedText):
            told = self.stored.problems, self.stored.warnings
            return report.invalid_json(*told), report.invalid_lines(*told)
        trace = evaluate(
            Trial(
                self.stored.document,
                inputs.to_request(call),
                self.now if now is None else now,
                metadata=self.metadata,
                subscription=inputs.to_rule(call),
                values=self.values,
                switches=self.switches,
                assumes_signature=assumes_signature,
            )
        )
        warnings = all_warnings(self.stored, trace)
        return report.to_json(trace, warnings), report.to_lines(trace, warnings)


def _now(given: str | None, calls: inputs.Call | inputs.Table) -> int:
    """The moment of the call: as given, else the table's own, else the clock's."""
    if given is not None:
        return files.moment(given, command=NAME)
    own = calls.now if isinstance(calls, inputs.Table) else None
    return clock.now() if own is None else own


def _text(options: dict[str, Any], name: str) -> str:
    return files.read(options[name], f"the file of --{name}", command=NAME)


def _metadata(options: dict[str, Any]) -> dict[str, MetadataView]:
    if not options["metadata"]:
        return {}
    found: dict[str, MetadataView] = _usable(
        inputs.read_metadata(_text(options, "metadata")), "--metadata", options["metadata"]
    )
    return found


def _values(options: dict[str, Any]) -> Values:
    if not options["values"]:
        return NO_VALUES
    found: Values = _usable(inputs.read_values(_text(options, "values")), "--values", options["values"])
    return found


def _usable(found: Any, option: str, path: str) -> Any:
    if isinstance(found, inputs.UnusableFile):
        refuse(f"{NAME}: {option} {shorten(redact_text(path), 200)}: {found.why}.")
    return found


def _finish(judged: Judged, options: dict[str, Any]) -> NoReturn:
    answer, lines = judged
    if options["junit"]:
        _write_junit((regression.single(answer, lines),), options["junit"])
    _print(in_json(json_text(answer)) if options["as_json"] else in_lines("\n".join(lines)))
    raise SystemExit(STATUS[answer["verdict"]])


def _finish_table(results: tuple[regression.Result, ...], options: dict[str, Any]) -> NoReturn:
    if options["junit"]:
        _write_junit(results, options["junit"])
    if options["as_json"]:
        _print(in_json(json_text(regression.to_json(results))))
    else:
        _print(in_lines("\n".join(regression.to_lines(results))))
    raise SystemExit(0 if all(one.agrees for one in results) else 1)


def _write_junit(results: tuple[regression.Result, ...], path: str) -> None:
    try:
        Path(path).write_text(in_xml(regression.to_junit(results)), "utf-8")
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "it is no file name"
        refuse(f"{NAME}: --junit {shorten(redact_text(path), 200)} cannot be written: {said}.")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

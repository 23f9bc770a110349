"""A profile checked end to end from a terminal or a build: names, TLS, metadata, keys, clock, token, policy, call."""

import time
from typing import Any

from django.db import DatabaseError

from console.core.actor import Actor
from console.core.errors import NotFound, Refusal
from console.core.json.text import visible
from console.core.preflight.base import StageResult
from console.core.preflight.result import PreflightResult
from console.core.reports import preflight as report
from console.management.arguments import ConsoleCommand, refuse
from console.management.for_builds import opened_file, person, quietly, told, write, write_json
from console.services import preflight, profiles

LIMIT_S = 900  # long work behind a 202 included


class Command(ConsoleCommand):
    help = (
        "Checks a profile end to end against the real network: names, connection, TLS, metadata, keys, clock, "
        "credential, token, checks, policy, call, and work that the call began (202). Stops at the first stage that "
        "makes the rest pointless. PROFILE is its id, or its name. One line per stage as it is made: ok, warn, fail or "
        "skipped, what was seen, what to do, who. It asks for one token and sends one GET to the API, acts as the "
        "person given, and is kept like one of the pages. Exit status: 0 all ok, 1 a stage failed, 3 bad input."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("profile", metavar="PROFILE", help="the id of a profile, or its name")
        parser.add_argument(
            "--user", metavar="EMAIL", required=True, help="who checks: somebody who may use the profile"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object, and no lines")
        parser.add_argument("--junit", metavar="FILE", help="write one test case per stage to FILE too")

    def handle(self, *_: Any, profile: str, user: str, as_json: bool, junit: str | None, **__: Any) -> None:
        try:
            actor = person("preflight", user)
            profile_id = _profile_id(actor, profile)
            with opened_file("preflight", junit) as file, quietly():
                found = _checked(actor, profile_id, told=None if as_json else _print)
                if file is not None:
                    file.write(report.to_junit(found))
        except Refusal as refusal:
            refuse(f"preflight: {' '.join(filter(None, (refusal.what, refusal.why, refusal.do)))}")
        except DatabaseError:
            refuse("preflight: the database of this console does not answer, or is not set up: run manage.py migrate.")
        except OSError as problem:
            refuse(f"preflight: the results cannot be written: {problem.strerror}.")
        if as_json:
            write_json(report.to_json(found))
        else:
            write(visible(found.headline))
        raise SystemExit(0 if found.is_good else 1)


def _checked(actor: Actor, profile_id: str, *, told: Any) -> PreflightResult:
    found = preflight.run_to_end(actor, profile_id, limit_s=LIMIT_S, wait=time.sleep, told=told)
    if not found.is_done:
        refuse(
            "preflight: something else asks for a token of this profile all the time, so this did not come to an end."
        )
    return found


def _print(one: StageResult) -> None:
    write(report.line_of(one))


def _profile_id(actor: Actor, wanted: str) -> str:
    """By id, else by name among those that the person may use; one that is ambiguous is refused."""
    usable = [held.value for held in profiles.list_held(actor) if held.may("use")]
    named = [one for one in usable if wanted in (one.id, one.name)]
    if len(named) > 1:
        ids = ", ".join(one.id for one in named[:5])
        refuse(f"preflight: {len(named)} profiles are called {told(wanted)}; give the id of one: {ids}.")
    if not named:
        raise NotFound(
            f"{actor.email} may use no profile {told(wanted)}.",
            do="Give the name or the id of a profile as its page shows it, or have it shared with that person.",
        )
    return named[0].id

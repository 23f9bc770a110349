"""A collection run from a terminal or a build: each call, whether its answer was as expected, and why not."""

import sys
import time
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, TextIO

from django.db import DatabaseError

from console.core.actor import Actor
from console.core.collections.collection import Collection
from console.core.collections.result import CollectionResult, CollectionStepResult
from console.core.environment import EnvironmentKind, environment_kind
from console.core.errors import NotFound, Refusal
from console.core.json.text import json_text, visible
from console.core.reports import collection as report
from console.core.reports.build_log import in_json
from console.management.arguments import ConsoleCommand, refuse
from console.management.for_builds import opened_file, person, quietly, told, write
from console.services import collection_runs, collections, opening
from console.services.opening import OpenProfile

LIMIT_S = 900
STDOUT = "-"
NAME = "run_calls"


class Command(ConsoleCommand):
    help = (
        "Runs a collection: its saved requests in order, each answer compared with what is expected. COLLECTION is its "
        "id, or its name. One line per step as it is made: ok or fail, what was answered, what to do, who. It acts as "
        "the person given, and each call is kept like one of the pages. Exit status: 0 all as expected, 1 something "
        "was not, 3 bad input."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("collection", metavar="COLLECTION", help="the id of a collection, or its name")
        parser.add_argument(
            "--user", metavar="EMAIL", required=True, help="who calls: somebody who may use its profile"
        )
        parser.add_argument("--connection", metavar="ID", help="the connection of the profile whose token is used")
        parser.add_argument(
            "--production", action="store_true", help="agree that calls go to production, where its profile is for that"
        )
        for name, what in (("--json", "one JSON object"), ("--junit", "JUnit XML, one test case per step")):
            parser.add_argument(
                name, nargs="?", const=STDOUT, metavar="FILE", help=f"{what}: to FILE, or in place of the lines"
            )

    def handle(
        self,
        *_: Any,
        collection: str,
        user: str,
        connection: str | None,
        production: bool,
        json: str | None,
        junit: str | None,
        **__: Any,
    ) -> None:
        if json == STDOUT and junit == STDOUT:
            refuse(f"{NAME}: JSON and JUnit cannot both be printed; give one of them a FILE.")
        try:
            opened, found = _opened(person(NAME, user), collection, connection)
            _agree(opened, production=production)
            is_quiet = STDOUT in (json, junit)
            with ExitStack() as stack, quietly():
                files = [stack.enter_context(_writable(path)) for path in (json, junit)]
                result = _run(opened, found, told=None if is_quiet else _print)
                for file, text in zip(files, (_json(result), report.to_junit(result)), strict=True):
                    if file is not None:
                        file.write(text)
        except Refusal as refusal:
            refuse(f"{NAME}: {' '.join(filter(None, (refusal.what, refusal.why, refusal.do)))}")
        except DatabaseError:
            refuse(f"{NAME}: the database of this console does not answer, or is not set up: run manage.py migrate.")
        except OSError as problem:
            refuse(f"{NAME}: the results cannot be written: {problem.strerror}.")
        if not is_quiet:
            write(visible(result.headline))
        raise SystemExit(0 if result.is_good else 1)


def _run(opened: OpenProfile, found: Collection, *, told: Any) -> CollectionResult:
    result = collection_runs.run_to_end(opened, found.id, limit_s=LIMIT_S, wait=time.sleep, told=told)
    if not result.is_done:
        refuse(f"{NAME}: this did not come to an end within {LIMIT_S} s; its page shows where it stands.")
    return result


def _json(result: CollectionResult) -> str:
    return f"{in_json(json_text(report.to_json(result), indent=2))}\n"


def _print(one: CollectionStepResult) -> None:
    write(report.line_of(one))


def _opened(actor: Actor, wanted: str, connection: str | None) -> tuple[OpenProfile, Collection]:
    """By id, else by name among those whose profile the person may use; one that is ambiguous is refused."""
    named = collections.called(actor, wanted)
    usable: list[tuple[OpenProfile, Collection]] = []
    for one in named:
        try:
            usable.append((opening.of_profile(actor, "use", one.profile_id, connection_id=connection), one))
        except NotFound:
            continue
    if len(usable) > 1:
        ids = ", ".join(one.id for _, one in usable[:5])
        refuse(f"{NAME}: {len(usable)} collections are called {told(wanted)}; give the id of one: {ids}.")
    if not usable:
        raise NotFound(
            f"{actor.email} may run no collection {told(wanted)}.",
            do="Give the name or the id of a collection as its page shows it, or have its profile shared with them.",
        )
    return usable[0]


def _agree(opened: OpenProfile, *, production: bool) -> None:
    environment = opened.profile.environment
    if environment_kind(environment) is EnvironmentKind.PRODUCTION and not production:
        refuse(
            f"{NAME}: nothing was sent: the profile is for {told(environment)}, where a call works with what is "
            "real. Give --production to agree."
        )


def _writable(path: str | None) -> AbstractContextManager[TextIO | None]:
    return nullcontext(sys.stdout) if path == STDOUT else opened_file(NAME, path)

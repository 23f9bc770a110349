"""The auth matrix of an API from a terminal or a build: which variants its gateway lets in, and which it must."""

import time
from dataclasses import replace
from typing import Any

from django.db import DatabaseError

from console.core.actor import Actor
from console.core.call import METHODS, ApiCall
from console.core.environment import EnvironmentKind, environment_kind
from console.core.errors import NotFound, Refusal
from console.core.json.text import visible
from console.core.matrix.base import MatrixRow
from console.core.matrix.result import MatrixResult
from console.core.matrix.variants import BY_CODE
from console.core.reports import matrix as report
from console.management.arguments import ConsoleCommand, refuse
from console.management.for_builds import opened_file, person, quietly, told, write, write_json
from console.services import apis, matrix, matrix_choices, matrix_variants, opening, profiles
from console.services.opening import OpenProfile

LIMIT_S = 900


class Command(ConsoleCommand):
    help = (
        "Calls an API once for each auth variant (with token, without, expired, unsigned, without subscription key and "
        "so on) and tells which its gateway let in and which it must. TARGET is the id or the name of a profile, or of "
        "an API that one profile of the person is for. What is tried and expected is what is kept with the API. One "
        "line per variant, the answer last. Acts as the person given, and is kept like one of the pages. Exit status: "
        "0 all as expected, 1 something is not or could not be told (where the usual call was not let in, no refusal "
        "can), 3 bad input."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("target", metavar="TARGET", help="a profile or an API, by id or name")
        parser.add_argument(
            "--user", metavar="EMAIL", required=True, help="who calls: somebody who may use the profile"
        )
        parser.add_argument("--call", metavar='"GET /path"', default="", help="the operation, if not the one kept")
        parser.add_argument("--variants", metavar="CODES", default="", help=f"some of: {', '.join(BY_CODE)}")
        parser.add_argument("--production", action="store_true", help="send to production, too")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object, and no lines")
        parser.add_argument("--junit", metavar="FILE", help="write one test case per variant to FILE too")

    def handle(self, *_: Any, target: str, user: str, junit: str | None, **options: Any) -> None:
        try:
            actor = person("run_matrix", user)
            opened = opening.of_profile(actor, "use", _profile_id(actor, target))
            with opened_file("run_matrix", junit) as file, quietly():
                found = _tried(opened, options)
                if file is not None:
                    file.write(report.to_junit(found))
        except Refusal as refusal:
            refuse(f"run_matrix: {' '.join(filter(None, (refusal.what, refusal.why, refusal.do)))}")
        except DatabaseError:
            refuse("run_matrix: the database of this console does not answer, or is not set up: run manage.py migrate.")
        except OSError as problem:
            refuse(f"run_matrix: the results cannot be written: {problem.strerror}.")
        answer = visible(f"{found.headline} {found.doubt}".strip())
        if options["as_json"]:
            write_json(report.to_json(found))
        else:
            write(answer)
        raise SystemExit(0 if found.is_good else 1)


def _tried(opened: OpenProfile, options: dict[str, Any]) -> MatrixResult:
    offered = matrix_choices.offered(opened)
    codes = tuple(filter(None, (one.strip() for one in options["variants"].split(","))))
    if unknown := [code for code in codes if code not in BY_CODE]:
        refuse(f"run_matrix: there is no variant {told(unknown[0])}; there are: {', '.join(BY_CODE)}.")
    choice = replace(offered.choice, variants=codes) if codes else offered.choice
    call = _call(options["call"]) or matrix_choices.call_to_send(opened, choice)
    others = matrix_variants.others(opened) if "other-profile" in choice.variants else []
    sent = [opened.profile, *(one for one in others if one.id == choice.other_profile_id)]
    real = [one for one in sent if environment_kind(one.environment) is EnvironmentKind.PRODUCTION]
    if real and not options["production"]:
        refuse(f"run_matrix: {told(real[0].name)} is for {real[0].environment}; add --production to call it.")
    each = None if options["as_json"] else _print
    found = matrix.run_to_end(opened, choice, call=call, limit_s=LIMIT_S, wait=time.sleep, told=each)
    if not found.is_done:
        refuse("run_matrix: something else asks for a token of this profile all the time, so this came to no end.")
    return found


def _call(text: str) -> ApiCall | None:
    """ "GET /orders?top=1" as a call; None for none."""
    if not text:
        return None
    method, _, rest = text.strip().partition(" ")
    path, _, query = rest.strip().partition("?")
    if method.upper() not in METHODS or not path.startswith("/"):
        refuse('run_matrix: --call wants a method and a path, for example "GET /orders".')
    return ApiCall(method.upper(), path, query)


def _print(row: MatrixRow) -> None:
    write(report.line_of(row))


def _profile_id(actor: Actor, wanted: str) -> str:
    """A profile that the person may use, by id or name, else the one that is for an API of that id or name."""
    usable = [held.value for held in profiles.list_held(actor) if held.may("use")]
    named = [one for one in usable if wanted in (one.id, one.name)]
    if not named:
        theirs = {held.value.id for held in apis.list_held(actor) if wanted in (held.value.id, held.value.name)}
        named = [one for one in usable if one.api_id in theirs]
    if len(named) > 1:
        ids = ", ".join(f"{one.id} ({told(one.name)})" for one in named[:5])
        refuse(f"run_matrix: {len(named)} profiles fit {told(wanted)}; give the id of one: {ids}.")
    if not named:
        raise NotFound(
            f"{actor.email} may use no profile {told(wanted)}, and none for an API of that name.",
            do="Give the name or the id of a profile as its page shows it, or have it shared with that person.",
        )
    return named[0].id

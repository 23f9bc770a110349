"""What solved cases teach, in words."""

from typing import Any

from console.core.diagnosis import cause_title
from console.services.lessons import Teaching
from console.store.case_lessons import Lesson
from console.web.present.reference import cause_url

MOST_ROWS = 50
NONE_NAMED = "no cause was named"
NOT_IN_CATALOGUE = "none of the catalogue"


def lessons_view(found: Teaching) -> dict[str, Any]:
    wrong = sum(one.count for one in found.wrong)
    return {
        "title": _title(wrong, found.solved_count),
        "solved": found.solved_count,
        "right": found.right_count,
        "wrong": [_row(one) for one in found.wrong[:MOST_ROWS]],
        "rest": max(0, len(found.wrong) - MOST_ROWS),
        "steps": _steps(found),
        "profiles": found.profiles,
        "stalled": sum(one.count for one in found.steps),
        "is_cut": found.is_cut,
    }


def _title(wrong: int, solved: int) -> str:
    if not solved:
        return "No solved case teaches anything yet"
    if not wrong:
        return f"The first cause was right in all {solved} solved cases" if solved > 1 else "The first cause was right"
    return f"The first cause was wrong in {wrong} of {solved} solved case{'' if solved == 1 else 's'}"


def _row(one: Lesson) -> dict[str, Any]:
    return {
        "said": _cause(one.cause, NONE_NAMED),
        "was": _cause(one.true_cause, NOT_IN_CATALOGUE),
        "count": one.count,
        "cases": [{"id": key, "number": number} for key, number in one.examples],
        "more": one.count - len(one.examples),
    }


def _cause(slug: str, otherwise: str) -> dict[str, str]:
    title = cause_title(slug)
    return {"title": title or slug or otherwise, "url": cause_url(slug) if title else ""}


def _steps(found: Teaching) -> list[dict[str, Any]]:
    most = max((one.count for one in found.steps), default=0)
    return [
        {
            "title": one.title,
            "count": one.count,
            "practice": one.practice,
            "share": round(100 * one.count / most) if most else 0,
            "causes": [{**_cause(slug, ""), "count": count} for slug, count in one.causes],
            "own": [{"id": key, "name": name} for key, name in found.own.get(one.code, [])],
        }
        for one in found.steps
    ]

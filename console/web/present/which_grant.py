"""The questions of “Which grant do I need?” and what came of them, as the page shows it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from console.core.profile_checks import which_grant
from console.core.profile_checks.which_grant import ADVISED, Advised


def chooser_view(given: dict[str, str]) -> dict[str, Any]:
    """`question` is None when the answers decide; `advised` then is what they come to."""
    answers, question, found = which_grant.answered(given), which_grant.next_question(given), which_grant.advised(given)
    return {
        "answers": [_answer(answers, name) for name in answers],
        "kept": list(answers.items()),
        "question": {"name": question.name, "text": question.text, "choices": question.choices} if question else None,
        "advised": advised_view(found) if found else None,
    }


def _answer(answers: dict[str, str], name: str) -> dict[str, str]:
    """An answer with its question, and the address that asks it anew: all before it stay."""
    question, names = which_grant.question_of(answers, name), list(answers)
    before = {one: answers[one] for one in names[: names.index(name)]}
    return {
        "question": question.text,
        "answer": dict(question.choices)[answers[name]],
        "url": f"{reverse('which-grant')}?{urlencode(before)}" if before else reverse("which-grant"),
    }


def advised_view(found: Advised) -> dict[str, Any]:
    query = urlencode({"provider": found.provider, "grant": found.grant, "because": found.code})
    return {
        "title": found.title,
        "why": found.why,
        "errands": [{"whom": one.whom, "what": one.what} for one in found.errands],
        "then": found.then,
        "url": f"{reverse('profile-new')}?{query}",
    }


def advised_by(code: str) -> dict[str, Any] | None:
    """What was advised, by its code; None for a code of none."""
    found = ADVISED.get(code)
    return advised_view(found) if found else None

"""The frame shows the sections a person may open."""

import pytest
from django.template import Context
from django.test import RequestFactory

from console.core.actor import Actor, Role
from console.templatetags.frame import sections, signed_in


def _context(path: str, actor: Actor | None) -> Context:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]
    return Context({"request": request})


INTEGRATOR = Actor(1, "ada@example.org", frozenset({Role.INTEGRATOR}))
ADMIN = Actor(2, "eve@example.org", frozenset({Role.ADMIN}))


def test_nobody_signed_in_sees_no_sections() -> None:
    assert sections(_context("/", None)) == ()
    assert signed_in(_context("/", None)) is None


def test_a_crash_page_without_a_request_has_no_sections() -> None:
    assert sections(Context({})) == ()
    assert signed_in(Context({})) is None


def test_the_section_of_the_page_is_marked_and_only_that_one() -> None:
    shown = sections(_context("/profiles/7/edit/", INTEGRATOR))
    assert [section.label for section in shown if section.is_current] == ["Profiles"]


@pytest.mark.parametrize(
    ("actor", "has_sandbox", "labels"),
    [
        (INTEGRATOR, True, ["Home", "Profiles", "APIs", "Inspect", "Policy", "Calls", "Cases", "Sandbox", "Reference"]),
        (INTEGRATOR, False, ["Home", "Profiles", "APIs", "Inspect", "Policy", "Calls", "Cases", "Reference"]),
        (ADMIN, False, ["Home", "Profiles", "APIs", "Inspect", "Policy", "Calls", "Cases", "Reference", "People"]),
    ],
)
def test_sandbox_and_people_are_shown_to_whom_they_serve(
    settings: object, actor: Actor, has_sandbox: bool, labels: list[str]
) -> None:
    settings.CONSOLE_SANDBOX = has_sandbox  # type: ignore[attr-defined]
    assert [section.label for section in sections(_context("/", actor))] == labels

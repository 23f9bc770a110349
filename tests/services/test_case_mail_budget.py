"""Nobody fills the mail of others: what one person does with cases sends so many, and the rest is news on pages."""

import pytest
from django.core import mail

from console.core.actor import Role
from console.models import CaseNews, WorkBudget
from console.services import case_desk, case_handing, cases
from console.store import budgets
from tests.services.builders import person, with_samples
from tests.services.test_case_desk import NOW, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(time_machine, monkeypatch, settings):
    """(its owner, it, the desk), of a console that sends three mails an hour for each person."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(NOW, tick=False)
    owner, desk = with_samples(), person("sam@example.com", Role.SUPPORT)
    made = cases.create(owner, refused(owner), title="T", note="")
    mail.outbox.clear()
    monkeypatch.setattr(budgets, "MAILS_AN_HOUR", 3)
    return owner, made, desk


def test_whoever_goes_on_and_on_is_heard_on_the_page_alone(case, time_machine):
    owner, made, desk = case
    WorkBudget.objects.all().delete()
    for number in range(9):
        case_desk.comment(owner, made.id, f"Hello? {number}")
    assert len(mail.outbox) == 3
    assert CaseNews.objects.filter(reader_id=desk.user_id).exists()
    case_desk.answer(desk, made.id, "Yes?")
    assert [one.to for one in mail.outbox[3:]] == [[owner.email]]
    time_machine.move_to(NOW + 3600, tick=False)
    case_desk.comment(owner, made.id, "Thank you.")
    assert len(mail.outbox) == 5


def test_nor_does_handing_a_case_on_and_on_fill_anybodys_mail(case):
    owner, made, _ = case
    WorkBudget.objects.all().delete()
    person("neighbour@example.com")
    for _ in range(9):
        case_handing.give(owner, made.id, "neighbour@example.com", right="view")
    assert len(mail.outbox) == 3

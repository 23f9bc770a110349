"""How the console is: to administrators in words, to a load balancer in a line."""

import pytest
from django.test import Client

from console.adapters import clock
from console.core.actor import Role
from console.models import OutgoingMail
from console.services import mail
from console.services.health import LOST_S, WAITED_S
from console.store import task_rows
from console.web.present.condition import PartView, heading_of
from tests.services.builders import person
from tests.services.task_queue import IN_DATABASE
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/people/condition/"


@pytest.fixture
def boss():
    return signed_in(person("ada@example.com", Role.ADMIN))


def test_all_is_well(boss, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    task_rows.saw("a worker", now=clock.now())
    page = boss.get(PAGE).text
    assert all(words in page for words in ("ready", "Seen now", "none failed", "No mail failed"))
    assert Client().get("/readyz").text == "ready\n"


def test_before_a_worker_was_ever_seen_nothing_is_wrong(boss):
    assert "No worker has been seen yet" in boss.get(PAGE).text
    assert Client().get("/readyz").text == "ready\n"


def test_a_worker_that_is_not_seen_any_more_is_told(boss):
    task_rows.saw("a worker", now=clock.now() - LOST_S - 60)
    page = boss.get(PAGE).text
    assert "No worker has been seen for 4 minutes" in page
    assert "manage.py worker" in page
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.text[:41]) == (200, "ready\ntasks: no worker has been seen for ")


def test_tasks_that_wait_for_a_worker_that_is_not_there_are_told(boss, settings, time_machine):
    settings.TASKS = IN_DATABASE
    now = clock.now()
    time_machine.move_to(now, tick=False)
    mail.write("ina@example.com", "You are invited", "canary")
    assert Client().get("/readyz").text == "ready\n"
    time_machine.move_to(now + WAITED_S + 1, tick=False)
    assert Client().get("/readyz").text == "ready\ntasks: 1 tasks wait, and no worker does them\n"
    assert "1 tasks wait, and no worker does them." in boss.get(PAGE).text


def test_mails_that_fail_are_counted_without_address_or_text(boss):
    now = clock.now()
    made = {"made_at": now, "not_before": now, "problem": "ConnectionRefusedError"}
    OutgoingMail.objects.create(id="00000000-0000-4000-8000-000000000001", **made)
    OutgoingMail.objects.create(id="00000000-0000-4000-8000-000000000002", given_up_at=now, **made)
    page = boss.get(PAGE).text
    assert (
        "Waiting for another attempt: 1. Given up within seven days: 1. The last failure: ConnectionRefusedError."
        in page
    )


def test_where_no_mail_is_set_up_none_is_said_to_be_sent(boss, settings):
    settings.EMAIL_BACKEND = mail.DUMMY
    task_rows.saw("a worker", now=clock.now())
    page = boss.get(PAGE).text
    assert "not set up" in page and "CONSOLE_EMAIL_URL" in page and "No mail failed" not in page
    assert "The console works by itself" in page, "it is a choice, and needs nobody"


def test_the_heading_says_whether_somebody_is_needed_and_for_what():
    fine, bad = PartView("Mails", "sent", "pass", ""), PartView("Worker", "not seen", "warning", "")
    assert heading_of([fine]) == "The console works by itself"
    assert heading_of([fine, bad]) == "The console needs you: worker not seen"

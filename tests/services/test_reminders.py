"""Reminders by mail: each step once, all of a day in one mail, to who can renew it, and nothing secret in them."""

from datetime import UTC, datetime

import pytest
from django.core.mail.backends.locmem import EmailBackend

from console.adapters import clock
from console.core.access import SharedWith
from console.core.actor import Role
from console.core.credential import Secret
from console.core.ending import DAY_S, EndKind
from console.core.errors import NotFound
from console.models import Connection, Person, Reminder
from console.services import connections, endings, groups, people, profiles, reminders, sharing, tick
from console.store import reminders as store
from console.store.reminders import Reminded
from tests.services.builders import person
from tests.services.task_queue import queued, work_off  # noqa: F401 (a fixture)
from tests.services.test_profiles import CLIENT, draft

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
SECRET = "s8~canary-secret-3b1f"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def owner():
    return person()


def at(days):
    """Noon, so many days from today."""
    return clock.now() + days * DAY_S


def ending(owner, days, name="Orders"):
    made = profiles.create(owner, draft(name=name))
    profiles.replace_secret(owner, made.id, Secret(SECRET), ends_at=at(days))
    return profiles.open_profile(owner, "manage", made.id)


def days_told(mailoutbox, days):
    """The days (counted from today) on which a daily run sends a mail."""
    told = []
    for day in days:
        before = len(mailoutbox)
        reminders.send_due(at(day))
        told += [day] * (len(mailoutbox) - before)
    return told


def test_each_step_is_told_once(owner, mailoutbox):
    ending(owner, 40)
    assert days_told(mailoutbox, range(45)) == [10, 26, 33, 39]
    assert [one.subject.removeprefix("[Token Console] ") for one in mailoutbox] == [
        "A client secret ends in 30 days",
        "A client secret ends in 14 days",
        "A client secret ends in 7 days",
        "A client secret ends tomorrow",
    ]
    assert {tuple(one.to) for one in mailoutbox} == {(owner.email,)}


def test_what_is_wrong_with_one_person_keeps_nobody_else_from_being_told(owner, mailoutbox, monkeypatch):
    other, real = person("otto@example.com"), endings.of_actor
    ending(owner, 7)
    ending(other, 7)

    def refused(actor):
        if actor.email == owner.email:
            raise NotFound("profile")
        return real(actor)

    monkeypatch.setattr(endings, "of_actor", refused)
    assert reminders.send_due(at(0)) == 1
    assert [one.to for one in mailoutbox] == [[other.email]]


def test_a_second_run_of_a_day_tells_nothing(owner, mailoutbox):
    ending(owner, 30)
    assert (reminders.send_due(at(0)), reminders.send_due(at(0)), len(mailoutbox)) == (1, 0, 1)


def test_after_a_pause_only_the_nearest_step_is_told(owner, mailoutbox):
    ending(owner, 40)
    assert days_told(mailoutbox, [9, 38, 39, 40]) == [38, 39]
    assert days_told(mailoutbox, [41, 50]) == []


def test_a_date_typed_late_is_told_at_once_and_not_for_each_step(owner, mailoutbox):
    ending(owner, 5)
    assert days_told(mailoutbox, range(8)) == [0, 4]


def test_all_of_a_day_come_in_one_mail(owner, mailoutbox):
    ending(owner, 30, "Orders")
    ending(owner, 7, "Invoices")
    profile = ending(owner, 90, "Later")
    profiles.replace_subscription_key(owner, profile.id, Secret("key-canary-77"), ends_at=at(1))
    assert reminders.send_due(at(0)) == 1
    (mail,) = mailoutbox
    assert mail.subject == "[Token Console] 3 things end soon, the first tomorrow"
    assert [name for name in ("Orders", "Invoices", "Later") if name in mail.body] == ["Orders", "Invoices", "Later"]
    assert mail.body.index("Later") < mail.body.index("Invoices") < mail.body.index("Orders")


def test_what_becomes_due_later_on_a_day_waits_for_the_next(owner, mailoutbox):
    ending(owner, 30)
    reminders.send_due(at(0))
    ending(owner, 7, "Invoices")
    assert days_told(mailoutbox, [0, 1, 2]) == [1]
    assert "Invoices" in mailoutbox[1].body
    assert "Orders" not in mailoutbox[1].body


def test_the_whole_mail(owner, mailoutbox):
    profile = ending(owner, 9)
    reminders.send_due(at(0))
    assert mailoutbox[0].body == (
        "This ends soon, and you can renew it:\n\n"
        "Client secret of Orders ends in 9 days, on 2026-12-08.\n"
        "Create a new client secret under Certificates & secrets, and copy its Value. "
        "Then store it here, with its date."
        f"\nhttp://localhost:8000/profiles/{profile.id}/#credential\n\n"
        "All that ends, a calendar to subscribe to, and the switch for these mails: http://localhost:8000/ends/\n\n"
        "Token Console, http://localhost:8000/\n"
    )


def test_nothing_secret_is_in_a_mail(owner, mailoutbox):
    profile = ending(owner, 9)
    profiles.replace_subscription_key(owner, profile.id, Secret("key-canary-77"), ends_at=at(9))
    reminders.send_due(at(0))
    text = mailoutbox[0].subject + mailoutbox[0].body
    assert [one for one in (SECRET, "key-canary-77", CLIENT) if one in text] == []


def test_who_can_renew_it_is_told_and_nobody_else(owner, mailoutbox):
    profile = ending(owner, 7)
    manager, viewer, member = (person(f"{name}@example.com") for name in ("man", "view", "mem"))
    admin = person("ada@example.com", Role.ADMIN)
    team = groups.make(admin, "Team")
    groups.add(admin, team.id, member.user_id)
    sharing.give(owner, "profile", profile.id, SharedWith(manager.user_id), right="manage")
    sharing.give(owner, "profile", profile.id, SharedWith(viewer.user_id), right="use")
    sharing.give(owner, "profile", profile.id, SharedWith(group_id=team.id), right="manage")
    assert reminders.send_due(at(0)) == 3
    assert sorted(one.to[0] for one in mailoutbox) == ["ina@example.com", "man@example.com", "mem@example.com"]


def test_who_switched_them_off_is_not_told(owner, mailoutbox):
    ending(owner, 7)
    reminders.switch(owner, is_on=False)
    assert (reminders.are_on(owner), reminders.send_due(at(0))) == (False, 0)
    reminders.switch(owner, is_on=True)
    assert reminders.send_due(at(0)) == 1


def test_a_closed_account_is_not_told(owner, mailoutbox):
    ending(owner, 7)
    people.set_roles(person("ada@example.com", Role.ADMIN), owner.user_id, roles=owner.roles, is_active=False)
    assert reminders.send_due(at(0)) == 0


def test_a_mail_that_fails_waits_and_is_no_second_reminder(owner, mailoutbox, monkeypatch, queued):  # noqa: F811
    ending(owner, 7)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", _refuse)
        assert reminders.send_due(at(0)) == 1
        assert "deliver" in work_off()
    assert (reminders.send_due(at(0)), mailoutbox, Reminder.objects.count()) == (0, [], 1)


def test_a_worker_reminds_from_the_morning_on_and_looks_once_an_hour(owner, mailoutbox, time_machine, queued):  # noqa: F811
    ending(owner, 30)
    time_machine.move_to(TODAY.replace(hour=5, minute=59), tick=False)
    assert tick.tick()["reminders"] == 0
    time_machine.move_to(TODAY.replace(hour=6), tick=False)
    assert [name for name in work_off() + work_off() if name in ("remind", "deliver")] == ["remind", "deliver"]
    assert len(mailoutbox) == 1
    ending(person("otto@example.com"), 7)
    assert tick.tick()["reminders"] == 0
    time_machine.move_to(TODAY.replace(hour=7, minute=1), tick=False)
    work_off(), work_off()
    assert [one.to for one in mailoutbox] == [["ina@example.com"], ["otto@example.com"]]


def test_where_nothing_ends_no_task_is_made(owner, queued):  # noqa: F811
    ending(owner, 31)
    assert tick.tick()["reminders"] == 0


def _refuse(*_):
    raise ConnectionRefusedError


def test_without_mail_nothing_is_marked_as_told(owner, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    ending(owner, 7)
    assert (reminders.send_due(at(0)), Reminder.objects.count()) == (0, 0)


def test_another_date_is_told_anew(owner, mailoutbox):
    profile = ending(owner, 7)
    reminders.send_due(at(0))
    endings.date_credential(owner, profile.id, at(37), version=profile.credential.version)
    assert days_told(mailoutbox, range(1, 40)) == [7, 23, 30, 36]


def test_a_short_refresh_token_is_told_in_its_second_half_alone(owner, mailoutbox):
    made = connections.make(owner, ending(owner, 400).id, "Kari")
    Connection.objects.filter(pk=made.id).update(
        has_refresh_token=True, connected_at=clock.now(), refresh_ends_at=at(14)
    )
    assert days_told(mailoutbox, range(16)) == [7, 13]
    assert f"http://localhost:8000/connections/{made.id}/" in mailoutbox[0].body
    assert EndKind.REFRESH_TOKEN.value in mailoutbox[0].subject


def test_two_workers_claim_a_thing_once(owner):
    wanted = [Reminded(EndKind.SECRET, ending(owner, 7).id, at(7), 7)]
    day = at(0) // DAY_S
    assert (store.claim(owner.user_id, wanted, day=day), store.claim(owner.user_id, wanted, day=day)) == (wanted, [])
    assert store.claim(owner.user_id, wanted, day=day + 1) == []


def test_what_was_told_of_old_things_is_deleted(owner, mailoutbox):
    ending(owner, 7)
    reminders.send_due(at(0))
    assert store.prune(before=at(7)) == 0
    assert (store.prune(before=at(8)), Reminder.objects.count()) == (1, 0)


def test_reminders_go_with_the_person(owner, mailoutbox):
    ending(owner, 7)
    reminders.send_due(at(0))
    Person.objects.all().delete()
    assert Reminder.objects.count() == 0

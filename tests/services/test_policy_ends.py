"""Certificates that are kept with the policy of an Api end too: told to who looks after the Api, and to nobody else."""

from datetime import UTC, datetime

import pytest

from console.adapters import clock, keyfiles
from console.core.access import SharedWith
from console.core.actor import Role
from console.core.api import Api
from console.core.ending import DAY_S, EndKind
from console.core.policy.keep.certificate_ends import certificate_ends
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.services import apis, endings, reminders, sharing
from console.services.calendar_feeds import ReadCalendar
from console.store import policies
from console.web.present.calendar import calendar_text
from tests.services.builders import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False)


@pytest.fixture
def owner():
    return person()


def certificate(days):
    return keyfiles.make_certificate("Gateway", days=days, now=clock.now())


def kept(name, text, kind="certificate"):
    return KeptValue(kind, name, text, is_secret=True)


@pytest.fixture
def api(owner):
    made = apis.create(owner, Api(id="", owner_id=0, name="Orders", base_url="https://api.example/orders"))
    first, second = certificate(9), certificate(400)
    both = f"{first.private_key_pem.reveal()}\n{first.chain_pem}"
    policies.put_settings(owner, made.id, PolicySettings((kept("sign", both), kept("decrypt", second.chain_pem))))
    return made


def told(actor):
    return [(one.name, one.ends_at, one.path) for one in endings.of_actor(actor)]


def test_they_are_told_to_who_looks_after_the_api(owner, api):
    path = f"/apis/{api.id}/policy/"
    assert [(name, (end - clock.now()) // DAY_S, where) for name, end, where in told(owner)] == [
        ("Orders (sign)", 9, path),
        ("Orders (decrypt)", 400, path),
    ]
    other, user, admin = person("otto@example.com"), person("use@example.com"), person("ada@example.com", Role.ADMIN)
    sharing.give(owner, "api", api.id, SharedWith(other.user_id), right="manage")
    sharing.give(owner, "api", api.id, SharedWith(user.user_id), right="use")
    assert [len(told(actor)) for actor in (owner, other, user, admin)] == [2, 2, 0, 0]


def test_they_are_reminded_of(owner, api, mailoutbox):
    assert reminders.send_due(clock.now()) == 1
    (mail,) = mailoutbox
    assert mail.subject.startswith("[Token Console] A policy certificate ends in ")
    assert "Policy certificate of Orders (sign)" in mail.body
    assert f"http://localhost:8000/apis/{api.id}/policy/" in mail.body


def test_one_that_has_ended_hides_no_other(owner, api, mailoutbox, time_machine):
    time_machine.move_to(datetime(2027, 12, 28, 12, tzinfo=UTC), tick=False)
    assert reminders.send_due(clock.now()) == 1
    assert "Orders (decrypt)" in mailoutbox[0].body
    assert "Orders (sign)" not in mailoutbox[0].body


def test_each_has_an_event_of_its_own(owner, api):
    text = calendar_text(ReadCalendar(endings.of_actor(owner), "https://console.example")).decode()
    ids = [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("UID:")]
    assert (len(ids), len(set(ids))) == (2, 2)


def test_when_they_are_kept_no_more_nothing_ends(owner, api):
    policies.put_settings(owner, api.id, PolicySettings())
    assert told(owner) == []


@pytest.mark.parametrize("text", ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "ø"])
def test_what_is_no_certificate_has_no_end(text):
    assert certificate_ends([kept("c", text), kept("n", "x", kind="named-value")]) == {}


def test_a_bare_key_has_no_end(owner):
    assert certificate_ends([kept("c", certificate(9).private_key_pem.reveal())]) == {}
    assert EndKind.POLICY_CERTIFICATE.value == "policy certificate"

"""Somebody else's session is not enough to take an account over, and whatever changes is written down and told."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from console.adapters import clock
from console.core.actor import Role
from console.models import Person
from console.services import sign_in
from console.store import audit
from tests.services.builders import PASSWORD, person
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
NEW = "quite another pass phrase"


@pytest.fixture
def ina():
    return person("ina@example.com")


def entries(action):
    return [entry for entry in audit.recent() if entry.action == action]


def test_with_a_stolen_session_the_address_stays_and_the_way_to_a_new_password_ends_at_the_proof(ina):
    thief = signed_in(ina)
    for data in (
        {"action_add": "", "email": "thief@evil.example"},
        {"action_primary": "", "email": "thief@evil.example"},
    ):
        assert thief.post("/accounts/email/", data).status_code == 404
    assert thief.post("/accounts/password/reset/", {"email": "thief@evil.example"}).status_code == 302
    assert mail.outbox == []
    answer = thief.post("/accounts/password/change/", {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302 or "Confirm that it is you" in answer.content.decode()
    assert thief.get("/accounts/password/change/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert thief.get("/accounts/2fa/webauthn/add/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert thief.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")
    row = Person.objects.get(pk=ina.user_id)
    assert (row.email, row.check_password(PASSWORD)) == ("ina@example.com", True)
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ina@example.com"]


def test_a_link_of_ones_own_used_in_a_stolen_session_is_no_proof_for_that_sessions_person(ina):
    """It lets its own person choose a way in; their second step is still to come, so the session stays the other's."""
    mallory = person("mallory@example.com")
    TOTP.activate(Person.objects.get(pk=mallory.user_id), generate_totp_secret())
    link = sign_in.new_link(mallory, recovery_by="ada@example.com")
    thief = signed_in(ina)
    assert thief.post(f"/sign-in/{link}/").headers["Location"].startswith("/accounts/2fa/authenticate/")
    for path in ("/accounts/password/change/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"):
        assert thief.get(path).headers["Location"].startswith("/accounts/reauthenticate/"), path
    thief.post("/accounts/password/change/", {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=ina.user_id).check_password(PASSWORD)


def test_who_came_by_a_link_and_a_second_step_still_chooses(ina, time_machine):
    time_machine.move_to(clock.now(), tick=False)  # a code is good for what is left of its half minute
    secret = generate_totp_secret()
    TOTP.activate(Person.objects.get(pk=ina.user_id), secret)
    browser = Client()
    browser.post(f"/sign-in/{sign_in.new_link(ina, recovery_by='ada@example.com')}/")
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert browser.get("/profiles/").headers["Location"] == "/welcome/"


def test_the_console_writes_to_no_stranger_whoever_asks(ina, client):
    for browser in (client, signed_in(ina)):
        for path in ("/accounts/password/reset/", "/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/"):
            browser.post(path, {"email": "ceo@bank.example", "action_add": "", "action_send": ""})
    assert mail.outbox == []


def test_a_new_password_is_written_down_and_told(ina):
    owner = prove(signed_in(ina))
    owner.post("/accounts/password/change/", {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=ina.user_id).check_password(NEW)
    (entry,) = entries("password changed")
    assert (entry.who, entry.object_id, entry.address) == (ina.email, f"#{ina.user_id} {ina.email}", "127.0.0.1")
    (told,) = mail.outbox
    assert told.to == [ina.email]
    assert "A new password was set." in told.body


def test_a_second_step_is_written_down_and_told(ina, django_capture_on_commit_callbacks):
    owner = prove(signed_in(ina))
    TOTP.activate(Person.objects.get(pk=ina.user_id), generate_totp_secret())
    with django_capture_on_commit_callbacks(execute=True):
        owner.post("/accounts/2fa/recovery-codes/generate/")
        owner.post("/accounts/2fa/totp/deactivate/")
    assert len(entries("recovery codes made")) == 1
    assert len(entries("authenticator removed")) >= 1
    assert {tuple(one.to) for one in mail.outbox} == {(ina.email,)}
    assert not Authenticator.objects.exists()


def test_a_reset_by_mail_is_written_down_and_ends_the_links(ina, client):
    client.post("/accounts/password/reset/", {"email": ina.email})
    path = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=ina.user_id).check_password(NEW)
    assert [entry.who for entry in entries("password reset")] == [ina.email]
    assert [entry.who for entry in entries("password reset asked for")] == [ina.email]
    assert "A new password was set." in mail.outbox[-1].body


def test_a_reset_link_leads_to_the_consoles_own_address_whatever_host_was_asked_for(ina, client, settings):
    settings.CONSOLE_PUBLIC_URL, settings.ALLOWED_HOSTS = "https://tokens.example.com", [".example.com"]
    for host in ("tokens.example.com:4444", "evil.example.com"):
        client.post("/accounts/password/reset/", {"email": ina.email}, headers={"Host": host})
    links = [re.search(r"\S+/accounts/password/reset/key/", letter.body)[0] for letter in mail.outbox]
    assert links == ["https://tokens.example.com/accounts/password/reset/key/"] * 2


def test_an_address_is_changed_by_an_administrator_and_told_to_the_old_one(ina):
    ada = person("ada@example.com", Role.ADMIN)
    boss = prove(signed_in(ada))
    mail.outbox.clear()
    assert boss.post(f"/people/{ina.user_id}/address/", {"email": "Ina.New@example.com"}).status_code == 302
    (entry,) = entries("address changed")
    assert entry.who == ada.email
    assert entry.object_id == f"#{ina.user_id} ina.new@example.com"
    assert entry.detail == "from ina@example.com to ina.new@example.com"
    assert [one.to for one in mail.outbox] == [["ina@example.com"]]
    assert "ina.new@example.com" in mail.outbox[0].body


def test_other_roles_and_a_closed_account_are_written_down_with_what_was_before_and_told(ina):
    boss = prove(signed_in(person("ada@example.com", Role.ADMIN)))
    mail.outbox.clear()
    boss.post(f"/people/{ina.user_id}/", {"role": ["support", "admin"], "active": "1"})
    boss.post(f"/people/{ina.user_id}/", {"role": ["support", "admin"], "active": "1"})
    boss.post(f"/people/{ina.user_id}/", {"role": ["support", "admin"]})
    assert [entry.detail for entry in entries("roles changed")] == ["roles from integrator to admin, support"]
    assert [entry.detail for entry in entries("account closed")] == ["the account was closed"]
    assert [one.to for one in mail.outbox] == [[ina.email]] * 2


def test_an_address_that_somebody_has_is_refused_in_words_and_what_was_typed_stays(ina):
    boss = prove(signed_in(person("ada@example.com", Role.ADMIN)))
    for wanted, words in (("ADA@example.com", "is here already"), ("nonsense", "not an e-mail address")):
        answer = boss.post(f"/people/{ina.user_id}/address/", {"email": wanted})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert f'value="{wanted}"' in answer.content.decode()

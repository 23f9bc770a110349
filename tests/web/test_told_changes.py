"""Each change of how somebody signs in is written down and told to the address they had, whoever tells the console."""

import pytest
from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.test import Client

from console.adapters import clock
from console.models import Person
from console.services import sign_in
from console.store import audit
from console.web import choosing
from console.web.sign_in_signals import TOLD
from tests.services.builders import PASSWORD, person
from tests.web.passkey import Passkey
from tests.web.people import prove, signed_in
from tests.web.test_company_sign_in import company

__all__ = ["company"]  # a fixture

pytestmark = pytest.mark.django_db
NEW = "quite another pass phrase"
UID = "ina-at-the-company"


@pytest.fixture
def ina():
    return person("ina@example.com")


@pytest.fixture
def at_company(company):
    company("good")


def entries(action):
    return [entry for entry in audit.recent() if entry.action == action]


def is_told(actor, action, words):
    """One entry by that person about themselves, and one mail to the address they had."""
    (entry,) = (one for one in entries(action) if one.detail == words)
    assert (entry.who, entry.object_id) == (actor.email, f"#{actor.user_id} {actor.email}")
    (letter,) = (one for one in mail.outbox if words in one.body)
    assert letter.to == [actor.email]
    return True


def asked_by(actor, browser, rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    request.user, request.session = Person.objects.get(pk=actor.user_id), browser.session
    request._messages = FallbackStorage(request)
    return request


def from_company(actor, browser, rf, *, process, uid=UID):
    """What allauth does when the company's answer is there."""
    request = asked_by(actor, browser, rf)
    with context.request_context(request):
        provider = get_adapter().get_provider(request, "company")
        login = SocialLogin(account=SocialAccount(provider="company", uid=uid, extra_data={}), provider=provider)
        login.state = {"process": process}
        answer = complete_login(request, login)
    request.session.save()
    return answer


def test_a_first_password_is_told():
    ina = person("ina@example.com")
    Person.objects.filter(pk=ina.user_id).update(password="!none")
    newcomer = Client()
    newcomer.post(f"/sign-in/{sign_in.new_link(ina)}/")
    newcomer.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=ina.user_id).check_password(NEW)
    assert is_told(ina, "password set", "A new password was set.")


def test_a_passkey_is_told(ina):
    assert Passkey().registered(prove(signed_in(ina))).status_code == 302
    assert is_told(ina, "authenticator added", "A passkey or security key was added.")


def test_an_authenticator_app_is_told(ina, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    browser = prove(signed_in(ina))
    browser.get("/accounts/2fa/totp/activate/")
    code = hotp_value(browser.session["mfa.totp.secret"], next(iter(yield_hotp_counters_from_time())))
    assert browser.post("/accounts/2fa/totp/activate/", {"code": format_hotp_value(code)}).status_code == 302
    assert is_told(ina, "authenticator added", "An authenticator app was added.")


def test_a_company_account_that_is_linked_and_unlinked_is_told(ina, at_company, rf):
    browser = prove(signed_in(ina))
    from_company(ina, browser, rf, process="connect")
    linked = SocialAccount.objects.get(user_id=ina.user_id, uid=UID)
    assert is_told(ina, "company account linked", "A company account was linked; it signs you in.")
    browser.post("/accounts/company/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    assert is_told(ina, "company account unlinked", "The company account was unlinked.")


@pytest.mark.parametrize("process", ["login", "connect", "redirect"])
def test_a_company_account_that_was_linked_before_is_not_told_as_linked_anew(ina, at_company, rf, process):
    """The company's answer brings what it says of that account each time: at a sign-in, at a proof."""
    SocialAccount.objects.create(user_id=ina.user_id, provider="company", uid=UID)
    from_company(ina, prove(signed_in(ina)), rf, process=process)
    assert (entries("company account linked"), mail.outbox) == ([], [])


def test_somebody_elses_company_account_is_told_to_nobody_and_is_no_choice(ina, at_company, rf):
    otto = person("otto@example.com")
    SocialAccount.objects.create(user_id=otto.user_id, provider="company", uid=UID)
    browser = Client()
    browser.post(f"/sign-in/{sign_in.new_link(ina, recovery_by='ada@example.com')}/")
    before = len(mail.outbox)
    from_company(ina, browser, rf, process="connect")
    assert (entries("company account linked"), mail.outbox[before:]) == ([], [])
    assert browser.get("/profiles/").headers["Location"] == "/welcome/"


def test_who_has_to_choose_chooses_the_company_account_that_is_linked_already(ina, at_company, rf):
    SocialAccount.objects.create(user_id=ina.user_id, provider="company", uid=UID)
    browser = Client()
    browser.post(f"/sign-in/{sign_in.new_link(ina, recovery_by='ada@example.com')}/")
    assert browser.session[choosing.MUST] == ina.user_id
    from_company(ina, browser, rf, process="connect")
    assert browser.get("/profiles/").status_code == 200


# No page of the console does these; whatever does, a command or a page of tomorrow, is told all the same.
BY_NO_PAGE = {
    account.email_added: ("address added", "The address new@example.com was added."),
    account.email_removed: ("address removed", "The address new@example.com was removed."),
    account.email_changed: ("address changed", "The address was changed to new@example.com."),
}


@pytest.mark.parametrize(("signal", "told"), BY_NO_PAGE.items(), ids=[action for action, _ in BY_NO_PAGE.values()])
def test_an_address_that_comes_or_goes_is_told(ina, rf, signal, told):
    request = asked_by(ina, signed_in(ina), rf)
    old, new = (EmailAddress(user=request.user, email=email) for email in (ina.email, "new@example.com"))
    facts = {"from_email_address": old, "to_email_address": new} if signal is account.email_changed else {}
    signal.send(sender=EmailAddress, request=request, user=request.user, **(facts or {"email_address": new}))
    action, words = told
    (entry,) = entries(action)
    assert (entry.object_id.split()[0], entry.detail, entry.address) == (f"#{ina.user_id}", words, "192.0.2.7")
    (letter,) = mail.outbox
    assert words in letter.body
    assert letter.to == (["new@example.com"] if signal is account.email_removed else [ina.email])


def test_each_sign_in_and_each_failed_one_and_each_end_is_written_down(ina):
    browser = Client()
    browser.post("/accounts/login/", {"login": ina.email, "password": "wrong horse battery"})
    browser.post("/accounts/login/", {"login": ina.email, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/logout/")
    told = [str(entry.action) for entry in reversed(audit.recent()) if entry.who == ina.email]
    assert told == ["sign-in failed", "signed in", "proved who they are again", "signed out"]


def test_no_listener_is_left_out_here():
    """Whoever adds one adds its test, here or where removals, resets, codes and the company's groups have theirs."""
    assert sorted(name for _, name in TOLD) == sorted([
        "address_added", "address_changed", "address_removed", "authenticator_added", "authenticator_removed",
        "codes_made", "company_answered", "company_linked", "company_unlinked", "groups_taken", "password_changed",
        "password_changed", "password_changed", "proved", "sign_in_failed", "signed_in", "signed_out",
    ])  # fmt: skip

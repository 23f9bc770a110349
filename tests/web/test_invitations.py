"""From an invitation to the first page: by mail or handed over, and never without a way to come back."""

import re

import pytest
from django.core import mail as sent
from django.test import Client

from console.adapters import clock
from console.core.actor import Role
from console.models import Person, SignInLink
from console.services import mail
from console.store import audit, people
from tests.services.builders import PASSWORD, person
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
NEW = "quite another pass phrase"
INVITED = {"email": "new@example.com", "role": "integrator"}


@pytest.fixture
def ada():
    return person("ada@example.com", Role.ADMIN)


@pytest.fixture
def boss(ada):
    browser = prove(signed_in(ada))
    browser.get("/people/")
    return browser


@pytest.fixture
def without_mail(settings):
    settings.EMAIL_BACKEND = mail.DUMMY


def link_in(text):
    return re.search(r"/sign-in/[\w-]+/", text)[0]


def details(action):
    return [entry.detail for entry in audit.recent() if entry.action == action]


def has_signed_in(email):
    Person.objects.filter(email=email).update(last_login="2026-11-01T00:00:00Z")


def test_where_mail_is_set_up_the_invitation_is_mailed_and_the_administrator_does_not_see_its_link(boss):
    page = boss.post("/people/", INVITED).content.decode()
    assert "/sign-in/" not in page
    assert "Sent to" in page
    (letter,) = sent.outbox
    assert letter.to == ["new@example.com"]
    assert Client().get(link_in(letter.body)).status_code == 200
    assert details("sign-in link made") == ["an invitation, mailed to the person"]


def test_without_mail_the_administrator_is_given_the_link_and_nothing_is_printed(boss, without_mail, capfd):
    page = boss.post("/people/", INVITED).content.decode()
    assert Client().get(link_in(page)).status_code == 200
    assert details("sign-in link made") == ["an invitation, shown to the administrator"]
    assert "sign-in/" not in "".join(capfd.readouterr())


def test_a_mail_that_cannot_be_sent_hands_the_link_to_the_administrator_instead(boss, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = boss.post("/people/", INVITED).content.decode()
    assert link_in(page)
    assert "a mail could not be sent: ConnectionRefusedError" in caplog.text
    assert "new@example.com" not in caplog.text


def test_nothing_is_open_before_a_way_to_sign_in_is_chosen_and_everything_after(boss):
    boss.post("/people/", INVITED)
    newcomer = Client()
    assert newcomer.post(link_in(sent.outbox[0].body)).headers["Location"] == "/"
    for path in ("/", "/profiles/", "/inspect/", "/accounts/2fa/"):
        assert newcomer.get(path).headers["Location"] == "/welcome/", path
    assert newcomer.post("/profiles/new/", {"name": "N"}).headers["Location"] == "/welcome/"
    page = newcomer.get("/welcome/").content.decode()
    assert "Choose how you sign in" in page
    assert newcomer.get("/accounts/2fa/webauthn/add/").status_code == 200
    assert newcomer.get("/accounts/password/change/", follow=True).status_code == 200
    done = newcomer.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/"
    assert newcomer.get("/inspect/").status_code == 200
    assert newcomer.get("/welcome/").headers["Location"] == "/"
    assert newcomer.get("/accounts/2fa/totp/activate/").status_code == 200, "choosing was a proof"
    assert Client().post("/accounts/login/", {"login": "new@example.com", "password": NEW}).status_code == 302


def test_who_leaves_without_choosing_is_led_to_the_choice_again_by_a_new_link(boss):
    boss.post("/people/", INVITED)
    Client().post(link_in(sent.outbox[0].body))
    new = people.find("new@example.com")
    boss.post(f"/people/{new.user_id}/link/")
    again = Client()
    again.post(link_in(sent.outbox[-1].body))
    assert again.get("/inspect/").headers["Location"] == "/welcome/"


def test_for_somebody_who_signed_in_before_the_link_goes_to_them_alone_and_ends_in_a_new_choice(boss):
    ina = person()
    has_signed_in(ina.email)
    page = boss.post(f"/people/{ina.user_id}/link/").content.decode()
    assert "/sign-in/" not in page
    assert sent.outbox[-1].to == [ina.email]
    browser = Client()
    browser.post(link_in(sent.outbox[-1].body))
    assert browser.get("/profiles/").headers["Location"] == "/welcome/"
    done = browser.post("/accounts/password/change/", {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/"
    assert Person.objects.get(pk=ina.user_id).check_password(NEW)


def test_without_mail_an_administrators_link_is_told_at_each_sign_in_for_a_month(boss, ada, without_mail, time_machine):
    ina = person()
    has_signed_in(ina.email)
    page = boss.post(f"/people/{ina.user_id}/link/").content.decode()
    assert "they are told that you made it" in page
    assert details("sign-in link made") == ["a new way to sign in, shown to the administrator"]
    told = "ada@example.com made a link that signs in as you"
    for _ in range(2):
        owner = Client()
        owner.post("/accounts/login/", {"login": ina.email, "password": PASSWORD})
        assert told in owner.get("/inspect/").content.decode()
    time_machine.move_to(clock.now() + 30 * 86_400 + 60, tick=False)
    later = Client()
    later.post("/accounts/login/", {"login": ina.email, "password": PASSWORD})
    assert told not in later.get("/inspect/").content.decode()


def test_a_link_for_somebody_else_needs_a_fresh_proof_of_the_administrator(ada):
    ina = person()
    answer = signed_in(ada).post(f"/people/{ina.user_id}/link/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not SignInLink.objects.exists()


def test_there_is_no_link_for_a_closed_account(boss, without_mail):
    ina = person()
    people.change(ina.user_id, roles=ina.roles, is_active=False)
    answer = boss.post(f"/people/{ina.user_id}/link/")
    assert answer.status_code == 403
    assert "no sign-in links for a closed account" in answer.content.decode()
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("event", ["password", "roles", "closing", "address", "another link"])
def test_a_link_ends_with_whatever_changes_who_may_come_in(boss, without_mail, event):
    boss.post("/people/", INVITED)
    new = people.find("new@example.com")
    link = link_in(boss.post(f"/people/{new.user_id}/link/").content.decode())
    assert Client().get(link).status_code == 200
    if event == "password":
        browser = prove(signed_in(_with_password(new)))
        browser.post("/accounts/password/change/", {"password1": NEW, "password2": NEW})
    if event == "roles":
        boss.post(f"/people/{new.user_id}/", {"role": "support", "active": "1"})
    if event == "closing":
        boss.post(f"/people/{new.user_id}/", {"role": "integrator"})
    if event == "address":
        boss.post(f"/people/{new.user_id}/address/", {"email": "newer@example.com"})
    if event == "another link":
        boss.post(f"/people/{new.user_id}/link/")
    assert Client().get(link).status_code == 404


def _with_password(actor):
    row = Person.objects.get(pk=actor.user_id)
    row.set_password(PASSWORD)
    row.save()
    return actor


def test_the_address_of_a_closed_account_is_not_invited_anew_but_opened_again(boss):
    ina = person()
    people.change(ina.user_id, roles=ina.roles, is_active=False)
    answer = boss.post("/people/", {"email": "INA@example.com", "role": "integrator"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The account with this address is closed. Open it again in the list instead" in page
    line = '<summary><bdi class="untrusted">ina@<wbr>example<wbr>.com</bdi>'
    assert f'<details id="person-{ina.user_id}" open>\n            {line}' in page
    boss.post(f"/people/{ina.user_id}/", {"role": "integrator", "active": "1"})
    assert people.find(ina.email) == ina
    assert details("account opened again") == ["the account was opened again"]


def test_without_mail_the_reset_page_says_who_can_help_and_prints_nothing(without_mail, capfd):
    ina = person()
    for ask in (Client().get, Client().post):
        page = ask("/accounts/password/reset/", {"email": ina.email}).content.decode()
        assert "This console sends no e-mail" in page
        assert "Ask one of its administrators" in page
    assert "reset/key" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("is_demo", [True, False])
def test_mail_to_the_terminal_counts_only_in_the_demo(settings, capfd, is_demo):
    settings.EMAIL_BACKEND, settings.CONSOLE_DEMO = mail.TERMINAL, is_demo
    assert mail.is_set_up() is is_demo
    assert mail.write("ina@example.com", "Hello", "A link") is is_demo
    assert ("A link" in capfd.readouterr().out) is is_demo


def test_the_sign_in_page_says_what_this_is(client):
    page = client.get("/accounts/login/").content.decode()
    assert "Here OAuth clients are registered" in page
    assert "Accounts are made by the console" in page


def test_who_asks_too_often_is_told_so_on_a_page_of_the_console(client):
    answers = [client.post("/accounts/password/reset/", {"email": f"a{number}@example.com"}) for number in range(21)]
    page = answers[-1].content.decode()
    assert (answers[-2].status_code, answers[-1].status_code) == (302, 429)
    assert "That was tried too often in a short time." in page
    assert 'class="topbar"' in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/accounts/inactive/", "This account is closed."),
        ("/accounts/company/cancelled/", "You cancelled the sign-in"),
        ("/accounts/password/reset/done/", "Look in your mailbox"),
        ("/accounts/password/reset/key/done/", "Sign in with the new password"),
    ],
)
def test_every_page_of_signing_in_speaks_as_the_console_does(client, path, words):
    page = client.get(path).content.decode()
    assert words in page
    assert 'class="topbar"' in page


def test_signing_in_and_out_says_nothing_that_the_page_does_not_show(client):
    person()
    client.post("/accounts/login/", {"login": "ina@example.com", "password": PASSWORD})
    assert "Successfully" not in client.get("/inspect/").content.decode()
    assert (
        "signed out" not in client.post("/accounts/logout/", follow=True).content.decode().partition("session-bar")[0]
    )

"""The pages of signing in, of passwords, passkeys and second steps speak as the rest: what is missing, what to do."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from console.adapters import clock
from console.models import Person
from tests.services.builders import person
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
NOT_OURS = re.compile(r"This field is required|Enter a valid|placeholder=")


def told(answer):
    assert answer.status_code in (200, 422), answer.status_code
    page = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert NOT_OURS.search(page) is None
    alert = re.search(r'role="alert".*?</div>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", alert[0] if alert else "").split())


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("login/", {}, ("Email : Enter the email.", "Password : Enter the password.")),
        ("password/reset/", {}, ("Email : Enter the email.",)),
        (
            "password/reset/",
            {"email": "ina@example"},
            ("This is not an e-mail address; one looks like ina@example.com.",),
        ),
    ],
)
def test_what_is_missing_before_signing_in_is_told_in_our_words(path, typed, words):
    said = told(Client().post(f"/accounts/{path}", typed))
    assert [one for one in words if one not in said] == []


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("reauthenticate/", {}, ("Password : Enter the password.",)),
        ("password/change/", {}, ("Choose a new password.", "Type the new password a second time.")),
        ("2fa/webauthn/add/", {"name": "My key"}, ("The browser sent no passkey or security key. Press the button,",)),
        ("2fa/totp/activate/", {}, ("Enter the authenticator code.",)),
    ],
)
def test_what_is_missing_later_is_told_in_our_words(path, typed, words):
    client = prove(signed_in(person("ina@example.com")))
    said = told(client.post(f"/accounts/{path}", typed))
    assert [one for one in words if one not in said] == []


def test_a_wrong_code_is_told_in_our_words():
    ina = person("ina@example.com")
    TOTP.activate(Person.objects.get(pk=ina.user_id), generate_totp_secret())
    client = prove(signed_in(ina))
    assert "This code is not right, or it was used already." in told(
        client.post("/accounts/2fa/reauthenticate/", {"code": "123456"})
    )


CODES = "your recovery codes stop working"
ALONE, ONLY = "your password alone lets you in", "It is your only way to sign in: choose another on the page that comes"
REMOVALS = {
    "the last, beside a password": (True, 1, False, {CODES, ALONE}),
    "one of two": (True, 2, False, set()),
    "the last, beside an app": (True, 1, True, set()),
    "the last way in": (False, 1, False, {CODES, ONLY}),
    "the last way in, beside an app": (False, 1, True, {ONLY}),
    "one of two ways in": (False, 2, False, set()),
}


@pytest.mark.parametrize("name", REMOVALS)
def test_before_a_key_is_removed_its_page_says_what_goes_with_it(name):
    has_password, keys, has_app, words = REMOVALS[name]
    ina = person("ina@example.com")
    row = Person.objects.get(pk=ina.user_id)
    if not has_password:
        row.set_unusable_password()
        row.save()
    client = signed_in(ina)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "reauthenticated": True, "at": clock.now()}
    ]  # proven just now
    session["account_authentication_methods_user"] = str(row.pk)
    session.save()
    for _ in range(keys):
        key = Authenticator.objects.create(
            user=row, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
        )
    RecoveryCodes.activate(row)
    if has_app:
        TOTP.activate(row, generate_totp_secret())
    answer = client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {one for one in (CODES, ALONE, ONLY) if one in page} == words


@pytest.mark.parametrize("path", ["login/", "2fa/webauthn/add/"])
def test_where_a_passkey_is_asked_for_the_page_says_beside_it_that_it_needs_scripts(path):
    client = Client() if path == "login/" else prove(signed_in(person("ina@example.com")))
    page = client.get(f"/accounts/{path}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert page.count("<noscript>") == main.count("<noscript>") == 1


@pytest.mark.parametrize("path", ["password/reset/", "password/reset/done/"])
def test_who_forgot_the_password_finds_back(path):
    page = Client().get(f"/accounts/{path}").content.decode()
    assert '<a href="/accounts/login/">Back to signing in</a>' in page


def test_what_is_begun_with_an_account_can_be_left():
    client = prove(signed_in(person("ina@example.com")))
    for path in ("password/change/", "2fa/webauthn/add/", "2fa/totp/activate/"):
        assert re.search(r'<a class="button" href="[^"]+">Cancel</a>', client.get(f"/accounts/{path}").content.decode())

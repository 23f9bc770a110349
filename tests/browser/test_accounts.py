"""A newcomer arrives, a thief with a session gets nowhere, and what was typed outlives the session: in a browser."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from console.core.actor import Role
from console.models import Profile
from console.services import sign_in
from console.store import people
from tests.browser.conftest import PASSWORD, shoot
from tests.browser.steps import press_scripted
from tests.services.builders import person
from tests.store.builders import NOW

CLIENT = "0a000000-0000-4000-8000-000000000001"
NEW = "quite another pass phrase"


@pytest.fixture
def newcomer(site, transactional_db):
    """Somebody invited: an account without any way to sign in, and the path of the link."""
    actor = people.create_person("new@example.com", display_name="", roles=[Role.INTEGRATOR], password=None, now=NOW)
    return f"/sign-in/{sign_in.new_link(actor)}/"


def with_authenticator(page):
    """The browser gets a passkey of its own, as a phone would be."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def confirm(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/accounts/login" in url)


def test_an_invitation_ends_in_a_passkey_that_signs_in_and_proves_who_is_here(open_page, newcomer):
    page = open_page()
    with_authenticator(page)
    page.goto(newcomer)
    page.locator("#sign-in").click()
    page.wait_for_url("**/welcome/")
    shoot(page, "choose-way-in")
    page.locator("#choose-passkey").click()
    shoot(page, "passkey-new")
    press_scripted(page, "#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    shoot(page, "recovery-codes")
    page.locator("#go-on").click()
    expect(page.locator(".topbar nav")).to_be_visible()
    sign_out(page)
    shoot(page, "sign-in")
    press_scripted(page, "#passkey_login")
    expect(page.locator(".topbar nav")).to_be_visible()
    page.goto("/accounts/password/change/")
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    shoot(page, "confirm-by-passkey")
    press_scripted(page, "#mfa_webauthn_reauthenticate")
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()


def test_enter_in_the_name_of_a_passkey_makes_it_by_the_keyboard_alone(open_page, site, transactional_db):
    page = open_page(person("kim@example.com").email, at="/accounts/2fa/webauthn/add/")
    with_authenticator(page)
    confirm(page)
    page.wait_for_load_state()
    page.get_by_label("Name, to tell it from others").fill("Laptop")
    page.get_by_label("Name, to tell it from others").press("Enter")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator(".table")).to_contain_text("Laptop")


def test_a_passkey_that_the_browser_refuses_is_told_with_the_reason_and_what_to_do(open_page, look, transactional_db):
    page = open_page(person("kim@example.com").email, at="/accounts/2fa/webauthn/add/")
    confirm(page)
    page.wait_for_load_state()
    for name, why in (
        ("NotAllowedError", "It was cancelled, or nothing was chosen in time."),
        ("InvalidStateError", "This device or key is registered here already."),
        ("OddError", "The browser stopped it."),
    ):
        page.evaluate("name => { navigator.credentials.create = () => Promise.reject({name}) }", name)
        page.locator("#mfa_webauthn_add").click()
        expect(page.locator("#problem")).to_contain_text("The passkey or security key was not added.")
        expect(page.locator("#problem")).to_contain_text(f"{why} It calls that {name}.")
        expect(page.locator("#problem")).to_contain_text("Nothing was changed.")
    told, heading = (page.locator(one).bounding_box() for one in ("#problem [role=alert]", "h1"))
    assert told["x"] == heading["x"], "what went wrong stands in the column of its page"
    look(page, "passkey-refused")
    page = open_page(at="/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject({name: 'NotAllowedError'}) }")
    press_scripted(page, "#passkey_login")
    expect(page.locator("#problem")).to_contain_text("or this device has none for this console")
    expect(page.locator("#problem")).to_contain_text("sign in with your password and one of your recovery codes.")
    look(page, "passkey-login-refused")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject({name: 'SecurityError'}) }")
    press_scripted(page, "#passkey_login")
    expect(page.locator("#problem")).to_contain_text("Open the console at its own address")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
def test_an_invitation_ends_in_a_password(open_page, newcomer, has_scripts):
    page = open_page(java_script_enabled=has_scripts)
    page.goto(newcomer)
    page.locator("#sign-in").click()
    page.wait_for_url("**/welcome/")
    page.goto("/inspect/")
    page.wait_for_url("**/welcome/")
    page.locator("#choose-password").click()
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password, again").fill(NEW)
    shoot(page, "choose-password")
    page.locator("#set-password").click()
    expect(page.locator(".topbar nav")).to_be_visible()


def test_a_thief_with_the_session_ends_at_the_proof(open_page, site, transactional_db):
    person()
    owner = open_page("ina@example.com")
    thief = open_page()
    thief.context.add_cookies(owner.context.cookies())
    thief.goto("/accounts/email/")
    expect(thief.get_by_role("heading", name="There is no page at this address.")).to_be_visible()
    for path in ("/accounts/password/change/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"):
        thief.goto(path)
        expect(thief.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    shoot(thief, "confirm-that-it-is-you")
    confirm(thief)
    expect(thief.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    assert mail.outbox == []


def fill_profile(page):
    page.goto("/profiles/new/")
    page.get_by_label("Name", exact=True).fill("Typed at lunch")
    page.get_by_label("Client ID").fill(CLIENT)
    page.locator("#id_tenant").fill("contoso.example")
    page.locator("#id_scope").fill("api://orders/.default")


def test_without_scripts_a_form_outlives_its_session(open_page, site, transactional_db):
    person()
    page = open_page("ina@example.com", java_script_enabled=False)
    fill_profile(page)
    page.context.clear_cookies(name="sessionid")
    page.locator("#save").click()
    expect(page.get_by_role("heading", name="what you typed is still here")).to_be_visible()
    shoot(page, "held-form")
    with page.context.expect_page() as opened:
        page.locator("#way").click()
    tab = opened.value
    tab.get_by_label("Email").fill("ina@example.com")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.locator("#sign-in").click()
    expect(tab.get_by_role("heading", name="go back to the other tab")).to_be_visible()
    page.locator("#go-on").click()
    expect(page.get_by_role("heading", name="Send it now?")).to_be_visible()
    shoot(page, "held-form-again")
    page.locator("#go-on").click()
    page.wait_for_url(re.compile(r"/profiles/[0-9a-f-]{36}/"))
    assert Profile.objects.get().name == "Typed at lunch"


def test_with_scripts_the_page_stays_and_the_form_is_sent_again(open_page, site, transactional_db):
    person()
    page = open_page("ina@example.com", at="/inspect/")
    text = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ."
    page.locator("#id_text").fill(text)
    page.context.clear_cookies(name="sessionid")
    page.locator(
        "form[hx-post='/inspect/'] button[type=submit], form[action='/inspect/'] button[type=submit]"
    ).first.click()
    expect(page.get_by_role("heading", name="You were signed out; your text is still here")).to_be_visible()
    assert page.locator("#id_text").input_value() == text
    shoot(page, "signed-out-bar")
    with page.context.expect_page() as opened:
        page.locator("#sign-in-again").click()
    tab = opened.value
    tab.get_by_label("Email").fill("ina@example.com")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.locator("#sign-in").click()
    expect(tab.get_by_role("heading", name="go back to the other tab")).to_be_visible()
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#session-bar")).to_contain_text("You are signed in again as ina@example.com")
    shoot(page, "signed-in-again-bar")
    page.locator("#send-again").click()
    expect(page.locator("#result")).to_contain_text("canary")


def test_before_the_end_a_bar_offers_to_stay(open_page, site, transactional_db, settings, time_machine_now):
    person()
    page = open_page("ina@example.com", is_own=True)
    page.clock.install()
    page.goto("/inspect/")
    time_machine_now.shift(settings.CONSOLE_IDLE_TIMEOUT_S - 100)
    page.clock.fast_forward((settings.CONSOLE_IDLE_TIMEOUT_S - 100) * 1000)
    expect(page.locator("#session-bar")).to_contain_text("You will be signed out in")
    shoot(page, "session-ends-soon")
    page.locator("#stay-signed-in").click()
    expect(page.locator("#session-bar")).to_be_hidden()

"""People who connect, by their own browser, by a link without an account, on another device; and who is let use it."""

from dataclasses import replace

from playwright.sync_api import expect

from console.core.access import SharedWith
from console.services import connections, profiles, sharing
from tests.browser.steps import press, profile_of, send
from tests.services.builders import person
from tests.services.test_grants_in_sandbox import profile_at, registered, with_registered_key

SAMPLE = "Sample: orders with a secret"


def with_grant(actor, grant, scope):
    """The sample profile, whose client signs people in from now on."""
    profile = profile_of(actor, SAMPLE)
    draft = profiles.draft_of(profile)
    profiles.update(actor, profile.id, replace(draft, grant=grant, scope=scope), expected_version=profile.version)
    return profiles.open_profile(actor, "manage", profile.id)


def delegated_scope(actor):
    """The scope of a person at the sample's API, with an ID token and a refresh token."""
    profile = profile_of(actor, SAMPLE)
    api = profile.scope.removesuffix("/.default")
    return f"{api}/access_as_user openid profile offline_access"


def sign_in_at_sandbox(page, index=0):
    """Chooses somebody and consents, as the sandbox's pages ask for it."""
    page.locator("button[name=person]").nth(index).click()
    page.locator("button[name=consent][value=allow]").click()
    page.wait_for_url("**/authorize/*/")


def test_a_person_without_an_account_connects_by_a_link_and_another_calls_with_it(open_page, look, integrator):
    profile = with_grant(integrator, "authorization_code", delegated_scope(integrator))
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    look(page, "profile-wants-a-person")
    page.locator("#new-connection").click()
    page.get_by_label("Name", exact=True).fill("The orders of Ola")
    look(page, "connection-new")
    press(page, "#make-connection")
    look(page, "connection-not-connected")
    page.get_by_label("Meant for").fill("Ola")
    press(page, "#make-link")
    link = page.locator("#login-link").inner_text()
    look(page, "connection-link-shown")
    guest = open_page()
    guest.goto(link)
    look(guest, "login-link")
    press(guest, "#begin")
    look(guest, "authorization-before")
    guest.locator("#go").click()
    sign_in_at_sandbox(guest)
    look(guest, "authorization-confirm")
    press(guest, "#confirm")
    expect(guest.get_by_text("You can close this page")).to_have_count(1)
    expect(guest.locator("nav[aria-label=Main]")).to_have_count(0)
    look(guest, "authorization-done-guest")
    guest.goto(link)
    guest.get_by_text("This link does not work any more.").wait_for()
    connection_id = page.url.split("/connections/")[1].split("/")[0]
    page.goto(f"/connections/{connection_id}/")
    page.get_by_text("Connected as").wait_for()
    look(page, "connection-connected")
    other = person("otto@example.com")
    sharing.give(integrator, "connection", connection_id, SharedWith(other.user_id), right="use")
    theirs = open_page(other.email, at=f"/connections/{connection_id}/")
    for absent in ("#authorize", "#make-link", "#disconnect", "#edit-connection", "#reveal-token"):
        assert theirs.locator(absent).count() == 0, absent
    look(theirs, "connection-used-by-another")
    theirs.locator("#use-connection").click()
    send(theirs, "/orders")
    theirs.locator("#answer .diagnosis.pass").wait_for()
    for absent in ("#reveal-token", "#edit-profile", "#duplicate-profile", "#save-secret"):
        assert theirs.locator(absent).count() == 0, absent
    look(theirs, "profile-through-a-connection")
    theirs.goto(f"/connections/{connection_id}/")
    look(theirs, "connection-after-a-call")


def test_one_signs_in_oneself_is_refused_and_tries_again(open_page, look, integrator):
    profile = with_grant(integrator, "authorization_code", delegated_scope(integrator))
    made = connections.make(integrator, profile.id, "Mine")
    page = open_page(integrator.email, at=f"/connections/{made.id}/")
    press(page, "#authorize")
    page.locator("#go").click()
    page.locator("button[name=cancel]").click()
    page.wait_for_url("**/authorize/*/")
    page.get_by_text("The sign-in was cancelled, or the consent was denied.").wait_for()
    assert "code=" not in page.url and "state=" not in page.url
    look(page, "authorization-denied")
    press(page, "#again")
    page.locator("#go").click()
    sign_in_at_sandbox(page)
    press(page, "#confirm")
    page.locator("#open-connection").click()
    page.get_by_text("Connected as").wait_for()
    page.goto("/back/?state=x&code=y")
    look(page, "back-problem")


def test_a_code_is_typed_on_another_device(open_page, look, integrator):
    profile = with_grant(integrator, "device_code", delegated_scope(integrator))
    made = connections.make(integrator, profile.id, "By device")
    page = open_page(integrator.email, at=f"/connections/{made.id}/")
    press(page, "#authorize")
    code = page.locator("#user-code").inner_text()
    look(page, "authorization-device")
    page.reload()
    assert page.locator("#user-code").inner_text() == code
    device = open_page()
    device.goto(page.locator("#waiting a").first.get_attribute("href"))
    device.locator("input[name=user_code]").fill(code)
    device.locator("button[name=enter]").click()
    device.locator("button[name=person]").first.click()
    device.locator("button[name=consent][value=allow]").click()
    page.get_by_text("Is this the right account?").wait_for()
    press(page, "#confirm")
    page.get_by_text("The connection is made").wait_for()


def test_a_citizen_connects_through_idporten_and_is_known_again(open_page, look, integrator):
    client = next(one for one in registered(integrator).idporten if one.method == "private_key_jwt")
    made = profile_at(integrator, "idporten", "authorization_code", client.id, scope="openid profile", par="yes")
    profile = with_registered_key(integrator, made, "idporten")
    connection = connections.make(integrator, profile.id, "A citizen")
    page = open_page(integrator.email, at=f"/connections/{connection.id}/")
    press(page, "#authorize")
    look(page, "authorization-before-idporten")
    page.locator("#go").click()
    page.locator("button").first.click()
    page.locator("#confirm").wait_for()
    look(page, "authorization-confirm-idporten")
    press(page, "#confirm")
    page.locator("#open-connection").click()
    page.get_by_text("Connected as").wait_for()
    assert "*****" in page.locator("main").inner_text()

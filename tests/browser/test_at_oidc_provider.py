"""A person signs in at npm `oidc-provider`, on its own pages, in a real browser: code, PKCE and a pushed request."""

import re

import pytest
from playwright.sync_api import expect

from console.core.credential import Secret
from console.services import connections, profiles, tokens, wiring
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import press
from tests.peers import JWT_API
from tests.services.at_peers import FOR_A_PERSON, opened_to, profile_at, redirect_uri


@pytest.fixture
def peer(oidc_provider, site, settings):
    opened_to(oidc_provider, settings)
    yield oidc_provider
    wiring.egress_policy.cache_clear()


@pytest.fixture
def connection(integrator, peer, settings):
    """A connection whose client must push its requests."""
    client = peer.register(
        "client_secret_basic", redirect_uris=[redirect_uri(settings)], require_pushed_authorization_requests=True
    )
    profile = profile_at(
        integrator, peer, client.id, grant="authorization_code", requires_pushed_requests="yes", names_itself="yes",
        **FOR_A_PERSON,
    )  # fmt: skip
    profiles.replace_secret(integrator, profile.id, Secret(client.secret))
    return connections.make(integrator, profile.id, "Mira's orders")


def browser_at(open_page, email, peer, **options):
    """The browser believes the server's authority; its pages load a font from far away, which nobody needs."""
    page = open_page(email, ignore_https_errors=True, **options)
    page.route("**://fonts.googleapis.com/**", lambda route: route.fulfill(content_type="text/css", body=""))
    return page


def sign_in_on_its_pages(page, login="mira"):
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def test_a_person_signs_in_on_the_servers_own_pages(open_page, integrator, peer, connection):
    page = browser_at(open_page, integrator.email, peer)
    page.goto(f"/connections/{connection.id}/")
    press(page, "#authorize")
    page.locator("#go").click()
    sign_in_on_its_pages(page)
    page.locator("#confirm").wait_for()
    assert "code=" not in page.url
    assert "mira" in page.locator("#who-title").inner_text()
    press(page, "#confirm")
    page.locator("#open-connection").wait_for()
    found = tokens.obtain(integrator, connection.profile_id, connection_id=connection.id)
    assert (found.token.claims["sub"], found.token.claims["aud"]) == ("mira", JWT_API)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_sign_in_can_be_stopped_at_every_step(open_page, integrator, peer, connection, scripts):
    page = browser_at(open_page, integrator.email, peer, java_script_enabled=scripts)
    wrong = []

    def looked(name):
        shoot(page, f"guided-{name}")
        wrong.extend(axe(page) if scripts else [])

    page.goto(f"/connections/{connection.id}/")
    page.locator("#connection-steps").click()
    page.locator("#send-step").wait_for()
    assert "The console pushes the request" in page.locator("#flow-1").inner_text()
    assert page.locator("#flow-1 .chips").inner_text() == "next"
    looked("1-before")
    page.locator("#send-step").click()
    page.locator("#go").wait_for()
    assert "the person’s turn" in page.locator("#flow-4 .chips").inner_text()
    looked("2-link")
    page.locator("#go").click()
    sign_in_on_its_pages(page)
    page.locator("#exchange").wait_for()
    assert "***" in page.locator(".wire").first.inner_text()
    assert re.search(r"code_verifier", page.locator("#flow-7").inner_text())
    page.reload()
    expect(page.locator("#exchange"), "a reload sends nothing").to_be_visible()
    looked("3-back")
    page.locator("#exchange").click()
    page.locator("#confirm").wait_for()
    looked("4-confirm")
    page.locator("#confirm").click()
    page.locator("#open-connection").wait_for()
    assert wrong == []


def test_a_person_who_goes_back_is_told_what_became_of_it(open_page, integrator, peer, connection):
    page = browser_at(open_page, integrator.email, peer)
    page.goto(f"/connections/{connection.id}/steps/")
    page.locator("#send-step").click()
    page.locator("#go").click()
    page.get_by_role("link", name=re.compile("cancel", re.IGNORECASE)).click()
    page.locator("#exchange").wait_for()
    assert "access_denied" in page.locator("#flow-6").inner_text()
    page.locator("#exchange").click()
    assert "cancelled" in page.locator(".verdict").inner_text()


def test_a_device_code_is_walked_step_by_step_and_asked_for_by_the_button_alone(
    open_page, integrator, peer, time_machine_now
):
    client = peer.register("client_secret_basic")
    profile = profile_at(integrator, peer, client.id, grant="device_code", scope="openid offline_access")
    profiles.replace_secret(integrator, profile.id, Secret(client.secret))
    connection = connections.make(integrator, profile.id, "Mira's phone")
    page = browser_at(open_page, integrator.email, peer)
    page.goto(f"/connections/{connection.id}/steps/")
    assert "asks for two codes" in page.locator("#flow-1").inner_text()
    page.locator("#send-step").click()
    page.locator("#user-code").wait_for()
    assert page.locator("#waiting").get_attribute("hx-trigger") is None
    assert "the person’s turn" in page.locator("#flow-4 .chips").inner_text()
    shoot(page, "guided-device")
    assert axe(page) == []

    elsewhere = browser_at(open_page, None, peer)
    elsewhere.goto(page.get_by_role("link", name="the same with the code in it").get_attribute("href"))
    elsewhere.get_by_role("button", name="Continue").click()
    sign_in_on_its_pages(elsewhere)
    elsewhere.get_by_text("Sign-in Success").wait_for()
    time_machine_now.shift(6)  # the provider wants to be asked every five seconds
    page.locator("#check-again").click()
    page.locator("#confirm").wait_for()

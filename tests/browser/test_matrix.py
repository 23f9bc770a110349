"""The auth matrix in a browser: a gateway that misbehaves is found out, across a reload; stopped; without scripts."""

import pytest
from playwright.sync_api import expect

from console.models import Profile
from console.services import sandbox
from tests.browser.steps import open_first

NAME = "Sample: orders with a secret"
GOOD = "The gateway refused all 14 that it must refuse and let in all 3 that it must let in."


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A page asks for the next variant at once."""
    monkeypatch.setattr("console.web.present.matrix.SOON", "20ms")


def to_matrix(page):
    open_first(page, NAME)
    page.locator("#more").click()
    page.locator("#matrix-of-profile").click()
    page.locator("#start-matrix").wait_for()


def test_a_gateway_that_asks_for_no_key_is_found_out_and_its_attempt_shows_how(open_page, look, integrator):
    page = open_page(integrator.email)
    to_matrix(page)
    look(page, "matrix-before")
    page.locator("#start-matrix").click()
    page.locator("#progress").wait_for()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(GOOD, timeout=20_000)
    expect(page.locator("#announce")).to_have_text(GOOD)
    expect(page.locator("#matrix tbody tr[id^=variant]")).to_have_count(17)
    look(page, "matrix-good")
    sandbox.set_fault(integrator, "key-not-asked")
    page.locator("#choose-variants summary").click()
    page.locator("#try-wrong-key").uncheck()
    page.locator("#try-without-token").focus()
    page.keyboard.press("Enter")
    answer = "The gateway let in 1 of 13 that it must refuse: without subscription key."
    expect(page.get_by_role("heading", level=1)).to_have_text(answer, timeout=20_000)
    first = page.locator("#matrix tbody tr").first
    expect(first).to_contain_text("before: refused (401)")
    expect(first).to_contain_text("not as expected")
    expect(page.locator("#matrix")).to_contain_text("1 row changed since the run before.")
    look(page, "matrix-found-out")
    first.get_by_role("link", name="Open the attempt").click()
    page.locator("#hand-over").wait_for()
    page.goto(page.url.partition("/calls/")[0] + f"/apis/{Profile.objects.get(name=NAME).api_id}/")
    expect(page.locator("main")).to_contain_text(answer)
    look(page, "matrix-api")


def test_without_scripts_one_button_goes_to_the_end_and_another_stops(open_page, look, integrator):
    page = open_page(integrator.email, java_script_enabled=False)
    to_matrix(page)
    page.locator("#start-matrix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(GOOD)


def test_it_is_stopped_while_it_goes_on(open_page, look, integrator):
    page = open_page(integrator.email)
    to_matrix(page)
    page.locator("#start-matrix").click()
    page.locator("#stop-matrix").click()
    expect(page.locator("#matrix")).to_contain_text("It was stopped")
    look(page, "matrix-stopped")

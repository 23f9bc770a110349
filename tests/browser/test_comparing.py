"""Two attempts are chosen by keyboard and compared; one is pinned and fills the form again. Without scripts too."""

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, sandbox, tokens
from tests.browser.steps import profile_of


@pytest.mark.parametrize("scripts", [True, False])
def test_two_attempts_are_compared_one_is_pinned_and_fills_the_form(open_page, look, integrator, scripts):
    profile = profile_of(integrator, "Sample: orders with a secret")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    sandbox.set_fault(integrator, "missing-role")
    tokens.obtain(integrator, profile.id, wants_fresh=True)
    sent = ApiCall("GET", "/orders", query="top=2", headers=(("X-Api-Key", "sesame-sesame"), ("X-Shop", "7")))
    bad = calls.send(integrator, profile.id, sent).attempt_id
    page = open_page(integrator.email, java_script_enabled=scripts)
    look = look if scripts else lambda page, name: None
    page.goto("/calls/")
    for number in (0, 2):
        page.locator("[name=attempt]").nth(number).focus()
        page.keyboard.press("Space")
    page.locator("#compare-attempts").focus()
    page.keyboard.press("Enter")
    page.locator("#token-title").wait_for()
    assert page.locator("h1").inner_text().startswith("401 instead of 200: roles is missing")
    look(page, "compared-attempts")
    page.goto(f"/inspect/compare/?attempt={bad}")
    page.locator("#token-folded").click()
    page.locator("#attempt-2").click()
    page.locator("#more").click()
    page.locator("#pin-attempt").click()
    page.locator("#more").click()
    assert page.locator("#pin-attempt").inner_text() == "Unpin"
    look(page, "pinned-attempt")
    page.locator("#replay").click()
    assert "X-Api-Key was hidden" in page.locator("#replayed").inner_text()
    look(page, "replayed")
    page.goto("/calls/")
    page.locator("#show-pinned").click()
    expect(page.locator("[name=attempt]")).to_have_count(1)

"""A call is copied from its form and from its page: by keyboard, with scripts and without, and looked at."""

import pytest

from console.core.call import ApiCall
from console.services import calls
from tests.browser.steps import profile_of, prove

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
SAMPLE = "Sample: orders with a secret"


@SCRIPTS
def test_a_call_that_was_not_sent_is_copied_beside_its_form(open_page, look, integrator, has_scripts):
    page = open_page(
        integrator.email, at=f"/profiles/{profile_of(integrator, SAMPLE).id}/", java_script_enabled=has_scripts
    )
    page.get_by_label("Path").fill("/orders")
    page.locator("#copy-as summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Copy as", exact=True).select_option("python")
    page.get_by_label("Token from").select_option("secret")
    page.locator("#copy-call").focus()
    page.keyboard.press("Enter")
    text = page.locator("#snippet-text")
    text.wait_for()
    assert "msal.ConfidentialClientApplication" in text.input_value()
    assert "/orders" in text.input_value()
    assert page.locator("#snippet-hidden").inner_text().endswith("no token, key or secret stands in the text.")
    assert page.get_by_label("Path").input_value() == "/orders"
    assert calls.last_attempts(_opened(integrator)).call is None
    if has_scripts:
        look(page, "snippet-form")
    if not has_scripts:
        page.get_by_label("Copy as", exact=True).select_option("curl-bash")
        page.locator("#show-snippet").click()
        assert page.locator("#snippet-text").input_value().count("curl") == 2
        page.locator("#send-call").click()
        assert "200" in page.locator("#answer").inner_text()


def test_enter_in_the_form_still_sends(open_page, integrator):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, SAMPLE).id}/")
    page.get_by_label("Path").fill("/orders")
    page.get_by_label("Path").press("Enter")
    page.locator("#answer", has_text="200").wait_for()


@SCRIPTS
def test_a_past_call_is_copied_from_its_page(open_page, look, integrator, has_scripts):
    sent = calls.send(integrator, profile_of(integrator, SAMPLE).id, ApiCall("GET", "/orders"))
    page = open_page(integrator.email, at=f"/calls/{sent.attempt_id}/", java_script_enabled=has_scripts)
    page.locator("#copy-as summary").click()
    if has_scripts:
        look(page, "snippet-fold")
    page.get_by_label("Copy as", exact=True).select_option("har")
    page.locator("#copy-call").click()
    page.wait_for_url("**/copy/**")
    assert '"status": 200' in page.locator("#snippet-text").input_value()
    page.get_by_label("Copy as", exact=True).select_option("curl-cmd")
    page.get_by_label("Token from").select_option("secret")
    page.locator("#show-snippet").click()
    page.locator("#snippet-problem", has_text="Command Prompt").wait_for()
    page.get_by_label("Token from").select_option("placeholder")
    page.locator("#show-snippet").click()
    page.locator("#snippet-text").wait_for()
    assert "token" not in page.url.partition("token_from")[0]
    if has_scripts:
        look(page, "snippet-page")
    _put_the_token_in(page)
    if has_scripts:
        look(page, "snippet-shown")


def _put_the_token_in(page):
    """Asked who it is first; by keyboard."""
    page.locator("#show-access-token").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    prove(page)
    page.locator("#show-access-token").click()
    page.locator("#snippet-hidden", has_text="The text holds the stored token").wait_for()
    assert "Bearer eyJ" in page.locator("#snippet-text").input_value()


def _opened(actor):
    from console.services import opening

    return opening.of_profile(actor, "view", profile_of(actor, SAMPLE).id)

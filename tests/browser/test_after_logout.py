"""What a browser still has after somebody signed out: nothing."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.bad_input.registry import covers
from tests.browser.steps import get_token
from tests.services.builders import PASSWORD


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
@covers("E-X05")
def test_back_after_signing_out_shows_neither_token_nor_page(open_page, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    page.get_by_role("link", name="Sample: orders with a secret").click()
    get_token(page)
    page.locator("#token summary").first.click()
    page.locator("#reveal-token").click()
    page.get_by_label("Password").fill(PASSWORD)  # the proof; then back to the button
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/profiles/*/#reveal-token")
    page.locator("#reveal-token").click()
    shown_signature = page.locator("#encoded .part-signature").first
    expect(shown_signature).not_to_have_text("•••")
    signature = shown_signature.inner_text()
    assert len(signature) > 300
    address = page.url
    page.goto("/cases/")
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/accounts/login" in url)
    for go in (*[page.go_back] * 5, *[page.go_forward] * 3, lambda: page.goto(address)):
        with suppress(Error):  # Chromium shows an error of its own where the page was an answer to a form
            go()
        expect(page.locator("body")).not_to_contain_text("Sample: orders")
        shown = page.locator("html").inner_html()
        assert signature not in shown
    if has_scripts:
        kept = page.evaluate("Object.keys({...sessionStorage, ...localStorage})")
        assert set(kept) <= {"htmx-current-path-for-history"}

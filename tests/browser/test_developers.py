"""An API owner imports a document, takes over what was read, and hands on the page for developers."""

from playwright.sync_api import expect

from console.core.api import Api, Expectation
from console.services import apis
from tests.services.test_api_filling import DOCUMENT, POLICY


def test_an_api_fills_itself_and_has_a_page_for_who_calls_it(open_page, look, integrator):
    api = apis.create(
        integrator, Api("", 0, "Orders", "https://api.example/orders", policy=POLICY, expectation=Expectation())
    )
    page = open_page(integrator.email, at="/apis/")
    page.locator("#new-from-document").click()
    look(page, "api-from-document")
    page.goto(f"/apis/{api.id}/operations/")
    page.locator("#id_text").fill(DOCUMENT)
    page.locator("#import-document").click()
    page.locator("#fill-api").click()
    expect(page.locator("#take-base_url")).not_to_be_checked()
    look(page, "api-filling")
    page.locator("#take-expectation").focus()
    page.keyboard.press("Enter")
    page.locator("#expectation-title").wait_for()
    assert "api://of-the-policy" in page.locator("main").inner_text()
    page.locator("#developers").click()
    assert page.locator("h1").inner_text() == "How to call Orders"
    look(page, "developers")
    page.locator("#make-profile").click()
    assert page.locator("#id_scope").input_value() == "Orders.Read"

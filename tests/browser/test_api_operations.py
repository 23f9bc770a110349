"""An OpenAPI document in a browser: imported, an operation found and chosen, sent; with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from console.core.actor import Role
from console.services import api_operations
from tests.browser.steps import open_first, profile_of
from tests.services.builders import person

NAME = "Sample: orders with a secret"
ORDERS = Path(__file__).parents[1] / "vectors" / "openapi" / "orders-3.1.yaml"


def test_a_document_is_imported_and_looked_at(open_page, look, integrator):
    api_id = profile_of(integrator, NAME).api_id
    page = open_page(person("boss@example.com", Role.ADMIN).email, at=f"/apis/{api_id}/")
    page.locator("#operations").click()
    look(page, "operations-none")
    page.locator("#id_document").set_input_files(ORDERS)
    page.locator("#import-document").click()
    expect(page.get_by_role("heading", name="Mistakes in it")).to_be_visible()
    look(page, "operations-imported")
    page.locator("#id_text").fill("openapi: 3.0.0\npaths: none\n")
    page.locator("#import-document").click()
    expect(page.get_by_role("heading", name="No operation could be read")).to_be_visible()
    look(page, "operations-unread")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_operation_is_found_and_fills_the_call_which_is_sent(open_page, look, integrator, scripts):
    api_id = profile_of(integrator, NAME).api_id
    api_operations.import_text(person("boss@example.com", Role.ADMIN), api_id, ORDERS.read_text("utf-8"))
    page = open_page(integrator.email, java_script_enabled=scripts)
    if scripts:
        open_first(page, NAME)
    else:
        page.goto(f"/profiles/{profile_of(integrator, NAME).id}/")
    page.locator("#find-operations").click()
    page.locator("#q").fill("make")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="/orders", exact=True).click()
    expect(page.locator("#id_method")).to_have_value("POST")
    expect(page.locator("#id_path")).to_have_value("/orders")
    expect(page.locator("#operation-needs")).to_contain_text("needs the scopes Orders.Write and Orders.Read")
    if scripts:
        look(page, "operation-chosen")
    page.locator("#send-call").click()
    expect(page.locator("#operation-needs")).to_contain_text("your token has")
    page.locator("#operation").focus()
    page.locator("#operation").select_option("GET /orders/{id}")
    if not scripts:
        page.locator("#take").click()
    expect(page.locator("#id_path")).to_have_value("/orders/{id}")
    expect(page.locator("#operation-needs")).not_to_be_visible()
    if scripts:
        expect(page.locator("#operation")).to_be_focused()
    if scripts:
        page.locator("#headers-fold > summary").click()
        page.get_by_label("Header 1 name").fill("X-Mine")
        page.locator("#operation").select_option("DELETE /orders/{id}")
        expect(page.locator("#id_method")).to_have_value("DELETE")
        expect(page.get_by_label("Header 1 name")).to_have_value("X-Mine")
        page.locator("#operation").select_option("GET /orders/{id}")
        expect(page.locator("#id_method")).to_have_value("GET")
        page.get_by_label("Header 1 name").fill("")
    page.get_by_label("id path").fill("B/7 ö")
    if scripts:
        expect(page.locator("#id_path")).to_have_value("/orders/B%2F7%20%C3%B6")
        expect(page.locator("#live-url")).to_contain_text("/orders/B%2F7%20%C3%B6")
        expect(page.locator("#operation")).to_have_value("GET /orders/{id}")
        look(page, "operation-fields")
    page.locator("#send-call").click()
    expect(page.locator("#answer")).to_contain_text("/orders/B%2F7%20%C3%B6")
    expect(page.get_by_label("id path")).to_have_value("B/7 ö")

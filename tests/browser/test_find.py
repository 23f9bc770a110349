"""Find anything: by the keyboard alone, over any page, and without scripts; nothing of it gets into an address."""

import re

from playwright.sync_api import expect

from console.services import profiles
from tests.services.test_profiles import draft

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly94In0.c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro"


# Closed, opened again and typed into before the browser tells that it was closed; then it tells.
AGAIN = """() => new Promise((told) => {
  const dialog = document.getElementById("palette");
  dialog.addEventListener("close", told, { once: true });
  dialog.close();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
  document.getElementById("palette-text").value = "orders";
})"""


def test_what_is_typed_into_a_palette_that_was_just_closed_stays(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/")
    page.keyboard.press("Control+k")
    page.keyboard.type("pasted")
    page.evaluate(AGAIN)
    expect(page.locator("#palette-text")).to_have_value("orders")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-text")).to_have_value("")


def test_a_profile_is_found_and_opened_by_the_keyboard_alone(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/")
    page.locator("#new-profile").focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#new-profile")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("orders")
    links = page.locator("#things a")
    expect(links.first).to_contain_text("Sample: orders")
    expect(page.locator("#palette-said")).to_have_text(re.compile(r"\d+ found"))
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#palette-text")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.last).to_be_focused()
    page.keyboard.type(" with a secret")
    expect(page.locator("#palette-text")).to_have_value("orders with a secret")
    page.keyboard.press("Enter")  # before the answer is there, as a quick hand does
    expect(page.locator("h1")).to_contain_text("Sample: orders with a secret")


def test_a_pasted_token_is_not_searched_for_and_inspected_on_demand(open_page, integrator):
    page = open_page(integrator.email)
    sent = []
    page.on("request", lambda one: sent.append(one.url))
    page.keyboard.press("Control+k")
    page.locator("#palette-text").fill(JWT)
    page.locator("#inspect-this").wait_for()
    expect(page.locator("#things a")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_contain_text("api://x")
    assert [url for url in (page.url, *sent) if JWT[:20] in url] == []
    page.go_back()
    assert page.locator("#palette-text").input_value() == ""


def test_how_it_looks(open_page, look, integrator):
    profiles.create(integrator, draft(name="Orders, for customers", environment="Production"))
    profiles.create(integrator, draft(name="Orders, for trying", environment="test"))
    page = open_page(integrator.email, at="/profiles/")
    page.locator("#find").click()
    look(page, "find-begun")
    page.locator("#palette-text").fill("orders")
    page.locator("#things a").first.wait_for()
    look(page, "find")
    page.locator("#palette-text").fill("zzqqzz")
    page.get_by_role("heading", name="Nothing found").wait_for()
    look(page, "find-nothing")
    page.locator("#palette-text").fill(JWT)
    page.locator("#inspect-this").wait_for()
    look(page, "find-token")
    page.locator("#close-palette").click()
    expect(page.locator("#find")).to_be_focused()


def test_without_scripts_it_is_a_page(open_page, look, integrator):
    page = open_page(integrator.email, java_script_enabled=False)
    page.locator("#find").click()
    page.locator("#palette-text").fill("orders")
    page.locator("#find-things").click()
    expect(page.locator("#things a").first).to_contain_text("Sample: orders")
    assert page.url.endswith("/find/")
    page.locator("#palette-text").fill(JWT)
    page.locator("#find-things").click()
    expect(page.locator("#result")).to_contain_text("api://x")
    assert page.url.endswith("/inspect/")


def test_on_its_own_page_the_shortcut_leads_to_the_field(open_page, look, integrator):
    page = open_page(integrator.email, at="/find/")
    page.locator("#palette-text").fill("audience")
    page.locator("#things a").first.wait_for()
    look(page, "find-page")
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-text")).to_be_focused()

"""The keyboard alone, the focus after a mistake, and pages without scripts."""

import re

from playwright.sync_api import expect

from console.services import sandbox
from tests.browser.steps import open_first, press, submit_natively, tab_to
from tests.services.builders import PASSWORD


def test_the_main_job_is_done_with_the_keyboard_alone(open_page, integrator):
    page = open_page()
    page.goto("/accounts/login/")
    tab_to(page, "[name=login]")
    page.keyboard.type(integrator.email)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    address = page.get_by_role("link", name="Sample: orders with a secret").get_attribute("href")
    tab_to(page, f"a[href='{address}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    tab_to(page, "#get-token")
    page.keyboard.press("Enter")
    page.locator("#answer .verdict").wait_for()
    expect(page.locator("#announce")).to_contain_text("would accept this token")
    expect(page.locator("#answer .verdict")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#announce")).to_contain_text("It worked")
    expect(page.locator("#call-diagnosis")).to_be_focused()


def test_what_went_wrong_gets_the_focus(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/new/")
    page.locator("#id_name").fill("Orders client")
    page.locator("#save").evaluate("button => { button.form.noValidate = true }")
    page.locator("#save").press("Enter")
    page.locator("#form .summary").wait_for()
    expect(page.locator("#form .summary")).to_be_focused()
    assert page.locator("#id_name").input_value() == "Orders client"
    page.locator(".summary a", has_text="Client ID").press("Enter")
    expect(page.locator("#id_client_id")).to_be_focused()
    page.locator("#save").evaluate("button => { button.form.hxPost = ''; button.form.removeAttribute('hx-post') }")
    submit_natively(page, "#save")
    expect(page.locator("#form .summary")).to_be_focused()


def test_without_scripts_forms_answer_with_pages_and_messages(open_page, integrator):
    page = open_page(integrator.email, at="/sandbox/", java_script_enabled=False)
    page.locator("#fault-wrong-audience").check()
    page.locator("#set-fault").click()
    assert "Switched on: Token for another API." in page.locator(".messages").inner_text()
    open_first(page, "Sample: orders with a secret")
    assert "Token for another API" in page.locator("#fault-banner").inner_text()
    page.locator("#fault-off").click()
    assert "no fault is on" in page.locator(".messages").inner_text()
    expect(page.locator("#get-token")).to_be_visible()
    page.get_by_text("Replace the client secret").click()
    page.get_by_label("Client secret").fill("abc8Q~0123456789abcdefghijklmnopqrstuvwxyz")
    page.locator("#save-secret").click()
    assert "is stored, encrypted" in page.locator(".messages").inner_text()
    page.locator("#get-token").click()
    expect(page.locator("#token-diagnosis")).to_be_visible()
    assert page.url.endswith("#answer")
    page.locator("#send-call").click()
    assert "Nothing was sent to the API" in page.locator("#call").inner_text()
    dead = page.locator(".needs-script, [data-copy-target]")
    assert dead.count() > 1
    assert [one.inner_text() for one in dead.all() if one.is_visible()] == [], "only a script answers them"


def test_a_fault_sends_nobody_to_another_site(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    sandbox.set_fault(integrator, "expired")
    page.reload()
    page.eval_on_selector("#fault-banner [name=next]", "field => { field.value = '//elsewhere.example/' }")
    press(page, "#fault-off")
    assert page.url.endswith("/sandbox/")

"""A preflight in a browser: watched stage by stage, without scripts by one button, by the keyboard alone, on paper."""

from playwright.sync_api import expect

from console.services import sandbox
from tests.browser.conftest import SHOTS
from tests.browser.steps import open_first

NAME = "Sample: orders with a secret"


def to_preflight(page):
    open_first(page, NAME)
    page.locator("#preflight-of-profile").click()
    page.locator("#start-preflight").wait_for()


def test_it_is_watched_stage_by_stage_and_the_heading_becomes_the_answer(open_page, look, integrator):
    page = open_page(integrator.email)
    to_preflight(page)
    look(page, "preflight-before")
    page.locator("#start-preflight").click()
    page.locator("#progress").wait_for()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAME} is ready: 8 of 8.")
    expect(page.locator("#progress")).to_have_count(0)
    expect(page.locator("#preflight .findings > li")).to_have_count(12)
    look(page, "preflight-ready")
    page.locator("#open-profile").click()
    expect(page.locator("#preflight-of-profile")).to_contain_text("ready, 8 of 8")
    look(page, "preflight-profile")


def test_a_fault_is_the_heading_and_leads_on(open_page, look, integrator):
    sandbox.set_fault(integrator, "secret-expired")
    page = open_page(integrator.email)
    to_preflight(page)
    page.locator("#start-preflight").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stops at “Token”")
    expect(page.locator("#announce")).to_contain_text("Stops at “Token”")
    expect(page.locator("#stage-token")).to_contain_text("client-secret-expired")
    look(page, "preflight-stopped")
    page.locator("#open-attempt").click()
    page.locator("#make-case").wait_for()


def test_without_scripts_one_button_goes_to_the_end(open_page, look, integrator):
    page = open_page(integrator.email, java_script_enabled=False)
    to_preflight(page)
    page.locator("#start-preflight").click()
    assert page.get_by_role("heading", level=1).inner_text() == f"{NAME} is ready: 8 of 8."
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == f"{NAME} is ready: 8 of 8."


def test_the_keyboard_alone_starts_it_and_opens_what_was_seen(open_page, integrator):
    page = open_page(integrator.email)
    to_preflight(page)
    page.locator("#id_path").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAME} is ready: 8 of 8.")
    page.locator("#stage-token summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stage-token dl.meta")).to_be_visible()


def test_on_paper_everything_seen_is_there_and_no_button(open_page, integrator):
    page = open_page(integrator.email)
    to_preflight(page)
    page.locator("#start-preflight").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAME} is ready: 8 of 8.")
    page.emulate_media(media="print")
    expect(page.locator("#stage-token dl.meta")).to_be_visible()
    expect(page.locator("#start-preflight")).not_to_be_visible()
    if SHOTS:
        page.pdf(path=f"{SHOTS}/preflight.pdf")
        page.screenshot(path=f"{SHOTS}/preflight-print.png", full_page=True)

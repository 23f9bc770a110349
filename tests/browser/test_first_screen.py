"""What stands in the first screen, and how far the button is that a page is for: wide, and on a phone."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, profiles, sandbox
from tests.browser.steps import profile_of, send
from tests.browser.test_profile import IN_VIEW, NARROW, SCRIPTS, WIDE

SAMPLE = "Sample: orders with a secret"
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
TOP = "one => one.getBoundingClientRect().top"
LINES = "all => new Set(all.filter(one => one.checkVisibility()).map(one => Math.round(one.offsetTop / 8))).size"
# How far the text of an element stands from what is above it: the rim of the form that searches in it.
ROOM = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect().top - document.querySelector(".find-in").getBoundingClientRect().bottom;
}"""


@BOTH
def test_above_the_answer_of_an_attempt_are_two_lines_of_buttons_at_most(open_page, integrator, size):
    profile = profile_of(integrator, SAMPLE)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    sandbox.set_fault(integrator, "missing-role")
    sent = calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=False))
    page = open_page(integrator.email, at=f"/calls/{sent.attempt_id}/", viewport=size)
    buttons = page.locator(".page-head .actions > :not([popover])")
    assert buttons.evaluate_all(LINES) <= (1 if size is WIDE else 2)
    assert page.locator(".diagnosis h2").evaluate(TOP) < 500
    page.locator("#more").click()
    page.locator("#pin-attempt").click()
    expect(page.locator("main")).to_contain_text("Pinned: it is kept")


@SCRIPTS
def test_the_rest_of_what_can_be_done_with_an_attempt_needs_no_script(open_page, integrator, has_scripts):
    sent = calls.send(integrator, profile_of(integrator, SAMPLE).id, ApiCall("GET", "/orders"))
    page = open_page(integrator.email, at=f"/calls/{sent.attempt_id}/", java_script_enabled=has_scripts)
    page.locator("#more").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#open-profile")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(SAMPLE)


@BOTH
def test_what_starts_a_long_form_is_in_view_from_the_beginning(open_page, integrator, size):
    profile = profile_of(integrator, SAMPLE)
    sandbox.set_fault(integrator, "missing-role")  # which is told above it
    page = open_page(integrator.email, viewport=size)
    starts = [("auth-matrix", "#start-matrix"), ("token/steps", "#send-step"), ("preflight", "#start-preflight")]
    for path, button in starts:
        page.goto(f"/profiles/{profile.id}/{path}/")
        assert page.locator(button).evaluate(IN_VIEW), path
    page.goto("/apis/new/")
    page.locator("#more-fields summary").click()
    assert page.locator("#save").evaluate(IN_VIEW)
    assert "mono" in page.locator("#id_policy").evaluate("one => getComputedStyle(one).fontFamily")
    page.goto("/sandbox/")
    assert page.locator("#set-fault").evaluate(IN_VIEW)
    bar = page.locator(".pinned").evaluate("one => one.getBoundingClientRect().height")
    assert bar < 70  # what explains it stands above the faults, not in the way of them


@BOTH
def test_what_the_newest_preflight_found_takes_one_line_and_is_not_the_main_button(open_page, integrator, size):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, SAMPLE).id}/preflight/", viewport=size)
    page.locator("#start-preflight").click()
    page.locator("#file-1").wait_for()
    assert page.locator("#file-1").inner_text() == "Report as JSON"
    assert page.locator("#file-2").inner_text() == "Report as JUnit"
    page.locator("#open-profile").click()
    found = page.locator("#preflight-of-profile")
    expect(found).to_contain_text("ready, 8 of 8")
    assert found.evaluate("one => one.getBoundingClientRect().height") < 40
    if size == WIDE:
        title = page.get_by_role("heading", level=1).bounding_box()
        assert found.bounding_box()["y"] < title["y"] + title["height"], "beside the name, and not below it"
    expect(page.locator(".page-head .primary")).to_have_count(0)


def test_a_body_keeps_its_distance_from_the_form_that_searches_in_it(open_page, integrator):
    sent = calls.send(integrator, profile_of(integrator, SAMPLE).id, ApiCall("GET", "/orders"))
    page = open_page(integrator.email)
    for view in ("pretty", "tree", "raw", "hex"):
        page.goto(f"/calls/{sent.attempt_id}/body/?as={view}")
        assert page.locator(".find-in ~ .body").first.evaluate(ROOM) >= 10, view


def test_the_sign_of_the_account_menu_is_whole_on_a_phone(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/", viewport=NARROW)
    assert page.locator(".who [aria-hidden]").evaluate(
        "one => one.scrollWidth <= one.getBoundingClientRect().width + 1"
    )


@SCRIPTS
def test_the_page_of_the_sandbox_has_a_button_that_switches_the_fault_off(open_page, integrator, has_scripts):
    sandbox.set_fault(integrator, "missing-role")
    page = open_page(integrator.email, at="/sandbox/", java_script_enabled=has_scripts)
    page.locator("#fault-off").click()
    expect(page.locator("#fault-on")).to_have_count(0)
    expect(page.locator("#fault-none")).to_be_checked()
    assert sandbox.workspace(integrator).state.fault is None


@BOTH
def test_the_name_of_a_request_is_read_whole_while_it_is_saved(open_page, integrator, size):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, SAMPLE).id}/", viewport=size)
    page.locator("#saved-requests summary").click()
    name = page.locator("#id_name")
    name.fill("Orders of the third integration team, newest first, with their lines and their totals in euro")
    assert name.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


@BOTH
def test_a_name_of_200_characters_is_a_heading_of_two_lines(open_page, integrator, size):
    profile = profile_of(integrator, SAMPLE)
    draft = replace(profiles.draft_of(profile), name=("Orders client of the third team " * 7)[:200])
    profiles.update(integrator, profile.id, draft, expected_version=profile.version)
    page = open_page(integrator.email, viewport=size)
    for path in ("", "preflight/", "auth-matrix/"):
        page.goto(f"/profiles/{profile.id}/{path}")
        lines = page.locator("h1 .clamped").evaluate(
            "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
        )
        assert lines <= 2.1, path


@BOTH
@SCRIPTS
def test_long_work_is_followed_by_a_button_of_the_first_screen(open_page, integrator, size, has_scripts):
    page = open_page(
        integrator.email,
        at=f"/profiles/{profile_of(integrator, SAMPLE).id}/",
        viewport=size,
        java_script_enabled=has_scripts,
    )
    send(page, "/reports", "POST")
    if has_scripts:
        expect(page.locator("#call-diagnosis")).to_be_focused()
    assert page.locator("#open-attempt").evaluate(IN_VIEW)
    page.locator("#open-attempt").click()
    assert page.locator("#check-again").evaluate(IN_VIEW)
    assert page.locator("main .primary").evaluate_all("all => all.map(one => one.id)") == ["check-again"]


def test_an_attempt_of_the_history_takes_four_lines_of_a_phone(open_page, integrator):
    profile = profile_of(integrator, SAMPLE)
    for sends_token in (True, False):
        calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=sends_token))
    page = open_page(integrator.email, at="/calls/", viewport=NARROW)
    rows = page.locator(".attempts tbody tr")
    expect(rows).to_have_count(3)  # two calls, and the token of the first
    heights = rows.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights[0] < 150  # refused: its cause has a line
    assert heights[1] < 125
    assert "No token sent" in rows.first.inner_text()

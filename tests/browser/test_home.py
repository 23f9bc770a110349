"""The home page: a newcomer's three steps, profiles as in a monitor, what failed last; and the way in by its links."""

import re

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, sandbox, sign_in
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import jwt, open_first, profile_of, tab_to
from tests.browser.test_profile import IN_VIEW, NARROW, WIDE

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])


def by_link(open_page, actor, **options):
    """The page after the printed link and its one button: a click each."""
    page = open_page(**options, at=f"/sign-in/{sign_in.new_link(actor)}/")
    page.locator("#sign-in").click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    return page


@SIZES
@SCRIPTS
def test_a_printed_link_leads_to_a_first_200_without_typing(open_page, integrator, size, has_scripts):
    page = by_link(open_page, integrator, viewport=size, java_script_enabled=has_scripts)
    page.locator("#start-token").click()
    page.locator("#answer .verdict").wait_for()
    page.wait_for_load_state()  # a press before the scripts are there is answered by a whole page
    page.locator("#send-call").click()
    page.locator("#call-diagnosis").wait_for()
    if has_scripts:
        expect(page.locator("#call-diagnosis")).to_be_focused()
    assert "It worked" in page.locator("#call-diagnosis h2").inner_text()
    assert page.locator("#call-diagnosis h2").evaluate(IN_VIEW)


@SIZES
@SCRIPTS
def test_a_printed_link_leads_to_an_explained_401_in_two_clicks_and_no_scrolling(
    open_page, integrator, size, has_scripts
):
    page = by_link(open_page, integrator, viewport=size, java_script_enabled=has_scripts)
    page.locator("#practise").click()
    page.locator("#call-diagnosis").wait_for()
    expect(page.locator("#answer")).to_be_focused()
    assert "401" in page.locator("#call-diagnosis h2").inner_text()
    assert page.locator(".diagnosis .chip.code").first.inner_text() == "app-permission-not-granted"
    assert page.locator("#call-diagnosis h2").evaluate(IN_VIEW)
    shoot(page, f"practised-{size['width']}-{has_scripts}")


def test_an_explained_401_is_reached_with_the_keyboard_alone(open_page, integrator):
    page = by_link(open_page, integrator)
    tab_to(page, "#practise")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#call-diagnosis') !== null")


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_the_home_page_has_nothing_that_wcag_forbids(open_page, integrator, scheme, size):
    page = open_page(integrator.email, at="/", color_scheme=scheme, viewport=size)
    assert page.locator("h1").inner_text() == "Three steps to your first explained 401"
    assert axe(page) == []
    shoot(page, f"home-new-{size['width']}-{scheme}")
    profile = profile_of(integrator, "Sample: orders with a secret")
    for fault in (None, "missing-role", None, None):
        sandbox.set_fault(integrator, fault)
        calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    calls.send(integrator, profile.id, ApiCall("GET", "/nowhere"))
    page.reload()
    assert axe(page) == []
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width <= room
    shoot(page, f"home-{size['width']}-{scheme}")


def test_home_says_which_profile_needs_somebody_and_why(open_page, integrator, time_machine_now):
    profile = profile_of(integrator, "Sample: orders with a secret")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    time_machine_now.shift(5)
    calls.send(integrator, profile.id, ApiCall("GET", "/nowhere"))
    page = open_page(integrator.email, at="/")
    assert page.locator("h1").inner_text() == "One profile needs you"
    row = page.get_by_role("row", name="Sample: orders with a secret")
    assert "404" in row.inner_text()
    assert row.get_by_role("img").get_attribute("aria-label") == "Last 2 answers: 1 good, 1 refused or failed"
    failed = page.locator(".entries", has_text="GET /nowhere")
    assert "You can mend it." in failed.inner_text()
    failed.get_by_role("link").first.click()
    page.wait_for_url("**/calls/**")


def test_a_failure_that_is_over_says_so(open_page, integrator, time_machine_now):
    profile = profile_of(integrator, "Sample: orders with a secret")
    calls.send(integrator, profile.id, ApiCall("GET", "/nowhere"))
    time_machine_now.shift(5)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    page = open_page(integrator.email, at="/")
    assert page.locator("h1").inner_text() == "Nothing is refused"
    assert "Over: a later call was answered well." in page.locator(".entries", has_text="GET /nowhere").inner_text()


@SCRIPTS
def test_anything_is_pasted_on_the_home_page_and_inspected(open_page, integrator, has_scripts):
    page = open_page(integrator.email, at="/", java_script_enabled=has_scripts)
    page.locator("#pasted").fill(jwt({"alg": "RS256"}, {"iss": "https://idp.example", "aud": "api://pasted"}))
    page.locator("#inspect-pasted").click()
    page.wait_for_url("**/inspect/**")
    assert "api://pasted" in page.locator("#result").inner_text()


def test_support_lands_on_cases(open_page, support):
    page = open_page(support.email, at="/")
    assert page.url.endswith("/cases/")


@SCRIPTS
def test_seven_dots_tell_at_home_and_on_the_profile_how_far_it_is(open_page, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    open_first(page, "Sample: orders with a secret")
    expect(page.locator("#checklist .dot")).to_have_count(7)
    before = page.locator("#checklist").inner_text()
    page.locator("#send-call").click()
    page.locator("#call-diagnosis").wait_for()
    assert "7 of 7" in page.locator("#checklist").inner_text()
    assert "7 of 7" not in before
    page.locator("#checklist").click()
    page.wait_for_url("**/checklist/")


def test_home_shows_how_far_the_refused_profile_is_and_what_comes_next(open_page, integrator):
    sandbox.set_fault(integrator, "missing-role")
    profile = profile_of(integrator, "Sample: orders with a secret")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    other = profile_of(integrator, "Sample: invoices, v1 tokens")
    sandbox.set_fault(integrator, None)
    calls.send(integrator, other.id, ApiCall("GET", "/invoices"))
    page = open_page(integrator.email)
    expect(page.locator(".milestones > li")).to_have_count(7)
    assert page.locator(".milestones [aria-current=step] .label").inner_text().startswith("Permission granted")
    assert axe(page) == []
    shoot(page, "home-where")
    page.locator("#next-step").click()
    page.wait_for_url(re.compile(f"/profiles/{profile.id}/"))

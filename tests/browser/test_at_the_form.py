"""The page of a profile and of its past call on a phone and by the keyboard: what is to be done is within reach."""

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, profiles, sandbox
from tests.browser.conftest import NARROW, WIDE
from tests.browser.steps import open_first

NAME = "Sample: orders with a secret"
# The part of the viewport that an element has for itself: nothing of the page lies over its middle.
IS_FREE = """one => {
  const box = one.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  return y > 0 && y < innerHeight && (one === top || one.contains(top) || !!top?.closest("label")?.contains(one));
}"""


def profile_of(actor):
    return next(one for one in profiles.list_own(actor) if one.name == NAME)


def test_on_a_phone_send_is_at_hand_in_the_whole_form_and_hides_nothing_that_has_the_focus(open_page, look, integrator):
    page = open_page(integrator.email, viewport=NARROW)
    open_first(page, NAME)
    page.locator("#headers-fold").evaluate("one => { one.open = true }")
    page.locator("#body-fold").evaluate("one => { one.open = true }")
    page.locator("#id_path").scroll_into_view_if_needed()
    page.locator("#id_path").focus()
    send = page.locator("#send-call")
    expect(send).to_be_in_viewport(ratio=1)
    assert send.evaluate(IS_FREE)
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(IS_FREE), focused.evaluate("one => one.outerHTML.slice(0, 200)")
        if focused.get_attribute("id") == "send-call":
            break
    else:
        raise AssertionError("Send is not reached by the keyboard")
    look(page, "profile-send-at-hand")
    page.set_viewport_size(NARROW)
    send.click()
    expect(page.locator("#answer")).to_contain_text("It worked")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_rest_of_the_head_is_in_a_menu_for_keyboard_and_without_scripts(open_page, look, integrator, has_scripts):
    page = open_page(
        integrator.email, at=f"/profiles/{profile_of(integrator).id}/", java_script_enabled=has_scripts, viewport=WIDE
    )
    expect(page.locator("#more")).to_be_visible()
    expect(page.locator(".page-head .button.primary")).to_have_count(0)  # to get a token and to send are lower down
    for name in ("checklist", "heartbeat", "edit-profile", "preflight-of-profile"):
        expect(page.locator(f"#{name}")).to_be_visible()
    rest = ("matrix-of-profile", "collections-of-profile", "duplicate-profile", "delete-profile")
    for name in rest:
        expect(page.locator(f"#{name}")).to_be_hidden()
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    for name in rest:
        expect(page.locator(f"#{name}")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(f"#{name}")).to_be_focused()
    if has_scripts:
        look(page, "profile-more")
        page.set_viewport_size(WIDE)
    page.keyboard.press("Escape")
    expect(page.locator("#delete-profile")).to_be_hidden()
    page.locator("#more").click()
    page.locator("#delete-profile").click()
    page.wait_for_url("**/delete/")


def test_a_past_call_is_broken_and_compared_and_mended(open_page, look, integrator):
    good = calls.send(integrator, profile_of(integrator).id, ApiCall("GET", "/orders")).attempt_id
    page = open_page(integrator.email, at=f"/calls/{good}/")
    look(page, "attempt-to-break")
    page.locator("#fault").select_option("missing-role")
    page.locator("#break").click()
    page.wait_for_url(lambda url: good not in url)
    expect(page.locator("main")).to_contain_text("app-permission-not-granted")
    expect(page.locator("#mend-fault")).to_be_visible()
    look(page, "attempt-broken")
    page.locator("#compare-worked").click()
    expect(page.locator("main")).to_contain_text("roles")
    page.go_back()
    page.locator("#mend").click()
    expect(page.locator("#break-it")).not_to_contain_text("Switched on")
    assert sandbox.workspace(integrator).state.fault is None


def test_without_scripts_a_past_call_is_broken_too(open_page, integrator):
    good = calls.send(integrator, profile_of(integrator).id, ApiCall("GET", "/orders")).attempt_id
    page = open_page(integrator.email, at=f"/calls/{good}/", java_script_enabled=False)
    page.locator("#break").click()
    expect(page.locator("main")).to_contain_text("app-permission-not-granted")


def test_the_palette_says_what_may_be_done_here_and_enter_alone_does_nothing(open_page, look, integrator):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator).id}/")
    address = page.url
    page.keyboard.press("Control+k")
    first = page.locator("#things a").first
    expect(first).to_contain_text(f"Send the last call of {NAME} again")
    look(page, "palette-do")
    page.keyboard.press("Enter")
    assert page.url == address
    page.keyboard.type("preflight sec")
    expect(first).to_contain_text(f"Preflight of {NAME}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preflight/")

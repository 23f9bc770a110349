"""A profile's page: the call at left, the answer at right, and the answer is where one looks."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from console.services import profiles, sandbox
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import get_token, open_first, profile_of

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
TOKEN_AND_KEY = ("#id_sends_token", "#id_sends_subscription_key")
IN_VIEW = """one => {
    const box = one.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + 8, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && (one === over || one.contains(over) || over.contains(one));
}"""


def send(page, has_scripts=True):
    """Sends the call and waits until the answer is there; with scripts it has the focus then."""
    page.locator("#send-call").click()
    page.locator("#answer .diagnosis").first.wait_for()
    if has_scripts:
        expect(page.locator("#answer .diagnosis").first).to_be_focused()


def is_in_view(page, selector):
    return page.locator(selector).first.evaluate(IN_VIEW)


@SIZES
@SCRIPTS
@pytest.mark.parametrize("name", ["Sample: orders with a secret", "Sample: invoices, v1 tokens"])
def test_the_first_send_of_a_sample_is_answered_200_without_typing_a_path(
    open_page, integrator, size, has_scripts, name
):
    page = open_page(integrator.email, viewport=size, java_script_enabled=has_scripts)
    open_first(page, name)
    send(page, has_scripts)
    assert "200" in page.locator("#answer").get_by_role("heading", name="Response").locator("..").inner_text()
    assert is_in_view(page, "#call-diagnosis h2")
    shoot(page, f"first-send-{size['width']}-{has_scripts}")


def test_a_fresh_token_is_known_to_the_form_of_the_call_at_once(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    expect(page.locator("#token-note")).to_have_text("none yet: one is fetched on the way")
    get_token(page)
    expect(page.locator("#token-note")).to_contain_text("would be accepted")


@SCRIPTS
def test_what_is_not_sent_says_so_beside_its_box(open_page, look, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    open_first(page, "Sample: orders with a secret")
    token, key = (page.locator(".composer .row", has=page.locator(box)) for box in TOKEN_AND_KEY)
    expect(key.locator(".chip:visible")).to_contain_text(["stored"])
    for row, box in zip((token, key), TOKEN_AND_KEY, strict=True):
        expect(row.get_by_text("not sent")).to_be_hidden()
        page.locator(box).uncheck()
        expect(row.locator(".chip:visible")).to_have_text(["not sent"])
    if has_scripts:
        look(page, "profile-nothing-sent-along")
    page.locator("#id_sends_subscription_key").check()
    expect(key.locator(".chip:visible")).to_contain_text(["stored"])


@SIZES
@SCRIPTS
def test_after_send_the_diagnosis_is_in_view_and_has_the_focus(open_page, integrator, size, has_scripts):
    sandbox.set_fault(integrator, "missing-role")
    page = open_page(integrator.email, viewport=size, java_script_enabled=has_scripts)
    open_first(page, "Sample: orders with a secret")
    page.locator("#send-call").scroll_into_view_if_needed()
    send(page, has_scripts)
    assert is_in_view(page, "#call-diagnosis h2")
    if has_scripts:
        assert axe(page) == []
    else:
        assert page.url.endswith("#answer")
    shoot(page, f"refused-{size['width']}-{has_scripts}")


def test_a_fresh_token_folds_what_passed_and_the_form_does_not_move(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    before = page.locator("#call").bounding_box()
    get_token(page)
    after = page.locator("#call").bounding_box()
    assert after["y"] == before["y"]
    expect(page.locator("#token .claims").first).not_to_be_visible()
    expect(page.locator("#answer .findings li:visible")).to_have_count(0)
    page.locator("#token summary").first.click()
    expect(page.locator("#token .claims").first).to_be_visible()
    expect(page.locator("#token .lifetime")).to_be_visible()


def test_on_a_phone_the_answer_stands_before_the_form_and_on_a_desk_beside_it(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    send(page)
    form, answer = page.locator(".composer").bounding_box(), page.locator("#answer").bounding_box()
    assert form["y"] == answer["y"]
    assert form["x"] < answer["x"]
    page.set_viewport_size(NARROW)
    form, answer = page.locator(".composer").bounding_box(), page.locator("#answer").bounding_box()
    assert form["y"] > answer["y"]


def test_the_whole_address_is_shown_while_it_is_typed(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    base = page.locator("#live-url").get_attribute("data-base")
    assert base.endswith("/gateway/orders")
    assert page.locator("#live-url").inner_text() == f"{base}/orders"
    page.locator("#id_path").fill("orders/1001")
    page.locator("#id_query").fill("?expand=lines")
    assert page.locator("#live-url").inner_text() == f"{base}/orders/1001?expand=lines"
    assert page.locator("#operation").input_value() == ""
    page.locator("#operation").select_option("POST /reports")
    assert page.locator("#id_method").input_value() == "POST"
    assert page.locator("#live-url").inner_text() == f"{base}/reports?expand=lines"


@SCRIPTS
def test_an_operation_is_taken_and_the_last_call_is_remembered(open_page, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    open_first(page, "Sample: orders with a secret")
    page.locator("#operation").select_option("POST /reports")
    if not has_scripts:
        page.locator("#take").click()
    assert page.locator("#id_path").input_value() == "/reports"
    send(page, has_scripts)
    open_first(page, "Sample: orders with a secret")
    assert page.locator("#id_method").input_value() == "POST"
    assert page.locator("#id_path").input_value() == "/reports"
    assert "POST /reports" in page.locator("#operation option:checked").inner_text()


@SCRIPTS
def test_a_missing_key_is_seen_before_send_and_added_from_the_diagnosis(open_page, integrator, has_scripts):
    profile = profile_of(integrator, "Sample: orders with a secret")
    profiles.replace_subscription_key(integrator, profile.id, None)
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    open_first(page, "Sample: orders with a secret")
    assert "none is stored" in page.locator("#add-key").inner_text()
    get_token(page)
    assert "the subscription key is missing" in page.locator("#answer .verdict").inner_text()
    send(page, has_scripts)
    assert "No subscription key is stored for this profile." in page.locator("#call-diagnosis").inner_text()
    page.locator("#mend-key").click()
    page.wait_for_load_state()
    page.locator("#id_subscription_key:visible").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_subscription_key"


def test_a_fault_is_switched_off_and_a_case_begun_from_the_diagnosis(open_page, integrator):
    sandbox.set_fault(integrator, "missing-role")
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    send(page)
    page.locator("#call-diagnosis summary", has_text="Text for an administrator of the tenant").click()
    assert "app-permission-not-granted" in page.locator("#call-diagnosis-ticket").inner_text()
    page.locator("#save-case").click()
    page.locator("#id_note").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_note"
    page.go_back()
    open_first(page, "Sample: orders with a secret")
    send(page)
    page.locator("#mend-fault").click()
    page.locator(".messages", has_text="no fault is on").wait_for()
    assert sandbox.workspace(integrator).state.fault is None


def test_the_scope_is_corrected_from_the_diagnosis(open_page, integrator):
    invoices = profile_of(integrator, "Sample: invoices, v1 tokens")
    orders = profile_of(integrator, "Sample: orders with a secret")
    draft = replace(profiles.draft_of(orders), scope=invoices.scope)
    profiles.update(integrator, orders.id, draft, expected_version=orders.version)
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    send(page)
    page.locator("#mend-scope").click()
    page.wait_for_url("**/edit/**")
    right = page.locator("#id_scope").input_value()
    assert right.removesuffix("/.default") in orders.scope
    page.locator("#save").click()
    page.wait_for_url(f"**/profiles/{orders.id}/")
    send(page)
    assert "It worked" in page.locator("#call-diagnosis").inner_text()

"""States of pages that somebody comes to on the way: each looked at as the pages themselves are (test_pages.py)."""

import base64
import secrets

from playwright.sync_api import expect

from console.adapters import clock
from console.core.call import ApiCall
from console.core.cases.listing import CaseFilter
from console.services import apis, calls, cases, profiles, sandbox
from console.store import sandbox as sandbox_store
from tests.browser.steps import open_first, press, profile_of, submit_natively, time_of_budgets_stands
from tests.browser.test_pages import LONG_NAME
from tests.web.test_destination_pages import waiting  # noqa: F401 (a fixture)

SAMPLE = "Sample: orders with a secret"


def refused(integrator):
    """A call that was refused, after one that was answered."""
    profile = profile_of(integrator, SAMPLE)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    sandbox.set_fault(integrator, "missing-role")
    return calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=False))


def test_home_before_and_after_a_refusal(open_page, look, integrator, monkeypatch):
    page = open_page(integrator.email)
    look(page, "home-newcomer")
    profile = profile_of(integrator, SAMPLE)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    later = clock.now() + 60
    monkeypatch.setattr(clock, "now", lambda: later)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=False))
    page.goto("/")
    expect(page.locator(".milestones")).to_have_count(1)
    look(page, "home-refused")
    page.goto(f"/profiles/{profile.id}/checklist/")
    page.get_by_text("done, failing since").first.wait_for()
    look(page, "checklist-failing-since")


def test_a_call_is_judged_by_the_policy_and_handed_over(open_page, look, integrator, support):
    sent = refused(integrator)
    page = open_page(integrator.email, at=f"/calls/{sent.attempt_id}/")
    page.locator("#see-policy").click()
    page.wait_for_url("**call=**")
    look(page, "policy-of-a-call")
    page.goto(f"/calls/{sent.attempt_id}/")
    page.locator("#id_title").fill(LONG_NAME)
    press(page, "#preview-case")
    look(page, "case-preview")
    page.locator("#id_with_bodies").check()
    press(page, "#make-case")
    address = page.url
    open_page(support.email, at=address)
    page.reload()
    page.get_by_text("Opened by").wait_for()
    look(page, "case-opened")
    page.locator("#withdraw-case").click()
    page.locator("#confirm").wait_for()
    look(page, "case-to-withdraw")
    press(page, "#confirm")
    look(page, "case-withdrawn")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.reload()  # the tabs of the queue are below the fold
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 0, "a page begins at its heading"
    assert cases.queue(integrator, CaseFilter()).rows == ()


def test_an_api_from_its_form_to_its_approval(open_page, look, integrator, waiting):  # noqa: F811
    owner, admin, api_id = waiting
    page = open_page(owner.email, at="/apis/new/")
    page.locator("form details summary").first.click()
    look(page, "api-new-unfolded")
    page.goto(f"/apis/{api_id}/")
    look(page, "api-waiting-owner")
    above = open_page(admin.email, at="/")
    look(above, "home-waiting")
    above.goto(f"/apis/{api_id}/")
    look(above, "api-waiting-admin")
    api = apis.get_stored(admin, "view", api_id)
    apis.decide(admin, api_id, is_approved=True, expected_version=api.version)
    apis.publish(admin, api_id, is_published=False, expected_version=apis.get_stored(admin, "view", api_id).version)
    above.goto(f"/apis/{api_id}/")
    above.locator("#opening").wait_for()
    look(above, "api-closed")


def test_a_profile_is_made_of_a_sandbox_client(open_page, look, integrator):
    page = open_page(integrator.email, at="/sandbox/?tab=clients")
    named = page.locator("tbody th .mono").last  # of a person without a number: one line
    assert named.bounding_box()["height"] < 30
    page.locator("#id_name").fill("Mine")
    press(page, "#register-client")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a profile with it").click()
    look(page, "sandbox-profile")


def test_the_budget_is_spent_and_the_keys_are_wrong(open_page, look, integrator, settings, monkeypatch):
    page = open_page(integrator.email)
    open_first(page, SAMPLE)
    settings.CONSOLE_CALLS_PER_MINUTE = 1
    time_of_budgets_stands(monkeypatch)
    submit_natively(page, "#send-call")
    page.goto(f"/profiles/{profile_of(integrator, SAMPLE).id}/")
    submit_natively(page, "#send-call")
    assert "Try again in" in page.locator("main").inner_text()
    look(page, "refusal-429")
    sandbox_store._opened.cache_clear()
    settings.CONSOLE_SECRET_KEYS = f"k9:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    page.goto(f"/profiles/{profiles.list_profiles(integrator)[0].id}/")
    page.get_by_text("A stored secret cannot be read.").first.wait_for()
    look(page, "profile-secret-unreadable")
    page.goto("/sandbox/")
    look(page, "sandbox-secret-unreadable")


def test_a_session_ends_under_a_form(open_page, look, integrator):
    page = open_page(integrator.email, at="/inspect/")
    page.locator("#id_text").fill("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")
    page.context.clear_cookies(name="sessionid")
    page.locator("#inspect-paste").click()
    expect(page.get_by_role("heading", name="You were signed out; your text is still here")).to_be_visible()
    look(page, "session-ended")

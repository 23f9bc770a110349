""" "401s since this morning", answered from the history: the hour, the mark, last good and first bad, the change."""

import pytest
from playwright.sync_api import expect

from console.core.access import SharedWith
from console.core.call import ApiCall
from console.services import api_policies, apis, calls, sandbox, sandbox_policies, sharing
from console.store import people
from tests.browser.steps import profile_of

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
SAMPLE = "Sample: orders with a secret"
GET = ApiCall("GET", "/orders")


def break_policy(owner):
    text = next(one.policy for one in sandbox.workspace(owner).state.gateway_apis if one.path == "orders")
    start, end = text.index("<audiences>"), text.index("</audiences>")
    broken = f"{text[:start]}<audiences><audience>api://somebody-else</audience>{text[end:]}"
    assert sandbox_policies.change(owner, "orders", broken) == ()
    admin = people.find("ada@example.com")
    api = next(one for one in apis.list_apis(admin) if one.name == "Orders (sandbox)")
    api_policies.save(admin, api.id, text=broken, typed=(), switches={}, version=api.version)


@pytest.fixture
def morning(integrator, support):
    """A profile shared with support, whose calls were good until the policy of its API was changed."""
    profile = profile_of(integrator, SAMPLE)
    sharing.give(integrator, "profile", profile.id, SharedWith(support.user_id), right="view")
    calls.send(integrator, profile.id, GET)
    break_policy(integrator)
    for _ in range(3):
        calls.send(integrator, profile.id, GET)
    return profile


@SCRIPTS
def test_support_answers_since_this_morning_from_the_history(
    open_page, look, support, integrator, morning, has_scripts
):
    page = open_page(support.email, at="/calls/", java_script_enabled=has_scripts)
    heading = page.locator("h1").inner_text()
    assert heading.startswith("3 refused calls since ")
    assert heading.endswith(", one cause")
    assert page.locator(".hours svg.bars").get_attribute("aria-label").endswith("then 3 so far")
    marks = page.locator(".marks").inner_text()
    assert "The policy of Orders (sandbox) was changed" in marks
    assert f"The sandbox of {integrator.email} was changed policy of orders written" in marks
    page.locator("details summary", has_text="The same as a table").click()
    if has_scripts:
        look(page, "calls-since")
    page.locator(".hours a").first.click()
    page.wait_for_load_state()
    assert page.get_by_label("Cause", exact=True).input_value() not in ("", "none")
    expect(page.locator("tbody tr", has=page.locator("text=What changed?"))).to_have_count(3)
    page.locator("text=What changed?").first.click()
    page.wait_for_url("**/since/")
    told = page.locator("h1").inner_text()
    assert told.startswith("Since ")
    assert told.endswith("the policy of Orders (sandbox) was changed; the token is the same but for its times")
    assert "api://somebody-else" in page.locator(".lines ins").first.inner_text()
    assert "3 attempts have failed since the last good one" in page.locator(".page-head").inner_text()
    if has_scripts:
        look(page, "call-since")
    page.locator("#first-bad").click()
    page.wait_for_load_state()
    page.locator("#what-changed").click()
    page.wait_for_url("**/since/")
    assert page.locator("h1").inner_text() == told


@SCRIPTS
def test_the_form_narrows_by_keyboard_and_says_what_it_does_not_find(open_page, look, integrator, morning, has_scripts):
    page = open_page(integrator.email, at="/calls/", java_script_enabled=has_scripts)
    page.locator("#filter-title").press("Enter")
    page.get_by_label("Answer", exact=True).select_option("2xx")
    page.get_by_label("Search").fill("orders")
    page.get_by_label("Search").press("Enter")
    page.wait_for_url("**status=2xx**")
    assert page.locator("h1").inner_text() == "2 found in 24 hours"
    expect(page.locator("tbody [data-label=Answer]", has_text="200").first).to_be_attached()
    page.get_by_label("Search").fill("/nowhere")
    page.locator("#filter").click()
    page.wait_for_url("**nowhere**")
    assert "Nothing fits" in page.locator("main").inner_text()
    if has_scripts:
        look(page, "calls-nothing-fits")
    page.goto("/calls/?since=tomorrow&status=abc")
    assert page.locator("form .error, form [aria-invalid=true]").count() >= 2
    told, form = (page.locator(one).bounding_box()["width"] for one in (".narrowing > .summary", ".narrowing"))
    assert told > form * 0.9, "what is wrong has a line of its own"
    if has_scripts:
        look(page, "calls-wrong-filter")

"""Work that an API answered with 202 is followed by its open page, across a reload, to its end; or cancelled."""

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.sandbox import echo
from console.services import calls
from tests.browser.steps import profile_of

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])


@pytest.fixture
def work(integrator, monkeypatch):
    """The address of the page of long work that was just begun, and takes ten minutes."""
    monkeypatch.setattr(echo, "WORK_S", 600)
    profile = profile_of(integrator, "Sample: orders with a secret")
    return f"/calls/{calls.send(integrator, profile.id, ApiCall('POST', '/reports')).attempt_id}/"


def test_the_page_follows_the_work_by_itself_across_a_reload(open_page, look, integrator, work, time_machine_now):
    page = open_page(integrator.email, at=work)
    time_machine_now.shift(240)
    expect(page.locator("#run-progress")).to_be_visible()
    look(page, "long-work")
    page.reload()
    expect(page.locator("#run-progress")).to_be_visible()
    assert "Running" in page.locator("#run").inner_text()
    time_machine_now.shift(600)
    expect(page.locator("#run .chip.pass", has_text="Succeeded")).to_be_visible()
    page.locator("#work-result").click()
    expect(page.get_by_role("heading", name="Result of the work")).to_be_visible()
    expect(page.locator("#body-text")).to_contain_text('"rows": 2')
    page.locator("#to-call").click()
    page.locator("#call-at-once").click()
    expect(page.locator("#replayed")).to_contain_text("Prefer: wait=20 is added")


@SCRIPTS
def test_work_is_cancelled(open_page, integrator, work, has_scripts):
    page = open_page(integrator.email, at=work, java_script_enabled=has_scripts)
    page.locator("#cancel-work").click()
    expect(page.locator("#run")).to_contain_text("Canceled")
    expect(page.locator("#cancel-work")).to_have_count(0)


def test_work_is_not_followed_any_more(open_page, integrator, work):
    page = open_page(integrator.email, at=work)
    page.locator("#leave-work").press("Enter")
    expect(page.locator("#run")).to_contain_text("Not followed any more")


def test_a_click_is_not_lost_while_the_page_looks_by_itself(open_page, integrator, work, time_machine_now):
    page, held = open_page(integrator.email), []
    page.route("**/again/", lambda route: held.append(route) if not held else route.continue_())
    page.goto(work)
    with page.expect_request(lambda asked: asked.method == "POST"):
        time_machine_now.shift(240)
    page.locator("#leave-work").press("Enter")
    expect(page.locator("#run")).to_contain_text("Not followed any more")

"""A heartbeat from the first switch to red by a fault of the sandbox, with its case, and green again, which closes it.

Nothing waits for the clock: the test moves it on, makes the tick, and has a worker do what waits.
"""

import datetime

import pytest
from playwright.sync_api import expect

from console.core.cases.state import CaseState
from console.core.heartbeat import CONFIRM_S
from console.services import cases, sandbox, tick
from tests.browser.conftest import NARROW
from tests.browser.steps import profile_of, tab_to
from tests.services.task_queue import queued, work_off  # noqa: F401 (a fixture)

SAMPLE = "Sample: orders with a secret"
EVERY = 900


class Worker:
    def __init__(self, traveller):
        self._traveller = traveller

    def later(self, seconds):
        self._traveller.shift(datetime.timedelta(seconds=seconds))
        tick.tick()
        work_off()


@pytest.fixture
def worker(queued, time_machine_now):  # noqa: F811 (the fixture)
    return Worker(time_machine_now)


def switch_on(page, profile):
    page.goto(f"/profiles/{profile.id}/")
    page.locator("#heartbeat").click()
    page.get_by_label("every 15 minutes").check()
    page.locator("#set-heartbeat").click()
    page.get_by_text("The heartbeat is on.").wait_for()
    work_off()
    page.reload()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
def test_red_by_a_fault_opens_a_case_and_green_closes_it(open_page, look, integrator, support, worker, has_scripts):
    profile = profile_of(integrator, SAMPLE)
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    switch_on(page, profile)
    page.get_by_role("heading", name="Up for").wait_for()
    if has_scripts:
        look(page, "heartbeat-up")
    sandbox.set_fault(integrator, "missing-role")
    worker.later(EVERY + 1)
    page.reload()
    page.get_by_text("another one follows within minutes").wait_for()
    worker.later(CONFIRM_S + 1)
    page.reload()
    page.get_by_role("heading", name="Red for").wait_for()
    if has_scripts:
        look(page, "heartbeat-red")
    page.goto("/")
    page.locator("a.chip.fail", has_text="heartbeat red for").wait_for()
    if has_scripts:
        look(page, "home-heartbeat-red")
    page.locator("a.chip.fail", has_text="heartbeat red for").click()
    page.locator("#to-case").click()
    page.wait_for_url("**/cases/**")
    case_id = page.url.rstrip("/").rpartition("/")[2]
    desk = open_page(support.email, at="/cases/", java_script_enabled=has_scripts)
    desk.locator(f"main a[href*='{case_id}']").first.wait_for()
    sandbox.set_fault(integrator, None)
    worker.later(EVERY + 1)
    page.goto(f"/profiles/{profile.id}/heartbeat/")
    page.get_by_role("heading", name="Up for").wait_for()
    expect(page.locator("#to-case")).to_have_count(0)
    page.goto(f"/cases/{case_id}/")
    page.get_by_text("The heartbeat is green again since").wait_for()
    record = cases.open_case(integrator, case_id).record
    assert (record.state, "The heartbeat is green again since" in repr(record)) == (CaseState.CLOSED, True)


def test_it_is_set_by_the_keyboard_alone_on_a_narrow_page(open_page, integrator, queued):  # noqa: F811 (the fixture)
    profile = profile_of(integrator, SAMPLE)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/heartbeat/", viewport=NARROW)
    tab_to(page, "input[name=every]:checked")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#set-heartbeat")
    page.keyboard.press("Enter")
    page.get_by_text("The heartbeat is on.").wait_for()
    page.get_by_text("every 15 minutes").first.wait_for()

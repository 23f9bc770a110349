"""A collection in a browser: requests put in a row, run step by step, a fault explained; and all without scripts."""

from playwright.sync_api import expect

from console.core.compose.draft import RequestDraft
from console.services import sandbox
from tests.browser.steps import open_first
from tests.services.collection_samples import READ, SECRET, opened_sample, orders, step


def save_request(page, path, query, name):
    page.locator("#id_path").fill(path)
    page.locator("#id_query").fill(query)
    page.locator("#saved-requests").evaluate("one => { one.open = true }")
    page.locator("#saved-requests [name=name]").fill(name)
    page.locator("#save-request").click()
    expect(page.locator("#saved-requests .alert.pass")).to_contain_text(name)


def test_requests_are_put_in_a_row_run_and_a_fault_is_explained(open_page, look, integrator):
    page = open_page(integrator.email)
    open_first(page, SECRET)
    save_request(page, "/orders", "", "List orders")
    save_request(page, "/echo/{{orderId}}", "", "Read the first")
    page.locator("#more").click()
    page.locator("#collections-of-profile").click()
    look(page, "collections-none")
    page.locator("#new-collection").click()
    page.locator("#id_name").fill("Orders")
    page.locator("#id_request_1").select_option(label="List orders (GET /orders)")
    page.locator("#id_takes_1").fill("orderId = $.orders[0].id")
    page.locator("#id_request_2").select_option(index=2)
    page.locator("#id_expects_2").fill("status 200\n$.path is")
    page.locator("#save").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2: Write a value behind “is”, for example: $.path is done.")
    look(page, "collection-refused")
    legend, panel = (page.locator(one).bounding_box() for one in ("#step-1 > legend", "#step-1"))
    assert legend["y"] > panel["y"], "the name of a step stands in its panel, not on its border"
    page.locator("#id_expects_2").fill("status 200\n$.path is /echo/{{orderId}}")
    page.locator("#save").click()
    page.locator("#run-collection").wait_for()
    look(page, "collection")
    page.locator("#run-collection").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 2 as expected.")
    expect(page.locator("#step-2")).to_contain_text("orderId = 1001 from the answer to step 1")
    expect(page.locator("#step-2")).not_to_contain_text("{{")
    look(page, "collection-good")
    sandbox.set_fault(integrator, "subscription-key-invalid")
    page.locator("#run-again").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("0 of 2 as expected; step 1 answered 401 instead of 2xx:")
    expect(page.locator("#announce")).to_contain_text("0 of 2 as expected")
    expect(page.locator("#step-2")).to_contain_text("{{orderId}} has no value, because step 1 gave none.")
    expect(page.locator("#step-2")).to_contain_text("{{orderId}} never filled: nobody gave it a value")
    heights = "found => found.map(one => one.getBoundingClientRect().height)"
    assert min(page.locator(".findings dd > a:only-child").evaluate_all(heights)) >= 24
    look(page, "collection-fault")
    page.goto(f"/profiles/{opened_sample(integrator).profile.id}/collections/")
    look(page, "collections")
    page.go_back()
    page.locator("#open-attempt").click()
    page.locator("#make-case").wait_for()


def test_without_scripts_it_runs_to_its_end_and_stays_after_a_reload(open_page, integrator):
    opened = opened_sample(integrator)
    made = orders(opened, step(opened, "Other", READ, "$.path is elsewhere"))
    page = open_page(
        integrator.email, at=f"/profiles/{opened.profile.id}/collections/{made.id}/", java_script_enabled=False
    )
    page.locator("#run-collection").click()
    told = '2 of 3 as expected; step 3 answered 200, but “$.path is elsewhere” was expected. There is "/echo/1001".'
    assert page.get_by_role("heading", level=1).inner_text() == told
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == told


def test_a_step_waits_for_long_work_across_a_reload(open_page, look, integrator):
    opened = opened_sample(integrator)
    step(opened, "Make a report", RequestDraft("POST", "/reports"))
    page = open_page(integrator.email, at=f"/profiles/{opened.profile.id}/collections/new/")
    page.locator("#id_name").fill("Reports")
    page.locator("#id_request_1").select_option(index=1)
    page.locator("#id_expects_1").fill("$.status is Succeeded")
    page.get_by_label("Wait for long work").first.check()
    look(page, "collection-waits-form")
    page.locator("#save").click()
    page.locator("#run-collection").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("step 1 waits for its work")
    look(page, "collection-waits")
    page.reload()
    expect(heading).to_have_text("1 of 1 as expected.")
    expect(page.locator("#step-1")).to_contain_text("answered 202 and, at the end of its work, 200 as expected")
    look(page, "collection-waited")

"""A request is composed, saved, opened again and sent, by the keyboard alone and without scripts."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from console.core.actor import Role
from console.core.compose.draft import RequestDraft
from console.models import Attempt, SavedRequest
from console.services import api_operations, saved_requests
from tests.browser.steps import open_first, press, profile_of, until
from tests.services.builders import person
from tests.services.collection_samples import opened_sample
from tests.services.test_queries import NAME

ORDERS = Path(__file__).parents[1] / "vectors" / "openapi" / "orders-3.1.yaml"


def test_a_request_is_saved_by_the_keyboard_and_opened_again(open_page, look, integrator):
    page = open_page(integrator.email)
    open_first(page, NAME)
    page.locator("#id_path").fill("/orders/7")
    page.locator("#id_query").fill("expand=lines")
    page.locator("#saved-requests > summary").press("Enter")
    page.locator("#id_name").fill("One order")
    page.locator("#id_name").press("Enter")
    expect(page.locator("#saved-requests")).to_contain_text("“One order” is saved with this profile.")
    assert page.locator("#id_path").input_value() == "/orders/7"
    assert Attempt.objects.filter(kind="call").count() == 0
    look(page, "request-saved")
    page.locator("#saved-requests").get_by_role("link", name="One order", exact=True).press("Enter")
    expect(page.locator("#saved-told")).to_contain_text("“One order”, saved")
    expect(page.locator("#live-url")).to_contain_text("/orders/7?expand=lines")
    look(page, "request-opened")
    page.locator("#id_path").fill("/orders/9")
    page.locator("#operation").select_option(label="One order")
    expect(page.locator("#id_path")).to_have_value("/orders/7")
    expect(page.locator("#saved-told")).to_contain_text("“One order”, saved")
    page.locator("#saved-requests").get_by_role("link", name="Rename or delete One order").press("Enter")
    page.locator("#delete").wait_for()
    look(page, "request-to-change")


def test_a_body_is_checked_as_it_is_written(open_page, look, integrator):
    api_id = profile_of(integrator, NAME).api_id
    api_operations.import_text(person("boss@example.com", Role.ADMIN), api_id, ORDERS.read_text("utf-8"))
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, NAME).id}/?operation=POST+/orders")
    page.locator("#id_body").fill('{"item": 1}')
    page.locator("#id_body").press("Tab")
    expect(page.locator("#body-told")).to_contain_text("$")
    look(page, "body-checked")
    page.locator("#id_body").fill("{")
    page.locator("#check-body").press("Enter")
    expect(page.locator("#body-told")).to_contain_text("The body is no JSON")
    page.locator("#id_body").press("Control+Enter")
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#body-told")).to_contain_text("The body is no JSON")


def test_without_scripts_a_request_is_saved_and_what_was_sent_is_there_again(open_page, integrator):
    page = open_page(integrator.email, java_script_enabled=False)
    open_first(page, NAME)
    page.locator("#id_path").fill("/orders/7")
    page.locator("#saved-requests > summary").click()
    page.locator("#id_name").fill("One order")
    page.locator("#save-request").click()
    expect(page.locator("#saved-requests")).to_contain_text("“One order” is saved with this profile.")
    assert SavedRequest.objects.get().name == "One order"
    page.locator("#id_path").fill("/orders/8")
    press(page, "#send-call")
    open_first(page, NAME)
    expect(page.locator("#id_path")).to_have_value("/orders/8")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_is_composed_in_rows(open_page, look, integrator, scripts, tmp_path):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, NAME).id}/", java_script_enabled=scripts)
    page.locator("#id_method").select_option("POST")
    for fold in ("#headers-fold", "#body-fold"):
        page.locator(f"{fold} > summary").click()
    page.get_by_label("Header 1 name").fill("X-Trace")
    page.get_by_label("Header 1 value").fill("7")
    expect(page.get_by_label("Field 1 name")).to_be_hidden()
    page.get_by_label("Body as").select_option("multipart")
    expect(page.locator("#id_body")).to_be_hidden()
    for number in (1, 2):
        page.get_by_label(f"Field {number} name").fill(f"item{number}")
        page.get_by_label(f"Field {number} value").fill("chair")
    if scripts:
        expect(page.get_by_label("Field 3 name")).to_be_visible()
        look(page, "form-in-rows")
    file = tmp_path / "note.txt"
    file.write_text("what stands in the file")
    page.locator("#id_body_file").set_input_files(file)
    page.locator("#send-call").click()
    page.locator("#answer .diagnosis").wait_for()
    sent = Attempt.objects.get(kind="call").exchanges
    assert "X-Trace" in sent
    expect(page.get_by_label("Field 2 name")).to_have_value("item2")
    expect(page.get_by_label("Header 1 name")).to_have_value("X-Trace")


def test_a_variable_stands_in_the_address_while_it_is_typed(open_page, look, integrator):
    page = open_page(integrator.email, at=f"/profiles/{profile_of(integrator, NAME).id}/")
    page.locator("#variables").press("Enter")
    page.get_by_label("Of this profile").fill("id = a/7")
    look(page, "variables")
    page.locator("#save").press("Enter")
    page.locator("#id_path").fill("/orders/{{id}}/{{no}}")
    expect(page.locator("#live-url")).to_contain_text("/orders/a%2F7/{{no}}")
    page.locator("#id_path").press("Control+Enter")
    expect(page.locator(".composer [role=alert]")).to_contain_text("{{no}}, which has no value")
    look(page, "variable-without-value")
    page.locator("#id_path ~ .error a").press("Enter")
    expect(page.get_by_label("Of this profile")).to_have_value("id = a/7\nno = ")
    look(page, "variable-wanted")
    page.get_by_role("link", name="Cancel").press("Enter")
    expect(page.locator("#id_path")).to_have_value("/orders/{{id}}/{{no}}")
    page.locator("#id_path").fill("/orders/{{id}}")
    page.locator("#id_path").press("Control+Enter")
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#live-url")).to_contain_text("/orders/a%2F7")
    expect(page.locator("#id_path")).to_have_value("/orders/{{id}}")


def test_a_timeout_is_set_by_the_keyboard_refused_in_words_and_told_with_the_answer(open_page, look, integrator):
    page = open_page(integrator.email)
    open_first(page, NAME)
    page.locator("#timeout-fold > summary").press("Enter")
    page.locator("#id_timeout_s").fill("99")
    page.locator("#timeout-fold > summary").press("Enter")  # what is refused is shown, folded or not
    page.locator("#id_path").press("Control+Enter")
    expect(page.locator("#timeout-fold")).to_contain_text("This console ends each call after 20 seconds")
    expect(page.locator("#id_timeout_s")).to_be_visible()
    look(page, "timeout-refused")
    page.locator("#id_timeout_s").fill("7")
    page.locator("#id_timeout_s").press("Control+Enter")
    expect(page.locator("#timeout-set")).to_have_text("Timeout 7 s, set in the form")
    expect(page.locator("#timeout-fold > summary")).to_contain_text("7 s")
    look(page, "timeout-sent")
    page.locator("#open-attempt").press("Enter")
    expect(page.locator("#timeout-set")).to_have_text("Timeout 7 s, set in the form")
    look(page, "timeout-of-attempt")


@pytest.fixture
def under_way(open_page, integrator):
    """A call whose answer comes when it is let go: (page, the list of what waits)."""
    api_id = profile_of(integrator, NAME).api_id
    api_operations.import_text(person("boss@example.com", Role.ADMIN), api_id, ORDERS.read_text("utf-8"))
    saved_requests.save(opened_sample(integrator), "Make one", RequestDraft("POST", "/orders/new", body='{"id": 7}'))
    page, waiting = open_page(integrator.email), []

    def hold(route):  # the library wants a function of Python's own
        waiting.append(route)

    page.route("**/call/", hold, times=1)
    page.goto(f"/profiles/{profile_of(integrator, NAME).id}/")
    page.locator("#id_path").fill("/orders")
    page.locator("#send-call").click()
    until(page, lambda: waiting)
    return page, waiting


def test_what_is_typed_while_a_call_is_under_way_stays_and_its_answer_comes(under_way):
    page, waiting = under_way
    page.locator("#id_path").fill("/orders/typed-meanwhile")
    page.locator("#headers-fold > summary").click()
    page.get_by_label("Header 1 name").fill("X-Meanwhile")
    waiting.pop().continue_()
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#id_path")).to_have_value("/orders/typed-meanwhile")
    expect(page.get_by_label("Header 1 name")).to_have_value("X-Meanwhile")
    expect(page.get_by_label("Header 1 name")).to_be_focused()
    expect(page.locator("#send-call")).to_have_text(re.compile("^Send"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("/orders/typed-meanwhile")
    expect(page.locator("#answer .diagnosis")).to_be_focused()


def test_an_operation_that_is_chosen_while_a_call_is_under_way_stays_and_its_answer_comes(under_way):
    page, waiting = under_way
    page.locator("#operation").select_option("POST /orders")
    expect(page.locator("#operation-told")).to_be_visible()
    waiting.pop().continue_()
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#operation-told")).to_be_visible()
    expect(page.locator("#id_method")).to_have_value("POST")


@pytest.mark.parametrize("chooses", ["list", "link"])
def test_a_saved_request_that_is_chosen_while_a_call_is_under_way_stays_and_its_answer_comes(under_way, chooses):
    page, waiting = under_way
    if chooses == "list":
        page.locator("#operation").select_option(label="Make one")
    else:
        page.locator("#saved-requests > summary").click()
        page.get_by_role("link", name="Make one", exact=True).click()
    expect(page.locator("#saved-told")).to_contain_text("Make one")
    waiting.pop().continue_()
    page.locator("#answer .diagnosis").wait_for()
    expect(page.locator("#id_path")).to_have_value("/orders/new")
    expect(page.locator("#id_body")).to_have_value('{"id": 7}')
    expect(page.locator("#send-call")).to_have_text(re.compile("^Send"))


def test_a_call_that_is_refused_as_it_was_typed_says_so_in_its_form(under_way):
    page, waiting = under_way
    waiting[0].continue_(post_data=waiting[0].request.post_data.replace("/orders", "http://[far/"))
    page.locator("#id_query").fill("typed=meanwhile")
    expect(page.locator(".composer [role=alert]")).to_be_visible()


HEADERS = json.dumps(
    {
        "openapi": "3.1.0",
        "paths": {
            "/orders": {
                "get": {
                    "parameters": [
                        {"name": "X-Tenant", "in": "header", "required": True, "example": "north"},
                        {"name": "If-Match", "in": "header", "description": "Its version, as the last answer told it."},
                        {"name": "top", "in": "query"},
                    ]
                }
            }
        },
    }
)


@pytest.mark.parametrize("scripts", [True, False])
def test_header_parameters_are_typed_into_fields_and_stay_when_the_operation_is_let_go(
    open_page, look, integrator, scripts
):
    api_id = profile_of(integrator, NAME).api_id
    api_operations.import_text(person("boss@example.com", Role.ADMIN), api_id, HEADERS)
    page = open_page(
        integrator.email,
        at=f"/profiles/{profile_of(integrator, NAME).id}/?operation=GET+/orders",
        java_script_enabled=scripts,
    )
    expect(page.get_by_label("X-Tenant header, required")).to_have_value("north")
    page.get_by_label("If-Match header, optional").fill('"7"')
    page.get_by_label("top query, optional").fill("5")
    if scripts:
        look(page, "header-fields")
    page.locator("#answer > *").evaluate_all("found => found.forEach(one => one.remove())")  # what stood there before
    page.locator("#send-call").click()
    page.locator("#answer .diagnosis").wait_for()
    expect(page.get_by_label("If-Match header, optional")).to_have_value('"7"')
    expect(page.locator("#header-name-1")).to_have_value("")
    if scripts:
        page.locator("#operation").select_option(value="")
        expect(page.locator("#header-name-1")).to_have_value("X-Tenant")
        expect(page.locator("#header-value-2")).to_have_value('"7"')
        expect(page.locator("#header-name-3")).to_have_value("")
        expect(page.locator("#parameters")).to_have_count(0)
        expect(page.locator("#id_query")).to_have_value("top=5")
        page.locator("#operation").select_option(value="GET /orders")
        expect(page.get_by_label("If-Match header, optional")).to_have_value('"7"')
        expect(page.locator("#header-name-1")).to_have_value("")
        expect(page.locator("#header-value-2")).to_have_value("")

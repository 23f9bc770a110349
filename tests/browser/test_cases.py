"""The support desk: an integrator's refused call becomes a case, and its answer comes back, with others of its kind."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.cases.listing import CaseFilter
from console.core.cases.state import CaseState
from console.models import Case, CaseComment, CaseTerm
from console.services import calls, cases
from tests.browser.steps import press, profile_of
from tests.services.builders import person

SAMPLE = "Sample: orders with a secret"
SECRET = "canary-of-the-desk-0451"


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def refused(actor, path="/orders"):
    profile = profile_of(actor, SAMPLE)
    return calls.send(actor, profile.id, ApiCall("GET", path, sends_token=False)).attempt_id


def test_a_refused_call_becomes_a_case_that_is_answered_and_solved_with_two_others(
    open_page, look, integrator, support
):
    person("aino@example.com", Role.SUPPORT)
    others = [cases.create(integrator, refused(integrator), title="", note="") for _ in range(2)]
    attempt_id = refused(integrator)
    page = open_page(integrator.email, at=f"/calls/{attempt_id}/")
    assert page.locator("#id_title").input_value() == "401 no token sent"
    page.locator("#id_note").fill(f"Since nine. It is client_secret={SECRET}\nhttps://status.example/today")
    press(page, "#preview-case")
    look(page, "case-preview-of-a-call")
    press(page, "#make-case")
    number = Case.objects.order_by("-number").first().number
    page.get_by_role("heading", level=1, name=f"#{number} 401 no token sent").wait_for()

    desk = open_page(support.email, at="/cases/")
    desk.get_by_role("heading", level=1, name="3 open cases, 3 with news").wait_for()
    look(desk, "cases-queue")
    desk.locator("#id_q").fill("token")
    press(desk, "#filter-cases")
    expect(desk.locator(".queue > li")).to_have_count(3)
    desk.locator(".queue .title").first.click()
    desk.get_by_role("heading", level=1, name=f"#{number}").wait_for()
    press(desk, "#take-case")
    desk.get_by_text("You look after it").wait_for()
    desk.locator("#id_text").fill("Tick “Send the token”, then call again.")
    desk.locator("#id_then").select_option("integrator")
    look(desk, "case-at-the-desk")
    press(desk, "#send-answer")
    assert desk.locator("#case-state").inner_text() == "waiting for integrator"
    desk.locator("#id_sentence").fill("The box was not ticked.")
    press(desk, "#solve-all")
    desk.get_by_text("Solved: #1, #2, #3. Who made them is told.").wait_for()
    look(desk, "case-solved")

    page.goto("/profiles/")
    badge = page.get_by_role("navigation", name="Main").get_by_role("link", name="Cases")
    assert badge.inner_text().split() == ["Cases", "3", "with", "news"]
    badge.click()
    page.get_by_role("heading", level=1, name="No open case").wait_for()
    page.get_by_role("navigation", name="State").get_by_role("link", name="Solved").click()
    expect(page.locator(".queue > li.unread")).to_have_count(3)
    look(page, "cases-solved-integrator")
    page.locator(".queue .title").filter(has_text="401 no token sent").first.click()
    page.goto(f"/cases/{Case.objects.get(number=number).pk}/")
    page.get_by_text("Tick “Send the token”").wait_for()
    page.get_by_text("Opened by").wait_for()
    assert page.get_by_text("sam@example.com").count() > 1
    assert page.get_by_role("link", name="https://status.example/today").get_attribute("rel") == (
        "noopener noreferrer nofollow"
    )
    look(page, "case-answered")
    assert {one.to[0] for one in mail.outbox} == {"sam@example.com", "aino@example.com", "ina@example.com"}
    kept = [*Case.objects.values(), *CaseComment.objects.values(), *CaseTerm.objects.values()]
    seen = [page.content(), desk.content(), *(f"{one.subject} {one.body}" for one in mail.outbox), repr(kept)]
    assert not any(SECRET in one for one in seen)
    assert all(cases.open_case(integrator, one.id).record.state is CaseState.SOLVED for one in others)


def test_the_queue_works_with_the_keyboard_and_without_scripts(open_page, look, integrator, support):
    for path in ("/orders", "/orders/1"):
        cases.create(integrator, refused(integrator, path), title="", note="")
    page = open_page(support.email, at="/cases/", java_script_enabled=False)
    page.locator("#id_q").focus()
    page.keyboard.type("#2")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%232**")
    page.locator(".queue .title").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="#2").wait_for()
    page.get_by_role("button", name="Take it over").focus()
    page.keyboard.press("Enter")
    page.get_by_text("You look after it").wait_for()
    page.get_by_text("Close without a solution").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close the case").focus()
    page.keyboard.press("Enter")
    page.get_by_text("It is not over: open it again").wait_for()
    assert [row.number for row in cases.queue(support, CaseFilter()).rows] == [1]
    page.goto("/cases/?q=nothing-of-the-kind")
    page.get_by_role("heading", name="No case fits").wait_for()


def test_an_empty_queue_and_a_form_that_is_refused(open_page, look, integrator, support):
    page = open_page(support.email, at="/cases/")
    look(page, "cases-empty")
    case = cases.create(integrator, refused(integrator), title="", note="")
    page.goto(f"/cases/{case.id}/")
    press(page, "#send-answer")
    look(page, "case-answer-refused")
    page.get_by_label("Another cause").check()
    press(page, "#solve-case")  # its address names the place of the form
    expect(page.locator("#solve [role=alert]")).to_be_focused()
    page.goto("/cases/?since=soon&profile=x")
    look(page, "cases-filter-refused")

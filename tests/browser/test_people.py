"""What an administrator does with people, on a phone and without scripts too: the way in, and what is refused."""

import pytest
from playwright.sync_api import expect

from console.adapters import clock
from console.core.access import SharedWith
from console.core.actor import Role
from console.core.audit.actions import Action
from console.services import mail, sharing
from console.store import audit, people
from tests.browser.conftest import WIDE
from tests.browser.steps import press, profile_of, prove
from tests.browser.test_profile import IN_VIEW, NARROW, SCRIPTS
from tests.services.builders import person


@pytest.fixture
def crowd(site, transactional_db, settings):
    settings.EMAIL_BACKEND = mail.DUMMY
    person("ada@example.com", Role.ADMIN)
    return [person(f"somebody-with-a-long-name-{number}@subsidiary.example.com") for number in range(25)]


@SCRIPTS
def test_below_many_people_somebody_is_invited_from_the_first_screen_and_what_is_wrong_comes_into_view(
    open_page, look, crowd, has_scripts
):
    page = open_page("ada@example.com", viewport=NARROW, java_script_enabled=has_scripts)
    prove(page)
    page.goto("/people/")
    assert page.locator("#to-invite").evaluate(IN_VIEW)
    page.locator("#to-invite").click()
    expect(page.locator("#id_email")).to_be_in_viewport()
    page.locator("#id_email").fill("new@example.com")
    press(page, "#invite")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".summary")).to_be_in_viewport()
    assert page.locator("#id_email").input_value() == "new@example.com"
    if has_scripts:
        look(page, "people-many")


@SCRIPTS
def test_roles_that_cannot_be_saved_are_told_beside_them_and_stay_as_chosen(open_page, look, crowd, has_scripts):
    page = open_page("ada@example.com", viewport=NARROW, java_script_enabled=has_scripts)
    prove(page)
    page.goto("/people/")
    somebody = crowd[-1].user_id
    line = page.locator("details", has=page.locator(f"#save-{somebody}"))
    line.locator("summary").click()
    page.locator(f"#role-{somebody}-integrator").uncheck()
    page.locator(f"#active-{somebody}").uncheck()
    press(page, f"#save-{somebody}")
    expect(line.locator(".error")).to_contain_text("Choose at least one role.")
    expect(line.locator(".error")).to_be_in_viewport()
    expect(page.locator(f"#active-{somebody}")).not_to_be_checked()
    expect(line.locator("summary")).to_contain_text("integrator")  # as it still is
    if has_scripts:
        look(page, "people-no-role")
    page.locator(f"#role-{somebody}-support").check()
    press(page, f"#save-{somebody}")
    expect(line.locator("summary")).to_contain_text("closed")


# Places where a line ends within a word: two letters or digits of one piece of text that stand on two lines.
BROKEN = """[...document.querySelectorAll(".audit bdi.untrusted")].flatMap(one => {
    const found = [], range = document.createRange();
    const top = (node, at) => (range.setStart(node, at), range.setEnd(node, at + 1), range.getBoundingClientRect().top);
    for (const node of one.childNodes) {
        for (let at = 1; node.data && at < node.data.length; at++) {
            const isWord = /^[a-z0-9]{2}$/i.test(node.data.slice(at - 1, at + 1));
            if (isWord && top(node, at) !== top(node, at - 1)) found.push(one.textContent);
        }
    }
    return found;
})"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_address_of_the_audit_trail_breaks_within_a_word(open_page, crowd, size):
    ada, now = people.find("ada@example.com"), clock.now()
    tenant = "11111111-2222-3333-4444-555555555555"
    told = (
        f"for https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        f"api://{tenant}/.default at https://orders-api-management.azure-api.example.com/orders/v2",
        "now at barbara.liskov@administrators.departments.example.com",
    )
    for detail in told:
        audit.append(ada, Action.SECRET_REPLACED, object_kind="", object_id="", result="done", now=now, detail=detail)
    page = open_page("ada@example.com", at="/people/audit/", viewport=size)
    assert page.locator(".audit", has_text=tenant).count() == 1
    assert page.evaluate(BROKEN) == []


def test_the_audit_trail_on_a_phone_has_no_line_that_says_nothing_and_a_way_out_of_an_empty_one(open_page, look, crowd):
    page = open_page("ada@example.com", at="/people/audit/", viewport=NARROW)
    rows = page.locator(".audit tbody tr")
    assert rows.count() > 0
    assert not [text for text in rows.locator("td:visible").all_inner_texts() if text.strip().endswith("–")]
    tops = [page.locator(one).bounding_box()["y"] for one in ("#export-csv", "#export-jsonl")]
    assert tops[0] == tops[1]
    page.goto("/people/audit/?since=2199-01-01")
    look(page, "audit-nothing-fits")
    page.locator("#show-every").click()
    expect(rows.first).to_be_visible()


def test_who_may_only_view_a_profile_is_told_who_checks_it(open_page, look, integrator):
    other, profile = person("vera@example.com"), profile_of(integrator, "Sample: orders with a secret")
    sharing.give(integrator, "profile", profile.id, SharedWith(other.user_id), right="view")
    page = open_page(other.email, viewport=NARROW)
    for place in ("preflight", "auth-matrix"):
        page.goto(f"/profiles/{profile.id}/{place}/")
        expect(page.locator("main")).to_contain_text("its owner does, or lets you use it")
        look(page, f"{place}-shared-view")

"""A call to production is asked about before it is sent, with the keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from console.core.actor import Role
from console.models import Attempt, Profile
from tests.services.builders import person
from tests.services.test_queries import NAME


@pytest.fixture
def production(integrator):
    found = Profile.objects.get(name=NAME)
    Profile.objects.filter(pk=found.pk).update(environment="Production")
    return found


def test_the_question_gets_the_focus_and_is_answered_by_the_keyboard(open_page, look, integrator, production):
    page = open_page(integrator.email, at="/")
    look(page, "production-home")
    page.goto(f"/profiles/{production.pk}/")
    page.locator("#id_path").fill("/orders/7")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer [role=alert]")).to_be_focused()
    look(page, "production-asked")
    assert page.locator("#id_path").input_value() == "/orders/7"
    assert Attempt.objects.filter(kind="call").count() == 0
    page.keyboard.press("Control+Enter")
    page.locator("#answer .diagnosis").wait_for()
    page.locator("#id_path").press("Control+Enter")
    expect(page.locator(".composer [role=alert]")).to_have_count(0)
    expect(page.locator("#send-call")).not_to_have_attribute("aria-busy", "true")


def test_without_scripts_the_question_is_a_page(open_page, integrator, production):
    page = open_page(integrator.email, at=f"/profiles/{production.pk}/", java_script_enabled=False)
    page.locator("#id_path").fill("/orders/7")
    page.locator("#send-call").click()
    expect(page.locator(".composer [role=alert]")).to_contain_text("Nothing was sent yet")
    page.get_by_role("button", name="Yes, send to Production").click()
    expect(page.locator("#answer .diagnosis")).to_be_visible()


def test_what_an_administrator_finds_at_home(open_page, look, site, transactional_db):
    page = open_page(person("ada@example.com", Role.ADMIN).email)
    look(page, "home-of-an-administrator")

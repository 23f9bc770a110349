"""A new profile: its questions by keyboard and without scripts, fields that follow the choice, the look-up."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import tab_to, until


def test_the_questions_are_answered_by_keyboard_alone_and_end_in_a_filled_in_form(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/new/")
    tab_to(page, "#chooser [name=person]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator("#chooser [name=api]").first.wait_for()
    tab_to(page, "#chooser [name=api]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#use-advice").wait_for()
    tab_to(page, "#use-advice")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("because=organisation"))
    expect(page.locator("#id_provider")).to_have_value("maskinporten:test")
    expect(page.locator("#advised")).to_contain_text("Samarbeidsportalen")


def test_the_questions_and_the_choice_of_provider_work_without_scripts(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/new/", java_script_enabled=False)
    page.locator("#id_person_nobody").check()
    page.locator("#next-question").click()
    page.locator("#id_api_external").check()
    page.locator("#next-question").click()
    page.locator("#use-advice").click()
    page.locator("#id_issuer").fill("https://idp.example")
    page.locator("#id_provider").select_option("keycloak")
    page.locator("#show-fields").click()
    expect(page.locator("#id_realm")).to_be_visible()
    page.locator("#id_provider").select_option("generic:outside")
    page.locator("#show-fields").click()
    expect(page.locator("#id_issuer")).to_have_value("https://idp.example")


def test_the_fields_follow_the_choice_at_once_and_the_focus_stays(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/new/")
    page.locator("#id_name").fill("Orders")
    page.locator("#id_provider").focus()
    page.locator("#id_provider").select_option("okta")
    page.locator("#id_server").wait_for()
    expect(page.locator("#id_name")).to_have_value("Orders")
    expect(page.locator("#id_provider")).to_be_focused()
    expect(page.locator("#id_tenant")).to_have_count(0)


@pytest.fixture
def held(open_page, integrator):
    """A new profile whose first choice is followed when it is let go: (page, the list of what waits)."""
    page, waiting = open_page(integrator.email), []

    def hold(route):  # the library wants a function of Python's own
        waiting.append(route)

    page.route("**/profiles/new/?do=show", hold, times=1)
    page.goto("/profiles/new/")
    with page.expect_request("**/profiles/new/?do=show"):
        page.locator("#id_provider").select_option("okta")
    until(page, lambda: waiting)  # the browser tells of a request before it hands it over
    return page, waiting


def test_what_is_entered_while_the_fields_follow_a_choice_stays(held):
    page, waiting = held
    page.locator("#id_name").fill("Entered meanwhile")
    page.locator("#id_name").press("End")
    waiting.pop().continue_()
    page.locator("#id_server").wait_for()
    expect(page.locator("#id_name")).to_have_value("Entered meanwhile")
    expect(page.locator("#id_name")).to_be_focused()
    expect(page.locator("#id_provider")).to_have_value("okta")


def test_a_choice_that_is_made_while_another_is_followed_is_followed_too(held):
    page, waiting = held
    page.locator("#id_provider").select_option("keycloak")
    waiting.pop().continue_()
    expect(page.locator("#id_realm")).to_be_visible()
    expect(page.locator("#id_provider")).to_have_value("keycloak")


def test_whoever_saves_while_the_fields_follow_a_choice_has_asked_for_nothing_else(held):
    page, waiting = held
    for field in page.locator("#form input[required]:visible").all():
        field.fill("Saved meanwhile")
    page.locator("#save").click()
    page.locator("#form [role=alert]").first.wait_for()
    expect(page.locator("#id_name")).to_have_value("Saved meanwhile")
    expect(page.locator("#id_server")).to_be_visible()
    assert len(waiting) == 1


def test_each_look_of_a_new_profile_is_in_order(open_page, integrator, look):
    page = open_page(integrator.email, at="/profiles/new/")
    look(page, "profile-new")
    page.goto("/profiles/which-grant/?person=here&who=employee")
    look(page, "which-grant-question")
    page.goto("/profiles/which-grant/?person=nobody&api=public")
    look(page, "which-grant-end")
    page.goto("/profiles/new/?provider=generic:outside&grant=client_credentials&because=own-name-outside")
    page.locator("#id_issuer").fill("https://127.0.0.1:1/x")
    page.locator("#look-up").click()
    page.locator("#metadata").wait_for()
    expect(page.locator("#metadata")).to_contain_text("Nothing was filled in")
    look(page, "profile-look-up")
    page.locator(".further > summary").first.click()
    look(page, "profile-further")

"""A long list in a browser: looked through, gone on in, by keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from console.adapters import clock
from console.core.actor import Role
from console.core.api import Api, Expectation
from console.store import apis, people
from tests.services.builders import person
from tests.store import builders


@pytest.fixture
def boss(site, transactional_db):
    boss = person("boss@example.com", Role.ADMIN, Role.INTEGRATOR)
    for number in range(60):
        people.create_person(f"p{number:03}@example.com", display_name="", roles=[], password=None, now=clock.now())
        builders.profile(boss, name=f"Profile {number:03}")
        wanted = Api("", 0, f"Api {number:03}", f"https://a{number}.example", Expectation())
        apis.create(boss, wanted, id=builders.new_id(), now=clock.now())
    return boss


def test_many_people_are_looked_through_and_gone_on_in(open_page, boss, look):
    page = open_page("boss@example.com", at="/people/")
    look(page, "people-many")
    expect(page.get_by_text("p049@example.com")).to_have_count(0)  # the administrator stands first
    page.locator("#more").click()
    expect(page.get_by_text("p059@example.com")).to_be_visible()
    page.get_by_label("Find in this list").fill("P05")
    page.get_by_label("Find in this list").press("Enter")
    expect(page.locator("details > summary", has_text="@example.com")).to_have_count(10)
    look(page, "people-looked-for")
    page.get_by_role("link", name="Show all 61").click()
    expect(page.get_by_text("p000@example.com")).to_be_visible()


def test_profiles_and_apis_without_scripts(open_page, boss, look):
    page = open_page("boss@example.com", java_script_enabled=False)
    for path, last in (("/profiles/", "Profile 059"), ("/apis/", "Api 059")):
        page.goto(path)
        page.locator("#more").click()
        expect(page.get_by_role("link", name=last)).to_be_visible()
        page.get_by_label("Find in this list").fill("nowhere at all")
        page.locator("#look").click()
        expect(page.get_by_text("has all these words")).to_be_visible()


def test_lists_of_many_are_looked_at(open_page, boss, look):
    page = open_page("boss@example.com")
    for path, name in (("/", "home-many"), ("/profiles/?from=50", "profiles-many"), ("/apis/?q=nowhere", "apis-none")):
        page.goto(path)
        look(page, name)

"""What ends, in a browser: a date is typed, the page answers, a calendar is subscribed to; with scripts and without."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from console.adapters import clock
from console.core.access import SharedWith
from console.core.credential import Secret
from console.core.ending import DAY_S
from console.services import profiles, sharing
from tests.browser.steps import tab_to
from tests.services.builders import PASSWORD, person
from tests.services.test_profiles import draft

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
LONG = "A profile with a name that is about as long as anybody would think of typing here, production"
SECRET = "s8~canary-secret-77"


@pytest.fixture
def owner(site, transactional_db):
    return person()


def ending(owner, days, name):
    made = profiles.create(owner, draft(name=name))
    ends_at = None if days is None else clock.now() // DAY_S * DAY_S + (days + 1) * DAY_S - 1
    profiles.replace_secret(owner, made.id, Secret(SECRET), ends_at=ends_at)
    return made


def day(days):
    return f"{datetime.fromtimestamp(clock.now(), UTC) + timedelta(days=days):%Y-%m-%d}"


def make_address(page):
    """With the fresh proof that it asks for."""
    page.locator("#make-address").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/ends/")
    page.locator("#make-address").click()
    page.locator("#calendar-address").wait_for()


@SCRIPTS
def test_a_date_is_typed_and_the_page_answers(open_page, owner, has_scripts):
    made = ending(owner, None, "Orders")
    page = open_page(owner.email, java_script_enabled=has_scripts)
    page.locator("#all-endings").click()
    assert page.locator("h1").inner_text() == "No end is known yet"
    page.get_by_role("link", name="Enter the date of the client secret of Orders").click()
    page.get_by_label("Ends on").fill(day(9))
    page.locator("#keep-date").click()
    page.wait_for_url("**/ends/")
    assert page.locator("h1").inner_text() == "One client secret ends in 9 days"
    page.goto(f"/profiles/{made.id}/")
    assert "ends in 9 days" in page.locator("#credential > header").inner_text()
    page.goto("/")
    assert "ends in 9 days" in page.get_by_role("region", name="Ends next").inner_text()


@SCRIPTS
def test_an_address_is_made_shown_once_and_taken_back(open_page, owner, has_scripts, site):
    ending(owner, 9, "Orders")
    page = open_page(owner.email, at="/ends/", java_script_enabled=has_scripts)
    make_address(page)
    address = page.locator("#calendar-address").inner_text()
    assert re.fullmatch(rf"{site}/ends/calendar/[\w-]{{43}}\.ics", address)
    path = address.removeprefix(site)
    assert "Client secret of Orders ends" in Client().get(path).content.decode()
    page.goto("/ends/")
    expect(page.locator("#calendar-address")).to_have_count(0)
    page.locator("#take-back-address").click()
    page.wait_for_url("**/ends/")
    assert Client().get(path).status_code == 404


def test_by_keyboard_alone(open_page, owner):
    ending(owner, None, "Orders")
    page = open_page(owner.email, at="/ends/")
    tab_to(page, "a[href*='?from=ends']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ends/?from=ends")
    tab_to(page, "#keep-date")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[0-9]/ends/$"))


def test_how_it_looks(open_page, look, owner):
    page = open_page(owner.email, at="/ends/")
    look(page, "ends-nothing")
    other = person("otto.with-a-long-address@department.example.com")
    theirs = ending(other, 3, "Theirs")
    sharing.give(other, "profile", theirs.id, SharedWith(owner.user_id), right="view")
    for days, name in ((0, "Today"), (9, LONG), (30, "Orders"), (45, "Invoices"), (50, "Reports"), (400, "Next year")):
        made = ending(owner, days, name)
    ending(owner, None, "Nobody knows")
    profiles.replace_subscription_key(owner, made.id, Secret("key-canary"))
    page.goto("/ends/")
    look(page, "ends")
    page.get_by_role("link", name="Enter the date of the client secret").click()
    look(page, "ends-date")
    page.get_by_label("Ends on").fill("2001-01-01")
    page.locator("#keep-date").click()
    page.get_by_text("That day is over").first.wait_for()
    look(page, "ends-date-refused")
    page.goto("/ends/")
    make_address(page)
    look(page, "ends-address")
    page.goto(f"/profiles/{made.id}/")
    look(page, "ends-profile")
    page.goto("/")
    look(page, "ends-home")

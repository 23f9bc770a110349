"""A real Chromium against a live server. Without a browser these tests are skipped, or fail where it is required."""

import datetime
import os
import pathlib
import shutil

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from console.core.actor import Role
from tests.services.builders import PASSWORD, person, with_samples

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop runs in this thread

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IS_REQUIRED = os.environ.get("CONSOLE_REQUIRE_BROWSER") == "1"
SHOTS = os.environ.get("CONSOLE_SCREENSHOTS", "")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 180_000  # an event that does not come is a failure; a busy machine is none
expect.set_options(timeout=PATIENCE_MS)
AXE_TAGS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


def pytest_collection_modifyitems(items):
    here = pathlib.Path(__file__).parent
    for item in items:
        if here in pathlib.Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not IS_REQUIRED:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert CHROMIUM, "CONSOLE_REQUIRE_BROWSER is set and there is no Chromium"
    return {"executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture
def site(live_server, settings):
    """The live server's address; the sandbox answers below it."""
    settings.CONSOLE_PUBLIC_URL = live_server.url
    cache.clear()  # the rate limits: a fast machine signs in more often in a minute than a person may
    return live_server.url


@pytest.fixture
def integrator(site, transactional_db):
    return with_samples()


@pytest.fixture
def support(site, transactional_db):
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def violations():
    """What the browser complained about; asserted empty at the end of each test that watches."""
    return []


@pytest.fixture
def open_page(browser, site, violations):
    """Opens a context with the given options and signs the person in; gives its page."""
    contexts = []

    def opened(email=None, **options):
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch(page, violations)
        if email:
            arrive(page, email, site)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert violations == []


def watch(page, violations):
    """Collects script errors, refused resources and Content-Security-Policy reports."""
    page.on("pageerror", lambda error: violations.append(f"script: {error}"))
    page.on("console", lambda message: _note(message, violations))


def _note(message, violations):
    is_policy = "Content Security Policy" in message.text or "Refused to" in message.text
    is_answer = "responded with a status of" in message.text or message.text.startswith("Response Status Error Code")
    if is_policy or (message.type == "error" and not is_answer):
        violations.append(message.text)


def arrive(page, email, site):
    """Stands where signing in leads to, with the session that the form of the sign-in page begins.

    The browser is spared that page: the newcomer's journey goes through it, all others only want to be signed in.
    """
    client = Client()
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, "signed in"
    cookies = [
        {"name": one.key, "value": one.value, "url": site, "httpOnly": bool(one["httponly"]), "sameSite": "Lax"}
        for one in client.cookies.values()
    ]
    page.context.add_cookies(cookies)
    page.goto(answer.headers["Location"])


def sign_in(page, email):
    """Goes through the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("#sign-in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def axe(page, *rules):
    """Violations of WCAG 2.2 AA on the page as it stands, as readable lines; of these rules alone, if any are named.

    Looked at from the top: half a button under the bar that stays in view while scrolling is no small button.
    """
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    place = page.evaluate("[scrollX, scrollY]")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    found = Axe().run(page, options={**AXE_TAGS, **only}).response["violations"]
    page.evaluate("([x, y]) => scrollTo(x, y)", place)
    return [f"{item['id']}: {node['target']} {node['failureSummary']}" for item in found for node in item["nodes"]]


def shoot(page, name):
    """A screenshot, where somebody asked for them."""
    if SHOTS:
        pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.evaluate("scrollTo(0, 0)")  # a sticky bar is painted where it stands
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")


@pytest.fixture
def time_machine_now():
    """The server's clock, to be moved on."""
    with time_machine.travel(datetime.datetime.now(datetime.UTC), tick=True) as traveller:
        yield traveller

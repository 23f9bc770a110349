"""A real Chromium against a live server. Without a browser these tests are skipped, or fail where it is required."""

import datetime
import os
import pathlib
import re
import shutil

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from console.core.actor import Role
from tests.browser.accessible import axe
from tests.browser.contexts import Contexts
from tests.services.builders import PASSWORD, person, with_samples

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop runs in this thread

# The shell is the same engine without the window that nobody sees: it takes less than half of the processor.
PROGRAMS = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
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
    "--process-per-site",  # the pages of a context find in their process what those before them had compiled
)
PATIENCE_MS = 60_000  # an event that does not come is a failure; a busy machine is none
expect.set_options(timeout=PATIENCE_MS)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = (("light", WIDE), ("dark", NARROW))
EXTRA = (("dark", WIDE), ("light", NARROW)) if SHOTS else ()
# htmx notes the address it stands on, which never holds anything secret; no page and nothing else is kept.
KEPT = """[...Object.entries(sessionStorage), ...Object.entries(localStorage)]
    .filter(([name, value]) => name !== "htmx-current-path-for-history" || value.includes("sign-in"))"""


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


@pytest.fixture(scope="session")
def contexts(browser):
    return Contexts(browser)


@pytest.fixture
def open_page(contexts, site, violations):
    """Opens a context with the given options and signs the person in; gives its page, at an address of the console."""

    def opened(email=None, *, at="", **options):
        page = contexts.lend(site, **options).new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch(page, violations)
        if email:
            arrive(page, email, site, at)
        elif at:
            page.goto(at)
        return page

    yield opened
    contexts.take_back()
    assert violations == []


def watch(page, violations):
    """Collects script errors, refused resources and Content-Security-Policy reports."""
    page.on("pageerror", lambda error: violations.append(f"script: {error}"))
    page.on("console", lambda message: _note(message, violations))


def _note(message, violations):
    is_policy = "Content Security Policy" in message.text or "Refused to" in message.text
    is_answer = "responded with a status of" in message.text or message.text.startswith("Response Status Error Code")
    is_given_up = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))  # a newer request took its place
    if is_policy or (message.type == "error" and not is_answer and not is_given_up):
        violations.append(message.text)


def arrive(page, email, site, at=""):
    """Stands at an address, else where signing in leads to, with the session that the sign-in page's form begins.

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
    page.goto(at or answer.headers["Location"])


def sign_in(page, email):
    """Goes through the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("#sign-in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


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


@pytest.fixture
def look():
    """`look(page, name)` notes what is wrong with a page as it stands; all of it is asserted at the end."""
    wrong, seen = [], []

    def at(page, name):
        seen.append(page)
        for scheme, size in (*LOOKS, *EXTRA):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            shoot(page, f"{name}-{size['width']}-{scheme}")
            if (scheme, size) in LOOKS:
                # The second look sees the same elements: only what colours and widths change can differ.
                rules = ("color-contrast", "target-size") if scheme == "dark" else ()
                wrong.extend(f"{name}, {scheme}: {line}" for line in axe(page, *rules))
                wrong.extend(f"{name}, {scheme}: {line}" for line in _layout(page))
        wrong.extend(f"{name}: {line}" for line in _texts(page))

    yield at
    for page in seen:
        if not page.is_closed():
            wrong.extend(f"kept in the browser: {name} {value}" for name, value in page.evaluate(KEPT))
    assert not wrong, "\n".join(wrong)


def _layout(page):
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    if width > room:
        yield f"the page is {width} px wide in {room} px"


def _texts(page):
    """A title of its own, one h1, and no word that only a programmer would write."""
    if page.title().startswith(" ·") or "Token Console" not in page.title():
        yield f"title {page.title()!r}"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} h1"
    # A name in double braces without blanks is a variable of a call; with them it is one of a template
    for odd in re.findall(
        r"\bNone\b(?!:)|\bTrue\b|\bFalse\b|\{\{(?!\w+\}\})|\[object|this field is required", page.inner_text("body")
    ):
        if odd != "None" or page.locator("option", has_text="None").count() == 0:
            yield f"odd text {odd!r}"

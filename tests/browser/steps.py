"""What a person does on a page, for the tests that need it done."""

import base64
import json
import re

from console.adapters import clock
from console.services import profiles
from tests.patience import LONG_S
from tests.services.builders import PASSWORD


def submit_natively(page, selector):
    """Sends the form without its validation by the browser and without htmx: the answer is a page."""
    with page.expect_navigation():
        page.eval_on_selector(selector, "button => { HTMLFormElement.prototype.submit.call(button.form) }")


def press(page, selector):
    """Presses a button of a plain form and waits for the page that follows."""
    with page.expect_navigation():
        page.eval_on_selector(selector, "button => { button.form.noValidate = true; button.click() }")


def press_scripted(page, selector):
    """Presses a button that only a script makes work, once the page that it stands on has its scripts."""
    page.locator(selector).wait_for()
    page.wait_for_load_state()
    page.locator(selector).click()


def look_again(page):
    """Long work is looked at: by its button, unless the page that looks by itself was quicker and needs none now."""
    page.wait_for_load_state()
    page.evaluate("document.querySelector('#check-again')?.click()")


def prove(page):
    """Proves who is here by the password, and comes back to the page."""
    back = page.url
    page.goto("/accounts/reauthenticate/?next=/go-back/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/go-back/")
    page.goto(back)


def until(page, is_so):
    """Lets the browser go on until something has happened that the test itself sees, such as a request held back."""
    for _ in range(LONG_S * 20):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def watch_triggers(page):
    """From now on `until_triggered` waits for the next request that is due, be it sent or queued behind another."""
    page.evaluate("() => { window.due = new Promise(done => addEventListener('htmx:trigger', done, {once: true})) }")


def until_triggered(page):
    page.evaluate("() => window.due.then(() => null)")


def time_of_budgets_stands(monkeypatch):
    """What is spent stays spent, however long a busy machine takes to get from one press to the next."""
    now_us = clock.now_us()
    monkeypatch.setattr(clock, "now_us", lambda: now_us)


def profile_of(actor, name):
    return next(one for one in profiles.list_profiles(actor) if one.name == name)


def jwt(header, claims, signature=b"\x00" * 256):
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def open_first(page, name):
    page.goto("/profiles/")
    page.get_by_role("link", name=name).click()
    page.wait_for_url(re.compile(r"/profiles/[0-9a-f-]{36}/$"))


def get_token(page):
    page.locator("#answer > *").evaluate_all("found => found.forEach(one => one.remove())")  # what stood there before
    page.locator("#get-token").click()
    page.locator("#answer .verdict, #answer .diagnosis").first.wait_for()


def send(page, path, method="GET"):
    page.locator("#id_method").select_option(method)
    page.locator("#id_path").fill(path)
    page.locator("#answer > *").evaluate_all("found => found.forEach(one => one.remove())")
    page.locator("#send-call").click()
    page.locator("#answer .diagnosis").first.wait_for()


def tab_to(page, selector, limit=60):
    """Presses Tab until the control has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {limit} times Tab")

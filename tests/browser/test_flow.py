"""The picture of a flow in a real browser: its arrows lead to its steps, wide and on a phone, light and dark."""

import re

import pytest

from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.services import calls, profiles, tokens
from tests.browser.conftest import axe, shoot
from tests.browser.steps import open_first, press, profile_of

pytestmark = pytest.mark.once

LOOKS = (("light", 1280), ("dark", 390))
EXTRA = (("dark", 1280), ("light", 390))
OVERLAPS = """svg => [...svg.querySelectorAll("text")].filter(one => one.checkVisibility()).filter(one => {
    const box = one.getBoundingClientRect(), room = svg.getBoundingClientRect();
    return box.left < room.left - 1 || box.right > room.right + 1;
}).map(one => one.textContent)"""


def looked_at(page, name):
    """What is wrong with the page in every look."""
    wrong = []
    for scheme, width in (*LOOKS, *EXTRA):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        shoot(page, f"{name}-{width}-{scheme}")
        wrong += [f"{name} {width} {scheme}: {line}" for line in axe(page)]
        wrong += page.locator("svg.sequence").first.evaluate(OVERLAPS)
        wide, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        wrong += [f"{name}: {wide} px in {room} px"] if wide > room else []
    page.set_viewport_size({"width": 1280, "height": 900})
    return wrong


def open_last_attempt(page):
    page.goto("/calls/")
    page.locator("main a[href^='/calls/']").first.click()
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}/$"))


def test_the_history_of_a_token_shows_how_it_came_to_be_and_each_arrow_leads_to_its_step(open_page, integrator):
    tokens.obtain(integrator, profile_of(integrator, "Sample: orders with a secret").id)
    page = open_page(integrator.email)
    open_last_attempt(page)
    assert looked_at(page, "flow-granted") == []
    page.locator("svg.sequence a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#flow-3")
    assert page.locator("#flow-3 strong").is_visible()
    assert page.locator("#flow-3").evaluate("one => one.matches(':target')")


def test_a_refused_token_request_stops_where_it_was_refused(open_page, integrator):
    made = profiles.create(
        integrator,
        ProfileDraft(name="Ürgently needed orders client of the third integration team " * 3, environment="",
                     provider="sandbox", settings={"tenant": "nobody.example"}, client_id="c" * 200,
                     grant="client_credentials", scope="api://x/.default", api_id=None),
    )  # fmt: skip
    profiles.replace_secret(integrator, made.id, Secret("a-secret-of-some-length~1"))
    tokens.obtain(integrator, made.id)
    page = open_page(integrator.email)
    open_last_attempt(page)
    assert looked_at(page, "flow-refused") == []
    assert "stopped at step" in page.locator("#flow header").inner_text()


def test_the_token_page_shows_it_where_the_token_unfolds(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    page.locator("#get-token").click()
    page.locator("#token summary").first.click()
    page.locator("#flow svg.sequence").wait_for()
    assert looked_at(page, "flow-token") == []


def test_a_token_can_be_got_step_by_step_and_nothing_leaves_before_the_button(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a certificate")
    page.locator("#token-steps").click()
    page.wait_for_url("**/token/steps/")
    assert looked_at(page, "flow-preview") == []
    assert page.locator("#flow-1 .chips").inner_text() == "next"
    assert "Client assertion: claims" in page.locator("#flow-1").inner_text()
    assert calls.history(integrator) == []
    press(page, "#send-step")
    assert "/calls/" in page.url
    assert page.locator("#flow .numbered > li.pass").count() == 4


def test_without_scripts_the_steps_are_the_same(open_page, integrator):
    page = open_page(integrator.email, java_script_enabled=False)
    page.goto(f"/profiles/{profile_of(integrator, 'Sample: orders with a secret').id}/token/steps/")
    page.locator("#send-step").click()
    page.wait_for_url("**/calls/**")
    assert page.locator("#flow svg.sequence").is_visible()

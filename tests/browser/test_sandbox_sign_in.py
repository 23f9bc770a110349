"""A person at the sandbox's own pages, in a real browser: forms work, and nothing of the console can be read there."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from console.sandbox.registration import put_client
from console.services import sandbox
from tests.browser.conftest import axe, shoot

pytestmark = pytest.mark.once  # what a browser does with the pages, which are asked of both databases elsewhere

APP = "http://localhost:9/callback"  # nobody listens there: the test answers in its place


@pytest.fixture
def authorize(integrator, site):
    """The address that an application sends a person to."""

    def with_address(state):
        client = state.client(sandbox.samples().secret_client.id)
        return put_client(state, replace(client, redirect_uris=(*client.redirect_uris, APP)))

    state = sandbox.change(integrator, with_address, told="a test")
    asked = {
        "client_id": sandbox.samples().secret_client.id,
        "response_type": "code",
        "redirect_uri": APP,
        "scope": f"openid profile {sandbox.samples().orders.identifier_uri}/access_as_user",
        "state": "s1",
    }
    return lambda **more: (
        f"{sandbox.workspace(integrator).base}/{state.tenant_id}/oauth2/v2.0/authorize?{urlencode(asked | more)}"
    )


def answered_by_the_application(page):
    """The requests that reach the application, which answers each."""
    arrived = []

    def answer(route):
        arrived.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<title>the application</title>")

    page.route(re.compile(r"http://localhost:9/.*"), answer)
    return arrived


def test_a_person_signs_in_with_two_clicks_and_arrives_at_the_application(open_page, integrator, authorize):
    page = open_page(integrator.email)
    arrived = answered_by_the_application(page)
    page.goto(authorize())
    assert page.title() == "Sign in to the sandbox (sandbox)"
    page.get_by_role("button", name="Kari Nordmann").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{APP}**")
    told = parse_qs(urlsplit(arrived[0].url).query)
    assert told["state"] == ["s1"] and told["code"]


def test_an_answer_by_form_is_posted_by_the_persons_click(open_page, integrator, authorize):
    page = open_page(integrator.email)
    arrived = answered_by_the_application(page)
    page.goto(authorize(response_mode="form_post"))
    for name in ("Ola Hansen", "Allow", "Continue"):
        page.get_by_role("button", name=name).click()
    page.wait_for_url(APP)
    assert arrived[0].method == "POST" and "code=" in arrived[0].post_data


LOOKS = [("light", 1280), ("dark", 390)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_each_page_is_readable_and_names_what_is_asked(open_page, integrator, authorize, scheme, width):
    """Its wall is down for the test alone, which looks by scripts."""
    screen = {"width": width, "height": 800}
    page = open_page(integrator.email, color_scheme=scheme, viewport=screen, bypass_csp=True)
    page.goto(authorize())
    pages = [("sign in", None), ("consent", "Sam Guest")]
    for name, pressed in pages:
        if pressed:
            page.get_by_role("button", name=pressed).click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shoot(page, f"sandbox {name} {scheme} {width}")
    page.goto(authorize(redirect_uri="https://evil.example/"))
    assert axe(page) == []
    shoot(page, f"sandbox refused {scheme} {width}")
    page.goto(re.sub(r"/v2\.0/authorize.*", "/deviceauth", authorize()))
    assert axe(page) == []
    shoot(page, f"sandbox device {scheme} {width}")
    page.get_by_label("The code that your device shows").fill("BBBB-BBBB")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("No device waits for this code").wait_for()

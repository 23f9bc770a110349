"""A person at the sandbox's own pages, in a real browser: forms work, and nothing of the console can be read there."""

import http.server
import re
import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from console.sandbox.registration import put_client
from console.services import sandbox
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.far_sides import Quiet


class Application(Quiet):
    """Where a person comes back to; `arrived` holds (method, address, body) of what came there."""

    arrived = []

    def do_GET(self):  # noqa: N802  (as the standard library calls it)
        self.arrived.append((self.command, self.path, self.body()))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>the application</title>")

    do_POST = do_GET  # noqa: N815


@pytest.fixture(scope="module")
def port():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def app(port):
    """The application's redirect URI."""
    Application.arrived.clear()
    return f"http://localhost:{port}/callback"


@pytest.fixture
def authorize(integrator, site, app):
    """The address that an application sends a person to."""

    def with_address(state):
        client = state.client(sandbox.samples().secret_client.id)
        return put_client(state, replace(client, redirect_uris=(*client.redirect_uris, app)))

    state = sandbox.change(integrator, with_address, told="a test")
    asked = {
        "client_id": sandbox.samples().secret_client.id,
        "response_type": "code",
        "redirect_uri": app,
        "scope": f"openid profile {sandbox.samples().orders.identifier_uri}/access_as_user",
        "state": "s1",
    }
    return lambda **more: (
        f"{sandbox.workspace(integrator).base}/{state.tenant_id}/oauth2/v2.0/authorize?{urlencode(asked | more)}"
    )


def called_back():
    """What came to the application's address; a browser also asks it for an icon."""
    return [one for one in Application.arrived if one[1].startswith("/callback")]


def test_a_person_signs_in_with_two_clicks_and_arrives_at_the_application(open_page, integrator, authorize, app):
    page = open_page(integrator.email, at=authorize())
    assert page.title() == "Sign in to the sandbox (sandbox)"
    page.get_by_role("button", name="Kari Nordmann").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{app}**")
    method, address, _ = called_back()[0]
    told = parse_qs(urlsplit(address).query)
    assert method == "GET"
    assert told["state"] == ["s1"] and told["code"]


def test_an_answer_by_form_is_posted_by_the_persons_click(open_page, integrator, authorize, app):
    page = open_page(integrator.email, at=authorize(response_mode="form_post"))
    for name in ("Ola Hansen", "Allow", "Continue"):
        page.get_by_role("button", name=name).click()
    page.wait_for_url(app)
    method, _, body = called_back()[0]
    assert method == "POST" and "code=" in body


LOOKS = [("light", 1280), ("dark", 390)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_each_page_is_readable_and_names_what_is_asked(open_page, integrator, authorize, scheme, width):
    """Its wall is down for the test alone, which looks by scripts."""
    screen = {"width": width, "height": 800}
    page = open_page(integrator.email, at=authorize(), color_scheme=scheme, viewport=screen, bypass_csp=True)
    pages = [("sign in", None), ("consent", "Sam Guest")]
    for name, pressed in pages:
        if pressed:
            with page.expect_navigation():
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

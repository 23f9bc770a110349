"""The picture of a flow in a real browser: its arrows lead to its steps, wide and on a phone, light and dark."""

import re

from django.template.loader import render_to_string
from playwright.sync_api import expect

from console.core.credential import Secret
from console.core.flows.picture import draw
from console.core.flows.recorded import Recorded, of_exchanges
from console.core.grants import authorization_code
from console.core.oauth.arrow import FlowMoment
from console.core.profile import ProfileDraft
from console.services import profiles, tokens
from console.store import attempts
from console.web.present.authorization_request import request_view
from console.web.present.chains import chain_view
from console.web.present.flows import FlowNames, flow_view
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import open_first, press, profile_of
from tests.core.flows.test_picture import exchange, refused
from tests.web.present.test_chains import MIRA, TRADED, link

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
    page.locator("form[aria-labelledby=list-title] tbody th a").first.click()
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}/$"))


def test_the_history_of_a_token_shows_how_it_came_to_be_and_each_arrow_leads_to_its_step(open_page, integrator):
    tokens.obtain(integrator, profile_of(integrator, "Sample: orders with a secret").id)
    page = open_page(integrator.email)
    open_last_attempt(page)
    assert looked_at(page, "flow-granted") == []
    page.locator("svg.sequence a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#flow-3")
    expect(page.locator("#flow-3 strong")).to_be_visible()
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
    assert attempts.list_recent(integrator) == []
    press(page, "#send-step")
    assert "/calls/" in page.url
    expect(page.locator("#flow .numbered > li.pass")).to_have_count(4)


def test_without_scripts_the_steps_are_the_same(open_page, integrator):
    page = open_page(
        integrator.email,
        at=f"/profiles/{profile_of(integrator, 'Sample: orders with a secret').id}/token/steps/",
        java_script_enabled=False,
    )
    page.locator("#send-step").click()
    page.wait_for_url("**/calls/**")
    expect(page.locator("#flow svg.sequence")).to_be_visible()


def stood_in(page, html):
    """A page of the console whose content is this: its style sheets, its policy, no scripts in what is put there."""
    page.goto("/calls/")
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)


PORTAL = FlowNames(
    "Orders portal of the third integration team", "Entra ID", "https://login.microsoftonline.example/t", "Mira Holm"
)


def test_a_sign_in_and_a_chain_find_room_on_every_screen(open_page, integrator):
    page = open_page(integrator.email)
    pushed = exchange({"response_type": "code", "client_id": "c"}, status=201, body={"request_uri": "***"}, at=100.0)
    traded = exchange({"grant_type": "authorization_code", "code": "***"}, at=107.9)
    recorded = [*of_exchanges([pushed]), Recorded(FlowMoment.LINK, at=100.1), Recorded(FlowMoment.CAME_BACK, at=107.8)]
    picture = draw(authorization_code.GRANT.arrows, [*recorded, *of_exchanges([traded])])
    flow = flow_view(picture, PORTAL, key="flow", title="Sign-in with a code and PKCE")
    stood_in(page, f"<h1>A sign-in</h1>{render_to_string('components/flow.html', {'flow': flow})}")
    assert looked_at(page, "flow-code") == []

    refusal = refused("invalid_grant", form={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"})
    first = link("Orders portal", "Orders", MIRA)
    stopped = chain_view([first, link("Orders of the third integration team", "Invoices", steps=(refusal,))])
    stood_in(page, f"<h1>A chain</h1>{render_to_string('components/chain.html', {'chain': stopped})}")
    assert looked_at(page, "flow-chain") == []

    second = link("Orders", "Invoices", TRADED, before=MIRA, steps=(exchange(),))
    going_on = chain_view([first, second, link("Invoices", "Tax")])
    stood_in(page, f"<h1>A long chain</h1>{render_to_string('components/chain.html', {'chain': going_on})}")
    assert looked_at(page, "flow-long-chain") == []


def test_the_link_of_a_sign_in_is_explained(open_page, integrator):
    page = open_page(integrator.email)
    url = (
        "https://login.example/authorize?response_type=code&client_id=portal&redirect_uri=https%3A%2F%2Fconsole.example"
        f"%2Fback%2F&scope=openid+{'orders.read+' * 20}&state=st-0123456789&nonce=n-0123456789"
        f"&code_challenge={'a' * 43}"
        "&code_challenge_method=S256&resource=api%3A%2F%2Forders&of_our_own=x"
    )
    html = render_to_string("components/authorization_request.html", {"request_sent": request_view(url)})
    flow = flow_view(draw(authorization_code.GRANT.arrows, []), PORTAL, key="flow", title="Sign-in")
    stood_in(page, f"<h1>A link</h1>{render_to_string('components/flow.html', {'flow': flow})}{html}")
    assert looked_at(page, "flow-link") == []

"""On behalf of a person who signs in at the sandbox: Orders trades a token for one to Invoices, drawn as a chain."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from console.adapters import clock
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.sandbox.idp.delegated import GRAPH
from console.sandbox.registration import put_client, with_secret
from console.sandbox.state import ClientRegistration, Consent
from console.services import connections, profiles, sandbox
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import press

SECRET = "a secret of the middle tier ~1"


def draft(name, grant, client_id, scope, **settings):
    known = {"tenant": sandbox.samples().state.tenant_id, **settings}
    return ProfileDraft(
        name=name, environment="", provider="sandbox", settings=known, client_id=client_id, grant=grant, scope=scope,
        api_id=None,
    )  # fmt: skip


@pytest.fixture
def portal(integrator):
    """A connection at the portal's profile, for whoever signs in."""
    samples = sandbox.samples()
    scope = f"openid profile {samples.orders.identifier_uri}/access_as_user"
    made = profiles.create(integrator, draft("Orders portal", "authorization_code", samples.secret_client.id, scope))
    profiles.replace_secret(integrator, made.id, Secret(samples.client_secret))
    return connections.make(integrator, made.id, "Kari's orders")


def orders_is_a_client(actor, *consents):
    """The orders API proves itself by a secret, and may call invoices where somebody consented."""
    orders = sandbox.samples().orders

    def changed(state):
        middle = with_secret(ClientRegistration(orders.id, "Orders"), SECRET, expires_at=clock.now() + 10**8)
        return replace(put_client(state, middle), consents=consents)

    sandbox.change(actor, changed, told="a test")


@pytest.fixture
def middle(integrator, portal):
    samples = sandbox.samples()
    made = profiles.create(
        integrator,
        draft(
            "Orders, the middle tier", "on_behalf_of", samples.orders.id,
            f"{samples.invoices.identifier_uri}/access_as_user", subject_from=f"{portal.profile_id}/{portal.id}",
        ),
    )  # fmt: skip
    profiles.replace_secret(integrator, made.id, Secret(SECRET))
    return made


def kari_signs_in(page, portal):
    page.goto(f"/connections/{portal.id}/")
    press(page, "#authorize")
    page.locator("#go").click()
    page.get_by_role("button", name="Kari Nordmann").click()
    page.get_by_role("button", name="Allow").click()
    page.locator("#confirm").click()
    page.locator("#open-connection").wait_for()


def test_the_person_stays_while_api_and_acting_client_change(open_page, integrator, portal, middle):
    invoices, orders = sandbox.samples().invoices, sandbox.samples().orders
    for_everybody = ((invoices.id, ("access_as_user",)), (GRAPH.id, ("openid", "profile", "offline_access")))
    orders_is_a_client(integrator, *(Consent(orders.id, "", api, scopes) for api, scopes in for_everybody))
    page = open_page(integrator.email)
    kari_signs_in(page, portal)
    page.goto(f"/profiles/{middle.id}/")
    page.locator("#get-token").click()
    page.locator("#chain-4.next").wait_for()
    assert "On behalf of" in page.locator("#chain-title").inner_text()
    names = page.locator("#chain svg .strong.wide-only").all_text_contents()
    assert names[:2] == ["Orders portal", "Orders, the middle tier"]
    second = page.locator("section[aria-labelledby=chain-tokens-title] tbody tr").nth(1)
    assert re.search(r"kept", second.locator("td").nth(1).inner_text())
    assert invoices.identifier_uri in second.inner_text()
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        shoot(page, f"chain-{width}-{scheme}")
        assert axe(page) == []


def test_without_consent_the_chain_stops_where_it_was_refused(open_page, integrator, portal, middle):
    page = open_page(integrator.email)
    kari_signs_in(page, portal)
    orders_is_a_client(integrator)
    page.goto(f"/profiles/{middle.id}/")
    page.locator("#get-token").click()
    page.locator("#chain-3.fail").wait_for()
    assert "stopped at step 3 of 4" in page.locator("#chain header").inner_text()
    assert "invalid_grant" in page.locator("#chain-3").inner_text()
    expect(page.locator("#answer .diagnosis").first).to_be_visible()

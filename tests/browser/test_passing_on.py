"""A token that is passed on, the provider's word about it, and an answer behind the # of an address, in a browser."""

import time

from console.services import tokens
from tests.browser.steps import press_scripted
from tests.services.grant_side import granted, profile_for, side

__all__ = ["side"]  # a fixture


def test_a_token_is_pasted_and_passed_on(open_page, look, integrator, side):
    profile = profile_for(integrator, side, "on_behalf_of", scope="api://orders/.default")
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    look(page, "pass-on")
    side.lay("/token", (400, {"error": "interaction_required", "claims": '{"access_token": {}}'}))
    page.get_by_label("Token to pass on").fill(side.id_token(int(time.time()), aud="c"))
    press_scripted(page, "#get-token")
    page.locator("#step-up-title").wait_for()
    look(page, "step-up-nobody")


def unfold(page):
    page.locator("#token").wait_for()
    page.eval_on_selector_all("#token details", "all => all.forEach(one => { one.open = true })")


def test_the_providers_word_stands_beside_ours(open_page, look, integrator, side):
    profile = profile_for(integrator, side, "client_credentials", scope="orders")
    side.lay("/token", granted(access_token=side.id_token(int(time.time()), aud="api", client_id="c")))
    tokens.obtain(integrator, profile.id)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    side.lay("/introspect", {"active": True, "aud": "another", "client_id": "c", "scope": "orders"})
    unfold(page)
    press_scripted(page, "#introspect-token")
    page.locator("#differences-title").wait_for()
    look(page, "introspected")
    side.lay("/revoke", {})
    unfold(page)
    press_scripted(page, "#revoke-token")
    page.get_by_text("The token was revoked").first.wait_for()
    look(page, "revoked")


def test_an_answer_behind_the_address_is_handed_on_and_gone_from_it(open_page, look, integrator, side, settings):
    settings.CONSOLE_LEGACY_GRANTS = ["implicit"]
    page = open_page()
    page.goto("/back/")
    look(page, "fragment")
    page.goto("/back/?x=1")
    page.goto("/back/#state=unknown&access_token=canary-token-behind-the-address")
    page.wait_for_url("**/back/*/")
    assert "canary" not in page.url
    page.go_back()
    assert "canary" not in page.url

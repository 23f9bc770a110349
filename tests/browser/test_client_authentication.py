"""How a client proves itself, on its pages in a browser: chosen, entered, told what does not fit."""

from playwright.sync_api import expect

from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.services import client_keys, profiles, tokens, wiring
from tests.bound_side import BoundSide
from tests.browser.steps import get_token, press
from tests.far_sides import allow
from tests.services.outside import outside_api

ISSUER = "https://idp.example"


def profile_at(actor, *, url=ISSUER, api_id=None, **settings):
    chosen = {"environment": "outside", "issuer": url, "token_endpoint": f"{url}/token", **settings}
    return profiles.create(
        actor, ProfileDraft("Far client", "", "generic", chosen, "c", "client_credentials", "", api_id=api_id)
    )


def test_a_key_is_made_registered_and_what_does_not_fit_is_said(open_page, look, integrator):
    profile = profile_at(integrator)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    look(page, "client-auth-none-yet")
    page.locator("summary", has_text="Make a signing key here").click()
    page.get_by_label("Key ID (kid)").first.fill("orders-2026")
    press(page, "#make-key")
    assert '"kid": "orders-2026"' in page.locator("#public-key").inner_text()
    look(page, "client-auth-key")

    page.goto(f"/profiles/{profile.id}/edit/")
    look(page, "client-auth-form-usual")
    page.locator("#client-authentication > summary").click()
    page.get_by_label("Signing algorithm").select_option("ES256")
    page.get_by_label("Audience of the assertion").select_option("both")
    look(page, "client-auth-form")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#id_client_auth").select_option("tls_client_auth")
    page.get_by_label("Token endpoint for mutual TLS").wait_for()
    expect(page.get_by_label("Signing algorithm")).to_have_count(0)
    page.locator("#form:not(.htmx-added, .htmx-settling, .htmx-swapping)").wait_for()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#id_client_auth").select_option(label="As usual with this provider")
    page.get_by_label("Signing algorithm").wait_for()
    assert page.get_by_label("Signing algorithm").input_value() == "ES256"
    press(page, "#save")
    assert "No assertion can be signed as this profile says." in page.locator("main").inner_text()
    look(page, "client-auth-misfit")


def test_the_steps_of_a_bound_token_are_shown_with_their_proofs(open_page, look, integrator, settings):
    with BoundSide() as side:
        allow(settings, side)
        api = outside_api(integrator, f"{side.url}/api")
        profile = profile_at(integrator, url=side.url, api_id=api.id, dpop="ES256")
        profiles.replace_secret(integrator, profile.id, Secret("a secret: of + the client"))
        side.nonces = "once"
        tokens.obtain(integrator, profile.id)
        page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
        get_token(page)
        text = page.locator("main").text_content()
        assert "The token is bound to the DPoP key of this profile, which goes along." in text
        look(page, "client-auth-dpop")
    wiring.egress_policy.cache_clear()


def test_forms_that_are_wrong_say_so_and_keep_what_may_be_kept(open_page, look, integrator):
    profile = profile_at(integrator)
    client_keys.make_key(integrator, profile.id, alg="ES256", ends_at=1_700_000_000)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    page.locator("summary", has_text="Replace the signing key").click()
    page.get_by_label("Or paste it").fill("no key at all")
    press(page, "#save-key")
    assert "This is not a PFX file, and not a PEM or JWK file either." in page.locator("main").inner_text()
    assert page.get_by_label("Or paste it").input_value() == ""
    look(page, "client-auth-wrong")

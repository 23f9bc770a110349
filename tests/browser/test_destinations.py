"""An edit of a published API, in a browser: it waits, is approved, and is confirmed before anything is sent."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from console.core.actor import Role
from console.services import apis, destinations, opening, profiles
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import press, profile_of
from tests.services.builders import person

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
SAMPLE = "Sample: orders with a secret"


@SCRIPTS
def test_new_addresses_wait_are_approved_and_confirmed_by_plain_buttons(integrator, open_page, has_scripts):
    owner, admin = person("maker@example.com"), person("root@example.com", Role.ADMIN)
    sample = profile_of(integrator, SAMPLE)
    made = apis.create(owner, apis.get_stored(integrator, "view", sample.api_id))
    apis.publish(admin, made.id, is_published=True, expected_version=made.version)
    profile = profiles.create(integrator, replace(profiles.draft_of(sample), name="Mine", api_id=made.id))

    page = open_page(owner.email, at=f"/apis/{made.id}/edit/", java_script_enabled=has_scripts)
    page.locator("#id_base_url").fill("https://api.contoso.example/orders")
    page.locator("#save").click()
    page.locator("#proposal").wait_for()
    expect(page.locator("#approve-proposal")).to_have_count(0)
    shoot(page, f"proposal-owner-{has_scripts}")

    page = open_page(
        admin.email, at=f"/apis/{made.id}/", java_script_enabled=has_scripts, viewport={"width": 390, "height": 844}
    )
    if has_scripts:
        assert axe(page) == []
    shoot(page, f"proposal-administrator-{has_scripts}")
    press(page, "#approve-proposal")

    page = open_page(integrator.email, at=f"/profiles/{profile.id}/", java_script_enabled=has_scripts)
    if has_scripts:
        assert axe(page) == []
    shoot(page, f"confirmation-{has_scripts}")
    page.locator("#id_path").fill("/typed")
    page.locator("#send-call").click()
    page.get_by_text("Nothing was sent, because where the API leads is not what you accepted.").first.wait_for()
    assert page.locator("#id_path").input_value() == "/typed"
    page.goto(f"/profiles/{profile.id}/")
    press(page, "#confirm-destination")
    expect(page.locator("#destination")).to_have_count(0)
    assert destinations.change_of(opening.of_profile(integrator, "view", profile.id)) is None

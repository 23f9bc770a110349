"""A secret typed in one tab, while another tab lets the profile lead elsewhere."""

from dataclasses import replace

import pytest

from console.core.credential import CredentialKind
from console.services import profiles
from console.store import credentials
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import profile_of

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
TYPED = "canary-typed-in-the-first-tab-0123456789"


@SCRIPTS
def test_what_changed_is_told_and_the_secret_is_stored_by_one_button(integrator, open_page, has_scripts):
    sample = profile_of(integrator, "Sample: orders with a secret")
    mine = profiles.create(integrator, replace(profiles.draft_of(sample), name="Two tabs"))
    page = open_page(
        integrator.email,
        at=f"/profiles/{mine.id}/",
        java_script_enabled=has_scripts,
        viewport={"width": 390, "height": 844},
    )
    moved = replace(profiles.draft_of(mine), settings={**mine.settings, "tenant": "elsewhere.example"})
    profiles.update(integrator, mine.id, moved, expected_version=mine.version)
    page.locator("#id_secret").fill(TYPED)
    page.locator("#save-secret").click()
    page.locator("#elsewhere").wait_for()
    assert "elsewhere.example" in page.locator("#elsewhere").inner_text()
    assert TYPED not in page.content()
    assert profiles.open_profile(integrator, "view", mine.id).credential.kind is CredentialKind.NONE
    if has_scripts:
        assert axe(page) == []
    shoot(page, f"two-tabs-{has_scripts}")
    page.locator("#go-on").click()
    page.locator("#remove-credential").wait_for()
    assert credentials.load(integrator, mine.id).value.reveal() == TYPED

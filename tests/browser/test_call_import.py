"""Calls of another tool are imported in a browser: by the keyboard and a dropped file, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from console.models import Attempt, SavedRequest
from tests.browser.steps import profile_of

NAME = "Sample: orders with a secret"
POSTMAN = Path(__file__).parents[1] / "vectors" / "call_imports" / "postman.json"
COMMANDS = """curl -X POST '{{base}}/orders' -H 'Ocp-Apim-Subscription-Key: 0123456789abcdef' --json '{"item": "chair"}'
curl '{{base}}/orders/7?expand=lines' -H "Authorization: Bearer $TOKEN"
curl https://elsewhere.example/orders
curl -X TRACE https://elsewhere.example/orders"""


@pytest.mark.parametrize("scripts", [True, False])
def test_commands_are_imported_by_the_keyboard(open_page, look, integrator, scripts):
    profile = profile_of(integrator, NAME)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/", java_script_enabled=scripts)
    page.locator("#saved-requests > summary").press("Enter")
    page.locator("#import-calls").press("Enter")
    page.locator("#id_pasted").fill(COMMANDS)
    if scripts:
        look(page, "import-empty")
    page.locator("#read-calls").press("Enter")
    expect(page.locator("#secrets")).to_contain_text("1 secret was left out: Ocp-Apim-Subscription-Key.")
    expect(page.locator("#pick-0")).to_be_checked()
    expect(page.locator("#pick-2")).not_to_be_checked()
    expect(page.locator("#pick-3")).to_be_disabled()
    if scripts:
        look(page, "import-found")
    page.locator("#pick-2").press("Space")
    page.locator("#keep-calls").press("Enter")
    expect(page.locator("#id_path")).to_have_value("/orders")
    expect(page.locator("#saved-requests")).to_contain_text("GET /orders/7")
    assert SavedRequest.objects.exclude(name="").count() == 3
    assert Attempt.objects.count() == 0


def test_a_collection_is_looked_at_and_its_client_becomes_a_profile(open_page, look, integrator):
    page = open_page(integrator.email, at="/import/")
    page.locator("#id_documents").set_input_files(POSTMAN)
    page.locator("#read-calls").click()
    expect(page.get_by_role("heading", name="7 calls and 1 client were read")).to_be_visible()
    page.locator("#keep-with").select_option(label=NAME)
    page.locator("#show-calls").click()
    expect(page.locator("#keep-calls")).to_be_visible()
    look(page, "import-elsewhere")
    page.locator("#make-profile-1").click()
    expect(page.locator("#id_client_id")).to_have_value("11111111-2222-3333-4444-555555555555")
    page.goto("/import/")
    page.locator("#id_pasted").fill("this is nothing")
    page.locator("#read-calls").click()
    expect(page.get_by_role("heading", name="No call could be read")).to_be_visible()
    look(page, "import-unread")

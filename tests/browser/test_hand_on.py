"""What was pasted or tried, handed on in a browser: each failed exchange opened, a case made with the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.test_inspect_hand_on import AUDIENCE, EXPIRED, archive, entry
from tests.web.test_policy_hand_on import POLICY, TOKEN

OF_A_CASE = re.compile(r"/cases/[0-9a-f-]{30,40}/")


def test_failed_exchanges_are_opened_and_one_becomes_a_case(open_page, look, support):
    page = open_page(support.email, at="/inspect/")
    entries = [entry(f"/orders/{number}", EXPIRED) for number in range(3)]
    page.locator("#id_text").fill(archive(*entries, entry("/invoices", AUDIENCE, token=TOKEN)))
    page.locator("#inspect-paste").click()
    page.get_by_role("heading", name="4 failed exchanges, 2 causes").wait_for()
    other = page.locator("#failed-token-expired details.panel").first
    other.locator("summary").first.press("Enter")
    look(page, "inspect-failed-exchanges")
    other.get_by_role("button", name="Make a case").press("Enter")
    page.locator("#make-case").press("Enter")
    expect(page).to_have_url(OF_A_CASE)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_refusal_of_a_policy_becomes_a_case(open_page, look, support, scripts):
    page = open_page(support.email, at="/policies/", java_script_enabled=scripts)
    page.locator("[name=policy]").fill(POLICY)
    page.locator("[name=token]").fill(TOKEN)
    page.locator("#try-policy").click()
    page.locator("#hand-on-policy").press("Enter")
    page.locator("#case-of-policy").wait_for()
    if scripts:
        look(page, "policy-handed-on")
    page.locator("#case-of-policy").press("Enter")
    page.locator("#make-case").press("Enter")
    expect(page).to_have_url(OF_A_CASE)

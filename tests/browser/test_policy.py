"""An API owner pastes a policy and a token, reads the failing rule, takes the proposed edit, and sees the call pass."""

import re

import pytest

from console.services import apis, tokens
from tests.browser.conftest import axe, shoot
from tests.browser.steps import profile_of, submit_natively, tab_to

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
SECRET = "Sample: orders with a secret"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def sample(integrator):
    """A token, and a policy of the sandbox that refuses it for its role alone."""
    profile = profile_of(integrator, SECRET)
    token = tokens.obtain(integrator, profile.id).access_token.reveal()
    policy = apis.get(integrator, "view", profile.api_id).policy
    return profile, token, re.sub(r"<value>Orders\.\w+</value>", "<value>Orders.Own</value>", policy)


def verdict(page, title):
    page.locator("#verdict h2", has_text=title).wait_for()


def fits(page):
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    return width <= room


def looked_at(page, name):
    """Light and wide, dark and narrow: nothing WCAG forbids, no sideways scrolling."""
    found = []
    for scheme, size in (("light", WIDE), ("dark", NARROW)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        shoot(page, f"{name}-{size['width']}-{scheme}")
        found += [f"{name} {scheme}: {line}" for line in axe(page)]
        found += [] if fits(page) else [f"{name} {size}: wider than the window"]
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found


@SCRIPTS
def test_a_policy_is_tried_read_mended_and_then_lets_the_call_through(open_page, integrator, sample, has_scripts):
    _, token, policy = sample
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    page.goto("/")
    page.get_by_role("link", name="Policy", exact=True).click()
    wrong = looked_at(page, f"policy-empty-{has_scripts}") if has_scripts else []
    page.locator("#id_policy").fill(policy)
    page.locator("#id_token").fill(token)
    if not has_scripts:
        page.locator("#try-policy").click()
    verdict(page, "The gateway would refuse this call with 401")
    row = page.locator("li.fail", has_text="required-claim:roles")
    assert "The one failure that the gateway reports." in row.inner_text()
    assert "TokenClaimValueNotAllowed" in page.locator("#gateway-log").inner_text()
    assert page.locator("#gateway-answer").inner_text().startswith("HTTP/1.1 401 Unauthorized")
    if has_scripts:
        wrong += looked_at(page, "policy-refused")
    page.locator("button[id^=apply-]").first.click()
    verdict(page, "The gateway would let this call through")
    assert "Orders.Read</value>" in page.locator("#id_policy").input_value()
    assert "It is kept nowhere until you save or copy it." in page.locator("#result").inner_text()
    assert page.locator("#id_token").input_value().strip() == token
    if has_scripts:
        wrong += looked_at(page, "policy-allowed")
    assert wrong == []


def test_the_caret_stays_while_the_verdict_changes(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email)
    page.goto("/policies/")
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(policy)
    verdict(page, "would refuse this call")
    page.locator("#id_policy").evaluate(
        "box => { const at = box.value.indexOf('Own'); box.setSelectionRange(at, at + 3) }"
    )
    page.keyboard.type("Read")
    verdict(page, "would let this call through")
    caret = page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]")
    assert caret == ["id_policy", policy.index("Own") + 4]


def test_fields_for_values_come_and_stay_while_somebody_types_in_them(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email)
    page.goto("/policies/")
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(policy.replace("Orders.Own", "{{role}}"))
    verdict(page, "cannot be told")
    field = page.get_by_label("Named value {{role}}")
    field.press_sequentially("Orders.Read")
    verdict(page, "would let this call through")
    assert page.evaluate("document.activeElement.value") == "Orders.Read"
    page.locator("#id_policy").fill(policy.replace("Orders.Own", "{{role}}{{other}}"))
    page.get_by_label("Named value {{other}}").wait_for()
    assert field.input_value() == "Orders.Read"
    assert looked_at(page, "policy-values") == []


def test_a_policy_that_cannot_be_stored_keeps_its_text_and_names_the_line(open_page, integrator):
    page = open_page(integrator.email)
    page.goto("/policies/")
    broken = '<policies>\n<inbound>\n<validate-jwt header-name="A">\n</inbound></policies>'
    page.locator("#id_policy").fill(broken)
    verdict(page, "The gateway would not store this policy")
    assert page.locator("#id_policy").input_value() == broken
    assert "line" in page.locator("#problems-title").locator("../..").inner_text().lower()
    assert looked_at(page, "policy-broken") == []
    page.locator("#id_policy").fill("")
    submit_natively(page, "#try-policy")
    assert "Paste the gateway’s policy first" in page.locator(".summary").inner_text().replace("'", "’")
    assert looked_at(page, "policy-form-refused") == []


def test_the_owner_keeps_a_row_and_the_table_shows_what_an_edit_breaks(open_page, integrator, sample):
    profile, _, policy = sample
    api = apis.create(integrator, apis.get_stored(integrator, "view", profile.api_id))
    page = open_page(integrator.email)
    page.goto(f"/apis/{api.id}/")
    page.locator("#try-policy").click()
    page.locator("#id_token_from").select_option(label=SECRET)
    verdict(page, "would let this call through")
    page.locator("#add-row-fold > summary").click()
    page.locator("#row-name").fill("Orders client " * 14)
    page.locator("#add-row").click()
    page.locator("#table", has_text="all 1 as expected").wait_for()
    page.locator("#id_policy").fill(policy)
    verdict(page, "would refuse this call")
    page.locator("#save-policy").click()
    page.locator("#table", has_text="1 of 1 not as expected").wait_for()
    assert "The policy is saved with the API." in page.locator("#result").inner_text()
    assert looked_at(page, "policy-api") == []
    page.locator("#fill-expectation").click()
    page.get_by_role("heading", name="What would change").wait_for()
    assert looked_at(page, "policy-expectation") == []


def test_the_sandbox_obeys_the_policy_that_is_written_there(open_page, integrator):
    page = open_page(integrator.email)
    page.goto("/sandbox/")
    page.locator("#policy-orders > summary").click()
    box = page.locator("#policy-orders-policy")
    text = box.input_value()
    box.fill("<policies><inbound></policies>")
    submit_natively(page, "#save-policy-orders")
    assert page.locator("#policy-orders .summary").count() == 1
    assert looked_at(page, "sandbox-policy-refused") == []
    page.locator("#policy-orders-policy").fill(text.replace("Orders.", "Orders.Own."))
    page.locator("#save-policy-orders").click()
    page.get_by_text("The policy is saved.").wait_for()
    page.goto("/profiles/")
    page.get_by_role("link", name=SECRET).click()
    page.locator("#call").get_by_label("Path").fill("/orders")
    page.locator("#send-call").click()
    page.locator("#call .diagnosis").first.wait_for()
    assert "401" in page.locator("#call").get_by_role("heading", name="Response").locator("..").inner_text()


def test_the_keyboard_alone_tries_a_policy(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email)
    page.goto("/policies/")
    tab_to(page, "#id_policy")
    page.keyboard.insert_text(policy)
    tab_to(page, "#id_token")
    page.keyboard.insert_text(token)
    page.keyboard.press("Control+Enter")
    verdict(page, "would refuse this call")
    tab_to(page, "button[id^=apply-]")
    page.keyboard.press("Enter")
    verdict(page, "would let this call through")

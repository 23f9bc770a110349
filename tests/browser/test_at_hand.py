"""What is at hand: a sandbox that breaks by one press, its page in tabs, a policy with its verdict beside it."""

import pytest
from playwright.sync_api import expect

from console.services import apis, sandbox
from console.services.tokens import obtain
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import profile_of
from tests.browser.test_profile import IN_VIEW, NARROW, SCRIPTS, WIDE


@SCRIPTS
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_a_profile_is_broken_and_mended_by_one_press_each(open_page, integrator, scheme, size, has_scripts):
    page = open_page(
        integrator.email,
        at=f"/profiles/{profile_of(integrator, 'Sample: orders with a secret').id}/",
        color_scheme=scheme,
        viewport=size,
        java_script_enabled=has_scripts,
    )
    page.locator("#fault").select_option(label="Token for another API")
    page.locator("#break").click()
    page.locator("#call-diagnosis").wait_for()
    assert page.locator(".diagnosis .chip.code").first.inner_text() == "audience-other-api"
    assert page.locator("#call-diagnosis h2").evaluate(IN_VIEW)
    expect(page.locator("#fault-banner")).to_contain_text("Fault switched on: Token for another API.")
    expect(page.locator("#fault")).to_have_value("wrong-audience")
    shoot(page, f"broken-{size['width']}-{has_scripts}")
    if has_scripts:
        expect(page.locator("#call-diagnosis")).to_be_focused()
        assert axe(page) == []
    page.locator("#mend").click()
    page.locator("#mend").wait_for(state="detached")
    expect(page.locator("#call-diagnosis h2")).to_contain_text("It worked")
    expect(page.locator("#fault-banner")).to_have_count(0)


@SCRIPTS
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_fault_is_told_where_a_profile_is_put_to_use_and_switched_off_from_there(
    open_page, look, integrator, size, has_scripts
):
    profile = profile_of(integrator, "Sample: orders with a secret")
    page = open_page(integrator.email, viewport=size, java_script_enabled=has_scripts)
    for place, begins in [("auth-matrix/", "#start-matrix"), ("preflight/", "#start-preflight"), ("token/steps/", "")]:
        sandbox.set_fault(integrator, "missing-role")
        page.goto(f"/profiles/{profile.id}/{place}")
        expect(page.locator("#fault-banner")).to_contain_text("Fault switched on: No app role granted.")
        assert page.locator("#fault-off").evaluate(IN_VIEW), place
        if has_scripts and size is WIDE:
            look(page, f"fault-told-{place.split('/')[0]}")
        page.locator("#fault-off").click()
        expect(page.locator("#fault-banner")).to_have_count(0)
        assert page.url.endswith(f"/profiles/{profile.id}/{place}")
        if begins:
            expect(page.locator(begins)).to_have_count(1)


@SCRIPTS
def test_tabs_that_go_on_to_the_side_fade_there_and_show_the_one_that_is_open(open_page, integrator, has_scripts):
    page = open_page(integrator.email, at="/sandbox/?tab=policies", viewport=NARROW, java_script_enabled=has_scripts)
    tabs = page.get_by_role("navigation", name="Parts of the sandbox")
    assert tabs.evaluate("one => one.scrollWidth > one.clientWidth")
    assert "gradient" in tabs.evaluate("one => getComputedStyle(one).maskImage")
    # Whole before the fade, which the room behind the last one is for.
    expect(tabs.locator("[aria-current=page]")).to_have_text("Policies")
    assert tabs.evaluate(
        """one => {
            const fade = parseFloat(getComputedStyle(one).paddingInlineEnd);
            const open = one.querySelector("[aria-current]").getBoundingClientRect();
            return fade >= 40 && open.left >= 0 && open.right <= one.getBoundingClientRect().right - fade + 1;
        }"""
    )
    page.set_viewport_size(WIDE)
    assert tabs.evaluate("one => getComputedStyle(one).maskImage") == "none"


@SCRIPTS
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_the_sandbox_has_a_tab_for_each_of_its_parts(open_page, integrator, scheme, size, has_scripts):
    page = open_page(
        integrator.email, at="/sandbox/", color_scheme=scheme, viewport=size, java_script_enabled=has_scripts
    )
    tabs = page.get_by_role("navigation", name="Parts of the sandbox")
    for name in ["Faults", "Clients and people", "Addresses and APIs", "Further providers", "Policies"]:
        tabs.get_by_role("link", name=name).click()
        expect(tabs.locator("[aria-current=page]")).to_have_text(name)
        if has_scripts:
            assert axe(page) == []
            width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
            assert width <= room
            shoot(page, f"sandbox-{name.split()[0]}-{size['width']}")


def test_older_links_to_places_of_the_sandbox_lead_to_their_tab(open_page, integrator):
    page = open_page(integrator.email)
    for old, new in {
        "#clients-title": "?tab=clients#clients-title",
        "#policy-orders": "?tab=policies#policy-orders",
        "#providers": "?tab=providers#providers",
        "?provider=maskinporten#provider-maskinporten": "?provider=maskinporten#provider-maskinporten",
        "#fault-expired": "#fault-expired",
    }.items():
        page.goto("about:blank")
        page.goto(f"/sandbox/{old}")
        page.wait_for_url(f"**/sandbox/{new}")
        expect(page.locator(new.partition("#")[2].join(("#", "")))).to_have_count(1)


@SCRIPTS
def test_the_verdict_stays_in_sight_beside_the_text_and_stands_before_it_on_a_phone_once_asked_for(
    open_page, integrator, has_scripts
):
    profile = profile_of(integrator, "Sample: orders with a secret")
    token = obtain(integrator, profile.id).access_token.reveal()
    policy = apis.get(integrator, "view", profile.api_id).policy
    page = open_page(integrator.email, at="/policies/", viewport=WIDE, java_script_enabled=has_scripts)
    page.locator("#id_token").fill(token)  # first: a policy alone is answered while one types, and refuses as well
    page.locator("#id_policy").fill(policy.replace("Orders.", "Orders.Own."))
    if not has_scripts:
        page.locator("#try-policy").click()
    title = page.locator("#verdict-title")
    expect(title).to_contain_text("would refuse this call with 401")
    box, beside = page.locator("#id_policy").bounding_box(), title.bounding_box()
    assert beside["x"] > box["x"] + box["width"]
    page.locator("#try-policy").focus()
    assert title.evaluate(IN_VIEW)
    page.set_viewport_size(NARROW)
    text, token_box = page.locator("#id_policy"), page.locator("#id_token")
    if has_scripts:  # so far it came while somebody typed
        assert title.bounding_box()["y"] > token_box.bounding_box()["y"] + token_box.bounding_box()["height"]
        page.locator("#try-policy").click()
        page.locator(".policy-desk.answered").wait_for()
    assert title.bounding_box()["y"] + title.bounding_box()["height"] < text.bounding_box()["y"]

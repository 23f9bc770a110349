"""An API owner pastes a policy and a token, reads the failing rule, takes the proposed edit, and sees the call pass."""

import re

import pytest
from playwright.sync_api import expect

from console.services import apis, tokens
from tests.browser.accessible import axe
from tests.browser.conftest import shoot
from tests.browser.steps import jwt, profile_of, submit_natively, tab_to, until, until_triggered, watch_triggers

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
    page = open_page(integrator.email, at="/", java_script_enabled=has_scripts)
    page.get_by_role("link", name="Policy", exact=True).click()
    wrong = looked_at(page, f"policy-empty-{has_scripts}") if has_scripts else []
    page.locator("#id_token").fill(token)  # first: a policy alone is answered while one types, and refuses as well
    page.locator("#id_policy").fill(policy)
    if not has_scripts:
        page.locator("#try-policy").click()
    verdict(page, "The gateway would refuse this call with 401")
    row = page.locator("li.fail", has_text="required-claim:roles")
    assert "the gateway reports this one" in row.inner_text().lower()
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


def test_the_caret_stays_while_the_verdict_changes_and_the_text_when_the_session_ends(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email, at="/policies/")
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
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type("Later")
    expect(page.get_by_role("heading", name="You were signed out; your text is still here")).to_be_visible()
    assert page.url.endswith("/policies/")
    assert page.locator("#id_policy").input_value() == policy.replace("Own", "ReadLater", 1)
    assert page.locator("#id_token").input_value().strip() == token


def test_fields_for_values_come_and_stay_while_somebody_types_in_them(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email, at="/policies/")
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
    page = open_page(integrator.email, at="/policies/")
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
    page = open_page(integrator.email, at=f"/apis/{api.id}/")
    page.locator("#try-policy").click()
    page.wait_for_url("**/policy/")  # its scripts too: what is chosen before they run waits for the button
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


def test_typing_on_while_a_save_is_under_way_loses_neither_its_answer_nor_the_next_save(open_page, integrator, sample):
    profile, _, policy = sample
    api = apis.create(integrator, apis.get_stored(integrator, "view", profile.api_id))
    page = open_page(integrator.email, at=f"/apis/{api.id}/policy/")
    said = page.locator("#result").get_by_text("The policy is saved with the API.")
    held = []
    page.route("**/policy/", lambda route: route.continue_() if held else held.append(route))
    page.evaluate(  # at one moment: the verdict on what is written is not due before the save
        """policy => {
            const box = document.querySelector("#id_policy");
            box.value = policy;
            box.dispatchEvent(new Event("input", {bubbles: true}));
            document.querySelector("#save-policy").click();
        }""",
        policy,
    )
    until(page, lambda: held)
    watch_triggers(page)
    page.locator("#id_policy").press_sequentially(" ")
    page.locator("#save-policy").focus()
    until_triggered(page)
    assert "do=save" in held[0].request.post_data
    with page.expect_response(lambda answer: "do=save" not in (answer.request.post_data or "")):
        held[0].continue_()
    verdict(page, "The gateway would")
    page.locator("#id_policy").press_sequentially(" ")
    page.locator("#save-policy").click()
    said.wait_for()
    assert apis.get_stored(integrator, "view", api.id).version == api.version + 2


def test_a_save_behind_a_slow_verdict_is_sent_once_and_not_with_the_verdicts_before_it(open_page, integrator, sample):
    profile, _, policy = sample
    api = apis.create(integrator, apis.get_stored(integrator, "view", profile.api_id))
    page = open_page(integrator.email, at=f"/apis/{api.id}/policy/")
    held, sent = [], []
    page.on("request", lambda request: sent.append(re.findall(r"do=(\w+)", request.post_data or "")))
    page.route("**/policy/", lambda route: route.continue_() if held else held.append(route))
    page.locator("#id_policy").fill(policy)
    until(page, lambda: held)
    watch_triggers(page)
    page.locator("#id_policy").press_sequentially(" ")
    until_triggered(page)
    page.locator("#save-policy").click()
    held[0].continue_()
    page.locator("#result").get_by_text("The policy is saved with the API.").wait_for()
    assert (sent[-1], sent.count(["save"]), len(sent) > 2) == (["save"], 1, True)


def test_a_secret_value_leaves_the_page_when_it_is_saved(open_page, integrator, sample):
    profile, _, policy = sample
    api = apis.create(integrator, apis.get_stored(integrator, "view", profile.api_id))
    page = open_page(integrator.email, at=f"/apis/{api.id}/policy/?profile={profile.id}")
    page.locator("#id_policy").fill(policy.replace("Orders.Own", "{{role}}", 1).replace("Orders.Own", "{{other}}"))
    secret, plain = page.get_by_label("Named value {{role}}"), page.get_by_label("Named value {{other}}")
    boxes = page.get_by_label("Secret: keep it sealed and never show it again")
    plain.fill("plain-role")
    secret.fill("canary-of-the-page")
    assert [box.is_checked() for box in boxes.all()] == [True, True]
    boxes.last.uncheck()
    page.locator("#save-policy").click()
    page.locator("#result").get_by_text("The policy is saved with the API.").wait_for()
    expect(secret).to_have_value("")
    expect(plain).to_have_value("plain-role")
    assert "A value is kept with the API and not shown" in page.locator("#open-values").inner_text()


def test_the_sandbox_obeys_the_policy_that_is_written_there(open_page, integrator):
    page = open_page(integrator.email, at="/sandbox/?tab=policies")
    page.locator("#policy-orders > summary").click()
    box = page.locator("#policy-orders-policy")
    text = box.input_value()
    box.fill("<policies><inbound></policies>")
    submit_natively(page, "#save-policy-orders")
    expect(page.locator("#policy-orders .summary")).to_have_count(1)
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
    page = open_page(integrator.email, at="/policies/")
    tab_to(page, "#id_policy")
    page.keyboard.insert_text(policy)
    tab_to(page, "#id_token")
    page.keyboard.insert_text(token)
    page.keyboard.press("Control+Enter")
    verdict(page, "would refuse this call")
    tab_to(page, "button[id^=apply-]")
    page.keyboard.press("Enter")
    verdict(page, "would let this call through")


def test_the_verdict_is_seen_after_the_press_and_followed_by_a_word_beside_the_button(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email)
    page.set_viewport_size(NARROW)
    page.goto("/policies/")
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(policy)
    page.locator("#verdict-brief .fail", has_text="Refused with 401").wait_for()
    place = page.evaluate("scrollY")
    page.locator("#id_policy").fill(policy.replace("Orders.Own", "Orders.Read"))
    page.locator("#verdict-brief .pass", has_text="Let through").wait_for()
    assert page.evaluate("scrollY") == place  # what comes while somebody types moves nothing
    page.locator("#try-policy").click()
    expect(page.locator("#verdict")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.activeElement.id") == "try-policy"


@SCRIPTS
def test_on_a_phone_the_verdict_of_a_press_stands_before_the_text_which_is_still_there(
    open_page, integrator, sample, has_scripts
):
    _, token, policy = sample
    page = open_page(integrator.email, at="/policies/", viewport=NARROW, java_script_enabled=has_scripts)
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(policy)
    if has_scripts:  # what comes while somebody types stands below what they type
        page.locator("#verdict-brief .fail").wait_for()
        assert page.locator("#verdict").bounding_box()["y"] > page.locator("#try-policy").bounding_box()["y"]
    page.locator("#try-policy").click()
    expect(page.locator("#verdict")).to_be_in_viewport(ratio=1)
    answer, text = page.locator("#verdict").bounding_box(), page.locator("#editor").bounding_box()
    assert 0 <= text["y"] - answer["y"] - answer["height"] < 40
    assert page.locator("#id_policy").input_value() == policy
    page.get_by_role("link", name="What would let it pass").click()
    expect(page.locator("#repairs-title")).to_be_in_viewport()
    page.locator("#id_policy").fill("")
    submit_natively(page, "#try-policy")
    expect(page.locator("#form-errors")).to_be_in_viewport(ratio=1)


def test_the_keyboard_goes_on_at_the_verdict_when_the_pressed_button_is_gone(open_page, integrator, sample):
    _, token, policy = sample
    page = open_page(integrator.email, at="/policies/")
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(policy)
    page.locator("button[id^=apply-]").first.press("Enter")
    verdict(page, "would let this call through")
    expect(page.locator("#verdict")).to_be_focused()
    announced = page.locator("#announce")
    expect(announced).to_contain_text("The edit is in the editor.")
    expect(announced).to_contain_text("The gateway would let this call through")


def test_a_line_that_must_be_mended_is_shown_in_a_long_text(open_page, integrator):
    page = open_page(integrator.email, at="/policies/")
    comment = "<!-- one of many lines -->\n" * 300
    page.locator("#id_policy").fill(
        f'<policies>\n<inbound>\n{comment}<validate-jwt clock-skew="x" />\n</inbound></policies>'
    )
    page.get_by_role("button", name="Show line 303 in the editor").first.click()
    chosen = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert page.locator("#id_policy").evaluate(chosen) == '<validate-jwt clock-skew="x" />'
    assert page.locator("#id_policy").evaluate("box => box.scrollTop > 1000")
    expect(page.locator("#id_policy")).to_be_focused()


def test_long_names_values_and_texts_leave_a_page_to_read(open_page, integrator, sample):
    _, _, policy = sample
    name, value = "N" * 200, "v" * 200
    text = policy.replace("<inbound>", "<inbound>" + f"<!-- {'x' * 100} -->\n" * 1000)
    text = text.replace("<required-claims>", f'<required-claims><claim name="{name}"><value>{value}</value></claim>')
    text = text.replace("Orders.Own", f"{value}</value><value>{{{{{name}}}}}", 1)
    claims = {"aud": [value] * 5, "iss": f"https://idp.example/{value}", "roles": [f"{n}{value}" for n in range(35)]}
    token = jwt({"alg": "RS256", "kid": "k" * 200}, {**claims, "exp": 4_000_000_000})
    assert len(text) > 100_000
    assert len(token) > 10_000
    page = open_page(integrator.email, at="/policies/")
    page.locator("#id_token").fill(token)
    page.locator("#id_policy").fill(text)
    verdict(page, "would refuse this call")
    assert looked_at(page, "policy-long") == []
    assert page.evaluate("document.scrollingElement.scrollHeight") < 6_000
    squeezed = "found => found.filter(one => one.offsetParent && one.offsetWidth < 150).length"
    assert page.locator("#result .what").evaluate_all(squeezed) == 0

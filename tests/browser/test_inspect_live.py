"""Inspect as quick as one pastes: decoded without a press, in colours, judged by what it is for; a token in a link."""

import json

import pytest
from playwright.sync_api import expect

from console.core.tokens.parse import parse
from console.services.tokens import obtain
from tests.browser.accessible import axe
from tests.browser.conftest import KEPT, shoot
from tests.browser.steps import jwt, profile_of
from tests.browser.test_profile import NARROW, WIDE
from tests.core.tokens.wire import compact

NAME = "Sample: orders with a secret"
COLOURED = ".colours .part-payload"


@pytest.fixture
def token(integrator):
    return obtain(integrator, profile_of(integrator, NAME).id).access_token.reveal()


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_a_paste_is_decoded_judged_and_coloured_without_a_press(open_page, integrator, token, scheme, size):
    page = open_page(integrator.email, at="/inspect/", color_scheme=scheme, viewport=size)
    page.wait_for_load_state()
    shoot(page, f"inspect-empty-{size['width']}")
    page.locator("#id_text").fill(token)
    expect(page.locator("#verdict-title")).to_contain_text("Orders (sandbox)")
    expect(page.locator("#token-home")).to_contain_text("This is for Orders (sandbox): judged by it.")
    expect(page.locator(COLOURED)).to_have_text(token.split(".")[1])
    expect(page.locator("#id_text")).to_be_focused()
    shoot(page, f"inspect-live-{size['width']}")
    assert axe(page) == []


def test_claims_that_came_decoded_are_judged_by_the_same_api(open_page, integrator, token, look):
    page = open_page(integrator.email, at="/inspect/")
    page.locator("#id_text").fill(json.dumps(parse(token).claims, indent=2))
    expect(page.locator("#verdict-title")).to_contain_text("Orders (sandbox)")
    expect(page.locator("#verdict")).to_contain_text("the claims came decoded")
    expect(page.get_by_role("heading", name="Encoded")).to_have_count(0)
    expect(page.locator("#findings .findings").first).to_be_hidden()  # nothing failed: the claims stand at once below
    look(page, "inspect-decoded")


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_what_is_folded_of_a_token_is_fetched_as_it_is_opened_by_the_keyboard(
    open_page, integrator, token, scheme, size
):
    page = open_page(integrator.email, at="/inspect/", color_scheme=scheme, viewport=size)
    page.locator("#id_text").fill(token)
    opened = [page.locator("summary", has_text=title) for title in ("What each part takes", "Copy: whole")]
    answers = []
    page.on("response", lambda answer: answers.append(answer.url))
    expect(opened[0]).to_be_visible()
    assert page.locator("#copy-whole, table.sizes").count() == 0
    for summary in opened:
        summary.focus()
        page.keyboard.press("Enter")
    expect(page.locator("table.sizes th", has_text="aud (payload)")).to_be_visible()
    expect(page.locator("#copy-whole")).to_have_text(token)
    expect(opened[1]).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#copy-whole")).to_be_visible()
    assert len([url for url in answers if url.endswith("/inspect/part/")]) == 2
    assert axe(page) == []


def test_what_passed_without_any_demand_is_fetched_as_it_is_opened(open_page, integrator):
    page = open_page(integrator.email, at="/inspect/", viewport=NARROW)
    page.locator("#id_text").fill(compact({"sub": "a", "aud": "api://nobody"}))
    passed = page.locator("#findings summary")
    expect(passed).to_contain_text("checks passed")
    assert page.locator("#finding-duplicate_members").count() == 0
    passed.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding-duplicate_members")).to_be_visible()
    expect(passed).to_be_focused()
    assert axe(page) == []


def test_a_part_that_did_not_come_is_asked_for_again_as_it_is_opened_again(open_page, integrator, token):
    page = open_page(integrator.email, at="/inspect/")
    page.locator("#id_text").fill(token)
    page.route("**/inspect/part/", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1)
    copies = page.locator("summary", has_text="Copy: whole")
    copies.click()
    expect(page.locator("#problem")).not_to_be_empty()
    expect(page.get_by_text("If it does not come, close this and open it again.").last).to_be_visible()
    copies.click()
    copies.click()
    expect(page.locator("#copy-whole")).to_have_text(token)


@pytest.mark.parametrize("name", ["token", "access_token"])
def test_a_token_in_a_link_is_read_and_gone_from_address_history_and_requests(open_page, integrator, token, name):
    page = open_page(integrator.email)
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    page.goto(f"/inspect/#state=x&{name}={token}")
    expect(page.locator("#verdict-title")).to_contain_text("would accept this token")
    assert page.url.endswith("/inspect/")
    assert page.evaluate("[location.hash, JSON.stringify(history.state)?.includes('ey') ?? false]") == ["", False]
    assert not [one for one in asked if token in "".join(one)]
    assert page.evaluate(KEPT) == []
    page.evaluate("token => { location.hash = `#id_token=${token}` }", token)  # a second link, on the page itself
    page.wait_for_url("**/inspect/")
    expect(page.locator("#id_text")).to_have_value(token)
    page.go_back()
    assert "token" not in page.url


def test_a_link_that_meets_the_sign_in_page_leaves_nothing_in_its_address(open_page, integrator):
    page = open_page()
    page.goto("/inspect/#token=eyJ.eyJ.x")
    page.locator("input[name=login]").wait_for()
    assert "token" not in page.url


def test_a_secret_is_taken_out_of_the_box_with_its_colours_as_it_is_pasted(open_page, integrator, token):
    page = open_page(integrator.email, at="/inspect/")
    page.wait_for_load_state()
    page.locator("#id_text").fill(token)
    expect(page.locator(COLOURED)).to_have_count(1)
    page.locator("#id_text").fill("abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-")
    expect(page.locator("#result-warning")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("")
    with page.expect_response("**/inspect/") as answer:  # pressed by whoever had not seen that it was read already
        page.locator("#inspect-paste").click()
    assert answer.value.status == 204
    expect(page.locator("#result-warning")).to_be_visible()
    page.locator("#id_text").fill(token)
    expect(page.locator(COLOURED)).to_have_text(token.split(".")[1])
    expect(page.locator("#verdict-title")).to_contain_text("Orders (sandbox)")
    page.locator("#id_text").fill("")
    expect(page.get_by_role("heading", name="Nothing inspected yet")).to_be_visible()
    expect(page.locator(COLOURED)).to_have_count(0)


def test_another_judge_is_one_press_and_stays_for_what_is_pasted_next(open_page, integrator, token):
    page = open_page(integrator.email, at="/inspect/")
    page.wait_for_load_state()
    page.locator("#id_text").fill(token)
    page.get_by_role("button", name="Only decode").click()
    expect(page.locator("#verdict-title")).to_contain_text("Nothing is wrong with the token as such")
    expect(page.locator("#id_against")).to_have_value("decode")
    page.locator("#id_text").fill(jwt({"alg": "RS256"}, {"aud": "api://next"}))
    expect(page.locator("#payload-title, .panel")).not_to_have_count(0)
    expect(page.locator("#token-home")).to_have_count(0)


def test_without_scripts_the_button_reads_the_paste_and_another_judges(open_page, integrator, token):
    page = open_page(integrator.email, at="/inspect/", java_script_enabled=False)
    page.locator("#id_text").fill(token)
    page.locator("#inspect-paste").click()
    assert "would accept this token" in page.locator("#verdict-title").inner_text()
    page.get_by_role("button", name="Only decode").click()
    assert page.locator("#id_against").input_value() == "decode"
    assert page.locator("#id_text").input_value() == token

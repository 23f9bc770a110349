"""An answer looked at: its time and headers, its body as a tree, by parts, with what was found in it, as a picture."""

import json

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, wiring
from console.web.present.exchanges import FAILURES
from tests.browser.steps import profile_of
from tests.core.answer.test_body import whole_png
from tests.far_sides import allow
from tests.served_bodies import Bodies
from tests.services.outside import outside_api, outside_profile

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
BARE = {"sends_token": False, "sends_subscription_key": False}
ORDERS = json.dumps({
    "orders": [
        {"id": number, "customer": {"name": "Nordhavn & Co", "city": "Oslo"}, "lines": [1, 2.50, None], "paid": True}
        for number in range(1_000, 2_500)
    ]
})  # fmt: skip
TOLD = {
    "/orders": ("application/json", ORDERS.encode()),
    "/small": ("application/json", b'{"id": 1042, "lines": [{"item": "rope", "metres": 12.50}], "note": null}'),
    "/picture": ("image/png", whole_png(300, 200)),
    "/xml": ("application/soap+xml", b"<orders><order id='1042'><city>Oslo &amp; Co</city></order></orders>"),
    "/not-xml": ("application/xml", b"<orders><order></orders>"),
    "/too-much": ("application/json", b'{"orders": ["' + b"x" * 1_100_000 + b'"]}'),
    "/file": ("application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8),
}


@pytest.fixture
def answered(settings, integrator):
    """The address of the page of a call that was answered with what is told of that path."""
    with Bodies(TOLD) as server:
        allow(settings, server)
        profile = outside_profile(integrator, api_id=outside_api(integrator, server.url).id)
        yield lambda path: f"/calls/{calls.send(integrator, profile.id, ApiCall('GET', path, **BARE)).attempt_id}/"
    wiring.egress_policy.cache_clear()


@SCRIPTS
def test_a_long_answer_is_looked_at_level_by_level_and_part_by_part(open_page, look, integrator, answered, has_scripts):
    page = open_page(integrator.email, at=answered("/orders"), java_script_enabled=has_scripts)
    page.locator("#response-headers > summary").click()
    page.locator("#response-time > summary").click()
    assert "What form the body has" in page.locator("#response-headers").inner_text()
    assert "waiting" in page.locator("#response-time .key").inner_text()
    if has_scripts:
        look(page, "answer")
    page.get_by_role("navigation", name="The whole body").get_by_role("link", name="Tree").click()
    expect(page.locator("#as-tree")).to_have_attribute("aria-current", "page")
    page.locator(".tree").get_by_text("1,400 more of 1,500").click()
    expect(page.locator(".tree")).to_contain_text("1100")
    page.locator("#id_wanted").fill("1700")
    page.locator("#find-in-body").click()
    expect(page.get_by_role("status")).to_contain_text("1 place.")
    if has_scripts:
        look(page, "answer-found")
    page.locator(".hits a").click()
    expect(page.locator("#body-text")).to_contain_text('"id": 1700')
    page.locator("#part-after").click()
    page.locator("#as-hex").click()
    expect(page.locator("#body-text")).to_contain_text("00000000  7b 22 6f 72 64 65 72 73")


def test_a_small_answer_and_a_picture(open_page, look, integrator, answered):
    page = open_page(integrator.email, at=answered("/small"))
    page.get_by_role("navigation", name="The whole body").get_by_role("link", name="Tree").click()
    look(page, "answer-tree")
    page.locator("#as-hex").click()
    look(page, "answer-hex")
    page.set_viewport_size({"width": 390, "height": 844})
    room = page.locator("#body-text").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert room[0] <= room[1], "the letters of the bytes are seen on a phone"
    page.goto(answered("/picture"))
    page.get_by_role("navigation", name="The whole body").get_by_role("link", name="Picture").click()
    picture = page.locator(".picture img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [300, 200]
    look(page, "answer-picture")


def test_a_picture_is_seen_and_a_file_saved_where_the_call_is(open_page, look, integrator, answered):
    page = open_page(integrator.email, at=answered("/picture"))
    picture = page.locator(".picture img")
    expect(picture).to_have_js_property("naturalWidth", 300)
    assert picture.bounding_box()["width"] <= 302
    look(page, "attempt-picture")
    page.goto(answered("/file"))
    expect(page.locator(".picture")).to_have_count(0)
    expect(page.locator("#copy-response")).to_have_count(0)  # it would copy what is said of the bytes, not them
    with page.expect_download() as told:
        page.locator("#save-body").click()
    assert told.value.suggested_filename.endswith(".pdf")
    look(page, "attempt-file")


@SCRIPTS
def test_xml_is_indented_where_the_call_is_and_on_its_own_page(open_page, look, integrator, answered, has_scripts):
    page = open_page(integrator.email, at=answered("/xml"), java_script_enabled=has_scripts)
    lines = "<orders>\n  <order id='1042'>\n    <city>Oslo &amp; Co</city>\n  </order>\n</orders>"
    assert page.locator("#response-body").inner_text() == lines
    page.get_by_role("navigation", name="The whole body").get_by_role("link", name="Pretty").click()
    assert page.locator("#body-text").inner_text() == lines
    if has_scripts:
        look(page, "answer-xml")
    page.locator("#as-raw").click()
    expect(page.locator("#body-text")).to_contain_text("<orders><order id=")
    page.goto(answered("/not-xml"))
    assert page.locator("#response-body").inner_text() == "<orders><order></orders>"
    page.get_by_role("navigation", name="The whole body").get_by_role("link", name="Pretty").click()
    expect(page.locator("main")).to_contain_text("Its tags do not pair")


def test_an_answer_that_is_cut_off_is_told_as_that_and_any_failure_fits_above_the_way(
    open_page, look, integrator, answered
):
    page = open_page(integrator.email, at=answered("/too-much"), viewport={"width": 390, "height": 844})
    expect(page.locator(".diagnosis h2")).to_contain_text("The call was let in; its answer is larger")
    expect(page.locator(".diagnosis")).to_contain_text("Certain: this console itself cut the answer off there.")
    expect(page.locator(".diagnosis")).not_to_contain_text("Nobody answered")
    expect(page.locator(".strip")).not_to_contain_text("too large")  # it came all the way
    assert page.locator(".strip .over", has_text="200").last.evaluate(
        """(one, failure) => {
            one.firstElementChild.textContent = `✕ ${failure}`;
            one.classList.add("broken");
            const parts = [one.firstElementChild, one, one.closest("ol")];
            const [text, way, row] = parts.map(it => it.getBoundingClientRect());
            one.firstElementChild.textContent = "200";
            one.classList.remove("broken");
            return text.height > 40 && text.bottom <= way.bottom && text.top >= row.top;
        }""",
        max(FAILURES.values(), key=len),
    )
    look(page, "answer-too-large")


@SCRIPTS
def test_on_a_phone_the_answer_follows_the_diagnosis_and_what_is_seldom_done_comes_last(
    open_page, integrator, answered, has_scripts
):
    page = open_page(
        integrator.email, at=answered("/small"), viewport={"width": 390, "height": 844}, java_script_enabled=has_scripts
    )
    tops = [page.locator(one).bounding_box()["y"] for one in (".diagnosis", "#response-title", "#ticket-title")]
    tops += [page.locator(one).bounding_box()["y"] for one in ("#hand-over", "#break-it")]
    assert tops == sorted(tops)
    assert tops[1] < 500
    head = page.locator(".panel > header", has=page.locator("#response-title"))
    assert head.bounding_box()["height"] < 60
    profile = profile_of(integrator, "Sample: orders with a secret")
    refused = calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=False))
    page.goto(f"/calls/{refused.attempt_id}/")
    assert head.bounding_box()["height"] < 75
    title = page.locator("#response-title")
    assert title.evaluate("one => one.getBoundingClientRect().height < 30 && one.scrollWidth <= one.clientWidth + 1")

"""What the style sheets promise, as a browser computes it: sizes of text, buttons, one line of navigation."""

import pytest
from playwright.sync_api import expect

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.profile import ProfileDraft
from console.models import Person
from console.services import calls, cases, people, profiles
from console.store.people import actor_of
from tests.browser.steps import open_first, profile_of, until

PAGES = ("/profiles/", "/profiles/new/", "/inspect/", "/policies/", "/calls/", "/sandbox/", "/accounts/2fa/")
PAGES += ("/cases/", "/apis/", "/people/", "/people/audit/")
SIZES = """[...document.querySelectorAll("body *")].filter(one => one.checkVisibility() && [...one.childNodes].some(
    node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())).map(one => getComputedStyle(one).fontSize)"""
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"
CONTRAST = """button => {
    const pixels = colour => {
        const paper = new OffscreenCanvas(1, 1).getContext("2d");
        paper.fillStyle = colour;
        paper.fillRect(0, 0, 1, 1);
        return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    };
    const light = colour => { const [r, g, b] = pixels(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const style = getComputedStyle(button);
    const [low, high] = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""


def hold(page, address):
    """The requests to `address`, each kept waiting until the test lets it go."""
    held = []

    def keep(route):
        held.append(route)

    page.route(address, keep)
    return held


def test_all_pages_use_the_same_five_sizes_of_text(open_page, integrator):
    admin = actor_of(Person.objects.get(email="ada@example.com"))
    people.set_roles(admin, integrator.user_id, roles=frozenset({Role.INTEGRATOR, Role.ADMIN}), is_active=True)
    attempt = calls.send(
        integrator, profile_of(integrator, "Sample: orders with a secret").id, ApiCall("GET", "/orders")
    )
    case = cases.create(integrator, attempt.attempt_id, title="A case", note="")
    page = open_page(integrator.email)
    seen = set()
    for path in (*PAGES, f"/cases/{case.id}/"):
        assert page.goto(path).status == 200, path
        seen |= set(page.evaluate(SIZES))
    open_first(page, "Sample: orders with a secret")
    page.locator("#send-call").click()
    page.locator("#call-diagnosis h2").first.wait_for()
    seen |= set(page.evaluate(SIZES))
    title, diagnosis = (page.locator(one).first.evaluate(SIZE) for one in ("h1", "#call-diagnosis h2"))
    assert title > diagnosis
    assert seen <= {"24px", "18px", "15px", "13px", "12px"}


def test_the_sizes_of_text_follow_what_the_reader_set(open_page, integrator):
    page = open_page(integrator.email, at="/profiles/")
    browser = page.context.new_cdp_session(page)
    browser.send("Page.enable")
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "30px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_at_work_can_be_read_while_it_is_pointed_at(open_page, integrator, scheme):
    page = open_page(integrator.email, color_scheme=scheme)
    open_first(page, "Sample: orders with a secret")
    held = hold(page, "**/call/")
    page.locator("#id_path").fill("/orders")
    page.locator("#send-call").click()
    page.locator("#send-call[aria-busy]").wait_for()
    assert page.locator("#send-call").inner_text() == "Calling…"
    assert page.locator("#send-call").evaluate(CONTRAST) >= 4.5
    expect(page.locator("#send-call")).to_be_enabled()
    assert page.evaluate("document.activeElement.id") == "send-call"
    page.locator("#send-call").evaluate("button => { button.removeAttribute('aria-busy'); button.disabled = true }")
    assert page.locator("#send-call").evaluate(CONTRAST) >= 4.5
    until(page, lambda: held)
    held[0].fulfill(status=204)


def test_a_second_press_of_a_button_at_work_sends_nothing(open_page, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    held = hold(page, "**/call/")
    page.locator("#id_path").fill("/orders")
    page.locator("#send-call").dblclick()
    page.locator("#send-call").press("Enter")
    page.keyboard.press("Control+Enter")
    page.locator("#send-call[aria-busy]").wait_for()
    until(page, lambda: held)
    assert len(held) == 1
    held[0].continue_()
    page.locator("#call .diagnosis").first.wait_for()
    assert len(held) == 1


def test_the_navigation_of_a_phone_is_one_line_that_shows_where_one_is(open_page, integrator):
    page = open_page(integrator.email, at="/sandbox/", viewport={"width": 390, "height": 844})
    tops = page.locator("nav[aria-label=Main] a").evaluate_all("all => all.map(one => one.offsetTop)")
    assert len(set(tops)) == 1
    left, right = page.locator("nav[aria-label=Main] [aria-current]").evaluate(
        "one => { const box = one.getBoundingClientRect(); return [box.left, box.right] }"
    )
    assert left >= 0
    assert right <= 390


def test_a_name_of_200_characters_takes_two_lines_of_a_list(open_page, integrator):
    profiles.create(
        integrator,
        ProfileDraft(name="n" * 200, environment="", provider="sandbox", settings={"tenant": "t.example"},
                     client_id="c", grant="client_credentials", scope="api://x/.default", api_id=None),
    )  # fmt: skip
    page = open_page(integrator.email, at="/profiles/")
    lines = page.get_by_role("link", name="n" * 200).evaluate(
        "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    )
    assert lines <= 2.1

"""The card of a diagnosis: the answer stands above the fold, and the strip is a list."""

import pytest
from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, cases, sandbox
from tests.browser.conftest import NARROW, WIDE
from tests.browser.steps import profile_of
from tests.browser.test_pastes import out_of_view

LEFT = "one => one.getBoundingClientRect().left"
WIDTH = """one => {
    const all = document.createRange();
    all.selectNodeContents(one);
    const drawn = [...one.childNodes].filter(node => !node.classList?.contains("visually-hidden"));
    all.setEndAfter(drawn.at(-1));
    return all.getBoundingClientRect().width;
}"""


@pytest.fixture
def refused(integrator):
    """The addresses of a refused call in the history, and of the case made of it."""
    sandbox.set_fault(integrator, "audience-other-form")
    sent = calls.send(integrator, profile_of(integrator, "Sample: orders with a secret").id, ApiCall("GET", "/orders"))
    case = cases.create(integrator, sent.attempt_id, title="GET /orders answered 401", note="")
    return f"/calls/{sent.attempt_id}/", f"/cases/{case.id}/"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_answer_stands_above_the_fold(open_page, integrator, support, refused, has_scripts):
    wrong = []
    for person, address in zip((integrator, support), refused, strict=True):
        for size in (WIDE, NARROW):
            page = open_page(person.email, at=address, viewport=size, java_script_enabled=has_scripts)
            wrong += [f"{address} at {size['width']}: {line}" for line in out_of_view(page, ".diagnosis")]
            expect(page.locator(".diagnosis .strip").get_by_role("listitem")).to_have_count(4)
            assert "answered 401" in page.locator(".diagnosis .strip").inner_text()
    assert wrong == []


def test_the_two_sides_lie_under_each_other_letter_by_letter(open_page, integrator, refused):
    page = open_page(integrator.email, at=refused[0], viewport=WIDE)
    mine, other = page.locator(".diagnosis .sides dd").all()
    assert mine.evaluate(LEFT) == other.evaluate(LEFT)
    assert mine.evaluate(WIDTH) == pytest.approx(other.evaluate(WIDTH), abs=0.5)
    assert page.locator(".diagnosis .sides mark").inner_text() == "api://"

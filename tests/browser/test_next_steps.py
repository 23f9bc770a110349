"""What can be done about a cause, and what is asked for where nothing decides, as people meet them."""

from playwright.sync_api import expect

from console.core.call import ApiCall
from console.services import calls, sandbox, tokens
from tests.browser.steps import profile_of

SECRET = "Qm8x4cRtVq7ZpL2sWn5yKb9T"  # shaped like one; it is nobody's
KEYCLOAK = (
    "POST https://idp.example/realms/shop/protocol/openid-connect/token HTTP/1.1\n"
    "Content-Type: application/x-www-form-urlencoded\n\n"
    f"grant_type=client_credentials&client_id=importer&client_secret={SECRET}\n\n"
    "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n"
    '{"error": "of_its_own", "error_description": "Nothing that anybody has written before"}\n'
)
IN_VIEW = "one => { const box = one.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 }"


def test_what_is_missing_is_asked_for_with_its_place_and_a_text_to_send(open_page, look, integrator):
    page = open_page(integrator.email, at="/inspect/")
    page.locator("#id_text").fill(KEYCLOAK)
    page.locator("#inspect-paste").click()
    page.locator("#result .diagnosis").first.wait_for()
    page.locator("#result summary", has_text="Text that asks").first.click()
    look(page, "missing-of-keycloak")
    text = page.locator("#result .diagnosis").first.inner_text()
    assert "Events > User events" in text
    assert "to be checked before it is run" in text
    assert SECRET not in page.locator("#result").inner_html()


def test_a_refused_call_leads_to_the_rule_and_to_the_last_call_that_worked(open_page, look, integrator):
    profile = profile_of(integrator, "Sample: orders with a secret")
    tokens.obtain(integrator, profile.id)
    assert calls.send(integrator, profile.id, ApiCall("GET", "/orders")).exchange.response.status == 200
    sandbox.set_fault(integrator, "wrong-audience")
    tokens.obtain(integrator, profile.id, wants_fresh=True)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/")
    page.locator("#id_path").fill("/orders")
    page.locator("#send-call").click()
    page.locator("#call-diagnosis").wait_for()
    look(page, "refused-with-steps")
    assert page.locator("#mend-fault").get_attribute("class").endswith("primary")
    where = page.locator("#see-policy").get_attribute("href")
    page.locator("#compare-worked").click()
    page.wait_for_url("**/inspect/compare/**")
    assert page.locator("h1").inner_text().startswith("401 instead of 200: aud ")
    look(page, "compared-with-the-last-good")
    page.goto(where)
    page.locator("#failing-rule").wait_for()
    assert page.locator("#failing-rule").evaluate(IN_VIEW)
    expect(page.locator("#repairs-title")).to_have_count(1)
    look(page, "policy-of-the-refused-call")

"""The reference: looked at, and searched as one types; with and without scripts nothing of it gets into the address."""

from playwright.sync_api import expect

PASTED = (
    "IDX10214: Audience validation failed. Audiences: 'api://x'. Did not match: validationParameters.ValidAudience: 'y'"
)
PAGES = (
    ("causes/", "causes"),
    ("messages/?group=PyJWT", "messages"),
    ("causes/audience-other-api/", "cause"),
    ("codes/AADSTS700016/", "code"),
    ("messages/IDX10205/", "message"),
    ("claims/azp/", "claim"),
    ("grants/authorization_code/", "grant"),
    ("providers/keycloak/", "provider"),
    ("policies/validate-jwt/", "policy"),
    ("policy-readings/issuer-lists/", "reading"),
)


def test_pages_of_the_reference(open_page, look, integrator):
    page = open_page(integrator.email, at="/reference/")
    look(page, "reference")
    page.locator("#id_text").fill(PASTED)
    page.locator("#found a").first.wait_for()
    look(page, "reference-found")
    page.locator("#id_text").fill("zzzzqqqq")
    page.get_by_role("heading", name="Nothing fits").wait_for()
    look(page, "reference-nothing")
    for path, name in PAGES:
        page.goto(f"/reference/{path}")
        look(page, f"reference-{name}")


def test_entries_are_found_while_one_types(open_page, integrator):
    page = open_page(integrator.email, at="/")
    page.get_by_role("link", name="Reference", exact=True).click()
    page.locator("#id_text").press_sequentially("AADSTS70001", delay=5)
    page.locator("#id_text").press_sequentially("6", delay=5)
    first = page.locator("#found tbody a").first
    expect(first).to_have_text("AADSTS700016")
    assert page.url.endswith("/reference/")
    assert page.evaluate("document.activeElement.id") == "id_text"
    first.click()
    expect(page.locator("h1")).to_contain_text("No application with this client id")
    page.get_by_role("link", name="Client id not known").click()
    expect(page.locator("h1")).to_have_text("Client id not known")


def test_a_search_without_scripts_leads_to_a_page_with_a_clean_address(open_page, integrator):
    page = open_page(integrator.email, at="/reference/", java_script_enabled=False)
    page.locator("#id_text").fill(PASTED)
    page.locator("#search").click()
    expect(page.locator("#found tbody a").first).to_have_text("IDX10214")
    assert page.url.endswith("/reference/#found")
    assert page.locator("#id_text").input_value() == PASTED

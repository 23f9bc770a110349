"""The main job, end to end, in a real browser: with JavaScript and without."""

import json
import re

import pytest
from playwright.sync_api import expect

from console.sandbox.faults import OF_APPLICATIONS
from console.sandbox.faults.base import Needs
from console.services import sandbox
from tests.browser.conftest import shoot, sign_in
from tests.browser.steps import get_token, jwt, look_again, profile_of

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])


def send_call(page, path="/orders"):
    page.locator("#call").get_by_label("Path").fill(path)
    page.locator("#answer > *").evaluate_all("found => found.forEach(one => one.remove())")
    page.locator("#send-call").click()
    page.locator("#answer .diagnosis").first.wait_for()


def set_fault(page, code):
    page.goto("/sandbox/")
    page.locator(f"#fault-{code or 'none'}").check()
    page.locator("#set-fault").click()
    page.locator(f"#fault-{code or 'none'}[checked]").wait_for()  # as the server has it, and not only as it was clicked


def choose_provider(page, field):
    """With scripts the form follows the choice at once; without them the button that shows its fields stands there."""
    if page.locator("#show-fields").count():
        field.select_option("sandbox")
        return
    page.wait_for_load_state()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field.select_option("sandbox")
    page.locator("#form:not(.htmx-added, .htmx-settling, .htmx-swapping)").wait_for()


def make_profile(page, *, name, client_id, tenant, scope, api="Orders (sandbox)"):
    page.goto("/profiles/new/")
    form = page.locator("#form")
    choose_provider(page, form.get_by_label("Provider", exact=True))
    form.get_by_label("Name", exact=True).fill(name)
    form.get_by_label("Tenant", exact=True).fill(tenant)
    form.get_by_label("Client ID", exact=True).fill(client_id)
    form.get_by_label("Scope", exact=True).fill(scope)
    form.get_by_label("API", exact=False).select_option(label=api)
    page.locator("#save").click()
    page.wait_for_url(re.compile(r"/profiles/[0-9a-f-]{36}/$"))


def register_client(page, name):
    """A client registration with all roles; (client id, secret) as the page shows them once."""
    page.goto("/sandbox/?tab=clients")
    form = page.locator("form", has=page.locator("#register-client"))
    form.get_by_label("Name", exact=True).fill(name)
    for box in form.get_by_role("checkbox").all():
        box.check()
    page.locator("#register-client").click()
    page.locator("#made-secret").wait_for()
    return page.locator("#made-client").inner_text(), page.locator("#made-secret").inner_text()


def tenant_and_scope(page):
    page.goto("/sandbox/?tab=addresses")
    tenant = page.locator("dl.meta dd", has_text="/oauth2/v2.0/token").first.inner_text().split("/oauth2/")[0]
    uri = page.locator("td[data-label='Application ID URI']").first.inner_text()
    return tenant.rsplit("/", 1)[1], f"{uri}/.default"


@SCRIPTS
def test_a_newcomer_gets_a_token_sees_it_judged_and_calls_the_api(open_page, integrator, has_scripts):
    page = open_page(java_script_enabled=has_scripts)
    sign_in(page, integrator.email)
    page.get_by_role("link", name="Sample: orders with a secret").click()
    get_token(page)
    assert "would accept this token" in page.locator("#answer .verdict").inner_text()
    expect(page.locator("#answer .findings li.fail")).to_have_count(0)
    send_call(page)
    assert "200" in page.locator("#call").get_by_role("heading", name="Response").locator("..").inner_text()
    shoot(page, f"profile-{has_scripts}")


@pytest.mark.parametrize("fault", OF_APPLICATIONS, ids=lambda fault: fault.code)
def test_each_fault_shows_its_cause_first_on_the_page(open_page, integrator, fault):
    sandbox.set_fault(integrator, fault.code)
    wanted = "certificate" if fault.needs is Needs.CERTIFICATE else "secret"
    sample = profile_of(integrator, f"Sample: orders with a {wanted}")
    page = open_page(integrator.email, at=f"/profiles/{sample.id}/")
    get_token(page)
    if page.locator("#token-diagnosis").count() == 0:
        send_call(page)
    assert page.locator(".diagnosis .chip.code").first.inner_text() == fault.cause


@SCRIPTS
def test_a_profile_made_by_hand_with_a_secret_works(open_page, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    client_id, secret = register_client(page, "My client")
    page.goto("/sandbox/?tab=addresses")
    page.locator("#make-key").click()
    page.locator("#made-key").wait_for()
    key = page.locator("#made-key").inner_text()
    tenant, scope = tenant_and_scope(page)
    make_profile(page, name="By hand", client_id=client_id, tenant=tenant, scope=scope)
    page.get_by_label("Client secret").fill(secret)
    page.locator("#save-secret").click()
    page.get_by_text("Subscription key none").click()
    page.get_by_label("Subscription key", exact=True).fill(key)
    page.locator("#save-subscription-key").click()
    get_token(page)
    assert "would accept this token" in page.locator("#answer .verdict").inner_text()
    send_call(page)
    assert "It worked" in page.locator("#call-diagnosis").inner_text()


@SCRIPTS
def test_a_profile_made_by_hand_with_a_generated_certificate_works(open_page, integrator, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    client_id, _ = register_client(page, "My certificate client")
    tenant, scope = tenant_and_scope(page)
    make_profile(page, name="By certificate", client_id=client_id, tenant=tenant, scope=scope)
    page.get_by_text("Make a certificate here").click()
    page.locator("#make-certificate").click()
    page.locator("#download-certificate").wait_for()
    page.goto("/sandbox/?tab=clients")
    page.get_by_text("My certificate client").click()
    page.locator(f"#profile-{client_id}").select_option(label="By certificate")
    page.locator(f"#certificate-{client_id}").click()
    page.wait_for_load_state()
    page.goto("/profiles/")
    page.get_by_role("link", name="By certificate").click()
    get_token(page)
    assert "The token is good; the subscription key is missing" in page.locator("#answer .verdict").inner_text()
    page.eval_on_selector_all("#token details", "all => all.forEach(one => { one.open = true })")
    assert "x5t#S256" in page.locator("#token .flow .numbered").inner_text()


@SCRIPTS
def test_a_case_reaches_support_redacted(open_page, integrator, support, has_scripts):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    set_fault(page, "missing-role")
    page.goto("/profiles/")
    page.get_by_role("link", name="Sample: orders with a secret").click()
    get_token(page)
    send_call(page)
    page.locator("#open-attempt").click()
    page.get_by_label("Note").fill("I expected 200.")
    page.locator("#make-case").click()
    page.wait_for_url(re.compile(r"/cases/"))
    address = page.url
    other = open_page(support.email, at=address, java_script_enabled=has_scripts)
    assert other.locator(".diagnosis .chip.code").first.inner_text() == "app-permission-not-granted"
    assert "eyJ" not in other.content()
    other.get_by_role("textbox", name="Your answer").fill("Ask your tenant administrator to grant Orders.Read.")
    other.locator("#send-answer").click()
    other.get_by_text("Ask your tenant administrator").wait_for()
    shoot(other, f"case-{has_scripts}")


@SCRIPTS
def test_long_work_is_followed_step_by_step(open_page, integrator, has_scripts, time_machine_now):
    page = open_page(integrator.email, java_script_enabled=has_scripts)
    page.get_by_role("link", name="Sample: orders with a secret").click()
    page.locator("#call").get_by_label("Method").select_option("POST")
    send_call(page, "/reports")
    page.locator("#open-attempt").click()
    page.locator("#check-again").wait_for()
    assert "Accepted: the API works on it." in page.locator("#diagnosis").inner_text()
    time_machine_now.shift(60)
    look_again(page)
    page.locator("#run .chip.pass", has_text="Succeeded").wait_for()
    page.locator("#diagnosis", has_text="It worked: nothing to explain.").wait_for()
    expect(page.locator("#diagnosis")).to_have_count(1)


def test_a_dropped_har_file_is_inspected_with_the_token_in_it(open_page, integrator):
    page = open_page(integrator.email, at="/inspect/")
    token = jwt({"alg": "RS256", "kid": "k"}, {"iss": "https://idp.example", "aud": "api://dropped", "exp": 1900000000})
    headers = [{"name": "Authorization", "value": f"Bearer {token}"}]
    request = {"method": "GET", "url": "https://api.example/x", "headers": headers, "cookies": []}
    entry = {"request": request, "response": {"status": 401, "headers": [], "content": {"text": ""}}}
    archive = json.dumps({"log": {"version": "1.2", "entries": [entry]}})
    drag = page.evaluate_handle(
        """archive => {
            const drag = new DataTransfer();
            drag.items.add(new File([archive], "session.har", { type: "application/json" }));
            return drag;
        }""",
        archive,
    )
    page.dispatch_event("#id_text", "dragover", {"dataTransfer": drag})
    expect(page.locator("#inspect-form.dropping")).to_have_count(1)
    page.dispatch_event("#id_text", "drop", {"dataTransfer": drag})
    expect(page.locator("#inspect-form.dropping")).to_have_count(0)
    assert page.locator("#id_upload").evaluate("input => [...input.files].map(file => file.name)") == ["session.har"]
    assert page.evaluate("document.activeElement.id") == "id_upload"
    expect(page.locator("#result .claims")).to_have_count(0)
    page.locator("#inspect-paste").click()
    page.locator("#result .claims").first.wait_for()
    text = page.locator("#result").inner_text()
    assert "HAR file" in text
    assert "api://dropped" in text


@SCRIPTS
def test_a_pasted_token_is_decoded_without_any_profile(open_page, integrator, has_scripts):
    page = open_page(integrator.email, at="/inspect/", java_script_enabled=has_scripts)
    token = (
        "Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlIiwic3ViIjoidXNlci0xIiwiYXVkIjoiYXBpOi8vZGVtbyI"
        "sImV4cCI6MTkwMDAwMDAwMH0."
    )
    page.locator("#id_text").fill(token)
    page.locator("#inspect-paste").click()
    page.locator("#result .claims").first.wait_for()
    text = page.locator("#result").inner_text()
    assert "api://demo" in text
    assert "unsecured" in text.lower()
    shoot(page, f"inspect-{has_scripts}")


@SCRIPTS
def test_a_token_is_judged_by_what_is_typed_on_the_spot(open_page, integrator, has_scripts):
    page = open_page(integrator.email, at="/inspect/", java_script_enabled=has_scripts)
    page.locator("#id_text").fill(jwt({"alg": "RS256"}, {"iss": "https://idp.example", "aud": "api://a", "exp": 4e9}))
    page.locator("#typed summary").click()
    page.get_by_label("Audiences (aud)").fill("api://b")
    page.locator("#inspect-paste").click()
    page.locator("#verdict", has_text="The API you described would refuse this token").wait_for()
    assert "api://b" in page.locator("#finding-audience").inner_text()
    assert page.get_by_label("Audiences (aud)").input_value() == "api://b"
    page.locator("summary", has_text="Copy: whole").click()
    assert page.locator("#copy-unsigned").inner_text().endswith(".")
    shoot(page, f"inspect-typed-{has_scripts}")

"""Every page in every state: nothing WCAG 2.2 AA forbids, no sideways scrolling, nothing kept in the browser.

Each state is looked at light and wide, then dark and narrow. With CONSOLE_SCREENSHOTS all four become pictures.
"""

import json
import re

from playwright.sync_api import expect

from console.adapters import clock
from console.core.call import ApiCall
from console.core.profile import ProfileDraft
from console.services import apis, calls, cases, mail, profiles, sandbox, sign_in, tokens
from console.store import people
from tests.browser.steps import (
    get_token,
    jwt,
    look_again,
    open_first,
    press,
    profile_of,
    prove,
    send,
    submit_natively,
    time_of_budgets_stands,
)
from tests.services.builders import person

LONG_NAME = ("Ünïcode orders client of the third integration team " * 4)[:200].strip()


def test_before_signing_in(open_page, look, site, transactional_db):
    actor = person()
    page = open_page()
    page.goto("/profiles/")
    look(page, "sign-in")
    page.get_by_label("Email").fill("ina@example.com")
    page.get_by_label("Password").fill("not the password")
    press(page, "#sign-in")
    look(page, "sign-in-refused")
    link = f"/sign-in/{sign_in.new_link(actor)}/"
    page.goto(link)
    look(page, "sign-in-link")
    page.locator("#sign-in").click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    page.goto(link)
    look(page, "sign-in-link-spent")


def test_an_empty_console(open_page, look, site, transactional_db):
    person()
    page = open_page("ina@example.com")
    for path, name in (
        ("/profiles/", "profiles-empty"),
        ("/apis/", "apis-empty"),
        ("/calls/", "calls-empty"),
        ("/cases/", "cases-empty"),
        ("/inspect/", "inspect-empty"),
    ):
        page.goto(path)
        look(page, name)


def test_writing_profiles(open_page, look, integrator):
    page = open_page(integrator.email, at="/profiles/new/")
    look(page, "profile-new")
    page.locator("#id_name").fill(" ")
    page.locator("#id_scope").fill("api://orders")
    page.locator("#save").evaluate("button => { button.form.noValidate = true }")
    page.locator("#save").click()
    page.locator("#form .summary").wait_for()
    assert "Enter the client ID." in page.locator("#form .summary").inner_text()
    look(page, "profile-new-refused")
    page.goto("/profiles/new/")
    page.locator("#id_handover").fill(
        "Tenant: 8b1807f9-ca4e-4599-805a-ab71e754d3d4\nClient ID: f73ba7f2-5bf9-44b5-b82c-e4b191a80c41\n"
        "Client secret: abc8Q~0123456789abcdefghijklmnopqrstuvwxyz\nScope: api://4a41d081-77b5-4936-b87c-52b76b36dbc2/.default\n"
        "Base URL: https://api.example.com/orders"
    )
    press(page, "#read-handover")
    look(page, "profile-new-handover")
    draft = ProfileDraft(
        name=LONG_NAME, environment="acceptance of the third team, blue", provider="sandbox",
        settings={"tenant": "contoso-with-a-rather-long-name.onmicrosoft.example"}, client_id="c" * 200,
        grant="client_credentials", scope=f"api://{'orders-' * 60}/.default", api_id=None,
    )  # fmt: skip
    made = profiles.create(integrator, draft)
    page.goto("/profiles/")
    look(page, "profiles")
    page.goto(f"/profiles/{made.id}/")
    look(page, "profile-without-credential")
    submit_natively(page, "#save-secret")
    assert "Enter the secret’s value." in page.locator("#credential .summary").inner_text()
    look(page, "profile-secret-refused")
    page.goto(f"/profiles/{made.id}/edit/")
    look(page, "profile-edit")
    page.goto(f"/profiles/{made.id}/delete/")
    look(page, "profile-delete")


def test_a_profile_at_work(open_page, look, integrator):
    page = open_page(integrator.email)
    open_first(page, "Sample: orders with a secret")
    look(page, "profile")
    get_token(page)
    look(page, "profile-token")
    prove(page)
    get_token(page)
    page.locator("#token summary").first.click()
    page.locator("#reveal-token").click()
    page.locator("#copy-token").wait_for()
    page.locator("#findings summary").click()
    look(page, "profile-token-revealed")
    page.reload()
    send(page, "/orders")
    look(page, "profile-call-200")
    page.locator("#id_sends_subscription_key").uncheck()
    send(page, "/orders")
    look(page, "profile-call-401")
    page.locator("#id_path").fill("//elsewhere.example/")
    page.locator("#send-call").click()
    page.locator("#call .summary").wait_for()
    look(page, "profile-call-form-refused")
    page.reload()
    send(page, "/reports", "POST")
    look(page, "profile-call-202")


def test_a_profile_whose_token_is_refused(open_page, look, integrator):
    page = open_page(integrator.email)
    sandbox.set_fault(integrator, "secret-expired")
    open_first(page, "Sample: orders with a secret")
    get_token(page)
    look(page, "profile-token-refused")
    page.reload()
    page.locator("#id_path").fill("/orders")
    page.locator("#send-call").click()
    page.locator("#call .diagnosis").first.wait_for()
    look(page, "profile-call-without-token")
    press(page, "#fault-off")
    expect(page.locator("#fault-banner")).to_have_count(0)
    assert "no fault is on" in page.locator(".messages").inner_text()
    sandbox.set_fault(integrator, "missing-role")
    open_first(page, "Sample: orders with a certificate")
    get_token(page)
    look(page, "profile-token-judged-bad")


def test_history_and_cases(open_page, look, integrator, support, time_machine_now):
    secret = profile_of(integrator, "Sample: orders with a secret")
    sandbox.set_fault(integrator, "missing-role")
    refused = calls.send(integrator, secret.id, ApiCall("GET", "/orders"))
    sandbox.set_fault(integrator, None)
    token = tokens.obtain(integrator, secret.id, wants_fresh=True)
    page = open_page(integrator.email)
    work = calls.send(integrator, secret.id, ApiCall("POST", "/reports"))
    page.goto(f"/calls/{work.attempt_id}/")
    assert "The API asks to wait" in page.locator("#run").inner_text()
    look(page, "call-202")
    time_machine_now.shift(60)
    look_again(page)
    page.locator("#run .chip.pass", has_text="Succeeded").wait_for()
    look(page, "call-202-done")
    page.goto("/calls/")
    look(page, "calls")
    page.goto(f"/calls/{refused.attempt_id}/")
    look(page, "call-401")
    page.locator("#id_title").fill(" ")
    press(page, "#make-case")
    assert "Give the case a title." in page.locator(".summary").inner_text()
    look(page, "call-case-refused")
    page.goto(f"/calls/{token.attempt_id}/")
    look(page, "call-token")
    case = cases.create(integrator, refused.attempt_id, title=LONG_NAME, note="I expected 200.\n\nIt worked yesterday.")
    cases.comment(integrator, case.id, "Nothing was changed on our side.\nPlease look.")
    other = open_page(support.email, at="/cases/")
    look(other, "cases")
    other.goto(f"/cases/{case.id}/")
    look(other, "case")
    press(other, "#send-answer")
    look(other, "case-answer-refused")


BIG = {
    "aud": "api://4a41d081-77b5-4936-b87c-52b76b36dbc2",
    "iss": "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0",
    "iat": 1767225000, "nbf": 1767225000, "exp": 1767228900, "ver": "2.0",
    "groups": [f"8b1807f9-ca4e-4599-805a-{number:012d}" for number in range(180)],
    "scp": "Orders.Read Orders.Write", "name": "I\u202ena",
}  # fmt: skip
PASTES = {
    "big": "Authorization: Bearer " + jwt({"typ": "JWT", "alg": "RS256", "kid": "a1"}, BIG),
    "broken": "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly9v.c2ln",
    "two": jwt({"alg": "RS256", "kid": "a"}, {"aud": "a", "exp": 1})
    + " and "
    + jwt({"alg": "none"}, {"iss": "b"}, b""),
    "response": json.dumps({"token_type": "Bearer", "expires_in": 3599, "access_token": jwt({"alg": "RS256"}, BIG)}),
    "secret": "abc8Q~0123456789abcdefghijklmnopqrstuvwxyz",
    "opaque": "gho_16C7e42F292c6912E7710c838347Ae178B4a",
    "nothing": "the token does not work, please help",
    "error": 'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error="invalid_token"\n\n'
    '{"statusCode": 401, "message": "Invalid JWT."}',
}


def test_inspecting(open_page, look, integrator):
    assert len(PASTES["big"]) > 10_000
    page = open_page(integrator.email, at="/inspect/")
    for name, text in PASTES.items():
        page.locator("#id_text").fill(text)
        page.locator("#result").evaluate("region => region.replaceChildren()")
        page.locator("#inspect-paste").click()
        page.locator("#result > *").first.wait_for()
        look(page, f"inspect-{name}")
    page.locator("#id_text").fill(PASTES["secret"])
    page.locator("#inspect-paste").click()  # before what is read by itself, or after it has emptied the box
    page.locator("#result-warning").wait_for()
    assert page.locator("#id_text").input_value() == ""
    assert PASTES["secret"] not in page.content()
    page.locator("#id_text").fill(PASTES["big"])
    page.locator("#id_against").select_option(label="Orders (sandbox)")
    submit_natively(page, "#inspect-paste")
    page.locator("#result .claims").first.wait_for()
    look(page, "inspect-judged")


def test_apis(open_page, look, integrator):
    page = open_page(integrator.email, at="/apis/")
    look(page, "apis")
    page.goto("/apis/new/")
    look(page, "api-new")
    page.locator("#id_base_url").fill("api.example.com")
    page.locator("#more-fields > summary").click()
    look(page, "api-new-unfolded")
    page.locator("#id_algorithms").fill("RS266")
    page.locator("#save").evaluate("button => { button.form.noValidate = true }")
    page.locator("#save").click()
    page.locator("#form .summary").wait_for()
    look(page, "api-new-refused")
    shared = next(one for one in apis.list_apis(integrator) if one.name == "Orders (sandbox)")
    page.goto(f"/apis/{shared.id}/")
    look(page, "api")
    admin = open_page("ada@example.com")
    for path in ("", "edit/", "delete/"):
        admin.goto(f"/apis/{shared.id}/{path}")
        look(admin, f"api-admin-{path.strip('/') or 'detail'}")


def test_administration(open_page, look, integrator, support, settings):
    settings.EMAIL_BACKEND = mail.DUMMY  # the link is shown, not mailed
    admin = open_page("ada@example.com")
    prove(admin)
    admin.goto("/people/")
    admin.locator("details summary").last.click()
    look(admin, "people")
    admin.locator("#id_email").fill("nobody")
    press(admin, "#invite")
    assert "one looks like" in admin.locator(".summary").inner_text()
    look(admin, "people-invite-refused")
    admin.locator("#id_email").fill("new@example.com")
    admin.get_by_label("Support: opens cases").last.check()
    press(admin, "#invite")
    admin.locator("#invitation").wait_for()
    look(admin, "people-invited")
    admin.goto("/people/condition/")
    look(admin, "condition")
    admin.goto("/people/audit/")
    look(admin, "audit")
    admin.locator("#filter-title").click()
    admin.locator("#id_action").select_option("any: People")
    press(admin, "#filter")
    assert "Shown: action any: People" in admin.locator("#filter-title").inner_text()
    admin.locator("#filter-title").click()
    look(admin, "audit-filtered")
    admin.goto("/people/audit/?since=2026-09-22&until=2026-09-21")
    assert "Choose a later one" in admin.locator(".summary").inner_text()
    look(admin, "audit-refused")


def test_the_sandbox(open_page, look, integrator):
    page = open_page(integrator.email, at="/sandbox/")
    look(page, "sandbox")
    page.locator("#fault-expired").check()
    page.locator("#set-fault").click()
    page.locator("#fault-on").wait_for()
    assert "token-expired" in page.locator("#fault-on").inner_text()
    look(page, "sandbox-fault")
    page.goto("/sandbox/?tab=clients")
    page.locator("#clients-title").locator("xpath=../..").locator("summary").first.click()
    look(page, "sandbox-client")
    submit_natively(page, "#register-client")
    assert "Enter the name." in page.locator(".summary").inner_text()
    look(page, "sandbox-register-refused")
    page.locator("#id_name").fill(LONG_NAME[:120])
    press(page, "#register-client")
    page.locator("#made-secret").wait_for()
    look(page, "sandbox-registered")
    page.goto("/sandbox/?tab=addresses")
    press(page, "#make-key")
    page.locator("#made-key").wait_for()
    look(page, "sandbox-key")


def test_refusals(open_page, look, integrator, settings, monkeypatch):
    secret = profile_of(integrator, "Sample: orders with a secret")
    stranger = person("sol@example.com")
    page = open_page(stranger.email, at="/no/such/page/")
    look(page, "refusal-404")
    page.goto(f"/profiles/{secret.id}/")
    look(page, "refusal-404-foreign")
    page.goto("/profiles/")
    page.evaluate("document.querySelector('#add-samples').form.csrfmiddlewaretoken.value = ''")
    press(page, "#add-samples")
    look(page, "refusal-403")
    page = open_page(integrator.email)
    settings.CONSOLE_CALLS_PER_MINUTE = 1  # a call that fetches its token on the way is two
    time_of_budgets_stands(monkeypatch)
    page.goto(f"/profiles/{secret.id}/")
    page.locator("#send-call").click()
    page.locator("#problem [role=alert]").wait_for()
    look(page, "refusal-429-fragment")
    submit_natively(page, "#send-call")
    look(page, "refusal-429")


def test_ways_in(open_page, look, site, transactional_db, settings):
    settings.EMAIL_BACKEND = mail.DUMMY
    page = open_page()
    page.goto("/accounts/password/reset/")
    look(page, "no-mail")
    page.goto("/accounts/login/")
    look(page, "sign-in")
    new = people.create_person("new@example.com", display_name="", roles=["integrator"], password=None, now=clock.now())
    page.goto(f"/sign-in/{sign_in.new_link(new)}/")
    page.locator("#sign-in").click()
    page.wait_for_url("**/welcome/")
    look(page, "choose-way-in")
    page.locator("#choose-password").click()
    look(page, "choose-password")
    page.context.clear_cookies(name="sessionid")
    page.goto("/accounts/login/")
    person()
    page = open_page("ina@example.com", at="/profiles/new/")
    page.context.clear_cookies(name="sessionid")
    submit_natively(page, "#save")
    look(page, "held-form")


def test_account_pages(open_page, look, site, transactional_db):
    person()
    page = open_page("ina@example.com", at="/accounts/password/change/")
    look(page, "account-proof")
    prove(page)
    for path, name in (
        ("/accounts/password/change/", "account-password"),
        ("/accounts/2fa/", "account-second-step"),
        ("/accounts/2fa/totp/activate/", "account-authenticator-app"),
        ("/accounts/2fa/webauthn/", "account-passkeys"),
        ("/accounts/2fa/webauthn/add/", "account-passkey-new"),
        ("/go-back/", "account-go-back"),
        ("/accounts/logout/", "account-sign-out"),
    ):
        page.goto(path)
        look(page, name)
    page.goto("/profiles/")
    page.get_by_role("button", name="Account").click()
    look(page, "account-menu")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    look(page, "shortcuts")


def test_comparing_two_tokens(open_page, look, integrator):
    page = open_page(integrator.email, at="/inspect/compare/")
    look(page, "compare-empty")
    page.locator("#compare-tokens").evaluate("button => { button.form.noValidate = true }")
    page.locator("#compare-tokens").click()
    page.locator("#result .summary").wait_for()
    look(page, "compare-refused")
    old = {"aud": "api://orders", "ver": "1.0", "scp": "read", "appid": "c", "exp": 1_767_228_900}
    new = {"aud": "orders", "ver": "2.0", "scp": "read write", "azp": "c", "exp": 1_767_232_500}
    page.locator("#id_before").fill(jwt({"alg": "RS256", "kid": "a"}, old))
    page.locator("#id_after").fill(jwt({"alg": "RS256", "kid": "b"}, new))
    page.locator("#compare-tokens").click()
    page.locator("#result .findings").wait_for()
    look(page, "compare-pasted")
    for profile in profiles.list_profiles(integrator)[:2]:
        tokens.obtain(integrator, profile.id)
    page.goto("/calls/")
    for box in page.locator("[name=attempt]").all()[:2]:
        box.check()
    page.locator("#compare-attempts").click()
    page.locator("#token-title").wait_for()
    look(page, "compare-history")


def test_the_checklist(open_page, look, integrator):
    page = open_page(integrator.email)
    profile = profile_of(integrator, "Sample: orders with a secret")
    page.goto(f"/profiles/{profile.id}/checklist/")
    look(page, "checklist-begun")
    sandbox.set_fault(integrator, "missing-role")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    page.reload()
    look(page, "checklist-failed")
    page.goto(f"/apis/{profile.api_id}/checklist/")
    look(page, "checklist-api")

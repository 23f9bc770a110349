"""A person at the authorization endpoint: pages, consent, the way back, and what is told to nobody but the person."""

import base64
import hashlib
import json
import re
from urllib.parse import urlencode

import pytest

from console.core.exchange import Request
from console.sandbox.pages import PageResponse
from console.sandbox.state import dump_state
from tests.sandbox.builders import FORM, NOW, answered, decode, samples
from tests.sandbox.people import BACK, CONSOLE, Page, World, authorize_url, delegated, endpoint, person

CLIENT = samples().secret_client


def test_a_person_clicks_on_who_they_are_and_allows_and_the_client_gets_a_code():
    world = World()
    page = world.open(authorize_url(client_info="1"))
    assert "Sign in to the sandbox" in page.told and CLIENT.name in page.told and BACK in page.told
    assert list(page.buttons()) == ["Kari Nordmann", "Ola Hansen", "Sam Guest", "Cancel"]
    consent = world.press(page, "Kari Nordmann")
    assert f"May {CLIENT.name} do this?" in consent.told
    assert "kari.nordmann@sandbox.example" in consent.told and "At Orders access_as_user" in consent.told
    assert "About you Sign you in, See your name, Keep the access while you are away" in consent.told
    back = world.press(consent, "Allow")
    assert back.keys() == {"", "code", "state", "session_state", "client_info"}
    assert (back[""], back["state"]) == (BACK, "state 1")
    told = json.loads(base64.urlsafe_b64decode(back["client_info"] + "=="))
    assert told == {"uid": person().id, "utid": samples().state.tenant_id}


def test_a_consent_is_asked_once_for_each_person_and_whenever_the_client_wants_it():
    world = World()
    world.sign_in()
    assert "code" in world.press(world.open(authorize_url()), "Kari Nordmann")
    assert isinstance(world.press(world.open(authorize_url()), "Ola Hansen"), Page)
    assert isinstance(world.press(world.open(authorize_url(prompt="consent")), "Kari Nordmann"), Page)
    more = authorize_url(scope=f"email {delegated()}")
    assert "See your e-mail address" in world.press(world.open(more), "Kari Nordmann").told


def test_whoever_denies_or_cancels_is_sent_back_with_access_denied():
    world = World()
    denied = world.press(world.press(world.open(authorize_url()), "Ola Hansen"), "Deny")
    assert (denied["error"], denied["state"]) == ("access_denied", "state 1")
    assert denied["error_description"].startswith("AADSTS65004: User declined to consent to access the app")
    cancelled = world.press(world.open(authorize_url()), "Cancel")
    assert (cancelled["error"], "code" in cancelled) == ("access_denied", False)
    assert world.state.consents == () and world.state.codes == ()


TOLD_ON_THE_PAGE = [
    ({"redirect_uri": "https://evil.example/"}, 50011),
    ({"redirect_uri": f"{BACK}x"}, 50011),
    ({"redirect_uri": BACK.rstrip("/")}, 50011),
    ({"redirect_uri": None}, 900144),
    ({"client_id": None}, 900144),
    ({"client_id": "11111111-2222-4333-8444-555555555555"}, 700016),
]


@pytest.mark.parametrize(("changes", "code"), TOLD_ON_THE_PAGE)
@pytest.mark.parametrize("prompt", ["", "none"])
def test_a_client_or_an_address_that_is_not_known_is_told_to_the_person_and_never_redirected(changes, code, prompt):
    page = World().open(authorize_url(**changes, prompt=prompt))
    assert (page.status, f"AADSTS{code}: " in page.told) == (400, True)
    assert "<a " not in page.text and "<form" not in page.text


def test_a_client_without_any_address_is_told_so():
    world = World()
    world.client(redirect_uris=())
    assert "AADSTS500113: No reply address is registered" in world.open(authorize_url()).told


SENT_BACK = [
    ({"response_type": None}, "invalid_request", 900144),
    ({"response_type": "token"}, "unsupported_response_type", 700054),
    ({"response_type": "code id_token"}, "unsupported_response_type", 700054),
    ({"response_mode": "web_message"}, "unsupported_response_mode", 70007),
    ({"code_challenge_method": "plain"}, "invalid_request", 501491),
    ({"code_challenge_method": None}, "invalid_request", 501491),
    ({"code_challenge": "short"}, "invalid_request", 50147),
    ({"prompt": "create"}, "invalid_request", 90023),
    ({"request": "x.y.z"}, "request_not_supported", 90023),
    ({"claims": "{"}, "invalid_request", 90023),
    ({"claims": "[" * 100_000}, "invalid_request", 90023),
    ({"resource": "api://x"}, "invalid_request", 901002),
    ({"scope": None}, "invalid_request", 900144),
    ({"scope": "api://nobody/.default"}, "invalid_resource", 500011),
    ({"scope": delegated("unknown")}, "invalid_scope", 650053),
    ({"scope": f"{delegated()} {delegated('.default')}"}, "invalid_scope", 70011),
    ({"scope": f"{delegated()} {delegated(api=samples().invoices)}"}, "invalid_scope", 700022),
    ({"prompt": "none"}, "login_required", 50058),
]


@pytest.mark.parametrize(("changes", "error", "code"), SENT_BACK)
def test_what_is_wrong_with_the_rest_is_sent_back_to_the_client_with_its_state(changes, error, code):
    back = World().sign_in(**changes)
    assert (back[""], back["state"], back["error"]) == (BACK, "state 1", error)
    assert back["error_description"].startswith(f"AADSTS{code}: ")
    assert "Trace ID: " in back["error_description"]


def test_a_public_client_must_use_pkce():
    world = World()
    world.client(is_public=True, secrets=())
    back = world.sign_in(code_challenge=None, code_challenge_method=None)
    assert back["error_description"].startswith("AADSTS9002325: Proof Key for Code Exchange is required")
    assert "code" in world.sign_in()


def test_a_value_comes_back_by_the_way_that_was_asked_for():
    world = World()
    world.sign_in()
    fragment = world.send(Request("POST", *posted(world, response_mode="fragment")))
    assert fragment.header("Location").startswith(f"{BACK}#code=")
    page = world.press(world.open(authorize_url(response_mode="form_post")), "Kari Nordmann")
    url, fields = page.form()
    assert url == BACK and fields.keys() == {"code", "state", "session_state"}
    denied = world.open(
        authorize_url(response_mode="form_post", prompt="none", login_hint="ola.hansen@sandbox.example")
    )
    assert denied.form()[1]["error"] == "login_required"


def posted(world, **asked):
    url, fields = world.open(authorize_url(**asked)).form("Kari Nordmann")
    return url, (FORM,), urlencode(fields).encode()


def test_without_a_page_the_one_who_signed_in_last_gets_a_code_and_nobody_else():
    world = World()
    world.sign_in("Ola Hansen")
    assert "code" in world.open(authorize_url(prompt="none"))
    assert "code" in world.open(authorize_url(prompt="none", login_hint="OLA.Hansen@sandbox.example"))
    hint = world.open(authorize_url(prompt="none", login_hint="kari.nordmann@sandbox.example"))
    assert hint["error"] == "login_required"
    world.press(world.open(authorize_url()), "Sam Guest")
    no_consent = world.open(authorize_url(prompt="none"))
    assert (no_consent["error"], no_consent["error_subcode"]) == ("interaction_required", "consent_required")
    assert no_consent["error_description"].startswith("AADSTS65001: ")
    world.now += 8 * 3600
    assert world.open(authorize_url(prompt="none"))["error"] == "login_required"


def test_after_signing_out_nobody_is_signed_in():
    world = World()
    world.sign_in()
    assert "You signed out of the sandbox." in world.open(endpoint("logout")).told
    assert world.open(authorize_url(prompt="none"))["error"] == "login_required"
    back = world.open(f"{endpoint('logout')}?post_logout_redirect_uri={BACK}&state=s")
    assert back == {"": BACK, "state": "s"}
    evil = world.open(f"{endpoint('logout')}?post_logout_redirect_uri=https://evil.example/")
    assert "evil.example" not in evil.text


def test_a_link_to_the_console_leads_nowhere_else_without_a_click():
    """RFC 9700 section 4.11.2: who may register a client could send anybody anywhere otherwise."""
    world = World()
    world.client(redirect_uris=("https://app.example/cb", "http://localhost:9/cb"))
    for changes in ({"prompt": "none"}, {"response_type": "token"}, {"scope": "api://nobody/x"}):
        page = world.open(authorize_url(redirect_uri="https://app.example/cb", **changes))
        assert isinstance(page, Page) and "You are sent to https://app.example/cb" in page.told
        assert re.search(r'href="https://app.example/cb[?#]error=', page.text)
        assert (
            world.open(authorize_url(redirect_uri="http://localhost:1234/cb", **changes))[""]
            == "http://localhost:1234/cb"
        )
    page = world.press(world.open(authorize_url(redirect_uri="https://app.example/cb")), "Kari Nordmann")
    assert "It gets its answer at https://app.example/cb" in page.told
    assert world.press(page, "Allow")[""] == "https://app.example/cb"


def test_opening_a_page_changes_nothing_however_often():
    world = World()
    before = dump_state(world.state)
    for prompt in ("", "login", "consent", "select_account", "none"):
        world.open(authorize_url(prompt=prompt))
    assert dump_state(world.state) == before


def tampered(world):
    page = world.open(authorize_url())
    url, fields = page.form("Kari Nordmann")
    consent = world.press(page, "Kari Nordmann")
    _, of_consent = consent.form("Allow")
    other = authorize_url(state="other").partition("?")[2]
    yield "no ticket", url, {**fields, "ticket": ""}
    yield "of nobody", url, {**fields, "ticket": "1900000000.0"}
    yield "another request", url, {**fields, "asked": other}
    yield "a page skipped", url, {**fields, "consent": "allow"}
    yield "another person's consent", url, {**of_consent, "person": person("Ola Hansen").id}
    yield "another endpoint", url.replace("/v2.0", ""), {**fields, "asked": fields["asked"]}


def test_a_form_counts_only_from_the_page_it_was_made_for():
    world = World()
    for what, url, fields in tampered(world):
        seen = world.post(url, fields)
        assert "code" not in seen if isinstance(seen, dict) else "May " not in seen.told, what
        assert world.state.codes == () and world.state.consents == (), what
    page = world.open(authorize_url())
    world.now += 600
    assert "The page is too old" in world.press(page, "Kari Nordmann").told
    assert world.press(world.open(authorize_url()), "Kari Nordmann").status == 200


def test_a_person_who_is_gone_is_asked_again_who_they_are():
    world = World()
    page = world.open(authorize_url())
    url, fields = page.form()
    assert "Who are you?" in world.post(url, {**fields, "person": "nobody"}).told


def test_the_person_whom_the_client_names_stands_first_and_an_unknown_one_is_told():
    world = World()
    hinted = world.open(authorize_url(login_hint="Sam.Guest@sandbox.example"))
    assert next(iter(hinted.buttons())) == "Sam Guest"
    unknown = world.open(authorize_url(login_hint="x@elsewhere.example"))
    assert "expects x@elsewhere.example, whom this workspace does not know." in unknown.told


def test_everything_a_client_writes_is_text_on_the_pages():
    evil = '"><script>alert(1)</script>'
    world = World()
    world.client(name=evil)
    page = world.open(authorize_url(login_hint=evil, state=evil))
    consent = world.press(page, "Kari Nordmann")
    for one in (page, consent, world.open(authorize_url(redirect_uri=evil)), world.open(authorize_url(client_id=evil))):
        assert "<script" not in one.text
    assert world.press(consent, "Allow")["state"] == evil


def test_a_page_is_of_the_kind_that_leaves_with_a_wall_of_its_own():
    assert isinstance(answered(Request("GET", authorize_url())), PageResponse)
    assert isinstance(answered(Request("HEAD", authorize_url())), PageResponse)


def test_other_methods_and_tenants_are_refused_as_json():
    put = answered(Request("PUT", authorize_url()))
    assert (put.status, put.header("Allow")) == (405, "GET, HEAD, POST, OPTIONS")
    get = answered(Request("GET", f"{endpoint('authorize')}/sign-in"))
    assert (get.status, get.header("Allow")) == (405, "POST, OPTIONS")
    assert answered(Request("GET", f"{CONSOLE}/sandbox/w1/other/oauth2/v2.0/authorize")).status == 400


def test_the_v1_endpoint_asks_for_a_resource():
    world = World()
    back = world.sign_in(version=1)
    assert "code" in back
    assert world.sign_in(version=1, resource=None)["error_description"].startswith("AADSTS50001: ")


def test_an_access_token_tells_when_the_person_signed_in_and_what_was_met():
    world = World()
    claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    token = world.redeemed(claims=claims)
    assert decode(token["access_token"])[1]["acrs"] == ["c1"]
    assert world.state.codes[0].authorization.at == NOW


def implicit(world, **changes):
    kind = changes.pop("response_type", "id_token token")
    return world.sign_in(response_type=kind, code_challenge=None, code_challenge_method=None, **changes)


def test_tokens_come_in_an_address_only_where_the_registration_allows_it():
    world = World()
    assert implicit(world)["error"] == "unsupported_response_type"
    world.client(allows_implicit=True)
    got = implicit(world)
    assert got.keys() == {
        "", "access_token", "token_type", "expires_in", "scope", "id_token", "session_state", "state",
    }  # fmt: skip
    _, access = decode(got["access_token"])
    _, said = decode(got["id_token"])
    assert (access["azpacr"], access["oid"], said["nonce"]) == ("0", person().id, "nonce 1")
    half = hashlib.sha256(got["access_token"].encode()).digest()[:16]
    assert said["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert world.state.codes == () and world.state.refresh_families == ()


@pytest.mark.parametrize(
    ("changes", "keys"),
    [({"response_type": "token"}, {"access_token"}), ({"response_type": "id_token"}, {"id_token"}),
     ({"nonce": None}, {"error"}), ({"response_mode": "query"}, {"error"})],
)  # fmt: skip
def test_an_address_carries_what_was_asked_for_and_never_in_its_query(changes, keys):
    world = World()
    world.client(allows_implicit=True)
    got = implicit(world, **changes)
    assert got.keys() & {"access_token", "id_token", "error", "code"} == keys


def test_the_address_holds_tokens_behind_the_sign_that_no_server_is_told():
    world = World()
    world.sign_in()
    world.client(allows_implicit=True)
    for asked in ({"response_type": "token"}, {"response_type": "token", "response_mode": "fragment"}):
        sent = world.send(Request("POST", *posted(world, **asked)))
        assert sent.header("Location").startswith(f"{BACK}#access_token=")

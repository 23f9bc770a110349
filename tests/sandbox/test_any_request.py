"""Whatever is sent to the grants and pages of a person, the sandbox answers in shape and never with a crash."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from console.core.exchange import Request, Response
from console.sandbox.idp.grants import GRANTS
from tests.sandbox.builders import FORM, NOW, samples, send
from tests.sandbox.people import BACK, PKCE, World, authorize_url, delegated, endpoint, person

PAGES = ("authorize", "authorize/sign-in", "devicecode", "logout", "token")
NAMES = (
    *("client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "resource", "state"),
    *("nonce", "prompt", "login_hint", "claims", "code_challenge", "code_challenge_method", "client_info", "asked"),
    *("ticket", "person", "consent", "cancel", "enter", "user_code", "device_code", "code", "code_verifier"),
    *("refresh_token", "assertion", "requested_token_use", "username", "password", "grant_type", "request"),
    "post_logout_redirect_uri",
)
KNOWN = {
    "client_id": samples().secret_client.id,
    "client_secret": samples().client_secret,
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": f"openid offline_access {delegated()}",
    "person": person().id,
    **PKCE,
}
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["allow", "deny", "none", "form_post", "fragment", "1", "on_behalf_of", "{}", "[]", "a.b.c", "😀"]),
    st.sampled_from([name for grant in GRANTS for name in grant.grant_types]),
    st.sampled_from(sorted(KNOWN.values())),
)
FIELDS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8)


@given(FIELDS, st.sampled_from(PAGES), st.sampled_from([1, 2]), st.booleans(), st.booleans())
def test_any_form_at_any_address_of_a_person_is_answered(fields, name, version, is_known, is_post):
    form = {**KNOWN, **fields} if is_known else fields
    text = urlencode(form, errors="replace")
    url = endpoint(name, version=version)
    sent = Request("POST", url, (FORM,), text.encode()) if is_post else Request("GET", f"{url}?{text}")
    answer, _ = send(sent, now=NOW)
    assert isinstance(answer, Response)
    assert answer.status in (200, 303, 400, 401, 404, 405), answer.status
    location = answer.header("Location") or BACK
    assert location.startswith(BACK), location


@given(st.dictionaries(st.sampled_from(["asked", "ticket", "person", "consent", "cancel"]), VALUES, max_size=5))
def test_a_page_whose_fields_were_changed_issues_nothing(changes):
    world = World()
    url, fields = world.press(world.open(authorize_url()), "Kari Nordmann").form("Allow")
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in {**fields, **changes}.items()}
    seen = world.post(url, sent)
    if sent == fields:
        assert "code" in seen
    elif isinstance(seen, dict):
        assert "code" not in seen or {name: sent[name] for name in fields} == fields

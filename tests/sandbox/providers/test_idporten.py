"""The sandbox's ID-porten: people who sign in at a level, codes with PKCE, tokens of two minutes."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from console.core.exchange import Request
from console.sandbox.providers.oauth.grants.authorization_code import challenge_of
from console.sandbox.providers.samples import SUPPLIER, sample_secret
from tests.sandbox.builders import BASE, NOW, decode
from tests.sandbox.providers.builders import (
    buttons,
    get,
    location,
    metadata,
    post,
    pressed,
    public_key,
    registrations,
    signed,
    told,
    visited,
    world,
)

ISSUER = f"{BASE}/idporten"
BACK = "https://console.example/back/"
BASIC, POST, KEY, NONE = registrations().idporten
SECRET = sample_secret("seed of the tests", "idporten", "client_secret_post")
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # of RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
HIGH, SUBSTANTIAL, LOW = "idporten-loa-high", "idporten-loa-substantial", "idporten-loa-low"


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "response_type": "code",
        "client_id": POST.id,
        "redirect_uri": BACK,
        "scope": "openid profile",
        "state": "s 1&2",
        "nonce": "n-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }


def code(button: str = "Kari Nordmann, high", state=None, **changes: Any):
    """A code and the state after it."""
    page, after = get("/idporten/authorize", asked(**changes), state)
    assert page.status == 200, page.body
    answer, after = pressed(page, button, after)
    return location(answer)[1]["code"], after


def redeem(text: str, state, *, now: int = NOW, **changes: Any):
    form = {
        "grant_type": "authorization_code",
        "code": text,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_id": POST.id,
        "client_secret": SECRET,
        **changes,
    }
    return visited(post("/idporten/token", form), state, now=now)


def tokens(**changes: Any):
    text, state = code(**changes)
    answer, after = redeem(text, state)
    assert answer.status == 200, answer.body
    return told(answer), after


def refresh(token: str, state, *, now: int = NOW, **changes: Any):
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": POST.id, "client_secret": SECRET}
    return visited(post("/idporten/token", {**form, **changes}), state, now=now)


def error(answer) -> tuple[int, str]:
    return answer.status, told(answer)["error"]


def test_the_challenge_is_the_one_of_the_standard():
    assert challenge_of(VERIFIER) == CHALLENGE


def test_the_metadata_has_no_slash_sends_people_elsewhere_and_names_only_what_answers():
    document = metadata("/idporten/.well-known/openid-configuration")
    assert document["issuer"] == ISSUER
    assert document["authorization_endpoint"] == f"{BASE}/login.idporten/authorize"
    assert document["code_challenge_methods_supported"] == ["S256"]
    addresses = {name: url for name, url in document.items() if name.endswith(("_endpoint", "_uri"))}
    assert len(addresses) == 8
    for name, url in addresses.items():
        method = "GET" if name in ("authorization_endpoint", "jwks_uri", "end_session_endpoint") else "POST"
        assert visited(Request(method, url))[0].status in (200, 400, 401), name


def test_programs_do_not_find_their_endpoints_where_people_are_sent():
    assert visited(post("/login.idporten/token", {}))[0].status == 404


def test_people_can_be_clicked_on_at_each_level_that_would_do():
    page, _ = get("/login.idporten/authorize", asked())
    assert set(buttons(page)) == {
        "Kari Nordmann, low",
        "Kari Nordmann, substantial (MinID)",
        "Kari Nordmann, high (BankID)",
        "Ola Hansen, low",
        "Ola Hansen, substantial (MinID)",
        "Ola Hansen, high (BankID)",
        "Sam Guest, low",
        "Sam Guest, substantial (MinID)",
        "Sam Guest, high (BankID)",
        "Cancel",
    }
    page, state = get("/login.idporten/authorize", asked(acr_values=SUBSTANTIAL))
    assert not any(text.endswith(", low") for text in buttons(page))
    assert location(pressed(page, "Kari Nordmann, high", state)[0])[1]["code"]
    altered, _ = pressed(page, "Cancel", state, person=f"{state.people[0].id} {LOW}")
    assert altered.status == 400


def test_the_answer_carries_state_and_issuer():
    page, state = get("/idporten/authorize", asked())
    where, values = location(pressed(page, "Ola", state)[0])
    assert where == BACK
    assert values.keys() == {"code", "state", "iss"}
    assert (values["state"], values["iss"]) == ("s 1&2", ISSUER)
    denied = location(pressed(page, "Cancel", state)[0])[1]
    assert denied == {
        "error": "access_denied",
        "error_description": "The person said no.",
        "state": "s 1&2",
        "iss": ISSUER,
    }


def test_the_tokens_are_those_composed_from_real_ones():
    body, _ = tokens(acr_values=HIGH)
    header, claims = decode(body["access_token"])
    assert header.keys() == {"kid", "alg"}
    _, of_person = decode(body["id_token"])
    assert (body["token_type"], body["expires_in"], body["refresh_expires_in"]) == ("Bearer", 120, 600)
    assert claims.pop("jti")
    subject = claims.pop("sub")
    assert claims == {
        "iss": ISSUER,
        "client_id": POST.id,
        "client_amr": "client_secret_post",
        "pid": "07899010056",
        "acr": HIGH,
        "amr": "TestID",
        "scope": "openid profile",
        "token_type": "Bearer",
        "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{SUPPLIER}"},
        "iat": NOW,
        "exp": NOW + 120,
    }
    assert (of_person["sub"], of_person["aud"], of_person["nonce"]) == (subject, POST.id, "n-1")
    assert (of_person["acr"], of_person["pid"], of_person["auth_time"]) == (HIGH, "07899010056", NOW)
    assert "at_hash" not in of_person


def test_the_subject_is_another_one_for_each_client_and_a_guest_has_no_pid():
    first, _ = tokens()
    text, state = code(client_id=NONE.id)
    second = told(redeem(text, state, client_id=NONE.id, client_secret=None)[0])
    assert decode(first["id_token"])[1]["sub"] != decode(second["id_token"])[1]["sub"]
    assert "refresh_token" not in second
    text, state = code("Sam Guest, low")
    assert "pid" not in decode(told(redeem(text, state)[0])["id_token"])[1]


def test_a_resource_becomes_the_audience_of_the_access_token_alone():
    body, _ = tokens(resource="https://api.example")
    assert decode(body["access_token"])[1]["aud"] == "https://api.example"
    assert decode(body["id_token"])[1]["aud"] == POST.id


ON_THE_PAGE = {
    "unknown client": {"client_id": "nobody"},
    "no redirect address": {"redirect_uri": None},
    "redirect address with more": {"redirect_uri": f"{BACK}x"},
    "redirect address in capitals": {"redirect_uri": BACK.upper()},
}


@pytest.mark.parametrize("changes", ON_THE_PAGE.values(), ids=ON_THE_PAGE)
def test_nobody_is_sent_to_an_address_that_is_not_the_clients(changes):
    answer, _ = get("/idporten/authorize", asked(**changes))
    assert answer.status == 400
    assert "Location" not in dict(answer.headers)


SENT_BACK = {
    "another response type": ({"response_type": "token"}, "unsupported_response_type"),
    "no challenge": ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    "plain challenge": ({"code_challenge_method": "plain"}, "invalid_request"),
    "no method, which would mean plain": ({"code_challenge_method": None}, "invalid_request"),
    "padded challenge": ({"code_challenge": f"{CHALLENGE}="}, "invalid_request"),
    "challenge of 42": ({"code_challenge": CHALLENGE[:-1]}, "invalid_request"),
    "without openid": ({"scope": "profile"}, "invalid_scope"),
    "scope that is not registered": ({"scope": "openid other"}, "invalid_scope"),
    "old level": ({"acr_values": "Level4"}, "invalid_request"),
    "request object": ({"request": "x"}, "request_not_supported"),
    "resource without a scheme": ({"resource": "api"}, "invalid_target"),
    "resource with a fragment": ({"resource": "https://api.example/#x"}, "invalid_target"),
    "a parameter that is too long": ({"nonce": "n" * 2001}, "invalid_request"),
    "a parameter twice": ({"scope": ["openid", "profile"]}, "invalid_request"),
    "silently, with nobody signed in": ({"prompt": "none"}, "login_required"),
}


@pytest.mark.parametrize(("changes", "code_"), SENT_BACK.values(), ids=SENT_BACK)
def test_the_rest_is_sent_back_to_the_client(changes, code_):
    where, values = location(get("/idporten/authorize", asked(**changes))[0])
    assert (where, values["error"], values["iss"]) == (BACK, code_, ISSUER)


def test_a_client_on_the_persons_own_machine_comes_back_at_any_port():
    for uri, status in (
        ("http://localhost:9876/callback", 303),
        ("http://127.0.0.1/callback", 303),
        ("http://localhost:9876/other", 400),
        ("https://localhost:9876/callback", 400),
    ):
        page, state = get("/idporten/authorize", asked(redirect_uri=uri, state="s" * 2000))
        answer = pressed(page, "Kari", state)[0] if page.status == 200 else page
        assert answer.status == status, uri


@pytest.mark.parametrize(("mode", "mark"), [("query", "?"), ("fragment", "#")])
def test_the_answer_comes_in_the_mode_that_was_asked_for(mode, mark):
    page, state = get("/idporten/authorize", asked(response_mode=mode))
    answer, _ = pressed(page, "Kari", state)
    assert dict(answer.headers)["Location"].startswith(f"{BACK}{mark}code=")


def test_in_the_mode_form_post_a_button_sends_it():
    page, state = get("/idporten/authorize", asked(response_mode="form_post"))
    answer, _ = pressed(page, "Kari", state)
    html = answer.body.decode()
    assert f'action="{BACK}"' in html
    assert 'name="code"' in html
    assert 'name="iss"' in html


def test_a_form_that_nobody_was_shown_counts_for_nothing():
    page, state = get("/idporten/authorize", asked())
    assert pressed(page, "Kari", state, ticket="1.x")[0].status == 400
    assert pressed(page, "Kari", state, asked=f"client_id={NONE.id}")[0].status == 400
    assert pressed(page, "Kari", state, now=NOW + 599)[0].status == 303
    assert pressed(page, "Kari", state, now=NOW + 600)[0].status == 400


CODES = {
    "no code": ({"code": None}, "invalid_request"),
    "code of nobody": ({"code": "x"}, "invalid_grant"),
    "another redirect address": ({"redirect_uri": f"{BACK}x"}, "invalid_grant"),
    "no redirect address": ({"redirect_uri": None}, "invalid_grant"),
    "no verifier": ({"code_verifier": None}, "invalid_grant"),
    "another verifier": ({"code_verifier": VERIFIER[::-1]}, "invalid_grant"),
    "verifier of 42": ({"code_verifier": VERIFIER[:-1]}, "invalid_grant"),
    "no grant": ({"grant_type": None}, "invalid_request"),
    "grant that it has not": ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    "another client's code": ({"client_id": NONE.id, "client_secret": None}, "invalid_grant"),
}


@pytest.mark.parametrize(("changes", "code_"), CODES.values(), ids=CODES)
def test_a_code_is_for_the_client_the_address_and_the_verifier_it_was_asked_with(changes, code_):
    text, state = code()
    answer, after = redeem(text, state, **changes)
    assert error(answer) == (400, code_)
    assert redeem(text, after)[0].status == 200  # a mistake does not spend it


def test_a_code_lives_a_minute_and_is_good_once():
    text, state = code()
    assert redeem(text, state, now=NOW + 59)[0].status == 200
    assert error(redeem(text, state, now=NOW + 60)[0]) == (400, "invalid_grant")
    first, after = redeem(text, state)
    again, after = redeem(text, after)
    assert error(again) == (400, "invalid_grant")
    assert error(refresh(told(first)["refresh_token"], after)[0]) == (400, "invalid_grant")


def test_refresh_tokens_rotate_and_one_that_comes_twice_ends_its_family():
    body, state = tokens()
    second, state = refresh(body["refresh_token"], state)
    assert second.status == 200
    assert told(second)["refresh_token"] != body["refresh_token"]
    reused, state = refresh(body["refresh_token"], state)
    assert error(reused) == (400, "invalid_grant")
    assert error(refresh(told(second)["refresh_token"], state)[0]) == (400, "invalid_grant")


def test_a_refresh_token_lives_ten_minutes_after_its_last_use_and_two_hours_in_all():
    body, state = tokens()
    assert refresh(body["refresh_token"], state, now=NOW + 599)[0].status == 200
    assert error(refresh(body["refresh_token"], state, now=NOW + 600)[0]) == (400, "invalid_grant")
    token, now = body["refresh_token"], NOW
    while now + 599 <= NOW + 7200:
        now += 599
        answer, state = refresh(token, state, now=now)
        assert answer.status == 200
        token = told(answer)["refresh_token"]
    assert refresh(token, state, now=NOW + 7200)[0].status == 200
    assert error(refresh(token, state, now=NOW + 7201)[0]) == (400, "invalid_grant")


def test_a_refresh_may_ask_for_less_and_not_for_more():
    body, state = tokens()
    less, _ = refresh(body["refresh_token"], state, scope="openid")
    assert told(less)["scope"] == "openid"
    more, _ = refresh(body["refresh_token"], state, scope="openid other")
    assert error(more) == (400, "invalid_scope")


# The client proves itself in the one way that it is registered for.


def _basic(client_id: str, secret: str) -> tuple[str, str]:
    return "Authorization", "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def test_each_client_proves_itself_in_its_own_way_and_in_no_other():
    secret = sample_secret("seed of the tests", "idporten", "client_secret_basic")
    for client in (BASIC, KEY, NONE):
        text, state = code(client_id=client.id)
        form = {"grant_type": "authorization_code", "code": text, "redirect_uri": BACK, "code_verifier": VERIFIER}
        assertion_form = {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion(client.id),
        }
        ways = {
            "client_secret_basic": post("/idporten/token", form, _basic(client.id, secret)),
            "client_secret_post": post("/idporten/token", {**form, "client_id": client.id, "client_secret": secret}),
            "private_key_jwt": post("/idporten/token", {**form, **assertion_form, "client_id": client.id}),
            "none": post("/idporten/token", {**form, "client_id": client.id}),
        }
        for method, request in ways.items():
            answer, _ = visited(request, state)
            assert answer.status == (200 if method == client.method else 401), (client.method, method)
            if answer.status == 401:
                assert told(answer)["error"] == "invalid_client"
                assert ("WWW-Authenticate" in dict(answer.headers)) == (method == "client_secret_basic")


def assertion(client_id: str = KEY.id, *, key: str = "client", header: Any = None, alg: str = "RS256", **changes: Any):
    made = {"iss": client_id, "sub": client_id, "aud": ISSUER, "jti": "one", "iat": NOW, "exp": NOW + 120}
    return signed({**made, **changes}, key=key, header=header, alg=alg)


ASSERTIONS = {
    "120 seconds": ({}, True),
    "121 seconds": ({"exp": NOW + 121}, False),
    "ended ten seconds ago": ({"iat": NOW - 100, "exp": NOW - 10}, True),
    "ended eleven seconds ago": ({"iat": NOW - 100, "exp": NOW - 11}, False),
    "ten seconds ahead": ({"iat": NOW + 10, "exp": NOW + 100}, True),
    "eleven seconds ahead": ({"iat": NOW + 11, "exp": NOW + 100}, False),
    "aud is the token endpoint": ({"aud": f"{ISSUER}/token"}, False),
    "aud with a slash": ({"aud": f"{ISSUER}/"}, False),
    "aud as a list of one": ({"aud": [ISSUER]}, True),
    "aud as a list of two": ({"aud": [ISSUER, f"{ISSUER}/token"]}, False),
    "iss of another": ({"iss": POST.id}, False),
    "no jti": ({"jti": None}, False),
    "no exp": ({"exp": None}, False),
    "PS256": ({"alg": "PS256"}, True),
    "no kid, with one key": ({"header": {}}, True),
    "kid of nobody": ({"header": {"kid": "x"}}, False),
    "another key": ({"key": "other", "header": {"kid": "client"}}, False),
}


@pytest.mark.parametrize(("changes", "is_taken"), ASSERTIONS.values(), ids=ASSERTIONS)
def test_an_assertion_is_for_this_issuer_short_and_signed_by_a_registered_key(changes, is_taken):
    answer, _ = _pushed(client_assertion=assertion(**changes))
    assert answer.status == (201 if is_taken else 401), answer.body


def _pushed(state=None, **changes: Any):
    form = {
        **asked(client_id=None),
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion(),
        **changes,
    }
    return visited(post("/idporten/par", form), state)


def test_an_assertion_is_good_once_and_a_key_that_ended_never():
    first, state = _pushed()
    assert first.status == 201
    assert error(_pushed(state)[0]) == (401, "invalid_client")
    assert _pushed(state, client_assertion=assertion(jti="two"))[0].status == 201
    ended = replace(KEY, keys=(public_key("client", until=NOW - 1),))
    assert error(_pushed(world(idporten=(ended,)))[0]) == (401, "invalid_client")


def test_two_proofs_at_once_are_one_too_many():
    request = post("/idporten/token", {"grant_type": "refresh_token", "client_secret": "x"}, _basic(BASIC.id, "x"))
    assert error(visited(request)[0]) == (400, "invalid_request")


def test_a_pushed_request_is_referred_to_once_by_its_client_for_two_minutes():
    answer, state = _pushed()
    body = told(answer)
    assert body["expires_in"] == 120
    assert body["request_uri"].startswith("urn:idporten:")
    short = {"client_id": KEY.id, "request_uri": body["request_uri"], "scope": "ignored"}
    page, _ = get("/login.idporten/authorize", short, state, now=NOW + 119)
    assert page.status == 200
    assert get("/login.idporten/authorize", short, state, now=NOW + 120)[0].status == 400
    assert get("/login.idporten/authorize", {**short, "client_id": POST.id}, state)[0].status == 400
    assert get("/login.idporten/authorize", {**short, "client_id": None}, state)[0].status == 400
    sent, after = pressed(page, "Kari", state)
    assert location(sent)[1]["code"]
    assert get("/login.idporten/authorize", short, after)[0].status == 400


@pytest.mark.parametrize(
    ("changes", "code_"),
    [
        ({"redirect_uri": "https://other.example/"}, "invalid_request"),
        ({"scope": "openid other"}, "invalid_scope"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"request_uri": "urn:x"}, "invalid_request"),
        ({"nonce": ["a", "b"]}, "invalid_request"),
    ],
)
def test_what_is_wrong_with_a_pushed_request_is_told_at_once(changes, code_):
    assert error(_pushed(**changes)[0]) == (400, code_)


# What else it has.


def test_somebody_who_signed_in_is_known_until_the_logout():
    _, state = code()
    silent, _ = get("/idporten/authorize", asked(prompt="none"), state)
    assert location(silent)[1]["code"]
    late, _ = get("/idporten/authorize", asked(prompt="none"), state, now=NOW + 1800)
    assert location(late)[1]["error"] == "login_required"
    old, _ = get("/idporten/authorize", asked(prompt="none", max_age=60), state, now=NOW + 61)
    assert location(old)[1]["error"] == "login_required"
    form = {"client_id": POST.id, "post_logout_redirect_uri": BACK, "state": "bye"}
    answer, state = visited(post("/login.idporten/logout", form), state)
    assert location(answer) == (BACK, {"state": "bye"})
    silent, _ = get("/idporten/authorize", asked(prompt="none"), state)
    assert location(silent)[1]["error"] == "login_required"


def test_a_logout_sends_nobody_to_an_address_that_is_not_the_clients():
    for form in (
        {"post_logout_redirect_uri": BACK},
        {"client_id": POST.id, "post_logout_redirect_uri": "https://x.example/"},
    ):
        assert visited(post("/login.idporten/logout", form))[0].status == 400
    body, state = tokens()
    hint = {"id_token_hint": body["id_token"], "post_logout_redirect_uri": BACK}
    assert location(visited(post("/login.idporten/logout", hint), state)[0])[0] == BACK
    other = {**hint, "client_id": NONE.id}
    assert visited(post("/login.idporten/logout", other), state)[0].status == 400


def userinfo(token: str, state, *, now: int = NOW, scheme: str = "Bearer"):
    return visited(Request("GET", f"{ISSUER}/userinfo", (("Authorization", f"{scheme} {token}"),)), state, now=now)[0]


def test_userinfo_tells_who_a_live_token_is_about():
    body, state = tokens()
    answer = userinfo(body["access_token"], state)
    assert told(answer) == {"sub": decode(body["id_token"])[1]["sub"], "pid": "07899010056"}
    assert userinfo(body["access_token"], state, now=NOW + 119).status == 200
    late = userinfo(body["access_token"], state, now=NOW + 120)
    assert late.status == 401
    assert 'error="invalid_token"' in dict(late.headers)["WWW-Authenticate"]
    assert userinfo(body["id_token"], state).status == 401
    bare = visited(Request("GET", f"{ISSUER}/userinfo"), state)[0]
    assert (bare.status, dict(bare.headers)["WWW-Authenticate"]) == (401, f'Bearer realm="{ISSUER}"')


def test_introspection_needs_its_scope_and_tells_the_truth():
    body, state = tokens()
    form = {"token": body["access_token"], "client_id": POST.id, "client_secret": SECRET}
    answer, _ = visited(post("/idporten/introspect", form), state)
    assert told(answer)["active"] is True
    assert told(answer)["pid"] == "07899010056"
    assert told(visited(post("/idporten/introspect", {**form, "token": "x"}), state)[0]) == {"active": False}
    late, _ = visited(post("/idporten/introspect", form), state, now=NOW + 120)
    assert told(late) == {"active": False}
    without = world(idporten=(replace(POST, scopes=("openid", "profile")),))
    assert visited(post("/idporten/introspect", form), without)[0].status == 403


def test_revocation_ends_what_came_together():
    body, state = tokens()
    own = {"client_id": POST.id, "client_secret": SECRET}
    answer, after = visited(post("/idporten/revoke", {"token": body["refresh_token"], **own}), state)
    assert answer.status == 200
    assert error(refresh(body["refresh_token"], after)[0]) == (400, "invalid_grant")
    assert userinfo(body["access_token"], after).status == 401
    _, after = visited(post("/idporten/revoke", {"token": body["access_token"], **own}), state)
    assert userinfo(body["access_token"], after).status == 401
    assert refresh(body["refresh_token"], after)[0].status == 200
    assert visited(post("/idporten/revoke", {"token": "x", **own}), state)[0].status == 200
    assert error(visited(post("/idporten/revoke", own), state)[0]) == (400, "invalid_request")
    foreign = {"token": body["refresh_token"], "client_id": NONE.id}
    assert error(visited(post("/idporten/revoke", foreign), state)[0]) == (400, "invalid_request")


def test_a_code_of_another_provider_is_not_known_here():
    text, state = code()
    form = {"grant_type": "authorization_code", "code": text, "client_id": registrations().generic[-1].id}
    assert error(visited(post("/generic/token", form), state)[0]) == (400, "invalid_grant")


def test_the_token_of_a_person_goes_on_at_tokenx():
    from tests.sandbox.providers.test_tokenx import exchange

    body, state = tokens()
    answer = exchange(subject_token=body["access_token"], state=state)
    assert answer.status == 200, answer.body
    claims = decode(told(answer)["access_token"])[1]
    assert (claims["idp"], claims["pid"]) == (ISSUER, "07899010056")

"""Client assertions are really verified: key, signature, times, names, and a second use."""

from base64 import urlsafe_b64decode
from dataclasses import replace

import pytest

from console.sandbox.handler import handle
from console.sandbox.registration import put_client, with_certificate
from tests.sandbox.builders import (
    NOW,
    answered,
    assertion,
    assertion_form,
    body_of,
    decode,
    fresh,
    key_pair,
    keys,
    post_form,
    samples,
    send,
    tenant_url,
    token_for,
    token_url,
)

CLIENT = samples().certificate_client.id
FOREIGN = key_pair("foreign")
BORROWED = key_pair("client with another key", key_name="foreign")


def _ask(text: str, state=None, now: int = NOW):
    return body_of(answered(post_form(assertion_form(text)), state, now))


@pytest.mark.parametrize("alg", ["PS256", "RS256"])
def test_both_styles_of_assertion_get_a_token_that_tells_of_the_certificate(alg):
    _, claims = decode(token_for(form=assertion_form(assertion(alg=alg))))
    assert claims["azpacr"] == "2"
    assert claims["azp"] == CLIENT


@pytest.mark.parametrize(
    "audience",
    [
        token_url(),
        token_url().replace("https:", "http:"),
        f"{tenant_url()}/v2.0",
        f"{tenant_url()}/oauth2/token",
        token_url().replace("console.example", "console.example:443"),
        [token_url(), "https://x.example"],
    ],
)
def test_the_endpoint_may_be_spelled_in_several_ways(audience):
    assert "access_token" in _ask(assertion(aud=audience))


def test_any_other_base_the_sandbox_is_served_under_may_be_named():
    other = "https://alias.example/sandbox/w1"
    request = post_form(assertion_form(assertion(aud=token_url(other))))
    refused, _ = handle(request, fresh(), NOW, keys=keys())
    accepted, _ = handle(request, fresh(), NOW, keys=keys(), bases=(other,))
    assert (refused.status, accepted.status) == (401, 200)


def test_padded_thumbprints_and_fractional_times_are_taken():
    header = {"x5t": key_pair("client").x5t + "="}
    assert "access_token" in _ask(assertion(alg="RS256", header=header, exp=NOW + 599.5, iat=NOW + 0.25, nbf=None))


HEX = urlsafe_b64decode(FOREIGN.x5t_s256 + "=").hex().upper()
REFUSED = [
    (
        "an unknown thumbprint",
        assertion(pair=FOREIGN),
        700027,
        f"The key was not found., Thumbprint of key used by client: '{HEX}'",
    ),
    (
        "the SHA-256 digest in x5t",
        assertion(header={"x5t": key_pair("client").x5t_s256}),
        700027,
        "The key was not found.",
    ),
    (
        "another private key",
        assertion(pair=BORROWED, header={"x5t": key_pair("client").x5t}),
        700027,
        "The provided signature value did not match",
    ),
    ("no thumbprint", assertion(header={}), 50027, "No certificate thumbprint specified in token header"),
    ("another audience", assertion(aud="https://login.example/token"), 700023, "does not match Realm issuer"),
    ("no audience", assertion(aud=None), 700023, "does not match Realm issuer"),
    ("an audience that is no address", assertion(aud="http://["), 700023, "does not match Realm issuer"),
    ("another issuer", assertion(iss="someone"), 700021, "doesn't match 'client_id'"),
    ("another subject", assertion(sub="someone"), 700021, "doesn't match 'client_id'"),
    ("no exp", assertion(exp=None), 50027, "exp must be present"),
    ("an exp that is a text", assertion(exp="soon"), 50027, "must be numbers"),
    ("an exp beyond all time", assertion(exp=1e300), 50027, "must be numbers"),
    ("no JWT", "opaque", 50027, "invalid or malformed"),
    ("two parts", "a.b", 50027, "invalid or malformed"),
    ("a payload that is no JSON", "e30.e.e30", 50027, "invalid or malformed"),
    ("a payload that is a list", "e30.W10.e30", 50027, "invalid or malformed"),
    ("text outside ASCII", "é.é.é", 50027, "invalid or malformed"),
]


@pytest.mark.parametrize(("what", "text", "code", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_bad_assertion_is_refused_with_its_own_reason(what, text, code, words):
    body = _ask(text)
    assert (body.get("error_codes"), body["error"]) == ([code], "invalid_client")
    assert words in body["error_description"]


@pytest.mark.parametrize(
    ("claims", "is_taken"),
    [
        ({"exp": NOW - 301}, False),
        ({"exp": NOW - 300}, True),
        ({"exp": NOW - 299}, True),
        ({"nbf": NOW + 299}, True),
        ({"nbf": NOW + 300}, True),
        ({"nbf": NOW + 301}, False),
        ({"nbf": None}, True),
    ],
)
def test_the_clock_of_an_assertion_may_be_five_minutes_off(claims, is_taken):
    body = _ask(assertion(**claims))
    assert ("access_token" in body) == is_taken
    if not is_taken:
        assert body["error_codes"] == [700024]
        assert "Current time: 2027-01-15T08:00:00.0000000Z" in body["error_description"]


def test_an_expired_assertion_without_nbf_is_valid_from_1970_in_the_text():
    assert "valid from 1970-01-01T00:00:00" in _ask(assertion(nbf=None, exp=NOW - 9000))["error_description"]


@pytest.mark.parametrize(("now", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_a_certificate_is_good_up_to_the_second_it_ends(now, is_taken):
    record = samples().certificate_client.certificates[0]
    client = replace(samples().certificate_client, certificates=(replace(record, not_after=NOW - now),))
    body = _ask(assertion(), put_client(fresh(), client))
    assert ("access_token" in body) == is_taken
    if not is_taken:
        assert body["error_codes"] == [700027]
        assert "The key used is expired." in body["error_description"]


def test_a_second_certificate_beside_the_first_is_taken_too():
    both = with_certificate(samples().certificate_client, FOREIGN.certificate_pem)
    assert "access_token" in _ask(assertion(pair=FOREIGN), put_client(fresh(), both))


def test_an_assertion_may_come_again_while_it_is_valid_and_changes_nothing_then():
    """MSAL keeps its assertion for all its requests, and Entra takes it."""
    request = post_form(assertion_form(assertion(jti="kept")))
    _, after = send(request)
    again = replace(after, entropy="e2")
    answer, third = send(request, again)
    assert (answer.status, third) == (200, again)


def test_the_same_jti_in_another_assertion_is_refused_and_says_so():
    _, after = send(post_form(assertion_form(assertion(jti="once"))))
    refused = _ask(assertion(jti="once", exp=NOW + 500), after)
    assert (refused["error"], refused["error_codes"]) == ("invalid_client", [])
    assert "already used: jti 'once'" in refused["error_description"]
    assert "access_token" in _ask(assertion(jti="twice"), after)


def test_an_assertion_without_jti_is_known_by_its_text():
    _, after = send(post_form(assertion_form(assertion(jti=None))))
    assert "access_token" in _ask(assertion(jti=None), after)
    assert "access_token" in _ask(assertion(jti=None, exp=NOW + 500), after)


def test_with_the_fault_each_assertion_counts_as_used_before():
    refused = _ask(assertion(), fresh("assertion-replayed"))
    assert "already used: jti 'jti-1'" in refused["error_description"]


def test_an_assertion_that_got_no_token_may_be_sent_again():
    text = assertion()
    _, after = send(post_form(assertion_form(text, scope="api://nowhere/.default")))
    assert after.used_assertions == ()
    assert "access_token" in _ask(text, after)


def test_used_assertions_are_forgotten_once_they_have_run_out():
    _, after = send(post_form(assertion_form(assertion())))
    assert len(after.used_assertions) == 1
    later = NOW + 901
    _, much_later = send(post_form(assertion_form(assertion(jti="new", nbf=later, exp=later + 600))), after, later)
    assert [used.until for used in much_later.used_assertions] == [later + 900]

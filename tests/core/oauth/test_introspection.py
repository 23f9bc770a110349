"""What the issuing server says of a token, and where that differs from what was seen here."""

import json

import pytest

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.oauth.introspection import (
    Introspection,
    disagreements,
    question,
    read_introspection,
    read_revocation,
)
from console.core.oauth.token_response import TokenError
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult, SignatureState
from tests.core.grants.answers import id_token
from tests.core.grants.asking import NOW

WRONG = SignatureResult(SignatureState.INVALID, "wrong-signature", "No key made it.")


def came(status=200, body=b"", headers=()):
    return Exchange(Request("POST", "https://idp.example/x"), Response(status, "", headers, body), None, 0.0, 0)


def told(**members):
    return read_introspection(came(body=json.dumps(members).encode()), now=NOW)


def differ(introspection, signature=NOT_CHECKED, **claims):
    found = disagreements(parse(id_token(**claims)), signature, introspection, now=NOW)
    return [one.about for one in found]


def test_the_question_names_the_token_and_what_it_is():
    assert question(Secret("AT"), hint="access_token") == (("token", "AT"), ("token_type_hint", "access_token"))


def test_what_the_server_says_is_read_whole():
    assert told(active=True, scope="a b", sub="s") == Introspection(True, {"active": True, "scope": "a b", "sub": "s"})
    assert told(active=False).is_active is False


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"active": "true"}', b'{"active": 1}', b"<html>", b'"x"'])
def test_an_answer_that_does_not_say_whether_it_is_active_is_none(body):
    found = read_introspection(came(body=body), now=NOW)
    assert isinstance(found, TokenError)
    assert "active" in found.error_description


@pytest.mark.parametrize("read", [read_introspection, read_revocation])
def test_a_refusal_and_a_silence_are_told_as_what_they_are(read):
    refused = read(came(401, b'{"error": "invalid_client"}'), now=NOW)
    assert (refused.error, refused.status) == ("invalid_client", 401)
    unsupported = read(came(400, b'{"error": "unsupported_token_type"}'), now=NOW)
    assert unsupported.error == "unsupported_token_type"
    busy = read(came(503, headers=(("Retry-After", "7"),)), now=NOW)
    assert (busy.kind, busy.retry_after_s) == ("server_error", 7)
    silent = Exchange(Request("POST", "https://idp.example/x"), None, Failure(FailureKind.DNS, "x"), 0.0, 0)
    assert read(silent, now=NOW).kind is FailureKind.DNS


def test_a_revocation_is_answered_with_any_success():
    assert read_revocation(came(), now=NOW) is None
    assert read_revocation(came(204), now=NOW) is None


def test_a_web_page_where_the_revocation_was_to_be_is_no_revocation():
    page = came(200, b"<html>Sign in</html>", (("Content-Type", "text/html"),))
    assert read_revocation(page, now=NOW).kind == "not_json"


@pytest.mark.parametrize(
    ("active", "claims", "signature", "differs"),
    [
        (True, {"exp": NOW + 1}, NOT_CHECKED, False),
        (True, {"exp": NOW}, NOT_CHECKED, True),
        (True, {"exp": NOW + 1}, WRONG, True),
        (False, {"exp": NOW}, NOT_CHECKED, False),
        (False, {"exp": NOW + 1}, NOT_CHECKED, True),
        (False, {"exp": NOW + 1}, WRONG, False),
        (False, {"exp": ...}, NOT_CHECKED, False),
    ],
)
def test_whether_it_counts_is_compared(active, claims, signature, differs):
    assert differ(Introspection(active, {"active": active}), signature, **claims) == (["state"] if differs else [])


@pytest.mark.parametrize(
    ("claims", "members", "about"),
    [
        ({}, {"sub": "person-1", "iss": "https://idp.example/t", "aud": "c"}, []),
        ({}, {"aud": ["c"], "exp": NOW + 60}, []),
        ({"scope": "b a"}, {"scope": "a b"}, []),
        ({"scp": ["a", "b"]}, {"scope": "a c"}, ["scope"]),
        ({"azp": "app"}, {"client_id": "app"}, []),
        ({"azp": "app"}, {"client_id": "other"}, ["client_id"]),
        ({}, {"sub": "somebody else"}, ["sub"]),
        ({}, {"aud": ["c", "d"]}, ["aud"]),
        ({}, {"exp": NOW + 61}, ["exp"]),
        ({}, {"username": "ina"}, []),
    ],
)
def test_what_both_name_is_compared_in_whatever_form_it_comes(claims, members, about):
    assert differ(Introspection(True, {"active": True, **members}), **claims) == about


def test_an_opaque_token_has_nothing_to_compare():
    opaque = parse("an-opaque-token")
    assert disagreements(opaque, NOT_CHECKED, Introspection(False, {"active": False, "sub": "x"}), now=NOW) == ()

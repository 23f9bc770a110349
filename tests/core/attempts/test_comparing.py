"""Two attempts side by side: what came of them, what differs, what is the same; what never matters is apart."""

from dataclasses import replace

import msgspec
import pytest

from console.core.attempts.comparing import ComparedAttempt, compare_attempts, counting_exchange
from console.core.decoded_assertion import DecodedAssertion
from console.core.exchange import Exchange, Failure, FailureKind, Purpose, Request, Response
from tests.core.attempts.test_turning import AGAIN, GOOD, NOW

JSON = (("Content-Type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
SENT = Request(
    "POST",
    "https://api.example/orders?top=1&tag=a&tag=b",
    (*JSON, ("Authorization", "Bearer <token>"), ("X-Tenant", "contoso"), ("traceparent", "00-1")),
    b'{"items": [{"id": 1, "n": 2}], "note": "a"}',
)
ANSWER = Response(200, "OK", (*JSON, ("Date", "Mon"), ("X-Request-Id", "1")), b'{"ok": true, "traceId": "1"}')
EXCHANGE = Exchange(SENT, ANSWER, None, NOW, 12)


def attempt(evidence=GOOD, *, is_call=True, **parts):
    return ComparedAttempt(evidence, replace(EXCHANGE, **parts), is_call)


def again(**claims):
    kept = {name: value for name, value in {**AGAIN, **claims}.items() if value is not None}
    return msgspec.structs.replace(GOOD, token_claims=kept, now=NOW + 60)


def sent(**parts):
    return attempt(again(), request=replace(SENT, **parts))


def test_what_is_new_each_time_is_folded_and_counted():
    request = replace(SENT, headers=(*SENT.headers[:3], ("Traceparent", "00-2")))
    answer = replace(
        ANSWER,
        headers=(("content-type", "application/json"), ("date", "Tue"), ("x-request-id", "2")),
        body=b'{"traceId":"2","ok":true}',
    )
    found = compare_attempts(attempt(), attempt(again(), request=request, response=answer))
    assert found.headline == (
        "Both answered 200: nothing else that matters is different; request, body and token are the same"
    )
    assert not found.sent.matters and not found.answer.matters and not found.claims
    assert [one.place for one in found.answer.folded] == ["header date", "header x-request-id", "body.traceId"]
    assert {one.name for one in found.claims_folded} == {"iat", "nbf", "exp", "aio", "uti", "rh"}
    assert found.folded_count == 1 + 3 + 6


REFUSED = replace(ANSWER, status=403, body=b'{"ok": false}')
FIRST_LINES = {
    "a role is missing": (
        attempt(again(roles=None), response=REFUSED),
        "403 instead of 200: roles is missing; request and body are the same",
    ),
    "the body": (
        sent(body=b'{"note":"a","items":[{"id":1,"n":3}]}'),
        "Both answered 200: body.items[id=1].n is another; the token is the same",
    ),
    "the query": (
        sent(url="https://api.example/orders?tag=a&tag=c"),
        "Both answered 200: query top is missing, query tag is another; body and token are the same",
    ),
    "a timeout": (
        sent(timeout_s=5),
        "Both answered 200: timeout is new; body and token are the same",
    ),
    "no token": (
        sent(headers=SENT.headers[:1] + SENT.headers[2:]),
        "Both answered 200: header authorization is missing; body and token are the same",
    ),
    "the address": (
        sent(method="PUT", url="https://api.example/other?top=1&tag=a&tag=b"),
        "Both answered 200: method is another, address is another; body and token are the same",
    ),
    "many": (
        sent(body=b"[]", url="https://api.example/orders", headers=()),
        "Both answered 200: query top is missing, query tag is missing and 4 more; the token is the same",
    ),
    "expired": (
        attempt(again(exp=NOW - 1), response=REFUSED),
        "403 instead of 200: the token had expired; request, body and token are the same",
    ),
    "no answer": (
        attempt(again(), response=None, failure=Failure(FailureKind.TIMEOUT, "It did not answer.")),
        "No answer instead of 200: the answer differs in header content-type; request, body and token are the same",
    ),
    "only the answer": (
        attempt(again(), response=replace(ANSWER, body=b'{"ok": false}')),
        "Both answered 200: the answer differs in body.ok; request, body and token are the same",
    ),
}


@pytest.mark.parametrize(("second", "headline"), FIRST_LINES.values(), ids=FIRST_LINES)
def test_the_first_line_says_what_differs_and_what_is_the_same(second, headline):
    assert compare_attempts(attempt(), second).headline == headline


def test_a_policy_and_a_key_stand_around_them():
    changed = msgspec.structs.replace(again(), policy_xml="<policies/>", token_header={"alg": "RS256", "kid": "k2"})
    found = compare_attempts(attempt(), attempt(changed))
    assert found.headline == (
        "Both answered 200: the policy of the API is another one, kid is another, "
        "the token is signed with another key; request and body are the same"
    )


def test_a_token_request_is_compared_by_field_and_its_assertion_by_claim():
    form = b"grant_type=client_credentials&scope=a&client_assertion=%s"
    claims = {"aud": "https://login.example", "jti": "1"}
    before, after = (
        attempt(
            request=Request("POST", "https://login.example/token", FORM, form % one.encode()),
            assertion=DecodedAssertion({"alg": "PS256", "x5t": one}, {**claims, "jti": one}),
            is_call=False,
        )
        for one in ("a", "b")
    )
    found = compare_attempts(before, after)
    assert [one.place for one in found.sent.matters] == ["assertion.header.x5t"]
    assert [one.name for one in found.sent.folded] == ["client_assertion", "jti"]


def test_what_a_provider_says_is_the_same_but_for_its_ids():
    bodies = (b'{"error_description": "AADSTS7000215: Invalid. Trace ID: %d Timestamp: x"}' % one for one in (1, 2))
    before, after = (attempt(response=Response(401, "", JSON, body), is_call=False) for body in bodies)
    found = compare_attempts(before, after)
    assert not found.answer.matters
    assert len(found.answer.folded) == 1


def test_a_call_and_a_token_request_have_only_their_tokens_in_common():
    found = compare_attempts(attempt(), attempt(again(aud="api://other"), is_call=False))
    assert found.sent is found.answer is None
    assert [one.name for one in found.claims] == ["aud"]
    bare = ComparedAttempt(msgspec.structs.replace(GOOD, token_claims=None), None, True)
    assert compare_attempts(bare, bare).headline == "Neither was answered: nothing else that matters is different"


TEXTS = {
    "lines": (b"<a>\n<b/>\n</a>", b"<a>\n<c/>\n</a>", ["line 2"]),
    "one side": (b"", b"hello", ["body"]),
    "line ends": (b"a\nb", b"a\r\nb", ["line ends"]),
    "very long": (b"a\n" * 5_000, b"a\n" * 10 + b"b\n" * 5_000, ["line 11 and on"]),
    "broken JSON": (b'{"a":', b'{"b":', ["line 1"]),
}


@pytest.mark.parametrize(("before", "after", "places"), TEXTS.values(), ids=TEXTS)
def test_other_bodies_are_compared_line_by_line(before, after, places):
    sides = (attempt(response=replace(ANSWER, headers=(), body=body)) for body in (before, after))
    assert [one.place for one in compare_attempts(*sides).answer.matters] == places


def test_of_a_call_the_last_call_counts_and_of_a_token_request_the_last_one_for_a_token():
    keys, token, call = (replace(EXCHANGE, purpose=one) for one in (Purpose.KEYS, Purpose.TOKEN, Purpose.CALL))
    assert counting_exchange((token, call, keys), is_call=True) is call
    assert counting_exchange((keys, token, keys), is_call=False) is token
    assert counting_exchange((keys,), is_call=False) is keys
    assert counting_exchange((), is_call=True) is None

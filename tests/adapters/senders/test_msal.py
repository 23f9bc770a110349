"""Tokens by MSAL: what a provider does wrong becomes a value, and the secret goes nowhere else."""

import io
import json
import logging
from urllib.parse import parse_qsl

import pytest

from console.adapters.egress import EgressPolicy
from console.adapters.senders import Order
from console.adapters.transport import Transport
from console.core.client_auth.base import Proof
from console.core.exchange import Failure, FailureKind, Purpose, Request, Response
from console.core.http.retry_after import LONGEST_S
from tests.adapters.senders.asking import Asked, asked, order_for
from tests.adapters.support import DEADLINE_S, FaultyProvider, policy_for
from tests.vectors.bad_input.faultserver import FaultServer

NOW = 1_790_000_000
SECRET = "s3cr3t-VALUE~with+signs"


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def by_secret(audience: str) -> Proof:
    return Proof((("client_id", "c"), ("client_secret", SECRET)))


def ask(server: FaultServer, variant: str, order: Order | None = None) -> Asked:
    deadline = {"deadline_s": DEADLINE_S} if variant == "slow-9" else {}
    return asked(
        order or order_for(f"{server.url}/idp/{variant}", by_secret), FaultyProvider(policy_for(server, **deadline))
    )


@pytest.mark.parametrize(
    ("variant", "life"),
    [
        ("good", 3600),
        ("expires-string", 3600),
        ("expires-missing", None),
        ("expires-words", None),
        ("expires-negative", 0),
        ("expires-huge", None),
        ("type-odd", 3600),
        ("disc-jwks-metadata", 3600),
    ],
)
def test_a_usable_answer_gives_the_token(server, variant, life):
    outcome = ask(server, variant)
    assert outcome.response is not None and outcome.error is None and outcome.failure is None
    assert outcome.response.access_token.reveal() == "AT-value"
    assert outcome.response.expires_in_s == life
    assert [exchange.purpose for exchange in outcome.exchanges] == [Purpose.METADATA, Purpose.TOKEN]
    assert outcome.exchanges[1].request.url == f"{server.url}/idp/{variant}/token", "the true URL, not the one MSAL saw"


@pytest.mark.parametrize(
    ("variant", "status", "kind", "error"),
    [
        ("html-200", 200, "not_json", ""),
        ("html-500", 500, "server_error", ""),
        ("empty-503", 503, "server_error", ""),
        ("json-list", 200, "not_json", ""),
        ("json-null", 200, "not_json", ""),
        ("json-empty", 200, "not_a_token_response", ""),
        ("json-cut", 200, "not_json", ""),
        ("json-deep", 200, "not_json", ""),
        ("token-list", 200, "not_a_token_response", ""),
        ("token-empty", 200, "not_a_token_response", ""),
        ("token-newline", 200, "not_a_token_response", ""),
        ("token-nonlatin", 200, "not_a_token_response", ""),
        ("bad-client", 401, "oauth", "invalid_client"),
        ("error-200", 200, "oauth", "invalid_grant"),
        ("throttled", 429, "throttled", "throttled"),
        ("retry-date", 503, "server_error", ""),
        ("flaky-9", 503, "server_error", ""),
        ("redirect-307", 307, "not_a_token_response", ""),
    ],
)
def test_an_answer_without_a_token_becomes_an_error_with_words(server, variant, status, kind, error):
    before = len(server.seen)
    outcome = ask(server, variant)
    assert outcome.error is not None and outcome.response is None and outcome.failure is None
    assert (outcome.error.status, outcome.error.kind, outcome.error.error) == (status, kind, error)
    assert outcome.error.error_description
    assert "AT" not in str(outcome.error.body), "a token of an unusable answer is not kept in plain"
    assert len(server.seen) == before + 2, "one discovery and one token request; nothing is retried"


def test_the_codes_and_ids_of_an_error_are_kept_and_the_secret_is_not_shown(server):
    error = ask(server, "bad-client").error
    assert error is not None
    assert (error.codes, error.trace_id) == ((7000215,), "11111111-2222-3333-4444-555555555555")
    assert SECRET not in repr(error)


def test_throttling_says_when_to_try_again(server):
    seconds, date = ask(server, "throttled").error, ask(server, "retry-date").error
    assert seconds is not None and date is not None
    assert seconds.retry_after_s == 60
    assert date.retry_after_s == LONGEST_S  # it said 2099


@pytest.mark.parametrize(
    ("variant", "kind", "rule", "words"),
    [
        ("disc-html", FailureKind.BAD_HTTP, "metadata", "the answer is a web page. It usually stands at"),
        ("disc-404", FailureKind.BAD_HTTP, "metadata", "the answer was HTTP 404"),
        ("disc-list", FailureKind.BAD_HTTP, "metadata", "is not a JSON object"),
        ("disc-no-token", FailureKind.BAD_HTTP, "metadata", "names no token_endpoint"),
        ("disc-null-jwks", FailureKind.BAD_HTTP, "metadata", "gives jwks_uri as something else"),
        ("disc-other-issuer", FailureKind.BLOCKED_ADDRESS, "issuer", "https://login.other.example"),
        ("disc-issuer-slash", FailureKind.BLOCKED_ADDRESS, "issuer", "differ in the slash at the end"),
        ("disc-token-elsewhere", FailureKind.BLOCKED_ADDRESS, "token_endpoint", "https://collector.evil.example"),
        ("disc-token-metadata", FailureKind.BLOCKED_ADDRESS, "token_endpoint", "http://169.254.169.254"),
        ("disc-token-file", FailureKind.BLOCKED_ADDRESS, "token_endpoint", "not a usable URL"),
    ],
)
def test_a_doubtful_discovery_document_stops_before_the_secret_is_sent(server, variant, kind, rule, words):
    before = len(server.seen)
    outcome = ask(server, variant)
    assert outcome.failure is not None and outcome.error is None and outcome.response is None
    assert (outcome.failure.kind, outcome.failure.rule) == (kind, rule)
    assert words in outcome.failure.detail
    assert [seen["method"] for seen in server.seen[before:]] == ["GET"]
    assert [exchange.purpose for exchange in outcome.exchanges] == [Purpose.METADATA]


def test_a_slow_token_endpoint_is_given_up_at_the_deadline_of_the_attempt(server):
    outcome = ask(server, "slow-9")
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TIMEOUT


def test_the_assertion_is_made_for_the_true_token_endpoint_and_sent_as_made(server):
    audiences: list[str] = []

    def make(audience: str) -> Proof:
        audiences.append(audience)
        return Proof((("client_assertion", "aaa.bbb.ccc"),))

    order = order_for(f"{server.url}/idp/good", make, is_for_audience=True)
    assert ask(server, "good", order).response is not None
    assert audiences == [f"{server.url}/idp/good/token"]
    body = server.seen[-1]["body"].decode()
    assert "client_assertion=aaa.bbb.ccc&" in body
    assert "client_secret" not in body


def test_a_corrected_secret_is_not_judged_by_a_remembered_error(server):
    before = len(server.seen)
    assert ask(server, "bad-client").error is not None
    assert ask(server, "bad-client").error is not None
    assert len(server.seen) == before + 4


def test_nothing_that_was_sent_or_received_is_logged(server):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        for variant in ("good", "html-200", "json-cut", "bad-client", "disc-html"):
            ask(server, variant)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    logged = stream.getvalue()
    assert not [text for text in (SECRET, "AT-value", "Sign in", "AADSTS7000215") if text in logged]


@pytest.mark.parametrize(
    ("authority", "rule"),
    [
        ("http://login.example/tenant", "scheme"),
        ("login.example/tenant", "scheme"),
        ("https://user@login.example/tenant", "userinfo"),
        ("https://login.microsoftonline.com@evil.example/t", "userinfo"),
        ("https://login example/tenant", "url"),
    ],
)
def test_an_authority_that_no_credential_may_go_to_is_refused_at_once(authority, rule):
    outcome = asked(order_for(authority, by_secret), Transport(EgressPolicy()))
    assert outcome.failure is not None
    assert (outcome.failure.rule, outcome.exchanges) == (rule, ())


def _tenant(answers: dict[str, Response | Failure], base: str):
    """A provider in this process; the key is the end of the path."""
    seen: list[Request] = []

    def handle(request: Request) -> Response | Failure:
        seen.append(request)
        return next((answer for end, answer in answers.items() if request.url.endswith(end)), Response(404))

    return Transport(EgressPolicy(), local={base: handle}), seen


BASE = "http://localhost:8000/sandbox/w1"


def _discovery(**changes: object) -> Response:
    document = {
        "issuer": f"{BASE}/contoso/v2.0",
        "token_endpoint": f"{BASE}/contoso/oauth2/v2.0/token",
        "jwks_uri": f"{BASE}/contoso/discovery/v2.0/keys",
        **changes,
    }
    return Response(200, body=json.dumps(document).encode())


def local_ask(transport: Transport) -> Asked:
    return asked(order_for(f"{BASE}/contoso", by_secret), transport)


def test_a_sandbox_on_plain_http_is_asked_in_process_without_an_authorization_endpoint():
    token = Response(200, body=b'{"access_token":"AT","token_type":"Bearer","expires_in":3599}')
    transport, seen = _tenant({"/openid-configuration": _discovery(), "/token": token}, BASE)
    outcome = local_ask(transport)
    assert outcome.response is not None, outcome
    assert [request.url for request in seen] == [
        f"{BASE}/contoso/v2.0/.well-known/openid-configuration",
        f"{BASE}/contoso/oauth2/v2.0/token",
    ]
    assert all(exchange.is_local for exchange in outcome.exchanges)


def test_an_unknown_tenant_is_told_by_the_discovery_answer():
    words = "AADSTS90002: Tenant 'contoso' not found."
    body = {"error": "invalid_tenant", "error_description": words, "error_codes": [90002]}
    transport, seen = _tenant({"/openid-configuration": Response(400, body=json.dumps(body).encode())}, BASE)
    outcome = local_ask(transport)
    assert outcome.error is not None
    assert (outcome.error.status, outcome.error.error, outcome.error.codes) == (400, "invalid_tenant", (90002,))
    assert len(seen) == 1


def test_a_throttled_or_broken_discovery_is_an_error_of_the_provider():
    throttled = Response(429, headers=(("Retry-After", "7"),), body=b"Too Many Requests")
    transport, _ = _tenant({"/openid-configuration": throttled}, BASE)
    error = local_ask(transport).error
    assert error is not None
    assert (error.kind, error.retry_after_s) == ("throttled", 7)


def test_a_provider_that_is_down_is_a_failure():
    down = Failure(FailureKind.REFUSED, "Nothing listens.")
    transport, _ = _tenant({"/openid-configuration": down}, BASE)
    assert local_ask(transport).failure == down


def test_an_answer_that_broke_off_is_not_taken_for_a_token():
    body = b'{"access_token":"AT","token_type":"Bearer","expires_in":3599}' + b" " * 600_000
    transport, _ = _tenant({"/openid-configuration": _discovery(), "/token": Response(200, body=body * 2)}, BASE)
    outcome = local_ask(transport)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TOO_LARGE


def test_a_request_that_the_library_will_not_send_is_a_value():
    transport, _ = _tenant({"/openid-configuration": _discovery()}, BASE)

    def breaks(audience: str) -> Proof:
        raise ValueError(SECRET)

    outcome = asked(order_for(f"{BASE}/contoso", breaks, is_for_audience=True), transport)
    assert outcome.failure is not None
    assert outcome.failure.rule == "request"
    assert SECRET not in outcome.failure.detail
    assert "check the authority, the client id, the scope and the credential" in outcome.failure.detail


SCOPE = "openid offline_access api://orders/read"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
CODE = {
    "grant_type": "authorization_code",
    "code": "CODE",
    "redirect_uri": "https://console.example/back/",
    "code_verifier": "VERIFIER",
}
REFRESH = {"grant_type": "refresh_token", "refresh_token": "RT", "scope": SCOPE}
ON_BEHALF = {
    "grant_type": JWT_BEARER,
    "requested_token_use": "on_behalf_of",
    "assertion": "aaa.bbb.ccc",
    "scope": "api://orders/.default",
    "claims": '{"access_token": {"acrs": {"essential": true, "value": "c1"}}}',
}


@pytest.mark.parametrize(
    ("form", "scopes"),
    [
        (CODE, {"openid", "offline_access", "api://orders/read"}),
        (REFRESH, {"openid", "offline_access", "api://orders/read"}),
        (ON_BEHALF, {"openid", "api://orders/.default"}),
    ],
)
def test_each_grant_that_msal_knows_goes_out_as_it_was_made(form, scopes):
    """MSAL writes the scope itself: it adds openid always, and the other two of its own only where they are asked."""
    token = Response(200, body=b'{"access_token":"AT","token_type":"Bearer","expires_in":3599}')
    transport, seen = _tenant({"/openid-configuration": _discovery(), "/token": token}, BASE)
    order = order_for(f"{BASE}/contoso", by_secret, form=tuple(form.items()), scope=SCOPE)
    outcome = asked(order, transport)
    assert outcome.response is not None, outcome
    sent = dict(parse_qsl(seen[-1].body.decode()))
    assert "x-client-sku" in {name.lower() for name, _ in seen[-1].headers}, "MSAL did not send it"
    assert set(sent.pop("scope").split()) == scopes
    claims = sent.pop("claims", "{}")
    assert json.loads(claims) == json.loads(form.get("claims", "{}"))
    expected = {name: value for name, value in form.items() if name not in ("scope", "claims")}
    assert sent == {**expected, "client_id": order.client_id, "client_secret": SECRET, "client_info": "1"}


def by_header(audience: str) -> Proof:
    return Proof(headers=(("Authorization", "Basic x"),))


def by_nothing(audience: str) -> Proof:
    return Proof((("client_id", "c"),))


@pytest.mark.parametrize(
    ("form", "prove"),
    [
        ({"grant_type": JWT_BEARER, "assertion": "aaa.bbb.ccc"}, by_secret),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "D"}, by_secret),
        (REFRESH, by_header),
        (REFRESH, by_nothing),
    ],
)
def test_what_msal_does_not_do_goes_as_a_plain_form_without_discovery(form, prove):
    token = Response(200, body=b'{"access_token":"AT","token_type":"Bearer","expires_in":3599}')
    transport, seen = _tenant({"/token": token}, BASE)
    outcome = asked(order_for(f"{BASE}/contoso", prove, form=tuple(form.items()), scope=SCOPE), transport)
    assert outcome.response is not None, outcome
    assert [request.method for request in seen] == ["POST"]
    assert form.items() <= dict(parse_qsl(seen[0].body.decode())).items()

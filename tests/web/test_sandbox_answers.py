"""What of a sandbox's answer leaves over HTTP: nothing that a browser would act on in the console's name."""

import json
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from console.core.exchange import Request, Response
from console.sandbox import pages
from console.sandbox.answers import sent_on
from console.services import sandbox
from console.services.own_sandbox import OwnSandbox
from console.web.sandbox_answers import OURS, outgoing
from tests.services.builders import with_samples
from tests.tables import failures

CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
PLAIN = "text/plain; charset=utf-8"
BASE = "http://testserver/sandbox/w1"


def header(name, value):
    return f"<set-header name={quoteattr(name)}><value>{escape(value)}</value></set-header>"


def sent(name, value, *, status=200, body=b"{}"):
    return leaving(Response(status, "", ((name, value),), body))


def leaving(answered):
    """What leaves, as Django's test client would give it."""
    left = outgoing(answered, base=BASE)
    response = HttpResponse(left.body, status=left.status, headers=dict(left.headers))
    if left.header("Content-Type") is None:
        del response.headers["Content-Type"]
    return response


@pytest.fixture
def workspace():
    """Answers for the sample's first API what a policy says; gives it in process and over HTTP to a stranger."""
    actor = with_samples()
    base = sandbox.workspace(actor).base

    def says(inner, method="GET"):
        policy = f"<policies><inbound><return-response>{inner}</return-response></inbound></policies>"

        def edit(state):
            one = replace(state.gateway_apis[0], policy=policy, requires_key=False)
            return replace(state, gateway_apis=(one, *state.gateway_apis[1:]))

        path = f"/gateway/{sandbox.change(actor, edit, told='a test').gateway_apis[0].path}/orders"
        in_process = OwnSandbox(actor).handlers()[f"{base}/"](Request(method, base + path))
        stranger = Client(raise_request_exception=False)
        over_http = stranger.generic(method, f"/sandbox/{base.rpartition('/')[2]}{path}")
        assert not stranger.cookies
        return in_process, over_http

    return says


@pytest.mark.django_db
def test_a_page_with_a_script_and_a_cookie_leaves_as_text_without_power(workspace):
    written = [
        ("Content-Type", "text/html"),
        ("Content-Security-Policy", "default-src * 'unsafe-inline'"),
        ("Set-Cookie", "sessionid=evil; Path=/"),
        ("X-Frame-Options", "ALLOWALL"),
    ]
    inner = "".join(header(*one) for one in written) + "<set-body>&lt;script>alert(1)&lt;/script></set-body>"
    in_process, answer = workspace(inner)
    assert (in_process.headers[:4], in_process.body) == (tuple(written), b"<script>alert(1)</script>")
    assert (answer.status_code, answer.content) == (200, in_process.body)
    assert answer.headers["Content-Type"] == PLAIN
    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Console-Withheld"] == "Content-Type, Content-Security-Policy, Set-Cookie, X-Frame-Options"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "inner",
    [
        '<set-status code="100" />',
        '<set-status code="200" reason="a&#10;b: c" />',
        '<set-status code="204" reason="日本" />',
        '<set-header name="X&#10;Y"><value>a</value></set-header>',
        header("X日", "日本é"),
        header("a b", "a"),
    ],
    ids=ascii,
)
def test_what_http_cannot_carry_is_the_gateways_answer_and_not_a_crash(workspace, inner):
    in_process, answer = workspace(inner)
    assert (in_process.status, answer.status_code, answer.reason_phrase) == (500, 500, "Internal Server Error")
    assert answer.content == in_process.body
    assert json.loads(answer.content)["message"].startswith("The sandbox gateway cannot send the answer")
    assert answer.headers["Content-Security-Policy"] == CSP


@pytest.mark.django_db
def test_a_reason_and_a_value_in_latin_1_leave(workspace):
    _, answer = workspace('<set-status code="404" reason="Größe" />' + header("X-Where", "Köln"))
    assert (answer.status_code, answer.reason_phrase, answer.headers["X-Where"]) == (404, "Größe", "Köln")


@pytest.mark.django_db
def test_a_405_of_a_policy_is_the_sandboxs_own_and_not_the_consoles_page(workspace):
    _, answer = workspace('<set-status code="405" /><set-body>no such method</set-body>')
    assert (answer.status_code, answer.content) == (405, b"no such method")


@pytest.mark.django_db
def test_a_slow_answer_and_the_providers_answers_have_the_wall_too():
    actor = with_samples()
    segment, tenant = sandbox.workspace(actor).base.rpartition("/")[2], sandbox.workspace(actor).state.tenant_id
    published = Client().get(f"/sandbox/{segment}/{tenant}/v2.0/.well-known/openid-configuration")
    assert (published.status_code, published.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert published.json()["issuer"].startswith("http://testserver/sandbox/")
    sandbox.set_fault(actor, "provider-slow")
    form = {"grant_type": "client_credentials"}
    slow = Client().post(f"/sandbox/{segment}/{tenant}/oauth2/v2.0/token", form)
    assert (slow.status_code, slow.json()["error"]) == (504, "temporarily_unavailable")
    assert slow.json()["error_description"].startswith("The token endpoint did not answer in time. Trace ID: ")
    for answer in (published, slow):
        assert answer.headers["Content-Security-Policy"] == CSP
        assert "X-Console-Withheld" not in answer.headers


ACTED_ON = """
Set-Cookie Set-Cookie2 Content-Security-Policy Content-Security-Policy-Report-Only X-Content-Security-Policy
X-WebKit-CSP Clear-Site-Data X-Frame-Options X-Content-Type-Options X-XSS-Protection X-UA-Compatible
X-DNS-Prefetch-Control X-Permitted-Cross-Domain-Policies X-Download-Options Service-Worker-Allowed
Service-Worker-Navigation-Preload Refresh Access-Control-Allow-Origin Access-Control-Allow-Credentials
Access-Control-Allow-Headers Access-Control-Expose-Headers Access-Control-Allow-Methods Access-Control-Max-Age
Timing-Allow-Origin Cross-Origin-Opener-Policy Cross-Origin-Embedder-Policy Cross-Origin-Resource-Policy
Origin-Agent-Cluster Permissions-Policy Feature-Policy Referrer-Policy Strict-Transport-Security Public-Key-Pins
Expect-CT Report-To Reporting-Endpoints NEL Link SourceMap X-SourceMap Alt-Svc Speculation-Rules Document-Policy
Accept-CH Critical-CH Set-Login Activate-Storage-Access Proxy-Authenticate Authentication-Info Content-Disposition
Content-Encoding Content-Location Content-Range Pragma Expires Cache-Control Vary Age Connection Keep-Alive
Transfer-Encoding Trailer Upgrade Content-Length TE HX-Redirect HX-Location HX-Trigger HX-Push-Url X-Accel-Redirect
X-Accel-Buffering X-Sendfile X-LIGHTTPD-send-file X-LiteSpeed-Location X-Reproxy-URL X-Archive-Files
X-AppEngine-BlobKey X-Envoy-Immediate-Health-Check-Fail X-Console-Withheld
"""
WITHHELD = ACTED_ON.split()
READ_BY_CLIENTS = """
X-Request-Id x-ms-request-id X-RateLimit-Remaining RateLimit RateLimit-Policy Retry-After ETag Last-Modified Allow
Date Request-Id Request-Context Client-Request-Id Correlation-Id traceparent Ocp-Apim-Trace-Location ErrorReason
ErrorMessage Content-Language api-supported-versions Deprecation Sunset X-Correlation-Id X-Debug
"""
LEAVES = READ_BY_CLIENTS.split()


def test_a_header_that_browsers_or_proxies_act_on_stays_here():
    def stays(name):
        answer = sent(name, "written by a policy", status=302)
        assert "written by a policy" not in answer.headers.values()
        assert answer.headers["X-Console-Withheld"] == name
        assert not answer.cookies

    assert failures(stays, [(spelt,) for name in WITHHELD for spelt in (name, name.upper())]) == []


def test_a_header_that_clients_read_leaves():
    def leaves(name):
        answer = sent(name, "57")
        assert answer.headers[name] == "57"
        assert "X-Console-Withheld" not in answer.headers

    assert failures(leaves, [(name,) for name in LEAVES]) == []


CONTENT_TYPES = [
    ("application/json", True),
    ("application/json; charset=utf-8", True),
    ("Application/Problem+JSON", True),
    ('application/json;odata.metadata="minimal";charset=utf-8', True),
    ("text/plain", True),
    ("text/plain; charset=iso-8859-1", True),
    ("text/html", False),
    ("text/html; charset=utf-8", False),
    ("TEXT/HTML", False),
    ("application/xhtml+xml", False),
    ("image/svg+xml", False),
    ("text/xml", False),
    ("application/xml", False),
    ("application/soap+xml", False),
    ("text/xsl", False),
    ("multipart/x-mixed-replace; boundary=x", False),
    ("multipart/form-data", False),
    ("text/javascript", False),
    ("application/javascript", False),
    ("text/css", False),
    ("application/pdf", False),
    ("application/octet-stream", False),
    ("message/rfc822", False),
    ("*/*", False),
    ("nonsense", False),
    ("application/json, text/html", False),
    ("application/json; a=b, text/html", False),
    ('application/json; a="b, text/html"', False),
    ("text/plain text/html", False),
    ("text/plain/html", False),
    ("application/json+html", False),
    ("application/json;", False),
]


@pytest.mark.parametrize(("written", "stays"), CONTENT_TYPES)
def test_json_and_plain_text_stay_and_everything_else_is_plain_text(written, stays):
    answer = sent("Content-Type", written)
    assert answer.headers["Content-Type"] == (written if stays else PLAIN)
    assert ("X-Console-Withheld" in answer.headers) is not stays


def test_a_body_without_a_type_is_plain_text_and_no_body_has_none():
    assert leaving(Response(200, body=b"<script>")).headers["Content-Type"] == PLAIN
    assert "Content-Type" not in leaving(Response(200)).headers


def test_of_two_types_the_harmless_one_counts():
    both = (("Content-Type", "application/json"), ("content-type", "text/html"))
    assert leaving(Response(200, headers=both, body=b"{}")).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [204, 205, 304])
def test_an_answer_that_has_no_body_sends_none(status):
    assert leaving(Response(status, body=b"HTTP/1.1 200 OK")).content == b""


CHALLENGES = [
    ("Bearer", True),
    ('Bearer realm="Basic, Digest", error="invalid_token"', True),
    ('bearer error=invalid_token,error_description="say \\"Basic\\", please"', True),
    ('AzureApiManagementKey realm="http://x",name="Ocp-Apim-Subscription-Key",type="header"', True),
    ('Bearer realm="a", DPoP algs="ES256"', True),
    ("Bearer, Bearer", True),
    ('Basic realm="The console"', False),
    ("basic", False),
    ("Digest realm=x", False),
    ("Negotiate", False),
    ("NTLM", False),
    ('Bearer realm="x", Basic realm="y"', False),
    ('Bearer realm="x",Basic', False),
    ("Bearer, Basic = x", False),
    ('Bearer realm="x" , \t BASIC realm="y"', False),
    ('Bearer realm="x, Basic realm="y"', False),
    ('Bearer realm="x\\", Basic realm="y"', False),
    ("Unknown realm=x", False),
]


@pytest.mark.parametrize(("written", "leaves"), CHALLENGES)
def test_only_a_challenge_for_which_no_browser_asks_for_a_password_leaves(written, leaves):
    assert (sent("WWW-Authenticate", written, status=401).headers.get("WWW-Authenticate") == written) is leaves


INSIDE = f"{BASE}/gateway/orders/reports/1"
REDIRECTS = [
    (INSIDE, True),
    (f"{INSIDE}?a=1&b=%2F#c", True),
    (f"{BASE}/", True),
    (BASE, False),
    ("http://testserver/", False),
    ("http://testserver/accounts/logout/", False),
    ("http://testserver/sandbox/w12/x", False),
    (f"{BASE}/../../accounts/logout/", False),
    (f"{BASE}/x/..", False),
    (f"{BASE}/%2e%2E/%2e./accounts/", False),
    (f"{BASE}/..\\..\\accounts/", False),
    (f"{BASE}/\\evil", False),
    (f"{BASE}.evil.example/", False),
    ("https://testserver/sandbox/w1/x", False),
    ("https://evil.example/", False),
    ("//evil.example/", False),
    ("/\\evil.example/", False),
    ("\\\\evil.example", False),
    ("javascript:alert(1)", False),
    ("data:text/html,x", False),
    ("/accounts/logout/", False),
    ("", False),
]


@pytest.mark.parametrize(("written", "leaves"), REDIRECTS)
def test_a_redirect_leads_nowhere_but_into_its_own_workspace(written, leaves):
    statuses = (300, 301, 302, 303, 307, 308, 399)
    left = [sent("Location", written, status=status).headers.get("Location") == written for status in statuses]
    assert left == [leaves] * len(statuses)


def test_a_page_of_the_sandbox_leaves_with_a_wall_that_lets_a_form_through_and_nothing_else():
    answer = leaving(pages.page(200, "Sign in", now=0))
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith(
        "sandbox allow-forms; default-src 'none'; style-src 'sh"
    )
    assert answer.headers["Content-Security-Policy"].endswith("; base-uri 'none'; frame-ancestors 'none'")
    others = {name: value for name, value in OURS.items() if name != "Content-Security-Policy"}
    assert {name: answer.headers[name] for name in others} == others
    assert "X-Console-Withheld" not in answer.headers


def test_only_the_sandbox_itself_sends_a_person_on_and_only_by_its_address():
    answered = sent_on("https://app.example/cb?code=x", now=0)
    assert leaving(answered).headers["Location"] == "https://app.example/cb?code=x"
    assert leaving(Response(303, "", answered.headers)).headers.get("Location") is None
    cookie = replace(
        answered, headers=(*answered.headers, ("Set-Cookie", "sessionid=x"), ("Content-Type", "text/html"))
    )
    assert "Set-Cookie" not in leaving(cookie).headers
    assert leaving(replace(cookie, body=b"<script>")).headers["Content-Type"] == PLAIN


ADDRESSES = [
    (INSIDE, True),
    ("https://api.example/orders/1", True),
    ("/orders/1", True),
    ("orders/a:1", True),
    ("javascript:alert(1)", False),
    (" JavaScript:alert(1)", False),
    ("data:text/html,x", False),
    ("vbscript:x", False),
]


@pytest.mark.parametrize("name", ["Location", "Operation-Location"])
@pytest.mark.parametrize(("written", "leaves"), ADDRESSES)
def test_the_address_of_what_was_made_leaves_when_it_is_one(written, leaves, name):
    statuses = (200, 201, 202, 400)
    left = [sent(name, written, status=status).headers.get(name) == written for status in statuses]
    assert left == [leaves] * len(statuses)


ANYTHING = st.lists(
    st.tuples(st.sampled_from([*WITHHELD, *LEAVES, "Content-Type", "Location"]) | st.text(), st.text()), max_size=5
)


@given(ANYTHING, st.integers(200, 599))
def test_whatever_a_policy_writes_the_wall_stands_and_nothing_crashes(headers, status):
    answer = leaving(Response(status, "", tuple(headers), b"<script>"))
    assert {name: answer.headers[name] for name in OURS} == OURS
    allowed = {name.lower() for name in (*OURS, *LEAVES, "Content-Type", "Location", "X-Console-Withheld")}
    left = {name.lower() for name in answer.headers}
    assert {name for name in left if not name.startswith(("x-", "error", "ratelimit", "ocp-apim-"))} <= allowed
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())

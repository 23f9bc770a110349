"""Tokens and failed exchanges inside something else: commands, archives, messages, logs, lines, URLs; each with
near-misses."""

import base64
import json

import pytest

from console.core.paste.recognise import PastedKind, Problem, recognise
from tests.core.tokens.wire import compact

TOKEN, OTHER = compact({"sub": "a"}), compact({"sub": "b"})
K = PastedKind
BASIC = base64.b64encode(b"me:s3cr3t-value").decode()


def har(*entries):
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)}})


def entry(status=200, *, token=TOKEN, body="", encoding="", url="https://api.example/orders?page=2", **response):
    content = {"text": body, "encoding": encoding, "mimeType": "application/json"}
    headers = [{"name": "authorization", "value": f"Bearer {token}"}] if token else []
    request = {"method": "GET", "url": url, "headers": headers}
    answer = {"status": status, "statusText": "", "headers": [], "content": content, **response}
    return {"startedDateTime": "2030-01-01T00:00:00.000Z", "request": request, "response": answer}


def claims(text):
    return [token.claims for token in recognise(text).tokens]


def failures(text):
    return [(one.problem, one.method, one.url, one.status, one.count) for one in recognise(text).exchanges]


ONE_TOKEN = [
    ("bash", f"curl -s https://api.example/x -H 'Authorization: Bearer {TOKEN}'", K.CURL),
    ("any case", f'curl https://api.example/x -H "AUTHORIZATION: bearer {TOKEN}"', K.CURL),
    ("joined option", f"curl https://api.example/x -H'authorization: Bearer {TOKEN}'", K.CURL),
    ("long option", f"curl --request POST --url https://api.example --header 'authorization: Bearer {TOKEN}'", K.CURL),
    ("continued", f"curl \\\n  -X GET \\\n  https://api.example/x \\\n  -H 'Authorization: Bearer {TOKEN}'", K.CURL),
    ("lost continuation", f"curl https://api.example/x\n  -H 'Authorization: Bearer {TOKEN}'", K.CURL),
    ("oauth2-bearer", f"curl --oauth2-bearer {TOKEN} https://api.example/x", K.CURL),
    ("cmd", f'curl ^"https://api.example/x^" ^\n  -H ^"authorization: Bearer {TOKEN}^"', K.CURL),
    ("cmd on one line", f'C:\\> curl.exe "https://api.example/x" -H "Authorization: Bearer {TOKEN}"', K.CURL),
    ("curl.exe", f'curl.exe https://api.example/x `\n  -H "Authorization: Bearer {TOKEN}"', K.CURL),
    ("ansi quotes", f"curl 'https://api.example/x' -H $'Authorization: Bearer {TOKEN}' -d $'a=\\u0041'", K.CURL),
    ("prompt", f"$ curl https://api.example/x -H 'Authorization: Bearer {TOKEN}'", K.CURL),
    ("cookie", f"curl https://api.example/x -b 'session={TOKEN}; theme=dark'", K.CURL),
    ("form", f"curl https://id.example/token -d grant_type=client_credentials -d client_assertion={TOKEN}", K.CURL),
    ("urlencode", f"curl https://id.example/token --data-urlencode 'assertion={TOKEN}'", K.CURL),
    (
        "PowerShell",
        f'Invoke-RestMethod -Uri "https://api.example/x" -Headers @{{ Authorization = "Bearer {TOKEN}" }}',
        K.CURL,
    ),
    (
        "PowerShell lines",
        f'Invoke-WebRequest "https://api.example" `\n -Headers @{{\n "authorization"="Bearer {TOKEN}"\n}}',
        K.CURL,
    ),
    (
        "PowerShell variables",
        f'$t = "{TOKEN}"\n$headers = @{{}}\n$headers.Add("Authorization", "Bearer $t")\n'
        "irm -Method Get -Uri https://api.example/x -Headers $headers",
        K.CURL,
    ),
    ("raw request", f"GET /x HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer {TOKEN}\r\n\r\n", K.HTTP_MESSAGE),
    (
        "curl -v",
        f"* Trying 192.0.2.1\n> GET /x HTTP/2\n> Host: a.example\n> authorization: Bearer {TOKEN}\n>\n"
        "< HTTP/2 204 \n<\n",
        K.HTTP_MESSAGE,
    ),
    ("answer", f'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{{"access_token":"{TOKEN}"}}', K.HTTP_MESSAGE),
    ("headers alone", f"Host: api.example\nAuthorization: Bearer {TOKEN}\nAccept: */*", K.HTTP_MESSAGE),
    ("HAR", har(entry()), K.HAR),
    ("HAR answer", har(entry(token="", body=json.dumps({"access_token": TOKEN}))), K.HAR),
    (
        "HAR base64",
        har(entry(token="", body=base64.b64encode(f'{{"id_token":"{TOKEN}"}}'.encode()).decode(), encoding="base64")),
        K.HAR,
    ),
    ("HAR twice", har(entry(), entry()), K.HAR),
    ("Cookie", f"Cookie: a=b; session={TOKEN}", K.COOKIE),
    ("Set-Cookie", f"Set-Cookie: session={TOKEN}; Path=/; HttpOnly", K.COOKIE),
    ("bare cookies", f"theme=dark; session={TOKEN}", K.COOKIE),
    ("fragment", f"https://app.example/cb#access_token={TOKEN}&token_type=Bearer", K.URL),
    ("query", f"https://app.example/cb?id_token={TOKEN}", K.URL),
    ("own scheme", f"myapp://cb#id_token={TOKEN}", K.URL),
    ("fragment alone", f"#access_token={TOKEN}&expires_in=3599", K.URL),
    ("any parameter", f"https://app.example/open?ticket={TOKEN}", K.URL),
    ("token response", json.dumps({"access_token": TOKEN, "expires_in": 3599}), K.TOKEN_RESPONSE),
    ("wrapped response", json.dumps({"data": {"access_token": TOKEN}}), K.TOKEN_RESPONSE),
    ("form response", f"access_token={TOKEN}&token_type=bearer", K.TOKEN_RESPONSE),
    ("form request", f"grant_type=client_credentials&client_assertion={TOKEN}", K.HTTP_MESSAGE),
    (
        "gateway trace",
        json.dumps(
            {
                "traceEntries": {
                    "inbound": [
                        {
                            "source": "api-inspector",
                            "data": {
                                "request": {
                                    "method": "GET",
                                    "url": "https://a.example",
                                    "headers": [{"name": "Authorization", "value": f"Bearer {TOKEN}"}],
                                }
                            },
                        }
                    ]
                }
            }
        ),
        K.GATEWAY_TRACE,
    ),
    ("log line", f"IDX10223: Lifetime validation failed. token: {TOKEN}", K.GATEWAY_TRACE),
]


@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in ONE_TOKEN], ids=[row[0] for row in ONE_TOKEN])
def test_the_token_in_a_container_is_found_once(text, kind):
    assert recognise(text).kind is kind
    assert claims(text) == [{"sub": "a"}]


@pytest.mark.parametrize("text", [row[1] for row in ONE_TOKEN], ids=[row[0] for row in ONE_TOKEN])
def test_evidence_and_notes_of_a_container_hold_no_token(text):
    found = recognise(text)
    shown = repr(
        [found.notes, found.value, [one.evidence for one in found.exchanges], [one.url for one in found.exchanges]]
    )
    assert TOKEN not in shown
    assert TOKEN.rpartition(".")[2] not in shown


WITHOUT_TOKEN = [
    ("curl https://api.example/x", K.CURL),
    ("curl -u me:s3cr3t-value https://id.example/token", K.CURL),
    ("Invoke-RestMethod https://api.example/x", K.CURL),
    ("GET https://api.example/x", K.HTTP_MESSAGE),
    ("HTTP/1.1 204 No Content", K.HTTP_MESSAGE),
    ("HTTP/2 200", K.HTTP_MESSAGE),
    ("* Could not resolve host: api.example\ncurl: (6) Could not resolve host: api.example", K.HTTP_MESSAGE),
    ("Request URL: https://api.example/x\nRequest Method: GET\nStatus Code: 401 Unauthorized", K.HTTP_MESSAGE),
    ('{"statusCode": 401, "message": "Access denied due to missing subscription key."}', K.HTTP_MESSAGE),
    ('{"error": {"code": "InvalidAuthenticationToken", "message": "Access token is empty."}}', K.HTTP_MESSAGE),
    (har(), K.HAR),
    ('{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret."}', K.TOKEN_ERROR),
    ("AADSTS700016: Application with identifier 'x' was not found", K.TOKEN_ERROR),
    ("MP-100: Invalid assertion. Client not found", K.TOKEN_ERROR),
    ("Error: invalid_grant", K.TOKEN_ERROR),
    ("requests.exceptions.ConnectionError: POST https://id.example/oauth2/v2.0/token failed", K.TOKEN_ERROR),
    ("IDX10214: Audience validation failed.", K.GATEWAY_TRACE),
    ("JWT Validation Failed: IDX10205: Issuer validation failed", K.GATEWAY_TRACE),
    ("2030-01-01 12:00:00 ERROR jwt expired", K.GATEWAY_TRACE),
    ('10.0.0.1 - - [01/Jan/2030] "GET /x HTTP/1.1" 401 179', K.GATEWAY_TRACE),
    ("javax.net.ssl.SSLHandshakeException: PKIX path building failed", K.GATEWAY_TRACE),
    ("iat of token is in the future: iat 2030-01-01, now 2029-12-31", K.GATEWAY_TRACE),
    ("nbf: this token is not active yet", K.GATEWAY_TRACE),
    ("no matching key for this kid", K.GATEWAY_TRACE),
    ("[proxy.go:862] Authentication begins. Initiating login.", K.GATEWAY_TRACE),
    ("E0101 12:00:00.000001 1 oidc.go:12] OIDC: verify token", K.GATEWAY_TRACE),
    ("<!doctype html><html><body>Sign in</body></html>", K.WEB_PAGE),
    ("<html lang='en'><title>Just a moment...</title>", K.WEB_PAGE),
    ("ResponseCode=401 BackendResponseCode=0 LastErrorReason=TokenNotPresent", K.GATEWAY_TRACE),
    ("ResponseCode,BackendResponseCode,LastErrorReason\n401,0,TokenNotPresent", K.GATEWAY_TRACE),
    ('{"ResponseCode": 401, "BackendResponseCode": null, "LastErrorReason": "TokenNotPresent"}', K.GATEWAY_TRACE),
    ('{"traceEntries": {"inbound": []}}', K.GATEWAY_TRACE),
    ('WWW-Authenticate: Bearer error="invalid_token"', K.WWW_AUTHENTICATE),
    ('< www-authenticate: Bearer realm="api"', K.WWW_AUTHENTICATE),
    (
        'AzureApiManagementKey realm="https://a.example",name="Ocp-Apim-Subscription-Key",type="header"',
        K.WWW_AUTHENTICATE,
    ),
    ('Bearer realm="x", error="insufficient_scope"', K.WWW_AUTHENTICATE),
    ("Cookie: theme=dark", K.COOKIE),
    ("https://app.example/cb?error=access_denied&error_description=AADSTS65004", K.URL),
    ("https://app.example/cb?code=0.AXEA-long-code-value", K.URL),
    ("https://api.example/orders", K.URL),
    ("0123456789abcdef0123456789abcdef", K.SECRET),
    ("DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abcdefghijkl", K.SECRET),
    ('{"appId": "x", "password": "abcdefghijkl", "tenant": "y"}', K.SECRET),
    ("client_secret: abcdefghijkl", K.SECRET),
    ('{"keys": [{"kty": "RSA", "n": "AQ", "e": "AQAB", "d": "AQ"}]}', K.PRIVATE_KEY),
    # near-misses
    ("I used curl to get it", K.UNKNOWN),
    ("curl", K.UNKNOWN),
    ("Invoke-RestMethod is a command", K.UNKNOWN),
    ("GET some milk", K.UNKNOWN),
    ('{"log": {"entries": 3}}', K.UNKNOWN),
    ('{"keys": [{"kty": "RSA", "n": "AQ", "e": "AQAB"}]}', K.DOCUMENT),
    ('{"issuer": "https://id.example", "jwks_uri": "https://id.example/keys"}', K.DOCUMENT),
    ('{"issuer": "https://id.example", "token_endpoint": "https://id.example/token"}', K.DOCUMENT),
    ('{"resource": "https://api.example", "authorization_servers": ["https://id.example"]}', K.DOCUMENT),
    ('{"openapi": "3.0.3", "paths": {"/orders": {"get": {"responses": {"401": {}}}}}}', K.DOCUMENT),
    ('{"appId": "1", "passwordCredentials": [], "api": {"requestedAccessTokenVersion": null}}', K.DOCUMENT),
    ("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----", K.UNKNOWN),
    ('{"active": false}', K.UNKNOWN),
    ("<policies><inbound/></policies>", K.POLICY),
    ("Please find the token attached, without the signature.", K.UNKNOWN),
    ("This page speaks of <html> elements", K.UNKNOWN),
    ("[main.go:12] listening on port 80", K.UNKNOWN),
    ("Holidays are in the future", K.UNKNOWN),
    ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", K.UNKNOWN),
    ("Subject: token", K.UNKNOWN),
    ("name: value", K.UNKNOWN),
    ("The weather is fine today", K.UNKNOWN),
    ("Why is my token invalid?", K.UNKNOWN),
]


@pytest.mark.parametrize(("text", "kind"), WITHOUT_TOKEN)
def test_what_holds_no_token_is_recognised_too_and_what_only_resembles_it_is_not(text, kind):
    found = recognise(text)
    assert found.kind is kind
    assert found.tokens == ()


FAILURES = [
    (har(entry(401)), [(Problem.UNAUTHORIZED, "GET", "https://api.example/orders?page=2", 401, 1)]),
    (har(entry(399), entry(400)), [(Problem.CLIENT_ERROR, "GET", "https://api.example/orders?page=2", 400, 1)]),
    (har(entry(403), entry(403)), [(Problem.FORBIDDEN, "GET", "https://api.example/orders?page=2", 403, 2)]),
    (har(entry(429)), [(Problem.THROTTLED, "GET", "https://api.example/orders?page=2", 429, 1)]),
    (
        har(entry(499), entry(500)),
        [
            (Problem.CLIENT_ERROR, "GET", "https://api.example/orders?page=2", 499, 1),
            (Problem.SERVER_ERROR, "GET", "https://api.example/orders?page=2", 500, 1),
        ],
    ),
    (
        har(entry(0, _error="net::ERR_NAME_NOT_RESOLVED")),
        [(Problem.NO_ANSWER, "GET", "https://api.example/orders?page=2", None, 1)],
    ),
    (har(entry(200, url=f"https://a.example/?access_token={TOKEN}")), []),
    (
        har(entry(401, url="https://me:pw-secret@a.example/?sig=abcdef123")),
        [(Problem.UNAUTHORIZED, "GET", "https://me:***@a.example/?sig=***", 401, 1)],
    ),
    (
        har(entry(400, token="", url="https://id.example/oauth2/token", body='{"error":"invalid_client"}')),
        [(Problem.TOKEN_REFUSED, "GET", "https://id.example/oauth2/token", 400, 1)],
    ),
    (
        har(entry(302, token="", headers=[{"name": "Location", "value": "https://a.example/cb?error=access_denied"}])),
        [(Problem.SIGN_IN_REFUSED, "GET", "https://api.example/orders?page=2", 302, 1)],
    ),
    (har(entry(302, token="", headers=[{"name": "Location", "value": "https://a.example/cb?code=abc"}])), []),
    (
        "> GET /x HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 401 Unauthorized\n<\n{}",
        [(Problem.UNAUTHORIZED, "GET", "https://a.example/x", 401, 1)],
    ),
    (
        "curl https://a.example/x -i\nHTTP/1.1 301 Moved\n\nHTTP/1.1 403 Forbidden\n\nno",
        [(Problem.FORBIDDEN, "", "", 403, 1)],
    ),
    (
        "curl -i https://a.example/x\nHTTP/1.1 403 Forbidden\n\nno",
        [(Problem.FORBIDDEN, "GET", "https://a.example/x", 403, 1)],
    ),
    (
        "Invoke-RestMethod -Method Post -Uri https://a.example/x\n"
        "Invoke-RestMethod : The remote server returned an error: (401) Unauthorized.",
        [(Problem.UNAUTHORIZED, "POST", "https://a.example/x", 401, 1)],
    ),
    ("curl https://a.example/x", [(Problem.NOT_SENT, "GET", "https://a.example/x", None, 1)]),
    (
        "* connect to 192.0.2.1 port 443 failed: Connection refused\ncurl: (7) Failed to connect",
        [(Problem.NO_ANSWER, "", "", None, 1)],
    ),
    (
        "ResponseCode=401 BackendResponseCode=0 Method=GET Url=https://a.example/x LastErrorReason=TokenNotPresent",
        [(Problem.UNAUTHORIZED, "GET", "https://a.example/x", 401, 1)],
    ),
    ("ResponseCode,BackendResponseCode\n200,200\n401,401", [(Problem.UNAUTHORIZED, "", "", 401, 1)]),
    ('WWW-Authenticate: Bearer error="insufficient_scope"', [(Problem.FORBIDDEN, "", "", 403, 1)]),
    ('WWW-Authenticate: Bearer realm="a"', [(Problem.UNAUTHORIZED, "", "", 401, 1)]),
    (
        "https://a.example/cb?error=access_denied&state=x",
        [(Problem.SIGN_IN_REFUSED, "", "https://a.example/cb", None, 1)],
    ),
    ('{"error": "invalid_client"}', [(Problem.TOKEN_REFUSED, "", "", None, 1)]),
    ('{"error": {"code": "Unauthorized"}}', [(Problem.REPORTED, "", "", None, 1)]),
    ("HTTP/1.1 200 OK\n\n{}", []),
]


@pytest.mark.parametrize(("text", "expected"), FAILURES)
def test_every_failed_exchange_is_listed_with_how_it_failed(text, expected):
    assert failures(text) == expected


def test_a_row_of_the_log_tells_whether_the_backend_was_asked():
    (asked, unasked) = (
        recognise(f'[{{"ResponseCode": 401, "BackendResponseCode": {code}, "LastErrorReason": "x"}}]').exchanges[0]
        for code in ("401", "null")
    )
    assert asked.evidence.profile["BackendResponseCode"] == "401"
    assert unasked.evidence.profile["BackendResponseCode"] == "0"


GOOD_ROW = {"ResponseCode": 200, "BackendResponseCode": 200, "LastErrorReason": "", "LastErrorMessage": ""}


def log_of(form, count):
    if form == "json":
        return json.dumps({"value": [GOOD_ROW] * count})
    lines = ["200,200,,fine"] * count
    if form == "csv with lines in a cell":
        lines[-1] = '200,200,,"two\nlines"'
    if form == "csv with a cell that is too long":
        lines[-1] = "200,200,," + "x" * 140_000
    return "\n".join(["ResponseCode,BackendResponseCode,LastErrorReason,OperationId", *lines, "", ""])


@pytest.mark.parametrize("form", ["json", "csv", "csv with lines in a cell", "csv with a cell that is too long"])
@pytest.mark.parametrize(("count", "told"), [(501, "1 more"), (1_734, "1,234 more")])
def test_rows_that_were_not_read_are_told(form, count, told):
    found = recognise(log_of(form, count))
    assert "500 rows of the gateway's log; 0 tell of a failure." in found.notes
    assert f"Only the first 500 rows were read; {told} were left out." in found.notes


@pytest.mark.parametrize("form", ["json", "csv", "csv with lines in a cell"])
def test_a_log_that_was_read_whole_has_no_such_note(form):
    notes = " ".join(recognise(log_of(form, 500)).notes)
    assert "500 rows" in notes
    assert "left out" not in notes


def test_a_trace_gives_the_request_and_the_reason():
    rows = {
        "inbound": [
            {
                "source": "api-inspector",
                "data": {"request": {"method": "GET", "url": "https://a.example/x", "headers": []}},
            },
            {
                "source": "validate-jwt",
                "data": {"message": "JWT Validation Failed: IDX10214: Audience validation failed."},
            },
        ],
        "outbound": [{"source": "transfer-response", "data": {"response": {"status": {"code": 401, "reason": "No"}}}}],
    }
    (found,) = recognise(json.dumps({"traceEntries": rows})).exchanges
    assert (found.method, found.url, found.status) == ("GET", "https://a.example/x", 401)
    assert "validate-jwt: JWT Validation Failed: IDX10214" in (found.evidence.pasted or "")


@pytest.mark.parametrize(
    "text",
    [
        f"curl https://a.example/x -H 'Authorization: Basic {BASIC}'",
        "curl https://id.example/token -u 'me:s3cr3t-value' -d grant_type=client_credentials",
        "curl https://id.example/token -d 'grant_type=password&password=s3cr3t-value&client_secret=s3cr3t-value'",
        "curl https://a.example/x -b session=s3cr3t-value",
        "Cookie: session=s3cr3t-value",
        "https://app.example/cb?code=s3cr3t-value&error=x",
        "client_secret=s3cr3t-value",
        har(entry(401, token="", url="https://a.example/?client_secret=s3cr3t-value")),
        'HTTP/1.1 401 x\nSet-Cookie: a=s3cr3t-value\n\n{"refresh_token": "s3cr3t-value"}',
        "ERROR token failed client_secret=s3cr3t-value",
    ],
)
def test_secrets_are_neither_kept_nor_told(text):
    found = recognise(text)
    shown = repr([found, [one.evidence for one in found.exchanges], [one.url for one in found.exchanges]])
    assert "s3cr3t-value" not in shown
    assert BASIC not in shown


def test_two_tokens_of_a_curl_command_are_named_by_where_they_stood():
    found = recognise(f"curl https://a.example/x?hint={OTHER} -H 'Authorization: Bearer {TOKEN}'")
    assert [(item.label, item.token.claims) for item in found.items] == [
        ("header Authorization", {"sub": "a"}),
        ("query hint", {"sub": "b"}),
    ]


def test_an_opaque_bearer_token_is_listed_and_a_placeholder_is_not():
    opaque = recognise("curl https://a.example -H 'Authorization: Bearer ya29.a0AfH6SMBxQ1example'")
    assert [token.kind for token in opaque.tokens] == ["opaque"]
    for placeholder in ("<token>", "***", "$TOKEN", "[object Object]", "undefined", "{{token}}"):
        assert recognise(f"curl https://a.example -H 'Authorization: Bearer {placeholder}'").tokens == ()


def test_a_long_archive_is_bounded_and_says_what_was_left_out():
    tokens = [compact({"sub": str(number)}) for number in range(1_003)]
    found = recognise(har(*(entry(401, token=token) for token in tokens)))
    assert len(found.items) == 1_000
    assert len(found.exchanges) == 500
    assert found.notes == (
        "A HAR file with 1,003 exchanges: 1,000 tokens, 500 failed.",
        "Only the first 1,000 tokens were read; 3 more were left out.",
        "Only the first 500 failed exchanges were read; 503 more were left out.",
    )


def test_each_distinct_token_of_an_archive_is_parsed_once(monkeypatch):
    from console.core.paste.recognisers import collecting

    parsed = []
    real = collecting.parse
    monkeypatch.setattr(collecting, "parse", lambda text: parsed.append(text) or real(text))
    recognise(har(*(entry(token=token) for token in [TOKEN, OTHER] * 500)))
    assert sorted(parsed) == sorted([TOKEN, OTHER])


SIZES = [
    ("a token of 256 KB", "a" * 262_144, K.OPAQUE),
    ("a token beyond", "a" * 262_145, K.TOO_LARGE),
    ("a token with a scheme beyond", "Bearer " + compact({"a": "x" * 200_000}), K.TOO_LARGE),
    ("a text of 400 KB", "The weather. " + "so fine " * 51_198, K.UNKNOWN),
    ("a text beyond", "so fine " * 51_201, K.TOO_LARGE),
    ("an archive beyond 400 KB", har(entry(body="x" * 500_000)), K.HAR),
]


@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in SIZES], ids=[row[0] for row in SIZES])
def test_limits_are_kept_and_told(text, kind):
    found = recognise(text)
    assert found.kind is kind
    assert kind is not K.TOO_LARGE or "the limit is" in found.notes[0]


RUNS = [
    "x" + " " * 300_000 + "y",
    "x" + "\n" * 300_000 + "y",
    "curl https://a.example " + "'\"" * 100_000,
    "Invoke-RestMethod " + '-Uri "``' * 30_000,
    "HTTP/1.1 401 x\n\n" + '{"a":' * 50_000,
    "failed " + "aA" * 100_000 + " !",
    "Cookie: " + "a=b; " * 50_000,
    "eyJhbGciOiJ.x " * 20_000,
]


@pytest.mark.parametrize("text", RUNS, ids=[text[:12] for text in RUNS])
def test_long_runs_of_what_a_pattern_looks_for_are_read_in_one_go(text):
    """With quadratic work each of these would take minutes."""
    assert recognise(text).kind in set(PastedKind)

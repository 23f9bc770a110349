"""Who says what in a pasted text, and what was put around it on the way."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.paste.http_text import read_http
from console.core.paste.recognise import recognise
from console.core.paste.speech.attribute import attributed, heard, observed, policy_in
from console.core.paste.speech.spoken import By
from console.core.paste.speech.unwrap import MAX_LENGTH, unwrapped
from tests.patterns.growth import MOST, worst_growth

EXPIRED = "Signature has expired"

WRAPPED = [
    ("a quoted mail", f"Hello,\n> > {EXPIRED}\n> > second line\n> end", f"Hello,\n{EXPIRED}\nsecond line\nend"),
    ("a fence of a chat", f"see\n```text\n{EXPIRED}\n```\nend", f"see\n\n{EXPIRED}\n\nend"),
    ("docker compose", f"api-1  | {EXPIRED}\ndb_1 | ready", f"{EXPIRED}\nready"),
    ("the docker daemon", '{"log":"one \\"a\\"\\n","stream":"stderr"}\n{"log":"two\\n"}', 'one "a"\ntwo'),
    ("kubectl logs", f"[pod/api-7f/web] {EXPIRED}\n[pod/api-7f/web] b", f"{EXPIRED}\nb"),
    ("a container", f"2026-01-01T10:00:00.1Z stderr F {EXPIRED}\n2026-01-01T10:00:01Z stdout F b", f"{EXPIRED}\nb"),
    ("journald", f"Jan  1 10:00:00 web1 api[77]: {EXPIRED}\nJan  1 10:00:02 web1 api[77]: b", f"{EXPIRED}\nb"),
    ("HTML", "said {&quot;error&quot;:&quot;invalid_grant&quot;}", 'said {"error":"invalid_grant"}'),
    ("colours of a console", f"\x1b[31m{EXPIRED}\x1b[0m", EXPIRED),
    ("JSON inside a text", r'body="{\"error\":\"a\",\"d\":\"b\\nc\"}"', r'body="{"error":"a","d":"b\nc"}"'),
]  # fmt: skip


BROKEN = "\n".join(
    (
        'Invoke-RestMethod : {"error":"invalid_client","error_description":"AADSTS70002',
        "15: Invalid client secret provided. Ensure the secret being sent is right for ",
        'the app"}',
        "At line:1 char:1",
    )
)
WHOLE = """\
Invoke-RestMethod : {"error":"invalid_client","error_description":"AADSTS7000215: \
Invalid client secret provided. Ensure the secret being sent is right for the app"}
At line:1 char:1"""


def test_an_error_broken_at_the_width_of_the_console_is_whole_again():
    assert unwrapped(BROKEN) == WHOLE


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in WRAPPED], ids=[row[0] for row in WRAPPED])
def test_what_the_way_put_around_a_text_is_taken_off(text, expected):
    assert unwrapped(text) == expected


KEPT = [
    ("curl -v", "> GET /x HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 401 No\n<"),
    ("a policy", '<policies>\n<inbound condition="@(a == &quot;b&quot;)" />\n</policies>'),
    ("JSON", '{"a": "{\\"b\\": 1}"}'),
    ("a header with a dash", "HTTP/1.1 401 No\nWWW-Authenticate: Bearer\nSet-Cookie: a=b"),
    ("too long", "> a\n" * (MAX_LENGTH // 3)),
    ("one row that looks like another", "api-1 | a\nb\nc"),
]


@pytest.mark.parametrize("text", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_what_a_text_may_not_lose_stays(text):
    assert unwrapped(text) == text


def by(text):
    return {(one.by, one.where) for one in attributed(text) if one.text.strip()}


PERSON = [
    ("code", "if 'jwt expired' in str(e): renew()"),
    ("code", "except jwt.InvalidAudienceError as broken:\n    log.error('Invalid audience')\n    raise"),
    ("code", "if (err.message === 'jwt expired') {\n  return refresh();\n}"),
    ("code", "} catch (SecurityTokenExpiredException ex) {"),
    ("code", 'throw new AuthError("invalid_token: signature verification failed");'),
    ("code", "// jwt expired is what we wait for"),
    ("code", "var client = new HttpClient();\n# The token has expired\nclient.Send(x);"),
    ("settings", "export TOKEN_AUDIENCE=api://orders"),
    ("settings", "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://id.example"),
    ("code", "jwt:\n  required:\n    audience: invalid audience\n  leeway: 5"),
    ("command", "curl https://a.example/x -d 'why=jwt expired'"),
    ("command", "$ openssl s_client -connect a.example:443"),
    ("command", "PS C:\\> Invoke-RestMethod -Uri https://a.example `\n  -Body 'jwt expired'"),
    ("request", "POST /x HTTP/1.1\nHost: a\nX-Note: jwt expired\n\n{\"note\": \"jwt expired\"}"),
    ("request", "> GET /x HTTP/1.1\n> X-Note: jwt expired\n< HTTP/1.1 200 OK"),
    ("policy", '<validate-jwt failed-validation-error-message="Token has expired">\n</validate-jwt>'),
]  # fmt: skip


@pytest.mark.parametrize(("where", "text"), PERSON)
def test_what_a_person_did_or_wrote_is_not_heard(where, text):
    assert (By.PERSON, "comment" if text.startswith("//") else where) in by(text)
    assert "expired" not in heard(attributed(text)).lower()
    assert "audience" not in heard(attributed(text)).lower()


HEARD = [
    "jwt expired",
    "TokenExpiredError: jwt expired\n    at verify (/app/node_modules/jsonwebtoken/verify.js:152:21)",
    "io.jsonwebtoken.ExpiredJwtException: JWT expired at 2026-01-01T00:00:00Z.\n\tat io.A.b(A.java:1)",
    'Traceback (most recent call last):\n  File "a.py", line 3, in call\n    decode(token)\njwt.X: jwt expired',
    "2026-01-01T10:00:00Z WARN token rejected (jwt expired)",
    '{"level":"error","msg":"jwt expired"}',
    'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"message": "jwt expired"}',
    'time="2026" level=error msg="oidc: jwt expired"',
    "Invoke-RestMethod : jwt expired\nAt line:1 char:1\n+ irm https://a.example",
    "Error: jwt expired",
    "Access to fetch at 'https://a.example' from origin 'https://b' has been blocked by CORS policy: jwt expired",
    "We get this since Monday: JWT Validation Failed: jwt expired",
    "fail: Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler[1]\n      Failed to validate: jwt expired",
    "panic: oauth2: jwt expired\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:12 +0x1d",
]


@pytest.mark.parametrize("text", HEARD)
def test_what_answers_logs_and_libraries_say_is_heard(text):
    assert "jwt expired" in heard(attributed(text)).lower()


def test_what_somebody_asks_is_an_observation_and_a_code_in_it_the_providers():
    spoken = attributed('Why do I get "jwt expired" with a new token?\nIs AADSTS50011: redirect mismatch my fault?')
    assert observed(spoken) == ('Why do I get "jwt expired" with a new token?\nIs',)
    assert "jwt expired" not in heard(spoken)
    assert "AADSTS50011" in heard(spoken)


def test_what_stands_before_an_answer_is_what_people_saw():
    spoken = attributed("a new token works for an hour after that\n\nHTTP/1.1 401 No\n\njwt expired")
    assert observed(spoken) == ("a new token works for an hour after that",)
    assert "jwt expired" in heard(spoken)


def test_a_policy_is_found_and_several_are_none():
    policy = "<policies><inbound><base /></inbound></policies>"
    assert policy_in(attributed(f"our policy\n{policy}\nend")) == policy
    assert policy_in(attributed(f"{policy}\n\n{policy}\n")) == ""


@pytest.mark.parametrize(
    "text", ["", "\n", "'", '"', "curl '", "<policies", "> ", "< ", "$ ", "```", "\x00\ud800", "PS >"]
)
def test_no_text_is_too_odd_to_be_attributed(text):
    assert isinstance(heard(attributed(unwrapped(text))), str)


def test_a_text_in_which_nobody_but_the_person_speaks_is_called_so():
    (note,) = recognise("if 'jwt expired' in str(e): renew()").notes
    assert note == (
        "This is what somebody wrote or did (source code, settings, a command or a question), and no server answers "
        "in it: paste what came of it too, the answer, the error or the log."
    )


def test_a_form_ends_at_a_blank_line_and_may_stand_on_several():
    text = (
        "POST https://id.example/connect/issue HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n"
        "grant_type=client_credentials&\n  client_id=abc\n&scope=read\n\nthe claims of my assertion:\n"
        '{"iss": "abc"}\n\nHTTP/1.1 400\n\n{"title": "refused"}'
    )
    (seen,) = read_http(text)
    assert seen.form == {"grant_type": "client_credentials", "client_id": "abc", "scope": "read"}
    assert seen.is_token_request
    found = explain(read_evidence({"pasted": text}))
    assert "authorization-header-missing" not in [one.cause for one in found.causes]


@pytest.mark.parametrize("repeated", ["<policies", "<inbound>", "<inbound/", "<fragment></inbound>"])
def test_policies_that_only_begin_are_read_in_time_that_grows_with_the_text(repeated):
    assert worst_growth(attributed, "", repeated, sizes=(1_000, 16_000)) < MOST


@pytest.mark.parametrize(
    ("text", "policies"),
    [
        ("a <inbound><x/></inbound> b", ["<inbound><x/></inbound>"]),
        ("a <inbound/> b <on-error>", ["<inbound/>", "<on-error>"]),
        ("<policies <inbound>c</inbound></policies>d", ["<policies <inbound>c</inbound></policies>"]),
        ("<policiesx></policiesx> <policies", []),
    ],
)
def test_where_a_policy_begins_and_ends(text, policies):
    assert [one.text for one in attributed(text) if one.where == "policy"] == policies

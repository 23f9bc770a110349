"""Commands as people, browsers and other tools write them are read as what they send."""

import pytest

from console.core.call_imports.read import read_calls

CHROME_CMD = r"""curl ^"https://api.example/orders?a=1^&b=50^%^25^" ^
  -H ^"accept: */*^" ^
  -H ^"content-type: application/json^" ^
  -H ^"sec-ch-ua: ^\^"Chromium^\^";v=^\^"120^\^"^" ^
  --data-raw ^"^{^\^"item^\^":^\^"a^\^"^}^" ^&
curl ^"https://api.example/second^" ^
  -X ^"DELETE^"
"""
CHROME_BASH = """curl 'https://api.example/orders' \\
  -H 'accept: application/json' \\
  -H 'cookie: session=abc123def456' \\
  -H 'authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlaXNoZXJl' \\
  --data-raw $'{"it\\'s": 1}' \\
  --compressed ;
curl 'https://api.example/second' -X 'PUT'"""
POWERSHELL = """$headers = @{
    "Authorization" = "Bearer $token"
    "X-Tenant" = "north"
}
Invoke-RestMethod -Uri "https://api.example/orders" -Method Post -Headers $headers `
    -ContentType "application/json" -Body '{"item": 1}'
Invoke-RestMethod https://api.example/second"""
# (text, [(method, URL, body)])
READ = [
    ("curl https://api.example/orders", [("GET", "https://api.example/orders", "")]),
    ("curl api.example/orders", [("GET", "http://api.example/orders", "")]),
    ("$ curl -sSL -X PATCH https://a.example -d a=1 -d b=2", [("PATCH", "https://a.example", "a=1&b=2")]),
    ("curl -G https://a.example/?x=1 --data-urlencode 'q=a b'", [("GET", "https://a.example/?x=1&q=a%20b", "")]),
    ("curl --json '{\"a\": 1}' https://a.example", [("POST", "https://a.example", '{"a": 1}')]),
    ("curl -I https://a.example", [("HEAD", "https://a.example", "")]),
    ("curl https://a.example/1 https://a.example/2",
     [("GET", "https://a.example/1", ""), ("GET", "https://a.example/2", "")]),
    ("BASE=https://a.example\ncurl \"$BASE/x/$ID\"", [("GET", "https://a.example/x/{{ID}}", "")]),
    ("t=$(curl -s https://a.example/t) && curl https://a.example/u | jq .",
     [("GET", "https://a.example/t", ""), ("GET", "https://a.example/u", "")]),
    ('curl -X POST https://a.example -d "{\\"a\\": 1}"', [("POST", "https://a.example", '{"a": 1}')]),
    ("curl.exe -X POST https://a.example -d '{\\\"a\\\": 1}'", [("POST", "https://a.example", '{"a": 1}')]),
    ("PS C:\\work> curl.exe https://a.example/$env:ID", [("GET", "https://a.example/{{ID}}", "")]),
    ("sudo curl https://a.example", [("GET", "https://a.example", "")]),
    ('echo "$(curl -s https://a.example)"', [("GET", "https://a.example", "")]),
    ("curl {{base}}/orders", [("GET", "{{base}}/orders", "")]),
    (CHROME_CMD,
     [("POST", "https://api.example/orders?a=1&b=50%25", '{"item":"a"}'),
      ("DELETE", "https://api.example/second", "")]),
    (CHROME_BASH,
     [("POST", "https://api.example/orders", '{"it\'s": 1}'), ("PUT", "https://api.example/second", "")]),
    (POWERSHELL, [("POST", "https://api.example/orders", '{"item": 1}'), ("GET", "https://api.example/second", "")]),
    ("http POST api.example/orders X-A:1 item=a count:=2 q==b",
     [("POST", "http://api.example/orders?q=b", '{"item":"a","count":2}')]),
    ("http -f POST https://a.example a=1", [("POST", "https://a.example", "a=1")]),
    ("https a.example/x", [("GET", "http://a.example/x", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "calls"), READ, ids=range(len(READ)))
def test_each_command_is_a_call(text, calls):
    found = read_calls(text)
    assert [(one.method, one.url, one.body) for one in found.calls] == calls
    assert found.problems == ()


def test_what_a_browser_adds_is_no_part_of_a_call_and_its_secrets_are_left_out():
    first = read_calls(CHROME_BASH).calls[0]
    assert dict(first.headers) == {"accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    assert {(one.name, one.is_secret) for one in first.left_out} == {("cookie", True), ("authorization", True)}
    assert all(not name.startswith("sec-") for name, _ in read_calls(CHROME_CMD).calls[0].headers)


def test_a_file_that_is_sent_is_named():
    (call,) = read_calls("curl https://a.example -F file=@secret.pdf -F note=hi -H 'X-A;'").calls
    assert (call.method, call.kind, call.body) == ("POST", "multipart", "note=hi")
    assert [(one.name, one.is_secret) for one in call.left_out] == [("file", False)]
    assert ("X-A", "") in call.headers


def test_a_request_for_a_token_is_a_client_and_no_call():
    found = read_calls(
        "curl https://login.example/t/oauth2/v2.0/token -d grant_type=client_credentials -d client_id=abc "
        "-d client_secret=verysecretindeed -d scope=api://orders/.default"
    )
    assert found.calls == ()
    (client,) = found.clients
    assert (client.client_id, client.token_endpoint) == ("abc", "https://login.example/t/oauth2/v2.0/token")
    assert (client.scope, client.grant) == ("api://orders/.default", "client_credentials")
    assert [(one.name, one.is_secret) for one in client.left_out] == [("client_secret", True)]


@pytest.mark.parametrize("text", ["curl", "curl --help", "curl -H 'a: b'"])
def test_a_command_that_sends_nothing_is_told_with_its_line(text):
    found = read_calls(f"\n{text} \n")
    assert found.calls == () and found.problem_count == 1


@pytest.mark.parametrize("text", ["", "hello", "{}", "[]", "null", '{"a": 1}', "\0"])
def test_what_is_none_of_the_formats_is_told(text):
    found = read_calls(text)
    assert found.format == "" and found.calls == () and found.problem_count >= 1
    assert any("none of the formats" in one.what for one in found.problems)


def test_a_command_whose_backslashes_a_mail_lost_is_read_with_its_options():
    (call,) = read_calls("curl https://a.example/b\n  -H 'X-A: 1'\n  -d c=1\n").calls
    assert (call.method, call.body, ("X-A", "1") in call.headers) == ("POST", "c=1", True)


# (text, seconds)
TIMEOUTS = [
    ("curl -m 5 https://a.example", 5),
    ("curl -sm5 https://a.example", 5),
    ("curl --max-time 2.5 https://a.example", 3),
    ("curl --max-time=7 https://a.example", 7),
    ("curl -m 3 -m 9 https://a.example", 9),
    ("curl -m 0 https://a.example", None),
    ("curl -m $LIMIT https://a.example", None),
    ("curl --connect-timeout 4 https://a.example", None),
    ("http --timeout=5 GET https://a.example", 5),
    ("http --timeout 0.2 GET https://a.example", 1),
    ("Invoke-RestMethod -Uri https://a.example -TimeoutSec 6", 6),
    ("$call = @{ Uri = 'https://a.example'; TimeoutSec = 8 }\nInvoke-RestMethod @call", 8),
    ("Invoke-RestMethod -Uri https://a.example -TimeoutSec 0", None),
]


@pytest.mark.parametrize(("text", "seconds"), TIMEOUTS, ids=range(len(TIMEOUTS)))
def test_the_limit_of_a_command_is_read_in_whole_seconds(text, seconds):
    (call,) = read_calls(text).calls
    assert (call.url, call.timeout_s) == ("https://a.example", seconds)

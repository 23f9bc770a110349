"""The request that a pasted command would send, in the quoting of each shell."""

import base64

import pytest

from console.core.paste.curl import read_curl
from console.core.paste.powershell import read_powershell

URL = "https://api.example/x"
BASIC = "Basic " + base64.b64encode(b"me:pass word").decode()

CURL = [
    (f"curl {URL}", "GET", URL, {}, ""),
    (f"curl -sSLX DELETE {URL}", "DELETE", URL, {}, ""),
    (f"curl -XPUT {URL} -d ''", "PUT", URL, {}, ""),
    (f"curl -I {URL}", "HEAD", URL, {}, ""),
    (f"curl --request=patch --url={URL}", "PATCH", URL, {}, ""),
    (f"curl {URL} -d a=1 --data-raw 'b=2'", "POST", URL, {}, "a=1&b=2"),
    (f"curl -G {URL} -d a=1 -d b=2", "GET", f"{URL}?a=1&b=2", {}, ""),
    (f"curl {URL} --data-urlencode 'q=a b&c'", "POST", URL, {}, "q=a%20b%26c"),
    (f"curl {URL} --json '{{\"a\":1}}'", "POST", URL, {"Content-Type": "application/json"}, '{"a":1}'),
    (f"curl {URL} -d @body.json", "GET", URL, {}, ""),
    (f"curl {URL} -F 'file=@photo.png' -F 'name=x'", "POST", URL, {}, "name=x"),
    (f"curl -u 'me:pass word' {URL}", "GET", URL, {"Authorization": BASIC}, ""),
    (f"curl --oauth2-bearer abc {URL}", "GET", URL, {"Authorization": "Bearer abc"}, ""),
    (f"curl -o out.json -w '%{{http_code}}' --max-time 5 -k {URL}", "GET", URL, {}, ""),
    (f"curl {URL} -H 'X-Empty;' -H 'X-A: b: c'", "GET", URL, {"X-A": "b: c"}, ""),
    (f'curl {URL} -H "X-A: say \\"hi\\" to \\$me"', "GET", URL, {"X-A": 'say "hi" to $me'}, ""),
    (f"curl {URL} -H $'X-A: it\\'s \\u0041\\x42'", "GET", URL, {"X-A": "it's AB"}, ""),
    (f'curl ^"{URL}?a=1^&b=2^" -H ^"X-A: ^\\^"q^\\^"^"', "GET", f"{URL}?a=1&b=2", {"X-A": '"q"'}, ""),
    (f'curl.exe "{URL}" -H "X-A: `"q`""', "GET", URL, {"X-A": '"q"'}, ""),
    (f"curl {URL} | jq .access_token", "GET", URL, {}, ""),
    (f"curl '{URL}", "GET", URL, {}, ""),
]


@pytest.mark.parametrize(("text", "method", "url", "headers", "body"), CURL)
def test_a_curl_command_is_read_as_its_shell_would(text, method, url, headers, body):
    request = read_curl(text).request
    assert (request.method, request.url, dict(request.headers), request.body.decode()) == (method, url, headers, body)


@pytest.mark.parametrize("text", ["", "curl", "curl -H 'X-A: b'", "I like curl very much", "curling https://a.example"])
def test_what_is_no_curl_command_gives_no_request(text):
    assert read_curl(text) is None


def test_what_follows_a_command_is_left_for_the_next_reader():
    assert read_curl(f"curl {URL}\nHTTP/1.1 401 No").rest == "HTTP/1.1 401 No"


POWERSHELL = [
    (f"Invoke-RestMethod {URL}", "GET", URL, {}, ""),
    (f"invoke-webrequest -uri '{URL}' -method put", "PUT", URL, {}, ""),
    (
        f"irm {URL} -Headers @{{'X-A'='it''s'; X-B = \"say `\"hi`\"\"}}",
        "GET",
        URL,
        {"X-A": "it's", "X-B": 'say "hi"'},
        "",
    ),
    (f"irm -Uri {URL} -Body 'a=1' -ContentType 'text/plain'", "POST", URL, {"Content-Type": "text/plain"}, "a=1"),
    (
        f"$body = @{{ grant_type = 'x'; scope = \"a b\" }}\nirm -Method Post -Uri {URL} -Body $body",
        "POST",
        URL,
        {},
        "grant_type=x&scope=a+b",
    ),
    (
        f'$u = "{URL}"\n$h = 1\n$headers = @{{}}\n$headers["X-A"] = "b"\nirm -Uri $u -Headers $headers',
        "GET",
        URL,
        {"X-A": "b"},
        "",
    ),
    (f"irm {URL} -Authentication Bearer -Token $secure", "GET", URL, {"Authorization": "Bearer ***"}, ""),
    (f"Invoke-RestMethod `\n  -Method Post `\n  -Uri {URL}", "POST", URL, {}, ""),
]


@pytest.mark.parametrize(("text", "method", "url", "headers", "body"), POWERSHELL)
def test_a_powershell_command_is_read_with_the_variables_the_text_sets(text, method, url, headers, body):
    request = read_powershell(text).request
    assert (request.method, request.url, dict(request.headers), request.body.decode()) == (method, url, headers, body)


@pytest.mark.parametrize("text", ["", "Invoke-RestMethod", "irm", f"confirm -Uri {URL}", f"Get-Item {URL}"])
def test_what_is_no_powershell_command_gives_no_request(text):
    assert read_powershell(text) is None

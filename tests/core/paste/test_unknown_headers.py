"""Headers whose content only the running shell knows are unknown, not absent."""

import pytest

from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.paste.curl import read_curl
from console.core.paste.powershell import read_powershell

URL = "https://api.example/v1/orders"

OPEN = [
    f'curl -H "$AUTH" {URL}',
    f"curl -H @headers.txt {URL}",
    f"curl -K request.conf {URL}",
    f"curl -n {URL}",
    f'curl "${{ARGS[@]}}" {URL}',
    f'curl -s $(options) {URL} -o /dev/null',
    f"irm {URL} -Headers $h",
    f"Invoke-RestMethod -Uri {URL} -Headers (Get-ApiHeader)",
    f"Invoke-WebRequest -Uri {URL} @splat",
    f"$p = @{{ Uri = '{URL}'; Headers = $h }}\nirm @p",
    f"$h = New-Headers\n$h['X-A'] = 'b'\nirm {URL} -Headers $h",
    f'curl -H "Authorization: $AUTH" {URL}',
    f"irm {URL} -Headers @{{ Authorization = $auth }}",
    f"irm {URL} -WebSession $session",
    f"iwr {URL} -UseDefaultCredentials",
]  # fmt: skip

KNOWN = [
    (f"curl {URL}", {}),
    (f'curl -H "Authorization: Bearer $TOKEN" {URL}', {"Authorization": "Bearer ***"}),
    (f'curl -H "Authorization: Bearer $(get-token --raw)" {URL}', {"Authorization": "Bearer ***"}),
    (f"TOKEN=abc.def.ghi\ncurl -H \"Authorization: Bearer $TOKEN\" {URL}", {"Authorization": "Bearer abc.def.ghi"}),
    (f"curl -H 'Authorization: Bearer $TOKEN' {URL}", {"Authorization": "Bearer $TOKEN"}),
    (f"irm {URL} -Headers @{{ Authorization = \"Bearer $($t.access_token)\" }}", {"Authorization": "Bearer ***"}),
    (f"$h = @{{}}\n$h.Add('Authorization', 'Bearer ' + $t)\nirm {URL} -Headers $h", {"Authorization": "Bearer ***"}),
    (f"$p = @{{ Uri = '{URL}'; Headers = @{{ 'X-A' = 'b' }} }}\nirm @p", {"X-A": "b"}),
]  # fmt: skip


def sent(command):
    return read_powershell(command) or read_curl(command)


def told(command, answer="HTTP/1.1 401 Unauthorized\n\n"):
    return [(one.cause, str(one.confidence)) for one in explain(Evidence(pasted=f"{command}\n{answer}")).causes]


@pytest.mark.parametrize("command", OPEN)
def test_headers_that_the_text_does_not_show_are_unknown(command):
    assert sent(command).has_unknown_headers
    assert "authorization-header-missing" not in dict(told(command))


@pytest.mark.parametrize(("command", "headers"), KNOWN)
def test_headers_that_stand_in_the_command_are_known(command, headers):
    found = sent(command)
    assert (dict(found.request.headers), found.has_unknown_headers) == (headers, False)


def test_a_command_without_the_header_is_told_so():
    assert told(f"curl -i {URL}")[0][0] == "authorization-header-missing"


@pytest.mark.parametrize(
    "text",
    [
        "Invoke-RestMethod : The remote server returned an error: (401) Unauthorized.",
        f"Invoke-WebRequest: {{\"error\":\"invalid_client\",\"error_uri\":\"{URL}\"}}",
        "irm @splat",
        "Invoke-RestMethod",
    ],
)  # fmt: skip
def test_an_error_that_begins_with_the_name_of_a_command_is_none(text):
    assert sent(text) is None


def test_a_body_in_a_table_and_one_turned_into_json_are_told_apart():
    form = sent(f"$b = @{{ grant_type = 'x' }}\nirm -Method Post {URL} -Body $b")
    text = sent(f"$b = @{{ grant_type = 'x' }} | ConvertTo-Json\nirm -Method Post {URL} -Body $b")
    assert (form.request.body, text.request.body) == (b"grant_type=x", b'{"grant_type":"x"}')


def test_a_request_line_of_a_log_says_nothing_of_headers():
    causes = dict(told("2026-01-01 INFO calling\nGET https://api.example/v1/orders HTTP/1.1"))
    assert "authorization-header-missing" not in causes


def test_what_a_question_quotes_is_possible_at_most():
    question = 'Why do I get "jwt expired" with a fresh token?'
    assert [(one.cause, str(one.confidence)) for one in explain(Evidence(pasted=question)).causes] == [
        ("token-expired", "possible")
    ]
    assert explain(Evidence(pasted="if 'jwt expired' in str(e): renew()")).causes == ()


def test_the_error_that_a_command_prints_is_the_answer_of_the_token_endpoint():
    command = "curl -s https://id.example/connect/token -d grant_type=client_credentials -d client_id=a"
    told = explain(Evidence(pasted=f'{command}\n{{"error": "unauthorized_client"}}'))
    assert told.answered_by == "identity_provider"

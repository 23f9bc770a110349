"""Several curl commands in one text: what is printed answers the last one before it."""

import pytest

from console.core.paste.http_text import read_http

ADMIN = "curl -X POST http://admin.example:8001/plugins -F name=jwt"
CALL = 'curl -i https://api.example/boats -H "Authorization: Bearer abc.def.ghi"'
TOKEN = "curl https://login.example/oauth/token -d grant_type=client_credentials -d client_id=boats"
REFUSED = 'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"message":"who is this"}'


@pytest.mark.parametrize("first", [ADMIN, TOKEN, f"{ADMIN}\n{TOKEN}"])
def test_the_last_command_before_the_answer_was_refused(first):
    seen = read_http(f"{first}\n\nand then\n{CALL}\n{REFUSED}")[-1]
    assert seen.url == "https://api.example/boats"
    assert seen.request_headers == (("Authorization", "Bearer abc.def.ghi"),)


@pytest.mark.parametrize("printed", [REFUSED, "401 Unauthorized", '{"fault": "no"}', "curl: (7) Failed to connect"])
def test_a_command_behind_an_answer_is_another_attempt(printed):
    seen = read_http(f"{CALL}\n{printed}\nThis one works:\n{ADMIN}\nand prints nothing")[0]
    assert seen.url == "https://api.example/boats"


def test_nothing_printed_below_leaves_the_first_command():
    assert read_http(f"{TOKEN}\n{CALL}")[0].url == "https://login.example/oauth/token"


def test_the_error_of_a_token_endpoint_answers_the_request_for_a_token():
    seen = read_http(f'{TOKEN}\n{CALL}\nThe first one prints\n{{"error":"invalid_client"}}')[0]
    assert seen.url == "https://login.example/oauth/token"


def test_variables_set_before_the_first_command_count_in_the_last():
    seen = read_http(f"HOST=api.example\n{TOKEN}\ncurl -i https://$HOST/boats\n{REFUSED}")[-1]
    assert seen.url == "https://api.example/boats"

"""Files of VS Code, JetBrains and Bruno are read as what they send, and what is wrong with them is told."""

import json

import pytest

from console.core.call_imports.read import read_calls, read_files

HTTP = """# Orders of the north
@host = https://api.example
@token = eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlaXNoZXJl
@base = {{host}}/v1

### List the orders
// a comment
GET {{base}}/orders
    ?top=10
    &skip={{$randomInt}}
Accept: application/json
Authorization: Bearer {{token}}

###
# @name create
POST {{base}}/orders HTTP/1.1
Content-Type: application/json
X-Api-Key: 0123456789abcdef0123456789abcdef

{
  "item": "a",
  "note": "{{$processEnv NOTE}}"
}

> {%
    client.test("ok", function() {});
%}
<> 2024-01-01.200.json

### A file
POST {{base}}/upload
Content-Type: application/octet-stream

< ./picture.png

### Token
POST https://login.example/token
Content-Type: application/x-www-form-urlencoded

grant_type = client_credentials
&client_id = abc
&client_secret = {{secret}}

###
https://api.example/plain
"""
BRU = """meta {
  name: Create an order
  type: http
  seq: 2
}

post {
  url: https://api.example/orders/:id?top=1
  body: json
  auth: bearer
}

params:query {
  top: 1
  ~skip: 2
}

params:path {
  id: 1042
}

headers {
  X-Note: a: b
  ~X-Off: 1
  "X Quoted": 1
}

auth:bearer {
  token: {{token}}
}

body:json {
  {
    "item": "a",
    "nested": {
      "password": "geheim-geheim"
    }
  }
}

script:pre-request {
  bru.setVar("a", 1);
}
"""
BRU_OAUTH = """auth {
  mode: oauth2
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://login.example/t/oauth2/v2.0/token
  client_id: 11111111-2222-3333-4444-555555555555
  client_secret: a-real-secret-value
  scope: api://orders/.default
}
"""
BRU_FORM = """post {
  url: {{base}}/form
  body: formUrlEncoded
  auth: none
}

body:form-urlencoded {
  a: 1 2
  ~b: 3
}
"""
BRU_LONG = """get {
  url: https://a.example
}

headers {
  X-Long: '''
    one
    two
  '''
  X-After: 1
}
"""


def test_a_file_of_vs_code_and_jetbrains():
    found = read_calls(HTTP)
    base = "https://api.example/v1"
    assert [(one.name, one.method, one.url) for one in found.calls] == [
        ("List the orders", "GET", f"{base}/orders?top=10&skip={{{{randomInt}}}}"),
        ("create", "POST", f"{base}/orders"),
        ("A file", "POST", f"{base}/upload"),
        ("GET /plain", "GET", "https://api.example/plain"),
    ]
    first, create, upload, _ = found.calls
    assert first.headers == (("Accept", "application/json"),) and first.auth == "Bearer token"
    assert create.body == '{\n  "item": "a",\n  "note": "{{NOTE}}"\n}'
    assert [(one.name, one.is_secret) for one in create.left_out] == [("A script", False), ("X-Api-Key", True)]
    assert [one.name for one in upload.left_out] == ["./picture.png"]
    assert [(one.client_id, one.grant) for one in found.clients] == [("abc", "client_credentials")]
    assert found.problems == () and "eyJ" not in repr(found)


def test_a_line_that_is_no_request_is_told():
    found = read_calls("GET https://a.example\n\n###\nthis is nothing\n")
    assert [(one.line, "no request line" in one.what) for one in found.problems] == [(3, True)]
    assert len(found.calls) == 1


def test_a_request_of_bruno():
    (call,) = read_calls(BRU).calls
    assert (call.name, call.method, call.url) == (
        "Create an order", "POST", "https://api.example/orders/1042?top=1",
    )  # fmt: skip
    assert call.headers == (("X-Note", "a: b"), ("X Quoted", "1"), ("Content-Type", "application/json"))
    assert '"password":"***"' in call.body.replace(" ", "") and "geheim" not in call.body
    assert [(one.name, one.where) for one in call.left_out] == [
        ("Script before the call", "script"), ("Authorization", "header"), ("password", "body"),
    ]  # fmt: skip
    assert call.auth == "Bearer token"


def test_what_a_folder_of_bruno_says_of_its_client():
    found = read_files([("a.bru", BRU.encode()), ("collection.bru", BRU_OAUTH.encode()), ("b.bru", BRU_FORM.encode())])
    assert len(found.calls) == 2 and found.format == "Bruno"
    (client,) = found.clients
    assert client.client_id == "11111111-2222-3333-4444-555555555555"
    assert [(one.name, one.is_secret) for one in client.left_out] == [("client_secret", True)]
    assert "a-real-secret-value" not in repr(found)
    form = found.calls[1]
    assert (form.url, form.body, form.kind) == ("{{base}}/form", "a=1+2", "form")


def test_a_value_on_several_lines():
    (call,) = read_calls(BRU_LONG).calls
    assert dict(call.headers)["X-After"] == "1" and dict(call.headers)["X-Long"].split() == ["one", "two"]


@pytest.mark.parametrize("text", ["get {\n  url: https://a.example\n", "get {\n  url: https://a.example\n  }\n"])
def test_a_block_that_is_not_closed_is_told(text):
    found = read_calls(text)
    assert found.problems[0].line == 1 and "not closed" in found.problems[0].what
    assert [one.url for one in found.calls] == ["https://a.example"]


def test_of_several_files_each_mistake_names_its_own_and_what_holds_no_call_is_passed_over():
    files = [
        ("environments/test.bru", b"vars {\n  base: https://a.example\n}\n"),
        ("a.bru", b"get {\n  url: {{base}}/a\n}\n"),
        ("b.bru", b"get {\n  url: {{base}}/b\n"),
    ]
    found = read_files(files)
    assert [one.url for one in found.calls] == ["https://a.example/a", "https://a.example/b"]
    assert [(one.where, one.line) for one in found.problems] == [("b.bru", 1)]
    for only in (files[:1], [files[0], files[0]]):
        assert [one.what for one in read_files(only).problems] == ["There is no call in it."]
    assert [one.where for one in read_files([("x", b"?"), ("y", b"{}")]).problems] == ["x", "y"]


TOKEN = "x1y2z3x1y2z3"
ENVIRONMENTS = {
    "local.json": json.dumps({
        "name": "Local", "values": [{"key": "base", "value": "https://e.example"}, {"key": "token", "value": TOKEN}],
    }),
    "http-client.env.json": json.dumps({
        "$shared": {"token": TOKEN}, "dev": {"base": "https://e.example"}, "prod": {"base": "https://p.example"},
    }),
    "local.bru": f"vars {{\n  base: https://e.example\n  token: {TOKEN}\n}}\nvars:secret [\n  key\n]\n",
}  # fmt: skip
POSTMAN = {
    "info": {},
    "variable": [{"key": "base", "value": "https://c.example"}],
    "item": [{"request": "{{base}}/{{token}}"}],
}
CALLS = [
    ("a.http", "@base = https://own.example\nGET {{base}}/{{token}}\n", "https://own.example/{{token}}"),
    ("a.bru", "get {\n  url: {{base}}/{{token}}\n}\n", "https://e.example/{{token}}"),
    ("a.json", json.dumps(POSTMAN), "https://e.example/{{token}}"),
]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize(("name", "text", "url"), CALLS, ids=[name for name, _, _ in CALLS])
def test_an_environment_beside_a_call_fills_in_what_is_no_secret(environment, name, text, url):
    files = [(name, text.encode()), (environment, ENVIRONMENTS[environment].encode())]
    for order in (files, files[::-1]):
        found = read_files(order)
        assert [one.url for one in found.calls] == [url]
        assert found.problems == () and TOKEN not in repr(found)


# (what stands before the request line, seconds)
LIMITS = [
    ("# @timeout 5", 5),
    ("// @timeout 2 m", 120),
    ("# @timeout 1500ms", 2),
    ("# @timeout 0", None),
    ("# @timeout soon", None),
    ("# @connection-timeout 3", None),
    ("", None),
]


@pytest.mark.parametrize(("told", "seconds"), LIMITS, ids=range(len(LIMITS)))
def test_the_timeout_of_a_http_file_is_read_in_seconds(told, seconds):
    (call,) = read_calls(f"### One\n{told}\nGET https://a.example/x\n").calls
    assert call.timeout_s == seconds


@pytest.mark.parametrize(("told", "seconds"), [("2500", 3), ("0", None), ("inherit", None)])
def test_the_timeout_of_bruno_is_read_in_milliseconds(told, seconds):
    text = f"get {{\n  url: https://a.example/x\n}}\n\nsettings {{\n  timeout: {told}\n}}\n"
    (call,) = read_calls(text).calls
    assert call.timeout_s == seconds
    exported = {
        "version": "1",
        "items": [
            {
                "name": "One",
                "request": {"url": "https://a.example/x", "method": "GET"},
                "settings": {"timeout": int(told) if told.isdigit() else told},
            }
        ],
    }
    (call,) = read_calls(json.dumps(exported)).calls
    assert call.timeout_s == seconds

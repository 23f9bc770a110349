"""What Bruno keeps as YAML (OpenCollection): a request a file, a folder of them, or the whole in one."""

import json

import pytest
import yaml

from console.core.call_imports.read import read_calls, read_files

REQUEST = """\
info:
  name: Create order
  type: http
  seq: 2

http:
  method: POST
  url: "{{base}}/orders/:id?top=1"
  headers:
    - name: X-Note
      value: "a: b # c"
    - name: X-Off
      value: "1"
      disabled: true
  params:
    - name: top
      value: "1"
      type: query
    - name: id
      value: "1042"
      type: path
  body:
    type: json
    data: |-
      {
        "item": 1
      }
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://login.example/token
    credentials:
      clientId: abc
      clientSecret: geheimnis-of-the-client
      placement: body
    scope: orders.read orders.write

runtime:
  scripts:
    - type: before-request
      code: let a = 1;
  assertions:
    - expression: res.status
      operator: eq
      value: "200"

settings:
  encodeUrl: true
  timeout: 7000
"""
GRAPHQL = """\
info: {name: Ask, type: graphql}
graphql:
  url: https://api.example/graphql
  body: {query: "{ a }", variables: '{"b": 1}'}
  auth: {type: apikey, key: X-Key, value: geheimnis-of-the-key, placement: header}
"""
ENVIRONMENT = """\
name: dev
variables:
  - name: base
    value: https://api.example/v1
  - secret: true
    name: password
"""
COLLECTION = """\
opencollection: 1.0.0
info:
  name: Orders
request:
  auth:
    type: oauth2
    flow: resource_owner_password_credentials
    accessTokenUrl: https://login.example/token
    credentials: {clientId: whole, clientSecret: geheimnis-of-all}
    resourceOwner: {username: u, password: geheimnis-of-u}
  variables:
    - name: base
      value: https://other.example
    - name: area
      value: north
"""
BUNDLED = """\
opencollection: 1.0.0
info: {name: Orders}
bundled: true
config:
  environments:
    - name: dev
      variables:
        - {name: base, value: https://api.example}
        - {name: size, value: {type: number, data: "5"}}
request:
  headers:
    - {name: X-Whole, value: w}
    - {name: X-Both, value: of all}
  variables:
    - {name: base, value: https://never.example}
items:
  - info: {name: Reports, type: folder}
    request:
      auth: {type: bearer, token: "{{access}}"}
      headers: [{name: x-both, value: of the folder}]
      variables:
        - name: path
          value:
            - {title: one, value: first}
            - {title: two, selected: true, value: second}
      scripts: [{type: tests, code: "test()"}]
    items:
      - info: {name: List, type: http}
        http: {method: GET, url: "{{base}}/{{path}}?n={{size}}", auth: inherit}
      - info: {name: Inner, type: folder}
        items:
          - info: {name: Form, type: http}
            http:
              method: PUT
              url: "{{base}}/f"
              body:
                - {title: a, body: {type: text, data: not this}}
                - title: b
                  selected: true
                  body:
                    type: form-urlencoded
                    data: [{name: a, value: 1}, {name: b, value: 2, disabled: true}]
              auth: {type: basic, basic: {username: u, password: geheimnis-of-basic}}
  - info: {name: Upload, type: http}
    http:
      method: POST
      url: "{{base}}/u"
      body:
        type: multipart-form
        data:
          - {name: t, type: text, value: x}
          - {name: f, type: file, value: [/tmp/a]}
  - info: {name: Watch, type: websocket}
    websocket: {url: "wss://api.example/w"}
"""


def read(text):
    found = read_calls(text)
    assert "geheimnis" not in repr(found)
    return found


def test_a_request():
    found = read(REQUEST)
    (call,), (client,) = found.calls, found.clients
    assert (found.format, call.name, call.method, call.url) == (
        "Bruno (OpenCollection)", "Create order", "POST", "{{base}}/orders/1042?top=1",
    )  # fmt: skip
    assert call.headers == (("X-Note", "a: b # c"), ("Content-Type", "application/json"))
    assert (json.loads(call.body), call.kind, call.auth, call.timeout_s) == ({"item": 1}, "json", "OAuth 2.0", 7)
    assert [one.name for one in call.left_out] == ["Script before the call", "Tests"]
    assert (client.client_id, client.token_endpoint, client.scope, client.grant) == (
        "abc", "https://login.example/token", "orders.read orders.write", "client_credentials",
    )  # fmt: skip
    assert [(one.name, one.is_secret) for one in client.left_out] == [("clientSecret", True)]
    assert not found.problems


def test_a_query_of_graphql():
    (call,) = read(GRAPHQL).calls
    assert (call.method, json.loads(call.body)) == ("POST", {"query": "{ a }", "variables": {"b": 1}})
    assert [(one.name, one.is_secret) for one in call.left_out] == [("X-Key", True)]


def test_a_collection_in_one_file_hands_down_what_its_folders_do():
    found = read(BUNDLED)
    listed, form, upload = found.calls
    assert (found.title, listed.folder, form.folder, upload.folder) == ("Orders", "Reports", "Reports › Inner", "")
    assert (listed.url, listed.auth) == ("https://api.example/second?n=5", "Bearer token")
    assert listed.headers[:2] == (("X-Whole", "w"), ("x-both", "of the folder"))
    assert (form.body, form.kind, form.auth) == ("a=1", "form", "Basic")
    assert (upload.body, upload.kind, upload.headers[1]) == ("t=x", "multipart", ("X-Both", "of all"))
    assert [one.name for one in upload.left_out] == ["f"]
    told = [(problem.what, problem.where) for problem in found.problems]
    assert ("“Watch” is a request of WebSocket, which is left out.", "items › 2") in told
    assert any(what.startswith("Scripts are not imported") for what, _ in told)


@pytest.mark.parametrize("is_reversed", [False, True], ids=["as named", "the other way round"])
def test_a_folder_of_files(is_reversed):
    files = [("create.yml", REQUEST), ("opencollection.yml", COLLECTION), ("dev.yml", ENVIRONMENT), ("a.yml", GRAPHQL)]
    files.append(("area.yml", "info: {name: A, type: http}\nhttp:\n  url: '{{base}}/{{area}}/{{password}}'\n"))
    found = read_files([(name, text.encode()) for name, text in (reversed(files) if is_reversed else files)])
    assert "geheimnis" not in repr(found) and not found.problems
    assert {call.url for call in found.calls} == {
        "https://api.example/v1/orders/1042?top=1", "https://api.example/graphql",
        "https://api.example/v1/north/{{password}}",
    }  # fmt: skip
    assert {(one.client_id, one.grant) for one in found.clients} == {
        ("abc", "client_credentials"),
        ("whole", "password"),
    }


def test_its_json_is_the_same():
    assert read_calls(json.dumps(yaml.safe_load(BUNDLED))).calls == read_calls(BUNDLED).calls


@pytest.mark.parametrize(
    "text",
    ["openapi: 3.0.0\ninfo:\n  title: T\npaths: {}\n", "swagger: '2.0'\ninfo:\n  title: T\n", '{"openapi": "3.1.0"}'],
)
def test_an_openapi_document_is_told_apart(text):
    found = read_calls(text)
    assert not found.calls and found.problems[0].what.startswith("This is an OpenAPI document: import it under APIs")


def test_other_yaml_is_none_of_it():
    assert read_calls("services:\n  web:\n    image: x\n").problems[0].what.startswith("This is none of the formats")


ODD = [
    "info:\nhttp:\n", "info:\n  type: http\nhttp: 1\n", "opencollection: [1]\nitems: 5\n", "opencollection: \n",
    "opencollection: 1.0.0\nitems: &a\n  - info: {type: folder}\n    items: *a\n",
    "info:\n  name: [a]\nhttp:\n  url: 5\n  headers: x\n  params: {a: b}\n  body: [1, [2]]\n  auth: [inherit]\n",
    "info:\n  name: a\nhttp:\n  url: https://a.example\n  body: {type: json, data: {a: 1}}\n"
    "  headers: [5, {name: 1}]\n",
    "info:\n  name: \"\\ud800\"\nhttp:\n  url: https://a.example/\\ud800\n",
    "http:\n  url: https://a.example\n\tx: 1\n",
    "graphql:\n  body: {query: [1], variables: {a: 1}}\n  url: https://a.example\n",
    "info:\n  name: a\nhttp:\n  url: https://a.example/:id/:\n  params: [{type: path, name: id, value: ''}]\n"
    "settings: {timeout: inherit}\nruntime: {variables: [{name: x, value: [{title: t}]}], scripts: 5}\n",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_whatever_stands_in_it_it_is_read_or_refused_in_words(text):
    found = read_calls(text)
    assert found.calls or found.problems
    json.dumps([call.url for call in found.calls]).encode()
    read_files([("a.yml", text.encode("utf-8", "surrogatepass")), ("environments/b.yml", b"variables:\n  - 5\n")])


def test_folders_that_are_too_deep_are_told():
    items = '{"info": {"name": "x", "type": "http"}, "http": {"url": "https://a.example"}}'
    for _ in range(60):
        items = f'{{"info": {{"name": "f"}}, "items": [{items}]}}'
    found = read_calls(f'{{"opencollection": "1.0.0", "items": [{items}]}}')
    assert not found.calls and "nested deeper" in found.problems[0].what


BODY = "info:\n  name: a\nhttp:\n  x: 1\nopenapi: 3.0.0\n"


@pytest.mark.parametrize(
    "text",
    [
        f"curl https://a.example/x -H 'Content-Type: application/yaml' --data '{BODY}'",
        f"# a note\n### one\nPOST https://a.example/x\nContent-Type: application/yaml\n\n{BODY}",
        f"@host = https://a.example\nPOST {{{{host}}}}/x\n\n{BODY}",
    ],
    ids=["curl", ".http", ".http with a variable"],
)
def test_a_call_whose_body_looks_like_it_stays_that_call(text):
    (call,) = read_calls(text).calls
    assert (call.method, call.url) == ("POST", "https://a.example/x") and "http:\n  x: 1" in call.body


def test_it_may_begin_with_a_comment_or_the_mark_of_a_document():
    assert read_calls(f"# ours\n---\n{REQUEST}").calls == read_calls(REQUEST).calls

"""Secrets that stand in a document are in nothing that is read of it."""

import json
import re

from console.core.openapi.filling import filled
from console.core.openapi.read import read_bytes, read_document

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnktc3ViamVjdCJ9.c2lnbmF0dXJlLWNhbmFyeQ"


def with_operation(told, **parts):
    return json.dumps({"openapi": "3.0.0", "paths": {"/a": {"post": told}}, **parts})


def one_of(told, **parts):
    (operation,) = read_document(with_operation(told, **parts)).operations
    return operation


def test_a_token_is_masked_wherever_it_stands():
    texts = dict.fromkeys(("operationId", "summary", "description"), f"as {TOKEN}")
    parameter = {"name": "a", "in": "query", "required": True, "example": TOKEN, "schema": {"enum": [TOKEN]}}
    operation = {**texts, "tags": [TOKEN], "security": [{TOKEN: [TOKEN]}], "parameters": [parameter, {"$ref": TOKEN}]}
    operation["requestBody"] = {"content": {"application/json": {"example": {"deep": [json.dumps({"it": TOKEN})]}}}}
    paths = {f"/a/{TOKEN}": {"post": operation, TOKEN: {}}}
    schemes = {TOKEN: {"type": TOKEN}, "o": {"type": "openIdConnect", "openIdConnectUrl": f"https://x/?token={TOKEN}"}}
    info = {"title": TOKEN, "version": TOKEN[:59]}
    document = read_document(
        json.dumps({"openapi": "3.0.0", "info": info, "paths": paths, "components": {"securitySchemes": schemes}})
    )
    assert document.operations and document.problems
    assert "canary" not in repr(document) and TOKEN[:50] not in repr(document)
    assert "<token>" in document.operations[0].path


def test_passwords_and_keys_of_addresses_are_masked():
    schemes = {"o": {"type": "oauth2", "flows": {"a": {"tokenUrl": "https://u:canary-1@h/t?code=canary-2"}}}}
    servers = [{"url": "https://u:canary-3@h/x?sig=canary-4"}]
    document = read_document(with_operation({}, servers=servers, components={"securitySchemes": schemes}))
    assert "canary" not in repr(document)
    assert document.servers == ("https://u:***@h/x?sig=***",)


def test_a_server_that_is_relative_tells_no_secret_of_the_address_that_the_document_came_from():
    text = with_operation({}, servers=[{"url": ""}, {"url": "v1"}])
    found = read_bytes(text.encode(), source_url="https://u:canary-1@h/x.json?code=canary-2")
    assert "canary" not in repr(found)


def test_no_key_of_an_example_is_filled_into_a_call():
    schemes = {"k": {"type": "apiKey", "in": "header", "name": "X-Odd"}}
    named = [("X-Odd", "header"), ("Ocp-Apim-Subscription-Key", "header"), ("session", "cookie"), ("code", "query")]
    parameters = [
        {"name": name, "in": place, "required": True, "schema": {"default": "canary-1", "enum": ["canary-2"]}}
        for name, place in named
    ]
    operation = one_of({"parameters": parameters}, components={"securitySchemes": schemes})
    assert "canary" not in repr(operation)
    assert filled(operation).headers == "X-Odd:\nOcp-Apim-Subscription-Key:"


def test_secret_members_of_bodies_are_masked():
    for media_type, example in (
        ("application/json", {"client_secret": "canary-1", "in": json.dumps({"password": "canary-2"}), "kept": "yes"}),
        ("application/x-www-form-urlencoded", {"client_secret": "canary-3", "kept": "yes"}),
        ("text/plain", "Authorization: Bearer canary-4 kept yes"),
    ):
        body = one_of({"requestBody": {"content": {media_type: {"example": example}}}}).body
        assert "canary" not in body.example and re.search("kept.{1,6}yes", body.example)


def test_only_names_of_headers_become_headers():
    names = ["X-Good", "X: a\nX-Evil", "Authorization: Bearer abc", " Authorization", "Ü"]
    parameters = [{"name": name, "in": "header", "required": True, "example": "1"} for name in names]
    for media_type in ("text/plain: x", "text/\rX-Evil: 1", "*/*", "nothing"):
        body = {"content": {media_type: {"example": "a"}}}
        assert filled(one_of({"parameters": parameters, "requestBody": body})).headers == "X-Good: 1"

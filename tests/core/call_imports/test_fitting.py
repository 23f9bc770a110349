"""A call of another tool is a request below the base URL of the API, and leads nowhere else."""

import pytest

from console.core.api import Api
from console.core.call_imports.fitting import fit
from console.core.call_imports.model import ImportedCall

API = Api(id="a", owner_id=1, name="Orders", base_url="https://api.example.com/orders/v1")
# (address, path, query, host that is another)
PLACED = [
    ("https://api.example.com/orders/v1/7?a=1", "/7", "a=1", ""),
    ("https://api.example.com/orders/v1", "", "", ""),
    ("https://api.example.com/orders/v1?a=1", "", "a=1", ""),
    ("https://API.example.com:443/orders/v1/7", "/7", "", "API.example.com:443"),
    ("http://api.example.com/orders/v1/7", "/7", "", "api.example.com"),
    ("https://api.example.com/orders/v2/7", "/orders/v2/7", "", "api.example.com"),
    ("https://api.example.com/orders/v10", "/orders/v10", "", "api.example.com"),
    ("https://other.example/7", "/7", "", "other.example"),
    ("other.example/7", "/7", "", "other.example"),
    ("localhost:3000/api/7", "/api/7", "", "localhost:3000"),
    ("//evil.example/7", "/7", "", "evil.example"),
    ("{{base}}/7", "/7", "", ""),
    ("{{base}}", "", "", ""),
    ("{{base}}7", "/7", "", ""),
    ("{{base}}//7", "/7", "", ""),
    ("{{host}}:{{port}}//7", "/7", "", ""),
    ("{{scheme}}://{{host}}/7", "/7", "", ""),
    ("https://{{host}}/orders/v1/{{id}}", "/{{id}}", "", ""),
    ("/orders/v1/7", "/7", "", ""),
    ("/7", "/7", "", ""),
    ("{{base}}/a b/é?q=a b&c=é#x", "/a%20b/%C3%A9", "q=a%20b&c=%C3%A9%23x", ""),
    ("{{base}}/me@example.com", "/me%40example.com", "", ""),
    ("https://[broken/7", "/7", "", "another place"),
]


@pytest.mark.parametrize(("url", "path", "query", "elsewhere"), PLACED, ids=range(len(PLACED)))
def test_an_address_is_placed_below_the_base_url(url, path, query, elsewhere):
    fitted = fit(ImportedCall("x", "GET", url), API, longest_s=20)
    assert fitted.problem == "" and fitted.draft is not None
    assert (fitted.draft.path, fitted.draft.query, fitted.elsewhere) == (path, query, elsewhere)


@pytest.mark.parametrize("url", ["{{base}}/../admin", "https://x.example/%2e%2e/a", "{{base}}/a\\..\\b", "/..;/a"])
def test_what_would_climb_out_is_not_kept(url):
    fitted = fit(ImportedCall("x", "GET", url), API, longest_s=20)
    assert fitted.draft is None and "The path" in fitted.problem


def test_what_is_to_be_filled_in_is_named_and_the_key_is_the_consoles():
    headers = (("ocp-apim-subscription-key", "{{key}}"), ("X-A", "{{a}}"))
    fitted = fit(ImportedCall("x", "POST", "{{base}}/{{id}}?q={{a}}", headers, "{{b}}"), API, longest_s=20)
    assert fitted.blanks == ("id", "a", "b")
    assert fitted.draft is not None and fitted.draft.headers == (("X-A", "{{a}}"),)


FORM, PARTS, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
# (Content-Type, kind, body, what is kept: kind, text, fields, whether the header stays)
BODIES = [
    (JSON, "json", '{"a": 1}', ("json", '{"a": 1}', (), False)),
    ("application/merge-patch+json", "json", "{}", ("raw", "{}", (), True)),
    (FORM, "form", "a=1+2&b=%C3%A9&c=", ("form", "", (("a", "1 2"), ("b", "é"), ("c", "")), False)),
    (FORM, "form", "nothing", ("raw", "nothing", (), True)),
    (FORM, "form", "&".join(f"a{number}=1" for number in range(101)), None),
    (PARTS, "multipart", "a=1", ("multipart", "", (("a", "1"),), False)),
    (f"{PARTS}; boundary=x", "multipart", "--x\r\n", ("raw", "--x\r\n", (), True)),
    ("text/plain", "text", "a=1", ("raw", "a=1", (), True)),
]


@pytest.mark.parametrize(("told", "kind", "body", "kept"), BODIES, ids=range(len(BODIES)))
def test_a_body_is_kept_as_what_it_is(told, kind, body, kept):
    draft = fit(ImportedCall("x", "POST", "/f", (("Content-Type", told),), body, kind), API, longest_s=20).draft
    assert draft is not None
    got = (draft.body_kind, draft.body, draft.fields, len(draft.headers) == 1)
    assert got == (kept or ("raw", body, (), True))


@pytest.mark.parametrize(("told", "kept"), [(None, None), (1, 1), (20, 20), (21, None), (0, None), (-5, None)])
def test_a_timeout_is_kept_up_to_the_consoles_own_limit(told, kept):
    draft = fit(ImportedCall("x", "GET", "/a", timeout_s=told), API, longest_s=20).draft
    assert draft is not None and draft.timeout_s == kept


def test_a_method_that_is_not_sent_is_told():
    assert "not with TRACE" in fit(ImportedCall("x", "TRACE", "/a"), API, longest_s=20).problem


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("GET /orders/v1/7", "GET /7"),
        ("GET /orders/v1/{id}", "GET /orders/v1/{id}"),
        ("POST /orders/v1/7", "POST /orders/v1/7"),
        ("Read one order", "Read one order"),
        ("GET the orders/v1/7", "GET the orders/v1/7"),
        ("", ""),
    ],
)
def test_a_name_made_of_method_and_whole_path_says_the_path_below_the_base_url(name, kept):
    url = "https://api.example.com/orders/v1/7?a=1"
    assert fit(ImportedCall(name, "GET", url), API, longest_s=20).call.name == kept
    whole = fit(ImportedCall("GET /orders/v1", "GET", "https://api.example.com/orders/v1"), API, longest_s=20)
    assert whole.call.name == "GET /orders/v1"

"""Values in a call: each stays one value where it is put, and none changes where the call goes."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.call import CallProblem, call_url
from console.core.collections.filling import UnfilledRequest, filled_draft
from console.core.collections.taken import typed
from console.core.compose.draft import RequestDraft, call_of
from tests.core.collections.support import values

BASE = "https://api.example.com/v1"


def sent(call, **texts):
    filled = filled_draft(call, values(**texts))
    assert not isinstance(filled, UnfilledRequest), filled
    return filled


def url(path, query="", **texts):
    call = sent(RequestDraft("GET", path, query), **texts)
    return call_url(BASE, call.path, call.query)


def test_a_value_in_a_path_and_a_query_is_percent_encoded():
    assert url("/orders/{{id}}", "tag={{ tag }}", id="a/b ?#", tag="x&y=ä") == (
        f"{BASE}/orders/a%2Fb%20%3F%23?tag=x%26y%3D%C3%A4"
    )


@pytest.mark.parametrize(
    "value", ["..", "../admin", "a/../../b", "%2e%2e", "..;x", "．．", "\\..\\", "https://evil.example/"]
)
def test_a_value_that_would_leave_the_api_is_refused_as_if_it_were_typed(value):
    assert isinstance(url("{{to}}", to=value), CallProblem)


@pytest.mark.parametrize(
    "value", ["//evil.example/", "@evil.example", ".evil.example", ":443@evil.example", "?x", "#x"]
)
def test_a_value_never_names_the_host(value):
    found = url("{{to}}", to=value)
    assert isinstance(found, CallProblem) or found.startswith(f"{BASE}/")


def test_dots_of_two_values_do_not_climb_together():
    assert isinstance(url("/orders/{{a}}{{b}}/x", a=".", b="."), CallProblem)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_value_stays_one_segment_below_the_api(value):
    found = url("/orders/{{id}}/lines", id=value)
    if isinstance(found, str):
        assert found.startswith(f"{BASE}/orders/")
        assert found.count("/") == f"{BASE}/orders/x/lines".count("/")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_value_stays_one_value_of_a_json_body(value):
    body = '{"in": "a {{v}} b\\"", "out": {{v}}, "list": [{{ v }}], "names": {"{{v}}": 1}}'
    read = json.loads(sent(RequestDraft("POST", "", body=body), v=value).body)
    assert read == {"in": f'a {value} b"', "out": value, "list": [value], "names": {value: 1}}


def test_a_number_stays_a_number_in_json_and_text_in_a_string():
    body = sent(RequestDraft("POST", "", body='{"n": {{n}}, "s": "{{n}}"}'), n=7).body
    assert json.loads(body) == {"n": 7, "s": "7"}


def test_a_form_takes_values_encoded_and_other_text_as_they_are():
    form = RequestDraft(
        "POST", "", headers=(("Content-Type", "application/x-www-form-urlencoded"),), body="a={{v}}&b=1"
    )
    text = RequestDraft("POST", "", headers=(("Content-Type", "text/plain"),), body='{"{{v}}')
    assert sent(form, v="x&b=2").body == "a=x%26b%3D2&b=1"
    assert sent(text, v='"').body == '{""'


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_the_fields_of_a_form_take_values_that_stay_in_their_field(kind):
    draft = RequestDraft("POST", "", body_kind=kind, fields=(("a", "{{v}}"), ("{{v}}", "1")))
    call = call_of(sent(draft, v="x&b=2"))
    if kind == "form":
        assert (call.body, call.wire_body) == ("a=x%26b%3D2&x%26b%3D2=1", None)
    else:
        assert b'name="a"\r\n\r\nx&b=2\r\n' in call.wire_body
        assert b'name="x&b=2"\r\n\r\n1\r\n' in call.wire_body


def test_a_file_that_nobody_kept_is_not_sent_as_nothing():
    told = filled_draft(RequestDraft("POST", "", body_kind="file"), {})
    assert told == UnfilledRequest("Its body is a file, and no file is kept.", "Save the request with a body of text.")


def test_json_is_json_whatever_its_header_says():
    draft = RequestDraft("POST", "", body_kind="json", body='{"a": {{v}}}', headers=(("Content-Type", "text/x"),))
    assert sent(draft, v="q").body == '{"a": "q"}'


def test_a_header_takes_a_value_on_one_line():
    call = RequestDraft("GET", "", headers=(("If-Match", "{{tag}}"), ("X-Two", "{{tag}}-{{tag}}")))
    assert sent(call, tag='"v1"').headers == (("If-Match", '"v1"'), ("X-Two", '"v1"-"v1"'))


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00", "Ā", "\x7f"])
def test_a_header_takes_no_line_break_and_nothing_that_cannot_be_sent(value):
    told = filled_draft(RequestDraft("GET", "", headers=(("If-Match", "{{tag}}"),)), values(tag=value))
    assert isinstance(told, UnfilledRequest)
    assert "no header may hold" in told.what


@pytest.mark.parametrize(
    "name", ["Host", "x-forwarded-host", "X-Original-URL", "Authorization", "X-HTTP-Method-Override"]
)
def test_no_answer_decides_a_header_by_which_a_server_chooses(name):
    told = filled_draft(RequestDraft("GET", "", headers=((name, "{{v}}"),)), values(v="evil.example"))
    assert isinstance(told, UnfilledRequest)
    assert name in told.what


def test_a_value_that_nobody_gave_is_named():
    told = filled_draft(RequestDraft("GET", "/{{a}}", "b={{b}}", body="{{c}} {{a}}"), values(b="1"))
    assert told == UnfilledRequest(
        "Nobody gave a value for {{a}} and {{c}}.",
        "Let an earlier step take it from its answer, or give it a value under Variables on the profile’s page.",
        ("a", "c"),
    )


def test_a_variable_is_what_it_says_in_json_and_may_stand_in_any_header():
    known = {name: typed(name, text) for name, text in (("1st", "7"), ("word", 'a"b'), ("host", "x.example"))}
    draft = RequestDraft("POST", "/{{1st}}", headers=(("Host", "{{host}}"),), body='{"n": {{1st}}, "w": {{word}}}')
    filled = filled_draft(draft, known)
    assert filled == RequestDraft("POST", "/7", headers=(("Host", "x.example"),), body='{"n": 7, "w": "a\\"b"}')


def test_a_value_is_not_read_for_further_names():
    assert url("/{{a}}", a="{{b}}", b="no") == f"{BASE}/%7B%7Bb%7D%7D"


def test_a_body_does_not_grow_past_what_may_be_typed():
    told = filled_draft(RequestDraft("POST", "", body="{{v}}" * 100), values(v="x" * 4000))
    assert isinstance(told, UnfilledRequest)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_would_grow_past_it_is_not_built(kind):
    draft = RequestDraft("POST", "", headers=(("Content-Type", kind),), body='"{{v}}"' * 20_000)
    given_ = values(v="€" * 4000)
    tracemalloc.start()
    told = filled_draft(draft, given_)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(told, UnfilledRequest) and peak < 8_000_000


def test_a_body_of_many_quotes_is_read_in_one_go():
    body = '{"a": {{v}}, "' + '\\"' * 60_000 + "\\"
    assert sent(RequestDraft("POST", "", body=body), v=7).body.startswith('{"a": 7, ')

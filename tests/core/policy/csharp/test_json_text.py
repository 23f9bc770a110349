"""JSON that Newtonsoft.Json takes and writes otherwise than others do."""

import json

import pytest

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate


def shown(body):
    return evaluate("@(context.Request.Body.As<JToken>().ToString(Formatting.None))", {"body": body})


TAKEN = [
    ('{"a":1,}', '{"a":1}'),
    ("[1,2,]", "[1,2]"),
    ("{'a': 'it\"s', b: [true, null], $c_1: {}}", '{"a":"it\\"s","b":[true,null],"$c_1":{}}'),
    ('{"a": /* one */ 1 // two\n}', '{"a":1}'),
    ('{"a":"x\ny\t"}', '{"a":"x\\ny\\t"}'),
    ("'it\\'s'", '"it\'s"'),
    ('\u00a0{"a":"\\u00e9\\/"}', '{"a":"\u00e9/"}'),
    ('{"a":1e15,"b":1e-5,"c":1.0,"d":12.50,"e":1.7976931348623157e308}',
     '{"a":1E+15,"b":1E-05,"c":1.0,"d":12.5,"e":1.7976931348623157E+308}'),
    ('{"a":"\u2028\u0085"}', '{"a":"\\u2028\\u0085"}'),
    ('{"a":1,"a":2}', '{"a":2}'),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), TAKEN)
def test_what_the_library_takes_is_read_and_written_as_it_writes(body, text):
    assert shown(body) == Evaluated(text)


REFUSED = [
    "", "x", "nul", "truely", "grant_type=a&b", '{"a" 1}', '{"a":1 "b":2}', '{"a":1', "[1 2]", '{"a":1} x', '{"a":"x',
    '{"a":"\\q"}', "{,}", "{a b:1}", '{"a":1,,}', "<a/>", '{"a":]}',
]  # fmt: skip


@pytest.mark.parametrize("body", REFUSED)
def test_what_the_library_refuses_throws(body):
    assert shown(body) == Failed("JsonReaderException")


UNSURE = [
    "[1,,2]", "[010]", "[0x1F]", "[.5]", "[1.]", "[NaN]", "[-Infinity]", "[undefined]", "new Date(1)", '["\\ud800"]',
    "/* x", "[1e999]", "[" * 70 + "]" * 70, '["/Date(1234)/"]', "[0.30000000000000004, 0.1234567890123456]", "[-0.0]",
    "\u2003[]",
]  # fmt: skip


@pytest.mark.parametrize("body", UNSURE)
def test_other_liberties_and_numbers_that_versions_write_differently_are_unknown(body):
    assert isinstance(shown(body), Unknown)


def test_a_text_without_a_token_is_null_to_the_converter_alone():
    assert evaluate('@(JsonConvert.DeserializeObject(" /* */ ") == null)', {}) == Evaluated(True)
    assert evaluate('@(JsonConvert.DeserializeObject<JObject>("") == null)', {}) == Evaluated(True)
    assert evaluate('@(JToken.Parse("") == null)', {}) == Failed("JsonReaderException")


@pytest.mark.parametrize(
    "body",
    ["[" + "'a'," * 40_000 + "]", "'" + "\\n" * 400_000 + "'", "/*" * 400_000, "{" + "a:/**/1," * 20_000 + "}"],
)
def test_long_texts_are_read_once(body):
    found = evaluate("@(context.Request.Body.As<JToken>().Type == JTokenType.Array)", {"body": body})
    assert isinstance(found, Unknown | Evaluated | Failed)


def test_indented_json_is_that_of_the_standard_library_where_both_agree():
    value = {"a": [1, {"b": {}}], "c": [], "d": "é", "e": None, "f": {"g": True}}
    found = evaluate("@(context.Request.Body.As<JObject>().ToString())", {"body": json.dumps(value)})
    assert found == Evaluated(json.dumps(value, indent=2, ensure_ascii=False))

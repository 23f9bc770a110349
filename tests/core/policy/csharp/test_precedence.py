"""What binds tighter where the grammar reads otherwise than C#."""

import pytest

from console.core.policy.csharp import Evaluated, Unknown, evaluate

PARTS = {
    "method": "GET",
    "headers": {"Content-Type": ["application/soap+xml"], "Authorization": ["Bearer abc"]},
    "variables": {
        "answer": {"$type": "Response", "status": 502, "reason": "Bad", "headers": {}, "body": '{"a": {"b": 7}}'},
        "doc": {"$type": "JObject", "json": '{"a": "x", "n": 3}'},
        "count": 4,
        "none": None,
    },
}
TYPE = 'context.Request.Headers.GetValueOrDefault("Content-Type", "")'

VALUES = [
    ('@("a" + context.Request.Method?.Length)', "a3"),
    ('@("Bearer " + context.Request.Headers["Authorization"][0]?.Replace("Bearer ", ""))', "Bearer abc"),
    ('@("x" == context.Request.Method?.ToLower() || true)', True),
    (f'@({TYPE}?.Contains("text/xml") == true || {TYPE}?.Contains("soap") == true)', True),
    (f'@({TYPE}?.Contains("a") == true && {TYPE}?.Contains("?") == true || context.Request.Method?.Length > 2)', True),
    ("@(!context.Request.Method?.Equals(null) == true)", True),
    ('@(!context.Request.Headers["Authorization"][0].AsJwt()?.Claims.ContainsKey("roles") ?? true)', True),
    ('@(context.Request.Method == "GET" ? 1 : context.Request.Method?.Length + 1)', 1),
    ('@(context.Request.Method == "PUT" ? 1 : context.Request.Method?.Length + 1)', 4),
    ('@(2 * context.Request.Method?.Length + 1 == 7 && "a" + context.Request.Method?.ToLower() == "aget")', True),
    ('@{ string s; s = context.Request.Method?.ToLower(); return "b" + s; }', "bget"),
    ('@(new[] {"q", "rr"}.Select(x => "_" + x?.Length).Last())', "_2"),
    ('@((string)context.Variables["none"] ?? "d" + context.Request.Method?.Length)', "d3"),
    ('@((context.Variables["doc"] as JObject)?["a"]?.ToString() == "x" ? "y" : "n")', "y"),
    ('@(((IResponse)context.Variables.GetValueOrDefault<IResponse>("answer")).StatusCode)', 502),
    ('@((int)context.Variables.GetValueOrDefault<IResponse>("answer").StatusCode + 1 > 502)', True),
    ('@((string)context.Variables.GetValueOrDefault<JObject>("doc", null)["a"] == "x")', True),
    ('@((string)((IResponse)context.Variables["answer"]).Body.As<JObject>(true)["a"]["b"] + "!")', "7!"),
    ('@((int)context.Variables.GetValueOrDefault<JObject>("doc")["n"] + 1)', 4),
    ('@((int)context.Variables["count"] < 5 && (int)context.Variables["count"] > (3))', True),
    ('@((string)context.Variables.GetValueOrDefault<JObject>("doc")?["zz"] ?? "none")', "none"),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_parts_belong_together_as_in_c_sharp(expression, value):
    assert evaluate(expression, PARTS) == Evaluated(value)


def test_a_chain_of_null_checks_that_is_too_deep_is_not_known():
    long = " || ".join(["context.Request.Method?.Length == 9"] * 200)
    assert isinstance(evaluate(f"@({long})", PARTS), Unknown)

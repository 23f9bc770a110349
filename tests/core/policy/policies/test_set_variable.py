"""set-variable: what later policies know of a variable."""

import pytest

from console.core.policy.text.values import Values
from tests.core.policy.builders import judged, request

SET = '<set-variable name="t" value="{}"/>'
READ = '<set-header name="X-A"><value>@((string)context.Variables["t"])</value></set-header>'
VARIABLES = [
    ("a literal", SET.format("a") + READ, Values(), ("a",)),
    ("a literal expression", SET.format("@(&quot;a&quot;)") + READ, Values(), ("a",)),
    ("another variable",
     '<set-variable name="s" value="b"/>' + SET.format("@(context.Variables[&quot;s&quot;])") + READ, Values(), ("b",)),
    ("given", READ, Values(variables={"t": "c"}), ("c",)),
    ("given for a computed one", SET.format("@(context.User.Id)") + READ, Values(variables={"t": "c"}), ("c",)),
    ("given, but set to something else", SET.format("a") + READ, Values(variables={"t": "c"}), ("a",)),
    ("computed", SET.format("a") + SET.format("@(context.User.Id)") + READ, Values(),
     ('@((string)context.Variables["t"])',)),
    ("nobody sets it", READ, Values(), ('@((string)context.Variables["t"])',)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "given", "values"), VARIABLES, ids=[row[0] for row in VARIABLES])
def test_a_variable_is_known_when_it_is_set_to_something_known(what, text, given, values):
    assert judged(text, request(), values=given).request.header_values("X-A") == values

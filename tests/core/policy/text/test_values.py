"""What a policy leaves open, and what it says once values are filled in."""

import pytest

from console.core.json.values import NumberText
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.values import (
    MAX_FILLED_CHARS,
    NO_VALUES,
    OpenValue,
    Values,
    fill,
    open_values,
    read_values,
)


def read(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def filled(inner: str, **values) -> tuple[str | None, str]:
    (element,) = fill(read(inner), Values(**values)).inbound
    return element.attribute("b"), element.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a b="{{n}}"/>', "1"),
        ('<a b="x{{ n }}y{{n}}"/>', "x1y1"),
        ('<a b="{{N}}"/>', "{{N}}"),
        ('<a b="{{other}}{{n}}"/>', "{{other}}1"),
        ('<a b="{{a.b-c_d}}"/>', "{{n}}"),
        ('<a b="{n} {{n} {{n m}} {{&quot;n&quot;}}"/>', '{n} {{n} {{n m}} {{"n"}}'),
        ('<a b="@(x + {{n}})"/>', "@(x + 1)"),
        ("<a b='@(x == \"{{n}}\")'/>", '@(x == "1")'),
    ],
)
def test_named_values_are_put_in_wherever_they_stand(text, expected):
    assert filled(text, named_values={"n": "1", "a.b-c_d": "{{n}}"})[0] == expected


def test_the_text_of_an_element_is_filled_like_its_attributes():
    assert filled("<a>{{n}}</a>", named_values={"n": "1"})[1] == "1"
    assert filled("<a>@(f(x))</a>", expressions={"@(f(x))": "1"})[1] == "1"


@pytest.mark.parametrize(
    "key",
    ["@(f(x,  y))", " @(f(x, y))\n", "@( f(x,\r\n y) )", "f(x, y)"],
)
def test_an_expression_is_found_whatever_its_white_space(key):
    assert filled("<a b='@(f(x,\n  y))'/>", expressions={key: "value"})[0] == "value"


def test_an_expression_is_found_before_and_after_its_named_values_are_filled_in():
    named = {"n": "1"}
    assert filled('<a b="@(f({{n}}))"/>', named_values=named, expressions={"@(f({{n}}))": "x"})[0] == "x"
    assert filled('<a b="@(f({{n}}))"/>', named_values=named, expressions={"@(f(1))": "y"})[0] == "y"
    assert filled('<a b="{{n}}"/>', named_values={"n": "@(f(1))"}, expressions={"@(f(1))": "y"})[0] == "y"


def test_a_value_may_be_empty_and_is_not_filled_again():
    assert filled('<a b="@(f())"/>', expressions={"@(f())": ""})[0] == ""
    assert filled('<a b="@(f())"/>', expressions={"@(f())": "{{n}}"}, named_values={"n": "1"})[0] == "{{n}}"


def test_literals_and_given_variables_need_no_expression_value():
    assert filled("<a b='@(30)'>@(\"x\")</a>") == ("30", "x")
    assert filled("<a b='@((string)context.Variables[\"v\"])'/>", variables={"v": "1"})[0] == "1"
    assert filled('<a b=\'@(context.Variables.GetValueOrDefault("v", "d"))\'/>')[0].startswith("@(")


def test_a_variable_that_the_policy_sets_itself_is_left_to_the_policy():
    text = '<set-variable name="v" value="2"/><a b=\'@(context.Variables["v"])\'/>'
    assert fill(read(text), Values(variables={"v": "1"})).inbound[1].attribute("b") == '@(context.Variables["v"])'


def test_an_unknown_expression_stays_as_it_was():
    document = read(
        "<policies><inbound><a b='@(f())'><c>{{n}}</c></a></inbound><on-error><d>@(g())</d></on-error></policies>"
    )
    assert fill(document, NO_VALUES) == document
    assert fill(document, NO_VALUES).computed == frozenset()


def test_every_section_is_filled_and_every_place_stays():
    text = "".join(f"<{name}><a>{{{{n}}}}</a></{name}>" for name in ("inbound", "backend", "outbound", "on-error"))
    document = fill(read(f"<policies>{text}</policies>"), Values(named_values={"n": "a longer value"}))
    assert [element.text for element in document.walk_all()] == ["a longer value"] * 4
    assert [document.source[slice(*element.span)] for element in document.walk_all()] == ["<a>{{n}}</a>"] * 4


def test_places_that_were_expressions_are_remembered():
    document = fill(read("<a b='@(f())' c='{{n}}'>@(1)</a>"), Values({"n": "2"}, {"@(f())": "x"}))
    assert document.computed == {(0, "b"), (0, "")}


def test_a_filling_beyond_all_size_is_left_undone():
    document = read("<a>" + "{{n}} " * 1000 + "</a>")
    assert fill(document, Values({"n": "x" * (MAX_FILLED_CHARS // 1000)})) == document
    assert fill(document, Values({"n": "x" * 100})) != document


def test_filling_shows_no_value_in_its_repr():
    assert "hush" not in repr(Values({"n": "hush"})) + repr(fill(read("<a>{{n}}</a>"), Values({"n": "hush"})))


POLICY = """<policies>
 <inbound>
  <set-variable name="known" value="@(true)"/>
  <include-fragment fragment-id="rules"/>
  <include-fragment fragment-id="{{fragment}}"/>
  <validate-jwt header-name="A" clock-skew="{{ skew }}" token-value="@(1)">
   <openid-config url="https://x/{{tenant}}/{{tenant}}"/>
   <issuer-signing-keys><key certificate-id="cert"/><key certificate-id="{{cert}}"/><key>abc</key></issuer-signing-keys>
   <decryption-keys><key certificate-id="cert"/></decryption-keys>
   <audiences><audience>@(context.Api.Id)</audience><audience>@("{{aud}}")</audience></audiences>
  </validate-jwt>
  <choose><when condition='@((bool)context.Variables["known"])'/>
   <when condition='@((bool)context.Variables["v"])'/></choose>
  <authentication-certificate certificate-id="mine"/>
  <trace source="s"><message>@(context.Request.Body) {{traced}}</message></trace>
  <trace source="t"><message>@(f("{{traced}}"))</message></trace>
 </inbound>
 <backend/>
 <outbound>
  <set-body template="liquid">{ "a": "{{body.a}}" }</set-body>
  <set-body>{"a":{"b":{"c":1}}}, {{{"x"}}}</set-body>
 </outbound>
 <on-error><set-status code="@(context.Response.StatusCode)"/></on-error>
</policies>"""


def test_everything_that_is_open_is_asked_for_once():
    jwt = "inbound/validate-jwt"
    assert open_values(read(POLICY)) == (
        OpenValue("fragment", "rules", "inbound/include-fragment/@fragment-id", 4),
        OpenValue("named-value", "fragment", "inbound/include-fragment/@fragment-id", 5),
        OpenValue("named-value", "skew", f"{jwt}/@clock-skew", 6),
        OpenValue("named-value", "tenant", f"{jwt}/openid-config/@url", 7),
        OpenValue("certificate", "cert", f"{jwt}/issuer-signing-keys/key/@certificate-id", 8),
        OpenValue("named-value", "cert", f"{jwt}/issuer-signing-keys/key/@certificate-id", 8),
        OpenValue("expression", "@(context.Api.Id)", f"{jwt}/audiences/audience", 10),
        OpenValue("named-value", "aud", f"{jwt}/audiences/audience", 10),
        OpenValue("expression", '@((bool)context.Variables["v"])', "inbound/choose/when/@condition", 13),
        OpenValue("named-value", "traced", "inbound/trace/message", 15),
        OpenValue("expression", "@(context.Response.StatusCode)", "on-error/set-status/@code", 23),
    )


def test_nothing_is_asked_for_that_was_filled_in():
    values = Values(
        {"fragment": "f", "skew": "1", "tenant": "t", "cert": "c", "aud": "a", "traced": ""},
        {"context.Api.Id": "x", "@(context.Response.StatusCode)": "401"},
        {"v": "true"},
    )
    kinds = {one.kind for one in open_values(fill(read(POLICY), values))}
    assert kinds == {"fragment", "certificate"}


def test_values_are_read_from_json():
    found = read_values({"named_values": {"n": "1"}, "variables": {"b": True, "i": 3, "f": NumberText("1.50")}})
    assert found == Values({"n": "1"}, variables={"b": "true", "i": "3", "f": "1.50"})
    assert read_values({}) == NO_VALUES


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], "The values must be one JSON object."),
        (
            {"named-values": {}},
            "There is no member 'named-values' in the values: they are named_values, expressions, variables, "
            "certificates, fragments.",
        ),
        ({"expressions": []}, "The member expressions must be an object with a text for each name."),
        ({"variables": None}, "The member variables must be an object with a text for each name."),
        ({"certificates": {"c": ["hush"]}}, "In certificates the value of 'c' must be a text."),
        ({"fragments": {"f": None}}, "In fragments the value of 'f' must be a text."),
    ],
)
def test_values_of_another_shape_are_named(value, expected):
    assert read_values(value) == expected

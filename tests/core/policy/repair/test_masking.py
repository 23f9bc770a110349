"""No secret of a policy's text stands in the comparison that is shown beside an edit."""

import pytest

from console.core.policy.repair.masking import masked_diff, masked_source
from console.core.policy.text.values import Values
from tests.core.policy.policy_strategies import URL
from tests.core.policy.repair.builders import API, OTHER, bearer, read, repairs, token

S = "zzTOPSECRETzz12345678"
SECRETS = {
    "password": f'<authentication-basic username="u" password="{S}" />',
    "header": f'<set-header name="x-functions-key"><value>{S}</value></set-header>',
    "header of any key": f'<set-header name="X-Backend-Key"><value>{S}</value></set-header>',
    "header over lines": f'<set-header name="x-functions-key"><value>\n  {S}\n</value></set-header>',
    "header in CDATA": f'<set-header name="x-functions-key"><value><![CDATA[{S}]]></value></set-header>',
    "expression": f'<set-header name="Authorization"><value>@("Bearer {S}")</value></set-header>',
    "expression, escaped": f'<set-header name="x-api-key"><value>@(&quot;{S}&quot;)</value></set-header>',
    "expression with a quotation mark": f"""<set-header name="x-api-key"><value>@('"' + "{S}")</value></set-header>""",
    "expression over lines": f'<set-header name="x-api-key"><value>@{{\n return @"a\n{S}";\n}}</value></set-header>',
    "beside a named value": f'<set-header name="x-api-key"><value>{{{{who}}}}:{S}</value></set-header>',
    "nested header": f'<send-request><set-header name="X-Origin-Verify"><value>{S}</value></set-header></send-request>',
    "query code": f'<set-query-parameter name="code"><value>{S}</value></set-query-parameter>',
    "query sig": f'<set-query-parameter name="sig"><value>{S}</value></set-query-parameter>',
    "query api-key": f'<set-query-parameter name="api-key"><value>{S}</value></set-query-parameter>',
    "address": f'<rewrite-uri template="/a?code={S}" />',
    "address, second": f'<rewrite-uri template="/a?b=c&amp;subscription-key={S}" />',
    "variable": f'<set-variable name="clientSecret" value="{S}" />',
    "variable, expression": f'<set-variable name="api-key" value="@("{S}")" />',
    "body": f"<set-body>client_id=a&amp;client_secret={S}</set-body>",
    "comment": f"<!-- key {S} -->",
    "comment over lines": f"<!-- key\n  {S}\n-->",
    "policy in a comment": f'<!-- <set-header name="x-functions-key"><value>{S}</value></set-header> -->',
}


def beside(secret: str) -> str:
    return f"""<policies>
<inbound>
{secret}
<validate-jwt header-name="Authorization">
<openid-config url="{URL}" />
<audiences><audience>{API}</audience></audiences>
</validate-jwt>
</inbound>
</policies>"""


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_is_covered_wherever_it_stands(secret):
    document = read(beside(secret))
    shown = masked_source(document)
    assert S not in shown and "***" in shown
    assert len(shown.splitlines()) == len(document.source.splitlines())


@pytest.mark.parametrize(
    "secret", [SECRETS["header"], SECRETS["expression, escaped"], SECRETS["comment"], SECRETS["address"]]
)
def test_a_proposal_does_not_tell_what_stands_on_the_edited_line(secret):
    text = beside(secret).replace("\n", "")
    found = [one for one in repairs(text, bearer(token(aud=OTHER))) if one.diff]
    assert [one.kind for one in found] == ["add-audience"]
    assert S not in found[0].diff_text and "***" in found[0].diff_text


@pytest.mark.parametrize(
    "harmless",
    [
        '<set-header name="X-Caller"><value>portal</value></set-header>',
        '<set-header name="Authorization"><value>{{token}}</value></set-header>',
        '<set-header name="x-api-key"><value>@(context.Subscription.PrimaryKey)</value></set-header>',
        '<set-query-parameter name="page"><value>2</value></set-query-parameter>',
        '<rewrite-uri template="/orders?api-version=2" />',
    ],
)
def test_what_is_no_secret_is_shown(harmless):
    assert masked_source(read(beside(harmless))) == beside(harmless)


def test_an_unfinished_comment_in_an_expression_covers_no_line_end():
    text = beside('<set-variable name="x" value="@("<!-- ")" />')
    assert len(masked_source(read(text)).splitlines()) == len(text.splitlines())


def test_lines_that_only_differ_in_a_covered_value_are_no_difference():
    old, new = (read(beside(SECRETS["header"].replace(S, value))) for value in (S, S[::-1]))
    assert masked_diff(old, new) == ()


@pytest.mark.parametrize("hidden", ["portal-7", "hé", "https://x.example/a"])
def test_a_named_value_is_told_by_its_name(hidden):
    text = '<check-header name="X-Caller"><value>{{caller}}</value></check-header>'
    found = repairs(text, bearer(token()), values=Values(named_values={"caller": hidden}))
    assert [one.what for one in found] == ["Send the header X-Caller with the value {{caller}}."]


def test_the_reason_names_the_named_value_too():
    text = beside("").replace(API, "{{audience}}")
    found = repairs(text, bearer(token(aud=OTHER)), values=Values(named_values={"audience": API}))
    told = "".join(f"{one.title}{one.what}{one.why}{one.weakness}{one.changes!r}{one.diff_text}" for one in found)
    assert found[0].what == "Request the scope {{audience}}/.default and get a new token."
    assert "the policy accepts {{audience}}" in found[0].why and API not in told

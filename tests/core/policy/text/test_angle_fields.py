"""Fields in raw angle brackets, where a value of one's own belongs."""

import pytest

from console.core.policy.text.angle_fields import in_braces
from console.core.policy.text.document import PolicyDocument, read_policy

READ = {
    '<validate-azure-ad-token tenant-id="<tenant-id>" />': "{{tenant-id}}",
    "<validate-azure-ad-token tenant-id='<your tenant>' />": "{{your-tenant}}",
    '<validate-jwt header-name="A"><openid-config url="https://<a>.id.example/<b>/x" /></validate-jwt>': (
        "https://{{a}}.id.example/{{b}}/x"
    ),
    '<validate-jwt header-name="A"><audiences><audience>api://<app-id></audience></audiences></validate-jwt>': (
        "api://{{app-id}}"
    ),
    '<validate-jwt header-name="A"><issuers><issuer>https://<host>/</issuer></issuers></validate-jwt>': (
        "https://{{host}}/"
    ),
}


@pytest.mark.parametrize("text", READ)
def test_a_field_is_read_where_it_stands(text):
    document = read_policy(f"\n{text}\n<base />")
    assert isinstance(document, PolicyDocument), document
    values = [value for one in document.walk() for value in (one.text, *(text for _, text in one.attributes))]
    assert READ[text] in values
    assert document.source[slice(*document.inbound[0].span)] == text
    assert document.inbound[1].line == 3


@pytest.mark.parametrize(
    "text",
    [
        "<value><b>1</b></value>",
        "<audience>a<audience>b</audience></audience>",
        '<when condition="@(context.Request.Body.As<string>() == 1)" />',
        '<openid-config url="@(context.Variables.GetValueOrDefault<string>(1))" />',
        '<audience>@(context.Variables.GetValueOrDefault<string>("a"))</audience>',
        '<rewrite-uri template="/<name>" />',
        "<inbound><base></inbound>",
    ],
)
def test_what_is_no_such_field_is_left_as_it_is(text):
    assert in_braces(text) == text

"""Fields of templates: found in every spelling where a value belongs, and real values left alone."""

import pytest

from console.core.policy.engine.model import Verdict
from console.core.policy.text.document import read_policy
from tests.core.policy.builders import AUDIENCE, NOW, URL, judged, policy, request, token

LOGIN = "https://login.microsoftonline.com"
CONFIG = '<validate-jwt header-name="Authorization"><openid-config url="{}" /></validate-jwt>'
LISTED = '<validate-jwt header-name="Authorization"><audiences><audience>{}</audience></audiences></validate-jwt>'
CLAIM = (
    '<validate-jwt header-name="Authorization"><required-claims><claim name="{}"><value>{}</value></claim>'
    "</required-claims></validate-jwt>"
)
ENTRA = '<validate-azure-ad-token tenant-id="{}" />'


def texts(text):
    found = []
    for element in read_policy(text).walk():
        found += [value for _, value in element.attributes] + [element.text]
    return found


FIELDS = [
    (CONFIG.format(f"{LOGIN}/{{tenant-id}}/v2.0"), f"{LOGIN}/{{{{tenant-id}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/YOUR_TENANT_ID/v2.0"), f"{LOGIN}/{{{{YOUR_TENANT_ID}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/TENANT_GUID/v2.0"), f"{LOGIN}/{{{{TENANT_GUID}}}}/v2.0"),
    (CONFIG.format("https://your-domain.eu.auth0.com/x"), "https://{{your-domain.eu.auth0.com}}/x"),
    (CONFIG.format("https://&lt;name&gt;.ciamlogin.com/x"), "https://{{name}}.ciamlogin.com/x"),
    (LISTED.format("api://${clientId}"), "api://{{clientId}}"),
    (LISTED.format("#{Api.Audience}#"), "{{Api.Audience}}"),
    (LISTED.format("__audience__"), "{{audience}}"),
    (LISTED.format("$(audience)"), "{{audience}}"),
    (LISTED.format("&lt;your API's id&gt;"), "{{your-API-s-id}}"),
    (LISTED.format("api://xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"), "api://{{audience-left-open}}"),
    (CLAIM.format("azp", "CLIENT_ID"), "{{CLIENT_ID}}"),
    (CLAIM.format("roles", "{role}"), "{{role}}"),
    (ENTRA.format("TENANT_ID"), "{{TENANT_ID}}"),
    (ENTRA.format("00000000-0000-0000-0000-000000000000"), "{{tenant-id-left-open}}"),
    (ENTRA.format("..."), "{{tenant-id-left-open}}"),
    (ENTRA.format("$TENANT_ID"), "{{TENANT_ID}}"),
    (ENTRA.format("$env:TENANT_ID"), "{{TENANT_ID}}"),
    (ENTRA.format("%TENANT_ID%"), "{{TENANT_ID}}"),
    (ENTRA.format("@@tenant@@"), "{{tenant}}"),
    (ENTRA.format("##tenant##"), "{{tenant}}"),
    (ENTRA.format("entra-tenant-id"), "{{entra-tenant-id}}"),
    (ENTRA.format("TenantId"), "{{TenantId}}"),
    (ENTRA.format("&lt;%= tenant %&gt;"), "{{tenant}}"),
    (CONFIG.format(f"{LOGIN}/tenant/v2.0"), f"{LOGIN}/{{{{tenant}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/$TenantId/v2.0"), f"{LOGIN}/{{{{TenantId}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/[tenant-id]/v2.0"), f"{LOGIN}/{{{{tenant-id}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/{{0}}/v2.0"), f"{LOGIN}/{{{{0}}}}/v2.0"),
    (CONFIG.format(f"{LOGIN}/.../v2.0"), f"{LOGIN}/{{{{tenant-id-left-open}}}}/v2.0"),
    (CONFIG.format("{full URL, for example https://id.example}"), "{{full-URL-for-example-https-id.example}}"),
    (CONFIG.format("https://&lt;fqdn&gt;/x"), "https://{{fqdn}}/x"),
    (LISTED.format("api://..."), "api://{{audience-left-open}}"),
    (LISTED.format("api://$apiClientId"), "api://{{apiClientId}}"),
    (LISTED.format("[[audience]]"), "{{audience}}"),
    (LISTED.format("client-app-id"), "{{client-app-id}}"),
    (LISTED.format("6b1f9ad2-0c3e-4e7a-b8d5-f24a7c9XXXXX"), "{{audience-8064}}"),
    (LISTED.format("api://6b1f9ad2-..."), "api://{{audience-8493}}"),
    (CLAIM.format("roles", "${substr(tag, 13, length(tag) - 1)}"), "{{substr-tag-13-length-tag---1}}"),
    (LISTED.format("YOUR_API_IDENTIFIER"), "{{YOUR_API_IDENTIFIER}}"),
    (CLAIM.format("{name of the claim}", "a"), "{{name-of-the-claim}}"),
    (CLAIM.format("roles", "insert the role here"), "{{roles-left-open}}"),
    (CLAIM.format("roles", "xxx"), "{{roles-left-open}}"),
    (f'<choose><when condition="true">{ENTRA.format("{tenant}")}</when></choose>', "{{tenant}}"),
]


@pytest.mark.parametrize(("text", "read"), FIELDS)
def test_a_field_is_read_as_a_value_to_be_given(text, read):
    assert read in texts(text)


VALUES = [
    (CONFIG, "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_SIGN_IN/v2.0/x"),
    (CONFIG, "https://id.example/realms/MY_REALM/.well-known/openid-configuration"),
    (LISTED, "MY_API"),
    (LISTED, "orders-api"),
    (LISTED, "urn:your:api"),
    (LISTED, AUDIENCE.upper()),
    (LISTED, "{{audience}}"),
    (LISTED, "api://{{audience}}"),
    (LISTED, "@(context.Variables[0])"),
    (ENTRA, "contoso.onmicrosoft.com"),
    (ENTRA, "organizations"),
    (ENTRA, "contoso"),
    (CONFIG, f"{LOGIN}/common/v2.0"),
    (CONFIG, f"{LOGIN}/contoso.onmicrosoft.com/v2.0"),
    (CONFIG, "https://id.example/tenant/v2.0"),
    (CONFIG, "https://[2001:db8::1]/x"),
    (LISTED, "api://tenants"),
    (LISTED, "US$ab"),
    (CLAIM.replace("{}", "roles", 1), "[admin]"),
    (CLAIM.replace("{}", "roles", 1), "client-id"),
    (CLAIM.replace("{}", "roles", 1), "insert"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_real_value_stays_what_it_is(text, value):
    assert value in texts(text.format(value))


SET = [
    ('<set-variable name="a" value="${var.names}" />', "{{var.names}}"),
    ('<set-variable name="a" value="@(&quot;#{Stage}#&quot;.ToLower())" />', '@("{{Stage}}".ToLower())'),
    ('<set-header name="X"><value>https://${host}</value></set-header>', "https://{{host}}"),
    ('<choose><when condition="@(&quot;${is_on}&quot; == &quot;true&quot;)" /></choose>', '@("{{is_on}}" == "true")'),
    ('<choose><when condition="@(${is-on})" /></choose>', "@({{is-on}})"),
    (LISTED.format("@(&quot;api://${id}&quot;)"), '@("api://{{id}}")'),
    (
        '<validate-jwt header-name="A"><issuer-signing-keys><key>${var.key}</key></issuer-signing-keys></validate-jwt>',
        "{{var.key}}",
    ),
]


@pytest.mark.parametrize(("text", "read"), SET)
def test_the_marks_of_templates_are_fields_in_expressions_and_in_what_is_set(text, read):
    assert read in texts(text)


def test_a_dollar_before_a_hole_of_a_text_is_no_field():
    text = '<set-variable name="a" value="@($&quot;costs ${amount}&quot;)" />'
    assert '@($"costs ${amount}")' in texts(text)


def test_what_a_field_decides_is_open():
    refusal = '<return-response><set-status code="403" /></return-response>'
    text = (
        '<set-variable name="allowed" value="${allowed_ids}" /><choose><when condition="@(!((string)context.Variables'
        f"[&quot;allowed&quot;]).Split(',').Contains(&quot;a&quot;))\">{refusal}</when></choose>"
    )
    assert judged(text, request()).verdict is Verdict.UNDECIDED


def test_two_places_left_open_want_two_values():
    nobody = "00000000-0000-0000-0000-000000000000"
    found = texts(CONFIG.format(f"{LOGIN}/{nobody}/v2.0") + LISTED.format(nobody))
    assert {f"{LOGIN}/{{{{tenant-id-left-open}}}}/v2.0", "{{audience-left-open}}"} <= set(found)


def test_names_that_lose_their_letters_stay_different_ones():
    first, second = texts(LISTED.format("{テナントのID}"))[-1], texts(LISTED.format("{アプリのID}"))[-1]
    assert first != second
    assert first.startswith("{{audience-")


def test_a_key_with_underscores_is_one():
    keys = "<issuer-signing-keys><key>__c2VjcmV0__</key></issuer-signing-keys>"
    assert "__c2VjcmV0__" in texts(f'<validate-jwt header-name="A">{keys}</validate-jwt>')


@pytest.mark.parametrize("field", ["...", "$audience", "[audience]", "your-api-registration", "{0}", "client-id"])
def test_an_audience_that_nobody_filled_in_refuses_no_token(field):
    trace = judged(policy(audiences=f"<audience>{field}</audience>"), request(token()))
    assert trace.verdict is Verdict.UNDECIDED


def test_a_role_in_capital_letters_is_one():
    assert "ADMIN_ROLE" in texts(CLAIM.format("roles", "ADMIN_ROLE"))


def test_texts_that_demand_nothing_are_left_as_they_are():
    text = '<set-header name="X"><value>{id}</value></set-header><set-body>{a}</set-body>'
    assert {"{id}", "{a}"} <= set(texts(text))
    message = '<validate-jwt header-name="A" failed-validation-error-message="{code}: no" />'
    assert "{code}: no" in texts(message)


def test_the_verdict_is_open_because_of_it_and_never_a_refusal():
    for text in (
        policy(audiences="<audience>{audience}</audience>"),
        policy().replace(URL, f"{LOGIN}/{{tenant}}/v2.0/.well-known/openid-configuration"),
        ENTRA.format("YOUR_TENANT_ID"),
    ):
        trace = judged(text, request(token()))
        assert trace.verdict is Verdict.UNDECIDED
        assert any("{{" in need for need in trace.needs)
    assert (
        judged(policy(audiences="<audience>{audience}</audience>"), request(token(exp=NOW - 1))).reason
        == "TokenExpired"
    )

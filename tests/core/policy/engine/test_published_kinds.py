"""Policies of the kinds that are published, written anew: what is told of them is right or left open."""

from dataclasses import replace

import pytest

from console.core.policy.keep.policy_text import RefusedText, as_stored, read_text
from console.core.policy.text.values import NO_VALUES
from tests.core.policy.builders import AUDIENCE, URL, judged, policy, request, token

VALIDATE = policy('output-token-variable-name="jwt"')
ADVICE = {
    "template-field",
    "hidden-scope",
    "hidden-fragment",
    "any-client-accepted",
    "output-variable-unused",
    "unverified-token",
}


def whole(inbound):
    return (
        f"<policies><inbound><base />{inbound}</inbound><backend><base /></backend><outbound><base /></outbound>"
        "<on-error><base /></on-error></policies>"
    )


PUBLISHED = [
    (
        "an address in a header that proxies write",
        """
        <choose>
        <when
        condition="@(context.Request.Headers.GetValueOrDefault("X-Forwarded-For","").Split(',')[0].Trim()
        == "203.0.113.9")">
        </when>
        <otherwise>
        <return-response>
        <set-status code="403" reason="Forbidden"/>
        </return-response>
        </otherwise>
        </choose>
        """,
        "undecided",
    ),
    (
        "a back end for each version in the query",
        """
        <set-variable name="v" value="@(context.Request.Url.Query.GetValueOrDefault("api-version", "1"))" />
        <choose>
        <when condition="@((string)context.Variables["v"] == "2")">
        <set-backend-service base-url="https://v2.backend.example" />
        </when>
        <otherwise>
        <set-backend-service base-url="https://v1.backend.example"/>
        </otherwise>
        </choose>@@J@@
        """,
        "allow",
    ),
    (
        "a scope asked of the verified token",
        """
        @@J@@<choose>
        <when condition="@(!((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("scp", "").Split('
        ').Contains("orders.read"))">
        <return-response>
        <set-status code="403" reason="Forbidden" />
        <set-body>@("missing scope for " + ((Jwt)context.Variables["jwt"]).Subject)</set-body>
        </return-response>
        </when>
        </choose>
        """,
        "reject",
    ),
    (
        "roles asked in a block of statements",
        """
        @@J@@<choose>
        <when condition="@{ var jwt = (Jwt)context.Variables["jwt"]; if (jwt == null) { return false; }
        string[] roles; return jwt.Claims.TryGetValue("roles", out roles) && roles.Any(r => r == "read" ||
        r == "admin"); }">
        <set-header name="X-Sub" exists-action="override">
        <value>@(((Jwt)context.Variables["jwt"]).Subject)</value>
        </set-header>
        </when>
        <otherwise>
        <return-response>
        <set-status code="403" />
        </return-response>
        </otherwise>
        </choose>
        """,
        "allow",
    ),
    (
        "a token that nobody verifies",
        """
        <set-variable name="t"
        value="@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ').Last().AsJwt())"
        />
        <choose>
        <when condition="@(((Jwt)context.Variables["t"]) == null ||
        !((Jwt)context.Variables["t"]).Audiences.Contains("6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab"))">
        <return-response>
        <set-status code="401"/>
        </return-response>
        </when>
        </choose>
        """,
        "allow",
    ),
    (
        "a guard by method",
        """
        <choose>
        <when condition="@(new[]{"GET","HEAD"}.Contains(context.Request.Method))">@@J@@</when>
        <otherwise>
        <return-response>
        <set-status code="405" reason="Method Not Allowed"/>
        </return-response>
        </otherwise>
        </choose>
        """,
        "allow",
    ),
    (
        "limits by subject and by address",
        """
        @@J@@<rate-limit-by-key calls="10" renewal-period="60"
        counter-key="@(((Jwt)context.Variables["jwt"]).Subject)" />
        <quota-by-key calls="1000" renewal-period="3600" counter-key="@(context.Request.IpAddress)" />
        """,
        "allow",
    ),
    (
        "a token from the cache or from a token endpoint",
        """
        <cache-lookup-value key="@("tok-" + context.Subscription.Id)" variable-name="bearer" />
        <choose>
        <when condition="@(!context.Variables.ContainsKey("bearer"))">
        <send-request mode="new" response-variable-name="resp" timeout="20" ignore-error="true">
        <set-url>https://login.example/token</set-url>
        <set-method>POST</set-method>
        </send-request>
        <set-variable name="bearer"
        value="@((String)((IResponse)context.Variables["resp"]).Body.As<JObject>()["access_token"])" />
        </when>
        </choose>
        <set-header name="Authorization" exists-action="override">
        <value>@("Bearer " + (string)context.Variables["bearer"])</value>
        </set-header>
        """,
        "allow",
    ),
    (
        "a client certificate compared with those of the gateway",
        """
        <choose>
        <when condition="@(context.Request.Certificate == null || !context.Request.Certificate.Verify() ||
        !context.Deployment.Certificates.Any(c => c.Value.Thumbprint ==
        context.Request.Certificate.Thumbprint))">
        <return-response>
        <set-status code="403" reason="Invalid client certificate" />
        </return-response>
        </when>
        </choose>
        """,
        "undecided",
    ),
    (
        "an address made of the caller's path",
        """
        <set-variable name="p" value="@(context.Request.OriginalUrl.Path.Substring(1))"/>
        <rewrite-uri template="@("/api/" + context.Variables["p"])" />@@J@@
        """,
        "allow",
    ),
    (
        "hours of maintenance",
        """
        <choose>
        <when condition="@(DateTime.UtcNow.Hour < 6)">
        <return-response>
        <set-status code="503"/>
        </return-response>
        </when>
        </choose>@@J@@
        """,
        "allow",
    ),
    (
        "named values",
        """
        <validate-jwt header-name="Authorization" failed-validation-httpcode="401">
        <openid-config
        url="https://login.microsoftonline.com/{{aad-tenant}}/v2.0/.well-known/openid-configuration" />
        <required-claims>
        <claim name="aud" match="any">
        <value>{{client-id}}</value>
        </claim>
        </required-claims>
        </validate-jwt>
        """,
        "undecided",
    ),
    (
        "a product for trials",
        """
        <choose>
        <when condition="@(context.Subscription == null || context.Product?.Name == "Trial")">
        <return-response>
        <set-status code="402"/>
        </return-response>
        </when>
        </choose>@@J@@
        """,
        "undecided",
    ),
    (
        "a member of the body",
        """
        @@J@@<set-variable name="b" value="@(context.Request.Body.As<JObject>(preserveContent: true))" />
        <choose>
        <when condition="@(((JObject)context.Variables["b"])["amount"] == null)">
        <return-response>
        <set-status code="400"/>
        </return-response>
        </when>
        </choose>
        """,
        "undecided",
    ),
    (
        "a mock",
        """
        <mock-response status-code="200" content-type="application/json" />
        """,
        "allow",
    ),
    (
        "a fragment that is not here",
        """
        <include-fragment fragment-id="auth" />
        """,
        "undecided",
    ),
    (
        "a password for the back end",
        """
        @@J@@<authentication-basic username="{{u}}" password="{{p}}" />
        <set-header name="Accept-Encoding" exists-action="delete" />
        """,
        "allow",
    ),
    (
        "an identity of the gateway's own",
        """
        @@J@@<authentication-managed-identity resource="https://x.example" output-token-variable-name="mi"
        ignore-error="false"/>
        <set-header name="Authorization" exists-action="override">
        <value>@("Bearer " + (string)context.Variables["mi"])</value>
        </set-header>
        """,
        "allow",
    ),
    (
        "limits of language models",
        """
        @@J@@<azure-openai-token-limit counter-key="@(context.Subscription.Id)" tokens-per-minute="500"
        estimate-prompt-tokens="false" remaining-tokens-variable-name="left" />
        <set-backend-service backend-id="openai-pool" />
        <azure-openai-emit-token-metric namespace="x">
        <dimension name="Subscription ID" />
        </azure-openai-emit-token-metric>
        """,
        "allow",
    ),
    (
        "a correlation id and a trace",
        """
        @@J@@<set-header name="X-Correlation-Id" exists-action="skip">
        <value>@(Guid.NewGuid().ToString())</value>
        </set-header>
        <trace source="a" severity="information">
        <message>@(String.Format("{0} {1}", context.User?.Email, context.Operation.Name))</message>
        </trace>
        """,
        "allow",
    ),
    (
        "two requests at once",
        """
        <wait for="all">
        <send-request mode="copy" response-variable-name="a" timeout="10">
        <set-url>https://x/</set-url>
        </send-request>
        <cache-lookup-value key="k" variable-name="c" default-value="d" />
        </wait>
        <choose>
        <when condition="@(((IResponse)context.Variables["a"]).StatusCode != 200)">
        <return-response response-variable-name="a" />
        </when>
        </choose>
        """,
        "undecided",
    ),
    (
        "an audience made of the host",
        """
        <validate-jwt header-name="Authorization">
        <openid-config url="@@URL@@"/>
        <audiences>
        <audience>@("https://" + context.Request.OriginalUrl.Host)</audience>
        <audience>@@AUD@@</audience>
        </audiences>
        </validate-jwt>
        """,
        "allow",
    ),
    (
        "SOAP",
        """
        <set-header name="SOAPAction" exists-action="override">
        <value>"urn:x"</value>
        </set-header>
        <set-body template="liquid">
        <a>{{body.x}}</a>
        </set-body>@@J@@
        """,
        "allow",
    ),
    (
        "a header asked by its index",
        """
        <choose>
        <when condition="@(context.Request.Headers["X-Channel"].Contains("web"))">
        <trace source="x">
        <message>m</message>
        </trace>
        </when>
        </choose>@@J@@
        """,
        "allow",
    ),
    (
        "a literal that is taken for a Boolean",
        """
        <set-variable name="isAdmin" value="false" />@@J@@<choose>
        <when condition="@(context.Variables.GetValueOrDefault<bool>("isAdmin"))">
        <return-response>
        <set-status code="500"/>
        </return-response>
        </when>
        </choose>
        """,
        "undecided",
    ),
    (
        "a literal that is parsed",
        """
        <set-variable name="isAdmin" value="false" />@@J@@<choose>
        <when condition="@(bool.Parse((string)context.Variables["isAdmin"]))">
        <return-response>
        <set-status code="500"/>
        </return-response>
        </when>
        </choose>
        """,
        "allow",
    ),
    (
        "texts compared by Equals",
        """
        <set-variable name="env" value="prod" />@@J@@<choose>
        <when condition="@(context.Variables["env"].Equals("prod"))">
        <trace source="x">
        <message>m</message>
        </trace>
        </when>
        <otherwise>
        <return-response>
        <set-status code="500"/>
        </return-response>
        </otherwise>
        </choose>
        """,
        "allow",
    ),
    (
        "a path of a pattern",
        """
        <choose>
        <when condition="@(!Regex.IsMatch(context.Request.OriginalUrl.Path, "^/orders/v[0-9]+/"))">
        <return-response>
        <set-status code="404"/>
        </return-response>
        </when>
        </choose>@@J@@
        """,
        "allow",
    ),
    (
        "a role that ends in a star, for a tool that the path names",
        """
        @@J@@<set-variable name="tool" value="@(context.Request.OriginalUrl.Path.Trim('/').Split('/').Last())" />
        <set-variable name="may" value="@{
        var jwt = (Jwt)context.Variables["jwt"];
        if (jwt == null || !jwt.Claims.ContainsKey("roles")) { return false; }
        bool Fits(string role, string tool) {
        if (role.Equals(tool, StringComparison.OrdinalIgnoreCase)) { return true; }
        return role.EndsWith("*") && tool.StartsWith(role.Substring(0, role.Length - 1)); // don't ask for more
        }
        return jwt.Claims["roles"].Any(role => Fits(role, (string)context.Variables["tool"])); }" />
        <choose>
        <when condition="@(!(bool)context.Variables["may"])">
        <return-response>
        <set-status code="403" />
        </return-response>
        </when>
        </choose>
        """,
        "reject",
    ),
    (
        "several roles as one text",
        """
        @@J@@<choose>
        <when condition="@(!((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("roles", "").Contains("write"))">
        <return-response>
        <set-status code="403" />
        </return-response>
        </when>
        </choose>
        """,
        "allow",
    ),
    (
        "addresses in a claim, and what came of it in a header",
        """
        <set-header name="Address-Fits" exists-action="override">
        <value>@{ Boolean fits = true;
        if (context.Request.Headers.GetValueOrDefault("Authorization", "").Split(' ').Last().TryParseJwt(out Jwt jwt)) {
        IEnumerable<string> listed = jwt.Claims.GetValueOrDefault("addresses", "")
        .Split(new char[] { ';', ',' }, StringSplitOptions.RemoveEmptyEntries).Select(one => one.Trim());
        fits = !listed.Any() || listed.Contains(context.Request.IpAddress); }
        return fits.ToString(); }</value>
        </set-header>
        <choose>
        <when condition="@(context.Request.Headers.GetValueOrDefault("Address-Fits", "").Equals(Boolean.FalseString))">
        <return-response>
        <set-status code="403" />
        </return-response>
        </when>
        </choose>@@J@@
        """,
        "allow",
    ),
    (
        "people of basic authentication, in a template that nobody filled in",
        """
        <set-variable name="people" value="${people}" />
        <choose>
        <when condition="@(!((string)context.Variables["people"]).Split(';').Contains(
        context.Request.Headers.GetValueOrDefault("Authorization", "").AsBasic()?.UserId))">
        <return-response>
        <set-status code="401" />
        </return-response>
        </when>
        </choose>
        """,
        "undecided",
    ),
]


@pytest.mark.parametrize(("kind", "inbound", "verdict"), PUBLISHED, ids=[row[0] for row in PUBLISHED])
def test_a_policy_of_this_kind_is_told_rightly_or_left_open(kind, inbound, verdict):
    text = whole(inbound.replace("@@J@@", VALIDATE).replace("@@URL@@", URL).replace("@@AUD@@", AUDIENCE))
    stored = as_stored(read_text(text), NO_VALUES)
    assert not isinstance(stored, RefusedText), kind
    assert {one.code for one in stored.warnings} <= ADVICE
    sent = request(token(), url="https://gw.example/orders/v1/list?api-version=2")
    trace = judged(text, replace(sent, is_as_received=True))
    assert trace.verdict == verdict
    assert bool(trace.needs) or verdict != "undecided"

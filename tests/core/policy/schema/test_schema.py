"""What the gateway would not have stored."""

import pytest

from console.core.policy import schema
from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.values import Values, fill

JWT = '<validate-jwt header-name="Authorization" {}>{}</validate-jwt>'
AAD = '<validate-azure-ad-token tenant-id="t" {}>{}</validate-azure-ad-token>'
HEADER = '<check-header name="X" failed-check-httpcode="401" failed-check-error-message="m" {}>{}</check-header>'


def read(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def found(text: str) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.what, one.line) for one in schema.problems(read(text))]


ACCEPTED = [
    JWT.format("", ""),
    JWT.format('id="x" clock-skew="300" require-signed-tokens="1" require-expiration-time="0"', ""),
    JWT.format('clock-skew=" -5 " failed-validation-httpcode="+403"', ""),
    JWT.format(
        'clock-skew="{{skew}}" require-signed-tokens="@(context.X)" failed-validation-httpcode="@{ return 1; }"', ""
    ),
    JWT.format("", '<openid-config url="u"/><openid-config url="v" host="h" validate-connectivity="false"/>'),
    JWT.format(
        "", '<required-claims/><decryption-keys><key certificate-id="c"/></decryption-keys><openid-config url="u"/>'
    ),
    JWT.format("", "<audiences/><issuers/><issuer-signing-keys/>"),
    JWT.format(
        "", "<required-claims><claim/><claim name='a' match='any' separator=' '><value/></claim></required-claims>"
    ),
    JWT.format(
        "", '<issuer-signing-keys><key>a</key><key n="1" e="2" id="k"/><key certificate-id="c"/></issuer-signing-keys>'
    ),
    JWT.format("", "<issuer-signing-keys><zumo-master-key id='z'>a</zumo-master-key></issuer-signing-keys>"),
    JWT.format("", "<issuer-signing-tokens><token>a</token></issuer-signing-tokens>"),
    JWT.format("", "<decryption-keys><key>text</key></decryption-keys>"),
    '<validate-jwt query-parameter-name="q"/>',
    '<validate-jwt token-value="@(context.X)"/>',
    AAD.format("", ""),
    AAD.format('header-name="X" query-parameter-name="q" require-scheme="Bearer"', ""),
    AAD.format('allow-protected-forwarded-tokens="true" allow-proof-of-possession-tokens="0"', ""),
    AAD.format(
        "",
        "<required-claims><claim name='a'/></required-claims><audiences><audience>a</audience></audiences>"
        "<decryption-keys><key id='k' certificate-id='c'/></decryption-keys>"
        "<client-application-ids><application-id>a</application-id><application-id/></client-application-ids>",
    ),
    HEADER.format('ignore-case="1"', ""),
    HEADER.format('ignore-case="true" id="i"', "<value>a</value><value/>"),
    '<ip-filter action="forbid"><address>203.0.113.7</address><address-range from="::1" to="2001:db8::1"/></ip-filter>',
    '<ip-filter action="allow"><address>{{ip}}</address><address-range from="@(x)" to="{{y}}"/></ip-filter>',
    "<cors allow-credentials='true'><allowed-headers><header>*</header></allowed-headers>"
    "<allowed-origins><origin>*</origin></allowed-origins>"
    "<allowed-methods preflight-result-max-age='300'><method>GET</method></allowed-methods></cors>",
    '<rate-limit calls="1" renewal-period="60"><api name="a" calls="2"><operation id="o"/></api></rate-limit>',
    '<rate-limit-by-key calls="1" renewal-period="60" counter-key="@(x)" increment-condition="@(y)"/>',
    '<quota bandwidth="1" renewal-period="3600"/>',
    '<quota-by-key calls="1" renewal-period="3600" counter-key="k" first-period-start="2026-01-31T00:00:00Z"/>',
    '<set-header name="X" exists-action="delete"/>',
    '<set-header name="X" exists-action="@(x)"><value>a</value></set-header>',
    '<return-response><set-body>a<b/></set-body><set-header name="x"/><set-status code="401"/></return-response>',
    "<return-response response-variable-name='r'/>",
    '<mock-response status-code="200" content-type="application/json"/>',
    '<choose><when condition="true"/><when condition="@(x)"><base/></when><otherwise><base/></otherwise></choose>',
    '<include-fragment fragment-id="f"/>',
    '<get-authorization-context provider-id="p" authorization-id="a" context-variable-name="v" ignore-error="false"/>',
    '<authentication-managed-identity resource="r"/>',
    '<retry condition="@(x)" count="3" interval="0"><forward-request/></retry>',
    "<wait for='any'><send-request/></wait>",
    '<limit-concurrency key="k" max-count="3"><base/></limit-concurrency>',
    "<validate-client-certificate validate-trust='true'><identities><identity thumbprint='t'/></identities>"
    "</validate-client-certificate>",
    "<unknown-policy with='anything'>and text<x/></unknown-policy>",
    "<policies><inbound><base/></inbound><backend/><outbound/><on-error/></policies>",
    "<policies/>",
    "<fragment><base/></fragment>",
]


UNENDED = [
    ("<set-variable name='v' value='@(a(1)'/>", "value of <set-variable>"),
    ("<set-variable name='v' value='@{ return (1; }'/>", "value of <set-variable>"),
    ('<set-header name="X"><value>@("open)</value></set-header>', "the text of <value>"),
    ("<trace source='s'><message>@{ if (true) {</message></trace>", "the text of <message>"),
]


@pytest.mark.parametrize(("text", "where"), UNENDED)
def test_an_expression_that_never_ends_is_refused_and_not_repeated(text, where):
    [problem] = found(text)
    assert problem[:2] == ("expression", f"The expression in {where} has no end.")


@pytest.mark.parametrize("value", ["@(a(1))", "@(')'.ToString())", "a @( b", "@(1) and more", f"@({'x' * 600_000}"])
def test_an_expression_that_ends_or_is_none_or_is_too_long_to_judge_is_no_problem(value):
    assert found(f'<set-variable name="v" value="{value}"/>') == []


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_schemas_allow_is_no_problem(text):
    assert schema.problems(read(text)) == ()


REFUSED = [
    (JWT.format('clockskew="300"', ""), "unknown-attribute", "<validate-jwt> has no attribute clockskew."),
    (JWT.format('Clock-Skew="300"', ""), "unknown-attribute", "<validate-jwt> has no attribute Clock-Skew."),
    (JWT.format('tenant-id="t"', ""), "unknown-attribute", "<validate-jwt> has no attribute tenant-id."),
    (
        JWT.format('clock-skew="00:05:00"', ""),
        "wrong-value",
        'clock-skew of <validate-jwt> is "00:05:00"; it must be a whole number, such as 60.',
    ),
    (JWT.format('clock-skew="1.5"', ""), "wrong-value", 'is "1.5"; it must be a whole number'),
    (JWT.format('clock-skew=""', ""), "wrong-value", 'is ""; it must be a whole number'),
    (JWT.format('clock-skew="٣"', ""), "wrong-value", "it must be a whole number"),
    (JWT.format('require-signed-tokens="True"', ""), "wrong-value", 'is "True"; it must be true or false.'),
    (JWT.format('require-expiration-time="no"', ""), "wrong-value", 'is "no"; it must be true or false.'),
    (JWT.format('failed-validation-httpcode="4o1"', ""), "wrong-value", 'is "4o1"; it must be a whole number'),
    (JWT.format('output-token-variable-name=""', ""), "wrong-value", 'is ""; it must be a text that is not empty.'),
    ("<validate-jwt/>", "token-source", "does not say where the token is; it takes exactly one of header-name"),
    (JWT.format('token-value="x"', ""), "token-source", "has header-name and token-value; it takes exactly one"),
    (JWT.format("", "<audiences/><audiences/>"), "too-many", "<validate-jwt> has 2 <audiences>; it takes 1 at most."),
    (JWT.format("", "<issuers/><audiences/><issuers/>"), "too-many", "has 2 <issuers>"),
    (JWT.format("", "<openid-config/>"), "missing-attribute", "<openid-config> lacks the attribute url."),
    (JWT.format("", "<openid-config url='u' x='y'/>"), "unknown-attribute", "<openid-config> has no attribute x."),
    (JWT.format("", "<openid-config url='u'>t</openid-config>"), "stray-text", "<openid-config> holds text by itself"),
    (JWT.format("", "<openid-config url='u' validate-connectivity='no'/>"), "wrong-value", 'is "no"'),
    (JWT.format("", "<audience>a</audience>"), "unknown-element", "<validate-jwt> has no element audience."),
    (JWT.format("", "<audiences>a</audiences>"), "stray-text", "<audiences> holds text by itself, which it cannot."),
    (
        JWT.format("", "<audiences><issuer>a</issuer></audiences>"),
        "unknown-element",
        "<audiences> has no element issuer.",
    ),
    (
        JWT.format("", "<audiences><audience><b/></audience></audiences>"),
        "unknown-element",
        "<audience> has no element b.",
    ),
    (JWT.format("", "<audiences x='1'/>"), "unknown-attribute", "<audiences> has no attribute x."),
    (
        JWT.format("", "<issuer-signing-keys><key/></issuer-signing-keys>"),
        "key",
        "A <key> of issuer-signing-keys is empty.",
    ),
    (
        JWT.format("", "<issuer-signing-keys><key id='k' n='1'/></issuer-signing-keys>"),
        "key",
        "A <key> has n without e.",
    ),
    (
        JWT.format("", "<issuer-signing-keys><key e='1'>a</key></issuer-signing-keys>"),
        "key",
        "A <key> has e without n.",
    ),
    (JWT.format("", "<decryption-keys/>"), "missing-child", "<decryption-keys> has no <key>."),
    (
        JWT.format("", "<decryption-keys><key n='1'/></decryption-keys>"),
        "unknown-attribute",
        "<key> has no attribute n.",
    ),
    (
        JWT.format("", "<required-claims><claim match='some'/></required-claims>"),
        "wrong-value",
        'match of <claim> is "some"; it must be all or any.',
    ),
    (
        JWT.format("", "<required-claims><claim><valeu/></claim></required-claims>"),
        "unknown-element",
        "no element valeu.",
    ),
    (JWT.format("", "stray"), "stray-text", "<validate-jwt> holds text by itself"),
    ("<validate-azure-ad-token/>", "missing-attribute", "<validate-azure-ad-token> lacks the attribute tenant-id."),
    (AAD.format('clock-skew="1"', ""), "unknown-attribute", "<validate-azure-ad-token> has no attribute clock-skew."),
    (
        AAD.format("", "<openid-config url='u'/>"),
        "unknown-element",
        "<validate-azure-ad-token> has no element openid-config.",
    ),
    (AAD.format("", "<client-application-ids/>"), "missing-child", "<client-application-ids> has no <application-id>."),
    (
        AAD.format("", "<backend-application-ids/>"),
        "missing-child",
        "<backend-application-ids> has no <application-id>.",
    ),
    (AAD.format("", "<audiences/>"), "missing-child", "<audiences> has no <audience>."),
    (AAD.format("", "<required-claims/>"), "missing-child", "<required-claims> has no <claim>."),
    (
        AAD.format("", "<required-claims><claim/></required-claims>"),
        "missing-attribute",
        "<claim> lacks the attribute name.",
    ),
    (
        AAD.format("", "<decryption-keys><key/></decryption-keys>"),
        "missing-attribute",
        "<key> lacks the attribute certificate-id.",
    ),
    (
        AAD.format("", "<decryption-keys><key certificate-id='c'>a</key></decryption-keys>"),
        "stray-text",
        "<key> holds text",
    ),
    (HEADER.format("", ""), "missing-attribute", "<check-header> lacks the attribute ignore-case."),
    (
        HEADER.format('ignore-case="true"', "").replace('failed-check-httpcode="401" ', ""),
        "missing-attribute",
        "<check-header> lacks the attribute failed-check-httpcode.",
    ),
    (
        HEADER.format('ignore-case="true"', "").replace('failed-check-error-message="m" ', ""),
        "missing-attribute",
        "<check-header> lacks the attribute failed-check-error-message.",
    ),
    (
        HEADER.format('ignore-case="true"', "").replace('name="X" ', ""),
        "missing-attribute",
        "<check-header> lacks the attribute name.",
    ),
    (HEADER.format('ignore-case="False"', ""), "wrong-value", 'ignore-case of <check-header> is "False"'),
    (HEADER.format('ignore-case="true"', "<header/>"), "unknown-element", "<check-header> has no element header."),
    ('<ip-filter action="allow"/>', "missing-child", "lists neither an <address> nor an <address-range>."),
    ("<ip-filter><address>::1</address></ip-filter>", "missing-attribute", "<ip-filter> lacks the attribute action."),
    ("<rewrite-uri/>", "missing-attribute", "<rewrite-uri> lacks the attribute template."),
    ("<trace/>", "missing-attribute", "<trace> lacks the attribute source."),
    ("<set-backend-service/>", "missing-attribute", "<set-backend-service> has neither base-url nor backend-id."),
    (
        '<cache-store-value key="k" value="v"/>',
        "missing-attribute",
        "<cache-store-value> lacks the attribute duration.",
    ),
    (
        '<authentication-basic username="u"/>',
        "missing-attribute",
        "<authentication-basic> lacks the attribute password.",
    ),
    (
        '<ip-filter action="deny"><address>::1</address></ip-filter>',
        "wrong-value",
        'action of <ip-filter> is "deny"; it must be allow or forbid.',
    ),
    (
        "<ip-filter action='allow'><address>10.0.0.0/8</address></ip-filter>",
        "wrong-value",
        '<address> is "10.0.0.0/8", which is no IPv4 or IPv6',
    ),
    ("<ip-filter action='allow'><address>10.0.0.256</address></ip-filter>", "wrong-value", '<address> is "10.0.0.256"'),
    ("<ip-filter action='allow'><address/></ip-filter>", "wrong-value", '<address> is ""'),
    (
        '<ip-filter action="allow"><address-range from="a" to="::1"/></ip-filter>',
        "wrong-value",
        'from of <address-range> is "a"',
    ),
    (
        '<ip-filter action="allow"><address-range from="::1"/></ip-filter>',
        "missing-attribute",
        "<address-range> lacks the attribute to.",
    ),
    ("<cors/>", "missing-child", "<cors> has no <allowed-origins>."),
    ("<cors><allowed-origins/></cors>", "missing-child", "<allowed-origins> has no <origin>."),
    (
        "<cors allow-credentials='yes'><allowed-origins><origin>*</origin></allowed-origins></cors>",
        "wrong-value",
        'is "yes"',
    ),
    (
        "<cors><allowed-origins><origin>*</origin></allowed-origins>"
        "<allowed-methods preflight-result-max-age='-1'><method>*</method></allowed-methods></cors>",
        "wrong-value",
        'is "-1"; it must be a whole number, 0 or more.',
    ),
    ('<rate-limit renewal-period="60"/>', "missing-attribute", "<rate-limit> lacks the attribute calls."),
    ('<rate-limit calls="1"/>', "missing-attribute", "<rate-limit> lacks the attribute renewal-period."),
    (
        '<rate-limit calls="1" renewal-period="60"><api calls="1"/></rate-limit>',
        "missing-attribute",
        "<api> has neither name nor id.",
    ),
    ('<rate-limit-by-key calls="1" renewal-period="60"/>', "missing-attribute", "lacks the attribute counter-key."),
    (
        '<rate-limit-by-key calls="x" renewal-period="60" counter-key="k"/>',
        "wrong-value",
        'calls of <rate-limit-by-key> is "x"',
    ),
    ('<quota renewal-period="60"/>', "missing-attribute", "<quota> has neither calls nor bandwidth."),
    ('<quota calls="1"/>', "missing-attribute", "<quota> lacks the attribute renewal-period."),
    (
        '<quota-by-key calls="1" renewal-period="60"/>',
        "missing-attribute",
        "<quota-by-key> lacks the attribute counter-key.",
    ),
    (
        '<quota-by-key calls="1" renewal-period="60" counter-key="k" first-period-start="tomorrow"/>',
        "wrong-value",
        "it must be a date with a time",
    ),
    ("<set-header/>", "missing-attribute", "<set-header> lacks the attribute name."),
    (
        '<set-header name="x" exists-action="replace"/>',
        "wrong-value",
        "it must be override or append or skip or delete.",
    ),
    ("<set-variable name='x'/>", "missing-attribute", "<set-variable> lacks the attribute value."),
    (
        '<return-response><set-status code="0"/></return-response>',
        "wrong-value",
        'is "0"; it must be a whole number above 0.',
    ),
    ("<return-response><set-status/></return-response>", "missing-attribute", "<set-status> lacks the attribute code."),
    (
        '<return-response><set-status code="1"/><set-status code="2"/></return-response>',
        "too-many",
        "has 2 <set-status>",
    ),
    ("<return-response><base/></return-response>", "unknown-element", "<return-response> has no element base."),
    ('<mock-response status-code="ok"/>', "wrong-value", 'status-code of <mock-response> is "ok"'),
    ("<choose/>", "missing-child", "<choose> has no <when>."),
    ("<choose><otherwise/></choose>", "missing-child", "<choose> has no <when>."),
    ("<choose><when/></choose>", "missing-attribute", "<when> lacks the attribute condition."),
    ('<choose><when condition="x == 1"/></choose>', "wrong-value", 'condition of <when> is "x == 1"'),
    ('<choose><when condition="true"/><otherwise/><otherwise/></choose>', "too-many", "<choose> has 2 <otherwise>"),
    ('<choose><otherwise/><when condition="true"/></choose>', "child-order", "a <when> stands after <otherwise>."),
    ('<choose><when condition="true"/><base/></choose>', "unknown-element", "<choose> has no element base."),
    ("<include-fragment/>", "missing-attribute", "<include-fragment> lacks the attribute fragment-id."),
    ('<include-fragment fragment-id="f" x="y"/>', "unknown-attribute", "<include-fragment> has no attribute x."),
    ('<get-authorization-context provider-id="p" authorization-id="a"/>', "missing-attribute", "context-variable-name"),
    ("<authentication-managed-identity/>", "missing-attribute", "lacks the attribute resource."),
    ('<retry condition="@(x)" count="0" interval="1"/>', "wrong-value", 'count of <retry> is "0"'),
    ("<wait for='some'/>", "wrong-value", 'for of <wait> is "some"; it must be all or any.'),
    ('<limit-concurrency key="k"/>', "missing-attribute", "lacks the attribute max-count."),
    (
        "<validate-client-certificate><identities/></validate-client-certificate>",
        "missing-child",
        "<identities> has no <identity>.",
    ),
    ("<policies>text<inbound/></policies>", "stray-text", "There is text between the elements of <policies>."),
    (
        "<policies><inbound>x<base/></inbound></policies>",
        "stray-text",
        "There is text between the elements of <inbound>.",
    ),
    ("<fragment>x</fragment>", "stray-text", "There is text between the elements of <fragment>."),
    ("<policies><inbound/><inbound/></policies>", "section-twice", "The section <inbound> stands more than once."),
    ("<outbound/><outbound/>", "section-twice", "The section <outbound> stands more than once."),
    ("<policies><inbund/></policies>", "unknown-section", "<inbund> is no section of a policy document."),
    ("<policies><cors/></policies>", "unknown-section", "<cors> is no section of a policy document."),
    ("<inbound><outbound/></inbound>", "unknown-element", "<outbound> stands inside <inbound>; it is no policy."),
    ("<fragment><policies/></fragment>", "unknown-element", "<policies> stands inside <fragment>"),
]


@pytest.mark.parametrize(("text", "code", "what"), REFUSED, ids=[text[:60] for text, *_ in REFUSED])
def test_what_the_schemas_forbid_is_named(text, code, what):
    (problem,) = schema.problems(read(text))
    assert problem.code == code
    assert what in problem.what
    assert problem.what.endswith(".") and problem.do.endswith(".")


def test_a_whole_problem_says_what_to_write():
    assert schema.problems(read("\n" + JWT.format('clockskew="1"', ""))) == (
        PolicyProblem(
            "unknown-attribute",
            "<validate-jwt> has no attribute clockskew.",
            "Write clock-skew, or remove it.",
            2,
        ),
    )


@pytest.mark.parametrize(
    ("text", "do"),
    [
        (JWT.format('clock-skew="00:05:00"', ""), "Write the time in seconds: 5 minutes are 300."),
        (JWT.format('require-signed-tokens="FALSE"', ""), "Write false in small letters."),
        (JWT.format("", "<audiences>a</audiences>"), "Write it in a <audience>."),
        (JWT.format("", "<audiences/><audiences/>"), "Put their content into one."),
        ("<wait x='1'/>", "Remove it; what may stand there is id, for."),
        ("<validate-jwt/>", 'Write header-name="Authorization", or one of the others.'),
        (
            "<ip-filter action='allow'><address>10.0.0.0/8</address></ip-filter>",
            "for a network write <address-range> with from and to.",
        ),
    ],
)
def test_the_advice_fits_the_mistake(text, do):
    (problem,) = schema.problems(read(text))
    assert do in problem.do


def test_all_problems_are_told_in_the_order_of_their_lines():
    text = (
        "<policies>\n<inbound>\n<choose>\n<when condition='@(x)'>\n<validate-jwt x='1'/>\n</when>\n<otherwise>\n"
        "<retry condition='@(y)' count='1' interval='1'>\n<check-header/>\n</retry>\n</otherwise>\n</choose>\n"
        "</inbound>\n"
        "<on-error>\n<set-header/>\n</on-error>\n</policies>"
    )
    assert [(code, line) for code, _, line in found(text)] == [
        ("unknown-attribute", 5),
        ("token-source", 5),
        ("missing-attribute", 9),
        ("missing-attribute", 9),
        ("missing-attribute", 9),
        ("missing-attribute", 9),
        ("missing-attribute", 15),
    ]


def test_no_key_is_ever_shown():
    text = JWT.format(
        "",
        "<issuer-signing-keys>c2VjcmV0<key n='1'>c2VjcmV0</key><kee>c2VjcmV0</kee></issuer-signing-keys>"
        "<decryption-keys><key x='y'>c2VjcmV0<z/></key></decryption-keys>",
    )
    problems = schema.problems(read(text))
    assert len(problems) == 5
    assert "c2VjcmV0" not in repr(problems)


def test_types_are_checked_once_named_values_are_filled_in():
    document = read(JWT.format('clock-skew="{{skew}}"', ""))
    assert schema.problems(fill(document, Values({"skew": "300"}))) == ()
    (problem,) = schema.problems(fill(document, Values({"skew": "5m"})))
    assert '"5m"' in problem.what


@pytest.mark.parametrize("value", ["True", "anything", ""])
def test_what_an_expression_gives_is_not_checked(value):
    document = read(
        f'<choose><when condition="@(f())"/></choose>{JWT.format("clock-skew=" + chr(34) + "@(f())" + chr(34), "")}'
    )
    assert schema.problems(fill(document, Values(expressions={"@(f())": value}))) == ()


def test_the_number_of_problems_is_limited():
    assert len(schema.problems(read("<cors/>\n" * 1000))) == schema.MAX_PROBLEMS


def test_unknown_policies_are_found_where_policies_stand():
    text = (
        "<policies><inbound><base/><validate-jtw/><choose><when condition='@(x)'><one/><cors><not-one/></cors></when>"
        "<otherwise><retry><two/></retry></otherwise></choose><set-body><not/></set-body></inbound>"
        "<outbound><llm-token-limit/><wait><three/></wait></outbound></policies>"
    )
    assert [element.name for element in schema.unknown_policies(read(text))] == ["validate-jtw", "one", "two", "three"]

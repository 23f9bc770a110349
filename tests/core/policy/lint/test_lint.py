"""Every rule of the lint: said where it is deserved, at the right place, and not of its neighbours."""

import importlib
import pkgutil

import pytest

from console.core.policy import lint as package
from console.core.policy.lint import RULES, lint
from console.core.policy.lint.base import MAX_PLACES, MAX_TOKEN_POLICIES, Rule, ground_of
from console.core.policy.text.document import PolicyDocument, read_policy
from console.sandbox.defaults import sample_catalogue
from tests.core.policy import lint_texts as texts
from tests.core.policy.lint_texts import ANSWER, AS_JWT, KEY_256, ROWS, V2, header, jwt, keys, variable, when, whole

PACKAGE = package.__name__


def warned(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return lint(document)


def codes(text):
    return {one.code for one in warned(text)}


@pytest.mark.parametrize("code", ROWS)
def test_a_policy_that_deserves_a_warning_gets_it_at_its_place(code):
    text, path, _ = ROWS[code]
    assert (code, path) in {(one.code, one.path) for one in warned(text)}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, (_, _, others) in ROWS.items() for text in others])
def test_the_neighbours_of_that_policy_do_not(code, text):
    assert code not in codes(text)


def test_a_careful_policy_gets_no_warning_at_all():
    assert codes(whole(jwt())) == set()
    assert codes(whole(texts.entra())) == set()


def test_every_rule_of_the_package_is_listed_and_its_code_is_tested():
    modules = [importlib.import_module(found.name) for found in pkgutil.iter_modules(package.__path__, f"{PACKAGE}.")]
    rules = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Rule)}
    assert sorted(rule.code for rule in rules.values()) == sorted(rule.code for rule in RULES) == sorted(ROWS)


def test_sentences_name_the_values_at_issue():
    found = {one.code: one.text for one in warned(jwt(texts.claims(texts.claim("azp", "one", "two", extra=""))))}
    assert (
        found["match-all-single-valued"]
        == "azp has one value in a token, but the policy wants one and two all at once."
    )


def test_several_findings_of_one_kind_are_one_warning():
    found = warned(jwt(texts.claims(texts.claim("scp", "a"), texts.claim("scope", "b"))))
    assert len({(one.code, one.path) for one in found}) == len(found)
    both = next(one.text for one in found if one.code == "scope-separator")
    assert "scp holds" in both
    assert "scope holds" in both


def test_paths_count_policies_of_one_name_in_their_branch():
    text = whole(jwt() + when(jwt() + jwt(audiences=""), otherwise=jwt(audiences="")))
    paths = [one.path for one in warned(text) if one.code == "audience-not-checked"]
    assert paths == ["inbound/choose[1]/when[1]/validate-jwt[2]", "inbound/choose[1]/otherwise[1]/validate-jwt[1]"]


def test_more_than_four_values_are_counted():
    text = jwt(texts.claims(texts.claim("roles", *"abcdef", extra="")))
    assert "a, b, c, d and 2 more" in next(one.text for one in warned(text) if one.code == "match-default-all")


SECRET = "Zm9vYmFyOnN3b3JkZmlzaA"
SECRETS = [
    keys(SECRET),
    jwt(f"<decryption-keys><key>{SECRET}</key></decryption-keys>"),
    header("Authorization", f"Basic {SECRET}"),
    header("Ocp-Apim-Subscription-Key", SECRET),
    header("Authorization", f"@(&quot;Basic {SECRET}&quot;)"),
    header("Authorization", f"@(Convert.ToBase64String(Encoding.UTF8.GetBytes(&quot;user:{SECRET}&quot;)))"),
    f'<set-query-parameter name="code"><value>{SECRET}</value></set-query-parameter>',
    f'<authentication-basic username="u" password="{SECRET}" />',
    f'<set-backend-service base-url="https://f.example/api?code={SECRET}" />',
    f"<send-request><set-body>grant_type=client_credentials&amp;client_secret={SECRET}</set-body></send-request>",
    f"<send-request><set-body>@(&quot;client_secret={SECRET}&quot;)</set-body></send-request>",
    f"<send-request>{header('Authorization', f'Bearer {SECRET}')}</send-request>",
    f'<set-body>{{"password": "{SECRET}"}}</set-body>',
    when(f'<authentication-basic username="u" password="{SECRET}" />'),
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_in_the_text_is_found_and_never_shown(text):
    found = warned(whole(text))
    assert "secret-in-policy" in {one.code for one in found}
    assert SECRET not in repr(found)


HARMLESS = [
    header("Authorization", "{{basic-credentials}}"),
    header("Authorization", "@(&quot;Bearer &quot; + (string)context.Variables[&quot;token&quot;])"),
    header("X-CSRF-Token", "fetch"),
    '<authentication-basic username="u" password="{{password}}" />',
    "<send-request><set-body>@(&quot;client_secret=&quot; + context.Variables[0])</set-body></send-request>",
    "<send-request><set-body>client_secret={{client-secret}}&amp;scope=x</set-body></send-request>",
    '<set-backend-service base-url="https://f.example/api?code={{function-key}}" />',
    '<check-header name="X-Caller" failed-check-httpcode="400"><value>batch-portal</value></check-header>',
    "<set-body>Your password is no longer valid</set-body>",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_a_secret_is_left_alone(text):
    assert "secret-in-policy" not in codes(whole(text))


UNVERIFIED = {
    "another header than the verified one": (jwt() + variable(texts.OTHER_AS_JWT), True),
    "a token that another service has sent": (
        variable(
            "@(((IResponse)context.Variables[&quot;r&quot;]).Body.As<string>().AsJwt().Subject)".replace("<", "&lt;")
        ),
        False,
    ),
    "verified in one branch only": (when(jwt()) + variable(texts.AS_JWT), True),
    "in a condition before the token policy": (when(jwt(), condition=texts.AS_JWT) + jwt(), True),
    "verified by token-value": (jwt(attributes='token-value="{{t}}"') + variable(texts.AS_JWT), False),
    "literal text that is no expression": (variable("x.AsJwt()"), False),
    "inside a retry below the token policy": (f"<retry>{jwt()}{variable(texts.AS_JWT)}</retry>", False),
}


@pytest.mark.parametrize(("text", "is_said"), UNVERIFIED.values(), ids=UNVERIFIED)
def test_a_token_counts_as_verified_only_where_a_policy_has_certainly_verified_it(text, is_said):
    assert ("unverified-token" in codes(whole(text))) is is_said


ISSUERS = {
    f"https://sts.windows.net/{texts.TENANT}/": False,
    f"https://sts.windows.net/{texts.TENANT}": True,
    f"https://sts.windows.net/{texts.TENANT.upper()}/": True,
    f"https://login.microsoftonline.com/{texts.TENANT}/v2.0": False,
    f"https://login.microsoftonline.com/{texts.TENANT}/v2.0/": True,
    f"https://login.microsoftonline.com/{texts.TENANT}/": True,
    f"https://login.windows.net/{texts.TENANT}/": True,
    "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0": True,
    f"https://login.microsoftonline.us/{texts.TENANT}/v2.0": False,
    f"https://contoso.b2clogin.com/{texts.TENANT}/v2.0/": False,
    "https://id.example/realms/main": False,
}


@pytest.mark.parametrize(("issuer", "is_said"), ISSUERS.items())
def test_an_issuer_that_entra_never_writes_is_named_with_the_right_one(issuer, is_said):
    found = {one.code: one.text for one in warned(jwt(issuers=[issuer]))}
    assert ("issuer-form" in found) is is_said
    assert not is_said or "it writes https://" in found["issuer-form"]


PLACEHOLDERS = whole(
    header("{{header}}", "{{value}}")
    + '<validate-jwt header-name="{{header}}" require-scheme="{{scheme}}" clock-skew="{{skew}}"'
    ' failed-validation-httpcode="{{status}}" require-signed-tokens="@(true)" require-expiration-time="{{exp}}">'
    '<openid-config url="{{metadata}}" />'
    "<audiences><audience>@(context.Request.OriginalUrl.Host)</audience></audiences>"
    "<issuers><issuer>{{issuer}}</issuer></issuers>"
    '<required-claims><claim name="{{claim}}" match="{{match}}"><value>{{a}}</value><value>{{a}}</value></claim>'
    '<claim name="azp"><value>{{a}}</value><value>{{b}}</value></claim></required-claims></validate-jwt>'
)


def test_placeholders_are_never_judged():
    assert codes(PLACEHOLDERS) == set()


@pytest.mark.parametrize("index", [0, 1])
def test_the_samples_of_the_product_are_clean(index):
    api = sample_catalogue("a seed").state.gateway_apis[index]
    text = api.policy.replace("{sandbox}", "https://console.example/sandbox/w1").replace(
        "{sandbox-clients}", f"<value>{texts.CLIENT}</value>"
    )
    assert codes(text) == {"hidden-scope"}


HOSTILE = {
    "many policies": "<inbound>" + (header("Authorization", "x") + jwt(attributes=texts.OUTPUT)) * 4000 + "</inbound>",
    "many claims": jwt(texts.claims(*(texts.claim("azp", f"v{i % 7}") for i in range(6000)))),
    "many issuers": jwt(issuers=[f"https://login.h{i}.example/" for i in range(6000)]),
    "a long list in one value": jwt(audiences=texts.audiences("a," * 300_000)),
    "deep branches": whole("<choose><when>" * 45 + jwt() + "</when></choose>" * 45),
    "a status beyond all numbers": whole(jwt(), on_error=f'<set-status code="{"9" * 5000}" reason="x"/>'),
    "much text that looks like a secret": whole("<set-body>" + "client_secret = " * 20_000 + "</set-body>"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_linted_with_bounded_work(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument)
    ground = ground_of(document)
    assert (len(ground.places) <= MAX_PLACES, len(ground.token_policies) <= MAX_TOKEN_POLICIES) == (True, True)
    assert max((len(one.text) for one in lint(document)), default=0) < 5000


def test_metadata_of_entra_is_recognised_with_parameters():
    assert "metadata-address" not in codes(jwt(url=f"{V2}?appid=1"))


def test_an_inline_key_that_is_strong_is_only_a_secret():
    assert codes(
        jwt(
            "<issuer-signing-keys><key>" + KEY_256 + "</key></issuer-signing-keys>", url="", issuers=["i"], audiences=""
        )
    ) == {
        "secret-in-policy",
        "audience-not-checked",
        "element-order",
    }


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        ("", ["inbound/choose[1]/when[1]"]),
        ('<set-header name="a"><value>b</value></set-header>', ["inbound/choose[1]/when[1]"]),
        (jwt(), []),
        (ANSWER, []),
    ],
    ids=["none", "unverified", "verified", "refused"],
)
def test_a_condition_reads_an_unverified_token_unless_every_branch_verifies_or_refuses(otherwise, told):
    document = read_policy(whole(when(jwt(), condition=AS_JWT, otherwise=otherwise)))
    assert [one.path for one in lint(document) if one.code == "unverified-token"] == told

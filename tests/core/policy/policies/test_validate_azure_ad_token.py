"""validate-azure-ad-token: both token versions of one tenant, and a body that never says why."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import UNREACHABLE, MetadataView, Outcome, Verdict
from console.core.policy.policies import validate_azure_ad_token
from console.core.policy.text.values import Values
from console.core.tokens.keys import MAX_KEYS, read_jwks
from tests.core.policy.builders import (
    NOW,
    failed,
    judged,
    key,
    outcome_of,
    reported,
    request,
    token,
    unsure,
    view,
    warnings,
)
from tests.core.policy.tokens import CLAIMS, encrypted, jwk, pem, unsigned

TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
OTHER = "11111111-2222-4333-8444-555555555555"
PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"
API = "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab"
GLOBAL = "https://login.microsoftonline.com"
V2, V1 = f"{GLOBAL}/{TENANT}/v2.0", f"https://sts.windows.net/{TENANT}/"
CIAM = f"https://contoso.ciamlogin.com/{TENANT}/v2.0"
WELL_KNOWN = "/.well-known/openid-configuration"
CLIENTS = (
    "<client-application-ids><application-id>client-0</application-id>"
    "<application-id>client-1</application-id></client-application-ids>"
)


def _metadata(name=TENANT, endpoint=GLOBAL, v2=V2, v1=V1):
    """Metadata under the address of a tenant, of both versions; None leaves one out."""
    issuers = {f"{endpoint}/{name}/v2.0{WELL_KNOWN}": v2, f"{endpoint}/{name}{WELL_KNOWN}": v1}
    return {url: view(issuer=issuer) for url, issuer in issuers.items() if issuer}


METADATA = _metadata()
US = "https://login.microsoftonline.us"
TEMPLATES = {"v2": f"{GLOBAL}/{{tenantid}}/v2.0", "v1": "https://sts.windows.net/{tenantid}/"}


def _policy(children=CLIENTS, attributes="", tenant=TENANT):
    return f'<validate-azure-ad-token tenant-id="{tenant}" {attributes}>{children}</validate-azure-ad-token>'


def _ids(kind, *names):
    return f"<{kind}>{''.join(f'<application-id>{name}</application-id>' for name in names)}</{kind}>"


def _token(**changes):
    return token(**{"iss": V2, "tid": TENANT, **changes})


def _v1(**changes):
    return _token(**{"iss": V1, "ver": "1.0", "azp": None, "appid": "client-1", **changes})


def _of(tenant, **changes):
    return _token(**{"iss": V2.replace(TENANT, tenant), "tid": tenant, **changes})


def _judged(text, sent, metadata=None, **given):
    return judged(text, request(sent), metadata=METADATA if metadata is None else metadata, **given)


GOOD = [
    ("v2", _policy(), _token(), None),
    ("v1", _policy(), _v1(), None),
    ("v2 with its own metadata alone", _policy(), _token(), _metadata(v1=None)),
    ("v1 with its own metadata alone", _policy(), _v1(), _metadata(v2=None)),
    ("tenant in capitals", _policy(tenant=TENANT.upper()), _token(), _metadata(TENANT.upper())),
    ("tenant as a URL", _policy(tenant=f"{GLOBAL}/{TENANT}/"), _token(), None),
    (
        "tenant as a URL of another cloud",
        _policy(tenant=f"{US}/{TENANT}"),
        _token(iss=f"{US}/{TENANT}/v2.0"),
        _metadata(endpoint=US, v2=f"{US}/{TENANT}/v2.0"),
    ),
    ("a domain whose metadata was given", _policy(tenant="contoso.example"), _token(), _metadata("contoso.example")),
    ("a domain, v1", _policy(tenant="contoso.example"), _v1(), _metadata("contoso.example")),
    (
        "any organisation, its metadata",
        _policy(tenant="organizations"),
        _token(),
        _metadata("organizations", **TEMPLATES),
    ),
    ("any organisation, the tenant's metadata", _policy(tenant="organizations"), _token(), None),
    ("any organisation, v1 under common", _policy(tenant="organizations"), _v1(), _metadata("common", **TEMPLATES)),
    (
        "any organisation as a URL",
        _policy(tenant=f"{GLOBAL}/organizations"),
        _token(),
        _metadata("organizations", **TEMPLATES),
    ),
    ("anybody", _policy(tenant="common"), _of(PERSONAL), _metadata("common", **TEMPLATES)),
    (
        "personal accounts",
        _policy(tenant="consumers"),
        _of(PERSONAL),
        _metadata("consumers", v2=V2.replace(TENANT, PERSONAL)),
    ),
    (
        "endpoint without https",
        _policy(attributes='authentication-endpoint="login.microsoftonline.com/"'),
        _token(),
        None,
    ),
    (
        "a national cloud",
        _policy(attributes=f'authentication-endpoint="{US}"'),
        _token(iss=f"{US}/{TENANT}/v2.0"),
        _metadata(endpoint=US, v2=f"{US}/{TENANT}/v2.0"),
    ),
    ("tenantId instead of tid", _policy(), _token(tid=None, tenantId=TENANT), None),
    ("audience", _policy(f"<audiences><audience>{API}</audience></audiences>"), _token(), None),
    ("back end by id", _policy(_ids("backend-application-ids", API.upper())), _token(), None),
    ("back end by App ID URI", _policy(_ids("backend-application-ids", API)), _token(aud=f"api://{API}"), None),
    ("both lists", _policy(CLIENTS + _ids("backend-application-ids", "x", API)), _token(), None),
    ("client in capitals", _policy(_ids("client-application-ids", OTHER)), _token(azp=OTHER.upper()), None),
]


@pytest.mark.parametrize(("what", "text", "sent", "metadata"), GOOD, ids=[row[0] for row in GOOD])
def test_a_token_of_the_tenant_passes(what, text, sent, metadata):
    trace = _judged(text, sent, metadata)
    assert (trace.verdict, unsure(trace), trace.identity is None) == (Verdict.ALLOW, set(), False)


BAD = [
    ("another client", _policy(), _token(azp="x"), ["client-application"]),
    ("no client", _policy(), _token(azp=None), ["client-application"]),
    ("a v2 token is judged by azp alone", _policy(), _token(azp=None, appid="client-1"), ["client-application"]),
    ("a v1 token is judged by appid alone", _policy(), _v1(appid=None, azp="client-1"), ["client-application"]),
    ("another tenant", _policy(), _of(OTHER), ["issuer", "tenant"]),
    ("no tenant", _policy(), _token(tid=None, iss="https://login.example"), ["issuer", "tenant"]),
    ("an issuer that names another tenant", _policy(), _token(tid=OTHER), ["issuer", "tenant"]),
    ("no issuer", _policy(), _token(iss=None), ["issuer"]),
    ("the issuer of the other version", _policy(), _token(iss=V1), ["issuer"]),
    ("v1 with a v2 issuer", _policy(), _v1(iss=V2), ["issuer"]),
    ("a slash more", _policy(), _token(iss=V2 + "/"), ["issuer"]),
    ("another cloud", _policy(), _token(iss=f"{US}/{TENANT}/v2.0"), ["issuer"]),
    ("expired: no skew", _policy(), _token(exp=NOW - 301), ["expiry"]),
    ("not yet valid", _policy(), _token(nbf=NOW + 301), ["not-before"]),
    ("no exp", _policy(), _token(exp=None), ["expiration-present"]),
    ("tampered", _policy(), _token(signer="b1"), ["signature"]),
    ("unknown key", _policy(), _token(kid="c1", signer="c1"), ["key-found"]),
    (
        "not signed",
        _policy(),
        unsigned({"alg": "none"}, {**CLAIMS, "iss": V2, "tid": TENANT, "azp": "client-1"}),
        ["signature"],
    ),
    ("another audience", _policy("<audiences><audience>x</audience></audiences>"), _token(), ["audience"]),
    ("another back end", _policy(_ids("backend-application-ids", "x")), _token(), ["backend-application"]),
    (
        "both lists, one fails",
        _policy(CLIENTS + _ids("backend-application-ids", "x")),
        _token(),
        ["backend-application"],
    ),
    (
        "both lists, the other fails",
        _policy(CLIENTS + _ids("backend-application-ids", API)),
        _token(azp="x"),
        ["client-application"],
    ),
    ("no audience", _policy(_ids("backend-application-ids", "{{x}}")), _token(aud=None), ["backend-application"]),
    (
        "no client, whoever is accepted",
        _policy(_ids("client-application-ids", "{{x}}")),
        _token(azp=None),
        ["client-application"],
    ),
    (
        "a missing role",
        _policy('<required-claims><claim name="roles"><value>admin</value></claim></required-claims>'),
        _token(),
        ["required-claim:roles"],
    ),
    ("opaque", _policy(), "opaque", ["well-formed"]),
    ("encrypted without keys", _policy(), encrypted("x"), ["well-formed"]),
    ("everything", _policy(), _of(OTHER, exp=NOW - 500, azp="x"), ["expiry", "issuer", "tenant", "client-application"]),
]


@pytest.mark.parametrize(("what", "text", "sent", "checks"), BAD, ids=[row[0] for row in BAD])
def test_the_body_does_not_say_what_the_checks_do(what, text, sent, checks):
    trace = _judged(text, sent)
    told = {""} if what.endswith(" alone") else set()  # the client is named in the claim of the other version
    assert (failed(trace), reported(trace)[0], unsure(trace)) == (checks, checks[0], told)
    assert (trace.status, trace.body) == (401, error_body(401, "Invalid Azure AD JWT"))


ISSUERS = [
    ("a B2C policy", _token(iss=f"https://x.b2clogin.com/tfp/{TENANT}/p/v2.0"), "IDX40002"),
    ("no tenant at all", _token(tid=None, iss="https://login.example"), "IDX40003"),
    ("not its own tenant", _token(tid=OTHER), "IDX40004"),
    ("another cloud", _token(iss=f"{US}/{TENANT}/v2.0"), "IDX40001"),
    ("a customer tenant", _token(iss=CIAM), "IDX40001"),
    ("none", _token(iss=None), "IDX10211"),
]


@pytest.mark.parametrize(("what", "sent", "code"), ISSUERS, ids=[row[0] for row in ISSUERS])
def test_an_issuer_is_refused_with_the_code_of_the_entra_validator(what, sent, code):
    assert reported(_judged(_policy(), sent)) == ("issuer", "TokenIssuerNotAllowed", code)


def test_personal_accounts_belong_to_no_organisation():
    trace = _judged(_policy(tenant="organizations"), _of(PERSONAL), _metadata("organizations", **TEMPLATES))
    assert (failed(trace), trace.body) == (["tenant"], error_body(401, "Invalid Azure AD JWT"))


@pytest.mark.parametrize("metadata", [METADATA, {}], ids=["given", "not given"])
def test_a_customer_tenant_is_not_supported_and_that_is_said(metadata):
    trace = _judged(_policy(), _token(iss=CIAM), metadata)
    assert (trace.verdict, "external-id-token" in warnings(trace)) == (Verdict.REJECT, True)


ABSENT = [
    ("no header", _policy(), request()),
    ("an empty header", _policy(), request("")),
    ("no own header", _policy(attributes='header-name="X-Token"'), request(_token())),
    ("no parameter", _policy(attributes='query-parameter-name="jwt"'), request(_token())),
    (
        "another scheme than wanted",
        _policy(attributes='require-scheme="Bearer"'),
        request(headers=(("Authorization", "Basic eA=="),)),
    ),
]


@pytest.mark.parametrize(("what", "text", "sent"), ABSENT, ids=[row[0] for row in ABSENT])
def test_a_missing_token_has_a_body_of_its_own(what, text, sent):
    trace = judged(text, sent, metadata=METADATA)
    assert (trace.reason, trace.body) == ("TokenNotPresent", error_body(401, "Azure AD JWT not present"))


PLACES = [
    ("an own header", 'header-name="X-Token"', {"headers": (("x-token", _token()),)}),
    ("a parameter", 'query-parameter-name="jwt"', {"url": f"https://gw.example/orders?jwt={_token()}"}),
    ("a value", 'token-value="@(given)"', {}),
]


@pytest.mark.parametrize(("what", "attributes", "sent"), PLACES, ids=[row[0] for row in PLACES])
def test_the_token_is_taken_from_where_the_policy_says(what, attributes, sent):
    values = Values(expressions={"@(given)": _token()})
    assert judged(_policy(attributes=attributes), request(**sent), metadata=METADATA, values=values).verdict is (
        Verdict.ALLOW
    )


def test_status_and_message_of_the_policy_are_used():
    text = _policy(attributes='failed-validation-httpcode="403" failed-validation-error-message="No"')
    for sent in (request(), request(_token(azp="x"))):
        trace = judged(text, sent, metadata=METADATA)
        assert (trace.status, trace.body) == (403, error_body(403, "No"))


SECONDS = [(1, True), (300, True), (301, False)]


@pytest.mark.parametrize(("late_s", "is_open"), SECONDS)
def test_whether_five_minutes_are_forgiven_is_a_switch(late_s, is_open):
    sent = _token(exp=NOW - late_s)
    strict, lenient = (_judged(_policy(), sent, switches={"entra-skew": one}) for one in ("none", "five-minutes"))
    assert (failed(strict), lenient.verdict) == (["expiry"], Verdict.ALLOW if is_open else Verdict.REJECT)
    assert ("entra-skew" in unsure(strict), "entra-skew" in unsure(lenient)) == (is_open, is_open)


@pytest.mark.parametrize("ver", [None, "3.0"])
def test_a_token_that_does_not_name_its_version_follows_its_switch(ver):
    sent = _token(ver=ver)
    by_issuer = _judged(_policy(), sent, _metadata(v1=None))
    refused = _judged(_policy(), sent, switches={"entra-version": "refused"})
    assert (by_issuer.verdict, failed(refused), refused.reason) == (Verdict.ALLOW, ["well-formed"], "JwtInvalid")
    assert unsure(by_issuer) == unsure(refused) == {"entra-version"}


V2_URL = f"{GLOBAL}/{TENANT}/v2.0{WELL_KNOWN}"
OPEN = [
    ("no metadata", _policy(), _token(), {}, V2_URL),
    ("metadata of the other version only", _policy(), _token(), _metadata(v2=None), V2_URL),
    ("a domain", _policy(tenant="contoso.example"), _token(), {}, "contoso.example"),
    ("what looks like a URL and is none", _policy(tenant="https://[x"), _token(), {}, "https://[x"),
    ("a host that no URL may have", _policy(tenant="https://\u2100/a"), _token(), {}, "https://\u2100/a"),
    ("any organisation", _policy(tenant="organizations"), _token(), {}, f"{GLOBAL}/organizations/v2.0{WELL_KNOWN}"),
    ("a tenant nobody knows", _policy(tenant="{{tenant}}"), _token(), None, "tenant-id: {{tenant}}"),
    (
        "an endpoint nobody knows",
        _policy(attributes='authentication-endpoint="@(a.b)"'),
        _token(),
        None,
        "authentication-endpoint: @(a.b)",
    ),
    ("a client nobody knows", _policy(_ids("client-application-ids", "{{client}}")), _token(), None, "{{client}}"),
    ("a back end nobody knows", _policy(_ids("backend-application-ids", "{{api}}")), _token(), None, "{{api}}"),
    (
        "an audience nobody knows",
        _policy("<audiences><audience>@(a.b)</audience></audiences>"),
        _token(),
        None,
        "@(a.b)",
    ),
]


@pytest.mark.parametrize(("what", "text", "sent", "metadata", "need"), OPEN, ids=[row[0] for row in OPEN])
def test_what_is_missing_leaves_the_answer_open(what, text, sent, metadata, need):
    trace = _judged(text, sent, metadata)
    assert (trace.verdict, need in trace.needs) == (Verdict.UNDECIDED, True)


def _with_keys(*jwks):
    """The metadata of both versions with these keys; none: it was given without any."""
    keyset = read_jwks({"keys": list(jwks)}) if jwks else None
    return {url: MetadataView(known.issuer, keyset) for url, known in METADATA.items()}


FOREIGN = [jwk(key("b1").public_key(), kid=f"k{number}") for number in range(MAX_KEYS)]
KEYS_LEFT_OUT = [
    ("none given", (), f"keys of {V2_URL}"),
    ("too many", (*FOREIGN, jwk(key().public_key(), kid="a1")), f"keys of {V2_URL}: they are more than are read here"),
]


@pytest.mark.parametrize(("what", "jwks", "need"), KEYS_LEFT_OUT, ids=[row[0] for row in KEYS_LEFT_OUT])
def test_keys_that_are_not_here_leave_the_answer_open(what, jwks, need):
    trace = _judged(_policy(), _token(), _with_keys(*jwks))
    assert (trace.verdict, outcome_of(trace, "key-found")) == (Verdict.UNDECIDED, Outcome.UNKNOWN)
    assert any(one.startswith(need) for one in trace.needs)


def test_the_keys_of_one_version_are_those_of_the_other():
    metadata = {**METADATA, f"{GLOBAL}/{TENANT}{WELL_KNOWN}": MetadataView(V1)}
    trace = _judged(_policy(), _token(kid="new", signer="b1"), metadata)
    assert (trace.verdict, failed(trace)) == (Verdict.REJECT, ["key-found"])


def test_a_certain_failure_is_a_refusal_whatever_is_missing():
    trace = _judged(_policy(tenant="contoso.example"), _token(exp=NOW - 500), {})
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenExpired")


def test_metadata_out_of_reach_refuses_and_is_said():
    trace = _judged(_policy(), _token(), {V2_URL: UNREACHABLE})
    assert (failed(trace), reported(trace)[2]) == (["key-found"], "IDX10500")
    assert "metadata-unreachable" in warnings(trace)
    assert outcome_of(trace, "issuer") is Outcome.UNKNOWN


def test_a_token_whose_own_metadata_is_out_of_reach_does_not_pass_by_the_keys_of_the_other_version():
    known = {**_metadata(), V2_URL: UNREACHABLE}
    evil = _judged(_policy(), _token(iss=f"https://evil.example/{TENANT}/v2.0"), known)
    assert (evil.verdict, evil.needs) == (Verdict.UNDECIDED, (V2_URL,))


def test_an_encrypted_token_is_opened_and_judged():
    keys = '<decryption-keys><key certificate-id="dec" /></decryption-keys>'
    values = Values(certificates={"dec": pem("b1", with_key=True)})
    assert _judged(_policy(CLIENTS + keys), encrypted(_token()), values=values).verdict is Verdict.ALLOW
    late = encrypted(_token(exp=NOW - 500))
    assert failed(_judged(_policy(CLIENTS + keys), late, values=values)) == ["expiry"]


TOLD = [
    ("no audiences", _policy(), True),
    ("audiences", _policy(f"<audiences><audience>{API}</audience></audiences>"), False),
    ("back ends", _policy(_ids("backend-application-ids", API)), False),
]


@pytest.mark.parametrize(("what", "text", "is_told"), TOLD, ids=[row[0] for row in TOLD])
def test_an_unchecked_audience_is_said(what, text, is_told):
    assert ("audience-not-checked" in warnings(_judged(text, _token()))) is is_told


def test_a_signature_taken_as_valid_needs_no_key():
    assert _judged(_policy(), _token(signer="b1"), assumes_signature=True).verdict is Verdict.ALLOW


def test_the_policy_names_its_reference():
    assert validate_azure_ad_token.POLICY.source.endswith("validate-azure-ad-token")

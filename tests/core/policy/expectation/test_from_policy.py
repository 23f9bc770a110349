"""From a policy to what the API expects, and back: the same tokens pass."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from console.core.api import Expectation
from console.core.compare import same_id
from console.core.policy.engine.caller_rule import rule_in
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import MetadataView, Verdict
from console.core.policy.engine.trial import Trial
from console.core.policy.expectation.from_policy import expectation_of
from console.core.policy.expectation.to_policy import UnwritablePolicy, WrittenPolicy, policy_of
from console.core.policy.lint import lint
from console.core.policy.schema import problems
from console.core.policy.text.document import PolicyDocument, read_policy
from tests.core.policy.builders import NOW, request, token, view
from tests.core.policy.lint_texts import (
    API,
    AUDIENCES,
    CLIENT,
    HEADER,
    LOGIN,
    OTHER,
    TENANT,
    V1,
    V1_ISSUER,
    V2,
    V2_ISSUER,
    claim,
    claims,
    entra,
    jwt,
    when,
    whole,
)

FULL = Expectation(
    audiences=(API, f"api://{API}"),
    issuers=(V2_ISSUER,),
    authorized_parties=(CLIENT, OTHER),
    roles=("Orders.Read", "Orders.Write"),
    tenant=TENANT,
    token_version="2.0",
    leeway_s=60,
)


def document_of(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def written(expectation, *, metadata_url=V2, kind="validate-jwt", name=""):
    answer = policy_of(expectation, metadata_url=metadata_url, kind=kind, name=name)
    assert isinstance(answer, WrittenPolicy), answer
    return answer


JWT_TEXT = f"""\
<policies>
    <inbound>
        <base />
        <!-- Lets in the tokens that Orders expects. -->
        <validate-jwt header-name="Authorization"
                      require-scheme="Bearer"
                      failed-validation-httpcode="401"
                      failed-validation-error-message="Unauthorized. Access token is missing or invalid."
                      clock-skew="60">
            <openid-config url="{V2}" />
            <audiences>
                <audience>{API}</audience>
            </audiences>
            <issuers>
                <issuer>{V2_ISSUER}</issuer>
            </issuers>
            <required-claims>
                <claim name="azp" match="any">
                    <value>{CLIENT}</value>
                </claim>
                <claim name="scp" match="any" separator=" ">
                    <value>Orders.Read</value>
                </claim>
            </required-claims>
        </validate-jwt>
    </inbound>
    <backend>
        <base />
    </backend>
    <outbound>
        <base />
    </outbound>
    <on-error>
        <base />
    </on-error>
</policies>
"""


def test_the_written_policy_is_clean_and_complete():
    expected = Expectation((API,), (V2_ISSUER,), (CLIENT,), scopes=("Orders.Read",), leeway_s=60)
    assert written(expected, name="Orders") == WrittenPolicy(JWT_TEXT)


@pytest.mark.parametrize("kind", ["validate-jwt", "validate-azure-ad-token"])
def test_the_written_policy_passes_the_schema_and_the_lint(kind):
    document = document_of(written(FULL, kind=kind).text)
    assert problems(document) == ()
    assert {one.code for one in lint(document)} <= {"hidden-scope", "output-variable-unused"}


ROUND_TRIPS = {
    "everything": (FULL, V2),
    "nothing": (Expectation(), V2),
    "scopes": (Expectation(audiences=(API,), scopes=("read", "write")), V2),
    "roles or scopes": (Expectation(audiences=(API,), roles=('a"b\\c', "ø"), scopes=("read",)), V2),
    "client of either version": (Expectation(issuers=(V1_ISSUER, V2_ISSUER), authorized_parties=(CLIENT,)), V2),
    "client of version 1": (Expectation(authorized_parties=(CLIENT,), token_version="1.0"), V2),
    "client by v1 metadata": (Expectation(authorized_parties=(CLIENT,)), V1),
    "client of an unknown version": (
        Expectation(authorized_parties=("a&b<c>",)),
        "https://id.example/.well-known/openid-configuration",
    ),
    "issuer beside other metadata": (Expectation(issuers=("https://id.example/",)), V2),
    "upper case ids": (
        Expectation(tenant=TENANT.upper(), authorized_parties=(CLIENT.upper(),), token_version="2.0"),
        V2,
    ),
}


@pytest.mark.parametrize(("expected", "url"), ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_what_was_written_is_read_back(expected, url):
    reading = expectation_of(document_of(written(expected, metadata_url=url).text))
    assert (reading.expectation, reading.metadata_urls, reading.notes) == (expected, (url,), ())


@pytest.mark.parametrize(("expected", "url"), ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_what_was_written_for_entra_is_read_back(expected, url):
    answer = policy_of(expected, metadata_url=url, kind="validate-azure-ad-token")
    if isinstance(answer, UnwritablePolicy):
        assert "id.example" in answer.what
        return
    reading = expectation_of(document_of(answer.text))
    kept = Expectation(
        expected.audiences,
        expected.issuers,
        expected.authorized_parties,
        expected.roles,
        expected.scopes,
        expected.tenant or TENANT,
        expected.token_version,
    )
    addresses = tuple(one.lower() for one in reading.metadata_urls)
    assert (reading.expectation, addresses, reading.notes) == (kept, (V2, V1), ())


def test_another_cloud_becomes_the_authentication_endpoint():
    url = f"https://login.microsoftonline.us/{TENANT}/v2.0/.well-known/openid-configuration"
    text = written(Expectation((API,)), metadata_url=url, kind="validate-azure-ad-token").text
    assert 'authentication-endpoint="https://login.microsoftonline.us"' in text
    assert expectation_of(document_of(text)).metadata_urls[0] == url


def test_a_comment_cannot_be_closed_by_the_name_of_an_api():
    text = written(Expectation((API,)), name="A --> B {{secret}} \n").text
    assert len(document_of(text).inbound) == 2
    assert "{{" not in text


IMPOSSIBLE = {
    "no metadata": (Expectation(), "", "validate-jwt", "no keys to verify with"),
    "no tenant": (Expectation(), "", "validate-azure-ad-token", "needs a tenant"),
    "not Entra": (Expectation(tenant=TENANT), "https://id.example/x", "validate-azure-ad-token", "no metadata address"),
    "a named value": (Expectation(audiences=("{{a}}",)), V2, "validate-jwt", "as an expression or a named value"),
    "an expression": (Expectation(roles=("@(1)",)), V2, "validate-jwt", "as an expression or a named value"),
    "a blank at the end": (Expectation(roles=("r ",)), V2, "validate-jwt", "blanks at its ends"),
    "an empty value": (Expectation(scopes=("",)), V2, "validate-jwt", "is empty"),
    "a control character": (Expectation(audiences=("a\x00b",)), V2, "validate-jwt", "cannot hold"),
    "a scope with a blank": (Expectation(scopes=("a b",)), V2, "validate-jwt", "stands between scopes"),
}


@pytest.mark.parametrize(("expected", "url", "kind", "what"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_where_no_right_policy_exists_none_is_written(expected, url, kind, what):
    answer = policy_of(expected, metadata_url=url, kind=kind)
    assert isinstance(answer, UnwritablePolicy)
    assert what in answer.what
    assert answer.do


NOTES = {
    "no audience": (Expectation(tenant=TENANT), "validate-jwt", ["No audience is expected, so a token that"]),
    "leeway": (
        Expectation((API,), tenant=TENANT, leeway_s=5),
        "validate-azure-ad-token",
        ["validate-azure-ad-token knows no clock skew: the leeway of 5 seconds is left out."],
    ),
    "algorithms": (
        Expectation((API,), algorithms=("RS256",)),
        "validate-jwt",
        ["A policy cannot narrow the signature algorithms to RS256."],
    ),
    "tenant by name": (
        Expectation((API,), tenant="contoso.example"),
        "validate-jwt",
        ["Tokens carry the id of a tenant"],
    ),
    "roles or scopes": (
        Expectation((API,), roles=("r",), scopes=("s",)),
        "validate-jwt",
        ["A role or a scope is enough"],
    ),
    "nothing to say": (Expectation((API,), roles=("r",)), "validate-jwt", []),
}


@pytest.mark.parametrize(("expected", "kind", "notes"), NOTES.values(), ids=NOTES)
def test_what_a_policy_cannot_say_is_noted(expected, kind, notes):
    found = written(expected, kind=kind).notes
    assert len(found) == len(notes)
    assert all(one.startswith(note) for one, note in zip(found, notes, strict=True))


def test_a_client_of_an_unknown_version_is_looked_for_in_azp():
    answer = written(
        Expectation((API,), authorized_parties=("c",)),
        metadata_url="https://id.example/.well-known/openid-configuration",
    )
    assert '<claim name="azp"' in answer.text
    assert answer.notes[0].startswith("The token version is not known")


READINGS = {
    "all of several roles": (jwt(claims(claim("roles", "a", "b", extra=""))), "must hold all of a and b"),
    "an unknown claim": (jwt(claims(claim("idtyp", "app"))), "idtyp (app) has no place"),
    "presence": (jwt(claims(claim("roles", extra=""))), "with any value"),
    "a placeholder among audiences": (
        jwt(audiences="<audiences><audience>{{a}}</audience></audiences>"),
        "One of the audiences",
    ),
    "a placeholder among roles": (jwt(claims(claim("roles", "a", "{{b}}"))), "only known at run time"),
    "clock skew": (jwt(attributes=f'{HEADER} clock-skew="{{{{s}}}}"'), "The clock skew is only known"),
    "roles and scopes": (
        jwt(claims(claim("roles", "a"), claim("scp", "b", extra='separator=" "'))),
        "wanted beside roles",
    ),
    "azp and appid": (jwt(claims(claim("azp", "a"), claim("appid", "a"))), "wanted together"),
    "a client claim of the other version": (jwt(claims(claim("appid", "a"), claim("ver", "2.0"))), "no such token has"),
    "a claim twice": (jwt(claims(claim("roles", "a"), claim("roles", "b"))), "asked for twice"),
    "several policies": (jwt() + entra(), "There are more token policies (inbound/validate-azure-ad-token[1])"),
    "a condition": (when(jwt()), "runs only when its condition holds"),
    "a choose": (jwt() + when("<return-response />"), "What inbound/choose[1] decides"),
    "unsigned": (jwt(attributes=f'{HEADER} require-signed-tokens="false"'), "unsigned tokens may pass"),
    "own keys": (jwt(url="", issuers=["i"]), "keys of its own"),
    "another header": (jwt(attributes='header-name="X"'), "not taken from the Authorization header"),
    "an ip filter": (
        jwt() + '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>',
        "What ip-filter asks",
    ),
    "issuers beside metadata": (jwt(issuers=["https://id.example/"]), f"probably {V2_ISSUER}, is accepted, too"),
    "several tenants": (jwt(claims(claim("tid", TENANT, OTHER))), "Several tenants are accepted"),
    "scopes not split": (jwt(claims(claim("scp", "a"))), "scp is not split at blanks"),
    "no token policy": ("<base />", "no token policy"),
    "only outbound": (None, "no token policy"),
}


@pytest.mark.parametrize(("inbound", "note"), READINGS.values(), ids=READINGS)
def test_what_an_expectation_cannot_hold_is_noted(inbound, note):
    text = whole(outbound=jwt()) if inbound is None else whole(inbound)
    notes = expectation_of(document_of(text)).notes
    assert any(note in one for one in notes), notes
    assert all(one.endswith(".") for one in notes)


def test_a_list_with_an_unknown_part_is_not_carried_over_in_part():
    text = jwt(audiences=f"<audiences><audience>{API}</audience><audience>{{{{a}}}}</audience></audiences>")
    assert expectation_of(document_of(text)).expectation.audiences == ()


def test_an_entra_policy_is_read_with_its_tenant_clients_and_metadata():
    attributes = (
        f'tenant-id="https://login.microsoftonline.us/{TENANT}" authentication-endpoint="login.microsoftonline.us"'
    )
    reading = expectation_of(document_of(entra(attributes=attributes)))
    assert reading.expectation == Expectation(audiences=(API,), authorized_parties=(CLIENT,), tenant=TENANT)
    assert reading.metadata_urls == (
        f"https://login.microsoftonline.us/{TENANT}/v2.0/.well-known/openid-configuration",
        f"https://login.microsoftonline.us/{TENANT}/.well-known/openid-configuration",
    )


@pytest.mark.parametrize("tenant", ["common", "organizations", "{{tenant}}"])
def test_no_single_tenant_is_expected_where_the_policy_names_none(tenant):
    reading = expectation_of(document_of(entra(attributes=f'tenant-id="{tenant}"')))
    assert reading.expectation.tenant is None
    assert bool(reading.notes) is ("{{" in tenant)


def test_the_audience_may_be_a_required_claim_or_a_backend_application():
    by_claim = jwt(claims(claim("aud", API)), audiences="")
    by_id = entra(f"<backend-application-ids><application-id>{API}</application-id></backend-application-ids>")
    assert expectation_of(document_of(by_claim)).expectation.audiences == (API,)
    assert expectation_of(document_of(by_id)).expectation.audiences == (API, f"api://{API}")


def test_two_lists_of_audiences_accept_what_stands_in_both():
    both = jwt(claims(claim("aud", API, "x")), audiences=AUDIENCES)
    assert expectation_of(document_of(both)).expectation.audiences == (API,)


# The meaning of an expectation, written down a second time and plainly.


def is_met(expected, sent, metadata_issuer):
    version = sent["ver"]
    client = sent.get("azp" if version == "2.0" else "appid", "")
    scopes = (sent.get("scp") or "").split(" ")
    permitted = set(sent.get("roles") or ()) & set(expected.roles) or set(scopes) & set(expected.scopes)
    return (
        (not expected.audiences or sent["aud"] in expected.audiences)
        and sent["iss"] in (expected.issuers or (metadata_issuer,))
        and (not expected.authorized_parties or any(same_id(client, one) for one in expected.authorized_parties))
        and (not (expected.roles or expected.scopes) or bool(permitted))
        and (expected.tenant is None or same_id(sent["tid"], expected.tenant))
        and (expected.token_version is None or version == expected.token_version)
        and sent["exp"] >= NOW - expected.leeway_s
    )


def verdict(text, sent, *, issuers):
    keys = view("a1").keyset
    metadata = {url: MetadataView(issuer, keys) for url, issuer in issuers.items()}
    return evaluate(Trial(document_of(text), request(token(**sent)), NOW, metadata=metadata)).verdict


def some(*values):
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


EXPECTATIONS = st.builds(
    Expectation,
    audiences=some(API, f"api://{API}", "https://api.example/"),
    issuers=some(V1_ISSUER, V2_ISSUER),
    authorized_parties=some(CLIENT, OTHER),
    roles=some("Orders.Read", "Orders.Write"),
    scopes=some("read", "write"),
    tenant=st.sampled_from([None, TENANT]),
    token_version=st.sampled_from([None, "1.0", "2.0"]),
    leeway_s=st.sampled_from([0, 30]),
)


def tokens(version):
    own = st.sampled_from([CLIENT, OTHER, API])
    return st.fixed_dictionaries(
        {
            "aud": st.sampled_from([API, f"api://{API}", "https://api.example/", "other"]),
            "iss": st.just(V1_ISSUER if version == "1.0" else V2_ISSUER),
            "ver": st.just(version),
            "azp": own if version == "2.0" else st.none(),
            "appid": own if version == "1.0" else st.none(),
            "roles": st.sampled_from([None, ["Orders.Read"], ["Orders.Write", "Other"], ["Other"]]),
            "scp": st.sampled_from([None, "read", "read write", "other", "readwrite"]),
            "tid": st.sampled_from([TENANT, TENANT, OTHER]),
            "exp": st.sampled_from([NOW + 100, NOW + 100, NOW, NOW - 1, NOW - 30, NOW - 31]),
        }
    )


TOKENS = st.one_of(tokens("1.0"), tokens("2.0"))
BOTH = {V2: V2_ISSUER, V1: V1_ISSUER}


@settings(max_examples=60)
@given(EXPECTATIONS, st.lists(TOKENS, min_size=3, max_size=3), st.sampled_from([V1, V2]))
def test_a_written_policy_lets_in_exactly_the_expected_tokens(expected, sent, url):
    text = written(expected, metadata_url=url).text
    for one in sent:
        meant = is_met(expected, one, BOTH[url])
        wanted = Verdict.ALLOW if meant else Verdict.REJECT
        assert verdict(text, one, issuers={url: BOTH[url]}) is wanted, (one, text)


@settings(max_examples=60)
@given(EXPECTATIONS, st.lists(TOKENS, min_size=3, max_size=3))
def test_a_written_entra_policy_lets_in_exactly_the_expected_tokens(expected, sent):
    text = written(expected, kind="validate-azure-ad-token").text
    unskewed = Expectation(
        expected.audiences,
        expected.issuers or (V1_ISSUER, V2_ISSUER),
        expected.authorized_parties,
        expected.roles,
        expected.scopes,
        TENANT,
        expected.token_version,
    )
    for one in sent:
        wanted = Verdict.ALLOW if is_met(unskewed, one, "") else Verdict.REJECT
        assert verdict(text, one, issuers=BOTH) is wanted, (one, text)


def blocks(draw):
    """Required claims that an expectation can hold."""
    chosen = [
        draw(st.sampled_from(["", claim("azp", CLIENT), claim("appid", CLIENT, OTHER)])),
        draw(st.sampled_from(["", claim("tid", TENANT, extra="")])),
        draw(
            st.sampled_from(
                [
                    "",
                    claim("roles", "Orders.Read", "Orders.Write"),
                    claim("scp", "read", extra='match="all" separator=" "'),
                ]
            )
        ),
        draw(st.sampled_from(["", claim("ver", "2.0", extra="")])),
        draw(st.sampled_from(["", claim("iss", V1_ISSUER, V2_ISSUER)])),
    ]
    return claims(*chosen) if any(chosen) else ""


@st.composite
def policies(draw):
    issuers = draw(st.sampled_from([(), (V2_ISSUER,), (V1_ISSUER,), (V1_ISSUER, V2_ISSUER)]))
    url = draw(st.sampled_from([V1, V2]))
    skew = draw(st.sampled_from(["", 'clock-skew="30"']))
    audiences = draw(st.sampled_from(["", AUDIENCES]))
    return jwt(blocks(draw), attributes=f"{HEADER} {skew}", url=url, audiences=audiences, issuers=issuers), url


@settings(max_examples=60)
@given(policies(), st.lists(TOKENS, min_size=3, max_size=3))
def test_reading_a_policy_and_writing_it_again_changes_no_verdict(policy, sent):
    text, url = policy
    reading = expectation_of(document_of(text))
    assume(not reading.notes)
    again = written(reading.expectation, metadata_url=url).text
    for one in sent:
        metadata = {url: BOTH[url]}
        assert verdict(text, one, issuers=metadata) is verdict(again, one, issuers=metadata), (one, text, again)


def test_a_condition_of_another_form_is_no_rule_of_ours():
    text = written(Expectation((API,), roles=("r",), scopes=("s",))).text
    condition = next(one.attribute("condition") for one in document_of(text).walk() if one.name == "when")
    assert rule_in(condition).values("roles") == ("r",)
    assert rule_in(re.sub("Any", "All", condition)) is None
    assert rule_in("@(true)") is None
    assert LOGIN in text

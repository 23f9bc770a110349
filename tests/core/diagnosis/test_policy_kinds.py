"""Every kind of policy gives the cause that the gateway's engine refuses for, as surely as the engine knows it."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.policy_facts import MAX_POLICIES
from tests.core.diagnosis.evidence import API, EXPECTED, OTHER_API, REQUEST, TENANT, V2, claims, of_call, policy

CONFIG = f'<openid-config url="{V2}/.well-known/openid-configuration" />'
FORBIDDEN = {"statusCode": 403, "message": "Forbidden"}


def audience(name):
    return f"<audiences><audience>{name}</audience></audiences>"


def roles(match, *names):
    values = "".join(f"<value>{name}</value>" for name in names)
    return f'<required-claims><claim name="roles" match="{match}">{values}</claim></required-claims>'


def jwt(inner, header="Authorization"):
    return f'<validate-jwt header-name="{header}">{CONFIG}{inner}</validate-jwt>'


def when(condition, inner):
    return f'<choose><when condition="{condition}">{inner}</when></choose>'


def inbound(*policies):
    return f"<policies><inbound>{''.join(policies)}</inbound></policies>"


def backend(name):
    return (
        f'<validate-azure-ad-token tenant-id="{TENANT}"><backend-application-ids><application-id>{name}'
        "</application-id></backend-application-ids></validate-azure-ad-token>"
    )


def ip_filter(address):
    return f'<ip-filter action="allow"><address>{address}</address></ip-filter>'


def refused(text, **more):
    return of_call(policy_xml=text, expectations=more.pop("expectations", None), **more)


def filtered(address, **profile):
    return refused(inbound(ip_filter(address)), status=403, body=FORBIDDEN, profile=profile)


ELSEWHERE = jwt(audience(OTHER_API), header="X-Other")
RIGHT, WRONG, ADMIN = jwt(audience(API)), jwt(audience(OTHER_API)), jwt(audience(API) + roles("any", "Admin"))
# Each pair differs in one thing. Causes with their confidence, best first.
KINDS = {
    "a named value that nobody gave": (
        refused(policy(audience("{{aud}}"))),
        ["audience-other-api possible"],
    ),
    "the value written out": (
        refused(policy(audience(OTHER_API))),
        ["audience-other-api certain"],
    ),
    "a named value beside a signature that does not verify": (
        refused(policy(audience("{{aud}}")), signature="invalid"),
        ["signature-invalid certain", "audience-other-api possible"],
    ),
    "a named value on a call that was answered well": (
        refused(policy(audience("{{aud}}")), status=200, body={}),
        [],
    ),
    "a named value in the metadata's address": (
        refused(inbound(jwt(audience(API)).replace(TENANT, "{{tenant}}"))),
        ["issuer-wrong-tenant possible"],
    ),
    "a token policy in a branch that is not taken": (
        refused(inbound(when("@(false)", ELSEWHERE), ADMIN)),
        ["role-insufficient certain"],
    ),
    "a token policy in a branch that is taken": (
        refused(inbound(when("@(true)", jwt(audience(API), header="X-Other")), ADMIN)),
        ["token-in-wrong-header certain", "role-insufficient possible"],
    ),
    "the same, and it would refuse the token in its place too": (
        refused(inbound(when("@(true)", ELSEWHERE), ADMIN)),
        ["token-in-wrong-header likely", "role-insufficient possible"],
    ),
    "a token policy in a branch that only the gateway can choose": (
        refused(inbound(when("@(context.Product.Id == &quot;x&quot;)", WRONG), RIGHT)),
        ["audience-other-api possible"],
    ),
    "all of two roles, and the token has one": (
        refused(policy(audience(API) + roles("all", "A", "B")), token=claims(roles=["A"])),
        ["role-insufficient certain", "claim-not-split possible"],
    ),
    "any of two roles, and the token has one": (
        refused(policy(audience(API) + roles("any", "A", "B")), token=claims(roles=["A"])),
        [],
    ),
    "all of two roles, and the token has them in one text": (
        refused(policy(audience(API) + roles("all", "A", "B")), token=claims(roles="A,B")),
        ["claim-not-split certain"],
    ),
    "backend-application-ids of another API": (
        refused(backend(OTHER_API)),
        ["audience-other-api certain"],
    ),
    "backend-application-ids of this API": (
        refused(backend(API)),
        [],
    ),
    "an ip-filter, and the caller's address is not on it": (
        filtered("192.0.2.1", client_ip="192.0.2.9"),
        ["ip-not-allowed certain"],
    ),
    "an ip-filter, and nobody knows the caller's address": (
        filtered("192.0.2.1"),
        ["ip-not-allowed possible"],
    ),
    "two token policies, and the second refuses": (
        refused(inbound(RIGHT, WRONG)),
        ["audience-other-api certain"],
    ),
    "two token policies, and the second is not reached": (
        refused(inbound(ADMIN, WRONG)),
        ["role-insufficient certain", "audience-other-api possible"],
    ),
    "two token policies that both let the token pass": (
        refused(inbound(RIGHT, RIGHT)),
        [],
    ),
    "a stated audience that is met, and the policy's is not": (
        refused(policy(audience(OTHER_API)), expectations=EXPECTED),
        ["audience-other-api certain"],
    ),
    "a stated audience that is not met, and the policy's is": (
        refused(policy(audience(API)), expectations={"audiences": [OTHER_API]}),
        ["audience-other-api possible"],
    ),
    "the same, and the API behind the gateway answered": (
        refused(policy(audience(API)), expectations={"audiences": [OTHER_API]}, body={"error": "no"}),
        ["audience-other-api certain"],
    ),
    "an audience with white space around it, which the gateway leaves out": (
        refused(policy(audience(f" {API} "))),
        [],
    ),
    "a token that an earlier policy deletes": (
        refused(policy(audience(API), '<set-header name="Authorization" exists-action="delete" />')),
        ["policy-order-overwrites-token certain"],
    ),
    "a header beside the token that an earlier policy deletes": (
        refused(policy(audience(API), '<set-header name="X-Trace" exists-action="delete" />')),
        [],
    ),
    "no token, and the policy asks for one": (
        refused(policy(audience(API)), token=False, request={**REQUEST, "headers": {"Accept": "*/*"}}),
        ["authorization-header-missing certain"],
    ),
    "no token, and the policy asks for none": (
        refused(inbound("<base />"), token=False, request={**REQUEST, "headers": {"Accept": "*/*"}}),
        ["authorization-header-missing likely"],
    ),
    "a policy that cannot be read": (
        refused("<validate-jwt", expectations={"audiences": [OTHER_API]}),
        ["audience-other-api certain"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_policy_gives_its_cause_as_surely_as_it_is_known(name):
    evidence, expected = KINDS[name]
    causes = explain(read_evidence(evidence)).causes
    assert [f"{one.cause} {one.confidence}" for one in causes] == expected


def test_what_the_policy_leaves_open_is_named_among_what_is_missing():
    found = explain(read_evidence(refused(policy(audience("{{aud}}")))))
    assert found.missing == ("what {{aud}} gives at run time, which the policy leaves open",)
    assert (found.primary.why, found.primary.do, found.primary.owner) == (
        "An accepted audience is only known at run time. It hangs on {{aud}}.",
        "Find out what {{aud}} stands for in the gateway, and compare it with the token.",
        "api_owner",
    )


def test_a_policy_that_lets_the_refused_call_pass_is_not_all_that_the_gateway_runs():
    found = explain(read_evidence(refused(policy(audience(API)))))
    assert found.missing == (
        "the other policies of the gateway, of its products and parent scopes: this one lets the call pass",
    )


def test_a_refusal_that_no_check_of_ours_knows_is_told_in_the_gateways_words():
    both = roles("all", "A", "B")
    primary = explain(read_evidence(refused(policy(audience(API) + both), token=claims(roles=["A"])))).primary
    assert primary.why == "roles is A; the policy wants A and B. The gateway calls this TokenClaimValueNotAllowed."
    assert (primary.do, primary.owner) == (
        "Have the needed app role assigned under Users and groups of the API’s enterprise application, or granted to "
        "the client, and get a new token.",
        "tenant_admin",
    )


def test_times_are_not_judged_by_a_policy_without_a_moment():
    evidence = refused(policy(audience(API)), token=claims(exp=1, nbf=1, iat=1))
    del evidence["now"]
    assert explain(read_evidence(evidence)).causes == ()


def test_without_the_tokens_claims_a_policy_tells_only_where_the_token_should_be():
    text = inbound(jwt(audience(OTHER_API), header="X-Token"))
    sent = {**REQUEST, "headers": {"Authorization": "Bearer <token>"}}
    assert explain(read_evidence(refused(text, token=False, request=sent))).primary.cause == "token-in-wrong-header"
    placed = {**REQUEST, "headers": {"X-Token": "<token>"}}
    assert explain(read_evidence(refused(text, token=False, request=placed))).causes == ()


def test_a_policy_beyond_all_measure_is_not_judged():
    long = inbound('<set-header name="a" exists-action="delete" />' * MAX_POLICIES, WRONG)
    assert explain(read_evidence(refused(long))).causes == ()
    fitting = inbound('<set-header name="a" exists-action="delete" />' * (MAX_POLICIES - 2), WRONG)
    assert explain(read_evidence(refused(fitting))).primary.cause == "audience-other-api"

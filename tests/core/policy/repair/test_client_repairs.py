"""What the caller is told to do, per failing check: the first proposal, who acts, and that the policy stays."""

import pytest

from console.core.owner import Owner
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.policies.subscription_key import SubscriptionRule, key_digest
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import TENANT
from tests.core.policy.repair.builders import (
    API,
    CLIENT,
    OTHER,
    bearer,
    entra,
    kinds,
    policy,
    repairs,
    required,
    token,
)

GRAPH = "00000003-0000-0000-c000-000000000000"
KEYED = SubscriptionRule((key_digest("right"),), "https://gw.example/orders")
CHECK_HEADER = '<check-header name="X-Caller" failed-check-httpcode="400"><value>portal</value></check-header>'
IP_FILTER = '<ip-filter action="allow"><address>203.0.113.7</address></ip-filter>'
ROLE = required('<claim name="roles"><value>Admin</value></claim>')
ONE_ROLE = required('<claim name="roles" match="any"><value>Admin</value><value>Root</value></claim>')
SCOPE = required('<claim name="scp" separator=" "><value>orders.read</value></claim>')
AZP = required(f'<claim name="azp"><value>{OTHER}</value></claim>')


def plain(*headers: tuple[str, str], url: str = "https://gw.example/orders") -> GatewayRequest:
    return GatewayRequest("GET", url, headers)


CASES = {
    "no token": (policy(), plain(), "send-token", Owner.INTEGRATOR),
    "an opaque token": (policy(), bearer("opaque-token-text"), "send-token", Owner.INTEGRATOR),
    "no token for the tenant's policy": (entra(), plain(), "send-token", Owner.INTEGRATOR),
    "the word Bearer is missing": (policy(), plain(("Authorization", token())), "add-scheme", Owner.INTEGRATOR),
    "another header": (policy(), plain(("X-Token", token())), "move-token", Owner.INTEGRATOR),
    "in the query": (policy(), plain(url=f"https://gw.example/o?t={token()}"), "move-token", Owner.INTEGRATOR),
    "sent twice": (
        policy(),
        plain(("Authorization", f"Bearer {token()}"), ("Authorization", f"Bearer {token()}")),
        "single-value",
        Owner.INTEGRATOR,
    ),
    "quotation marks": (policy(), plain(("Authorization", f'Bearer "{token()}"')), "bare-token", Owner.INTEGRATOR),
    "expired": (policy(), bearer(token(exp=NOW - 1)), "fresh-token", Owner.INTEGRATOR),
    "not yet valid": (policy(), bearer(token(nbf=NOW + 1)), "wait", Owner.INTEGRATOR),
    "valid in days": (policy(), bearer(token(nbf=NOW + 90_000, exp=NOW + 99_999)), "fresh-token", Owner.INTEGRATOR),
    "no exp": (policy(), bearer(token(exp=None)), "token-with-expiry", Owner.IDENTITY_PROVIDER),
    "another API": (policy(), bearer(token(aud=OTHER)), "ask-scope", Owner.INTEGRATOR),
    "Microsoft Graph": (policy(), bearer(token(aud=GRAPH)), "own-api-token", Owner.INTEGRATOR),
    "an ID token": (policy(), bearer(token(aud=CLIENT, nonce="n", roles=None)), "access-token", Owner.INTEGRATOR),
    "another tenant": (
        policy(),
        bearer(token(iss=f"https://login.microsoftonline.com/{OTHER}/v2.0", tid=OTHER)),
        "token-of-issuer",
        Owner.INTEGRATOR,
    ),
    "another tenant, tenant's policy": (
        entra(),
        bearer(token(iss=f"https://login.microsoftonline.com/{OTHER}/v2.0", tid=OTHER)),
        "token-of-tenant",
        Owner.INTEGRATOR,
    ),
    "a role is missing": (policy(ROLE), bearer(token()), "grant-role", Owner.TENANT_ADMIN),
    "no role at all": (policy(ROLE), bearer(token(roles=None)), "grant-role", Owner.TENANT_ADMIN),
    "one of several roles": (policy(ONE_ROLE), bearer(token(roles=None)), "grant-role", Owner.TENANT_ADMIN),
    "a person's token for app roles": (
        policy(ROLE),
        bearer(token(roles=None, scp="orders.read")),
        "app-token",
        Owner.INTEGRATOR,
    ),
    "an app's token for scopes": (policy(SCOPE), bearer(token()), "user-token", Owner.INTEGRATOR),
    "another scope": (policy(SCOPE), bearer(token(scp="a b", roles=None)), "ask-permission", Owner.INTEGRATOR),
    "another client": (policy(AZP), bearer(token()), "listed-client", Owner.INTEGRATOR),
    "another client, tenant's policy": (entra(), bearer(token(azp=OTHER)), "listed-client", Owner.INTEGRATOR),
    "a secret where a certificate is wanted": (
        policy(required('<claim name="azpacr"><value>2</value></claim>')),
        bearer(token(azpacr="1")),
        "other-credential",
        Owner.INTEGRATOR,
    ),
    "a group is missing": (
        policy(required('<claim name="groups"><value>staff</value></claim>')),
        bearer(token()),
        "grant-membership",
        Owner.TENANT_ADMIN,
    ),
    "a weak sign-in": (
        policy(required('<claim name="acrs"><value>c1</value></claim>')),
        bearer(token()),
        "stronger-sign-in",
        Owner.END_USER,
    ),
    "a claim of its own": (
        policy(required('<claim name="department"><value>sales</value></claim>')),
        bearer(token()),
        "claim-from-provider",
        Owner.IDENTITY_PROVIDER,
    ),
    "a damaged signature": (policy(), bearer(token()[:-4] + "AAAA"), "new-token", Owner.INTEGRATOR),
    "a key that nobody knows": (policy(), bearer(token(signer="b1", kid="b1")), "new-token", Owner.INTEGRATOR),
    "a header is missing": (CHECK_HEADER, bearer(token()), "send-header", Owner.INTEGRATOR),
    "an address that is not listed": (
        policy().replace("<inbound>", "<inbound>" + IP_FILTER),
        bearer(token(), client_ip="203.0.113.8"),
        "call-from-address",
        Owner.NETWORK,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "request_", "kind", "who"), CASES.values(), ids=CASES.keys())
def test_the_caller_is_told_first_what_he_can_do(text, request_, kind, who):
    first = repairs(text, request_)[0]
    assert (first.kind, first.side, first.who) == (kind, "client", who)
    assert (first.policy_text, first.diff, first.is_weaker, first.is_provisional) == (None, (), False, False)
    assert first.title and first.what.endswith(".") and first.why


@pytest.mark.parametrize(("sent", "kind"), [((), "send-subscription-key"), (("wrong",), "right-subscription-key")])
def test_the_subscription_key_is_the_callers_to_send(sent, kind):
    call = bearer(token())
    call = call.with_header("Ocp-Apim-Subscription-Key", sent)
    found = repairs(policy(), call, subscription=KEYED)
    assert [(one.kind, one.side) for one in found] == [(kind, "client")]


def test_one_new_token_answers_a_wrong_audience_an_old_exp_and_a_bad_signature_at_once():
    found = repairs(policy(), bearer(token(aud=OTHER, exp=NOW - 5, signer="b1")))
    assert (found[0].kind, len(found[0].changes)) == ("ask-scope", 1)


def test_what_is_hidden_behind_a_misplaced_token_is_repaired_with_it():
    found = repairs(policy(ROLE), plain(("X-Token", token(roles=None))))
    assert found[0].kind == "move-token+grant-role"
    assert found[0].title == "Send the token in the header Authorization; have the app role granted"


def test_the_whole_message_names_the_scope_to_ask_for():
    first = repairs(policy(), bearer(token(aud="api://other")))[0]
    assert first.title == "Ask for a token of this API"
    assert first.what == f"Request the scope {API}/.default and get a new token."
    assert first.why == f"The token is for api://other; the policy accepts {API}."


def test_a_token_that_is_to_be_sent_is_described_by_what_the_policy_asks_for():
    first = repairs(policy(ROLE), plain())[0]
    assert first.what.startswith("Get a signed access token (JWT) and send it in the header Authorization as Bearer,")
    assert f"audience {API}" in first.what and "roles Admin" in first.what


@pytest.mark.parametrize("wanted", ["1.0", "2.0"])
def test_no_client_can_choose_the_version_of_its_token(wanted):
    other = {"1.0": "2.0", "2.0": "1.0"}[wanted]
    found = repairs(policy(required(f'<claim name="ver"><value>{wanted}</value></claim>')), bearer(token(ver=other)))
    assert found and all(one.side == "api" for one in found)


def test_the_caller_is_not_sent_to_another_address_when_his_own_is_forbidden():
    text = '<ip-filter action="forbid"><address>203.0.113.8</address><address>203.0.113.9</address></ip-filter>'
    found = repairs(text, bearer(token(), client_ip="203.0.113.8"))
    assert [(one.kind, one.side, one.is_weaker) for one in found] == [("unblock-address", "api", True)]


def test_a_policy_without_any_key_is_not_the_callers_to_repair():
    text = f'<validate-jwt header-name="Authorization"><audiences><audience>{API}</audience></audiences></validate-jwt>'
    found = repairs(text, bearer(token(aud=OTHER)))
    assert all(one.side != "client" for one in found)


def test_a_token_that_an_expression_gives_is_replaced_there():
    text = f"""<validate-jwt token-value="@(context.Variables[&quot;jwt&quot;])">
    <openid-config url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" />
</validate-jwt>"""
    values = Values(expressions={'@(context.Variables["jwt"])': token(exp=NOW - 9_000)})
    assert kinds(repairs(text, plain(), values=values)) == ["fresh-token"]


def two_policies(first: str, second: str) -> str:
    one = policy().replace("Authorization", first).split("\n")[2:-3]
    other = policy().replace("Authorization", second).split("\n")[2:-3]
    return "\n".join(["<policies><inbound>", *one, *other, "</inbound></policies>"])


def test_two_policies_that_read_the_same_token_need_one_new_token():
    found = repairs(two_policies("Authorization", "Authorization"), bearer(token(exp=NOW - 9_000)))
    assert kinds(found) == ["fresh-token"]


def test_two_policies_that_read_different_tokens_need_two():
    old = token(exp=NOW - 9_000)
    call = bearer(old).with_header("X-Token", (old,))
    found = repairs(two_policies("Authorization", "X-Token"), call)
    assert (found[0].kind, found[0].title) == ("fresh-token+fresh-token", "Get a fresh token")


def test_a_token_in_a_header_of_its_own_goes_without_a_scheme():
    text = policy().replace('"Authorization" require-scheme="Bearer"', '"X-Token"')
    found = repairs(text, plain(("X-Token", f"Bearer {token()}")))
    assert kinds(found) == ["bare-token"]
    assert found[0].what.startswith("Put into the header X-Token the token as it was issued")

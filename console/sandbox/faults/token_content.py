"""Faults of the token itself: it is issued, and the gateway refuses it."""

from dataclasses import replace
from typing import Any

from console.sandbox.faults.base import Fault
from console.sandbox.idp.issue import LIFETIME_S, Issue, Signing
from console.sandbox.ids import guid, opaque

GRAPH = "00000003-0000-0000-c000-000000000000"
TEN_MINUTES_S = 600


def with_claims(issue: Issue, **changes: Any) -> Issue:
    """The same token with these claims changed; None removes one."""
    claims = {name: value for name, value in {**issue.claims, **changes}.items() if value is not None}
    return replace(issue, claims=claims)


def _other_api(issue: Issue) -> Issue:
    other = guid("another API", issue.facts.api.id)
    return with_claims(issue, aud=other if issue.facts.api.requested_version == 2 else f"api://{other}")


def _other_form(issue: Issue) -> Issue:
    api = issue.facts.api
    return with_claims(issue, aud=api.identifier_uri if issue.claims["aud"] == api.id else api.id)


def _other_version(issue: Issue) -> Issue:
    provider = issue.facts.provider
    if issue.claims["ver"] == "2.0":
        return with_claims(issue, iss=provider.issuer_v1, ver="1.0")
    return with_claims(issue, iss=provider.issuer_v2, ver="2.0")


def _expired(issue: Issue) -> Issue:
    end = issue.facts.now - 60
    return with_claims(issue, iat=end - LIFETIME_S, nbf=end - LIFETIME_S, exp=end)


def _not_yet_valid(issue: Issue) -> Issue:
    start = issue.facts.now + TEN_MINUTES_S
    return with_claims(issue, iat=start, nbf=start, exp=start + LIFETIME_S)


def _without_roles(issue: Issue) -> Issue:
    return with_claims(issue, roles=None)


def _other_client(issue: Issue) -> Issue:
    other = guid("another client", issue.facts.client.id)
    return with_claims(issue, azp=other) if "azp" in issue.claims else with_claims(issue, appid=other)


def _other_tenant(issue: Issue) -> Issue:
    facts = issue.facts
    other = replace(facts.provider, tenant=guid("another tenant", facts.provider.tenant))
    issuer = other.issuer_v2 if facts.api.requested_version == 2 else other.issuer_v1
    return with_claims(issue, iss=issuer, tid=other.tenant)


def _id_token(issue: Issue) -> Issue:
    facts = issue.facts
    return with_claims(
        issue,
        aud=facts.client.id,
        nonce=opaque(facts.entropy, "nonce"),
        name="Sandbox Person",
        preferred_username="person@sandbox.example",
        roles=None,
        scp=None,
        azp=None,
        azpacr=None,
        appid=None,
        appidacr=None,
        aio=None,
        idp=None,
    )


def _for_graph(issue: Issue) -> Issue:
    header = {**issue.header, "nonce": opaque(issue.facts.entropy, "graph nonce", size=32)}
    return replace(with_claims(issue, aud=GRAPH), header=header, signing=Signing.HASHED_NONCE)


def _retired_key(issue: Issue) -> Issue:
    retired = opaque("retired key", issue.header["kid"], size=20)
    header = {**issue.header, "kid": retired, **({"x5t": retired} if "x5t" in issue.header else {})}
    return replace(issue, header=header, signing=Signing.FOREIGN)


def _bad_signature(issue: Issue) -> Issue:
    return replace(issue, signing=Signing.FOREIGN)


FAULTS = (
    Fault(
        "wrong-audience",
        "Token for another API",
        "The token's aud names another API than the one that is called.",
        "audience-other-api",
        on_issue=_other_api,
    ),
    Fault(
        "audience-other-form",
        "Audience in the other form",
        "aud names the right API in the form the policy does not list: App ID URI instead of client id, or the "
        "reverse.",
        "audience-format-mismatch",
        on_issue=_other_form,
    ),
    Fault(
        "issuer-version-mix",
        "Issuer of the other token version",
        "The token has the issuer and version of the other endpoint generation, for the same tenant.",
        "issuer-version-mismatch",
        on_issue=_other_version,
    ),
    Fault("expired", "Expired token", "The token ran out a minute ago.", "token-expired", on_issue=_expired),
    Fault(
        "not-yet-valid",
        "Token from the future",
        "nbf and iat lie ten minutes ahead, as when the issuer's clock is wrong.",
        "clock-skew",
        on_issue=_not_yet_valid,
    ),
    Fault(
        "missing-role",
        "No app role granted",
        "The client got a token without roles, because no administrator granted it an app role of the API.",
        "app-permission-not-granted",
        on_issue=_without_roles,
        is_of_applications=True,
    ),
    Fault(
        "wrong-client",
        "Client that is not on the list",
        "The token was made for another client than those the policy lists.",
        "client-not-allowed",
        on_issue=_other_client,
    ),
    Fault(
        "unknown-kid",
        "Retired signing key",
        "The token names a key that the provider no longer publishes.",
        "signing-key-retired",
        on_issue=_retired_key,
    ),
    Fault(
        "bad-signature",
        "Wrong signature",
        "The key is published, but the signature does not fit the token.",
        "signature-invalid",
        on_issue=_bad_signature,
    ),
    Fault(
        "other-tenant",
        "Token of another tenant",
        "iss and tid name another tenant than the one the API trusts.",
        "issuer-wrong-tenant",
        on_issue=_other_tenant,
    ),
    Fault(
        "id-token",
        "ID token instead of access token",
        "The token describes a person's sign-in to the client: aud is the client, there is a nonce and no role.",
        "id-token-used",
        on_issue=_id_token,
    ),
    Fault(
        "graph-token",
        "Token for Microsoft Graph",
        "aud is Microsoft Graph and the header has a nonce, so that nobody else can verify the signature.",
        "token-for-graph",
        on_issue=_for_graph,
    ),
)

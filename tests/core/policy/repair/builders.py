"""Policies, calls and proposals for the tests of repairs."""

from typing import Any

from msgspec.structs import replace

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import MetadataView, Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.repair import RepairProposal, proposals
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.values import NO_VALUES, Values
from tests.core.policy import builders
from tests.core.policy.builders import NOW, view
from tests.core.policy.policy_strategies import ISSUER, ISSUER_V1, TENANT, URL, URL_V1

API = builders.AUDIENCE
CLIENT = "e2c47a90-1b5d-4c8f-a3f6-90bd7e12c4a8"
OTHER = "d7a1e5f3-2c4b-4b69-97d8-3e0f1a2b4c5d"
METADATA = {URL: view("a1", ISSUER), URL_V1: view("a1", ISSUER_V1)}


def token(**changes: Any) -> str:
    """A version 2.0 token of the tenant, for the API, by the client; None removes a claim."""
    return builders.token(**{"iss": ISSUER, "tid": TENANT, "azp": CLIENT, **changes})


def token_v1(**changes: Any) -> str:
    """The same in version 1.0."""
    return token(**{"ver": "1.0", "iss": ISSUER_V1, "azp": None, "appid": CLIENT, **changes})


def policy(children: str = "", attributes: str = "", *, audiences: str = f"<audience>{API}</audience>") -> str:
    """A whole document with one validate-jwt; `children` stand behind the audiences, lines as they are given."""
    listed = f"\n            <audiences>\n                {audiences}\n            </audiences>" if audiences else ""
    return f"""<policies>
    <inbound>
        <validate-jwt header-name="Authorization" require-scheme="Bearer"{attributes}>
            <openid-config url="{URL}" />{listed}{children}
        </validate-jwt>
    </inbound>
</policies>
"""


def required(claim: str) -> str:
    return f"""
            <required-claims>
                {claim}
            </required-claims>"""


def entra(children: str = "", tenant: str = TENANT) -> str:
    return f"""<validate-azure-ad-token tenant-id="{tenant}">
    <client-application-ids>
        <application-id>{CLIENT}</application-id>
    </client-application-ids>{children}
</validate-azure-ad-token>"""


def bearer(text: str, *, url: str = "https://gw.example/orders", **more: Any) -> GatewayRequest:
    return GatewayRequest("GET", url, (("Authorization", f"Bearer {text}"),), **more)


def read(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def repairs(
    text: str,
    request: GatewayRequest,
    *,
    metadata: dict[str, MetadataView] | None = None,
    subscription: SubscriptionRule | None = None,
    values: Values = NO_VALUES,
    now: int = NOW,
) -> tuple[RepairProposal, ...]:
    """The proposals, each edit of the policy tried once more with the call as it was."""
    known = METADATA if metadata is None else metadata
    trial = Trial(read(text), request, now, metadata=known, subscription=subscription, values=values)
    found = proposals(trial)
    for one in found:
        if one.side == "api" and one.policy_text is not None and "token-version" not in one.kind:
            again = evaluate(replace(trial, document=read(one.policy_text)))
            assert again.verdict is one.verdict, one
        assert (one.verdict is Verdict.UNDECIDED) == one.is_provisional
    return found


def kinds(found: tuple[RepairProposal, ...]) -> list[str]:
    return [one.kind for one in found]


def changed_lines(proposal: RepairProposal) -> list[str]:
    """The lines of the comparison that were taken away or added, without what stands around them."""
    return [f"{line.mark}{line.text.strip()}" for line in proposal.diff if line.mark != " "]

"""What the gateway's policy decides about a call that is sent, told as evidence: with all that is known now and is not
kept (the token, keys, named values), and without any network."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts.attempt import TokenFacts
from console.core.credential import Secret
from console.core.diagnosis.policy_facts import judged, redacted
from console.core.errors import Refusal
from console.core.evidence import EvidencePolicy
from console.core.exchange import Request
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.included import all_metadata_addresses
from console.core.policy.keep.kept import PolicySettings, as_values
from console.core.policy.text.document import PolicyProblem, read_policy
from console.core.tokens.signature import SignatureState
from console.services import api_policies, policy_metadata

MAX_POLICY = 65_536  # characters; a longer one is judged when somebody looks, within that person's budget


def of_call(
    actor: Actor, api: Api, request: Request, *, used: TokenFacts | None, hidden: Iterable[Secret], now: int
) -> EvidencePolicy | None:
    """The facts, redacted; None without a policy that can be read. `request` is the call as it was sent, with secrets:
    `hidden`. Never refuses: the call has been made.
    """
    document = read_policy(api.policy) if 0 < len(api.policy) <= MAX_POLICY else None
    if document is None or isinstance(document, PolicyProblem):
        return None
    opened = api_policies.of_api(actor, api, _settings(actor, api))
    values = as_values(opened.values_for(api.policy))
    tenant = (used.token.text_claim("tid") if used else None) or ""
    addresses = all_metadata_addresses(document, values, tenant=tenant)
    known = policy_metadata.known(actor, addresses, given={})
    facts = judged(
        document,
        GatewayRequest(request.method, request.url, request.headers),
        metadata={url: one.view for url, one in known.items() if one.view is not None},
        now=now,
        tenant=tenant,
        values=values,
        switches=opened.settings.switches,
        assumes_signature=used is not None and used.signature.state is SignatureState.VALID,
    )
    return redacted(facts, [*hidden, *opened.hidden])


def _settings(actor: Actor, api: Api) -> PolicySettings:
    """What is kept with the policy; nothing where it cannot be opened, which its own page tells."""
    try:
        return api_policies.settings_of(actor, api.id)
    except Refusal:
        return PolicySettings()

"""An API behind the gateway for tokens of the further providers; a bound token is taken from its holder alone."""

from dataclasses import replace

from console.sandbox.policy_text import BASE
from console.sandbox.providers import PLAYED
from console.sandbox.providers.samples import sample_registrations
from console.sandbox.registered import NOTHING
from console.sandbox.state import GatewayApi, State

_POLICY = """<policies>
    <inbound>
        <base />
        <validate-jwt header-name="Authorization" require-scheme="Bearer" failed-validation-httpcode="401"
                      failed-validation-error-message="Unauthorized. Access token is missing or invalid.">
{metadata}
            <issuers>
{issuers}
            </issuers>
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
_METADATA = '            <openid-config url="{{sandbox}}/{segment}{path}" />'
_ISSUER = "                <issuer>{issuer}</issuer>"


def partner_issuers() -> tuple[str, ...]:
    """The issuers of the further providers, with the placeholder `{sandbox}` for where they are."""
    return tuple(f"{BASE}/{one.segment}{one.issuer_end}" for one in PLAYED)


def partners_api() -> GatewayApi:
    """The policy names no audience: not every provider issues one. Whoever wants more writes it into the policy."""
    policy = _POLICY.format(
        metadata="\n".join(_METADATA.format(segment=one.segment, path=one.metadata_paths[0]) for one in PLAYED),
        issuers="\n".join(_ISSUER.format(issuer=issuer) for issuer in partner_issuers()),
    )
    operations = ("GET /orders", "* /echo", "* /echo/*")
    return GatewayApi("partners", "Partners", policy, checks_possession=True, operations=operations)


def with_further_providers(state: State, seed: str) -> State:
    """A state that earlier versions kept, with the clients of the further providers and the API for their tokens."""
    if state.registered != NOTHING:
        return state
    own = partners_api()
    others = tuple(one for one in state.gateway_apis if one.path != own.path)
    return replace(state, registered=sample_registrations(seed), gateway_apis=(*others, own))

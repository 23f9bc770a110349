"""What a new workspace starts with: two APIs behind the gateway and two clients allowed to call them."""

from dataclasses import dataclass

from console.core.issuers import METADATA_PATH
from console.sandbox.ids import guid, hash_of, opaque
from console.sandbox.partners import partners_api
from console.sandbox.providers.samples import sample_registrations
from console.sandbox.registration import with_secret
from console.sandbox.roles import Grants
from console.sandbox.state import ApiRegistration, ClientRegistration, GatewayApi, State, people_of

NEVER = 4_102_444_800  # 2100-01-01: the sample secret outlives the workspace

_POLICY = """<policies>
    <inbound>
        <base />
        <validate-jwt header-name="Authorization" require-scheme="Bearer" failed-validation-httpcode="401"
                      failed-validation-error-message="Unauthorized. Access token is missing or invalid.">
            <openid-config url="{metadata}" />
            <audiences>
                <audience>{audience}</audience>
            </audiences>
            <issuers>
                <issuer>{issuer}</issuer>
            </issuers>
            <required-claims>
                <claim name="{client_claim}" match="any">{clients}</claim>
                <claim name="roles" match="any">
                    {roles}
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


@dataclass(frozen=True, slots=True, repr=False)
class SampleCatalogue:
    """A workspace's first state, and the values a person needs for it: the secret and the key are kept only as
    hashes.
    """

    state: State
    orders: ApiRegistration
    invoices: ApiRegistration
    secret_client: ClientRegistration
    certificate_client: ClientRegistration
    client_secret: str
    subscription_key: str


def sample_catalogue(seed: str) -> SampleCatalogue:
    """The samples that belong to `seed`, always the same for the same one.

    The seed must be secret: the client secret and the subscription key follow from it. The certificate client has no
    certificate yet (see `registration.with_certificate`).
    """
    tenant = guid(seed, "tenant")
    orders = ApiRegistration(guid(seed, "orders"), "Orders", 2, ("Orders.Read", "Orders.Write"))
    invoices = ApiRegistration(guid(seed, "invoices"), "Invoices", 1, ("Invoices.Read",))
    grants = (Grants(orders.id, ("Orders.Read", "Orders.Write")), Grants(invoices.id, ("Invoices.Read",)))
    secret, key = f"s8~{opaque(seed, 'client secret', size=30)}", opaque(seed, "subscription key", size=24)
    first = ClientRegistration(guid(seed, "secret client"), "Sample client with a secret", grants=grants)
    by_secret = with_secret(first, secret, expires_at=NEVER)
    by_certificate = ClientRegistration(
        guid(seed, "certificate client"), "Sample client with a certificate", grants=grants
    )
    state = State(
        tenant,
        apis=(orders, invoices),
        clients=(by_secret, by_certificate),
        people=people_of(tenant, (orders, invoices)),
        key_hashes=(hash_of(key),),
        registered=sample_registrations(seed),
        gateway_apis=(
            GatewayApi(
                "orders",
                "Orders",
                policy(orders, tenant),
                requires_key=True,
                operations=(
                    "GET /orders",
                    "POST /reports",
                    "GET /reports/*",
                    "GET /operations/*",
                    "POST /operations/*",
                    "* /echo",
                    "* /echo/*",
                ),
            ),
            GatewayApi(
                "invoices", "Invoices", policy(invoices, tenant), operations=("GET /invoices", "* /echo", "* /echo/*")
            ),
            partners_api(),
        ),
    )
    return SampleCatalogue(state, orders, invoices, by_secret, by_certificate, secret, key)


def policy(api: ApiRegistration, tenant: str) -> str:
    """The API's gateway policy, with the placeholders `{sandbox}` and `{sandbox-clients}` (see `policy_text.fill`)."""
    is_v2 = api.requested_version == 2
    provider = "{sandbox}/" + tenant
    return _POLICY.format(
        metadata=f"{provider}/v2.0{METADATA_PATH}" if is_v2 else f"{provider}{METADATA_PATH}",
        audience=api.id if is_v2 else api.identifier_uri,
        issuer=f"{provider}/v2.0" if is_v2 else "{sandbox}/sts/" + tenant + "/",
        client_claim="azp" if is_v2 else "appid",
        clients="{sandbox-clients}",
        roles="".join(f"<value>{role}</value>" for role in api.app_roles),
    )

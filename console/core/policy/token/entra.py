"""What `validate-azure-ad-token` knows of its tenant: the metadata, and the issuer as the Entra validator compares it.

The validator accepts the v1 and the v2 issuer of a tenant, by the token's own version, and fills the tenant into the
issuer of metadata for several tenants (IDX40001 to IDX40004).
"""

from collections.abc import Mapping

from msgspec import Struct

from console.core.compare import GUID, is_guid, same_id
from console.core.issuers import CONSUMERS, CONSUMERS_TENANT, host_of
from console.core.json.text import shorten
from console.core.policy.engine.model import GatewayCheck, MetadataView, Outcome, Warned, rests_on
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.compact import malformed
from console.core.policy.token.parties import TENANT_MARK, Judged, issuer_failure
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.policy.token.tenant import Tenant, metadata_url
from console.core.tokens.keys import KeySet
from console.core.tokens.token import Token

VERSIONS = ("1.0", "2.0")
EXTERNAL_ID = ".ciamlogin.com"
_ORIGIN = ("iss", "ver", "tid")


class Published(Struct, frozen=True):
    """What is known of the tenant. `view` is the metadata for the token's version, None when there is none.

    `given` is the metadata of both versions by address, the token's own first. `missing` and `unreachable` name why
    `view` is None.
    """

    view: MetadataView | None
    given: Mapping[str, MetadataView]
    missing: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()

    @property
    def keysets(self) -> tuple[KeySet, ...]:
        return tuple(view.keyset for view in self.given.values() if view.keyset is not None)

    @property
    def unread(self) -> tuple[str, ...]:
        """What of the keys was not given, or is more than is read here; one version with keys is enough for both."""
        with_keys = {url: view for url, view in self.given.items() if view.keyset is not None}
        return tuple(need for url, view in (with_keys or self.given).items() for need in view.unread_keys(url))


class Origin(Struct, frozen=True):
    """What a token says of where it comes from; "" for what it does not say. `named_version` is its ver, `version` 1.0
    or 2.0 by that, else by the form of the issuer.
    """

    issuer: str
    tenant: str
    named_version: str
    version: str

    @property
    def is_external(self) -> bool:
        """Whether it comes from an external (customer) tenant."""
        if self.issuer.isprintable() and EXTERNAL_ID not in self.issuer.lower():
            return False  # asked of every token: taking a URL apart costs more than a check
        return host_of(self.issuer).endswith(EXTERNAL_ID)


def origin_of(token: Token) -> Origin:
    claims = token.claims or {}
    issuer, named, tenant = [one if isinstance(one, str) else "" for one in map(claims.get, _ORIGIN)]
    tenant = tenant or token.text_claim("tenantId") or ""
    if named in VERSIONS:
        return Origin(issuer, tenant, named, named)
    return Origin(issuer, tenant, named, "2.0" if issuer.rstrip("/").endswith("/v2.0") else "1.0")


def version_check(origin: Origin, switches: Switches) -> Judged:
    """Nothing for a token that names its version; for another one a switch decides."""
    named = origin.named_version
    if named in VERSIONS:
        return (), ()
    what = f"The token names {f'the version {shorten(named, 20)}' if named else 'no version'} (ver)."
    unsure = (rests_on("entra-version", f"{what} Nobody has confirmed that it passes."),)
    if chosen(switches, "entra-version") == "issuer":
        return (), unsure
    return (malformed("IDX14100", "JWT is not well formed.", what),), unsure


def published(tenant: Tenant, origin: Origin, metadata: Mapping[str, MetadataView]) -> Published:
    """The metadata that was given for the tenant; that of the token's version alone is enough."""
    if tenant.needs:
        return Published(None, {}, missing=tenant.needs)
    wanted = _urls(tenant, origin, origin.version)
    other = _urls(tenant, origin, "1.0" if origin.version == "2.0" else "2.0")
    own: MetadataView | None = None
    given: dict[str, MetadataView] = {}
    for url in wanted:
        if (own := _given(url, metadata)) is not None:
            given[url] = own
            break
    for url in other:
        if (view := _given(url, metadata)) is not None:
            given[url] = view
    if own is not None:
        return Published(own, given)
    if unreachable := tuple(url for url in wanted if url in metadata):
        return Published(None, given, unreachable=unreachable)
    return Published(None, given, missing=wanted[:1])


def _given(url: str, metadata: Mapping[str, MetadataView]) -> MetadataView | None:
    view = metadata.get(url)
    return view if view is not None and view.is_reachable else None


def _urls(tenant: Tenant, origin: Origin, version: str) -> tuple[str, ...]:
    """Where the metadata may stand. For many tenants also under the token's own, and v1 under common."""
    if not tenant.is_any:
        return tenant.v2_spellings if version == "2.0" else tenant.v1_spellings
    own = tenant.v2_metadata if version == "2.0" else tenant.v1_metadata
    names = [origin.tenant] if is_guid(origin.tenant) else []
    names += ["common"] if version == "1.0" else []
    return tuple(dict.fromkeys((own, *(metadata_url(tenant.endpoint, name, version) for name in names))))


def issuer_check(origin: Origin, tenant: Tenant, known: Published) -> GatewayCheck:
    """The issuer is the one that the metadata of the token's version names, for the token's own tenant."""
    issuer, named = origin.issuer, origin.tenant
    if not issuer.strip():
        text = "Unable to validate issuer. The 'issuer' parameter is null or whitespace."
        return issuer_failure("IDX10211", text, "The token names no issuer (iss).")
    if "/tfp/" in issuer:
        text = f"Microsoft.IdentityModel does not support a B2C issuer with 'tfp'. Issuer: '{issuer}'."
        return issuer_failure("IDX40002", text, f"The token comes from a B2C policy ({issuer}).", actual=issuer)
    if not (named or GUID.search(issuer)):
        text = "Neither `tid` nor `tenantId` claim is present in the token."
        return issuer_failure("IDX40003", text, "The token does not name a tenant (tid).", actual=issuer)
    if named and named not in issuer and named.lower() not in issuer.lower():
        text = f"The 'issuer' claim does not contain the tenant id: '{named}'."
        what = f"The token's issuer {issuer} does not contain its own tenant {named}."
        return issuer_failure("IDX40004", text, what, expected=named, actual=issuer)
    if known.view is not None:
        return _compared(issuer, known.view, named or GUID.findall(issuer)[0])
    if origin.is_external and not host_of(tenant.endpoint).endswith(EXTERNAL_ID):
        return _wrong(issuer, f"an issuer of {tenant.endpoint}")
    if known.missing:
        return unknown("issuer", "The metadata of the tenant was not given.", needs=known.missing)
    what = "The metadata could not be read, so nobody knows which issuer it names."
    return unknown("issuer", what, needs=known.unreachable)


def _compared(issuer: str, view: MetadataView, tenant: str) -> GatewayCheck:
    expected = view.issuer.replace(TENANT_MARK, tenant)
    if issuer == expected:
        return GatewayCheck("issuer", Outcome.PASS, f"The token comes from {issuer}.", None, issuer)
    return _wrong(issuer, expected or "an issuer that its metadata does not name")


def _wrong(issuer: str, expected: str) -> GatewayCheck:
    text = f"Issuer: '{issuer}', does not match any of the valid issuers provided for this application."
    what = f"The token comes from {issuer}; the policy accepts {expected}."
    return issuer_failure("IDX40001", text, what, expected=expected, actual=issuer)


def external_warning(origin: Origin) -> tuple[Warned, ...]:
    if not origin.is_external:
        return ()
    text = "The token comes from an external (customer) tenant, which this policy does not support."
    return (Warned("external-id-token", text),)


def tenant_check(origin: Origin, tenant: Tenant, known: Published) -> GatewayCheck:
    """The token's tenant is the policy's. organizations leaves the tenant of personal accounts out."""
    actual = origin.tenant
    if not actual:
        return _foreign(tenant.name, actual)
    if tenant.needs:
        return unknown("tenant", "Which tenant the policy accepts is only known at run time.", needs=tenant.needs)
    if tenant.is_any:
        if tenant.name == "organizations" and same_id(actual, CONSUMERS_TENANT):
            return _foreign("organizations, which leaves personal accounts out", actual)
        return passed("tenant", f"The token comes from the tenant {actual}.", actual=actual)
    wanted = CONSUMERS_TENANT if tenant.name == CONSUMERS else tenant.name
    if not (tenant.is_id or is_guid(wanted)):
        found = _tenant_in(known)
        if not found:
            what = "The policy names the tenant by its domain; the token carries its id."
            return unknown("tenant", what, needs=(tenant.name,))
        wanted = found
    if same_id(actual, wanted):
        return GatewayCheck("tenant", Outcome.PASS, f"The token comes from the tenant {actual}.", wanted, actual)
    return _foreign(wanted, actual)


def _tenant_in(known: Published) -> str:
    """The tenant's id in the issuer of its metadata; "" when there is none."""
    found = (match[0] for view in known.given.values() if (match := GUID.search(view.issuer)))
    return next(found, "")


def _foreign(wanted: str, actual: str) -> GatewayCheck:
    source = f"the tenant {actual}" if actual else "no tenant (tid)"
    what = f"The token comes from {source}; the policy accepts {wanted}."
    text = "The token's tenant is not accepted."
    return GatewayCheck("tenant", Outcome.FAIL, what, wanted, actual, reason="TokenIssuerNotAllowed", message=text)

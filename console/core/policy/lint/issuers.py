"""Who issues the tokens, and where the keys come from."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from console.core.compare import is_guid
from console.core.issuers import ANY_TENANT, ENTRA_HOSTS, METADATA_PATH, host_of
from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.token.matching import is_literal
from console.core.policy.token.metadata_address import is_customer_host, issuer_form, version_of
from console.core.policy.token.token_policy import AZURE_AD, JWT, TokenPolicy

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TYPO_RATIO = 0.93
_MOST_HOSTS = 20


@rule(
    "issuer-not-checked",
    "Issuer not checked",
    why="Whoever holds a key of the policy can make tokens in the name of any issuer.",
    do="Add an issuers element, or take the keys from the issuer's metadata with openid-config.",
)
def issuer_not_checked(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        is_checked = policy.metadata or any(policy.issuers) or any(one.values for one in policy.claims_named("iss"))
        if policy.kind == JWT and not is_checked:
            text = "The policy has neither metadata nor issuers: whoever signs with its key may name any issuer."
            yield Remark(text, policy.path)


@rule(
    "no-keys",
    "No keys to verify with",
    why="Without metadata and without keys the gateway refuses every signed token.",
    do="Add openid-config with the issuer's metadata address.",
    is_decisive=True,
)
def no_keys(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        keys = [
            block
            for name in ("issuer-signing-keys", "issuer-signing-tokens")
            for block in policy.element.all(name)
            if block.children
        ]
        if policy.kind == JWT and not policy.metadata and not keys:
            text = "The policy has neither metadata nor keys: no signed token can pass."
            yield Remark(text, policy.path)


@rule(
    "template-issuer",
    "Issuer with a placeholder for the tenant",
    why="Whether the gateway puts the token's tenant into the template is not documented; a plain comparison fails.",
    do="Use the metadata of one tenant, list the accepted issuers, or use validate-azure-ad-token.",
)
def template_issuer(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        templates = [url for url in policy.metadata if issuer_form(url).tenant in ANY_TENANT]
        # A list of issuers gets round it, whether or not the gateway fills the template in.
        if templates and not any(policy.issuers):
            text = f"The metadata {listed(templates)} has no issuer of its own, but a template without a tenant."
            yield Remark(text, policy.path, "template-issuer")


@rule(
    "mixed-versions",
    "Metadata and issuers of different versions",
    why="A token of either version may then pass, and which of them does rests on behaviour that is not documented.",
    do="Decide for one version: the metadata address with /v2.0 and the v2 issuer, or both without.",
)
def mixed_versions(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        by_metadata = {version_of(url) for url in policy.metadata}
        by_list = {version_of(one) for one in policy.issuers if one}
        if len(by_metadata) == len(by_list) == 1 and "" not in by_metadata | by_list and by_metadata != by_list:
            text = (
                f"The metadata {listed(policy.metadata)} is for tokens of version {min(by_metadata)}, the issuer "
                f"{listed(policy.issuers, 'or')} is that of version {min(by_list)}."
            )
            yield Remark(text, policy.path, "issuer-lists")


@rule(
    "issuer-form",
    "Issuer that Entra never writes",
    why="The issuer is compared letter by letter, and slashes, host and tenant id must be as in the token.",
    do="Copy the issuer from the metadata or from the iss claim of a token.",
)
def issuer_form_never_used(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        for issuer in policy.issuers:
            form = issuer_form(issuer)
            if form.provider != "entra" or not is_literal(issuer) or _has_b2c(policy):
                continue
            if issuer not in (right := _entra_issuers(issuer)):
                text = f"Entra never writes the issuer {listed([issuer])}; it writes {listed(right, 'or')}."
                yield Remark(text, policy.path)


def _has_b2c(policy: TokenPolicy) -> bool:
    """Old B2C tenants issued under Entra's host, with a slash at the end."""
    return any(issuer_form(url).provider == "b2c" for url in policy.metadata)


def _entra_issuers(issuer: str) -> tuple[str, ...]:
    """The issuers that Entra writes for the tenant in the cloud that a text seems to mean."""
    form, host = issuer_form(issuer), host_of(issuer)
    tenant = form.tenant if is_guid(form.tenant) else "{tenant id}"
    if "sts." in host:
        return (f"https://{host}/{tenant}/",)
    if host == "login.microsoftonline.com" and form.version == "1.0":
        return (f"https://sts.windows.net/{tenant}/", f"https://{host}/{tenant}/v2.0")
    if host in ("login.windows.net", "login.microsoft.com"):
        return (f"https://sts.windows.net/{tenant}/", f"https://login.microsoftonline.com/{tenant}/v2.0")
    return (f"https://{host}/{tenant}/v2.0",)


@rule(
    "metadata-not-https",
    "Metadata over an open connection",
    why="Who can change the answer on the way can put in a key of their own and sign tokens with it.",
    do="Use the https address.",
)
def metadata_not_https(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        named = (*policy.metadata, policy.attribute("authentication-endpoint") or "")
        plain = [url for url in named if url.lower().startswith("http://") and host_of(url) not in _LOOPBACK]
        if plain:
            text = f"The keys are read from {listed(plain)}, over a connection that anybody on the way can change."
            yield Remark(text, policy.path)


@rule(
    "metadata-address",
    "Address is no metadata address",
    why="The gateway reads issuer and keys from the OpenID configuration, and finds neither at this address.",
    do="Use the address that ends with /.well-known/openid-configuration.",
    is_decisive=True,
)
def metadata_address(ground: Ground) -> Iterator[Remark]:
    """An address that is no metadata document: its issuer, or its keys, in place of it."""
    for policy in ground.token_policies:
        for url in policy.metadata:
            path = url.partition("?")[0]
            if is_literal(url) and issuer_form(url).provider == "entra" and not path.endswith(METADATA_PATH):
                text = f"The metadata address {listed([url])} does not end with {METADATA_PATH}, where Entra has it."
                yield Remark(text, policy.path)


@rule(
    "host-misspelt",
    "Host looks misspelt",
    why="The keys come from this host, and a name that is nearly right may belong to somebody else.",
    do="Correct the host; the vendor's own page prints login-microsoftonline.com where a dot belongs.",
    is_decisive=True,
)
def host_misspelt(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        named = (*policy.metadata, *policy.issuers, policy.attribute("authentication-endpoint") or "")
        hosts = dict.fromkeys(host_of(one) for one in named if is_literal(one))
        for host in islice(hosts, _MOST_HOSTS):
            meant = _nearest_host(host)
            if meant:
                text = f"The host {listed([host])} is none of Microsoft's; {meant} is."
                yield Remark(text, policy.path)


def _nearest_host(host: str) -> str:
    """The sign-in host that a host was meant to be; "" when it is one itself or looks like none."""
    if not host or host in ENTRA_HOSTS:
        return ""
    ratio, nearest = max((SequenceMatcher(None, host, known).ratio(), known) for known in ENTRA_HOSTS)
    return nearest if ratio >= _TYPO_RATIO else ""


@rule(
    "external-id-token",
    "External tenant is not supported",
    why="validate-azure-ad-token is made for workforce tenants and refuses tokens of customer tenants and B2C.",
    do="Use validate-jwt with the metadata address of the external tenant.",
    is_decisive=True,
)
def external_tenant(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        named = [policy.attribute(name) or "" for name in ("authentication-endpoint", "tenant-id")]
        if policy.kind == AZURE_AD and (customers := [one for one in named if is_customer_host(one)]):
            text = f"The policy names {listed(customers)}; it does not support tokens of external (customer) tenants."
            yield Remark(text, policy.path)


@rule(
    "tenant-conflict",
    "Wanted tenant issues none of the tokens",
    why="The claim tid names the tenant that issued the token, and the policy takes its keys from another one.",
    do="Use the metadata or the tenant-id of the tenant that the claim wants.",
    is_decisive=True,
)
def tenant_conflict(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        tenants = policy.tenants
        if tenants is None or not all(map(is_guid, tenants)):
            continue
        for claim in policy.claims_named("tid"):
            wanted = {value.lower() for value in claim.literals}
            if wanted and len(wanted) == len(claim.values) and not wanted & tenants:
                text = f"The claim tid must be {listed(claim.literals, 'or')}; tokens come from {listed(tenants)} only."
                yield Remark(text, policy.path)


@rule(
    "any-tenant-accepted",
    "Any organisation passes",
    why="With common or organizations everybody can make tokens in a tenant of their own.",
    do="Name one tenant, list the clients, or list the tenants that are customers in a required claim tid.",
)
def any_tenant_accepted(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        is_open = policy.kind == AZURE_AD and (policy.tenants or frozenset()) & ANY_TENANT
        if is_open and not policy.clients and not policy.claims_named("tid", "iss", "azp", "appid"):
            text = f"The tenant {listed(policy.tenants or ())} stands for every organisation, and nothing narrows it."
            yield Remark(text, policy.path)

"""What a token policy says about tokens, read from its element and judged by nobody yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from console.core.issuers import IssuerForm, host_of, read_issuer
from console.core.policy.lint.places import Place
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder

JWT, AZURE_AD = "validate-jwt", "validate-azure-ad-token"
TOKEN_POLICIES = frozenset({JWT, AZURE_AD})
METADATA_SUFFIX = "/.well-known/openid-configuration"
ANY_TENANT = frozenset({"common", "organizations"})
ENTRA_LOGIN = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """One claim of required-claims. `match` None: not given, so all; `separator` None or "": none."""

    name: str
    values: tuple[str, ...]
    match: str | None = None
    separator: str | None = None

    @property
    def literals(self) -> tuple[str, ...]:
        """The wanted values that stand in the text, each once."""
        return tuple(dict.fromkeys(value for value in self.values if is_literal(value)))

    @property
    def wants_all(self) -> bool:
        return self.match in (None, "all")


@dataclass(frozen=True, slots=True)
class TokenPolicy:
    """A validate-jwt or validate-azure-ad-token. `audiences` None: it has no such element.

    `metadata` are the addresses of its openid-config elements, placeholders included. `versions` are the Entra token
    versions whose issuers pass ("1.0", "2.0"), None when an issuer's version is not known. `is_entra`: every token it
    accepts comes from a workforce tenant of Microsoft Entra. `tenants` are those that metadata, issuers or tenant-id
    name, None when one of them cannot be told.
    """

    place: Place
    metadata: tuple[str, ...]
    issuers: tuple[str, ...]
    audiences: tuple[str, ...] | None
    clients: tuple[str, ...]
    backends: tuple[str, ...]
    claims: tuple[WantedClaim, ...]
    versions: frozenset[str] | None
    is_entra: bool
    tenants: frozenset[str] | None

    @property
    def kind(self) -> str:
        return self.place.name

    @property
    def path(self) -> str:
        return self.place.path

    def attribute(self, name: str) -> str | None:
        return self.place.element.attribute(name)

    def claims_named(self, *names: str) -> tuple[WantedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.name in names)

    @property
    def header(self) -> str | None:
        """The header that carries the token, in lower case; None when it comes from elsewhere."""
        named = self.attribute("header-name")
        if named is not None:
            return named.strip().lower()
        elsewhere = self.attribute("query-parameter-name") or self.attribute("token-value")
        return "authorization" if self.kind == AZURE_AD and not elsewhere else None

    @property
    def output_variable(self) -> str:
        return self.attribute("output-token-variable-name") or ""


def is_literal(text: str) -> bool:
    """Whether the value stands in the text: a placeholder is never judged."""
    return bool(text) and not is_placeholder(text)


def issuer_form(address: str) -> IssuerForm:
    """An issuer, or the issuer that a metadata address belongs to, taken apart; a placeholder has no form."""
    if not is_literal(address):
        return IssuerForm("other", "", "", "")
    path, _, query = address.partition("?")
    form = read_issuer(path.removesuffix(METADATA_SUFFIX))
    # Azure AD B2C was once reached under Entra's own host, with the user flow as a parameter.
    return replace(form, provider="b2c") if "p=b2c" in query.lower() else form


def version_of(address: str) -> str:
    """ "1.0" or "2.0" of an Entra issuer, its metadata address, or one shaped like it; "" for any other."""
    return _version(issuer_form(address))


def tenant_in(text: str) -> str:
    """The tenant of a tenant-id attribute, which may be a URL."""
    return text.strip().rstrip("/").rpartition("/")[2].lower()


def is_customer_host(address: str) -> bool:
    """Whether an address belongs to an external (customer) tenant or to Azure AD B2C."""
    return host_of(address).endswith((".ciamlogin.com", ".b2clogin.com"))


def read_token_policy(place: Place) -> TokenPolicy:
    element = place.element
    metadata = tuple(config.attribute("url") or "" for config in element.all("openid-config"))
    issuers = _texts(element, "issuers", "issuer")
    is_azure_ad = element.name == AZURE_AD
    forms = [issuer_form(one) for one in (*metadata, *issuers) if one]
    return TokenPolicy(
        place,
        metadata=metadata,
        issuers=issuers,
        audiences=None if element.child("audiences") is None else _texts(element, "audiences", "audience"),
        clients=_texts(element, "client-application-ids", "application-id"),
        backends=_texts(element, "backend-application-ids", "application-id"),
        claims=tuple(_claim(claim) for block in element.all("required-claims") for claim in block.all("claim")),
        versions=frozenset({"1.0", "2.0"}) if is_azure_ad else _all_or_none(map(_version, forms)),
        is_entra=is_azure_ad or (bool(forms) and all(form.provider == "entra" for form in forms)),
        tenants=_all_or_none((_own_tenant(element),) if is_azure_ad else map(_entra_tenant, forms)),
    )


def _all_or_none(texts: Iterable[str]) -> frozenset[str] | None:
    """The texts as a set; None when there is none or one of them is not known."""
    found = tuple(texts)
    return frozenset(found) if found and all(found) else None


def _version(form: IssuerForm) -> str:
    return form.version if form.provider in {"entra", "sandbox"} else ""


def _entra_tenant(form: IssuerForm) -> str:
    return form.tenant if form.provider == "entra" else ""


def _own_tenant(element: Element) -> str:
    tenant = tenant_in(element.attribute("tenant-id") or "")
    return tenant if is_literal(tenant) else ""


def _texts(element: Element, block: str, item: str) -> tuple[str, ...]:
    return tuple(one.text for found in element.all(block) for one in found.all(item))


def _claim(element: Element) -> WantedClaim:
    return WantedClaim(
        element.attribute("name") or "",
        tuple(value.text for value in element.all("value")),
        element.attribute("match"),
        element.attribute("separator") or None,
    )


def lists_of(policy: TokenPolicy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every list of accepted values with the name people know it by."""
    yield "audiences", policy.audiences or ()
    yield "issuers", policy.issuers
    yield "client-application-ids", policy.clients
    yield "backend-application-ids", policy.backends
    yield "metadata addresses", policy.metadata
    for claim in policy.claims:
        yield f"the claim {claim.name}", claim.values

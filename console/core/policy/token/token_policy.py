"""The one reading of a token policy's element: where it takes its token from, and what it demands of it.

Nothing is judged here. Engine, review, repair, expectation, editor and diagnosis ask this for what a validate-jwt or
validate-azure-ad-token says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from console.core.issuers import IssuerForm
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.element import Element, walk
from console.core.policy.token.attributes import Flag, Number, flag, number
from console.core.policy.token.matching import is_literal
from console.core.policy.token.metadata_address import issuer_form, version_of_form
from console.core.policy.token.tenant import Tenant, read_tenant

JWT: Literal["validate-jwt"] = "validate-jwt"
AZURE_AD: Literal["validate-azure-ad-token"] = "validate-azure-ad-token"
Kind = Literal["validate-jwt", "validate-azure-ad-token"]
TOKEN_POLICIES: frozenset[str] = frozenset({JWT, AZURE_AD})
AUTHORIZATION = "authorization"
OUTPUT_VARIABLE = "output-token-variable-name"
# What each means without saying so: the header it reads, and its words for a call without a token.
_UNSAID = {JWT: ("", "JWT not present."), AZURE_AD: ("Authorization", "Azure AD JWT not present")}


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where a token policy looks for its token. `name` is that of the header or query parameter as it is written, ""
    when the policy names none; `value` is the text itself where the policy computes it. `scheme` None or "": any.
    `is_authorization`: it is the header Authorization, the only one in which a scheme counts. `shown` is the place for
    people. `missing_message` is what the gateway says when there is no token.
    """

    kind: Literal["header", "query", "value"]
    name: str = ""
    value: str = field(default="", repr=False)
    scheme: str | None = None
    missing_message: str = "JWT not present."
    is_authorization: bool = field(init=False, compare=False, repr=False)
    shown: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Every evaluation asks for these."""
        is_authorization = self.kind == "header" and self.name.strip().lower() == AUTHORIZATION
        object.__setattr__(self, "is_authorization", is_authorization)
        kind = "query parameter" if self.kind == "query" else "header"
        object.__setattr__(self, "shown", f"the {kind} {self.name}")

    @property
    def part(self) -> str:
        """The part of a call, `header:name` or `query:name` in lower case; "" when that is not said."""
        return f"{self.kind}:{self.name.strip().lower()}" if self.name and self.kind != "value" else ""


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """One claim of required-claims. `match` None: not given, so all; `separator` None: the claim is not split."""

    element: Element
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


@dataclass(frozen=True, slots=True, repr=False)
class TokenPolicy:
    """A validate-jwt or validate-azure-ad-token, as it is written: lists keep their empty and repeated entries.

    `path` is where it stands in its document, as in `Step.path`; "" when nobody asked. `audiences` None: it has no such
    element. `metadata` are the addresses of its openid-config elements, placeholders included.
    """

    element: Element
    path: str
    source: TokenSource
    metadata: tuple[str, ...]
    issuers: tuple[str, ...]
    audiences: tuple[str, ...] | None
    clients: tuple[str, ...]
    backends: tuple[str, ...]
    claims: tuple[WantedClaim, ...]

    @property
    def kind(self) -> str:
        return self.element.name

    @property
    def is_azure_ad(self) -> bool:
        return self.element.name == AZURE_AD

    @property
    def section(self) -> str:
        return self.path.partition("/")[0]

    @property
    def is_certain(self) -> bool:
        """Whether it runs for every call that comes so far: it stands in no branch of a choose."""
        return "/choose[" not in self.path

    def attribute(self, name: str) -> str | None:
        return self.element.attribute(name)

    def claims_named(self, *names: str) -> tuple[WantedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.name in names)

    @property
    def header(self) -> str | None:
        """The header that carries the token, in lower case; None when it comes from elsewhere."""
        return self.source.name.strip().lower() or None if self.source.kind == "header" else None

    @property
    def query_parameter(self) -> str | None:
        """The query parameter that carries the token, as it is written; None when it comes from elsewhere."""
        return self.source.name or None if self.source.kind == "query" else None

    @property
    def output_variable(self) -> str:
        """The variable that holds the token once it has passed; "" when there is none."""
        return self.attribute(OUTPUT_VARIABLE) or ""

    @property
    def metadata_addresses(self) -> tuple[str, ...]:
        """Where the keys and the issuer of validate-jwt are published, as the gateway asks for them: each once."""
        return tuple(dict.fromkeys(url.strip() for url in self.metadata))

    @property
    def tenant(self) -> Tenant:
        """Whom validate-azure-ad-token trusts."""
        return read_tenant(self.attribute("tenant-id") or "", self.attribute("authentication-endpoint"))

    @property
    def pins_audience(self) -> bool:
        """Whether required claims or backend ids say for which API a token must be."""
        return bool(self.backends) or any(claim.values for claim in self.claims_named("aud"))

    @property
    def skew(self) -> Number:
        """The seconds that validate-jwt forgives a wrong clock."""
        return number(self.element, "clock-skew", 0)

    @property
    def requires_expiry(self) -> Flag:
        return flag(self.element, "require-expiration-time")

    @property
    def requires_signature(self) -> Flag:
        return flag(self.element, "require-signed-tokens")

    @property
    def status(self) -> Number:
        """What a refused call is answered with."""
        return number(self.element, "failed-validation-httpcode", 401)

    @property
    def versions(self) -> frozenset[str] | None:
        """The Entra token versions ("1.0", "2.0") whose issuers pass; None when an issuer's version is not known."""
        return frozenset({"1.0", "2.0"}) if self.is_azure_ad else _all_or_none(map(version_of_form, self._forms()))

    @property
    def is_entra(self) -> bool:
        """Whether every token it accepts comes from a workforce tenant of Microsoft Entra."""
        forms = self._forms()
        return self.is_azure_ad or (bool(forms) and all(form.provider == "entra" for form in forms))

    @property
    def tenants(self) -> frozenset[str] | None:
        """Those that metadata, issuers or tenant-id name; None when one of them cannot be told."""
        if self.is_azure_ad:
            named = self.attribute("tenant-id") or ""
            return _all_or_none((self.tenant.name.lower() if is_literal(named) else "",))
        return _all_or_none(form.tenant if form.provider == "entra" else "" for form in self._forms())

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every list of accepted values with the name people know it by."""
        yield "audiences", self.audiences or ()
        yield "issuers", self.issuers
        yield "client-application-ids", self.clients
        yield "backend-application-ids", self.backends
        yield "metadata addresses", self.metadata
        for claim in self.claims:
            yield f"the claim {claim.name}", claim.values

    def _forms(self) -> list[IssuerForm]:
        return [issuer_form(one) for one in (*self.metadata, *self.issuers) if one]


def read_token_policy(element: Element, *, path: str = "") -> TokenPolicy:
    """The element must be one of `TOKEN_POLICIES`."""
    return TokenPolicy(
        element,
        path,
        source_of(element),
        metadata=tuple(config.attribute("url") or "" for config in element.all("openid-config")),
        issuers=_texts(element, "issuers", "issuer"),
        audiences=None if element.child("audiences") is None else _texts(element, "audiences", "audience"),
        clients=_texts(element, "client-application-ids", "application-id"),
        backends=_texts(element, "backend-application-ids", "application-id"),
        claims=tuple(wanted_claim(claim) for block in element.all("required-claims") for claim in block.all("claim")),
    )


def source_of(element: Element) -> TokenSource:
    """A value wins over a query parameter, and that over a header; validate-azure-ad-token reads Authorization when it
    names nothing. One token policy has one of them: the schema of validate-jwt refuses several.
    """
    usual, missing = _UNSAID[element.name]
    scheme = element.attribute("require-scheme")
    if (value := element.attribute("token-value")) is not None:
        return TokenSource("value", "", value, scheme, missing)
    if (query := element.attribute("query-parameter-name")) is not None:
        return TokenSource("query", query, "", scheme, missing)
    return TokenSource("header", element.attribute("header-name") or usual, "", scheme, missing)


def inbound_token_policies(document: PolicyDocument) -> tuple[TokenPolicy, ...]:
    """The token policies of the inbound section in document order, nested ones included; without their paths."""
    return tuple(read_token_policy(element) for element in document.walk() if element.name in TOKEN_POLICIES)


def holds_token_policy(elements: Iterable[Element]) -> bool:
    """Whether a token policy is among the elements or in them."""
    return any(element.name in TOKEN_POLICIES for element in walk(elements))


def wanted_claim(element: Element) -> WantedClaim:
    return WantedClaim(
        element,
        element.attribute("name") or "",
        tuple(value.text for value in element.all("value")),
        element.attribute("match"),
        element.attribute("separator") or None,
    )


def _all_or_none(texts: Iterable[str]) -> frozenset[str] | None:
    """The texts as a set; None when there is none or one of them is not known."""
    found = tuple(texts)
    return frozenset(found) if found and all(found) else None


def _texts(element: Element, block: str, item: str) -> tuple[str, ...]:
    return tuple(one.text for found in element.all(block) for one in found.all(item))

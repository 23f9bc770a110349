"""Policies of both kinds with a token that satisfies them, and ways to break exactly one of their rules."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jwt
from hypothesis import strategies as st

from console.core.policy.engine.model import MetadataView
from console.core.policy.engine.request import GatewayRequest
from tests.core.policy.builders import NOW, key, view

TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
OTHER = "d7a1e5f3-2c4b-4b69-97d8-3e0f1a2b4c5d"
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
ISSUER_V1 = f"https://sts.windows.net/{TENANT}/"
URL = f"{ISSUER}/.well-known/openid-configuration"
URL_V1 = f"https://login.microsoftonline.com/{TENANT}/.well-known/openid-configuration"
METADATA: dict[str, MetadataView] = {URL: view("a1", ISSUER), URL_V1: view("a1", ISSUER_V1)}
AUDIENCES = (
    "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab",
    "api://6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab",
    "https://api.example/orders",
)
CLIENTS = ("e2c47a90-1b5d-4c8f-a3f6-90bd7e12c4a8", "0fd3b6a7-84ce-49a2-bd10-5c6e7f8a9b21")
ROLES = ("Orders.Read", "Orders.Write", "Admin")
SCOPES = ("orders.read", "orders.write")


@dataclass(frozen=True)
class ClaimSpec:
    """`separator` None: none is written."""

    name: str
    values: tuple[str, ...]
    match: str | None = None
    separator: str | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        return self.values[:1] if self.match == "any" else self.values

    def value(self) -> Any:
        """A value that satisfies the rule, with one more where the form allows it."""
        if self.name == "roles":
            return [*self.needed, "Other"]
        if self.separator is not None:
            return self.separator.join([*self.needed, "other"])
        return self.needed[0] if self.needed else "anything"


@dataclass(frozen=True)
class Spec:
    """A policy as it is written; `audiences` and `clients` empty: the list is left out."""

    kind: str
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    claims: tuple[ClaimSpec, ...] = ()
    skew: int | None = None
    scheme: str | None = None
    indent: str = "    "

    @property
    def skew_s(self) -> int:
        return self.skew or 0

    def text(self) -> str:
        lines = [*self._start(), *self._lists(), f"</{self.kind}>"]
        inbound = ["<policies>", "<inbound>", "<base />", *lines, "</inbound>", "</policies>"]
        return self._laid_out(inbound)

    def _start(self) -> list[str]:
        if self.kind == "validate-azure-ad-token":
            return [f'<validate-azure-ad-token tenant-id="{TENANT}">']
        skew = f' clock-skew="{self.skew}"' if self.skew is not None else ""
        scheme = f' require-scheme="{self.scheme}"' if self.scheme else ""
        return [f'<validate-jwt header-name="Authorization"{scheme}{skew}>', f'<openid-config url="{URL}" />']

    def _lists(self) -> list[str]:
        return [
            *_block("client-application-ids", "application-id", self.clients),
            *_block("audiences", "audience", self.audiences),
            *_block("issuers", "issuer", self.issuers),
            *self._required(),
        ]

    def _required(self) -> list[str]:
        if not self.claims:
            return []
        lines = ["<required-claims>"]
        for claim in self.claims:
            match = f' match="{claim.match}"' if claim.match else ""
            separator = f' separator="{claim.separator}"' if claim.separator else ""
            lines += [f'<claim name="{claim.name}"{match}{separator}>']
            lines += [f"<value>{value}</value>" for value in claim.values] + ["</claim>"]
        return [*lines, "</required-claims>"]

    def _laid_out(self, lines: list[str]) -> str:
        depth, written = 0, []
        for line in lines:
            depth -= line.startswith("</")
            written.append(self.indent * depth + line)
            depth += not line.startswith("</") and not line.endswith("/>") and "</" not in line
        return "\n".join(written)

    def good_claims(self) -> dict[str, Any]:
        asked = {claim.name: claim.value() for claim in self.claims}
        return {
            "aud": self.audiences[0] if self.audiences else AUDIENCES[0],
            "iss": ISSUER,
            "exp": NOW + 3_000,
            "nbf": NOW - 600,
            "azp": self.clients[0] if self.clients else CLIENTS[0],
            "tid": TENANT,
            "ver": "2.0",
            "sub": "s",
            **asked,
        }


def _block(name: str, item: str, values: tuple[str, ...]) -> list[str]:
    return [f"<{name}>", *(f"<{item}>{value}</{item}>" for value in values), f"</{name}>"] if values else []


@dataclass(frozen=True)
class Sent:
    """How the call is made: claims of the token (None: no token), who signs it, and the header's form."""

    claims: dict[str, Any] | None
    signer: str = "a1"
    kid: str = "a1"
    scheme: str = "Bearer "
    is_tampered: bool = False

    def request(self) -> GatewayRequest:
        headers = () if self.claims is None else (("Authorization", self.scheme + self.token()),)
        return GatewayRequest("GET", "https://gw.example/orders", headers)

    def token(self) -> str:
        kept = {name: value for name, value in (self.claims or {}).items() if value is not None}
        payload = json.dumps(kept).encode()
        text = jwt.PyJWS().encode(payload, key(self.signer), algorithm="RS256", headers={"kid": self.kid})
        if not self.is_tampered:
            return text
        head, body, signature = text.split(".")
        return ".".join([head, body, ("B" if signature[0] == "A" else "A") + signature[1:]])


@dataclass(frozen=True)
class Break:
    """One rule broken: the check that then fails, and the reasons under which a gateway may report it.

    `touches` are the claims it changes; two breaks can be joined only where they touch nothing in common.
    """

    check: str
    reasons: frozenset[str]
    apply: Callable[[Sent], Sent]
    touches: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Break({self.check})"


def sent(spec: Spec) -> Sent:
    return Sent(spec.good_claims())


def claim_break(check: str, reasons: set[str], **changes: Any) -> Break:
    def apply(call: Sent) -> Sent:
        return replace(call, claims=None if call.claims is None else {**call.claims, **changes})

    return Break(check, frozenset(reasons), apply, frozenset(changes))


def breaks_of(spec: Spec) -> tuple[Break, ...]:
    """Every way to break one rule of this policy and no other."""
    late, early = NOW - spec.skew_s - 1, NOW + spec.skew_s + 1
    found = [
        claim_break("expiry", {"TokenExpired"}, exp=late, nbf=late - 60),
        claim_break("not-before", {"JwtInvalid"}, nbf=early),
        claim_break("expiration-present", {"JwtInvalid"}, exp=None),
        claim_break("issuer", {"TokenIssuerNotAllowed"}, iss=f"{ISSUER}/other"),
        Break("signature", frozenset({"TokenSignatureInvalid"}), lambda call: replace(call, is_tampered=True)),
        Break("token-present", frozenset({"TokenNotPresent"}), lambda call: replace(call, claims=None)),
    ]
    if spec.audiences:
        found.append(claim_break("audience", {"TokenAudienceNotAllowed"}, aud=OTHER))
        found.append(claim_break("audience", {"TokenAudienceNotAllowed"}, aud=None))
    if spec.clients:
        found.append(claim_break("client-application", {"TokenClaimValueNotAllowed", "JwtInvalid"}, azp=OTHER))
    for claim in spec.claims:
        found += _claim_breaks(claim)
    return tuple(found)


def _claim_breaks(claim: ClaimSpec) -> list[Break]:
    check = f"required-claim:{claim.name}"
    missing = claim_break(check, {"TokenClaimNotFound", "TokenClaimValueNotAllowed"}, **{claim.name: None})
    if not claim.values:
        return [missing]
    wrong = ["Nothing"] if claim.name == "roles" else "nothing"
    return [missing, claim_break(check, {"TokenClaimValueNotAllowed"}, **{claim.name: wrong})]


def _some(values: tuple[str, ...], *, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=least).map(tuple)


def claim_specs() -> st.SearchStrategy[tuple[ClaimSpec, ...]]:
    matches = st.sampled_from([None, "all", "any"])
    roles = st.builds(ClaimSpec, st.just("roles"), _some(ROLES), matches)
    scopes = st.builds(ClaimSpec, st.just("scp"), _some(SCOPES, least=1), matches, st.sampled_from([" ", ","]))
    scope = st.builds(ClaimSpec, st.just("scp"), st.sampled_from(SCOPES).map(lambda one: (one,)), matches)
    clients = st.builds(ClaimSpec, st.just("azp"), _some(CLIENTS, least=1), st.just("any"))
    department = st.builds(ClaimSpec, st.just("department"), st.sampled_from([(), ("sales",)]), matches)
    rules = st.one_of(roles, scopes, scope, clients, department)
    return st.lists(rules, max_size=3, unique_by=lambda claim: claim.name).map(tuple)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Policies of both kinds; every one has a token that passes."""
    kind = draw(st.sampled_from(["validate-jwt", "validate-jwt", "validate-azure-ad-token"]))
    audiences, claims = draw(_some(AUDIENCES)), draw(claim_specs())
    indent = draw(st.sampled_from(["    ", "\t", "", "  "]))
    if kind == "validate-azure-ad-token":
        clients = draw(_some(CLIENTS))
        claims = tuple(claim for claim in claims if claim.name != "azp")
        return Spec(kind, audiences, clients=clients, claims=claims, indent=indent)
    issuers = draw(_some((ISSUER, "https://issuer.example/")))
    skew = draw(st.sampled_from([None, 0, 30, 300]))
    return Spec(
        kind, audiences, issuers, (), claims, skew=skew, scheme=draw(st.sampled_from([None, "Bearer"])), indent=indent
    )


@st.composite
def broken(draw: st.DrawFn, *, most: int = 1) -> tuple[Spec, tuple[Break, ...], Sent]:
    """A policy, the rules that are broken (each of another check), and the call that breaks them."""
    spec = draw(specs())
    chosen = draw(
        st.lists(st.sampled_from(breaks_of(spec)), min_size=1, max_size=most, unique_by=lambda one: one.check)
    )
    call, joined = sent(spec), []
    for one in chosen:
        if not any(one.touches & other.touches for other in joined):
            joined.append(one)
            call = one.apply(call)
    return spec, tuple(joined), call

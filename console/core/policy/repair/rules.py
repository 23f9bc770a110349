"""What a policy element asks for, as repairs need to know it."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from console.core.compare import without_hidden
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck
from console.core.policy.text.document import Element
from console.core.policy.token.matching import claim_texts, is_literal, is_placeholder
from console.core.policy.token.token_policy import WantedClaim
from console.core.tokens.claim_families import same_claim

# Claims that hold one value in every token: "all" of several can never be there, so "any" gives nothing away.
SINGLE = (
    "azp", "appid", "client_id", "aud", "iss", "tid", "ver", "oid", "sub", "azpacr", "appidacr", "idtyp", "idp",
)  # fmt: skip
DEFAULT_SCOPE = "/.default"
_MOST_DEMANDS = 60
_SEPARATORS = (" ", ",", ", ", ";")
_LIST_MARKS = re.compile("[,;]")


@dataclass(frozen=True, slots=True)
class Demand:
    """One claim that the policy requires: `held` are the token's texts, None when it has no such claim."""

    claim: WantedClaim
    held: tuple[str, ...] | None

    @property
    def element(self) -> Element:
        return self.claim.element

    @property
    def name(self) -> str:
        return self.claim.name

    @property
    def values(self) -> tuple[str, ...]:
        return self.claim.values

    @property
    def is_any(self) -> bool:
        return self.claim.match == "any"

    @property
    def separator(self) -> str | None:
        return self.claim.separator

    @property
    def missing(self) -> tuple[str, ...]:
        """The values that would have to be added: one of them, or all."""
        open_values = tuple(value for value in self.values if value not in (self.held or ()))
        known = tuple(value for value in open_values if not is_placeholder(value))
        return known[:1] if self.is_any else known

    def is_met_by(self, held: tuple[str, ...]) -> bool:
        match = any if self.is_any else all
        return not self.values or match(value in held for value in self.values)


def demands_of(failure: FailedCheck) -> tuple[Demand, ...]:
    """The unmet claims that a failing `required-claim:NAME` is about; several elements may name the same claim. Of
    very many only the first: nobody meets them all.
    """
    name = failure.check.check.partition(":")[2]
    named = failure.demands.claims_named(name) if failure.demands else ()
    demands = (_demand(claim, failure.claims) for claim in named)
    return tuple(islice((one for one in demands if one.held is None or not one.is_met_by(one.held)), _MOST_DEMANDS))


def _demand(claim: WantedClaim, claims: dict[str, Any]) -> Demand:
    value = claims.get(claim.name)
    return Demand(claim, None if value in (None, []) else claim_texts(value, separator=claim.separator))


def twin_of(one: Demand, claims: dict[str, Any]) -> str | None:
    """The other name under which the token carries what a missing claim asks for; None when it does not."""
    if one.held is not None:
        return None
    present = (name for name in same_claim(one.name) if claims.get(name) not in (None, []))
    return next((name for name in present if one.is_met_by(claim_texts(claims[name], separator=one.separator))), None)


def fitting_separator(one: Demand, claims: dict[str, Any]) -> str | None:
    """The mark at which the claim's text has to be split to have what is asked for; None when the present one does."""
    if one.held is None or one.is_met_by(one.held):
        return None
    value = claims.get(one.name)
    whole = claim_texts(value, separator=None)
    standing = (mark for mark in _SEPARATORS if mark != one.separator and any(mark in text for text in whole))
    return next((mark for mark in standing if one.is_met_by(claim_texts(value, separator=mark))), None)


def parts_of(text: str) -> tuple[str, ...]:
    """The values in a text that a list was written into, with commas, semicolons or blanks; one for a plain value."""
    if is_placeholder(text):
        return (text,)
    return tuple(dict.fromkeys(_LIST_MARKS.sub(" ", text).split()))


def is_same_but_case(one: str, other: str) -> bool:
    return one != other and one.lower() == other.lower() and not is_placeholder(other)


def accepted_issuers(trial: Trial, failure: FailedCheck) -> tuple[str, ...]:
    """Those of the metadata, then those listed, without what is only known at run time or is a template."""
    demands = failure.demands
    if demands is None:
        return ()
    published = tuple(trial.metadata[url].issuer for url in demands.metadata_addresses if url in trial.metadata)
    return tuple(one for one in (*published, *demands.issuers) if is_literal(one) and "{" not in one)


def same_issuer(one: str, other: str) -> bool:
    """Whether two issuers differ in letter case, blanks and a slash at the end only: nobody else's, but no match."""
    return without_hidden(one).rstrip("/").lower() == without_hidden(other).rstrip("/").lower()


def wanted_tenant(failure: FailedCheck) -> str:
    """The tenant that validate-azure-ad-token names; "" for any other policy."""
    return failure.demands.tenant.name if failure.demands and failure.demands.is_azure_ad else ""

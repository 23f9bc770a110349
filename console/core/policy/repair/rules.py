"""What a policy element asks for, as repairs need to know it."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from console.core.compare import without_hidden
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import Failure
from console.core.policy.text.document import Element
from console.core.policy.token.attributes import texts
from console.core.policy.token.matching import claim_texts, is_placeholder
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
    """One `claim` of required-claims: `held` are the token's texts, None when it has no such claim."""

    element: Element
    name: str
    values: tuple[str, ...]
    is_any: bool
    separator: str | None
    held: tuple[str, ...] | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The values that would have to be added: one of them, or all."""
        open_values = tuple(value for value in self.values if value not in (self.held or ()))
        known = tuple(value for value in open_values if not is_placeholder(value))
        return known[:1] if self.is_any else known

    def is_met_by(self, held: tuple[str, ...]) -> bool:
        match = any if self.is_any else all
        return not self.values or match(value in held for value in self.values)


def demands_of(failure: Failure) -> tuple[Demand, ...]:
    """The unmet claims that a failing `required-claim:NAME` is about; several elements may name the same claim. Of
    very many only the first: nobody meets them all.
    """
    name = failure.check.check.partition(":")[2]
    listed = failure.policy.child("required-claims") if failure.policy else None
    named = (one for one in (listed.children if listed else ()) if one.name == "claim" and _is_named(one, name))
    demands = (demand(claim, failure.claims) for claim in named)
    return tuple(islice((one for one in demands if one.held is None or not one.is_met_by(one.held)), _MOST_DEMANDS))


def _is_named(claim: Element, name: str) -> bool:
    return (claim.attribute("name") or "") == name


def demand(claim: Element, claims: dict[str, Any]) -> Demand:
    name, separator = claim.attribute("name") or "", claim.attribute("separator")
    value = claims.get(name)
    held = None if value in (None, []) else claim_texts(value, separator=separator)
    return Demand(claim, name, texts(claim, "value"), claim.attribute("match") == "any", separator, held)


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


def accepted_issuers(trial: Trial, policy: Element | None) -> tuple[str, ...]:
    """Those of the metadata, then those listed, without what is only known at run time or is a template."""
    if policy is None:
        return ()
    addresses = tuple(config.attribute("url") or "" for config in policy.all("openid-config"))
    published = tuple(trial.metadata[url].issuer for url in addresses if url in trial.metadata)
    listed = texts(policy.child("issuers"), "issuer")
    return tuple(one for one in (*published, *listed) if one and "{" not in one and not is_placeholder(one))


def same_issuer(one: str, other: str) -> bool:
    """Whether two issuers differ in letter case, blanks and a slash at the end only: nobody else's, but no match."""
    return without_hidden(one).rstrip("/").lower() == without_hidden(other).rstrip("/").lower()


def wanted_tenant(policy: Element | None) -> str:
    """The last part of tenant-id, which may be written as a URL."""
    return (policy.attribute("tenant-id") or "").rstrip("/").rpartition("/")[2] if policy else ""

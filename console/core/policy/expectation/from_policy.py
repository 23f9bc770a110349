"""What a gateway policy demands of tokens, as an Expectation."""

from dataclasses import dataclass

from console.core.api import Expectation
from console.core.compare import same_id
from console.core.policy.engine.caller_rule import VARIABLE, CallerRule, rule_in
from console.core.policy.lint.base import Ground, ground_of, listed
from console.core.policy.policies import BY_NAME
from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.matching import is_literal
from console.core.policy.token.metadata_address import accepted_versions, issuers_of
from console.core.policy.token.token_policy import TokenPolicy, WantedClaim

_ONE_MEANING = frozenset({"aud", "iss", "azp", "appid", "roles", "scp", "scope", "tid", "ver"})
_BOTH = frozenset({"1.0", "2.0"})
_CLIENT_OF_OTHER_VERSION = {"1.0": "azp", "2.0": "appid"}


@dataclass(frozen=True, slots=True)
class PolicyExpectation:
    """What an API behind the policy demands. `metadata_urls` are the addresses that give issuer and keys.

    `notes` say what the expectation cannot hold, one sentence each; without notes it is met by exactly the tokens that
    the policy lets in.
    """

    expectation: Expectation
    metadata_urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Reader:
    """Collects the parts of one token policy; what cannot be held becomes a note."""

    def __init__(self, policy: TokenPolicy, callers: tuple[CallerRule, ...]) -> None:
        self.policy = policy
        self.callers = callers
        self.notes: list[str] = []
        self.claims = self._claims()

    def _claims(self) -> dict[str, tuple[str, ...]]:
        """The accepted values by claim name, one being enough."""
        found: dict[str, tuple[str, ...]] = {}
        for claim in self.policy.claims:
            if why := self._obstacle(claim, found):
                self.notes.append(why)
            else:
                found[claim.name] = tuple(dict.fromkeys(claim.values))
        return found

    def _obstacle(self, claim: WantedClaim, found: dict[str, tuple[str, ...]]) -> str:
        """Why a claim cannot be carried over; "" when it can."""
        wanted = f"The claim {claim.name or 'without a name'}"
        if claim.name not in _ONE_MEANING:
            return f"{wanted} ({listed(claim.values, 'or') or 'any value'}) has no place among what an API expects."
        if not claim.values:
            return f"{wanted} must be there with any value, which has no place among what an API expects."
        if not all(map(is_literal, claim.values)) or claim.match not in (None, "all", "any"):
            return f"{wanted} has a value that is only known at run time."
        if claim.wants_all and len(set(claim.values)) > 1:
            return f"{wanted} must hold all of {listed(claim.values)}; an API here expects one of several."
        if claim.name in found:
            return f"{wanted} is asked for twice; only the first is carried over."
        return self._permission_obstacle(claim, found)

    def _permission_obstacle(self, claim: WantedClaim, found: dict[str, tuple[str, ...]]) -> str:
        others = {"roles": {"scp", "scope"}, "scp": {"roles", "scope"}, "scope": {"roles", "scp"}}
        if both := others.get(claim.name, set()) & found.keys():
            return f"The claim {claim.name} is wanted beside {min(both)}; an API here expects one of the two."
        if {claim.name, *found} >= {"azp", "appid"}:
            return "The claims azp and appid are wanted together, which no token has."
        if claim.name in ("scp", "scope") and claim.separator != " ":
            self.notes.append(f"{claim.name} is not split at blanks, so only a token with one scope alone passes.")
        if claim.name not in ("scp", "scope") and claim.separator:
            self.notes.append(f"The claim {claim.name} is split at {claim.separator!r}, which is not carried over.")
        return ""

    def values(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """A list of the policy, blank entries left out; empty when a part of it is only known at run time."""
        filled = tuple(dict.fromkeys(value for value in values if value))
        if all(map(is_literal, filled)):
            return filled
        self.notes.append(f"One of the {name} is only known at run time.")
        return ()

    def audiences(self) -> tuple[str, ...]:
        in_list = self.values("audiences", self.policy.audiences or ())
        backends = self.values("backend application ids", self.policy.backends)
        ways = [in_list, tuple(f"{form}{one}" for one in backends for form in ("", "api://")), self._claim("aud")]
        given = [way for way in ways if way]
        return tuple(one for one in given[0] if all(one in way for way in given[1:])) if given else ()

    def issuers(self) -> tuple[str, ...]:
        in_list, in_claim = self.values("issuers", self.policy.issuers), self._claim("iss")
        of_metadata = [issuers_of(url) for url in self.policy.metadata if is_literal(url)]
        if in_claim:
            trusted = {*in_list, *(issuer for ways in of_metadata for issuer in ways)}
            # None of them: the metadata has an issuer that its address does not tell.
            return tuple(one for one in in_claim if one in trusted) or in_claim
        unlisted = [ways[0] for ways in of_metadata if in_list and not set(ways) & set(in_list)]
        if unlisted:
            self.notes.append(f"The issuer of the metadata, probably {listed(unlisted)}, is accepted, too.")
        return tuple(dict.fromkeys((*in_list, *unlisted)))

    def parties(self) -> tuple[str, ...]:
        by_choose = next((rule.values("azp") for rule in self.callers if rule.values("azp")), ())
        clients = self.values("client application ids", self.policy.clients)
        return _each_id_once(by_choose or clients or self._claim("azp") or self._claim("appid"))

    def token_version(self) -> str | None:
        """The version that `ver` asks for, or that only the claim naming the client tells."""
        wanted = self._claim("ver")
        if len(wanted) == 1 and wanted[0] in _BOTH:
            if _CLIENT_OF_OTHER_VERSION[wanted[0]] in self.claims:
                other = _CLIENT_OF_OTHER_VERSION[wanted[0]]
                self.notes.append(f"ver must be {wanted[0]}, but {other} must be there, which no such token has.")
            return wanted[0]
        if wanted:
            self.notes.append(f"The claim ver may be {listed(wanted, 'or')}, which is no single token version.")
        trusted = () if "iss" in self.claims else self.policy.metadata
        versions = accepted_versions(trusted, self.claims.get("iss", self.policy.issuers))
        if versions == {"1.0"} and "azp" in self.claims:
            self.notes.append("The policy trusts v1.0 issuers alone but wants azp, which no token of them has.")
        if "appid" in self.claims and versions != {"1.0"}:
            return "1.0"
        return "2.0" if "azp" in self.claims and versions == _BOTH else None

    def tenant(self) -> str | None:
        if self.policy.is_azure_ad:
            named, trusted = self.policy.attribute("tenant-id") or "", self.policy.tenant
            if named and not is_literal(named):
                self.notes.append("The tenant is only known at run time.")
            return None if not is_literal(named) or trusted.is_any else trusted.name
        ids = _each_id_once(self._claim("tid"))
        if len(ids) > 1:
            self.notes.append(f"Several tenants are accepted ({listed(ids, 'or')}); an API here expects one.")
        return ids[0] if len(ids) == 1 else None

    def leeway_s(self) -> int:
        skew = self.policy.skew.value
        if skew is None:
            self.notes.append("The clock skew is only known at run time.")
        return skew or 0

    def _claim(self, name: str) -> tuple[str, ...]:
        return self.claims.get(name, ())

    def by_choose(self, claim: str) -> tuple[str, ...]:
        return next((rule.values(claim) for rule in self.callers if rule.values(claim)), ())

    def expectation(self) -> Expectation:
        return Expectation(
            audiences=self.audiences(),
            issuers=self.issuers(),
            authorized_parties=self.parties(),
            roles=self.by_choose("roles") or self._claim("roles"),
            scopes=self.by_choose("scp") or self._claim("scp") or self._claim("scope"),
            tenant=self.tenant(),
            token_version=self.token_version(),
            leeway_s=self.leeway_s(),
        )


def _each_id_once(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Ids without those that differ from an earlier one by letter case only."""
    kept: list[str] = []
    for one in ids:
        if not any(same_id(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def expectation_of(document: PolicyDocument) -> PolicyExpectation:
    """What the inbound token policy demands; an empty expectation with a note when there is none."""
    ground = ground_of(document)
    policies = ground.inbound_policies
    if not policies:
        return PolicyExpectation(Expectation(), notes=("The policy has no token policy in its inbound section.",))
    policy = next((one for one in policies if one.is_certain), policies[0])
    reader = _Reader(policy, _callers(ground, policy))
    expectation = reader.expectation()
    notes = (*_other_notes(ground, policy), *reader.notes, *_loose_notes(policy))
    return PolicyExpectation(expectation, _metadata_urls(policy), tuple(dict.fromkeys(notes)))


def _callers(ground: Ground, policy: TokenPolicy) -> tuple[CallerRule, ...]:
    """The rules that a written policy adds on the token it has verified."""
    if policy.output_variable != VARIABLE:
        return ()
    rules = (_rule(ground, index) for index in range(len(ground.places)))
    return tuple(rule for rule in rules if rule is not None)


def _rule(ground: Ground, index: int) -> CallerRule | None:
    place = ground.places[index]
    if place.section != "inbound" or place.name != "choose" or not place.is_certain or len(place.element.children) != 1:
        return None
    when = place.element.children[0]
    refuses = when.name == "when" and [child.name for child in when.children] == ["return-response"]
    return rule_in(when.attribute("condition") or "") if refuses else None


def _other_notes(ground: Ground, policy: TokenPolicy) -> list[str]:
    notes = []
    others = [one.path for one in ground.inbound_policies if one is not policy]
    if others:
        notes.append(f"There are more token policies ({listed(others)}); only {policy.path} is carried over.")
    if not policy.is_certain:
        notes.append(f"{policy.path} runs only when its condition holds.")
    own = {index for index in range(len(ground.places)) if _rule(ground, index)}
    chooses = [p.path for i, p in enumerate(ground.places_in("inbound")) if p.name == "choose" and i not in own]
    if chooses:
        notes.append(f"What {listed(chooses)} decides is not carried over.")
    refusing = dict.fromkeys(place.name for place in ground.places_in("inbound") if _may_refuse(place.name))
    if refusing:
        notes.append(f"What {listed(refusing)} asks of a call is not about tokens and not carried over.")
    return notes


def _may_refuse(name: str) -> bool:
    policy = BY_NAME.get(name)
    return policy is not None and policy.may_refuse


def _loose_notes(policy: TokenPolicy) -> list[str]:
    notes = []
    for name, what in (("require-signed-tokens", "unsigned tokens"), ("require-expiration-time", "tokens without exp")):
        if (policy.attribute(name) or "true") not in ("true", "1"):
            notes.append(f"{name} is {policy.attribute(name)}: that {what} may pass is not carried over.")
    if not policy.is_azure_ad and not policy.metadata:
        notes.append("The policy verifies with keys of its own; their issuer has no metadata address here.")
    if policy.header != "authorization":
        notes.append("The token is not taken from the Authorization header.")
    return notes


def _metadata_urls(policy: TokenPolicy) -> tuple[str, ...]:
    if not policy.is_azure_ad:
        return tuple(dict.fromkeys(url for url in policy.metadata if is_literal(url)))
    trusted = policy.tenant
    return () if trusted.needs or not trusted.name else (trusted.v2_metadata, trusted.v1_metadata)

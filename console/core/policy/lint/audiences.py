"""Which API a token must be for."""

from collections.abc import Iterator

from console.core.compare import SCHEME, is_graph
from console.core.policy.engine.model import Warned
from console.core.policy.lint.base import Ground, listed
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import AZURE_AD, TokenPolicy


def audience_not_checked(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        is_checked = policy.backends or any(claim.values for claim in policy.claims_named("aud"))
        if policy.audiences is None and not is_checked:
            whose = "this tenant" if policy.kind == AZURE_AD else "this issuer"
            text = f"The policy lists no audience: a token that {whose} made for any other API passes."
            yield Warned("audience-not-checked", text, policy.path)


def audiences_empty(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        if policy.audiences is not None and not any(policy.audiences):
            text = "The policy has a list of audiences, but nothing in it."
            yield Warned("audiences-empty", text, policy.path)


def graph_audience(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        if graph := [one for one in policy.audiences or () if is_literal(one) and is_graph(one)]:
            text = f"The policy accepts {listed(graph)}, tokens for Microsoft Graph, which only Graph can verify."
            yield Warned("graph-audience", text, policy.path)


def audience_of_other_version(ground: Ground) -> Iterator[Warned]:
    """A v2 token of Entra always carries the API's client id, never its App ID URI."""
    for policy in ground.token_policies:
        listed_here = tuple(one for one in policy.audiences or () if one)
        if _accepts_only_v2(policy) and listed_here and all(map(_is_uri, listed_here)):
            text = (
                f"The issuer is that of v2 tokens, whose audience is the API's client id; the policy accepts only "
                f"{listed(listed_here, 'or')}."
            )
            yield Warned("audience-of-other-version", text, policy.path)


def request_wanted(ground: Ground) -> Iterator[Warned]:
    """`/.default` belongs to what a client requests: what comes back names the API, its roles and its scopes."""
    for policy in ground.token_policies:
        scopes = [value for claim in policy.claims_named("scp", "scope", "roles") for value in claim.literals]
        wanted = [one for one in (*(policy.audiences or ()), *scopes) if is_literal(one) and _is_request(one)]
        if wanted:
            text = f"The policy wants {listed(wanted)}, which is what a client requests; no token holds it."
            yield Warned("request-wanted", text, policy.path)


def _is_request(text: str) -> bool:
    return text == ".default" or text.endswith("/.default")


def _accepts_only_v2(policy: TokenPolicy) -> bool:
    return policy.is_entra and policy.versions == frozenset({"2.0"})


def _is_uri(audience: str) -> bool:
    return is_literal(audience) and SCHEME.match(audience) is not None

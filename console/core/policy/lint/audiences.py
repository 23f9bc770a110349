"""Which API a token must be for."""

from collections.abc import Iterator

from console.core.compare import SCHEME, is_graph
from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import AZURE_AD, TokenPolicy


@rule(
    "audience-not-checked",
    "Audience not checked",
    why="A token that the same issuer made for another API opens this one, too.",
    do="Add an audiences element with the API's own audience.",
)
def audience_not_checked(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if policy.audiences is None and not policy.pins_audience:
            whose = "this tenant" if policy.kind == AZURE_AD else "this issuer"
            text = f"The policy lists no audience: a token that {whose} made for any other API passes."
            yield Remark(text, policy.path)


@rule(
    "audiences-empty",
    "List of audiences is empty",
    why="What the gateway does with an empty list is not documented: it may check nothing or refuse everybody.",
    do="Put the API's own audience into the list.",
    is_decisive=True,
)
def audiences_empty(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if policy.audiences is not None and not any(policy.audiences):
            text = "The policy has a list of audiences, but nothing in it."
            yield Remark(text, policy.path)


@rule(
    "graph-audience",
    "Audience is Microsoft Graph",
    why="The signature of a token for Microsoft Graph can only be verified by Graph itself.",
    do="Register the API as an application of its own, and accept the tokens that are made for it.",
)
def graph_audience(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if graph := [one for one in policy.audiences or () if is_literal(one) and is_graph(one)]:
            text = f"The policy accepts {listed(graph)}, tokens for Microsoft Graph, which only Graph can verify."
            yield Remark(text, policy.path)


@rule(
    "audience-of-other-version",
    "Audience that v2 tokens never carry",
    why="Microsoft Entra writes the API's client id as the audience of v2 tokens, whatever scope was requested.",
    do="Add the API's client id as an audience, beside its App ID URI.",
)
def audience_of_other_version(ground: Ground) -> Iterator[Remark]:
    """A v2 token of Entra always carries the API's client id, never its App ID URI."""
    for policy in ground.token_policies:
        listed_here = tuple(one for one in policy.audiences or () if one)
        if _accepts_only_v2(policy) and listed_here and all(map(_is_uri, listed_here)):
            text = (
                f"The issuer is that of v2 tokens, whose audience is the API's client id; the policy accepts only "
                f"{listed(listed_here, 'or')}."
            )
            yield Remark(text, policy.path)


@rule(
    "request-wanted",
    "A requested scope where the token's own value belongs",
    why="A client asks for /.default and gets a token for the API with the roles or scopes it was granted.",
    do="Write the audience without /.default, and the roles or scopes by their own names.",
    is_decisive=True,
)
def request_wanted(ground: Ground) -> Iterator[Remark]:
    """`/.default` belongs to what a client requests: what comes back names the API, its roles and its scopes."""
    for policy in ground.token_policies:
        scopes = [value for claim in policy.claims_named("scp", "scope", "roles") for value in claim.literals]
        wanted = [one for one in (*(policy.audiences or ()), *scopes) if is_literal(one) and _is_request(one)]
        if wanted:
            text = f"The policy wants {listed(wanted)}, which is what a client requests; no token holds it."
            yield Remark(text, policy.path)


def _is_request(text: str) -> bool:
    return text == ".default" or text.endswith("/.default")


def _accepts_only_v2(policy: TokenPolicy) -> bool:
    return policy.is_entra and policy.versions == frozenset({"2.0"})


def _is_uri(audience: str) -> bool:
    return is_literal(audience) and SCHEME.match(audience) is not None

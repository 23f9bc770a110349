"""A chain of tokens as values: each client with provider and API, what its token says, and what changed on the way."""

from dataclasses import dataclass, replace

from console.core.actor import Actor
from console.core.exchange import Exchange
from console.core.profile import Profile
from console.core.providers import provider_of
from console.core.tokens.diff import TokenDiff, compare
from console.core.tokens.parse import parse
from console.core.tokens.says import TokenSays, says
from console.core.tokens.token import Token
from console.services import opening, subject_tokens, tokens
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.services.subject_tokens import LONGEST_CHAIN


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One client of a chain. `provider` and `api` are names for people, `api` "" without one.

    `token` and `said` are None where there is no token now. `change` is what differs from the token of the link before,
    None for the first link and where one of the two is not there. `is_pasted`: its token came from elsewhere. `steps`
    are the exchanges of a request that was made now, redacted.
    """

    profile: Profile | None
    provider: str
    api: str
    token: Token | None = None
    said: TokenSays | None = None
    change: TokenDiff | None = None
    is_pasted: bool = False
    steps: tuple[Exchange, ...] = ()


def of_profile(actor: Actor, profile_id: str) -> tuple[ChainLink, ...]:
    """The chain that ends in this profile, first client first, with the tokens that are stored now; nothing is asked.

    One link for a profile that passes no token on. Raises NotFound and NotAllowed, for the others of the chain too.
    """
    opened: OpenProfile | None = opening.of_profile(actor, "use", profile_id)
    found: list[tuple[OpenProfile, Token | None]] = []
    while opened is not None and len(found) < LONGEST_CHAIN:
        if opened.profile.id in {one.profile.id for one, _ in found}:
            break
        kept = tokens.stored(opened)
        found.append((opened, kept.token if kept else None))
        opened = subject_tokens.open_source(opened) if subject_tokens.is_needed(opened.profile) else None
    return _linked(found[::-1])


def of_obtained(obtained: Obtained) -> tuple[ChainLink, ...]:
    """The same of what was just obtained: the tokens that were used."""
    found: list[Obtained] = []
    link: Obtained | None = obtained
    while link is not None:
        found.append(link)
        link = link.subject
    links = _linked([(one.opened, one.token) for one in reversed(found)])
    return tuple(replace(link, steps=one.steps) for link, one in zip(links, reversed(found), strict=True))


def with_pasted(links: tuple[ChainLink, ...], pasted: str) -> tuple[ChainLink, ...]:
    """With the token that somebody pasted in front of the first client."""
    token = parse(pasted)
    first = ChainLink(None, "", "", token, says(token), is_pasted=True)
    after = links[0]
    changed = compare(token, after.token) if after.token is not None else None
    return (first, _replaced(after, changed), *links[1:])


def _linked(found: list[tuple[OpenProfile, Token | None]]) -> tuple[ChainLink, ...]:
    befores = [None, *(token for _, token in found)]
    return tuple(_link(opened, token, before) for (opened, token), before in zip(found, befores, strict=False))


def _link(opened: OpenProfile, token: Token | None, before: Token | None) -> ChainLink:
    profile, api = opened.profile, opened.written
    return ChainLink(
        profile=profile,
        provider=provider_of(profile.provider).title_of(profile.settings),
        api=api.name if api else "",
        token=token,
        said=says(token) if token is not None else None,
        change=compare(before, token) if before is not None and token is not None else None,
    )


def _replaced(link: ChainLink, change: TokenDiff | None) -> ChainLink:
    return replace(link, change=change)

"""A chain: an API trades the token it was called with for one to the next API (RFC 8693, on-behalf-of).

Client → provider → API → provider → API, drawn with one column for the provider, and what each token says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.core.exchange import Exchange
from console.core.flows.picture import FlowStep, Lit, Picture, lit_by, numbered
from console.core.flows.recorded import of_exchanges
from console.core.oauth.arrow import Arrow, Carried, Moment

PROVIDER = "provider"
_ASSERTED = ("name", "preferred_username", "email", "upn", "pid", "oid", "sub")
_ACTING = ("azp", "appid", "client_id")
_MAY = ("scp", "scope", "roles")


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One token of a chain: `client` asked for it, `api` is whom it is for ("" when nobody knows the name).

    `exchanges` are those of its request, redacted, () where it was stored or not asked for yet. `claims` are the
    token's, None for one that cannot be read or is not there; `has_token` says which.
    """

    client: str
    api: str
    exchanges: tuple[Exchange, ...] = ()
    claims: Mapping[str, Any] | None = None
    has_token: bool = False


@dataclass(frozen=True, slots=True)
class TokenSays:
    """What one token of a chain says. Each text is "" where the token says nothing; None of them when it is opaque.

    `person` is None in a token of an application in its own name. `is_refused`: it was asked for and not given.
    """

    client: str
    is_there: bool
    is_refused: bool
    is_readable: bool
    audience: str = ""
    person: str | None = None
    acting: str = ""
    may: str = ""
    actors: tuple[str, ...] = ()


def participants(links: Sequence[ChainLink]) -> tuple[tuple[str, str], ...]:
    """(key, name) of everybody in the chain, in the order of the columns: the provider stands before the last API."""
    clients = [(f"client-{index}", link.client) for index, link in enumerate(links)]
    last = links[-1].api or "The last API"
    return (*clients, (PROVIDER, "Identity provider"), (f"client-{len(links)}", last))


def chain_picture(links: Sequence[ChainLink]) -> Picture:
    """The arrows of every link: the token that is asked for and given, and the call that carries it on."""
    steps: list[FlowStep] = []
    for index, link in enumerate(links):
        steps += _asked(link, index)
        steps.append(_call(links, index))
    return Picture(numbered(_in_order(steps)), tuple(key for key, _ in participants(links)))


def _asked(link: ChainLink, index: int) -> list[FlowStep]:
    """The request of a link and its answer; nothing where the first token is simply there."""
    me = f"client-{index}"
    if index == 0:
        asked = Arrow(
            Moment.TOKEN, me, PROVIDER, "Asks for a token", f"{link.client} asks for a token",
            "However it is done: what follows begins with this token.", Carried.APPLICATION,
        )  # fmt: skip
        given = Arrow(
            Moment.TOKEN, PROVIDER, me, "The first token", "The provider gives the first token", "",
            Carried.PERSON, is_answer=True,
        )  # fmt: skip
    else:
        asked = Arrow(
            Moment.TOKEN, me, PROVIDER, "That token, to be traded", f"{link.client} hands the token in",
            "It is the audience of that token, and asks for one to the next API in the same person's name.",
            Carried.APPLICATION_FOR_PERSON,
        )  # fmt: skip
        given = Arrow(
            Moment.TOKEN, PROVIDER, me, f"A token for {link.api or 'the next API'}", "The provider answers",
            "The person stays. The API and who acts change.", Carried.APPLICATION_FOR_PERSON, is_answer=True,
        )  # fmt: skip
    recorded = [one for one in of_exchanges(link.exchanges) if one.moment is Moment.TOKEN]
    if recorded:
        return [step for arrow in (asked, given) for step in [lit_by(arrow, recorded[-1])]]
    if link.has_token:
        return [] if index == 0 else [FlowStep(0, asked, Lit.DONE), FlowStep(0, given, Lit.DONE)]
    return [FlowStep(0, asked, Lit.WAITING), FlowStep(0, given, Lit.WAITING)]


def _call(links: Sequence[ChainLink], index: int) -> FlowStep:
    """The token goes on to the API it is for: shown as done once that API has handed it in."""
    link, is_last = links[index], index == len(links) - 1
    target = f"client-{index + 1}"
    whom = link.api or (links[index + 1].client if not is_last else "the last API")
    arrow = Arrow(
        Moment.CALL, f"client-{index}", target, "Calls with the token", f"{link.client} calls {whom}",
        "The token is judged there before anything else.", Carried.PERSON,
    )  # fmt: skip
    went_on = not is_last and bool(links[index + 1].exchanges or links[index + 1].has_token)
    return FlowStep(0, arrow, Lit.DONE if went_on else Lit.WAITING)


def _in_order(steps: list[FlowStep]) -> list[FlowStep]:
    """With the one that is next, unless the chain has stopped."""
    if any(step.lit is Lit.FAILED for step in steps):
        return steps
    turn = next((index for index, step in enumerate(steps) if step.lit is Lit.WAITING), None)
    return [
        step if index != turn else FlowStep(0, step.arrow, Lit.NEXT, step.exchange) for index, step in enumerate(steps)
    ]


def what_tokens_say(links: Sequence[ChainLink]) -> tuple[TokenSays, ...]:
    """A row for each token, in the order of the chain."""
    return tuple(_says(link) for link in links)


def _says(link: ChainLink) -> TokenSays:
    is_refused = bool(link.exchanges) and not link.has_token
    if link.claims is None:
        return TokenSays(link.client, link.has_token, is_refused, is_readable=False)
    claims = link.claims
    return TokenSays(
        link.client,
        link.has_token,
        is_refused,
        is_readable=True,
        audience=_text(claims.get("aud")),
        person=_person(claims),
        acting=next((_text(claims[name]) for name in _ACTING if claims.get(name)), ""),
        may=next((_text(claims[name]) for name in _MAY if claims.get(name)), ""),
        actors=_actors(claims.get("act")),
    )


def _person(claims: Mapping[str, Any]) -> str | None:
    """Who the token is about; None for an application in its own name (`idtyp` app, or sub is the client)."""
    acting = {_text(claims.get(name)) for name in _ACTING} - {""}
    is_own = claims.get("idtyp") == "app" or (_text(claims.get("sub")) in acting and "pid" not in claims)
    no_person = "roles" in claims and not {"scp", "pid", "name", "preferred_username"} & set(claims)
    if is_own or no_person:
        return None
    return next((_text(claims[name]) for name in _ASSERTED if claims.get(name)), "")


def _actors(act: object) -> tuple[str, ...]:
    """Who acts, the current one first (RFC 8693 section 4.1); at most ten."""
    found: list[str] = []
    while isinstance(act, dict) and len(found) < 10:
        found.append(_text(act.get("sub") or act.get("client_id") or act.get("iss")))
        act = act.get("act")
    return tuple(filter(None, found))


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, str) else ""

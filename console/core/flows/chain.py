"""A chain: an API trades the token it was called with for one to the next API (RFC 8693, on-behalf-of).

Client → provider → API → provider → API. One provider has one column; of several each stands beside who asks it first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from console.core.exchange import Exchange
from console.core.flows.picture import FlowStep, Lit, Picture, lit_by, numbered
from console.core.flows.recorded import of_exchanges
from console.core.oauth.arrow import Arrow, Carried, FlowMoment

PROVIDER = "provider"  # the keys of providers begin so


@dataclass(frozen=True, slots=True)
class Hop:
    """One client of a chain: it asks `provider` for a token, which is for `api` (each "" when nobody knows).

    `exchanges` are those of its request, redacted, () where the token was stored or not asked for yet.
    """

    client: str
    provider: str
    api: str
    exchanges: tuple[Exchange, ...] = ()
    has_token: bool = False


def participants(hops: Sequence[Hop]) -> tuple[tuple[str, str], ...]:
    """(key, name) of everybody in the chain, in the order of the columns."""
    clients = [(f"client-{index}", hop.client) for index, hop in enumerate(hops)]
    last = (f"client-{len(hops)}", hops[-1].api or "The last API")
    providers = _providers(hops)
    if len(providers) == 1:
        return (*clients, (f"{PROVIDER}-0", providers[0]), last)
    placed: list[tuple[str, str]] = []
    for index, client in enumerate(clients):
        placed.append(client)
        if hops[index].provider and (asked := _key(hops, index)) not in {key for key, _ in placed}:
            placed.append((asked, hops[index].provider))
    return (*placed, last)


def _providers(hops: Sequence[Hop]) -> list[str]:
    """Each once; a token that came from elsewhere names none."""
    return list(dict.fromkeys(hop.provider for hop in hops if hop.provider))


def _key(hops: Sequence[Hop], index: int) -> str:
    """The column of the provider that this client asks; the first one where it names none."""
    provider = hops[index].provider
    return f"{PROVIDER}-{_providers(hops).index(provider) if provider else 0}"


def chain_picture(hops: Sequence[Hop]) -> Picture:
    """The arrows of every hop: the token that is asked for and given, and the call that carries it on."""
    steps: list[FlowStep] = []
    for index, hop in enumerate(hops):
        steps += _asked(hop, index, _key(hops, index))
        steps.append(_call(hops, index))
    return Picture(numbered(_in_order(steps)), tuple(key for key, _ in participants(hops)))


def _asked(hop: Hop, index: int, provider: str) -> list[FlowStep]:
    """The request of a hop and its answer; nothing where the first token is simply there."""
    me = f"client-{index}"
    if index == 0:
        asked = Arrow(
            FlowMoment.TOKEN, me, provider, "Asks for a token", f"{hop.client} asks for a token",
            "However it is done: what follows begins with this token.", Carried.APPLICATION,
        )  # fmt: skip
        given = Arrow(
            FlowMoment.TOKEN, provider, me, "The first token", "The provider gives the first token", "",
            Carried.PERSON, is_answer=True,
        )  # fmt: skip
    else:
        asked = Arrow(
            FlowMoment.TOKEN, me, provider, "That token, to be traded", f"{hop.client} hands the token in",
            "It is the audience of that token, and asks for one to the next API in the same person's name.",
            Carried.APPLICATION_FOR_PERSON,
        )  # fmt: skip
        given = Arrow(
            FlowMoment.TOKEN, provider, me, f"A token for {hop.api or 'the next API'}", "The provider answers",
            "The person stays. The API and who acts change.", Carried.APPLICATION_FOR_PERSON, is_answer=True,
        )  # fmt: skip
    recorded = [one for one in of_exchanges(hop.exchanges) if one.moment is FlowMoment.TOKEN]
    if recorded:
        return [lit_by(arrow, recorded[-1]) for arrow in (asked, given)]
    if hop.has_token:
        return [] if index == 0 else [FlowStep(0, asked, Lit.DONE), FlowStep(0, given, Lit.DONE)]
    return [FlowStep(0, asked, Lit.WAITING), FlowStep(0, given, Lit.WAITING)]


def _call(hops: Sequence[Hop], index: int) -> FlowStep:
    """The token goes on to the API it is for: shown as done once that API has handed it in."""
    hop, is_last = hops[index], index == len(hops) - 1
    target = f"client-{index + 1}"
    whom = hop.api or (hops[index + 1].client if not is_last else "the last API")
    arrow = Arrow(
        FlowMoment.CALL, f"client-{index}", target, "Calls with the token", f"{hop.client} calls {whom}",
        "The token is judged there before anything else.", Carried.PERSON,
    )  # fmt: skip
    went_on = not is_last and bool(hops[index + 1].exchanges or hops[index + 1].has_token)
    return FlowStep(0, arrow, Lit.DONE if went_on else Lit.WAITING)


def _in_order(steps: list[FlowStep]) -> list[FlowStep]:
    """With the one that is next, unless the chain has stopped."""
    if any(step.lit is Lit.FAILED for step in steps):
        return steps
    turn = next((index for index, step in enumerate(steps) if step.lit is Lit.WAITING), None)
    return [
        step if index != turn else FlowStep(0, step.arrow, Lit.NEXT, step.exchange) for index, step in enumerate(steps)
    ]

"""How a token came to be: the picture of its grant, lit by the exchanges of one token request."""

from collections.abc import Sequence
from typing import Any

from console.core.exchange import Exchange
from console.core.flows.picture import draw
from console.core.flows.recorded import Recorded, of_exchanges
from console.core.grants import GRANTS
from console.core.profile import Profile
from console.core.providers import PROVIDERS
from console.services import token_history
from console.store.attempts import AttemptRecord
from console.web.present.flows import FlowNames, flow_view

TITLE = "How this token came to be"
_ARROWS = {grant.code: grant.arrows for grant in GRANTS}
_TITLES = {provider.code: provider.title for provider in PROVIDERS}


def token_flow(profile: Profile, exchanges: Sequence[Exchange], *, key: str = "flow") -> dict[str, Any] | None:
    """Of a token request that was just made; None when nothing went over the wire."""
    return _view(profile.grant, profile.name, _TITLES.get(profile.provider, ""), exchanges, key=key)


def attempt_flow(record: AttemptRecord) -> dict[str, Any] | None:
    """Of a token request in the history; None for one of a grant that this console no longer knows."""
    facts = record.evidence.profile
    provider = _TITLES.get(str(facts.get("provider", "")), "")
    return _view(
        str(facts.get("grant", "")), token_history.name_in(record.title), provider, record.exchanges, key="flow"
    )


def _view(
    grant: str, client: str, provider: str, exchanges: Sequence[Exchange], *, key: str, before: Sequence[Recorded] = ()
) -> dict[str, Any] | None:
    arrows = _ARROWS.get(grant, ())
    if not arrows or not exchanges:
        return None
    names = FlowNames(client, provider or "Identity provider", exchanges[-1].request.url)
    return flow_view(draw(arrows, [*before, *of_exchanges(exchanges)]), names, key=key, title=TITLE)

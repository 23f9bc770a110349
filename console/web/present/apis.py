"""An Api as the pages show it."""

from typing import Any

from console.core.actor import Actor, Role
from console.core.api import Api
from console.core.destination import ProposalState, differences
from console.core.held import Held
from console.web.present import words
from console.web.present.sharing import shared_words


def api_row(held: Held[Api], *, share_count: int = 0, administers: bool = False) -> dict[str, Any]:
    """`administers`: the actor may manage it by their role, whatever is shared."""
    api = held.value
    return {
        "id": api.id,
        "name": api.name,
        "base_url": api.base_url,
        "operations": f"{api.operation_count:,}" if api.operation_count else "",
        "is_published": api.is_published,
        "open_to": _open_to(held, share_count, administers=administers),
        "news": _news(held),
    }


def _news(held: Held[Api]) -> str:
    """What its list says of a version that waits or was declined, to who may mend that; "" for nothing."""
    proposal = held.value.proposal
    if proposal is None or not held.may("manage"):
        return ""
    is_declined = held.is_own and proposal.state is ProposalState.DECLINED
    return "waits for an administrator" if proposal.is_waiting else "new addresses declined" if is_declined else ""


def saved_words(api: Api) -> str:
    """What saving it came to."""
    waits = api.proposal is not None and api.proposal.is_waiting
    return "The API is saved. Its new addresses wait for an administrator." if waits else "The API is saved."


def _open_to(held: Held[Api], share_count: int, *, administers: bool) -> str:
    if held.value.is_published:
        return "everybody"
    if administers and not held.is_own:
        return f"{held.owner}, and administrators"
    return shared_words(held, share_count) or "only you"


def api_view(held: Held[Api], actor: Actor) -> dict[str, Any]:
    api = held.value
    return {
        **api_row(held),
        "can_use": held.may("use"),
        "can_manage": held.may("manage"),
        "can_publish": actor.has(Role.ADMIN),
        "version": api.version,
        "policy": api.policy,
        "facts": [
            {"label": "Base URL", "value": api.base_url, "is_code": True},
            {"label": "Subscription key header", "value": api.subscription_key_header, "is_code": True},
            {"label": "OpenID configuration", "value": api.metadata_url or "not given", "is_code": True},
        ],
        "expectation": _expectation_rows(api),
    }


OPENED = "It is open to everybody here now: they find it among the APIs, and can choose it for a profile."
CLOSED = "It is not open to everybody any more."
APPROVED = "Approved: it leads to the new addresses now. Each profile’s user is asked to confirm them first."
DECLINED = "Declined: everybody keeps the published addresses. Its owner is told on home and on this page."
DISMISSED = "It is off your home page. The page of the API still says it."
NOT_DISMISSED = (
    "Nothing was taken off: this API was changed or decided about after your home page was opened."
    " Home shows how it stands now."
)
CHANGED = (
    "Nothing was done, because this API was changed or decided about after you opened its page."
    " Look at it as it is now, then decide again."
)
OUTCOMES = {
    ProposalState.WAITING: ("warning", "Other addresses wait for an administrator"),
    ProposalState.APPROVED: ("pass", "An administrator approved the new addresses"),
    ProposalState.DECLINED: ("fail", "An administrator declined the new addresses"),
    ProposalState.REPLACED: ("notice", "An administrator wrote other addresses meanwhile"),
}


def publication(held: Held[Api], actor: Actor, now: int) -> dict[str, Any] | None:
    """What waits, or what became of it, for who may manage the API; None for others and when nothing is there.

    An administrator who does not own it is shown only what waits.
    """
    api, proposal = held.value, held.value.proposal
    if proposal is None or not held.may("manage"):
        return None
    if not proposal.is_waiting and actor.has(Role.ADMIN) and not held.is_own:
        return None
    tone, title = OUTCOMES[proposal.state]
    moment = proposal.decided_at or proposal.made_at
    return {
        "id": api.id,
        "version": api.version,
        "tone": tone,
        "title": title,
        "when": words.relative(moment, now),
        "waits": proposal.is_waiting,
        "can_decide": proposal.is_waiting and actor.has(Role.ADMIN),
        "is_approved": proposal.state is ProposalState.APPROVED,
        "is_declined": proposal.state is ProposalState.DECLINED,
        "reason": proposal.reason,
        "rows": differences(api.destination, proposal.destination),
    }


def _expectation_rows(api: Api) -> list[dict[str, Any]]:
    wanted = api.expectation
    rows = [
        ("Audiences (aud)", wanted.audiences),
        ("Issuers (iss)", wanted.issuers),
        ("Clients (azp or appid)", wanted.authorized_parties),
        ("Roles", wanted.roles),
        ("Scopes (scp)", wanted.scopes),
        ("Tenant (tid)", (wanted.tenant,) if wanted.tenant else ()),
        ("Token version", (wanted.token_version,) if wanted.token_version else ()),
        ("Algorithms", wanted.algorithms),
    ]
    said = [{"label": label, "value": ", ".join(values), "is_code": True} for label, values in rows if values]
    silent = [label for label, values in rows if not values]
    beside = "(the policy below may demand more)" if api.policy else ""
    rest = [{"label": "Nothing given for", "value": ", ".join(silent), "note": beside}] if silent else []
    return [*said, {"label": "Clock leeway", "value": f"{wanted.leeway_s} s"}, *rest]

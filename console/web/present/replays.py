"""A call of the past in the form of a call: its fields, and what is said above them."""

from typing import Any

from console.services.replays import ReplayedCall
from console.web.present.turning import side_view


def replay_initial(found: ReplayedCall) -> dict[str, Any]:
    """What CallForm begins with."""
    call = found.call
    return {
        "method": call.method,
        "path": call.path,
        "query": call.query,
        "headers": "\n".join(f"{name}: {value}" for name, value in call.headers),
        "body": call.body,
        "sends_token": call.sends_token,
        "sends_subscription_key": call.sends_subscription_key,
        "timeout_s": call.timeout_s,
    }


def replay_view(found: ReplayedCall, now: int) -> dict[str, Any]:
    """What profiles/replayed.html needs."""
    return {**side_view(found.record, now), "missing": found.call.missing}

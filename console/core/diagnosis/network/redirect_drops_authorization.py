"""The client followed a redirect and left out the Authorization header, so the final URL sees an anonymous call."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.status not in {401, 403, None} or reading.is_at_token_endpoint:
        return None
    hops = reading.fact("hops", "redirects")
    moved = [hop for hop in hops if isinstance(hop, dict) and _is_redirect(hop)] if isinstance(hops, list) else []
    if moved and reading.authorization is not None and not _is_signed(reading):
        target = str(moved[-1].get("location", moved[-1].get("url", "another address")))
        return certain(
            f"The first answer was {moved[-1]['status']}, to {target}; the second request had no token.", "redirect"
        )
    return by_phrase("redirect-drops-authorization")(reading) if reading.authorization is not None else None


def _is_redirect(hop: dict[str, object]) -> bool:
    return hop.get("status") in (301, 302, 303, 307, 308)


def _is_signed(reading: Reading) -> bool:
    url = reading.evidence.request.url if reading.evidence.request else ""
    return any(mark in url.lower() for mark in ("sig=", "signature="))


CAUSE = Cause(
    slug="redirect-drops-authorization",
    stage=Stage.NETWORK,
    title="Token lost on a redirect",
    what="The client followed a redirect and left the token behind.",
    do="Call the final URL at once, or add the Authorization header again after the redirect.",
    who=Owner.INTEGRATOR,
    match=match,
)

"""The host cannot be resolved or reached: DNS, routing, a closed port, an outbound allow list."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

FACTS = {
    "dns": "The name of the host could not be resolved.",
    "refused": "The host refused the connection: nothing listens there, or a firewall answers.",
    "reset": "The connection was cut while it was being used.",
    "ended_early": "The connection ended before the answer was complete.",
    "timeout": "No connection came about in time.",
}


def match(reading: Reading) -> Match | None:
    failure = reading.answer.failure
    rule = reading.evidence.response.rule if reading.evidence.response else ""
    if failure in FACTS and rule != "tls_port" and not (failure == "timeout" and rule not in {"dns", "connect"}):
        detail = reading.evidence.response.detail if reading.evidence.response else ""
        make = answered if failure in {"dns", "refused", "timeout"} else likely
        return make(f"{FACTS[failure]} {detail}".strip(), failure)
    about_keys = reading.phrase("metadata-unreachable") or reading.phrase("tls-untrusted-certificate")
    if failure or about_keys or (reading.answer.status is not None and not reading.answer.is_html):
        return None
    return by_phrase("connection-blocked")(reading)


CAUSE = Cause(
    slug="connection-blocked",
    stage=Stage.NETWORK,
    title="Host not reachable",
    what="The host cannot be reached.",
    do="Check the host name, then have the name, the port and this machine opened in firewall and proxy.",
    who=Owner.NETWORK,
    match=match,
)

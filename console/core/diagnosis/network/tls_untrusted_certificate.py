"""The client does not trust the server's certificate chain."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

WHY = {
    "name": "The certificate was issued for another host name.",
    "expired": "The certificate has expired, or is not valid yet.",
    "unknown_ca": "The certificate's issuer is not known here; a TLS inspection or a private authority causes that.",
}
OTHER_CAUSES = ("not_tls", "client_certificate")


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if reading.answer.failure == "tls" and response and response.rule not in OTHER_CAUSES:
        why = response.detail or WHY.get(response.rule, "The secure connection could not be made.")
        return answered(why, f"tls {response.rule}".strip())
    return by_phrase("tls-untrusted-certificate")(reading)


CAUSE = Cause(
    slug="tls-untrusted-certificate",
    stage=Stage.NETWORK,
    title="TLS certificate not trusted",
    what="The certificate of the server is not trusted.",
    do="Have the server's certificate chain corrected, or add its root to the trusted certificates of this machine.",
    who=Owner.NETWORK,
    match=match,
)

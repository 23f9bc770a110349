"""Issuer, subject or audience of a federated token does not match the configured federated credential."""

from console.core.diagnosis.assertion_facts import claims
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CLAIMS = {"issuer": "iss", "subject": "sub"}


def match(reading: Reading) -> Match | None:
    found = named("federated-credential-mismatch")(reading)
    if found is None:
        return None
    return adding(found, _difference(reading))


def _difference(reading: Reading) -> str:
    configured, presented = reading.fact("federated_credential"), claims(reading)
    if not isinstance(configured, dict):
        return ""
    for name, claim in CLAIMS.items():
        if name in configured and claim in presented and configured[name] != presented[claim]:
            return f"{claim} is {presented[claim]}; the credential says {configured[name]}."
    return ""


CAUSE = Cause(
    slug="federated-credential-mismatch",
    stage=Stage.CREDENTIAL,
    title="Federated credential does not match",
    what="The federated token does not match the federated credential of the application.",
    do="Compare issuer, subject and audience letter by letter, letter case included.",
    who=Owner.INTEGRATOR,
    match=match,
)

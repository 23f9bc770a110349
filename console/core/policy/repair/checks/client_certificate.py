"""The client certificate is missing or not accepted; the API's owner can do nothing about it here."""

from dataclasses import replace

from msgspec import structs

from console.core.checks.wording import shown
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import client_change
from console.core.policy.token.matching import in_words


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """A certificate that the policy accepts. Nobody has it here, so the call with it stays open."""
    identities = failure.policy.child("identities") if failure.policy else None
    thumbprints = [one.attribute("thumbprint") or "" for one in (identities.children if identities else ())]
    listed = in_words(filter(None, thumbprints))
    which = f"whose thumbprint the policy lists ({shown(listed)})" if listed else "that the policy accepts"
    told = client_change(
        failure,
        "send-certificate",
        "Send the client certificate that the policy accepts",
        f"Send the call with the client certificate {which}, within its dates.",
    )
    sent = structs.replace(trial, request=replace(trial.request, client_certificate=None))
    return (Option(told.kind, told, lambda: sent),)


REPAIR = Repair("client-certificate", client)

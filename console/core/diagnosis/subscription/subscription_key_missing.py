"""No subscription key where one is required."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    said = by_phrase("subscription-key-missing")(reading)
    challenge = reading.answer.challenge("AzureApiManagementKey")
    if said is None and (challenge is None or reading.phrase("subscription-key-invalid")):
        return None
    name = challenge.params.get("name", "Ocp-Apim-Subscription-Key") if challenge else "Ocp-Apim-Subscription-Key"
    sent = reading.request_headers or {}
    near = next((one for one in sent if "key" in one and one != name.lower()), None)
    told = f" The request has the header {near} instead." if near and name.lower() not in sent else ""
    return answered(
        f"The gateway asks for a key in the header {name}, and saw none.{told}",
        name,
        do=f"Send the subscription key in the header {name}.",
    )


CAUSE = Cause(
    slug="subscription-key-missing",
    stage=Stage.SUBSCRIPTION,
    title="Subscription key missing",
    what="The call carries no subscription key, and the API asks for one.",
    do="Send the subscription key in the header that the API names.",
    who=Owner.INTEGRATOR,
    match=match,
)

"""Rich authorization requests (RFC 9396) as Maskinporten takes them: Altinn's system users and consents."""

from collections.abc import Callable
from typing import Any

from console.sandbox.providers.maskinporten import errors
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.registered import Maskinporten, OrganisationClient

AUTHORITY, PREFIX = "iso6523-actorid-upis", "0192:"
SYSTEM_USER, CONSENT = "urn:altinn:systemuser", "urn:altinn:consent"
Detail = dict[str, Any]


def organisation(number: str) -> dict[str, str]:
    """An organisation as tokens name it (ISO 6523)."""
    return {"authority": AUTHORITY, "ID": f"{PREFIX}{number}"}


def answer_details(
    asked: tuple[Detail, ...], client: OrganisationClient, side: Maskinporten
) -> list[Detail] | MpRefusal | None:
    """What the token says of them; None when nothing was asked. One party or consent in each request."""
    if not asked:
        return None
    if len(asked) > 1:
        return errors.bad_details_value("authorization_details")
    detail = asked[0]
    known = TYPES.get(str(detail.get("type")))
    if known is None:
        return errors.unknown_details_type(str(detail.get("type")))
    fields, answer = known
    if unknown := sorted(detail.keys() - fields):
        return errors.unknown_details_fields(", ".join(unknown))
    answered = answer(detail, client, side)
    return answered if isinstance(answered, MpRefusal) else [answered]


def _system_user(detail: Detail, _client: OrganisationClient, side: Maskinporten) -> Detail | MpRefusal:
    party = detail.get("systemuser_org")
    if not isinstance(party, dict) or party.keys() != {"authority", "ID"} or party["authority"] != AUTHORITY:
        return errors.bad_details_value("systemuser_org")
    customer = str(party["ID"]).removeprefix(PREFIX)
    if party["ID"] != f"{PREFIX}{customer}" or not (customer.isdecimal() and len(customer) == 9):
        return errors.bad_details_value("systemuser_org.ID")
    reference = detail.get("externalRef", customer)
    found = next((one for one in side.system_users if (one.customer, one.reference) == (customer, reference)), None)
    if found is None:
        return errors.no_system_user(customer)
    return {
        "type": SYSTEM_USER,
        "systemuser_org": organisation(customer),
        "systemuser_id": [found.id],
        "system_id": found.system_id,
        **({"externalRef": reference} if "externalRef" in detail else {}),
    }


def _consent(detail: Detail, client: OrganisationClient, side: Maskinporten) -> Detail | MpRefusal:
    for name in ("id", "from"):
        if not isinstance(detail.get(name), str):
            return errors.bad_details_value(name)
    found = next((one for one in side.consents if one.id == detail["id"]), None)
    if found is None or found.given_to != client.organisation:
        return errors.bad_details_value("id")
    if found.given_by != detail["from"]:
        return errors.bad_details_value("from")
    return {
        "type": CONSENT,
        "id": found.id,
        "from": found.given_by,
        "to": f"urn:altinn:organization:identifier-no:{found.given_to}",
        "consented": found.consented,
        "validTo": found.valid_to,
        "consentRights": [{"action": ["consent"], "resource": [right]} for right in found.rights],
    }


_Answer = Callable[[Detail, OrganisationClient, Maskinporten], Detail | MpRefusal]
TYPES: dict[str, tuple[frozenset[str], _Answer]] = {
    SYSTEM_USER: (frozenset({"type", "systemuser_org", "externalRef"}), _system_user),
    CONSENT: (frozenset({"type", "id", "from", "to"}), _consent),
}

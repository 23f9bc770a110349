"""An app-only token carries no roles because the application permission was not assigned or consented."""

from console.core.checks.claims import is_app_only
from console.core.checks.wording import listed
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_phrase, certain, likely, possible
from console.core.diagnosis.own_roles import keeps_own_roles
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Basis, Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("app-permission-not-granted")(reading):
        return found
    token = reading.token
    if token is None and not reading.is_at_token_endpoint:
        return by_phrase("app-permission-not-granted")(reading)
    if token is None or token.claims is None or "roles" in token.claims or not is_app_only(token):
        return None
    who = Owner.API_OWNER if reading.fact("api_app_roles", "app_roles") == [] else None
    failed = reading.failed("roles")
    if failed is not None and (wanted := tuple(failed.expected or ()) or reading.expectation.roles):
        return certain(
            f"The token is app-only and has no roles claim; this API asks for {listed(wanted)}.",
            "roles absent",
            do=reading.words.grant(f"the role {listed(wanted)}"),
            who=who,
        )
    said = reading.phrase("app-permission-not-granted")
    if said:
        basis = Basis.WORDS if said.where == "said" else Basis.OBSERVED
        why = f"The token is app-only and has no roles claim; the API says: {said.words}"
        return Match(said.confidence, why, (said.words,), who=who, basis=basis)
    if reading.expectation.scopes and reading.failed("scopes"):
        return possible("The token is app-only, so it can carry roles only, and has none.", "roles absent", who=who)
    if keeps_own_roles(reading):
        return None
    if reading.answer.status in {401, 403} and reading.passes("audience") and _is_entra_app(reading):
        return likely("The token is app-only, and carries neither roles nor scopes.", "roles absent", who=who)
    return None


def _is_entra_app(reading: Reading) -> bool:
    flow = reading.grant == "client_credentials" or reading.claims.get("idtyp") == "app"
    return flow or (reading.claims.get("oid") is not None and reading.claims.get("oid") == reading.claims.get("sub"))


CAUSE = Cause(
    slug="app-permission-not-granted",
    stage=Stage.AUTHORIZATION,
    title="Application permission not granted",
    what="The token is app-only and carries no roles: the application permission was not granted.",
    do="Have a role of the API granted to this client, and get a new token.",
    who=Owner.TENANT_ADMIN,
    match=match,
    check="roles",
)

"""Only OpenID scopes were asked for, so no access token for the API comes (OpenID Connect Core section 3.1.2.1)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_OF_SIGN_IN = frozenset({"openid", "profile", "email", "offline_access", "address", "phone"})


def match(reading: Reading) -> Match | None:
    asked = frozenset(reading.params.get("scope", "").split())
    is_refused = reading.failed("audience") is not None or reading.answer.status in {401, 403}
    if asked and asked <= _OF_SIGN_IN and is_refused and not reading.is_at_token_endpoint:
        scopes = " ".join(sorted(asked))
        return likely(f"The scopes asked for are {scopes}: none of them names an API.", scopes)
    return by_phrase("scope-lacks-resource")(reading)


CAUSE = Cause(
    slug="scope-lacks-resource",
    stage=Stage.TOKEN_REQUEST,
    title="No API among the scopes",
    what="Only scopes of the sign-in itself were asked for, so the access token is not for the API.",
    do="Ask for a scope of the API besides openid and profile.",
    who=Owner.INTEGRATOR,
    match=match,
)

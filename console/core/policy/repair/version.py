"""The version of the API's tokens, which its own registration decides and neither the client nor the policy."""

from typing import Any

from console.core.compare import is_guid
from console.core.issuers import IssuerForm, issuers_relation, read_issuer
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, place_key, with_new_token
from console.core.policy.repair.rules import accepted_issuers
from console.core.policy.repair.token_text import REMOVED

_RENAMED = (("appid", "azp"), ("appidacr", "azpacr"))


def other_version(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """requestedAccessTokenVersion of the API's registration; only for a token of Entra or of a server like it."""
    actual = failure.claims.get("iss")
    form = read_issuer(actual) if isinstance(actual, str) else None
    if form is None or form.provider not in ("entra", "sandbox") or form.version not in ("1.0", "2.0"):
        return ()
    if not failure.is_signed:
        return ()  # another version makes no false signature good
    wanted = "2.0" if form.version == "1.0" else "1.0"
    told = api_change(
        failure,
        "token-version",
        f"Have the API get version {wanted} tokens",
        f"Set requestedAccessTokenVersion of the API's registration to {wanted[0]}; every client of the API then gets "
        f"version {wanted} tokens, with the claims and the issuer of that version.",
    )
    issuer = _issuer(trial, failure, str(actual), form, wanted)
    claims = {"ver": wanted, "iss": issuer, **_renamed(failure.claims, wanted), **_audience(failure, wanted)}
    return (
        Option(
            f"{told.kind}:{place_key(failure)}", told, lambda: with_new_token(trial, failure, claims, is_fresh=False)
        ),
    )


def _issuer(trial: Trial, failure: FailedCheck, actual: str, form: IssuerForm, wanted: str) -> str:
    accepted = accepted_issuers(trial, failure)
    fitting = next((one for one in accepted if issuers_relation(actual, one) == "version_mix"), None)
    if fitting is not None:
        return fitting
    if form.provider == "sandbox":
        return f"{form.base}/{form.tenant}/v2.0" if wanted == "2.0" else f"{form.base}/sts/{form.tenant}/"
    if wanted == "2.0":
        return f"https://login.microsoftonline.com/{form.tenant}/v2.0"
    return f"https://sts.windows.net/{form.tenant}/"


def _renamed(claims: dict[str, Any], wanted: str) -> dict[str, Any]:
    pairs = _RENAMED if wanted == "2.0" else tuple((new, old) for old, new in _RENAMED)
    moved = {new: claims[old] for old, new in pairs if old in claims}
    return {**{old: REMOVED for old, _ in pairs if old in claims}, **moved}


def _audience(failure: FailedCheck, wanted: str) -> dict[str, str]:
    """In version 2.0 aud is always the bare client id of the API."""
    actual = ((failure.token and failure.token.audiences) or ("",))[0]
    if wanted == "1.0" or is_guid(actual):
        return {}
    bare = actual.removeprefix("api://")
    if is_guid(bare):
        return {"aud": bare}
    known = next((one for one in (failure.demands and failure.demands.audiences) or () if is_guid(one)), None)
    return {"aud": known} if known else {}

"""Faults of the grants that need a person: what was good a moment ago is refused at the token endpoint."""

from collections.abc import Callable

from console.sandbox.faults.base import CODE, DEVICE, REFRESH, Fault, Needs, ShowsAt
from console.sandbox.idp import person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.state import Authorization

PASSWORD = "password"
ON_BEHALF_OF = "urn:ietf:params:oauth:grant-type:jwt-bearer"
OF_PEOPLE = (CODE, REFRESH, DEVICE, ON_BEHALF_OF, PASSWORD)
CONTEXT = "c1"
CHALLENGE = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'


def _always(error: Callable[[], EntraError], *grant_types: str) -> Callable[[str, Authorization], EntraError | None]:
    return lambda grant_type, _authorization: error() if grant_type in grant_types else None


def _step_up(_grant_type: str, authorization: Authorization) -> EntraError | None:
    """Refused until the person signs in again as the challenge asks: then the fault lets them through."""
    is_met = CONTEXT in authorization.detail("met").split()
    return None if is_met else person_errors.mfa_needed(CHALLENGE)


def _no_consent(grant_type: str, authorization: Authorization) -> EntraError | None:
    if grant_type not in (REFRESH, ON_BEHALF_OF, PASSWORD):
        return None
    return person_errors.consent_missing(authorization.client_id, "the client")


def _wrong_audience(grant_type: str, authorization: Authorization) -> EntraError | None:
    if grant_type != ON_BEHALF_OF:
        return None
    return person_errors.assertion_audience("00000003-0000-0000-c000-000000000000", authorization.client_id)


def _person_fault(
    code: str,
    title: str,
    explanation: str,
    cause: str,
    refuses: Callable[[str, Authorization], EntraError | None],
    *grant_types: str,
) -> Fault:
    return Fault(
        code,
        title,
        explanation,
        cause,
        Needs.ANY,
        ShowsAt.TOKEN,
        on_authorization=refuses,
        grant_types=grant_types,
    )


FAULTS = (
    _person_fault(
        "code-redeemed",
        "Authorization code redeemed twice",
        "The code counts as redeemed before, as when a page is reloaded or two workers share a sign-in.",
        "authorization-code-redeemed",
        _always(person_errors.code_used, CODE),
        CODE,
    ),
    _person_fault(
        "verifier-mismatch",
        "PKCE verifier of another sign-in",
        "The verifier does not belong to the challenge, as when two tabs share one session.",
        "pkce-mismatch",
        _always(person_errors.verifier_mismatch, CODE),
        CODE,
    ),
    _person_fault(
        "refresh-inactive",
        "Refresh token unused for too long",
        "The refresh token ran out because nobody used it for ninety days.",
        "refresh-token-expired",
        _always(person_errors.refresh_inactive, REFRESH),
        REFRESH,
    ),
    _person_fault(
        "refresh-revoked",
        "Refresh token revoked",
        "The grant was revoked, as after a change of password or by an administrator.",
        "refresh-token-expired",
        _always(person_errors.refresh_revoked, REFRESH),
        REFRESH,
    ),
    _person_fault(
        "refresh-reused",
        "Refresh token used twice",
        "The refresh token counts as replaced already, as when two workers refresh at once.",
        "refresh-token-reused",
        _always(person_errors.refresh_reused, REFRESH),
        REFRESH,
    ),
    _person_fault(
        "consent-withdrawn",
        "Consent withdrawn",
        "Neither the person nor an administrator consents any more to what the client asks for.",
        "consent-missing",
        _no_consent,
        REFRESH,
        ON_BEHALF_OF,
        PASSWORD,
    ),
    _person_fault(
        "device-expired",
        "Device code expired",
        "The device's code ran out before the person finished.",
        "device-code-expired",
        _always(person_errors.device_expired, DEVICE),
        DEVICE,
    ),
    _person_fault(
        "device-declined",
        "Device denied by its person",
        "The person said no on the page where the device's code is typed.",
        "consent-declined",
        _always(person_errors.device_declined, DEVICE),
        DEVICE,
    ),
    _person_fault(
        "assertion-audience",
        "On-behalf-of with a token for another API",
        "The assertion was made for Microsoft Graph and not for the API that presents it.",
        "obo-assertion-wrong-audience",
        _wrong_audience,
        ON_BEHALF_OF,
    ),
    _person_fault(
        "step-up",
        "Stronger sign-in demanded",
        "The provider answers with a claims challenge until the person signs in again as it asks.",
        "interaction-required",
        _step_up,
        *OF_PEOPLE,
    ),
    _person_fault(
        "access-blocked",
        "Blocked by Conditional Access",
        "A policy of the tenant forbids the token, whoever asks.",
        "conditional-access-blocked",
        _always(person_errors.access_blocked, *OF_PEOPLE),
        *OF_PEOPLE,
    ),
)

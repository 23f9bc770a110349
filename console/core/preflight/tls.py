"""Each place proves who it is with a certificate that is trusted here and lasts (RFC 8446, RFC 5280)."""

from console.core.exchange import Failure
from console.core.http.reached import ReachedPlace
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.preflight.reached import SeenPlaces
from console.core.tokens.times import utc

SOON_S = 14 * 86_400
MAX_NAMES = 4
_DO = {
    "expired": "Have whoever runs the server renew its certificate; if it is said not to be valid yet, compare clocks.",
    "name": "Use a host name that the certificate is for, or have the certificate issued for this one.",
    "unknown_ca": "Have the authority added to this console (CONSOLE_CA_BUNDLE), or a certificate of a known one used.",
    "not_tls": "Correct the port or the scheme of the address.",
    "scheme": "Write the address with https.",
}


def judge(seen: SeenPlaces) -> StageResult:
    failed, outside = seen.failed, seen.outside
    facts = tuple(fact for one in outside for fact in _facts(one))
    if failed is not None and failed.failure is not None:
        return _refused(failed, failed.failure, facts)
    if not outside:
        return not_needed(seen.why_none("No certificate is shown"))
    ends = [(one.certificate.not_after, one) for one in outside if one.certificate is not None]
    soonest = min(ends, key=lambda end: end[0], default=None)
    if soonest is not None and soonest[0] - seen.now < SOON_S:
        return StageResult(
            StageStatus.WARN,
            f"The certificate of {soonest[1].host} ends soon.",
            f"It is valid until {utc(soonest[0])}; now it is {utc(seen.now)}.",
            "Have whoever runs the server renew it.",
            Owner.NETWORK,
            facts=facts,
        )
    if plain := [one.host for one in outside if one.is_plain]:
        return StageResult(
            StageStatus.WARN,
            f"{plain[0]} is called over plain http.",
            "Everybody on the way can read the token. The administrator of this console allowed it for this host.",
            "Have the address served over https.",
            Owner.API_OWNER,
            facts=facts,
        )
    return well("Every certificate is trusted here and lasts.", *facts)


def _refused(place: ReachedPlace, failure: Failure, facts: tuple[StageFact, ...]) -> StageResult:
    do = _DO.get(failure.rule, "Ask whoever runs the server which versions of TLS it speaks.")
    who = Owner.INTEGRATOR if failure.rule in ("not_tls", "scheme") else Owner.NETWORK
    what = f"No secure connection to {place.host}."
    return StageResult(StageStatus.FAIL, what, failure.detail, do, who, facts=facts)


def _facts(place: ReachedPlace) -> tuple[StageFact, ...]:
    """Subject, issuer, names, until when, chain, protocol; what is not known is left out."""
    shown, at = place.certificate, f"{place.purpose}, {place.host}"
    if shown is None:
        return ()
    names = ", ".join(shown.names[:MAX_NAMES])
    more = f" and {len(shown.names) - MAX_NAMES} more" if len(shown.names) > MAX_NAMES else ""
    rows = (
        ("certificate", shown.subject),
        ("issued by", shown.issuer),
        ("for", f"{names}{more}"),
        ("valid", f"{utc(shown.not_before)} to {utc(shown.not_after)}"),
        ("chain", " → ".join(shown.chain)),
        ("protocol", place.protocol),
    )
    return tuple(StageFact(f"{at}: {label}", value) for label, value in rows if value)


STAGE: PreflightStage[SeenPlaces] = PreflightStage(
    code="tls",
    title="TLS and certificates",
    explains="Makes a secure connection to each place as a request would, and reads its certificate: for whom it is, "
    "who issued it, until when, by which chain it is trusted.",
    judge=judge,
)

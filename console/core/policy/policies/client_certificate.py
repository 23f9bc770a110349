"""`validate-client-certificate`: the caller's certificate must be valid and fit one of the listed identities.

Trust and revocation are the gateway's to decide: with either of them on (both are by default) a certificate that fits
stays undecided here. The status and body of a refusal are not documented.
"""

from console.core.policy.engine.caller_certificate import CallerCertificate, caller_certificate
from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Verdict, Warned
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Child,
    ElementShape,
    Kind,
    optional,
    policy,
)
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.step_of_checks import passed, step, unknown

NAME = "validate-client-certificate"
CHECK = "client-certificate"
_OPEN = ("subject", "issuer-subject", "issuer-thumbprint", "issuer-certificate-id")


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    if element.attribute("ignore-error") == "true":
        return step(NAME, (passed(CHECK, "The policy lets a call go on whatever it finds (ignore-error)."),)), flow
    checks = _judge(element, flow.request.client_certificate, flow.now)
    done = step(NAME, checks, status=403)
    if done.verdict is Verdict.REJECT:
        text = "Neither the status nor the body of this refusal is documented; 403 is what callers report."
        done = step(NAME, checks, status=403, warnings=(Warned("unconfirmed-body", text),))
    return done, flow


def _judge(element: Element, pem: str | None, now: int) -> tuple[GatewayCheck, ...]:
    if pem is None:
        return (unknown(CHECK, "Whether the caller shows a certificate is not known.", needs=("client_certificate",)),)
    if not pem.strip():
        return (_failure("The caller shows no certificate.", "Client certificate is missing."),)
    seen = caller_certificate(pem)
    if seen is None:
        what = "The caller's certificate cannot be read: a PEM text is needed."
        return (unknown(CHECK, what, needs=("client_certificate as PEM",)),)
    return (_times(element, seen, now), _identities(element, seen), _trust(element))


def _times(element: Element, seen: CallerCertificate, now: int) -> GatewayCheck:
    if _is_on(element, "validate-not-after") and now > seen.not_after:
        return _failure("The caller's certificate has expired.", "Client certificate has expired.")
    if _is_on(element, "validate-not-before") and now < seen.not_before:
        return _failure("The caller's certificate is not valid yet.", "Client certificate is not valid yet.")
    return passed(CHECK, "The certificate is within its dates, or they are not checked.")


def _identities(element: Element, seen: CallerCertificate) -> GatewayCheck:
    listed = element.child("identities")
    wanted = listed.all("identity") if listed else ()
    answers = [_fits(identity, seen) for identity in wanted]
    if not wanted or True in answers:
        return passed(CHECK, "The certificate is of an accepted identity.")
    if None in answers:
        what = "Whether the certificate is of an accepted identity rests on names that are not compared here."
        return unknown(CHECK, what, needs=("client_certificate: subject or issuer",))
    return _failure("The certificate is of none of the accepted identities.", "Client certificate is not accepted.")


def _fits(identity: Element, seen: CallerCertificate) -> bool | None:
    """Whether all that the identity names is so; None when that rests on names which are not compared here."""
    for name, values in seen.comparable().items():
        wanted = identity.attribute(name)
        if wanted is not None and not is_placeholder(wanted) and _plain(name, wanted) not in values:
            return False
    is_open = any(identity.attribute(name) is not None for name in _OPEN)
    return None if is_open or any(is_placeholder(value) for _, value in identity.attributes) else True


def _plain(name: str, text: str) -> str:
    """A name in lower case; hexadecimal digits without what people put between and before them."""
    if name not in ("thumbprint", "serial-number"):
        return text.strip().lower()
    digits = "".join(text.lower().replace(":", "").split())
    return digits if name == "thumbprint" else digits.lstrip("0")


def _trust(element: Element) -> GatewayCheck:
    if _is_on(element, "validate-trust") or _is_on(element, "validate-revocation"):
        what = "The gateway also checks who issued the certificate and whether it was revoked."
        return unknown(CHECK, what, needs=("trust and revocation of the client certificate",))
    return passed(CHECK, "The policy checks neither the issuer nor revocation.")


def _is_on(element: Element, name: str) -> bool:
    return element.attribute(name) not in ("false", "0")


def _failure(what: str, message: str) -> GatewayCheck:
    return GatewayCheck(CHECK, Outcome.FAIL, what, message=message, reason="ClientCertificateNotAccepted")


SHAPE = policy(
    "validate-client-certificate",
    *optional(
        "validate-revocation",
        "validate-trust",
        "validate-not-before",
        "validate-not-after",
        "ignore-error",
        kind=Kind.BOOLEAN,
    ),
    children=(
        Child(
            ElementShape(
                "identities",
                children=(
                    Child(
                        ElementShape(
                            "identity",
                            optional(
                                "thumbprint",
                                "serial-number",
                                "common-name",
                                "subject",
                                "dns-name",
                                "issuer-subject",
                                "issuer-thumbprint",
                                "issuer-certificate-id",
                            ),
                            has_text=True,
                        ),
                        least=1,
                        most=10,
                    ),
                ),
            ),
            most=1,
        ),
    ),
)

POLICY = Policy(
    name=NAME,
    title="Validate the client certificate",
    source=REFERENCE + "validate-client-certificate",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    may_refuse=True,
)

"""What the gateway's own trace and log would say of a refusal, so that support staff can find it there.

Source: the vendor's reference of the gateway log (columns LastError*), its page on error handling, and traces that
people have published. Documented reason names and seen ones differ: both are told.
"""

from console.core.policy.engine.conditions import LastError
from console.core.policy.engine.model import GatewayCheck, PolicyStep, Verdict
from console.core.policy.engine.on_error import last_error
from console.core.policy.engine.trace import Trace
from console.core.policy.token.token_policy import JWT

_PREFIX = "JWT Validation Failed: "
# Sentences that were seen byte for byte on real gateways, or stand so in the vendor's table of errors.
_CONFIRMED = frozenset({"TokenNotPresent", "TokenNotFound", "SubscriptionKeyNotFound", "SubscriptionKeyInvalid"})


def trace_text(trace: Trace) -> str:
    """A row of the gateway's log and the line of its trace, one fact a line; "" when the gateway refuses nothing.

    Whatever nobody has confirmed word for word is marked so.
    """
    refusal = next((step for step in trace.steps if step.is_reached and step.verdict is Verdict.REJECT), None)
    if trace.verdict is not Verdict.REJECT or refusal is None:
        return ""
    return "\n".join((*_log_row(refusal, trace), *_trace_line(refusal)))


def _log_row(refusal: PolicyStep, trace: Trace) -> tuple[str, ...]:
    status = "unknown" if trace.status is None else str(trace.status)
    row = (f"ResponseCode: {status}", "BackendResponseCode: 0 (the back end was not asked)")
    if refusal.reported is None:
        return (*row, f"LastErrorSource: (none: {refusal.policy} answers on purpose)")
    error = last_error(refusal)
    return (
        *row,
        f"LastErrorSource: {error.source}",
        f"LastErrorReason: {_reason(error)}",
        f"LastErrorMessage: {_message(refusal.reported)}",
        f"LastErrorSection: {error.section}",
        *_path(refusal),
        *((f"LastErrorPolicyId: {error.policy_id}",) if error.policy_id else ()),
    )


def _reason(error: LastError) -> str:
    first, *others = error.reasons or ("(none)",)
    return f"{first} (also seen: {', '.join(others)})" if others else first


def _message(check: GatewayCheck) -> str:
    if not check.message:
        return "(unknown)"
    return check.message if check.reason in _CONFIRMED else f"{check.message} (wording unconfirmed)"


def _path(refusal: PolicyStep) -> tuple[str, ...]:
    r"""The way the gateway writes it, `choose[1]\when[2]`: only for a policy inside another."""
    parts = refusal.path.split("/")[1:-1]
    return ("LastErrorPath: " + "\\".join(parts),) if parts else ()


def _trace_line(refusal: PolicyStep) -> tuple[str, ...]:
    check = refusal.reported
    if check is None or refusal.policy != JWT or not check.library_code:
        return ()
    return (f"Trace ({refusal.policy}): {_PREFIX}{check.message}. (wording unconfirmed)",)

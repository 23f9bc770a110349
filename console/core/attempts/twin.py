"""The synchronous twin of a call that was answered with 202: the same, asked to be answered at once (RFC 7240)."""

from dataclasses import replace

from console.core.attempts.replay import Replay

WAIT_S = 20  # below the time after which this console ends a call
_TOLD = (
    f"Prefer: wait={WAIT_S} is added (RFC 7240 section 4.3): an API that offers both ways then answers with the result "
    "and 200. One that does not know it answers as before."
)
_NO_TIMEOUT = "The timeout of then is left out, so that the console waits for as long as it does."


def synchronous(call: Replay) -> Replay:
    """The call with the wish to be answered at once in place of one to be answered later."""
    others = tuple((name, value) for name, value in call.headers if name.lower() != "prefer")
    told = (_TOLD,) if call.timeout_s is None else (_TOLD, _NO_TIMEOUT)  # it would end the call before the wait is over
    headers = (*others, ("Prefer", f"wait={WAIT_S}"))
    return replace(call, headers=headers, timeout_s=None, missing=(*told, *call.missing))

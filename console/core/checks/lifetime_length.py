"""The token does not live longer than a day.

Spec: RFC 9700 section 2.2 (limit what a leaked token is worth). Reads: iat, else nbf; exp; xms_cc (seconds).
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import time_claim
from console.core.finding import Finding, Status, not_applicable, unknown, warn
from console.core.owner import Owner
from console.core.tokens.times import duration
from console.core.tokens.token import Token

DAY_S = 86_400
CONTINUOUS_S = 28 * 3_600  # what Entra gives clients that can be told at any time (continuous access evaluation)
_ENTRA = "Entra gives 60 to 90 minutes, at random, and dates iat about five minutes back."


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    token = context.token
    end = time_claim(token, "exp")
    if end is None:
        return not_applicable("The token names no readable end; the check “Not expired” tells.")
    name = "iat" if time_claim(token, "iat") is not None else "nbf"
    begin = time_claim(token, name)
    if begin is None:
        return unknown("How long the token lives cannot be told.", missing="a time of issue (iat or nbf)")
    length_s = int(end - begin)
    if length_s < 0:
        return not_applicable("The times of the token are out of order; the check “Issued in the past” tells.")
    return _judge(token, length_s, f"exp − {name}")


def _judge(token: Token, length_s: int, formula: str) -> Finding:
    length = duration(length_s)
    if length_s <= DAY_S:
        why = _ENTRA if (token.text_claim("ver") or "") in ("1.0", "2.0") else ""
        return Finding(Status.PASS, f"The token lives for {length} in all.", why, actual=length)
    if length_s <= CONTINUOUS_S and _is_continuous(token):
        why = (
            f"{formula} is {length}; the client says in xms_cc that it can be told at any time to get a new token, "
            "and then Entra gives up to 28 hours."
        )
        return Finding(Status.NOTICE, "The token lives longer than a day.", why, actual=length)
    return warn(
        "The token lives longer than a day.",
        why=f"{formula} is {length}; whoever finds the token can use it that long.",
        do="Have the issuer shorten the life of access tokens; a client gets a new one when it needs one.",
        who=Owner.IDENTITY_PROVIDER,
        actual=length,
        expected=duration(DAY_S),
    )


def _is_continuous(token: Token) -> bool:
    said = (token.claims or {}).get("xms_cc")
    return any(isinstance(item, str) and item.lower() == "cp1" for item in said) if isinstance(said, list) else False


CHECK = Check(
    code="lifetime_length",
    title="Lives a day at most",
    source="RFC 9700 section 2.2",
    why="A bearer token that leaks can be used by anybody until it ends.",
    run=run,
)

"""A gateway's policy with what stands around it: a question, the token that is refused, or nothing at all.

What only the words of the policy told of a failure (`failed-validation-httpcode="401"`) is no failure.
"""

from collections.abc import Callable
from dataclasses import replace

from console.core.paste.recognisers.base import MAX_HEARD, Paste, PastedKind, RecognisedPaste
from console.core.paste.speech.attribute import policy_in

POLICY_NOTE = "This is a gateway policy: the page Policy says what it demands, and which of its rules refuses a token."
SEVERAL_NOTE = (
    "The text holds {count} gateway policies: paste the one whose answer you want to know on the page Policy, or here."
)
_MAY_GIVE_WAY = frozenset(
    {PastedKind.UNKNOWN, PastedKind.GATEWAY_TRACE, PastedKind.JWS, PastedKind.JWE, PastedKind.UNSECURED}
)


def with_policy(paste: Paste, found: RecognisedPaste, recognise: Callable[[str], RecognisedPaste]) -> RecognisedPaste:
    """`found`, or the policy in the paste, where nothing else in it tells of a failure. Tokens beside it are still what
    the text is.
    """
    if found.kind not in _MAY_GIVE_WAY or "<" not in paste.text[:MAX_HEARD]:
        return found
    policies = sum(one.where == "policy" for one in paste.spoken)
    if not policies:
        return found
    rest = recognise("\n".join(one.text for one in paste.spoken if one.where != "policy"))
    if rest.exchanges or rest.is_sensitive:
        return found
    if policies > 1:
        return replace(rest, notes=(SEVERAL_NOTE.format(count=policies),)) if _is_nothing(rest) else found
    policy = policy_in(paste.spoken)
    if not rest.items:
        return replace(rest, kind=PastedKind.POLICY, notes=(POLICY_NOTE,), policy=policy)
    return replace(rest, notes=(POLICY_NOTE, *rest.notes), policy=policy)


def _is_nothing(rest: RecognisedPaste) -> bool:
    return rest.kind in (PastedKind.UNKNOWN, PastedKind.EMPTY) and not rest.items

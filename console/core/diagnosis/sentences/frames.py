"""Sentences that only hand on what another says: "Bearer was not authenticated. Failure message: …".

That a caller was not let in is no reason; what stands behind the colon is. Without it the sentence stays: a caller who
is not authenticated and of whom nothing is refused sent nothing.
"""

import re

_OUTCOME = (
    r"(?:not (?:been |be |yet )?(?:authenticated|authori[sz]ed)"
    r"|(?:unable|failed|could not|cannot) (?:to )?(?:be )?(?:authenticated?|authori[sz]ed?)"
    r"|(?:authentication|authori[sz]ation)(?: \w{1,30}){0,2}"
    r" (?:failed|failure|error|rejected|denied|was not successful)"
    r"|(?:authentication|authori[sz]ation)(?:failed|failure|error)"
    r"|access (?:is |was |has been )?(?:denied|forbidden|refused)"
    r"|unauthenticated|unauthori[sz]ed(?! (?:redirect|callback|reply|scope|audience|issuer|grant|origin|client)))"
)
_HANDS_ON = (
    r"(?:[.,;]? ?[(\"']?(?:failure |error |inner |nested )?(?:message|reason|cause|exception|details?|err)"
    r"(?: is| was)?[:=]"
    r"|[,;]? (?:because|due to|caused by|since|as)(?: an? (?:error|exception))?(?: of)?:?(?= \w)"
    r"|: )"
)
# To the label from the outcome there are at most some words: who, of what, with which scheme.
_FRAME = re.compile(
    rf"\b(?<!client ){_OUTCOME}\b(?:[ \w\"'-]{{1,60}}?)??{_HANDS_ON}(?=[\s\"'(\[]{{0,4}}\w)"
    r"|\bcode = \w{1,40} desc = (?=\w)",  # of gRPC
    re.IGNORECASE,
)


def unframed(text: str, whole: str) -> str:
    """The text with line ends in place of the sentences that hand on; `whole`, as long, has what they hand on."""
    parts: list[str] = []
    at = 0
    for found in _FRAME.finditer(whole):
        parts += (text[at : found.start()], "\n" * len(found[0]))
        at = found.end()
    return "".join([*parts, text[at:]])

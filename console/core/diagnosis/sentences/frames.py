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
    r"|unauthenticated|unauthori[sz]ed)"
)
_HANDS_ON = (
    r"(?:[.,;]? ?[(\"']?(?:failure |error |inner |nested )?(?:message|reason|cause|exception|details?|err)"
    r"(?: is| was)?[:=]"
    r"|[,;]? (?:because|due to|caused by|since|as)(?: an? (?:error|exception))?(?: of)?:?(?= \w)"
    r"|: )"
)
# To the label from the outcome there are at most some words: who, of what, with which scheme.
_FRAME = re.compile(
    rf"\b{_OUTCOME}\b(?:[ \w\"'-]{{1,60}}?)??{_HANDS_ON}(?=[\s\"'(\[]{{0,4}}\w)"
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


# A row of an access log whose call was answered, or sent on to sign in: what it calls the answer is no refusal.
_ROW = re.compile(
    r"^.{0,400}?\"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\"\n]{1,2000}\" [123]\d\d\b"
    r"|^(?=[^\n]{0,4000}\"method\"\s?:\s?\"[A-Z]{3,7}\")"
    r"(?=[^\n]{0,4000}\"(?:response_code|responseCode|status|status_code|statusCode)\"\s?:\s?\"?[123]\d\d\b)"
    r"(?![^\n]{0,4000}\"(?:err(?:or)?|exception)\"\s?:\s?\"?[^\s\"])",
)


def without_served_rows(text: str) -> str:
    """The text with blanks in place of the rows of an access log that refuse nothing."""
    return "\n".join(" " * len(line) if _ROW.match(line) else line for line in text.split("\n"))

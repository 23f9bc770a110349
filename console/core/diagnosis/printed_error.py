"""The error of a token endpoint (RFC 6749 section 5.2) as libraries and logs print it, where its JSON is not shown."""

import re
from typing import Any

import msgspec

from console.core.diagnosis.flatten import flat
from console.core.diagnosis.messages.plain import plain
from console.core.evidence import Evidence

# Those that only who gives tokens says; beside them those that an API says too (RFC 6750 section 3.1, RFC 9449, 9470).
_CODES = (
    r"(?:invalid_(?:client|grant|scope|target)|unauthorized_client|unsupported_(?:grant|response)_type"
    r"|(?:interaction|consent|login)_required|authorization_pending|slow_down|expired_token)"
)
_OF_CALLS = r"(?!invalid_(?:token|request|dpop)|insufficient_|use_dpop)"
_LINE = r"[^\n]{0,600}"
_FORMS = tuple(
    map(
        re.compile,
        (
            r'\boauth2: \\?"(?P<code>[a-z]{2,20}(?:_[a-z]{2,20}){1,4})\\?"(?: \\?"(?P<text>[^"\\\n]{1,600}))?',  # Go
            rf"\[error: (?P<code>{_CODES}), description: (?:null|(?P<text>[^\]\n]{{1,600}}))\]",  # AppAuth
            rf"\[(?P<code>{_CODES})\] ?:? ?(?P<text>{_LINE})",  # Spring
            rf"\((?P<code>{_CODES})\) ?:? ?(?P<text>{_LINE})",  # oauthlib
            rf"(?<![\w/])(?P<code>{_CODES}) \((?P<text>[^()\n]{{1,300}})\)",  # Node
            rf"\berror(?:_?[Cc]ode)?[\"']? ?[:=] ?[\"']?{_OF_CALLS}"
            r"(?P<code>[a-z]{2,20}(?:_[a-z]{2,20}){1,4})[\"']?[,;&]?\s?[\"']?"
            r"error_?[Dd]escription[\"']? ?[:=] ?[\"']?(?P<text>[^\n\"]{1,600})",
            rf"(?<![\w-])error(?:_code)?[=:] ?[\"']?(?P<code>{_CODES})(?![\w:])(?P<text>)",
            rf"(?:Error|Exception|Auth|error): ?[('\"]{{0,2}}(?P<code>{_CODES})\b(?:: (?P<text>[^\n'\"]{{1,300}}))?",
        ),
    )
)
# A number of Microsoft Entra stands in what its endpoints answer, and nowhere else.
_ENTRA = re.compile(rf"AADSTS\d{{4,9}}\b{_LINE}")
_NEAR = re.compile(rf"(?<![\w/])({_CODES})(?!\w)")
_BEFORE = 400  # characters before a number in which its OAuth error may stand


def printed_error(text: str) -> dict[str, Any] | None:
    """The error with its description, each "" where it is not shown; None where no token endpoint speaks."""
    text = plain(text)
    if found := _ENTRA.search(text):
        near = _NEAR.findall(text[max(0, found.start() - _BEFORE) : found.start()])
        return {"error": near[-1] if near else "", "error_description": found[0].strip()}
    for form in _FORMS:
        if found := form.search(text):
            return {"error": found["code"], "error_description": (found["text"] or "").strip(" '\"")}
    return None


def with_error_inside(evidence: Evidence) -> Evidence:
    """The evidence; where an answer to no known request tells that a token was refused to whoever answers, with that
    error: it is what failed.
    """
    one = evidence
    is_open = one.token_error is None and one.request is None and one.token_request is None and one.token_claims is None
    if not is_open or one.response is None or not one.response.body:
        return evidence
    error = printed_error(flat(one.response.body))
    return msgspec.structs.replace(evidence, token_error=error) if error else evidence

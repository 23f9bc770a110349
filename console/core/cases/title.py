"""What a case is called: how it was answered, and its cause in the words that people read."""

from console.core.diagnosis import cause_title
from console.core.evidence import Evidence

MAX_SUBJECT = 120  # characters
_STATUSES = range(100, 1000)


def title_of(evidence: Evidence, cause: str) -> str:
    """ "401 audience in another form", "No token: client secret expired", "500, cause not known yet".

    `cause` is a slug, "" when no cause is known.
    """
    status = status_of(evidence)
    words = cause_title(cause)
    if not is_of_call(evidence) and words:
        return f"No token: {_lowered(words)}"
    if words:
        return (
            f"{status} {_lowered(words)}" if status else f"No answer: {_lowered(words)}" if evidence.response else words
        )
    if status is not None and 200 <= status < 300:
        return f"Answered with {status}"
    return f"{status}, cause not known yet" if status else "Cause not known yet"


def status_of(evidence: Evidence) -> int | None:
    """The HTTP status that the case is about: the call's, else the token endpoint's; None without an answer, and for a
    number that is no status (RFC 9110, 15: three digits).
    """
    answered = evidence.response.status if evidence.response is not None else None
    status = answered if answered is not None else evidence.http_status
    return status if status is not None and status in _STATUSES else None


def is_of_call(evidence: Evidence) -> bool:
    """Whether it tells of a call of an API, and not of a request for a token alone."""
    return evidence.request is not None or (evidence.token_request is None and evidence.token_error is None)


def one_line(title: str) -> str:
    """A title for the subject of a mail: nothing in it that breaks a line, or that no mail can hold."""
    return "".join(one if one.isprintable() else " " for one in title)[:MAX_SUBJECT].strip()


def _lowered(words: str) -> str:
    """In the middle of a line; an abbreviation ("TLS", "PKCE") stays."""
    first = words.split(maxsplit=1)[0]
    return words if len(first) > 1 and first[:2].isupper() else words[:1].lower() + words[1:]

"""One client beside another, one place beside another, the same token at two of them."""

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons import tales
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.terms import Confidence
from console.core.owner import Owner


def _says_nothing(reading: Reading) -> bool:
    """Whether the answer names no reason of its own."""
    said = [one for one in (*reading.phrases, *reading.sentences) if one.where == "said"]
    return not said and not reading.messages and not reading.codes and reading.known is None


def _is_refused_call(reading: Reading, *statuses: int) -> bool:
    return not reading.is_at_token_endpoint and reading.answer.status in statuses


def _other_client(reading: Reading) -> str:
    tale = tales.other_client_works(reading)
    is_open = _says_nothing(reading) and not reading.passes("authorized_party")
    return f'It was observed: "{tale}".' if tale and is_open and _is_refused_call(reading, 401, 403) else ""


def _other_place(reading: Reading) -> str:
    tale = tales.other_place_works(reading)
    return f'It was observed: "{tale}".' if tale and _says_nothing(reading) and _is_refused_call(reading, 403) else ""


def _other_address(reading: Reading) -> str:
    """A server that sends on to https, or to the same path with a slash: most clients leave the token behind."""
    url = reading.evidence.request.url if reading.evidence.request else ""
    is_sent = reading.authorization is not None
    tale = tales.is_sent_on(reading)
    return (
        f'It was observed: "{tale}"; the call went to {url}.'
        if tale and is_sent and _is_refused_call(reading, 401, 403)
        else ""
    )


def _token_is_whole(reading: Reading) -> str:
    """What is read elsewhere cannot be read here: it was changed on the way, or does not stand alone in its header."""
    tale = tales.token_decodes(reading) or tales.same_token_works(reading)
    unreadable = {"token-malformed", "opaque-token", "invisible-character-in-value"}
    told = {one.message.cause for one in reading.messages} | {one.cause for one in reading.phrases}
    has_one = reading.authorization is not None or reading.request_headers is None
    return f'It was observed: "{tale}".' if tale and told & unreadable and has_one else ""


REASONS = (
    Reason(
        "redirect-drops-authorization",
        "A client that follows to another address leaves out the Authorization header.",
        _other_address,
        do="Call the address at the end of the redirect.",
    ),
    Reason(
        "client-not-allowed",
        "What lets one client in and not another is a list of clients, or what each was given.",
        _other_client,
        confidence=Confidence.POSSIBLE,
    ),
    Reason(
        "ip-not-allowed",
        "What lets one place in and not another goes by the address.",
        _other_place,
        confidence=Confidence.POSSIBLE,
    ),
    Reason(
        "token-malformed",
        "A token that can be read elsewhere is whole: look at the header as it leaves the program, one scheme word "
        "and then the token.",
        _token_is_whole,
        owner=Owner.INTEGRATOR,
    ),
)

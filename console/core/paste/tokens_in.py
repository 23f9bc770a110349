"""The token that the call in a text carried."""

from itertools import islice

from console.core.paste.decoded import decoded_inside
from console.core.paste.recognisers.collecting import Collector, candidates, is_complete
from console.core.paste.seen import SeenExchange
from console.core.tokens.decoded import decoded_token
from console.core.tokens.parse import parse
from console.core.tokens.token import Token

_MOST = 50  # stretches that begin like a token


def carried_token(seen: SeenExchange, text: str) -> Token | None:
    """The one in the request's headers; where they show none, the only one in the text. None otherwise."""
    carried = Collector().headers(seen.request_headers)
    return carried if carried is not None else only_token(text)


def only_token(text: str) -> Token | None:
    """The only token in a text, whole or decoded elsewhere; None for a text with none, or with several."""
    found = dict.fromkeys(islice(candidates(text), _MOST))
    complete = [token for token in map(parse, found) if is_complete(token)]
    if complete:
        return complete[0] if len(complete) == 1 else None
    shown = decoded_inside(text)
    if shown is None or shown.is_excerpt:  # of what is absent from it nothing follows
        return None
    return decoded_token(shown.header, shown.claims)

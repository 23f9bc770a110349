"""What the value of a header means now: only where that is not plain from reading it."""

from email.utils import parsedate_to_datetime

from console.core.exchange import Exchange, header
from console.core.http.retry_after import LONGEST_S, told_s
from console.core.tokens.times import duration

_SAME_CLOCK_S = 2  # a Date has whole seconds, and the answer was on its way


def reading(name: str, value: str, *, exchange: Exchange) -> str:
    """A sentence on the value; "" where there is nothing to add."""
    read = _READERS.get(name.lower())
    return read(value, exchange) if read is not None else ""


def missing(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """Headers that the answer ought to have and has not: name, and why it ought to."""
    response = exchange.response
    if response is None:
        return ()
    found = []
    if response.status == 401 and response.header("WWW-Authenticate") is None:
        found.append(
            ("WWW-Authenticate", "A 401 has to say how to log in (RFC 9110 section 15.5.2); this one does not.")
        )
    if response.status == 405 and response.header("Allow") is None:
        found.append(
            ("Allow", "A 405 has to say which methods are known (RFC 9110 section 15.5.6); this one does not.")
        )
    return tuple(found)


def _retry_after(value: str, exchange: Exchange) -> str:
    told = told_s((("Retry-After", value),), now=int(exchange.started_at))
    if told is None:
        return "It is neither a number of seconds nor a date, so clients pass over it."
    if told >= LONGEST_S:
        return "That is more than 31 years, which is no time to wait for."
    return f"That is {duration(told)}." if told else "That is now."


def _date(value: str, exchange: Exchange) -> str:
    """Beside the moment at which the answer came, by this console's clock."""
    try:
        theirs = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return "It is no date."
    apart_s = theirs - (exchange.started_at + exchange.elapsed_ms / 1000)
    if -_SAME_CLOCK_S - exchange.elapsed_ms / 1000 <= apart_s <= _SAME_CLOCK_S:
        return "This console’s clock says the same."
    return f"{duration(round(abs(apart_s)))} {'ahead of' if apart_s > 0 else 'behind'} this console’s clock."


def _remaining(value: str, exchange: Exchange) -> str:  # noqa: ARG001 (the readers have one shape)
    return "Nothing is left: the next call may be refused with 429." if value.strip() == "0" else ""


def _location(value: str, exchange: Exchange) -> str:
    status = exchange.response.status if exchange.response else 0
    return "Redirects are not followed: this is the answer." if status in (301, 302, 303, 307, 308) and value else ""


def _packed(value: str, exchange: Exchange) -> str:  # noqa: ARG001
    is_known = value.strip().lower() in ("gzip", "x-gzip", "deflate", "identity", "")
    return "" if is_known else "This console does not unpack it, so the body is shown as it came."


def _any_origin(value: str, exchange: Exchange) -> str:
    response = exchange.response
    allows = (header(response.headers, "Access-Control-Allow-Credentials") or "") if response else ""
    if value.strip() == "*" and allows.strip().lower() == "true":
        return "Browsers refuse * together with credentials: the API must name the website."
    return ""


_READERS = {
    "retry-after": _retry_after,
    "date": _date,
    "ratelimit-remaining": _remaining,
    "x-ratelimit-remaining": _remaining,
    "location": _location,
    "content-encoding": _packed,
    "access-control-allow-origin": _any_origin,
}

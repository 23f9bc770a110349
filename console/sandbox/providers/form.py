"""The form a token endpoint is sent (RFC 6749 section 3.2)."""

from urllib.parse import parse_qsl

from console.core.exchange import Request, header

FORM = "application/x-www-form-urlencoded"


def read_form(request: Request) -> dict[str, tuple[str, ...]]:
    """All values of each parameter, in order; empty when the body is no form."""
    media_type = (header(request.headers, "content-type") or FORM).partition(";")[0].strip().lower()
    if media_type != FORM:
        return {}
    return grouped(request.body.decode("utf-8", "replace"))


def grouped(text: str) -> dict[str, tuple[str, ...]]:
    """The parameters of a form or a query; what cannot be read at all has none."""
    found: dict[str, tuple[str, ...]] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def repeated(form: dict[str, tuple[str, ...]], *, allowed: tuple[str, ...] = ()) -> str:
    """A parameter that stands there twice (RFC 6749 section 3.2 forbids it); "" when none does."""
    return next((name for name, values in form.items() if len(values) > 1 and name not in allowed), "")


def first(form: dict[str, tuple[str, ...]], name: str) -> str:
    """ "" when it is missing."""
    return form.get(name, ("",))[0]

"""What the shells' curl entries share: the options of one call, in the order in which people read them."""

from console.core.snippets.base import SnippetCall
from console.core.snippets.text import SnippetText, joined

CurlOption = tuple[str, SnippetText | None]
MOST_IN_ARGUMENT = 100_000  # characters; Linux takes 128 KiB for one argument, Windows 32,767 for a line
MOST_ON_WINDOWS = 30_000
_GLOBBED = frozenset("[]{}")


def options(call: SnippetCall) -> list[CurlOption]:
    """(option, value) pairs; a value of None for an option without one."""
    method: CurlOption = ("--head", None) if call.method == "HEAD" else ("--request", (call.method,))
    found: list[CurlOption] = [method, ("--url", call.url)]
    if any(_GLOBBED & set(piece) for piece in call.url if isinstance(piece, str)):
        found.append(("--globoff", None))
    if call.timeout_s is not None:
        found.append(("--max-time", (str(call.timeout_s),)))
    found += [("--header", _header(name, value)) for name, value in call.headers]
    if call.body is not None:
        if not any(name.lower() == "content-type" for name, _ in call.headers):
            found.append(("--header", ("Content-Type:",)))  # else curl says that it is a form
        found.append(("--data-raw", call.body))
    return found


def _header(name: str, value: SnippetText) -> SnippetText:
    """curl takes `Name:` as the wish to leave a header out, and `Name;` as one without a value."""
    return joined((f"{name}: ", *value)) if value else (f"{name};",)


def known_texts(call: SnippetCall) -> str:
    """All that is known of a call, to look for what an argument cannot hold."""
    texts = (call.url, *(value for _, value in call.headers), call.body or ())
    return "".join(piece for text in texts for piece in text if isinstance(piece, str))


def misfit(call: SnippetCall, *, most: int = MOST_IN_ARGUMENT) -> str:
    """Why no curl command can be made of a call; "" when one can."""
    if call.method == "HEAD" and call.body is not None:
        return "curl sends no body with HEAD."
    if "\0" in (known := known_texts(call)):
        return "A command line cannot hold the character NUL."
    if len(known) > most:
        return f"A command line takes {most:,} characters here, and this is longer. Take Python."
    return ""

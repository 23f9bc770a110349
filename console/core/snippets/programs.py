"""What the programs share: what must be set before they run, and what a library behind them does not send."""

from urllib.parse import urlsplit

from console.core.snippets.base import SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.text import Variable


def wanted(call: SnippetCall, recipe: TokenRecipe | None) -> list[Variable]:
    """The variables that a program reads: those of its recipe, and those of its call but the token that it obtains."""
    of_call = [one for one in call.variables if recipe is None or one != call.token]
    return [*(recipe.variables if recipe else ()), *of_call]


def told(variables: list[Variable], mark: str) -> list[str]:
    """One comment for each, and an empty line behind them."""
    return [*(f"{mark} {one.name}: {one.label}" for one in variables), *([""] if variables else [])]


def by_msal(recipe: TokenRecipe | None) -> bool:
    """Whether MSAL for .NET, Java and Go obtains the token: of an authority they read the host and one part more."""
    return recipe is not None and bool(recipe.authority) and "/" not in urlsplit(recipe.authority).path.strip("/")


def no_certificate(recipe: TokenRecipe | None, library: str) -> str:
    """Why a library does not obtain the token by certificate; "" when it does, and where none is asked for."""
    if recipe is None or recipe.way is not TokenWay.CERTIFICATE or by_msal(recipe):
        return ""
    if recipe.authority:
        return f"{library} takes an authority of a host and a tenant only, and this one has more. Take Python."
    return f"{library} does not serve this provider, and without it a program signs no assertion in a few lines."


def not_ascii(call: SnippetCall, library: str) -> str:
    """Why a library that sends ASCII alone in headers does not send a call; "" when it does."""
    return _beyond(call, f"{library} sends only ASCII in a header, and {{name}} has more. Take curl.", most=0x7E)


def not_latin(call: SnippetCall, library: str) -> str:
    """The same of one that sends Latin-1."""
    return _beyond(call, f"{library} sends only Latin-1 in a header, and {{name}} has more. Take curl.", most=0xFF)


def _beyond(call: SnippetCall, sentence: str, *, most: int) -> str:
    for name, value in call.headers:
        if any(ord(letter) > most for piece in value if isinstance(piece, str) for letter in piece):
            return sentence.format(name=name)
    return ""

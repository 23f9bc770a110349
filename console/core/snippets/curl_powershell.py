"""curl.exe in PowerShell 7."""

from console.core.snippets import curl
from console.core.snippets.base import SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting.powershell import expression
from console.core.snippets.text import SnippetText, Variable

_TOKEN = r"""
if (-not $answer.access_token) { throw ($answer | ConvertTo-Json) }
$env:ACCESS_TOKEN = $answer.access_token
""".strip()


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = [one for one in call.variables if recipe is None or one != call.token]
    lines = _wanted([*(recipe.variables if recipe else ()), *wanted])
    if recipe is not None:
        asked = _command(_token_request(recipe), start="$answer = curl.exe --silent --show-error")
        lines += [f"{asked} | ConvertFrom-Json", _TOKEN, ""]
    return "\n".join([*lines, _command(curl.options(call))]) + "\n"


def _wanted(variables: list[Variable]) -> list[str]:
    told = [f"# $env:{one.name}: {one.label}" for one in variables]
    return [*told, ""] if told else []


def _token_request(recipe: TokenRecipe) -> list[curl.CurlOption]:
    form: list[SnippetText] = [(f"{name}={value}",) for name, value in recipe.form]
    form += [(f"client_id={recipe.client_id}",), ("client_secret=", SECRET)]
    return [("--request", ("POST",)), ("--url", (recipe.endpoint,)), *(("--data-urlencode", one) for one in form)]


def _command(options: list[curl.CurlOption], *, start: str = "curl.exe") -> str:
    written = (f"{name} {_value(name, value)}" if value is not None else name for name, value in options)
    return " `\n  ".join([start, *written])


def _value(name: str, value: SnippetText) -> str:
    is_word = name == "--request" and isinstance(value[0], str) and value[0].isalpha()
    return str(value[0]) if is_word else expression(value)


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and recipe.way is TokenWay.CERTIFICATE:
        return "curl cannot sign an assertion with the certificate’s key. Take Python or curl in bash."
    if recipe is not None and recipe.is_basic:
        return (
            "The secret goes percent-encoded into the Authorization header here, which curl does not do. Take Python."
        )
    return curl.misfit(call, most=curl.MOST_ON_WINDOWS)


SNIPPET = Snippet(
    code="curl-powershell",
    title="curl (PowerShell)",
    needs="PowerShell 7.3 or later: Windows PowerShell 5.1 loses the quotation marks of a body on the way to curl.exe.",
    file_name="call.ps1",
    write=write,
    problem=problem,
)

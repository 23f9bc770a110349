"""curl at the Command Prompt of Windows."""

from dataclasses import replace

from console.core.json import strict as strict_json
from console.core.snippets import curl
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe
from console.core.snippets.quoting import cmd
from console.core.snippets.text import SnippetText


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001 (it obtains no token)
    told = [f"rem {one.name}: {_plain(one.label)}" for one in call.variables]
    options = curl.options(_on_one_line(call))
    written = (f"{name} {cmd.argument(value)}" if value is not None else name for name, value in options)
    return "\n".join([*told, " ^\n  ".join(["curl.exe", *written])]) + "\n"


def _plain(label: str) -> str:
    """`rem` is read up to the first & or | like any other line."""
    return "".join(letter for letter in label if letter not in '&|<>^%"')


def _on_one_line(call: SnippetCall) -> SnippetCall:
    """Between the values of JSON a line break means as much as a blank (RFC 8259 section 2)."""
    body = call.body
    if body is None or not strict_json.read_text("".join(map(_shown, body))).is_json:
        return call
    return replace(call, body=tuple(_joined(piece) if isinstance(piece, str) else piece for piece in body))


def _shown(piece: object) -> str:
    return piece if isinstance(piece, str) else "***"


def _joined(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None:
        return "A Command Prompt cannot read the token out of an answer. Take PowerShell."
    texts: list[SnippetText] = [value for _, value in curl.options(_on_one_line(call)) if value is not None]
    return curl.misfit(call, most=cmd.MOST) or cmd.problem(*texts)


SNIPPET = Snippet(
    code="curl-cmd",
    title="curl (cmd)",
    needs="a Command Prompt of Windows 10 or later, to paste it into: in a batch file each % would be doubled.",
    file_name="call.txt",
    write=write,
    problem=problem,
)

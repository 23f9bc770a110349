"""Headers as HTTPie takes them: after the colon a blank, for `:=` and `:@` would be marks of its own."""

import re

from console.core.snippets.text import SnippetText, joined

_ODD_SLASHES = re.compile(r"(?<!\\)\\(?:\\\\)*[:;=@]")


def item(name: str, value: SnippetText) -> SnippetText:
    """`Name;` sends a header without a value, where `Name:` would leave it out."""
    return joined((f"{name}: ", *value)) if value else (f"{name};",)


def item_problem(name: str, value: SnippetText) -> str:
    """Why a header cannot be told; "" when it can."""
    if name.startswith("-"):
        return f"HTTPie takes the header {name} for an option. Take curl."
    if any(isinstance(piece, str) and _ODD_SLASHES.search(piece) for piece in value):
        return f"HTTPie loses a backslash before one of : ; = @ in a header, and {name} has it. Take curl."
    return ""

"""A call as a snippet: the text, what was hidden in it, what must be set, and what is not offered here."""

from collections.abc import Collection
from typing import Any

from console.core.snippets import SNIPPETS
from console.core.snippets.base import TokenWay
from console.core.snippets.made import MadeSnippet, not_offered
from console.core.snippets.shown import Field
from console.services.snippets import CopySource

FEWEST_ROWS, MOST_ROWS = 4, 28
WAYS = {
    TokenWay.PLACEHOLDER: "with a token that you set",
    TokenWay.SECRET: "which obtains its token by client secret",
    TokenWay.CERTIFICATE: "which obtains its token by certificate",
}


WITH_TOKEN = "with the stored token"
SHOWS = {Field.TOKEN: "Put the stored token in", Field.KEY: "Put the stored subscription key in"}
SHOWN = {Field.TOKEN: "the stored token", Field.KEY: "the stored subscription key"}


def snippet_view(made: MadeSnippet, source: CopySource, asked: Collection[str] = ()) -> dict[str, Any]:
    """What snippet.html needs; `text` is "" where `problem` says why it is not offered.

    `asked` are the fields whose values were put into the text.
    """
    snippet, has_token = made.snippet, any(one.field is Field.TOKEN and one.field in asked for one in source.shows)
    others = not_offered(source.call, source.recipes, made.way, SNIPPETS)
    return {
        "title": snippet.title,
        "way": "" if snippet.is_record else WITH_TOKEN if has_token else WAYS[made.way],
        "needs": snippet.needs,
        "text": made.text,
        "rows": min(max(made.text.count("\n") + 1, FEWEST_ROWS), MOST_ROWS),
        "problem": made.problem,
        "hidden": _hidden(made, in_text=[SHOWN[one.field] for one in source.shows if one.field in asked]),
        "shows": [
            {"value": one.field.value, "text": SHOWS[one.field]}
            for one in source.shows
            if one.field not in asked and one.variable in made.variables
        ],
        "shown": [one.field.value for one in source.shows if one.field in asked],
        "variables": [{"label": one.name, "value": one.label, "is_code": False} for one in made.variables],
        "left_out": made.left_out,
        "others": [{"title": title, "why": why} for title, why in others if title != snippet.title],
    }


def _hidden(made: MadeSnippet, *, in_text: list[str]) -> str:
    """One sentence that counts what was hidden, before which stands what is not."""
    count = made.hidden
    if in_text:
        rest = "nothing else had to be" if not count else "1 more value is" if count == 1 else f"{count} more are"
        whoever = "Whoever has it can call the API as this profile."
        return f"The text holds {' and '.join(in_text)}; {rest} hidden. {whoever}"
    if not count:
        return "Nothing in it had to be hidden."
    counted = "One value is hidden" if count == 1 else f"{count} values are hidden"
    if made.snippet.is_record:
        return f"{counted}: tokens, keys, cookies and what else is secret. They are kept nowhere."
    return f"{counted}: no token, key or secret stands in the text."

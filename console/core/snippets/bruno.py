"""A request of Bruno in its own words (.bru), with a variable for each value that is hidden."""

import json

from console.core.snippets import programs
from console.core.snippets.base import SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting import bruno, uri
from console.core.snippets.text import SnippetText, Variable

_OF_BRUNO = frozenset({"grant_type", "scope"})
# The address goes out as it stands here, and no redirect is followed.
_SETTINGS = [("encodeUrl", "false"), ("followRedirects", "false")]


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    mode = _mode(call)
    auth = "oauth2" if recipe else "none"
    asked = [("url", bruno.text(uri.strict(call.url))), ("body", mode), ("auth", auth)]
    headers = [
        (name, bruno.text(value)) for name, value in call.one_of_each if recipe is None or call.token not in value
    ]
    blocks = [
        bruno.block("meta", [("name", "The call"), ("type", "http"), ("seq", "1")]),
        bruno.block(call.method.lower(), asked),
        *([bruno.block("headers", headers)] if headers else []),
        *([_by_oauth(call, recipe)] if recipe else []),
        *([bruno.text_block(f"body:{mode}", bruno.text(call.body))] if call.body is not None else []),
        bruno.block("settings", [*_SETTINGS, ("timeout", str(call.ends_after_s * 1000))]),
        bruno.text_block("docs", _docs(programs.wanted(call, recipe))),
    ]
    return "\n".join(blocks)


def _mode(call: SnippetCall) -> str:
    """Of JSON Bruno takes comments out, so that only what is JSON is sent as such."""
    if call.body is None:
        return "none"
    kind = next((bruno.text(value).lower() for name, value in call.headers if name.lower() == "content-type"), "")
    shown = "".join(piece if isinstance(piece, str) else "x" for piece in call.body)
    return "json" if "json" in kind and _is_json(shown) else "text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _docs(wanted: list[Variable]) -> str:
    told = [f"- {one.name}: {one.label}" for one in wanted]
    return "\n".join(["A call, copied without its secrets.", *(["Set in an environment:", *told] if told else [])])


def _by_oauth(call: SnippetCall, recipe: TokenRecipe) -> str:
    """Bruno obtains the token itself, and puts it into the header where this call has it."""
    rows = [
        ("grant_type", "client_credentials"),
        ("access_token_url", recipe.endpoint),
        ("refresh_token_url", ""),
        ("client_id", recipe.client_id),
        ("client_secret", bruno.hidden(SECRET.name)),
        ("scope", recipe.scope),
        ("credentials_placement", "basic_auth_header" if recipe.is_basic else "body"),
        ("credentials_id", "credentials"),
        ("token_placement", "header"),
        ("token_header_prefix", _prefix(call)),
        ("auto_fetch_token", "true"),
        ("auto_refresh_token", "false"),
    ]
    return bruno.block("auth:oauth2", rows)


def _prefix(call: SnippetCall) -> str:
    """What stands before the token: `Bearer`."""
    found = next((value for _, value in call.headers if call.token in value), ())
    return "".join(piece for piece in found if isinstance(piece, str)).strip()


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and (found := _no_token(call, recipe)):
        return found
    if call.body is not None and not any(name.lower() == "content-type" and value for name, value in call.headers):
        return "Of a body without Content-Type, Bruno says that it is text. Take Python."
    told = [bruno.value_problem(uri.strict(call.url), "this address")]
    told += [_header(name, value) for name, value in call.one_of_each]
    told += [bruno.text_problem(call.body, "this body")] if call.body is not None else []
    return next(filter(None, told), "") or programs.not_latin(call, "Bruno")


def _header(name: str, value: SnippetText) -> str:
    return bruno.name_problem(name) or bruno.value_problem(value, f"the header {name}")


def _no_token(call: SnippetCall, recipe: TokenRecipe) -> str:
    """Why Bruno does not obtain the token; "" when it does."""
    if recipe.way is TokenWay.CERTIFICATE:
        return "Bruno signs no assertion with a certificate’s key. Take Python or JavaScript."
    if {name for name, _ in recipe.form} - _OF_BRUNO or "scope" not in dict(recipe.form):
        return "The request for this token has other fields than Bruno sends. Take Python or JavaScript."
    if not any(name.lower() == "authorization" and call.token in value for name, value in call.headers):
        return "Bruno puts its token into the header Authorization only. Take Python or JavaScript."
    named = ((recipe.endpoint, "the token endpoint"), (recipe.client_id, "the client id"), (recipe.scope, "the scope"))
    return next(filter(None, (bruno.value_problem((text,), what) for text, what in named)), "")


SNIPPET = Snippet(
    code="bruno",
    title="Bruno (.bru)",
    needs="Bruno, with this file in a collection kept as .bru files, not as YAML. Values go into its environment.",
    file_name="call.bru",
    write=write,
    problem=problem,
)

"""A collection of Postman, version 2.1: one request, and a variable of the collection for each value that is hidden."""

import json
from typing import Any

from console.core.snippets.base import SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting import postman
from console.core.snippets.text import Variable

_SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
# The body goes out with any method, nothing is made up beside what the call sends, and no redirect is followed.
_AS_IT_IS = {
    "disableBodyPruning": True,
    "disabledSystemHeaders": {"content-type": True},
    "followRedirects": False,
    "disableCookies": True,
}
_OF_POSTMAN = frozenset({"grant_type", "scope"})


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    item = {
        "name": "The call",
        "request": _request(call, recipe),
        "protocolProfileBehavior": _AS_IT_IS,
    }
    collection = {
        "info": {"name": "A call, copied without its secrets", "schema": _SCHEMA},
        "item": [item],
        "variable": [_variable(one) for one in _wanted(call, recipe)],
    }
    return json.dumps(collection, indent=2, ensure_ascii=True) + "\n"


def _wanted(call: SnippetCall, recipe: TokenRecipe | None) -> list[Variable]:
    if recipe is None:
        return list(call.variables)
    return [*recipe.variables, *(one for one in call.variables if one != call.token)]


def _variable(variable: Variable) -> dict[str, str]:
    return {"key": variable.name, "value": "", "type": "string", "description": variable.label}


def _request(call: SnippetCall, recipe: TokenRecipe | None) -> dict[str, Any]:
    headers = [
        {"key": name, "value": postman.text(value)}
        for name, value in call.headers
        if recipe is None or call.token not in value
    ]
    body = {"body": {"mode": "raw", "raw": postman.text(call.body)}} if call.body is not None else {}
    auth = {"type": "noauth"} if recipe is None else _by_oauth(call, recipe)
    return {"auth": auth, "method": call.method, "header": headers, **body, "url": postman.text(call.url)}


def _by_oauth(call: SnippetCall, recipe: TokenRecipe) -> dict[str, Any]:
    """Postman obtains the token itself, and puts it into the header where this call has it."""
    told = {
        "grant_type": "client_credentials",
        "accessTokenUrl": recipe.endpoint,
        "clientId": recipe.client_id,
        "clientSecret": postman.hidden(SECRET.name),
        "scope": recipe.scope,
        "client_authentication": "header" if recipe.is_basic else "body",
        "addTokenTo": "header",
        "headerPrefix": _prefix(call),
    }
    return {"type": "oauth2", "oauth2": [{"key": key, "value": value, "type": "string"} for key, value in told.items()]}


def _prefix(call: SnippetCall) -> str:
    """What stands before the token: `Bearer`."""
    found = next((value for _, value in call.headers if call.token in value), ())
    return "".join(piece for piece in found if isinstance(piece, str)).strip()


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and (found := _no_token(call, recipe)):
        return found
    return postman.problem(call.url, *(value for _, value in call.headers), call.body or ())


def _no_token(call: SnippetCall, recipe: TokenRecipe) -> str:
    """Why Postman does not obtain the token; "" when it does."""
    if recipe.way is TokenWay.CERTIFICATE:
        return "Postman signs no assertion with a certificate’s key. Take Python or JavaScript."
    if {name for name, _ in recipe.form} - _OF_POSTMAN or "scope" not in dict(recipe.form):
        return "The request for this token has other fields than Postman sends. Take Python or JavaScript."
    if not any(name.lower() == "authorization" and call.token in value for name, value in call.headers):
        return "Postman puts its token into the header Authorization only. Take Python or JavaScript."
    return postman.problem((recipe.endpoint,), (recipe.client_id,), (recipe.scope,))


SNIPPET = Snippet(
    code="postman",
    title="Postman (collection 2.1)",
    needs="Postman, or Insomnia, which imports its collections. Values go into the collection’s variables.",
    file_name="call.postman_collection.json",
    write=write,
    problem=problem,
    media_type="application/json",
)

"""Python with requests, and MSAL where the provider is one of its own."""

from console.core.snippets.base import (
    CERTIFICATE_FILE,
    KEY_FILE,
    SECRET,
    USUAL_S,
    Snippet,
    SnippetCall,
    TokenRecipe,
    TokenWay,
)
from console.core.snippets.quoting.python import environment, expression, lines, literal
from console.core.snippets.text import SnippetText

_FAILED = """
if 'access_token' not in answer:
    raise SystemExit(f"{answer.get('error')}: {answer.get('error_description')}")
access_token = answer['access_token']
""".strip()

_ONCE = "    allow_redirects=False,  # a key in a header goes nowhere else"


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    is_msal = recipe is not None and bool(recipe.authority)
    wanted = [one for one in call.variables if recipe is None or one != call.token]
    told = [f"# {one.name}: {one.label}" for one in [*(recipe.variables if recipe else ()), *wanted]]
    code = [*(_obtained(recipe) if recipe else ()), *_sent(call, has_token=recipe is not None)]
    text = "\n".join(code)
    imports = [f"import {name}" for name in ("os", "pathlib") if f"{name}." in text]
    used = [*(["from urllib.parse import quote_plus"] if "quote_plus(" in text else [])]
    others = ["import msal"] if is_msal else []
    head = [*imports, *used, *([""] if imports or used else []), *others, "import requests", ""]
    return "\n".join([*told, *([""] if told else []), *head, text]) + "\n"


def _obtained(recipe: TokenRecipe) -> list[str]:
    return [*(_by_msal(recipe) if recipe.authority else _by_form(recipe)), _FAILED, ""]


def _by_msal(recipe: TokenRecipe) -> list[str]:
    return [
        "application = msal.ConfidentialClientApplication(",
        f"    {literal(recipe.client_id)},",
        f"    authority={literal(recipe.authority)},",
        *_credential(recipe),
        *([] if recipe.is_known else ["    instance_discovery=False,  # the host is none that Microsoft knows"]),
        ")",
        f"answer = application.acquire_token_for_client([{literal(recipe.scope)}])",
    ]


def _credential(recipe: TokenRecipe) -> list[str]:
    if recipe.way is TokenWay.SECRET:
        return [f"    client_credential={environment(SECRET.name)},"]
    return [
        "    client_credential={",
        f"        'private_key': pathlib.Path({environment(KEY_FILE.name)}).read_text(),",
        f"        'public_certificate': pathlib.Path({environment(CERTIFICATE_FILE.name)}).read_text(),",
        "    },",
    ]


def _by_form(recipe: TokenRecipe) -> list[str]:
    own = (
        []
        if recipe.is_basic
        else [("client_id", literal(recipe.client_id)), ("client_secret", environment(SECRET.name))]
    )
    fields = [*((name, literal(value)) for name, value in recipe.form), *own]
    encoded = f"(quote_plus({literal(recipe.client_id)}), quote_plus({environment(SECRET.name)}))"
    return [
        "answer = requests.post(",
        f"    {literal(recipe.endpoint)},",
        "    data={",
        *(f"        {literal(name)}: {value}," for name, value in fields),
        "    },",
        *([f"    auth={encoded},"] if recipe.is_basic else []),
        f"    timeout={USUAL_S},",
        _ONCE,
        ").json()",
    ]


def _sent(call: SnippetCall, *, has_token: bool) -> list[str]:
    def value(text: SnippetText) -> str:
        pieces = (
            "access_token" if has_token and piece == call.token else expression((piece,)) for piece in text if piece
        )
        return " + ".join(pieces) or literal("")

    headers = [f"        {literal(name)}: {value(text)}," for name, text in call.one_of_each]
    body = ["body = " + lines(call.body)] if call.body is not None else []
    return [
        *body,
        "response = requests.request(",
        f"    {literal(call.method)},",
        f"    {value(call.url)},",
        *(["    headers={", *headers, "    },"] if headers else []),
        *(["    data=body.encode(),"] if body else []),
        f"    timeout={call.ends_after_s},",
        _ONCE,
        ")",
        "print(response.status_code, response.reason)",
        "print(response.text)",
    ]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001
    if recipe is not None and recipe.way is TokenWay.CERTIFICATE and not recipe.authority:
        return "MSAL does not serve this provider, and requests alone cannot sign an assertion."
    return ""


SNIPPET = Snippet(
    code="python",
    title="Python",
    needs="Python 3.8 or later with requests; to obtain a token of Microsoft also msal (pip install msal requests).",
    file_name="call.py",
    write=write,
    problem=problem,
)

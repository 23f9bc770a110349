"""JavaScript with fetch, as Node.js has it, and MSAL where the provider is one of its own."""

from urllib.parse import urlsplit

from console.core.snippets.base import CERTIFICATE_FILE, KEY_FILE, SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting.javascript import environment, expression, key, lines, literal
from console.core.snippets.text import SnippetText

_WANTED = """
function wanted(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
""".strip()
_FAILED = """
if (!answer.access_token) throw new Error(`${answer.error}: ${answer.error_description}`);
const accessToken = answer.access_token;
""".strip()
_NOT_OF_FETCH = frozenset({"expect", "keep-alive", "upgrade"})  # Node.js refuses a request with one of them
_NO_METHOD = frozenset({"CONNECT", "TRACE", "TRACK"})


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = [one for one in call.variables if recipe is None or one != call.token]
    told = [f"// {one.name}: {one.label}" for one in [*(recipe.variables if recipe else ()), *wanted]]
    code = [*(_obtained(recipe) if recipe else ()), *_sent(call, has_token=recipe is not None)]
    helper = [_WANTED, ""] if told else []
    head = _imports(recipe)
    return "\n".join([*told, *([""] if told else []), *head, *([""] if head else []), *helper, *code]) + "\n"


def _imports(recipe: TokenRecipe | None) -> list[str]:
    if recipe is None or not recipe.authority:
        return []
    files = ["import { X509Certificate } from 'node:crypto';", "import { readFileSync } from 'node:fs';"]
    msal = "import { ConfidentialClientApplication } from '@azure/msal-node';"
    return [*(files if recipe.way is TokenWay.CERTIFICATE else []), msal]


def _obtained(recipe: TokenRecipe) -> list[str]:
    return [*(_by_msal(recipe) if recipe.authority else _by_form(recipe)), ""]


def _by_msal(recipe: TokenRecipe) -> list[str]:
    host = literal(urlsplit(recipe.authority).netloc)
    is_new = not recipe.is_known
    return [
        *(_certificate() if recipe.way is TokenWay.CERTIFICATE else []),
        "const application = new ConfidentialClientApplication({",
        "  auth: {",
        f"    clientId: {literal(recipe.client_id)},",
        f"    authority: {literal(recipe.authority)},",
        *([f"    knownAuthorities: [{host}], // the host is none that Microsoft knows"] if is_new else []),
        *_credential(recipe),
        "  },",
        "});",
        f"const asked = {{ scopes: [{literal(recipe.scope)}] }};",
        "const { accessToken } = await application.acquireTokenByClientCredential(asked);",
    ]


def _certificate() -> list[str]:
    return [
        f"const certificate = readFileSync({environment(CERTIFICATE_FILE.name)}, 'utf8');",
        "const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');",
    ]


def _credential(recipe: TokenRecipe) -> list[str]:
    if recipe.way is TokenWay.SECRET:
        return [f"    clientSecret: {environment(SECRET.name)},"]
    return [
        "    clientCertificate: {",
        "      thumbprintSha256: thumbprint,",
        f"      privateKey: readFileSync({environment(KEY_FILE.name)}, 'utf8'),",
        "      x5c: certificate,",
        "    },",
    ]


def _by_form(recipe: TokenRecipe) -> list[str]:
    own = [("client_id", literal(recipe.client_id)), ("client_secret", environment(SECRET.name))]
    fields = [*((name, literal(value)) for name, value in recipe.form), *([] if recipe.is_basic else own)]
    return [
        *(_pair_of(recipe) if recipe.is_basic else []),
        f"const asked = await fetch({literal(recipe.endpoint)}, {{",
        "  method: 'POST',",
        *(["  headers: { Authorization: `Basic ${pair}` },"] if recipe.is_basic else []),
        "  body: new URLSearchParams([",
        *(f"    [{literal(name)}, {value}]," for name, value in fields),
        "  ]),",
        "  redirect: 'manual',",
        "  signal: AbortSignal.timeout(30_000),",
        "});",
        "const answer = await asked.json();",
        _FAILED,
    ]


def _pair_of(recipe: TokenRecipe) -> list[str]:
    """Both percent-encoded before they are joined (RFC 6749 section 2.3.1)."""
    return [
        f"const parts = [{literal(recipe.client_id)}, {environment(SECRET.name)}].map(encodeURIComponent);",
        "const pair = Buffer.from(parts.join(':')).toString('base64');",
    ]


def _sent(call: SnippetCall, *, has_token: bool) -> list[str]:
    def value(text: SnippetText) -> str:
        pieces = ("accessToken" if has_token and piece == call.token else expression((piece,)) for piece in text)
        return " + ".join(pieces) or literal("")

    headers = [f"    {key(name)}: {value(text)}," for name, text in call.one_of_each]
    body = [f"const body ={lines(call.body)};"] if call.body is not None else []
    return [
        *body,
        f"const response = await fetch({value(call.url)}, {{",
        f"  method: {literal(call.method)},",
        *(["  headers: {", *headers, "  },"] if headers else []),
        *(["  body: Buffer.from(body), // of a text fetch would say that it is text/plain"] if body else []),
        "  redirect: 'manual',",
        f"  signal: AbortSignal.timeout({call.ends_after_s}_000),",
        "});",
        "console.log(response.status, response.statusText);",
        "console.log(await response.text());",
    ]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and recipe.way is TokenWay.CERTIFICATE and not recipe.authority:
        return "MSAL does not serve this provider, and fetch alone cannot sign an assertion."
    if call.body is not None and call.method in {"GET", "HEAD"}:
        return f"fetch sends no body with {call.method}. Take Python."
    if call.method in _NO_METHOD:
        return f"fetch does not send {call.method}. Take curl."
    return _no_header(call)


def _no_header(call: SnippetCall) -> str:
    for name, text in call.headers:
        if name.lower() in _NOT_OF_FETCH:
            return f"fetch in Node.js does not send the header {name}. Take curl."
        if any(ord(letter) > 0xFF for piece in text if isinstance(piece, str) for letter in piece):
            return f"fetch takes no letter beyond Latin-1 in a header, and {name} has one. Take curl."
    return ""


SNIPPET = Snippet(
    code="javascript",
    title="JavaScript (Node.js)",
    needs="Node.js 20 or later; to obtain a token of Microsoft also MSAL (npm install @azure/msal-node).",
    file_name="call.mjs",
    write=write,
    problem=problem,
)

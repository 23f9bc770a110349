"""C# with HttpClient, and MSAL.NET where the provider is one of its own."""

from console.core.snippets import programs
from console.core.snippets.base import CERTIFICATE_FILE, KEY_FILE, SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting import uri
from console.core.snippets.quoting.csharp import environment, expression, lines, literal
from console.core.snippets.text import SnippetText

_WANTED = """
static string Wanted(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The environment variable {name} is not set.");
""".strip()
_CLIENT = """
using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
{
    Timeout = TimeSpan.FromSeconds(30),
};
""".strip()
_ANSWER = """
using var tokenResponse = await client.SendAsync(tokenRequest);
using var answer = JsonDocument.Parse(await tokenResponse.Content.ReadAsStringAsync());
if (!answer.RootElement.TryGetProperty("access_token", out var found))
{
    throw new InvalidOperationException(answer.RootElement.ToString());
}
var accessToken = found.GetString();
""".strip()
_OF_CONTENT = frozenset(
    ("allow", "content-disposition", "content-encoding", "content-language", "content-location", "content-md5")
) | {"content-range", "content-type", "expires", "last-modified"}


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = programs.wanted(call, recipe)
    helper = [_WANTED, ""] if wanted else []
    obtained = [*_obtained(recipe), ""] if recipe else []
    sent = _sent(call, has_token=recipe is not None)
    used = [*_namespaces(call, recipe), ""]
    return "\n".join([*programs.told(wanted, "//"), *used, *helper, _CLIENT, "", *obtained, *sent]) + "\n"


def _namespaces(call: SnippetCall, recipe: TokenRecipe | None) -> list[str]:
    by_msal = programs.by_msal(recipe)
    by_form = recipe is not None and not by_msal
    is_basic = recipe is not None and recipe.is_basic
    named = {
        "System.Net.Http": True,
        "System.Net.Http.Headers": is_basic,
        "System.Security.Cryptography.X509Certificates": recipe is not None and recipe.way is TokenWay.CERTIFICATE,
        "System.Text": call.body is not None or is_basic,
        "System.Text.Json": by_form,
        "System.Threading": call.timeout_s is not None,
        "Microsoft.Identity.Client": by_msal,
    }
    return [f"using {name};" for name, is_used in named.items() if is_used]


def _obtained(recipe: TokenRecipe) -> list[str]:
    return _by_msal(recipe) if programs.by_msal(recipe) else _by_form(recipe)


def _by_msal(recipe: TokenRecipe) -> list[str]:
    is_new = not recipe.is_known
    return [
        *(_certificate() if recipe.way is TokenWay.CERTIFICATE else []),
        "var application = ConfidentialClientApplicationBuilder",
        f"    .Create({literal(recipe.client_id)})",
        f"    .WithAuthority({literal(recipe.authority)}{', validateAuthority: false' if is_new else ''})",
        *(["    .WithInstanceDiscovery(false) // the host is none that Microsoft knows"] if is_new else []),
        "    .WithCertificate(certificate)"
        if recipe.way is TokenWay.CERTIFICATE
        else f"    .WithClientSecret({environment(SECRET.name)})",
        "    .Build();",
        f"var scopes = new[] {{ {literal(recipe.scope)} }};",
        "var accessToken = (await application.AcquireTokenForClient(scopes).ExecuteAsync()).AccessToken;",
    ]


def _certificate() -> list[str]:
    files = f"{environment(CERTIFICATE_FILE.name)}, {environment(KEY_FILE.name)}"
    return [f"using var certificate = X509Certificate2.CreateFromPemFile({files});"]


def _by_form(recipe: TokenRecipe) -> list[str]:
    own = [("client_id", literal(recipe.client_id)), ("client_secret", environment(SECRET.name))]
    fields = [*((name, literal(value)) for name, value in recipe.form), *([] if recipe.is_basic else own)]
    return [
        f"using var tokenRequest = new HttpRequestMessage(HttpMethod.Post, {literal(recipe.endpoint)});",
        "tokenRequest.Content = new FormUrlEncodedContent(new KeyValuePair<string, string>[]",
        "{",
        *(f"    new({literal(name)}, {value})," for name, value in fields),
        "});",
        *(_pair_of(recipe) if recipe.is_basic else []),
        _ANSWER,
    ]


def _pair_of(recipe: TokenRecipe) -> list[str]:
    """Both percent-encoded before they are joined (RFC 6749 section 2.3.1)."""
    client, secret = literal(recipe.client_id), environment(SECRET.name)
    return [
        f'var pair = Uri.EscapeDataString({client}) + ":" + Uri.EscapeDataString({secret});',
        "tokenRequest.Headers.Authorization =",
        '    new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));',
    ]


def _sent(call: SnippetCall, *, has_token: bool) -> list[str]:
    def value(text: SnippetText) -> str:
        pieces = ("accessToken" if has_token and piece == call.token else expression((piece,)) for piece in text)
        return " + ".join(pieces) or literal("")

    has_content = call.body is not None or any(name.lower() in _OF_CONTENT for name, _ in call.headers)
    body = "Encoding.UTF8.GetBytes(body)" if call.body is not None else "Array.Empty<byte>()"
    url, method = value(uri.strict(call.url)), literal(call.method)
    return [
        *([f"var body = {lines(call.body)};"] if call.body is not None else []),
        f"var url = {url};",
        f"using var request = new HttpRequestMessage(new HttpMethod({method}), url);",
        *([f"request.Content = new ByteArrayContent({body});"] if has_content else []),
        *(f"{_headers(name)}.TryAddWithoutValidation({literal(name)}, {value(text)});" for name, text in call.headers),
        *_send(call),
        'Console.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}");',
        "Console.WriteLine(await response.Content.ReadAsStringAsync());",
    ]


def _send(call: SnippetCall) -> list[str]:
    """A client that has sent something keeps its Timeout: that of one call is a token of its own."""
    if call.timeout_s is None:
        return ["using var response = await client.SendAsync(request);"]
    return [
        f"using var limit = new CancellationTokenSource(TimeSpan.FromSeconds({call.timeout_s}));",
        "using var response = await client.SendAsync(request, limit.Token);",
    ]


def _headers(name: str) -> str:
    """.NET keeps what is said of a body with the body."""
    return "request.Content.Headers" if name.lower() in _OF_CONTENT else "request.Headers"


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    return programs.no_certificate(recipe, "MSAL.NET") or programs.not_ascii(call, "HttpClient")


SNIPPET = Snippet(
    code="csharp",
    title="C#",
    needs=".NET 8 or later, in a console project with implicit usings; to obtain a token of Microsoft also MSAL.NET "
    "(dotnet add package Microsoft.Identity.Client).",
    file_name="Program.cs",
    write=write,
    problem=problem,
)

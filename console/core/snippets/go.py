"""Go with net/http, and azidentity where the provider is one of Microsoft's own."""

from urllib.parse import urlsplit

from console.core.snippets import programs
from console.core.snippets.base import CERTIFICATE_FILE, KEY_FILE, SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting import uri
from console.core.snippets.quoting.go import environment, expression, header, lines, literal
from console.core.snippets.text import SnippetText, Variable

_AZURE = "github.com/Azure/azure-sdk-for-go/sdk"
_PUBLIC = "login.microsoftonline.com"  # where azidentity asks unless it is told
_MUST = """
func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
""".strip()
_WANTED = """
func wanted(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("The environment variable %s is not set.", name)
	}
	return value
}
""".strip()
_CLIENT = """
client := &http.Client{
	Timeout:       30 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}
""".strip()
_ANSWER = """
tokenResponse := must(client.Do(tokenRequest))
defer tokenResponse.Body.Close()
answer := must(io.ReadAll(tokenResponse.Body))
var told struct {
	AccessToken string `json:"access_token"`
}
if err := json.Unmarshal(answer, &told); err != nil || told.AccessToken == "" {
	log.Fatalf("%s", answer)
}
accessToken := told.AccessToken
""".strip()
_ENDS = """
response := must(client.Do(request))
defer response.Body.Close()
fmt.Println(response.Status)
fmt.Println(string(must(io.ReadAll(response.Body))))
""".strip()


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = programs.wanted(call, recipe)
    code = [_CLIENT, *(_obtained(recipe) if recipe else []), *_sent(call, has_token=recipe is not None)]
    return "\n".join(
        [
            *programs.told(wanted, "//"),
            "package main",
            "",
            *_imports(call, recipe, has_wanted=bool(wanted)),
            "",
            _MUST,
            "",
            *([_WANTED, ""] if wanted else []),
            "func main() {",
            *(f"\t{line}" for text in code for line in text.split("\n")),
            "}",
            "",
        ]
    )


def _imports(call: SnippetCall, recipe: TokenRecipe | None, *, has_wanted: bool) -> list[str]:
    """Exactly what is used: Go refuses a program that imports more."""
    by_azure, by_form = programs.by_msal(recipe), recipe is not None and not programs.by_msal(recipe)
    named = {
        "context": by_azure,
        "encoding/json": by_form,
        "fmt": True,
        "io": True,
        "log": True,
        "net/http": True,
        "net/url": by_form,
        "os": has_wanted,
        "strings": by_form or call.body is not None,
        "time": True,
    }
    azure = {
        "azcore": by_azure and _is_elsewhere(recipe),
        "azcore/cloud": by_azure and _is_elsewhere(recipe),
        "azcore/policy": by_azure,
        "azidentity": by_azure,
    }
    own = [f'\t"{name}"' for name, is_used in named.items() if is_used]
    others = [f'\t"{_AZURE}/{name}"' for name, is_used in azure.items() if is_used]
    return ["import (", *own, *([""] if others else []), *others, ")"]


def _is_elsewhere(recipe: TokenRecipe | None) -> bool:
    return recipe is not None and urlsplit(recipe.authority).netloc != _PUBLIC


def _obtained(recipe: TokenRecipe) -> list[str]:
    return _by_azure(recipe) if programs.by_msal(recipe) else _by_form(recipe)


def _by_azure(recipe: TokenRecipe) -> list[str]:
    tenant, client = literal(urlsplit(recipe.authority).path.strip("/")), literal(recipe.client_id)
    kind = "Certificate" if recipe.way is TokenWay.CERTIFICATE else "Secret"
    options = _options(recipe, kind)
    proof = "certificates, key" if recipe.way is TokenWay.CERTIFICATE else environment(SECRET.name)
    given = "options" if options else "nil"
    asked = f"policy.TokenRequestOptions{{Scopes: []string{{{literal(recipe.scope)}}}}}"
    return [
        *(_certificate() if recipe.way is TokenWay.CERTIFICATE else []),
        *options,
        f"credential := must(azidentity.NewClient{kind}Credential({tenant}, {client}, {proof}, {given}))",
        f"accessToken := must(credential.GetToken(context.Background(), {asked})).Token",
    ]


def _options(recipe: TokenRecipe, kind: str) -> list[str]:
    """Where azidentity asks, unless it is where it asks anyway."""
    if not _is_elsewhere(recipe):
        return []
    host = literal(f"https://{urlsplit(recipe.authority).netloc}/")
    is_new = not recipe.is_known
    return [
        f"options := &azidentity.Client{kind}CredentialOptions{{",
        "\tClientOptions: azcore.ClientOptions{",
        f"\t\tCloud: cloud.Configuration{{ActiveDirectoryAuthorityHost: {host}}},",
        "\t},",
        *(["\tDisableInstanceDiscovery: true, // the host is none that Microsoft knows"] if is_new else []),
        "}",
    ]


def _certificate() -> list[str]:
    return [
        f"pem := append(must(os.ReadFile({environment(CERTIFICATE_FILE.name)})), '\\n')",
        f"pem = append(pem, must(os.ReadFile({environment(KEY_FILE.name)}))...)",
        "certificates, key, err := azidentity.ParseCertificates(pem, nil)",
        "if err != nil {",
        "\tlog.Fatal(err)",
        "}",
    ]


def _by_form(recipe: TokenRecipe) -> list[str]:
    own = [("client_id", literal(recipe.client_id)), ("client_secret", environment(SECRET.name))]
    fields = [*((name, literal(value)) for name, value in recipe.form), *([] if recipe.is_basic else own)]
    pair = (f"url.QueryEscape({one})" for one in (literal(recipe.client_id), environment(SECRET.name)))
    sent = f'must(http.NewRequest("POST", {literal(recipe.endpoint)}, strings.NewReader(form.Encode())))'
    return [
        "form := url.Values{}",
        *(f"form.Add({literal(name)}, {value})" for name, value in fields),
        f"tokenRequest := {sent}",
        'tokenRequest.Header.Set("Content-Type", "application/x-www-form-urlencoded")',
        *([f"tokenRequest.SetBasicAuth({', '.join(pair)})"] if recipe.is_basic else []),
        _ANSWER,
    ]


def _sent(call: SnippetCall, *, has_token: bool) -> list[str]:
    def value(text: SnippetText, *, is_header: bool = False) -> str:
        pieces = [_one(piece, call, has_token=has_token, is_header=is_header) for piece in text]
        return " + ".join(pieces) or literal("")

    body = "strings.NewReader(body)" if call.body is not None else "nil"
    request = f"must(http.NewRequest({literal(call.method)}, {value(uri.strict(call.url))}, {body}))"
    return [
        *([f"body := {lines(call.body)}"] if call.body is not None else []),
        f"request := {request}",
        *(f"request.Header.Add({literal(name)}, {value(text, is_header=True)})" for name, text in call.headers),
        *([f"client.Timeout = {call.timeout_s} * time.Second"] if call.timeout_s is not None else []),
        _ENDS,
    ]


def _one(piece: str | Variable, call: SnippetCall, *, has_token: bool, is_header: bool) -> str:
    if has_token and piece == call.token:
        return "accessToken"
    return header((piece,)) if is_header else expression((piece,))


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    return programs.no_certificate(recipe, "azidentity") or programs.not_latin(call, "This program")


SNIPPET = Snippet(
    code="go",
    title="Go",
    needs="Go 1.22 or later; to obtain a token of Microsoft also azidentity "
    "(go get github.com/Azure/azure-sdk-for-go/sdk/azidentity).",
    file_name="call.go",
    write=write,
    problem=problem,
)

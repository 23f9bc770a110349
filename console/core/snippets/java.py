"""Java with java.net.http, and MSAL4J where the provider is one of its own."""

from urllib.parse import quote_plus

from console.core.snippets import programs
from console.core.snippets.base import CERTIFICATE_FILE, KEY_FILE, SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting import uri
from console.core.snippets.quoting.java import environment, expression, lines, literal
from console.core.snippets.text import SnippetText

_WANTED = """
    static String wanted(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("The environment variable " + name + " is not set.");
        }
        return value;
    }
""".strip("\n")
_ENCODED = """
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
""".strip("\n")
_KEY = r"""
    static PrivateKey key(String file) throws Exception {
        String text = Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    static X509Certificate certificate(String file) throws Exception {
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        }
    }
""".strip("\n")
_ANSWER = r"""
Matcher answer = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(tokenResponse.body());
if (!answer.find()) {
    throw new IllegalStateException(tokenResponse.body());
}
String accessToken = answer.group(1);
""".strip()
_OF_HTTP = ("java.net.URI", "java.net.http.HttpClient", "java.net.http.HttpRequest", "java.net.http.HttpResponse")
_OF_MSAL = (
    *("com.microsoft.aad.msal4j.ClientCredentialFactory", "com.microsoft.aad.msal4j.ClientCredentialParameters"),
    *("com.microsoft.aad.msal4j.ConfidentialClientApplication", "com.microsoft.aad.msal4j.IClientCredential"),
)
_OF_FORM = (
    *("java.net.URLEncoder", "java.nio.charset.StandardCharsets"),
    *("java.util.regex.Matcher", "java.util.regex.Pattern"),
)
_OF_KEY = (
    *("java.io.InputStream", "java.nio.file.Files", "java.nio.file.Path", "java.security.KeyFactory"),
    *("java.security.PrivateKey", "java.security.cert.CertificateFactory", "java.security.cert.X509Certificate"),
    *("java.security.spec.PKCS8EncodedKeySpec", "java.util.Base64"),
)
_UNKNOWN_HOST = [
    "    .validateAuthority(false) // the host is none that Microsoft knows",
    "    .instanceDiscovery(false)",
]
_NOT_SENT = frozenset({"connection", "content-length", "expect", "host", "upgrade"})


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = programs.wanted(call, recipe)
    by_form = recipe is not None and not programs.by_msal(recipe)
    has_key = recipe is not None and recipe.way is TokenWay.CERTIFICATE
    helpers = [(_WANTED, bool(wanted)), (_ENCODED, by_form), (_KEY, has_key)]
    code = [*_client(), *(_obtained(recipe) if recipe else []), *_sent(call, has_token=recipe is not None)]
    return "\n".join(
        [
            *programs.told(wanted, "//"),
            *_imports(recipe),
            "",
            "public class Call {",
            *(line for helper, is_used in helpers if is_used for line in (helper, "")),
            "    public static void main(String[] arguments) throws Exception {",
            *(f"        {line}" for text in code for line in text.split("\n")),
            "    }",
            "}",
            "",
        ]
    )


def _imports(recipe: TokenRecipe | None) -> list[str]:
    names = {*_OF_HTTP, "java.time.Duration"}
    if recipe is not None and programs.by_msal(recipe):
        names |= {*_OF_MSAL, "java.util.Set"}
        names |= set(_OF_KEY) if recipe.way is TokenWay.CERTIFICATE else set()
    elif recipe is not None:
        names |= {*_OF_FORM, *(["java.util.Base64"] if recipe.is_basic else [])}
    return [f"import {name};" for name in sorted(names)]


def _client() -> list[str]:
    return ["HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();"]


def _obtained(recipe: TokenRecipe) -> list[str]:
    return _by_msal(recipe) if programs.by_msal(recipe) else _by_form(recipe)


def _by_msal(recipe: TokenRecipe) -> list[str]:
    return [
        f"IClientCredential credential = {_credential(recipe)};",
        "ConfidentialClientApplication application = ConfidentialClientApplication",
        f"    .builder({literal(recipe.client_id)}, credential)",
        f"    .authority({literal(recipe.authority)})",
        *([] if recipe.is_known else _UNKNOWN_HOST),
        "    .build();",
        "String accessToken = application",
        f"    .acquireToken(ClientCredentialParameters.builder(Set.of({literal(recipe.scope)})).build())",
        "    .join().accessToken();",
    ]


def _credential(recipe: TokenRecipe) -> str:
    if recipe.way is TokenWay.SECRET:
        return f"ClientCredentialFactory.createFromSecret({environment(SECRET.name)})"
    key, certificate = environment(KEY_FILE.name), environment(CERTIFICATE_FILE.name)
    return f"ClientCredentialFactory.createFromCertificate(\n    key({key}), certificate({certificate}))"


def _by_form(recipe: TokenRecipe) -> list[str]:
    own = [("client_id", literal(recipe.client_id)), ("client_secret", environment(SECRET.name))]
    fields = [*((name, literal(value)) for name, value in recipe.form), *([] if recipe.is_basic else own)]
    form = (f"{_field(name, is_first=not at)} + encoded({value})" for at, (name, value) in enumerate(fields))
    return [
        "String form = " + "\n    + ".join(form) + ";",
        *(_pair_of(recipe) if recipe.is_basic else []),
        f"HttpRequest tokenRequest = HttpRequest.newBuilder(URI.create({literal(recipe.endpoint)}))",
        "    .POST(HttpRequest.BodyPublishers.ofString(form))",
        '    .header("Content-Type", "application/x-www-form-urlencoded")',
        *(['    .header("Authorization", "Basic " + pair)'] if recipe.is_basic else []),
        "    .timeout(Duration.ofSeconds(30))",
        "    .build();",
        "HttpResponse<String> tokenResponse = client.send(tokenRequest, HttpResponse.BodyHandlers.ofString());",
        _ANSWER,
    ]


def _pair_of(recipe: TokenRecipe) -> list[str]:
    """Both percent-encoded before they are joined (RFC 6749 section 2.3.1)."""
    client, secret = literal(recipe.client_id), environment(SECRET.name)
    return [
        f'byte[] parts = (encoded({client}) + ":" + encoded({secret})).getBytes(StandardCharsets.UTF_8);',
        "String pair = Base64.getEncoder().encodeToString(parts);",
    ]


def _field(name: str, *, is_first: bool) -> str:
    return literal(f"{'' if is_first else '&'}{quote_plus(name)}=")


def _sent(call: SnippetCall, *, has_token: bool) -> list[str]:
    def value(text: SnippetText) -> str:
        pieces = ("accessToken" if has_token and piece == call.token else expression((piece,)) for piece in text)
        return " + ".join(pieces) or literal("")

    published = "ofString(body)" if call.body is not None else "noBody()"
    return [
        *([f"String body = {lines(call.body, indent='    ')};"] if call.body is not None else []),
        f"URI address = URI.create({value(uri.strict(call.url))});",
        "HttpRequest request = HttpRequest.newBuilder(address)",
        f"    .method({literal(call.method)}, HttpRequest.BodyPublishers.{published})",
        *(f"    .header({literal(name)}, {value(text)})" for name, text in call.headers),
        f"    .timeout(Duration.ofSeconds({call.ends_after_s}))",
        "    .build();",
        "HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());",
        "System.out.println(response.statusCode());",
        "System.out.println(response.body());",
    ]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if name := next((name for name, _ in call.headers if name.lower() in _NOT_SENT), ""):
        return f"java.net.http does not send the header {name}. Take curl."
    return programs.no_certificate(recipe, "MSAL4J") or programs.not_ascii(call, "java.net.http")


SNIPPET = Snippet(
    code="java",
    title="Java",
    needs="Java 17 or later; to obtain a token of Microsoft also MSAL4J (com.microsoft.azure:msal4j), which takes a "
    "certificate’s key in PKCS #8.",
    file_name="Call.java",
    write=write,
    problem=problem,
)

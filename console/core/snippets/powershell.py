"""PowerShell 7 with Invoke-RestMethod."""

from console.core.snippets import programs
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting.powershell import expression, literal
from console.core.snippets.text import SnippetText

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"})
_ASSERTION = r"""
$files = ($env:CLIENT_CERTIFICATE_FILE, $env:CLIENT_KEY_FILE | Resolve-Path).Path
$certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile($files[0], $files[1])
$key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
$sha256 = [Security.Cryptography.HashAlgorithmName]::SHA256
function ConvertTo-Base64Url([byte[]] $Bytes) {
  [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')
}
function ConvertTo-Part([hashtable] $Members) {
  ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes(($Members | ConvertTo-Json -Compress)))
}
$now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$thumbprint = ConvertTo-Base64Url ($certificate.GetCertHash($sha256))
$header = ConvertTo-Part @{ alg = 'ALG'; typ = 'JWT'; 'x5t#S256' = $thumbprint }
$claims = ConvertTo-Part @{
  aud = $tokenEndpoint; iss = $clientId; sub = $clientId
  jti = [guid]::NewGuid().ToString(); nbf = $now; exp = $now + 300
}
$signed = [Text.Encoding]::ASCII.GetBytes("$header.$claims")
$padding = [Security.Cryptography.RSASignaturePadding]::PADDING
$signature = ConvertTo-Base64Url ($key.SignData($signed, $sha256, $padding))
""".strip()
_PADDINGS = {"RS256": "Pkcs1", "PS256": "Pss"}  # RFC 7518 sections 3.3 and 3.5
_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_TOKEN = r"""
if (-not $answer.access_token) { throw ($answer | ConvertTo-Json) }
$env:ACCESS_TOKEN = $answer.access_token
""".strip()


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    told = [f"# $env:{one.name}: {one.label}" for one in programs.wanted(call, recipe)]
    obtained = [*_obtained(recipe), ""] if recipe else []
    return "\n".join([*told, *([""] if told else []), *obtained, *_sent(call)]) + "\n"


def _obtained(recipe: TokenRecipe) -> list[str]:
    fields = [(name, literal(value)) for name, value in recipe.form]
    if recipe.way is TokenWay.CERTIFICATE:
        proof = [("client_assertion_type", literal(_BEARER)), ("client_assertion", '"$header.$claims.$signature"')]
        made = _ASSERTION.replace("ALG", recipe.algorithm).replace("PADDING", _PADDINGS[recipe.algorithm])
    else:
        proof, made = ([] if recipe.is_basic else [("client_secret", "$env:CLIENT_SECRET")]), ""
    own = [] if recipe.is_basic else [("client_id", "$clientId")]
    return [
        f"$clientId = {literal(recipe.client_id)}",
        f"$tokenEndpoint = {literal(recipe.endpoint)}",
        *([made] if made else []),
        *(_pair_of() if recipe.is_basic else []),
        "$form = @{",
        *(f"  {literal(name)} = {value}" for name, value in [*fields, *own, *proof]),
        "}",
        "$asked = @{ Method = 'Post'; Uri = $tokenEndpoint; Body = $form; SkipHttpErrorCheck = $true }",
        *(['$asked.Headers = @{ Authorization = "Basic $pair" }'] if recipe.is_basic else []),
        "$answer = Invoke-RestMethod @asked -MaximumRedirection 0 -TimeoutSec 30",
        _TOKEN,
    ]


def _pair_of() -> list[str]:
    """Both percent-encoded before they are joined (RFC 6749 section 2.3.1)."""
    return [
        "$parts = ($clientId, $env:CLIENT_SECRET | ForEach-Object { [Uri]::EscapeDataString($_) }) -join ':'",
        "$pair = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($parts))",
    ]


def _sent(call: SnippetCall) -> list[str]:
    media_type = next((value for name, value in call.one_of_each if name.lower() == "content-type"), None)
    others = [(name, value) for name, value in call.one_of_each if name.lower() != "content-type"]
    method = "Method" if call.method in _METHODS else "CustomMethod"
    return [
        *([f"$body = {expression(call.body)}"] if call.body is not None else []),
        "$call = @{",
        f"  {method} = {literal(call.method)}",
        f"  Uri = {expression(call.url)}",
        *_table(others),
        *_content(call, media_type),
        "  SkipHeaderValidation = $true",
        "  SkipHttpErrorCheck = $true",
        "  StatusCodeVariable = 'status'",
        "  MaximumRedirection = 0",
        f"  TimeoutSec = {call.ends_after_s}",
        "}",
        "$answer = Invoke-RestMethod @call",
        "$status",
        "$answer",
    ]


def _table(headers: list[tuple[str, SnippetText]]) -> list[str]:
    rows = [f"    {literal(name)} = {expression(value)}" for name, value in headers]
    return ["  Headers = @{", *rows, "  }"] if rows else []


def _content(call: SnippetCall, media_type: SnippetText | None) -> list[str]:
    if call.body is None:
        return ["  # Content-Type is left out: Invoke-RestMethod sends it with a body only."] if media_type else []
    told = [f"  ContentType = {expression(media_type)}"] if media_type is not None else []
    return [*told, "  Body = [Text.Encoding]::UTF8.GetBytes($body)"]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and recipe.way is TokenWay.CERTIFICATE and recipe.algorithm not in _PADDINGS:
        return f"A few lines of PowerShell do not sign an assertion with {recipe.algorithm}."
    if recipe is not None and len(dict(recipe.form)) < len(recipe.form):
        return "The request for this token names a field twice, which a table of PowerShell does not. Take Python."
    if call.body is not None and call.method in {"GET", "HEAD"}:
        return f"Invoke-RestMethod does not send a body with {call.method} in each version. Take Python."
    has_type = any(name.lower() == "content-type" and value for name, value in call.headers)
    if call.body is not None and call.method == "POST" and not has_type:
        return "Of a body without Content-Type, Invoke-RestMethod says that it is a form. Take Python."
    return programs.not_ascii(call, "Invoke-RestMethod")


SNIPPET = Snippet(
    code="powershell",
    title="PowerShell (Invoke-RestMethod)",
    needs="PowerShell 7.2 or later, on any system.",
    file_name="call.ps1",
    write=write,
    problem=problem,
)

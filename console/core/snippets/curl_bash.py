"""curl in bash or zsh."""

from console.core.snippets import curl
from console.core.snippets.base import SECRET, Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.quoting.bash import literal, word
from console.core.snippets.text import Variable

# Which part of an assertion is signed how: RS256 (RFC 7518 section 3.3), PS256 (section 3.5).
_SIGNED = {"RS256": "", "PS256": " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32"}
_ASSERTION = r"""
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
thumbprint=$(openssl x509 -in "$CLIENT_CERTIFICATE_FILE" -outform DER | openssl dgst -sha256 -binary | base64url)
now=$(date +%s)
header=$(printf '{"alg":"ALG","typ":"JWT","x5t#S256":"%s"}' "$thumbprint" | base64url)
claims=$(printf '{"aud":"%s","iss":"%s","sub":"%s","jti":"%s","nbf":%s,"exp":%s}' \
  "$token_endpoint" "$client_id" "$client_id" "$(openssl rand -hex 16)" "$now" "$((now + 300))" | base64url)
signature=$(printf '%s' "$header.$claims" | openssl dgst -sha256 -sign "$CLIENT_KEY_FILE"SIGNED -binary | base64url)
"""
_TOKEN = r"""
ACCESS_TOKEN=$(printf '%s' "$answer" | tr -d '\n' |
  sed -n 's/.*"access_token"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')
: "${ACCESS_TOKEN:?$answer}"
"""


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    wanted = [one for one in call.variables if recipe is None or one != call.token]
    lines = _wanted([*(recipe.variables if recipe else ()), *wanted])
    if recipe is not None:
        lines += [*_obtained(recipe), ""]
    return (
        "\n".join(
            [*lines, _command([(name, word(value) if value is not None else "") for name, value in curl.options(call)])]
        )
        + "\n"
    )


def _wanted(variables: list[Variable]) -> list[str]:
    """What must be set; bash stops there while one is missing."""
    if not variables:
        return []
    told = [f"# {one.name}: {one.label}" for one in variables]
    return [*told, ": " + " ".join(f'"${{{one.name}:?}}"' for one in variables), ""]


def _command(options: list[tuple[str, str]], *, start: str = "curl") -> str:
    return " \\\n  ".join([start, *(f"{name} {value}".rstrip() for name, value in options)])


def _obtained(recipe: TokenRecipe) -> list[str]:
    form = [("--data-urlencode", literal(f"{name}={value}")) for name, value in recipe.form]
    url = [("--request", "POST"), ("--url", literal(recipe.endpoint))]
    if recipe.way is TokenWay.SECRET:
        proof = [
            ("--data-urlencode", literal(f"client_id={recipe.client_id}")),
            ("--data-urlencode", f'"client_secret=${{{SECRET.name}}}"'),
        ]
        return [_command([*url, *form, *proof], start="answer=$(curl --silent --show-error") + ")" + _TOKEN.rstrip()]
    names = [f"client_id={literal(recipe.client_id)}", f"token_endpoint={literal(recipe.endpoint)}"]
    made = _ASSERTION.replace("ALG", recipe.algorithm).replace("SIGNED", _SIGNED[recipe.algorithm]).strip()
    proof = [
        ("--data-urlencode", '"client_id=$client_id"'),
        ("--data-urlencode", "'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer'"),
        ("--data-urlencode", '"client_assertion=$header.$claims.$signature"'),
    ]
    asked = _command([*url, *form, *proof], start="answer=$(curl --silent --show-error") + ")"
    return [*names, made, asked + _TOKEN.rstrip()]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None and recipe.is_basic:
        return (
            "The secret goes percent-encoded into the Authorization header here, which bash does not do. Take Python."
        )
    if recipe is not None and recipe.way is TokenWay.CERTIFICATE and recipe.algorithm not in _SIGNED:
        return (
            f"The assertion of this client is signed with {recipe.algorithm}, and a few lines of bash cannot do that."
        )
    return curl.misfit(call)


SNIPPET = Snippet(
    code="curl-bash",
    title="curl (bash)",
    needs="bash or zsh, and curl: macOS, Linux, WSL, Git Bash. To obtain a token by certificate also openssl.",
    file_name="call.sh",
    write=write,
    problem=problem,
)

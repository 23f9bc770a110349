"""Which gateway, or validator in front of an API, an answer names; where it keeps its rules and tells its reasons."""

import re
from dataclasses import dataclass

from console.core.diagnosis.reading import Reading
from console.core.owner import Owner
from console.core.providers.advice.base import Record


@dataclass(frozen=True, slots=True)
class Gateway:
    """`headers` and `families` (of the message catalogue) are what it is known by. `rules`: what it demands of a token;
    `log`: why it refused a call.
    """

    title: str
    headers: re.Pattern[str]
    families: re.Pattern[str]
    rules: Record
    log: Record


def _gateway(title: str, headers: str, families: str, rules: tuple[str, str], log: tuple[str, str]) -> Gateway:
    return Gateway(
        title,
        re.compile(headers, re.I),
        re.compile(families, re.I),
        Record("", rules[0], Owner.API_OWNER, rules[1]),
        Record("", log[0], Owner.API_OWNER, log[1]),
    )


ANY = _gateway(
    "the gateway or the API",
    r"(?!)",
    r"(?!)",
    ("The settings of whatever checks the token: the gateway’s policy, or the token library of the API.", ""),
    ("The log of the API, or of the gateway in front of it, at the time of the call; ask for its ids.", ""),
)
GATEWAYS = (
    _gateway(
        "Azure API Management",
        r"^(?:apim-request-id|ocp-apim-\S*)\b",
        r"API Management|apim",
        (
            "Azure portal: API Management > APIs > the API > All operations > Policies (</>), with those of its "
            "product and of All APIs.",
            'az rest --url "https://management.azure.com<resource id of the API>/policies/policy'
            '?api-version=2022-08-01&format=rawxml"',
        ),
        (
            "Azure portal: the API’s tab “Test” > Trace, or the query beside this in its logs.",
            'ApiManagementGatewayLogs | where CorrelationId == "<correlation id>" | project LastErrorSource, '
            "LastErrorReason, LastErrorMessage",
        ),
    ),
    _gateway(
        "Azure App Service authentication",
        r"^x-ms-middleware-request-id\b",
        r"App Service",
        (
            "Azure portal: the app > Authentication > the identity provider: Issuer URL and Allowed token audiences.",
            "az webapp auth show --resource-group <resource group> --name <name of the app>",
        ),
        (
            "Azure portal: the app > Log stream, with application logging on.",
            "az webapp log tail --resource-group <resource group> --name <name of the app>",
        ),
    ),
    _gateway(
        "Amazon API Gateway",
        r"^(?:x-amzn-errortype|x-amz-apigw-id|apigw-requestid)\b",
        r"AWS API Gateway|aws_api_gateway",
        (
            "AWS console: API Gateway > the API > Authorization: issuer and audience of the authorizer.",
            "aws apigatewayv2 get-authorizers --api-id <id of the API>",
        ),
        ("The access log of the stage, with $context.authorizer.error and the request id in it.", ""),
    ),
    _gateway(
        "Envoy or Istio",
        r"^(?:x-envoy-\S*|server: (?:istio-)?envoy)\b",
        r"envoy|istio",
        (
            "The objects RequestAuthentication and AuthorizationPolicy of the mesh, or jwt_authn of Envoy.",
            "kubectl get requestauthentications,authorizationpolicies --all-namespaces -o yaml",
        ),
        (
            "The proxy’s own log beside the API’s container.",
            "kubectl logs <name of the pod> -c istio-proxy --since=1h",
        ),
    ),
    _gateway(
        "Kong",
        r"^(?:x-kong-\S*|via: .*\bkong|server: kong)\b",
        r"kong",
        ("The plugins of the service or route (jwt, openid-connect): issuer, audience, scopes.", ""),
        ("The error log of Kong, by the request id in the answer.", ""),
    ),
    _gateway(
        "Apigee",
        r"^x-apigee-\S*",
        r"apigee",
        ("Apigee: the VerifyJWT or OAuthV2 policy of the proxy.", ""),
        ("Apigee: a Debug session of the proxy while the call is repeated; fault.name says why.", ""),
    ),
    _gateway(
        "Google Cloud Endpoints or API Gateway",
        r"^x-endpoint-api-\S*",
        r"espv2|cloud endpoints",
        ("The OpenAPI document of the gateway: x-google-issuer, x-google-jwks_uri and x-google-audiences.", ""),
        ("Logs Explorer of the project, by the time of the call.", ""),
    ),
)


def gateway_of(reading: Reading) -> Gateway:
    """The one that the answer names; `ANY` where it names none."""
    headers = [f"{name}: {value}" for name, value in reading.answer.headers.items()]
    families = [told.family for told in reading.messages]
    for one in GATEWAYS:
        if any(map(one.headers.search, headers)) or any(map(one.families.search, families)):
            return one
    return ANY

# ruff: noqa: E501 (pasted lines are as long as they are)
"""What people paste, ten kinds of it, each written for this test: what the first line must say, and what must not stand
in the page. Tenants, clients and hosts are made up."""

import json
from dataclasses import dataclass

from tests.browser.steps import jwt

TENANT = "5b0f3f6a-9c1d-4f0e-8a57-2f6d3c9be711"
CLIENT = "c7d2b9e4-1f3a-4d58-9b06-e1a4f7c05d92"
OWN_API, OTHER_API = "3e91d0c7-6b24-4f8d-a5e3-90b7c2d1f648", "8f4a7b12-c5d6-4e39-b802-71fd36ea9c05"
V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
EXPIRED = 1_764_300_000  # long ago, whenever this runs

_TOKEN = jwt(
    {"alg": "RS256", "typ": "JWT", "kid": "k-2026-11"},
    {"aud": OTHER_API, "iss": V2, "azp": CLIENT, "exp": EXPIRED, "nbf": EXPIRED - 3600, "roles": ["Stock.Read"]},
    b"\x5a" * 256,
)
_SECRET = "Zq38Q~vJk2m4Np6Rt8Xw0Yb1Cd3Fg5Hi7Lo9Sa"


@dataclass(frozen=True, slots=True)
class Paste:
    """`headline` is in the first line, `cause` its name in the reference; `secrets` may stand nowhere in the page."""

    text: str
    headline: str
    cause: str
    secrets: tuple[str, ...] = ()


LOG = f"""2026-11-26 07:41:12.884 +01:00 [INF] Request starting HTTP/1.1 GET http://stock.int.example/v1/items - -
2026-11-26 07:41:12.903 +01:00 [INF] Failed to validate the token.
Microsoft.IdentityModel.Tokens.SecurityTokenInvalidAudienceException: IDX10214: Audience validation failed. Audiences: '{OTHER_API}'. Did not match: validationParameters.ValidAudience: '{OWN_API}' or validationParameters.ValidAudiences: 'null'.
   at Microsoft.IdentityModel.Tokens.Validators.ValidateAudience(IEnumerable`1 audiences, SecurityToken securityToken, TokenValidationParameters validationParameters)
2026-11-26 07:41:12.911 +01:00 [INF] Request finished HTTP/1.1 GET http://stock.int.example/v1/items - 401 0 - 27.1ms
"""

TRACEBACK = """Traceback (most recent call last):
  File "/srv/nightly/export.py", line 88, in <module>
    main()
  File "/srv/nightly/export.py", line 41, in main
    claims = jwt.decode(raw, key.key, algorithms=["RS256"], audience=AUDIENCE)
  File "/srv/nightly/.venv/lib/python3.12/site-packages/jwt/api_jwt.py", line 211, in decode
    decoded = self.decode_complete(
  File "/srv/nightly/.venv/lib/python3.12/site-packages/jwt/api_jwt.py", line 334, in _validate_exp
    raise ExpiredSignatureError("Signature has expired")
jwt.exceptions.ExpiredSignatureError: Signature has expired
"""

CURL = f"""$ curl -v https://apim-int.harbour.example/stock/items -H "Authorization: Bearer {_TOKEN}"
*   Trying 203.0.113.20:443...
* Connected to apim-int.harbour.example (203.0.113.20) port 443
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /stock/items HTTP/1.1
> Host: apim-int.harbour.example
> User-Agent: curl/8.9.1
> Accept: */*
> Authorization: Bearer {_TOKEN}
>
< HTTP/1.1 401 Access Denied
< Content-Type: application/json
< WWW-Authenticate: AzureApiManagementKey realm="https://apim-int.harbour.example/stock",name="Ocp-Apim-Subscription-Key",type="header"
< Date: Thu, 26 Nov 2026 06:52:40 GMT
< Content-Length: 152
<
{{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }}
* Connection #0 to host apim-int.harbour.example left intact
"""

HAR = json.dumps({
    "log": {
        "version": "1.2",
        "creator": {"name": "Firefox", "version": "131.0"},
        "entries": [
            {
                "startedDateTime": "2026-11-26T08:12:05.120+01:00",
                "time": 143,
                "request": {
                    "method": "POST",
                    "url": f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token",
                    "httpVersion": "HTTP/2",
                    "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
                    "queryString": [],
                    "postData": {
                        "mimeType": "application/x-www-form-urlencoded",
                        "text": f"grant_type=client_credentials&client_id={CLIENT}&client_secret={_SECRET}"
                        f"&scope={OWN_API}%2F.default",
                    },
                },
                "response": {
                    "status": 401,
                    "statusText": "Unauthorized",
                    "httpVersion": "HTTP/2",
                    "headers": [{"name": "Content-Type", "value": "application/json; charset=utf-8"}],
                    "content": {
                        "size": 512,
                        "mimeType": "application/json",
                        "text": json.dumps({
                            "error": "invalid_client",
                            "error_description": "AADSTS7000222: The provided client secret keys for app "
                            f"'{CLIENT}' are expired. Visit the Azure portal to create new keys for your app.",
                            "error_codes": [7000222],
                        }),
                    },
                },
            }
        ],
    }
})  # fmt: skip

CHALLENGE = (
    'WWW-Authenticate: Bearer realm="stock", error="insufficient_scope", '
    'error_description="The request requires higher privileges than provided by the access token.", '
    'scope="stock.write"'
)

POWERSHELL = """Invoke-RestMethod : {"error":"invalid_client","error_description":"AADSTS700027: The certificate with identifier
used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key
used by client: '0F3C5D7E9A1B2C4D6E8F00112233445566778899']","error_codes":[700027]}
At C:\\jobs\\stock\\sync.ps1:23 char:12
+ $answer = Invoke-RestMethod -Method Post -Uri $endpoint -Body $form
+           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-RestMethod], WebException
    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand
"""

CONSOLE = """Access to fetch at 'https://apim-int.harbour.example/stock/items' from origin 'https://portal.harbour.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.
stock.js:57  GET https://apim-int.harbour.example/stock/items net::ERR_FAILED
stock.js:61 Uncaught (in promise) TypeError: Failed to fetch
    at load (stock.js:57:9)
"""

AADSTS = json.dumps(
    {
        "error": "unauthorized_client",
        "error_description": f"AADSTS700016: Application with identifier '{CLIENT}' was not found in the directory "
        "'Harbour Logistics'. This can happen if the application has not been installed by the administrator of the "
        "tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong "
        "tenant. Trace ID: 6d2f1b9c-0e7a-4b35-8c41-5f90ad3e7b00 Correlation ID: 1a9e4c70-3d28-4f61-b5c2-e08f7d6b9133 "
        "Timestamp: 2026-11-26 07:25:48Z",
        "error_codes": [700016],
        "timestamp": "2026-11-26 07:25:48Z",
        "trace_id": "6d2f1b9c-0e7a-4b35-8c41-5f90ad3e7b00",
        "correlation_id": "1a9e4c70-3d28-4f61-b5c2-e08f7d6b9133",
    },
    indent=2,
)

INSIGHTS = (
    "timestamp [UTC],problemId,type,outerMessage,cloud_RoleName\n"
    '"26/11/2026, 06:58:03.117","SecurityTokenExpiredException at ValidateLifetime",'
    '"Microsoft.IdentityModel.Tokens.SecurityTokenExpiredException",'
    "\"IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '11/26/2026 5:57:49 AM', "
    "Current time (UTC): '11/26/2026 6:58:03 AM'.\",stock-api\n"
)

PAGE = """HTTP/1.1 502 Bad Gateway
Server: nginx/1.26.1
Date: Thu, 26 Nov 2026 07:31:12 GMT
Content-Type: text/html
Content-Length: 157

<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx/1.26.1</center>
</body>
</html>
"""

PASTES = {
    "an application's log": Paste(LOG, "the token is for another API", "audience-other-api"),
    "a Python traceback": Paste(TRACEBACK, "token has expired", "token-expired"),
    "curl -v": Paste(CURL, "subscription key", "subscription-key-missing"),
    "a HAR file": Paste(HAR, "client secret is past its end date", "client-secret-expired", (_SECRET,)),
    "a challenge": Paste(CHALLENGE, "lacks the scope", "scope-missing"),
    "an error of PowerShell": Paste(POWERSHELL, "not registered", "certificate-not-registered"),
    "a browser's console": Paste(CONSOLE, "preflight", "cors-preflight-rejected"),
    "JSON of an AADSTS error": Paste(AADSTS, "client id names no application", "client-id-wrong"),
    "a row of Application Insights": Paste(INSIGHTS, "token has expired", "token-expired"),
    "an error page in HTML": Paste(PAGE, "answered 502: it got no proper answer from the API behind it", "api-error"),
}

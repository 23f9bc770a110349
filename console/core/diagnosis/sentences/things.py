"""The things that sentences speak of, by the one name each is known by here, with the other names it has. Data only.

Several words stand with one blank between two, and `|` between names."""

THINGS = {
    "jwks": (
        "json web key sets|json web key set|json web keys|json web keyset|jwk sets|jwk set|jwkset|jwks uri|"
        "jwks url|jwks endpoint|jwks document|key sets|key set|keyset|keysets|jwks|jwksets|public keys|"
        "signing keys|verification keys|certs endpoint"
    ),
    "metadata": (
        "openid configuration|openid connect configuration|oidc configuration|well known|discovery document|"
        "discovery endpoint|oidc discovery|openid connect discovery|provider configuration|provider metadata|"
        "server metadata|authorization server metadata|configuration metadata|issuer metadata|metadata|"
        "discovery|openid provider configuration|metadata document|metadata endpoint|metadata address"
    ),
    "kid": "key ids|key id|keyid|key identifier|kid",
    "signingkey": (
        "signing key|verification key|validation key|signature key|key for signature|issuer signing key|"
        "signature verification key"
    ),
    "publickey": "public key|publickey",
    "privatekey": "private key|privatekey|rsa key|ec key|pem|pkcs8|pkcs1|pkcs12|pkcs|pfx|keystore",
    "jwt": "json web tokens|json web token|jwts|jwt|jws|jose|compact jws|compact token",
    "accesstoken": "access tokens|access token|accesstoken|oauth token|oauth2 token|bearer token|bearer tokens",
    "idtoken": "id tokens|id token|idtoken|identity token|openid token",
    "refreshtoken": "refresh tokens|refresh token|refreshtoken|offline session|offline token|offline user session|rt",
    "subjecttoken": "subject token|subjecttoken|actor token|on behalf of assertion|obo assertion|user assertion",
    "authcode": (
        "authorization codes|authorization code|authorisation code|auth code|authcode|"
        "authorization grant code|code grant code"
    ),
    "devicecode": "device codes|device code|devicecode|user code|device authorization",
    "clientsecret": (
        "client secrets|client secret|clientsecret|app secret|application secret|secret key|client password|"
        "api secret|client keys|secret hash"
    ),
    "clientid": (
        "client ids|client id|clientid|client identifier|application id|app id|appid|azp|authorized party|issuedfor|cid"
    ),
    "assertion": (
        "client assertions|client assertion|clientassertion|assertion jwt|private key jwt|jwt assertion|"
        "assertions|assertion|jwt bearer grant|jwt grant"
    ),
    "clientauth": (
        "client authentication|client credentials|client credential|clientcredentials|clientcredential|"
        "credentials of the client"
    ),
    "authmethod": (
        "authentication method|authentication methods|auth method|auth methods|token endpoint auth method|"
        "client authentication method"
    ),
    "redirecturi": (
        "redirect uris|redirect uri|redirecturi|redirecturis|redirect url|redirect urls|redirection uri|"
        "callback url|callback urls|callback uri|reply url|reply urls|reply address"
    ),
    "granttype": "grant types|grant type|granttype|unsupported grant|authorization grant type|flow type",
    "responsetype": "response types|response type|response mode",
    "apikey": "subscription keys|subscription key|api keys|api key|apikey|x api key|function key|host key",
    "pkce": "code verifier|codeverifier|code challenge|codechallenge|pkce|proof key",
    "nbf": "not before|nbf|notbefore",
    "iat": "issued at|iat|issuedat|issue time",
    "exp": ("expiration time|expiration date|expires at|expiry time|exp|expiration|expiry|exp time|expiration claim"),
    "audience": (
        "audiences|audience|aud|auds|recipient|recipients|audience restriction|intended audience|expectedaudience"
    ),
    "issuer": "issuers|issuer|iss|expectedissuer",
    "algorithm": (
        "signing algorithms|signing algorithm|signature algorithms|signature algorithm|signing methods|"
        "signing method|signature type|signature method|algorithms|algorithm|algs|alg|hash algorithm|jwa|"
        "jws algorithm"
    ),
    "authheader": (
        "authorization headers|authorization header|authorization request header|auth header|authheader|"
        "header authorization|http authorization|authorization http header|authentication header"
    ),
    "clientcertificate": (
        "client certificates|client certificate|client cert|clientcertificate|client ssl certificate|mtls|"
        "mutual tls|peer certificate|user certificate|x509certificate|client auth cert|client auth certificate|"
        "login certificate"
    ),
    "tlswanted": "ssl required|https required|tls required|requires ssl|requires https|requires tls",
    "managedidentity": "managed identities|managed identity|managedidentity|imds|msi",
    "scope": "scopes|scope|scp|oauth scope|oauth2 scope",
    "role": (
        "roles|role|app role|app roles|privilege|privileges|permissions|permission|authorities|entitlement|"
        "entitlements|group|groups|claim roles"
    ),
    "roletype": "role types|role type|type of role",  # of what kind it is, not that it is lacking
    "tokenuse": (
        "token use|token type|typ|tokentype|type of token|type of the token|kind of token|token kind|"
        "typ header|header type|jwt type|jwt typ"
    ),
    "signature": "signatures|signature|sig|jws signature|mac|hmac",
    "payload": "payload|payloads|body of the token|claims set|claim set|claimset",
    "authrequest": "authorization requests|authorization request|authorisation request",
    "callmetadata": "dynamic metadata|request metadata|filter metadata|grpc metadata",  # of a call, of no provider
    "userinfo": "user info response|userinfo response|user info endpoint|userinfo endpoint|user info|userinfo",
    "urlscheme": "protocol scheme|url scheme|uri scheme",
    "redirects": "redirects|redirections|redirect loop",
    "certificate": "certificates|certificate|cert|certs|x509|x 509|ssl|tls|ca|server certificate",
    "consent": "consent|consents|consented|approval",
}

"""TokenX: the NAIS manifests of the app that asks and of the app that is called (doc.nais.io)."""

from console.core.owner import Owner
from console.core.providers.advice.base import Advice, Record

_FORM = "<cluster>:<namespace>:<app>"

ADVICE = Advice(
    do={
        "app-permission-not-granted": "Have the API’s team add this app to accessPolicy.inbound of its NAIS manifest: "
        "the exchange itself is the permission.",
        "assertion-audience-wrong": "Set aud to the issuer, as one text.",
        "assertion-issuer-wrong": f"Set iss and sub of the assertion to the client id, {_FORM}.",
        "assertion-lifetime-invalid": "Make the assertion at most 120 seconds long.",
        "audience-other-api": f"Exchange with the audience of this API, written {_FORM}, and get a new token.",
        "certificate-not-registered": "Sign with the key in TOKEN_X_PRIVATE_JWK of the running app: NAIS renews it.",
        "claim-name-mismatch": "Have the check read client_id for the app that calls and acr for the level of sign-in.",
        "client-id-wrong": "Use TOKEN_X_CLIENT_ID of the running app, and compare the cluster.",
        "grant-type-not-allowed": "Send the grant type urn:ietf:params:oauth:grant-type:token-exchange: there is no "
        "other.",
        "issuer-spelling-mismatch": "Take the issuer from TOKEN_X_ISSUER, without a slash at its end.",
        "issuer-wrong-tenant": "Exchange the token in the cluster that the API runs in.",
        "jwks-wrong-source": "Read the keys from TOKEN_X_JWKS_URI of the same cluster.",
        "obo-assertion-wrong-audience": "Exchange the token that this app itself was called with.",
        "resource-not-found": f"Write the audience as {_FORM}, as the API’s team deployed it.",
        "scope-missing": "Have the API decide by client_id and acr: TokenX gives no scopes of its own.",
        "target-access-policy": "Have the API’s team add this app to accessPolicy.inbound of its NAIS manifest.",
        "wrong-authorization-server": "Ask the TokenX of the cluster that the API runs in (TOKEN_X_WELL_KNOWN_URL).",
    },
    commands={
        "target-access-policy": "kubectl get application <app of the API> -n <namespace> -o "
        "jsonpath='{.spec.accessPolicy.inbound}'",
        "resource-not-found": "kubectl get applications -n <namespace>",
    },
    registration=Record(
        "accessPolicy of both apps: outbound of the one that asks, inbound of the one that is called",
        "The NAIS manifests of both teams, or what is deployed in the cluster.",
        Owner.API_OWNER,
        command="kubectl get application <app of the API> -n <namespace> -o jsonpath='{.spec.accessPolicy.inbound}'",
    ),
    log=None,  # the answer says all that the exchange knows
)

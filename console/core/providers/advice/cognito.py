"""Amazon Cognito: its console (developer guide) and the AWS command line."""

from console.core.providers.advice.base import Advice, Record

_SCOPES = "Define the scope on a resource server, written identifier/scope, and allow it for the app client"

ADVICE = Advice(
    do={
        "app-permission-not-granted": f"{_SCOPES}: without a person, permissions are scopes.",
        "audience-other-api": "Have the API check client_id and scope: access tokens of Cognito have no aud.",
        "authorization-code-redeemed": "Start the sign-in again and redeem the code once.",
        "claim-name-mismatch": "Have the check read client_id in place of aud, scope for permissions, and "
        "cognito:groups for groups.",
        "client-auth-method-mismatch": "Send client id and secret by Basic where the app client has a secret, and only "
        "client_id where it has none.",
        "client-credential-missing": "Send the secret of the app client: it has one.",
        "client-id-wrong": "Compare the client ID with the app client, and the domain with its user pool.",
        "client-not-allowed": "Have the API’s list name client_id of this app client: this widens what the API "
        "accepts.",
        "client-secret-invalid": "Compare client id and secret with the app client, and the domain with its user pool.",
        "client-type-mismatch": "Use an app client with a secret on a server, and one without in a browser or on a "
        "phone: it cannot be changed later.",
        "grant-type-not-allowed": "Allow the grant for the app client; client credentials need one with a secret.",
        "id-token-used": "Send the access token (token_use is access): the ID token is for the app client, which its "
        "aud names.",
        "issuer-spelling-mismatch": "Configure the issuer as https://cognito-idp.<region>.amazonaws.com/<user pool "
        "ID>, without a slash at its end: it is not the domain where tokens are asked for.",
        "issuer-wrong-tenant": "Request the token from the user pool that the API accepts.",
        "jwks-wrong-source": "Read the keys of the user pool in iss: the issuer, then /.well-known/jwks.json.",
        "metadata-url-invalid": "Write the metadata address as https://cognito-idp.<region>.amazonaws.com/<user pool "
        "ID>/.well-known/openid-configuration.",
        "redirect-uri-mismatch": "Add the address to the allowed callback URLs of the app client.",
        "refresh-token-expired": "Sign in again; the app client says how long a refresh token lasts.",
        "refresh-token-reused": "Sign in again and keep the newest refresh token: rotation is on for the app client.",
        "role-insufficient": "Have the person put into the group of the user pool (cognito:groups), and sign in again.",
        "scope-format-invalid": "Write scopes as identifier/scope, as a resource server of the user pool defines them.",
        "scope-missing": "Request the scope as identifier/scope, and have it allowed for the app client; tokens of the "
        "user pools API itself have only aws.cognito.signin.user.admin.",
        "scope-not-granted": f"{_SCOPES}.",
        "tenant-not-found": "Compare the domain and the user pool ID, letter by letter.",
        "wrong-authorization-server": "Compare the user pool in iss with the one that the API trusts.",
    },
    commands={
        "scope-not-granted": "aws cognito-idp list-resource-servers --user-pool-id <user pool> --max-results 50",
        "app-permission-not-granted": "aws cognito-idp list-resource-servers --user-pool-id <user pool> --max-results "
        "50",
    },
    registration=Record(
        "the app client of the user pool: grants, scopes and callback URLs, without its secret",
        "AWS console: Cognito > the user pool > App clients > the app client, tab “Login pages”.",
        command="aws cognito-idp describe-user-pool-client --user-pool-id <user pool> --client-id <client id> --query "
        "'UserPoolClient.{grants:AllowedOAuthFlows,scopes:AllowedOAuthScopes,callbacks:CallbackURLs}'",
    ),
    log=Record(
        "the event of this request in AWS CloudTrail",
        "AWS console: CloudTrail > Event history, by the name Token_POST and the time.",
        command="aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=Token_POST "
        "--max-results 20",
    ),
    describes=False,
)

"""What league/oauth2-server prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "league/oauth2-server",
    (
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed","message":"Client authentication failed"}',
            "",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "client-secret-invalid",
                "client-id-wrong",
                "client-auth-method-mismatch",
                "client-credential-missing",
                "client-secret-encoding",
                "client-secret-expired",
            ),
        ),
        Message(
            '{"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Missing \\"Authorization\\" header"}',
            "authorization-header-missing",
            Confidence.LIKELY,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            '{"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Missing \\"Bearer\\" token"}',
            "authorization-header-missing",
            Confidence.LIKELY,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=("token-malformed",),
        ),
        Message(
            '{"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Access token could not be verified"}',
            "signature-invalid",
            Confidence.LIKELY,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=("token-expired",),
        ),
        Message(
            '{"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Access token has been revoked"}',
            "",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "token-expired",
                "refresh-token-expired",
            ),
        ),
        Message(
            '{"error":"invalid_request","error_description":"The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.","hint":"Check the `client_id` parameter"}',
            "request-parameter-missing",
            Confidence.LIKELY,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=("request-body-encoding",),
        ),
        Message(
            '{"error":"unsupported_grant_type","error_description":"The authorization grant type is not supported by the authorization server.","hint":"Check that all required parameters have been provided"}',
            "grant-type-not-allowed",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "request-parameter-missing",
                "request-body-encoding",
            ),
        ),
        Message(
            '{"error":"invalid_scope","error_description":"The requested scope is invalid, unknown, or malformed","hint":"Check the `{scope}` scope"}',
            "scope-not-granted",
            Confidence.LIKELY,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "scope-format-invalid",
                "resource-not-found",
            ),
            holes={"scope": Hole.SCOPE_REQUIRED},
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.","hint":"Authorization code has been revoked"}',
            "authorization-code-redeemed",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.","hint":"Authorization code has expired"}',
            "",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
            also=(
                "authorization-code-redeemed",
                "refresh-token-expired",
            ),
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.","hint":"Failed to verify `code_verifier`."}',
            "pkce-mismatch",
            Confidence.CERTAIN,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
        Message(
            '{"error":"invalid_request","error_description":"The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.","hint":"Invalid redirect URI"}',
            "redirect-uri-mismatch",
            Confidence.CERTAIN,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The refresh token is invalid.","hint":"Token has expired"}',
            "refresh-token-expired",
            Confidence.CERTAIN,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The user credentials were incorrect."}',
            "",
            Confidence.POSSIBLE,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
        Message(
            '{"error":"expired_token","error_description":"The `device_code` has expired and the device authorization session has concluded."}',
            "device-code-expired",
            Confidence.CERTAIN,
            "response",
            "thephpleague/oauth2-server src:Exception/OAuthServerException.php",
        ),
    ),
)

"""Errors of the grants that need a person, in the words of Entra ID (codes: its own list of them)."""

from console.sandbox.idp.errors import EntraError, instant

_NEW_SIGN_IN = "Send the person to a new sign-in."


def _invalid_request(code: int, text: str) -> EntraError:
    return EntraError(code, "invalid_request", text)


def redirect_mismatch(uri: str, client_id: str) -> EntraError:
    text = (
        f"The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the "
        f"application '{client_id}'. Make sure the redirect URI sent in the request matches one added to your "
        "application in the Azure portal."
    )
    return _invalid_request(50011, text)


def response_type_not_enabled(asked: str, client_id: str) -> EntraError:
    text = f"response_type '{asked}' is not enabled for the application '{client_id}'. The sandbox gives a code."
    return EntraError(700054, "unsupported_response_type", text)


def response_mode_unknown(asked: str) -> EntraError:
    text = f"The returned response_mode '{asked}' is not supported. It may be query, fragment or form_post."
    return EntraError(70007, "unsupported_response_mode", text)


def challenge_method(asked: str) -> EntraError:
    return _invalid_request(501491, f"Invalid method for the code challenge: '{asked}'. It must be 'S256'.")


def challenge_size() -> EntraError:
    return _invalid_request(50147, "Invalid size of Code_Challenge parameter.")


def pkce_required() -> EntraError:
    text = "Proof Key for Code Exchange is required for the redemption of an authorization code without a credential."
    return _invalid_request(9002325, text)


def prompt_unknown(asked: str) -> EntraError:
    return _invalid_request(90023, f"The value '{asked}' of the parameter 'prompt' is not supported.")


def request_object() -> EntraError:
    return EntraError(90023, "request_not_supported", "The parameters 'request' and 'request_uri' are not supported.")


def several_resources(scope: str) -> EntraError:
    text = f"The provided value for the input parameter scope is not valid: '{scope}' names more than one resource."
    return EntraError(700022, "invalid_scope", text)


def unknown_permission(scope: str, resource: str, client: str) -> EntraError:
    text = (
        f"The application '{client}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. "
        "Contact the app vendor."
    )
    return EntraError(650053, "invalid_scope", text)


def resource_on_v2() -> EntraError:
    return _invalid_request(901002, "The 'resource' request parameter is not supported. Use 'scope' on this endpoint.")


def resource_missing() -> EntraError:
    return EntraError(50001, "invalid_resource", "Resource identifier is not provided.")


def nobody_signed_in() -> EntraError:
    text = "Session information is not sufficient for single-sign-on: nobody is signed in, and prompt is 'none'."
    return EntraError(50058, "login_required", text)


def consent_missing(client_id: str, name: str, *, error: str = "invalid_grant") -> EntraError:
    text = (
        f"The user or administrator has not consented to use the application with ID '{client_id}' named '{name}'. "
        "Send an interactive authorization request for this user and resource."
    )
    return EntraError(65001, error, text, suberror="consent_required")


def consent_declined(name: str) -> EntraError:
    return EntraError(65004, "access_denied", f"User declined to consent to access the app '{name}'.")


def sign_in_cancelled() -> EntraError:
    return EntraError(0, "access_denied", "The user has cancelled the sign-in.")


def not_a_code(name: str) -> EntraError:
    text = f"The provided value for the '{name}' parameter is not valid: the sandbox issued no such value here."
    return EntraError(9002313, "invalid_grant", text)


def expired(what: str) -> EntraError:
    return EntraError(70008, "invalid_grant", f"The provided {what} has expired. {_NEW_SIGN_IN}")


def code_used() -> EntraError:
    text = (
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing "
        "refresh token. What had been issued for the code is revoked."
    )
    return EntraError(54005, "invalid_grant", text)


def other_client() -> EntraError:
    text = (
        "Several application identifiers were used in the request: the code or refresh token was issued to another "
        "client than the one that presents it."
    )
    return EntraError(7000110, "invalid_grant", text, suberror="client_mismatch")


def other_redirect() -> EntraError:
    text = (
        "The reply address of the token request does not match the one of the authorization request: send the same "
        "redirect_uri in both."
    )
    return EntraError(50011, "invalid_grant", text)


def verifier_mismatch() -> EntraError:
    text = "The Code_Verifier does not match the code_challenge supplied in the authorization request."
    return EntraError(501481, "invalid_grant", text)


def verifier_unexpected() -> EntraError:
    text = "A code_verifier was sent, and the authorization request had no code_challenge."
    return EntraError(501481, "invalid_grant", text)


def verifier_missing() -> EntraError:
    text = "The Code_Verifier is missing: the authorization request had a code_challenge."
    return EntraError(50148, "invalid_grant", text)


def refresh_revoked() -> EntraError:
    text = f"The provided grant has expired due to it being revoked, a fresh auth token is needed. {_NEW_SIGN_IN}"
    return EntraError(50173, "invalid_grant", text, suberror="bad_token")


def refresh_inactive() -> EntraError:
    text = f"The refresh token has expired due to inactivity. {_NEW_SIGN_IN}"
    return EntraError(700082, "invalid_grant", text)


def refresh_reused() -> EntraError:
    """Entra lets an old refresh token live on and has no number for this: RFC 9700 section 4.14.2 wants it detected."""
    text = (
        "The refresh token was already redeemed and replaced by a new one: it was reused. All that came of it is void. "
        f"{_NEW_SIGN_IN}"
    )
    return EntraError(0, "invalid_grant", text, suberror="bad_token")


def user_unknown(name: str) -> EntraError:
    text = f"The user account '{name}' does not exist in the directory. To sign into this application, the account must"
    return EntraError(50034, "invalid_grant", f"{text} be added to the directory.")


def wrong_password() -> EntraError:
    return EntraError(50126, "invalid_grant", "Error validating credentials due to invalid username or password.")


def password_off() -> EntraError:
    text = (
        "The password grant is switched off for this client. Whoever wants it for an old gateway switches it on at the "
        "client's registration; RFC 9700 section 2.4 says that it must not be used."
    )
    return EntraError(0, "unauthorized_client", text)


def mfa_needed(claims: str) -> EntraError:
    text = (
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must "
        "use multi-factor authentication to access the resource."
    )
    return EntraError(50076, "interaction_required", text, suberror="basic_action", claims=claims)


def assertion_refused(why: str) -> EntraError:
    return EntraError(50013, "invalid_grant", f"Assertion failed signature validation. [Reason - {why}]")


def assertion_times(now: int, nbf: float, exp: float) -> EntraError:
    text = (
        f"Assertion is not within its valid time range. Current time: {instant(now)}, assertion valid from "
        f"{instant(nbf)}, expiry time of assertion {instant(exp)}."
    )
    return EntraError(500133, "invalid_grant", text)


def assertion_audience(found: str, client_id: str) -> EntraError:
    text = (
        "Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was "
        f"'{found}' and the expected audience is '{client_id}' or one of the Application Uris of this application "
        "with App ID '{client_id}'. The downstream client must request a token for the expected audience (the "
        "application that made the OBO request) and this application should use that token as the assertion."
    ).replace("{client_id}", client_id)
    return EntraError(500131, "invalid_grant", text)


def assertion_is_id_token() -> EntraError:
    return EntraError(
        240002, "invalid_grant", "Input id_token cannot be used as 'urn:ietf:params:oauth:jwt-bearer' grant."
    )


def assertion_without_person() -> EntraError:
    text = "Application is not allowed to make application on-behalf-of calls: the assertion is of an application."
    return EntraError(7000114, "invalid_grant", text)


def token_use_unknown(asked: str) -> EntraError:
    text = f"The value '{asked}' of 'requested_token_use' is not supported: it must be 'on_behalf_of'."
    return _invalid_request(90023, text)


def authorization_pending() -> EntraError:
    text = "OAuth 2.0 device flow error. Authorization is pending. Continue polling."
    return EntraError(70016, "authorization_pending", text)


def slow_down(interval_s: int) -> EntraError:
    text = f"The device asks too often. Wait {interval_s} seconds between two requests from now on."
    return EntraError(0, "slow_down", text)


def device_unknown() -> EntraError:
    text = "The provided value for the input parameter 'device_code' is not valid."
    return EntraError(70018, "bad_verification_code", text)


def device_expired() -> EntraError:
    text = "OAuth 2.0 device flow error. The verification code has expired. Begin again."
    return EntraError(70019, "expired_token", text)


def device_declined() -> EntraError:
    text = "OAuth 2.0 device flow error. The end user denied the authorization request."
    return EntraError(0, "authorization_declined", text)


def credential_of_public_client() -> EntraError:
    text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."
    return EntraError(700025, "invalid_client", text)


def claims_unreadable() -> EntraError:
    return _invalid_request(90023, "The value of the parameter 'claims' is not a JSON object.")


def access_blocked() -> EntraError:
    text = "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."
    return EntraError(53003, "invalid_grant", text, suberror="message_only")

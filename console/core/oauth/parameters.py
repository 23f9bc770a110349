"""What the parameters of authorization and token requests are for: one catalogue for every page that shows one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """`purpose` is one sentence for people, `source` where the parameter is defined."""

    name: str
    purpose: str
    source: str


_OIDC = "OpenID Connect Core section 3.1.2.1"
PARAMETERS: tuple[Parameter, ...] = (
    Parameter("response_type", "What comes back to the browser: code, which is worthless without the client's proof.",
              "RFC 6749 section 3.1.1"),
    Parameter("client_id", "Which client asks; it is public.", "RFC 6749 section 2.2"),
    Parameter("redirect_uri", "Where the browser is sent back to: exactly one that is registered for the client.",
              "RFC 6749 section 3.1.2"),
    Parameter("scope", "What the token shall be good for; openid asks for an ID token too.", "RFC 6749 section 3.3"),
    Parameter("state", "Ties the answer to this browser: one that brings another value was begun by somebody else.",
              "RFC 6749 section 10.12"),
    Parameter("nonce", "Comes back inside the ID token: a token made for another sign-in does not pass.", _OIDC),
    Parameter("code_challenge", "SHA-256 of a secret that stays here until the code is traded, so that a stolen code "
              "is worthless.", "RFC 7636 section 4.3"),
    Parameter("code_challenge_method", "How the challenge was made: S256, never plain.", "RFC 7636 section 4.3"),
    Parameter("response_mode", "How the answer travels: in the query, the fragment or a posted form.",
              "OAuth 2.0 Multiple Response Types section 2.1"),
    Parameter("prompt", "Whether the person is asked: login, consent, select_account, or none.", _OIDC),
    Parameter("max_age", "How long ago, in seconds, the person may have signed in at most.", _OIDC),
    Parameter("login_hint", "Who probably signs in, so that they need not type it.", _OIDC),
    Parameter("id_token_hint", "An earlier ID token: the same person shall sign in again.", _OIDC),
    Parameter("acr_values", "How strong the sign-in must be, best first.", _OIDC),
    Parameter("ui_locales", "The languages of the sign-in page, preferred first.", _OIDC),
    Parameter("claims", "Single claims that are asked for, or what an API demanded in its challenge.",
              "OpenID Connect Core section 5.5"),
    Parameter("display", "The kind of page on which the person signs in.", _OIDC),
    Parameter("resource", "The API that the token is for; it becomes the token's audience.", "RFC 8707 section 2"),
    Parameter("audience", "The API or client that the token is for, by a name that the provider knows.",
              "RFC 8693 section 2.1"),
    Parameter("domain_hint", "The organisation in which the person signs in (Entra).", "Microsoft identity platform"),
    Parameter("request_uri", "Stands for all parameters, which were sent beforehand and are not in the address.",
              "RFC 9126 section 4"),
    Parameter("request", "All parameters as a signed JWT.", "RFC 9101 section 5"),
    Parameter("dpop_jkt", "The thumbprint of the key to which code and token are bound.", "RFC 9449 section 10"),
    Parameter("authorization_details", "What the token shall be good for, in detail.", "RFC 9396 section 2"),
    Parameter("onbehalfof", "The organisation on whose behalf the sign-in is shown (ID-porten).", "ID-porten"),
    Parameter("grant_type", "Which kind of grant is traded for a token.", "RFC 6749 section 4"),
    Parameter("code", "What the browser brought back; good once and for about a minute.", "RFC 6749 section 4.1.3"),
    Parameter("code_verifier", "The secret behind the challenge: the provider hashes it and compares.",
              "RFC 7636 section 4.5"),
    Parameter("client_secret", "The client's proof of itself, in the body.", "RFC 6749 section 2.3.1"),
    Parameter("client_assertion", "The client's proof of itself: a JWT that it signed, good once.",
              "RFC 7523 section 2.2"),
    Parameter("client_assertion_type", "Says that the proof is a signed JWT.", "RFC 7521 section 4.2"),
    Parameter("refresh_token", "Traded for a new access token without the person.", "RFC 6749 section 6"),
    Parameter("assertion", "The grant itself as a signed JWT, or the token of the person on whose behalf is asked.",
              "RFC 7523 section 2.1"),
    Parameter("requested_token_use", "on_behalf_of: the token handed in is that of a caller (Entra).",
              "Microsoft identity platform, on-behalf-of"),
    Parameter("subject_token", "The token of whom the new one is about.", "RFC 8693 section 2.1"),
    Parameter("subject_token_type", "What kind of token that is.", "RFC 8693 section 2.1"),
    Parameter("actor_token", "The token of who acts for them.", "RFC 8693 section 2.1"),
    Parameter("actor_token_type", "What kind of token the actor's is.", "RFC 8693 section 2.1"),
    Parameter("requested_token_type", "What kind of token is wanted.", "RFC 8693 section 2.1"),
    Parameter("device_code", "Stands for this attempt while a person signs in elsewhere; secret.",
              "RFC 8628 section 3.4"),
    Parameter("user_code", "What the person types in on another device.", "RFC 8628 section 3.2"),
    Parameter("username", "The person's name, typed into this client.", "RFC 6749 section 4.3.2"),
    Parameter("password", "The person's password, typed into this client: RFC 9700 says never.",
              "RFC 6749 section 4.3.2"),
    Parameter("token", "The token that is asked about or given up.", "RFC 7662 section 2.1, RFC 7009 section 2.1"),
    Parameter("token_type_hint", "Where to look for the token first.", "RFC 7009 section 2.1"),
    Parameter("client_info", "Asks for a note about the account beside the token (MSAL).",
              "Microsoft identity platform"),
    Parameter("iss", "Who answers: a provider that answers in the name of another is found out.", "RFC 9207 section 2"),
    Parameter("error", "Why there is no code.", "RFC 6749 section 4.1.2.1"),
    Parameter("error_description", "The same in the provider's words.", "RFC 6749 section 4.1.2.1"),
    Parameter("session_state", "The provider's note about the person's session.",
              "OpenID Connect Session Management section 2"),
)  # fmt: skip
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}

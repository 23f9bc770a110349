"""The auth variants, in the order in which they are sent: the usual call first, since the others are read beside it."""

from console.core.matrix import changing
from console.core.matrix.base import TokenFrom, Variant

CONTROL = Variant("with-token", "with token", "The call as this profile usually sends it.")

OF_HEADERS = (
    Variant(
        "without-token",
        "without token",
        "No Authorization header at all; the subscription key goes along as usual.",
        token=TokenFrom.NONE,
        source="RFC 6750 section 3",
    ),
    Variant(
        "without-key",
        "without subscription key",
        "The usual token, and no subscription key.",
        reshape=changing.without_key,
        is_about_key=True,
    ),
    Variant(
        "wrong-key",
        "wrong subscription key",
        "The usual token, and a key of zeros.",
        reshape=changing.with_wrong_key,
        is_about_key=True,
    ),
    Variant(
        "lower-case",
        "scheme in lower case",
        "The usual token behind bearer instead of Bearer: the name of a scheme has no letter case.",
        reshape=changing.in_lower_case,
        is_usual_by_rule=True,
        source="RFC 9110 section 11.1",
    ),
    Variant(
        "no-scheme",
        "no scheme",
        "The usual token alone, without Bearer before it.",
        reshape=changing.without_scheme,
        source="RFC 6750 section 2.1",
    ),
    Variant(
        "wrong-scheme",
        "wrong scheme",
        "The usual token behind Basic.",
        reshape=changing.with_other_scheme,
        source="RFC 6750 section 2.1",
    ),
    Variant(
        "twice",
        "Authorization twice",
        "The usual Authorization header, sent two times.",
        reshape=changing.twice,
        source="RFC 9110 section 5.3",
    ),
)

OF_TOKENS = (
    Variant(
        "altered-signature",
        "signature altered",
        "The usual token with another first character in its signature.",
        token=TokenFrom.ALTERED,
        alter=changing.with_altered_signature,
        source="RFC 7515 section 5.2",
    ),
    Variant(
        "unsigned",
        "unsigned token",
        "The claims of the usual token under alg none, without a signature.",
        token=TokenFrom.ALTERED,
        alter=changing.unsigned,
        source="RFC 8725 section 3.2",
    ),
    Variant(
        "expired",
        "expired token",
        "A token whose time is over: one that this console still holds, or one that the sandbox mints.",
        token=TokenFrom.EXPIRED,
        source="RFC 7519 section 4.1.4",
    ),
    Variant(
        "other-profile",
        "token of another profile",
        "The token of another profile for the same API, with that profile’s own key.",
        token=TokenFrom.OTHER,
    ),
)

MINTED = (
    Variant(
        "not-yet-valid",
        "token not valid yet",
        "nbf lies ten minutes ahead.",
        token=TokenFrom.MINTED,
        source="RFC 7519 section 4.1.5",
    ),
    Variant(
        "wrong-audience",
        "aud of another API",
        "aud names an API that does not exist.",
        token=TokenFrom.MINTED,
        source="RFC 7519 section 4.1.3",
    ),
    Variant(
        "wrong-issuer",
        "iss of another issuer",
        "iss names an issuer that does not exist; the signature verifies.",
        token=TokenFrom.MINTED,
        source="RFC 7519 section 4.1.1",
    ),
    Variant(
        "wrong-client",
        "client nobody knows",
        "azp, appid and client_id name a client that does not exist.",
        token=TokenFrom.MINTED,
    ),
    Variant(
        "without-rights",
        "without roles and scopes",
        "roles, scp and scope are left out.",
        token=TokenFrom.MINTED,
        source="RFC 6750 section 3.1",
    ),
)

VARIANTS: tuple[Variant, ...] = (CONTROL, *OF_HEADERS, *OF_TOKENS, *MINTED)
BY_CODE = {one.code: one for one in VARIANTS}

"""What the numbers of the gateway's token library mean, in plain words, and what usually causes them."""

LIBRARY_CODES = {
    "IDX10204": ("no issuer is configured to compare with", "the metadata was not loaded"),
    "IDX10205": ("the issuer is not one of the accepted", "a v1 token meets v2 metadata or the reverse, or a slash"),
    "IDX10206": ("the token has no audience", "another kind of token was sent"),
    "IDX10207": ("the token's audience is empty", "another kind of token was sent"),
    "IDX10208": ("audiences are to be checked, and none is configured", "a mistake in the policy"),
    "IDX10209": ("the token is longer than the library reads", "hundreds of groups in the token"),
    "IDX10211": ("the token has no issuer", "it is no identity provider's token"),
    "IDX10214": ("the audience is not one of the accepted", "client id instead of App ID URI, or another scope"),
    "IDX10222": ("the token is not valid yet", "clocks that disagree"),
    "IDX10223": ("the token has expired", "an old token; the gateway forgives 0 seconds unless told otherwise"),
    "IDX10224": ("the token ends before it begins", "a broken issuer"),
    "IDX10225": ("the token has no end", "an issuer that sets no exp, or another type than a number"),
    "IDX10500": ("there is no key to check the signature with", "neither metadata nor keys in the policy"),
    "IDX10501": ("no key fits the token's key id", "another issuer's metadata, or a key change"),
    "IDX10503": ("no key fits the token's key id", "another issuer's metadata, a key change, or a Graph token"),
    "IDX10504": ("the token is not signed", "a token with alg none"),
    "IDX10508": ("the signature is not base64url", "a token that was cut off while copying"),
    "IDX10511": ("the key fits and the signature is wrong", "a changed token, or a Graph token"),
    "IDX10517": ("the token names no key, and none of the known ones fits", "an issuer that omits kid"),
    "IDX10603": ("the token cannot be decrypted", "a missing or wrong decryption key in the policy"),
    "IDX10609": ("there is no key to decrypt with", "the policy has no decryption keys"),
    "IDX10618": ("the content key cannot be unwrapped", "a wrong decryption key in the policy"),
    "IDX10631": ("the key is too small to verify with", "a weak key"),
    "IDX10634": ("the algorithm is not supported", "an unusual algorithm"),
    "IDX10652": ("the algorithm is not supported", "an unusual algorithm"),
    "IDX10653": ("the shared key is too small", "a weak key"),
    "IDX10696": ("the algorithm is not on the accepted list", "an unusual algorithm"),
    "IDX12709": ("this is no token", "an opaque token, quotes, or a doubled Bearer"),
    "IDX12723": ("header or payload is not base64url JSON", "a damaged token"),
    "IDX12729": ("header or payload is not base64url JSON", "a damaged token"),
    "IDX12741": ("a token has three or five parts, and this has others", "a token that was cut off while copying"),
    "IDX14100": ("there is no dot in it, so it is no token", "an opaque token"),
    "IDX14101": ("header or payload is not base64url JSON", "a damaged token"),
    "IDX14120": ("there is one dot in it, so it is no token", "a token that was cut off while copying"),
    "IDX40001": ("the issuer is not valid for this Entra application", "a customer tenant's or B2C token"),
    "IDX40002": ("a B2C issuer is not supported", "a B2C token"),
    "IDX40003": ("the token names no tenant", "no Entra token"),
    "IDX40004": ("the issuer is not of the token's own tenant", "a forged or mixed token"),
    "IDX40005": ("the key belongs to another issuer", "a key of another cloud or tenant"),
}


def explained(code: str) -> str:
    """ "IDX10223: the token has expired; usually an old token" or the bare code; "" without one."""
    if code not in LIBRARY_CODES:
        return code
    meaning, cause = LIBRARY_CODES[code]
    return f"{code}: {meaning}; usually {cause}"

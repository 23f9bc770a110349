"""Values of grants' settings that providers settle: grants and providers must not know each other."""

SCOPE_INSIDE = "scope_inside"  # a signed grant with scope and resource as claims, and no subject
TOKEN_TYPE_JWT = "urn:ietf:params:oauth:token-type:jwt"  # RFC 8693 section 3

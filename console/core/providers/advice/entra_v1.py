"""The version 1.0 endpoint of Microsoft Entra ID, which asks by resource in place of scopes."""

from dataclasses import replace

from console.core.providers.advice import entra

ADVICE = replace(
    entra.ADVICE,
    do={
        **entra.ADVICE.do,
        "audience-other-api": "Set the resource to the API’s App ID URI, and get a new token.",
        "scope-format-invalid": "Set the resource; this endpoint reads no scope.",
        "scope-missing": "Have the scope consented to for this client (tokens of this endpoint carry all that were), "
        "and get a new token.",
        "token-for-graph": "Set the resource to the API’s App ID URI, and get a new token.",
        "resource-not-found": "Compare the resource with the API’s App ID URI, and have the API’s enterprise "
        "application created in this tenant.",
        "issuer-spelling-mismatch": "Configure the issuer exactly as the token spells it: https://sts.windows.net/"
        "<tenant id>/ with the slash.",
    },
)

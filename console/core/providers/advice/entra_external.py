"""Microsoft Entra External ID: an external tenant, whose tokens name its id as host of their issuer."""

from dataclasses import replace

from console.core.providers.advice import entra

ADVICE = replace(
    entra.ADVICE,
    do={
        **{slug: text for slug, text in entra.ADVICE.do.items() if slug not in {"wrong-cloud", "group-overage"}},
        "client-id-wrong": "Enter the Application (client) ID of the app registration in the external tenant itself.",
        "consent-missing": "Have an administrator grant admin consent in the external tenant: customers cannot "
        "consent.",
        "issuer-spelling-mismatch": "Configure the issuer as tokens name it: https://<tenant id>.ciamlogin.com/<tenant "
        "id>/v2.0, whatever subdomain was asked.",
        "metadata-url-invalid": "Write the metadata address as https://<subdomain>.ciamlogin.com/<tenant id>/v2.0/"
        ".well-known/openid-configuration.",
        "tenant-not-found": "Compare the subdomain of ciamlogin.com and the Directory (tenant) ID with the Overview "
        "page of the external tenant.",
        "user-not-assigned": "Have the application added to the user flow, or the person assigned under Users and "
        "groups of the enterprise application.",
        "wrong-authorization-server": "Ask <subdomain>.ciamlogin.com of the external tenant that the API trusts.",
    },
)

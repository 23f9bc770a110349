"""Microsoft Entra ID: its admin center, and the Azure command line with Microsoft Graph (reference entra.md)."""

from console.core.providers.advice.base import Advice, Record

_ROLE = (
    "Have the application permission (app role) of the API granted to this client, with admin consent, and get a new "
    "token."
)
_GRAPH = "https://graph.microsoft.com/v1.0"
_ASSIGN = (
    f'az rest --method post --url "{_GRAPH}/servicePrincipals/<object id of the client’s enterprise application>'
    '/appRoleAssignments" --body \'{"principalId": "<object id of the client’s enterprise application>", "resourceId": '
    '"<object id of the API’s enterprise application>", "appRoleId": "<id of the role>"}\''
)

ADVICE = Advice(
    do={
        "app-permission-not-granted": _ROLE,
        "application-disabled": "Have the enterprise application enabled for sign-in (Enterprise applications > "
        "Properties).",
        "app-specific-signing-key": "Read the keys with ?appid= and the API’s Application (client) ID behind the "
        "metadata address, or use a registration without own signing key.",
        "assertion-audience-wrong": "Set aud of the assertion to the token endpoint that is asked, tenant included.",
        "assertion-issuer-wrong": "Set iss and sub of the assertion to the Application (client) ID.",
        "audience-other-api": "Request a scope of this API: its Application ID URI followed by /.default, or one of "
        "its scopes, and get a new token.",
        "certificate-not-registered": "Upload the public certificate under Certificates & secrets of the app "
        "registration, and compare its thumbprint with the one that is sent.",
        "certificate-or-key-expired": "Make a new certificate, and upload its public part under Certificates & secrets "
        "of the app registration.",
        "claim-name-mismatch": "Have the check read the name that this token version uses: azp and scp in 2.0, appid "
        "in 1.0; roles for app roles.",
        "client-id-wrong": "Enter the Application (client) ID of the app registration, and compare the tenant.",
        "client-in-other-tenant": "Ask the tenant in which the app registration lives (Directory (tenant) ID), or have "
        "an administrator of this one consent to the application.",
        "client-secret-expired": "Create a new client secret under Certificates & secrets, and copy its Value.",
        "client-secret-id-used": "Create a new client secret and copy the column Value; it is shown only once.",
        "client-secret-invalid": "Create a new client secret and copy its Value (not its Secret ID); check that "
        "it belongs to this client id.",
        "client-type-mismatch": "Register the redirect URI under the platform that the client is (Authentication: Web, "
        "Single-page application, Mobile and desktop), and send a secret only from Web.",
        "conditional-access-blocked": "Open the tab Conditional Access of the sign-in log entry, and have the policy "
        "that refused changed.",
        "consent-missing": "Have an administrator grant admin consent under API permissions of the app registration, "
        "or sign in and consent.",
        "federated-credential-mismatch": "Compare issuer, subject and audience of the assertion with the federated "
        "credential of the app registration (Certificates & secrets), letter by letter, letter case included.",
        "grant-type-not-allowed": "Have the flow allowed under Authentication of the app registration (for device code "
        "and passwords: Allow public client flows).",
        "group-overage": "Have the API read the groups from Microsoft Graph, or assign app roles or only the groups of "
        "the application.",
        "id-token-used": "Send the access token: the ID token’s aud is the client’s own Application (client) ID.",
        "issuer-spelling-mismatch": "Configure the issuer exactly as the token spells it: …/<tenant id>/v2.0 without a "
        "slash for 2.0, https://sts.windows.net/<tenant id>/ with one for 1.0.",
        "issuer-version-mismatch": "Set requestedAccessTokenVersion in the manifest of the API’s app registration to "
        "the version that is expected.",
        "issuer-wrong-tenant": "Request the token in the tenant that the API accepts.",
        "jwks-wrong-source": "Configure the metadata address of the token’s own issuer: same tenant and version.",
        "managed-identity-not-assigned": "Switch the system-assigned identity on, or assign the user-assigned one to "
        "the Azure resource and name it by its client id.",
        "metadata-url-invalid": "Correct the metadata address: tenant and version must be part of it.",
        "obo-assertion-wrong-audience": "Get the first token for the API that makes the exchange (its Application ID "
        "URI), and pass that on.",
        "redirect-uri-mismatch": "Add the address under Authentication of the app registration, exactly as it is sent, "
        "on the platform that the client is.",
        "refresh-token-expired": "Sign in again; single-page applications have to do so every 24 hours.",
        "resource-not-found": "Compare the scope with the API’s Application ID URI, and have the API’s enterprise "
        "application created in this tenant.",
        "resource-role-missing": "Have the Azure role assigned to the identity on this resource (Access control "
        "(IAM)); it may take minutes to count.",
        "role-insufficient": "Have the needed app role assigned under Users and groups of the API’s enterprise "
        "application, or granted to the client, and get a new token.",
        "scope-format-invalid": "Use the API’s Application ID URI followed by /.default.",
        "scope-missing": "Request the scope that the API exposes (Expose an API), have it consented to, and get a new "
        "token; without a person an app role takes its place.",
        "scope-not-granted": "Have the scope added under API permissions of the app registration, and consented to.",
        "tenant-not-found": "Compare the Directory (tenant) ID and the cloud with the Overview page of the app "
        "registration.",
        "tenantless-authority": "Put the Directory (tenant) ID in place of common or organizations.",
        "token-for-graph": "Request a scope of this API, for example its Application ID URI followed by /.default.",
        "user-not-assigned": "Have the person, or a group they are a direct member of, assigned under Users and groups "
        "of the enterprise application.",
        "wrong-authorization-server": "Ask the tenant that the API trusts: its Directory (tenant) ID stands in iss.",
        "wrong-cloud": "Use the login host of the cloud in which the tenant lives.",
    },
    commands={
        "app-permission-not-granted": _ASSIGN,
        "role-insufficient": _ASSIGN,
        "consent-missing": "az ad app permission admin-consent --id <client id>",
        "client-in-other-tenant": "az ad sp show --id <client id>",
        "resource-not-found": "az ad sp create --id <Application (client) ID of the API>",
        "certificate-not-registered": "az ad app credential reset --id <client id> --cert @certificate.pem --append",
        "issuer-version-mismatch": f'az rest --method patch --url "{_GRAPH}/applications/<object id of the API’s '
        'registration>" --body \'{"api": {"requestedAccessTokenVersion": 2}}\'',
        "redirect-uri-mismatch": 'az ad app show --id <client id> --query "{web:web.redirectUris,spa:spa.redirectUris,'
        'native:publicClient.redirectUris}"',
        "user-not-assigned": f'az rest --url "{_GRAPH}/servicePrincipals/<object id of the '
        'enterprise application>/appRoleAssignedTo"',
    },
    registration=Record(
        "the app registration: platforms, API permissions and token version, without its secret",
        "Entra admin center: App registrations > the application, pages “Authentication” and “API permissions”.",
        command='az ad app show --id <client id> --query "{audience:signInAudience,uris:identifierUris,'
        'version:api.requestedAccessTokenVersion,web:web.redirectUris,spa:spa.redirectUris}"',
    ),
    log=Record(
        "the sign-in log’s entry for this request",
        "Entra admin center: Monitoring & health > Sign-in logs (without a person: Service principal sign-ins), by the "
        "correlation ID of the answer.",
    ),
    numbers="AADSTS number",
)

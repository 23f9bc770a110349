"""Identifiers that mean the same in every Entra tenant. Names only: nothing is decided by them."""

APPLICATIONS = {
    "00000003-0000-0000-c000-000000000000": "Microsoft Graph",
    "00000002-0000-0000-c000-000000000000": "Azure AD Graph (retired)",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013": "Azure Resource Manager",
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "Azure Key Vault",
    "e406a681-f3d4-42a8-90b6-c2b029497af1": "Azure Storage",
    "00000003-0000-0ff1-ce00-000000000000": "SharePoint Online",
    "00000002-0000-0ff1-ce00-000000000000": "Exchange Online",
    "00000007-0000-0000-c000-000000000000": "Dataverse",
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46": "Azure CLI",
    "1950a258-227b-4e31-a9cf-717495945fc2": "Azure PowerShell",
    "14d82eec-204b-4c2f-b7e8-296a70dab67e": "Microsoft Graph Command Line Tools",
    "de8bc8b5-d9f9-48b1-a8ad-b748da725064": "Graph Explorer",
    "aebc6443-996d-45c2-90f0-388ff96faa56": "Visual Studio Code",
}

TENANTS = {
    "9188040d-6c67-4c5b-b112-36a304b66dad": "personal Microsoft accounts",
    "f8cdef31-a31e-4b4a-93e4-5f571e91255a": "Microsoft services",
    "72f988bf-86f1-41af-91ab-2d7cd011db47": "Microsoft",
}

DIRECTORY_ROLES = {
    "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "Application Administrator",
    "158c047a-c907-4556-b7ef-446551a6b5f7": "Cloud Application Administrator",
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451": "Global Reader",
    "b79fbf4d-3ef9-4689-8143-76b194e85509": "every member (default user role)",
}

AUDIENCES = {
    "https://graph.microsoft.com": "Microsoft Graph",
    "https://graph.windows.net": "Azure AD Graph (retired)",
    "https://management.azure.com": "Azure Resource Manager",
    "https://management.core.windows.net": "Azure Resource Manager",
    "https://vault.azure.net": "Azure Key Vault",
    "https://storage.azure.com": "Azure Storage",
}

ISSUERS = {
    "https://maskinporten.no/": "Maskinporten",
    "https://test.maskinporten.no/": "Maskinporten, test environment",
    "https://ver2.maskinporten.no/": "Maskinporten, test environment retired in 2024",
    "https://sky.maskinporten.no": "Skyporten (Maskinporten for clouds)",
    "https://test.sky.maskinporten.no": "Skyporten (Maskinporten for clouds), test environment",
    "https://idporten.no": "ID-porten",
    "https://test.idporten.no": "ID-porten, test environment",
    "https://tokenx.dev-gcp.nav.cloud.nais.io": "TokenX, development cluster",
    "https://tokenx.prod-gcp.nav.cloud.nais.io": "TokenX, production cluster",
    "https://accounts.google.com": "Google",
    "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0": (
        "Microsoft Entra, version 2.0, personal Microsoft accounts"
    ),
}

# RFC 8176 and Entra's own, then what ID-porten writes.
AUTHENTICATION_METHODS = {
    "pwd": "password", "rsa": "certificate or hardware key", "otp": "one-time code", "fed": "federated sign-in",
    "wia": "Windows integrated sign-in", "mfa": "multi-factor", "ngcmfa": "multi-factor by a new credential",
    "wiaormfa": "Windows sign-in or multi-factor", "none": "none", "fido": "security key", "hwk": "hardware key",
    "swk": "software key", "pin": "PIN", "sms": "text message", "tel": "telephone call", "face": "face",
    "fpt": "fingerprint", "geo": "place", "iris": "iris", "kba": "knowledge questions", "mca": "several channels",
    "pop": "proof of a key", "rba": "risk-based", "retina": "retina", "sc": "smart card", "user": "presence",
    "vbm": "voice", "TestID": "TestID (synthetic citizens of the test environment)", "BankID": "BankID",
    "BankID Mobil": "BankID on the phone", "Buypass": "Buypass", "Commfides": "Commfides", "eIDAS": "eIDAS (foreign)",
    "Minid-PIN": "MinID with PIN codes", "Minid-OTC": "MinID with one-time codes",
}  # fmt: skip

CLIENT_AUTHENTICATION = {
    "0": "public client, did not authenticate", "1": "client secret", "2": "certificate or client assertion",
}  # fmt: skip

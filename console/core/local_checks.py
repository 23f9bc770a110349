"""What can be told of a profile before anything is sent."""

import re
from dataclasses import dataclass

from console.core.api import Expectation
from console.core.checks.base import Finding, Status
from console.core.compare import hidden_characters, is_graph, is_guid, spelled_differently
from console.core.credential import CertificateFacts
from console.core.grants.client_credentials import scope_problem
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft

SOON_S = 30 * 86_400
MIN_RSA_BITS = 2048
_PLACEHOLDER = re.compile(r"your|enter|replace|placeholder|changeme|xxx|<.*>|\{.*\}|^0{8}-0{4}|^1{8}-1{4}", re.I)
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_ANY_TENANT = frozenset({"common", "organizations", "consumers"})
_FIELDS = {"client_id": "client id", "tenant": "tenant", "scope": "scope"}


@dataclass(frozen=True, slots=True)
class SecretShape:
    """What may be told of a secret without a letter of it. `length` counts characters."""

    length: int
    looks_like_guid: bool
    has_blank: bool
    has_line_break: bool
    has_invisible: bool
    is_percent_encoded: bool
    looks_masked: bool

    def describe(self) -> str:
        """The shape in words for evidence: "40 characters", "36 characters: 8-4-4-4-12 hexadecimal groups"."""
        if self.looks_like_guid:
            return f"{self.length} characters: 8-4-4-4-12 hexadecimal groups"
        odd = {
            "a blank": self.has_blank,
            "a line break": self.has_line_break,
            "an invisible character": self.has_invisible,
            "percent-encoded signs": self.is_percent_encoded,
        }
        named = " and ".join(name for name, is_there in odd.items() if is_there)
        return f"{self.length} characters" + (f", with {named}" if named else "")


def secret_shape(text: str) -> SecretShape:
    return SecretShape(
        length=len(text),
        looks_like_guid=is_guid(text.strip()),
        has_blank=" " in text or "\t" in text,
        has_line_break="\n" in text or "\r" in text,
        has_invisible=any(not letter.isprintable() and letter not in "\r\n\t" for letter in text),
        is_percent_encoded=re.search(r"%[0-9A-Fa-f]{2}", text) is not None,
        looks_masked=bool(text) and set(text) <= set("*•.xX-_"),
    )


def check_profile(
    profile: Profile | ProfileDraft,
    *,
    secret_shape: SecretShape | None,
    certificate: CertificateFacts | None,
    expectation: Expectation | None,
    now: int,
) -> tuple[Finding, ...]:
    """Everything about a profile that would fail or is odd; empty when nothing is. `check` is the field it belongs to.

    `expectation` is that of the API the profile is for, None without one.
    """
    findings = [
        *_hidden(profile),
        *_client_id(profile.client_id),
        *_tenant(profile.tenant),
        *_scope(profile, expectation),
        *(_secret(secret_shape) if secret_shape else ()),
        *(_certificate(certificate, now) if certificate else ()),
    ]
    return tuple(findings)


def _finding(field: str, status: Status, what: str, *, why: str, do: str, who: Owner = Owner.INTEGRATOR) -> Finding:
    return Finding(status, what, why, do, who, check=field)


def _hidden(profile: Profile | ProfileDraft) -> list[Finding]:
    found = []
    for field, name in _FIELDS.items():
        value: str = getattr(profile, field)
        stripped = value.strip() if field == "scope" else value
        is_hidden = any(map(hidden_characters, stripped.split(" "))) if field == "scope" else hidden_characters(value)
        if value and (is_hidden or value != value.strip()):
            found.append(
                _finding(
                    field,
                    Status.FAIL,
                    f"The {name} holds a blank, a line break, a quotation mark or an invisible character.",
                    why=f"It reads {value!r}; the provider compares every character.",
                    do=f"Enter the {name} again by hand, or paste it without what surrounds it.",
                )
            )
    return found


def _client_id(value: str) -> list[Finding]:
    do = "Copy the Application (client) ID from the Overview page of the app registration."
    if not value.strip():
        return [_finding("client_id", Status.FAIL, "The client id is empty.", why="Every request needs it.", do=do)]
    if _PLACEHOLDER.search(value):
        why = f"It reads {value!r}, which nobody has replaced yet."
        return [_finding("client_id", Status.FAIL, "The client id is a placeholder.", why=why, do=do)]
    if not is_guid(value.strip()):
        why = f"It reads {value!r}; a client id is a GUID, such as 11112222-bbbb-3333-cccc-4444dddd5555."
        return [_finding("client_id", Status.FAIL, "The client id is no GUID.", why=why, do=do)]
    return []


def _tenant(value: str) -> list[Finding]:
    tenant, do = value.strip(), "Copy the Directory (tenant) ID from the Overview page of the app registration."
    if not tenant:
        why = "An application asks for its token at one tenant."
        return [_finding("tenant", Status.FAIL, "The tenant is empty.", why=why, do=do)]
    if tenant.lower() in _ANY_TENANT:
        why = f"{tenant} is no tenant, and this grant needs one (AADSTS50059)."
        return [_finding("tenant", Status.FAIL, "The request would name no tenant.", why=why, do=do)]
    if _PLACEHOLDER.search(tenant):
        why = f"It reads {tenant!r}, which nobody has replaced yet."
        return [_finding("tenant", Status.FAIL, "The tenant is a placeholder.", why=why, do=do)]
    if not is_guid(tenant) and not _DOMAIN.fullmatch(tenant):
        why = f"It reads {tenant!r}; a tenant is a GUID or a domain name."
        return [_finding("tenant", Status.FAIL, "The tenant is neither a GUID nor a domain name.", why=why, do=do)]
    return []


def _scope(profile: Profile | ProfileDraft, expectation: Expectation | None) -> list[Finding]:
    scope = profile.scope.strip()
    problem = scope_problem(scope) if profile.grant == "client_credentials" else None
    if problem:
        do = "Enter the API's Application ID URI, followed by /.default."
        return [_finding("scope", Status.FAIL, "The scope does not fit the grant.", why=problem, do=do)]
    if expectation is None or not expectation.audiences:
        return []
    resource = scope.removesuffix("/.default")
    names_api = any(_names_same_api(resource, one) for one in expectation.audiences)
    return [] if names_api else [_other_api(resource, expectation.audiences)]


def _names_same_api(resource: str, audience: str) -> bool:
    return resource == audience or spelled_differently(resource, audience) is not None


def _other_api(resource: str, audiences: tuple[str, ...]) -> Finding:
    accepted = " or ".join(audiences)
    if is_graph(resource):
        return _finding(
            "scope",
            Status.FAIL,
            "The scope asks for a token for Microsoft Graph.",
            why=f"The chosen API accepts {accepted}; no other API can use a token for Graph.",
            do=f"Enter {audiences[0].rstrip('/')}/.default.",
        )
    is_sure = is_guid(resource) or any(is_guid(one.removeprefix("api://")) for one in audiences)
    return _finding(
        "scope",
        # An Application ID URI gives a bare id as audience in version 2.0 tokens, so two names can be one API.
        Status.WARNING if is_sure and resource.startswith("api://") and not is_guid(resource[6:]) else Status.FAIL,
        "The scope names another API than the chosen one.",
        why=f"The scope is for {resource}; the chosen API accepts {accepted}.",
        do=f"Enter {audiences[0].rstrip('/')}/.default, or choose the API that this scope is for.",
    )


def _secret(shape: SecretShape) -> list[Finding]:
    field = "client_secret"
    if shape.looks_like_guid:
        return [
            _finding(
                field,
                Status.FAIL,
                "The secret looks like the id of a secret, not like its value.",
                why="It has the shape of a GUID; the portal shows such an id beside the value.",
                do="Create a new client secret and copy the column Value, which is shown only once.",
            )
        ]
    found = []
    if shape.has_blank or shape.has_line_break or shape.has_invisible:
        why = "Secrets of Entra hold neither blanks nor line breaks nor invisible characters."
        do = "Copy the value again, without what surrounds it."
        found.append(_finding(field, Status.FAIL, "The secret holds a character that no secret has.", why=why, do=do))
    if shape.looks_masked:
        why = "It consists of one repeated sign."
        found.append(
            _finding(field, Status.FAIL, "The secret is masked.", why=why, do="Copy the value itself, not its mask.")
        )
    if shape.is_percent_encoded:
        why = "It holds a percent sign with two digits; this console encodes the secret itself."
        do = "Enter the secret as the portal shows it."
        found.append(_finding(field, Status.WARNING, "The secret seems to be encoded already.", why=why, do=do))
    return found


def _certificate(facts: CertificateFacts, now: int) -> list[Finding]:
    return [*_dates(facts, now), *_key(facts)]


def _dates(facts: CertificateFacts, now: int) -> list[Finding]:
    field, new = "certificate", "Make a new certificate, register it on the application, and enter it here."
    if facts.not_after < now:
        why = f"It ended {_days(now - facts.not_after)} ago."
        return [_finding(field, Status.FAIL, "The certificate has expired.", why=why, do=new)]
    if facts.not_before > now:
        why = f"It starts in {_days(facts.not_before - now)}."
        do = "Wait until then, or check the clock of the machine that made it."
        return [_finding(field, Status.FAIL, "The certificate is not valid yet.", why=why, do=do)]
    if facts.not_after - now < SOON_S:
        why = f"It ends in {_days(facts.not_after - now)}; several certificates may be registered at once."
        return [_finding(field, Status.WARNING, "The certificate ends soon.", why=why, do=new)]
    return []


def _key(facts: CertificateFacts) -> list[Finding]:
    do = f"Make a new RSA key of {MIN_RSA_BITS} bits or more, with a certificate, and register that."
    if facts.key_type != "RSA":
        why = f"The key is of type {facts.key_type}; Entra accepts RSA keys only."
        return [_finding("certificate", Status.FAIL, "The key has a type that Entra does not accept.", why=why, do=do)]
    if facts.key_bits < MIN_RSA_BITS:
        why = f"It has {facts.key_bits} bits; {MIN_RSA_BITS} are needed (AADSTS50032)."
        return [_finding("certificate", Status.FAIL, "The key is too short.", why=why, do=do)]
    return []


def _days(seconds: int) -> str:
    days = seconds // 86_400
    if days >= 1:
        return "1 day" if days == 1 else f"{days} days"
    return f"{seconds} seconds"

"""People and values that the store's tests start from."""

import uuid
from dataclasses import replace

from console.core.actor import Actor, Role
from console.core.api import Api, Expectation
from console.core.cases.listing import CaseFilter, QueueRow
from console.core.credential import Certificate, CertificateFacts, Secret
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Request, Response
from console.core.profile import Profile, ProfileDraft
from console.store import apis, attempts, case_queue, cases, people, profiles
from console.store.attempts import AttemptRecord
from console.store.cases import CaseRecord

NOW = 1_790_000_000
PASSWORD = "correct horse battery staple"
FACTS = CertificateFacts("CN=a", "CN=a", "01", NOW, NOW + 1, "AB" * 20, "x5t", "x5t256", "RSA", 2048, ("CN=a",))
CERTIFICATE = Certificate(Secret("-----BEGIN PRIVATE KEY-----"), "-----BEGIN CERTIFICATE-----", FACTS)
ODD = "NUL \x00, lone surrogate \ud800, umlaut ü"


def new_id() -> str:
    return str(uuid.uuid4())


def person(name: str, *roles: Role) -> Actor:
    return people.create_person(
        f"{name}@example.org", display_name=name, roles=roles, password=Secret(PASSWORD), now=NOW
    )


def draft(**changes: object) -> ProfileDraft:
    values = {
        "name": "Orders",
        "environment": "test",
        "provider": "entra",
        "settings": {"cloud": "global", "tenant": "contoso.example"},
        "client_id": "client",
        "grant": "client_credentials",
        "scope": "api://orders/.default",
        "api_id": None,
    }
    return ProfileDraft(**{**values, **changes})


def profile(actor: Actor, **changes: object) -> Profile:
    return profiles.create(actor, draft(**changes), id=new_id(), now=NOW)


def api(actor: Actor) -> Api:
    expectation = Expectation(audiences=("api://orders",), leeway_s=5)
    wanted = Api("", 0, "Orders", "https://api.example/orders", expectation, policy=ODD)
    return apis.create(actor, wanted, id=new_id(), now=NOW)


def attempt_record(*, profile_id: str | None = None, created_at: int = NOW) -> AttemptRecord:
    exchange = Exchange(Request("GET", "https://x", (), b"\x00\xff"), Response(401, body=b"\x80"), None, 1.5, 7)
    return AttemptRecord(
        id=new_id(),
        kind="token",
        profile_id=profile_id,
        api_id=None,
        title=ODD,
        created_at=created_at,
        evidence=Evidence(token_claims={"sub": ODD}, pasted=ODD, now=NOW),
        exchanges=(exchange,),
        status=401,
        primary_cause="wrong-audience",
        catalogue_version="1",
    )


def attempt(actor: Actor, *, profile_id: str | None = None, created_at: int = NOW) -> AttemptRecord:
    record = attempt_record(profile_id=profile_id, created_at=created_at)
    attempts.add(actor, record)
    return record


def case(actor: Actor) -> CaseRecord:
    record = replace(case_record(actor), attempt_id=attempt(actor).id)
    cases.create(actor, record)
    return record


def case_record(actor: Actor) -> CaseRecord:
    """A case that is not kept yet."""
    return CaseRecord(
        id=new_id(),
        owner_id=actor.user_id or 0,
        owner_email=actor.email,
        attempt_id=None,
        title=ODD,
        note=ODD,
        created_at=NOW,
        expires_at=NOW + 90 * 86_400,
        evidence=Evidence(pasted=ODD),
        exchanges=(),
        masked_count=2,
    )


def queue(actor: Actor, wanted: CaseFilter = CaseFilter(), *, now: int = NOW) -> list[QueueRow]:  # noqa: B008
    return case_queue.page(actor, wanted, now=now, after=None, limit=50)


def publish(admin: Actor, api_id: str) -> None:
    """Opens an Api as it is now to everybody."""
    apis.publish(admin, api_id, is_published=True, expected_version=apis.get(admin, "view", api_id).value.version)

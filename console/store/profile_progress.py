"""How far profiles are: their last attempts by cause, in one query for all of them."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from console.core.actor import Actor
from console.core.checklist.stalls import ProfileProgress
from console.core.credential import CredentialKind
from console.models import Attempt, Profile, StoredCredential
from console.store.visibility import visible_to

MOST = 5000


def list_progress(actor: Actor, *, limit: int = MOST) -> list[ProfileProgress]:
    """Of the profiles that the actor may view, the newest `limit`; of all for the system."""
    credential = StoredCredential.objects.filter(profile=OuterRef("pk"), set_at__isnull=False)
    found = visible_to(Profile, actor, "view").annotate(
        has_credential=Exists(credential.exclude(kind=CredentialKind.NONE.value)),
        has_token=Exists(_well(_tried("token"))),
        has_answer=Exists(_well(_tried("call"), api_id=OuterRef("api_id"))),
        has_called=Exists(_tried("call")),
        token_cause=_last(_tried("token")),
        call_cause=_last(_tried("call")),
    )
    return [_to_progress(row) for row in found.order_by(F("created_at").desc(), "pk")[:limit]]


def _tried(kind: str) -> QuerySet[Attempt]:
    return Attempt.objects.filter(profile=OuterRef("pk"), kind=kind)


def _well(tried: QuerySet[Attempt], **also: object) -> QuerySet[Attempt]:
    return tried.filter(status__gte=200, status__lt=300, **also)


def _last(tried: QuerySet[Attempt]) -> Coalesce:
    return Coalesce(Subquery(tried.order_by("-created_at", "-pk").values("primary_cause")[:1]), Value(""))


def _to_progress(row: Profile) -> ProfileProgress:
    told = {name: getattr(row, name) for name in ("has_credential", "has_token", "has_answer", "has_called")}
    causes = {name: getattr(row, name) for name in ("token_cause", "call_cause")}
    return ProfileProgress(
        id=str(row.pk),
        name=row.name,
        has_api=row.api_id is not None,
        has_client=bool(row.client_id),
        is_practice=row.provider == "sandbox",
        **told,
        **causes,
    )

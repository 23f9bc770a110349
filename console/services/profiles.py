"""What a person can do with a profile: write it, give it a credential, copy it, check it before anything is sent."""

from dataclasses import dataclass, replace

from console.adapters import clock, keyfiles, random
from console.core import providers
from console.core.actor import Actor, Right
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.credential import (
    Certificate,
    ClientSecret,
    Credential,
    CredentialKind,
    CredentialSummary,
    NoCredential,
    Secret,
)
from console.core.destination import AcceptedDestination
from console.core.errors import Misconfigured, NotFound
from console.core.finding import Finding, fail
from console.core.held import Held
from console.core.oauth.place import Place
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks import check_profile as local_checks
from console.core.profile_checks.settings import grants_of, setting_problems
from console.core.providers import provider_of
from console.core.runs import matrix, preflight
from console.services import budget, destinations, legacy_grants, opening, shown_destination, subject_tokens
from console.services.integrators import must_integrate
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox
from console.store import audit, credentials, profiles, runs
from console.store.json_text import size_of

MAX_DAYS = 730


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of key files: stored, with notes for people, or `problem`, which says why not."""

    notes: tuple[str, ...] = ()
    problem: keyfiles.KeyFileProblem | None = None


def list_profiles(actor: Actor) -> list[Profile]:
    return profiles.list_visible(actor)


def list_held(actor: Actor) -> list[Held[Profile]]:
    """Each with what the actor may do with it, by name."""
    return profiles.list_held(actor)


def list_own(actor: Actor) -> list[Profile]:
    """Those alone that are the actor's, by name."""
    return [held.value for held in profiles.list_held(actor) if held.is_own]


def open_profile(actor: Actor, right: Right, profile_id: str) -> Profile:
    return profiles.get(actor, right, profile_id).value


def place_of(own: OwnSandbox, profile: Profile | ProfileDraft) -> Place:
    """Where the profile's provider is reached for whoever acts."""
    provider = provider_of(profile.provider)
    return provider.locate(profile.settings, own.base if provider.is_played(profile.settings) else "")


def destination_of(profile: Profile | ProfileDraft) -> str:
    """What a credential is bound to. The sandbox counts as one place, whatever address it is served under."""
    return providers.destination_of(profile.provider, profile.settings)


def create(actor: Actor, draft: ProfileDraft) -> Profile:
    """A new profile; choosing its Api accepts where that leads."""
    return _create(actor, draft, destinations.current(actor, draft.api_id))


def _create(actor: Actor, draft: ProfileDraft, accepted: AcceptedDestination | None) -> Profile:
    must_integrate(actor)
    _must_fit(actor, draft)
    budget.keep(actor, size_of(draft))
    with audit.together():
        made = profiles.create(actor, draft, id=random.new_id(), now=clock.now(), accepted=accepted)
        _audit(actor, Action.PROFILE_MADE, made, detail=made.name)
    return made


def update(actor: Actor, profile_id: str, draft: ProfileDraft, *, expected_version: int) -> tuple[Profile, list[str]]:
    """Saves an edit. A changed destination discards what was entered for the old one; the notes say so.

    Choosing another Api accepts where that leads; saving with the same one accepts nothing new.
    """
    before = profiles.get(actor, "manage", profile_id).value
    now, current = clock.now(), destinations.current(actor, draft.api_id)
    accepted = before.accepted if draft.api_id == before.api_id else current
    if (draft.settings, draft.provider, draft.grant) != (before.settings, before.provider, before.grant):
        _must_fit(actor, draft)
    budget.keep(actor, size_of(draft))
    notes = []
    with audit.together():
        after = profiles.update(actor, profile_id, draft, expected_version=expected_version, now=now, accepted=accepted)
        fields = [name for name in draft.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
        _audit(actor, Action.PROFILE_CHANGED, after, detail=f"changed: {', '.join(fields) or 'nothing'}")
        if before.credential.kind is not CredentialKind.NONE and destination_of(before) != destination_of(after):
            credentials.discard(actor, profile_id)
            _audit(actor, Action.CREDENTIAL_DISCARDED, after, detail="its destination changed")
            notes.append("The provider or tenant changed, so the stored credential was discarded: enter it again.")
        if before.has_subscription_key and before.api_id != after.api_id:
            notes.append(_carry_key(actor, before, after, now=now))
    return profiles.get(actor, "manage", profile_id).value, notes


def _carry_key(actor: Actor, before: Profile, after: Profile, *, now: int) -> str:
    """A key that was entered before the profile had an Api goes to the first that is chosen, and to no later one.

    Having none now is not enough: the Api that the key was entered for may have been deleted since.
    """
    opened = opening.of_profile(actor, "manage", after.id)
    api = opened.api if before.api_id is None else None
    kept = opened.sealed.subscription_key() if api is not None else None
    if api is None or kept is None or kept.bound_to:
        credentials.replace_subscription_key(actor, before.id, None, bound_to="", now=now)
        _audit(actor, Action.SUBSCRIPTION_KEY_REMOVED, after, detail="its API changed")
        return "The API changed, so the stored subscription key was discarded: enter it again."
    binding = key_binding(opened.own, api)
    credentials.replace_subscription_key(actor, before.id, kept.value, bound_to=binding, now=now, ends_at=kept.ends_at)
    _audit(actor, Action.SUBSCRIPTION_KEY_REPLACED, after, detail=f"now for {binding}")
    return f"The stored subscription key is now for {api.name}."


def duplicate(actor: Actor, profile_id: str) -> Profile:
    """A copy without credential, subscription key and tokens.

    It accepts what the original accepted where the actor accepts for that too; of somebody else's profile its Api is
    taken over only when the actor sees it, and where it leads is asked first.
    """
    opened = opening.of_profile(actor, "view", profile_id)
    original = opened.profile
    draft = replace(draft_of(original), name=f"Copy of {original.name}"[:200])
    if opened.held.may("manage"):
        return _create(actor, draft, original.accepted)
    return _create(actor, draft if opened.api else replace(draft, api_id=None), None)


def delete(actor: Actor, profile_id: str) -> None:
    profile = profiles.get(actor, "manage", profile_id).value
    with audit.together():
        for kind in (preflight.KIND, matrix.KIND):
            runs.trim(profile_id, kind.code, keep=0)
        profiles.delete(actor, profile_id)
        _audit(actor, Action.PROFILE_DELETED, profile, detail=profile.name)


def replace_secret(
    actor: Actor, profile_id: str, secret: Secret, *, seen: str | None = None, ends_at: int | None = None
) -> CredentialSummary:
    """`seen`: the destination that the page showed, see shown_destination.require_seen; the same for what follows.
    `ends_at` (epoch seconds) is as was typed.
    """
    profile = profiles.get(actor, "manage", profile_id).value
    where = destination_of(profile)
    shown_destination.require_seen(profile.id, where, seen=seen)
    with audit.together():
        summary = credentials.replace_secret(
            actor, profile_id, secret, bound_to=where, now=clock.now(), ends_at=ends_at
        )
        _audit(actor, Action.SECRET_REPLACED, profile, detail=f"for {where}")
    return summary


def upload_certificate(
    actor: Actor, profile_id: str, files: list[bytes], password: str | None, *, seen: str | None = None
) -> Uploaded:
    """Reads one or two key files in a child process and keeps key and chain; the files themselves are dropped."""
    profile = profiles.get(actor, "manage", profile_id).value
    shown_destination.require_seen(profile.id, destination_of(profile), seen=seen)
    extra = files[1] if len(files) > 1 else None
    with budget.reading_key_file(actor):
        takes_ec = provider_of(profile.provider).assertion.takes_ec
        read = keyfiles.read_key_file(files[0], password, extra, now=clock.now(), takes_ec=takes_ec)
    if isinstance(read, keyfiles.KeyFileProblem):
        return Uploaded(problem=read)
    _keep_certificate(actor, profile, read.certificate)
    return Uploaded(read.notes)


def make_certificate(actor: Actor, profile_id: str, *, days: int, seen: str | None = None) -> CredentialSummary:
    """A new RSA 2048 key with a self-signed certificate; the private key never leaves the vault."""
    profile = profiles.get(actor, "manage", profile_id).value
    shown_destination.require_seen(profile.id, destination_of(profile), seen=seen)
    certificate = keyfiles.make_certificate(profile.name, days=max(1, min(days, MAX_DAYS)), now=clock.now())
    return _keep_certificate(actor, profile, certificate)


def discard_credential(actor: Actor, profile_id: str) -> None:
    profile = profiles.get(actor, "manage", profile_id).value
    with audit.together():
        credentials.discard(actor, profile_id)
        _audit(actor, Action.CREDENTIAL_DISCARDED, profile)


def replace_subscription_key(
    actor: Actor, profile_id: str, key: Secret | None, *, seen: str | None = None, ends_at: int | None = None
) -> None:
    """Keeps a subscription key, bound to the profile's Api; None removes it. `ends_at` as of a secret."""
    opened = opening.of_profile(actor, "manage", profile_id)
    bound_to = key_binding(opened.own, opened.api) if opened.api else ""
    shown_destination.require_seen(opened.profile.id, bound_to, seen=seen)
    with audit.together():
        credentials.replace_subscription_key(
            actor, profile_id, key, bound_to=bound_to, now=clock.now(), ends_at=ends_at
        )
        _audit(actor, Action.SUBSCRIPTION_KEY_REPLACED if key else Action.SUBSCRIPTION_KEY_REMOVED, opened.profile)


def key_binding(own: OwnSandbox, api: Api) -> str:
    """What a subscription key is bound to: the Api and the address it was entered for."""
    return f"{api.id} {own.placeholder(api.base_url)}"


def subscription_key_for(opened: OpenProfile) -> Secret | None:
    """The stored key, if it was entered for the very Api and address of the profile."""
    kept, api = opened.sealed.subscription_key(), opened.api
    return kept.value if kept and api and kept.bound_to == key_binding(opened.own, api) else None


def local_findings(opened: OpenProfile) -> tuple[Finding, ...]:
    """What can be said before anything is sent; a credential or key that does not open stands first.

    For who may not use the profile nothing is opened, and nothing is said of the shape of its secret.
    """
    unreadable: list[Finding] = []
    credential: Credential = NoCredential()
    try:
        credential = opened.sealed.credential()
        opened.sealed.subscription_key()
    except Misconfigured as refused:
        unreadable.append(fail(refused.what, why=refused.why, do=refused.do, who=Owner.CONSOLE_ADMIN))
    except NotFound:  # the profile is open to be seen
        credential = NoCredential()
    found = local_checks.check_profile(
        opened.profile,
        secret_shape=shape_of(credential),
        certificate=credential.facts if isinstance(credential, Certificate) else None,
        expectation=opened.api.expectation if opened.api else None,
        now=clock.now(),
        kept=opened.profile.credential,
    )
    return (*unreadable, *found)


def shape_of(credential: Credential) -> local_checks.SecretShape | None:
    """Facts about a stored secret that show none of its characters."""
    return local_checks.secret_shape(credential.value.reveal()) if isinstance(credential, ClientSecret) else None


def _keep_certificate(actor: Actor, profile: Profile, certificate: Certificate) -> CredentialSummary:
    where = destination_of(profile)
    with audit.together():
        summary = credentials.replace_certificate(actor, profile.id, certificate, bound_to=where, now=clock.now())
        _audit(actor, Action.CERTIFICATE_REPLACED, profile, detail=f"for {where}")
    return summary


def _must_fit(actor: Actor, draft: ProfileDraft) -> None:
    """Raises Misconfigured for settings that are not those of the draft's provider and grant, values included, and
    NotAllowed for a grant that is switched off. The form says it beside each field; this is for any other way.
    """
    legacy_grants.require_allowed(draft.grant)
    subject_tokens.check(actor, draft)
    provider = provider_of(draft.provider)
    found = setting_problems(provider, draft.grant, draft.settings)
    if found or draft.grant not in [grant.code for grant in grants_of(provider)]:
        raise Misconfigured(
            "These settings are not those of the provider.",
            why=" ".join(found.values()) or f"It has no grant {draft.grant}.",
            do="Open the profile's form and correct them.",
            who="You can do this.",
        )


def _audit(actor: Actor, action: Action, profile: Profile, *, detail: str = "") -> None:
    kind, now = "profile", clock.now()
    audit.append(actor, action, object_kind=kind, object_id=profile.id, result="done", now=now, detail=detail)


def draft_of(profile: Profile) -> ProfileDraft:
    """The editable part of a profile."""
    return ProfileDraft(**{name: getattr(profile, name) for name in ProfileDraft.__dataclass_fields__})

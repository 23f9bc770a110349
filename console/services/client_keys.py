"""What proves a client besides secrets: bare signing keys, assertions from elsewhere; and the public halves of keys."""

from typing import Any

from console.adapters import assertion_files, clock, keyfiles
from console.adapters.assertion_files import AssertionFileProblem
from console.adapters.keyfiles import KeyFileProblem
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import AssertionFacts, CredentialSummary, Secret, SigningKey
from console.core.errors import NotFound
from console.core.oauth.assertion_facts import facts_of
from console.core.profile import Profile
from console.core.tokens import certificates, signing_keys
from console.services import budget, opening, profiles, shown_destination
from console.services.assertion_folders import folders_for
from console.store import audit, credentials
from console.store import profiles as profile_store


def make_key(
    actor: Actor, profile_id: str, *, alg: str, kid: str = "", ends_at: int | None = None, seen: str | None = None
) -> CredentialSummary:
    """A new key for `alg`; the private half never leaves the vault. `seen` as in `profiles.replace_secret`."""
    profile = _opened(actor, profile_id, seen=seen)
    return _keep_key(actor, profile, keyfiles.make_signing_key(alg, kid=kid), ends_at=ends_at)


def upload_key(
    actor: Actor,
    profile_id: str,
    data: bytes,
    password: str | None,
    *,
    kid: str = "",
    ends_at: int | None = None,
    seen: str | None = None,
) -> CredentialSummary | KeyFileProblem:
    """Reads a key file in a child process and keeps its private key; the file itself is dropped."""
    profile = _opened(actor, profile_id, seen=seen)
    with budget.reading_key_file(actor):
        read = keyfiles.read_signing_key(data, password, kid=kid)
    return read if isinstance(read, KeyFileProblem) else _keep_key(actor, profile, read, ends_at=ends_at)


def public_key_set(actor: Actor, profile_id: str) -> dict[str, list[dict[str, Any]]]:
    """The key set to register (RFC 7517 section 5), with the one public key; NotFound when there is none."""
    profile = profile_store.get(actor, "view", profile_id).value
    if profile.credential.key is not None:
        return {"keys": [signing_keys.public_jwk(profile.credential.key)]}
    chain = credentials.public_chain(actor, profile_id)
    if not chain:
        raise NotFound("This profile has no key to register.")
    return {"keys": [signing_keys.certificate_jwk(chain, profile.settings.get("assertion_kid", ""))]}


def public_certificate(actor: Actor, profile_id: str) -> bytes:
    """The leaf certificate as DER, for the app registration; NotFound when there is none."""
    chain = credentials.public_chain(actor, profile_id)
    if not chain:
        raise NotFound("This profile has no certificate.")
    return certificates.leaf_der(chain)


def keep_assertion(actor: Actor, profile_id: str, text: Secret, *, seen: str | None = None) -> CredentialSummary:
    """A federated assertion as it was pasted; the form has seen to its shape."""
    return _keep_assertion(actor, profile_id, text, facts_of(text.reveal()), seen=seen)


def keep_assertion_file(
    actor: Actor, profile_id: str, path: str, *, seen: str | None = None
) -> CredentialSummary | AssertionFileProblem:
    """A file that is read at each use. Whether there is one shows then: whatever writes it may not have begun."""
    opened = opening.of_profile(actor, "manage", profile_id)
    place = profiles.place_of(opened.own, opened.profile)
    if problem := assertion_files.place_problem(path, folders_for(place)):
        return problem
    return _keep_assertion(actor, profile_id, Secret(path), AssertionFacts(path=path), seen=seen)


def _keep_assertion(
    actor: Actor, profile_id: str, value: Secret, facts: AssertionFacts, *, seen: str | None
) -> CredentialSummary:
    profile = _opened(actor, profile_id, seen=seen)
    where = profiles.destination_of(profile)
    with audit.together():
        kept = credentials.replace_assertion(actor, profile.id, value, facts, bound_to=where, now=clock.now())
        _audit(actor, Action.ASSERTION_REPLACED, profile, where)
    return kept


def _keep_key(actor: Actor, profile: Profile, key: SigningKey, *, ends_at: int | None) -> CredentialSummary:
    where = profiles.destination_of(profile)
    dated = signing_keys.ending(key, ends_at)
    with audit.together():
        kept = credentials.replace_key(actor, profile.id, dated, bound_to=where, now=clock.now())
        _audit(actor, Action.SIGNING_KEY_REPLACED, profile, where)
    return kept


def _opened(actor: Actor, profile_id: str, *, seen: str | None) -> Profile:
    profile = profile_store.get(actor, "manage", profile_id).value
    shown_destination.require_seen(profile.id, profiles.destination_of(profile), seen=seen)
    return profile


def _audit(actor: Actor, action: Action, profile: Profile, where: str) -> None:
    audit.append(
        actor,
        action,
        object_kind="profile",
        object_id=profile.id,
        result="done",
        now=clock.now(),
        detail=f"for {where}",
    )

"""The way to a first answered call, as platforms hand it to newcomers: seven steps, each resting on stored evidence.

Nothing is asked of anybody: what no stored attempt shows is said to be unknown, with who could tell.
"""

from collections.abc import Callable
from dataclasses import replace

from console.core.checklist.evidence import CLIENT_CAUSES, PERMISSION_CAUSES, SeenAttempt, StepEvidence, first_failure
from console.core.checklist.milestones import sticking, to_todays_address, with_todays_settings
from console.core.checklist.steps import Checklist, ChecklistFacts, ChecklistStep, LinkKind, StepState, StoredTokenFacts
from console.core.checks import CHECKS
from console.core.credential import CredentialKind
from console.core.diagnosis.base import RankedCause
from console.core.finding import Finding, Status
from console.core.oauth.setting import in_a_sentence
from console.core.owner import Owner
from console.core.profile import Profile
from console.core.profile_checks import certificate
from console.core.profile_checks.client_auth import how_to_enter, lacks_credential
from console.core.profile_checks.settings import settings_of
from console.core.providers import provider_of
from console.core.tokens.times import utc

__all__ = ["Checklist", "ChecklistFacts", "ChecklistStep", "LinkKind", "SeenAttempt", "StepState", "StoredTokenFacts"]
__all__ += ["checklist"]


def checklist(facts: ChecklistFacts) -> Checklist:
    """The seven steps for one profile and its Api. Attempts made with other settings than today's do not count."""
    facts = replace(
        facts,
        token_seen=with_todays_settings(facts, facts.token_seen),
        token_given=with_todays_settings(facts, facts.token_given),
        call_seen=to_todays_address(facts, facts.call_seen),
        call_answered=to_todays_address(facts, facts.call_answered),
    )
    is_mended = _is_mended(facts)
    mended = facts.call_seen if is_mended else None
    facts = replace(facts, call_seen=None if is_mended else facts.call_seen)
    return Checklist(tuple(sticking(step(facts), facts, mended) for step in _STEPS))


def _is_mended(facts: ChecklistFacts) -> bool:
    """Whether a token that passes the checks was obtained after the last call's token was refused."""
    seen = facts.call_seen
    findings, newer = _judged(facts)
    if seen is None or newer is None or not seen.is_about_token:
        return False
    return (newer.time or 0) > seen.at and first_failure(_accepting(findings)) is None


def _step(code: str, state: StepState, *evidence: StepEvidence, why: str = "", do: str = "") -> ChecklistStep:
    title, link = TITLES[code]
    who = Owner.INTEGRATOR if do else None
    return ChecklistStep(code, title, state, evidence, why, do, who, link)


def _unknown(code: str, *, why: str, do: str, who: Owner, evidence: tuple[StepEvidence, ...] = ()) -> ChecklistStep:
    title, link = TITLES[code]
    return ChecklistStep(code, title, StepState.CANNOT_TELL, evidence, why, do, who, link)


def _failed(code: str, seen: SeenAttempt, cause: RankedCause) -> ChecklistStep:
    title, link = TITLES[code]
    shown = (seen.shown(cause.what, cause.cause),)
    return ChecklistStep(code, title, StepState.FAILED, shown, cause.why, cause.do, cause.owner, link)


def _failed_finding(code: str, finding: Finding, evidence: StepEvidence) -> ChecklistStep:
    title, link = TITLES[code]
    shown = (replace(evidence, text=finding.what, finding=finding.check),)
    return ChecklistStep(code, title, StepState.FAILED, shown, finding.why, finding.do, finding.who, link)


def _api(facts: ChecklistFacts) -> ChecklistStep:
    profile = facts.profile
    if facts.api is not None:
        return _step("api", StepState.DONE, StepEvidence(f"{facts.api.name} at {facts.api.base_url}"))
    if profile is not None and profile.api_id is not None:
        why = "The profile names an API that is gone, or that is not published to you any more."
        return _step("api", StepState.FAILED, why=why, do="Choose another API in the profile, or ask its owner.")
    why = "Without an API there is nothing to judge a token by, and nothing to call."
    return _step("api", StepState.OPEN, why=why, do="Register the API, or choose a published one in the profile.")


def _client(facts: ChecklistFacts) -> ChecklistStep:
    profile, seen = facts.profile, facts.token_seen
    if profile is None:
        why = "No profile of yours is for this API yet."
        return _step("client", StepState.OPEN, why=why, do="Make a profile with what you were given.")
    settings = settings_of(profile.provider, profile.grant, profile.settings)
    wanted = {in_a_sentence(one): profile.settings.get(one.name) for one in settings if one.is_required}
    lacking = [name for name, value in {"client ID": profile.client_id, **wanted}.items() if not value]
    if lacking:
        why = f"The profile has no {' and no '.join(lacking)}."
        return _step("client", StepState.OPEN, why=why, do="Fill it in as your hand-over document says.")
    if seen is not None and seen.cause is not None and seen.cause.cause in CLIENT_CAUSES:
        return _failed("client", seen, seen.cause)
    if seen is not None and seen.knows_client:
        return _step("client", StepState.DONE, seen.shown("The provider knew the client"))
    return _unknown(
        "client",
        why=f"Whether the provider knows the client {profile.client_id} shows only when a token is asked for.",
        do=f"Get a token, or ask for a look at {provider_of(profile.provider).words.registration}.",
        who=Owner.TENANT_ADMIN,
    )


def _credential(facts: ChecklistFacts) -> ChecklistStep:
    profile, seen = facts.profile, facts.token_seen
    if profile is None:
        return _step("credential", StepState.OPEN, why="A credential belongs to a profile, which comes first.")
    if seen is not None and seen.cause is not None and seen.refused_credential:
        return _failed("credential", seen, seen.cause)
    if profile.credential.kind is CredentialKind.NONE:
        return _without_credential(profile, seen)
    if problem := _stored_problem(facts, profile):
        return problem
    kept = StepEvidence(_kept_words(profile), time=profile.credential.set_at)
    if seen is not None and seen.has_token:
        return _step("credential", StepState.DONE, kept, seen.shown("The provider accepted it"))
    if profile.credential.kind is not CredentialKind.SECRET:
        why = "Whether it is registered shows when a token is asked for."
    else:
        why = "A secret does not tell until when it is valid; that shows when a token is asked for."
    return _step("credential", StepState.DONE, kept, why=why)


def _without_credential(profile: Profile, seen: SeenAttempt | None) -> ChecklistStep:
    if seen is not None and seen.has_token:
        return _step("credential", StepState.DONE, seen.shown("The provider gave a token without a credential"))
    if not lacks_credential(profile, profile.credential.kind):
        return _step("credential", StepState.DONE, why="A public client has none: it proves itself by PKCE alone.")
    why = "Nothing is stored that proves the client to the provider."
    return _step("credential", StepState.OPEN, why=why, do=how_to_enter(profile))


def _stored_problem(facts: ChecklistFacts, profile: Profile) -> ChecklistStep | None:
    """What is wrong with the credential by itself; None when nothing is."""
    kept = profile.credential
    evidence = StepEvidence(_kept_words(profile), time=kept.set_at)
    if facts.credential_problem:
        do = "Enter the credential again, or have the console's encryption keys restored."
        return _step("credential", StepState.FAILED, evidence, why=facts.credential_problem, do=do)
    if not facts.is_bound_here:
        why = "The credential was entered for another destination, so it is not sent."
        return _step("credential", StepState.FAILED, evidence, why=why, do="Enter the credential again.")
    if kept.certificate is None:
        return None
    dated = (
        one
        for one in certificate.check(kept.certificate, facts.now, provider_of(profile.provider))
        if one.status is Status.FAIL
    )
    finding = next(dated, None)
    return _failed_finding("credential", finding, evidence) if finding else None


def _kept_words(profile: Profile) -> str:
    kept = profile.credential
    if kept.certificate is not None:
        return f"A certificate is stored, valid until {utc(kept.certificate.not_after)}"
    return f"A {kept.kind.words} is stored"


def _permission(facts: ChecklistFacts) -> ChecklistStep:
    for seen in (facts.token_seen, facts.call_seen):
        if seen is not None and seen.cause is not None and seen.cause.cause in PERMISSION_CAUSES:
            return _failed("permission", seen, seen.cause)
    granted = _granted(facts)
    if granted is not None:
        return granted
    why = "The console cannot read what the provider has granted; it shows only in a token, as roles or scopes."
    do = "Get a token, or ask whether the permission was granted."
    if facts.token_seen is not None and facts.token_seen.has_token:
        why = "The token names no role and no scope, and the API does not say which it asks for."
        do = "Ask the API's owner which permission the client needs."
        return _unknown("permission", why=why, do=do, who=Owner.API_OWNER)
    return _unknown("permission", why=why, do=do, who=Owner.TENANT_ADMIN)


def _granted(facts: ChecklistFacts) -> ChecklistStep | None:
    """What a token says about permissions; None when it says nothing or there is none."""
    findings, evidence = _judged(facts)
    if evidence is None:
        return None
    about = [finding for finding in findings if finding.check in ("roles", "scopes")]
    if failure := first_failure(about):
        return _failed_finding("permission", failure, evidence)
    if passed := next((finding for finding in about if finding.status is Status.PASS), None):
        shown = replace(evidence, text=passed.what, finding=passed.check)
        return _step("permission", StepState.DONE, shown)
    seen = facts.token_seen
    if seen is not None and (names := seen.permissions):
        return _step("permission", StepState.DONE, seen.shown(f"The token carries {', '.join(names)}"))
    return None


def _judged(facts: ChecklistFacts) -> tuple[tuple[Finding, ...], StepEvidence | None]:
    """The findings about the newest token, and what they rest on."""
    seen, stored = facts.token_seen, facts.stored_token
    if stored is not None and (seen is None or seen.has_token):
        attempt_id = seen.attempt_id if seen is not None else ""
        return stored.findings, StepEvidence("The stored token", attempt_id, stored.obtained_at)
    if seen is not None and seen.has_token and facts.api is not None:
        return seen.findings(facts.api.expectation), seen.shown("The token of that attempt")
    return (), None


def _token(facts: ChecklistFacts) -> ChecklistStep:
    seen, stored = facts.token_seen, facts.stored_token
    if seen is not None and not seen.has_token:
        if seen.cause is not None:
            return _failed("token", seen, seen.cause)
        why = "The answer does not decide why; the attempt's page shows it whole."
        return _step("token", StepState.FAILED, seen.shown("No token came"), why=why, do="Open the attempt.")
    if stored is not None:
        until = f", valid until {utc(stored.expires_at)}" if stored.expires_at is not None else ""
        attempt_id = seen.attempt_id if seen is not None else ""
        return _step("token", StepState.DONE, StepEvidence(f"A token is stored{until}", attempt_id, stored.obtained_at))
    if seen is not None:
        why = "It is not stored any more or has expired; the next call gets a new one."
        return _step("token", StepState.DONE, seen.shown("A token was obtained"), why=why)
    why = "No token has been asked for with these settings."
    return _step("token", StepState.OPEN, why=why, do="Get a token." if facts.profile else "")


def _accepted(facts: ChecklistFacts) -> ChecklistStep:
    if facts.api is None:
        return _step("accepted", StepState.OPEN, why="Without an API there is nothing that could accept a token.")
    call = facts.call_seen
    findings, evidence = _judged(facts)
    failure = first_failure(_accepting(findings))
    if evidence is not None and failure is not None and (call is None or (evidence.time or 0) > call.at):
        return _failed_finding("accepted", failure, evidence)
    if call is not None:
        return _accepted_by_call(call)
    if evidence is None:
        return _step("accepted", StepState.OPEN, why=_ONLY_A_CALL, do="Get a token, then send a call.")
    shown = replace(evidence, text="No check of this console on audience, client and role fails")
    return _step("accepted", StepState.OPEN, shown, why=_ONLY_A_CALL, do="Send a call.")


def _accepting(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.check in _ACCEPTING]


def _accepted_by_call(call: SeenAttempt) -> ChecklistStep:
    if call.cause is not None and call.is_about_token:
        return _failed("accepted", call, call.cause)
    evidence = call.shown(f"The call {call.ended}")
    if call.was_let_in:
        return _step("accepted", StepState.DONE, evidence)
    if call.cause is None and call.status in (401, 403):
        why = "The answer refuses the call without a reason that is known here."
        return _step("accepted", StepState.FAILED, evidence, why=why, do=_ASK_FOR_TRACE)
    return _unknown(
        "accepted",
        why=f"The call {call.ended}, which does not show whether the token was accepted.",
        do="Mend the call first; the trace of the gateway shows what it decided.",
        who=Owner.API_OWNER,
        evidence=(evidence,),
    )


def _call(facts: ChecklistFacts) -> ChecklistStep:
    seen = facts.call_seen
    if seen is None:
        why = "No call has been sent to this API with this profile."
        return _step("call", StepState.OPEN, why=why, do="Send a call.")
    if seen.is_answered_well:
        return _step("call", StepState.DONE, seen.shown(f"The call {seen.ended}"))
    if seen.cause is not None:
        return _failed("call", seen, seen.cause)
    why = "Nothing in the answer names the cause; the attempt's page shows it whole."
    return _step("call", StepState.FAILED, seen.shown(f"The call {seen.ended}"), why=why, do="Open the attempt.")


_ONLY_A_CALL = "Only an answer of the API shows that it accepts the token."
_ASK_FOR_TRACE = "Open the attempt, and ask the API's owner for the gateway's trace of that time."
_ACCEPTING = frozenset(check.code for check in CHECKS if check.is_for_api)
TITLES = {
    "api": ("API registered", LinkKind.API),
    "client": ("Client registered", LinkKind.PROFILE),
    "credential": ("Credential stored", LinkKind.CREDENTIAL),
    "permission": ("Permission granted and consented", LinkKind.TOKEN),
    "token": ("Token obtained", LinkKind.TOKEN),
    "accepted": ("Audience, client and role accepted", LinkKind.CALL),
    "call": ("Call answered", LinkKind.CALL),
}
_STEPS: tuple[Callable[[ChecklistFacts], ChecklistStep], ...] = (
    _api, _client, _credential, _permission, _token, _accepted, _call,
)  # fmt: skip

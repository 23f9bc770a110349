"""The stages of a preflight that come before any token: names, connections, certificates, metadata, keys, clocks."""

from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime

from console.adapters import discovery
from console.adapters.reaching import Depth
from console.adapters.senders.authority import disbelief
from console.core.destination import origin
from console.core.exchange import Exchange
from console.core.http.reached import ReachedPlace
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.preflight import clock, keys, metadata, names, tcp, tls
from console.core.preflight.base import StageResult, StageStatus
from console.core.preflight.clock import SeenClock
from console.core.preflight.explained import explained
from console.core.preflight.keys import FetchedKeySet, SeenKeys
from console.core.preflight.metadata import SeenDocument, SeenMetadata
from console.core.preflight.reached import SeenPlaces
from console.core.preflight.seen_evidence import of_metadata, of_place, of_sentence
from console.core.providers import provider_of
from console.core.redaction.redact import redact_exchange
from console.services import keys as signing_keys
from console.services import profiles
from console.services.opening import OpenProfile
from console.services.preflight_stage import MadeStage, StageTask

PROVIDER, API = "provider", "API"
_AHEAD, _AHEAD_OF, _LOST = "ahead_s", "ahead_of", "metadata_lost"


def look_names(task: StageTask) -> MadeStage:
    return _reached(task, Depth.NAME, names.STAGE.judge)


def look_tcp(task: StageTask) -> MadeStage:
    return _reached(task, Depth.CONNECTION, tcp.STAGE.judge)


def look_tls(task: StageTask) -> MadeStage:
    return _reached(task, Depth.TLS, tls.STAGE.judge)


def look_metadata(task: StageTask) -> MadeStage:
    """Each document is fetched once; the Date of the first answer is kept for the clock."""
    place, profile = profiles.place_of(task.opened.own, task.opened.profile), task.opened.profile
    documents: list[SeenDocument] = []
    steps: list[Exchange] = []
    for purpose, url in _metadata_urls(task.opened):
        fetched = discovery.fetch_metadata(url, task.transport)
        steps.append(fetched.exchange)
        seen = SeenDocument(purpose, url, fetched.problem)
        documents.append(_with_members(seen, fetched.value, place, task.opened) if fetched.value else seen)
        if documents[-1].problem or documents[-1].disbelief:
            break
    result = metadata.STAGE.judge(SeenMetadata(tuple(documents)))
    evidence = of_metadata(profile, documents[-1].url, now=task.now) if documents else None
    clean = tuple(redact_exchange(one, public=profile.public_texts) for one in steps)
    lost = {_LOST: "yes"} if result.status is StageStatus.FAIL else {}
    return MadeStage(explained(result, evidence, takes_advice=False), clean, {**_clock_of(steps), **lost})


def look_keys(task: StageTask) -> MadeStage:
    """The keys are fetched anew, and kept for whoever verifies a token next."""
    if task.kept.get(_LOST):
        return MadeStage(keys.STAGE.judge(SeenKeys(is_lost=True)))
    sets: list[FetchedKeySet] = []
    for purpose, url in _metadata_urls(task.opened):
        found = signing_keys.refresh(url, transport=task.transport, now=task.now)
        sets.append(FetchedKeySet(purpose, found.source, found.keyset, found.problem))
    result = keys.STAGE.judge(SeenKeys(tuple(sets)))
    source = next((one.source for one in sets if one.keyset is None), sets[-1].source if sets else "")
    evidence = of_metadata(task.opened.profile, source, now=task.now)
    return MadeStage(explained(result, evidence, takes_advice=False))


def look_clock(task: StageTask) -> MadeStage:
    ahead = task.kept.get(_AHEAD)
    seen = SeenClock(task.kept.get(_AHEAD_OF, ""), int(ahead) if ahead is not None else None)
    result = clock.STAGE.judge(seen)
    return MadeStage(explained(result, of_sentence(task.opened.profile, result.what, now=task.now)))


def _reached(task: StageTask, depth: Depth, judge: Callable[[SeenPlaces], StageResult]) -> MadeStage:
    """Looks at each place, up to the first that cannot be reached."""
    places: list[ReachedPlace] = []
    profile, failed_at = task.opened.profile, ("", "")
    for purpose, url in _places(task.opened):
        places.append(replace(task.transport.reach(url, depth), purpose=purpose))
        if places[-1].failure is not None:
            failed_at = (purpose, url)
            break
    result = judge(SeenPlaces(tuple(places), task.now))
    failure = places[-1].failure if places else None
    if failure is None:
        return MadeStage(result)
    purpose, url = failed_at
    is_of_provider = purpose != API
    return MadeStage(explained(result, of_place(profile, url, failure, is_of_provider=is_of_provider, now=task.now)))


def _places(opened: OpenProfile) -> list[tuple[str, str]]:
    """What each place is for, with an address there: each origin once."""
    place, api = profiles.place_of(opened.own, opened.profile), opened.api
    wanted = [
        (PROVIDER, place.token_endpoint),
        (f"metadata of the {PROVIDER}", place.metadata_url),
        (API, api.base_url if api else ""),
        (f"issuer that the {API} names", api.metadata_url if api else ""),
    ]
    found: dict[str, tuple[str, str]] = {}
    for purpose, url in wanted:
        if url:
            found.setdefault(origin(url), (purpose, url))
    return list(found.values())


def _metadata_urls(opened: OpenProfile) -> list[tuple[str, str]]:
    place, api = profiles.place_of(opened.own, opened.profile), opened.api
    wanted = {place.metadata_url: PROVIDER, **({api.metadata_url: f"{API}'s issuer"} if api else {})}
    if place.metadata_url:
        wanted[place.metadata_url] = PROVIDER
    return [(purpose, url) for url, purpose in wanted.items() if url]


def _with_members(seen: SeenDocument, found: Metadata, place: Place, opened: OpenProfile) -> SeenDocument:
    """What a document says; that of the profile's own provider must be believed before a credential follows it."""
    told = replace(seen, issuer=found.issuer, token_endpoint=found.token_endpoint, jwks_uri=found.jwks_uri)
    if seen.purpose != PROVIDER:
        return told
    doubt = disbelief(found, place, provider_of(opened.profile.provider).believes)
    return replace(told, disbelief=doubt.detail if doubt is not None else "")


def _clock_of(steps: list[Exchange]) -> dict[str, str]:
    """How far the clock of the first that told its Date is ahead, in whole seconds; {} where none did."""
    for one in steps:
        date = one.response.header("Date") if one.response is not None else None
        if not date:
            continue
        try:
            there = parsedate_to_datetime(date).timestamp()
        except (ValueError, TypeError, OverflowError):
            continue
        # The answer was written somewhere between the two moments, and a Date has no fractions of a second.
        earliest, latest = one.started_at - 1, one.started_at + one.elapsed_ms / 1000
        ahead = there - latest if there > latest else there - earliest if there < earliest else 0
        return {_AHEAD: str(round(ahead)), _AHEAD_OF: origin(one.request.url).partition("://")[2]}
    return {}

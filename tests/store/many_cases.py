"""Rows of many cases, written at once: what the queue is like after years, for plans and for the bench."""

import json
import uuid

from console.core.cases.alike import alike_key
from console.core.cases.state import CaseState
from console.models import Api, Case, CaseNews, CaseSequence, CaseTerm, Profile
from console.store.cases import SEQUENCE

DAY_S = 86_400
APIS, PROFILES = 40, 200
CAUSES = ("audience-format-mismatch", "token-expired", "app-permission-not-granted", "client-secret-expired", "")
STATES = tuple(CaseState)
BATCH = 1_000
EVIDENCE = json.dumps({"request": {"method": "GET", "url": "https://api.example/orders"}, "pasted": "x" * 2_000})


def add(first, last, *, owners, assignee, reader, now):
    """Cases with the numbers from `first` to before `last`: five in seven are open, and one in five hundred has a rare
    word. Twenty are of the first owner, however many there are.
    """
    if first == 1:
        _add_apis_and_profiles(owners[0], now)
    for start in range(first, last, BATCH):
        cases = [_case(number, owners, assignee, now) for number in range(start, min(start + BATCH, last))]
        Case.objects.bulk_create(cases)
        CaseTerm.objects.bulk_create([CaseTerm(case=case, term=term) for case in cases for term in _terms(case)])
        CaseNews.objects.bulk_create(
            [CaseNews(case=case, reader_id=reader, kind="new") for case in cases if case.number % 3 == 0]
        )
    CaseSequence.objects.update_or_create(pk=SEQUENCE, defaults={"last": last - 1})


def api_id(number):
    return uuid.UUID(int=10**9 + number)


def profile_id(number):
    return uuid.UUID(int=2 * 10**9 + number)


def _add_apis_and_profiles(owner, now):
    common = {"owner_id": owner, "created_at": now, "changed_at": now}
    Api.objects.bulk_create(
        Api(id=api_id(number), name=f"Api {number}", base_url="https://api.example", **common) for number in range(APIS)
    )
    Profile.objects.bulk_create(
        Profile(id=profile_id(number), name=f"Profile {number}", provider="entra", grant="client_credentials", **common)
        for number in range(PROFILES)
    )


def _case(number, owners, assignee, now):
    state, cause = STATES[number % len(STATES)], CAUSES[number % len(CAUSES)]
    api, profile = number % APIS, number % PROFILES
    return Case(
        id=uuid.UUID(int=number),
        number=number,
        owner_id=owners[0] if number % 50 == 0 and number <= 1_000 else owners[1 + number % (len(owners) - 1)],
        assignee_id=assignee if number % 4 == 0 else None,
        state=state.value,
        is_open=state.is_open,
        api_id=api_id(api),
        api_name=json.dumps(f"Api {api}"),
        profile_id=profile_id(profile),
        profile_name=json.dumps(f"Profile {profile}"),
        cause=cause,
        status=401,
        alike=alike_key(cause, api_id=str(api_id(api)), api_name=""),
        created_at=now - number * 7,
        changed_at=now - (number * 7_919) % (90 * DAY_S),
        expires_at=now + 90 * DAY_S,
        title=json.dumps(f"401 {cause}"),
        note='""',
        evidence=EVIDENCE,
        exchanges="[]",
    )


def _terms(case):
    number = case.number
    words = ["401", *(case.cause or "").split("-"), "api", str(number % APIS), "profile", f"request{number}"]
    return dict.fromkeys(["ina", "example", *words, *(["rare"] if number % 500 == 0 else [])])

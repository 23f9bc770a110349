"""The reference holds every entry of every catalogue, with nothing empty, and names only what is there."""

import pytest

from console.core.checks import CHECKS
from console.core.client_auth import CLIENT_AUTHS
from console.core.diagnosis import CAUSES
from console.core.diagnosis.codes import CODES
from console.core.diagnosis.messages.families import FAMILIES
from console.core.diagnosis.refine import rule_of_code
from console.core.grants import GRANTS
from console.core.oauth.parameters import PARAMETERS
from console.core.policy.engine.switches import SWITCHES
from console.core.policy.lint import EXPLAINED
from console.core.policy.policies import POLICIES
from console.core.providers import PROVIDERS
from console.core.reference.catalogue import Reference, of_the_core
from console.core.reference.codes import meanings
from console.core.reference.entry import EntryKind, slug_of
from console.core.tokens.catalogues import CATALOGUES, HEADER

WHOLE = Reference(of_the_core())
NAMES = {
    EntryKind.CAUSES: [cause.slug for cause in CAUSES],
    EntryKind.CHECKS: [check.code for check in CHECKS],
    EntryKind.GRANTS: [grant.code for grant in GRANTS],
    EntryKind.CLIENT_AUTHENTICATION: [auth.code for auth in CLIENT_AUTHS],
    EntryKind.PROVIDERS: [provider.code for provider in PROVIDERS],
    EntryKind.PARAMETERS: [parameter.name for parameter in PARAMETERS],
    EntryKind.POLICIES: [policy.name for policy in POLICIES],
    EntryKind.WARNINGS: list(EXPLAINED),
    EntryKind.READINGS: [switch.name for switch in SWITCHES],
    EntryKind.CLAIMS: [claim.name for one in (*CATALOGUES, HEADER.provider) for claim in one.claims],
}


@pytest.mark.parametrize("kind", NAMES)
def test_each_entry_of_a_catalogue_has_one_at_its_own_name(kind):
    assert {name for name in NAMES[kind] if WHOLE.entry(kind, slug_of(name)) is None} == set()


def test_each_code_has_one():
    assert [row.code for row in CODES if WHOLE.entry(EntryKind.CODES, f"AADSTS{row.code}") is None] == []
    meanings = {entry.title for entry in WHOLE.by_kind[EntryKind.CODES].values()}
    assert {row.meaning for provider in PROVIDERS for row in provider.errors} <= meanings


def test_each_message_stands_on_a_page_of_its_family():
    texts = {
        (entry.group, line.text)
        for entry in WHOLE.by_kind[EntryKind.MESSAGES].values()
        for line in entry.facts[0].lines
    }
    assert {(family.name, one.template) for family in FAMILIES for one in family.messages} <= texts


def test_no_two_entries_share_an_address():
    assert len(of_the_core()) == len(WHOLE.entries)
    loosely = [(entry.kind, entry.slug.lower()) for entry in WHOLE.entries]
    assert len(set(loosely)) == len(loosely)


def test_what_an_entry_names_is_there():
    lost = [
        (entry.slug, related)
        for entry in WHOLE.entries
        for related in entry.related
        if WHOLE.entry(related.kind, related.slug) is None
    ]
    assert lost == []


def test_no_entry_says_nothing():
    for entry in WHOLE.entries:
        assert entry.title.strip(), entry.slug
        assert entry.facts, entry.slug
        assert all(fact.label and fact.lines and all(line.text.strip() for line in fact.lines) for fact in entry.facts)
        assert all(source.strip() for source in entry.sources), entry.slug


def test_every_cause_says_what_it_covers_what_to_do_and_who():
    for entry in WHOLE.by_kind[EntryKind.CAUSES].values():
        assert {"Covers", "What to do", "Who", "Where it fails"} <= {fact.label for fact in entry.facts}, entry.slug


def test_every_check_says_when_it_passes_and_which_causes_it_fails_for():
    for entry in WHOLE.by_kind[EntryKind.CHECKS].values():
        assert {"Passes when", "Why it exists"} <= {fact.label for fact in entry.facts}, entry.slug
    links = WHOLE.links(WHOLE.entry(EntryKind.CHECKS, "expiry"))
    assert [link.entry.slug for link in links[EntryKind.CAUSES]] == ["token-expired"]


def test_every_check_and_every_grant_names_its_source():
    of_these = (
        EntryKind.CHECKS,
        EntryKind.GRANTS,
        EntryKind.CLIENT_AUTHENTICATION,
        EntryKind.PARAMETERS,
        EntryKind.POLICIES,
    )
    assert [entry.slug for kind in of_these for entry in WHOLE.by_kind[kind].values() if not entry.sources] == []


def test_a_cause_is_shown_with_all_that_tells_it():
    links = WHOLE.links(WHOLE.entry(EntryKind.CAUSES, "audience-other-api"))
    assert [link.entry.slug for link in links[EntryKind.CHECKS]] == ["audience"]
    assert {"keycloak", "okta"} <= {link.entry.slug for link in links[EntryKind.PROVIDERS]}
    assert all(link.how for link in links[EntryKind.PROVIDERS])
    assert "IDX10214" in {link.entry.slug for link in links[EntryKind.MESSAGES]}
    assert "audience-format-mismatch" in {link.entry.slug for link in links[EntryKind.CAUSES]}


def test_a_code_leads_to_its_cause_and_back():
    code = WHOLE.entry(EntryKind.CODES, "AADSTS50011")
    assert [link.entry.slug for link in WHOLE.links(code)[EntryKind.CAUSES]] == ["redirect-uri-mismatch"]
    back = WHOLE.links(WHOLE.entry(EntryKind.CAUSES, "redirect-uri-mismatch"))[EntryKind.CODES]
    assert "AADSTS50011" in {link.entry.slug for link in back}


def test_the_addresses_of_a_provider_are_whole():
    for entry in WHOLE.by_kind[EntryKind.PROVIDERS].values():
        addresses = {
            line.note: line.text for line in next(one.lines for one in entry.facts if one.label == "Addresses")
        }
        assert {"Issuer", "Metadata", "Token", "Keys"} <= addresses.keys(), entry.slug
        assert all(text.count("{") == text.count("}") for text in addresses.values()), entry.slug
        assert all(text.startswith(("https://", "{")) for text in addresses.values()), entry.slug


def test_a_number_that_can_stand_for_several_causes_names_them_all():
    code = WHOLE.entry(EntryKind.CODES, "AADSTS7000215")
    causes = {link.entry.slug: link.how for link in WHOLE.links(code)[EntryKind.CAUSES]}
    assert {"client-secret-invalid", "client-secret-id-used", "client-secret-encoding"} <= causes.keys()
    assert set(causes.values()) == {"may mean it"}
    assert next(iter(causes)) == "client-secret-invalid"
    assert "Which cause" in {fact.label for fact in code.facts}
    assert "Which cause" not in {fact.label for fact in WHOLE.entry(EntryKind.CODES, "AADSTS7000222").facts}


def test_every_cause_that_a_rule_can_answer_is_read_off_it():
    known = {cause.slug for cause in CAUSES}
    for row in CODES:
        rule = rule_of_code(row.code)
        if rule is not None:
            assert set(meanings(rule)) <= known
            assert meanings(rule), row.code


def test_a_command_is_a_suggestion_of_its_provider():
    entry = WHOLE.entry(EntryKind.CAUSES, "app-permission-not-granted")
    commands = next(fact for fact in entry.facts if fact.label == "Suggested commands")
    assert {line.note.partition(";")[0] for line in commands.lines} >= {"Microsoft Entra ID", "Keycloak"}
    assert all("check it before you run it" in line.note for line in commands.lines)


def test_what_nobody_confirmed_is_marked():
    unread = [family for family in FAMILIES if any("not re-read" in one.source for one in family.messages)]
    marked = {entry.group for entry in WHOLE.by_kind[EntryKind.MESSAGES].values() if not entry.is_confirmed}
    assert {family.name for family in unread} == marked
    assert not any(entry.is_confirmed for entry in WHOLE.by_kind[EntryKind.READINGS].values())
    assert "not re-read" not in " ".join(source for entry in WHOLE.entries for source in entry.sources)


def test_a_name_is_found_in_whatever_letter_case():
    assert WHOLE.entry(EntryKind.CODES, "aadsts50011").slug == "AADSTS50011"
    assert WHOLE.entry(EntryKind.CODES, "AADSTS1") is None

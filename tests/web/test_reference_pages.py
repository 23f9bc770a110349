"""The reference: a page for every entry, found by what the world calls it, open to all who sign in.

What is searched for stands in no address, and what may be secret is not written back.
"""

import gzip

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from console.core.actor import Role
from console.core.checks import CHECKS
from console.core.diagnosis import CAUSES
from console.core.policy.lint import EXPLAINED
from console.core.reference.entry import EntryKind
from console.sandbox.faults import FAULTS
from console.services import reference
from console.web.present.reference import cause_url, check_url, code_links, entry_view, reference_url
from tests.services.builders import person
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 60_000  # of a page, compressed
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly94In0.c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro"
LARGEST = ("causes/audience-other-api", "providers/entra", "causes/token-malformed", "messages/IDX10205")
OF_EACH_KIND = {
    EntryKind.MESSAGES: 40,
    EntryKind.CODES: 20,
    EntryKind.CLAIMS: 8,
    EntryKind.CAUSES: 6,
    EntryKind.WARNINGS: 6,
    EntryKind.POLICIES: 6,
}


@pytest.fixture
def client():
    return signed_in(person())


def page_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(gzip.compress(answer.content)) <= MOST_BYTES
    return LexborHTMLParser(answer.content.decode())


def rows(answer):
    return [one.attributes["href"] for one in LexborHTMLParser(answer.content.decode()).css("#found table a")]


def test_the_page_of_every_entry_has_a_title_and_no_empty_part():
    catalogue = reference.catalogue()
    for entry in catalogue.entries:
        view = entry_view(entry, catalogue.links(entry))
        assert view["heading"].strip(), entry.slug
        assert view["facts"] or view["summary"] or view["links"], entry.slug
        assert all(line.text.strip() for fact in view["facts"] for line in fact.lines), entry.slug
        for links in view["links"]:
            assert links["title"]
            assert links["table"]["rows"]
            assert all(row["label"].strip() and row["url"] for row in links["table"]["rows"]), entry.slug
            assert links["more"] is None or links["more"]["rows"]


def test_entries_answer_at_their_addresses(client):
    """Some of each kind, for all are made alike; what differs between them is looked at above."""
    for kind, entries in reference.catalogue().by_kind.items():
        for entry in list(entries.values())[:: OF_EACH_KIND.get(kind, 3)]:
            tree = page_of(client, reference_url(kind, entry.slug))
            assert entry.title in tree.css_first("h1").text()
            assert all(one.text().strip() for one in tree.css("main h1, main h2, main dt, main dd, main th"))


@pytest.mark.parametrize("path", LARGEST)
def test_the_largest_pages_stay_small(client, path):
    page_of(client, f"/reference/{path}/")


def test_lists_lead_page_by_page_to_every_entry(client):
    for kind, entries in reference.catalogue().by_kind.items():
        seen, url = [], f"/reference/{kind}/"
        while url:
            tree = page_of(client, url)
            seen += [one.attributes["href"] for one in tree.css("main table a")]
            later = tree.css_first("#later")
            url = f"/reference/{kind}/{later.attributes['href']}" if later else ""
        assert sorted(seen) == sorted(reference_url(kind, slug) for slug in entries)


def test_a_list_shows_one_group_and_the_page_before(client):
    tree = page_of(client, "/reference/messages/?group=PyJWT")
    assert [one.text() for one in tree.css("main h2")] == ["PyJWT"]
    later = page_of(client, "/reference/codes/").css_first("#later").attributes["href"]
    tree = page_of(client, f"/reference/codes/{later}")
    assert tree.css_first("#earlier") is not None
    assert page_of(client, "/reference/codes/?group=nobody&from=nothing").css_first("#earlier") is None


def test_every_finding_cause_and_warning_leads_to_a_page(client):
    catalogue = reference.catalogue()
    for url in (
        *(cause_url(cause.slug) for cause in CAUSES),
        *(check_url(check.code) for check in CHECKS),
        *(reference_url(EntryKind.WARNINGS, code) for code in EXPLAINED),
    ):
        _, _, kind, slug, _ = url.split("/")
        assert catalogue.entry(EntryKind(kind), slug) is not None, url
    assert cause_url("a-cause-of-an-older-version") == ""
    assert check_url("key_of_a_document") == ""


def test_codes_in_the_facts_of_a_cause_lead_to_their_pages():
    facts = ("AADSTS700016", "The token endpoint answered MP-110.", "IDX10214: Audience", "AADSTS1", "AADSTS700016")
    assert [(one["name"], one["url"]) for one in code_links(facts)] == [
        ("AADSTS700016", "/reference/codes/AADSTS700016/"),
        ("MP-110", "/reference/codes/MP-110/"),
        ("MP-110", "/reference/messages/MP-110/"),
        ("IDX10214", "/reference/messages/IDX10214/"),
    ]


def test_findings_and_causes_on_a_page_link_to_the_reference(client):
    page = client.post("/inspect/", {"text": "AADSTS7000222: The provided client secret keys are expired."})
    assert '<a class="chip code" href="/reference/causes/client-secret-expired/">' in page.content.decode()
    assert '<a class="chip code" href="/reference/codes/AADSTS7000222/">' in page.content.decode()
    page = client.post("/inspect/", {"text": JWT})
    assert '<a class="chip code" href="/reference/checks/audience/">' in page.content.decode()


def test_another_letter_case_leads_to_the_address_and_nothing_else_does(client):
    assert client.get("/reference/codes/aadsts700016/").headers["Location"] == "/reference/codes/AADSTS700016/"
    for path in ("codes/AADSTS1/", "causes/nothing/", "nothing/", "nothing/at-all/"):
        assert client.get(f"/reference/{path}").status_code == 404


@pytest.mark.parametrize("options", [{}, HTMX])
def test_a_search_is_posted_and_leaves_nothing_in_an_address(client, options):
    answer = client.post("/reference/", {"text": "AADSTS7000222: The secret is expired."}, **options)
    assert answer.status_code == 200
    assert rows(answer)[0] == "/reference/codes/AADSTS7000222/"
    assert "?" not in "".join(rows(answer))
    page = LexborHTMLParser(client.get("/reference/?text=AADSTS7000222").content.decode())
    assert page.css_first("#search-form").attributes["method"] == "post"
    assert page.css("#found table") == []


def test_what_was_typed_stands_in_the_field_again_unless_it_may_be_secret(client):
    field = "#id_text"
    page = LexborHTMLParser(client.post("/reference/", {"text": "token <b> expired"}).content.decode())
    assert page.css_first(field).text() == "token <b> expired"
    for secret in (f"Authorization: Bearer {JWT}", JWT, "client_secret=abc8Q~0123456789abcdefghijklmnopqrstuvwxyz"):
        answer = client.post("/reference/", {"text": f"IDX10214 {secret}"}).content.decode()
        assert LexborHTMLParser(answer).css_first(field).text() == ""
        assert secret[-30:] not in answer
        assert "held a token or a secret" in answer


def test_nothing_found_says_how_to_go_on(client):
    assert "Nothing fits" in client.post("/reference/", {"text": "zzzzqqqq"}).content.decode()
    assert "Nothing fits" not in client.post("/reference/", {"text": "  "}).content.decode()
    assert client.post("/reference/", {"text": "a" * 300_000}).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_signed_in_may_read_and_nobody_else(role):
    reader = signed_in(person(f"{role}@example.com", role))
    assert '<a href="/reference/"' in reader.get("/reference/causes/").content.decode()
    assert reader.get("/reference/causes/token-expired/").status_code == 200
    assert Client().get("/reference/").headers["Location"].startswith("/accounts/login/")


def test_without_a_sandbox_its_faults_are_not_named(client, settings):
    fault = FAULTS[0]
    assert client.get(f"/reference/sandbox-faults/{fault.code}/").status_code == 200
    settings.CONSOLE_SANDBOX = False
    assert client.get(f"/reference/sandbox-faults/{fault.code}/").status_code == 404
    assert client.get("/reference/sandbox-faults/").status_code == 404
    assert "Sandbox faults" not in client.get("/reference/").content.decode()
    assert "Sandbox faults" not in client.get(f"/reference/causes/{fault.cause}/").content.decode()
    assert "sandbox-faults" not in client.post("/reference/", {"text": fault.code}).content.decode()

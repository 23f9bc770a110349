"""What a document says of its API, each value with where it stands; nothing that could not be called or sent."""

import pytest

from console.core.openapi.kept import DocumentFacts
from console.core.openapi.model import DocumentOperation, SecurityRequirement, SecurityScheme
from console.core.openapi.proposal import DocumentProposal, ReadValue, proposal_of

ID = "6b2f7f4e-0f0f-4c8e-9f0e-3d8f9a1b2c3d"


def needing(path, *scopes, roles=()):
    return DocumentOperation("GET", path, needs=(SecurityRequirement(("x",), scopes, roles),))


def test_a_document_that_says_nothing_proposes_nothing():
    assert proposal_of(DocumentFacts(), ()) == DocumentProposal()
    assert proposal_of(DocumentFacts(), [needing("/a", "openid", "profile")]) == DocumentProposal()


def test_each_value_has_its_place():
    facts = DocumentFacts(
        servers=("https://api.example/v1/", "https://test.example/v1"),
        schemes=(
            SecurityScheme("query", "apiKey", "query key"),
            SecurityScheme("key", "apiKey", "header X-Gateway-Key"),
            SecurityScheme("oidc", "openIdConnect", "https://idp.example/.well-known/openid-configuration"),
        ),
    )
    operations = [
        needing("/orders", f"api://{ID}/Orders.Read", "openid"),
        needing("/orders/{id}", f"api://{ID}/Orders.Read", f"api://{ID}/.default"),
        needing("/reports", "Reports.Read", roles=("Reports.All",)),
    ]
    assert proposal_of(facts, operations) == DocumentProposal(
        base_url=ReadValue(("https://api.example/v1", "https://test.example/v1"), "servers of the document"),
        key_header=ReadValue(("X-Gateway-Key",), "the security scheme key"),
        metadata_url=ReadValue(("https://idp.example/.well-known/openid-configuration",), "the security scheme oidc"),
        audiences=ReadValue((f"api://{ID}", ID), f"the scope api://{ID}/Orders.Read"),
        scopes=ReadValue(("Orders.Read", "Reports.Read"), "GET /orders and 2 more operations"),
        roles=ReadValue(("Reports.All",), "GET /reports"),
    )


ODD = ["/v1", "https://{tenant}.example", "https://a:b@x.example", "ftp://x", "https://", "https://[x", "https://x y",
       "https://x/?a=1", "https://x/" + "a" * 600, "javascript:alert(1)"]  # fmt: skip


@pytest.mark.parametrize("server", ODD, ids=range(len(ODD)))
def test_an_address_that_cannot_be_called_is_not_proposed(server):
    assert proposal_of(DocumentFacts(servers=(server,)), ()).base_url is None


def test_a_header_that_no_key_goes_into_and_scopes_without_end_are_left_out():
    scheme = SecurityScheme("key", "apiKey", "header Authorization")
    found = proposal_of(DocumentFacts(schemes=(scheme,)), [needing("/a", *(f"S{n}" for n in range(100)))])
    assert found.key_header is None
    assert len(found.scopes.values) == 40

"""Metadata: usable, unreadable, of another issuer, none."""

from console.core.preflight.base import StageStatus
from console.core.preflight.metadata import STAGE, SeenDocument, SeenMetadata
from tests.core.preflight.support import labels, told

URL = "https://login.example/.well-known/openid-configuration"
GOOD = SeenDocument("provider", URL, issuer="https://login.example", jwks_uri="https://login.example/keys")


def test_a_document_that_can_be_used_is_told_with_what_it_names():
    result = STAGE.judge(SeenMetadata((GOOD,)))
    assert (result.status, result.what) == (StageStatus.OK, "The metadata is there and speaks for its issuer.")
    assert labels(result)["provider, issuer"] == "https://login.example"


def test_a_document_that_cannot_be_read_fails():
    problem = "No discovery document here: the answer is a web page."
    result = STAGE.judge(SeenMetadata((GOOD, SeenDocument("API's issuer", URL, problem))))
    assert result.status is StageStatus.FAIL
    assert not STAGE.is_needed_by_rest
    assert told(result) == (
        "The metadata of the API's issuer cannot be read.",
        problem,
        f"Open {URL} in a browser: it must answer with a JSON document. Else correct the address.",
    )


def test_a_document_of_another_issuer_is_not_believed():
    result = STAGE.judge(SeenMetadata((SeenDocument("provider", URL, disbelief="It speaks for another issuer."),)))
    assert (result.status, result.what) == (StageStatus.FAIL, "The metadata of the provider cannot be believed.")
    assert result.do.startswith("Compare the issuer in the document")


def test_where_there_is_no_address_nothing_is_fetched():
    result = STAGE.judge(SeenMetadata(()))
    assert (result.status, result.is_needed) == (StageStatus.SKIPPED, False)

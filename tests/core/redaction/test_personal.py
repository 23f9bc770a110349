"""Personal values in free text: what is certain becomes a pseudonym, what only looks like one stays."""

import pytest

from console.core.redaction.personal import PSEUDONYMS, count_pseudonyms, pseudonymised
from console.core.redaction.redact import redact_claims
from tests.patterns.growth import MOST, worst_growth

KEY = b"k" * 32


@pytest.mark.parametrize(
    "value",
    [
        "jane.doe@bank.example",
        "jane.doe%40bank.example",
        "JANE+x@sub.bank.co.uk",
        "NO9386011117947",
        "NO93 8601 1117 947",
        "DE89370400440532013000",
        "GB82 WEST 1234 5698 7654 32",
        "4111111111111111",
        "4111 1111 1111 1111",
        "5500-0000-0000-0004",
        "378282246310005",
        "01010750160",
        "010107 50160",
        "+47 912 34 567",
        "+4791234567",
        "+1 (212) 555-0123",
    ],
)
@pytest.mark.parametrize("around", ["{}", '{{"a": "{}"}}', "to {}, please", "a={}&b=1", "<td>{}</td>"])
def test_a_personal_value_becomes_a_pseudonym(value, around):
    found = pseudonymised(around.format(value), KEY)
    assert PSEUDONYMS.sub("", found) == around.format("")
    assert count_pseudonyms(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",
        "NO9386011117948",
        "01010750161",
        "1790000000000",
        "2026-01-01T00:00:00.0000000Z",
        "11111111-2222-4333-8444-555555555555",
        "6f1f2a0e-7b52-4a5f-a3b1-0c9d4f1f2a77",
        "api://orders/.default",
        "https://user@host/path",
        "version 1.2.3+20260101120000",
        "@media print",
        "a@b",
        "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@11111111-2222-4333-8444-555555555555",
        "91234567",
        "0000000000000000",
        "4.111111111111111",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert pseudonymised(text, KEY) == text


def test_the_same_value_has_the_same_pseudonym_in_claims_and_in_bodies():
    claims = redact_claims({"email": "jane@bank.example"}, key=KEY).claims
    body = pseudonymised("jane@bank.example and jane@bank.example, also joe@bank.example", KEY)
    assert claims["email"] in body
    assert count_pseudonyms(claims, body) == 2


@pytest.mark.parametrize("repeated", ["a@", "a.", "NO93 ", "4 ", "+1 ", "1-", "a%40b."])
def test_the_work_grows_with_the_text_only(repeated):
    assert worst_growth(lambda text: pseudonymised(text, KEY), "", repeated) < MOST

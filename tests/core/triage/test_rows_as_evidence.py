"""What the diagnosis may and may not conclude from one row of a log."""

import io

import pytest

from console.core.triage import Tally, read_rows


def groups(text):
    tally = Tally(key=b"k" * 32)
    tally.add(read_rows(io.BytesIO(text.encode())), file="log")
    return {(one.cause, one.confidence) for one in tally.result().groups}


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("Jwt issuer is not configured", "issuer-wrong-tenant"),
        ("The audience of the token is not one of ours", "audience-other-api"),
        ("kid 7f is not in the key set", "signing-key-retired"),
    ],
)
def test_a_row_without_headers_does_not_say_that_there_were_none(message, cause):
    found = groups(f"time,status,method,message\n2026-11-20T08:00:02Z,401,GET,{message}\n")
    assert {one for one, _ in found} == {cause}


def test_a_row_that_says_nothing_is_not_explained_by_what_a_log_leaves_out():
    found = groups("time,status,method,message\n2026-11-20T08:00:02Z,401,GET,Unauthorized\n")
    assert ("authorization-header-missing", "certain") not in found


def test_a_preflight_and_a_call_that_are_refused_in_the_same_words_are_two_shapes():
    rows = [
        f"2026-11-20T08:00:0{second}Z,401,{method},Unauthorized" for second, method in enumerate(["OPTIONS", "GET"])
    ]
    found = groups("\n".join(["time,status,method,message", *rows, ""]))
    assert "cors-preflight-rejected" in {cause for cause, _ in found}
    assert len(found) == 2

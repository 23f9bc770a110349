"""The check duplicate_members, on parsed tokens."""

import pytest

from console.core.checks.duplicate_members import CHECK
from console.core.owner import Owner
from console.core.tokens.parse import parse
from tests.core.checks.contexts import context, of
from tests.core.tokens.wire import compact


@pytest.mark.parametrize(
    ("payload", "header", "status"),
    [
        ('{"sub":"a"}', '{"alg":"HS256"}', "pass"),
        ('{"sub":"a","sub":"a"}', '{"alg":"HS256"}', "fail"),
        ('{"act":{"sub":"a","sub":"b"}}', '{"alg":"HS256"}', "fail"),
        ('{"act":{"sub":"a"},"sub":"b"}', '{"alg":"HS256"}', "pass"),
        ('{"sub":"a"}', '{"alg":"HS256","alg":"none"}', "fail"),
        ('{"sub":"a","sub":"b"}', "[]", "fail"),
        ("[]", '{"alg":"HS256"}', "unknown"),
        ("no json", '{"alg":"HS256"}', "unknown"),
    ],
)
def test_a_name_that_stands_twice_fails_wherever_it_stands(payload, header, status):
    assert CHECK.run(of(parse(compact(payload, header)))).status == status


def test_a_duplicate_says_whole_what_why_do_and_who():
    finding = CHECK.run(of(parse(compact('{"aud":"a","aud":"b"}'))))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "A name stands twice in the token.",
        "The payload has a duplicate member (aud): parsers disagree on its value.",
        "Get a token from the provider itself; a proper issuer writes each name once.",
        Owner.INTEGRATOR,
    )


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"

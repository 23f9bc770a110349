"""When a provider wants to be asked again, in words."""

import pytest

from console.core.http.retry_after import told_s
from console.web.present.tokens import when_again

NOW = 1_767_225_900  # 2026-01-01 00:05:00 UTC


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("0", ""),
        ("90", "in 1 min 30 s, at 2026-01-01 00:06:30 UTC"),
        ("Thu, 01 Jan 2026 00:06:30 GMT", "in 1 min 30 s, at 2026-01-01 00:06:30 UTC"),
        ("Wed, 21 Oct 2099 07:28:00 GMT", "in more than 31 years, which is no time to wait for"),
        ("9" * 30, "in more than 31 years, which is no time to wait for"),
        ("soon", ""),
    ],
)
def test_a_moment_is_told_as_it_was_said_and_none_is_made_of_a_bound(said, words):
    assert when_again(told_s((("Retry-After", said),), now=NOW), NOW) == words

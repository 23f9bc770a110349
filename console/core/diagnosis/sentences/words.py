"""The words of one sentence, and what they say of a thing: that it is wrong, missing, over or too early."""

import re
from dataclasses import dataclass


def words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


WRONG = words_of(
    "invalid mismatch mismatched mismatches mismatching unexpected wrong incorrect unknown untrusted "
    "unacceptable rejected "
    "unsupported disallowed unrecognized unrecognised unauthorized forbidden failed fails failure bad "
    "differs different "
    "illegal"
)
NOT = words_of("not no doesn't don't isn't wasn't couldn't cannot can't didn't never none without unable neither nor")
FITS = words_of(
    "match matches matched matching allowed accepted valid found find verify verified trusted supported "
    "equal recognized "
    "registered permitted intended contain contains included correct validate known authorized configured acceptable "
    "expected used exist"
)
LACKS = words_of("missing absent empty null undefined lacks lacking omitted blank")
OVER = words_of("expired expire expires expiry expiration stale outdated")
READS = words_of(
    "parse parsed parsing decode decoded decoding decodable deserialize malformed format formatted "
    "segments segment base64 "
    "base64url json dots parts structure delimiter delimiters compact"
)
FETCH = words_of(
    "fetch fetching retrieve retrieving retrieved load loading download downloading get getting obtain reach request "
    "resolve refresh contact initialized"
)
TROUBLE = WRONG | words_of("error errors unable could timeout timed unreachable couldn't cannot can't refused")
_ABSENT = re.compile(
    r" (?:not|isn't|wasn't|weren't|didn't|doesn't|don't|never|cannot|no longer|without)(?: \w+){0,2}? "
    r"(?:be |been |a |an |any |the )?(?:present|provided|found|supplied|specified|given|set|contain|included|received"
    r"|passed|have|sent|exist|there) "
    r"| must be (?:present|provided|supplied|specified|given|set|sent|passed) "
    r"| no (?:\w+ ){1,3}$"
    r"| (?:is|are|was|were|be)(?: \w+)? (?:required|mandatory|needed) | (?:requires|must have) "
    r"| no (?:\w+ ){1,5}?(?:present|provided|found|supplied|specified|given|set|received|sent|passed"
    r"|available|was|were|in) "
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence; `text` has single blanks around each."""

    all: frozenset[str]
    text: str

    def says(self, *phrases: str) -> bool:
        return any(f" {phrase} " in self.text for phrase in phrases)

    @property
    def is_wrong(self) -> bool:
        return bool(self.all & WRONG) or (bool(self.all & NOT) and bool(self.all & FITS))

    @property
    def is_missing(self) -> bool:
        return bool(self.all & LACKS) or _ABSENT.search(self.text) is not None

    @property
    def is_over(self) -> bool:
        is_said = bool(self.all & OVER) or self.says("no longer valid", "no longer active", "session not active")
        return is_said and not self.says("not expired", "never expires", "expires in")

    @property
    def is_early(self) -> bool:
        return bool(self.all & {"nbf", "not_before", "notbefore", "premature"}) or self.says(
            "not yet valid",
            "jwt not active",
            "token not active",
            "token is not active",
            "not valid yet",
            "not active yet",
            "not yet active",
            "in the future",
            "used before",
            "before its",
            "not before",
        )
